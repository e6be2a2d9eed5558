"""Pages to measure on: the golden ones, and the newsroom's, as heavy as the paper's own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from crawler.site.paper import DONGTHAP
from newsroom.addresses import path
from newsroom.newspaper import Newspaper
from newsroom.responses import Responder


def newsroom_pages(count: int) -> list[tuple[str, bytes]]:
    """Address and bytes of *count* sound article pages of the newsroom, all generations mixed."""
    # Composed stories come last and are the bulk of any archive; they are spread over the years.
    return list(deque(newsroom_stream(count + 200), maxlen=count))


def newsroom_stream(count: int) -> Iterator[tuple[str, bytes]]:
    """The sound ones of *count* pages, one at a time: 20,000 are more than a gigabyte."""
    edition = Newspaper(count).edition(0)
    responder = Responder(edition, crawl_delay=0, cache_bytes=0)
    for place in edition.places():
        story = edition.story(place.key)
        assert story is not None
        target = path(story)
        reply = responder.answer(DONGTHAP.host, target, {})
        if reply.status == 200 and not (reply.torn or reply.silent):
            yield f"https://{DONGTHAP.host}{target}", reply.body
