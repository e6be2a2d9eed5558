"""What a reading of the archive found so far, in a file beside it: shown first, applied later.

Lines of JSON: first which layouts read what, then the changes of each chunk of captures, and after
them the last capture of that chunk. A run that was interrupted goes on after the last whole chunk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from crawler.reextract.compare import Reread

#: How `Reread.to_json` begins a line.
_ID = b'{"id": '


class Notes:
    """The file, which is deleted when everything in it is done."""

    def __init__(self, path: Path, head: dict[str, Any]):
        self._path = path
        self._head = json.dumps(head).encode() + b"\n"

    def changes(self) -> Iterator[Reread]:
        """Every change that stands in it; none if other layouts wrote the file."""
        with self._opened() as stream:
            for position, _ in self._places():
                yield _read_at(stream, position)

    def by_capture(self) -> Iterator[tuple[int, int]]:
        """Each changed capture, and where in the file `at` finds what it says now.

        A new version of the extractor changes every capture: all of them are no load for a memory.
        """
        for position, line in self._places():
            yield int(line[len(_ID) : line.index(b",")]), position

    def at(self, position: int) -> Reread:
        """The change that stands at *position*."""
        with self._opened() as stream:
            return _read_at(stream, position)

    def resume(self) -> int:
        """Make the file ready for more; returns the last capture that stands in it, or 0."""
        end = after = 0
        for _, position, last in self._chunks():
            end, after = position, last
        with self._path.open("ab") as stream:
            stream.truncate(end)
            if not end:
                stream.write(self._head)
        return after

    def add(self, last: int, changes: list[str]) -> None:
        """Write down one chunk: its *changes* as lines, its *last* capture."""
        lines = [*changes, str(last)]
        with self._path.open("ab") as stream:
            stream.write(("\n".join(lines) + "\n").encode("utf-8"))

    def done(self) -> None:
        """Everything in it has been done."""
        self._path.unlink(missing_ok=True)

    def _places(self) -> Iterator[tuple[int, bytes]]:
        for places, _, _ in self._chunks():
            yield from places

    def _chunks(self) -> Iterator[tuple[list[tuple[int, bytes]], int, int]]:
        """For each whole chunk: its lines with their places, where it ends, its last capture."""
        with self._opened() as stream:
            if stream.readline() != self._head:
                return
            places: list[tuple[int, bytes]] = []
            position = stream.tell()
            while (line := stream.readline()).endswith(b"\n"):
                if line.startswith(_ID):
                    places.append((position, line))
                else:
                    yield places, stream.tell(), int(line)
                    places = []
                position = stream.tell()

    def _opened(self) -> BinaryIO:
        return self._path.open("rb") if self._path.exists() else BytesIO()


def _read_at(stream: BinaryIO, position: int) -> Reread:
    stream.seek(position)
    return Reread.from_json(stream.readline().decode("utf-8"))
