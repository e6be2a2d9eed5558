"""Pages in the wrong bytes: legacy Vietnamese encoding, decomposed letters, headers that lie."""

from __future__ import annotations

import unicodedata

#: windows-1258 has the vowels with their own marks and the five tones as combining letters.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def to_windows_1258(text: str) -> bytes:
    """*text* as an editor of the 2000s saved it; what the code page lacks becomes a reference.

    >>> to_windows_1258("Đồng Tháp").decode("cp1258") == unicodedata.normalize("NFD", "Đồng Tháp")
    False
    >>> unicodedata.normalize("NFC", to_windows_1258("Đồng Tháp").decode("cp1258"))
    'Đồng Tháp'
    """
    return "".join(map(_parted, text)).encode("cp1258", "xmlcharrefreplace")


def _parted(letter: str) -> str:
    """A letter as its base (with breve, circumflex or horn) and its tone."""
    if letter.isascii():
        return letter
    decomposed = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    base = unicodedata.normalize("NFC", "".join(m for m in decomposed if m not in _TONES))
    return base + tones if tones else letter


def decomposed(text: str) -> str:
    """*text* as some systems type it: every mark a letter of its own."""
    return unicodedata.normalize("NFD", text)
