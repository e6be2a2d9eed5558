"""From an extracted article to the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.models import Article, Capture
from crawler.archivist import Archivist
from crawler.intake import Outcome


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article on its way to the archive, with the evidence it was read from."""

    outcome: Outcome
    capture: Capture
    response: Response


class ArchivePipeline:
    """Saves each article; the archive decides whether it is new, revised or unchanged."""

    def __init__(self, crawler: Crawler):
        self.archivist: Archivist | None = crawler.get_extension(Archivist)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Join the crawl's archivist."""
        return cls(crawler)

    async def process_item(self, item: Extracted) -> Article:
        """Save *item*, and hand the plain article on to feed exports (``-O out.jsonl``)."""
        assert self.archivist is not None
        assert item.outcome.article is not None
        await self.archivist.take(item.response, item.capture, item.outcome)
        return item.outcome.article
