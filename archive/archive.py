"""The archive: one SQLite database beside its captures, and the only writer of articles.

The tables of articles are a function of all captures: `Archive.save` adds an observation and
rebuilds the article from all its observations, so the same captures give the same archive in
whatever order they come. The WARC leads and the rows follow: `Archive.pending_records` yields the
captures that have no row because the crawl was killed between the two.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from archive import alarms, crawls
from archive.alarms import Changes, Finding
from archive.articles.get import StoredArticle, find_article
from archive.articles.select import articles
from archive.authors import same
from archive.authors.same import Joined
from archive.clock import now
from archive.corpus.instruments import Instruments
from archive.database.connection import open_database
from archive.database.lock import (
    check_free_space,
    crawl_lock,
    folder_of,
    free_space,
    write_heartbeat,
)
from archive.errors import UsageError
from archive.export import frames
from archive.history import judge, rejudge, save
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of, original_of
from archive.history.identity import Alias
from archive.history.judge import Judged
from archive.history.nights import Run, run_of
from archive.history.reextract import Reread, replace_reading
from archive.history.rejudge import Rejudged, Totals
from archive.history.save import Saved
from archive.models import Article, Capture
from archive.places import index
from archive.recovery.pending import OnDamage, PendingRecord, Prefetch, pending_records
from archive.reports import lists
from archive.search.parser import parse
from archive.search.query import Query
from archive.search.search import Results, Sort, search
from archive.warc import reader
from archive.warc.exchange import StoredResponse, payload_digest

logger = logging.getLogger(__name__)

__all__ = [
    "Alias",
    "Archive",
    "Saved",
    "StoredArticle",
    "check_free_space",
    "crawl_lock",
    "free_space",
    "write_heartbeat",
]


class Archive(Instruments):
    """One open archive. One writer; it may be used from another thread than it was opened in."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool):
        super().__init__(connection)
        self.path = path
        """The archive folder."""
        self.db = Database(connection)
        self.read_only = read_only
        self.reread: Reread | None = None
        """Reads an old capture with today's extractor; set by the crawler.

        Without it, the first fetch after an upgrade of khobao would compare the words of two
        extractors and take the difference for an edit by the newspaper.
        """
        self.holding = False
        """Whether captures that would alter a known article wait until the night is judged.

        Set it if you call `judge_night` at the end; otherwise every observation counts at once.
        """

    # --- opening and closing --------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, read_only: bool = False) -> Archive:
        """Open the archive at *path*, a folder or the database in it; brings its schema up to date.

        Raises NoArchive if there is none (unless *create*), SchemaTooNew if it is from a newer
        khobao.
        """
        path = Path(path)
        database = path if path.suffix == ".db" else path / "archive.db"
        connection = open_database(database, create=create, read_only=read_only)
        return cls(folder_of(database), connection, read_only=read_only)

    def close(self) -> None:
        """Commit what waits, and close the database."""
        self.commit()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- observations ---------------------------------------------------------------------------

    def save(self, article: Article, capture: Capture, *, crawl_id: int | None = None) -> Saved:
        """Save the page *article*, which was extracted from *capture*."""
        _check_address(article)
        with self.transaction() as connection:
            return save.save(connection, article, capture, crawl_id, self.reread, self.holding)

    def seen_again(self, url: str, capture: Capture, *, crawl_id: int | None) -> int | None:
        """The server says that the article at *url* (canonical) has not changed (304).

        Returns its id; None if no article was read at that address.
        """
        with self.transaction() as connection:
            return save.save_unchanged(connection, url, capture, crawl_id)

    def mark_gone(self, url: str, how: str, capture: Capture, *, crawl_id: int | None) -> bool:
        """The article at *url* (canonical) was not there; True if that makes it gone.

        It takes two nights that agree (`archive.history.nights`). *how*: ``404``, ``410``,
        ``redirect-home``, ``soft-404`` or ``empty-shell``.
        """
        with self.transaction() as connection:
            return save.save_gone(connection, url, how, capture, crawl_id, self.holding)

    def redirected(
        self, alias: Alias, target: str, capture: Capture, *, crawl_id: int | None
    ) -> None:
        """The site forwards the article address *alias* to *target* (canonical)."""
        with self.transaction() as connection:
            save.save_redirect(connection, alias, target, capture, crawl_id)

    def record(
        self,
        capture: Capture,
        *,
        crawl_id: int | None,
        outcome: str,
        error: str | None = None,
        layout: str | None = None,
        article_id: int | None = None,
        named: int | None = None,
    ) -> int:
        """Save a capture that shows no article; returns the id of its row.

        *named* is how many articles it names, if it is a list. If its row showed an article before
        (no layout knows the page any more), the article is rebuilt from the other captures.
        """
        with self.transaction() as connection:
            return save.save_other(
                connection,
                capture,
                crawl_id,
                outcome,
                error=error,
                layout=layout,
                article_id=article_id,
                named=named,
            )

    def reextracted(self, article: Article, capture: Capture) -> tuple[str, ...]:
        """Let *capture*, which has its row, say *article*: what today's extractor reads in it.

        No edit by the newspaper: revisions come out as if it had been read so from the start.
        Returns the fields in which it says something else than before.
        """
        _check_address(article)
        with self.transaction() as connection:
            changed = replace_reading(connection, article, capture)
            if changed is None:
                self.save(article, capture)
            return changed or ()

    # --- nights ---------------------------------------------------------------------------------

    def judge_night(self, warc_file: str, counts: Mapping[str, int] | None = None) -> Judged:
        """Judge the run that wrote *warc_file*, after its end: see `archive.history.nights`.

        *counts* are the run's; ``lists_unanswered`` among them leave no capture.
        """
        run = run_of(warc_file)
        if run is None:
            return Judged()
        with self.transaction() as connection:
            if counts is not None:
                crawls.note_counts(connection, run.number, counts)
            return judge.judge_run(connection, run)

    def rejudge_nights(self, before: Totals | None = None) -> Rejudged:
        """Judge every night again, and rebuild the articles.

        *before* is what `rejudge.totals` returned before captures were saved, if any were.
        """
        self.commit()
        with self.transaction() as connection:
            return rejudge.rejudge(connection, before)

    # --- captures -------------------------------------------------------------------------------

    def read(self, capture: Capture) -> StoredResponse:
        """The bytes of *capture*, checked; a revisit is answered with the payload it refers to."""
        return reader.read(
            self.path, capture, original=lambda revisit: original_of(self.connection, revisit)
        )

    def capture_with_payload(self, url: str, body: bytes, at: str) -> Capture | None:
        """The response of *url* that *body*, fetched *at*, would repeat: a revisit's target.

        Only the latest response before it counts (what a web archive gives back is old), and only
        one in a file that is closed: a revisit must not depend on a file that may still be cut.
        """
        found = self.connection.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE url = ? AND record_type = 'response'"
            " AND fetched_at <= ? ORDER BY fetched_at DESC LIMIT 1",
            (url, at),
        ).fetchone()
        if found is None:
            return None
        capture = capture_of(found)
        if capture.payload_digest != payload_digest(body):
            return None
        return capture if (self.path / capture.warc_file).exists() else None

    def pending_records(
        self,
        on_damage: OnDamage | None = None,
        prefetch: Prefetch = iter,
        on_judged: Callable[[Judged], None] = lambda _: None,
    ) -> Iterator[PendingRecord]:
        """Every capture on disk that has no row, in the order in which they were written.

        Save each (`save`, `record`, `mark_gone`, `redirected`, `seen_again`) before asking for the
        next. After archive.db was deleted, these are all captures, and saving them rebuilds it.
        Hold the lock, and call `archive.recovery.repair.repair` first. Each run is judged after its
        last capture, and *on_judged* is called with the result.
        """
        late: list[Run] = []

        def ended(warc_file: str, is_fresh: bool) -> None:
            run = run_of(warc_file)
            if run and (is_fresh or judge.was_killed(self.connection, run)):
                with self.transaction() as connection:
                    if rejudge.is_late(connection, run):
                        late.append(run)
                    on_judged(judge.judge_run(connection, run))

        yield from pending_records(self.connection, self.path, on_damage, prefetch, ended)
        if late:  # nights that were judged without it are judged again
            with self.transaction() as connection:
                for one in rejudge.judge_again(connection, min(late)):
                    on_judged(one)

    # --- papers ---------------------------------------------------------------------------------

    def name_papers(self, papers: Iterable[tuple[str, str, str]]) -> None:
        """Write the codes, names and hosts of the papers that the archive holds."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT INTO papers VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET"
                " name = excluded.name, host = excluded.host"
                " WHERE (name, host) <> (excluded.name, excluded.host)",
                papers,
            )

    # --- authors --------------------------------------------------------------------------------

    def join_authors(self) -> list[Joined]:
        """Join the names of one author (`archive.authors.same`), as ``authors.toml`` corrects it.

        Raises UsageError if the file is wrong; then nothing changes.
        """
        # Not above: it loads pydantic, 80 ms and 8 MB that no other command needs.
        from archive.authors.corrections import read_corrections

        corrections = read_corrections(self.path)
        with self.transaction() as connection:
            return same.join(connection, corrections)

    # --- places ---------------------------------------------------------------------------------

    def index_places(self) -> int:
        """Write the places of new and changed articles (`archive.places`); returns their number."""
        with self.transaction() as connection:
            return index.index_places(connection)

    # --- crawls ---------------------------------------------------------------------------------

    def begin_crawl(self, command: str, arguments: Mapping[str, Any], at: str | None = None) -> int:
        """Open the row of a run; returns its id."""
        with self.transaction() as connection:
            return crawls.begin(connection, command, arguments, at or now())

    def finish_crawl(
        self,
        crawl_id: int,
        *,
        exit_code: int,
        reason: str,
        counts: Mapping[str, int],
        at: str | None = None,
    ) -> None:
        """Close the row of a run; its night is judged, if `judge_night` has not been called."""
        with self.transaction() as connection:
            judge.judge_crawl(connection, crawl_id)
            crawls.finish(connection, crawl_id, at or now(), exit_code, reason, counts)
        self.index_places()
        try:
            self.join_authors()
        except UsageError as error:
            logger.warning("%s; the names of authors stay as they are", error)

    def update_alarms(
        self,
        findings: Sequence[Finding],
        *,
        paper: str,
        exit_code: int,
        crawl_id: int,
        judged: bool,
    ) -> Changes:
        """Open, continue and close alarms after a run; see `archive.alarms.update`."""
        with self.transaction() as connection:
            return alarms.update(
                connection,
                findings,
                paper=paper,
                exit_code=exit_code,
                crawl_id=crawl_id,
                at=now(),
                judged=judged,
            )

    # --- reading --------------------------------------------------------------------------------

    def article(self, name: int | str) -> StoredArticle:
        """The article with this id, key or (canonical) address, with its versions; or NotFound."""
        return find_article(self.connection, name)

    def search(
        self, query: str | Query, *, limit: int = 20, offset: int = 0, sort: Sort = "best"
    ) -> Results:
        """One page of what *query* finds; any text is a query (see `archive.search.parser`)."""
        self.index()
        return search(self.connection, query, limit=limit, offset=offset, sort=sort)

    def listing(
        self, name: lists.Name, query: str | Query = "", limit: int | None = None
    ) -> lists.Listing:
        """A list of `archive.reports.lists` (``authors``, ``silent`` …) over what *query* means."""
        self.index()
        meant = parse(query) if isinstance(query, str) else query
        return lists.listing(self.connection, name, meant, limit)

    def articles(self, query: str | Query = "") -> Iterator[Article]:
        """Every article that *query* means, as it was last seen, oldest first, in little memory."""
        self.index()
        return articles(self.connection, query)

    def to_arrow(self, query: str | Query = "") -> Any:
        """The articles that *query* means as an Arrow table (needs ``khobao[parquet]``)."""
        self.index()
        return frames.to_arrow(self.connection, query)

    def to_pandas(self, query: str | Query = "") -> Any:
        """The articles that *query* means as a pandas DataFrame (needs pandas)."""
        self.index()
        return frames.to_pandas(self.connection, query)


def _check_address(article: Article) -> None:
    if article.url is None or article.key is None:
        raise UsageError(f"an article without an address cannot be archived: {article.title!r}")
