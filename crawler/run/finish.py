"""The end of a crawl: its night is judged, its summary written, its files closed."""

from __future__ import annotations

import json
from collections import Counter
from statistics import median

from archive.alarms import Changes, Finding
from archive.archive import write_heartbeat
from archive.clock import now
from archive.crawls import COMPLETE
from crawler.ingest.archive_writer import ArchiveWriter
from crawler.run.alarms import Run
from crawler.run.exit_status import ENOUGH_ARTICLES, RunResult, run_result
from crawler.run.new_articles import changes, new_articles, too_few
from crawler.site.paper import DONGTHAP

#: The last articles that a run's bodies are compared with.
_PAST_ARTICLES = 1000
#: Arguments that leave lists or articles out: a run without news says nothing then.
_NARROWS = frozenset({"since", "section", "max_articles"})


def finish(
    writer: ArchiveWriter, *, reason: str, stopped: RunResult | None
) -> tuple[RunResult, Changes]:
    """Judge the run by its counts, write its summary and alarms, and close the archive.

    *reason* is the one with which Scrapy closed the spider; *stopped* is why the crawl ended the
    run, if it did. Raises DiskFull if the summary does not fit.
    """
    counts = writer.counts
    counts |= writer.lists.counts()
    with writer.closing():
        if writer.disk_full is None:  # otherwise the next run judges the night
            _judge_night(writer, counts)
        home = writer.paper.home
        whole = writer.command == "crawl" and not writer.arguments.keys() & _NARROWS
        result = run_result(
            counts,
            writer.fill,
            reason=reason,
            disk_full=writer.disk_full,
            unwell=writer.lists.unwell(home),
            drift=[
                *writer.lists.drift(
                    now(), _past(writer), front_page=home, whole=whole, paper=writer.paper
                ),
                *writer.fill.losses(_past_words(writer)),
                *(_of_new_articles(writer, counts) if whole else ()),
            ],
            stopped=stopped,
        )
        summary = {
            "crawl": writer.crawl_id,
            "command": writer.command,
            "arguments": dict(writer.arguments),
            "started_at": writer.started_at,
            "finished_at": now(),
            "exit_code": result.exit_code,
            "reason": result.reason,
            "counts": dict(counts),
        }
        writer.warc.write_metadata(summary)
        writer.warc.close()
        writer.archive.finish_crawl(
            writer.crawl_id,
            exit_code=result.exit_code,
            reason=result.reason,
            counts=counts | writer.fill.rules,
        )
        alarms = Changes()
        if writer.command == "crawl":  # a web archive's trouble is not the newspaper's
            alarms = writer.archive.update_alarms(
                result.findings,
                paper=writer.paper.code,
                exit_code=result.exit_code,
                crawl_id=writer.crawl_id,
                judged=whole and result.judged,
            )
        write_heartbeat(writer.path, summary)
    return result, alarms


def _of_new_articles(writer: ArchiveWriter, counts: Counter[str]) -> list[Finding]:
    """What new articles lack, and whether there are too few."""
    connection, code = writer.archive.connection, writer.paper.code
    open_since = dict(
        connection.execute(
            "SELECT kind, started_at FROM alarms JOIN crawls ON crawls.id = opened_by"
            " WHERE closed_at IS NULL AND paper = ? AND kind GLOB 'new/*'",
            (code,),
        )
    )
    found = changes(new_articles(connection, code), writer.crawl_id, open_since)
    past = [
        (run.started_at, int(run.counts.get("new", 0)))
        for run in _past(writer)
        if run.counts.get("lists_naming", 1)  # otherwise nobody knows what the paper published
    ]
    few = too_few(writer.started_at, counts["new"], past, paper_day=writer.paper.utc_offset)
    return [*found, *([few] if few else [])]


def _judge_night(writer: ArchiveWriter, counts: Counter[str]) -> None:
    """Let what this run saw of known articles count, or mark it as doubtful."""
    if not writer.warc.files:
        return
    judged = writer.archive.judge_night(writer.warc.files[-1], counts)
    counts["gone"] += judged.gone
    counts["missing"] += judged.missing
    counts["doubtful_gone"] += judged.doubtful_gone
    counts["doubtful_revised"] += judged.doubtful_revised
    counts["revised"] = max(0, counts["revised"] - judged.doubtful_revised)
    counts["asked_known"] += judged.night.known
    counts["repeated"] += judged.repeated
    counts["new"] = max(0, counts["new"] - judged.repeated)
    counts["asked_new"] += judged.night.new
    if judged.doubt == "silent":
        counts["doubtful_lists"] += judged.night.silent
    writer.frontier.doubt(judged.doubtful, judged.ended_at)


def _past_words(writer: ArchiveWriter) -> dict[str, float]:
    """The median of words in the bodies that each layout gave before this run."""
    rows = writer.archive.connection.execute(
        "SELECT a.layout, a.word_count FROM articles AS a JOIN captures AS c ON c.id = a.capture_id"
        " WHERE a.kind = 'article' AND a.layout IS NOT NULL AND c.crawl_id IS NOT ?"
        " ORDER BY a.capture_id DESC LIMIT ?",
        (writer.crawl_id, _PAST_ARTICLES),
    )
    words: dict[str, list[int]] = {}
    for layout, number in rows:
        words.setdefault(layout, []).append(number)
    return {
        layout: median(numbers)
        for layout, numbers in words.items()
        if len(numbers) >= ENOUGH_ARTICLES
    }


def _past(writer: ArchiveWriter) -> list[Run]:
    """The crawls of this paper before this one that went through to their end, oldest first."""
    rows = writer.archive.connection.execute(
        "SELECT started_at, exit_code, counts FROM crawls WHERE command = 'crawl' AND id < ?"
        f" AND exit_code IN {COMPLETE} AND counts IS NOT NULL"
        " AND coalesce(json_extract(arguments, '$.paper'), ?) = ? ORDER BY started_at",
        (writer.crawl_id, DONGTHAP.code, writer.paper.code),
    )
    return [Run(at, code, json.loads(counts)) for at, code, counts in rows]
