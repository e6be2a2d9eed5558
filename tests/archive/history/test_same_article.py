"""Which keys are one article, as pages and redirects arrive."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.archive import Alias, Archive
from tests.archive.pages import TEXT, article, capture, one, save


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
