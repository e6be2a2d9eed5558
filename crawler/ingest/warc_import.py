"""Imports WARC files and WACZ packages made by others: their captures of the paper.

Each response is copied into a WARC file of our own, with its own date and its origin, so that the
archive stays whole without the file it came from and can be made again from its captures. Then it
is classified and applied like every capture, and takes its place in the order of time. A record
that cannot be imported is named, and the rest is imported.
"""

from __future__ import annotations

import logging
import pickle
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from archive.archive import Archive
from archive.clock import NoMoment, capture_time, now
from archive.errors import CorruptCapture, DiskFull
from archive.history.capture_rows import find_original, is_known
from archive.models import Capture
from archive.numbers import whole_number
from archive.warc import foreign
from archive.warc import record as warc
from archive.warc.exchange import Exchange, StoredResponse, payload_digest
from archive.warc.lenient import MAX_HEAD, FoundRecord
from archive.warc.record import Damage, Record
from archive.warc.writer import CaptureWriter
from crawler.ingest.apply import apply
from crawler.ingest.classify import classify
from crawler.ingest.originals import Originals
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import paper_of

#: The profile of a revisit whose server answered 304: an observation without a payload.
_NOT_MODIFIED = "server-not-modified"
#: A response that is longer is named and left out. A whole day's newspaper as PDF has some 50 MB.
MAX_RESPONSE = 128 << 20
#: Sentences about records that cannot be imported; the rest is only counted.
MAX_SENTENCES = 100
#: GNU Wget states for a revisit the digest of no bytes, whatever its block is.
_OF_NOTHING = warc.read_digest(warc.sha1(b""))
#: Requests that may wait for their responses.
_REQUESTS = 64

logger = logging.getLogger(__name__)


class Importer:
    """One import: an archive, a WARC file of its own, and counts."""

    def __init__(
        self, archive: Archive, files: list[Path], papers: tuple[Paper, ...] = (DONGTHAP,)
    ):
        self.papers = papers
        self.archive = archive
        self.counts: Counter[str] = Counter()
        self.broken: list[str] = []
        """A sentence for each file, place and record that cannot be read or imported."""
        self.started_at = now()
        names = [_printable(path.name) for path in files]
        self.arguments = {"files": names}
        self.crawl_id = archive.begin_crawl("import", self.arguments, self.started_at)
        self._writer = CaptureWriter(
            archive.path,
            crawl_id=self.crawl_id,
            started_at=self.started_at,
            info={"software": f"khobao/{version('khobao')}", "source": ", ".join(names)},
        )
        self._originals = Originals(archive, self.started_at)
        self._waiting = sqlite3.connect("")  # a temporary file, which SQLite removes
        self._waiting.execute("CREATE TEMP TABLE revisits (place, found, request, origin)")

    def add(self, path: Path, progress: Callable[[int], None] | None = None) -> None:
        """Import the captures of the papers in the file *path*."""
        name = _printable(path.name)
        for found, request in _exchanges(foreign.records(path, self._wanted), self._tell):
            if progress:
                progress(found.end)
            self._add(f"{name} at {found.offset}", found, request, f"import:{name}")

    def _wanted(self, headers: dict[str, str]) -> int:
        """How many bytes of a record's block an import needs."""
        if not paper_of(headers.get("warc-target-uri", "").strip("<> "), self.papers):
            return 0
        match headers.get("warc-type"):
            case "response":
                length = whole_number(headers.get("content-length", ""))
                return length if length is not None and length <= MAX_RESPONSE else 0
            case "request" | "revisit":  # the header lines are needed, and no form that was sent
                return MAX_HEAD
            case _:
                return 0

    def finish(self, error: Exception | None = None) -> None:
        """Import the revisits that had to wait, and finish the run; *error* may have ended it."""
        with closing(self._waiting), closing(self._originals):
            if error is None:
                try:
                    self._add_waiting()
                except Exception as early:
                    self.finish(early)
                    raise
        exit_code, reason = 1 if self.counts["not_taken_in"] else 0, "done"
        if self.broken:
            reason = "; ".join(self.broken[:10])
        if error is not None:
            exit_code, reason = getattr(error, "exit_code", 1), str(error) or repr(error)
        with suppress(OSError, DiskFull, sqlite3.Error) if error else nullcontext():
            self.archive.commit()
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

    def _tell(self, what: str) -> None:
        """Name a record that cannot be imported."""
        self.counts["not_taken_in"] += 1
        if len(self.broken) < MAX_SENTENCES:
            self.broken.append(_printable(what))

    # --- one record -----------------------------------------------------------------------------

    def _add(self, place: str, found: FoundRecord, request: Record | None, origin: str) -> None:
        """Take in one response or revisit, or name it; only a failing disk ends an import."""
        response = found.record
        self.counts["records"] += 1
        url = _address(response)
        try:
            if paper_of(url, self.papers) is None:
                self.counts["of_other_sites"] += 1
            elif not found.is_whole and response.type == "response":
                self.counts["too_large"] += 1
                limit = f"{MAX_RESPONSE >> 20} MB"
                self._tell(f"{place}: {url} has {found.length:,} bytes, and {limit} are the most")
            else:
                self._add_ours(place, found, request, origin)
        except (CorruptCapture, NoMoment) as error:
            self.counts["misdated" if isinstance(error, NoMoment) else "damaged"] += 1
            self._tell(f"{place}: {url}: {getattr(error, 'what', error)}")
        except (DiskFull, OSError, sqlite3.Error):
            raise
        except Exception as error:
            # A record that trips a mistake of ours must not cost the records after it.
            logger.debug("%s of %s failed", place, url, exc_info=True)
            self.counts["errors"] += 1
            self._tell(f"{place}: {url}: khobao's own mistake: {error!r}")

    def _add_ours(
        self, place: str, found: FoundRecord, request: Record | None, origin: str
    ) -> None:
        response = found.record
        if "warc-segment-number" in response.headers:
            raise Damage(0, "the record is stored in segments, which are not joined")
        check_block(found)
        at = capture_time(response.headers.get("warc-date", ""), until=self.started_at)
        exchange = exchange_of(response, request, origin, at)
        if exchange.method != "GET":
            self.counts["no_answers_to_get"] += 1
            return
        if response.type == "revisit" and exchange.status != 304:
            whole = self._originals.find(response.headers, exchange)
            if whole is None:
                self._let_wait(place, found, request, origin)
                return
            exchange = self._filled(exchange, whole)
        self._keep(response, exchange)

    def _keep(self, response: Record, exchange: Exchange) -> None:
        connection = self.archive.connection
        digest = payload_digest(exchange.body)
        earlier = find_original(connection, exchange.url, digest, exchange.fetched_at)
        if is_known(connection, exchange.url, exchange.fetched_at, digest):
            self.counts["known"] += 1
            if earlier is not None:
                self._originals.add(response.headers, exchange, earlier)
            return
        capture = self._writer.write(exchange, revisit_of=earlier)
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        outcome = classify(capture, StoredResponse.of_exchange(exchange), self.papers)
        applied = apply(self.archive, capture, outcome, self.papers, crawl_id=self.crawl_id)
        self.counts += applied.counts
        if response.type == "response":
            self._originals.add(response.headers, exchange, earlier or capture)

    # --- revisits -------------------------------------------------------------------------------

    def _let_wait(
        self, place: str, found: FoundRecord, request: Record | None, origin: str
    ) -> None:
        """The original may stand further on, or in the next file."""
        self.counts["records"] -= 1
        self._waiting.execute(
            "INSERT INTO revisits VALUES (?, ?, ?, ?)",
            (place, pickle.dumps(found), pickle.dumps(request), origin),
        )

    def _add_waiting(self) -> None:
        last = self._waiting.execute("SELECT max(rowid) FROM revisits").fetchone()[0] or 0
        rows = "SELECT place, found, request, origin FROM revisits WHERE rowid <= ? ORDER BY rowid"
        for place, found, request, origin in self._waiting.execute(rows, (last,)):
            self._add(place, pickle.loads(found), pickle.loads(request), origin)
        left = "SELECT count(*) FROM revisits WHERE rowid > ?"  # those that wait again
        self.counts["without_payload"] += self._waiting.execute(left, (last,)).fetchone()[0]

    def _filled(self, exchange: Exchange, whole: Capture) -> Exchange:
        """*exchange*, a revisit's, with the payload and what headers it left to the original."""
        stored = self.archive.read(whole)
        if not exchange.response_headers:
            exchange = replace(exchange, status=stored.status, response_headers=stored.headers)
        return replace(exchange, body=stored.raw_body)


def _exchanges(
    records: Iterator[FoundRecord | Damage], tell: Callable[[str], None]
) -> Iterator[tuple[FoundRecord, Record | None]]:
    """Every response and revisit with its request, which may stand before or after it.

    *tell* is called with a sentence for each place that cannot be read.
    """
    held: tuple[FoundRecord, Record | None] | None = None
    requests: dict[str, Record] = {}
    for found in records:
        if isinstance(found, Damage):
            if held:
                yield held
            held = None
            tell(found.what)
            continue
        record = found.record
        record_id = record.headers.get("warc-record-id", "")
        other = record.headers.get("warc-concurrent-to", "")
        if record.type == "request":
            if held and held[1] is None and held[0].record.headers.get("warc-record-id") == other:
                held = (held[0], record)
            else:
                requests |= {name: record for name in (other, record_id) if name}
                while len(requests) > _REQUESTS:
                    del requests[next(iter(requests))]
        elif record.type in ("response", "revisit") and _is_http(record):
            if held:
                yield held
            held = (found, requests.get(record_id) or requests.get(other))
            requests.clear()
    if held:
        yield held


def _is_http(record: Record) -> bool:
    """Whether *record* holds an answer of HTTP; some tools forget to say so."""
    content = record.headers.get("content-type", "").lower()
    return (
        not content
        or content.startswith(("application/http", "message/http"))
        or record.type == "revisit"
        or record.block[:5].upper() == b"HTTP/"
    )


def check_block(found: FoundRecord) -> None:
    """Raise Damage if the block has another digest than the record states."""
    stated = found.record.headers.get("warc-block-digest")
    digest = warc.read_digest(stated)
    of_wget = found.record.type == "revisit" and digest == _OF_NOTHING
    if digest is not None and found.is_whole and not of_wget:
        warc.check_digest(stated, found.record.block, found.offset, "block")


def _address(record: Record) -> str:
    return warc.target_uri(record.headers.get("warc-target-uri", "").strip("<> "))


def _printable(text: str) -> str:
    """*text* on one line, without control characters and without bytes that are not UTF-8."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", text).encode("utf-8", "replace").decode().strip()


def exchange_of(response: Record, request: Record | None, origin: str, fetched_at: str) -> Exchange:
    """*response* as it is written down; raises Damage if it has no status."""
    first, headers, body = warc.split_http(response.block)
    status_line = _STATUS_LINE.fullmatch(first)
    revisit = response.type == "revisit"
    if status_line is None and not revisit:
        raise Damage(0, f"a response of HTTP was expected, found {first[:40]!r}")
    protocol, status, reason = status_line.groups() if status_line else (b"HTTP/1.1", b"0", b"")
    if revisit and response.headers.get("warc-profile", "").endswith(_NOT_MODIFIED):
        status = b"304"
    method, request_headers = "GET", None
    if request is not None:
        asked, request_headers, _ = warc.split_http(request.block)
        method = asked.partition(b" ")[0].decode("ascii", "replace")
    return Exchange(
        url=_address(response),
        fetched_at=fetched_at,
        method=method,
        request_headers=request_headers,
        status=int(status),
        reason=(reason or b"").decode("latin-1"),
        protocol=protocol.decode("latin-1"),
        response_headers=headers if status_line else [],
        body=b"" if revisit else _payload(headers, body),
        ip=response.headers.get("warc-ip-address"),
        origin=origin,
        truncated=response.headers.get("warc-truncated"),
    )


_STATUS_LINE = re.compile(rb"(HTTP/\d(?:\.\d)?) +([1-9]\d\d)(?:[ \t]+([^\r\n]*))?", re.I)


def _payload(headers: warc.Headers, body: bytes) -> bytes:
    """*body* without chunks, and without the separator where the record's length includes it."""
    named = {name.lower(): value for name, value in headers}
    if b"chunked" in named.get(b"transfer-encoding", b"").lower():
        return warc.dechunk(body)
    length = named.get(b"content-length", b"")
    for separator in (b"\r\n\r\n", b"\r\n"):
        end = len(body) - len(separator)
        if length == str(end).encode() and body.endswith(separator):
            return body[:end]
    return body
