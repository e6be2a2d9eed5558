"""Which page of a query's hits: best first, or in order of date. Read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.search.sql import Compiled, Ids, Level, Selection

#: How many matched syllables a level may have (articles × syllables) and still be scored: about a
#: third of a second. Only queries made of the very commonest words have more. Their hits come in
#: order of date, the ones with the words in the title first.
AFFORDABLE = 250_000


@dataclass(frozen=True, slots=True)
class Place:
    """One hit's place on a page."""

    id: int
    score: float | None
    """BM25, smaller is better; None in order of date."""
    level: Level


def by_score(compiled: Compiled, limit: int, offset: int) -> list[Place]:
    """One page, best first: every hit of a strict level before the first of a looser one."""
    page: list[Place] = []
    before = 0
    found: list[Ids] = []
    rows: Sequence[tuple[int, float | None]]
    for level in _steps(compiled):
        wanted = limit + offset - before
        if wanted <= 0:
            break
        selection = compiled.selection(level, but=found)
        if level == "words":
            rows = _last(compiled, selection, wanted)
        else:
            rows, number = _counted(compiled, selection, wanted)
            if level != "words in the title":
                compiled.counted(level, before + number)
        page += [Place(id, score, level) for id, score in rows[max(offset - before, 0) :]]
        if len(rows) == wanted:
            break
        before += len(rows)
        found.append(Ids.of(id for id, _ in rows))
    return page


def _counted(
    compiled: Compiled, selection: Selection, limit: int
) -> tuple[Sequence[tuple[int, float | None]], int]:
    """The best of *selection*, and how many there are.

    Whether words stand together is checked at every place of every article: once, not twice.
    """
    rows = compiled.connection.execute(
        f"WITH found AS MATERIALIZED ({selection.scored})"
        " SELECT id, score, (SELECT count(*) FROM found) FROM found"
        " ORDER BY score, id DESC LIMIT ?",
        (*selection.parameters, limit),
    ).fetchall()
    return [(id, score) for id, score, _ in rows], rows[0][2] if rows else 0


def _last(
    compiled: Compiled, selection: Selection, limit: int
) -> Sequence[tuple[int, float | None]]:
    """The best of the loosest level; the newest, if it is too large to be scored."""
    if _costly(compiled, "words"):
        return _dated(compiled, selection, limit, "DESC")
    return compiled.connection.execute(
        f"{selection.scored} ORDER BY score, id DESC LIMIT ?", (*selection.parameters, limit)
    ).fetchall()


def by_date(compiled: Compiled, limit: int, offset: int, *, descending: bool) -> list[Place]:
    """One page in order of date; articles without one come last."""
    selection = compiled.selection(compiled.levels[-1])
    rows = _dated(compiled, selection, limit + offset, "DESC" if descending else "ASC")
    page = [id for id, _ in rows[offset:]]
    levels: dict[int, Level] = {}
    for level in compiled.levels[:-1]:
        among = compiled.selection(level)
        these = Ids.of(page)
        for (id,) in compiled.connection.execute(
            f"SELECT id FROM ({among.ids}) WHERE +id IN ({these.sql})",
            (*among.parameters, *these.parameters),
        ):
            levels.setdefault(id, level)
    return [Place(id, None, levels.get(id, compiled.levels[-1])) for id in page]


def _dated(
    compiled: Compiled, selection: Selection, limit: int, way: str
) -> list[tuple[int, float | None]]:
    ids = selection.ids
    if any(compiled.query.terms):
        # The ids are gathered once; then the dates are walked in order until the page is full.
        ids = f"SELECT id FROM articles WHERE +id IN ({ids})"
    rows = compiled.connection.execute(
        f"{ids} ORDER BY updated_at {way} NULLS LAST, id {way} LIMIT ?",
        (*selection.parameters, limit),
    )
    return [(id, None) for (id,) in rows]


def _steps(compiled: Compiled) -> Iterator[Level]:
    """The levels of the query, and one more before the last if that is too large to be scored."""
    *strict, last = compiled.levels
    yield from strict
    if compiled.size > 1 and _costly(compiled, last):
        yield "words in the title"
    yield last


def _costly(compiled: Compiled, level: Level) -> bool:
    return compiled.count(level) * compiled.size > AFFORDABLE
