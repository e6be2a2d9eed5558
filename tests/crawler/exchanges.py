"""Exchanges with the paper, as the HTTP client hands them over, and archives that hold some."""

from __future__ import annotations

from contextlib import contextmanager

from archive.clock import now
from archive.warc.exchange import Exchange
from crawler.ingest.archive_writer import ArchiveWriter
from tests.crawler.trouble_pages import ARTICLE, article


def exchange(url=ARTICLE, html=None, *, status=200, headers=(), at=None, **more):
    """The answer *html* (by default an article) to a GET of *url*."""
    return Exchange(
        url=url,
        fetched_at=at or now(),
        method="GET",
        request_headers=[],
        status=status,
        reason="",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8"), *headers],
        body=(article() if html is None else html).encode(),
        **more,
    )


@contextmanager
def run(path, command="crawl", *, exit_code=0, **arguments):
    """A run that writes into the archive at *path*; killed, as it were, if *exit_code* is None."""
    writer = ArchiveWriter(path, command=command, arguments=arguments, info={})
    with writer.closing():
        yield writer
        writer.commit()
        if exit_code is not None:
            writer.warc.close()
            writer.archive.finish_crawl(
                writer.crawl_id, exit_code=exit_code, reason="", counts=writer.counts
            )
