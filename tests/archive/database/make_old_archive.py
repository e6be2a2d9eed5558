"""Makes tests/archive/database/archive-9be7a5e.zip, with the code of commit 9be7a5e.

    git worktree add /tmp/then 9be7a5e
    cd /tmp/then && PYTHONPATH=. python .../tests/archive/database/make_old_archive.py OUT.zip

Three nights of a few golden pages: edits, a page that is gone, copies, a template of each
generation, an impossible stamp, letters that are searched otherwise than written.
"""

import json
import re
import shutil
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.capture_writer import CaptureWriter
from archive.captures import Exchange
from archive.export.writing import export
from archive.identity import Alias
from archive.store import Archive
from crawler.layouts import extract
from crawler.page import Page

SITE = "https://baodongthap.vn"
PAGES = Path("tests/pages")
NAMES = (
    "aspx/set-short-lead",
    "aspx/verses",
    "aspx/signature-floated-right",
    "flat/text-under-caption-in-paragraph",
    "flat/author-box-with-avatar",
    "yyyymm/poem-of-couplets",
    "yyyymm/list",
    "yyyymm/verses-inside-text",
    "yyyymm/photo-essay",
    "yyyymm/signed-by-two",
)
TITLES = {0: "Cao Lãnh phát động", 3: "Tuổi trẻ Cao Lãnh xung kích", 5: "Thơ xuân"}
HEADERS = [(b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Encoding", b"gzip")]


def packed(body):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def main():
    with TemporaryDirectory() as folder:
        fill(Path(folder))
        with Archive.open(Path(folder)) as archive:
            for name in ("articles.csv", "articles.jsonl"):
                export(archive.connection, Path(folder) / name)
            revisions = archive.connection.execute(
                "SELECT key, number, r.title, r.lead, r.body, r.updated_at, r.updated_text, r.byline,"
                " edit, changed_fields, r.article FROM revisions AS r JOIN articles"
                " ON articles.id = article_id ORDER BY key, number"
            ).fetchall()
            (Path(folder) / "revisions.json").write_text(json.dumps(revisions))
        shutil.make_archive(sys.argv[1].removesuffix(".zip"), "zip", folder)


def fill(folder):
    pages = {}
    for name in NAMES:
        url = json.loads((PAGES / name / "meta.json").read_text())["url"]
        pages[url] = (PAGES / name / "page.html").read_bytes()
    # One text at a second number, and at an address of another generation.
    first = next(iter(pages))
    pages[re.sub(r"\d+\.aspx", "999.aspx", first)] = pages[first]
    urls = list(pages)
    with Archive.open(folder, create=True) as archive:
        for night in range(3):
            start = f"2026-11-{20 + night}T15:00:00.000Z"
            crawl = archive.begin_crawl("crawl", {}, start)
            writer = CaptureWriter(folder, crawl_id=crawl, started_at=start, info={})
            for place, url in enumerate(urls):
                at = f"2026-11-{20 + night}T15:{place:02}:00.000Z"
                body = edited(pages[url], place, night)
                gone = place == 2 and night > 0
                status = 404 if gone else 200
                capture = writer.write(
                    Exchange(
                        url,
                        at,
                        "GET",
                        [(b"User-Agent", b"khobao")],
                        status,
                        "OK",
                        "HTTP/1.1",
                        HEADERS,
                        packed(b"<h1>404</h1>" if gone else body),
                    )
                )
                article = (
                    None
                    if gone
                    else extract(Page.from_bytes(body, url.replace("//www.", "//"), fetched_at=at))
                )
                if gone:
                    archive.mark_gone(url, "404", capture, crawl_id=crawl)
                else:
                    archive.save(article, capture, crawl_id=crawl)
            if night == 2:  # an older address of a page leads to it
                alias = Alias(f"{SITE}/xa-hoi/tuoi-tre-84500.aspx", "dto:84500", "A", "xa-hoi")
                capture = writer.write(
                    Exchange(
                        alias.url,
                        "2026-11-22T15:30:00.000Z",
                        "GET",
                        [],
                        301,
                        "Moved",
                        "HTTP/1.1",
                        [(b"Location", urls[3].encode())],
                        b"",
                    )
                )
                archive.redirected(alias, urls[3], capture, crawl_id=crawl)
            archive.finish_crawl(
                crawl,
                exit_code=0,
                reason="finished",
                counts={},
                at=f"2026-11-{20 + night}T16:00:00.000Z",
            )
            writer.close()


def edited(body, place, night):
    """What the newspaper had there on that night."""
    if place in TITLES and night >= 1:
        body = body.replace(TITLES[place].encode(), f"Chuyện {TITLES[place]}".encode())
    if place in (3, 7) and night == 2:
        body = body.replace("của".encode(), "và".encode(), 2)
    if place == 1:
        body = body.replace(" và ".encode(), " 300m² Ðồng ".encode(), 1)
    return body


main()
