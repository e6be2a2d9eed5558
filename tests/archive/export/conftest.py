"""An archive with hostile texts, one with an edit, and a package."""

from __future__ import annotations

import pytest

from archive.export import export_package
from archive.export.package import Provenance
from archive.models import Author, Image

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


ASKED = Provenance('đoạn "hai"', "đoạn and “hai”")


@pytest.fixture
def package(full, tmp_path):
    made = export_package(full.connection, tmp_path / "pkg", "", ASKED)
    assert made.rows == len(HOSTILE)
    return tmp_path / "pkg"
