"""Indexes of web archives: the captures of the paper, and those worth fetching. Pure.

Three kinds of server speak CDX, each a little differently: the Wayback Machine's (JSON as rows
under a heading, a resume key after a blank row), pywb's and Common Crawl's (a JSON object a line,
pages), and plain text of seven or more columns. `parse` reads all of them. A row that is odd (a
time of twelve or seventeen digits, a line cut off) costs itself and nothing beside it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from archive.clock import NoMoment, capture_time, now
from archive.errors import UsageError
from archive.numbers import whole_number
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import is_ours, read_address

#: Rows asked for at a time of servers that go on from a key; some 8 MB.
PAGE = 50_000

#: Rows of one index, at most: no newspaper has as many.
MAX_PAGES = 10_000

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
#: The letters that a heading of CDX files names columns by.
_LETTERS = {
    "N": "urlkey",
    "b": "timestamp",
    "a": "url",
    "m": "mime",
    "s": "status",
    "k": "digest",
    "S": "length",
    "V": "offset",
    "g": "filename",
}
_COLUMNS = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")


class NotAnIndex(ValueError):
    """The server's answer is not a list of captures."""


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
    """How many rows it gave, skipped ones included."""
    odd: int = 0
    """How many of them cannot be understood: torn, without a time, of a time that cannot be."""
    resume_key: str | None = None
    pages: int | None = None
    """How many pages there are, if that is all it said."""
    is_torn: bool = False
    """Whether it breaks off inside its last row."""


def parse(text: str) -> Listing:
    """Read an index's answer.

    Rows that are not captures of the web are skipped, odd rows are counted. Raises NotAnIndex if
    no row is a row of an index.
    """
    if text.lstrip().startswith("["):
        return _rows(text)
    entries: list[Entry] = []
    columns: tuple[str, ...] = _COLUMNS
    rows = odd = 0
    known = is_torn = False
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        if (heading := line.split())[0] == "CDX":  # " CDX N b a m s k r M S V g": the columns
            columns = tuple(_LETTERS.get(letter, letter) for letter in heading[1:])
            known = True
            continue
        if line.startswith(("!", "@")):  # what CDXJ says of itself: !meta, @context
            known = True
            continue
        record = _record(line, columns)
        if record is not None and "pages" in record:
            return Listing([], pages=_pages(record["pages"]))
        if record is not None and "message" in record and "url" not in record:
            return Listing([])  # "No Captures found for: …"
        rows += 1
        is_torn = record is None and line is lines[-1]
        known = known or record is not None
        try:
            entries += _entry(record) if record is not None else _odd()
        except OddRow:
            odd += 1
    if lines and not known:
        raise NotAnIndex(f"no line of an index: {lines[0][:80]!r}")
    return Listing(entries, rows, odd, is_torn=is_torn and not text.endswith("\n"))


def _record(line: str, columns: tuple[str, ...]) -> dict[str, Any] | None:
    """A line by the names of its columns; None if it is not a line of an index."""
    at = line.find("{")
    if at >= 0:
        try:
            # CDXJ: key and timestamp stand before the object.
            said: dict[str, Any] = json.loads(line[at:])
            return dict(zip(("urlkey", "timestamp"), line[:at].split())) | said
        except (ValueError, TypeError, RecursionError):
            pass  # perhaps an address with a brace in it
    fields = line.split()
    return dict(zip(columns, fields)) if len(fields) >= len(_COLUMNS) else None


def _pages(stated: Any) -> int:
    pages = whole_number(str(stated))
    if pages is None or pages > MAX_PAGES:
        raise NotAnIndex(f"an index of {str(stated)[:40]!r} pages")
    return pages


def _rows(text: str) -> Listing:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAnIndex(f"the index breaks off: {error}") from error
    if not rows:
        return Listing([])
    heading, *rows = rows
    if not isinstance(heading, list) or not all(isinstance(name, str) for name in heading):
        raise NotAnIndex(f"no heading of an index: {str(heading)[:80]}")
    resume_key = None
    if len(rows) >= 2 and not rows[-2] and isinstance(rows[-1], list) and len(rows[-1]) == 1:
        resume_key = str(rows[-1][0])
        rows = rows[:-2]
    entries: list[Entry] = []
    odd = 0
    for row in rows:
        try:
            entries += _entry(dict(zip(heading, row))) if isinstance(row, list) else _odd()
        except OddRow:
            odd += 1
    return Listing(entries, len(rows), odd, resume_key)


class OddRow(ValueError):
    """A row of an index that cannot be understood."""


def _odd() -> list[Entry]:
    raise OddRow


def _entry(record: Mapping[str, Any]) -> list[Entry]:
    """The capture in a row of an index, if it is one of the web; raises OddRow."""
    said = {_NAMES.get(name, name): value for name, value in record.items()}
    url, timestamp = said.get("url"), str(said.get("timestamp", ""))
    if not isinstance(url, str) or len(timestamp) != 14:
        raise OddRow
    try:
        capture_time(timestamp, until=now())
    except NoMoment as error:
        raise OddRow from error
    if not url.startswith(("http://", "https://")):
        return []
    digest = str(said.get("digest") or "-")
    filename = said.get("filename")
    return [
        Entry(
            url=url,
            timestamp=timestamp,
            status=whole_number(str(said.get("status"))),
            digest=None if digest == "-" else digest if ":" in digest else f"sha1:{digest}",
            filename=filename if isinstance(filename, str) else None,
            offset=whole_number(str(said.get("offset"))),
            length=whole_number(str(said.get("length"))),
        )
    ]


def is_named(target: str, server: str) -> bool:
    """Whether an index at *server* may lead on to *target*: to its own host, or to its https.

    Everything else is an address that the operator has not named: another archive's, or one inside
    the operator's own network.

    >>> is_named("https://example.org/cdx", "http://example.org/old")
    True
    >>> is_named("http://127.0.0.1:6379/", "http://127.0.0.1:8080/cdx")
    False
    """
    try:
        there, here = urlsplit(target), urlsplit(server)
        ports = {(one.port or _PORTS[one.scheme]) for one in (there, here)}
        return (
            there.hostname == here.hostname
            and "@" not in there.netloc
            and (len(ports) == 1 or ports == set(_PORTS.values()))
        )
    except (ValueError, KeyError):
        return False


_PORTS = {"http": 80, "https": 443}


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
    """``article``, a generation's letter (its articles), ``list`` or ``all``."""
    since: str | None = None
    until: str | None = None
    paper: Paper = DONGTHAP

    def __contains__(self, entry: object) -> bool:
        if not isinstance(entry, Entry) or not is_ours(entry.url, self.paper):
            return False
        if entry.status is not None and entry.status not in _TELLING:
            return False
        if self.since and entry.fetched_at < self.since:
            return False
        if self.until and entry.fetched_at[:10] > self.until:
            return False
        address = read_address(entry.url, self.paper)
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
    entries: Iterable[Entry], known: Iterable[tuple[str, str, str]], paper: Paper = DONGTHAP
) -> tuple[list[Entry], int]:
    """The *entries* that tell something new, oldest first, and how many do not.

    *known* are the archive's captures of *paper*: address, time, payload digest. Of captures at one
    address that follow each other with the same payload only the first is asked for: the day a
    content was first seen counts, the following days say nothing new. A content that comes back
    after another one was seen is asked for again.
    """
    timeline: dict[str, dict[str, tuple[str | None, Entry | None]]] = defaultdict(dict)
    for url, fetched_at, payload in known:
        timeline[read_address(url, paper).canonical][fetched_at[:19]] = (payload, None)
    passed = 0
    for entry in entries:
        moments = timeline[read_address(entry.url, paper).canonical]
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
