"""A shape for addresses that fit none of the paper's, as its definition file would state it. Pure.

The proposal is a draft for the operator: whether the numbers go on from those of an older CMS, only
the paper's pages can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from crawler.site.paper import Paper
from crawler.site.shapes import compiled

#: Samples without which nothing is proposed.
ENOUGH = 3
#: No paper has longer addresses; the patterns below take time on longer ones.
LONGEST = 2000

_ENDING = re.compile(r"(?:\.[a-z]{3,5})?\Z")
#: The number behind the headline's words, or before them.
_LAST_PARTS = (
    (re.compile(r"(?P<slug>.*[^\W\d_].*?)(?P<before>[-_.]+[a-z]{0,8})(?P<id>\d{3,20})"), "id"),
    (re.compile(r"(?P<slug>.*[^\W\d_].*?)(?P<before>-)(?P<id>(?=[a-f]*\d)[0-9a-f]{6,40})"), "hex"),
)
_NUMBER_FIRST = re.compile(r"(?P<before>[a-z]{0,8})(?P<id>\d{3,20})(?P<after>[-_.])(?P<slug>.+)")
_FOLDERS = (
    ("month", re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")),
    ("year", re.compile(r"(?:19|20)\d\d")),
    ("day", re.compile(r"\d{1,2}")),
    ("id", re.compile(r"\d{3,20}")),
    ("section", re.compile(r"[a-z0-9][a-z0-9-]*")),
)


def propose(urls: Sequence[str], paper: Paper) -> str | None:
    """The line for ``shapes`` of a definition file that fits all *urls*; None if none does.

    >>> from crawler.site.paper import DONGTHAP
    >>> propose([f"https://x.vn/xa-hoi/lua-chin-vang-{n}.html" for n in (701, 702, 703)], DONGTHAP)
    '{ article = "/{section}/{slug}-{id}.html", key = "d{id}" }'
    """
    paths = [unquote(urlsplit(url).path).lower().rstrip("/") for url in urls]
    parts = [path.split("/")[1:] for path in dict.fromkeys(paths)]
    if max(map(len, paths), default=0) > LONGEST:
        return None
    if len(parts) < ENOUGH or len({len(part) for part in parts}) > 1:
        return None
    last = _last_part([part[-1] for part in parts])
    if last is None:
        return None
    used = set(re.findall(r"\{(\w+)\}", last))
    folders = [_folder(values, used, paper) for values in list(zip(*parts))[:-1]]
    template = "/" + "/".join([*folders, last])
    if not used & {"id", "hex"}:
        return None
    pattern = compiled(template, "article")
    found = [pattern.fullmatch("/" + "/".join(part)) for part in parts]
    if not all(found) or len({one["id"] for one in found if one}) < len(parts):
        return None
    return f'{{ article = "{template}", key = "{_new_key(paper)}" }}'


def _new_key(paper: Paper) -> str:
    """A key that no shape of the paper has: by the letters after that of the last generation."""
    keys = {shape.key for generation in paper.generations for shape in generation.shapes}
    after = range(ord(paper.letters[-1]) + 1, ord("Z") + 1)
    free = (f"{chr(number).lower()}{{id}}" for number in after)
    return next((key for key in free if key not in keys), "new-{id}")


def _last_part(values: list[str]) -> str | None:
    """The template of the last part of the path; None if *values* have none in common."""
    ending = _common(_ENDING.search(value)[0] for value in values)  # type: ignore[index]
    if ending is None:
        return None
    stems = [value[: len(value) - len(ending)] for value in values]
    for pattern, name in _LAST_PARTS:
        found = [pattern.fullmatch(stem) for stem in stems]
        if all(found) and (before := _common(one["before"] for one in found if one)):
            # Hyphens that end the slug are any number of hyphens in a template.
            return f"{{slug}}{re.sub('^-+', '-', before)}{{{name}}}{ending}"
    found = [_NUMBER_FIRST.fullmatch(stem) for stem in stems]
    if all(found):
        before = _common(one["before"] for one in found if one)
        after = _common(one["after"] for one in found if one)
        if before is not None and after:
            return f"{before}{{id}}{after}{{slug}}{ending}"
    return f"{{slug}}{ending}"


def _folder(values: Sequence[str], used: set[str], paper: Paper) -> str:
    """The template of a folder that the addresses have at one place; notes it in *used*."""
    same = len(set(values)) == 1
    for name, pattern in _FOLDERS:
        if not all(map(pattern.fullmatch, values)) or (name in used and name != "day"):
            continue
        if name in ("section", "id") and same and not paper.section_slugs & {*values}:
            break  # a word that all have: /bai-viet/
        used.add(name)
        return f"{{{name}}}"
    return values[0] if same else "{folder}"


def _common(values: Iterable[str]) -> str | None:
    """The one value of *values*; None if there are several."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
