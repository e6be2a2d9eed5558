"""Which article is this? Addresses, generations, and texts that stand at two of them.

The unit is the *key*: one number of one CMS generation, as the address states it. Articles of two
papers are never one. Keys of different
generations are one article if the site forwards one to the other, or if both say the same title and
text on the same day. Two numbers of one generation are two articles, whatever they say: the paper
did post them twice. All of it is a function of what was seen, never of the order it came in.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.duplicates.exact import PROVES_COPY
from archive.history.nights import HANDFUL, NO_PROOF
from archive.models import Article
from archive.text import loose

#: Letters from which a text proves identity even without a day: generation B prints none.
PROVES_WITHOUT_DAY = 300

#: That a page was read on a night that proves something.
_PROVEN = (
    "EXISTS (SELECT 1 FROM captures WHERE statement_id = {}.id"
    f" AND coalesce(doubt, '') NOT IN {NO_PROOF})"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """An address at which an article was seen, or from which the site forwards to it."""

    url: str
    """Canonical."""
    key: str
    generation: str | None = None
    section_slug: str | None = None


def canonical(aliases: Iterable[Alias]) -> Alias:
    """The address that names the article: the newest generation's, in its readable form.

    The readable (slug) form states a section where the hex form cannot; among several sections the
    alphabet decides, for the order of discovery must not.
    """
    readable_first = sorted(aliases, key=lambda a: (f"/{a.section_slug}/" not in a.url, a.url))
    return max(readable_first, key=lambda a: a.generation or "")


def oldest_key(keys: Iterable[tuple[str | None, str]]) -> str:
    """The key to cite, of (generation, key) pairs: the oldest generation's, its lowest number."""
    return min(keys, key=lambda pair: (pair[0] or "", *_by_number(pair[1])))[1]


def proof_of(article: Article, digest: str) -> str | None:
    """The text digest, if the text is long enough to prove that two pages are one article."""
    body = loose(article.body) or ""
    if len(body) < PROVES_COPY:
        return None
    # Shorter texts prove identity only together with a day; the mark keeps the two kinds apart.
    return digest if len(body) >= PROVES_WITHOUT_DAY else f"short:{digest}"


def day_of(article: Article) -> str | None:
    """The day the page states, if it states one."""
    return article.updated_at[:10] if article.updated_at else None


def is_connected(connection: sqlite3.Connection, article: Article, proof: str | None) -> bool:
    """Whether evidence connects *article* with other keys: a cheap look before `clusters`.

    The same text at other numbers of its generation does not connect them: they are articles of
    their own. To judge a thousand copies again for each new one would take longer than the rest.
    """
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM extractions WHERE text_digest = ?1 AND generation IS NOT ?4"
        " AND substr(key, 1, length(?5)) = ?5)"
        " OR EXISTS (SELECT 1 FROM redirects WHERE target = ?3 OR key = ?2)",
        (proof, article.key, article.url, article.generation, _opening(article.key or "")),
    ).fetchone()
    return bool(row[0])


def is_proven(connection: sqlite3.Connection, statement_id: int) -> bool:
    """Whether a page with this content was read on a night that proves something."""
    row = connection.execute(
        f"SELECT {_PROVEN.format('extractions')} FROM extractions WHERE id = ?", (statement_id,)
    ).fetchone()
    return bool(row[0])


def keys_with(connection: sqlite3.Connection, key: str) -> frozenset[str]:
    """The keys of the article that has *key*, as the archive has it now; *key* among them."""
    rows = connection.execute(
        "SELECT DISTINCT other.key FROM article_urls AS mine JOIN article_urls AS other"
        " ON other.article_id = mine.article_id WHERE mine.key = ?",
        (key,),
    )
    return frozenset({key, *(row[0] for row in rows)})


def clusters(connection: sqlite3.Connection, key: str) -> list[frozenset[str]]:
    """Which keys are one article, for every key that evidence connects with *key*."""
    generations: dict[str, str | None] = {}
    forwards: set[tuple[str, str]] = set()
    texts: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current in generations:
            continue
        generations[current] = _generation(connection, current)
        # All keys of the current article are judged again, even if they no longer belong together.
        waiting += keys_with(connection, current) - {current}
        for other in _forwarded(connection, current):
            forwards.add((min(current, other), max(current, other)))
            waiting.append(other)
        for digest, other, day in connection.execute(
            "SELECT DISTINCT other.text_digest, other.key, other.day FROM extractions AS mine"
            " JOIN extractions AS other ON other.text_digest = mine.text_digest WHERE mine.key = ?1"
            " AND substr(other.key, 1, length(?2)) = ?2"
            f" AND {_PROVEN.format('mine')} AND {_PROVEN.format('other')}",
            (current, _opening(current)),
        ):
            texts[digest].add((other, day))
            waiting.append(other)
    return partition(generations, forwards, texts)


def partition(
    generations: Mapping[str, str | None],
    forwards: Iterable[tuple[str, str]],
    texts: Mapping[str, set[tuple[str, str | None]]],
) -> list[frozenset[str]]:
    """Join *generations*' keys by the evidence, strongest first, never two of one generation.

    *forwards* are pairs of keys that the site redirects between; *texts* maps a text digest to the
    (key, day) pairs that state it. Where a text was posted several times in both generations, the
    first posting of one is the first of the other: numbers count in the order of publication.

    >>> text = {"t": {("dto:1", "2019-05-02"), ("dto:9", "2019-05-02"), ("dto:a7", "2019-05-02")}}
    >>> found = partition({"dto:1": "A", "dto:9": "A", "dto:a7": "C"}, [], text)
    >>> sorted(sorted(group) for group in found)
    [['dto:1', 'dto:a7'], ['dto:9']]
    """
    group_of = {key: {key} for key in generations}

    def join(one: str, other: str) -> None:
        mine, its = group_of[one], group_of[other]
        if mine is its or {generations[k] for k in mine} & {generations[k] for k in its}:
            return
        mine |= its
        for key in its:
            group_of[key] = mine

    for one, other in sorted(forwards):
        join(one, other)
    pairs = set()
    for digest, stated in texts.items():
        ranks: dict[str, int] = {}
        by_generation: dict[str | None, set[str]] = defaultdict(set)
        for key, _ in stated:
            by_generation[generations[key]].add(key)
        for keys in by_generation.values():
            ranks |= {key: rank for rank, key in enumerate(sorted(keys, key=_by_number))}
        for one, day in stated:
            for other, other_day in stated:
                if one < other and _same_day(day, other_day, digest):
                    pairs.add((abs(ranks[one] - ranks[other]), one, other))
    for _, one, other in sorted(pairs):
        join(one, other)
    return [frozenset(g) for g in {id(g): g for g in group_of.values()}.values()]


def _generation(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute(
        "SELECT generation FROM extractions WHERE key = ?1"
        " UNION ALL SELECT generation FROM redirects WHERE key = ?1"
        " UNION ALL SELECT generation FROM article_urls WHERE key = ?1 LIMIT 1",
        (key,),
    ).fetchone()
    return row[0] if row else None


def _forwarded(connection: sqlite3.Connection, key: str) -> set[str]:
    """Keys whose addresses redirect to one of *key*'s, or the other way round."""
    addresses = {
        row[0]
        for row in connection.execute(
            "SELECT address FROM captures JOIN extractions ON extractions.id = statement_id"
            " WHERE extractions.key = ?1 UNION SELECT source FROM redirects WHERE key = ?1",
            (key,),
        )
    }
    found = set()
    for address in addresses:
        if len(sources := forwarded_to(connection, address)) <= HANDFUL:
            found |= sources
        for other, target in connection.execute(
            "SELECT here.key, there.target FROM redirects AS there JOIN redirects AS here"
            " ON here.source = there.target WHERE there.source = ?1"
            " UNION SELECT extractions.key, target FROM redirects JOIN captures ON address = target"
            " JOIN extractions ON extractions.id = statement_id WHERE source = ?1",
            (address,),
        ):
            if len(forwarded_to(connection, target)) <= HANDFUL:
                found.add(other)
    return found - {key}


def forwarded_to(connection: sqlite3.Connection, target: str) -> set[str]:
    """Keys that the site forwards to the address *target*; no more than two beyond a handful.

    A site that forwards more than a handful to one address forwards everything: that does not make
    them one article.
    """
    rows = connection.execute(
        "SELECT DISTINCT key FROM redirects WHERE target = ? LIMIT ?", (target, HANDFUL + 2)
    )
    return {row[0] for row in rows}


def _same_day(one: str | None, other: str | None, digest: str) -> bool:
    if one is None or other is None:
        return not digest.startswith("short:")
    return one == other


def _opening(key: str) -> str:
    """The code of the paper with its colon: ``dto:``."""
    return key.partition(":")[0] + ":"


def _by_number(key: str) -> tuple[int, str]:
    return len(key), key
