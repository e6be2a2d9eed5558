"""Exports: every row, every letter, the same bytes again, and no file where something failed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.articles import as_of
from archive.articles.details import details
from archive.articles.select import articles, keys_of
from archive.errors import KhobaoError, UsageError
from archive.export import COLUMNS, export, export_package
from archive.export.export import export_citations
from archive.export.frames import to_arrow
from archive.export.package import Provenance
from archive.export.tables import csv_line, harmless
from archive.models import Author, Image

#: The module: in its package the function has the same name.
WRITING = sys.modules["archive.export.export"]

HOSTILE = [
    '=1+1', '=HYPERLINK("http://x","y")', "+84 277", "-5 độ", "@SUM(A1)", "\tTab", "\rCR",
    'Nói "có", rồi thôi', "Dòng một\nDòng hai", "a,b;c", "'=1", "<script>alert(1)</script>", "…",
    "Đồng Tháp – hoà/hòa ơ ư ằ",
]  # fmt: skip


@pytest.fixture
def full(shelf):
    for number, text in enumerate(HOSTILE):
        shelf.add(
            text,
            body=f"{text}\n\nĐoạn hai" if number % 2 else None,
            lead=text,
            byline=text,
            authors=(Author("Mỹ Lý", "text"), Author("K.D", "photo")),
            images=(Image(1, "https://baodongthap.vn/a.jpg", text, None, 1),),
            tags=("lúa", "sen"),
            section="Xã hội",
            section_slug="xa-hoi",
            updated_at=f"2018-01-{number + 1:02}T10:00:00+07:00" if number else None,
        )
    return shelf


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_columns_are_frozen(shelf):
    cursor = shelf.connection.execute("SELECT * FROM articles_flat")
    assert tuple(name for name, *_ in cursor.description) == COLUMNS


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


def test_rows_are_those_of_the_query(full, tmp_path):
    for query in ("", "đoạn", "author:lý", "year:2018", "-script", "không-có-gì"):
        out = tmp_path / "a.csv"
        made = export(full.connection, out, query, force=True)
        assert made.rows == len(read(out)) - 1 == len(keys_of(full.connection, query))


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


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.excel.csv"])
def test_the_same_archive_gives_the_same_bytes(full, tmp_path, name):
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        out = tmp_path / folder / name
        export(full.connection, out, "year:2018", excel="excel" in name)
        made.append(hashlib.sha256(out.read_bytes()).hexdigest())
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_failure_leaves_no_file(full, tmp_path, monkeypatch, name):
    rows = iter([("x",) * len(COLUMNS)])

    def fails(*_):
        yield next(rows)
        raise OSError("No space left on device")

    monkeypatch.setattr(WRITING, "flat_rows", fails)
    with pytest.raises(OSError, match="No space"):
        export(full.connection, tmp_path / name)
    assert list(tmp_path.iterdir()) == [full.folder]


def test_a_missing_row_is_noticed_and_the_old_file_stays(full, tmp_path, monkeypatch):
    out = tmp_path / "a.csv"
    export(full.connection, out)
    before = out.read_bytes()
    monkeypatch.setattr(WRITING, "flat_rows", lambda *_: [("x",) * len(COLUMNS)])
    with pytest.raises(KhobaoError, match="14 articles answer the query, but 1 rows"):
        export(full.connection, out, force=True)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "archive"]


def test_a_crawl_that_commits_meanwhile_is_not_seen(full, tmp_path, monkeypatch):
    import sqlite3

    full.connection.execute("PRAGMA journal_mode = WAL")
    original = WRITING.flat_rows

    def meddling(connection, keys):
        other = sqlite3.connect(full.folder / "archive.db")
        other.execute("UPDATE articles SET title = 'Đã sửa'")
        other.commit()
        other.close()
        return original(connection, keys)

    monkeypatch.setattr(WRITING, "flat_rows", meddling)
    export(full.connection, tmp_path / "a.csv")
    assert "Đã sửa" not in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_an_ending_that_means_nothing_is_refused(full, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv, ….jsonl or ….parquet"):
        export(full.connection, tmp_path / "a.xlsx")
    with pytest.raises(UsageError, match="no folder"):
        export(full.connection, tmp_path / "none" / "a.csv")


# --- data package -------------------------------------------------------------------------------

ASKED = Provenance('đoạn "hai"', "đoạn and “hai”")


@pytest.fixture
def package(full, tmp_path):
    made = export_package(full.connection, tmp_path / "pkg", "", ASKED)
    assert made.rows == len(HOSTILE)
    return tmp_path / "pkg"


def test_a_package_describes_every_column_of_every_table(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    names = [resource["name"] for resource in descriptor["resources"]]
    assert names == ["articles", "images", "authors", "sections", "revisions", "coverage"]
    for resource in descriptor["resources"]:
        file = package / resource["path"]
        header, *rows = read(file)
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["rows"] == len(rows)
        assert resource["bytes"] == file.stat().st_size
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"
        key = resource["schema"].get("primaryKey", [])
        places = [header.index(name) for name in key]
        keys = [tuple(row[place] for place in places) for row in rows]
        assert not key or len(set(keys)) == len(keys)
        csvw = json.loads((package / f"{file.name}-metadata.json").read_text(encoding="utf-8"))
        assert csvw["url"] == file.name
        assert [column["name"] for column in csvw["tableSchema"]["columns"]] == header


def test_parts_of_a_package_belong_to_its_articles(full, tmp_path):
    export_package(full.connection, tmp_path / "pkg", "đoạn", ASKED)
    header, *rows = read(tmp_path / "pkg" / "articles.csv")
    keys = {row[header.index("key")] for row in rows}
    assert len(keys) == len(HOSTILE) // 2
    for name in ("images", "authors", "revisions"):
        parts = read(tmp_path / "pkg" / f"{name}.csv")[1:]
        assert {row[0] for row in parts} == keys
    assert len(read(tmp_path / "pkg" / "authors.csv")) == 2 * len(keys) + 1


def test_checksums_of_a_package_hold(package):
    lines = (package / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    assert set(named) == {file.name for file in package.iterdir()} - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest


def test_the_readme_says_what_was_asked_and_what_is_there(package):
    text = (package / "README.md").read_text(encoding="utf-8")
    assert '`đoạn "hai"`' in text
    assert f"| articles in this extract | {len(HOSTILE)} |" in text
    assert "coverage.csv" in text
    assert "Tiếng Việt" in text


def test_a_package_is_the_same_again_and_replaces_itself_only(full, package, tmp_path):
    before = {file.name: file.read_bytes() for file in package.iterdir()}
    export_package(full.connection, package, "", ASKED, force=True)
    assert {file.name: file.read_bytes() for file in package.iterdir()} == before
    other = tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("do not delete", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(UsageError, match="something else than a data package"):
            export_package(full.connection, other, "", ASKED, force=force)
    assert (other / "thesis.txt").exists()


def test_a_package_with_anything_else_in_it_or_changed_by_hand_is_not_replaced(full, package):
    with pytest.raises(UsageError, match="exists already"):
        export_package(full.connection, package, "", ASKED)
    mine = package / "notes.csv"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.csv, which is not of its data package"):
        export_package(full.connection, package, "", ASKED, force=True)
    mine.unlink()
    readme = package / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "my remarks", encoding="utf-8")
    with pytest.raises(UsageError, match=r"README\.md, which was changed"):
        export_package(full.connection, package, "", ASKED, force=True)
    assert readme.read_text(encoding="utf-8").endswith("my remarks")
    assert [path.name for path in package.parent.iterdir() if path.name.startswith(".")] == []


def test_force_replaces_what_khobao_wrote_and_nothing_else(full, tmp_path):
    for name in ("a.csv", "a.excel.csv", "a.jsonl", "a.parquet"):
        out = tmp_path / name
        export(full.connection, out, excel="excel" in name)
        before = out.read_bytes()
        with pytest.raises(UsageError, match="exists already"):
            export(full.connection, out, excel="excel" in name)
        export(full.connection, out, excel="excel" in name, force=True)
        assert out.read_bytes() == before
        out.write_bytes(b"my,own\r\n1,2\r\n")
        with pytest.raises(UsageError, match="does not look like something that khobao wrote"):
            export(full.connection, out, excel="excel" in name, force=True)
        assert out.read_bytes() == b"my,own\r\n1,2\r\n"
    for name, style in (
        ("a.bib", "bibtex"),
        ("a.ris", "ris"),
        ("a.json", "csl-json"),
        ("a", "ris"),
    ):
        out = tmp_path / name
        export_citations(full.connection, out, "", style)
        with pytest.raises(UsageError, match="exists already"):
            export_citations(full.connection, out, "", style)
        export_citations(full.connection, out, "", style, force=True)
        out.write_text("@book{mine,\n}\n", encoding="utf-8")
        with pytest.raises(UsageError, match="does not look like"):
            export_citations(full.connection, out, "", style, force=True)


def test_an_export_goes_to_a_file_and_never_through_a_link_or_into_a_device(full, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.csv").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".b.csv.part").symlink_to(tmp_path / "mine.txt")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("a.csv", "dangling.csv", "pipe.csv"):
        with pytest.raises(UsageError):
            export(full.connection, tmp_path / name)
    export(full.connection, tmp_path / "b.csv")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_package_validates_with_frictionless(package):
    pytest.importorskip("frictionless")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


# --- as of --------------------------------------------------------------------------------------


@pytest.fixture
def edited(shelf):
    """Two articles; the first edited a week later, the second gone then."""
    first = shelf.add("Lũ lên", body="Có 31 hộ", seen="2026-11-01T01:00:00.000Z")
    shelf.add("Lũ rút", body="Nước xuống", seen="2026-11-02T01:00:00.000Z")
    article = details(shelf.connection, first).article
    shelf.revise(
        first,
        replace(article, title="Lũ lên nhanh", body="Có 29 hộ"),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["title", "body"],
    )
    shelf.connection.execute(
        "UPDATE articles SET gone_at = '2026-11-09T01:00:00.000Z', gone_how = '404' WHERE id = 2"
    )
    shelf.connection.commit()
    return shelf


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        ("2026-10-31", []),
        ("2026-11-01", ["Lũ lên"]),
        ("2026-11-07", ["Lũ lên", "Lũ rút"]),
        ("2026-11-08", ["Lũ lên nhanh", "Lũ rút"]),
        ("11/2026", ["Lũ lên nhanh", "Lũ rút"]),
        ("2026-11-08T07:59:59+07:00", ["Lũ lên", "Lũ rút"]),
    ],
)
def test_as_of_gives_what_was_known_that_day(edited, day, titles):
    with as_of.known_at(edited.connection, as_of.moment(day)) as past:
        assert [article.title for article in articles(past)] == titles


def test_as_of_searches_the_text_of_that_day(edited):
    with as_of.known_at(edited.connection, as_of.moment("2026-11-07")) as past:
        assert len(keys_of(past, '"31 hộ"')) == 1
        assert keys_of(past, '"29 hộ"') == []
        rows = past.execute("SELECT revisions, gone_at FROM articles_flat ORDER BY key").fetchall()
        assert rows == [(1, None), (1, None)]
        for index in ("articles_exact", "articles_plain"):
            past.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_as_of_of_the_last_day_is_the_archive_itself(edited, tmp_path):
    export(edited.connection, tmp_path / "now.csv")
    with as_of.known_at(edited.connection, as_of.moment("2026-12-31")) as past:
        export(past, tmp_path / "then.csv")
    ours = read(tmp_path / "now.csv")
    # The test's own rows have made-up digests; those of the copy are of the text.
    place = ours[0].index("content_digest")
    assert [row[:place] + row[place + 1 :] for row in ours] == [
        row[:place] + row[place + 1 :] for row in read(tmp_path / "then.csv")
    ]


def test_as_of_writes_nothing_into_the_archive(edited):
    before = edited.connection.total_changes
    with as_of.known_at(edited.connection, as_of.moment("2026-11-07")):
        pass
    assert edited.connection.total_changes == before


# --- citations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "name"), [("bibtex", "a.bib"), ("ris", "a.ris")])
def test_citations_name_revision_day_and_capture(edited, tmp_path, style, name):
    made = export_citations(edited.connection, tmp_path / name, "", style)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert made.rows == 2
    assert "Lũ lên nhanh" in text
    assert "revision 2, seen 2026-11-08T01:00:00.000Z" in text
    capture = details(edited.connection, 1)
    assert capture.capture(capture.latest).payload_digest in text


def test_csl_json(edited, tmp_path):
    export_citations(edited.connection, tmp_path / "a.json", "rút", "csl-json")
    (item,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2018, 1, 3]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 2]]}


def test_names_and_signs_survive_bibtex(shelf, tmp_path):
    shelf.add("50% lúa & gạo_{sạch}", authors=(Author("Nguyễn Văn An", "text"), Author("K.D")))
    export_citations(shelf.connection, tmp_path / "a.bib", "", "bibtex")
    text = (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert r"title = {{50\% lúa \& gạo\_\{sạch\}}}" in text
    assert "author = {{Nguyễn Văn An} and {K.D}}" in text
