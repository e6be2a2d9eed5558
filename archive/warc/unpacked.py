"""The unpacked bytes of a WARC file that another tool made: plain, or gzipped, even if damaged."""

from __future__ import annotations

import io
import re
import zlib
from typing import IO
from zipfile import BadZipFile

from archive.warc.record import Damage

#: Where a WARC record begins.
RECORD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n(?=[A-Za-z])")
#: Bytes of a damaged gzip member that are searched again for the beginning of the next.
SEARCHED_AGAIN = 1 << 20
_CHUNK = 1 << 16
#: Most that is unpacked in one step: deflate can make a thousand bytes of one.
_STEP = 1 << 20
#: How a gzip member begins: magic number and deflate.
_GZIP = b"\x1f\x8b\x08"


class UnpackedFile:
    """Reads a file in unpacked pieces of bounded size, and knows where its gzip members begin.

    `read` raises Damage at a damaged place; the next call continues behind that place.
    """

    def __init__(self, stream: IO[bytes], max_unpacked: int):
        self._stream = stream
        self._allowance = max_unpacked
        self._read_to = 0
        self._packed = b""
        """Bytes that are read and not yet unpacked."""
        self._unpacker: zlib._Decompress | None = None
        self._fed = bytearray()
        """The packed bytes of the member so far, to search them again if it is damaged."""
        self.is_gzip = False
        self.member = 0
        """The offset of the gzip member."""
        self.begins_member = False
        """Whether the last piece is the first of its gzip member."""

    @property
    def offset(self) -> int:
        """How far the file is read."""
        return self._read_to - len(self._packed)

    def read(self) -> bytes:
        """The next piece; empty at the end of the file."""
        piece = self._unpack() if self.is_gzip else self._plain()
        self._allowance -= len(piece)
        if piece and self._allowance < 0:
            self._packed, self._stream, self._unpacker = b"", io.BytesIO(), None
            raise Damage(self.member, "it unpacks to far more than web pages do: a bomb")
        return piece

    def _plain(self) -> bytes:
        piece = self._raw()
        if self._read_to == len(piece) and _is_packed(piece):
            self.is_gzip, self._packed = True, piece
            return self._unpack()
        return piece

    def _unpack(self) -> bytes:
        while True:
            if self._unpacker is None and not self._begin_member():
                return b""
            assert self._unpacker is not None
            if not self._packed:
                self._packed = self._raw()
                if not self._packed:
                    self._search_again()
                    raise Damage(self.member, "the file ends inside a gzip member")
            first, packed = not self._fed, self._packed
            try:
                piece = self._unpacker.decompress(packed, _STEP)
            except zlib.error as error:
                self._fed += packed
                self._search_again()
                raise Damage(self.member, f"no gzip member can be read here: {error}") from error
            ended = self._unpacker.eof
            self._packed = self._unpacker.unused_data if ended else self._unpacker.unconsumed_tail
            if len(self._fed) > SEARCHED_AGAIN:
                del self._fed[1:]
            self._fed += packed[: len(packed) - len(self._packed)]
            if ended:
                self._unpacker = None
            if piece:
                self.begins_member = first
                return piece

    def _begin_member(self) -> bool:
        """Begin the next gzip member; False at the end of the file."""
        while len(self._packed) < len(_GZIP) and (raw := self._raw()):
            self._packed += raw
        if not self._packed:
            return False
        self.member = self.offset
        if not self._packed.startswith(_GZIP):
            beginning = self._packed[:40]
            self._find_member()
            raise Damage(self.member, f"no gzip member begins here, but {beginning!r}")
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._fed.clear()
        return True

    def _search_again(self) -> None:
        """Go to the next member, which may begin inside the damaged one."""
        self._packed = bytes(self._fed[1:])
        self._fed.clear()
        self._unpacker = None
        self._find_member()

    def _find_member(self) -> None:
        """Skip packed bytes until a gzip member may begin."""
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
            raise Damage(self.offset, f"the rest of the file cannot be read: {error}") from error
        self._read_to += len(raw)
        return raw


def _is_packed(beginning: bytes) -> bool:
    """Whether a file with this *beginning* is gzipped, even if its first bytes are damaged."""
    if beginning.startswith((_GZIP[:2], b"WARC/", b"filedesc:")):
        return beginning.startswith(_GZIP[:2])
    return _GZIP in beginning and not RECORD.search(beginning)
