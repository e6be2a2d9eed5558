"""Save an observation: rebuild its article, or note that a page was seen again.

Most pages of a crawl say what they said before. For these only the times change, and the article is
not rebuilt from everything known. The short way writes the same rows as the rebuild; tests hold the
two to each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from archive.database.transactions import Transactions
from archive.history.article_rows import name_section
from archive.history.capture_rows import find_captures, has_place_in_time, insert_capture
from archive.history.identity import is_proven
from archive.history.judging import believed_before
from archive.history.nights import Doubt, says_the_same
from archive.history.observations import OBSERVED, Evidence, gather, stated
from archive.history.rebuild import Assembled, regroup
from archive.history.revisions import edit_of, reconcile
from archive.history.statements import (
    assemble_with,
    find_statement,
    keep_record,
    keys_with,
    reassemble,
    restate,
    state,
)
from archive.models import Article, Capture


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one observed article."""

    status: Literal["new", "revised", "unchanged", "undated"]
    """``undated``: the capture has no place in the order of time, and no article follows."""
    article_id: int | None
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
    hold: bool = False,
) -> Saved:
    """Take in what *capture* says of an article; *article* is its page, extracted.

    With *hold*, what would alter a known article does not count until its night is judged.
    """
    with archive.transaction() as connection:
        known = find_statement(connection, article)
        if not has_place_in_time(capture):
            return _undated(connection, article, capture, crawl_id)
        if known is not None:
            assert article.url is not None
            if saved := _seen_again(connection, article.url, capture, crawl_id, article, known):
                return saved
        if hold and (held := _held(connection, article, capture, crawl_id, reread)):
            return held
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
    statement_id, _ = state(connection, article)
    fresh = not is_proven(connection, statement_id)
    capture_id = _insert(connection, article, capture, crawl_id, statement_id)
    written = assemble_with(connection, article, statement_id, fresh)
    before = written.before
    if reread and _told_by_extractors(connection, written, article, capture_id, reread):
        written = assemble_with(connection, article, statement_id, fresh)
    number = written.revision_of.get(capture_id)
    if number is None:  # set aside
        return Saved("unchanged", written.article_id, written.key)
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


def _held(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None,
) -> Saved | None:
    """Put the capture aside until its night is judged, if it alters what the live site said."""
    assert article.url is not None
    assert article.key is not None
    if capture.origin != "live":
        return None
    known = believed_before(connection, article.url, capture.fetched_at).statement_id
    if known is None or says_the_same(before := stated(connection, known), article):
        return None
    if reread and before.extractor_version != article.extractor_version:
        keys = keys_with(connection, article.key)
        evidence = gather(connection, keys)
        if _restated(connection, evidence, article, reread):
            regroup(connection, [frozenset(keys)])
            return _held(connection, article, capture, crawl_id, None)
    statement_id, _ = state(connection, article)
    _insert(connection, article, capture, crawl_id, statement_id, doubt="held")
    keep_record(connection, article, statement_id)
    row = connection.execute(
        "SELECT articles.id, articles.key FROM article_urls JOIN articles"
        " ON articles.id = article_id WHERE article_urls.url = ?",
        (article.url,),
    ).fetchone()
    article_id, key = row or (None, article.key)
    same_layout = before if before.layout == article.layout else None
    _, changed = reconcile(before, article, same_layout, leads=True)
    return Saved("revised", article_id, key, changed, edit_of(changed))


def _undated(
    connection: sqlite3.Connection, article: Article, capture: Capture, crawl_id: int | None
) -> Saved:
    """Keep a capture that has no place in the order of time."""
    statement_id, _ = state(connection, article)
    keep_record(connection, article, statement_id)
    _insert(connection, article, capture, crawl_id, statement_id)
    assert article.key is not None
    regroup(connection, [frozenset(keys_with(connection, article.key))])
    return Saved("undated", None, article.key)


def _insert(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    statement_id: int,
    doubt: Doubt | None = None,
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
        doubt=doubt,
    )


#: The latest observation at an address, and its article.
_LATEST = (
    "SELECT captures.fetched_at, outcome, statement_id, captures.article_id, revision_id,"
    " articles.key, last_seen_at, gone_at, doubt"
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
    latest, outcome, said, article_id, revision_id, key, last_seen_at, gone_at, doubt = row
    if outcome == "gone" or gone_at is not None or key is None or revision_id is None:
        return None
    if doubt is not None or not has_place_in_time(capture):
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
    connection.execute(
        "UPDATE article_revisions SET last_seen_at = ? WHERE id = ?", (at, revision_id)
    )
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
    number = written.revision_of.get(capture_id, 1)
    if number == 1:
        return False
    if written.drafts[number - 1].capture_id != capture_id:
        return False
    return _restated(connection, written.evidence, article, reread)


def _restated(
    connection: sqlite3.Connection, evidence: Evidence, article: Article, reread: Reread
) -> bool:
    """Read captures that an older extractor read again; whether any says something else now."""
    replaced = False
    for capture_id, statement_id in list(evidence.statement_of.items()):
        said = evidence.statements[statement_id]
        if said.extractor_version == article.extractor_version:
            continue
        [capture] = find_captures(connection, "id = ?", (capture_id,))
        again = reread(capture)
        if again is not None and again.key == said.key:
            restate(connection, capture_id, again)
            replaced = True
    return replaced
