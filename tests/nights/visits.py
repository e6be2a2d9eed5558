"""One request as a kind of trouble sees it: what is asked for, and what would be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

from newsroom.addresses import key, path
from newsroom.responses import Reply, Responder


@dataclass
class Visit:
    """A request to the even paper."""

    room: Responder
    host: str
    target: str
    answer: Callable[[str], Reply]

    @cached_property
    def where(self) -> str:
        """The path, as the site knows it."""
        return unquote(urlsplit(self.target).path).removeprefix("/index.php") or "/"

    @cached_property
    def what(self) -> str:
        """What is asked for: robots, home, list, article or other."""
        if self.where in ("/robots.txt", "/"):
            return "robots" if self.where != "/" else "home"
        if self.story is not None:
            return "article"
        query = parse_qs(urlsplit(self.target).query)
        return "list" if self.room._list_at(self.where, query) else "other"

    @cached_property
    def story(self):
        """The article that is asked for, if it is one."""
        return self.room._story_at(self.where)[0]

    @property
    def key(self) -> str:
        """Its key."""
        return key(self.story) if self.story else ""

    def is_a(self, what: str) -> bool:
        """Whether a *what* is asked for; an entrance is the front page or a list."""
        if what in ("new", "known"):
            return self.key in (self.new if what == "new" else self.known)
        return self.what in (("home", "list") if what == "entrance" else (what,))

    @cached_property
    def new(self) -> set[str]:
        """The articles of the day."""
        day = self.room.edition.day
        return {place.key for place in self.room.edition.places() if place.day == day}

    @cached_property
    def known(self) -> set[str]:
        """The articles of the days before, which are looked at again."""
        day = self.room.edition.day
        return {place.key for place in self.room.edition.places() if day - 7 < place.day < day}

    def well(self) -> Reply:
        """The answer of a site that is well."""
        return self.answer(self.target)

    def well_at(self, target: str) -> Reply:
        """Its answer to another address."""
        return self.answer(target)

    def well_before(self, day: int) -> Reply:
        """Its answer as it was on *day*."""
        edition = self.room.edition.paper.edition(day)
        return Responder(edition, crawl_delay=0, cache_bytes=0).answer(self.host, self.target, {})

    def path_of(self, name: str) -> str:
        """The address of the article called *name*."""
        return path(self.room.edition.story(name))
