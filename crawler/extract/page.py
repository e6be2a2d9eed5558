"""A page: bytes made readable, once, before any meaning.

lxml reads it; BeautifulSoup is the second reader, for a page that lxml cannot read. Other encodings
than UTF-8 are decoded first (`crawler.extract.decoding`).
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from archive.errors import DamagedPage, TooLarge
from crawler.extract import decoding, nesting
from crawler.site.paper import DONGTHAP, Paper

#: Article pages are 40-80 KB; the longest photo essays stay below 1 MB.
MAX_BYTES = 8_000_000

#: The reader compares each attribute of a tag with all before it: 80,000 took half a minute.
MAX_ATTRIBUTES = 5_000
#: A shorter page has no room for a tag that takes longer than a second.
_ROOM_FOR_ATTRIBUTES = 100_000
_QUOTED = re.compile(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_TAG = re.compile(rb"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")

_BLANK = b" \t\r\n\x0b\x0c\x00"
_CLOSING = re.compile(rb"</(?:html|body)\s*>", re.I)
_CLOSING_HTML = re.compile(rb"</html", re.I)
#: Bytes that may follow the last closing tag: counters' scripts and comments.
_END = 400


class _Reader(threading.local):
    """lxml's parser, one for each thread, because its error log is read after the page."""

    def __init__(self) -> None:
        # Making a parser takes 4 % of the time of reading; 2 % go into keeping an index of ids,
        # which is not used.
        self.parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
        )
        self.of_deep_pages = etree.HTMLParser(
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            huge_tree=True,
        )


_READER = _Reader()


@dataclass(frozen=True)
class Page:
    """HTML with its address and time, before any meaning."""

    url: str | None
    body: bytes = field(repr=False)
    """The body as received."""
    content_type: str | None = None
    fetched_at: str | None = None
    paper: Paper = DONGTHAP
    """The newspaper that the page is read as a page of."""

    @classmethod
    def from_bytes(
        cls,
        body: bytes,
        url: str | None = None,
        content_type: str | None = None,
        fetched_at: str | None = None,
        paper: Paper = DONGTHAP,
    ) -> Page:
        """The page in *body*; TooLarge, or DamagedPage if there is nothing in it.

        Bytes that no encoding reads are reported when the page is read.
        """
        where = url or "the page"
        if len(body) > MAX_BYTES:
            raise TooLarge(
                f"{where} has {len(body):,} bytes; no article page has more than {MAX_BYTES:,}"
            )
        if not body[:64].strip(_BLANK) and not body.strip(_BLANK):
            raise DamagedPage(f"{where} is empty")
        return cls(url, body, content_type, fetched_at, paper)

    @classmethod
    def from_text(
        cls,
        html: str,
        url: str | None = None,
        fetched_at: str | None = None,
        paper: Paper = DONGTHAP,
    ) -> Page:
        """The page in already decoded text."""
        return cls.from_bytes(html.encode("utf-8", "replace"), url, None, fetched_at, paper)

    @cached_property
    def _decoded(self) -> tuple[bytes, tuple[str, ...]]:
        where = self.url or "the page"
        source, flags = decoding.to_utf8(self.body, self.content_type, where)
        if not decoding.holds_markup(source):
            raise DamagedPage(f"{where} holds no markup")
        return source, tuple(flags)

    @property
    def source(self) -> bytes:
        """The body in UTF-8; raises DamagedPage if no encoding gives text."""
        return self._decoded[0]

    @property
    def flags(self) -> tuple[str, ...]:
        """Flags of the decoding: ``encoding:windows-1258``, ``text:mojibake`` …"""
        return self._decoded[1]

    @cached_property
    def html(self) -> str:
        """The page as text."""
        return self.source.decode("utf-8", "replace")

    @cached_property
    def tree(self) -> etree._Element:
        """The page as lxml reads it; as BeautifulSoup does where lxml's tree is useless."""
        source = self.source
        _refuse_endless_tags(source, self.url)
        # The reader stops at the first </html>; a sister paper writes one right after <html …>.
        if _CLOSING_HTML.search(source, 0, max(len(source) - _END, 0) + 5):
            source = _CLOSING.sub(b"", source)
        root = _parse(source, self.url)
        body = body_of(root)
        # A long page whose tree is all but empty.
        if body is None or (len(source) > 2000 and len(body) == 0):
            root = _parse(_read_again(self.html, self.url), self.url)
        return root

    @cached_property
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


def body_of(root: etree._Element) -> etree._Element | None:
    """The page's body, which libxml2 makes of all that is not its head; None without one."""
    for element in root:
        if element.tag == "body":
            return element
    return None


def _refuse_endless_tags(source: bytes, url: str | None) -> None:
    """Raise DamagedPage for a tag with too many attributes to parse in time."""
    if len(source) < _ROOM_FOR_ATTRIBUTES:
        return  # as nearly all pages; looking at each tag takes a tenth of the time of parsing
    for tag in _TAG.finditer(source):
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:
            # What stands in quotes is one value: an article's text, a whole page's data.
            names = _QUOTED.sub(b"= ", tag[0])
            count = max(names.count(b"="), len(names.split()) - 1)
            if count > MAX_ATTRIBUTES:
                raise DamagedPage(
                    f"{url or 'the page'} has a tag of {count:,} attributes; at most"
                    f" {MAX_ATTRIBUTES:,} are read"
                )


def _parse(source: bytes, url: str | None) -> etree._Element:
    """*source* parsed by lxml; raises DamagedPage if that fails."""
    where = url or "the page"
    root, is_whole = _parse_with(_READER.parser, source, where)
    if not is_whole:
        # One page in many thousands: read to a greater depth, then made shallow for our own walks.
        root, is_whole = _parse_with(_READER.of_deep_pages, source, where)
        if not is_whole or root is None or not nesting.flatten(root):
            raise DamagedPage(
                f"{where} is nested beyond reading: more than {nesting.MAX_DEPTH} levels of"
                f" elements that are not mere wrappers, or more than {nesting.DEEPEST} of any kind"
            )
    if root is None:
        raise DamagedPage(f"{where} holds no element")
    return root


def _parse_with(
    parser: etree.HTMLParser, source: bytes, where: str
) -> tuple[etree._Element | None, bool]:
    """*source* parsed by *parser*, and whether the parser came to its end."""
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedPage(f"{where} cannot be parsed: {error}") from error
    last = parser.error_log.last_error  # the reader stops at a limit, so nothing follows it
    return root, last is None or last.type_name != "ERR_RESOURCE_LIMIT"


def _read_again(html: str, url: str | None) -> bytes:
    """*html* as BeautifulSoup mends it; DamagedPage if it cannot."""
    # Not every command that reads pages waits for what one page in thousands needs.
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    try:
        soup = BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup as error:  # "<![CDATAK<" (the fuzzer's)
        cause = str(error).rsplit("\n", 1)[-1].strip()
        raise DamagedPage(f"{url or 'the page'} cannot be parsed: {cause}") from error
    return str(soup).encode("utf-8", "replace")
