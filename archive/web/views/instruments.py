"""The instruments in the room: concordance, words, collocates and keyness, each also as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from archive.corpus import collocations, concordance, frequencies, keyness
from archive.errors import UsageError
from archive.export.tables import csv_text
from archive.search.query import Note
from archive.web.views.base import number_in, read, render
from archive.web.views.filters import RequestFilters

NAMES = ("concordance", "words", "collocates", "keyness")

#: A page and a file of the room read at most so many articles, to answer within two seconds. The
#: commands read all.
MOST = 3_000

#: Rows of a page, and of a file.
SHOWN, IN_FILE = 100, 5_000

_UNIT = "syllables"


class InstrumentRequest(RequestFilters):
    """The parameters of an instrument."""

    def __init__(self, request: Any) -> None:
        own = ("q", "against", "sort", "by", "n", "sample", "seed", "left", "right")
        super().__init__(request, own)
        self.name: str = request.url_vars["name"]
        self.ending: str | None = request.url_vars["ending"]
        self.text: str = (request.args.get("q") or "").strip()
        self.against: str = (request.args.get("against") or "").strip()
        sort, by = request.args.get("sort"), request.args.get("by")
        self.sort: concordance.Sort = sort if sort in get_args(concordance.Sort) else "date"
        self.by: collocations.Measure = by if by in get_args(collocations.Measure) else "logdice"
        self.n = min(max(number_in(request, "n") or 1, 1), 6)
        self.sample = number_in(request, "sample") or None
        seed = number_in(request, "seed")
        self.seed = 1 if seed is None else seed
        sides = (number_in(request, "left"), number_in(request, "right"))
        left, right = (5 if side is None else min(side, 20) for side in sides)
        self.window = (left, right) if left + right else (5, 5)

    def address(self, name: str, ending: str = "") -> str:
        """The path of another instrument, or of a file, on the same articles."""
        pairs: list[tuple[str, Any]] = [("q", self.text)] if self.text else []
        if name == self.name:
            chosen: dict[str, list[tuple[str, Any]]] = {
                "concordance": [("sort", self.sort), ("sample", self.sample), ("seed", self.seed)],
                "words": [("n", self.n)],
                "collocates": [
                    ("by", self.by),
                    ("left", self.window[0]),
                    ("right", self.window[1]),
                ],
                "keyness": [("against", self.against), ("n", self.n)],
            }
            pairs += [(key, value) for key, value in chosen[name] if value is not None]
        query = urlencode([*pairs, *self.filters])
        return f"/{name}{ending}{'?' if query else ''}{query}"

    @property
    def ready(self) -> bool:
        """Whether enough was typed; frequency lists need no query."""
        if self.name == "keyness":
            return bool((self.text or self.narrowed) and self.against)
        return self.name == "words" or bool(self.text)

    def answer(self, connection: Any) -> Any:
        """What the instrument finds."""
        meant, limit = self.query(self.text), IN_FILE if self.ending else SHOWN
        if self.name == "concordance":
            return concordance.concordance(
                connection, meant, sort=self.sort, sample=self.sample, seed=self.seed,
                limit=limit, most=MOST,
            )  # fmt: skip
        if self.name == "words":
            return frequencies.frequencies(connection, meant, n=self.n, limit=limit, most=MOST)
        if self.name == "collocates":
            return collocations.collocations(
                connection, meant, window=self.window, measure=self.by, limit=limit, most=MOST
            )
        return keyness.keyness(
            connection, meant, self.query(self.against), n=self.n, limit=limit, most=MOST
        )


async def instrument(request: Any, datasette: Any) -> Response:
    """One instrument, as a page, as CSV or as JSON."""
    asked = InstrumentRequest(request)
    found, refused = None, False
    if asked.ready:
        try:
            found = await read(datasette, asked.answer)
        except UsageError:  # no words, or an empty set
            refused = True
    if asked.ending:
        return _file(asked, found)
    columns, rows = _table(found) if found is not None else ((), [])
    notes: list[Note] = [*asked.notes, *(found.notes if found is not None else ())]
    return await render(
        datasette,
        request,
        "instrument.html",
        {
            "asked": asked, "found": found, "refused": refused, "columns": columns, "rows": rows,
            "notes": notes, "instruments": NAMES, "sampled": found is not None and _sampled(found),
            "most": MOST,
        },
    )  # fmt: skip


def _sampled(found: Any) -> bool:
    """Whether not all articles of the set were read."""
    return bool(found.read != found.meant)


def _table(found: Any) -> tuple[Sequence[str], list[Sequence[Any]]]:
    """The columns and rows of what was found."""
    if isinstance(found, concordance.Concordance):
        return concordance.COLUMNS, list(found.rows())
    home = {
        frequencies.Frequencies: frequencies.COLUMNS,
        collocations.Collocations: collocations.COLUMNS,
        keyness.Keyness: keyness.COLUMNS,
    }
    return home[type(found)], list(found.table())


def _file(asked: InstrumentRequest, found: Any) -> Response:
    columns, rows = _table(found) if found is not None else ((), [])
    if asked.ending == "json":
        facts: dict[str, Any] = {
            "instrument": asked.name,
            "unit": _UNIT,
            "rows": _dicts(columns, rows),
        }
        if found is not None:
            facts |= {"understood": found.understood, "articles_read": found.read,
                      "articles_meant": found.meant}  # fmt: skip
            if isinstance(found, concordance.Concordance):
                facts |= {"mentions": found.mentions, "articles": found.articles}
        return Response.json(facts)
    # The unit stands in every row, as in the file of the command; a mention has none.
    if found is not None and asked.name != "concordance":
        columns, rows = (*columns, "unit"), [(*row, _UNIT) for row in rows]
    return Response(
        csv_text(columns, [list(row) for row in rows]),
        content_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="khobao-{asked.name}.csv"'},
    )


def _dicts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row)) for row in rows]
