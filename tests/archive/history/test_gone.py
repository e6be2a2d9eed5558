"""When an article is gone: two nights that agree."""

from __future__ import annotations

from archive.archive import Archive
from tests.archive.pages import NIGHT, article, capture, save


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
