"""A paper of a front page, two rubrics and a few articles on loopback, and what may befall it."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager

from tests.crawler.trouble_pages import article

RUBRICS = ("/xa-hoi", "/kinh-te")
_NAMES = (
    "Chợ nổi Cái Bè vào mùa nước nổi",
    "Giá lúa hè thu tăng trở lại",
    "Lễ hội hoa Sa Đéc thu hút du khách",
    "Khánh thành cầu Kênh Xáng nối hai xã",
    "Khai giảng năm học mới ở vùng lũ",
    "Nông dân trồng sen thu nhập khá",
    "Bến phà chạy thêm hai chuyến đêm",
    "Trao học bổng cho học sinh nghèo",
    "Cá linh đầu mùa về chợ Hồng Ngự",
    "Xoài Cao Lãnh xuất sang Nhật Bản",
)
_SLUGS = (
    "cho-noi-cai-be-vao-mua-nuoc-noi",
    "gia-lua-he-thu-tang-tro-lai",
    "le-hoi-hoa-sa-dec-thu-hut-du-khach",
    "khanh-thanh-cau-kenh-xang-noi-hai-xa",
    "khai-giang-nam-hoc-moi-o-vung-lu",
    "nong-dan-trong-sen-thu-nhap-kha",
    "ben-pha-chay-them-hai-chuyen-dem",
    "trao-hoc-bong-cho-hoc-sinh-ngheo",
    "ca-linh-dau-mua-ve-cho-hong-ngu",
    "xoai-cao-lanh-xuat-sang-nhat-ban",
)

#: (status, headers, body); None hangs up without an answer.
Answer = tuple[int, dict[str, str], str] | None


def headline(number: int) -> str:
    """The headline of an article; after ten they come again."""
    return _NAMES[number % len(_NAMES)]


def page(body: str) -> Answer:
    return 200, {}, body


def away(target: str) -> Answer:
    return 302, {"Location": target}, ""


class SmallPaper:
    """Answers every address; `trouble`, if set, is asked first and may leave an address alone."""

    def __init__(self) -> None:
        self.articles = 6
        self.trouble: Callable[[str], Answer | str] = lambda path: "as ever"
        self.headers: dict[str, str] = {}
        """Headers of every answer."""
        self.requests: list[str] = []
        self.base_url = ""

    def path(self, number: int) -> str:
        return f"/xa-hoi/{_SLUGS[number % len(_SLUGS)]}-{71001 + number}.aspx"

    def list_page(self, path: Callable[[int], str] | None = None) -> str:
        path = path or self.path
        menu = "".join(f"<a href='{rubric}'>{rubric[1:]}</a>" for rubric in RUBRICS)
        items = "".join(
            f"<div><a href='{path(n)}'>{headline(n)}</a></div>"
            for n in reversed(range(self.articles))
        )
        return f"<html><head><meta charset='utf-8'><title>Báo Đồng Tháp</title></head><body>{menu}{items}</body></html>"

    def answer(self, path: str) -> Answer:
        self.requests.append(path)
        if path == "/robots.txt":
            return 404, {}, ""
        troubled = self.trouble(path)
        return self.usual(path) if troubled == "as ever" else troubled

    def usual(self, path: str) -> Answer:
        found = re.search(r"-(\d+)\.aspx$", path)
        if found and 0 <= (number := int(found[1]) - 71001) < self.articles:
            return page(
                article(headline(number), f"Bài số {number}: {headline(number)}, theo ghi nhận.")
            )
        if path in ("/", *RUBRICS):
            return page(self.list_page())
        return 404, {}, "not found"


@contextmanager
def running():
    """A `SmallPaper` behind a real server."""
    paper = SmallPaper()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            answer = paper.answer(self.path)
            if answer is None:
                self.close_connection = True
                return
            status, headers, body = answer
            data = body.encode()
            self.send_response(status)
            usual = {"Content-Type": "text/html; charset=utf-8"}
            for name, value in (usual | headers | paper.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paper.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()
