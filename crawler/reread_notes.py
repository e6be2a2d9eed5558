"""What a reading of the archive found so far, in a file beside it: shown first, applied later.

Lines of JSON: first which layouts read what, then the changes of each chunk of captures, and after
them the last capture of that chunk. A run that was interrupted goes on after the last whole chunk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.rereading import Reread


class Notes:
    """The file, which is deleted when everything in it is done."""

    def __init__(self, path: Path, head: dict[str, Any]):
        self._path = path
        self._head = json.dumps(head).encode() + b"\n"

    def chunks(self) -> Iterator[tuple[int, list[Reread]]]:
        """Each chunk's last capture and its changes; nothing if other layouts wrote the file."""
        for _, last, changes in self._whole():
            yield last, changes

    def resume(self) -> int:
        """Make the file ready for more; returns the last capture that stands in it, or 0."""
        end = after = 0
        for position, last, _ in self._whole():
            end, after = position, last
        with self._path.open("ab") as stream:
            stream.truncate(end)
            if not end:
                stream.write(self._head)
        return after

    def add(self, last: int, changes: list[Reread]) -> None:
        """Write down one chunk."""
        lines = [*(one.to_json() for one in changes), str(last)]
        with self._path.open("ab") as stream:
            stream.write(("\n".join(lines) + "\n").encode("utf-8"))

    def done(self) -> None:
        """Everything in it has been done."""
        self._path.unlink(missing_ok=True)

    def _whole(self) -> Iterator[tuple[int, int, list[Reread]]]:
        """Where each whole chunk ends in the file, its last capture, its changes."""
        try:
            with self._path.open("rb") as stream:
                if stream.readline() != self._head:
                    return
                changes: list[Reread] = []
                while (line := stream.readline()).endswith(b"\n"):
                    if line[:1] == b"{":
                        changes.append(Reread.from_json(line.decode("utf-8")))
                    else:
                        yield stream.tell(), int(line), changes
                        changes = []
        except FileNotFoundError:
            return
