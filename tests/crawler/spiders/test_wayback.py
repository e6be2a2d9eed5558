"""The past from web archives: pywb serves a real collection, and is at times out of patience."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from contextlib import closing, suppress
from dataclasses import replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from archive.export.cdxj import timestamp
from archive.verify.verify import verify
from archive.warc.writer import CaptureWriter
from crawler.ingest.classify import read_article

CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before"
    " accessing baodongthap.vn.</p></body></html>"
)


def some(target):
    """A quarter of the addresses, the same ones every day, and one that was moved."""
    return zlib.crc32(target.encode()) % 4 == 1 or "131074" in target


@pytest.fixture(scope="session")
def collection(tmp_path_factory, press):
    """What a web archive holds: two visits, and one by a robot that met a block page only."""
    folder = tmp_path_factory.mktemp("collection") / "archive"
    for day in (0, 1):
        press.visit(folder, day, only=some)
    writer = CaptureWriter(folder, crawl_id=9, info={}, started_at=press.at(1, 5000))
    for seconds, exchange in enumerate(press.exchanges(1, only=some)):
        blocked = replace(
            exchange,
            fetched_at=press.at(1, 5000 + seconds),
            status=200,
            body=CHALLENGE.encode(),
            response_headers=[(b"Content-Type", b"text/html")],
        )
        if seconds < 5:
            writer.write(blocked)
    writer.close()
    return folder


@pytest.fixture(scope="session")
def pywb(collection, serve, tmp_path_factory):
    home = tmp_path_factory.mktemp("pywb")
    with Archive.open(collection) as archive:
        from crawler.ingest.crash_recovery import ingest_pending

        ingest_pending(archive)
    index = home / "captures.cdxj"
    done = CliRunner().invoke(khobao, ["export", str(index), "-a", str(collection)])
    assert done.exit_code == 0, done.output
    (home / "config.yaml").write_text(
        f"collections:\n  papers:\n    index_paths: {index}\n    archive_paths: {collection}/\n"
    )
    return serve(home)


class Moody(BaseHTTPRequestHandler):
    """Stands in front of pywb: counts, and now and then answers 429; also serves byte ranges."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.asked.append(self.path)
        mood = next((m for m in server.moods if re.search(m.pattern, self.path) and m.left), None)
        if mood is not None:
            mood.left -= 1
            self._answer(429, [("Retry-After", mood.retry_after)], b"Too Many Requests")
        elif self.path.startswith("/moved/"):
            there = server.url + self.path.replace("/moved/", "/papers/")
            self._answer(301, [("Location", there)], b"")
        elif self.path.startswith("/data/"):
            data = (server.data / self.path.removeprefix("/data/")).read_bytes()
            first, last = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups()
            self._answer(206, [], data[int(first) : int(last) + 1])
        else:
            with closing(HTTPConnection("127.0.0.1", server.port)) as behind:
                headers = {k: v for k, v in self.headers.items() if k.lower() != "connection"}
                behind.request("GET", self.path, headers=headers)
                response = behind.getresponse()
                body = response.read()
            kept = [(k, v) for k, v in response.getheaders() if k.lower() not in _HOP]
            self._answer(response.status, kept, body)

    def _answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        with suppress(ConnectionError):  # who asked may have been killed
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_):
        pass


_HOP = {"transfer-encoding", "connection", "content-length"}


class Mood:
    """Answers the next *left* requests whose path matches *pattern* with 429."""

    def __init__(self, pattern, left, retry_after="0"):
        self.pattern, self.left, self.retry_after = pattern, left, retry_after


@pytest.fixture
def moody(pywb, collection):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    server.port, server.asked, server.moods = pywb.port, [], []
    server.data = collection
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def command(folder, moody, *options, source="wayback"):
    arguments = ["backfill", "-a", folder, "--from", source, "--cdx", f"{moody.url}/papers/cdx"]
    if source == "commoncrawl":
        arguments += ["--data", f"{moody.url}/data/"]
    arguments += ["--delay", 0, "--format", "json", *options]
    return [sys.executable, "-m", "archive", *map(str, arguments)]


def backfill(folder, moody, *options, code=0, source="wayback"):
    done = subprocess.run(
        command(folder, moody, *options, source=source),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout)


def rows(folder, sql):
    with Archive.open(folder, read_only=True) as archive:
        return archive.connection.execute(sql).fetchall()


CHAIN = (
    "SELECT articles.key, number, substr(seen_at, 1, 19), changed_fields, edit, revisions.title,"
    " revisions.body FROM revisions JOIN articles ON articles.id = article_id"
    " ORDER BY articles.key, number"
)


def mementos(moody):
    return [path for path in moody.asked if "id_/" in path]


def test_a_backfill_merged_with_a_live_crawl(tmp_path, press, moody):
    """Day 2 was crawled, days 0 and 1 come from pywb: as if all three had been lived through."""
    lived, merged = tmp_path / "lived", tmp_path / "merged"
    for day in range(3):
        press.visit(lived, day, only=some)
    press.visit(merged, 2, only=some)
    told = backfill(merged, moody)
    assert rows(merged, CHAIN) == rows(lived, CHAIN)
    edits = [row for row in rows(merged, CHAIN) if row[4]]
    assert edits, "the days hold no edit that the test could see"
    assert rows(merged, "SELECT count(*), count(DISTINCT key) FROM articles") == rows(
        lived, "SELECT count(*), count(DISTINCT key) FROM articles"
    )
    origins = dict(rows(merged, "SELECT origin, count(*) FROM captures GROUP BY origin"))
    assert origins.keys() == {"live", "wayback"}
    assert told["blocked_then"] > 0
    digests = "SELECT url, substr(fetched_at, 1, 19), payload_digest, status FROM captures WHERE "
    of_articles = "outcome = 'article' ORDER BY 1, 2"
    assert set(rows(merged, digests + "origin = 'wayback' AND " + of_articles)) <= set(
        rows(lived, digests + of_articles)
    )
    assert verify(merged, full=True, reader=read_article).faults == []


def test_redirects_revisits_and_block_pages(tmp_path, collection, moody):
    backfill(tmp_path / "archive", moody)
    kinds = rows(tmp_path / "archive", "SELECT DISTINCT outcome, status FROM captures")
    assert {("redirect", 301), ("article", 200), ("blocked", 200)} <= set(kinds)
    targets = "SELECT url, redirect_to FROM captures WHERE outcome = 'redirect' GROUP BY url"
    assert rows(tmp_path / "archive", targets) == rows(collection, targets)
    assert "'redirect', 'revisit'" in str(
        rows(collection, "SELECT outcome, record_type FROM captures")
    )
    titles = rows(tmp_path / "archive", "SELECT title FROM revisions")
    assert not [title for (title,) in titles if "moment" in title]


def test_a_second_run_asks_for_nothing(tmp_path, moody):
    told = backfill(tmp_path / "archive", moody)
    assert len(mementos(moody)) == told["fetched"]
    moody.asked.clear()
    again = backfill(tmp_path / "archive", moody)
    assert mementos(moody) == []
    assert (again["fetched"], again["passed_over"]) == (0, again["listed"])


def test_when_the_archive_asks_to_wait_everything_waits(tmp_path, moody):
    """429 with Retry-After, of the index and of captures: nothing is lost, nothing asked early."""
    moody.moods = [Mood("/cdx", 1), Mood("id_/", 2, retry_after="1")]
    begun = time.monotonic()
    told = backfill(tmp_path / "archive", moody)
    assert time.monotonic() - begun > 2
    assert told["waited"] == 3
    assert told["failed"] == 0
    distinct = set(mementos(moody))
    assert len(distinct) == told["fetched"] == len(mementos(moody)) - 2


def test_an_archive_that_refuses_ends_the_run_and_a_later_one_goes_on(tmp_path, moody):
    moody.moods = [Mood("id_/.*a2", 10_000)]
    told = backfill(tmp_path / "archive", moody, code=3)
    assert "asks to wait" in told["reason"]
    places = "SELECT fetched_at, url FROM captures"
    before = {(timestamp(at), url) for at, url in rows(tmp_path / "archive", places)}
    assert before
    moody.moods = []
    moody.asked.clear()
    backfill(tmp_path / "archive", moody)
    asked = {tuple(path.split("/", 2)[2].split("id_/")) for path in mementos(moody)}
    assert not asked & before
    assert len(asked) + len(before) == len(rows(tmp_path / "archive", places))


def test_an_index_that_refuses_is_no_empty_index(tmp_path, moody):
    moody.moods = [Mood("/cdx", 10_000)]
    assert backfill(tmp_path / "archive", moody, code=3)["fetched"] == 0


def test_an_index_that_has_moved_is_followed(tmp_path, moody):
    places = ["--cdx", f"{moody.url}/moved/cdx", "--replay", f"{moody.url}/papers/"]
    assert backfill(tmp_path / "archive", moody, *places, "--limit", "2")["fetched"] == 2


def test_a_killed_run_goes_on(tmp_path, moody):
    folder = tmp_path / "archive"
    process = subprocess.Popen(
        command(folder, moody), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(mementos(moody)) < 15:
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    first = set(mementos(moody))
    moody.asked.clear()
    backfill(folder, moody)
    assert len(first & set(mementos(moody))) <= 2  # what was under way, and what was being written
    whole = tmp_path / "whole"
    backfill(whole, moody)
    assert rows(folder, CHAIN) == rows(whole, CHAIN)
    assert verify(folder, full=True, reader=read_article).faults == []


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        (["--shape", "C"], "generation = 'C'"),
        (["--shape", "A"], "generation = 'A'"),
        (["--until", "DAY"], "substr(first_seen_at, 1, 10) <= 'DAY'"),
        (["--limit", "4"], "1"),
    ],
    ids=str,
)
def test_a_part_may_be_asked_for(tmp_path, press, moody, options, condition):
    day = press.at(0)[:10]
    told = backfill(tmp_path / "archive", moody, *[o.replace("DAY", day) for o in options])
    count, fitting = rows(
        tmp_path / "archive",
        f"SELECT count(*), sum({condition.replace('DAY', day)}) FROM articles",
    )[0]
    assert 0 < count == fitting
    if "--limit" in options:
        assert told["fetched"] == 4


def test_common_crawl_gives_the_same_articles(tmp_path, moody):
    """Its index says where each record is; the records are fetched by byte range."""
    told = backfill(tmp_path / "crawl", moody, source="commoncrawl")
    assert mementos(moody) == []
    ranges = [path for path in moody.asked if path.startswith("/data/")]
    assert len(ranges) == told["fetched"] + told["not_given"]
    backfill(tmp_path / "wayback", moody)
    assert rows(tmp_path / "crawl", CHAIN) == rows(tmp_path / "wayback", CHAIN)
    assert rows(tmp_path / "crawl", "SELECT DISTINCT origin FROM captures") == [("commoncrawl",)]
    assert verify(tmp_path / "crawl", full=True, reader=read_article).faults == []
