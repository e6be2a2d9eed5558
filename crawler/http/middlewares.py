"""Downloader middlewares: a response is captured before anything else sees it; then retries."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Headers, Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.python import global_object_name

from archive.clock import now
from archive.errors import DiskFull
from archive.warc import encoding
from archive.warc.exchange import Exchange
from crawler.http.clock_check import clock_fault
from crawler.http.politeness import BUSY, RunEnded, asked_to_wait, certificate_fault
from crawler.http.retry_after import in_words
from crawler.run.extension import extension_of
from crawler.site.responses import is_whole

logger = logging.getLogger(__name__)


class Capture:
    """Puts every response into the WARC, as received, before anything tries to understand it.

    A middleware and not a handler of the signal ``response_downloaded``: Scrapy logs and swallows
    what a signal handler raises, so a full disk would lose captures quietly. An error here fails
    the request, and no article is saved without its capture.
    """

    def __init__(self, crawler: Crawler):
        self.extension = extension_of(crawler)
        #: What is wrong with this machine's clock; empty if nothing is, None if nobody has said.
        self.clock_fault: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the archive of the crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Record *response* and leave its capture in ``request.meta``.

        The answer of a web archive is not a response of the paper: its spider records the capture
        in it.
        """
        if request.meta.get("from_archive"):
            return response
        writer = self.extension.writer
        if self.clock_fault is None and (stated := response.headers.get("Date")):
            self.clock_fault = clock_fault(stated, now(), writer.last_whole_run) or ""
        if self.clock_fault:
            self.extension.stop(1, "clock", f"{self.clock_fault}; nothing was kept: set the clock")
            raise RunEnded
        try:
            capture = writer.record(
                exchange_of(request, response), cut_short="dataloss" in response.flags
            )
            request.meta["capture"] = capture
            if request.callback is NO_CALLBACK:  # robots.txt, asked for by Scrapy itself
                writer.record_only(capture)
        except DiskFull:
            raise
        except Exception:
            logger.exception("%s cannot be recorded", request.url)
            writer.counts["errors"] += 1
            raise
        return response


def exchange_of(request: Request, response: Response) -> Exchange:
    """The request and its response, as they are written into the WARC."""
    try:
        reason = HTTPStatus(response.status).phrase  # Scrapy does not say what the server wrote
    except ValueError:
        reason = ""
    return Exchange(
        url=request.url,
        fetched_at=now(),
        method=request.method,
        request_headers=_header_list(request.headers),
        status=response.status,
        reason=reason,
        protocol=response.protocol or "HTTP/1.1",
        response_headers=_header_list(response.headers),
        body=response.body,
        ip=str(response.ip_address) if response.ip_address else None,
        truncated="disconnect" if "dataloss" in response.flags else None,
    )


def _header_list(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Every header in the order it came, repeats kept (``headers[name]`` gives the last only)."""
    return [(name, value) for name in headers for value in headers.getlist(name)]


class Unpack(HttpCompressionMiddleware):
    """Scrapy's decompression, for robots.txt and the shell only.

    A captured page is decompressed by `archive.warc.encoding` when it is read. It makes the best of
    a damaged body; here, a damaged body would fail the request.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Leave the body of a captured page as it is."""
        if "capture" in request.meta and request.callback is not NO_CALLBACK:
            return response
        return super().process_response(request, response)


class Retry(RetryMiddleware):
    """Scrapy's retries, with a pause that doubles, and a body cut short counted as a failure.

    A 429 or 503 is the whole site's: nothing is sent to it until the pause is over. Where the
    server asks for more time than a run has, or says 429 after every pause, the run ends.
    """

    def __init__(self, crawler: Crawler):
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.pause = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE")
        self.longest = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE_MAX")
        self.extension = extension_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the pauses from the settings."""
        return cls(crawler)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Response | Coroutine[Any, Any, Request | Response]:
        """Repeat a request that failed for now; return every other response."""
        if request.meta.get("dont_retry"):
            return response
        if response.status in self.retry_http_codes:
            reason = f"status {response.status}"
        elif "dataloss" in response.flags and not is_whole(unpacked(response)):
            reason = "body cut short"
        else:
            return response
        asked = asked_to_wait(response)
        if asked is not None and asked > self.longest and response.status in BUSY:
            self.extension.stop(
                3,
                "wait",
                f"the site answers with status {response.status} and asks to be left alone"
                f" ({in_words(asked)}); the run ended there, the next one goes on",
            )
            return response
        return self._ask_again(request, response, reason, asked)

    async def _ask_again(
        self, request: Request, response: Response, reason: str, asked: float | None
    ) -> Request | Response:
        again = None if self.extension.politeness.doubtful else self._retry(request, reason)
        if again is None:
            if response.status == 429 and request.callback is not NO_CALLBACK:
                self.extension.stop(
                    3,
                    "wait",
                    "the site answers with status 429 (too many requests), also after a pause;"
                    " the run ended there, the next one goes on",
                )
            return response
        if request.callback is not NO_CALLBACK:  # `Capture` has written the row of robots.txt
            self.extension.writer.record_only(request.meta["capture"])
        pause = self._pause_before(again, asked)
        if response.status in BUSY:
            self.extension.counts["waited"] += 1
            self.extension.politeness.leave_alone(pause)
        else:
            await asyncio.sleep(pause)
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again after a failed connection; end the run if the site cannot prove who it is."""
        if fault := certificate_fault(exception):
            self.extension.stop(
                3,
                "certificate",
                f"the certificate of {urlsplit(request.url).hostname} is not valid: {fault};"
                " nothing was asked. Look at the site in a browser; if you trust it all the same,"
                " set verify_certificates = false in khobao.toml",
            )
            return None
        if request.meta.get("dont_retry") or not isinstance(exception, self.exceptions_to_retry):
            return None
        if self.extension.politeness.doubtful or self.extension.stopped:
            return None
        again = self._retry(request, global_object_name(exception.__class__))
        if again is not None:
            await asyncio.sleep(self._pause_before(again, None))
        return again

    def _pause_before(self, again: Request, asked: float | None) -> float:
        """Seconds to wait: the doubled pause, or longer if asked to; a little scattered."""
        pause: float = min(self.pause * 2 ** (again.meta["retry_times"] - 1), self.longest)
        return max(pause, asked or 0.0) * random.uniform(1.0, 1.2)


def unpacked(response: Response) -> bytes:
    """The body before its content encoding."""
    encodings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    return encoding.decode(response.body, encodings.split(",")).body if encodings else response.body
