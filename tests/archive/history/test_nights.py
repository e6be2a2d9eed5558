"""What a night proves: two nights that agree, storms that prove nothing, origins that outrank."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.archive import Archive
from archive.frontier import Frontier
from archive.history.nights import APART, CHANGING, HANDFUL, Night, is_dated, run_of
from archive.history.revisions import Observation
from archive.models import Article, Capture
from archive.reports.status import status
from benchmarks.comparison import contents, differences
from tests.archive.empty import new_archive

TEXT = "Nông dân xã {} được mùa {}, bán tại ruộng với giá 7.200 đồng một ký. "
COUNT = 30


def page(number: int, **changes: Any) -> Article:
    facts: dict[str, Any] = {
        "title": f"Xã thứ {number} được mùa",
        "url": f"https://baodongthap.vn/kinh-te/duoc-mua-{number}.aspx",
        "key": f"dto:{number}",
        "site_id": str(number),
        "generation": "A",
        "body": TEXT.format(number, "lúa") * 6,
        "updated_at": "2026-10-02T10:12:28+07:00",
        "updated_text": "Cập nhật ngày: 02/10/2026 10:12:28",
        "updated_precision": "second",
        "layout": "aspx",
        "extractor_version": "1",
    }
    return Article(**facts | changes)


def elsewhere(article: Article, number: int) -> Article:
    """*article*'s text as the page of another address, in the newest generation."""
    return replace(
        article,
        url=f"https://baodongthap.vn/duoc-mua-a{number}.html",
        key=f"dto:a{number}",
        site_id=f"a{number}",
        generation="C",
        layout="html",
    )


class Nights:
    """Crawls of one archive, a night each, given as what the site answered."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.frontier = Frontier(archive)

    def capture(self, night: int, url: str, status: int = 200, **changes: Any) -> Capture:
        day = date(2026, 10, 1) + timedelta(days=night)
        facts: dict[str, Any] = {
            "url": url,
            "fetched_at": f"{day}T20:00:00.000Z",
            "status": status,
            "warc_file": f"captures/2026/khobao-{day:%Y%m%d}195000-00000-{night + 1}.warc.gz",
            "warc_offset": crc32(url.encode()),
            "warc_length": 100,
            "payload_digest": f"sha1:{night}{crc32(url.encode())}",
        }
        return Capture(**facts | changes)

    def night(
        self,
        night: int,
        *pages: Article,
        gone: tuple[Article, ...] = (),
        lists: dict[str, int | None] | None = None,
        judge: bool = True,
    ) -> Any:
        """One run that was answered with *pages* and missed *gone*; what judging it told.

        *lists* are how many articles each list named; None if it did not answer as a list.
        """
        self.archive.holding = True
        file = self.capture(night, "").warc_file
        for name, named in (lists or {}).items():
            self.archive.record(
                self.capture(night, f"https://baodongthap.vn/{name}"),
                crawl_id=None,
                outcome="blocked" if named is None else "list",
                named=named,
            )
        for one in pages:
            self.archive.save(one, self.capture(night, one.url or ""))
        for one in gone:
            self.archive.mark_gone(
                one.url or "", "404", self.capture(night, one.url or "", 404), crawl_id=None
            )
        self.archive.holding = False
        return self.archive.judge_night(file) if judge else file

    def imported(self, article: Article, at: str, **changes: Any) -> Any:
        capture = self.capture(0, article.url or "", fetched_at=at, origin="import:a.warc")
        name = "captures/2026/khobao-20261215080000-00000-99.warc.gz"
        offset = crc32(f"{article.url}{at}".encode())
        facts = {"warc_file": name, "warc_offset": offset, "payload_digest": f"sha1:{at}"}
        return self.archive.save(article, replace(capture, **facts | changes))

    def one(self, sql: str, *parameters: object) -> Any:
        row = self.archive.connection.execute(sql, parameters).fetchone()
        return row[0] if row is not None and len(row) == 1 else row


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with new_archive(tmp_path / "dongthap") as archive:
        yield Nights(archive)
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        before = contents(archive.connection)
        archive.rejudge_nights()
        assert contents(archive.connection) == before, "judged anew, it is the same archive"


ALL = tuple(page(number) for number in range(1, COUNT + 1))


def edited(*pages: Article, word: str = "xoài") -> tuple[Article, ...]:
    return tuple(replace(p, body=(p.body or "").replace("lúa", word)) for p in pages)


class TestRules:
    @pytest.mark.parametrize(
        ("night", "most_gone", "doubt"),
        [
            (Night(known=200, answered=200, gone=0), 0, None),
            (Night(known=200, answered=195, gone=5), 0, None),
            (Night(known=200, answered=194, gone=6), 0, "gone"),
            (Night(known=200, answered=194, gone=6), 6, None),
            (Night(known=30, answered=24, gone=6), 9, "gone"),
            (Night(known=1, answered=0, gone=1), 9, "gone"),
            (Night(known=40, answered=40, revised=13), 0, None),
            (Night(known=40, answered=40, revised=14), 0, "revised"),
            (Night(known=5, answered=5, revised=5), 0, None),
            (Night(known=40, answered=40, lists=31, silent=7), 0, None),
            (Night(known=40, answered=40, lists=31, silent=8), 0, "silent"),
            (Night(known=40, answered=40, lists=31), 0, None),
            (Night(answered=2000, new=2000), 0, None),
            (Night(answered=17, new=17, repeated=6), 0, "new"),
            (Night(answered=18, new=18, repeated=6), 0, None),
            (Night(answered=5, new=5, repeated=5), 0, None),
        ],
    )
    def test_a_storm(self, night: Night, most_gone: int, doubt: str | None) -> None:
        assert night.doubt(most_gone) == doubt

    @pytest.mark.parametrize(
        "at", ["2099-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "zzz.000Z", "zzz", "",
               "-0001-11-30T00:00:00.000Z", "2026", "2026-13-45T00:00:00.000Z"],
    )  # fmt: skip
    def test_a_capture_without_a_place_in_time(self, at: str) -> None:
        assert not is_dated(at, "captures/2026/khobao-20261215080000-00000-99.warc.gz")

    def test_the_run_of_a_file(self) -> None:
        assert run_of("captures/2026/khobao-20261215080000-00012-99.warc.gz") == (
            "20261215080000",
            99,
        )
        assert run_of("captures/2026/other.warc.gz") is None

    def test_observations_are_compared_by_hours(self) -> None:
        assert APART.total_seconds() == 12 * 3600
        assert Observation("2026-10-01T20:00:00.000Z", "", "gone", 1).origin == "live"


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


RUBRICS = ("", "chinh-tri", "kinh-te", "van-hoa")
NAMING: dict[str, int | None] = dict.fromkeys(RUBRICS, 20)
STANDING = (
    "SELECT (SELECT count(*) FROM articles WHERE gone_at NOT NULL),"
    " (SELECT count(*) FROM revisions WHERE number > 1)"
)


class TestSilentLists:
    def test_what_such_a_night_saw_is_held_back(self, nights: Nights) -> None:
        nights.night(0, *ALL, lists=NAMING)
        judged = nights.night(
            1, *edited(*ALL[1:3]), *ALL[3:], gone=ALL[:1], lists=dict.fromkeys(RUBRICS, 0)
        )
        assert (judged.doubt, judged.night.lists, judged.night.silent) == ("silent", 4, 4)
        assert (judged.doubtful_gone, judged.doubtful_revised, judged.missing) == (1, 2, 0)
        assert nights.one(STANDING) == (0, 0)
        assert judged.doubtful == sorted(one.url or "" for one in ALL[:3])
        nights.night(2, *ALL, lists=NAMING)
        assert nights.one(STANDING) == (0, 0)

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
        assert nights.one(STANDING) == (0, 0)
        nights.night(2, *edited(ALL[0]), *ALL[1:], lists=NAMING)
        assert nights.one(STANDING) == (0, 1)
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


# --- the order of captures ------------------------------------------------------------------------

_NUMBERS = tuple(range(1, 10))
_EVENTS = st.lists(
    st.tuples(
        st.integers(0, 50),  # night
        st.sampled_from(_NUMBERS),
        st.sampled_from(("page",) * 4 + ("gone", "gone", "unchanged", "import", "elsewhere")),
        st.integers(0, 2),
    ),
    min_size=6,
    max_size=60,
    unique_by=lambda event: event[:2],
)
_STORMS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from(("gone", "page"))), max_size=5)


def tell(nights: Nights, event: tuple[int, int, str, int]) -> None:
    night, number, kind, variant = event
    article = edited(page(number), word=("lúa", "xoài", "nhãn")[variant])[0]
    if kind == "elsewhere":
        article = elsewhere(article, number)
    if kind == "page" and variant == 2 and number % 2:
        article = replace(article, title=f"Bài {night % 3}", flags=("address:unproved",))
    url = article.url or ""
    if kind in ("page", "elsewhere"):
        nights.archive.save(article, nights.capture(night, url))
    elif kind == "gone":
        nights.archive.mark_gone(url, "404", nights.capture(night, url, 404), crawl_id=None)
    elif kind == "unchanged":
        nights.archive.seen_again(url, nights.capture(night, url, 304), crawl_id=None)
    else:
        at = nights.capture(night, url).fetched_at.replace("T20", "T02")
        nights.imported(article, at if variant else at.replace("2026", "2099"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS, storms=_STORMS, seed=st.integers(0, 10_000))
def test_the_order_of_nights_and_imports_does_not_matter(
    events: list[tuple[int, int, str, int]], storms: list[tuple[int, str]], seed: int
) -> None:
    for night, kind in storms:
        events = [e for e in events if e[0] != night]
        events += [(night, number, kind, 1) for number in _NUMBERS]
    shuffled = list(events)
    random.Random(seed).shuffle(shuffled)
    with (
        tempfile.TemporaryDirectory() as folder,
        new_archive(Path(folder, "one")) as in_time,
        new_archive(Path(folder, "other")) as anyhow,
    ):
        in_time.batch_size = anyhow.batch_size = len(events)
        by_night, at_random = Nights(in_time), Nights(anyhow)
        imports = [event for event in events if event[2] == "import"]
        live = sorted(event for event in events if event[2] != "import")
        for night in sorted({event[0] for event in live}):
            in_time.holding = True
            for event in live:
                if event[0] == night:
                    tell(by_night, event)
            in_time.holding = False
            in_time.judge_night(by_night.capture(night, "").warc_file)
        for event in imports:
            tell(by_night, event)
        for event in shuffled:
            tell(at_random, event)
        anyhow.rejudge_nights()
        assert differences(in_time.connection, anyhow.connection) == {}
        assert contents(in_time.connection) == contents(anyhow.connection)


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
