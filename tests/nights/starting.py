"""Starts khobao from a process that has read its modules already: most of what a short run costs.

Each run is still two processes of its own with the arguments and the environment of a command line;
they are forked, where a shell and khobao would start Python anew.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Starter:
    """The process that forks; one job after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nights.starting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def khobao(self, *arguments: object, output: Path, **environment: str) -> int:
        """Run khobao with its output in *output* and ``….err``; returns its exit code."""
        job = {"arguments": [*map(str, arguments)], "environment": environment}
        print(json.dumps(job | {"output": str(output)}), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """Let the process end."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


class _Forked:
    """The part of `subprocess.Popen` that `crawler.processes.worker` uses, for a forked process."""

    def __init__(self, connection: int) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(reading, 0)
            # Among them the near end of the connection: while it is held, it never ends.
            for file in map(int, os.listdir("/proc/self/fd")):
                if file > 2 and file != connection:
                    with suppress(OSError):
                        os.close(file)
            _far_end(connection)
        os.close(reading)
        self.stdin = os.fdopen(writing, "wb")

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; returns the exit status."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _far_end(connection: int) -> None:
    from crawler.processes import far

    try:
        logging.root.handlers.clear()  # those of the process that was forked
        sys.argv = ["far", str(connection)]
        far.main()
    finally:
        os._exit(1)


def main() -> None:
    """Do jobs until there are none."""
    import archive.cli
    import crawler.processes.worker as worker

    worker.start = lambda module, connection, *, stdin: _Forked(connection)
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(job, archive.cli.main)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(job, khobao) -> None:
    os.environ.update(job["environment"])
    for number, path in ((0, os.devnull), (1, job["output"]), (2, job["output"] + ".err")):
        mode = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path, mode, 0o644), number)
    sys.argv = ["khobao", *job["arguments"]]
    code = 1
    try:
        khobao()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
