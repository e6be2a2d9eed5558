"""CSV, CSV for Excel, JSON lines and Parquet give every row back."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.export import COLUMNS, export
from archive.export.frames import to_arrow
from archive.export.tables import csv_line, harmless, typed

HOSTILE = [
    '=1+1', '=HYPERLINK("http://x","y")', "+84 277", "-5 độ", "@SUM(A1)", "\tTab", "\rCR",
    'Nói "có", rồi thôi', "Dòng một\nDòng hai", "a,b;c", "'=1", "<script>alert(1)</script>", "…",
    "Đồng Tháp – hoà/hòa ơ ư ằ",
]  # fmt: skip


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_csv_gives_back_what_the_archive_has(full, tmp_path):
    out = tmp_path / "a.csv"
    made = export(full.connection, out)
    header, *rows = read(out)
    expected = full.connection.execute(
        "SELECT * FROM articles_flat ORDER BY updated_at IS NULL, updated_at, key"
    ).fetchall()
    assert tuple(header) == COLUMNS
    assert rows == [["" if v is None else str(v) for v in row] for row in expected]
    assert made.rows == len(HOSTILE)
    assert made.bytes == out.stat().st_size
    assert out.read_bytes().count(b"\r\n") >= len(HOSTILE)
    assert not out.read_bytes().startswith(b"\xef\xbb\xbf")


@given(st.lists(st.one_of(st.none(), st.integers(), st.text()), min_size=2, max_size=6))
def test_lines_are_those_of_the_csv_module(row):
    text = io.StringIO(newline="")
    csv.writer(text).writerow(row)
    assert csv_line(row) == text.getvalue()


#: The signs with which a spreadsheet begins a formula, and their wide forms.
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("start", SIGNS)
def test_excel_calculates_nothing(shelf, tmp_path, start):
    shelf.add(f"{start}1+1", body=f"{start}cmd|'/c calc'!A1", byline=f"{start}2")
    made = export(shelf.connection, tmp_path / "a.csv", excel=True)
    assert made.path.name == "a.excel.csv"
    data = made.path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1
    row = dict(zip(*read(made.path, "utf-8-sig")))
    for name in ("title", "body", "byline"):
        assert row[name].startswith(f"'{start}")


def test_excel_leaves_harmless_cells_alone(full, tmp_path):
    excel = export(full.connection, tmp_path / "a.csv", excel=True)
    plain = export(full.connection, tmp_path / "a.csv")
    for row, same in zip(read(plain.path), read(excel.path, "utf-8-sig")):
        for cell, other in zip(row, same):
            assert other.replace("'", "") == cell.replace("'", "").replace("\0", "")
            if not any(sign in cell for sign in SIGNS):
                assert other == cell.replace("\0", "")


@pytest.mark.parametrize(
    "cut", [";", "|", "\t", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"]
)
def test_a_sign_where_a_spreadsheet_may_begin_a_cell_is_no_formula(cut):
    assert harmless(f"a{cut}=1+1") == f"a{cut}'=1+1"
    assert harmless(f"{cut}=1+1") == f"{cut}'=1+1"


@pytest.mark.parametrize("hidden", ["\0", " ", '"', "'", "\ufeff", "\u200b"])
def test_a_sign_behind_what_a_spreadsheet_skips_is_no_formula(hidden):
    assert harmless(f"{hidden}=1").endswith("'=1")


def test_a_sign_in_the_middle_of_a_sentence_is_no_formula(shelf, tmp_path):
    said = 'Nhiệt độ 19-25, a = b; 2/1/1900 (x - y) "=" https://a.vn/?a=1'
    shelf.add(said)
    made = export(shelf.connection, tmp_path / "a.csv", excel=True)
    assert dict(zip(*read(made.path, "utf-8-sig")))["title"] == said


def test_hidden_signs_are_found_in_no_time():
    for text in (" " * 60_000, "=" * 60_000, "= " * 30_000, ";" * 60_000, "a;=" * 20_000):
        start = time.perf_counter()
        harmless(text)
        assert time.perf_counter() - start < 2


def test_excel_is_said_in_the_name_once(full, tmp_path):
    made = export(full.connection, tmp_path / "a.excel.csv", excel=True)
    assert made.path.name == "a.excel.csv"
    with pytest.raises(UsageError, match=r"\.csv"):
        export(full.connection, tmp_path / "a.jsonl", excel=True)


def test_json_lines(full, tmp_path):
    export(full.connection, tmp_path / "a.jsonl", "year:2018")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    assert [tuple(record) for record in records] == [COLUMNS] * (len(HOSTILE) - 1)
    assert [record["title"] for record in records] == HOSTILE[1:]
    assert "Đồng" in "".join(lines)


def test_parquet_has_types_and_descriptions(full, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    export(full.connection, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == len(HOSTILE)
    assert str(table.schema.field("word_count").type) == "int64"
    assert b"Headline" in table.schema.field("title").metadata[b"description"]
    assert table.column("title").to_pylist() == [*HOSTILE[1:], HOSTILE[0]]
    assert table.equals(to_arrow(full.connection))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "Đồng Tháp", "Đồng Tháp"),
        ("integer", 7, 7),
        ("list", "Mỹ Lý; Dương Út", ["Mỹ Lý", "Dương Út"]),
        ("day", "2018-01-03", date(2018, 1, 3)),
        ("day", "2018-13-03", None),
        ("stamp", None, None),
        # Of the paper's own times the zone is Vietnam's, of ours it is UTC, if it is not stated.
        ("stamp", "2018-01-03T10:12:28", datetime(2018, 1, 3, 3, 12, 28, tzinfo=UTC)),
        ("stamp", "2018-01-03T10:12:28+07:00", datetime(2018, 1, 3, 3, 12, 28, tzinfo=UTC)),
        ("moment", "2018-01-03T10:12:28", datetime(2018, 1, 3, 10, 12, 28, tzinfo=UTC)),
        ("moment", "2018-01-03T10:12:28Z", datetime(2018, 1, 3, 10, 12, 28, tzinfo=UTC)),
        ("moment", "2018-01-03T99:12:28Z", None),
    ],
)
def test_a_value_has_its_type(kind, text, value):
    assert typed(kind, text) == value


@pytest.mark.parametrize(("kind", "hour"), [("stamp", 10), ("moment", 3)])
def test_a_time_is_told_in_its_own_zone(kind, hour):
    assert typed(kind, "2018-01-03T10:12:28+07:00").hour == hour


def test_json_lines_are_utf_8_with_one_object_a_line(shelf, tmp_path):
    shelf.add("Nghề dệt chiếu\u2028Định Yên")
    path = export(shelf.connection, tmp_path / "a.jsonl").path
    data = path.read_bytes()
    assert data.count(b"\n") == 1
    assert '"title":"Nghề dệt chiếu\u2028Định Yên"'.encode() in data
