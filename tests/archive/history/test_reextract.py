"""Another extractor is not another newspaper."""

from __future__ import annotations

from archive.archive import Archive
from tests.archive.pages import article, capture, save


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
