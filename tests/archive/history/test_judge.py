"""A night is judged: two nights that agree, storms that prove nothing, origins that outrank."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.history.nights import CHANGING, HANDFUL
from archive.models import Article
from archive.reports.status import status
from tests.archive.history.nights import ALL, COUNT, TEXT, Nights, edited, elsewhere, page


class TestGone:
    def test_a_few_are_gone_when_two_nights_agree(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        first = nights.night(1, *ALL[3:], gone=ALL[:3])
        assert (first.doubt, first.gone, first.missing) == (None, 0, 3)
        assert nights.one("SELECT count(*) FROM articles WHERE gone_at NOT NULL") == 0
        second = nights.night(2, *ALL[4:], gone=ALL[:4])
        assert (second.doubt, second.gone, second.missing) == (None, 3, 1)
        told = nights.archive.article("dto:1")
        assert (told.gone_at, told.gone_how) == (nights.capture(1, "").fetched_at, "404")

    def test_a_storm_proves_nothing_however_often_it_comes(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        for night in range(1, 9):
            judged = nights.night(night, page(100 + night), gone=ALL)
            assert (judged.doubt, judged.doubtful_gone, judged.gone) == ("gone", COUNT, 0)
        assert nights.one("SELECT count(*) FROM articles WHERE gone_at NOT NULL") == 0
        nights.night(9, *ALL)
        assert nights.one("SELECT count(*) FROM articles WHERE gone_at NOT NULL") == 0
        assert nights.one("SELECT count(*) FROM captures WHERE doubt = 'gone'") == 8 * COUNT

    def test_a_well_night_confirms_what_is_gone_indeed(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        nights.night(1, gone=ALL)
        judged = nights.night(2, *ALL[2:], gone=ALL[:2])
        assert (judged.doubt, judged.gone, judged.missing) == (None, 0, 2)
        judged = nights.night(3, *ALL[2:], gone=ALL[:2])
        assert (judged.doubt, judged.gone) == (None, 2)
        assert nights.archive.article("dto:1").gone_at == nights.capture(1, "").fetched_at
        assert nights.archive.article("dto:9").gone_at is None

    def test_what_lasts_for_more_than_a_month_is_believed(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        for night in range(1, 32):
            nights.night(night, gone=ALL)
        assert nights.one("SELECT count(*) FROM articles WHERE gone_at NOT NULL") == 0
        nights.night(32, gone=ALL)
        assert nights.one("SELECT count(*), min(gone_at) FROM articles WHERE gone_at NOT NULL") == (
            COUNT,
            nights.capture(1, "").fetched_at,
        )

    def test_a_batch_that_the_paper_takes_down(self, nights: Nights) -> None:
        """More than ever, but few of all: believed when two nights after it agree."""
        many = tuple(page(number) for number in range(1, 101))
        nights.night(0, *many)
        assert nights.night(1, *many[8:], gone=many[:8]).doubt == "gone"
        judged = nights.night(2, *many[8:], gone=many[:8])
        assert (judged.doubt, judged.gone, judged.missing) == (None, 0, 8)
        judged = nights.night(3, *many[8:], gone=many[:8])
        assert (judged.doubt, judged.gone) == (None, 8)
        assert nights.archive.article("dto:1").gone_at == nights.capture(1, "").fetched_at

    def test_the_next_night_is_asked_in_full(self, nights: Nights) -> None:
        url, at = ALL[0].url or "", nights.capture(1, "").fetched_at
        nights.night(0, *ALL)
        nights.frontier.fetched(url, at=at, status=404, state="gone", article_id=1, etag="x")
        judged = nights.night(1, gone=ALL)
        nights.frontier.doubt(judged.doubtful, judged.ended_at)
        row = nights.one("SELECT state, due_at, attempts, etag FROM frontier WHERE url = ?", url)
        assert row == ("due", "2026-10-03T16:00:00.000Z", 0, None)


class TestRevised:
    def test_a_storm_is_held_back_and_dropped(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        judged = nights.night(1, *edited(*ALL))
        assert (judged.doubt, judged.doubtful_revised) == ("revised", COUNT)
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0
        nights.night(2, *ALL)
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0
        assert nights.archive.article("dto:1").last_seen_at == nights.capture(2, "").fetched_at

    def test_edits_among_it_are_confirmed_with_their_night(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        nights.night(1, *edited(*ALL))
        nights.night(2, *edited(*ALL[:2]), *ALL[2:])
        seen = nights.archive.connection.execute(
            "SELECT DISTINCT seen_at FROM revisions WHERE number > 1"
        ).fetchall()
        assert seen == [(nights.capture(1, "").fetched_at,)]
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 2

    def test_a_different_storm_every_night(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        for night in range(1, 6):
            judged = nights.night(night, *edited(*ALL, word=f"xoài {night}"))
            assert judged.doubt == "revised"
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0

    def test_while_the_run_goes_on_nothing_changes(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        file = nights.night(1, *edited(*ALL[:2]), *ALL[2:], judge=False)
        assert nights.one("SELECT count(*) FROM captures WHERE doubt = 'held'") == 2
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 0
        nights.archive.judge_night(file)
        assert nights.one("SELECT count(*) FROM captures WHERE doubt = 'held'") == 0
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == 2

    def test_an_evening_of_many_edits_is_no_storm(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        judged = nights.night(1, *edited(*ALL[: COUNT // CHANGING]), *ALL[COUNT // CHANGING :])
        assert COUNT // CHANGING > HANDFUL
        assert judged.doubt is None
        assert nights.one("SELECT count(*) FROM revisions WHERE number > 1") == COUNT // CHANGING

    def test_one_page_for_every_address_joins_nothing(self, nights: Nights) -> None:
        """A cache gives the page of article 7 for all, at new addresses too."""
        nights.night(0, *ALL)
        same = {name: getattr(ALL[6], name) for name in ("title", "body", "updated_at")}
        fooled = [replace(one, **same) for one in ALL]
        judged = nights.night(1, *fooled, *(elsewhere(ALL[6], n) for n in range(500, 506)))
        assert judged.doubt == "revised"
        joined = "SELECT count(*) FROM article_urls GROUP BY article_id HAVING count(*) > 1"
        assert nights.one(joined) is None
        nights.night(2, *ALL, *(replace(elsewhere(page(n), n), title=f"Bài {n}") for n in
                                range(500, 506)))  # fmt: skip
        assert nights.one(joined) is None
        assert nights.one("SELECT count(*) FROM articles") == COUNT + 6

    def test_what_a_well_night_says_again_joins(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        nights.night(1, *edited(*ALL), elsewhere(ALL[6], 500))
        assert nights.one("SELECT count(*) FROM articles") == COUNT + 1
        nights.night(2, *ALL, elsewhere(ALL[6], 500))
        assert nights.one("SELECT count(*) FROM articles") == COUNT
        assert nights.archive.article("dto:a500").key == "dto:7"


class TestWhosePage:
    def stranger(self, word: str) -> Article:
        flags = ("address:unproved",)
        return replace(edited(ALL[0], word=word)[0], title=f"Tin về {word}", flags=flags)

    def test_another_headline_needs_a_second_look(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        nights.night(1, self.stranger("xoài"), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 1
        assert nights.one("SELECT doubt, count(*) FROM captures WHERE doubt NOT NULL") == (
            "unproved",
            1,
        )
        nights.night(2, self.stranger("nhãn"), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 1
        nights.night(3, self.stranger("nhãn"), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 2
        assert nights.one("SELECT seen_at FROM revisions WHERE number = 2") == (
            nights.capture(2, "").fetched_at
        )

    def test_the_headline_known_before_is_enough(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        [page] = edited(ALL[0])
        nights.night(1, replace(page, flags=("address:unproved",)), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 2


class TestSoundness:
    def test_lost_letters_need_a_second_look(self, nights: Nights) -> None:
        nights.night(0, *ALL)
        [lost] = edited(ALL[0], word="l\ufffda")
        lost = replace(lost, flags=("text:lost-letters",))
        nights.night(1, lost, *ALL[1:])
        assert nights.archive.article("dto:1").revision == 1
        nights.night(2, lost, *ALL[1:])
        assert nights.archive.article("dto:1").revision == 2

    def test_the_server_s_clock_is_no_edit(self, nights: Nights) -> None:
        def stamped(day: int, **changes: Any) -> Article:
            at = f"2026-10-{day:02}T03:00:00+07:00"
            facts = {"updated_at": at, "updated_text": at, "flags": ("stamp:now",)}
            return replace(ALL[0], **facts | changes)

        nights.night(0, *ALL)
        for night in (1, 2, 3):
            nights.night(night, stamped(night + 2), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 1
        # A new text counts, and so does a stamp that the next night finds past.
        nights.night(4, stamped(6, body=TEXT.format(1, "xoài") * 6), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 2
        nights.night(5, stamped(6, body=TEXT.format(1, "xoài") * 6, flags=()), *ALL[1:])
        nights.night(6, stamped(7, body=TEXT.format(1, "xoài") * 6, flags=()), *ALL[1:])
        assert nights.archive.article("dto:1").revision == 3


class TestOrigin:
    @pytest.mark.parametrize("at", ["2026-10-20T00:00:00.000Z", "2026-12-15T07:00:00.000Z"])
    def test_an_import_does_not_overwrite_what_was_seen(self, nights: Nights, at: str) -> None:
        nights.night(0, ALL[0], ALL[1])
        nights.night(2, ALL[0], ALL[1])
        nights.imported(edited(ALL[0])[0], at)
        stored = nights.archive.article("dto:1")
        assert (stored.revision, stored.article.body) == (1, ALL[0].body)
        assert stored.last_seen_at == nights.capture(2, "").fetched_at
        assert nights.one("SELECT flags FROM articles WHERE key = 'dto:1'") == '["origin:conflict"]'
        assert nights.one("SELECT doubt FROM captures WHERE origin <> 'live'") == "conflict"

    def test_an_older_import_is_the_history(self, nights: Nights) -> None:
        nights.night(0, ALL[0])
        nights.imported(edited(ALL[0])[0], "2026-09-20T00:00:00.000Z")
        stored = nights.archive.article("dto:1")
        assert (stored.revision, stored.article.body) == (2, ALL[0].body)
        assert nights.one("SELECT flags FROM articles") == "[]"

    def test_an_import_may_date_an_edit_more_exactly(self, nights: Nights) -> None:
        nights.night(0, ALL[0])
        nights.night(9, edited(ALL[0])[0])
        nights.imported(edited(ALL[0])[0], "2026-10-04T00:00:00.000Z")
        assert nights.one("SELECT seen_at FROM revisions WHERE number = 2") == (
            "2026-10-04T00:00:00.000Z"
        )

    @pytest.mark.parametrize(
        "at", ["2099-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "zzz.000Z",
               "-0001-11-30T00:00:00.000Z"],
    )  # fmt: skip
    def test_an_impossible_date_is_no_version(self, nights: Nights, at: str) -> None:
        nights.imported(edited(ALL[0])[0], at)
        assert nights.one("SELECT count(*) FROM articles") == 0
        nights.night(0, ALL[0])
        stored = nights.archive.article("dto:1")
        assert (stored.revision, stored.first_seen_at) == (1, nights.capture(0, "").fetched_at)
        nights.imported(edited(ALL[1])[0], at)
        nights.night(1, *edited(ALL[0]))
        assert nights.archive.article("dto:1").revision == 2

    def test_an_imported_disappearance_is_no_news(self, nights: Nights) -> None:
        nights.night(0, ALL[0], ALL[1])
        for day in (2, 4, 6):
            seen = nights.capture(day, ALL[0].url or "", 404, origin="import:a.warc")
            name = seen.warc_file.replace("195000", "195001")
            seen = replace(seen, warc_file=name)
            nights.archive.mark_gone(ALL[0].url or "", "404", seen, crawl_id=None)
        assert nights.archive.article("dto:1").gone_at is None


def test_status_names_what_waits_and_what_to_do(nights: Nights) -> None:
    nights.night(0, *ALL)
    nights.night(1, *ALL[20:], gone=ALL[:20])
    nights.night(2, *edited(*ALL[20:]), *ALL[:1], gone=ALL[1:20])
    told = status(nights.archive.connection, nights.archive.path, now="2026-10-04T00:00:00.000Z")
    assert (told.doubtful_gone, told.doubtful_revised) == (19, 10)
    said = " ".join(told.warnings)
    assert "19 articles seemed gone on a doubtful night, 2026-10-03; none was changed" in said
    assert "look at the site" in said
    nights.night(3, *ALL)
    told = status(nights.archive.connection, nights.archive.path, now="2026-10-05T00:00:00.000Z")
    assert (told.doubtful_gone, told.doubtful_revised) == (0, 0)
