"""Reading the log: over its renamed files, past torn lines, run by run."""

import json

import pytest

from archive.errors import NotFound
from archive.reports.log import log_file, log_lines, log_of_run


def write(file, *lines):
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines))


def line(event, run=None, pid=7):
    return json.dumps({"time": "2026-11-30T19:30:01.000Z", "event": event, "run": run, "pid": pid})


def test_renamed_files_are_read_in_their_order_and_torn_lines_left_out(tmp_path):
    file = log_file(tmp_path)
    write(file, '{"time": "2026-', "17", line("last"))
    for number in (2, 10, 1):
        write(file.with_name(f"{file.name}.{number}"), line(str(number)))
    write(file.with_name(f"{file.name}.gz"), line("another tool's"))
    assert [one["event"] for one in log_lines(tmp_path)] == ["10", "2", "1", "last"]


def test_runs_of_two_processes_are_told_apart(tmp_path):
    """Also where a later run has the number of an earlier process."""
    write(
        log_file(tmp_path),
        *(line("begin", pid=7), line("start", 1, pid=7), line("begin", pid=8)),
        *(line("list", 1, pid=7), line("end", pid=8)),
        *(line("begin", pid=7), line("start", 2, pid=7)),
    )
    assert [one["event"] for one in log_of_run(tmp_path, 1)] == ["begin", "start", "list"]
    assert [one["run"] for one in log_of_run(tmp_path, None)] == [None, 2]
    with pytest.raises(NotFound, match="khobao run 3"):
        log_of_run(tmp_path, 3)
    with pytest.raises(NotFound, match="khobao crawl writes it"):
        log_of_run(tmp_path / "none", None)
