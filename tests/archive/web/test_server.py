"""`khobao serve` as people start it, and what it leaves alone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from archive.errors import UsageError
from archive.web import serve


def test_the_command_opens_the_room_and_closes_it(archive: Path) -> None:
    command = [sys.executable, "-m", "archive", "serve", "-a", str(archive), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urlopen(address[0], timeout=30) as answer:
            assert "Kho Báo" in answer.read().decode()
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    assert "Traceback" not in rest
    assert process.returncode == 0


def test_the_copy_is_private_and_goes_with_the_server(archive: Path, tmp_path: Path) -> None:
    before = {path.name for path in archive.iterdir()}
    process, port, _ = started(archive, env={**os.environ, "TMPDIR": str(tmp_path)})
    try:
        assert status(port, "/") == 200
        (folder,) = tmp_path.glob("khobao-*")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert [path.suffix for path in folder.iterdir()] == [".db"]
        assert {path.name for path in archive.iterdir()} <= before
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_copy_is_kept(tmp_path: Path, newsstand: Any) -> None:
    folder = newsstand.fill(tmp_path / "dongthap")
    served = newsstand.Served(folder)
    try:
        place = Path(served._application._folder.name)
        (first,) = place.iterdir()
        newsstand.save_another(folder, 95_101)
        assert served.refresh()
        (second,) = place.iterdir()
        assert first != second
    finally:
        served.close()
    assert not place.exists()


def test_an_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "archive",
        "serve",
        "-a",
        str(tmp_path / "none"),
        "--port",
        "0",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: ")
    assert "none" in ended.stderr


def test_without_datasette_the_rest_of_khobao_works(archive: Path) -> None:
    script = (
        "import sys; sys.modules['datasette'] = None; sys.modules['uvicorn'] = None\n"
        "import archive, archive.web, archive.cli\n"
        "try: archive.web.serve(sys.argv[1])\n"
        "except archive.errors.UsageError as error: print(error)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(archive)], capture_output=True, text=True, timeout=60
    )
    assert "pip install 'khobao[web]'" in ended.stdout, ended.stderr


def started(
    archive: Path, *options: str, env: dict[str, str] | None = None
) -> tuple[subprocess.Popen[str], int, str]:
    """The room as a process, its port, and what it says first."""
    command = [sys.executable, "-m", "archive", "serve", "-a", str(archive), "--port", "0"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, env=env)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://[^/]*:(\d+)/", line)
    assert found, line
    return process, int(found[1]), line


def status(port: int, path: str, host: str = "localhost") -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


SQL = "/archive.json?sql=select+1"


def test_on_all_addresses_it_warns_and_runs_no_sql_of_strangers(archive: Path) -> None:
    process, port, _ = started(archive, "--host", "0.0.0.0", "--allowed-host", "bao.example.org")
    try:
        assert process.stderr is not None
        assert "Warning: it listens on all addresses" in process.stderr.readline()
        assert status(port, "/guide") == 200
        assert status(port, "/guide", "bao.example.org") == 200
        assert status(port, "/guide", "evil.example") == 421
        assert status(port, SQL) == 403
        assert status(port, "/archive/articles?_where=1=1") in (400, 403)
        assert status(port, "/archive/silent_edits") == 200
        assert status(port, "/archive/articles?_facet=kind") == 200
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    assert rest == ""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), 200),
        (("--no-sql",), 403),
        (("--allowed-host", "bao.example.org"), 403),
        (("--base-url", "https://bao.example.org/kho/"), 403),
        (("--base-url", "https://bao.example.org/kho/", "--sql"), 200),
    ],
)
def test_sql_is_for_this_computer_or_by_request(
    archive: Path, options: tuple[str, ...], expected: int
) -> None:
    process, port, line = started(archive, *options)
    try:
        below = "/kho" if "--base-url" in options else ""
        assert f"{below}/ (" in line
        host = "bao.example.org" if below else "localhost"
        assert status(port, below + SQL, host) == expected
        assert status(port, f"{below}/archive/silent_edits", host) == 200
        assert status(port, f"{below}/archive", host) == 200
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_a_base_url_that_is_none_is_refused(archive: Path) -> None:
    for url in ("ftp://x/", "https:///x", "//x/"):
        command = [sys.executable, "-m", "archive", "serve", "-a", str(archive), "--base-url", url]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert ended.returncode == 2, url
        assert "expected a path such as /bao/" in ended.stderr


def test_without_sql_no_page_offers_it(newsstand: Any, snapshot: Any) -> None:
    closed = newsstand.Client(snapshot, sql=False)
    try:
        for path in ("/archive", "/archive/silent_edits", "/archive/articles", "/questions"):
            answer = closed.get(path)
            assert answer.status_code == 200
            assert "sql-editor" not in answer.text
            assert "?sql=" not in answer.text
        refused = closed.get("/archive?sql=select+1")
        assert refused.status_code == 403
    finally:
        closed.close()


def test_a_missing_archive_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No archive at"):
        serve(tmp_path / "none", port=0)


def test_the_room_may_stand_below_another_site(newsstand: Any, snapshot: Any) -> None:
    below = newsstand.Client(snapshot, base_url="/bao/")
    try:
        for path in ("/", "/search?q=dan", "/article/dto:80111", "/coverage", "/archive"):
            answer = below.get(path)
            assert answer.status_code == 200
            found = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
            assert found
            assert all(address.startswith("/bao/") for address in found), found
    finally:
        below.close()
