"""One page of results: by relevance or by date. Read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.search.sql import Ids, Level, Selection, SqlBuilder

#: How many matched syllables a level may have (articles × syllables) and still be scored: about a
#: third of a second. Only queries made of the very commonest words have more. Their hits come in
#: order of date, the ones with the words in the title first.
AFFORDABLE = 250_000


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One result: its row, score and level."""

    id: int
    score: float | None
    """BM25, smaller is better; None in order of date."""
    level: Level


def by_score(builder: SqlBuilder, limit: int, offset: int) -> list[RankedRow]:
    """One page, best first: every hit of a strict level before the first of a looser one."""
    page: list[RankedRow] = []
    before = 0
    found: list[Ids] = []
    rows: Sequence[tuple[int, float | None]]
    for level in _steps(builder):
        wanted = limit + offset - before
        if wanted <= 0:
            break
        selection = builder.selection(level, but=found)
        if level == "words":
            rows = _last(builder, selection, wanted)
        else:
            rows, number = _counted(builder, selection, wanted)
            if level != "words in the title":
                builder.counted(level, before + number)
        page += [RankedRow(id, score, level) for id, score in rows[max(offset - before, 0) :]]
        if len(rows) == wanted:
            break
        before += len(rows)
        found.append(Ids.of(id for id, _ in rows))
    return page


def _counted(
    builder: SqlBuilder, selection: Selection, limit: int
) -> tuple[Sequence[tuple[int, float | None]], int]:
    """The best of *selection*, and how many there are.

    FTS5 checks a phrase at every place of every article, so this is done once for both.
    """
    rows = builder.connection.execute(
        f"WITH found AS MATERIALIZED ({selection.scored})"
        " SELECT id, score, (SELECT count(*) FROM found) FROM found"
        " ORDER BY score, id DESC LIMIT ?",
        (*selection.parameters, limit),
    ).fetchall()
    return [(id, score) for id, score, _ in rows], rows[0][2] if rows else 0


def _last(
    builder: SqlBuilder, selection: Selection, limit: int
) -> Sequence[tuple[int, float | None]]:
    """The best of the loosest level; the newest, if it is too large to be scored."""
    if _costly(builder, "words"):
        return _dated(builder, selection, limit, "DESC")
    return builder.connection.execute(
        f"{selection.scored} ORDER BY score, id DESC LIMIT ?", (*selection.parameters, limit)
    ).fetchall()


def by_date(builder: SqlBuilder, limit: int, offset: int, *, descending: bool) -> list[RankedRow]:
    """One page in order of date; articles without one come last."""
    selection = builder.selection(builder.levels[-1])
    rows = _dated(builder, selection, limit + offset, "DESC" if descending else "ASC")
    page = [id for id, _ in rows[offset:]]
    levels: dict[int, Level] = {}
    for level in builder.levels[:-1]:
        among = builder.selection(level)
        these = Ids.of(page)
        for (id,) in builder.connection.execute(
            f"SELECT id FROM ({among.ids}) WHERE +id IN ({these.sql})",
            (*among.parameters, *these.parameters),
        ):
            levels.setdefault(id, level)
    return [RankedRow(id, None, levels.get(id, builder.levels[-1])) for id in page]


def _dated(
    builder: SqlBuilder, selection: Selection, limit: int, way: str
) -> list[tuple[int, float | None]]:
    ids = selection.ids
    if any(builder.query.terms):
        # The ids are gathered once; then the dates are walked in order until the page is full.
        ids = f"SELECT id FROM articles WHERE +id IN ({ids})"
    rows = builder.connection.execute(
        f"{ids} ORDER BY updated_at {way} NULLS LAST, id {way} LIMIT ?",
        (*selection.parameters, limit),
    )
    return [(id, None) for (id,) in rows]


def _steps(builder: SqlBuilder) -> Iterator[Level]:
    """The levels of the query, and one more before the last if that is too large to be scored."""
    *strict, last = builder.levels
    yield from strict
    if builder.size > 1 and _costly(builder, last):
        yield "words in the title"
    yield last


def _costly(builder: SqlBuilder, level: Level) -> bool:
    return builder.count(level) * builder.size > AFFORDABLE
