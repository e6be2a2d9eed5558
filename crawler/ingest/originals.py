"""Which capture holds the payload that another tool's revisit record refers to.

Tools name the original by its payload digest (in any algorithm and spelling), by its address and
date, or by its record id. What the responses of an import state is kept in a temporary database, so
that an import needs the same memory whatever its size.
"""

from __future__ import annotations

import hashlib
import sqlite3
from base64 import b32encode
from collections.abc import Iterator, Mapping

from archive.archive import Archive
from archive.clock import NoMoment, capture_time
from archive.history.capture_rows import find_captures, find_original
from archive.models import Capture
from archive.warc.exchange import Exchange
from archive.warc.record import read_digest, target_uri

Headers = Mapping[str, str]


class Originals:
    """The responses that an import read, and those of the archive."""

    def __init__(self, archive: Archive, started_at: str):
        self._archive = archive
        self._started_at = started_at
        self._read = sqlite3.connect("")  # a temporary file, which SQLite removes
        self._read.execute(
            "CREATE TEMP TABLE responses (name TEXT PRIMARY KEY, file, offset, digest)"
        )

    def close(self) -> None:
        """Let the temporary database go."""
        self._read.close()

    def add(self, headers: Headers, exchange: Exchange, whole: Capture) -> None:
        """Know the response with *headers*, whose payload *whole* holds."""
        digest = _spelled(headers.get("warc-payload-digest"))
        names = {
            _spelled(whole.payload_digest),
            digest,
            headers.get("warc-record-id"),
            f"{exchange.url} {exchange.fetched_at[:19]}",
        }
        self._read.executemany(
            "INSERT OR IGNORE INTO responses VALUES (?, ?, ?, ?)",
            [(name, whole.warc_file, whole.warc_offset, digest) for name in names if name],
        )

    def find(self, headers: Headers, exchange: Exchange) -> Capture | None:
        """The capture with the payload that the revisit with *headers* refers to."""
        stated = headers.get("warc-payload-digest")
        if stated and ":" not in stated:
            stated = f"sha1:{stated}"
        digest = _spelled(stated)
        referred = _address(headers) or exchange.url
        connection = self._archive.connection
        if digest:
            if digest.startswith("sha1:") and (
                found := find_original(connection, referred, _base32(digest))
            ):
                return found
            if found := self._named(digest, None):
                return found
        if found := self._named(headers.get("warc-refers-to"), digest):
            return found
        at = self._referred_time(headers)
        if at is None:
            return None
        return self._named(f"{referred} {at[:19]}", digest) or next(
            self._of_the_archive(referred, at, digest), None
        )

    def _named(self, name: str | None, digest: str | None) -> Capture | None:
        """The response read under *name*, unless it stated another digest of the same kind."""
        row = self._read.execute(
            "SELECT file, offset, digest FROM responses WHERE name = ?", (name,)
        ).fetchone()
        if row is None:
            return None
        if digest and row[2] and row[2] != digest and _kind(row[2]) == _kind(digest):
            return None
        place = "warc_file = ? AND warc_offset = ?"
        return next(iter(find_captures(self._archive.connection, place, row[:2])), None)

    def _referred_time(self, headers: Headers) -> str | None:
        try:
            return capture_time(headers.get("warc-refers-to-date", ""), until=self._started_at)
        except NoMoment:
            return None

    def _of_the_archive(self, url: str, at: str, digest: str | None) -> Iterator[Capture]:
        """Responses of earlier imports and crawls, if they have the digest that is stated."""
        for capture in find_captures(
            self._archive.connection,
            "url = ? AND fetched_at BETWEEN ? AND ? AND record_type = 'response'",
            (url, f"{at[:19]}.000Z", f"{at[:19]}.999Z"),
        ):
            stored = self._archive.read(capture)
            if digest is None or any(
                hashlib.new(_kind(digest), body, usedforsecurity=False).hexdigest()
                == digest.partition(":")[2]
                for body in (stored.raw_body, stored.body)
            ):
                yield capture


def _address(headers: Headers) -> str:
    return target_uri(headers.get("warc-refers-to-target-uri", "").strip("<> "))


def _spelled(digest: str | None) -> str | None:
    """A digest in one spelling: the algorithm and hex."""
    found = read_digest(digest)
    return f"{found[0]}:{found[1].hex()}" if found else None


def _kind(digest: str) -> str:
    return digest.partition(":")[0]


def _base32(digest: str) -> str:
    """A sha1 digest as captures have it."""
    return "sha1:" + b32encode(bytes.fromhex(digest.partition(":")[2])).decode()
