"""The CDXJ index of captures, by which web-archive tools find records in the WARC files.

There is one line for each capture: a key that sorts by reversed host (SURT), the time, and an
object with the address, the digest and the place. It is made of the ``captures`` table.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote_to_bytes, urlsplit

from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture

_WWW = re.compile(r"^www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def surt(url: str) -> str:
    """The key of *url*: host reversed, path in lower case, query sorted.

    It must be the key that other tools make, which look it up; a test compares them.

    >>> surt("http://www.baodongthap.com.vn/newslist/1D/Phap_luat.aspx?b=2&a=1")
    'vn,com,baodongthap)/newslist/1d/phap_luat.aspx?a=1&b=2'
    """
    parts = urlsplit(url)
    host = _WWW.sub("", (parts.hostname or "").rstrip("."))
    key = ",".join(reversed(host.split(".")))
    if parts.port not in (None, _DEFAULT_PORTS.get(parts.scheme)):
        key += f":{parts.port}"
    path = _escaped(_without_dots(_unescaped(parts.path or "/"))).lower()
    if len(path) > 1:
        path = path.removesuffix("/")
    key += f"){path}"
    if parts.query:
        query = _escaped(parts.query.encode("utf-8"), b"").lower()
        key += "?" + "&".join(sorted(query.split("&"), key=lambda p: p.partition("=")[::2]))
    return key


def _unescaped(text: str) -> bytes:
    data = text.encode("utf-8")
    while (less := unquote_to_bytes(data)) != data:
        data = less
    return data


def _without_dots(path: bytes) -> bytes:
    kept: list[bytes] = []
    *folders, last = path.split(b"/")[1:] or [b""]
    for part in (*folders, last):
        if part == b"..":
            kept = kept[:-1]
        elif part != b".":
            kept.append(part)
    return b"/" + b"/".join([*(part for part in kept[:-1] if part), *kept[-1:]])


def _escaped(data: bytes, also: bytes = b"#%") -> str:
    return "".join(
        f"%{byte:02X}" if byte <= 0x20 or byte >= 0x7F or byte in also else chr(byte)
        for byte in data
    )


def timestamp(fetched_at: str) -> str:
    """Fourteen digits: ``20261124064755``."""
    return re.sub(r"\D", "", fetched_at)[:14]


def line(capture: Capture, filename: str) -> str:
    """The line of *capture*; *filename* is the name of its WARC file in the index."""
    mime = "warc/revisit" if capture.record_type == "revisit" else capture.mime or "unk"
    place = {
        "url": capture.url,
        "mime": mime,
        "status": str(capture.status),
        "digest": capture.payload_digest,
        "length": str(capture.warc_length),
        "offset": str(capture.warc_offset),
        "filename": filename,
    }
    return f"{surt(capture.url)} {timestamp(capture.fetched_at)} {json.dumps(place)}\n"


def lines(captures: Iterable[Capture], filename_of: Callable[[Capture], str]) -> list[str]:
    """The index of *captures*, sorted by bytes, as tools expect for a binary search."""
    return sorted((line(one, filename_of(one)) for one in captures), key=str.encode)


def captures_of(
    connection: sqlite3.Connection, articles: Iterable[int] | None = None
) -> Iterator[Capture]:
    """Every capture, or those of *articles* and the responses that their revisits refer to."""
    if articles is None:
        yield from map(capture_of, connection.execute(f"SELECT {CAPTURE_COLUMNS} FROM captures"))
        return
    seen: set[int | None] = set()
    for article_id in articles:
        for row in connection.execute(
            f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE article_id = ?1 UNION"
            f" SELECT {CAPTURE_COLUMNS} FROM captures JOIN captures AS again"
            " ON again.url = captures.url AND again.payload_digest = captures.payload_digest"
            " WHERE again.article_id = ?1 AND again.record_type = 'revisit'"
            " AND captures.record_type = 'response'",
            (article_id,),
        ):
            capture = capture_of(row)
            if capture.id not in seen:
                seen.add(capture.id)
                yield capture
