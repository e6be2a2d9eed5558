"""How the yardstick judges one reading."""

from pathlib import Path

import pytest

from archive.models import Article, Author, Image
from benchmarks.extraction.pages import Case
from benchmarks.extraction.scores import judge, paragraphs, same_people

PAGE = Article(
    title="Nước lũ về sớm",
    agency="ĐTO",
    body="Nước lũ về sớm ở Hồng Ngự.\n\nNgười dân chuẩn bị ngư cụ ở chợ Thường Phước.",
    updated_at="2018-08-06T10:12:28+07:00",
    updated_precision="second",
    byline="Mỹ Lý - Nhật Khánh",
    authors=(Author("Mỹ Lý", "text"), Author("Nhật Khánh", "text")),
    section="Xã hội",
    images=(Image(1, "https://baodongthap.vn/a.jpg", "Ngư dân đặt dớn"),),
)
PERFECT = {
    "title": PAGE.title,
    "date": PAGE.updated_at,
    "time": PAGE.updated_at,
    "body": PAGE.paragraphs,
    "captions": ["Ngư dân đặt dớn"],
    "byline": PAGE.byline,
    "section": "Xã hội",
}


def case(expected: Article, *, only: set[str] | None = None) -> Case:
    fields = frozenset(only or Article.__dataclass_fields__)
    return Case("page", Path("page.html"), None, expected, fields)


def scores(expected: Article = PAGE, **changes: object) -> dict[str, float | None]:
    return judge("it", "1", [(case(expected), PERFECT | changes)]).scores


def test_a_perfect_reading_has_full_marks_and_no_leak():
    assert scores() == {**dict.fromkeys(scores(), 1.0), "leak": 0.0}


@pytest.mark.parametrize(
    ("field", "value", "score"),
    [
        ("title", "Nước lũ về", "title"),
        ("title", None, "title"),
        ("date", "2018-06-08", "date"),
        ("time", "2018-08-06T10:12:29+07:00", "time"),
        ("time", None, "time"),
        ("byline", "Mỹ Lý", "byline"),
        ("section", "xa-hoi", "section"),
        ("captions", [], "captions"),
        ("body", [*PAGE.paragraphs, PAGE.byline], "paragraphs"),
        ("body", [" ".join(PAGE.paragraphs)], "paragraphs"),
    ],
)
def test_a_wrong_field_costs_its_own_score(field, value, score):
    assert scores(**{field: value})[score] == 0.0


def test_a_stamp_in_another_zone_is_the_same_moment():
    assert scores(date="2018-08-06T03:12:28Z", time="2018-08-06T03:12:28Z")["time"] == 1.0


def test_form_and_white_space_are_forgiven_and_nothing_else():
    decomposed = "Nu\u031bo\u031b\u0301c lu\u0303\xa0về  sớm"
    assert scores(title=decomposed)["title"] == 1.0
    assert scores(title="nước lũ về sớm")["title"] == 0.0


def test_an_invented_value_is_wrong_and_silence_earns_nothing():
    bare = Article("Tiêu đề", body="Một đoạn.")
    reading = {"title": "Tiêu đề", "byline": "admin", "section": None, "body": ["Một đoạn."]}
    found = judge("it", "1", [(case(bare), reading)]).scores
    assert found["byline"] == 0.0
    assert found["section"] is None


def test_what_the_expectation_does_not_name_is_not_judged():
    found = judge("it", "1", [(case(PAGE, only={"title"}), PERFECT | {"byline": "x"})]).scores
    assert found == {**dict.fromkeys(found), "title": 1.0}


def test_what_a_system_does_not_offer_is_not_judged():
    reading = {"title": PAGE.title, "body": PAGE.paragraphs}
    found = judge("it", "1", [(case(PAGE), reading)]).scores
    assert (found["date"], found["byline"], found["captions"]) == (None, None, None)
    assert found["leak"] == 0.0


def test_a_page_that_gave_an_error_counts_as_missed():
    readings = [(case(PAGE), PERFECT), (case(PAGE), {"error": "ValueError: no"})]
    result = judge("it", "1", readings)
    assert result.errors == 1
    assert result.scores["title"] == 0.5
    assert result.scores["rouge"] == 0.5


def test_a_caption_in_the_body_is_a_leak_unless_the_text_itself_says_it():
    leaking = [PAGE.paragraphs[0], "Ngư dân đặt dớn", PAGE.paragraphs[1]]
    assert scores(body=leaking)["leak"] == 1.0
    body = "Nước lũ về sớm.\n\nTheo chân ngư dân đặt dớn."
    saying = Article(PAGE.title, body=body, images=PAGE.images)
    assert scores(saying, body=saying.paragraphs)["leak"] == 0.0
    assert scores(saying, body=[*saying.paragraphs, "Ngư dân đặt dớn"])["leak"] == 1.0


@pytest.mark.parametrize("byline", ["Nhật Khánh, Mỹ Lý", "MỸ LÝ; Nhật Khánh"])
def test_a_list_of_exactly_the_people_is_a_right_byline(byline):
    assert same_people(PAGE, byline)
    assert not same_people(PAGE, byline + ", admin")


@pytest.mark.parametrize("mark", ["ĐTO - ", "(ĐTO) ", "ĐTO – ", "ĐTO: "])
def test_the_agency_mark_is_taken_off_for_everyone(mark):
    assert paragraphs([mark + "Nước lũ về sớm."], "ĐTO") == ["Nước lũ về sớm."]
    assert paragraphs(["Tựa", mark, "Nước lũ."], "ĐTO") == ["Tựa", "Nước lũ."]
