"""``--jobs N``: work that N processes share, this one among them.

A process beside this one takes a third of a second until it has imported what it needs, so this one
begins at once and never waits while there is anything to do: what counts is that all are busy from
their start to the end. Tasks are therefore small, and each process has its next one waiting.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from crawler.reextract.starting import make, start

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks that a process has at a time: one to work on and one for when it is done with that.
_AHEAD = 2

logger = logging.getLogger(__name__)


class Jobs(Generic[Task, Result]):
    """*work* on tasks, done by *count* processes; the others make theirs by calling *factory*.

    *factory* is ``module:name``, called there with *arguments*.
    """

    def __init__(self, count: int, work: Callable[[Task], Result], factory: str, *arguments: Any):
        self._work = work
        self._beside: list[_Beside[Task]] = [_Beside(factory, arguments) for _ in range(count - 1)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._beside:
            process.end()

    @property
    def alone(self) -> bool:
        """Whether there is no other process."""
        return not self._beside

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """What comes of each task, in the order of the tasks."""
        waiting = enumerate(tasks)
        results: dict[int, Result] = {}
        failures: list[Exception] = []
        told = 0
        while True:
            for process in list(self._beside):
                try:
                    for place, failed, result in process.results():
                        failures += [result] if failed else []
                        results[place] = result
                    process.fill(waiting)
                except (EOFError, OSError):
                    # Killed, for want of memory perhaps: what it was to do is done here.
                    logger.warning("a process beside this one ended with %s", process.end())
                    self._beside.remove(process)
                    results.update((place, self._work(task)) for place, task in process.tasks)
            if failures:
                raise failures[0]
            if told in results:
                yield results.pop(told)
                told += 1
            elif (mine := next(waiting, None)) is not None:
                results[mine[0]] = self._work(mine[1])
            elif busy := [process.connection for process in self._beside if process.tasks]:
                wait(busy)
            elif not results:
                return


class _Beside(Generic[Task]):
    """A process beside this one, and what it has to do."""

    def __init__(self, factory: str, arguments: tuple[Any, ...]):
        self.tasks: deque[tuple[int, Task]] = deque()
        self.connection, far = Pipe()
        with far:
            self._process = start(__name__, far.fileno(), stdin=subprocess.DEVNULL)
        self.connection.send((factory, arguments))

    def fill(self, waiting: Iterator[tuple[int, Task]]) -> None:
        """Give it tasks, so that it need not wait for the next."""
        while len(self.tasks) < _AHEAD and (task := next(waiting, None)) is not None:
            self.tasks.append(task)
            self.connection.send(task[1])

    def results(self) -> Iterator[tuple[int, bool, Any]]:
        """What it is done with: the task's place, whether it failed, the result or the failure."""
        while self.tasks and self.connection.poll():
            failed, result = self.connection.recv()
            place, _ = self.tasks.popleft()
            yield place, failed, result

    def end(self) -> int:
        """Let it end; returns its exit status."""
        self.connection.close()
        return self._process.wait()


def serve(connection: Connection) -> None:
    """Do what the other end asks for, until nobody asks."""
    factory, arguments = connection.recv()
    work = make(factory, *arguments)
    while True:
        task = connection.recv()
        try:
            answer = False, work(task)
        except Exception as error:  # noqa: BLE001 (it is handed on)
            answer = True, error
        connection.send(answer)


if __name__ == "__main__":
    # Ctrl-C reaches all processes of a terminal; the one that is asked to stop tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        serve(Connection(int(sys.argv[1])))
