"""A page: bytes made readable, once, before any meaning.

lxml reads it; BeautifulSoup is the second reader, for a page of which lxml makes nothing. What is
not UTF-8 is made so first (`crawler.decoding`).
"""

from __future__ import annotations

import re
import threading
from codecs import utf_8_decode
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from lxml import etree

from archive.errors import DamagedPage, TooLarge
from crawler import decoding
from crawler.once import once

#: Article pages are 40-80 KB; the longest photo essays stay below 1 MB.
MAX_BYTES = 8_000_000

_BLANK = b" \t\r\n\x0b\x0c\x00"
_CLOSING = re.compile(rb"</(?:html|body)\s*>", re.I)
#: What may follow the last closing tag: counters' scripts and comments.
_END = 400
#: The reader itself says where bytes are no UTF-8: of 18,000 bad sequences put at random into
#: pages, libxml2 2.14 named all but those in a doctype and those after ``</html>``.
_READER_PROVES_UTF8 = etree.LIBXML_VERSION >= (2, 14)
_NO_UTF8 = etree.ErrorTypes.ERR_INVALID_ENCODING
#: After so many errors, the reader says no more.
_MAX_ERRORS = 100
#: Where its silence proves nothing: a doctype at the beginning, what follows ``</html>``.
_UNPROVEN = 512
_INSIDE_A_LETTER = bytes(range(0x80, 0xC0))


class _Reader(threading.local):
    """lxml's parser, one for each thread: what it says of a page is asked for afterwards."""

    def __init__(self) -> None:
        # Making a parser takes 4 % of the time of reading; 2 % go into keeping an index of ids,
        # by which nobody asks for an element.
        self.parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
        )


_READER = _Reader()


@dataclass(frozen=True)
class Page:
    """HTML with its address and time, before any meaning."""

    url: str | None
    source: bytes = field(repr=False)
    """What was received, in UTF-8."""
    fetched_at: str | None = None
    flags: tuple[str, ...] = ()
    """What decoding met: ``encoding:windows-1258``, ``text:mojibake`` …"""
    root: etree._Element | None = field(default=None, repr=False, compare=False)
    """What lxml made of it, if it was asked already."""

    @classmethod
    def from_bytes(
        cls,
        body: bytes,
        url: str | None = None,
        content_type: str | None = None,
        fetched_at: str | None = None,
    ) -> Page:
        """The page in *body*; DamagedPage or TooLarge if the bytes are no page."""
        where = url or "the page"
        if len(body) > MAX_BYTES:
            raise TooLarge(
                f"{where} has {len(body):,} bytes; no article page has more than {MAX_BYTES:,}"
            )
        if not body[:64].strip(_BLANK) and not body.strip(_BLANK):
            raise DamagedPage(f"{where} is empty")
        root = None
        if decoding.is_plain(body) and decoding.holds_markup(body):
            root, is_utf8 = _read_undecoded(body)
            if is_utf8:
                return cls(url, body, fetched_at, (), root)
        source, flags = decoding.to_utf8(body, content_type, where)
        if not decoding.holds_markup(source):
            raise DamagedPage(f"{where} holds no markup")
        return cls(url, source, fetched_at, tuple(flags), root if source is body else None)

    @classmethod
    def from_text(cls, html: str, url: str | None = None, fetched_at: str | None = None) -> Page:
        """The page in already decoded text."""
        return cls.from_bytes(html.encode("utf-8", "replace"), url, None, fetched_at)

    @once
    def html(self) -> str:
        """The page as text."""
        return self.source.decode("utf-8", "replace")

    @once
    def tree(self) -> etree._Element:
        """The page as lxml reads it; as BeautifulSoup does where lxml's tree is useless."""
        root = self.root if self.root is not None else _parse(self.source, self.url)[0]
        body = next(root.iterchildren("body"), None) if root is not None else None
        # A whole page of which the reader kept next to nothing.
        if body is None or (len(self.source) > 2000 and len(body) == 0):
            soup = BeautifulSoup(self.html, "html.parser")
            root, _ = _parse(str(soup).encode("utf-8", "replace"), self.url)
        if root is None:
            raise DamagedPage(f"{self.url or 'the page'} holds no element")
        return root

    @once
    def is_cut_off(self) -> bool:
        """Whether the bytes stop before the page does: no closing tag of the document near the
        end.

        ``</html>`` straight after ``<html …>`` (SEEN on a sister paper) says nothing.
        """
        last = self.source[-2048:]
        if last.rstrip().endswith(b"</html>"):
            return False
        last = last.lower()
        if b"</html" in last or b"</body" in last:
            return False
        return not any(mark.end() * 2 > len(self.source) for mark in _CLOSING.finditer(self.source))


def _read_undecoded(body: bytes) -> tuple[etree._Element | None, bool]:
    """What lxml makes of *body* as it stands, and whether that proves it to be UTF-8."""
    try:
        root, errors = _parse(body, None)
    except DamagedPage:  # to be told of the page that decoding makes of it
        return None, False
    if not _READER_PROVES_UTF8 or len(errors) >= _MAX_ERRORS:
        return root, False
    try:
        utf_8_decode(body[: max(_UNPROVEN, body.find(b">"))], "strict", False)
        utf_8_decode(body[-_UNPROVEN:].lstrip(_INSIDE_A_LETTER), "strict", True)
    except UnicodeDecodeError:
        return root, False
    return root, _NO_UTF8 not in [error.type for error in errors]


def _parse(source: bytes, url: str | None) -> tuple[etree._Element | None, etree._ListErrorLog]:
    where = url or "the page"
    # The reader stops at the first </html>, and a sister paper writes one right after <html …>.
    if _closes_early(source, b"</html") or (
        b"</html" not in source[-_END:] and _closes_early(source, b"</HTML")
    ):
        source = _CLOSING.sub(b"", source)
    parser = _READER.parser
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedPage(f"{where} cannot be parsed: {error}") from error
    errors = parser.error_log
    last = errors.last_error  # the reader stops at a limit, so nothing follows it
    if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":
        raise DamagedPage(f"{where} is nested beyond reading: {last.message}")
    return root, errors


def _closes_early(source: bytes, mark: bytes) -> bool:
    """Whether the document is closed well before its end."""
    # Backwards, because bytes are searched faster so: 14 µs on a page instead of 25.
    return source.rfind(mark, 0, max(len(source) - _END + len(mark) - 1, 0)) >= 0
