"""Lines of the text that hold a date: no stamps, whatever stands above them."""

from __future__ import annotations

import pytest

from crawler.extract.article import read_page
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import FIRST, LAST, SIGNED, STAMP, TITLE, URL, read

PICTURE = "<p align=center><img src='/image/news/2026/20260213/hoa1.jpg'></p>"


@pytest.mark.parametrize(
    "line",
    [
        "Giá nông sản ngày 06/02/2026:",
        "Ngày 07/02/2026:",
        "Ngày 6 tháng 2 năm 2026",
        "Thời gian: 07/02/2026",
        "Từ ngày 06/02/2026 đến 10/02/2026",
        "19 giờ ngày 06/02/2026",
    ],
)
@pytest.mark.parametrize("stamp", [STAMP, ""])
def test_a_dated_line_that_opens_the_text(line: str, stamp: str) -> None:
    article = read(f"<p>{line}</p><p>{FIRST}</p><p>{LAST}</p>{SIGNED}", stamp=stamp)
    assert article.paragraphs == [line, FIRST, LAST]
    assert article.updated_at == ("2026-02-13T19:48:00+07:00" if stamp else None)


def test_days_in_a_table_that_opens_the_text() -> None:
    rows = "".join(
        f"<tr><td>Ngày 0{day}/02/2026</td><td>{where}</td></tr>"
        for day, where in [(7, "TP.Cao Lãnh"), (8, "Lai Vung")]
    )
    article = read(f"<table border=1>{rows}</table><p>{FIRST}</p><p>{LAST}</p>{SIGNED}")
    assert article.paragraphs[:2] == ["Ngày 07/02/2026 | TP.Cao Lãnh", "Ngày 08/02/2026 | Lai Vung"]


@pytest.mark.parametrize("stamp", [STAMP, ""])
def test_a_date_in_the_caption_of_the_opening_picture(stamp: str) -> None:
    caption = "Bác Hồ thăm công trường (ngày 19/5/1958)"
    article = read(
        f"{PICTURE}<p align=center><em>{caption}</em></p><p>{FIRST}</p><p>{LAST}</p>", stamp=stamp
    )
    assert [image.caption for image in article.images] == [caption]
    assert article.updated_at == ("2026-02-13T19:48:00+07:00" if stamp else None)


@pytest.mark.parametrize(
    ("line", "kicker"),
    [
        ("Kỷ niệm Ngày Thương binh - Liệt sĩ 27/7/2026", True),
        ("Hôm nay: 24/11/2026", False),
    ],
)
def test_a_day_above_the_title(line: str, kicker: bool) -> None:
    page = (
        f"<html><body><div><div class=k>{line}</div><h1>{TITLE}</h1>"
        f"<p>{FIRST}</p><p>{LAST}</p></div></body></html>"
    )
    article = read_page(Page.from_text(page, URL))
    assert article.updated_at is None
    assert article.kicker == (line if kicker else None)


def test_a_letter_s_dateline_set_right() -> None:
    dateline = "Sa Đéc, ngày 4 tháng 2 năm 2026"
    article = read(
        f"<p style='text-align:right'><em>{dateline}</em></p><p>{FIRST}</p><p>{LAST}</p>{SIGNED}"
    )
    assert article.paragraphs == [dateline, FIRST, LAST]
    assert article.updated_at == "2026-02-13T19:48:00+07:00"
