"""Indexes of web archives: what they hold of the paper, and which of it is worth fetching. Pure.

Three kinds of server speak CDX, each a little differently: the Wayback Machine's (JSON as rows
under a heading, a resume key after a blank row), pywb's and Common Crawl's (a JSON object a line,
pages), and plain text of seven or more columns. `parse` reads all of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from archive.errors import UsageError
from archive.numbers import whole_number
from crawler.site import is_ours, read_address

#: One host of each name; ``matchType=domain`` brings ``www`` and every other with it.
DOMAINS = ("baodongthap.vn", "baodongthap.com.vn")

#: Rows asked for at a time of servers that go on from a key; some 8 MB.
PAGE = 50_000

#: What says something of an article: its page, where it moved, and that it is gone. Other statuses
#: tell of the server on that day.
_TELLING = frozenset({200, 301, 302, 303, 307, 308, 404, 410})

#: Names of one thing in the three dialects.
_NAMES = {
    "original": "url",
    "statuscode": "status",
    "mimetype": "mime",
    "m": "mime",
    "s": "status",
    "k": "digest",
}
_COLUMNS = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")


class NotAnIndex(ValueError):
    """The server's answer is no list of captures."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One capture, as an index has it."""

    url: str
    timestamp: str
    """Fourteen digits, UTC."""
    status: int | None
    """None for a revisit: its record states none."""
    digest: str | None
    """As `Capture.payload_digest` has it."""
    filename: str | None = None
    offset: int | None = None
    length: int | None = None

    @property
    def fetched_at(self) -> str:
        """The time as captures state it."""
        t = self.timestamp
        return f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}:{t[12:14]}.000Z"


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of an index."""

    entries: list[Entry]
    rows: int = 0
    """How many it gave, those passed over included."""
    resume_key: str | None = None
    pages: int | None = None
    """How many pages there are, if that is all it said."""


def parse(text: str) -> Listing:
    """Read an index's answer; rows that are no captures of the web are passed over."""
    text = text.strip()
    if text.startswith("["):
        return _rows(text)
    entries: list[Entry] = []
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        at = line.find("{")
        if at >= 0:
            record = _object(line[at:])
            if at:  # CDXJ: key and timestamp stand before the object
                record = dict(zip(("urlkey", "timestamp"), line[:at].split())) | record
            if "pages" in record:
                return Listing([], pages=int(record["pages"]))
            if "message" in record and "url" not in record:  # "No Captures found for: …"
                return Listing([])
        else:
            record = dict(zip(_COLUMNS, line.split(" ")))
        entries += _entry(record)
    return Listing(entries, len(lines))


def _rows(text: str) -> Listing:
    try:
        rows: list[list[str]] = json.loads(text)
    except ValueError as error:
        raise NotAnIndex(f"the index breaks off: {error}") from error
    if not rows:
        return Listing([])
    heading, *rows = rows
    resume_key = None
    if len(rows) >= 2 and not rows[-2] and len(rows[-1]) == 1:
        resume_key = rows[-1][0]
        rows = rows[:-2]
    entries = [entry for row in rows for entry in _entry(dict(zip(heading, row)))]
    return Listing(entries, len(rows), resume_key)


def _object(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise NotAnIndex(f"no line of an index: {text[:80]!r}") from error
    if not isinstance(record, dict):
        raise NotAnIndex(f"no line of an index: {text[:80]!r}")
    return record


def _entry(record: Mapping[str, Any]) -> list[Entry]:
    said = {_NAMES.get(name, name): value for name, value in record.items()}
    url, timestamp = str(said.get("url", "")), str(said.get("timestamp", ""))
    if len(timestamp) != 14 or whole_number(timestamp) is None:
        raise NotAnIndex(f"no capture has the time {timestamp!r}: {dict(record)}")
    if not url.startswith(("http://", "https://")):
        return []
    digest = str(said.get("digest") or "-").removeprefix("sha1:")
    return [
        Entry(
            url=url,
            timestamp=timestamp,
            status=_number(said.get("status")),
            digest=None if digest == "-" else f"sha1:{digest}",
            filename=said.get("filename"),
            offset=_number(said.get("offset")),
            length=_number(said.get("length")),
        )
    ]


def _number(value: Any) -> int | None:
    return whole_number(str(value))


def question(
    server: str, domain: str, *, since: str | None = None, until: str | None = None, **more: Any
) -> str:
    """The address that asks *server* for every capture of *domain* from *since* to *until*."""
    asked = {"url": domain, "matchType": "domain", "output": "json"}
    if since:
        asked["from"] = since.replace("-", "")
    if until:
        asked["to"] = until.replace("-", "")
    return f"{server}?{urlencode(asked | more)}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which captures are looked for, by what their address names and when they were made."""

    shape: str = "article"
    """``article``, ``A``, ``B`` or ``C`` (articles of one generation), ``list``, ``all``."""
    since: str | None = None
    until: str | None = None

    def __contains__(self, entry: object) -> bool:
        if not isinstance(entry, Entry) or not is_ours(entry.url):
            return False
        if entry.status is not None and entry.status not in _TELLING:
            return False
        if self.since and entry.fetched_at < self.since:
            return False
        if self.until and entry.fetched_at[:10] > self.until:
            return False
        address = read_address(entry.url)
        match self.shape:
            case "all":
                return True
            case "article":
                return address.kind == "article"
            case "list":
                return address.kind in ("list", "home")
            case generation:
                return address.kind == "article" and address.generation == generation


def worth_fetching(
    entries: Iterable[Entry], known: Iterable[tuple[str, str, str]]
) -> tuple[list[Entry], int]:
    """The *entries* that tell something new, oldest first, and how many do not.

    *known* are the archive's captures: address, time, payload digest. Of captures at one address
    that follow each other with the same payload only the first is asked for: the day a content was
    first seen counts, the following days say nothing new. A content that comes back after another
    one was seen is asked for again.
    """
    timeline: dict[str, dict[str, tuple[str | None, Entry | None]]] = defaultdict(dict)
    for url, fetched_at, payload in known:
        timeline[read_address(url).canonical][fetched_at[:19]] = (payload, None)
    passed = 0
    for entry in entries:
        moments = timeline[read_address(entry.url).canonical]
        second = entry.fetched_at[:19]
        if second in moments:
            passed += 1
        else:
            moments[second] = (entry.digest, entry)
    chosen: list[Entry] = []
    for moments in timeline.values():
        before = None
        for _, (digest, found) in sorted(moments.items(), key=lambda pair: pair[0]):
            if found is not None:
                if digest is not None and digest == before:
                    passed += 1
                else:
                    chosen.append(found)
            before = digest
    return sorted(chosen, key=lambda entry: (entry.timestamp, entry.url)), passed


def replay_of(server: str) -> str:
    """Where the archive whose index is at *server* shows its captures.

    >>> replay_of("https://web.archive.org/cdx/search/cdx")
    'https://web.archive.org/web/'
    >>> replay_of("http://127.0.0.1:8080/papers/cdx")
    'http://127.0.0.1:8080/papers/'
    """
    for ending, place in (("/cdx/search/cdx", "/web/"), ("/cdx", "/"), ("/index", "/")):
        if server.rstrip("/").endswith(ending):
            return server.rstrip("/").removesuffix(ending) + place
    raise UsageError(
        f"where does the archive at {server} show its captures? Say so with --replay URL"
    )
