"""Lines between breaks: which are one paragraph, and which are verses."""

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, around

A = "Nước về sớm, bà con xuống giống."
B = "Giá hoa giữ mức khá."


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        (f"{A}<br>{B}", [A, B]),
        (f"{A}<br><br>{B}", [A, B]),
        ("Nước về sớm<br>nên bà con xuống giống.", ["Nước về sớm nên bà con xuống giống."]),
        ("Nước về sớm<br>, bà con xuống giống.", ["Nước về sớm, bà con xuống giống."]),
        ("Nước về sớm<br><br>nên bà con xuống giống.", ["Nước về sớm", "nên bà con xuống giống."]),
        ("Cần ba thứ:<br>- giống<br>- phân<br>- nước", ["Cần ba thứ:", "- giống", "- phân", "- nước"]),
        ("<span>Tỉnh uỷ</span><span>Đồng Tháp</span> họp.", ["Tỉnh uỷ Đồng Tháp họp."]),
        ("Trời 26<sup>o</sup>C vào sáng sớm.", ["Trời 26oC vào sáng sớm."]),
        (
            "Ai về Cao Lãnh quê em<br>Ghé thăm vườn quýt<br>Ăn nem Lai Vung<br>Nhớ mùa nước nổi",
            ["Ai về Cao Lãnh quê em", "Ghé thăm vườn quýt", "Ăn nem Lai Vung", "Nhớ mùa nước nổi"],
        ),
    ],
)  # fmt: skip
def test_lines_of_a_paragraph(html, paragraphs):
    assert around(f"<p>{html}</p>").paragraphs == [FIRST, SECOND, *paragraphs, LAST]
