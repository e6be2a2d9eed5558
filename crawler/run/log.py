"""The log that every run writes, Scrapy's messages included; `archive.reports.log` reads it.

Standard logging with a formatter. What a message is about goes into ``extra``: ``event`` (one
word), ``url``, ``status``, ``exit_code``.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from archive.clock import now
from archive.commands.terminal import message
from archive.errors import KhobaoError
from archive.reports.log import BEGIN, MESSAGE, log_file
from crawler.config import Logs

#: What a run tells of itself. On stderr people get the summary instead.
_events = logging.getLogger("khobao.events")
_events.propagate = False
_events.addHandler(logging.NullHandler())
_events.setLevel(logging.DEBUG)

#: What a record may be about, beside its message.
_FACTS = ("url", "status", "exit_code")


def log_event(level: int, event: str, said: str, **facts: object) -> None:
    """Write a line of the log; *facts* are ``url``, ``status``, ``exit_code``, or the ``run``."""
    _events.log(level, "%s", said, extra={"event": event, **facts})


class JsonLines(logging.Formatter):
    """One JSON object for each record, on one line.

    The record that names a ``run`` begins it: those after it are of that run, whoever made them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.run: int | None = None

    def format(self, record: logging.LogRecord) -> str:
        """*record* as a line of the log."""
        self.run = getattr(record, "run", self.run)
        line = {
            "time": now(),
            "level": record.levelname,
            "event": getattr(record, "event", MESSAGE),
            "run": self.run,
            "pid": record.process,
            "message": record.getMessage(),
        }
        if line["event"] == MESSAGE:
            line["logger"] = record.name
        line |= {name: getattr(record, name) for name in _FACTS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class _Log(RotatingFileHandler):
    """The file; that it cannot be written (a full disk) must not end a crawl, and is said once."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say once on stderr that there is no log, then be silent."""
        self.setLevel(logging.CRITICAL + 1)
        message(f"The log {self.baseFilename} cannot be written: {sys.exc_info()[1]}")


@contextmanager
def logged(archive: Path, given: Logs, command: str) -> Iterator[None]:
    """Write what is logged meanwhile into the log of the folder *archive*.

    Nothing is written where there is no folder yet: what is wrong may be that its disk is missing.
    """
    if not archive.is_dir():
        yield
        return
    file = log_file(archive)
    try:
        file.parent.mkdir(exist_ok=True)
        handler = _Log(
            file,
            maxBytes=round(given.file_mb * 1_000_000),
            backupCount=given.files - 1,
            encoding="utf-8",
        )
    except OSError:  # the command itself says what is wrong with the folder, and what to do
        yield
        return
    handler.setLevel(given.level)
    handler.setFormatter(JsonLines())
    loggers = (logging.getLogger(), _events)
    for one in loggers:
        one.addHandler(handler)
    log_event(logging.INFO, BEGIN, command)
    try:
        yield
    except Exception as error:
        code = error.exit_code if isinstance(error, KhobaoError) else 1
        log_event(logging.ERROR, "end", f"{error} (exit code {code})", exit_code=code)
        raise
    finally:
        for one in loggers:
            one.removeHandler(handler)
        with suppress(OSError):  # a full disk, which has been said
            handler.close()
