"""One page read by itself, whatever its server does."""

import contextlib
import json
import socket
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from crawler import settings


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
    [page, *_] = sorted((Path(__file__).parents[2] / "pages" / "aspx").glob("*/page.html"))
    plain = CliRunner().invoke(khobao, ["extract", str(page)])
    asked = CliRunner().invoke(khobao, ["extract", str(page), "--format", "json"])
    assert json.loads(plain.output) == json.loads(asked.output)
    assert json.loads(plain.output)["title"]
