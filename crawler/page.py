"""A page: bytes made readable, once, before any meaning. Decoding lives here and nowhere else.

UTF-8 that is valid is UTF-8, whatever the header or the meta element says: random bytes of another
encoding are never valid UTF-8 by chance, while servers misstate their charset every day. Only
doubtful bytes go to BeautifulSoup's `UnicodeDammit`, and BeautifulSoup is also the second reader
for a page of which lxml makes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.dammit import UnicodeDammit
from lxml import etree

from archive.errors import DamagedPage, TooLarge

#: Article pages are 40-80 KB; the longest photo essays stay below 1 MB.
MAX_BYTES = 8_000_000

_BLANK = b" \t\r\n\x0b\x0c\x00"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META_BLANK = b" \t\r\n\x0b\x0c\x00"
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CLOSING = re.compile(rb"</(?:html|body)\s*>", re.I)
#: What may follow the last closing tag: counters' scripts and comments.
_END = 400
_MARKUP = re.compile(rb"<\s*/?[a-z!]", re.I)
# Signatures of files that are no page: PNG, JPEG, GIF, PDF, ZIP, gzip, MP3, MP4, RIFF.
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"ID3",
    b"RIFF",
    b"\x00\x00\x00",
)
# Vietnamese words that no other reading of the same bytes can give.
_COMMON = re.compile(
    r"\b(?:của|và|các|được|người|tỉnh|những|trong|không|Đồng Tháp|với|đã|là|để|này|ngày)\b"
)
# "áº" and "á»" are UTF-8 read as Windows-1252 and written as UTF-8 again; every line of
# Vietnamese so treated holds one of them, and no Vietnamese word does.
_DOUBLED = ("áº", "á»")
_DOUBLED_BYTES = re.compile(rb"\xc3\xa1\xc2[\xba\xbb]")
_PROOF = 5
_CP1252 = {
    char: byte for byte in range(128, 256) for char in [bytes([byte]).decode("cp1252", "replace")]
}
_CP1252.pop("\ufffd", None)
_CP1252.update({chr(byte): byte for byte in range(128, 160)})
_LETTERS_TWICE = re.compile(
    "[" + re.escape("".join(sorted({*_CP1252, *map(chr, range(160, 256))}))) + "]{2,}"
)

_PARSER_OPTIONS = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True}


@dataclass(frozen=True)
class Page:
    """Decoded HTML with its address and time, before any meaning."""

    url: str | None
    html: str
    fetched_at: str | None = None
    flags: tuple[str, ...] = ()
    """What decoding met: ``encoding:windows-1258``, ``text:mojibake`` …"""
    source: bytes = field(default=b"", repr=False)
    """The same text in UTF-8: what the reader parses and searches."""

    @classmethod
    def from_bytes(
        cls,
        body: bytes,
        url: str | None = None,
        content_type: str | None = None,
        fetched_at: str | None = None,
    ) -> Page:
        """The page in *body*; DamagedPage or TooLarge if the bytes are no page."""
        if len(body) > MAX_BYTES:
            raise TooLarge(
                f"{_name(url)} has {len(body):,} bytes; no article page has more than {MAX_BYTES:,}"
            )
        if not body[:4096].strip(_BLANK) and not body.strip(_BLANK):
            raise DamagedPage(f"{_name(url)} is empty")
        text, flags = _decode(body, content_type, url)
        clean = not flags and not body.startswith(b"\xef\xbb\xbf")
        source = body if clean else text.encode("utf-8", "replace")
        if _holds_doubled(source):
            repaired = _undouble(text)
            if repaired is None:
                flags = [*flags, "text:mojibake"]
            elif repaired != text:
                text, source = repaired, repaired.encode("utf-8", "replace")
                flags = [*flags, "text:mojibake-repaired"]
        if _MARKUP.search(source, 0, 200_000) is None:
            raise DamagedPage(f"{_name(url)} holds no markup")
        return cls(url, text, fetched_at, tuple(flags), source)

    @classmethod
    def from_text(cls, html: str, url: str | None = None, fetched_at: str | None = None) -> Page:
        """The page in already decoded text."""
        return cls.from_bytes(html.encode("utf-8", "replace"), url, None, fetched_at)

    @cached_property
    def tree(self) -> etree._Element:
        """The page as lxml reads it; as BeautifulSoup does where lxml's tree is useless."""
        root = _parse(self.source, self.url)
        body = root.find("body") if root is not None else None
        # A whole page of which the reader kept next to nothing.
        if body is None or (len(self.source) > 2000 and len(body) == 0):
            soup = BeautifulSoup(self.html, "html.parser")
            root = _parse(str(soup).encode("utf-8", "replace"), self.url)
        if root is None:
            raise DamagedPage(f"{_name(self.url)} holds no element")
        return root

    @cached_property
    def is_cut_off(self) -> bool:
        """Whether the bytes stop before the page does: no closing tag of the document near the
        end.

        ``</html>`` straight after ``<html …>`` (SEEN on a sister paper) says nothing.
        """
        last = self.source[-2048:].lower()
        if b"</html" in last or b"</body" in last:
            return False
        return not any(mark.end() * 2 > len(self.source) for mark in _CLOSING.finditer(self.source))


def _name(url: str | None) -> str:
    return url or "the page"


def _parse(source: bytes, url: str | None) -> etree._Element | None:
    # The reader stops at the first </html>, and a sister paper writes one right after <html …>.
    if _closes_early(source, b"</html") or (
        b"</html" not in source[-_END:] and _closes_early(source, b"</HTML")
    ):
        source = _CLOSING.sub(b"", source)
    parser = etree.HTMLParser(**_PARSER_OPTIONS)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedPage(f"{_name(url)} cannot be parsed: {error}") from error
    last = parser.error_log.last_error  # the reader stops at a limit, so nothing follows it
    if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":
        raise DamagedPage(f"{_name(url)} is nested beyond reading: {last.message}")
    return root


def _closes_early(source: bytes, mark: bytes) -> bool:
    """Whether the document is closed well before its end."""
    # Backwards, because bytes are searched faster so: 14 µs on a page instead of 25.
    return source.rfind(mark, 0, max(len(source) - _END + len(mark) - 1, 0)) >= 0


def _decode(body: bytes, content_type: str | None, url: str | None) -> tuple[str, list[str]]:
    """The text, and what was odd about it."""
    if body.startswith(_BINARY) and not body.startswith(b"\x00\x00\xfe\xff"):
        raise DamagedPage(f"{_name(url)} is a binary file, not a page")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return body.decode("utf-16").replace("\0", ""), ["encoding:utf-16"]
        except UnicodeDecodeError as error:
            raise DamagedPage(f"{_name(url)} begins as UTF-16 and is not: {error}") from error
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None:
        text = text.removeprefix("\ufeff")
        if b"\0" in body:
            if text.count("\0") > len(text) // 100:
                raise DamagedPage(f"{_name(url)} is a binary file, not a page")
            return text.replace("\0", ""), ["text:nul"]
        return text, []
    if body.count(b"\0") > len(body) // 100:
        raise DamagedPage(f"{_name(url)} is a binary file, not a page")
    return _decode_doubtful(body.replace(b"\0", b""), content_type, url)


def _decode_doubtful(
    body: bytes, content_type: str | None, url: str | None
) -> tuple[str, list[str]]:
    """Bytes that are not UTF-8: the declared encoding, then the guess, whichever reads as
    Vietnamese.
    """
    mended = UnicodeDammit.detwingle(body) if _mostly_utf8(body) else body
    try:
        return mended.decode("utf-8-sig"), ["encoding:mixed"]
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(body):
        # What cannot be read is marked; extract refuses the page if the mark is inside the article.
        return body.decode("utf-8-sig", "replace"), ["encoding:mixed", "text:undecodable"]
    declared = [found[1] for found in [_CHARSET.search(content_type or "")] if found]
    declared += [
        found.decode("ascii", "replace") for found in _META_CHARSET.findall(body[:4096])[:2]
    ]
    best: tuple[int, str, str] | None = None
    for encoding in dict.fromkeys([*declared, "windows-1258", "windows-1252"]):
        try:
            text = body.decode(encoding)
        except (UnicodeError, LookupError):  # the codec "undefined" raises the plain one
            continue
        score = len(_COMMON.findall(unicodedata.normalize("NFC", text)))
        if best is None or score > best[0]:
            best = (score, encoding.lower(), text)
    if best is None or best[0] == 0:
        dammit = UnicodeDammit(body, declared, is_html=True)
        if dammit.unicode_markup and _COMMON.search(dammit.unicode_markup):
            return dammit.unicode_markup, [f"encoding:{dammit.original_encoding}"]
        if best is None or _MARKUP.search(body[:20_000]) is None:
            raise DamagedPage(f"{_name(url)} is in no encoding that gives text")
        return best[2], [f"encoding:{best[1]}", "text:undecodable"]
    return best[2], [f"encoding:{best[1]}"]


def _mostly_utf8(body: bytes) -> bool:
    """Whether nearly all of the bytes above ASCII read as UTF-8."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good > 4 * bad


def _holds_doubled(source: bytes) -> bool:
    """Whether one of the doubled signs is in *source*."""
    # Sound UTF-8 has the third byte in no letter of Vietnamese, only in "»", "º" and the hard
    # space. Going from one to the next takes 3 µs on a page; the pattern, 17; `in` with text, 70.
    at = -1
    for _ in range(40):
        at = source.find(b"\xc2", at + 1)
        if at < 0:
            return False
        if source.startswith((b"\xba", b"\xbb"), at + 1) and source.endswith(b"\xc3\xa1", 0, at):
            return True
    return _DOUBLED_BYTES.search(source, at - 2) is not None


def _undouble(text: str) -> str | None:
    """*text* with doubly encoded UTF-8 undone where that can be proven; None where it cannot.

    Proof: every run of the letters in question is a whole sequence of UTF-8 bytes, and what comes
    out is no longer doubled. A page may hold good text beside it, so runs are mended one by one.
    """
    broken = repaired = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal broken, repaired
        run = found[0]
        data = bytes(_CP1252.get(char, ord(char) & 0xFF) for char in run)
        try:
            mended = data.decode("utf-8")
        except UnicodeDecodeError:
            broken += any(mark in run for mark in _DOUBLED)
            return run
        repaired += 1
        return mended

    mended = _LETTERS_TWICE.sub(mend, text)
    if repaired + broken < _PROOF:  # «cá» holds the signs and is sound
        return text
    return None if broken else mended
