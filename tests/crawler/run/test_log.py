"""The log of real runs: what is in it, what is not on stderr, and how much of it is kept."""

import json
import logging
import subprocess
import sys

import pytest

from archive.errors import ArchiveLocked
from archive.reports.log import log_file, log_lines
from crawler.config import Logs
from crawler.run.log import log_event, logged
from newsroom import Newsroom

CONTACT = ("--contact", "op@example.org")


def crawl(folder, base_url, *options):
    command = [sys.executable, "-P", "-m", "archive", "crawl", "-a", folder, *CONTACT]
    return subprocess.run(
        [*command, "--base-url", base_url, "--delay", "0", *options],
        capture_output=True,
        timeout=100,
        check=False,
    )


def test_a_good_night_puts_no_byte_on_stderr_and_all_of_itself_into_the_log(tmp_path):
    """Quiet or not; on a terminal there is the progress line besides, which is taken away."""
    folder = tmp_path / "archive"
    folder.mkdir()
    with Newsroom(articles=8, crawl_delay=0) as room:
        loud = crawl(folder, room.base_url)
        quiet = crawl(folder, room.base_url, "--quiet")
    assert (loud.returncode, loud.stderr) == (0, b"")
    assert (quiet.returncode, quiet.stderr, quiet.stdout) == (0, b"", b"")
    lines = list(log_lines(folder))
    assert {line["run"] for line in lines} == {None, 1, 2}
    assert all(line["time"].endswith("Z") for line in lines)
    events = [line["event"] for line in lines if line["run"] == 1]
    assert (events[0], "list" in events, "article" in events) == ("start", True, True)
    assert any(line.get("logger", "").startswith("scrapy") for line in lines)
    [article, *_] = [line for line in lines if line["event"] == "article"]
    assert (article["url"].startswith("https://"), article["status"]) == (True, 200)


def test_an_error_before_the_run_is_in_the_log(tmp_path):
    with pytest.raises(ArchiveLocked), logged(tmp_path, Logs(), "crawl"):
        raise ArchiveLocked("the archive is in use by process 7")
    last = list(log_lines(tmp_path))[-1]
    assert (last["event"], last["exit_code"], last["run"]) == ("end", 6, None)


def test_full_files_are_renamed_and_the_oldest_goes(tmp_path):
    with logged(tmp_path, Logs(file_mb=0.002, files=3), "crawl"):
        for number in range(100):
            log_event(logging.INFO, "article", f"số {number}", url="https://baodongthap.vn/x")
    kept = sorted(file.name for file in log_file(tmp_path).parent.iterdir())
    assert kept == ["khobao.jsonl", "khobao.jsonl.1", "khobao.jsonl.2"]
    assert all(file.stat().st_size <= 2000 for file in log_file(tmp_path).parent.iterdir())
    numbers = [int(line["message"].split()[1]) for line in log_lines(tmp_path)]
    assert numbers == list(range(numbers[0], 100))


def test_a_log_that_cannot_be_written_ends_nothing_and_is_said_once(tmp_path, capsys):
    log_file(tmp_path).parent.mkdir()
    log_file(tmp_path).symlink_to("/dev/full")
    with logged(tmp_path, Logs(file_mb=1000), "crawl"):
        log_event(logging.INFO, "article", "x")
        log_event(logging.INFO, "article", "y")
    assert capsys.readouterr().err.count("cannot be written") == 1


def test_nothing_is_made_where_there_is_no_archive(tmp_path):
    with logged(tmp_path / "not mounted", Logs(), "crawl"):
        log_event(logging.INFO, "article", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_traceback_is_one_line(tmp_path):
    with logged(tmp_path, Logs(), "crawl"):
        try:
            raise ValueError("two\nlines")
        except ValueError:
            logging.getLogger("crawler.ingest").exception("a page\ncannot be read")
    texts = log_file(tmp_path).read_text().splitlines()
    assert "ValueError: two" in json.loads(texts[-1])["traceback"]
