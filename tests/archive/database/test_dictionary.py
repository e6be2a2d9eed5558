"""Every table, column and exit code is described, and the page in docs says the same."""

from __future__ import annotations

from pathlib import Path

from archive import errors
from archive.database import dictionary

DOCS = Path(__file__).parents[3] / "docs"


def test_every_column_of_every_table_is_described(shelf):
    rows = shelf.connection.execute(
        "SELECT m.name, p.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p"
        " WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'articles_exact%'"
        " AND m.name NOT LIKE 'articles_plain%' AND m.name NOT LIKE 'sqlite_%'"
        " AND m.name <> '_sqlite_migrations' ORDER BY m.name, p.cid"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    assert {name: list(table.columns) for name, table in dictionary.TABLES.items()} == found


def test_every_index_is_described(shelf):
    names = shelf.connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"
    )
    assert sorted(dictionary.SEARCH) == [name for (name,) in names]


def test_keys_and_links_name_columns_that_are_there():
    for table in dictionary.TABLES.values():
        assert set(table.key) <= set(table.columns)
        for column, (other, target) in table.links.items():
            assert column in table.columns
            assert target in dictionary.TABLES[other].columns


def test_every_exit_code_is_described():
    codes = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.KhobaoError)
    }
    assert codes <= set(dictionary.EXIT_CODES)


def test_the_page_in_docs_is_up_to_date():
    page = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == "\n".join(dictionary.markdown()) + "\n"
