"""Work that several processes share: all of it is done, once, and told in order."""

import logging
import os
import signal
import subprocess
import sys
from operator import itemgetter

import pytest

from crawler.ingest.pool import map_in_processes

TASKS = [(number, -number) for number in range(40)]
EXPECTED = [-number for number in range(40)]


def with_process(place):
    return lambda task: (task[place], os.getpid())


def dying(here):
    """Work that ends every other process than *here*."""

    def work(task):
        if os.getpid() != here:
            os._exit(3)
        return task[1]

    return work


def failing():
    return lambda task: {}[task[1]]


def test_results_come_in_the_order_of_the_tasks_from_other_processes():
    results = list(map_in_processes(2, with_process, (1,), TASKS))
    assert [number for number, _ in results] == EXPECTED
    assert os.getpid() not in {process for _, process in results}


def test_one_process_is_this_one():
    results = list(map_in_processes(1, with_process, (1,), TASKS))
    assert {process for _, process in results} == {os.getpid()}


def test_tasks_are_taken_as_they_are_needed():
    taken = []

    def tasks():
        for task in TASKS:
            taken.append(task)
            yield task

    results = map_in_processes(2, itemgetter, (1,), tasks())
    assert next(results) == 0
    assert len(taken) < len(TASKS)
    results.close()


def test_an_error_in_another_process_is_raised_here():
    with pytest.raises(KeyError, match="0"):
        list(map_in_processes(2, failing, (), TASKS))


def test_a_killed_worker_leaves_its_tasks_to_this_process(caplog):
    with caplog.at_level(logging.WARNING):
        assert list(map_in_processes(2, dying, (os.getpid(),), TASKS)) == EXPECTED
    assert "a worker process was killed" in caplog.text


def test_no_task_is_no_work():
    assert list(map_in_processes(2, itemgetter, (1,), [])) == []


def test_workers_end_when_their_parent_is_killed(tmp_path):
    """The pool alone would leave them waiting for tasks for ever."""
    program = tmp_path / "parent.py"
    program.write_text(
        "import os, signal, time\n"
        "from multiprocessing import active_children\n"
        "from operator import attrgetter\n"
        "from crawler.ingest.pool import map_in_processes\n"
        "if __name__ == '__main__':\n"
        "    results = map_in_processes(2, attrgetter, ('real',), [1, 2])\n"
        "    next(results)\n"
        "    print(*(child.pid for child in active_children()), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # Its standard output is closed only when the workers, which inherit it, have ended.
    done = subprocess.run(
        [sys.executable, program],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) == 2
