"""Numbers in other people's text: headers, addresses, file names."""

from __future__ import annotations

#: No length, status or count that is meant has more digits; Python refuses to read 4,301.
MAX_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number that *text* is, white space about it aside; None if it is none.

    `str.isdigit` is no guard before `int`: it is true of ``²``, which `int` refuses.

    >>> whole_number(" 42 "), whole_number("²"), whole_number("9" * 6000)
    (42, None, None)
    """
    text = text.strip()
    return int(text) if len(text) <= MAX_DIGITS and text.isascii() and text.isdigit() else None
