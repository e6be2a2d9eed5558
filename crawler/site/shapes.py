"""The shapes of a paper's addresses: templates of its definition file, made into patterns. Pure.

A template is the path of an address, with a placeholder for each part that differs:

=============  =====================================================================
``{slug}``     the headline's words: ``bat-giu-nhieu-vu``
``{id}``       the article's number, in digits
``{hex}``      the same, in the digits 0-9 and a-f
``{section}``  the section's slug: ``xa-hoi``
``{folder}``   any folder: ``xem-video``
``{month}``    six digits: ``202510``
``{year}``     four digits; ``{day}``: one or two, of a day or a month
``{n}``        one to three digits: the number of a list
``{page}``     the page number of a list
``[…]``        may be missing; ``[…]*``: may be missing or repeated
=============  =====================================================================

``/{section}/{month}/{slug}-{id}`` is ``/ban-doc/202510/don-doc-bao-so-ra-ngay-22-10-1050912``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

#: Placeholder → the pattern of a path's part. The slug ends before the last hyphens: if it might
#: end before any of a thousand, a search for a number after them would take the square of the time.
PLACEHOLDERS = {
    "slug": r"[^/]*?",
    "id": r"[0-9]{1,20}",
    "hex": r"[0-9a-f]{1,40}",
    "section": r"[a-z0-9][a-z0-9-]*",
    "folder": r"[a-z0-9-]+",
    "month": r"[0-9]{6}",
    "year": r"[0-9]{4}",
    "day": r"[0-9]{1,2}",
    "n": r"[0-9]{1,3}",
    "page": r"[0-9]{1,6}",
}
_SLUG_AND_HYPHEN = r"(?P<slug>(?:[^/]*[^/-])?)-+"
#: A list's section may be written otherwise: ``Phap_luat``.
_NAME_OF_LIST = r"[^/]+?"
#: The parts whose values are read.
_READ = {"slug": "slug", "id": "id", "hex": "id", "section": "section", "page": "page"}
_TOKEN = re.compile(r"\{(?P<name>\w*)\}(?P<hyphen>-?)|(?P<bracket>\[|\]\*?)|(?P<text>[^{}\[\]]+)")

_OPTIONAL = re.compile(r"\[[^\[\]]*\]\*?")
_SLUG_IN_MARKUP = r"[^\"'<>\s/]{1,300}"

#: A number's digits after this many in hex are not a number that Python should convert.
_LONGEST_HEX = 20


class BadTemplate(ValueError):
    """A template that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of an address: a pattern of the whole path, and how its groups are read."""

    kind: Literal["article", "list"]
    template: str
    pattern: re.Pattern[str]
    """Groups of an article: ``id``, ``slug``, perhaps ``section``; of a list: ``section``, perhaps
    ``page``."""
    endings: tuple[str, ...]
    """What a path of this shape ends in, in lower case; ``""`` for anything."""
    key: str = "{id}"
    """The article's key after the paper's code, with ``{id}`` and ``{section}`` to be filled in."""
    site_id: str = "{id}"
    hex_prefix: str = ""
    """The number is hex for the decimal digits of this prefix followed by the article's id."""
    sections: frozenset[str] = frozenset()
    """The only sections that have addresses of this shape; empty: all."""
    page: str = ""
    """The parameter of a list's query that holds its page number."""
    needs: str = ""
    """The parameter that a list's query must have; it stays in the canonical address."""

    def number(self, text: str) -> str | None:
        """The article's id in an address that says *text*; None if it is not one.

        The id follows the prefix in *decimal digits*, so the digits are removed; subtracting a
        constant would be wrong, because the number of zeros varies with the length of the id.
        """
        if not self.hex_prefix:
            return text.lower()
        if len(text) > _LONGEST_HEX:  # Python converts no number of thousands of digits
            return None
        digits = str(int(text, 16))
        return digits.removeprefix(self.hex_prefix) if digits.startswith(self.hex_prefix) else None


def compiled(template: str, kind: str) -> re.Pattern[str]:
    """The pattern of the whole path that *template* describes; raises BadTemplate.

    >>> bool(compiled("/[{section}/]{slug}-{id}.aspx", "article").fullmatch("/x/bat-giu-5.aspx"))
    True
    """
    if not template.startswith("/"):
        raise BadTemplate(f"{template!r} does not begin with /")
    found, seen, depth = [], set(), 0
    for token in _tokens(template):
        if name := token["name"]:
            group, pattern = _READ.get(name), PLACEHOLDERS[name]
            if kind == "list" and name == "section":
                pattern = _NAME_OF_LIST
            if group is None or (kind == "list" and group in ("id", "slug")):
                found.append(pattern)
            elif group in seen:
                raise BadTemplate(f"{template!r} has two placeholders for the {group}")
            else:
                seen.add(group)
                hyphened = name == "slug" and token["hyphen"]
                found.append(_SLUG_AND_HYPHEN if hyphened else f"(?P<{group}>{pattern})")
                if hyphened:
                    continue
            found.append(token["hyphen"])
        elif bracket := token["bracket"]:
            depth += 1 if bracket == "[" else -1
            if depth not in (0, 1):
                raise BadTemplate(f"{template!r} has brackets inside brackets, or one too many")
            found.append({"[": "(?:", "]": ")?", "]*": ")*"}[bracket])
        else:
            found.append(re.escape(token["text"]))
    if depth:
        raise BadTemplate(f"{template!r} has a bracket that is not closed")
    wanted = {"id"} if kind == "article" else {"section"}
    if missing := wanted - seen:
        ways = "{id} or {hex}" if missing == {"id"} else "{section}"
        raise BadTemplate(f"{template!r} has no {ways}")
    return re.compile("".join(found), re.I)


def endings(template: str) -> tuple[str, ...]:
    """What every path of *template* ends in, in lower case.

    >>> endings("/{slug}-a{id}.htm[l]"), endings("/{section}/{slug}-{id}")
    (('.htm', '.html'), ('',))
    """
    head, bracket, option = template.rpartition("}")[2].lower().partition("[")
    if bracket and option.endswith("]"):
        return head, head + option[:-1]
    return ("" if "]" in head else head,)


def in_markup(template: str) -> str:
    """A pattern of article addresses of *template* in the source of a page.

    >>> found = re.search(in_markup("/[{section}/]{slug}-{id}.htm[l]"), 'href="/x/mua-lu-5.html"')
    >>> found[0]
    '/mua-lu-5.htm'
    """
    found = ""
    for token in _tokens(_OPTIONAL.sub("", template)):
        name = token["name"]
        found += _SLUG_IN_MARKUP if name == "slug" else PLACEHOLDERS[name] if name else ""
        found += token["hyphen"] or re.escape(token["text"] or "")
    return found


def _tokens(template: str) -> list[re.Match[str]]:
    found = list(_TOKEN.finditer(template))
    if "".join(token[0] for token in found) != template:
        raise BadTemplate(f"{template!r} has a brace without its partner")
    for token in found:
        if token["text"] is None and token["bracket"] is None and token["name"] not in PLACEHOLDERS:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise BadTemplate(f"{template!r} has a placeholder {token[0]}; there are {known}")
    return found
