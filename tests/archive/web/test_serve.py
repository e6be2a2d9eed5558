"""`khobao serve` as people start it, and what it leaves alone."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
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


def test_another_datasette_is_left_alone(client: Any, newsstand: Any, snapshot: Path) -> None:
    from datasette.app import Datasette

    async def ask() -> str:
        plain = Datasette([], immutables=[str(snapshot)])
        await plain.invoke_startup()
        home = await plain.client.get("/")
        assert (await plain.client.get("/search")).status_code == 404
        assert "content-security-policy" not in home.headers
        plain.get_database("archive").close()
        plain.executor.shutdown()
        return str(home.text)

    assert client.get("/search").status_code == 200
    loop = newsstand.Loop()
    assert "Powered by" in loop.run(ask())
    loop.close()


def test_a_missing_archive_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No archive at"):
        serve(tmp_path / "none", port=0)


def test_the_room_may_stand_below_another_site(newsstand: Any, snapshot: Path) -> None:
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
