"""All details of one article. Read only."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from archive import papers
from archive.articles.get import StoredArticle, find_article
from archive.errors import NoRevision
from archive.models import Article, Capture, Revision
from archive.search.lookup import find_named


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """One address the article was seen at."""

    url: str
    first_seen_at: str
    last_seen_at: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another article with the same or nearly the same text."""

    key: str
    title: str
    updated_at: str | None
    kind: str
    """``exact`` or ``near``."""
    similarity: float


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """One article with its versions, addresses, duplicates and captures."""

    stored: StoredArticle
    addresses: tuple[SeenAddress, ...]
    duplicates: tuple[Related, ...]
    captures: dict[int, Capture]
    """The captures that its revisions were first read from, by id."""
    capture_count: int
    content_digest: str
    word_count: int
    paper: str
    """The newspaper's name."""
    conflicts: tuple[Capture, ...] = ()
    """Imported captures that say otherwise than the live site did, and do not count."""

    @property
    def article(self) -> Article:
        """As it was last seen, under the names that the archive has settled on."""
        return self.stored.article

    @property
    def latest(self) -> Revision:
        """The newest revision."""
        return self.stored.revisions[-1]

    def revision(self, number: int | None) -> Revision:
        """The revision with this number; the newest for None."""
        if number is None:
            return self.latest
        for revision in self.stored.revisions:
            if revision.number == number:
                return revision
        raise NoRevision(self.stored.key, number, self.latest.number)

    def capture(self, revision: Revision) -> Capture | None:
        """The capture that *revision* was first read from."""
        return self.captures.get(revision.capture_id) if revision.capture_id else None

    def origin(self, revision: Revision) -> str | None:
        """Where *revision* is from, if not from the live site: see `origin_in_words`."""
        capture = self.capture(revision)
        return origin_in_words(capture.origin) if capture else None

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping: the article's own fields first, then what the archive adds."""
        stored = self.stored
        return {
            "id": stored.id,
            **self.article.to_dict(),
            "word_count": self.word_count,
            "content_digest": self.content_digest,
            "revision": stored.revision,
            "first_seen_at": stored.first_seen_at,
            "last_seen_at": stored.last_seen_at,
            "gone_at": stored.gone_at,
            "gone_how": stored.gone_how,
            "duplicate_of": stored.duplicate_of,
            "duplicates": [
                {"key": r.key, "title": r.title, "kind": r.kind, "similarity": r.similarity}
                for r in self.duplicates
            ],
            "addresses": [
                {"url": a.url, "first_seen_at": a.first_seen_at, "last_seen_at": a.last_seen_at}
                for a in self.addresses
            ],
            "revisions": [
                {
                    "number": revision.number,
                    "seen_at": revision.seen_at,
                    "changed_fields": list(revision.changed_fields),
                    "edit": revision.edit,
                    "capture": _evidence(self.capture(revision)),
                }
                for revision in stored.revisions
            ],
            "captures": self.capture_count,
            "conflicts": [_evidence(capture) for capture in self.conflicts],
        }


def details(connection: sqlite3.Connection, name: int | str) -> ArticleDetails:
    """Everything about the article with this id, key, number or address; raises NotFound."""
    name = str(name).strip()
    found = find_named(connection, name)
    stored = find_article(connection, name if found is None else found)
    id = stored.id
    capture_count, content_digest, word_count, paper = connection.execute(
        "SELECT (SELECT count(*) FROM captures WHERE article_id = ?1), content_digest, word_count,"
        " paper FROM articles WHERE id = ?1",
        (id,),
    ).fetchone()
    conflicting = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM captures WHERE doubt = 'conflict' AND article_id = ? LIMIT 20", (id,)
        )
    ]
    return ArticleDetails(
        stored=stored,
        addresses=tuple(
            SeenAddress(*row)
            for row in connection.execute(
                "SELECT url, first_seen_at, last_seen_at FROM article_urls WHERE article_id = ?"
                " ORDER BY first_seen_at, url",
                (id,),
            )
        ),
        duplicates=tuple(
            Related(*row)
            for row in connection.execute(
                "SELECT a.key, a.title, a.updated_at, d.kind, d.similarity FROM duplicates AS d"
                " JOIN articles AS a ON a.id = iif(d.article_id = ?1, d.other_id, d.article_id)"
                " WHERE d.article_id = ?1 OR d.other_id = ?1 ORDER BY d.similarity DESC, a.key",
                (id,),
            )
        ),
        captures=captures_of(connection, [r.capture_id for r in stored.revisions if r.capture_id]),
        capture_count=capture_count,
        content_digest=content_digest,
        word_count=word_count,
        paper=papers.name_of(connection, paper),
        conflicts=tuple(captures_of(connection, conflicting).values()),
    )


def origin_in_words(origin: str) -> str | None:
    """Where a capture is from, if not from the live site.

    >>> origin_in_words("import:old.warc.gz")
    'imported from old.warc.gz'
    >>> origin_in_words("live")
    """
    if origin == "live":
        return None
    archives = {"wayback": "the Wayback Machine", "commoncrawl": "Common Crawl"}
    where = archives.get(origin) or origin.removeprefix("import:")
    return f"imported from {where}"


def captures_of(connection: sqlite3.Connection, ids: list[int]) -> dict[int, Capture]:
    """The captures with these ids."""
    cursor = connection.execute(
        "SELECT id, url, fetched_at, status, warc_file, warc_offset, warc_length, payload_digest,"
        " record_type, record_id, mime, redirect_to, origin FROM captures"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    names = [column[0] for column in cursor.description]
    return {row[0]: Capture(**dict(zip(names, row))) for row in cursor}


def _evidence(capture: Capture | None) -> dict[str, Any] | None:
    if capture is None:
        return None
    return {
        "url": capture.url,
        "fetched_at": capture.fetched_at,
        "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset,
        "warc_length": capture.warc_length,
        "payload_digest": capture.payload_digest,
        "origin": capture.origin,
    }
