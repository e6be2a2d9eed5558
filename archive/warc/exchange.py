"""One HTTP exchange: as the writer takes it, and as it is read back from a WARC record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from archive.numbers import whole_number
from archive.warc.encoding import Decoded, decode
from archive.warc.record import Headers, Record, dechunk, sha1, split_http


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as near to the wire as the HTTP client hands them over."""

    url: str
    """The site's own address, never a mirror's."""
    fetched_at: str
    """UTC with milliseconds and ``Z``."""
    method: str
    request_headers: Headers | None
    """None: the request is not known, and no request record is written."""
    status: int
    reason: str
    protocol: str
    """``HTTP/1.1``."""
    response_headers: Headers
    """In the order they came, repeats kept."""
    body: bytes
    """Transfer encoding removed, content encoding kept."""
    ip: str | None = None
    origin: str = "live"
    """Where it comes from, if not from the live site: see `Capture.origin`."""
    truncated: str | None = None
    """Why the body is not whole, as another tool's record states (WARC-Truncated)."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The HTTP response of a capture, read back from its record."""

    url: str
    fetched_at: str
    status: int
    """0 if the record states none."""
    headers: Headers
    body: bytes
    """Content encoding undone."""
    raw_body: bytes
    """As sent: the payload digest is computed from these bytes."""
    problem: str | None = None
    """Why `body` is not the whole body: it is packed too often, or unpacks to too much."""
    truncated: str | None = None
    """Why the body is not whole, as its record states (WARC-Truncated)."""

    @classmethod
    def of_record(cls, record: Record, payload: bytes | None = None) -> StoredResponse:
        """The response in *record*; *payload* is the body that a revisit record leaves out."""
        first, headers, body = split_http(record.block)
        parts = first.split(None, 2)
        # Three digits, as RFC 9112 has it: the status is a number in every table.
        status = int(parts[1]) if len(parts) > 1 and re.fullmatch(rb"\d{3}", parts[1]) else 0
        if payload is None:
            transfer = b",".join(v for k, v in headers if k.lower() == b"transfer-encoding")
            # Other tools write bodies as they came over the wire.
            payload = dechunk(body) if b"chunked" in transfer.lower() else body
        decoded = _decoded(payload, headers)
        return cls(
            url=record.headers.get("warc-target-uri", "").strip("<>"),
            fetched_at=_to_milliseconds(record.headers.get("warc-date", "")),
            status=status,
            headers=headers,
            body=decoded.body,
            raw_body=payload,
            problem=decoded.problem,
            truncated=record.headers.get("warc-truncated"),
        )

    @classmethod
    def of_exchange(cls, exchange: Exchange) -> StoredResponse:
        """The response that the capture of *exchange* will give back, without reading the file."""
        decoded = _decoded(exchange.body, exchange.response_headers)
        return cls(
            url=exchange.url,
            fetched_at=exchange.fetched_at,
            status=exchange.status,
            headers=exchange.response_headers,
            body=decoded.body,
            raw_body=exchange.body,
            problem=decoded.problem,
            truncated=exchange.truncated,
        )

    def header(self, name: str) -> str | None:
        """The first header called *name*, as text."""
        return header_in(self.headers, name)

    @property
    def is_cut_short(self) -> bool:
        """Whether the body is shorter than the server announced, or its transfer broke off."""
        if self.truncated:
            return True
        stated = self.header("X-Archive-Orig-Content-Length") or self.header("Content-Length")
        length = whole_number(stated) if stated else None
        return length is not None and length > len(self.raw_body)

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return self.header("Content-Type")


def payload_digest(body: bytes) -> str:
    """The digest of *body* (transfer encoding removed, content encoding kept): ``sha1:BASE32``."""
    return sha1(body)


def header_in(headers: Headers, name: str) -> str | None:
    """The first of *headers* called *name*, as text."""
    wanted = name.lower().encode()
    for key, value in headers:
        if key.lower() == wanted:
            return value.decode("latin-1")
    return None


def mime_of(headers: Headers) -> str | None:
    """The media type that *headers* state, without parameters."""
    stated = header_in(headers, "Content-Type") or ""
    return stated.partition(";")[0].strip().lower() or None


def redirect_of(url: str, status: int, headers: Headers) -> str | None:
    """The absolute address that a redirect leads to; None if the response is not a redirect."""
    location = header_in(headers, "Location")
    if location is None or not 300 <= status < 400 or status == 304:
        return None
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace").strip())
    except ValueError:  # the Location is not an address
        return None


def _decoded(body: bytes, headers: Headers) -> Decoded:
    encodings = [
        name
        for key, value in headers
        if key.lower() == b"content-encoding"
        for name in value.decode("latin-1").split(",")
    ]
    return decode(body, encodings) if encodings else Decoded(body)


def _to_milliseconds(date: str) -> str:
    """A WARC-Date with three decimals; dates of one length sort as text in the order of time."""
    whole, _, fraction = date.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:3]:0<3}Z" if whole else ""
