"""What befalls a year of nights, and the alarm that each night must ring; written by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from newsroom import Reply
from tests.nights.kinds import Play, busy, everywhere, on
from tests.nights.pages import HTML, notice, page, parked, with_another_shape
from tests.nights.visits import Visit
from tests.nights.year_paper import Plan

KILLED = -9
FULL = 7


@dataclass(frozen=True)
class Happening:
    """Something that is not as ever, for one night or some."""

    name: str
    codes: tuple[int, ...]
    """The exit code of each night."""
    rings: tuple[frozenset[str], ...] = ()
    """The alarms that each night must open, by their kind; nights not named open none."""
    play: Play | None = None
    """What the site answers."""
    kill: float | None = None
    """The crawl is killed (-9) after this share of the requests of the night before."""
    largest_file: int | None = None
    """The disk is full: no file may be larger, in bytes."""
    ahead: timedelta = timedelta(0)
    """What the clock of the machine is wrong by."""
    expired: bool = False
    """The site's certificate ran out."""
    lasts: int = 0
    """So many nights more the alarm may stay open, with its exit code."""

    def rung(self, night: int) -> frozenset[str]:
        """What its *night*, counted from 0, must open."""
        return self.rings[night] if night < len(self.rings) else frozenset()


def one(kind: str) -> tuple[frozenset[str], ...]:
    """The first night opens *kind*."""
    return (frozenset({kind}),)


def _frozen(since: int) -> Play:
    """Lists as they were on the day before *since*."""
    return lambda visit: visit.well_before(since - 1) if visit.is_a("entrance") else visit.well()


def _undressed(visit: Visit) -> Reply:
    """A redesign: the same texts in markup that nobody has seen, without a class or an id."""
    reply = visit.well()
    if not reply.body:
        return reply
    text = re.sub(r' (?:class|id|itemprop)="[^"]*"', "", reply.body.decode())
    text = re.sub(r"<(/?)(?:h1|h4|figure|figcaption|article|main|time)\b[^>]*>", r"<\1div>", text)
    return replace(reply, body=text.encode(), headers=HTML)


def _closed(visit: Visit) -> Reply:
    """The last section's list is not there any more."""
    section = visit.room.edition.paper.closing
    if visit.where == f"/{section.slug}":
        return page(notice("Không tìm thấy trang"), 404)
    return visit.well()


YEAR_AHEAD = timedelta(days=365)


def _all() -> dict[str, Happening]:
    maintenance = page(notice("Hệ thống đang bảo trì"))
    happenings = [
        Happening(
            "403 everywhere, two nights",
            (3, 3),
            one("undelivered"),
            everywhere(page(notice("403 Forbidden"), 403)),
        ),
        Happening("503 for a day (Retry-After)", (3,), one("wait"), everywhere(busy(503, "86400"))),
        Happening("a parked domain", (3,), one("undelivered"), everywhere(page(parked()))),
        Happening(
            "maintenance on lists only", (3,), one("undelivered"), on("entrance", maintenance)
        ),
        Happening(
            "articles in unknown markup", (4,), one("many-revised"), on("article", _undressed)
        ),
        Happening(
            "addresses of a new shape",
            (4,),
            one("lists-new-shape"),
            on("entrance", with_another_shape),
        ),
        Happening("no bylines for a week", (4,) * 7, one("new/flat/byline"), lasts=7),
        Happening("the certificate ran out", (3,), one("certificate"), expired=True),
        Happening("the disk is full", (FULL,), largest_file=300_000),
        Happening("the clock a year ahead", (1,), one("clock"), ahead=YEAR_AHEAD),
        Happening("the clock set back", (1,), one("clock"), ahead=-timedelta(days=200)),
        Happening("killed at its start", (KILLED,), kill=0.0),
        Happening("killed while it reads lists", (KILLED,), kill=0.15),
        Happening("killed among articles", (KILLED,), kill=0.5),
        Happening("killed near its end", (KILLED,), kill=0.9),
        Happening("killed two nights in turn", (KILLED, KILLED), kill=0.4),
        Happening("a section is closed", (0,)),
        Happening("lists frozen", ()),
    ]
    return {each.name: each for each in happenings}


@dataclass(frozen=True)
class Calendar:
    """When each of them happens."""

    nights: int
    at: dict[int, Happening]
    """By the first night."""
    closed: int

    def plan(self) -> Plan:
        """What the newspaper must know of it."""
        troubled = {
            night + more
            for night, each in self.at.items()
            for more in range(-3, len(each.codes) + 3)
        }
        calm = frozenset(range(5, self.nights - 3)) - troubled
        bylines = next(night for night, each in self.at.items() if "bylines" in each.name)
        return Plan(self.nights, calm, self.closed, range(bylines, bylines + 7))

    def tonight(self, night: int) -> tuple[Happening | None, int]:
        """What happens on *night*, and on which of its nights that is."""
        for first, each in self.at.items():
            if first <= night < first + len(each.codes):
                return each, night - first
        return None, 0

    def may_last(self, night: int) -> bool:
        """Whether an alarm of an earlier night may still be open."""
        return any(
            0 <= night - first - len(each.codes) < each.lasts for first, each in self.at.items()
        )

    def closes(self, night: int, visit: Visit) -> Reply:
        """The answer of a site that is well, but for the section that it closed."""
        return _closed(visit) if night >= self.closed else visit.well()


def whole() -> Calendar:
    """365 nights. Tết is 74 to 82."""
    few = Happening("lists frozen", (4,) * 5, one("few-new"), _frozen(302))
    nights = {
        24: "403 everywhere, two nights",
        33: "killed among articles",
        41: "maintenance on lists only",
        50: "articles in unknown markup",
        59: "the disk is full",
        92: "killed while it reads lists",
        101: "503 for a day (Retry-After)",
        113: "the certificate ran out",
        124: "killed near its end",
        137: "addresses of a new shape",
        150: "the clock a year ahead",
        166: "killed at its start",
        179: "a parked domain",
        194: "the clock set back",
        211: "no bylines for a week",
        236: "killed two nights in turn",
        260: "a section is closed",
    }
    return _calendar(365, nights, few, 302)


def short() -> Calendar:
    """Some forty nights, with each of the happenings; the past is too short for few-new."""
    silent = Happening(
        "lists frozen", (0, 0, 0, 0, 4), (*[frozenset()] * 4, *one("lists-too-quiet")), _frozen(38)
    )
    nights = {
        3: "killed near its end",
        4: "killed among articles",
        6: "killed at its start",
        8: "killed while it reads lists",
        9: "no bylines for a week",
        19: "the disk is full",
        20: "403 everywhere, two nights",
        22: "killed two nights in turn",
        25: "the certificate ran out",
        26: "maintenance on lists only",
        28: "a parked domain",
        29: "503 for a day (Retry-After)",
        31: "articles in unknown markup",
        32: "addresses of a new shape",
        34: "the clock a year ahead",
        36: "the clock set back",
        37: "a section is closed",
    }
    return _calendar(45, nights, silent, 38)


def _calendar(nights: int, names: dict[int, str], freeze: Happening, frozen: int) -> Calendar:
    known = _all()
    at = {night: known[name] for night, name in names.items()} | {frozen: freeze}
    closed = next(night for night, name in names.items() if name == "a section is closed")
    return Calendar(nights, dict(sorted(at.items())), closed)
