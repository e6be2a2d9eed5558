"""Writes captures into WARC files: one file per crawl, whole records only, flushed to the disk.

A file is written under the name ``….warc.gz.open`` and renamed when it is whole. Its first record
is a ``warcinfo``, its last a ``metadata`` record with the crawl's summary; a file that ends
otherwise was cut off. A finished file is never opened for writing again.

The rows of the database are written by `crawler.ingest.archive_writer`, after the record.
"""

from __future__ import annotations

import errno
import json
import os
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from archive.errors import DiskFull
from archive.models import Capture
from archive.numbers import whole_number
from archive.warc import record
from archive.warc.exchange import Exchange, mime_of, payload_digest, redirect_of
from archive.warc.record import Headers

#: The prefix under which web-archive tools keep a header that no longer describes the body.
_ORIGINAL = b"X-Archive-Orig-"

_ABOUT = (
    "Bodies are as the HTTP client handed them over: transfer encoding (chunking) undone,"
    " content encoding kept. Headers that described the transfer are kept with the prefix"
    " X-Archive-Orig-."
)


class CaptureWriter:
    """Writes the captures of one crawl. One thread; a returned `Capture` is in the file."""

    def __init__(
        self,
        archive_dir: Path,
        *,
        crawl_id: int,
        info: Mapping[str, str],
        started_at: str,
        serial: int = 0,
        max_bytes: int = 1_000_000_000,
    ):
        self._archive_dir = archive_dir
        self._crawl_id = crawl_id
        self._info = info
        self._started_at = started_at
        self._serial = serial
        self._max_bytes = max_bytes
        self._fd: int | None = None
        self._size = 0
        self._warcinfo_id = ""
        self.files: list[str] = []
        """The files written so far, by their final names."""

    def write(self, exchange: Exchange, *, revisit_of: Capture | None = None) -> Capture:
        """Write *exchange*; refer to the payload of *revisit_of* instead of repeating it.

        Response and request are one write, flushed to the operating system when it returns.
        """
        digest = payload_digest(exchange.body)
        if revisit_of is not None:
            _check_revisit(exchange, digest, revisit_of)
        if self._fd is None or self._size >= self._max_bytes:
            self._roll()
        offset, record_id = self._size, _record_id()
        response = self._response(exchange, record_id, digest, revisit_of)
        request = b"" if exchange.request_headers is None else self._request(exchange, record_id)
        self._append(response + request if request else response)
        url = record.target_uri(exchange.url)
        return Capture(
            url=url,
            fetched_at=exchange.fetched_at,
            status=exchange.status,
            warc_file=self.files[-1],
            warc_offset=offset,
            warc_length=len(response),
            payload_digest=digest,
            record_type="response" if revisit_of is None else "revisit",
            record_id=record_id,
            mime=mime_of(exchange.response_headers),
            redirect_to=redirect_of(url, exchange.status, exchange.response_headers),
            origin=exchange.origin,
        )

    def _response(
        self, exchange: Exchange, record_id: str, digest: str, revisit_of: Capture | None
    ) -> bytes | bytearray:
        """The response record, or the revisit record that stands for it."""
        headers, is_short = _stored_headers(exchange)
        if revisit_of is None:
            fields, body = [("WARC-Type", "response")], exchange.body
        else:
            fields, body = (
                [
                    ("WARC-Type", "revisit"),
                    ("WARC-Profile", record.REVISIT_PROFILE),
                    ("WARC-Refers-To-Target-URI", record.target_uri(revisit_of.url)),
                    ("WARC-Refers-To-Date", revisit_of.fetched_at),
                ],
                b"",
            )
        fields += [("WARC-Record-ID", record_id), *self._common(exchange)]
        if exchange.ip:
            fields.append(("WARC-IP-Address", exchange.ip))
        protocol = exchange.protocol
        if not protocol.upper().startswith("HTTP/1"):
            # No WARC tool reads a status line of HTTP/2; the true protocol has a field of its own.
            fields.append(("WARC-Protocol", protocol.lower()))
            protocol = "HTTP/1.1"
        if is_short or exchange.truncated:
            fields.append(("WARC-Truncated", exchange.truncated or "disconnect"))
        if exchange.origin != "live":
            fields.append(("Khobao-Origin", exchange.origin))
        fields += [
            ("WARC-Payload-Digest", digest),
            ("Content-Type", "application/http; msgtype=response"),
        ]
        status_line = f"{protocol} {exchange.status} {exchange.reason}".encode()
        return record.packed_record(fields, record.header_block(status_line, headers), body)

    def _request(self, exchange: Exchange, response_id: str) -> bytes | bytearray:
        fields = [
            ("WARC-Type", "request"),
            ("WARC-Record-ID", _record_id()),
            *self._common(exchange),
            ("WARC-Concurrent-To", response_id),
            ("Content-Type", "application/http; msgtype=request"),
        ]
        return record.packed_record(fields, _request_block(exchange))

    def _common(self, exchange: Exchange) -> list[tuple[str, str]]:
        return [
            ("WARC-Target-URI", record.target_uri(exchange.url)),
            ("WARC-Date", exchange.fetched_at),
            ("WARC-Warcinfo-ID", self._warcinfo_id),
        ]

    def write_metadata(self, summary: Mapping[str, Any]) -> None:
        """Write the crawl's summary, the last record of its last file."""
        if self._fd is not None:
            self._append_metadata(summary)

    def sync(self) -> None:
        """Flush every record so far to the disk. Call it before rows that point to them commit.

        The kernel writes files back in any order: after a power failure the database could have
        rows whose records are not there. It takes 9 ms for 64 pages (measured on an SSD).
        """
        if self._fd is not None:
            # macOS has no fdatasync.
            getattr(os, "fdatasync", os.fsync)(self._fd)

    def close(self) -> Path | None:
        """Flush the file and give it its final name; returns None if nothing was fetched."""
        if self._fd is None:
            return self._archive_dir / self.files[-1] if self.files else None
        os.fsync(self._fd)
        os.close(self._fd)
        self._fd = None
        path = self._archive_dir / self.files[-1]
        finish(open_name(path), path)
        return path

    def _roll(self) -> None:
        """Begin a file; a full one is closed with a record that names the next."""
        stamp = re.sub(r"\D", "", self._started_at)[:14]
        name = f"khobao-{stamp}-{self._serial:05}-{self._crawl_id}.warc.gz"
        if self._fd is not None:
            self._append_metadata({"crawl": self._crawl_id, "continued_in": name})
            self.close()
        self._serial += 1
        path = self._archive_dir / "captures" / stamp[:4] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._warcinfo_id = _record_id()
        fields = {
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": f"crawl {self._crawl_id}",
            "description": _ABOUT,
            **self._info,
        }
        # O_EXCL: a file that exists under either name is another crawl's, and stays as it is.
        if path.exists():
            raise FileExistsError(errno.EEXIST, "captures are never appended to", str(path))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._fd = os.open(open_name(path), flags, 0o644)
        self._size = 0
        self.files.append(path.relative_to(self._archive_dir).as_posix())
        self._append(warcinfo(self._warcinfo_id, self._started_at, name, fields))

    def _append_metadata(self, summary: Mapping[str, Any]) -> None:
        block = json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8")
        fields = [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", _record_id()),
            ("WARC-Date", str(summary.get("finished_at") or self._started_at)),
            ("WARC-Warcinfo-ID", self._warcinfo_id),
            ("WARC-Refers-To", self._warcinfo_id),
            ("Content-Type", "application/json"),
        ]
        self._append(record.packed_record(fields, block))

    def _append(self, data: bytes | bytearray) -> None:
        assert self._fd is not None
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._fd, left) :]
        except OSError as error:
            # Half a record must not stay: the records after it could never be read.
            os.ftruncate(self._fd, self._size)
            os.lseek(self._fd, self._size, os.SEEK_SET)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(
                    f"the disk is full: a record of {len(data)} bytes did not fit in"
                    f" {self.files[-1]}. Free some space and run again."
                ) from error
            raise
        self._size += len(data)


def warcinfo(
    record_id: str, date: str, filename: str, fields: Mapping[str, str]
) -> bytes | bytearray:
    """The record that begins a WARC file, compressed."""
    fields = {"format": "WARC File Format 1.1", **fields}
    lines = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields.items())
    return record.packed_record(
        [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", record_id),
            ("WARC-Date", date),
            ("WARC-Filename", filename),
            ("Content-Type", "application/warc-fields"),
        ],
        lines.encode("utf-8"),
    )


def open_name(path: Path) -> Path:
    """The name of *path* while it is written."""
    return path.with_name(path.name + ".open")


def finish(open_path: Path, path: Path) -> None:
    """Give a whole file its final name, and flush the folder to the disk."""
    os.rename(open_path, path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)  # or the new name may be lost with the power
    finally:
        os.close(folder)


def _check_revisit(exchange: Exchange, digest: str, revisit_of: Capture) -> None:
    if revisit_of.record_type != "response" or revisit_of.payload_digest != digest:
        raise ValueError(
            f"{exchange.url}: a revisit must refer to a response with the same payload"
            f" ({digest}), not to {revisit_of}"
        )


def _stored_headers(exchange: Exchange) -> tuple[Headers, bool]:
    """The response headers for the record, and whether the body is shorter than they state.

    With Transfer-Encoding, readers would look for chunks that are gone; with a Content-Length that
    is not the body's, some would read past its end. Both get the prefix `_ORIGINAL`.
    """
    headers: Headers = []
    truncated = False
    for name, value in exchange.response_headers:
        key = name.lower()
        moved = key == b"transfer-encoding"
        if key == b"content-length" and value.strip() != str(len(exchange.body)).encode():
            moved = True
            bodiless = exchange.method == "HEAD" or exchange.status in (204, 304)
            stated = whole_number(value.decode("latin-1"))
            if not bodiless and stated is not None and stated > len(exchange.body):
                truncated = True
        headers.append((_ORIGINAL + name if moved else name, value))
    return headers, truncated


def _request_block(exchange: Exchange) -> bytes:
    parts = urlsplit(exchange.url)
    target = quote(parts.path or "/", safe="%/:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="%/?:@!$&'()*+,;=~-._")
    headers = list(exchange.request_headers or ())
    if not any(name.lower() == b"host" for name, _ in headers):
        headers.insert(0, (b"Host", parts.netloc.encode()))
    return record.header_block(f"{exchange.method} {target} HTTP/1.1".encode(), headers)


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"
