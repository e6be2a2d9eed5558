"""``khobao extract``: one page to its Article."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from archive.commands.options import format_option
from archive.commands.terminal import print_json
from archive.errors import UsageError
from crawler import settings
from crawler.commands.options import paper_option

#: The longest that ``extract URL`` waits for a page, in seconds.
_PATIENCE = 60.0


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", metavar="URL", help="The page's own address, if FILE does not name it.")
@paper_option
@format_option("json")
def extract(page: str, url: str | None, paper: str | None, form: str) -> None:
    """Read one page and print its Article as JSON; touches no archive.

    FILE may be - for standard input. Exit code 4 if the page holds no article that a layout knows.
    Without --paper, the host of the address tells the newspaper.

    \b
    Example:
      khobao extract page.html --url https://baodongthap.vn/giao-duc/con-chu-ve-ap-an-loi-a-52059.aspx
    """
    from crawler.extract import extract as read_article
    from crawler.ingest.papers import find
    from crawler.site.paper import DONGTHAP, load, shipped
    from crawler.site.urls import paper_of

    content_type = None
    if page.startswith(("http://", "https://")):
        body, content_type, url = _fetched(page, url)
    else:
        try:
            with sys.stdin.buffer if page == "-" else Path(page).open("rb") as stream:
                body = stream.read(settings.DOWNLOAD_MAXSIZE + 1)
        except OSError as error:
            raise UsageError(f"cannot read {page}: {error.strerror}") from error
    if len(body) > settings.DOWNLOAD_MAXSIZE:
        raise UsageError(
            f"{page} is larger than {settings.DOWNLOAD_MAXSIZE // 2**20} MB; no article page is"
        )
    papers = (find(paper),) if paper else tuple(map(load, shipped()))
    newspaper = paper_of(url or "", papers) or (papers[0] if paper else DONGTHAP)
    article = read_article(body, url, content_type=content_type, paper=newspaper)
    print_json(article.to_dict())


def _fetched(page: str, url: str | None) -> tuple[bytes, str | None, str]:
    """The page, its Content-Type and its address; at most a byte more than a page may have."""
    import http.client  # no other command pays for them
    from urllib.request import Request, urlopen

    ends = time.monotonic() + _PATIENCE
    body = bytearray()
    try:
        request = Request(page, headers={"User-Agent": settings.USER_AGENT})
        with urlopen(request, timeout=_PATIENCE / 2) as response:
            # read1 returns with what there is: a server that sends a byte now and then is noticed.
            while chunk := response.read1(1 << 16):
                body += chunk
                if len(body) > settings.DOWNLOAD_MAXSIZE:
                    break
                if time.monotonic() > ends:
                    raise UsageError(f"{page} was not read within {_PATIENCE:.0f} s")
            return bytes(body), response.headers.get("Content-Type"), url or response.url
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UsageError(f"cannot fetch {page}: {error}") from error
