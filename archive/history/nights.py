"""Rules of what a night proves: which observations of an article count. Pure.

A site in trouble answers for its articles all the same: a challenge, a home page, another article.
Each answer alone looks like a disappearance or an edit. These rules decide what is believed:

1. *Two nights.* An article is gone when two observations at least `APART` apart agree, both on
   nights that are well, and no page of it was seen between them. `gone_at` is the time of the first
   that found it gone (`gone_since`).
2. *The night.* The captures of one run are judged together (`Night`). If too many articles vanished
   or changed at once, if lists that named articles are silent, or if one text stands at many new
   addresses, the night is doubtful: those of its captures that would alter an article are
   marked in ``captures.doubt`` and do not count, until a later night that is well shows the same
   (they are confirmed) or something else (they are dropped). A doubtful state that is observed
   unchanged for longer than `PERSISTS` is believed: it may be a strange site, but it is the site.
   An article first seen on a doubtful night is kept; if a later page says something else, the first
   was the night's doing (a cache gave another article's page), and no version of it. One whose text
   is repeated is not an article yet: a second night that finds the same confirms it, if its page
   says whose it is. The number of new articles decides nothing (see `archive.history.anomalies`).
3. *Origin.* A capture from an imported file does not count if it contradicts live ones: it lies
   between two that show the same, or after the last, and shows something else (`settle`). What is
   older than the first live page of an article is its history.
4. *Time.* An imported capture that claims to be older than the web archives or younger than its
   own import has no place in the order of time (`is_dated`).
5. *Whose page.* A page that does not say whose it is (the flag `UNPROVED`) and has another headline
   than before counts when a second look, `APART` or more later, finds the same. So does one that
   has lost letters (`LOST`), and one that has a new stamp only, which is the server's clock
   (`CLOCK`): after a true edit, the second look finds a stamp that is past.

Everything follows from the captures, so a rebuild and any order of imports give the same archive.
`judge` applies rule 2 to the database; `observations` applies the others.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from archive.history.revisions import Observation, reconcile
from archive.models import Article
from archive.text import loose

Doubt = Literal["held", "gone", "revised", "repeated", "new", "date", "conflict", "unproved"]
#: Why a night proves nothing.
NightDoubt = Literal["gone", "revised", "silent", "new"]

#: The marks that keep a capture out of its article's history as long as they stand. ``held``: its
#: run has not been judged yet. ``gone``, ``revised``, ``repeated``: its night was doubtful.
#: ``date``: rule 4.
SET_ASIDE = ("held", "gone", "revised", "repeated", "date")
#: The marks of captures that prove no identity: with ``new``, the first page of an article that was
#: seen on a doubtful night. It counts, but the same text elsewhere may be the night's doing.
NO_PROOF = (*SET_ASIDE, "new")

#: The marks that follow from the other captures of an article, and are written with it.
OF_THE_ARTICLE = ("conflict", "unproved")
#: The extractor's flag of a page that does not say whose it is.
UNPROVED = "address:unproved"
#: Its flags of a text in which signs stand for letters, and of a stamp of the moment of fetching.
LOST = "text:lost-letters"
CLOCK = "stamp:now"

#: Two observations of one disappearance lie so far apart. A nightly run comes to an article some
#: hours earlier or later than the night before; a run repeated by hand proves nothing more.
APART = timedelta(hours=12)
#: A paper takes down an article or two in a night; up to this many prove nothing about the site.
HANDFUL = 5
#: Of the known articles that were asked for, one in so many may vanish in a night …
VANISHING = 10
#: … and one in so many may change. Most of those asked for are young, and editors work on these: a
#: third leaves room for a busy evening. In the storms that were tried nearly all pages changed.
CHANGING = 3
#: Of the lists that named articles, one in so many that names none is more than a rubric's end.
SILENT = 4
#: Of the new articles, one in so many may repeat a text: a notice, or an article posted twice.
REPEATING = 3
#: After a month of the same answer the site's new state is believed.
PERSISTS = timedelta(days=30)
#: The oldest page of any web archive (the Internet Archive began in 1996).
OLDEST = "1996"

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_FILE = re.compile(r"khobao-(\d{14})-\d+-(\d+)\.warc\.gz")


class Run(NamedTuple):
    """One run of a command, by the names of its WARC files; runs sort by the time they began."""

    stamp: str
    number: int

    @property
    def name(self) -> str:
        """What the run is called in ``nights``."""
        return f"{self.stamp}-{self.number}"

    @property
    def started_at(self) -> str:
        """When the run began, in the form of `fetched_at`: the last millisecond of that second."""
        at = self.stamp
        return f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[8:10]}:{at[10:12]}:{at[12:]}.999Z"


def run_of(warc_file: str) -> Run | None:
    """The run that wrote *warc_file*; None if no khobao named the file.

    >>> run_of("captures/2026/khobao-20261130200000-00002-17.warc.gz")
    Run(stamp='20261130200000', number=17)
    """
    found = _FILE.search(warc_file)
    return Run(found[1], int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Night:
    """What one run saw of the articles that were known before it, counted by their addresses."""

    known: int = 0
    """Addresses of articles asked for that were there when last seen."""
    answered: int = 0
    """Addresses of articles that answered with a page (or 304), new ones among them."""
    gone: int = 0
    """Known addresses at which there was no article any more."""
    revised: int = 0
    """Known addresses at which the page said something else than before."""
    new: int = 0
    """Addresses of articles seen for the first time."""
    lists: int = 0
    """Lists asked for that named articles before."""
    silent: int = 0
    """Those of them that named none."""
    repeated: int = 0
    """New addresses whose text is no article's own (`archive.history.anomalies.repeated`)."""

    @property
    def repeats(self) -> bool:
        """Whether what is repeated cannot be a notice, or an article posted twice."""
        return self.repeated > HANDFUL and self.repeated * REPEATING > self.new

    def doubt(self, most_gone: int) -> NightDoubt | None:
        """Why the night proves nothing; None if it is well.

        *most_gone* is the most that vanished in any earlier night without a tenth of all doing so.
        """
        if self.gone and not self.answered:
            return "gone"
        many = self.gone > most_gone or self.gone * VANISHING > self.known
        if self.gone > HANDFUL and many:
            return "gone"
        if self.revised > HANDFUL and self.revised * CHANGING > self.known:
            return "revised"
        if self.silent and self.silent * SILENT >= self.lists:
            return "silent"
        return "new" if self.repeats else None


def says_the_same(one: Article, other: Article) -> bool:
    """Whether going from the page *one* to the page *other* is no edit by the newspaper."""
    if one is other:
        return True
    before = one if one.layout == other.layout else None
    return not reconcile(one, other, before, is_newest=True)[1]


def shows_the_same(one: Observation, other: Observation) -> bool:
    """Whether both found the article gone, or both a page that says the same."""
    if one.kind == "gone" or other.kind == "gone":
        return one.kind == other.kind
    if one.page is None or other.page is None:
        return False
    return says_the_same(one.page, other.page)


def is_dated(fetched_at: str, warc_file: str) -> bool:
    """Whether an imported capture may have been made when it says (rule 4).

    The name of the file into which it was copied tells when that was.
    """
    run = run_of(warc_file)
    try:
        at = datetime.fromisoformat(fetched_at) if _TIME.fullmatch(fetched_at) else None
        copied = datetime.strptime(f"{run.stamp}Z", "%Y%m%d%H%M%S%z") if run else None
    except ValueError:  # a thirteenth month
        return False
    if at is None or fetched_at < OLDEST:
        return False
    return copied is None or at <= copied + timedelta(days=1)


def settle(observations: Sequence[Observation]) -> tuple[list[Observation], dict[int, str]]:
    """The observations that count, in their order; and why each other capture does not.

    Of an article's *observations* in the order of time; the reasons are those of `Doubt`.
    """
    dropped = _unconfirmed(observations)
    left = [seen for seen in observations if seen.capture_id not in dropped]
    conflicting = _outranked(left)
    return (
        [seen for seen in left if seen.capture_id not in conflicting],
        dropped | dict.fromkeys(conflicting, "conflict"),
    )


def confirmed(observations: Sequence[Observation]) -> list[Observation]:
    """The observations that rule 2 lets count: what a night is compared with.

    Rule 5 waits for later nights, and no night is judged by later ones.
    """
    aside = _unconfirmed(observations, prove=False)
    return [seen for seen in observations if seen.capture_id not in aside]


def _unconfirmed(observations: Sequence[Observation], *, prove: bool = True) -> dict[int, str]:
    """The captures set aside that no later one confirmed, by rule 2 and, to *prove*, rule 5."""
    aside = {seen.capture_id: seen.doubt for seen in observations if seen.doubt in SET_ASIDE}
    known: dict[str, Article] = {}
    waiting: dict[str, list[Observation]] = {}
    first: dict[str, list[Observation]] = {}
    for seen in observations:
        if seen.origin != "live" or seen.doubt in ("held", "date"):
            continue
        doubtful = seen.doubt in SET_ASIDE
        unproved = prove and not doubtful and _is_unproved(known.get(seen.address), seen.page)
        if unproved:
            aside[seen.capture_id] = "unproved"
        earlier = waiting.get(seen.address, [])
        alike = earlier if earlier and shows_the_same(earlier[-1], seen) else []
        enough = PERSISTS if doubtful else APART if unproved else timedelta(0)
        if alike and _apart(alike[0], seen) > enough:
            for one in (*alike, seen):
                aside.pop(one.capture_id, None)
        if seen.doubt == "new":
            first.setdefault(seen.address, []).append(seen)
        elif seen.page and seen.capture_id not in aside:
            known[seen.address] = seen.page
            for one in first.pop(seen.address, []):
                if not shows_the_same(one, seen):
                    aside[one.capture_id] = "new"
        waiting[seen.address] = [*alike, seen] if doubtful or unproved else []
    return {capture_id: doubt for capture_id, doubt in aside.items() if doubt}


def _is_unproved(known: Article | None, said: Article | None) -> bool:
    """Whether what a page *said* takes a second look, beside what is *known* of the article."""
    if known is None or said is None:
        return False
    if UNPROVED in said.flags and loose(known.title) != loose(said.title):
        return True
    if LOST in said.flags and LOST not in known.flags:
        return True
    if CLOCK not in said.flags or known.updated_at == said.updated_at:
        return False
    texts = [
        (one.title, one.kicker, one.lead, one.body, one.byline, one.images) for one in (known, said)
    ]
    return texts[0] == texts[1]


def _outranked(observations: Sequence[Observation]) -> set[int]:
    """The imported captures that live ones contradict (rule 3)."""
    live = [seen for seen in observations if seen.origin == "live" and seen.kind != "unchanged"]
    since = min((seen.seen_at for seen in live if seen.page), default=None)
    outranked = set()
    for seen in observations:
        if not since or not seen.origin.startswith("import:") or seen.seen_at <= since:
            continue
        place = bisect(live, seen.seen_at, key=lambda one: one.seen_at)
        before, *after = live[place - 1 : place + 1]
        if after and not shows_the_same(before, after[0]):
            continue  # in between the site came to show something else: this may be on its way
        says_nothing_else = seen.kind == "unchanged" and before.kind != "gone"
        if not says_nothing_else and not shows_the_same(before, seen):
            outranked.add(seen.capture_id)
    return outranked


def gone_since(observations: Iterable[Observation]) -> tuple[str | None, str | None]:
    """Since when an article is gone, and how it went, by what was seen of it in order (rule 1)."""
    first: Observation | None = None
    sound: Observation | None = None  # the first on a night that was well
    agreed = False
    for seen in observations:
        if seen.kind != "gone":
            first, sound, agreed = None, None, False
            continue
        first = first or seen
        if seen.doubt in SET_ASIDE:  # confirmed, or it would not be here
            agreed = agreed or _apart(first, seen) > PERSISTS
        else:
            sound = sound or seen
            agreed = agreed or _apart(sound, seen) >= APART
    return (first.seen_at, first.how) if first and agreed else (None, None)


def _apart(one: Observation, other: Observation) -> timedelta:
    return datetime.fromisoformat(other.seen_at) - datetime.fromisoformat(one.seen_at)
