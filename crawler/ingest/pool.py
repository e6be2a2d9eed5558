"""``--jobs N``: tasks shared by worker processes, their results in the order of the tasks."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks that wait for each worker: few, because a task may hold the bytes of many captures.
_AHEAD = 4

logger = logging.getLogger(__name__)


def map_in_processes(
    count: int,
    make: Callable[..., Callable[[Task], Result]],
    arguments: tuple[Any, ...],
    tasks: Iterable[Task],
) -> Iterator[Result]:
    """Yield the result of every task, in their order; *count* processes work on them.

    Each process calls ``make(*arguments)`` once for the function that does the tasks. One process
    is this one. If a worker is killed, for want of memory perhaps, this process does the rest.
    """
    left = iter(tasks)
    if count == 1:
        yield from map(make(*arguments), left)
        return
    # A worker imports by name: a random.py in the current folder is not Python's own.
    os.environ["PYTHONSAFEPATH"] = "1"
    # Spawned, not forked: this process holds an open database, which SQLite forbids to carry over.
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (make, arguments))
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    try:
        while True:
            for task in islice(left, _AHEAD * count - len(waiting)):
                waiting.append((task, _submit(pool, task)))
            if not waiting:
                return
            result = waiting[0][1].result()
            waiting.popleft()
            yield result
    except BrokenProcessPool:
        logger.warning("a worker process was killed; this process does its work")
        work = make(*arguments)
        yield from map(work, [task for task, _ in waiting])
        yield from map(work, left)
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Any]:
    """Submit *task*; a pool that is broken already says so when the result is asked for."""
    try:
        return pool.submit(_do, task)
    except BrokenProcessPool as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


_work: Callable[[Any], Any]


def _begin(make: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    """Prepare a worker. Ctrl-C reaches every process of a terminal; the first ends the others."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = make(*arguments)


def _end_with_parent() -> None:
    """End this worker when its parent was killed; it would wait for tasks for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    return _work(task)
