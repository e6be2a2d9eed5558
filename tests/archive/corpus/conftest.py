"""A small paper whose words can be counted by hand."""

from __future__ import annotations

import pytest

from archive.models import Image


@pytest.fixture(scope="module")
def paper(new_shelf):
    shelf = new_shelf()
    shelf.add(
        "Dân vận khéo ở Mỹ Hòa",
        lead="Công tác dân vận ở xã Mỹ Hoà được người dân đồng tình.",
        body="Công tác dân vận ở xã Mỹ Hoà được người dân đồng tình.\n\n"
        "Tổ Dân vận khéo giúp người dân trồng lúa, trồng màu.\n\n"
        "“Dân vận” là việc của mọi người.",
        byline="DŨNG CHINH", section="Xã hội", section_slug="xa-hoi",
        updated_at="2018-01-03T05:00:00+07:00",
        images=(Image(1, "https://baodongthap.vn/a.jpg", "Tổ dân vận họp ở ấp 1", None, 1),),
    )  # fmt: skip
    shelf.add(
        "Lúa được mùa", body="Người dân trồng lúa nếp.\n\nGiá lúa tăng, lúa nếp bán chạy.",
        section="Kinh tế", section_slug="kinh-te", updated_at="2018-06-01T05:00:00+07:00",
    )  # fmt: skip
    shelf.add(
        "Giá lúa giảm", body="Giá lúa giảm, dân lo. Vận chuyển lúa khó.",
        section="Kinh tế", section_slug="kinh-te", updated_at="2019-02-01T05:00:00+07:00",
    )  # fmt: skip
    shelf.add("Người dẫn vần thơ", body="Thơ vui, thơ buồn.", updated_at=None)
    shelf.connection.commit()
    return shelf.connection


@pytest.fixture
def paragraphs(paper):
    """Every paragraph of running text, read without our code."""
    found = []
    for title, body, captions in paper.execute(
        "SELECT title, body, captions FROM articles ORDER BY updated_at IS NULL, updated_at"
    ):
        found.append([title, *(body or "").split("\n\n"), *(captions or "").split("\n")])
    return [[paragraph for paragraph in article if paragraph] for article in found]
