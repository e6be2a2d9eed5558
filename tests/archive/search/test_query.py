"""A query as a record: narrowed, as a phrase, in words."""

from __future__ import annotations

import pytest

from archive.errors import UsageError
from archive.search.parser import parse
from archive.search.query import NOTES, Filter, Note, Query, as_phrase, describe


def test_filters_are_added_and_dates_only_narrow():
    asked = parse("lúa since:2016 until:2018").narrowed(
        since="2015", until="03/2017", sections=("kinh-te", "xa-hoi"), authors=("Mỹ Lý",)
    )
    assert (asked.since, asked.until) == ("2016-01-01", "2017-03-31")
    assert asked.filters == (
        Filter("section", "kinh-te"), Filter("section", "xa-hoi"), Filter("author", "Mỹ Lý"),
    )  # fmt: skip
    assert parse("lúa") == parse("lúa").narrowed()
    with pytest.raises(UsageError, match="is not a date"):
        Query().narrowed(since="hôm qua")


def test_the_conditions_of_a_query_have_no_words():
    asked = parse("lúa -hạn tag:sen year:2018")
    assert asked.conditions == parse("tag:sen year:2018").conditions
    assert not list(asked.conditions.terms)
    assert asked.conditions.without == ()


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("cá tra", '"cá tra"'), (" cá  tra ", '"cá  tra"'), ("cá", None), ('"cá tra"', None),
        ("cá tra -lúa", None), ("cá tra year:2018", None), ("title:cá tra", None),
        ("cá OR tra", None), ("covid-19", None), ("cá tra?", None),
    ],
)  # fmt: skip
def test_only_plain_words_have_a_phrase(typed, phrase):
    assert as_phrase(parse(typed)) == phrase


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "every article"),
        ("?", "no searchable words"),
        ("lúa OR gạo", "lúa or gạo"),
        ('"cá tra" lúa', "“cá tra” and lúa"),
        ("caption:sen", "sen in the captions"),
        ("-lúa -gạo", "every article, without lúa, gạo"),
        ("tag:a tag:b -tag:c", "every article, tag a or b, tag not c"),
        ("since:2018", "every article, from 2018-01-01"),
        ("date:3/1/2018", "every article, on 2018-01-03"),
    ],
)
def test_a_query_in_words(typed, said):
    assert describe(parse(typed)) == said


def test_every_note_can_be_said():
    for code in NOTES:
        text = str(Note(code, "giá trị", "khác"))
        assert text
        assert "{" not in text
    known = Note("unknown-name", "kind “film”", "photo, video")
    assert str(known) == "the archive has no kind “film”; it has photo, video"
