"""What is exported opens where people open it: LibreOffice, DuckDB, pandas.

LibreOffice is the spreadsheet of somebody who has never heard of UTF-8: it opens the file headless
and saves it again. Vietnamese intact, every row there, no formula alive.
"""

import asyncio
import csv
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from archive.export import export, export_package
from archive.export.package import Provenance
from tests.programs import find_program

#: What a cell may hold that a spreadsheet would calculate, and Vietnamese in every mark.
TITLES = [
    "=1+1",
    '=HYPERLINK("http://example.com";"Bấm vào đây")',
    "+84 277 3851 234 là số máy trực",
    "-5 độ ở Mẫu Sơn",
    "@banbientap trả lời",
    "Đường về cù lao: ẵ ẳ ỹ ỷ ợ ử ỗ ặ, “dân vận khéo”",
    "Hai dòng;\tdấu chấm phẩy, và “ngoặc”",
]


@pytest.fixture(scope="module")
def shelf(new_shelf):
    shelf = new_shelf()
    for title in TITLES:
        shelf.add(title, body=f"{title}\n\nĐoạn thứ hai.", byline="MỸ LÝ")
    return shelf


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def package(shelf, folder):
    export_package(shelf.connection, folder / "package", "", Provenance("", "every article"))
    return folder / "package"


def through_libreoffice(path, folder, evaluate):
    """The rows of *path* as LibreOffice shows them."""
    soffice = find_program("soffice", "libreoffice")
    subprocess.run(
        [
            *(soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            # 44: comma, 34: quotation mark, 76: UTF-8; the last word: calculate formulas or not.
            f"--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,{evaluate}",
            *("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
            *("--outdir", folder / path.parent.name / "out", path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    [converted] = Path(folder / path.parent.name / "out").glob("*.csv")
    with converted.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("cut_at", [(",", 44), (";", 59), ("tab", 9)], ids=lambda cut: cut[0])
def test_libreoffice_calculates_no_hidden_formula_wherever_it_cuts(new_shelf, folder, cut_at):
    """Whatever stands before the sign, and whichever sign: nothing may come to 8042."""
    shelf = new_shelf()
    before = ["", "\0", "\0\0", "\t", "\r", "\n", " ", "\xa0", "\ufeff", "\u3000", " \t \0", "'\0"]
    before += ["a;", "a; ", "a\t", "a\n", "a\n\n ", 'a";', 'a","', 'a"\n', "a|", f"{' ' * 50}"]
    for prefix in before:
        for sign in "=+-@＝＋－＠":
            formula = f"{prefix}{sign}40+8002" if sign != "-" else f"{prefix}-40+8082"
            shelf.add(formula or "x", body=f"{formula}\n\n{formula}", byline=formula)
    place = folder / f"hidden-{cut_at[1]}"
    place.mkdir()
    made = export(shelf.connection, place / "articles.csv", excel=True)
    subprocess.run(
        [
            *(
                find_program("soffice", "libreoffice"),
                "--headless",
                f"-env:UserInstallation=file://{folder}/profile",
            ),
            f"--infilter=CSV:{cut_at[1]},34,76,1,,0,false,true,false,false,false,-1,true",
            *("--convert-to", "fods", "--outdir", place, made.path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheet = (place / "articles.excel.fods").read_text(encoding="utf-8")
    assert "40+8002" in sheet
    assert "table:formula" not in sheet
    assert 'office:value="8042"' not in sheet


def test_libreoffice_opens_the_excel_flavour_and_calculates_nothing(shelf, folder):
    (folder / "excel").mkdir()
    made = export(shelf.connection, folder / "excel" / "articles.csv", excel=True)
    rows = through_libreoffice(made.path, folder, "true")  # as if each cell were typed
    assert {row["title"].lstrip("'") for row in rows} == set(TITLES)
    assert {row["byline"] for row in rows} == {"MỸ LÝ"}
    assert all(row["body"].endswith("\n\nĐoạn thứ hai.") for row in rows)


def test_libreoffice_opens_the_data_package(package, folder):
    rows = through_libreoffice(package / "articles.csv", folder, "false")  # its own default
    assert [row["title"] for row in rows] == TITLES
    with (package / "articles.csv").open(encoding="utf-8", newline="") as stream:
        exact = list(csv.DictReader(stream))
    assert [row["body"] for row in rows] == [row["body"] for row in exact]


def test_duckdb_opens_the_data_package(package):
    titles = duckdb.sql(f"SELECT title FROM read_csv('{package}/articles.csv') ORDER BY key")
    assert [row[0] for row in titles.fetchall()] == TITLES


def test_pandas_opens_the_data_package(package):
    frame = pd.read_csv(package / "articles.csv", dtype={"site_id": "string"})
    assert list(frame["title"]) == TITLES
    assert set(frame["byline"]) == {"MỸ LÝ"}


def test_stock_datasette_shows_its_search_box(new_shelf):
    """Datasette as it comes: no plugin, metadata or template of ours."""
    stock = pytest.importorskip("datasette.app")
    shelf = new_shelf()
    found = shelf.add("Mùa nước nổi về sớm")
    shelf.add("Giá lúa")
    shelf.connection.commit()
    client = stock.Datasette([str(shelf.folder / "archive.db")]).client
    page = asyncio.run(client.get("/archive/articles?_search=nước+nổi"))
    assert page.status_code == 200
    assert 'name="_search"' in page.text
    answer = asyncio.run(client.get("/archive/articles.json?_search=nước+nổi&_shape=array"))
    assert [row["id"] for row in answer.json()] == [found]
