"""The archive as a function of its captures: in whatever order, the same articles."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.archive import Alias, Archive, Saved, crawl_lock, write_heartbeat
from archive.comparison import contents, differences
from archive.errors import ArchiveLocked, NoArchive, NotFound, SchemaTooNew, UsageError
from archive.models import Article, Author, Capture, Image
from archive.vietnamese import sort_key
from benchmarks.corpus import Writer

TEXT = (
    "Sáng 3/7, Ủy ban nhân dân huyện Lấp Vò tổ chức lễ phát động trồng cây xanh dọc tuyến đường"
    " kênh Xáng, với sự tham gia của hơn 300 đoàn viên, thanh niên và học sinh.\n\nTheo ông Lê Văn"
    " Tám, Phó Chủ tịch huyện, tuyến đường dài 4 km được trồng 1.200 cây sao, dầu và hoàng yến do"
    " người dân và doanh nghiệp đóng góp, mỗi hộ chăm sóc đoạn trước nhà mình trong ba năm đầu."
)
#: From one night to the next, in the minutes of `capture`.
NIGHT = 1440
DAY = "2019-05-02T10:12:28+07:00"


def article(key: str = "dto:84085", **changes: Any) -> Article:
    number = key.removeprefix("dto:")
    generation = "C" if number.startswith("a") else "B" if number.startswith("b") else "A"
    url = {
        "A": f"https://baodongthap.vn/xa-hoi/trong-cay-{number}.aspx",
        "B": f"https://baodongthap.vn/xa-hoi/202510/trong-cay-{number[1:]}",
        "C": f"https://baodongthap.vn/trong-cay-{number}.html",
    }[generation]
    layout = {"A": "aspx", "B": "yyyymm", "C": "html"}[generation]
    facts: dict[str, Any] = {
        "title": "Phát động trồng cây xanh",
        "url": url,
        "key": key,
        "site_id": number,
        "generation": generation,
        "lead": TEXT.split("\n\n")[0],
        "body": TEXT,
        "updated_at": DAY,
        "updated_text": "Cập nhật ngày: 02/05/2019 10:12:28",
        "updated_precision": "second",
        "byline": "Mỹ Lý",
        "authors": (Author("Mỹ Lý"),),
        "section": "Xã hội",
        "section_slug": "xa-hoi" if generation != "C" else None,
        "layout": layout,
        "extractor_version": "1",
        "rules": {"title": f"{layout}:h1"},
    }
    return Article(**facts | changes)


def capture(at: int, url: str = "https://baodongthap.vn/x", **changes: Any) -> Capture:
    """A capture *at* so many minutes; its place in the WARC follows from what it is."""
    offset = at * 1_000_000 + sum(url.encode()) % 999_983
    facts: dict[str, Any] = {
        "url": url,
        "fetched_at": f"2026-11-{1 + at // 1440:02}T{at // 60 % 24:02}:{at % 60:02}:00.000Z",
        "status": 200,
        "warc_file": "captures/2026/khobao-20261101000000-00000-1.warc.gz",
        "warc_offset": offset,
        "warc_length": 100,
        "payload_digest": f"sha1:{at}{url[-6:]}",
    }
    return Capture(**facts | changes)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "dongthap", create=True) as opened:
        yield opened
        assert opened.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("articles_exact", "articles_plain"):
            opened.connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            )


def save(archive: Archive, page: Article, at: int) -> Saved:
    assert page.url is not None
    return archive.save(page, capture(at, page.url))


def one(archive: Archive, sql: str, *parameters: object) -> Any:
    row = archive.connection.execute(sql, parameters).fetchone()
    return row[0] if row is not None and len(row) == 1 else row


class TestOpening:
    def test_there_must_be_an_archive(self, tmp_path: Path) -> None:
        with pytest.raises(NoArchive, match="no archive at"):
            Archive.open(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_no_database_is_no_archive(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").write_text("xin chào" * 1000)
        with pytest.raises(NoArchive, match="cannot be read"):
            Archive.open(tmp_path)

    def test_folder_and_database_name_the_same_archive(self, archive: Archive) -> None:
        save(archive, article(), 1)
        with Archive.open(archive.path / "archive.db", read_only=True) as reader:
            assert reader.path == archive.path
            assert reader.article("dto:84085").article.title == "Phát động trồng cây xanh"
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                save(reader, article("dto:2"), 2)

    def test_an_archive_of_a_newer_khobao_is_left_alone(self, archive: Archive) -> None:
        archive.db.table("_sqlite_migrations").insert(
            {"migration_set": "khobao", "name": "m999_future", "applied_at": "2030"}
        )
        with pytest.raises(SchemaTooNew, match="m999_future"):
            Archive.open(archive.path)

    def test_settings(self, archive: Archive) -> None:
        assert one(archive, "PRAGMA journal_mode") == "wal"
        assert one(archive, "PRAGMA foreign_keys") == 1
        assert one(archive, "PRAGMA busy_timeout") == 30_000


class TestRevisions:
    def test_new_then_unchanged(self, archive: Archive) -> None:
        assert save(archive, article(), 1).status == "new"
        assert save(archive, article(), 5).status == "unchanged"
        stored = archive.article("dto:84085")
        assert (stored.revision, stored.first_seen_at, stored.last_seen_at) == (
            1,
            capture(1).fetched_at,
            capture(5).fetched_at,
        )

    def test_a_silent_edit(self, archive: Archive) -> None:
        save(archive, article(), 1)
        saved = save(archive, article(body=TEXT.replace("1.200", "1.300")), 2)
        assert (saved.status, saved.edit, saved.changed_fields) == ("revised", "silent", ("body",))

    def test_a_stamped_edit(self, archive: Archive) -> None:
        save(archive, article(), 1)
        later = article(title="Trồng cây xanh", updated_at="2019-05-03T08:00:00+07:00")
        saved = save(archive, later, 2)
        assert (saved.edit, saved.changed_fields) == ("stamped", ("title", "updated_at"))

    def test_a_bump_names_the_stamp_only(self, archive: Archive) -> None:
        save(archive, article(), 1)
        saved = save(archive, article(updated_at="2019-05-03T08:00:00+07:00"), 2)
        assert (saved.status, saved.edit, saved.changed_fields) == (
            "revised",
            "bump",
            ("updated_at",),
        )

    def test_whitespace_and_normal_form_are_no_edit(self, archive: Archive) -> None:
        save(archive, article(), 1)
        spaced = unicodedata.normalize("NFD", TEXT.replace(" ", "\u00a0 "))
        assert save(archive, article(body=spaced), 2).status == "unchanged"

    def test_a_figure_or_a_capital_is_an_edit(self, archive: Archive) -> None:
        save(archive, article(), 1)
        assert save(archive, article(body=TEXT.replace("1.200", "12.00")), 2).status == "revised"
        assert save(archive, article(title="Phát động Trồng cây xanh"), 3).status == "revised"

    def test_there_and_back_is_two_edits(self, archive: Archive) -> None:
        for at, title in enumerate(("Một", "Hai", "Một")):
            save(archive, article(title=title), at)
        titles = [r.article.title for r in archive.article("dto:84085").revisions]
        assert titles == ["Một", "Hai", "Một"]

    def test_an_import_takes_its_place_in_time(self, archive: Archive) -> None:
        save(archive, article(title="Ba"), 30)
        save(archive, article(title="Một"), 10)
        saved = save(archive, article(title="Hai"), 20)
        assert saved.status == "revised"
        stored = archive.article("dto:84085")
        assert [r.article.title for r in stored.revisions] == ["Một", "Hai", "Ba"]
        assert [r.number for r in stored.revisions] == [1, 2, 3]
        assert stored.article.title == "Ba"
        assert stored.first_seen_at == capture(10).fetched_at

    def test_pictures_that_moved_are_no_edit_and_captions_are(self, archive: Archive) -> None:
        picture = Image(1, "https://cdn.baodongthap.vn/a.jpg", "Các đoàn viên trồng cây")
        save(archive, article(images=(picture,)), 1)
        moved = replace(picture, url="https://cdn2.baodongthap.vn/b/a.jpg")
        assert save(archive, article(images=(moved,)), 2).status == "unchanged"
        assert one(archive, "SELECT url FROM images") == moved.url
        worded = replace(moved, caption="Các đoàn viên và học sinh trồng cây")
        assert save(archive, article(images=(worded,)), 3).changed_fields == ("images",)

    def test_people_that_no_article_names_any_more_are_dropped(self, archive: Archive) -> None:
        save(archive, article(), 1)
        save(archive, article(byline="Hữu Nghĩa", authors=(Author("Hữu Nghĩa"),)), 2)
        assert archive.connection.execute("SELECT name FROM authors").fetchall() == [("Hữu Nghĩa",)]

    def test_one_author_behind_spellings_that_differ_in_capitals(self, tmp_path: Path) -> None:
        spelt = [("dto:80001", "MỸ LÝ"), ("dto:80002", "Mỹ Lý"), ("dto:80003", "mỹ Lý")]
        made = []
        for order in (spelt, spelt[::-1], [spelt[1], spelt[2], spelt[0]]):
            archive = Archive.open(tmp_path / str(len(made)), create=True)
            for minute, (key, name) in enumerate(order, 1):
                body = f"{key}\n\n{TEXT}"
                page = article(key, body=body, byline=name, authors=(Author(name),))
                save(archive, page, minute)
            made.append(archive)
            names = "SELECT name, sort_key, folded FROM authors"
            assert archive.connection.execute(names).fetchall() == [
                ("Mỹ Lý", sort_key("Mỹ Lý"), "mỹ lý")
            ]
            printed = (
                "SELECT printed FROM article_authors JOIN articles ON articles.id = article_id"
            )
            assert [row[0] for row in archive.connection.execute(f"{printed} ORDER BY key")] == [
                "MỸ LÝ", "Mỹ Lý", "mỹ Lý",
            ]  # fmt: skip
            assert archive.search('author:"mỹ lý"').total == 3
            assert archive.search("author:MỸ").total == 3
        # The best spelling goes with the byline that had it.
        body = f"dto:80002\n\n{TEXT}"
        page = article("dto:80002", body=body, byline="X", authors=(Author("X"),))
        save(made[0], page, 9)
        assert made[0].connection.execute("SELECT name FROM authors ORDER BY 1").fetchall() == [
            ("X",), ("mỹ Lý",),
        ]  # fmt: skip
        for archive in made:
            archive.close()

    def test_the_indexes_hold_what_queries_ask_for(self, archive: Archive) -> None:
        save(archive, article(title="Ðồng Tháp Mười mùa sen"), 1)
        archive.commit()
        assert archive.search("title:Đồng").total == 1
        assert one(archive, "SELECT title FROM articles") == "Ðồng Tháp Mười mùa sen"
        assert one(archive, "SELECT title FROM articles_respelled") == "Đồng Tháp Mười mùa sen"
        save(archive, article(title="Tháp Mười mùa sen"), 2)
        archive.commit()
        assert archive.search("title:Đồng").total == 0
        assert one(archive, "SELECT count(*) FROM articles_respelled") == 0
        for index in ("articles_exact", "articles_plain"):
            archive.connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            )

    def test_an_impossible_stamp_is_no_point_in_time(self, archive: Archive) -> None:
        page = article(
            updated_at="0001-01-01T00:00:00+07:00",
            updated_text="Cập nhật ngày: 01/01/0001",
            published_at="9999-12-31",
        )
        save(archive, page, 1)
        columns = "updated_at, updated_precision, published_at, updated_text"
        assert archive.connection.execute(f"SELECT {columns} FROM articles").fetchall() == [
            (None, None, None, "Cập nhật ngày: 01/01/0001")
        ]

    def test_without_an_address_nothing_is_saved(self, archive: Archive) -> None:
        with pytest.raises(UsageError, match="without an address"):
            archive.save(Article(title="Không địa chỉ"), capture(1))

    def test_no_article_of_that_name(self, archive: Archive) -> None:
        with pytest.raises(NotFound, match="dto:1"):
            archive.article("dto:1")


class TestTemplates:
    """What differs only by template is not an edit by the newspaper."""

    def c_page(self, **changes: Any) -> Article:
        facts = {
            "updated_at": "2019-05-02T10:12+07:00",
            "updated_text": "Thứ Năm, 02/05/2019, 10:12 (GMT+7)",
            "updated_precision": "minute",
            "byline": "MỸ LÝ",
        }
        return article("dto:a7001", **facts | changes)

    @pytest.mark.parametrize("order", [(1, 2), (2, 1)])
    def test_the_finer_stamp_stays(self, archive: Archive, order: tuple[int, int]) -> None:
        save(archive, article(), order[0])
        assert save(archive, self.c_page(), order[1]).status == "unchanged"
        stored = archive.article("dto:84085")
        assert stored.revision == 1
        assert stored.article.updated_at == DAY
        assert stored.article.updated_precision == "second"

    def test_a_kicker_that_one_template_does_not_show_stays(self, archive: Archive) -> None:
        save(archive, article(kicker="Huyện Lấp Vò"), 1)
        assert save(archive, self.c_page(), 2).status == "unchanged"
        assert archive.article("dto:84085").article.kicker == "Huyện Lấp Vò"

    def test_a_kicker_taken_away_in_the_same_template_is_an_edit(self, archive: Archive) -> None:
        save(archive, article(kicker="Huyện Lấp Vò"), 1)
        assert save(archive, article(), 2).changed_fields == ("kicker",)
        assert archive.article("dto:84085").article.kicker is None

    def test_two_templates_taking_turns_are_no_editors(self, archive: Archive) -> None:
        split = self.c_page(body=TEXT.replace(" học sinh.", " các em học sinh."))
        save(archive, article(), 1)
        archive.redirected(
            Alias(article().url or "", "dto:84085", "A", "xa-hoi"),
            split.url or "",
            capture(2, article().url or "", status=301),
            crawl_id=None,
        )
        statuses = [save(archive, p, at).status for at, p in enumerate((split, article()) * 3, 3)]
        # The first view through the other template may be an edit; what follows is not.
        assert statuses == ["revised"] + ["unchanged"] * 5


class TestIdentity:
    def test_one_text_in_two_generations_is_one_article(self, archive: Archive) -> None:
        save(archive, article(), 1)
        assert save(archive, article("dto:a7001"), 2).key == "dto:84085"
        stored = archive.article("dto:a7001")
        assert stored.key == "dto:84085"
        assert stored.article.url == article("dto:a7001").url
        assert stored.article.section_slug == "xa-hoi"
        assert {alias.key for alias in stored.aliases} == {"dto:84085", "dto:a7001"}

    def test_one_text_at_two_numbers_of_a_generation_is_two(self, archive: Archive) -> None:
        save(archive, article("dto:1"), 1)
        saved = save(archive, article("dto:2"), 2)
        assert (saved.status, saved.duplicates) == ("new", 1)
        assert one(archive, "SELECT kind, similarity FROM duplicates") == ("exact", 1.0)
        assert archive.article("dto:2").duplicate_of == "dto:1"

    def test_another_day_is_another_article(self, archive: Archive) -> None:
        save(archive, article(), 1)
        saved = save(archive, article("dto:a7001", updated_at="2020-05-02T10:12:28+07:00"), 2)
        assert (saved.status, saved.key, saved.duplicates) == ("new", "dto:a7001", 1)

    def test_a_title_alone_proves_nothing(self, archive: Archive) -> None:
        clip = {"body": None, "lead": None, "title": "Bản tin thời sự"}
        save(archive, article(**clip), 1)
        assert save(archive, article("dto:a7001", **clip), 2).status == "new"
        assert one(archive, "SELECT count(*) FROM duplicates") == 0

    def test_no_page_of_b_states_a_day(self, archive: Archive) -> None:
        undated = {"updated_at": None, "updated_text": None, "updated_precision": None}
        save(archive, article(), 1)
        assert save(archive, article("dto:b9", **undated), 2).key == "dto:84085"

    @pytest.mark.parametrize("redirect_at", [0, 5])
    def test_a_redirect_joins(self, archive: Archive, redirect_at: int) -> None:
        old, new = article(), article("dto:a7001", title="Tựa khác", body=TEXT + " Thêm một câu.")
        steps: list[Callable[[], object]] = [
            lambda: save(archive, old, 1),
            lambda: save(archive, new, 9),
        ]
        forward = lambda: archive.redirected(  # noqa: E731
            Alias(old.url or "", "dto:84085", "A", "xa-hoi"),
            new.url or "",
            capture(5, old.url or "", status=301),
            crawl_id=None,
        )
        steps.insert(0 if redirect_at == 0 else 2, forward)
        for step in steps:
            step()
        stored = archive.article("dto:a7001")
        assert stored.key == "dto:84085"
        assert [r.article.title for r in stored.revisions] == [old.title, "Tựa khác"]
        assert one(archive, "SELECT count(*) FROM articles") == 1

    def test_the_key_is_frozen_when_a_crawl_has_ended(self, archive: Archive) -> None:
        crawl = archive.begin_crawl("crawl", {})
        save(archive, article("dto:a7001"), 1)
        archive.finish_crawl(crawl, exit_code=0, reason="finished", counts={"new": 1})
        assert save(archive, article(), 2).key == "dto:a7001"
        assert archive.article("dto:84085").key == "dto:a7001"

    def test_a_crawl_that_broke_off_freezes_nothing(self, archive: Archive) -> None:
        crawl = archive.begin_crawl("crawl", {})
        save(archive, article("dto:a7001"), 1)
        archive.finish_crawl(crawl, exit_code=1, reason="killed", counts={})
        assert save(archive, article(), 2).key == "dto:84085"

    def test_reposts_pair_off_in_the_order_of_their_numbers(self, archive: Archive) -> None:
        """A text posted twice in A and imported twice into C: two articles, whatever came first."""
        for at, key in enumerate(("dto:a900", "dto:20", "dto:a800", "dto:10")):
            save(archive, article(key), at)
        assert archive.article("dto:a800").key == "dto:10"
        assert archive.article("dto:a900").key == "dto:20"


class TestGone:
    def url(self) -> str:
        return article().url or ""

    def missing(self, archive: Archive, at: int, how: str = "404") -> bool:
        seen = capture(at, status=int(how))
        return archive.mark_gone(self.url(), how, seen, crawl_id=None)

    def test_gone_and_back(self, archive: Archive) -> None:
        save(archive, article(), 1)
        assert not self.missing(archive, 2)
        assert archive.article("dto:84085").gone_at is None
        assert self.missing(archive, 2 + NIGHT, "410")
        assert not self.missing(archive, 2 + 2 * NIGHT, "410")
        stored = archive.article("dto:84085")
        assert (stored.gone_at, stored.gone_how) == (capture(2).fetched_at, "404")
        assert stored.last_seen_at == capture(1).fetched_at
        assert save(archive, article(), 2 + 3 * NIGHT).status == "unchanged"
        assert archive.article("dto:84085").gone_at is None

    def test_two_looks_in_one_night_are_no_agreement(self, archive: Archive) -> None:
        save(archive, article(), 1)
        assert not self.missing(archive, 2)
        assert not self.missing(archive, 2 + NIGHT // 2 - 1)
        assert self.missing(archive, 2 + NIGHT // 2)

    def test_a_page_between_them_is_no_agreement(self, archive: Archive) -> None:
        save(archive, article(), 1)
        assert not self.missing(archive, 2)
        save(archive, article(), 3)
        assert not self.missing(archive, 2 + NIGHT)
        assert self.missing(archive, 2 + 2 * NIGHT)
        assert archive.article("dto:84085").gone_at == capture(2 + NIGHT).fetched_at

    def test_an_old_address_that_dies_takes_nothing_with_it(self, archive: Archive) -> None:
        save(archive, article(), 1)
        save(archive, article("dto:a7001"), 2)
        assert not self.missing(archive, 3)
        assert not self.missing(archive, 3 + NIGHT)
        assert archive.article("dto:84085").gone_at is None

    def test_what_was_never_seen_cannot_vanish(self, archive: Archive) -> None:
        assert not self.missing(archive, 1)
        assert not self.missing(archive, 1 + NIGHT)
        assert save(archive, article(), 0).status == "new"
        assert archive.article("dto:84085").gone_at == capture(1).fetched_at

    def test_not_modified_is_seen_again(self, archive: Archive) -> None:
        saved = save(archive, article(), 1)
        again = archive.seen_again(self.url(), capture(7, status=304), crawl_id=None)
        assert again == saved.article_id
        assert archive.article("dto:84085").last_seen_at == capture(7).fetched_at


class TestExtractors:
    def test_another_extractor_is_not_another_newspaper(self, archive: Archive) -> None:
        """The new extractor finds a byline that the old one missed; the page is as it was."""
        blind = article(byline=None, authors=())
        save(archive, blind, 1)
        archive.reread = lambda _: article(extractor_version="2")
        assert save(archive, article(extractor_version="2"), 2).status == "unchanged"
        stored = archive.article("dto:84085")
        assert (stored.revision, stored.article.byline) == (1, "Mỹ Lý")

    def test_an_edit_under_another_extractor_is_an_edit(self, archive: Archive) -> None:
        save(archive, article(), 1)
        archive.reread = lambda _: article(extractor_version="2")
        saved = save(archive, article(extractor_version="2", title="Tựa mới"), 2)
        assert saved.changed_fields == ("title",)

    def test_reextracted(self, archive: Archive) -> None:
        save(archive, article(byline=None, authors=()), 1)
        assert archive.reextracted(article(), capture(1, article().url or "")) == (
            "byline",
            "authors",
        )
        stored = archive.article("dto:84085")
        assert (stored.revision, stored.article.byline) == (1, "Mỹ Lý")
        assert archive.reextracted(article(), capture(1, article().url or "")) == ()


class TestTransactions:
    def test_a_failure_takes_back_one_write_and_no_other(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)

        def fails() -> None:
            with archive.transaction():
                save(archive, article("dto:2", body="khác hẳn"), 2)
                raise KeyError("the page's second half")

        with pytest.raises(KeyError):
            fails()
        save(archive, article("dto:3", body="khác nữa"), 3)
        archive.commit()
        with Archive.open(archive.path, read_only=True) as reader:
            keys = reader.connection.execute("SELECT key FROM articles ORDER BY key").fetchall()
        assert keys == [("dto:1",), ("dto:3",)]

    def test_a_batch_is_visible_when_it_is_full(self, archive: Archive) -> None:
        archive.batch_size = 2
        with Archive.open(archive.path, read_only=True) as reader:
            count = lambda: one(reader, "SELECT count(*) FROM articles")  # noqa: E731
            save(archive, article("dto:1"), 1)
            assert count() == 0
            save(archive, article("dto:2"), 2)
            assert count() == 2

    def test_a_page_that_cannot_be_written_takes_nothing_with_it(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        with pytest.raises(UnicodeEncodeError):
            save(archive, article("dto:2", body="\ud83d"), 2)
        archive.commit()
        assert one(archive, "SELECT key FROM articles") == "dto:1"
        assert one(archive, "SELECT count(*) FROM captures") == 1

    def test_an_error_between_two_rows_takes_back_both(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        archive.connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON images"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        page = article("dto:2", body="khác hẳn", images=(Image(1, "https://cdn/1.jpg"),))
        with pytest.raises(sqlite3.DatabaseError, match="no room"):
            save(archive, page, 2)
        archive.connection.execute("DROP TRIGGER full")
        assert one(archive, "SELECT count(*) FROM captures") == 1
        assert save(archive, page, 2).status == "new"
        assert save(archive, article("dto:1"), 3).status == "unchanged"
        archive.commit()

    def test_what_sqlite_rolled_back_is_written_again(self, archive: Archive) -> None:
        """A full disk may end the whole transaction: SQLite, not the savepoint, decides."""
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        archive.connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON article_authors"
            " BEGIN SELECT RAISE(ROLLBACK, 'no room'); END"
        )
        with pytest.raises(sqlite3.DatabaseError, match="no room"):
            save(archive, article("dto:2", body="khác hẳn"), 2)
        assert save(archive, article("dto:1"), 1).status == "new"  # and the trigger is gone, too
        archive.commit()

    def test_captures_are_made_durable_before_the_rows_that_point_to_them(
        self, archive: Archive
    ) -> None:
        archive.batch_size = 2
        seen = []
        with Archive.open(archive.path, read_only=True) as reader:
            archive.before_commit = lambda: seen.append(
                one(reader, "SELECT count(*) FROM captures")
            )
            for number in range(1, 6):
                save(archive, article(f"dto:{number}"), number)
            archive.commit()
            archive.commit()
        assert seen == [0, 2, 4]

    def test_what_waits_in_a_batch_is_found_by_its_writer(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        assert archive.search("trong cay").total == 1
        save(archive, article("dto:2", body="Mùa nước nổi ở Tam Nông."), 2)
        save(archive, article("dto:2", body="Mùa lúa chín ở Tam Nông."), 3)
        assert archive.search('"nước nổi"').total == 0
        assert [a.key for a in archive.articles("lua chin")] == ["dto:2"]
        assert one(archive, "SELECT count(*) FROM articles_unindexed") == 0

    def test_the_transaction_of_a_caller_is_the_callers(self, archive: Archive) -> None:
        archive.connection.execute("BEGIN IMMEDIATE")
        save(archive, article(), 1)
        assert one(archive, "SELECT count(*) FROM articles_plain('trong cay')") == 1
        archive.connection.execute("ROLLBACK")
        assert one(archive, "SELECT count(*) FROM articles") == 0


class TestLock:
    def test_the_second_crawl_is_told_who_holds_it(self, tmp_path: Path) -> None:
        told = f"process {os.getpid()}, since 20"
        with (
            crawl_lock(tmp_path),
            pytest.raises(ArchiveLocked, match=told),
            crawl_lock(tmp_path),
        ):
            pass
        with crawl_lock(tmp_path):
            pass

    def test_heartbeat(self, tmp_path: Path) -> None:
        write_heartbeat(tmp_path, {"exit_code": 0})
        beat = json.loads((tmp_path / "heartbeat.json").read_text())
        assert beat["exit_code"] == 0
        assert [p.name for p in tmp_path.iterdir()] == ["heartbeat.json"]


# --- the order of captures ----------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """Something a crawl sees."""

    at: int
    kind: str
    key: str
    variant: int


_KEYS = ("dto:10", "dto:11", "dto:b5", "dto:a70", "dto:a71")
_BODIES = (TEXT, TEXT + "\n\nNgoài ra, huyện trao 20 suất quà.", TEXT.replace("300", "350"), None)


def page_of(event: Event) -> Article:
    v = event.variant
    page = article(event.key, body=_BODIES[v % 4], kicker="Lấp Vò" if v % 3 == 0 else None)
    if event.key.startswith("dto:b"):
        page = replace(page, updated_at=None, updated_text=None, updated_precision=None)
    elif v % 5 == 1:
        page = replace(page, updated_at="2019-05-04T07:00+07:00", updated_precision="minute")
    if v % 7 == 2:
        page = replace(page, byline=None, authors=(), tags=("cây xanh", "nông thôn mới"))
    if v % 4 == 1:
        page = replace(
            page,
            section="Xã Hội",
            images=(Image(1, f"https://cdn/{v}.jpg", "Học sinh trồng cây", None, 1),),
        )
    if v % 6 == 5 and page.generation == "A":
        page = replace(
            page, url=(page.url or "").replace("xa-hoi", "moi-truong"), section_slug="moi-truong"
        )
    return page


def replay(archive: Archive, events: list[Event]) -> None:
    for event in events:
        page = page_of(event)
        url = page.url or ""
        seen = capture(event.at, f"{url}#{event.kind}")
        if event.kind == "article":
            archive.save(page, seen)
        elif event.kind == "gone":
            archive.mark_gone(url, "404", seen, crawl_id=None)
        elif event.kind == "unchanged":
            archive.seen_again(url, seen, crawl_id=None)
        else:
            target = article("dto:a71" if event.variant % 2 else "dto:a70").url or ""
            if target != url:
                alias = Alias(url, event.key, page.generation, page.section_slug)
                archive.redirected(alias, target, seen, crawl_id=None)


_EVENTS = st.lists(
    st.builds(
        Event,
        at=st.integers(0, 2000),
        kind=st.sampled_from(("article",) * 6 + ("unchanged",) * 2 + ("gone", "redirect")),
        key=st.sampled_from(_KEYS),
        variant=st.integers(0, 60),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda event: event.at,
)


# Failures are not shrunk: two databases an example make that a matter of minutes.
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS, seed=st.integers(0, 10_000))
def test_the_order_of_captures_does_not_matter(events: list[Event], seed: int) -> None:
    shuffled = list(events)
    random.Random(seed).shuffle(shuffled)
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder, "one"), create=True) as in_time,
        Archive.open(Path(folder, "other"), create=True) as anyhow,
    ):
        in_time.batch_size = anyhow.batch_size = len(events)
        replay(in_time, sorted(events, key=lambda event: event.at))
        replay(anyhow, shuffled)
        assert differences(in_time.connection, anyhow.connection) == {}
        assert contents(in_time.connection) == contents(anyhow.connection)
        anyhow.commit()
        assert anyhow.connection.execute("PRAGMA foreign_key_check").fetchall() == []


# It is the two ways of writing one article that are compared here, in whatever order pages come.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS)
def test_the_short_way_writes_what_a_rebuild_would(events: list[Event]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder, "one"), create=True) as quick,
        Archive.open(Path(folder, "other"), create=True) as general,
        pytest.MonkeyPatch.context() as patched,
    ):
        quick.batch_size = general.batch_size = len(events)
        replay(quick, events)
        patched.setattr("archive.history.save._seen_again", lambda *_: None)
        replay(general, events)
        assert contents(quick.connection) == contents(general.connection)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_newspaper_is_written_alike_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Pages with pictures, people and copies of each other; half of them are seen twice."""
    writer = Writer(seed)
    pages = [page for _, page, _ in writer.articles(40)]
    pages += writer.random.sample(pages, 20)
    pages += [replace(page, key=f"{page.key}9", url=f"{page.url}9") for page in pages[:10]]
    found = []
    for way in ("quick", "general"):
        with Archive.open(tmp_path / way, create=True) as opened:
            opened.batch_size = 16
            statuses = [save(opened, page, at) for at, page in enumerate(pages)]
            found.append((statuses, contents(opened.connection)))
        monkeypatch.setattr("archive.history.save._seen_again", lambda *_: None)
    assert found[0] == found[1]
    assert sum(saved.duplicates for saved in found[0][0]) == 10
