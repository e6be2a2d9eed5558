"""Rebuild articles from their observations.

`rebuild` reads every capture of a set of keys and writes what follows from them: the latest state,
the addresses, the revisions. A capture may be the first, the newest or one imported from ten years
ago: the result is the same, so the archive does not depend on the order of its captures.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.duplicates import exact, near
from archive.history import article_rows, extraction_rows, revision_rows
from archive.history.identity import (
    Alias,
    canonical,
    clusters,
    is_connected,
    keys_with,
    oldest_key,
    proof_of,
)
from archive.history.nights import OF_THE_ARTICLE, gone_since
from archive.history.observations import ObservationHistory, load_observations
from archive.history.revisions import RevisionDraft, build_revisions
from archive.models import Article
from archive.text import loose, text_digest

#: The flag of an article that an imported capture contradicts.
CONFLICT = "origin:conflict"


@dataclass(frozen=True, slots=True)
class RebuiltArticle:
    """The article as it was written."""

    article_id: int
    key: str
    drafts: list[RevisionDraft]
    revision_of: dict[int, int]
    addresses: frozenset[str]
    history: ObservationHistory
    before: int
    """How many revisions there were; 0 if it is a new article."""
    duplicates: int

    def began_later_revision(self, capture_id: int) -> bool:
        """Whether the capture began a revision other than the first."""
        number = self.revision_of.get(capture_id, 1)
        return number > 1 and self.drafts[number - 1].capture_id == capture_id


def _write_article(
    connection: sqlite3.Connection,
    history: ObservationHistory,
    article_id: int | None,
    frozen_key: str | None = None,
) -> RebuiltArticle | None:
    """Write the article that follows from *history*, as row *article_id* or a new one.

    None if no page ever showed it. *frozen_key* is the key it is already cited by.
    """
    drafts, revision_of = build_revisions(history.observations)
    if not drafts:
        extraction_rows.keep_differences(connection, None, {}, history.pages)
        _point_captures(connection, None, history, {}, {})
        return None
    read_at = {seen.address for seen in history.observations if seen.page}
    name = canonical(history.aliases[url] for url in read_at)
    latest = drafts[-1].article
    pages = [seen.page for seen in history.observations if seen.page]
    at_name = [s for o in history.observations if o.address == name.url and (s := o.page)]
    section, section_slug = _section(at_name, pages)
    gone_at, gone_how = _gone(history, name)
    aliases = _seen_aliases(history)
    values = {
        "key": frozen_key or oldest_key((alias.generation, alias.key) for alias in aliases),
        "key_frozen": int(frozen_key is not None),
        "paper": name.key.partition(":")[0],
        "url": name.url,
        "site_id": at_name[-1].site_id or name.key,
        "generation": name.generation,
        **article_rows.state_of(_flagged(latest, history)),
        "section": section,
        "section_slug": section_slug,
        "revision": len(drafts),
        "first_seen_at": drafts[0].seen_at,
        "last_seen_at": drafts[-1].last_seen_at,
        "gone_at": gone_at,
        "gone_how": gone_how,
        "capture_id": drafts[-1].capture_id,
    }
    article_id, before = article_rows.write(connection, article_id, values)
    is_new = not before
    _write_addresses(connection, article_id, history, is_new)
    article_rows.write_parts(connection, article_id, latest, is_new=is_new)
    base = article_rows.written_record(latest, values)
    ids, left = revision_rows.write(connection, article_id, drafts, base, is_new=is_new)
    _point_captures(connection, article_id, history, ids, revision_of)
    revision_rows.delete(connection, left)
    extraction_rows.keep_differences(connection, article_id, base, history.pages)
    article_rows.write_sections(
        connection,
        article_id,
        [
            (alias.section_slug, None, "")
            for alias in sorted(aliases, key=lambda a: a.url)
            if alias.section_slug
        ]
        + [
            (seen.page.section_slug, seen.page.section, seen.seen_at)
            for seen in history.observations
            if seen.page and seen.page.section_slug
        ],
        is_new=is_new,
    )
    pairs = _link(connection, article_id, latest.body, values, before)
    return RebuiltArticle(
        article_id,
        str(values["key"]),
        drafts,
        revision_of,
        frozenset(history.aliases),
        history,
        before.get("revision", 0),
        pairs,
    )


def _link(
    connection: sqlite3.Connection,
    article_id: int,
    body: str | None,
    values: Mapping[str, Any],
    before: Mapping[str, Any],
) -> int:
    """Look for copies of the article, whose row was *before*; returns how many there are."""
    digest = values["text_digest"]
    if before and before["text_digest"] != digest:
        connection.execute("UPDATE articles SET duplicate_of = NULL WHERE id = ?", (article_id,))
        exact.link(connection, before["text_digest"], before["body"])
    copies = exact.link(connection, digest, body, None if before else article_id) - {article_id}
    if before and all(before[name] == values[name] for name in ("text_digest", "first_seen_at")):
        return 0
    return len(copies) + near.link(connection, article_id, body, copies)


def relink(connection: sqlite3.Connection, article_id: int) -> None:
    """Look for copies of the article as for a new one."""
    digest, body = connection.execute(
        "SELECT text_digest, body FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    copies = exact.link(connection, digest, body) - {article_id}
    near.link(connection, article_id, body, copies)


def rebuild(
    connection: sqlite3.Connection,
    groups: Iterable[frozenset[str]],
    fresh: Mapping[int, Article] | None = None,
) -> list[RebuiltArticle]:
    """Write every group of keys as one article; rows of articles are joined or come apart.

    *fresh* are rows of ``extractions`` that have no record yet, with what their pages say.
    """
    groups = list(groups)
    extraction_rows.delete_unused(connection, {key for group in groups for key in group})
    # All is read before anything is written: records are kept as differences from the rows.
    histories = {group: load_observations(connection, group, fresh) for group in groups}
    owners: dict[frozenset[str], dict[int, tuple[str, int]]] = {}
    for group in groups:
        marks = ", ".join("?" * len(group))
        owners[group] = {
            row[0]: (row[1], row[2])
            for row in connection.execute(
                "SELECT DISTINCT articles.id, articles.key, key_frozen FROM article_urls"
                " JOIN articles ON articles.id = article_id"
                f" WHERE article_urls.key IN ({marks})",
                tuple(group),
            )
        }
    involved = sorted({article_id for ids in owners.values() for article_id in ids})
    chosen: dict[frozenset[str], int] = {}
    for article_id in involved:
        claimants = [g for g, ids in owners.items() if article_id in ids and g not in chosen]
        # A row that comes apart stays with the group that holds the key it goes by.
        claimants.sort(key=lambda g: (owners[g][article_id][0] not in g, min(g)))
        if claimants:
            chosen[claimants[0]] = article_id
    if len(involved) > 1 or len(owners) > 1:
        connection.executemany(
            "UPDATE articles SET key = '~' || id WHERE id = ?", [(i,) for i in involved]
        )
    written = []
    for group in sorted(owners, key=lambda g: (chosen.get(g, 1 << 62), min(g))):
        frozen = [
            (None, key) for key, is_frozen in owners[group].values() if is_frozen and key in group
        ]
        rebuilt = _write_article(
            connection,
            histories[group],
            chosen.get(group),
            oldest_key(frozen) if frozen else None,
        )
        if rebuilt:
            written.append(rebuilt)
    kept = {rebuilt.article_id for rebuilt in written}
    for article_id in involved:
        if article_id not in kept:
            _delete(connection, article_id)
    return written


def _section(at_name: list[Article], pages: list[Article]) -> tuple[str | None, str | None]:
    """The rubric and its slug: as the naming address's latest page has them, or else any page.

    Generation C shows a rubric and has no slug in its addresses; an older address of the article
    may have it, best one that was filed under the same rubric.
    """
    latest_first = [*reversed(at_name), *reversed(pages)]
    section = next((s.section for s in latest_first if s.section), None)
    alike = [s for s in latest_first if loose(s.section) == loose(section)]
    own = [s for s in reversed(at_name) if s.section_slug]
    slug = next((s.section_slug for s in (*own, *alike, *latest_first) if s.section_slug), None)
    return section, slug


def _gone(history: ObservationHistory, name: Alias) -> tuple[str | None, str | None]:
    """Since when the article is gone from its canonical address, and how.

    Its older addresses do not count: they die with the CMS that served them.
    """
    return gone_since(
        seen for seen in history.observations if history.aliases[seen.address].key == name.key
    )


def _seen_aliases(history: ObservationHistory) -> list[Alias]:
    """The addresses at which a page that counts was seen, or which the site forwards."""
    seen = {one.address for one in history.observations if one.kind != "gone"}
    seen |= history.redirected.keys()
    return [alias for url, alias in history.aliases.items() if url in seen]


def _flagged(latest: Article, history: ObservationHistory) -> Article:
    """*latest*, with a flag if an imported capture contradicts the live ones."""
    if "conflict" not in history.set_aside.values():
        return latest
    return replace(latest, flags=(*latest.flags, CONFLICT))


def _write_addresses(
    connection: sqlite3.Connection, article_id: int, history: ObservationHistory, is_new: bool
) -> None:
    seen: dict[str, list[str]] = {url: list(times) for url, times in history.redirected.items()}
    for observation in history.observations:
        if observation.kind != "gone":
            seen.setdefault(observation.address, []).append(observation.seen_at)
    rows = [
        (a.url, article_id, a.key, a.generation, a.section_slug, min(seen[a.url]), max(seen[a.url]))
        for a in history.aliases.values()
        if a.url in seen
    ]
    if not is_new:  # an address may prove not to be one of the article
        connection.execute(
            "DELETE FROM article_urls WHERE article_id = ?"
            " AND url NOT IN (SELECT value FROM json_each(?))",
            (article_id, json.dumps([row[0] for row in rows])),
        )
    article_rows.write_addresses(connection, rows)


def _point_captures(
    connection: sqlite3.Connection,
    article_id: int | None,
    history: ObservationHistory,
    ids: Mapping[int, int],
    revision_of: Mapping[int, int],
) -> None:
    """Write into each capture's row which revision it shows; none if it is set aside."""
    captures = [seen.capture_id for seen in history.observations]
    connection.executemany(
        "UPDATE captures SET article_id = ?1, revision_id = ?2 WHERE id = ?3"
        " AND (article_id IS NOT ?1 OR revision_id IS NOT ?2)",
        [(article_id, ids.get(revision_of.get(one, 0)), one) for one in captures]
        + [(article_id, None, one) for one in history.set_aside],
    )
    marks = {one: why for one, why in history.set_aside.items() if why in OF_THE_ARTICLE}
    connection.executemany(
        "UPDATE captures SET doubt = ?2 WHERE id = ?1",
        [
            (one, marks.get(one))
            for one in history.marked.keys() | marks.keys()
            if history.marked.get(one) != marks.get(one)
        ],
    )


def _delete(connection: sqlite3.Connection, article_id: int) -> None:
    """Delete an article that no page shows any more."""
    connection.execute(
        "UPDATE captures SET article_id = NULL, revision_id = NULL WHERE article_id = ?",
        (article_id,),
    )
    near.forget(connection, article_id)
    into = (
        "(SELECT article_id FROM article_urls WHERE article_urls.url = frontier.url"
        " AND article_id <> ?1)"
    )
    connection.execute(
        f"UPDATE frontier SET article_id = {into} WHERE article_id = ?1", (article_id,)
    )
    said: tuple[str, str | None] = connection.execute(
        "SELECT text_digest, body FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    connection.execute(
        "UPDATE articles SET duplicate_of = NULL WHERE duplicate_of = ?", (article_id,)
    )
    article_rows.write_parts(connection, article_id, Article(title=""))
    article_rows.write_sections(connection, article_id, [])
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    exact.link(connection, *said)


def rebuild_with(
    connection: sqlite3.Connection, article: Article, statement_id: int, is_new: bool
) -> RebuiltArticle:
    """Rebuild the article of the page *article*, row *statement_id* of ``extractions``.

    Which keys are one article is judged again if the row *is_new*.
    """
    assert article.key is not None
    assert article.url is not None
    groups = [keys_with(connection, article.key)]
    if is_new:
        proof = proof_of(article, text_digest(article.title, article.body))
        if is_connected(connection, article, proof):
            groups = clusters(connection, article.key)
    rebuilt = rebuild(connection, groups, {statement_id: article})
    return next(one for one in rebuilt if article.url in one.addresses)


def rebuild_at(connection: sqlite3.Connection, url: str) -> RebuiltArticle | None:
    """Rebuild the article at *url* (canonical), if there is one, after a new observation there."""
    row = connection.execute("SELECT key FROM article_urls WHERE url = ?", (url,)).fetchone()
    if row is None:
        return None
    rebuilt = rebuild(connection, [keys_with(connection, row[0])])
    return next((one for one in rebuilt if url in one.addresses), None)
