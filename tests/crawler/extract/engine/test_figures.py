"""Boxes, tables and rows about a picture."""

import pytest
from lxml import html

from crawler.extract.engine.figures import (
    in_cell_beside,
    in_data_cell,
    in_same_item,
    is_picture_table,
    lists_data,
)

IMG = "<img src=/a.jpg>"
LONG = "Bà con làng hoa tất bật tưới cây, tỉa lá, chăm chút từng giỏ cúc để kịp chuyến ghe về chợ. "


@pytest.fixture(autouse=True)
def _forget():
    yield
    is_picture_table.cache_clear()


@pytest.mark.parametrize(
    ("rows", "is_of_picture"),
    [
        (f"<tr><td>{IMG}</td></tr><tr><td>Vườn hoa</td></tr>", True),
        ("<tr><td>Xã</td><td>12</td></tr>", False),
        (f"<tr><td>{LONG}</td></tr><tr><td>{IMG}</td></tr>", True),
        (f"<tr><td>{LONG}{IMG}</td></tr>", False),
        (f"<tr><td>{IMG}<p>{LONG}</p><p>{LONG}</p></td></tr>", False),
        (f"<tr><td>{IMG}{LONG * 8}</td></tr>", False),
        (f"<tr><td><table><tr><td>{IMG}</td></tr></table></td></tr>", False),
    ],
)
def test_a_table_about_a_picture(rows, is_of_picture):
    assert is_picture_table(html.fragment_fromstring(f"<table>{rows}</table>")) is is_of_picture


def test_rows_of_several_cells_are_data():
    rows = "<tr><td><p>Xã</p></td><td>12</td></tr>" * 2
    table = html.fragment_fromstring(f"<table>{rows}</table>")
    paragraph = next(table.iter("p"))
    assert in_data_cell(paragraph)
    assert lists_data(table, html.fragment_fromstring("<h1>T</h1>"))
    assert not lists_data(table, paragraph)  # the page is set in it


def test_the_cell_beside_the_picture():
    table = html.fragment_fromstring(
        f"<table><tr><td>{IMG}</td><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></table>"
    )
    picture = next(table.iter("img"))
    assert [in_cell_beside(one, picture) for one in table.iter("p")] == [True, False]


def test_one_item_of_a_list():
    items = html.fragment_fromstring(f"<ul><li>{IMG}<p>a</p></li><li><p>b</p></li></ul>")
    picture = next(items.iter("img"))
    assert [in_same_item(one, picture) for one in items.iter("p")] == [True, False]
