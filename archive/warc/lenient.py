"""Reading WARC and ARC files that other tools made: leniently, and in bounded memory.

Other tools' files have separators of one line end or none, bare line feeds, folded header lines,
wrong lengths, torn ends and flipped bits. warcio 1.8.1 and FastWARC 2.0.1 end quietly at some of
these, and each drops what the other reads. `walk` gives every record that is there, and says of
each place where there is none what it found. A block is read only as far as the caller wants it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import BadZipFile

from archive.warc.record import Damage, Record

#: A record's header lines, a header line of HTTP included, are never as long as this.
MAX_HEAD = 1 << 16
#: After so many damaged places a file is no WARC file that was damaged, but something else.
MAX_DAMAGES = 1000
_CHUNK = 1 << 16
#: Most that is unpacked in one step: deflate makes a thousand bytes of one.
_STEP = 1 << 20
#: So much of a damaged gzip member is searched again for the beginning of the next.
_SEARCHED_AGAIN = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_NOT_SEPARATOR = re.compile(rb"[^\r\n]")
_RECORD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n(?=[A-Za-z])")
#: URL, IP address, fourteen digits, media type, (five more fields in version 2,) length.
_ARC_HEAD = re.compile(
    rb"\A([a-z]+://[^\r\n]+) ([\d.:a-f]+) (\d{14}) ([^ \r\n]+)(?: [^ \r\n]+){0,5}? (\d{1,18})\r?\n"
)
_ARC_RECORD = re.compile(rb"(?:(?<=\n)|\A)https?://[^\r\n]{1,9000} \d{14} [^\r\n]{1,9000} \d+\r?\n")


@dataclass(frozen=True, slots=True)
class Met:
    """A record that was met."""

    record: Record
    """Its block is empty or cut if it is longer than was wanted."""
    length: int
    """Of the block, as stated."""
    offset: int
    """Where the record, or its gzip member, begins."""
    end: int
    """How far the file is read."""

    @property
    def is_whole(self) -> bool:
        """Whether all of the block was read."""
        return len(self.record.block) == self.length


def walk(
    stream: IO[bytes],
    wanted: Callable[[dict[str, str]], int],
    *,
    size: int | None = None,
    max_unpacked: int = 1 << 62,
) -> Iterator[Met | Damage]:
    """Every record of *stream*, and every place where there should be one and is none.

    *wanted* is given a record's headers and says how many bytes of its block are needed. *size* is
    how long the stream is, where that is known: a record that states more is not believed.
    """
    source = _Source(stream, size, max_unpacked)
    damages, lost = 0, False
    while True:
        try:
            met, then = _next(source, wanted)
        except Damage as error:
            # Of what merely looked like a beginning, in damaged bytes, nothing need be said.
            if not lost or source.in_record:
                yield error
                damages += 1
            lost = True
            if damages >= MAX_DAMAGES:
                yield Damage(error.offset, f"{damages} damaged places: the rest is left out")
                return
            if not source.find_record():
                return
            continue
        lost = False
        if met is None:
            return
        yield met
        if then is not None:
            yield then
            damages, lost = damages + 1, True
            if not source.find_record():
                return


def _next(
    source: _Source, wanted: Callable[[dict[str, str]], int]
) -> tuple[Met | None, Damage | None]:
    """The next record, and what is wrong with the bytes behind it; None at the end."""
    source.in_record = False
    if not source.skip_separators():
        return None, None
    place, fills_member = source.place, source.begins_member
    headers, length = source.head()
    if source.left is not None and length > source.left:
        raise Damage(place, f"the record states {length} bytes, the file has {source.left} more")
    need = max(0, wanted(headers))
    read = source.read(min(length, max(need, _CHUNK)))
    there = len(read) + (source.skip(length - len(read)) if len(read) >= _CHUNK else 0)
    if there < length:
        raise Damage(place, f"the record states {length} bytes and holds {there}")
    met = Met(Record(headers, read[:need]), length, place, source.end)
    try:
        if not source.skip_separators() or source.at_record():
            return met, None
    except Damage as error:
        if error.offset == place and fills_member:  # its own gzip member is the damaged one
            raise
        return met, error
    if source.push_back(read):
        raise Damage(place, f"another record begins within the {length} bytes it states")
    what = f"no record begins after the {length} bytes that the one at {place} states"
    # After a separator it is the next record that is damaged; otherwise the length is wrong, which
    # costs nothing if it is a line end too short.
    if source.is_separated or source.is_near_record():
        return met, Damage(source.place, what)
    raise Damage(place, what)


class _Source:
    """The unpacked bytes of a file, in pieces; it knows where gzip members begin.

    After Damage was raised reading goes on behind the damaged place.
    """

    def __init__(self, stream: IO[bytes], size: int | None, max_unpacked: int):
        self._stream = stream
        self._size = size
        self._may_unpack = max_unpacked
        self._packed = b""
        self._read_to = 0
        self._is_gzip = False
        self._unpacker: zlib._Decompress | None = None
        self._fed = bytearray()
        """The packed bytes of the member so far, to search them again if it is damaged."""
        self._member = 0
        self._data = b""
        self._at = 0
        self._fresh = False
        """Whether the piece at hand begins a gzip member."""
        self._is_arc = False
        self.is_separated = False
        """Whether there were line ends, or a gzip member ended, where separators were last read."""
        self.in_record = False
        """Whether the header lines of the record at hand were read."""

    # --- where we are ---------------------------------------------------------------------------

    @property
    def end(self) -> int:
        """How far the file is read."""
        return self._read_to - len(self._packed)

    @property
    def place(self) -> int:
        """The offset of the next byte, or of the gzip member that it is in."""
        return self._member if self._is_gzip else self.end - (len(self._data) - self._at)

    @property
    def begins_member(self) -> bool:
        """Whether the next byte is the first of a gzip member."""
        return self._fresh and self._at == 0

    @property
    def left(self) -> int | None:
        """How many bytes are left of a plain file of known size."""
        return None if self._size is None or self._is_gzip else self._size - self.place

    def at_record(self) -> bool:
        """Whether the bytes ahead begin a record."""
        while len(self._data) - self._at < 10 and self._more():
            pass
        if self._data.startswith(b"WARC/", self._at):
            return True
        if self._data.startswith(b"filedesc:", self._at):
            self._is_arc = True
        return self._is_arc and self._data.startswith((b"http", b"filedesc", b"dns:"), self._at)

    def is_near_record(self) -> bool:
        """Whether a record begins within a few bytes."""
        return _RECORD.search(self._data, self._at, self._at + 20) is not None

    # --- reading --------------------------------------------------------------------------------

    def skip_separators(self) -> bool:
        """Pass over line ends; False at the end of the file."""
        self.is_separated = False
        while True:
            if found := _NOT_SEPARATOR.search(self._data, self._at):
                self.is_separated = self.is_separated or found.start() > self._at
                self._at = found.start()
                return True
            self.is_separated = True
            self._at = len(self._data)
            if not self._more():
                return False

    def head(self) -> tuple[dict[str, str], int]:
        """The headers of the record that begins here, in lower case, and its block's length."""
        place = self.place
        if not self.at_record():
            beginning = self._data[self._at : self._at + 40]
            raise Damage(place, f"no WARC record begins here, but {beginning!r}")
        if not self._data.startswith(b"WARC/", self._at):
            return self._arc_head(place)
        while not (found := _END_OF_HEAD.search(self._data, self._at, self._at + MAX_HEAD)):
            if len(self._data) - self._at > MAX_HEAD:
                self._at += len(b"WARC/")
                self.in_record = True
                raise Damage(place, f"the record's header lines are more than {MAX_HEAD} bytes")
            if not self._more():
                self._at += len(b"WARC/")
                raise Damage(place, "the file ends inside a record")
        headers = headers_in(self._data[self._at : found.start()])
        self._at = found.end()
        self.in_record = True
        headers["warc-type"] = headers.get("warc-type", "").lower()
        return headers, _length(headers.get("content-length"), place)

    def _arc_head(self, place: int) -> tuple[dict[str, str], int]:
        while (end := self._data.find(b"\n", self._at)) < 0:
            if len(self._data) - self._at > MAX_HEAD or not self._more():
                self._at += 1
                raise Damage(place, "the header line of the ARC record has no end")
        line = self._data[self._at : end + 1]
        self._at = end + 1
        self.in_record = True
        found = _ARC_HEAD.fullmatch(line)
        if found is None:
            raise Damage(place, f"no ARC record begins here, but {line[:40]!r}")
        url, ip, date, mime, length = (part.decode("utf-8", "replace") for part in found.groups())
        kind = "response" if url.startswith("http") else "warcinfo"
        headers = {"warc-type": kind, "warc-target-uri": url, "warc-date": date}
        headers["content-length"] = length
        return headers | {"warc-ip-address": ip, "arc-content-type": mime}, int(length)

    def read(self, count: int) -> bytes:
        """The next *count* bytes; fewer if the file ends, or a member begins with a record."""
        parts = list(self._pieces(count))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def skip(self, count: int) -> int:
        """Pass over *count* bytes; returns how many there were."""
        return sum(map(len, self._pieces(count)))

    def _pieces(self, count: int) -> Iterator[bytes]:
        while count > 0:
            if self._at == len(self._data) and (
                not self._more() or (self._fresh and self.at_record())
            ):
                return
            piece = self._data[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            self._fresh = False
            yield piece

    def push_back(self, block: bytes) -> bool:
        """Read *block* again from where a record begins in it, if one does."""
        if len(block) > _SEARCHED_AGAIN:
            return False
        data = block + self._data[self._at :]
        found = _RECORD.search(data)
        if found is None or found.start() >= len(block):
            return False
        self._data, self._at = data[found.start() :], 0
        return True

    def find_record(self) -> bool:
        """Go to the next place where a record begins; False if there is none."""
        pattern = _ARC_RECORD if self._is_arc else _RECORD
        while True:
            try:
                if self._fresh and self.at_record():
                    return True
                if found := pattern.search(self._data, self._at):
                    self._at = found.start()
                    return True
                # A beginning may be cut in two by the end of the piece.
                self._at = max(self._at, len(self._data) - 20)
                if not self._more():
                    return False
            except Damage:
                continue  # reading goes on behind that place

    # --- unpacking ------------------------------------------------------------------------------

    def _more(self) -> bool:
        """Read another piece; False at the end of the file."""
        piece = self._unpacked() if self._is_gzip else self._plain()
        if not piece:
            return False
        self._may_unpack -= len(piece)
        if self._may_unpack < 0:
            self._packed, self._stream = b"", io.BytesIO()
            self._unpacker = None
            raise Damage(self._member, "it unpacks to far more than web pages do: a bomb")
        rest = self._data[self._at :]
        if rest and self._fresh and piece.startswith(b"WARC/"):
            self._data, self._at = piece, 0
            raise Damage(self._member, f"no record begins before here, but {rest[:40]!r}")
        self._data, self._at = rest + piece, 0
        return True

    def _plain(self) -> bytes:
        piece, self._packed = self._packed or self._raw(), b""
        if self._read_to == len(piece) and _is_packed(piece):
            self._is_gzip, self._packed = True, piece
            return self._unpacked()
        return piece

    def _unpacked(self) -> bytes:
        while True:
            if self._unpacker is None and not self._begin_member():
                return b""
            assert self._unpacker is not None
            first = not self._fed
            if not self._packed:
                self._packed = self._raw()
                if not self._packed:
                    self._search_again()
                    raise Damage(self._member, "the file ends inside a gzip member")
            packed = self._packed
            try:
                piece = self._unpacker.decompress(packed, _STEP)
            except zlib.error as error:
                member = self._member
                self._fed += packed
                self._search_again()
                raise Damage(member, f"no gzip member can be read here: {error}") from error
            ended = self._unpacker.eof
            self._packed = self._unpacker.unused_data if ended else self._unpacker.unconsumed_tail
            if len(self._fed) > _SEARCHED_AGAIN:
                del self._fed[1:]
            self._fed += packed[: len(packed) - len(self._packed)]
            if ended:
                self._unpacker = None
            if piece:
                self._fresh = first
                return piece

    def _begin_member(self) -> bool:
        while len(self._packed) < len(_GZIP) and (raw := self._raw()):
            self._packed += raw
        if not self._packed:
            return False
        self._member = self.end
        if not self._packed.startswith(_GZIP):
            beginning = self._packed[:40]
            self._find_magic()
            raise Damage(self._member, f"no gzip member begins here, but {beginning!r}")
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._fed.clear()
        return True

    def _search_again(self) -> None:
        """Go behind the beginning of a member that cannot be read."""
        self._packed = bytes(self._fed[1:])
        self._fed.clear()
        self._unpacker = None
        self._find_magic()

    def _find_magic(self) -> None:
        """Pass over packed bytes until a gzip member may begin."""
        while (found := self._packed.find(_GZIP)) < 0:
            raw = self._raw()
            if not raw:
                self._packed = b""
                return
            self._packed = self._packed[-2:] + raw
        self._packed = self._packed[found:]

    def _raw(self) -> bytes:
        try:
            raw = self._stream.read(_CHUNK)
        except (OSError, EOFError, zlib.error, BadZipFile) as error:
            self._stream = io.BytesIO()
            raise Damage(self.end, f"the file cannot be read on: {error}") from error
        self._read_to += len(raw)
        return raw


def _is_packed(beginning: bytes) -> bool:
    """Whether a file with this *beginning* is gzipped, even if its first bytes are damaged."""
    if beginning.startswith((_GZIP[:2], b"WARC/", b"filedesc:")):
        return beginning.startswith(_GZIP[:2])
    return _GZIP in beginning and not _RECORD.search(beginning)


def headers_in(head: bytes) -> dict[str, str]:
    """The named fields of a record's header lines; the first of a name counts.

    Names are in lower case. A line that begins with a space continues the one before.
    """
    headers: dict[str, str] = {}
    name = ""
    for line in _LINE_END.split(head)[1:]:
        if line[:1] in (b" ", b"\t") and name:
            headers[name] += " " + line.strip().decode("utf-8", "replace")
            continue
        key, _, value = line.partition(b":")
        name = key.strip().lower().decode("utf-8", "replace")
        if name in headers:
            name = ""
        else:
            headers[name] = value.strip().decode("utf-8", "replace")
    return headers


def _length(stated: str | None, place: int) -> int:
    if stated is None:
        raise Damage(place, "the record states no length")
    if not re.fullmatch(r"[0-9]{1,18}", stated):
        raise Damage(place, f"the record states no length, but {stated[:40]!r}")
    return int(stated)
