"""The past as Common Crawl keeps it: an index of each crawl, and byte ranges of its WARC files."""

from __future__ import annotations

from typing import Any

from scrapy.http import Request, Response

from archive.warc.exchange import Exchange
from crawler.ingest.cdx import Entry, Listing
from crawler.ingest.memento import NotTheCapture, exchange_of_record
from crawler.spiders.archived import ArchivedSpider

#: Base URL of the WARC files listed in the index.
DATA = "https://data.commoncrawl.org/"


class CommonCrawlSpider(ArchivedSpider):
    """Fetches the WARC records that an index of Common Crawl names.

    Arguments beside those of every spider of web archives: ``data``, where its files are.
    """

    name = "commoncrawl"
    origin = "commoncrawl"

    def __init__(self, server: str = "", data: str = DATA, **arguments: Any):
        super().__init__(server, **arguments)
        self.data = data if data.endswith("/") else data + "/"

    def first_question(self) -> dict[str, Any]:
        """How many pages of the index there are."""
        return {"showNumPages": "true"}

    def next_questions(self, listing: Listing, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Each page; none, if the server answered with everything at once."""
        return [{"page": number} for number in range(listing.pages or 0)]

    def request_for(self, entry: Entry) -> Request:
        """The bytes of one record."""
        start, length = entry.offset, entry.length
        if entry.filename is None or start is None or not length:
            raise NotTheCapture("the index does not say where its record is")
        return self._ask(
            f"{self.data}{entry.filename}",
            self.parse_capture,
            entry=entry,
            headers={"Range": f"bytes={start}-{start + length - 1}"},
        )

    def exchange_in(self, entry: Entry, response: Response) -> Exchange:
        """The exchange in the record."""
        if response.status not in (200, 206):
            raise NotTheCapture(f"status {response.status}")
        body = response.body
        if response.status == 200 and entry.length and len(body) > entry.length:
            # A server that knows no ranges sends the whole file.
            body = body[entry.offset or 0 :][: entry.length]
        return exchange_of_record(entry, body, origin=self.origin)
