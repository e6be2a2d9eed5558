"""A process beside this one, started lean: it imports what it needs and nothing of this program."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import Any


def start(module: str, connection: int, *, stdin: int) -> subprocess.Popen[bytes]:
    """Run *module* as a program that is given the open file *connection*, by its number.

    Not forked, because this process may hold an open database, and SQLite forbids to carry one
    over; not multiprocessing's spawn, which would import the whole program once more.
    """
    return subprocess.Popen(
        # -P: a random.py in the current folder is not Python's own.
        [sys.executable, "-P", "-m", module, str(connection)],
        pass_fds=[connection],
        stdin=stdin,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def make(factory: str, *arguments: Any, **options: Any) -> Any:
    """What ``module:name`` makes of the arguments, over there."""
    module, _, name = factory.partition(":")
    return getattr(import_module(module), name)(*arguments, **options)
