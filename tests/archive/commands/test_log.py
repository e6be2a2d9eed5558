"""`khobao log`, as the operator reads it the morning after."""

import json

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from archive.reports.log import log_file


def line(event, message="", *, run=None, pid=7, level="INFO", at="19:30:01", **facts):
    facts = {"time": f"2026-11-30T{at}.000Z", "level": level, "event": event, **facts}
    return json.dumps(facts | {"run": run, "pid": pid, "message": message}, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path):
    file = log_file(tmp_path)
    file.parent.mkdir()
    (file.parent / "khobao.jsonl.1").write_text(
        "\n".join([line("begin", "crawl"), line("start", "run 1", run=1), line("end", run=1)])
        + "\n"
    )
    file.write_text(
        "\n".join(
            [
                line("begin", "crawl", pid=8),
                line("message", "Scrapy started", pid=8, logger="scrapy.utils.log"),
                line("start", "run 2: crawl", run=2, pid=8),
                line("begin", "crawl", pid=9),
                line("end", "in use by process 8", pid=9, level="ERROR"),
                line(
                    "error",
                    "status 500",
                    run=2,
                    pid=8,
                    level="WARNING",
                    url="https://baodongthap.vn/" + "tin-" * 30,
                    status=500,
                    at="17:00:00",
                ),
                '{"time": "2026-11-30T19:3',
            ]
        )
    )
    return tmp_path


def log(folder, *arguments):
    return CliRunner().invoke(khobao, ["log", "-a", str(folder), *arguments])


def test_a_run_is_shown_in_the_papers_time_with_its_next_step(folder):
    shown = log(folder, "2").output
    assert "01/12/2026 (UTC+07:00)\n02:30:01  begin: crawl\n02:30:01  start: run 2" in shown
    assert "00:00:00  ! error: status 500 500" not in shown
    assert "! error: status 500" in shown
    assert "tin-" * 30 in shown  # an address is never cut
    assert "Scrapy started" not in shown
    assert "in use" not in shown
    assert "khobao run 2" in shown


def test_the_last_attempt_may_have_ended_before_it_began(folder):
    assert "✗ end: in use by process 8" in log(folder).output


def test_errors_only_and_the_raw_lines(folder):
    assert "begin" not in log(folder, "2", "--errors").output
    raw = [json.loads(text) for text in log(folder, "2", "--json").output.splitlines()]
    assert [one["event"] for one in raw] == ["begin", "message", "start", "error"]
    assert "No warning" in log(folder, "1", "--errors").output


def test_a_run_that_the_log_does_not_have_is_said(folder, tmp_path):
    gone = log(folder, "99")
    assert (gone.exit_code, "khobao run 99" in gone.output) == (2, True)
    assert log(tmp_path / "none").exit_code == 2
