"""Politeness as the server sees it: the times at which requests arrive at a real HTTP server."""

import http.server
import json
import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest

DELAY = 0.15
HOME = "<html><head><title>Báo Đồng Tháp</title></head><body><ul>{}</ul></body></html>".format(
    "".join(
        f'<li><a href="/xa-hoi/tin-so-{n}-a24000{n}.html">Tin số {n} của xã</a></li>'
        for n in range(1, 6)
    )
)


class Paper(http.server.ThreadingHTTPServer):
    """A site that answers as *answers* says, and notes when each request came and went."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {"/": [(200, {}, HOME)]}
        self.arrived = []
        self.left = []
        self.headers = []

    @property
    def gaps(self):
        return [later - earlier for (earlier, _), (later, _) in pairwise(self.arrived)]

    @property
    def paths(self):
        return [path for _, path in self.arrived]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        paper = self.server
        paper.arrived.append((time.monotonic(), self.path))
        paper.headers.append(dict(self.headers))
        given = paper.answers.get(self.path, [(404, {}, "")])
        status, headers, body = given.pop(0) if len(given) > 1 else given[0]
        if status is None:  # no answer
            self.close_connection = True
            self.connection.close()
            return
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, ""
        time.sleep(0.02)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        data = body.encode()
        self.send_header("Content-Type", "text/plain" if "robots" in self.path else "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        paper.left.append(time.monotonic())

    def log_message(self, *_):
        pass


@pytest.fixture
def paper():
    server = Paper()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def crawl(paper, folder, *options, delay=DELAY):
    command = [sys.executable, "-P", "-m", "archive", "crawl", "-a", folder, "--format", "json"]
    address = f"http://127.0.0.1:{paper.server_port}"
    done = subprocess.run(
        [*command, "--base-url", address, "--delay", str(delay), "--timeout", "2", *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_no_two_requests_come_closer_than_the_delay(paper, tmp_path):
    """Also after robots.txt, an error, a redirect, a retry, and a connection that broke."""
    page = "/xa-hoi/tin-so-{0}-a24000{0}.html".format
    paper.answers |= {
        page(1): [(500, {}, ""), (404, {}, "")],
        page(2): [(301, {"Location": page(5)}, "")],
        page(3): [(None, {}, ""), (404, {}, "")],
        page(4): [(503, {"Retry-After": "1"}, ""), (404, {}, "")],
    }
    crawl(paper, tmp_path / "a", "--section", "xa-hoi")
    assert paper.paths[:2] == ["/robots.txt", "/"]
    assert [paper.paths.count(page(n)) for n in (1, 2, 3, 4)] == [2, 1, 2, 2]
    assert min(paper.gaps) >= DELAY
    assert paper.gaps[paper.paths.index(page(4))] >= 1
    # One at a time: each answer had gone when the next request came.
    assert all(
        sum(left < came for left in paper.left) >= before - 1  # one broke off without an answer
        for before, (came, _) in enumerate(paper.arrived)
    )


def test_a_crawl_delay_slows_a_crawl(paper, tmp_path):
    paper.answers["/robots.txt"] = [(200, {}, "User-agent: *\nCrawl-delay: 0.4\n")]
    crawl(paper, tmp_path / "a", "--max-articles", "1", "--section", "xa-hoi")
    assert len(paper.gaps) >= 2
    assert min(paper.gaps) >= 0.4


def test_a_list_is_asked_for_whole_and_is_well_although_it_has_an_etag(paper, tmp_path):
    """As many nights as there are: a 304 for a list was taken for an error."""
    paper.answers["/"] = [(200, {"ETag": '"v1"'}, HOME)]
    for _ in range(2):
        said, _ = crawl(paper, tmp_path / "a", "--section", "xa-hoi", delay=0)
    asked = [
        headers.get("If-None-Match")
        for path, headers in zip(paper.paths, paper.headers, strict=True)
        if path == "/"
    ]
    assert (asked, said["lists_failed"]) == ([None, None], 0)
