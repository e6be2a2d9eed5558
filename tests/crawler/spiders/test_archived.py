"""A web archive that answers oddly: what is sound is fetched, what is odd ends nothing."""

import json
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from archive.archive import Archive
from archive.verify.verify import verify
from crawler.ingest.classify import read_article

HEADING = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
MADE = "Thu, 15 Aug 2019 01:02:03 GMT"
NUMBERS = range(90001, 90007)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin số {n}</title></head><body>
<form><div class="pageListLeft"><a href="/xa-hoi">Xã hội</a>
<div class="view-page-Tit">Tin số {n} ở bến phà ven sông</div>
<div class="date"><span>Cập nhật ngày: 14/08/2019 06:21:40</span></div>
<p><strong>Từ đầu tuần, bến phà số {n} chạy thêm hai chuyến lúc nửa đêm để bà con chở rau ra chợ đầu
mối.</strong></p><p>Mỗi đêm có chừng 40 lượt xe chở hành, cải và ớt qua sông.</p>
<p>Huyện đã lắp thêm sáu bóng đèn và hai phao cứu sinh ở đầu cầu dẫn.</p>
<p style="text-align:right"><strong>Lâm Quới</strong></p><div class="back">Trở về trang trước</div>
</div><div id="footer">Cơ quan chủ quản</div></form></body></html>"""


def page(number):
    return PAGE.format(n=number).encode()


def row(number, timestamp="20190815010203", digest="-"):
    url = f"http://baodongthap.vn/xa-hoi/tin-so-{number}.aspx"
    return ["k", timestamp, url, "text/html", "200", digest, "1"]


class WebArchive(ThreadingHTTPServer):
    """A web archive whose answers a test decides on."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked = Counter()
        self.rows = [row(number) for number in NUMBERS]
        self.index = lambda question: json.dumps([HEADING, *self.rows])
        """What the index answers: a text, or status, headers and body."""
        self.memento = lambda number, times: (200, {"Memento-Datetime": MADE}, page(number))

    @property
    def mementos(self):
        return sorted(path for path in self.asked if "id_/" in path)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked[self.path] += 1
        times = self.server.asked[self.path]
        if "id_/" in self.path:
            number = int(self.path.rpartition("-")[2].removesuffix(".aspx"))
            answer = self.server.memento(number, times)
        else:
            question = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
            answer = "[]"
            if question.get("url") == "baodongthap.vn":
                answer = self.server.index(question)
        status, headers, body = (200, {}, answer) if isinstance(answer, str) else answer
        body = body.encode() if isinstance(body, str) else body
        announced = headers.pop("torn", len(body))
        self.send_response_only(status)
        if announced is not None:
            self.send_header("Content-Length", str(announced))
        if announced != len(body):
            self.send_header("Connection", "close")
            self.close_connection = True
        for name, value in headers.items():
            self.send_header(name, value)
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def web_archive():
    server = WebArchive()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def backfill(folder, web_archive, *options, code=0):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "archive", "backfill", "-a", folder, "--from", "wayback"),
            *("--cdx", f"{web_archive.url}/cdx/search/cdx", "--delay", "0", "--format", "json"),
            *options,
        ],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout) | {"stderr": done.stderr}


def articles(folder):
    with Archive.open(folder, read_only=True) as archive:
        return [row[0] for row in archive.connection.execute("SELECT key FROM articles ORDER BY 1")]


def keys(numbers):
    return [f"dto:{number}" for number in numbers]


ODD = [
    row(91001, "201908150102"),
    row(91002, "20190815010203123"),
    row(91003, "-"),
    row(91004, "20191315010203"),
    row(91005, "²0190815010203"),
    row(91006, "29990101000000"),
    row(91007, "19700101000000"),
    ["k", 20190815010203, None, {}, [], 1.5, "x"],
    ["k"],
    [],
]


def test_odd_rows_cost_themselves_only(tmp_path, web_archive):
    """Twelve digits (waybackpy#197), seventeen (CDXJ), none, months and years that cannot be."""
    web_archive.rows[3:3] = ODD
    web_archive.rows.insert(2, "no row")
    told = backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(NUMBERS)
    assert told["odd_rows"] == len(ODD) + 1


def test_addresses_that_cannot_be_asked_for_cost_themselves_only(tmp_path, web_archive):
    """Two of them would end the two chains of requests."""
    for first in ("20100101000000", "20100102000000"):
        web_archive.rows.append(row("a" * 2500 + f"-9{first[7]}", first))
    told = backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(NUMBERS)
    assert told["not_given"] == 2


def plain(rows):
    return "".join(" ".join(one) + "\n" for one in rows)


@pytest.mark.parametrize(
    "index",
    [
        " CDX N b a m s k r M S V g\n"
        + "".join(" ".join([*row(n)[:6], "-", "-", "1", "7", "f.warc.gz"]) + "\n" for n in NUMBERS),
        '!meta 0 {"format": "cdxj-gzip-1.0"}\n@context {}\n' + plain(map(row, NUMBERS)),
        plain(map(row, NUMBERS)) + "k 201908150102 http://x.vn/ a 200 - 1\nhalf a li",
        "\n".join(
            f"k 20190815010203 {json.dumps({'url': row(n)[2], 'status': 200})}" for n in NUMBERS
        )
        + '\nk 2019 {"url": 1}\nk 20190815010203 {"url": {\n',
    ],
    ids=["CDX heading", "!meta", "odd and torn lines", "CDXJ"],
)
def test_headings_and_odd_lines(tmp_path, web_archive, index):
    torn = {"Retry-After": "0"} if index.endswith("li") else {}
    web_archive.index = lambda _: (200, dict(torn), index)
    backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(NUMBERS)


@pytest.mark.parametrize("stated", ["not a date", "9" * 5000])
def test_an_unreadable_memento_datetime_costs_itself_only(tmp_path, web_archive, stated):
    web_archive.memento = lambda number, _: (
        200,
        {"Memento-Datetime": stated if number < 90003 else MADE},
        page(number),
    )
    told = backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(range(90003, 90007))
    assert told["not_given"] == 2


@pytest.mark.parametrize("announced", ["a length", "the original's length only", "chunks"])
def test_a_torn_transfer_is_asked_for_again_and_never_kept(tmp_path, web_archive, announced):
    def memento(number, times):
        body = page(number)
        headers = {"Memento-Datetime": MADE, "Retry-After": "0"}
        if number < 90005 or times > 2:
            return 200, headers, body
        half = body[: len(body) * 55 // 100]
        match announced:
            case "a length":
                return 200, headers | {"torn": len(body)}, half
            case "chunks":
                chunk = b"%x\r\n%s\r\n" % (len(half), half)
                return 200, headers | {"torn": None, "Transfer-Encoding": "chunked"}, chunk
            case _:
                original = {"torn": None, "X-Archive-Orig-Content-Length": str(len(body))}
                return 200, headers | original, half

    web_archive.memento = memento
    told = backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(NUMBERS)
    assert (told["fetched"], told["waited"]) == (6, 4)
    assert verify(tmp_path / "a", full=True, reader=read_article).faults == []


def test_what_stays_torn_is_left_for_the_next_run(tmp_path, web_archive):
    def torn(number, _):
        headers = {"Memento-Datetime": MADE, "Retry-After": "0"}
        return 200, headers | ({"torn": 9999} if number > 90002 else {}), page(number)

    web_archive.memento = torn
    told = backfill(tmp_path / "a", web_archive, code=3)
    assert "came shorter than it was announced" in told["reason"]
    assert articles(tmp_path / "a") == keys([90001, 90002])
    web_archive.memento = lambda number, _: (200, {"Memento-Datetime": MADE}, page(number))
    assert backfill(tmp_path / "a", web_archive)["fetched"] == 4
    assert articles(tmp_path / "a") == keys(NUMBERS)


def test_a_torn_index_is_asked_for_again(tmp_path, web_archive):
    whole = json.dumps([HEADING, *web_archive.rows])
    answers = iter(
        [
            (200, {"torn": len(whole), "Retry-After": "0"}, whole[:300]),
            (200, {"torn": None, "Retry-After": "0"}, plain(web_archive.rows)[:-20]),
            (200, {}, whole),
        ]
    )
    web_archive.index = lambda _: next(answers)
    assert backfill(tmp_path / "a", web_archive)["waited"] == 2
    assert articles(tmp_path / "a") == keys(NUMBERS)


@pytest.mark.parametrize("keys_given", ["the same", "new ones without rows"])
def test_resume_keys_without_end_end_the_walk(tmp_path, web_archive, keys_given):
    def index(question):
        asked = sum("cdx" in path for path in web_archive.asked)
        if keys_given == "the same":
            return json.dumps([HEADING, *web_archive.rows, [], ["key"]])
        rows = web_archive.rows if asked == 1 else []
        return json.dumps([HEADING, *rows, [], [f"key {asked}"]])

    web_archive.index = index
    told = backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys(NUMBERS)
    assert sum("cdx" in path for path in web_archive.asked) <= 4
    assert "the resume key" in told["stderr"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:6379/",
        "http://[bad",
    ],
)
def test_an_index_leads_nowhere_that_was_not_named(tmp_path, web_archive, target):
    web_archive.index = lambda _: (302, {"Location": target}, b"")
    told = backfill(tmp_path / "a", web_archive, code=3)
    assert "which was not named" in told["reason"]
    assert sum(web_archive.asked.values()) == 1


def test_an_index_that_leads_in_a_circle(tmp_path, web_archive):
    web_archive.index = lambda _: (
        301,
        {"Location": "/cdx/search/cdx?url=baodongthap.vn"},
        b"",
    )
    backfill(tmp_path / "a", web_archive, code=3)
    assert sum(web_archive.asked.values()) < 10


@pytest.mark.parametrize(
    ("answer", "says"),
    [("<html>Too many requests</html>", "no line of an index"), ("[" * 100_000, "breaks off")],
    ids=["a page", "a torn one"],
)
def test_what_is_no_index_is_told(tmp_path, web_archive, answer, says):
    web_archive.index = lambda _: (200, {"Retry-After": "0"}, answer)
    told = backfill(tmp_path / "a", web_archive, code=3)
    assert says in told["reason"]
    assert "cannot be read" in told["reason"]


def test_an_unreadable_retry_after_ends_nothing(tmp_path, web_archive):
    """It is asked again after the usual pause, of five seconds."""
    web_archive.rows = web_archive.rows[:2]
    web_archive.memento = lambda number, times: (
        (503, {"Retry-After": "²"}, b"")
        if (number, times) == (90001, 1)
        else (200, {"Memento-Datetime": MADE}, page(number))
    )
    backfill(tmp_path / "a", web_archive)
    assert articles(tmp_path / "a") == keys([90001, 90002])
