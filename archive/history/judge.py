"""Judge the night of a run: which of its captures count, and which articles follow.

`nights` has the rules. While a run goes on, captures that would alter a known article are set
aside (``captures.doubt`` is ``held``). When the run has ended, `judge_run` lets them count or marks
them as doubtful. Nights are judged in the order in which they began, each by the captures before
it, and only by captures of the live site: an import changes no judgement.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.crawls import lists_unanswered
from archive.history import extraction_rows
from archive.history.anomalies import OF_RUN, NewPage, lists_asked, repeated
from archive.history.identity import clusters
from archive.history.nights import (
    OF_THE_ARTICLE,
    SET_ASIDE,
    UNPROVED,
    VANISHING,
    Doubt,
    Night,
    Run,
    confirmed,
    run_of,
    says_the_same,
)
from archive.history.observations import OBSERVED
from archive.history.rebuild import RebuiltArticle, rebuild
from archive.history.revisions import Observation

_AT_ADDRESS = (
    "SELECT fetched_at, address, outcome, id, statement_id, error, origin, doubt FROM captures"
    f" WHERE address = ? AND origin = 'live' AND outcome IN {OBSERVED} AND fetched_at < ?"
    " ORDER BY fetched_at DESC, payload_digest DESC, id DESC"
)
_OF_RUN = (
    "SELECT captures.id, fetched_at, address, outcome, statement_id, doubt FROM captures"
    f" WHERE {OF_RUN} AND address IS NOT NULL AND outcome IN {OBSERVED}"
    " ORDER BY fetched_at, captures.id"
)


@dataclass(frozen=True, slots=True)
class Before:
    """The state of an address before some time, by the captures that count."""

    present: bool = False
    """Whether the live site had an article there when last seen."""
    statement_id: int | None = None
    """The content of its last page."""


@dataclass(slots=True)
class Judged:
    """The result of judging a run."""

    night: Night = field(default_factory=Night)
    doubt: str | None = None
    """Why the night is doubtful; None if it is not."""
    gone: int = 0
    """Articles that are gone now and were not before."""
    missing: int = 0
    """Articles found gone for the first time: the next night decides."""
    ended_at: str = ""
    """When the run's last article was fetched."""
    doubtful: list[str] = field(default_factory=list)
    """Addresses whose answers of this night do not count."""
    doubtful_gone: int = 0
    doubtful_revised: int = 0
    """Known articles among them, by what seemed to have become of them."""
    repeated: int = 0
    """New articles that are not kept as articles yet, since others have the same text."""


def believed_before(connection: sqlite3.Connection, address: str, at: str) -> Before:
    """The state of *address* before *at*, by the captures of the live site that count."""
    present: bool | None = None
    rows = connection.execute(_AT_ADDRESS, (address, at))
    for _, _, outcome, _, statement_id, _, _, doubt in rows:
        if doubt in SET_ASIDE:  # all captures of the address decide whether it was confirmed
            return _settled_before(connection, address, at)
        present = outcome != "gone" if present is None else present
        if statement_id is not None and doubt != "new":
            return Before(present, statement_id)
    return Before(bool(present))


def _settled_before(connection: sqlite3.Connection, address: str, at: str) -> Before:
    rows: dict[int, int] = {}
    observations = []
    for seen_at, url, kind, capture_id, statement_id, *more in connection.execute(
        _AT_ADDRESS, (address, at)
    ):
        page = None
        if statement_id is not None:
            rows[capture_id] = statement_id
            page = extraction_rows.read(connection, statement_id)
        observations.append(Observation(seen_at, url, kind, capture_id, page, *more))
    kept = confirmed(observations[::-1])
    said = [rows[s.capture_id] for s in kept if s.page and s.doubt != "new"]
    return Before(bool(kept) and kept[-1].kind != "gone", said[-1] if said else None)


def judge_run(connection: sqlite3.Connection, run: Run) -> Judged:
    """Judge the night of *run* by its captures, and let the articles follow."""
    names = (f"captures/{run.stamp[:4]}/khobao-{run.stamp}-", f"%-{run.number}.warc.gz")
    rows = connection.execute(_OF_RUN, names).fetchall()
    judged = Judged()
    if not rows:
        connection.execute("DELETE FROM nights WHERE run = ?", (run.name,))
        return judged
    before: dict[str, Before] = {}
    last: dict[str, str] = {}
    kinds: dict[int, Doubt] = {}
    for capture_id, _, address, outcome, statement_id, _ in rows:
        known = before.get(address)
        if known is None:
            known = before[address] = believed_before(connection, address, rows[0][1])
        last[address] = outcome
        if outcome == "gone":
            kinds[capture_id] = "gone"
        elif outcome == "article" and known.statement_id is None:
            kinds[capture_id] = "new"
        elif outcome == "article" and alters(connection, known, statement_id):
            kinds[capture_id] = "revised"
    lists, silent = lists_asked(connection, names)
    unanswered = lists_unanswered(connection, run.number, run.started_at)
    new = [
        NewPage(capture_id, at, address, statement_id)
        for capture_id, at, address, _, statement_id, _ in rows
        if kinds.get(capture_id) == "new"
    ]
    again = repeated(connection, new, rows[0][1])
    there = {address for address in last if before[address].present}
    gone = {address for address in there if last[address] == "gone"}
    revised = {row[2] for row in rows if kinds.get(row[0]) == "revised"}
    judged.night = Night(
        known=len(there),
        answered=sum(outcome != "gone" for outcome in last.values()),
        gone=len(gone),
        revised=len(revised),
        new=len({page.address for page in new}),
        lists=lists + unanswered,
        silent=silent + unanswered,
        repeated=len({page.address for page in new if page.capture_id in again}),
    )
    if judged.night.repeats:
        kinds |= dict.fromkeys(again, "repeated")
        judged.repeated = judged.night.repeated
    judged.ended_at = rows[-1][1]
    judged.doubt = _write_night(connection, run, rows[0][1], judged.night)
    if judged.doubt:
        judged.doubtful_gone, judged.doubtful_revised = len(gone), len(revised)
        judged.doubtful = sorted({row[2] for row in rows if row[0] in kinds})
    altered = _mark(connection, rows, kinds, judged.doubt)
    were_gone = _gone_among(connection, altered | gone)
    follow(connection, altered)
    are_gone = _gone_among(connection, altered | gone)
    judged.gone = len(set(are_gone.values()) - set(were_gone.values()))
    judged.missing = 0 if judged.doubt else len(gone - are_gone.keys())
    return judged


def _mark(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[Any, ...]],
    kinds: Mapping[int, Doubt],
    doubt: str | None,
) -> set[str]:
    """Write why captures of a run do not count; returns the addresses where that changed."""
    altered = set()
    for capture_id, _, address, _, statement_id, mark in rows:
        wanted = kinds.get(capture_id) if doubt else None
        if wanted == "new" and doubt == "revised" and _is_unproved(connection, statement_id):
            wanted = "revised"  # it may be any article's page, so it begins no article
        if mark != wanted and (wanted or mark not in OF_THE_ARTICLE):
            connection.execute("UPDATE captures SET doubt = ? WHERE id = ?", (wanted, capture_id))
            altered.add(address)
    return altered


def _is_unproved(connection: sqlite3.Connection, statement_id: int) -> bool:
    """Whether the page does not say which article it shows."""
    return UNPROVED in extraction_rows.read(connection, statement_id).flags


def judge_crawl(connection: sqlite3.Connection, crawl_id: int) -> None:
    """Judge the run of this crawl, unless that was done."""
    (warc_file,) = connection.execute(
        "SELECT max(warc_file) FROM captures WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    run = run_of(warc_file or "")
    if run and not connection.execute("SELECT 1 FROM nights WHERE run = ?", (run.name,)).fetchone():
        judge_run(connection, run)


def alters(connection: sqlite3.Connection, known: Before, statement_id: int) -> bool:
    """Whether the page says something else than the last one at its address."""
    if known.statement_id is None or known.statement_id == statement_id:
        return False
    return not says_the_same(
        extraction_rows.read(connection, known.statement_id),
        extraction_rows.read(connection, statement_id),
    )


def was_killed(connection: sqlite3.Connection, run: Run) -> bool:
    """Whether *run* ended before its night was judged."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM captures WHERE doubt = 'held' AND warc_file LIKE ?2)"
        " OR EXISTS (SELECT 1 FROM crawls WHERE id = ?1 AND finished_at IS NULL)",
        (run.number, f"%/khobao-{run.stamp}-%-{run.number}.warc.gz"),
    ).fetchone()
    return bool(row[0])


def follow(connection: sqlite3.Connection, addresses: Iterable[str]) -> list[RebuiltArticle]:
    """Rebuild the articles at *addresses* from the captures that count now."""
    done: set[str] = set()
    written = []
    for address in sorted(addresses):
        row = connection.execute(
            "SELECT key FROM article_urls WHERE url = ?1 UNION ALL SELECT key FROM captures"
            " JOIN extractions ON extractions.id = statement_id WHERE address = ?1 LIMIT 1",
            (address,),
        ).fetchone()
        if row is None or row[0] in done:
            continue
        groups = clusters(connection, row[0])
        done.update(*groups)
        written += rebuild(connection, groups)
    return written


def _gone_among(connection: sqlite3.Connection, addresses: Iterable[str]) -> dict[str, int]:
    """Which of *addresses* lead to an article that is gone, and to which."""
    rows = connection.execute(
        "SELECT article_urls.url, article_id FROM article_urls"
        " JOIN articles ON articles.id = article_id"
        " WHERE article_urls.url IN (SELECT value FROM json_each(?)) AND gone_at IS NOT NULL",
        (json.dumps(sorted(addresses)),),
    )
    return dict(rows.fetchall())


def _write_night(
    connection: sqlite3.Connection, run: Run, started_at: str, night: Night
) -> str | None:
    """Write the row of the night; returns why it is doubtful, if it is."""
    (most_gone,) = connection.execute(
        "SELECT coalesce(max(gone), 0) FROM nights WHERE started_at < ? AND run <> ?"
        f" AND gone * {VANISHING} <= known",
        (started_at, run.name),
    ).fetchone()
    doubt = night.doubt(most_gone)
    connection.execute(
        f"INSERT OR REPLACE INTO nights VALUES (?{', ?' * 10})",
        (
            *(run.name, started_at, night.known, night.answered),
            *(night.gone, night.revised, night.new, doubt),
            *(night.lists, night.silent, night.repeated),
        ),
    )
    return doubt
