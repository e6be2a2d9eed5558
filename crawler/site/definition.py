"""The keys of a paper's definition file, and what each must be. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

from archive.errors import UsageError


class WrongDefinition(UsageError):
    """A definition file that cannot be used; `problems` says why, a sentence for each mistake."""

    def __init__(self, where: str, problems: list[str]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a definition file."""

    is_right: Callable[[Any], bool]
    kind: str
    """What the value must be, for messages."""
    required: bool = False


def check(
    table: Mapping[str, Any], keys: Mapping[str, Key], where: str, problems: list[str]
) -> None:
    """Add to *problems* every key of *table* that is unknown, missing or of a wrong kind."""
    for name in table:
        if name not in keys:
            near = get_close_matches(name, keys, n=1, cutoff=0.5)
            known = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(keys)}"
            problems.append(f"{where}there is no key {name!r}; {known}")
    for name, key in keys.items():
        if name not in table:
            if key.required:
                problems.append(f"{where}the key {name!r} is missing: {key.kind}")
        elif not key.is_right(table[name]):
            problems.append(f"{where}{name} = {table[name]!r} is not {key.kind}")


def tables(value: Any) -> list[Mapping[str, Any]]:
    """The tables in *value*; the rest is a problem that `check` has named."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """The texts in *value*."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_named(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


_IS_HOST = _matches(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_IS_KEY = _matches(r"[a-z0-9-]*(\{section\}-)?\{id\}")


def _are_hosts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_IS_HOST, value))


def _is_zone(value: Any) -> bool:
    if not _matches(r"[+-]\d\d:\d\d")(value):
        return False
    try:
        offset = datetime.fromisoformat(f"2026-01-01T00:00:00{value}").utcoffset()
    except ValueError:
        return False
    return offset is not None and abs(offset) <= timedelta(hours=14)


_LIST_OF_TEXTS = Key(_are_texts, 'a list of texts: ["…", "…"]')
_PATH = r"/[^\s]*"
PAPER_KEYS = {
    "name": Key(_is_text, 'the name of the paper: "Báo An Giang"', required=True),
    "code": Key(
        _matches(r"[a-z][a-z0-9]{1,7}"),
        'two to eight small letters that open its keys: "bag"',
        required=True,
    ),
    "hosts": Key(
        _are_hosts,
        'a list of host names, the one that records name first: ["baoangiang.com.vn"]',
        required=True,
    ),
    "generation": Key(
        _are_tables, "one table [[generation]] for each CMS, the oldest first", required=True
    ),
    "sections": Key(_are_named, 'a table [sections] of slugs and names: xa-hoi = "Xã hội"'),
    "time_zone": Key(_is_zone, 'a difference from UTC: "+07:00"'),
    "own_names": _LIST_OF_TEXTS,
    "page_names": _LIST_OF_TEXTS,
    "agency_marks": _LIST_OF_TEXTS,
    "placeholder_bylines": _LIST_OF_TEXTS,
    "fixed_tags": _LIST_OF_TEXTS,
    "other_folders": _LIST_OF_TEXTS,
}
GENERATION_KEYS = {
    "letter": Key(_matches(r"[A-Z]"), 'one capital letter: "C"', required=True),
    "shapes": Key(
        _are_tables,
        'a list of address shapes: [{ article = "/{slug}-a{id}.html" }]',
        required=True,
    ),
    "about": Key(_is_text, "a word on how its addresses look"),
    "lists": Key(
        lambda value: isinstance(value, list) and all(map(_matches(_PATH), value)),
        'a list of paths: ["/xa-hoi", "/kinh-te?cate=343"]',
    ),
    "print_folder": Key(_matches(r"/[a-z0-9-]+"), 'one folder: "/print"'),
}
SHAPE_KEYS = {
    "article": Key(_is_text, 'a template: "/{slug}-a{id}.html"'),
    "list": Key(_is_text, 'a template: "/{section}.html"'),
    "key": Key(_IS_KEY, 'small letters before {id}: "a{id}"'),
    "site_id": Key(_matches(r"[a-z0-9-]*\{id\}"), 'letters before {id}: "a{id}"'),
    "hex_prefix": Key(_matches(r"[0-9]+"), 'digits: "20100127"'),
    "sections": _LIST_OF_TEXTS,
    "page": Key(_matches(r"\w+"), 'the name of a parameter: "page"'),
    "needs": Key(_matches(r"\w+"), 'the name of a parameter: "cate"'),
}
