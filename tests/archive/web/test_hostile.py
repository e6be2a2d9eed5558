"""The reading room in a process of its own, asked for everything that could bring it down.

Other programs use the machine, too. So a small server of the standard library is asked at the same
time: what it takes longer than nothing is the machine's part in how long the room takes.
"""

from __future__ import annotations

import html
import http.client
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest

from tests.programs import needs_proc

pytestmark = needs_proc

#: The longest that any answer may take.
SLOWEST = 3.0

#: The longest that the guide may take, whatever else is asked.
GUIDE = 0.5

MB = 1 << 20


class Process:
    """`khobao serve` as people start it."""

    def __init__(self, archive: Path, *options: str, descriptors: int | None = None) -> None:
        command = [sys.executable, "-m", "archive", "serve", "-a", str(archive), "--port", "0"]
        if descriptors:
            command = ["sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh", *command]
        self.errors: list[str] = []
        self._process = subprocess.Popen(
            [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stderr is not None
        first = self._process.stderr.readline()
        found = re.search(r"http://[^/]*:(\d+)/", first)
        assert found, first
        self.port = int(found[1])
        self.number = self._process.pid
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stderr or ():
            self.errors.append(line)

    def get(self, path: str, *arguments: Any, **named: Any) -> tuple[int, bytes, float]:
        """The status, the body and the seconds of one request (`ask`)."""
        return ask(self.port, path, *arguments, **named)

    def memory(self) -> int:
        """What the room and its worker processes hold, in bytes, but for files they have mapped."""
        return sum(anonymous(number) for number in family(self._process.pid))

    def close(self) -> list[str]:
        """End the room as Ctrl-C does; what it wrote to its log."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._reader.join(timeout=5)
            assert self._process.stderr is not None
            self._process.stderr.close()
        return self.errors


def family(number: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{number}/task").glob("*/children")
    found = [number]
    for file in children:
        try:
            found += [int(child) for child in file.read_text().split()]
        except OSError:  # a thread that has just ended
            continue
    return found


def anonymous(number: int) -> int:
    """The memory of a process that is not a mapped file, in bytes."""
    try:
        text = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"RssAnon:\s+(\d+) kB", text)
    return int(found[1]) * 1024 if found else 0


@pytest.fixture(scope="module")
def room(archive: Path) -> Iterator[Process]:
    """The room, for every test of this module."""
    opened = Process(archive)
    yield opened
    assert opened.close() == []


def doubled(times: int) -> str:
    """A string of 2 ** *times* letters, as ``s``."""
    return (
        f"with recursive t(i, s) as (select 0, 'a' union all select i + 1, s || s from t where"
        f" i < {times}) "
    )


def chain(length: int, form: str, name: str = "t{}") -> str:
    """Common table expressions of which each uses the last one twice."""
    names = [name.format(number) for number in range(length)]
    parts = [form.format(new=new, old=old) for old, new in pairwise(names)]
    return f"with {names[0]} as (select 1 x), {', '.join(parts)} select * from {names[-1]}"


_TWICE = "{new} as (select (select max(x) from {old}) + (select min(x) from {old}) x)"
_ENDLESS = "with recursive c(n) as (select 1 union all select n + 1 from c) "
_CROSS = "articles a, articles b, articles c, articles d, articles e"


def hostile_queries() -> dict[str, str]:
    """SQL that takes time, memory, or both; the names say by which means."""
    return {
        # -- what takes time or memory to compile: each name is expanded where it is used
        "chain": chain(40, _TWICE),
        "chain, quoted": chain(40, _TWICE, '"t {}"'),
        "chain, backticks": chain(40, _TWICE, "`t-{}`"),
        "chain, brackets": chain(40, _TWICE, "[t.{}]"),
        "chain, apostrophes": chain(40, _TWICE, "'t{}'"),
        "chain, signs": chain(40, _TWICE, '"t,({})"'),
        "chain, Vietnamese": chain(40, _TWICE, "đường{}"),
        "chain, columns": chain(
            40, "{new}(x) as (select (select max(x) from {old}) + (select min(x) from {old}))"
        ),
        "chain, materialized": chain(40, _TWICE.replace("as (", "as not materialized (", 1)),
        "chain, union": chain(30, "{new} as (select x from {old} union all select x from {old})"),
        "chain, join": chain(30, "{new} as (select a.x from {old} a, {old} b)"),
        "chain, except": chain(30, "{new} as (select x from {old} except select x+1 from {old})"),
        "chain, comments": chain(40, _TWICE.replace("as (", "as /* ) */ (", 1)),
        "chain, exists": chain(
            30, "{new} as (select 1 x where exists (select * from {old}) or x in {old})"
        ),
        "nested with": "select * from (" * 200 + "select 1" + ")" * 200,
        "nested same name": _nested_same_name(18),
        "deep expression": "select " + "(" * 900 + "1" + ")" * 900,
        "deep case": "select " + "case when 1 then " * 300 + "1" + " end" * 300,
        "many unions": "select * from (" + " union ".join(["select 1 from articles"] * 400) + ")",
        "many columns": "select " + ", ".join(["*"] * 300) + " from " + _CROSS,
        "many terms": "select " + " + ".join(["1"] * 900),
        "many joins": "select * from " + " natural join ".join(["articles"] * 60),
        "long text": "select '" + "a" * 15_000 + "'",
        # -- endless
        "endless": _ENDLESS + "select max(n) from c",
        "endless count": _ENDLESS + "select count(*) from c",
        "endless rows": _ENDLESS + "select n from c",
        "endless order": _ENDLESS + "select n from c order by -n",
        "endless distinct": _ENDLESS + "select distinct n % 100000000 from c",
        "endless group": _ENDLESS + "select n, count(*) from c group by n",
        "endless group_concat": _ENDLESS + "select group_concat(n) from c",
        "endless json": _ENDLESS + "select json_group_array(n) from c",
        "endless object": _ENDLESS + "select json_group_object(n, hex(n)) from c",
        "endless window": _ENDLESS + "select sum(n) over (order by n desc) from c",
        "endless lag": _ENDLESS + "select lag(n, 1000) over (order by -n) from c limit 10",
        "endless rank": _ENDLESS + "select dense_rank() over (order by n % 7, -n) from c",
        "endless ntile": _ENDLESS + "select ntile(7) over (order by hex(n)) from c",
        "endless union": _ENDLESS + "select n from c union select -n from c",
        "endless intersect": _ENDLESS + "select n from c intersect select -n from c",
        "endless materialized": _ENDLESS + ", m as materialized (select n, hex(n) from c)"
        " select * from m a, m b",
        "endless queue": "with recursive c(n, s) as (select 1, 'x' union select n + 1, hex(n) || s"
        " from c order by 2 desc) select max(length(s)) from c",
        "endless, quoted": 'with recursive "c c"("n n") as (select 1 union all select "n n" + 1'
        ' from "c c") select max("n n") from "c c"',
        "endless blobs": _ENDLESS + "select count(*) from (select zeroblob(1000000) from c)",
        "endless glob": _ENDLESS + "select count(*) from c where n glob '*9*8*7*6*'",
        "endless dates": _ENDLESS + "select max(strftime('%Y', n)) from c",
        "endless sort of texts": _ENDLESS + "select hex(randomblob(200)) x from c order by x",
        # -- products
        "cross": f"select count(*) from {_CROSS}",
        "cross order": f"select * from {_CROSS} order by random()",
        "cross group": f"select a.title || b.title || c.title x, count(*) from {_CROSS} group by x",
        "cross like": f"select count(*) from {_CROSS} where a.body like '%' || b.title || '%'",
        "cross distinct": f"select distinct a.id + b.id * 100 + c.id * 10000 from {_CROSS}",
        "cross concat": f"select group_concat(a.body || b.body || c.body) from {_CROSS}",
        "cross text": "select a.body || b.body || c.body from articles a, articles b, articles c",
        "cross json_each": "select count(*) from articles a, articles b, articles c,"
        " json_each('[1,2,3,4,5,6,7,8,9,10]') d, json_each('[1,2,3,4,5,6,7,8,9,10]') e"
        " where a.body <> b.body || c.body || d.value || e.value",
        "cross max": f"select max(a.body || b.body || c.body || d.body) from {_CROSS}",
        "cross fts": "select count(*) from articles_plain a, articles_plain b, articles_plain c,"
        " articles_plain d where a.title <> b.body || c.body || d.body",
        # -- one step
        "zeroblob": "select hex(zeroblob(400000000))",
        "zeroblob, length": "select length(zeroblob(1000000000))",
        "zeroblobs": "select zeroblob(30000000), zeroblob(30000000), zeroblob(30000000)",
        "zeroblob tower": "select hex(hex(hex(hex(hex(zeroblob(1000000))))))",
        "randomblob": "select hex(randomblob(400000000))",
        "randomblob rows": "select hex(randomblob(1000000)) from articles a, articles b",
        "printf": "select printf('%.*c', 1000000000, 'x')",
        "printf width": "select printf('%1000000000d', 1)",
        "printf digits": "select printf('%.100000000f', 1.0)",
        "format": "select format('%.*c', 1000000000, 'x')",
        "format commas": "select format('%,.99999999f', 1e300)",
        "replace": "select length(replace(hex(zeroblob(50000)), '0', hex(zeroblob(50000))))",
        "replace tower": doubled(20)
        + "select length(replace(replace(replace(s, 'a', 'aaaa'), 'a', 'aaaa'), 'a', 'aaaa'))"
        " from t where i = 20",
        "replace needle": doubled(22)
        + "select length(replace(s, substr(s, 1, length(s) / 2) || 'b', '')) from t where i = 22",
        "instr": doubled(23)
        + "select instr(s, substr(s, 1, length(s) / 2) || 'b') from t where i = 23",
        "trim": doubled(22) + "select trim(s, s || 'b') from t where i = 22",
        "trim letters": "select trim(hex(zeroblob(500000)), hex(randomblob(500000)))",
        "doubling": doubled(60) + "select length(s) from t",
        "doubling, sent": doubled(24) + "select s, s, s, s from t",
        "quote": "select quote(quote(quote(hex(zeroblob(20000000)))))",
        "char": "select " + " || ".join(["char(9,9,9,9,9,9)"] * 200) + " || zeroblob(100000000)",
        "unhex": "select upper(lower(upper(hex(zeroblob(40000000)))))",
        "soundex": "select soundex(hex(zeroblob(60000000)))",
        "json_patch": _ENDLESS.replace("from c)", "from c where n < 200000)")
        + "select json_patch(g, g) from (select json_group_object('k' || n, n) g from c)",
        "json nested": "select json('" + "[" * 2000 + "]" * 2000 + "')",
        "json_each deep": "select * from json_tree('"
        + "[" * 900
        + "]" * 900
        + "') a, json_tree('"
        + "[" * 900
        + "]" * 900
        + "') b, json_each('[1,2,3,4]') c",
        "json_extract": doubled(22) + "select json_extract('[\"' || s || '\"]', '$[0]') from t",
        "like": doubled(22)
        + "select s like '%' || substr(s, 1, 20000) || 'b%' from t where i = 22",
        "like many": doubled(20) + "select s like '" + "%a" * 60 + "%b' from t where i = 20",
        "glob": doubled(22) + "select s glob '" + "*[a-b]" * 40 + "*c' from t where i = 22",
        "glob long": doubled(22)
        + "select s glob '*' || substr(s, 1, 30000) || 'b*' from t where i = 22",
        "regexp": "select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' regexp '(a+)+$'",
        "strings added": "select sum(length(body || body || body || body)) from articles, images",
        # -- full-text search
        "fts prefix": "select count(*) from articles_plain where articles_plain match '"
        + " OR ".join(f"{a}*" for a in "abcdefghijklmnopqrstuvwxyz")
        + "'",
        "fts near": "select * from articles_plain where articles_plain match 'NEAR("
        + " ".join(f"{a}*" for a in "abcdefghijklmnopqrstuvwxyz")
        + ", 1000000)'",
        "fts columns": "select * from articles_plain where articles_plain match '"
        + "{title body} : (" * 150
        + "a"
        + ")" * 150
        + "'",
        "fts highlight": "select highlight(articles_plain, 1, hex(zeroblob(100000)), 'b') from"
        " articles_plain where articles_plain match 'a* OR b* OR c* OR d* OR n* OR t*'",
        "fts snippet": "select snippet(articles_plain, -1, zeroblob(9999999), 'x', 'y', 64) from"
        " articles_plain where articles_plain match 'a* OR n*'",
        "fts cross": "select count(*) from articles_plain a, articles_plain b, articles_plain c"
        " where a.articles_plain match 'n* OR c* OR t*' and b.rowid <> a.rowid and c.body > b.body",
        "fts rank": "select bm25(articles_plain) from articles_plain, articles a, articles b,"
        " articles c where articles_plain match 'n*' order by rank * random()",
        # -- where it lies, and what else is there
        "database_list": "select * from pragma_database_list",
        "heap": "select * from pragma_hard_heap_limit",
        "threads": "select * from pragma_threads",
        "compile options": "select * from pragma_compile_options",
        "integrity": "select * from pragma_integrity_check",
        "quick check": "select * from pragma_quick_check",
        "function list": "select a.name from pragma_function_list a, pragma_function_list b,"
        " pragma_function_list c",
        "table_info": "select * from pragma_table_info('articles') a, pragma_table_xinfo('captures')"
        " b, pragma_index_list('articles') c, pragma_table_info('frontier') d,"
        " pragma_table_info('crawls') e order by random()",
        "dbstat": "select * from dbstat a, dbstat b, dbstat c order by random()",
        "load_extension": "select load_extension('/tmp/x.so')",
        "tokenizer": "select hex(fts3_tokenizer('simple'))",
        "readfile": "select readfile('/etc/passwd')",
        "writefile": "select writefile('/tmp/x', 'y')",
    }


def _nested_same_name(depth: int) -> str:
    """One name, defined anew inside of itself and used twice at every level."""
    inner = "select 1 x"
    for _ in range(depth):
        inner = f'with "t" as ({inner}) select a.x from "t" a, "t" b'
    return inner


HOSTILE = hostile_queries()

#: What a request may be answered with. 500 is not among them.
WELL = {200, 301, 302, 400, 403, 404, 405, 413, 414, 421, 431, 503}


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that has nothing to do."""
    folder = tmp_path_factory.mktemp("nothing")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"port (\d+)", process.stdout.readline())
    assert found
    yield int(found[1])
    process.kill()
    process.communicate()


def ask(
    port: int,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    timeout: float = 60,
) -> tuple[int, bytes, float]:
    """The status, the body and the seconds of one request, on a connection of its own."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, body, time.monotonic() - began
    finally:
        connection.close()


class Watch:
    """Asks for the guide, and a server with nothing to do, again and again while others attack."""

    def __init__(self, room: Process, nothing: int) -> None:
        self._room = room
        self._nothing = nothing
        self._stop = threading.Event()
        self._guide: list[float] = []
        self._late: list[float] = []
        self.peak = 0
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.05):
            self._late.append(ask(self._nothing, "/")[2])
            status, _, took = self._room.get("/guide")
            self._guide.append(took)
            assert status == 200
            self.peak = max(self.peak, self._room.memory())

    @property
    def late(self) -> float:
        """How long the machine needs for nothing, but for one time in twenty."""
        return sorted(self._late)[-1 - len(self._late) // 20]

    def check(self) -> None:
        """The guide came at once, but for one time in twenty on a busy machine."""
        assert len(self._guide) >= 10
        guide = sorted(self._guide)
        assert guide[-1 - len(guide) // 20] < GUIDE + 2 * self.late
        assert guide[-1] < SLOWEST + 2 * max(self._late)


def settled(room: Process, most: int) -> int:
    """The memory of the room once its processes are renewed; waits for a moment if it must."""
    for _ in range(50):
        if (held := room.memory()) <= most:
            break
        time.sleep(0.1)
    return held


_TEXTS = (
    "", "dân vận", "dan van", '"', '"dan van', "dan OR", "OR OR OR", "NOT", "-", "-dan", "*", "a*",
    "(((((((((", "NEAR(a b)", "title:", "nope:x", "since:..", "year:²", "Ð", "é\u0302", "\x00",
    "\ud800", "\u202e", "\ufeff", "<script>", "{{7*7}}", "%s%n", "';--", "\n", "\u00a0", "𝕊", "0", "-1",
    "²", "1e999", "NaN", "0001-01-01", "9999-12-31", "2018-02-30", "2018-W99", "99999999999999999999",
    "..", "day", "max", "null", "[1,2", '{"table":"x"}', "\\", "~41", "%", "\t", "a:b:c:d",
)  # fmt: skip

_PATHS = (
    "/", "/search", "/search.csv", "/search-excel.csv", "/trends", "/trends.csv", "/coverage",
    "/guide", "/questions", "/article/dto:80111", "/article/dto:80111/diff", "/article/x",
    "/article/dto:80111/cite.bib", "/archive", "/archive.json", "/archive/articles",
    "/archive/articles.json", "/archive/articles.csv", "/archive/articles_flat",
    "/archive/articles/1", "/archive/articles/1.json", "/archive/revisions", "/archive/coverage",
    "/archive/articles_plain", "/archive/captures", "/archive/sqlite_master", "/archive.db",
    "/archive/captions_with", "/archive/articles_by_author.json", "/archive/article_authors/1,2",
    "/archive.blob", "/archive/articles/1.blob", "/archive/nothing", "/_internal", "/:memory:/x",
    "/-/patterns", "/-/databases.json", "/-/messages", "/-/permissions", "/-/static/app.css",
    "/static/room.css", "/nowhere", "/search/", "/%00", "/%FF", "/archive/~00", "//", "/..%2f..%2f",
)  # fmt: skip

_NAMES = (
    "q", "q", "q", "by", "since", "until", "section", "author", "source", "kind", "year", "sort", "page",
    "lang", "version", "from", "to", "sql", "_size", "_next", "_sort", "_sort_desc", "_facet",
    "_facet_array", "_facet_date", "_facet_size", "_search", "_searchmode", "_where", "_shape",
    "_json", "_col", "_nocol", "_labels", "_stream", "_trace", "_timelimit", "_ttl", "_through",
    "_filter_column", "_filter_op", "_blob_column", "_header", "title__contains", "title__like",
    "id__in", "tags__arraycontains", "body__glob", "words", "_hide_sql", "_extra",
)  # fmt: skip


def _encoded(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _long(chance: random.Random) -> str:
    """One letter many times, of each class that a pattern may walk over, after a beginning."""
    sign = chance.choice(' .-"():*\n\u00a0\t0aàđ,_/') or " "
    begin = chance.choice(("", "title:", "since:", '"', "-", "author:x ", "year:"))
    most = (16_000 - len(begin)) // len(_encoded(sign))
    return begin + sign * chance.choice((200, 2_000, most))


def _text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(_TEXTS)
    if kind < 0.8:
        return _long(chance)
    return chance.choice((" ", " OR ", ":", '"', " -")).join(chance.choices(_TEXTS, k=60))


def _page(chance: random.Random) -> str:
    pairs = [(chance.choice(_NAMES), _text(chance)) for _ in range(chance.randint(0, 5))]
    return chance.choice(_PATHS) + "?" + "&".join(f"{n}={_encoded(text)}" for n, text in pairs)


def _facets(chance: random.Random) -> str:
    columns = ("title", "body", "section", "byline", "updated_at", "url", "key", "lead")
    names = [chance.choice(("_facet", "_facet_date", "_facet_array")) for _ in range(58)]
    pairs = [(name, chance.choice(columns)) for name in names]
    return f"/archive/{chance.choice(('articles', 'articles_flat'))}?{urlencode(pairs)}"


def _trends(chance: random.Random) -> str:
    dates = ("0001-01-01", "0999", "2018", "9999-12-31", "9999", "2018-13", "1", "")
    pairs = [
        ("q", chance.choice(("dan", "*", "a", "-a"))) for _ in range(chance.choice((1, 6, 50)))
    ]
    pairs += [("by", chance.choice(("day", "week", "month", "year", "x")))]
    pairs += [("since", chance.choice(dates)), ("until", chance.choice(dates))]
    return f"/trends{chance.choice(('', '.csv'))}?{urlencode(pairs)}"


_KINDS: dict[Callable[[random.Random], str], float] = {_page: 0.6, _facets: 0.1, _trends: 0.3}

_HEADERS: tuple[dict[str, str], ...] = (
    {"Cookie": 'khobao_lang="' + '\\"' * 5_000},
    {"Cookie": "khobao_lang=en; ds_actor=x; ds_messages=x"},
    {"Accept-Language": "en;q=9e999," * 1_000},
    {"Host": "evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Range": "bytes=0-"},
    {"X-Forwarded-For": "1.1.1.1", "X-Forwarded-Proto": "gopher"},
    {"Content-Length": "200000000"},
    {"Transfer-Encoding": "chunked"},
    {"Upgrade": "websocket", "Connection": "Upgrade"},
    {"Expect": "100-continue"},
)
_METHODS = ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X" * 50)


Request = tuple[str, str, dict[str, str]]


def hostile_requests(seed: int, number: int) -> list[Request]:
    """All the hostile SQL, and random requests around it."""
    chance = random.Random(seed)
    requests: list[Request] = [
        ("GET", f"/archive.json?_shape=array&sql={quote(sql)}", {}) for sql in HOSTILE.values()
    ]
    while len(requests) < number:
        (make,) = chance.choices(list(_KINDS), list(_KINDS.values()))
        method = chance.choice(_METHODS) if chance.random() < 0.1 else "GET"
        headers = chance.choice(_HEADERS) if chance.random() < 0.15 else {}
        requests.append((method, make(chance), headers))
    chance.shuffle(requests)
    return requests


def test_five_hundred_hostile_requests(room: Process, nothing: int) -> None:
    seed = int(os.environ.get("KHOBAO_SEED") or random.SystemRandom().randrange(10**9))
    print(f"KHOBAO_SEED={seed} repeats this")
    assert len(HOSTILE) >= 90
    for path in ("/", "/search?q=dan", "/archive?sql=select+1", "/archive/articles", "/guide"):
        assert room.get(path)[0] == 200
    before = room.memory()

    def send(request: Request) -> tuple[float, int, Request]:
        method, path, headers = request
        for _ in range(30):
            try:
                status, _, took = room.get(path, method, headers)
            except OSError as error:
                raise AssertionError((method, path[:1_000], headers, error)) from error
            assert status in WELL, (status, method, path[:1_000], headers)
            if status != 503 or "sql=" not in path:
                break
            time.sleep(0.3)  # hostile SQL must run once, not only be told to come back
        return took, status, request

    with Watch(room, nothing) as watch, ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, hostile_requests(seed, 500)))
    # A page is made of some dozen steps, each of which the machine may be late for.
    slow = [answer for answer in answers if answer[0] > SLOWEST + 10 * watch.late]
    assert len(slow) <= 5, (watch.late, slow)
    assert not [answer for answer in slow if answer[0] > SLOWEST + 2 + 10 * watch.late], slow
    statuses = [status for _, status, _ in answers]
    assert {200, 400, 404} <= set(statuses)
    assert statuses.count(503) < 200
    watch.check()
    # Three worker processes of 128 MB in SQLite, and what they and the room make of an answer.
    assert watch.peak < before + 700 * MB
    assert settled(room, before + 50 * MB) < before + 50 * MB


def test_of_a_hundred_slow_queries_most_are_told_to_come_back(room: Process, nothing: int) -> None:
    slow = f"GET /archive.json?sql={quote(HOSTILE['endless'])} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    attack = [socket.create_connection(("127.0.0.1", room.port), timeout=20) for _ in range(100)]
    for connection in attack:
        connection.sendall(slow.encode())
    late = ask(nothing, "/")[2]
    reading = [room.get(path) for path in ("/guide", "/search?q=dan", "/article/dto:80111")]
    answers = [connection.recv(65_536).decode() for connection in attack]
    for connection in attack:
        connection.close()
    statuses = [answer.split(" ")[1] for answer in answers]
    assert set(statuses) == {"400", "503"}
    assert statuses.count("503") > 80
    told = next(answer for answer in answers if " 503 " in answer)
    assert "retry-after: 3" in told.lower()
    assert "content-security-policy" in told.lower()
    for status, _, took in reading:
        assert status == 200
        assert took < 2 * GUIDE + 10 * late, reading


def test_half_open_connections_do_not_close_the_room(archive: Path) -> None:
    room = Process(archive, descriptors=256)
    held: list[socket.socket] = []
    try:
        for number in range(5_000):
            try:
                held.append(socket.create_connection(("127.0.0.1", room.port), timeout=10))
                held[-1].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            except OSError:  # the room has ended it already
                pass
            if len(held) > 400:
                held.pop(0).close()
            if number % 1_000 == 999:
                status, _, took = room.get("/guide", timeout=10)
                assert status == 200
                assert took < SLOWEST + 2
        assert room.get("/search?q=dan")[0] == 200
    finally:
        for connection in held:
            connection.close()
        errors = room.close()
    assert errors == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, newsstand: Any) -> Path:
    """An archive whose articles are long: 14 MB as CSV, more than any socket holds by itself."""
    folder: Path = newsstand.fill(tmp_path_factory.mktemp("large") / "dongthap")
    with closing(sqlite3.connect(folder / "archive.db")) as connection, connection:
        # Only the text: the indexes do not matter here, and to fill them takes long.
        connection.executescript(
            "; ".join(
                f'DROP TRIGGER "{name}"'
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'articles'"
                )
            )
        )
        connection.execute("UPDATE articles SET body = ?", ("mùa nước nổi " * 20_000,))
    return folder


def test_slow_readers_hold_no_files_and_little_memory(large: Path) -> None:
    room = Process(large)
    readers: list[socket.socket] = []
    try:
        room.get("/guide")
        before = room.memory()
        for _ in range(12):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.settimeout(30)
            reader.connect(("127.0.0.1", room.port))
            reader.sendall(b"GET /search.csv?q=dan HTTP/1.1\r\nHost: localhost\r\n\r\n")
            readers.append(reader)
        statuses = [reader.recv(12)[-3:] for reader in readers]
        assert statuses.count(b"200") == 4
        assert statuses.count(b"503") == 8
        files = {os.readlink(link) for link in Path(f"/proc/{room.number}/fd").iterdir()}
        assert not [name for name in files if "deleted" in name and "archive" not in name]
        ours = [name for name in files if name.startswith(tempfile.gettempdir() + "/khobao")]
        assert {Path(name).suffix for name in ours} <= {".db"}  # the copy of the archive
        # A download holds the 200 articles that it reads at a time; here they are of 340 kB.
        assert room.memory() < before + 300 * MB
        assert room.get("/guide")[0] == 200
    finally:
        for reader in readers:
            reader.close()
        room.close()


def test_no_answer_says_where_the_archive_lies(room: Process, archive: Path) -> None:
    for path in (
        "/archive", "/archive.json", "/archive/articles.json?_extra=database", "/-/databases.json",
        "/-/versions.json", "/-/settings.json", "/-/plugins.json", "/-/metadata.json",
        "/-/threads.json", "/-/actor.json", "/-/config.json", "/_internal.json", "/-/patterns",
        "/archive.json?sql=select+*+from+pragma_database_list", "/archive/snapshot.json",
        "/archive/articles?_where=1+in+(select+1+from+pragma_database_list)",
        "/archive/articles?_trace=1", "/nowhere", "/archive?sql=nonsense",
    ):  # fmt: skip
        status, body, _ = room.get(path)
        assert str(archive).encode() not in body, path
        if path.startswith("/-/"):
            assert status == 404, path


ATTACKED = (
    "/",
    "/search?q=canh+bao",
    "/search?q=HOSTILE",
    "/article/dto:666",
    "/article/dto:666/diff",
    "/archive/articles?key=dto:666",
    "/archive/articles_flat",
    "/archive/images",
    "/archive/authors",
    "/archive/articles/2",
    f"/archive?sql={quote('select title, byline, source from articles')}",
    "/archive?sql=HOSTILE",
    "/nowhere/HOSTILE",
    "/coverage",
    "/trends?q=HOSTILE",
    "/article/HOSTILE",
    "/archive/busiest_authors",
    "/archive/articles?_facet=source&_facet=byline",
    "/archive/articles?title=HOSTILE",
    "/search?author=HOSTILE",
    "/coverage?section=HOSTILE&year=HOSTILE",
)


@pytest.mark.parametrize("path", ATTACKED)
def test_hostile_words_stay_words(client: Any, newsstand: Any, path: str) -> None:
    answer = client.get(path.replace("HOSTILE", quote(newsstand.HOSTILE, safe="")))
    assert answer.status_code < 500
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert '</title>"' not in answer.text
    assert "&{{" not in answer.text or "49" not in answer.text.split("&{{")[0][-20:]
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', answer.text):
        assert not re.match(r"\s*(javascript|data|vbscript):", html.unescape(address), re.I)


def test_every_hostile_field_is_shown_as_text(client: Any, newsstand: Any) -> None:
    page = client.get("/article/dto:666").text
    shown = html.unescape(page)
    assert shown.count(newsstand.HOSTILE) >= 9
    assert "javascript:alert(4)" in shown
    assert "data:text/html" in shown
