"""The log of an archive: ``logs/khobao.jsonl`` in its folder, one JSON object a line. Read only.

The crawler writes it (`crawler.run.log`). Each line has ``time`` (UTC), ``level``, ``event``,
``run``, ``pid`` and ``message``; some have ``url``, ``status``, ``exit_code`` or ``traceback``. The
event `MESSAGE` is a message of Scrapy or another library, whose name is in ``logger``. Full files
are renamed to ``khobao.jsonl.1``, ``.2`` and so on, the oldest with the highest number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.errors import NotFound

#: The event with which every attempt at a run begins.
BEGIN = "begin"

#: The event of what a library logs.
MESSAGE = "message"

Line = dict[str, Any]


def log_file(folder: Path) -> Path:
    """Where the archive in *folder* keeps its log."""
    return folder / "logs" / "khobao.jsonl"


def log_lines(folder: Path) -> Iterator[Line]:
    """Every line of the log, the oldest first; lines that are torn or no JSON objects are left out.

    A process that was killed, or a full disk, leaves half a line.
    """
    current = log_file(folder)
    older = [
        file for file in current.parent.glob(f"{current.name}.*") if file.suffix[1:].isdecimal()
    ]
    for file in [*sorted(older, key=lambda one: -int(one.suffix[1:])), current]:
        if not file.is_file():
            continue
        with file.open(encoding="utf-8", errors="replace") as stream:
            for text in stream:
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict) and "time" in line:
                    yield line


def log_of_run(folder: Path, run: int | None) -> list[Line]:
    """The lines of *run*, or of the last attempt at one, which may have ended before it began.

    Raises NotFound if the log has none.
    """
    attempts: list[list[Line]] = []
    of_process: dict[object, list[Line]] = {}
    for line in log_lines(folder):
        process = line.get("pid")
        if line.get("event") == BEGIN or process not in of_process:
            of_process[process] = []
            attempts.append(of_process[process])
        of_process[process].append(line)
    if run is not None:
        attempts = [lines for lines in attempts if any(line.get("run") == run for line in lines)]
    if attempts:
        return attempts[-1]
    where = log_file(folder)
    if run is None:
        raise NotFound(f"there is no log at {where} yet; khobao crawl writes it")
    raise NotFound(
        f"the log {where} has no run {run}: it is older than what [logs] in khobao.toml keeps, or"
        f" there was none; khobao run {run} shows what the database knows"
    )
