"""The filters and dates in a page's address, and notes on ignored parameters."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from archive import periods
from archive.search.parser import parse
from archive.search.query import Note, Query
from archive.web.views.records import FACETS

#: The filters of every page that counts or lists articles.
FILTERS = (*FACETS, "tag", "since", "until")

#: The most values of one filter that are read; no person types more.
MAX_VALUES = 12

#: The longest value that is read; no name in the archive is longer.
_LONGEST = 300


class RequestFilters:
    """The filters in an address; *own* are the other parameters of the page."""

    def __init__(self, request: Any, own: tuple[str, ...]) -> None:
        pairs = parse_qsl(request.query_string)
        given: dict[str, dict[str, None]] = {name: {} for name in FILTERS}
        for name, value in pairs:
            if name in given and value.strip() and len(given[name]) < MAX_VALUES:
                given[name][value[:_LONGEST]] = None
        self.notes: list[Note] = []
        for name in ("year", "since", "until"):
            for value in [value for value in given[name] if not _is_date(name, value)]:
                del given[name][value]
                self.notes.append(Note("bad-date", value[:60]))
        self.chosen = {name: tuple(values) for name, values in given.items()}
        known = {*own, *FILTERS, "lang"}
        self.notes += [
            Note("parameter", name[:60])
            for name in list(dict.fromkeys(name for name, _ in pairs if name not in known))[:5]
        ]
        #: The filters as the parameters of another address.
        self.filters = [(name, value) for name in FILTERS for value in self.chosen[name]]

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.filters)

    def query(self, text: str) -> Query:
        """The words *text* together with the filters."""
        meant = parse(text).narrowed(
            sections=self.chosen["section"],
            authors=self.chosen["author"],
            sources=self.chosen["source"],
            kinds=self.chosen["kind"],
            tags=self.chosen["tag"],
            papers=self.chosen["paper"],
        )
        for year in self.chosen["year"]:
            meant = meant.narrowed(since=year, until=year)
        for name in ("since", "until"):
            for value in self.chosen[name]:
                meant = meant.narrowed(**{name: value})  # type: ignore[arg-type]
        return meant


def _is_date(name: str, value: str) -> bool:
    period = periods.parse(value)
    return period is not None and (name != "year" or len(value) == 4)
