"""Silent lists, and one text at many new addresses, make a night doubtful."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.models import Article
from archive.reports.status import status
from tests.archive.history.nights import (
    ALL,
    COUNT,
    GONE_AND_REVISIONS,
    NAMING,
    RUBRICS,
    Nights,
    edited,
    elsewhere,
    page,
)


class TestSilentLists:
    def test_what_such_a_night_saw_is_held_back(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        judged = nights.night(
            1, *edited(*ALL[1:3]), *ALL[3:], gone=ALL[:1], lists=dict.fromkeys(RUBRICS, 0)
        )
        assert (judged.doubt, judged.night.lists, judged.night.silent) == ("silent", 4, 4)
        assert (judged.doubtful_gone, judged.doubtful_revised, judged.missing) == (1, 2, 0)
        assert nights.one(GONE_AND_REVISIONS) == (0, 0)
        assert judged.doubtful == sorted(one.url or "" for one in ALL[:3])
        nights.night(2, *ALL, lists=NAMING)
        assert nights.one(GONE_AND_REVISIONS) == (0, 0)

    def test_its_404_is_not_the_first_of_two_nights(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        nights.night(1, *ALL[1:], gone=ALL[:1], lists=NAMING | {"": None})
        judged = nights.night(2, *ALL[1:], gone=ALL[:1], lists=NAMING)
        assert (judged.doubt, judged.gone, judged.missing) == (None, 0, 1)
        judged = nights.night(3, *ALL[1:], gone=ALL[:1], lists=NAMING)
        assert (judged.doubt, judged.gone) == (None, 1)
        assert nights.archive.article("dto:1").gone_at == nights.capture(1, "").fetched_at

    def test_its_revisions_stand_when_they_are_confirmed(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        nights.night(1, *edited(*ALL[:2]), *ALL[2:], lists=NAMING | {"kinh-te": 0})
        assert nights.one(GONE_AND_REVISIONS) == (0, 0)
        nights.night(2, *edited(ALL[0]), *ALL[1:], lists=NAMING)
        assert nights.one(GONE_AND_REVISIONS) == (0, 1)
        assert nights.one("SELECT seen_at FROM revisions WHERE number = 2") == (
            nights.capture(1, "").fetched_at
        )

    @pytest.mark.parametrize("named", [None, 0])
    def test_a_list_that_never_named_articles_says_nothing(
        self, nights: Nights, named: int | None
    ) -> None:
        nights.night(0, *ALL, lists={"tag": named})
        judged = nights.night(1, *ALL[1:], gone=ALL[:1], lists={"tag": 0})
        assert (judged.doubt, judged.missing) == (None, 1)

    def test_one_of_many_lists_may_end(self, nights: Nights) -> None:
        five = NAMING | {"quoc-te": 3}
        nights.night(0, *ALL, lists=five)
        judged = nights.night(1, *ALL, lists=five | {"quoc-te": 0})
        assert (judged.doubt, judged.night.lists, judged.night.silent) == (None, 5, 1)

    def test_a_silence_of_more_than_a_month_is_believed(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        ended = NAMING | {"kinh-te": 0}
        for night in (1, 15, 31):
            assert nights.night(night, *ALL, lists=ended).doubt == "silent"
        judged = nights.night(32, *ALL, lists=ended)
        assert (judged.doubt, judged.night.lists, judged.night.silent) == (None, 3, 0)

    def test_after_months_without_a_crawl_silence_is_new(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        assert nights.night(90, *ALL, lists=dict.fromkeys(RUBRICS, 0)).doubt == "silent"

    def test_a_list_that_moved_is_not_silent(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        moved = nights.capture(1, "https://baodongthap.vn/kinh-te", 302)
        nights.archive.record(moved, crawl_id=None, outcome="redirect")
        assert nights.night(1, *ALL, lists={"": 20, "chinh-tri": 20}).doubt is None


SAME = "Chúng tôi không tìm thấy nội dung bạn cần. Xin mời xem các tin mới nhất của Báo Đồng Tháp. "


def fresh(count: int, first: int = 500, **changes: Any) -> tuple[Article, ...]:
    return tuple(page(number, **changes) for number in range(first, first + count))


class TestRepeated:
    ARTICLES = "SELECT count(*) FROM articles"

    def test_one_text_for_every_new_address_makes_no_articles(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        judged = nights.night(1, *ALL, *fresh(6, body=SAME))
        assert (judged.doubt, judged.repeated, judged.night.new) == ("new", 6, 6)
        assert nights.one(self.ARTICLES) == COUNT
        assert judged.doubtful == sorted(one.url or "" for one in fresh(6))
        nights.night(2, *ALL, *fresh(6))
        assert nights.one(self.ARTICLES) == COUNT + 6
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0
        assert nights.archive.article("dto:500").first_seen_at == nights.capture(2, "").fetched_at

    def test_what_else_such_a_night_saw_is_held_back(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        judged = nights.night(1, *edited(ALL[1]), *ALL[2:], *fresh(7, body=SAME), gone=ALL[:1])
        assert (judged.doubt, judged.missing) == ("new", 0)
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0

    def test_a_second_night_that_finds_the_same_confirms_it(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        nights.night(1, *ALL, *fresh(6, body=SAME))
        judged = nights.night(2, *ALL, *fresh(6, body=SAME))
        assert (judged.doubt, nights.one(self.ARTICLES)) == (None, COUNT + 6)
        assert nights.archive.article("dto:500").first_seen_at == nights.capture(1, "").fetched_at

    def test_a_page_that_does_not_say_whose_it_is_stays_in_doubt(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        for night in (1, 2, 31):
            any_page = fresh(6, body=SAME, flags=("address:unproved",))
            assert nights.night(night, *ALL, *any_page).doubt == "new"
            assert nights.one(self.ARTICLES) == COUNT
        nights.night(32, *ALL, *any_page)
        assert nights.one(self.ARTICLES) == COUNT + 6  # it is the site

    def test_known_texts_at_new_numbers(self, nights: Nights) -> None:
        """The site renumbers its articles: each would be in the archive twice."""
        nights.night(0, *ALL)
        renumbered = tuple(
            replace(new, url=f"https://baodongthap.vn/kinh-te/moi-{900 + n}.aspx",
                    key=f"dto:{900 + n}", site_id=str(900 + n))
            for n, new in enumerate(ALL[:9])
        )  # fmt: skip
        judged = nights.night(1, *ALL, *renumbered)
        assert (judged.doubt, judged.repeated, nights.one(self.ARTICLES)) == ("new", 9, COUNT)

    def test_what_a_doubtful_night_showed_elsewhere_is_not_known(self, nights: Nights) -> None:
        """A cache gives the new articles' pages at known addresses; the next night is well."""
        nights.night(0, *ALL)
        texts = [{n: getattr(one, n) for n in ("title", "body", "updated_at")} for one in fresh(12)]
        fooled = [replace(one, **text) for one, text in zip(ALL, texts, strict=False)]
        assert nights.night(1, *fooled, *ALL[12:]).doubt == "revised"
        judged = nights.night(2, *ALL, *fresh(12))
        assert (judged.doubt, nights.one(self.ARTICLES)) == (None, COUNT + 12)

    def test_the_old_addresses_of_known_articles_are_not_repetitions(self, nights: Nights) -> None:
        nights.night(0, *(elsewhere(one, n) for n, one in enumerate(ALL)))
        judged = nights.night(1, *ALL)
        assert (judged.doubt, nights.one(self.ARTICLES)) == (None, COUNT)

    @pytest.mark.parametrize("known", [0, 3])
    def test_many_new_articles_prove_nothing(self, nights: Nights, known: int) -> None:
        """A first crawl, a backfill, a month made up for: however many, each with its own text."""
        if known:
            nights.night(0, *ALL[:known])
        many = (*fresh(200, first=1000), *fresh(40, first=3000, body=SAME))
        judged = nights.night(30, *ALL[:known], *many)
        assert (judged.doubt, judged.night.new) == (None, 240)
        assert nights.one(self.ARTICLES) == 240 + known

    def test_a_line_on_many_pages_is_not_a_text(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        judged = nights.night(1, *ALL, *fresh(8, body="Mời quý vị theo dõi video."))
        assert (judged.doubt, nights.one(self.ARTICLES)) == (None, COUNT + 8)


def test_status_names_new_addresses_that_wait(nights: Nights) -> None:
    nights.night(0, *ALL)
    nights.night(1, *ALL, *fresh(6, body=SAME))
    told = status(nights.archive.connection, nights.archive.path, now="2026-10-03T00:00:00.000Z")
    assert (told.doubtful_new, told.doubtful_revised) == (6, 0)
    assert "6 new addresses had the text of other addresses on a doubtful night" in " ".join(
        told.warnings
    )
    nights.night(2, *ALL, *fresh(6))
    told = status(nights.archive.connection, nights.archive.path, now="2026-10-04T00:00:00.000Z")
    assert told.doubtful_new == 0
