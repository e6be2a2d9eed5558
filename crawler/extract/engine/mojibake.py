"""Whether the letters of a text are sound, or lost to a wrong encoding or a broken database.

A few lost letters may be a mistake of the editor and are flagged. A text that lost many of its
marked letters is rejected. Pure.
"""

from __future__ import annotations

import re

#: The flag: a sign stands where a letter was lost.
LOST = "text:lost-letters"

#: Fewer letters say nothing of an encoding.
_ENOUGH = 120
#: In Vietnamese, every fifth letter bears a mark or is a đ; one lost in twenty is a storm.
_MOST = 0.04
#: A question mark inside a word, or before one: no sentence of Vietnamese is written so.
_QUESTION = re.compile(r"(?<![/=&?\w.]\?)(?<=[^\W\d_])\?(?=[^\W\d_])|(?<=\s)\?(?=[^\W\d_])")
_WEB = re.compile(r"(?:https?://|www\.)\S{1,500}")
#: Letters that only Vietnamese has, among those above ASCII: half of them, in any text of length.
_VIETNAMESE = re.compile("[đĐăĂơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
#: Signs that stand for letters in TCVN3 and VNI, read as Western: ``Tr­êng ®¹i häc``.
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[®©¨¸¹·µ¶¬»¾§«](?=[^\W\d_])|[®§](?=[^\W\d_])")


def what_is_wrong(text: str) -> tuple[str | None, tuple[str, ...]]:
    """(why *text* is rejected, or None; the flags of its letters).

    >>> what_is_wrong("Tỉnh ủy họp với các huyện")
    (None, ())
    """
    if "?" not in text and "\ufffd" not in text and not _is_foreign(text):
        return None, ()
    letters = len(_LETTER.findall(text))
    lost = text.count("\ufffd")
    asked = len(_QUESTION.findall(_WEB.sub(" ", text))) if "?" in text else 0
    if asked < 3 and not lost:
        asked = 0
    missing = lost + asked
    if missing > 8 and missing > _MOST * (letters + missing):
        signs = "question marks" if asked > lost else "signs for unreadable bytes"
        return f"{signs} stand for {missing} of its {letters + missing} letters", (LOST,)
    if _is_foreign(text):
        return "its letters are those of an encoding before Unicode (TCVN3, VNI)", (LOST,)
    return None, ((LOST,) if missing else ())


def _is_foreign(text: str) -> bool:
    """Whether *text* is Vietnamese in an encoding that was taken for another."""
    if _is_plainly_vietnamese(text):
        return False
    letters = len(_LETTER.findall(text))
    above = len(_ABOVE_ASCII.findall(text))
    # French has 4 marked letters in 100, a dense sentence 13; TCVN3 and VNI have 25 and more.
    if letters < _ENOUGH or above < 0.16 * letters:
        return False
    return (
        len(_VIETNAMESE.findall(text)) < 0.05 * above
        or len(_SIGN_IN_WORD.findall(text)) > 0.03 * letters
    )


def _is_plainly_vietnamese(text: str) -> bool:
    """Whether Vietnamese letters are many and Western signs few: then no closer count is needed.

    Nearly every article ends here: bytes are counted in a hundredth of the time of letters.
    """
    data = text.encode("utf-8", "replace")
    vietnamese = data.count(b"\xe1\xba") + data.count(b"\xe1\xbb")  # U+1E80 to U+1EFF
    western = data.count(b"\xc2")  # U+0080 to U+00BF, all signs of `_SIGN_IN_WORD` among them
    return vietnamese >= 0.05 * len(text) and western <= 0.03 * vietnamese
