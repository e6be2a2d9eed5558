"""A newspaper as data: its definition file, read and checked. Pure.

The files of the papers that khobao knows stand in ``crawler/site/papers``; docs/another-paper.md
explains their keys. Whatever reads an address or a page takes the paper as an argument.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import resources
from typing import Any

from archive.errors import UsageError
from archive.models import Generation as Letter
from archive.vietnamese import fold
from crawler.site.definition import (
    GENERATION_KEYS,
    PAPER_KEYS,
    SHAPE_KEYS,
    WrongDefinition,
    check,
    tables,
    texts,
)
from crawler.site.sections import COMMON_SECTIONS, OTHER_FOLDERS
from crawler.site.shapes import BadTemplate, Shape, compiled, endings, in_markup

_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Generation:
    """One CMS that the paper has had."""

    letter: Letter
    """The archive compares letters: a later letter is a newer generation."""
    about: str
    """How its article addresses look, for the data dictionary."""
    shapes: tuple[Shape, ...]
    """In the order in which they are tried."""
    lists: tuple[str, ...] = ()
    """Paths of lists, to begin with when the front page names none."""
    print_folder: str = ""
    """A folder before the path of an article, under which the same article is shown again."""


@dataclass(frozen=True, eq=False)  # compared by identity: a paper is part of the keys of caches
class Paper:
    """One newspaper, as its definition file describes it."""

    code: str
    """Opens every key: ``dto`` of ``dto:84085``."""
    name: str
    hosts: tuple[str, ...]
    """Every host that serves pages; records name the first."""
    generations: tuple[Generation, ...]
    """Oldest first."""
    sections: Mapping[str, str]
    """Slug → name."""
    own_names: tuple[str, ...]
    """The paper's name as it signs or heads a page: neither a headline nor an outlet."""
    page_names: tuple[str, ...]
    """Other names that a page prints over or beside its articles."""
    agency_marks: tuple[str, ...]
    """The marks of its own that open a text."""
    placeholder_bylines: tuple[str, ...]
    """Words of the template where no author was filled in."""
    fixed_tags: frozenset[str]
    """Tags that stand on every page, in folded letters."""
    other_folders: frozenset[str]
    """First folders of addresses that are neither sections nor articles."""
    time_zone: str = "+07:00"
    """Its days and weekdays are of this zone."""
    text: str = ""
    """The definition file."""

    @property
    def host(self) -> str:
        """The host that records name."""
        return self.hosts[0]

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"https://{self.host}/"

    @property
    def utc_offset(self) -> timedelta:
        """The distance of its time zone from UTC."""
        return datetime.strptime(self.time_zone, "%z").utcoffset() or timedelta()

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What nearly all of its addresses begin with."""
        return tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in self.hosts)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters of its generations."""
        return tuple(generation.letter for generation in self.generations)

    @cached_property
    def section_slugs(self) -> frozenset[str]:
        """Slugs of sections: its own and common ones. Such a line is not a headline."""
        return COMMON_SECTIONS | self.sections.keys()

    @cached_property
    def article_in_markup(self) -> re.Pattern[bytes]:
        """Addresses of its articles in the bytes of a page."""
        found = (
            in_markup(shape.template)
            for generation in self.generations
            for shape in generation.shapes
            if shape.kind == "article"
        )
        return re.compile("|".join(found).encode(), re.I)

    @cached_property
    def signature(self) -> re.Pattern[str]:
        """A line that is the paper's own name."""
        return _any_of(self.own_names)

    @cached_property
    def line(self) -> re.Pattern[str]:
        """A line that is part of the page and not of the article."""
        return _any_of((*self.own_names, *self.placeholder_bylines))

    @cached_property
    def heading(self) -> re.Pattern[str]:
        """A heading of every page: the name of the paper or of the front page."""
        return _any_of((*self.own_names, *self.page_names, "Trang chủ"))

    @cached_property
    def slugs(self) -> frozenset[str]:
        """Its names as slugs: ``bao-dong-thap-online``."""
        return frozenset("-".join(fold(name).split()) for name in self.own_names)

    def is_named_in(self, tag: str) -> bool:
        """Whether *tag* holds one of its names or hosts."""
        folded = fold(tag)
        names = (*map(fold, self.own_names), *self.bare_hosts)
        return any(name in folded for name in names)

    @cached_property
    def bare_hosts(self) -> tuple[str, ...]:
        """Its hosts without ``www.``."""
        return tuple(dict.fromkeys(host.removeprefix("www.") for host in self.hosts))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    parts = (r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile("|".join(parts) or r"(?!)", re.I)


# --- reading ------------------------------------------------------------------------------------


def shipped() -> list[str]:
    """The names of the definition files that come with khobao."""
    files = resources.files("crawler.site").joinpath("papers").iterdir()
    return sorted(f.name.removesuffix(_ENDING) for f in files if f.name.endswith(_ENDING))


@cache
def load(name: str) -> Paper:
    """The paper that khobao ships as *name*, or with this code; raises UsageError."""
    if name in shipped():
        return read(source(name), f"{name}{_ENDING}")
    for other in shipped():
        if load(other).code == name:
            return load(other)
    near = get_close_matches(name, shipped(), n=1)
    raise UsageError(
        f"no paper is called {name!r}"
        + (f"; did you mean {near[0]}?" if near else "")
        + f" There are {', '.join(shipped())}; or give the path of a definition file"
    )


def source(name: str) -> str:
    """The text of the definition file that khobao ships as *name*."""
    file = resources.files("crawler.site").joinpath("papers", f"{name}{_ENDING}")
    return file.read_text(encoding="utf-8")


def read(text: str, where: str) -> Paper:
    """The paper that the definition *text* describes; raises WrongDefinition.

    *where* names the file in messages.
    """
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongDefinition(where, [f"not TOML: {error}"]) from error
    problems: list[str] = []
    check(stated, PAPER_KEYS, "", problems)
    generations = []
    for number, table in enumerate(tables(stated.get("generation")), 1):
        generations.append(_generation(table, f"generation {number}: ", problems))
    letters = [one.letter for one in generations]
    if letters != sorted(set(letters)):
        problems.append(f"the letters {', '.join(letters)} are not in the order of the alphabet")
    keys = [(s.key, g.letter) for g in generations for s in g.shapes if s.kind == "article"]
    for key, letter in keys:
        if others := {other for same, other in keys if same == key} - {letter}:
            problems.append(
                f"articles of the generations {letter} and {min(others)} would have the same keys:"
                f' both shapes have key = {key!r}; write key = "{letter.lower()}{{id}}" in one'
            )
            break
    if problems:
        raise WrongDefinition(where, problems)
    return Paper(
        code=stated["code"],
        name=stated["name"],
        hosts=tuple(stated["hosts"]),
        generations=tuple(generations),
        sections=stated.get("sections", {}),
        own_names=tuple(dict.fromkeys([stated["name"], *stated.get("own_names", ())])),
        page_names=(*stated.get("page_names", ()), *stated["hosts"]),
        agency_marks=tuple(stated.get("agency_marks", ())),
        placeholder_bylines=tuple(stated.get("placeholder_bylines", ())),
        fixed_tags=frozenset(map(fold, stated.get("fixed_tags", ()))),
        other_folders=OTHER_FOLDERS | frozenset(stated.get("other_folders", ())),
        time_zone=stated.get("time_zone", "+07:00"),
        text=text,
    )


def _generation(table: Mapping[str, Any], where: str, problems: list[str]) -> Generation:
    before = len(problems)
    check(table, GENERATION_KEYS, where, problems)
    shapes = [_shape(each, where, problems) for each in tables(table.get("shapes"))]
    if len(problems) == before and not any(s and s.kind == "article" for s in shapes):
        problems.append(f'{where}none of its shapes is an article\'s: {{ article = "/…" }}')
    return Generation(
        letter=str(table.get("letter", "?")),
        about=str(table.get("about") or next((s.template for s in shapes if s), "?")),
        shapes=tuple(shape for shape in shapes if shape),
        lists=tuple(texts(table.get("lists"))),
        print_folder=str(table.get("print_folder", "")),
    )


def _shape(table: Mapping[str, Any], where: str, problems: list[str]) -> Shape | None:
    before = len(problems)
    check(table, SHAPE_KEYS, f"{where}shape {dict(table)}: ", problems)
    kinds = [kind for kind in ("article", "list") if kind in table]
    if len(problems) > before:
        return None
    if len(kinds) != 1:
        problems.append(f"{where}a shape has either article = … or list = …: {dict(table)}")
        return None
    kind = "article" if "article" in table else "list"
    template = table[kind]
    try:
        return Shape(
            kind="article" if kind == "article" else "list",
            template=template,
            pattern=compiled(template, kind),
            endings=endings(template),
            key=table.get("key", "{id}"),
            site_id=table.get("site_id", "{id}"),
            hex_prefix=table.get("hex_prefix", ""),
            sections=frozenset(table.get("sections", ())),
            page=table.get("page", ""),
            needs=table.get("needs", ""),
        )
    except BadTemplate as error:
        problems.append(f"{where}{error}")
        return None


#: The paper of khobao's beginnings; the default wherever a paper may be named.
DONGTHAP = load("dongthap")
