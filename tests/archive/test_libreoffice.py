"""The spreadsheet of a person who has never heard of UTF-8: LibreOffice opens what is exported.

Converted headless and read back: Vietnamese intact, every row there, no formula alive.
"""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from archive.export import export

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

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
def opened(new_shelf, tmp_path_factory):
    """The exported file, opened by LibreOffice and saved again as CSV."""
    assert SOFFICE, (
        "LibreOffice is missing: make programs (or apt-get install libreoffice-calc-nogui)"
    )
    shelf = new_shelf()
    for title in TITLES:
        shelf.add(title, body=f"{title}\n\nĐoạn thứ hai.", byline="MỸ LÝ")
    folder = tmp_path_factory.mktemp("libreoffice")
    made = export(shelf.connection, folder / "articles.csv", excel=True)
    out = folder / "out"
    subprocess.run(
        [
            *(SOFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            # 44: comma, 34: quotation mark, 76: UTF-8, evaluate formulas as typing would.
            "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true",
            *("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", out),
            made.path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    [converted] = Path(out).glob("*.csv")
    with converted.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_is_there(opened):
    assert len(opened) == len(TITLES)


def test_vietnamese_is_intact_and_nothing_is_calculated(opened):
    shown = {row["title"].lstrip("'") for row in opened}
    assert shown == set(TITLES)
    assert {row["byline"] for row in opened} == {"MỸ LÝ"}


def test_bodies_keep_their_paragraphs(opened):
    for row in opened:
        assert row["body"].endswith("\n\nĐoạn thứ hai.")
