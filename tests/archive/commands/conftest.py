"""A small archive, and the command line on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.articles.details import details
from archive.cli import khobao
from archive.models import Author, Image


@pytest.fixture(scope="module")
def scene(new_shelf):
    """A few articles, one of them edited in silence, one gone."""
    shelf = new_shelf()
    first = shelf.add(
        "Công tác dân vận đạt kết quả",
        key="dto:80001",
        kicker="Huyện Cao Lãnh:",
        lead="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.",
        agency="ĐTO",
        body="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.\n\nĐã có 31 mô hình hay.",
        byline="DŨNG CHINH",
        authors=(Author("DŨNG CHINH", "text"),),
        section="Chính trị",
        section_slug="chinh-tri",
        images=(Image(1, "https://baodongthap.vn/a.jpg", "Tổ tự quản tuần tra", "K.D", 1),),
        seen="2026-11-01T01:00:00.000Z",
    )
    article = details(shelf.connection, first).article
    shelf.revise(
        first,
        replace(article, body=article.body.replace("31", "29")),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["body"],
    )
    shelf.add(
        "=Lúa được mùa", body="Bà con vận động người dân xuống giống", source="TTXVN",
        updated_at="2018-03-01T06:00:00+07:00", section="Kinh tế", section_slug="kinh-te",
    )  # fmt: skip
    shelf.add("Tin <b>đậm</b> [bold]đỏ[/bold]", body="chữ [red]hoà giải[/red]", updated_at=None)
    shelf.connection.execute(
        "UPDATE articles SET gone_at = '2026-11-09T01:00:00.000Z', gone_how = '404' WHERE id = 3"
    )
    shelf.connection.commit()
    return shelf.folder


@pytest.fixture
def run(scene):
    def invoke(*arguments: str, archive: Path | None = scene) -> Result:
        given = [*arguments, "-a", str(archive)] if archive else list(arguments)
        return CliRunner().invoke(khobao, given, catch_exceptions=False)

    return invoke
