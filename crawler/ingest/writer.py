"""The one who writes: everything a crawl puts into the archive passes through here.

Lives in a process of its own (`crawler.processes`), where the Scrapy side reaches it over the desk:
WARC writing, extraction and SQLite go on while the reactor fetches the next page, and the archive
has exactly one writer, in the order of arrival.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from archive.archive import Archive, check_free_space, crawl_lock, write_heartbeat
from archive.clock import now
from archive.crawls import COMPLETE
from archive.database.lock import is_disk_full
from archive.errors import CorruptCapture, DamagedPage, DiskFull
from archive.frontier import NO_LIST, Due, Frontier, State
from archive.history.capture_rows import find_captures
from archive.models import Article, Capture, Found
from archive.recovery.repair import recover
from archive.warc.reader import CaptureWriter, Exchange, header_in, received
from crawler.extract.links import find_links, find_unknown
from crawler.extract.page import Page
from crawler.http.retry_after import left_alone_until
from crawler.ingest import cdx, classify
from crawler.ingest.classify import Outcome
from crawler.ingest.pending import catch_up
from crawler.run import exit_status
from crawler.run.lists import Lists, Run
from crawler.site.urls import HOME, read_address

logger = logging.getLogger(__name__)

#: Below this the crawl stops while it can still close its files: one crawl's largest WARC.
MIN_FREE_BYTES = 500_000_000

#: How many writes, and how many seconds of them, may share a commit, each of which writes a segment
#: of both search indexes: measured at 5,000 articles, a commit costs 0.40 ms for an article among
#: 64, 0.32 among 256, 0.27 among 1,024. A kill loses nothing but work: the WARC leads.
BATCH = 1024
COMMIT_AFTER = 1.0

#: What the frontier is told of each kind of outcome; a redirect is told when its target is read.
STATES: dict[classify.Kind, State | None] = {
    "article": "done",
    "unchanged": "done",
    "list": "done",
    "other": "done",
    "redirect": None,
    "gone": "gone",
    "blocked": "blocked",
    "failed": "failed",
    "error": "failed",
}

#: After so many failures in a row, a page is no news of this night any more.
HOPELESS = 3
#: Arguments that leave lists or articles out: a run without news says nothing then.
_NARROWS = frozenset({"since", "section", "max_articles"})

_values_of = attrgetter(*Capture.__dataclass_fields__)


@dataclass(slots=True)
class _Kept:
    """A response that stands in the WARC, until it is known what becomes of it."""

    capture: Capture
    exchange: Exchange
    cut_short: bool | None
    """Whether the client saw that the body is not whole; None: the headers tell."""
    outcome: Outcome | None = None
    """What it means, once somebody has asked."""
    articles: int = 0
    """How many it names, wanted or not, if it is a list."""


class Received(NamedTuple):
    """What came of an article's response."""

    kind: classify.Kind
    counts: Counter[str]
    target: str | None
    """Where it leads, if it is a redirect."""
    stamp: str | None
    """The article's `updated_at`."""
    article: Article | None
    """None unless articles are wanted back."""
    fresh: list[Found]
    """Articles that the page names and that were never fetched, if it was to be followed."""
    why: str | None
    """What blocked or failed, if it is no article."""


class Archivist:
    """The open archive of one crawl.

    A response is handed in with a number (`keep`), and named by it until one of `receive`, `take`,
    `listed` and `aside` has said what becomes of it.
    """

    #: A response goes into the WARC before earlier ones are read.
    ahead = ("keep",)

    def __init__(
        self,
        path: Path,
        *,
        command: str,
        arguments: Mapping[str, Any],
        info: Mapping[str, str],
        mirror: str = "",
        hand_back: bool = False,
        process: int | None = None,
    ):
        """Open the archive; raises ArchiveLocked, DiskFull or SchemaTooNew before anything runs.

        *info* is for the WARC's first record, *mirror* the base URL that stands in for the site,
        *hand_back* says whether articles are wanted back, and *process* is the number of the
        crawl's process, for who finds the archive locked.
        """
        self.path = path
        self.mirror = mirror
        self.hand_back = hand_back
        self.command = command
        self.counts: Counter[str] = Counter()
        self.fill = exit_status.FillRates()
        self.lists = Lists()
        self._whole = command == "crawl" and not arguments.keys() & _NARROWS
        self._kept: dict[int, _Kept] = {}
        self._uncommitted_since: float | None = None
        self._disk_full: DiskFull | None = None
        self._open = ExitStack()
        self._open.enter_context(crawl_lock(path, process=process))
        self.archive = self._open.enter_context(Archive.open(path, create=True))
        check_free_space(path, MIN_FREE_BYTES)
        for loss in recover(self.archive, now()):
            logger.warning("%s", loss)
        self.counts["caught_up"] = catch_up(self.archive)
        self.frontier = Frontier(self.archive)
        self.started_at = now()
        self.crawl_id = self.archive.begin_crawl(command, arguments)
        self.writer = CaptureWriter(
            path, crawl_id=self.crawl_id, started_at=self.started_at, info=info
        )
        self.archive.reread = partial(classify.article_again, self.archive)
        self.archive.batch_size = BATCH
        self.archive.holding = True
        self.archive.before_commit = self.writer.sync

    # --- being called ---------------------------------------------------------------------------

    def hello(self) -> int:
        """The number of the crawl."""
        return self.crawl_id

    def do(self, name: str, *arguments: Any) -> Any:
        """Do what is called *name*; what it wrote is committed within `COMMIT_AFTER`.

        Raises DiskFull for everything that comes after a write which failed: what could not be
        captured is nothing to go by. Only `close` is tried.
        """
        if self._disk_full is not None and name != "close":
            raise self._disk_full
        with self._watching_the_disk():
            result = getattr(self, name)(*arguments)
        if self._uncommitted_since is None:
            self._uncommitted_since = time.monotonic()
        return result

    def rest(self) -> float | None:
        """Commit what has waited long enough; returns when to look again."""
        if self._uncommitted_since is None:
            return None
        left = self._uncommitted_since + COMMIT_AFTER - time.monotonic()
        if left > 0:
            return left
        self._uncommitted_since = None
        with self._watching_the_disk():
            self.archive.commit()
        return None

    @contextmanager
    def _watching_the_disk(self) -> Iterator[None]:
        """A disk that takes no more is DiskFull, whichever file met it."""
        try:
            yield
        except DiskFull as error:
            self._disk_full = error
            raise
        except (OSError, sqlite3.OperationalError) as error:
            if not is_disk_full(error):
                raise
            self._disk_full = DiskFull(f"cannot write to {self.path}: {error}")
            raise self._disk_full from error

    # --- captures -------------------------------------------------------------------------------

    def keep(
        self, number: int, values: tuple[Any, ...], cut_short: bool | None = None
    ) -> tuple[Any, ...]:
        """Put an `Exchange` of *values* into the WARC, to be known by *number*.

        Returns the values of its `Capture`. (A frozen dataclass with slots takes ten times as long
        as a tuple to come over from another process.)
        """
        exchange = Exchange(*values)
        self.counts["fetched"] += 1
        if self.counts["fetched"] % 256 == 0:
            check_free_space(self.path, MIN_FREE_BYTES)
        earlier = self.archive.capture_with_payload(
            exchange.url, exchange.body, exchange.fetched_at
        )
        capture = self.writer.write(exchange, revisit_of=earlier)
        self._kept[number] = _Kept(capture, exchange, cut_short)
        return _values_of(capture)

    def aside(self, number: int) -> None:
        """Keep the row of a capture that no spider sees: robots.txt, and what is asked again.

        Judged like any other, for a rebuild will judge it too; but not counted.
        """
        outcome = self._judge(number)
        capture = self._kept.pop(number).capture
        self.archive.record(
            capture,
            crawl_id=self.crawl_id,
            outcome=outcome.kind,
            error=outcome.why,
            named=outcome.named,
        )

    # --- articles -------------------------------------------------------------------------------

    def _judge(self, number: int) -> Outcome:
        kept = self._kept[number]
        if kept.outcome is None:
            stored = received(kept.exchange)
            kept.outcome = classify.judge(kept.capture, stored, cut_short=kept.cut_short)
        return kept.outcome

    def receive(
        self, number: int, canonical: str, follow: bool = False, outcome: Outcome | None = None
    ) -> Received:
        """Judge an article's response, unless that was done, and keep what it turned out to be.

        With *follow* also look for the articles that it names.
        """
        kept = self._kept[number]
        outcome = outcome or self._judge(number)
        if follow and kept.capture.status == 200:
            found = [one for one in self._links_on(kept) if one.kind == "article"]
            # Together, or a kill could leave an article that is done and whose links are lost.
            with self.archive.transaction():
                counts = self.take(number, canonical, outcome)
                news = set(self._add(kept, found))
            fresh = [one for one in found if one.url in news]
        else:
            counts = self.take(number, canonical, outcome)
            fresh = []
        if outcome.article is not None:
            self.fill.add(outcome.article)
        article = outcome.article
        return Received(
            outcome.kind,
            counts,
            outcome.target,
            article.updated_at if article else None,
            article if self.hand_back else None,
            fresh,
            outcome.why,
        )

    def take(self, number: int, canonical: str, outcome: Outcome) -> Counter[str]:
        """Keep an *outcome* that was judged before, and tell the frontier."""
        kept = self._kept.pop(number)
        taken = classify.take(self.archive, kept.capture, outcome, crawl_id=self.crawl_id)
        counts = taken.counts
        state = STATES[outcome.kind]
        attempts = 0
        if state is not None:
            attempts = self._fetched(
                kept, canonical, state, article_id=taken.article_id, error=outcome.why
            )
        if read_address(canonical).kind != "article":
            if state is not None:
                self._note_list(canonical, kept, 0, looks=outcome.why or f"{outcome.kind} page")
            for name in ("failed", "blocked"):
                counts[f"lists_{name}"] += counts.pop(name, 0)
            return counts
        if outcome.unknown_shape:
            self.lists.unknown[outcome.unknown_shape] = None
        if outcome.kind == "gone" and outcome.why == "empty-shell" and self._is_new(canonical):
            counts["unknown_layout"] += 1  # nobody ever saw it full: a new design, maybe
        if attempts >= HOPELESS and state in ("failed", "blocked"):
            counts["hopeless"] += 1
            counts["hopeless_layout"] += counts.pop("unknown_layout", 0)
        return counts

    def _is_new(self, canonical: str) -> bool:
        """Whether no article was ever read at *canonical*."""
        return not self.archive.connection.execute(
            "SELECT 1 FROM article_urls WHERE url = ?", (canonical,)
        ).fetchone()

    def unfetched(self, canonical: str, error: str) -> None:
        """Nothing was received at all from the address known as *canonical*."""
        if read_address(canonical).kind != "article":
            self._note_list(canonical, None, 0, looks=error)
        self.frontier.fetched(canonical, at=now(), status=0, state="failed", error=error)

    def receive_memento(self, number: int) -> Counter[str]:
        """Judge what a web archive kept, by the bytes that stand in the WARC now, and keep it."""
        capture = self._kept.pop(number).capture
        outcome = classify.judge(capture, self.archive.read(capture))
        taken = classify.take(self.archive, capture, outcome, crawl_id=self.crawl_id)
        if outcome.article is not None:
            self.fill.add(outcome.article)
        return taken.counts

    # --- lists ----------------------------------------------------------------------------------

    def read_list(self, number: int) -> tuple[Outcome, list[Found]]:
        """What the response to a list's address means, and what of the paper it names.

        A list may have moved to an address of no known shape; what stands there is read as well.
        """
        outcome, kept = self._judge(number), self._kept[number]
        if outcome.kind == "other" and kept.capture.status == 200:
            outcome = replace(outcome, kind="list")
        found = self._links_on(kept) if outcome.kind == "list" else []
        kept.articles = sum(one.kind == "article" for one in found)
        return outcome, found

    def _links_on(self, kept: _Kept) -> list[Found]:
        try:
            return find_links(self._page_of(kept), mirror=self.mirror)
        except DamagedPage as error:  # captured all the same; the next run asks again
            logger.warning("%s", error)
        except Exception:  # one page must not stop the crawl
            logger.exception("the links on %s cannot be read", kept.capture.url)
        return []

    def _page_of(self, kept: _Kept) -> Page:
        stored = received(kept.exchange)
        return Page.from_bytes(stored.body, kept.capture.url, stored.content_type)

    def _note_list(
        self, canonical: str, kept: _Kept | None, articles: int, *, looks: str | None
    ) -> bool:
        """Note what a first page of a list named; whether it named articles at any time."""
        known = self.frontier.names_articles(canonical)
        unknown: list[str] = []
        if kept is not None and kept.capture.status == 200:
            with suppress(DamagedPage):
                unknown = find_unknown(self._page_of(kept), mirror=self.mirror)
        if read_address(canonical).page == 1:
            self.lists.note(canonical, known=known, articles=articles, unknown=unknown, looks=looks)
        return known

    def listed(self, number: int, canonical: str, found: list[Found]) -> list[str]:
        """Keep what a list page named; returns the addresses never fetched before.

        Only a first page that names articles, or ever did, is read again by every crawl: later
        pages are as long as the newest ones bring something unknown. A page without articles may be
        no list, and is looked at once a week.
        """
        kept = self._kept.pop(number)
        outcome = kept.outcome
        assert outcome is not None
        # Together, or a kill could leave a list that counts as read and whose links are lost.
        with self.archive.transaction():
            self.archive.record(
                kept.capture,
                crawl_id=self.crawl_id,
                outcome=outcome.kind,
                error=outcome.why,
                named=outcome.named,
            )
            fresh = self._add(kept, found)
            known = self._note_list(canonical, kept, kept.articles, looks=outcome.why)
            first = read_address(canonical).page == 1
            self._fetched(
                kept,
                canonical,
                "done",
                again=first,
                wait=None if kept.articles or known else NO_LIST,
                names_articles=bool(kept.articles),
            )
        self.lists.new += len({one.url for one in found if one.kind == "article"} & set(fresh))
        return fresh

    def _add(self, kept: _Kept, found: list[Found]) -> list[str]:
        capture = kept.capture
        return self.frontier.add(found, found_on=capture.url, at=capture.fetched_at)

    def ask_again(self, urls: list[str]) -> None:
        """Make known list pages due, so that a run cut short is gone on with."""
        self.frontier.ask_again(urls, self.started_at)

    def due(self, which: Mapping[str, Any]) -> list[Due]:
        """What the frontier wants fetched now."""
        return self.frontier.due(self.started_at, **which)

    def lists_read(self) -> set[str]:
        """The list pages that were read since a backfill last came to its end.

        Read is a list whose links were stored: `listed` writes both at once. A capture alone says
        only that it was fetched, maybe by a crawl that was killed then.
        """
        execute = self.archive.connection.execute
        captured = execute(
            "SELECT captures.url, fetched_at FROM captures JOIN crawls ON crawls.id = crawl_id"
            " WHERE outcome = 'list' AND command = 'backfill' AND crawls.id > coalesce((SELECT"
            f" max(id) FROM crawls WHERE command = 'backfill' AND exit_code IN {COMPLETE}), 0)"
        )
        times = {(read_address(url).canonical, at) for url, at in captured}
        stored = execute("SELECT url, fetched_at FROM frontier WHERE state = 'done'")
        return {url for url, at in stored if (url, at) in times}

    def left_alone_until(self) -> str | None:
        """Until when the site asked to be left alone, if that is still to come.

        It is the last answer that tells: a run ends when it is asked for more time than it has.
        """
        row = self.archive.connection.execute(
            "SELECT id, status FROM captures WHERE origin = 'live' ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None or row[1] not in (429, 503):
            return None
        [capture] = find_captures(self.archive.connection, "captures.id = ?", (row[0],))
        try:
            stated = self.archive.read(capture).header("Retry-After")
        except CorruptCapture:
            return None
        until = left_alone_until(stated, capture.fetched_at)
        if until is None or until <= datetime.fromisoformat(now()):
            return None
        return until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")

    def worth_fetching(self, entries: Iterable[cdx.Entry]) -> tuple[list[cdx.Entry], int]:
        """Which of a web archive's *entries* tell something new, and how many do not."""
        known = self.archive.connection.execute(
            "SELECT url, fetched_at, payload_digest FROM captures"
        )
        return cdx.worth_fetching(entries, known)

    def _fetched(self, kept: _Kept, canonical: str, state: State, **facts: Any) -> int:
        """Tell the frontier; returns how often in a row it ended so."""
        capture, headers = kept.capture, kept.exchange.response_headers
        # A page reached through a redirect answers for both addresses.
        attempts = 0
        for url in {canonical, read_address(capture.url).canonical}:
            attempts = self.frontier.fetched(
                url,
                at=capture.fetched_at,
                status=capture.status,
                state=state,
                etag=header_in(headers, "ETag"),
                last_modified=header_in(headers, "Last-Modified"),
                payload_digest=capture.payload_digest,
                **facts,
            )
        return attempts

    # --- the end --------------------------------------------------------------------------------

    def close(
        self,
        counts: Counter[str],
        reason: str,
        disk_full: DiskFull | None,
        stopped: exit_status.Verdict | None,
    ) -> tuple[exit_status.Verdict, Counter[str]]:
        """Judge the run by what was counted and Scrapy's close *reason*; close the books.

        *stopped* is why the crawl ended it, if it did.
        """
        counts["caught_up"] = self.counts["caught_up"]
        counts |= self.lists.counts()
        with self._open:  # the lock goes last, whatever happens
            if disk_full is None:  # otherwise the next run judges the night
                self._judge_night(counts)
            verdict = exit_status.judge(
                counts,
                self.fill,
                reason=reason,
                disk_full=disk_full,
                unwell=self.lists.unwell(HOME),
                drift=self.lists.drift(now(), self._past(), front_page=HOME, whole=self._whole),
                stopped=stopped,
            )
            summary = {
                "crawl": self.crawl_id,
                "command": self.command,
                "started_at": self.started_at,
                "finished_at": now(),
                "exit_code": verdict.exit_code,
                "reason": verdict.reason,
                "counts": dict(counts),
            }
            self.writer.write_metadata(summary)
            self.writer.close()
            self.archive.finish_crawl(
                self.crawl_id,
                exit_code=verdict.exit_code,
                reason=verdict.reason,
                counts=counts | self.fill.rules,
            )
            write_heartbeat(self.path, summary)
        self._uncommitted_since = None
        return verdict, counts

    def _judge_night(self, counts: Counter[str]) -> None:
        """Let what this run saw of known articles count, or mark it as doubtful."""
        if not self.writer.files:
            return
        judged = self.archive.judge_night(self.writer.files[-1])
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
        self.frontier.doubt(judged.doubtful, judged.ended_at)

    def _past(self) -> list[Run]:
        """The crawls before this one that went through to their end, oldest first."""
        rows = self.archive.connection.execute(
            "SELECT started_at, exit_code, counts FROM crawls WHERE command = 'crawl' AND id < ?"
            f" AND exit_code IN {COMPLETE} AND counts IS NOT NULL ORDER BY started_at",
            (self.crawl_id,),
        )
        return [Run(at, code, json.loads(counts)) for at, code, counts in rows]
