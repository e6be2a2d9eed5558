"""A small archive of invented articles, the room opened on it, and a real browser."""

from __future__ import annotations

import asyncio
import html
import json
import re
import socket
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest

from archive.archive import Archive
from archive.models import Article, Author, Capture, Image
from archive.web.snapshot import Snapshot, make
from tests.programs import find_program

CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

T = TypeVar("T")

#: What an attacker would have the paper print, in every field that a page can fill.
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}</title>"

LEAD = (
    "Sáng 12/9, tại xã Thường Phước, nước đầu nguồn đã tràn đồng. Người dân vùng biên chuẩn bị ghe,"
    " lưới cho một mùa nước nổi được mong đợi sau hai năm nước thấp."
)
FLOOD = Article(
    title="Mùa nước nổi về sớm, người dân đầu nguồn tất bật",
    kicker="Huyện Hồng Ngự:",
    url="https://baodongthap.vn/kinh-te/mua-nuoc-noi-ve-som-80111.aspx",
    key="dto:80111",
    site_id="80111",
    generation="A",
    lead=LEAD,
    agency="ĐTO",
    body="\n\n".join(
        (
            LEAD,
            "Ông Nguyễn Văn Tám, ngụ ấp 1, cho biết gia đình ông có 31 chiếc lọp cua và hai tay"
            " lưới"
            " giăng. Mỗi ngày ông bán được từ 250 đến 300 ngàn đồng tiền cá linh, cá chốt.",
            "Theo Trạm Thủy văn Tân Châu, mực nước cao hơn cùng kỳ năm trước khoảng 40 cm. Ngành"
            " nông"
            " nghiệp khuyến cáo các ô bao chưa gặt phải gia cố bờ trước ngày 20/9.",
            "Chợ cá đồng ven lộ Dinh Bà họp từ 3 giờ sáng. Bông điên điển, bông súng theo ghe về"
            " chợ,"
            " màu vàng màu tím nằm cạnh nhau trong rổ tre.",
            "Chị Trần Thị Mỹ Hòa đã bán cá ở đây mười hai năm. Chị nói năm nào nước lớn thì chợ"
            " đông,"
            " năm nào nước thấp thì ai cũng đi làm xa.",
        )
    ),
    updated_at="2018-09-12T05:41:20+07:00",
    updated_text="Cập nhật ngày: 12/09/2018 05:41:20",
    updated_precision="second",
    byline="Mỹ Lý - Dương Út",
    authors=(Author("Mỹ Lý", "text"), Author("Dương Út", "photo")),
    section="Kinh tế",
    section_slug="kinh-te",
    tags=("mùa nước nổi", "cá linh"),
    images=(
        Image(
            1,
            "https://baodongthap.vn/database/image/2018/09/12/luoi.jpg",
            "Người dân xã Thường Phước thả lưới trên cánh đồng ngập nước",
            "Dương Út",
            1,
        ),
        Image(
            2,
            "https://baodongthap.vn/database/image/2018/09/12/cho.jpg",
            "Bông điên điển và cá linh bày bán ở chợ Dinh Bà",
            None,
            4,
        ),
    ),
    layout="aspx",
    extractor_version="1",
)

#: The same, after the paper changed figures and a name without a new stamp.
FLOOD_EDITED = replace(
    FLOOD,
    title="Mùa nước nổi về sớm, người dân đầu nguồn phấn khởi",
    body=(FLOOD.body or "").replace("31 chiếc", "29 chiếc").replace("Văn Tám", "Văn Tánh"),
)

ATTACK = Article(
    title=f"Cảnh báo {HOSTILE}",
    kicker=HOSTILE,
    url="https://baodongthap.vn/xa-hoi/canh-bao-666.aspx",
    key="dto:666",
    site_id="666",
    generation="A",
    lead=HOSTILE,
    body=f"{HOSTILE}\n\njavascript:alert(3)\n\n{HOSTILE}",
    byline=HOSTILE,
    authors=(Author(HOSTILE),),
    source=HOSTILE,
    section=HOSTILE,
    section_slug="xa-hoi",
    tags=(HOSTILE,),
    images=(
        Image(1, "javascript:alert(4)", HOSTILE, HOSTILE, 1),
        Image(2, "data:text/html,<script>alert(5)</script>", "=1+1", None, 2),
    ),
    updated_at="2019-04-01T07:00:00+07:00",
    updated_text=HOSTILE,
    updated_precision="minute",
    layout="aspx",
    extractor_version="1",
    flags=(HOSTILE,),
)

_SECTIONS = {
    "chinh-tri": ("Chính trị", "Hội đồng nhân dân {place} bàn kế hoạch phát triển năm mới"),
    "xa-hoi": ("Xã hội", "Công tác dân vận ở {place} đạt nhiều kết quả"),
    "van-hoa": ("Văn hóa", "Đờn ca tài tử giữ hồn quê {place}"),
    "nong-nghiep": ("Nông nghiệp", "Nhà vườn {place} thu hoạch quýt hồng sớm"),
    "giao-duc": ("Giáo dục", "Trường học {place} đón năm học mới"),
}
_PLACES = (
    "Lai Vung",
    "Tháp Mười",
    "Cao Lãnh",
    "Sa Đéc",
    "Tam Nông",
    "Hồng Ngự",
    "Lấp Vò",
    "Châu Thành",
)
_REPORTERS = ("Mỹ Lý", "DŨNG CHINH", "Hữu Nghĩa", "Thành Nguyễn")


def plain_articles() -> Iterator[Article]:
    """Forty ordinary articles over eight years, five sections and four reporters."""
    number = count(81_000, 37)
    for index, place in enumerate(_PLACES):
        for slug, (section, title) in _SECTIONS.items():
            site_id = str(next(number))
            day = f"{2016 + index}-{1 + len(slug) % 12:02d}-{10 + len(place)}"
            printed = "/".join(reversed(day.split("-")))
            reporter = _REPORTERS[(index + len(slug)) % 4]
            lead = (
                f"Những ngày qua, {section.lower()} ở {place} có nhiều chuyển biến, được người"
                f" dân và"
                " chính quyền các cấp ghi nhận."
            )
            found = f"Ghi nhận tại {place}, các mô hình mới đã giúp {20 + index} hộ có việc làm."
            body = f"{lead}\n\n{found}"
            yield Article(
                title=title.format(place=place),
                url=f"https://baodongthap.vn/{slug}/bai-{site_id}.aspx",
                key=f"dto:{site_id}",
                site_id=site_id,
                generation="A",
                lead=lead,
                agency="ĐTO",
                body=body,
                updated_at=f"{day}T06:{index:02d}:00+07:00",
                updated_text=f"Cập nhật ngày: {printed} 06:{index:02d}:00",
                updated_precision="second",
                byline=reporter,
                authors=(Author(reporter, "text"),),
                source="TTXVN" if slug == "giao-duc" and index % 2 else None,
                section=section,
                section_slug=slug,
                layout="aspx",
                extractor_version="1",
            )


def fill(folder: Path) -> Path:
    """Write the archive."""
    serial = count()

    def capture(article: Article, at: str, origin: str = "live") -> Capture:
        n = next(serial)
        return Capture(
            url=article.url or "",
            fetched_at=at,
            status=200,
            warc_file="captures/2026/khobao-20261101000000-00000-1.warc.gz",
            warc_offset=n * 1000,
            warc_length=900,
            payload_digest=f"sha1:{n:032d}",
            mime="text/html",
            origin=origin,
        )

    with Archive.open(folder, create=True) as archive:
        crawl = archive.begin_crawl("crawl", {})
        for article in (FLOOD, ATTACK, *plain_articles()):
            origin = f"import:{HOSTILE}" if article is ATTACK else "live"
            seen = capture(article, "2026-11-01T20:00:00.000Z", origin)
            archive.save(article, seen, crawl_id=crawl)
        edited = capture(FLOOD_EDITED, "2026-11-02T20:00:00.000Z")
        archive.save(FLOOD_EDITED, edited, crawl_id=crawl)
        archive.finish_crawl(crawl, exit_code=0, reason="finished", counts={"new": 42})
    return folder


def save_another(folder: Path, number: int) -> None:
    """Add one more article to the archive, as a later crawl would."""
    article = replace(
        FLOOD,
        key=f"dto:{number}",
        site_id=str(number),
        url=f"https://baodongthap.vn/xa-hoi/bai-khac-{number}.aspx",
        title=f"Bài khác số {number}",
        body=f"Nội dung riêng của bài số {number}, không giống bài nào.",
        lead=None,
    )
    capture = Capture(
        url=article.url or "",
        fetched_at=f"2026-11-05T00:{number // 60 % 60:02d}:{number % 60:02d}.000Z",
        status=200,
        warc_file="captures/2026/khobao-20261105000000-00000-2.warc.gz",
        warc_offset=number,
        warc_length=1,
        payload_digest=f"sha1:{number:032d}",
    )
    with Archive.open(folder) as opened:
        opened.save(article, capture)


@pytest.fixture(scope="session")
def newsstand() -> Any:
    """This module: tests cannot import it by name (importlib import mode)."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's folder."""
    return fill(tmp_path_factory.mktemp("kept") / "dongthap")


@pytest.fixture(scope="session")
def snapshot(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Its copy for the reading room."""
    return make(archive, tmp_path_factory.mktemp("copy"))


class Loop:
    """An event loop in a thread of its own: Playwright keeps one running in the main thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What *coroutine* returns."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=60)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=30)
        self._loop.close()


class Client:
    """Asks the room as a browser would, without a network."""

    def __init__(self, snapshot: Snapshot, **settings: Any) -> None:
        self._loop = Loop()
        self.room = self._loop.run(self._open(snapshot, settings))

    @staticmethod
    async def _open(snapshot: Snapshot, settings: dict[str, Any]) -> Any:
        from archive.web.app import ReadingRoom

        opened = ReadingRoom(snapshot, **settings)
        await opened.invoke_startup()
        return opened

    def get(self, path: str, **headers: str) -> Any:
        """The answer to one GET."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> Any:
        """The answer to one request."""
        return self._loop.run(self.room.client.request(method, path, headers=headers))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What *coroutine* returns, run where the room runs."""
        return self._loop.run(coroutine)

    def close(self) -> None:
        """Let go of the room."""
        self.room.close()
        self._loop.close()


@pytest.fixture(scope="session")
def client(snapshot: Snapshot) -> Iterator[Client]:
    """The room, asked directly."""
    opened = Client(snapshot)
    yield opened
    opened.close()


class Served:
    """The room on loopback, as `khobao serve` serves it."""

    def __init__(self, archive: Path) -> None:
        import uvicorn

        from archive.web import connections
        from archive.web.server import ReloadingApp

        self.archive = archive
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._loop = Loop()
        self._application = ReloadingApp(archive)
        config = uvicorn.Config(self._application, **connections.settings())
        self._server = uvicorn.Server(config)
        self._loop.run(self._application.open())
        self._serving = asyncio.run_coroutine_threadsafe(
            self._server._serve([self._listener]), self._loop._loop
        )
        while not self._server.started and not self._serving.done():
            time.sleep(0.01)

    def refresh(self) -> bool:
        """Look for something new in the archive, at once."""
        return self._loop.run(self._application.refresh())

    def close(self) -> None:
        """Close the room and the port."""
        self._server.should_exit = True
        self._serving.result(timeout=30)
        self._loop.close()
        self._application.close()
        self._listener.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The room, served from an archive of its own, to which a test may add."""
    served = Served(fill(tmp_path_factory.mktemp("served") / "dongthap"))
    yield served
    served.close()


@pytest.fixture(scope="session")
def address(served: Served) -> str:
    """Where the room is served."""
    return served.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium, driven by Playwright."""
    found = find_program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


class Visit:
    """One tab, with everything that went wrong in it."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.troubles: list[str] = []
        self.outside: list[str] = []
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._request)

    def go(self, path: str) -> Any:
        """Open a page of the room."""
        return self.page.goto(self.address + path, wait_until="load")

    def _dialog(self, dialog: Any) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.outside.append(request.url)


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """A tab of its own; whatever the test does, nothing may run or leave that should not."""
    context = browser.new_context(locale="vi-VN", accept_downloads=True)
    context.set_default_timeout(10_000)
    opened = Visit(context.new_page(), address)
    yield opened
    troubles, outside = list(opened.troubles), list(opened.outside)
    context.close()
    assert not outside, outside
    assert not troubles, troubles


def rows_of(text: str) -> list[dict[str, Any]]:
    """Datasette's ``_shape=array`` JSON."""
    found: list[dict[str, Any]] = json.loads(text)
    return found


def text_of(page: str) -> str:
    """A page as a reader sees it, roughly."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
