"""Saving pages one by one: new, revised, unchanged; and the short way beside the rebuild."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from archive.archive import Alias, Archive
from archive.errors import NotFound, UsageError
from archive.models import Article, Image
from tests.archive.pages import DAY, TEXT, article, capture, one, save


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
