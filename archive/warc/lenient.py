"""Reads the records of WARC and ARC files that other tools made, leniently and in bounded memory.

Such files have separators of one line end or none, bare line feeds, folded header lines, wrong
lengths, torn ends and flipped bits. warcio 1.8.1 and FastWARC 2.0.1 end quietly at some of these,
and each drops records that the other reads. `scan` yields every record that is there, and a Damage
for each place where a record should begin and none does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from archive.warc.record import Damage, Record, headers_in, stated_length
from archive.warc.unpacked import RECORD, SEARCHED_AGAIN, UnpackedFile

#: The longest header of a record, or of the HTTP message in it.
MAX_HEAD = 1 << 16
#: Damaged places in a file, at most: with more it is not a WARC file at all.
MAX_DAMAGES = 1000
#: Bytes of a block that are always read, to search them for a record if its length is wrong.
_ALWAYS_READ = 1 << 16
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_NOT_SEPARATOR = re.compile(rb"[^\r\n]")
#: URL, IP address, fourteen digits, media type, (five more fields in version 2,) length.
_ARC_HEAD = re.compile(
    rb"\A([a-z]+://[^\r\n]+) ([\d.:a-f]+) (\d{14}) ([^ \r\n]+)(?: [^ \r\n]+){0,5}? (\d{1,18})\r?\n"
)
_ARC_RECORD = re.compile(rb"(?:(?<=\n)|\A)https?://[^\r\n]{1,9000} \d{14} [^\r\n]{1,9000} \d+\r?\n")

#: Given a record's headers: how many bytes of its block the caller needs.
BytesNeeded = Callable[[dict[str, str]], int]


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record, and its place in the file."""

    record: Record
    """Its block is cut, or empty, if the caller needed no more of it."""
    length: int
    """The whole length of the block."""
    offset: int
    """Where the record begins, or the gzip member that it is in."""
    end: int
    """How far the file is read."""

    @property
    def is_whole(self) -> bool:
        """Whether all of the block was read."""
        return len(self.record.block) == self.length


def scan(
    stream: IO[bytes],
    bytes_needed: BytesNeeded,
    *,
    size: int | None = None,
    max_unpacked: int = 1 << 62,
) -> Iterator[FoundRecord | Damage]:
    """Every record of *stream*, and every damaged place.

    *size* is the length of the stream, if it is known: a record cannot be longer. A file that
    unpacks to more than *max_unpacked* bytes is left there.
    """
    scanner = _Scanner(UnpackedFile(stream, max_unpacked), size)
    damages, is_lost = 0, False
    while True:
        damage = None
        try:
            found, damage = scanner.next_record(bytes_needed)
            if found is None:
                return
            yield found
            is_lost = False
        except Damage as error:
            # In damaged bytes many places look like the beginning of a record: one is enough.
            if not is_lost or scanner.in_record:
                damage = error
            is_lost = True
        if damage is not None:
            yield damage
            damages += 1
            is_lost = True
            if damages >= MAX_DAMAGES:
                yield Damage(damage.offset, f"{damages} damaged places: the rest is left out")
                return
        if is_lost and not scanner.find_record():
            return


class _Scanner:
    """The next bytes of a file, and the record that begins with them."""

    def __init__(self, file: UnpackedFile, size: int | None):
        self._file = file
        self._size = size
        self._data = b""
        self._at = 0
        self._is_first_piece = False
        """Whether `_data` begins a gzip member."""
        self._is_separated = False
        """Whether line ends, or the end of a gzip member, stood where `_skip_separators` began."""
        self._is_arc = False
        self.in_record = False
        """Whether the header of the present record was read."""

    def next_record(self, bytes_needed: BytesNeeded) -> tuple[FoundRecord | None, Damage | None]:
        """The next record, and what is wrong with the bytes after it; no record at the end."""
        self.in_record = False
        if not self._skip_separators():
            return None, None
        begin = self._offset
        begins_member = self._is_first_piece and self._at == 0
        headers = self._header()
        length = stated_length(headers.get("content-length"), begin)
        if self._size is not None and not self._file.is_gzip and length > self._size - self._offset:
            left = self._size - self._offset
            raise Damage(begin, f"the record states {length} bytes, the file has {left} more")
        needed = max(0, bytes_needed(headers))
        block = b"".join(self._pieces(min(length, max(needed, _ALWAYS_READ))))
        held = len(block)
        if held >= _ALWAYS_READ:
            held += sum(map(len, self._pieces(length - held)))
        if held < length:
            raise Damage(begin, f"the record states {length} bytes and holds {held}")
        found = FoundRecord(Record(headers, block[:needed]), length, begin, self._file.offset)
        try:
            if not self._skip_separators() or self._at_record():
                return found, None
        except Damage as error:
            if error.offset == begin and begins_member:  # its own gzip member is the damaged one
                raise
            return found, error
        if self._push_back(block):
            raise Damage(begin, f"another record begins within the {length} bytes it states")
        what = f"no record begins after the {length} bytes that the one at {begin} states"
        # After a separator the next record is damaged. Otherwise the length is wrong, which is
        # harmless if only a line end is missing in it.
        if self._is_separated or RECORD.search(self._data, self._at, self._at + 20):
            return found, Damage(self._offset, what)
        raise Damage(begin, what)

    def find_record(self) -> bool:
        """Go to the next place where a record begins; False if there is none."""
        pattern = _ARC_RECORD if self._is_arc else RECORD
        while True:
            try:
                if self._is_first_piece and self._at_record():
                    return True
                if found := pattern.search(self._data, self._at):
                    self._at = found.start()
                    return True
                # A beginning may be cut in two by the end of the piece.
                self._at = max(self._at, len(self._data) - 20)
                if not self._more():
                    return False
            except Damage:
                continue  # reading continues behind that place

    @property
    def _offset(self) -> int:
        """The offset of the next byte, or of the gzip member that it is in."""
        if self._file.is_gzip:
            return self._file.member
        return self._file.offset - (len(self._data) - self._at)

    def _more(self) -> bool:
        """Read another piece; False at the end of the file."""
        piece = self._file.read()
        if not piece:
            return False
        rest = self._data[self._at :]
        self._is_first_piece = self._file.begins_member
        self._at = 0
        if rest and self._is_first_piece and piece.startswith(b"WARC/"):
            self._data = piece
            raise Damage(self._offset, f"no record begins before here, but {rest[:40]!r}")
        self._data = rest + piece
        return True

    def _at_record(self) -> bool:
        """Whether the next bytes begin a record."""
        while len(self._data) - self._at < 10 and self._more():
            pass
        if self._data.startswith(b"WARC/", self._at):
            return True
        if self._data.startswith(b"filedesc:", self._at):
            self._is_arc = True
        return self._is_arc and self._data.startswith((b"http", b"filedesc", b"dns:"), self._at)

    def _skip_separators(self) -> bool:
        """Skip line ends; False at the end of the file."""
        self._is_separated = False
        while True:
            if found := _NOT_SEPARATOR.search(self._data, self._at):
                self._is_separated = self._is_separated or found.start() > self._at
                self._at = found.start()
                return True
            self._is_separated = True
            self._at = len(self._data)
            if not self._more():
                return False

    def _header(self) -> dict[str, str]:
        """The headers of the record that begins here."""
        begin = self._offset
        if not self._at_record():
            beginning = self._data[self._at : self._at + 40]
            raise Damage(begin, f"no WARC record begins here, but {beginning!r}")
        if not self._data.startswith(b"WARC/", self._at):
            return self._arc_header(begin)
        while not (found := _END_OF_HEAD.search(self._data, self._at, self._at + MAX_HEAD)):
            if len(self._data) - self._at > MAX_HEAD:
                self._at += len(b"WARC/")
                self.in_record = True
                raise Damage(begin, f"the record's header lines are more than {MAX_HEAD} bytes")
            if not self._more():
                self._at += len(b"WARC/")
                raise Damage(begin, "the file ends inside a record")
        headers = headers_in(self._data[self._at : found.start()])
        self._at = found.end()
        self.in_record = True
        headers["warc-type"] = headers.get("warc-type", "").lower()
        return headers

    def _arc_header(self, begin: int) -> dict[str, str]:
        """The one header line of an ARC record, under the names of WARC."""
        while (end := self._data.find(b"\n", self._at)) < 0:
            if len(self._data) - self._at > MAX_HEAD or not self._more():
                self._at += 1
                raise Damage(begin, "the header line of the ARC record has no end")
        line = self._data[self._at : end + 1]
        self._at = end + 1
        self.in_record = True
        found = _ARC_HEAD.fullmatch(line)
        if found is None:
            raise Damage(begin, f"no ARC record begins here, but {line[:40]!r}")
        url, ip, date, mime, length = (part.decode("utf-8", "replace") for part in found.groups())
        return {
            "warc-type": "response" if url.startswith("http") else "warcinfo",
            "warc-target-uri": url,
            "warc-date": date,
            "warc-ip-address": ip,
            "arc-content-type": mime,
            "content-length": length,
        }

    def _pieces(self, count: int) -> Iterator[bytes]:
        """The next *count* bytes; fewer if the file ends, or a member begins with a record."""
        while count > 0:
            if self._at == len(self._data) and (
                not self._more() or (self._is_first_piece and self._at_record())
            ):
                return
            piece = self._data[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            self._is_first_piece = False
            yield piece

    def _push_back(self, block: bytes) -> bool:
        """Read *block* again from where a record begins in it, if one does."""
        if len(block) > SEARCHED_AGAIN:
            return False
        data = block + self._data[self._at :]
        found = RECORD.search(data)
        if found is None or found.start() >= len(block):
            return False
        self._data, self._at = data[found.start() :], 0
        return True
