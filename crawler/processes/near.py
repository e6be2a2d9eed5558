"""The near end of a process, whoever waits for it and how."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from typing import Any

from crawler.processes.messages import Frames, packed


class WorkerDied(Exception):
    """The process ended before it had answered."""


class Near:
    """A process that makes one object and does what it is told."""

    def __init__(self, factory: str, *arguments: Any, **options: Any):
        """Start it; it makes the object ``module:name`` of the arguments, and says hello."""
        self._near, far = socket.socketpair()
        self._frames = Frames()
        with far:
            # Its standard input is held open and never written to: when it ends, so did we.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "crawler.processes.far", str(far.fileno())],
                pass_fds=[far.fileno()],
                stdin=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        level = logging.getLogger().getEffectiveLevel()
        self._near.sendall(packed((factory, arguments, options, level)))

    def end(self) -> int:
        """Close the connection and wait for the process to end; returns its exit status."""
        self._near.close()
        assert self.process.stdin is not None
        try:
            return self.process.wait(timeout=60)
        finally:
            self.process.stdin.close()


def log(record: logging.LogRecord) -> None:
    """Treat *record*, made in the other process, as if it had been made here."""
    logging.getLogger(record.name).handle(record)
