"""Numbers in text: read from headers, addresses and file names, and written with a noun."""

from __future__ import annotations

#: No real length, status or count has more digits; Python refuses to read 4,301 digits.
MAX_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number that *text* is, apart from white space around it; None if it is not one.

    `str.isdigit` does not protect `int`: it is true of ``²``, which `int` refuses.

    >>> whole_number(" 42 "), whole_number("²"), whole_number("9" * 6000)
    (42, None, None)
    """
    text = text.strip()
    return int(text) if len(text) <= MAX_DIGITS and text.isascii() and text.isdigit() else None


def counted(number: int, one: str, many: str = "") -> str:
    """*number* with its noun; *many* is the plural where it does not end in s.

    >>> counted(1, "article"), counted(1234, "article"), counted(2, "article has", "articles have")
    ('1 article', '1,234 articles', '2 articles have')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
