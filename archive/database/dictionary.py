"""The data dictionary: what every table, column and exit code means, read from dictionary.toml.

The data package, the CSVW metadata and ``docs/data-dictionary.md`` are made from it (``python -m
archive.database.dictionary > docs/data-dictionary.md``); tests compare it with the schema.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from archive import errors


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column."""

    text: str
    type: str = "string"
    """As Table Schema names it: string, integer, number, date, datetime, boolean, array, object."""


@dataclass(frozen=True, slots=True)
class Table:
    """The meaning of one table or view, column by column, in the order of the schema."""

    text: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    """The columns that name a row."""
    links: Mapping[str, tuple[str, str]]
    """Columns that refer to another table: ``{"article_id": ("articles", "id")}``."""


def _column(value: str | list[str]) -> Column:
    return Column(value) if isinstance(value, str) else Column(value[1], value[0])


def _table(value: Mapping[str, Any], common: Mapping[str, str | list[str]]) -> Table:
    return Table(
        value["text"],
        {name: _column(one or common[name]) for name, one in value["columns"].items()},
        tuple(value["key"]),
        {
            name: (table, column)
            for name, target in value.get("links", {}).items()
            for table, _, column in [target.partition(".")]
        },
    )


_DATA = tomllib.loads((files("archive.database") / "dictionary.toml").read_text("utf-8"))

TABLES = {name: _table(value, _DATA["common"]) for name, value in _DATA["tables"].items()}
#: The full-text indexes and what they hold.
SEARCH: Mapping[str, str] = _DATA["search"]
EXIT_CODES: Mapping[int, str] = {int(code): text for code, text in _DATA["exit_codes"].items()}


_HEAD = """# Data dictionary

Every table, view, column and exit code. Made from `archive/database/dictionary.toml` by
`python -m archive.database.dictionary > docs/data-dictionary.md`; a test compares them.

Text is Unicode NFC, in the paper's own spelling. An empty cell (NULL) means that the page
does not say. Times of observation are UTC (`…Z`); the paper's own are in `+07:00`.

## Tables and views"""

_SEARCH_HEAD = """
## Search indexes

| index | holds |
|---|---|"""

_EXIT_CODES_HEAD = """
Both have the columns `body`, `title`, `kicker`, `lead`, `captions`, `byline`, and the
`rowid` is `articles.id`. They need no function of ours:
`SELECT key, title FROM articles WHERE id IN (SELECT rowid FROM
articles_plain('dan van'))`.

## Exit codes

| code | meaning | errors |
|---|---|---|"""


def markdown() -> Iterator[str]:
    """The lines of docs/data-dictionary.md."""
    yield _HEAD
    for name, table in TABLES.items():
        yield f"\n### `{name}`\n\n{table.text}\n\n| column | type | meaning |\n|---|---|---|"
        for column, meaning in table.columns.items():
            marks = " (key)" if column in table.key else ""
            link = table.links.get(column)
            refers = f" → `{link[0]}.{link[1]}`" if link else ""
            yield f"| `{column}`{marks} | {meaning.type} | {meaning.text}{refers} |"
    yield _SEARCH_HEAD
    for name, text in SEARCH.items():
        yield f"| `{name}` | {text} |"
    yield _EXIT_CODES_HEAD
    for code, text in EXIT_CODES.items():
        names = ", ".join(f"`{name}`" for name in _errors_of(code))
        yield f"| {code} | {text} | {names} |"


def _errors_of(code: int) -> list[str]:
    return [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, errors.KhobaoError)
        and kind.exit_code == code
        and kind is not errors.KhobaoError
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(markdown()) + "\n")
