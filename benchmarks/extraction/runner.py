"""One system, one process: reads pages named on stdin, writes what the system made of them.

Every system, ours included, runs here: in a process of its own and, for a peer, in an environment
of its own, so that neither an import, a cache nor a dependency of one can touch another. Run as a
file by that environment's Python; it imports nothing of this repository but the system asked for.

    python runner.py trafilatura < requests.jsonl > readings.jsonl

A request is ``{"page": path, "url": address, "warm": bool}``; a reading has the fields of `FIELDS`,
``cpu`` (process time between the bytes and the fields, in seconds) and ``error``. A request marked
``warm`` is read before the clock counts: regexes are compiled, lazy imports done.

Each function below states its mapping: where a peer offers several fields for one of ours, the best
is taken; what a peer does not offer stays out of its answer and is shown as a dash, not as a zero.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

FIELDS = ("title", "date", "time", "body", "captions", "byline", "section")
Reading = dict[str, Any]
System = Callable[[bytes, str | None], Reading]


def khobao() -> System:
    """Ours. ``updated_at``, or ``published_at`` where the page states only that."""
    from crawler.extract import extract

    def read(body: bytes, url: str | None) -> Reading:
        article = extract(body, url)
        stamp = article.updated_at or article.published_at
        precise = article.updated_precision if article.updated_at else None
        return {
            "title": article.title,
            "date": stamp,
            "time": None if precise == "day" else stamp,
            "body": article.paragraphs,
            "captions": [image.caption for image in article.images if image.caption],
            "byline": article.byline,
            "section": article.section,
        }

    return read


def trafilatura(**mode: bool) -> System:
    """The bare extraction with metadata; the first category is its nearest to a section.

    ``date`` has no time of day. Comments are left out: the site prints none, and their heading
    would count against the body.
    """
    from trafilatura import bare_extraction

    def read(body: bytes, url: str | None) -> Reading:
        found = bare_extraction(body, url=url, with_metadata=True, include_comments=False, **mode)
        if found is None:
            return dict.fromkeys(("title", "date", "body", "byline", "section"))
        return {
            "title": found.title,
            "date": found.date,
            "body": lines(found.text),
            "byline": found.author,
            "section": (found.categories or [None])[0],
        }

    return read


def newspaper4k() -> System:
    """``Article.parse`` in Vietnamese; the bytes decoded for it, for it takes text only."""
    from newspaper import Article

    def read(body: bytes, url: str | None) -> Reading:
        article = Article(url or "https://example.org/", language="vi", fetch_images=False)
        article.download(input_html=decoded(body))
        article.parse()
        meta = article.meta_data.get("article") if article.meta_data else None
        return {
            "title": article.title,
            **when(article.publish_date),
            "body": lines(article.text),
            "byline": ", ".join(article.authors),
            "section": meta.get("section") if isinstance(meta, dict) else None,
        }

    return read


def readability() -> System:
    """``short_title`` and the text of ``summary``, one line per block element."""
    from lxml import html
    from readability import Document

    blocks = ("p", "div", "h1", "h2", "h3", "h4", "li", "tr", "br", "table", "figcaption")

    def read(body: bytes, url: str | None) -> Reading:
        document = Document(decoded(body), url=url)
        title = document.short_title()
        tree = html.fromstring(document.summary())
        for element in tree.iter(*blocks):
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
        return {"title": title, "body": lines(tree.text_content())}

    return read


def resiliparse() -> System:
    """The page's ``title`` element and the plain text of the main content."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(body: bytes, url: str | None) -> Reading:
        tree = HTMLTree.parse_from_bytes(body, detect_encoding(body) or "utf-8")
        text = extract_plain_text(
            tree, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True
        )
        return {"title": tree.title, "body": lines(text)}

    return read


def news_please() -> System:
    """``from_html`` without the fetching of images."""
    from newsplease import NewsPlease

    def read(body: bytes, url: str | None) -> Reading:
        article = NewsPlease.from_html(decoded(body), url=url, fetch_images=False)
        return {
            "title": article.title,
            **when(article.date_publish),
            "body": lines(article.maintext),
            "byline": ", ".join(article.authors or []),
        }

    return read


def fundus() -> System:
    """Its generic parts, for no parser of it knows this paper.

    What a Fundus parser says with the library's own helpers alone: linked data and meta elements
    for title, date and authors, every ``p`` for the body, captions by its own image reader.
    """
    from datetime import datetime

    from fundus.parser import ArticleBody, BaseParser, Image, attribute, utility
    from lxml.etree import XPath

    paragraphs = XPath("//p[normalize-space()]")

    class Generic(BaseParser):
        @attribute
        def title(self) -> str | None:
            return (
                self.precomputed.ld.bf_search("headline")
                or self.precomputed.meta.get("og:title")
                or self.precomputed.meta.get("title")
            )

        @attribute
        def publishing_date(self) -> datetime | None:
            return utility.generic_date_parsing(
                self.precomputed.ld.bf_search("datePublished")
                or self.precomputed.meta.get("article:published_time")
            )

        @attribute
        def authors(self) -> list[str]:
            return utility.generic_author_parsing(self.precomputed.ld.bf_search("author"))

        @attribute
        def body(self) -> ArticleBody | None:
            return utility.extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=paragraphs
            )

        @attribute
        def images(self) -> list[Image]:
            return utility.image_extraction(
                doc=self.precomputed.doc,
                paragraph_selector=paragraphs,
                upper_boundary_selector=XPath("//body"),
            )

    parser = Generic()

    def read(body: bytes, url: str | None) -> Reading:
        found = parser.parse(decoded(body), "suppress")
        text = found["body"]
        return {
            "title": found["title"],
            **when(found["publishing_date"]),
            "body": lines(text.text("\n") if text else ""),
            "captions": [image.caption for image in found["images"] or () if image.caption],
            "byline": ", ".join(found["authors"] or []),
        }

    return read


SYSTEMS: dict[str, Callable[[], System]] = {
    "khobao": khobao,
    "trafilatura": trafilatura,
    "trafilatura-precision": lambda: trafilatura(favor_precision=True),
    "trafilatura-recall": lambda: trafilatura(favor_recall=True),
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "newspaper4k": newspaper4k,
    "readability": readability,
    "resiliparse": resiliparse,
    "news-please": news_please,
    "fundus": fundus,
}

#: The distribution whose version is reported.
DISTRIBUTIONS = {
    "readability": "readability-lxml",
    "trafilatura-precision": "trafilatura",
    "trafilatura-recall": "trafilatura",
    "trafilatura-fast": "trafilatura",
}


def lines(text: str | None) -> list[str]:
    """The non-empty lines: what every peer parts its paragraphs with."""
    return [line for line in (text or "").splitlines() if line.strip()]


def decoded(body: bytes) -> str:
    """Text for the peers that take no bytes: UTF-8, as the site says it is."""
    return body.decode("utf-8", "replace")


def when(moment: Any) -> Reading:
    """Date and time of a datetime; midnight sharp is a date without a time."""
    if moment is None:
        return {"date": None, "time": None}
    if isinstance(moment, str):
        return {"date": moment, "time": moment if len(moment) > 10 else None}
    stamp = moment.isoformat()
    midnight = not (moment.hour or moment.minute or moment.second)
    return {"date": stamp, "time": None if midnight else stamp}


def main(name: str) -> None:
    """Answer the requests on stdin until it ends; the first line says the system's version."""
    warnings.simplefilter("ignore")
    from importlib.metadata import version

    answers = sys.stdout
    sys.stdout = sys.stderr  # a peer that prints must not break the protocol
    system = SYSTEMS[name]()
    write(answers, {"version": version(DISTRIBUTIONS.get(name, name))})
    for line in sys.stdin:
        request = json.loads(line)
        body = Path(request["page"]).read_bytes()
        reading: Reading = {}
        error = None
        started = time.process_time()
        try:
            reading = system(body, request["url"])
        except Exception as raised:  # noqa: BLE001 - a peer may raise anything; the page counts as not read
            error = type(raised).__name__ + ": " + str(raised)[:200]
        cpu = time.process_time() - started
        if not request.get("warm"):
            write(answers, {**reading, "cpu": cpu, "error": error})


def write(stream: Any, record: Reading) -> None:
    """One line of JSON."""
    stream.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
    stream.flush()


if __name__ == "__main__":
    main(sys.argv[1])
