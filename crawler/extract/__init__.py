"""Pages into Articles. `extract` is the one door: bytes in, an Article out, or one of our errors.

Everything in this package is pure: no network, no database, no clock; the same bytes give the same
Article. To follow a redesign of the site, add one file beside `layouts/flat.py` and its name to
`LAYOUTS` in `layouts/__init__.py`.
"""

from __future__ import annotations

from archive.models import Article
from crawler.extract.article import LOSS, UNKNOWN_MARKUP, read_page
from crawler.extract.layouts import LAYOUTS
from crawler.extract.page import Page
from crawler.extract.version import EXTRACTOR_VERSION
from crawler.site.paper import DONGTHAP, Paper

__all__ = ["EXTRACTOR_VERSION", "LAYOUTS", "LOSS", "UNKNOWN_MARKUP", "extract"]


def extract(
    body: bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    fetched_at: str | None = None,
    paper: Paper = DONGTHAP,
) -> Article:
    """The article on the page in *body*.

    *url* is the address that the page was asked for at: links are resolved against it, and key and
    site_id come from it. *content_type* is the header of the response; it decides the encoding of
    a page that is not UTF-8. *fetched_at* (ISO 8601) is compared with the printed stamp. *paper* is
    the newspaper whose page it is (`crawler.site.paper.load`).

    Raises an ExtractionError: TooLarge, DamagedPage (empty, cut off, undecodable), UnknownLayout
    (no known markup), NotAnArticle (a list, a login, a challenge page), EmptyArticle (no text) or
    AnotherArticle (the page says that it belongs to another address).
    """
    return read_page(Page.from_bytes(body, url, content_type, fetched_at, paper))
