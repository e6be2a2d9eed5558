"""Exports captures as a WACZ package, which any web-archive viewer replays, or as a CDXJ index.

A package is a zip file of WARC files (stored without compression, for they are read at offsets),
their index, a list of pages to open, and the digests of all files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive import papers
from archive.articles.select import keys_of
from archive.clock import now
from archive.export import cdxj
from archive.export.export import Exported
from archive.export.replace import written_aside
from archive.models import Capture
from archive.search.query import Query
from archive.warc.reader import locate
from archive.warc.writer import warcinfo

WACZ_VERSION = "1.1.1"

#: How many lines of the index share a gzip member; a reader unpacks one member for a look-up.
_BLOCK = 3000
_CHUNK = 1 << 20

#: The one WARC file of a package that holds a selection.
_SELECTION = "selection.warc.gz"


def export_captures(
    connection: sqlite3.Connection,
    archive_dir: Path,
    out: Path,
    query: Query | None,
    *,
    force: bool = False,
) -> Exported:
    """Write the captures of the articles that *query* finds, or all captures, to *out*.

    Those whose file is lost are left out. If *out* ends in ``.cdxj``, only the index is written,
    with file names relative to the archive's folder.
    """
    articles = None if query is None else _articles(connection, query)
    wanted = list(cdxj.captures_of(connection, articles))
    lost = {
        name
        for name in {capture.warc_file for capture in wanted}
        if not locate(archive_dir, name).exists()
    }
    found = [capture for capture in wanted if capture.warc_file not in lost]
    with written_aside(out, force=force) as aside:
        if out.suffix.lower() == ".cdxj":
            index = cdxj.lines(found, lambda capture: capture.warc_file)
            aside.write_text("".join(index), encoding="ascii")
        else:
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
                _Package(package, archive_dir, connection).write(found, whole=query is None)
    return Exported(out, len(found), out.stat().st_size, len(wanted) - len(found))


def _articles(connection: sqlite3.Connection, query: Query) -> list[int]:
    return [
        connection.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()[0]
        for key in keys_of(connection, query)
    ]


@dataclass
class _Package:
    package: zipfile.ZipFile
    archive_dir: Path
    connection: sqlite3.Connection
    resources: list[dict[str, Any]] = field(default_factory=list)

    def write(self, found: list[Capture], *, whole: bool) -> None:
        """Write every file; the description comes last, since it holds the others' digests."""
        if whole:
            files = sorted({capture.warc_file for capture in found})
            for name in files:
                path = locate(self.archive_dir, name)
                self._put(f"archive/{Path(name).name}", _bytes_of(path))
            index = cdxj.lines(found, lambda capture: Path(capture.warc_file).name)
        else:
            placed: list[Capture] = []
            self._put(f"archive/{_SELECTION}", self._members(found, placed))
            index = cdxj.lines(placed, lambda _: _SELECTION)
        blocks, places = _zipped(index)
        self._put("indexes/index.cdx.gz", blocks)
        self._put("indexes/index.idx", ["".join(places).encode()], deflate=True)
        self._put("pages/pages.jsonl", self._pages(found), deflate=True)
        about = {
            "profile": "data-package",
            "title": f"{papers.names(self.connection)}: captures",
            "wacz_version": WACZ_VERSION,
            "created": now(),
            "software": f"khobao/{version('khobao')}",
            "resources": list(self.resources),
        }
        described = json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8")
        self._put("datapackage.json", [described], deflate=True)
        digest = {
            "path": "datapackage.json",
            "hash": f"sha256:{hashlib.sha256(described).hexdigest()}",
        }
        self._put("datapackage-digest.json", [json.dumps(digest).encode()], deflate=True)

    def _put(self, name: str, chunks: Iterable[bytes], *, deflate: bool = False) -> None:
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, _date(now()))
        entry.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
        with self.package.open(entry, "w", force_zip64=True) as stream:
            for chunk in chunks:
                stream.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.resources.append(
            {
                "name": Path(name).name.lower(),
                "path": name,
                "hash": f"sha256:{digest.hexdigest()}",
                "bytes": size,
            }
        )

    def _members(self, found: list[Capture], placed: list[Capture]) -> Iterator[bytes]:
        """The records of *found*, byte for byte; their new places are added to *placed*."""
        record_id = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
        software = {"software": f"khobao/{version('khobao')}"}
        first = warcinfo(record_id, now(), _SELECTION, software)
        yield bytes(first)
        offset = len(first)
        by_file: defaultdict[str, list[Capture]] = defaultdict(list)
        for capture in found:
            by_file[capture.warc_file].append(capture)
        for name, ones in sorted(by_file.items()):
            with locate(self.archive_dir, name).open("rb") as stream:
                for capture in sorted(ones, key=lambda one: one.warc_offset):
                    stream.seek(capture.warc_offset)
                    yield stream.read(capture.warc_length)
                    placed.append(replace(capture, warc_file=_SELECTION, warc_offset=offset))
                    offset += capture.warc_length

    def _pages(self, found: list[Capture]) -> Iterator[bytes]:
        """The list of pages: the latest capture of each article."""
        wanted = {capture.id: capture for capture in found}
        yield b'{"format": "json-pages-1.0", "id": "pages", "title": "Articles"}\n'
        for capture_id, key, title in self.connection.execute(
            "SELECT capture_id, key, title FROM articles ORDER BY updated_at DESC, key"
        ):
            if capture := wanted.get(capture_id):
                page = {"id": key, "url": capture.url, "ts": capture.fetched_at, "title": title}
                yield json.dumps(page, ensure_ascii=False).encode("utf-8") + b"\n"


def _zipped(index: list[str]) -> tuple[list[bytes], list[str]]:
    """The index in gzip members, and a line for each member with its first key and its place."""
    blocks: list[bytes] = []
    places = ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    offset = 0
    for start in range(0, len(index), _BLOCK):
        block = gzip.compress("".join(index[start : start + _BLOCK]).encode(), mtime=0)
        key, moment, _ = index[start].split(" ", 2)
        place = {
            "offset": offset,
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        places.append(f"{key} {moment} {json.dumps(place)}\n")
        blocks.append(block)
        offset += len(block)
    return blocks, places


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _date(moment: str) -> tuple[int, int, int, int, int, int]:
    year, month, day = (int(part) for part in moment[:10].split("-"))
    hour, minute, second = (int(part) for part in moment[11:19].split(":"))
    return year, month, day, hour, minute, second
