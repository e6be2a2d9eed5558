"""The options of the commands that fetch, and one page read by itself."""

import contextlib
import json
import socket
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from archive.errors import UsageError
from crawler import settings


@pytest.mark.parametrize("command", ["crawl", "backfill", "reextract"])
def test_a_day_is_said_as_everywhere_else(tmp_path, command):
    options = ["--from", "wayback"] if command == "backfill" else []
    given = [command, *options, "-a", str(tmp_path / "none"), "--since", "hôm qua"]
    done = CliRunner().invoke(khobao, given)
    assert done.exit_code == 2
    assert "write 2018, 03/2018, 3/1/2018 or 2018-01-03" in done.output


@pytest.mark.parametrize(
    ("typed", "first"),
    [("2018", "2018-01-01"), ("2018-05", "2018-05-01"), ("3/1/2018", "2018-01-03")],
)
def test_a_crawl_takes_every_form_of_a_date(tmp_path, monkeypatch, typed, first):
    asked = {}

    class Stop(Exception):
        pass

    def run_spider(*_, arguments, **__):
        asked.update(arguments)
        raise Stop

    monkeypatch.setattr("crawler.run.run.run_spider", run_spider)
    done = CliRunner().invoke(khobao, ["crawl", "-a", str(tmp_path), "--create", "--since", typed])
    assert isinstance(done.exception, Stop)
    assert asked["since"] == first


@pytest.mark.parametrize("command", ["crawl", "backfill"])
def test_a_section_that_no_list_has_is_said_with_those_that_have_one(
    tmp_path, monkeypatch, command
):
    def run_spider(*_, **__):
        raise UsageError("stop")

    monkeypatch.setattr("crawler.run.run.run_spider", run_spider)
    given = [command, "-a", str(tmp_path), "--base-url", "http://127.0.0.1:9", "--section"]
    done = CliRunner().invoke(khobao, [*given, "kinhte"])
    assert "Did you mean kinh-te? Known are chinh-tri, " in done.stderr
    assert "Note" not in CliRunner().invoke(khobao, [*given, "xa-hoi"]).stderr


class Server:
    """Answers one request by calling *answer* with the connection."""

    def __init__(self, answer):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x-1.aspx"
        self._answer = answer
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with self._socket:
            connection, _ = self._socket.accept()
        with connection, contextlib.suppress(OSError):  # the other side had enough
            connection.recv(65536)
            self._answer(connection)


def extract(url):
    return CliRunner().invoke(khobao, ["extract", url])


def test_a_page_without_an_end_is_left(monkeypatch):
    def endless(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    done = extract(Server(endless).url)
    assert done.exit_code == 2
    assert f"larger than {settings.DOWNLOAD_MAXSIZE // 2**20} MB" in done.output


def test_a_page_that_drips_is_left(monkeypatch):
    def drip(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    monkeypatch.setattr("crawler.commands.extract._PATIENCE", 1.0)
    start = time.monotonic()
    done = extract(Server(drip).url)
    assert done.exit_code == 2
    assert "was not read within" in done.output
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "answer",
    [
        b"no HTTP at all",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort",
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_server_that_makes_no_sense_is_one_line(answer):
    done = extract(Server(lambda connection: connection.sendall(answer)).url)
    assert done.exit_code in (2, 4)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.output.startswith("Error: ")
    assert len(done.output.strip().splitlines()) == 1


def test_a_file_without_an_end_is_left():
    done = extract("/dev/zero")
    assert done.exit_code == 2
    assert "no article page is" in done.output


def test_extract_speaks_json_as_the_others_do():
    [page, *_] = sorted((Path(__file__).parents[1] / "pages" / "aspx").glob("*/page.html"))
    plain = CliRunner().invoke(khobao, ["extract", str(page)])
    asked = CliRunner().invoke(khobao, ["extract", str(page), "--format", "json"])
    assert json.loads(plain.output) == json.loads(asked.output)
    assert json.loads(plain.output)["title"]
