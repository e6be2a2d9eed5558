"""Which names are one author: decided by evidence or by ``authors.toml``, with the reason.

A name that may be a shorter form of another (`archive.authors.forms`) is the same author only if
the newspaper itself says so: it signed one text with both, in two versions of an article or at two
addresses. Names that stand side by side in one byline are never one author, and a name with such
evidence for two others is left alone. A person's decision (`archive.authors.corrections`) outranks
all of this. The result is a function of the articles and of that file.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archive.authors.forms import Form, pairs
from archive.database import author_rows
from archive.vietnamese import name_key

if TYPE_CHECKING:
    from archive.authors.corrections import Corrections

#: In the archive's folder: what a person knows of names (`archive.authors.corrections`).
FILE = "authors.toml"

Reason = Literal["file", "version", "duplicate"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name that may be a shorter form of another, with what speaks for it."""

    short: str
    full: str
    form: Form
    versions: int
    """Articles that were signed with both, in different versions."""
    duplicates: int
    """Pairs of articles with the same text that were signed with one each."""
    side_by_side: bool
    """Whether one byline has both: two people."""

    @property
    def reason(self) -> Reason | None:
        """The evidence that they are one author; None without any."""
        if self.side_by_side:
            return None
        return "version" if self.versions else "duplicate" if self.duplicates else None


def pairs_of(connection: sqlite3.Connection) -> Iterator[Pair]:
    """Every pair of names of which one may be a shorter form of the other."""
    ids = dict(connection.execute("SELECT name, id FROM authors"))
    for short, full, form in pairs(ids):
        both = (ids[short], ids[full])
        signed = _signed(connection, both)
        keys = {name_key(short), name_key(full)}
        yield Pair(
            short,
            full,
            form,
            sum(set().union(*versions) >= keys for versions in signed.values()),
            _duplicates(connection, both),
            _side_by_side(connection, both)
            or any(version >= keys for versions in signed.values() for version in versions),
        )


def _signed(connection: sqlite3.Connection, ids: tuple[int, int]) -> dict[int, list[set[str]]]:
    """The keys of the authors of each version, by article; of the authors' edited articles."""
    signed: dict[int, list[set[str]]] = defaultdict(list)
    for article_id, names in connection.execute(
        "SELECT r.article_id, (SELECT json_group_array(json_extract(author.value, '$.name'))"
        " FROM json_each(r.article, '$.authors') AS author) FROM revisions AS r"
        " WHERE r.article_id IN (SELECT a.id FROM article_authors JOIN articles AS a"
        " ON a.id = article_id WHERE author_id IN (?, ?) AND a.revision > 1)",
        ids,
    ):
        signed[article_id].append({name_key(name) for name in json.loads(names)})
    return signed


def _duplicates(connection: sqlite3.Connection, ids: tuple[int, int]) -> int:
    """How many pairs of articles have the same text, one by either author."""
    (number,) = connection.execute(
        "SELECT count(*) FROM article_authors AS one"
        " JOIN duplicates AS d ON d.article_id = one.article_id AND d.kind = 'exact'"
        " JOIN article_authors AS other ON other.article_id = d.other_id"
        " WHERE (one.author_id, other.author_id) IN (VALUES (?1, ?2), (?2, ?1))",
        ids,
    ).fetchone()
    return int(number)


def _side_by_side(connection: sqlite3.Connection, ids: tuple[int, int]) -> bool:
    found = connection.execute(
        "SELECT 1 FROM article_authors AS one JOIN article_authors AS other USING (article_id)"
        " WHERE one.author_id = ? AND other.author_id = ? LIMIT 1",
        ids,
    ).fetchone()
    return found is not None


@dataclass(frozen=True, slots=True)
class Joined:
    """A name that is another author's."""

    name: str
    same_as: str
    """The name to show, which is the name of no other author."""
    reason: Reason


def decide(connection: sqlite3.Connection, corrections: Corrections) -> list[Joined]:
    """Which authors' rows are one author, in order of their names."""
    name_of = {name_key(name): name for (name,) in connection.execute("SELECT name FROM authors")}
    targets: dict[str, set[str]] = defaultdict(set)
    reasons: dict[tuple[str, str], Reason] = {}
    for pair in pairs_of(connection):
        short, full = name_key(pair.short), name_key(pair.full)
        if pair.reason and frozenset((short, full)) not in corrections.different:
            targets[short].add(full)
            reasons[short, full] = pair.reason
    decided: dict[str, tuple[str, Reason]] = {
        short: (full, reasons[short, full])
        for short, (full, *others) in ((s, sorted(f)) for s, f in targets.items())
        if not others
    }
    decided |= {also: (name, "file") for also, name in corrections.same.items() if also in name_of}
    # A name that the file shows is an author of its own, whatever the evidence.
    for name in corrections.shown:
        decided.pop(name, None)
    return [
        Joined(name_of[short], name_of[last], reason)
        for short, (_, reason) in sorted(decided.items(), key=lambda item: name_of[item[0]])
        if (last := _last(short, decided)) in name_of and last != short
    ]


def _last(name: str, decided: dict[str, tuple[str, Reason]]) -> str:
    """Follow *name* to the author that is no other's; itself in a circle."""
    seen = [name]
    while seen[-1] in decided:
        following = decided[seen[-1]][0]
        if following in seen:
            return name
        seen.append(following)
    return seen[-1]


def join(connection: sqlite3.Connection, corrections: Corrections) -> list[Joined]:
    """Decide, and write ``authors.same_as`` and ``same_reason``; rows that are right stay."""
    present = {key for (key,) in connection.execute("SELECT folded FROM authors")}
    for also, name in corrections.same.items():
        if also in present:  # the name to show may stand in no byline
            author_rows.id_of(connection, corrections.shown[name])
    joined = decide(connection, corrections)
    ids = dict(connection.execute("SELECT name, id FROM authors"))
    wanted = {ids[one.name]: (ids[one.same_as], one.reason) for one in joined}
    connection.executemany(
        "UPDATE authors SET same_as = ?1, same_reason = ?2 WHERE id = ?3"
        " AND (same_as, same_reason) IS NOT (?1, ?2)",
        [(*wanted.get(id, (None, None)), id) for id in ids.values()],
    )
    connection.execute(
        "DELETE FROM authors WHERE id NOT IN (SELECT author_id FROM article_authors)"
        " AND id NOT IN (SELECT same_as FROM authors WHERE same_as IS NOT NULL)"
    )
    return joined
