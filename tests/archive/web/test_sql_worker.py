"""One worker: what a query may do, and its limits. (`test_sql_pool` runs it as a process.)"""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from archive.web import sql_worker


@pytest.fixture
def connection(snapshot: Any) -> Iterator[sqlite3.Connection]:
    opened = sql_worker.connect(quote(str(snapshot.path)))
    yield opened
    opened.close()
    with sqlite3.connect(":memory:") as other:
        other.execute("PRAGMA hard_heap_limit = 0")
    other.close()


def ask(connection: sqlite3.Connection, sql: str, parameters: Any = (), **given: Any) -> Any:
    return sql_worker.run(connection, sql, parameters, given.get("most"), given.get("seconds", 2))


def test_rows_and_columns_are_plain(connection: sqlite3.Connection) -> None:
    assert ask(connection, "select 1 as a, 'đ' as b") == ("rows", ["a", "b"], [(1, "đ")])
    kind, _, rows = ask(connection, "select id from articles", most=3)
    assert (kind, len(rows)) == ("rows", 3)


def test_the_timer_is_off_after_a_query(connection: sqlite3.Connection) -> None:
    ask(connection, "select 1", seconds=0.5)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("pragma", ["table_info(articles)", "index_list(articles)", "page_count"])
def test_pragmas_that_describe_are_open(connection: sqlite3.Connection, pragma: str) -> None:
    assert ask(connection, f"pragma {pragma}")[0] == "rows"


@pytest.mark.parametrize(
    "sql",
    [
        "pragma database_list", "pragma journal_mode", "pragma query_only = 0", "pragma mmap_size",
        "attach 'x.db' as x", "detach main", "select load_extension('x')",
        "select FTS3_TOKENIZER('simple')",
    ],
)  # fmt: skip
def test_nothing_leads_out_of_the_snapshot(connection: sqlite3.Connection, sql: str) -> None:
    kind, _, message = ask(connection, sql)
    assert kind == "error"
    assert "authorized" in message or "attached" in message or "no such database" in message


def test_an_answer_has_a_bound(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_worker, "MAX_ANSWER", 1_000)
    assert ask(connection, "select 'x', 1")[0] == "rows"
    kind, _, message = ask(connection, "select hex(zeroblob(600))")
    assert (kind, "the answer is longer than" in message) == ("error", True)


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("dân vận", '"dân" "vận"'),
        ('"dân vận" khéo', '"dân vận" "khéo"'),
        ("dân-vận", '"dân-vận"'),
        ('lúa "', '"lúa"'),
        ("", ""),
        (2018, '"2018"'),
    ],
)
def test_a_search_box_takes_any_text(typed: Any, escaped: str) -> None:
    assert sql_worker.escape_fts(typed) == escaped
