"""Reads the exchange with the paper out of a web archive's answer. Pure.

The Wayback Machine and pywb replay the original's bytes under ``…id_/``; the original's headers
come with them, most under the prefix ``X-Archive-Orig-``, among headers of the archive's own.
Common Crawl hands out the WARC record itself.
"""

from __future__ import annotations

import io
import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from archive.clock import NoMoment, capture_time, now
from archive.warc import record as warc
from archive.warc.exchange import Exchange
from archive.warc.lenient import FoundRecord, scan
from crawler.ingest.cdx import Entry
from crawler.ingest.warc_import import MAX_RESPONSE, check_block, exchange_of

_PREFIX = b"x-archive-orig-"

#: Headers that speak of the payload, which archives pass on as they are.
_OF_THE_PAYLOAD = frozenset(
    (b"content-type", b"content-encoding", b"content-language", b"location")
)

#: A redirect as replayed may lead to the archive's own copy: ``…/web/20150102030405id_/http://…``.
_REPLAYED = re.compile(rb"^.*?/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)")


class NotTheCapture(ValueError):
    """The archive's answer is not the capture that was asked for."""


def exchange_of_memento(
    entry: Entry, status: int, headers: warc.Headers, body: bytes, *, origin: str
) -> Exchange:
    """The exchange in a replay with ``id_``; raises NotTheCapture if it is another, or none."""
    own = {name.lower(): value for name, value in headers}
    if b"memento-datetime" not in own:
        raise NotTheCapture(f"status {status} from the archive itself")
    stated = own[b"memento-datetime"].decode("latin-1")
    try:
        made = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise NotTheCapture(f"the archive gives a capture of {stated[:40]!r}: no date") from error
    if made.tzinfo is not None:
        made = made.astimezone(UTC)
    if f"{made:%Y%m%d%H%M%S}" != entry.timestamp:
        raise NotTheCapture(f"the archive gives the capture of {made:%Y-%m-%d %H:%M:%S} instead")
    original = [
        (name[len(_PREFIX) :], value) for name, value in headers if name.lower().startswith(_PREFIX)
    ]
    prefixed = {name.lower() for name, _ in original}
    original += [
        (name, _REPLAYED.sub(b"", value) if name.lower() == b"location" else value)
        for name, value in headers
        if name.lower() in _OF_THE_PAYLOAD - prefixed
    ]
    return Exchange(
        url=entry.url,
        fetched_at=entry.fetched_at,
        method="GET",
        request_headers=None,
        status=status,
        reason="",
        protocol="HTTP/1.1",
        response_headers=original,
        body=body,
        origin=origin,
    )


def exchange_of_record(entry: Entry, packed: bytes, *, origin: str) -> Exchange:
    """The exchange in one gzipped WARC record; raises NotTheCapture if there is none."""
    found = next(scan(io.BytesIO(packed), lambda _: MAX_RESPONSE), None)
    if not isinstance(found, FoundRecord) or not found.is_whole:
        raise NotTheCapture(
            found.what if isinstance(found, warc.Damage) else "there is no whole record"
        )
    try:
        check_block(found)
    except warc.Damage as error:
        raise NotTheCapture(error.what) from error
    record = found.record
    if record.type != "response":
        raise NotTheCapture(f"the record is a {record.type or 'nameless'} record")
    if record.headers.get("warc-target-uri", "").strip("<>") != entry.url:
        raise NotTheCapture(f"the record is of {record.headers.get('warc-target-uri')}")
    try:
        at = capture_time(record.headers.get("warc-date", ""), until=now())
    except NoMoment as error:
        raise NotTheCapture(str(error)) from error
    if at[:19] != entry.fetched_at[:19]:
        raise NotTheCapture(f"the record is of {at}")
    try:
        return exchange_of(record, None, origin, at)
    except warc.Damage as error:
        raise NotTheCapture(error.what) from error
