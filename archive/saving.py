"""How an observation becomes an article: the two short ways, and the general one.

Most pages of a first crawl were never heard of, and most pages of a later one say what they said;
neither needs to be put together from everything known. What the short ways write is what the
general one would, row by row, and tests hold them to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from archive import first_rows
from archive.article_rows import name_section
from archive.assembly import Assembled
from archive.capture_rows import find_captures, insert_capture
from archive.evidence import OBSERVED
from archive.identity import is_unheard_of
from archive.models import Article, Capture
from archive.statements import assemble_with, find_statement, reassemble, restate, state
from archive.transactions import Transactions


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one observed article."""

    status: Literal["new", "revised", "unchanged"]
    article_id: int
    key: str
    changed_fields: tuple[str, ...] = ()
    edit: str | None = None
    duplicates: int = 0
    """How many other articles it was found to be a copy of."""


#: Reads an old capture with today's extractor.
Reread = Callable[[Capture], Article | None]


def save(
    archive: Transactions,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None = None,
) -> Saved:
    """Take in what *capture* says of an article; *article* is its page, extracted."""
    with archive.transaction(undo=False) as connection:
        known = find_statement(connection, article)
        if known is not None:
            assert article.url is not None
            if saved := _seen_again(connection, article.url, capture, crawl_id, article, known):
                return saved
        elif is_unheard_of(connection, article):
            return _first_seen(connection, article, capture, crawl_id)
        with archive.transaction():
            return _reconciled(connection, article, capture, crawl_id, reread)


def seen_again(
    archive: Transactions, url: str, capture: Capture, crawl_id: int | None
) -> int | None:
    """Take in that the server calls the article at *url* unchanged; returns its id, if any."""
    with archive.transaction() as connection:
        if saved := _seen_again(connection, url, capture, crawl_id):
            return saved.article_id
        insert_capture(connection, capture, crawl_id, "unchanged", address=url)
        written = reassemble(connection, url)
        return written.article_id if written else None


def _reconciled(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None,
) -> Saved:
    """The general way: the article is put together anew from all that was ever seen of it."""
    statement_id, fresh = state(connection, article)
    capture_id = _insert(connection, article, capture, crawl_id, statement_id)
    written = assemble_with(connection, article, statement_id, fresh)
    before = written.before
    if reread and _told_by_extractors(connection, written, article, capture_id, reread):
        written = assemble_with(connection, article, statement_id, fresh)
    number = written.revision_of[capture_id]
    draft = written.drafts[number - 1]
    if before >= len(written.drafts):
        return Saved("unchanged", written.article_id, written.key)
    status: Literal["new", "revised"] = "revised" if before else "new"
    return Saved(
        status,
        written.article_id,
        written.key,
        draft.changed_fields,
        draft.edit,
        written.duplicates,
    )


def _insert(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    statement_id: int,
) -> int:
    """The row of the capture that *article* was read from."""
    return insert_capture(
        connection,
        capture,
        crawl_id,
        "article",
        layout=article.layout,
        address=article.url,
        statement_id=statement_id,
    )


def _first_seen(
    connection: sqlite3.Connection, article: Article, capture: Capture, crawl_id: int | None
) -> Saved:
    """The short way for a new article: nothing is looked up that is known not to be there."""
    assert article.key is not None
    article_id, duplicates = first_rows.write(connection, article, capture, crawl_id)
    return Saved("new", article_id, article.key, duplicates=duplicates)


#: The latest observation at an address, and its article.
_LATEST = (
    "SELECT captures.fetched_at, outcome, statement_id, captures.article_id, revision_id,"
    " articles.key, last_seen_at, gone_at"
    " FROM captures LEFT JOIN articles ON articles.id = captures.article_id"
    f" WHERE address = ? AND outcome IN {OBSERVED}"
    " ORDER BY captures.fetched_at DESC, payload_digest DESC, captures.id DESC LIMIT 1"
)


def _seen_again(
    connection: sqlite3.Connection,
    url: str,
    capture: Capture,
    crawl_id: int | None,
    article: Article | None = None,
    statement_id: int | None = None,
) -> Saved | None:
    """The short way for the commonest case: the newest capture shows what the last one showed.

    It is a page that says *statement_id* again, or the server's word (304), which needs no page.
    """
    row = connection.execute(_LATEST, (url,)).fetchone()
    if row is None:
        return None
    latest, outcome, said, article_id, revision_id, key, last_seen_at, gone_at = row
    if outcome == "gone" or gone_at is not None or key is None or revision_id is None:
        return None
    if last_seen_at != latest or capture.fetched_at <= latest:
        return None
    if article is not None and statement_id != said:  # or the last one showed nothing (304)
        return None
    insert_capture(
        connection,
        capture,
        crawl_id,
        "article" if article else "unchanged",
        layout=article.layout if article else None,
        address=url,
        statement_id=statement_id,
        article_id=article_id,
        revision_id=revision_id,
    )
    at = capture.fetched_at
    connection.execute("UPDATE articles SET last_seen_at = ? WHERE id = ?", (at, article_id))
    connection.execute("UPDATE revisions SET last_seen_at = ? WHERE id = ?", (at, revision_id))
    connection.execute(
        "UPDATE article_urls SET last_seen_at = max(last_seen_at, ?) WHERE url = ?", (at, url)
    )
    if article and article.section and article.section_slug:
        name_section(connection, article.section_slug, article.section, at)
    return Saved("unchanged", article_id, key)


def _told_by_extractors(
    connection: sqlite3.Connection,
    written: Assembled,
    article: Article,
    capture_id: int,
    reread: Reread,
) -> bool:
    """Whether a new revision may be our extractor's and not the newspaper's.

    If it may, older captures are read again with today's extractor, and say what it says.
    """
    number = written.revision_of[capture_id]
    if number == 1:
        return False
    if written.drafts[number - 1].capture_id != capture_id:
        return False
    stale = [
        (seen.capture_id, written.evidence.statement_of[seen.capture_id])
        for seen in written.evidence.observations
        if seen.statement and seen.statement.extractor_version != article.extractor_version
    ]
    replaced = False
    for other_id, statement_id in stale:
        [capture] = find_captures(connection, "id = ?", (other_id,))
        again = reread(capture)
        if again is not None and again.key == written.evidence.statements[statement_id].key:
            restate(connection, other_id, again)
            replaced = True
    return replaced
