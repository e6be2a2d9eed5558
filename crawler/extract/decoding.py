"""Bytes into UTF-8: the only place that knows other encodings of bytes (`legacy` knows fonts).

UTF-8 that is valid is UTF-8, whatever the header or the meta element says: random bytes of another
encoding are never valid UTF-8 by chance, while servers misstate their charset every day. Only
doubtful bytes go to BeautifulSoup's `UnicodeDammit`.
"""

from __future__ import annotations

import re
import unicodedata

from archive.errors import DamagedPage
from crawler.extract import legacy

_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
_MARKUP = re.compile(rb"<\s*/?[a-z!]", re.I)
_MARK = b"\xef\xbb\xbf"  # the byte-order mark
# First bytes of files that are not pages: PNG, JPEG, GIF, PDF, ZIP, gzip, MP3, MP4, RIFF.
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
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 opens so
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


def holds_markup(source: bytes) -> bool:
    """Whether there is a tag near the beginning."""
    return _MARKUP.search(source, 0, 200_000) is not None


def to_utf8(
    body: bytes, content_type: str | None = None, where: str = "the page"
) -> tuple[bytes, list[str]]:
    """*body* in UTF-8 without NUL and byte-order mark, and the flags of its encoding.

    Raises DamagedPage if no encoding gives text; the message names the page by *where*.
    """
    if body.startswith(_BINARY) and not body.startswith(b"\x00\x00\xfe\xff"):
        raise DamagedPage(f"{where} is a binary file, not a page")
    text, flags = _decode(body, content_type, where)
    source = text.encode("utf-8", "replace") if flags or body.startswith(_MARK) else body
    if _holds_doubled(source):
        repaired = _undouble(text)
        if repaired is None:
            flags.append("text:mojibake")
        elif repaired != text:
            source = repaired.encode("utf-8", "replace")
            flags.append("text:mojibake-repaired")
    return source, flags


def _decode(body: bytes, content_type: str | None, where: str) -> tuple[str, list[str]]:
    if body.startswith(_WIDE):
        try:
            return body.decode("utf-16").replace("\0", ""), ["encoding:utf-16"]
        except UnicodeDecodeError as error:
            raise DamagedPage(f"{where} begins as UTF-16 and is not: {error}") from error
    try:
        text = body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        if body.count(b"\0") > len(body) // 100:
            raise DamagedPage(f"{where} is a binary file, not a page") from None
        return _decode_doubtful(body.replace(b"\0", b""), content_type, where)
    if b"\0" not in body:  # a text of two bytes a letter is full of them
        return text, []
    if text.count("\0") > len(text) // 100:
        raise DamagedPage(f"{where} is a binary file, not a page")
    return text.replace("\0", ""), ["text:nul"]


def _decode_doubtful(body: bytes, content_type: str | None, where: str) -> tuple[str, list[str]]:
    """Bytes that are not UTF-8: the declared encoding, then the guess, whichever reads as
    Vietnamese.
    """
    from bs4.dammit import UnicodeDammit  # few pages need it, and it takes its time

    mended = UnicodeDammit.detwingle(body) if _mostly_utf8(body) else body
    try:
        return mended.decode("utf-8-sig"), ["encoding:mixed"]
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(body):
        # Unreadable bytes are marked; extract refuses the page if the mark is in the article.
        return body.decode("utf-8-sig", "replace"), ["encoding:mixed", "text:undecodable"]
    western = body.decode("windows-1252", "replace")
    if legacy.encoding_of(western):  # its letters are put right in the tree, block by block
        return western, ["encoding:windows-1252"]
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
            raise DamagedPage(f"{where} is in no encoding that gives text")
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
