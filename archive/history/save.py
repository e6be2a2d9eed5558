"""Save an observation: write its capture, and rebuild the article that follows from it.

Most pages of a crawl say what they said before. For these only the times change (`_seen_again`),
and the article is not rebuilt. That short way writes the same rows as a rebuild; tests hold the two
to each other.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from archive.history import extraction_rows
from archive.history.article_rows import name_section
from archive.history.capture_rows import has_place_in_time, insert_capture
from archive.history.identity import Alias, clusters, forwarded_to, is_proven, keys_with
from archive.history.judge import believed_before
from archive.history.nights import HANDFUL, Doubt, says_the_same
from archive.history.observations import OBSERVED, load_observations
from archive.history.rebuild import rebuild, rebuild_at, rebuild_with
from archive.history.reextract import Reread, reextract_stale
from archive.history.revisions import edit_of, reconcile
from archive.models import Article, Capture


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving a page."""

    status: Literal["new", "revised", "unchanged", "undated"]
    """``undated``: the capture has no place in the order of time, and no article follows."""
    article_id: int | None
    key: str
    changed_fields: tuple[str, ...] = ()
    edit: str | None = None
    duplicates: int = 0
    """How many other articles have the same text, or nearly."""


def save(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None = None,
    hold: bool = False,
) -> Saved:
    """Save the page *article*, which was extracted from *capture*.

    With *hold*, a page that would alter a known article does not count until its night is judged.
    """
    if not has_place_in_time(capture):
        return _save_undated(connection, article, capture, crawl_id)
    assert article.url is not None
    known = extraction_rows.find(connection, article)
    if known is not None:
        saved = _seen_again(connection, article.url, capture, crawl_id, article, known)
        if saved is not None:
            return saved
    if hold and capture.origin == "live":
        saved = _hold(connection, article, capture, crawl_id, reread)
        if saved is not None:
            return saved
    return _save_and_rebuild(connection, article, capture, crawl_id, reread)


def save_unchanged(
    connection: sqlite3.Connection, url: str, capture: Capture, crawl_id: int | None
) -> int | None:
    """Save an answer "not modified" (304) for the article at *url*; returns its id, if any."""
    if saved := _seen_again(connection, url, capture, crawl_id):
        return saved.article_id
    insert_capture(connection, capture, crawl_id, "unchanged", address=url)
    rebuilt = rebuild_at(connection, url)
    return rebuilt.article_id if rebuilt else None


def save_gone(
    connection: sqlite3.Connection,
    url: str,
    how: str,
    capture: Capture,
    crawl_id: int | None,
    hold: bool = False,
) -> bool:
    """Save that there was no article at *url*; returns whether that makes it gone.

    With *hold*, it does not count until the night is judged.
    """
    held: Doubt | None = "held" if hold and capture.origin == "live" else None
    insert_capture(connection, capture, crawl_id, "gone", address=url, error=how, doubt=held)
    if held:
        return False
    before = _is_gone(connection, url)
    rebuild_at(connection, url)
    return not before and _is_gone(connection, url)


def save_redirect(
    connection: sqlite3.Connection,
    alias: Alias,
    target: str,
    capture: Capture,
    crawl_id: int | None,
) -> None:
    """Save that the site forwards the article address *alias* to *target*."""
    insert_capture(connection, capture, crawl_id, "redirect")
    connection.execute(
        "INSERT INTO redirects VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source, target) DO UPDATE SET"
        " section_slug = coalesce(excluded.section_slug, section_slug),"
        " first_seen_at = min(first_seen_at, excluded.first_seen_at),"
        " last_seen_at = max(last_seen_at, excluded.last_seen_at)",
        (
            *(alias.url, target, alias.key, alias.generation, alias.section_slug),
            *(capture.fetched_at, capture.fetched_at),
        ),
    )
    sources = forwarded_to(connection, target)
    # The source that makes them too many parts the articles that the others had joined.
    for key in sorted(sources) if len(sources) == HANDFUL + 1 else [alias.key]:
        rebuild(connection, clusters(connection, key))


def save_other(
    connection: sqlite3.Connection,
    capture: Capture,
    crawl_id: int | None,
    outcome: str,
    *,
    error: str | None = None,
    layout: str | None = None,
    article_id: int | None = None,
    named: int | None = None,
) -> int:
    """Save a capture that shows no article; returns the id of its row.

    If its row showed an article before (no layout knows the page any more), that is rebuilt.
    """
    before = connection.execute(
        "SELECT coalesce(extractions.key, article_urls.key) FROM captures"
        " LEFT JOIN extractions ON extractions.id = statement_id"
        " LEFT JOIN article_urls ON article_urls.url = captures.address"
        " WHERE warc_file = ? AND warc_offset = ? AND address IS NOT NULL",
        (capture.warc_file, capture.warc_offset),
    ).fetchone()
    capture_id = insert_capture(
        connection,
        capture,
        crawl_id,
        outcome,
        error=error,
        layout=layout,
        article_id=article_id,
        named=named,
    )
    if before and before[0]:
        rebuild(connection, [keys_with(connection, before[0])])
    return capture_id


def _save_and_rebuild(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None,
) -> Saved:
    """Save the page and rebuild its article from all its observations."""
    statement_id, is_new = extraction_rows.find_or_insert(connection, article, keep=False)
    is_new = is_new or not is_proven(connection, statement_id)
    capture_id = _insert(connection, article, capture, crawl_id, statement_id)
    rebuilt = rebuild_with(connection, article, statement_id, is_new)
    before = rebuilt.before
    if (
        reread
        and rebuilt.began_later_revision(capture_id)
        and reextract_stale(connection, rebuilt.history, article, reread)
    ):
        rebuilt = rebuild_with(connection, article, statement_id, is_new)
    number = rebuilt.revision_of.get(capture_id)
    if number is None or before >= len(rebuilt.drafts):  # set aside, or no revision more
        return Saved("unchanged", rebuilt.article_id, rebuilt.key)
    draft = rebuilt.drafts[number - 1]
    return Saved(
        "revised" if before else "new",
        rebuilt.article_id,
        rebuilt.key,
        draft.changed_fields,
        draft.edit,
        rebuilt.duplicates,
    )


def _hold(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    reread: Reread | None,
) -> Saved | None:
    """Set the capture aside until its night is judged, if it alters what the live site said."""
    assert article.url is not None
    assert article.key is not None
    known = believed_before(connection, article.url, capture.fetched_at).statement_id
    if known is None:
        return None
    before = extraction_rows.read(connection, known)
    if says_the_same(before, article):
        return None
    if reread and before.extractor_version != article.extractor_version:
        keys = keys_with(connection, article.key)
        if reextract_stale(connection, load_observations(connection, keys), article, reread):
            rebuild(connection, [keys])
            return _hold(connection, article, capture, crawl_id, None)
    statement_id, _ = extraction_rows.find_or_insert(connection, article, keep=True)
    _insert(connection, article, capture, crawl_id, statement_id, doubt="held")
    row = connection.execute(
        "SELECT articles.id, articles.key FROM article_urls JOIN articles"
        " ON articles.id = article_id WHERE article_urls.url = ?",
        (article.url,),
    ).fetchone()
    article_id, key = row or (None, article.key)
    same_layout = before if before.layout == article.layout else None
    _, changed = reconcile(before, article, same_layout, is_newest=True)
    return Saved("revised", article_id, key, changed, edit_of(changed))


def _save_undated(
    connection: sqlite3.Connection, article: Article, capture: Capture, crawl_id: int | None
) -> Saved:
    """Keep a capture that has no place in the order of time."""
    assert article.key is not None
    statement_id, _ = extraction_rows.find_or_insert(connection, article, keep=True)
    _insert(connection, article, capture, crawl_id, statement_id)
    rebuild(connection, [keys_with(connection, article.key)])
    return Saved("undated", None, article.key)


def _insert(
    connection: sqlite3.Connection,
    article: Article,
    capture: Capture,
    crawl_id: int | None,
    statement_id: int,
    doubt: Doubt | None = None,
) -> int:
    """Write the row of the capture that *article* was extracted from."""
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
    """Save a capture that shows the same as the last one: the commonest case, without a rebuild.

    It is a page with the content *statement_id* again, or an answer "not modified" (304).
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


def _is_gone(connection: sqlite3.Connection, url: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM articles JOIN article_urls ON article_id = articles.id"
        " WHERE article_urls.url = ? AND gone_at IS NOT NULL",
        (url,),
    ).fetchone()
    return row is not None
