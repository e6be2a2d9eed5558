"""Writes what a crawl fetches into the archive: the record into the WARC, then its rows.

Knows no Scrapy. One thread; every call is done when it returns, and its rows are committed by the
next `ArchiveWriter.commit`.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from archive.archive import Archive, check_free_space, crawl_lock
from archive.clock import now
from archive.database.lock import check_captures, is_disk_full
from archive.errors import DamagedPage, DiskFull
from archive.frontier import LADDER, NO_LIST, Frontier, FrontierEntry, Ladder, State, age
from archive.history.nights import PERSISTS
from archive.models import Capture, Link
from archive.recovery.repair import repair
from archive.warc.exchange import Exchange, StoredResponse, header_in
from archive.warc.writer import CaptureWriter
from crawler.extract.links import find_links, find_unknown
from crawler.extract.page import Page
from crawler.ingest import cdx, earlier_runs
from crawler.ingest.apply import apply, article_again
from crawler.ingest.classify import Kind, Outcome, classify, page_of
from crawler.ingest.crash_recovery import ingest_pending
from crawler.ingest.papers import remember
from crawler.run.alarms import Lists
from crawler.run.exit_status import FillRates
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import Address, is_ours, read_address

logger = logging.getLogger(__name__)

#: Below this the crawl stops while it can still close its files: one crawl's largest WARC.
MIN_FREE_BYTES = 500_000_000

#: The frontier's state for each kind of outcome; a redirect is noted when its target is read.
STATES: dict[Kind, State | None] = {
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

#: Failures in a row after which a page no longer counts as trouble of this night.
HOPELESS = 3


@dataclass
class PendingCapture:
    """A response that is in the WARC and has no row yet."""

    capture: Capture
    exchange: Exchange
    cut_short: bool | None
    """Whether the HTTP client saw that the body is not whole; None: the headers tell."""
    paper: Paper = DONGTHAP
    articles: int = 0
    """How many articles it names, wanted or not, if it is a list."""

    @cached_property
    def stored(self) -> StoredResponse:
        """The response as a reader of the WARC would find it."""
        return StoredResponse.of_exchange(self.exchange)

    @cached_property
    def outcome(self) -> Outcome:
        """What the response means."""
        return classify(self.capture, self.stored, (self.paper,), cut_short=self.cut_short)

    @cached_property
    def page(self) -> Page:
        """The body as a page; raises DamagedPage."""
        stored, capture = self.stored, self.capture
        return page_of(
            stored.body, capture.url, stored.content_type, capture.fetched_at, self.paper
        )


class ArchiveWriter:
    """The open archive of one crawl.

    `record` puts a response into the WARC; one of `save_article`, `save_list`, `save_outcome` and
    `record_only` then writes its rows.
    """

    def __init__(
        self,
        path: Path,
        *,
        command: str,
        arguments: Mapping[str, Any],
        info: Mapping[str, str],
        mirror: str = "",
        floors: Mapping[str, float] | None = None,
        ladder: Ladder = LADDER,
        paper: Paper = DONGTHAP,
        on_disk_full: Callable[[], None] = lambda: None,
    ):
        """Open the archive; raises ArchiveLocked, DiskFull or SchemaTooNew before anything runs.

        *info* is for the WARC's first record, *mirror* the base URL that stands in for the site of
        *paper*, *floors* the share of articles that must state each field, *ladder* when articles
        are fetched again.
        *on_disk_full* is called once, when the disk takes no more.
        """
        self.path = path
        self.mirror = mirror
        self.paper = paper
        self.command = command
        self.arguments = arguments
        self.counts: Counter[str] = Counter()
        self.fill = FillRates(floors) if floors else FillRates()
        self.lists = Lists()
        self.disk_full: DiskFull | None = None
        self._on_disk_full = on_disk_full
        with ExitStack() as opened:
            opened.enter_context(crawl_lock(path))
            self.archive = opened.enter_context(Archive.open(path, create=True))
            check_free_space(path, MIN_FREE_BYTES)
            check_captures(path)
            for loss in repair(self.archive, now()):
                logger.warning("%s", loss)
            papers = remember(self.archive, paper)
            self.counts["caught_up"] = ingest_pending(self.archive)
            self.frontier = Frontier(self.archive, ladder)
            self.started_at = now()
            self.last_whole_run = earlier_runs.last_whole_run(self.archive.connection)
            if ahead := self.frontier.mend(self.started_at):
                logger.warning(
                    "%s addresses were fetched under a clock that was ahead, and are due now", ahead
                )
            self.crawl_id = self.archive.begin_crawl(command, arguments, self.started_at)
            self._opened = opened.pop_all()
        self.warc = CaptureWriter(
            path, crawl_id=self.crawl_id, started_at=self.started_at, info=info
        )
        self.archive.reread = partial(article_again, self.archive, papers)
        # 8 MB of page cache are enough for a page every two seconds. With the 32 MB of an import, a
        # crawl of 9,000 pages held 157 MB.
        self.archive.connection.execute("PRAGMA cache_size = -8192")
        # Only `commit` commits: a kill takes back all that a call wrote, or nothing of it.
        self.archive.batch_size = sys.maxsize
        self.archive.holding = True
        self.archive.before_commit = self.warc.sync

    def _address(self, url: str) -> Address:
        return read_address(url, self.paper)

    def commit(self) -> None:
        """Make every row so far durable, and before them the records that they point to."""
        with self._writing():
            self.archive.commit()

    @contextmanager
    def closing(self) -> Iterator[None]:
        """The last writes; then commit, close the database and release the lock."""
        with self._disk_full_named(), self._opened:
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Raise DiskFull if the disk is full, and from then on for every later write.

        A page whose capture was lost must leave no rows.
        """
        if self.disk_full is not None:
            raise self.disk_full
        try:
            with self._disk_full_named():
                yield
        except DiskFull as error:
            self.disk_full = error
            self._on_disk_full()
            raise

    @contextmanager
    def _disk_full_named(self) -> Iterator[None]:
        """Raise DiskFull where the system or SQLite says that the disk is full."""
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            if not is_disk_full(error):
                raise
            raise DiskFull(f"cannot write to {self.path}: {error}") from error

    # --- captures ---------------------------------------------------------------------------------

    def record(self, exchange: Exchange, cut_short: bool | None = None) -> PendingCapture:
        """Put *exchange* into the WARC; returns when the record is with the operating system."""
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        with self._writing():
            if self.counts["fetched"] % 256 == 0:
                check_free_space(self.path, MIN_FREE_BYTES)
            earlier = self.archive.capture_with_payload(
                exchange.url, exchange.body, exchange.fetched_at
            )
            capture = self.warc.write(exchange, revisit_of=earlier)
        return PendingCapture(capture, exchange, cut_short, self.paper)

    def record_only(self, pending: PendingCapture) -> None:
        """Write the row of a capture that no spider sees: robots.txt, and repeated requests.

        Classified like any other, for a rebuild will classify it too; but not counted.
        """
        with self._writing():
            self._write_row(pending, pending.outcome)

    def _write_row(self, pending: PendingCapture, outcome: Outcome) -> None:
        self.archive.record(
            pending.capture,
            crawl_id=self.crawl_id,
            outcome=outcome.kind,
            error=outcome.why,
            named=outcome.named,
        )

    # --- articles ---------------------------------------------------------------------------------

    def save_article(
        self, pending: PendingCapture, canonical: str, *, follow: bool = False
    ) -> tuple[Outcome, list[Link]]:
        """Save what the response to an article's address is.

        Returns it with the articles that the page names and that were never fetched; these only
        with *follow*.
        """
        outcome, fresh = pending.outcome, []
        with self._writing():
            self._save(pending, canonical, outcome)
            if follow and pending.capture.status == 200:
                found = [one for one in self._links_on(pending) if one.kind == "article"]
                news = set(self._add(pending, found))
                fresh = [one for one in found if one.url in news]
        if outcome.article is not None:
            self.fill.add(outcome.article)
        return outcome, fresh

    def save_outcome(self, pending: PendingCapture, canonical: str, outcome: Outcome) -> None:
        """Save an *outcome* that was classified before, and tell the frontier."""
        with self._writing():
            self._save(pending, canonical, outcome)

    def _save(self, pending: PendingCapture, canonical: str, outcome: Outcome) -> None:
        applied = apply(
            self.archive, pending.capture, outcome, (self.paper,), crawl_id=self.crawl_id
        )
        counts = applied.counts
        state = STATES[outcome.kind]
        attempts = 0
        if state is not None:
            attempts = self._fetched(
                pending, canonical, state, article_id=applied.article_id, error=outcome.why
            )
        if self._address(canonical).kind != "article":
            if state is not None:
                self._note_list(canonical, pending, looks=outcome.why or f"{outcome.kind} page")
            for name in ("failed", "blocked"):
                counts[f"lists_{name}"] += counts.pop(name, 0)
        else:
            if outcome.unknown_shape:
                self.lists.unknown[outcome.unknown_shape] = None
            if outcome.kind == "gone" and outcome.why == "empty-shell" and self._is_new(canonical):
                counts["unknown_layout"] += 1  # nobody ever saw it full: a new design, maybe
            if attempts >= HOPELESS and state in ("failed", "blocked"):
                counts["hopeless"] += 1
                counts["hopeless_layout"] += counts.pop("unknown_layout", 0)
        self.counts.update(counts)

    def _is_new(self, canonical: str) -> bool:
        """Whether no article was ever read at *canonical*."""
        return not self.archive.connection.execute(
            "SELECT 1 FROM article_urls WHERE url = ?", (canonical,)
        ).fetchone()

    def unfetched(self, canonical: str, error: str) -> None:
        """Note that nothing at all was received from the address *canonical*."""
        with self._writing():
            if self._address(canonical).kind != "article":
                self._note_list(canonical, None, looks=error)
                named_at = self.frontier.named_at(canonical)
                if named_at and age(named_at, now()) <= PERSISTS:
                    self.counts["lists_unanswered"] += 1  # no capture tells it to the judge
            self.frontier.fetched(canonical, at=now(), status=0, state="failed", error=error)

    def save_memento(self, exchange: Exchange) -> None:
        """Save what a web archive kept, as the record in the WARC says it."""
        capture = self.record(exchange).capture
        with self._writing():
            papers = (self.paper,)
            outcome = classify(capture, self.archive.read(capture), papers)
            applied = apply(self.archive, capture, outcome, papers, crawl_id=self.crawl_id)
        if outcome.article is not None:
            self.fill.add(outcome.article)
        # A block page of years ago is not trouble of this run.
        applied.counts["blocked_then"] = applied.counts.pop("blocked", 0)
        self.counts.update(applied.counts)

    # --- lists ------------------------------------------------------------------------------------

    def read_list(self, pending: PendingCapture) -> tuple[Outcome, list[Link]]:
        """Return what the response to a list's address means, and its links to pages of the paper.

        A list may have moved to an address of no known shape; the page there is read as well.
        """
        outcome = pending.outcome
        if outcome.kind == "other" and pending.capture.status == 200:
            outcome = replace(outcome, kind="list")
        found = self._links_on(pending) if outcome.kind == "list" else []
        pending.articles = sum(one.kind == "article" for one in found)
        return outcome, found

    def _links_on(self, pending: PendingCapture) -> list[Link]:
        try:
            return find_links(pending.page, mirror=self.mirror)
        except DamagedPage as error:  # captured all the same; the next run asks again
            logger.warning("%s", error)
        except Exception:  # one page must not stop the crawl
            logger.exception("the links on %s cannot be read", pending.capture.url)
        return []

    def _note_list(
        self, canonical: str, pending: PendingCapture | None, *, looks: str | None
    ) -> bool:
        """Note what a first page of a list named; returns whether it ever named articles."""
        known = self.frontier.named_at(canonical) is not None
        if self._address(canonical).page != 1:
            return known
        unknown: list[str] = []
        if pending is not None and pending.capture.status == 200:
            with suppress(DamagedPage):
                unknown = find_unknown(pending.page, mirror=self.mirror)
        articles = pending.articles if pending else 0
        self.lists.note(canonical, known=known, articles=articles, unknown=unknown, looks=looks)
        return known

    def save_list(self, pending: PendingCapture, canonical: str, found: list[Link]) -> set[str]:
        """Save a list page and the links on it; returns the addresses never fetched before.

        Only a first page that names articles, or ever did, is read again by every crawl: later
        pages are read while the newest ones bring something unknown. A page without articles may be
        no list, and is looked at once a week.
        """
        with self._writing():
            self._write_row(pending, pending.outcome)
            fresh = set(self._add(pending, found))
            known = self._note_list(canonical, pending, looks=pending.outcome.why)
            self._fetched(
                pending,
                canonical,
                "done",
                again=self._address(canonical).page == 1,
                wait=None if pending.articles or known else NO_LIST,
                names_articles=bool(pending.articles),
            )
        articles = [one.url for one in found if one.kind == "article"]
        self.counts["listed"] += len(articles)
        self.lists.new += len(fresh.intersection(articles))
        return fresh

    def _add(self, pending: PendingCapture, found: list[Link]) -> list[str]:
        capture = pending.capture
        return self.frontier.add(found, found_on=capture.url, at=capture.fetched_at)

    def _fetched(self, pending: PendingCapture, canonical: str, state: State, **facts: Any) -> int:
        """Tell the frontier; returns how often in a row the address ended so."""
        capture, headers = pending.capture, pending.exchange.response_headers
        # A page reached through a redirect answers for both addresses.
        attempts = 0
        for url in {canonical, self._address(capture.url).canonical}:
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

    # --- the frontier -----------------------------------------------------------------------------

    def ask_again(self, urls: list[str]) -> None:
        """Make known list pages due, so that the next run goes on where this one is cut short."""
        if urls:
            with self._writing():
                self.frontier.ask_again(urls, self.started_at)

    def due(self, **which: Any) -> list[FrontierEntry]:
        """The addresses that the frontier wants fetched now."""
        return self.frontier.due(self.started_at, site=self.paper.home, **which)

    def worth_fetching(self, entries: Iterable[cdx.Entry]) -> tuple[list[cdx.Entry], int]:
        """The *entries* of a web archive that tell something new, and how many do not."""
        known = self.archive.connection.execute(
            "SELECT url, fetched_at, payload_digest FROM captures"
        )
        ours = (row for row in known if is_ours(row[0], self.paper))
        return cdx.worth_fetching(entries, ours, self.paper)
