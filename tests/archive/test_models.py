"""The records that all modules exchange."""

import json
from dataclasses import FrozenInstanceError, asdict

import pytest

from archive.models import Article, Author, Image

WHOLE = Article(
    "Mùa nước nổi",
    url="https://baodongthap.vn/a.aspx",
    body="Một\n\nHai",
    authors=(Author("Mỹ Lý", "text"), Author("Dương Út")),
    images=(Image(1, "https://baodongthap.vn/a.jpg", "Lưới", None, 1),),
    tags=("lúa",),
    media=("https://baodongthap.vn/a.mp3",),
    rules={"lead": "aspx:first-paragraph"},
    flags=("text:mojibake",),
)


@pytest.mark.parametrize("article", [WHOLE, Article("Chỉ có tiêu đề")])
def test_an_article_survives_json(article):
    record = json.loads(json.dumps(article.to_dict(), ensure_ascii=False))
    assert Article.from_dict(record) == article


def test_a_record_has_every_field_as_dataclasses_would_give_it():
    as_lists = json.loads(json.dumps(asdict(WHOLE)))
    assert WHOLE.to_dict() == as_lists
    assert list(WHOLE.to_dict()) == list(asdict(WHOLE))


def test_names_of_a_newer_khobao_are_ignored():
    assert Article.from_dict({"title": "Tin", "mood": "cheerful"}) == Article("Tin")


def test_paragraphs_are_parted_by_a_blank_line():
    assert WHOLE.paragraphs == ["Một", "Hai"]
    assert Article("Tin").paragraphs == []


def test_a_record_is_never_altered():
    with pytest.raises(FrozenInstanceError):
        WHOLE.title = "Khác"
