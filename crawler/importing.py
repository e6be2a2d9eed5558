"""WARC files and WACZ packages that others made: what they hold of the paper joins the archive.

Each response is copied into a WARC file of our own, with its own date and its origin, so that the
archive stays whole without the file it came from and can be made again from its captures. Then it
goes the way of every capture (`intake`), and takes its place in the order of time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from archive import captures, warc
from archive.capture_rows import find_original, is_known
from archive.captures import CaptureWriter, Exchange, payload_digest
from archive.clock import now
from archive.errors import CorruptCapture
from archive.models import Capture
from archive.store import Archive
from archive.warc import Record
from archive.warc_files import records
from crawler import intake
from crawler.site import is_ours

#: What a revisit record says whose server answered 304: an observation without a payload.
_NOT_MODIFIED = "server-not-modified"


class Importer:
    """One import: an archive, a WARC file of its own, and what was counted."""

    def __init__(self, archive: Archive, files: list[Path]):
        self.archive = archive
        self.counts: Counter[str] = Counter()
        self.broken: list[str] = []
        """Files that could not be read to their end, and where they broke off."""
        self.started_at = now()
        self.arguments = {"files": [path.name for path in files]}
        self.crawl_id = archive.begin_crawl("import", self.arguments, self.started_at)
        self._writer = CaptureWriter(
            archive.path,
            crawl_id=self.crawl_id,
            started_at=self.started_at,
            info={
                "software": f"khobao/{version('khobao')}",
                "source": ", ".join(path.name for path in files),
            },
        )
        self._written: dict[str, Capture] = {}
        """Payloads of this import, by digest: other tools' revisits refer across addresses."""
        self._waiting: list[tuple[Record, Record | None, str]] = []

    def add(self, path: Path, progress: Callable[[int], None] | None = None) -> None:
        """Take in what *path* holds of the paper."""
        origin = "import:" + re.sub(r"[\x00-\x1f]", "?", path.name)
        try:
            for response, request in _exchanges(path, progress):
                self._add(response, request, origin)
        except CorruptCapture as error:
            self.broken.append(str(error))

    def finish(self) -> None:
        """Take in what had to wait, and close the books."""
        waiting, self._waiting = self._waiting, []
        for response, request, origin in waiting:
            self._add(response, request, origin)
        self.counts["without_payload"] += len(self._waiting)
        self.archive.commit()
        exit_code = 1 if self.broken else 0
        reason = "; ".join(self.broken) or "done"
        self._writer.write_metadata(
            {
                "crawl": self.crawl_id,
                "command": "import",
                "arguments": self.arguments,
                "started_at": self.started_at,
                "finished_at": now(),
                "exit_code": exit_code,
                "reason": reason,
                "counts": dict(self.counts),
            }
        )
        self._writer.close()
        self.archive.finish_crawl(
            self.crawl_id, exit_code=exit_code, reason=reason, counts=self.counts
        )

    def _add(self, response: Record, request: Record | None, origin: str) -> None:
        self.counts["records"] += 1
        url = response.headers.get("warc-target-uri", "").strip("<>")
        if not is_ours(url):
            self.counts["of_other_sites"] += 1
            return
        try:
            warc.check_digest(response.headers.get("warc-block-digest"), response.block, 0, "block")
        except warc.Damage:
            self.counts["damaged"] += 1
            return
        exchange = exchange_of(response, request, origin)
        if exchange is None or exchange.method != "GET":
            self.counts["no_answers_to_get"] += 1
            return
        if response.type == "revisit" and exchange.status != 304:
            whole = self._original(response, exchange)
            if whole is None:
                self._waiting.append((response, request, origin))
                self.counts["records"] -= 1
                return
            exchange = self._filled(exchange, whole)
        self._keep(exchange)

    def _keep(self, exchange: Exchange) -> None:
        connection = self.archive.connection
        digest = payload_digest(exchange.body)
        if is_known(connection, exchange.url, exchange.fetched_at, digest):
            self.counts["known"] += 1
            return
        earlier = find_original(connection, exchange.url, digest, exchange.fetched_at)
        capture = self._writer.write(exchange, revisit_of=earlier)
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        outcome = intake.judge(capture, self.archive.read(capture))
        taken = intake.take(self.archive, capture, outcome, crawl_id=self.crawl_id)
        self.counts += taken.counts
        if earlier is None:
            self._written[digest] = capture

    def _original(self, revisit: Record, exchange: Exchange) -> Capture | None:
        """The capture that holds the payload *revisit* refers to, in the archive or this import."""
        digest = revisit.headers.get("warc-payload-digest", "")
        if not digest.startswith("sha1:"):
            digest = f"sha1:{digest}"
        referred = revisit.headers.get("warc-refers-to-target-uri", exchange.url).strip("<>")
        return find_original(self.archive.connection, referred, digest) or self._written.get(digest)

    def _filled(self, exchange: Exchange, whole: Capture) -> Exchange:
        """*exchange*, a revisit's, with the payload and what headers it left to the original."""
        stored = self.archive.read(whole)
        if not exchange.response_headers:
            exchange = replace(exchange, status=stored.status, response_headers=stored.headers)
        return replace(exchange, body=stored.raw_body)


def _exchanges(
    path: Path, progress: Callable[[int], None] | None
) -> Iterator[tuple[Record, Record | None]]:
    """Every response and revisit of *path* with its request, which may stand before or after it."""
    held: tuple[Record, Record | None] | None = None
    requests: dict[str, Record] = {}
    for record, offset, length in records(path):
        if progress:
            progress(offset + length)
        content = record.headers.get("content-type", "").lower()
        if not content.startswith("application/http") and record.type != "revisit":
            continue
        record_id = record.headers.get("warc-record-id", "")
        other = record.headers.get("warc-concurrent-to", "")
        if record.type == "request":
            if held and held[1] is None and held[0].headers.get("warc-record-id") == other:
                held = (held[0], record)
            else:
                requests |= {other: record, record_id: record}
        elif record.type in ("response", "revisit"):
            if held:
                yield held
            held = (record, requests.get(record_id) or requests.get(other))
            requests.clear()
    if held:
        yield held


def exchange_of(response: Record, request: Record | None, origin: str) -> Exchange | None:
    """*response* as it is written down; None if it has no date or no status."""
    stored = captures.stored_from(response)
    protocol, _, status_line = warc.split_http(response.block)[0].partition(b" ")
    revisit = response.type == "revisit"
    if not stored.fetched_at or not (stored.status or revisit):
        return None
    status = stored.status
    if revisit and response.headers.get("warc-profile", "").endswith(_NOT_MODIFIED):
        status = 304
    method, request_headers = "GET", None
    if request is not None:
        first, request_headers, _ = warc.split_http(request.block)
        method = first.partition(b" ")[0].decode("ascii", "replace")
    return Exchange(
        url=stored.url,
        fetched_at=stored.fetched_at,
        method=method,
        request_headers=request_headers,
        status=status,
        reason=status_line.partition(b" ")[2].decode("latin-1"),
        protocol=protocol.decode("latin-1") or "HTTP/1.1",
        response_headers=stored.headers,
        body=b"" if revisit else stored.raw_body,
        ip=response.headers.get("warc-ip-address"),
        origin=origin,
        truncated=response.headers.get("warc-truncated"),
    )
