"""The past as the Wayback Machine, or any archive that speaks as it does, keeps it."""

from __future__ import annotations

from typing import Any

from scrapy.http import Request, Response

from archive.warc.exchange import Exchange
from crawler.ingest import cdx
from crawler.ingest.cdx import Entry, Listing
from crawler.ingest.memento import exchange_of_memento
from crawler.spiders.archived import ArchivedSpider

SERVER = "https://web.archive.org/cdx/search/cdx"


class WaybackSpider(ArchivedSpider):
    """Fetches the original bytes (``id_``) of the captures that a CDX server lists.

    Arguments beside those of every spider of web archives: ``replay``, where the archive shows its
    captures, if the index's address does not tell.
    """

    name = "wayback"
    origin = "wayback"

    def __init__(self, server: str = SERVER, replay: str | None = None, **arguments: Any):
        super().__init__(server, **arguments)
        self.replay = replay or cdx.replay_of(server)

    def first_question(self) -> dict[str, Any]:
        """In portions, if the server can go on from a key."""
        return {"limit": cdx.PAGE, "showResumeKey": "true"}

    def next_questions(self, listing: Listing, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Go on from the key; of a server that knows none, ask for everything at once."""
        if listing.resume_key:
            return [self.first_question() | {"resumeKey": listing.resume_key}]
        if asked.get("limit") and "resumeKey" not in asked and listing.rows >= asked["limit"]:
            return [{}]
        return []

    def request_for(self, entry: Entry) -> Request:
        """The original's bytes, at its very second."""
        url = f"{self.replay}{entry.timestamp}id_/{entry.url}"
        return self._ask(url, self.parse_capture, entry=entry)

    def exchange_in(self, entry: Entry, response: Response) -> Exchange:
        """The exchange that is replayed."""
        headers = [(n, v) for n in response.headers for v in response.headers.getlist(n)]
        return exchange_of_memento(
            entry, response.status, headers, response.body, origin=self.origin
        )
