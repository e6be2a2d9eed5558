"""The process beside the crawl's own: calls in order, answers, failures, and a common end."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.errors import ArchiveLocked, DiskFull
from crawler.processes import Worker, WorkerDied
from crawler.processes.messages import Frames, packed

FAR = """
import logging, os, time
from archive.errors import ArchiveLocked, DiskFull

class Notebook:
    ahead = ("urgent",)

    def __init__(self, first, *, refuse=False):
        if refuse:
            raise ArchiveLocked("in use")
        self.lines = [first]
        self.rested = 0

    def hello(self):
        return os.getpid()

    def do(self, name, *arguments):
        return getattr(self, name)(*arguments)

    def rest(self):
        self.rested += 1
        return 0.01 if self.rested < 5 else None

    def write(self, line):
        self.lines.append(line)

    urgent = write

    def write_slowly(self, line):
        time.sleep(0.02)
        self.lines.append(line)

    def read(self):
        return list(self.lines)

    def rests(self):
        return self.rested

    def fill(self):
        raise DiskFull("no more room")

    def stumble(self):
        return {}["nothing"]

    def odd(self):
        return lambda: None

    def warn(self):
        logging.getLogger("far.away").warning("a page of %d bytes", 7)

    def die(self):
        os._exit(3)

    def linger(self):
        time.sleep(60)
"""


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    (tmp_path / "far_end.py").write_text(FAR)
    monkeypatch.syspath_prepend(str(tmp_path))
    workers = []

    def start(*arguments, **options):
        workers.append(Worker("far_end:Notebook", *arguments, **options))
        return workers[-1]

    yield start
    for worker in workers:
        worker.end()


def with_loop(work):
    """*work* with its worker attached, in an event loop."""

    async def inside(worker):
        await worker.attach()
        try:
            return await work(worker)
        finally:
            worker.end()
            await asyncio.sleep(0)

    def run(worker):
        # In a thread of its own: the browser of other tests may have a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, inside(worker)).result()

    return run


def test_calls_are_done_in_order(notebook):
    worker = notebook("one")
    assert worker.hello == worker.process.pid != os.getpid()

    @with_loop
    async def work(worker):
        worker.send("write", "two")
        first = worker.call("read")
        worker.send("write", "x" * 300_000)  # more than a socket takes at once
        second = worker.call("read")
        return [len(lines) for lines in await asyncio.gather(first, second)]

    assert work(worker) == [2, 3]


def test_what_goes_ahead_does_not_wait_for_all_that_was_called(notebook):
    @with_loop
    async def work(worker):
        for number in range(20):
            worker.send("write_slowly", number)
        await asyncio.sleep(0.1)
        worker.send("urgent", "now")
        return await worker.call("read"), await worker.call("rests")

    lines, rests = work(notebook("first"))
    assert [line for line in lines if line != "now"] == ["first", *range(20)]
    assert 1 < lines.index("now") < 15
    assert rests > 3  # it also rests, as it calls that, between two calls


def test_what_is_raised_there_is_raised_here(notebook):
    @with_loop
    async def work(worker):
        with pytest.raises(DiskFull, match="no more room") as full:
            await worker.call("fill")
        with pytest.raises(KeyError, match="nothing") as stumbled:
            await worker.call("stumble")
        with pytest.raises(RuntimeError, match="cannot be handed over"):
            await worker.call("odd")
        assert await worker.call("read") == ["one"]
        return full.value, stumbled.value

    full, stumbled = work(notebook("one"))
    assert not hasattr(full, "__notes__")
    assert 'return {}["nothing"]' in stumbled.__notes__[0]


def test_a_failure_that_nobody_waits_for_is_told(notebook):
    worker = notebook("one")
    told = []
    worker.failed = told.append

    @with_loop
    async def work(worker):
        worker.send("fill")
        await worker.call("read")

    work(worker)
    assert [str(error) for error in told] == ["no more room"]


def test_what_cannot_be_made_is_told_at_once(notebook):
    with pytest.raises(ArchiveLocked, match="in use"):
        notebook("one", refuse=True)


def test_its_log_is_ours(notebook, caplog):
    @with_loop
    async def work(worker):
        await worker.call("warn")

    with caplog.at_level(logging.WARNING):
        work(notebook("one"))
    [record] = caplog.records
    assert (record.name, record.getMessage()) == ("far.away", "a page of 7 bytes")


def test_it_may_rest_when_nobody_calls(notebook):
    @with_loop
    async def work(worker):
        await worker.call("read")
        await asyncio.sleep(0.2)
        return await worker.call("rests")

    assert work(notebook("one")) == 5


def test_who_waits_for_a_dead_process_is_told(notebook):
    worker = notebook("one")

    @with_loop
    async def work(worker):
        with pytest.raises(WorkerDied):
            await asyncio.gather(worker.call("die"), worker.call("read"))
        with pytest.raises(WorkerDied):
            await worker.call("read")

    work(worker)
    assert worker.process.returncode == 3


def test_a_signal_to_the_whole_group_leaves_it_at_work(notebook):
    @with_loop
    async def work(worker):
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(worker.process.pid, number)
        return await worker.call("read")

    assert work(notebook("one")) == ["one"]


def test_it_ends_with_the_process_that_started_it(notebook, tmp_path):
    code = (
        "import asyncio, sys\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from crawler.processes import Worker\n"
        "async def main():\n"
        "    worker = Worker('far_end:Notebook', 'one')\n"
        "    await worker.attach()\n"
        "    print(worker.hello, flush=True)\n"
        "    await worker.call('linger')\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as near:
        far = int(near.stdout.readline())
        near.kill()
    patience = time.monotonic() + 10
    while is_running(far):
        assert time.monotonic() < patience, "the process lives on without the one it works for"
        time.sleep(0.01)


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:  # a zombie has ended, whoever may wait for it
        return stat.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("size", [1, 3, 5, 1000])
def test_messages_arrive_in_any_pieces(size):
    data = packed("một") + packed([1, 2]) + packed(b"x" * 2000)
    frames = Frames()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert [m for piece in pieces for m in frames.feed(piece)] == ["một", [1, 2], b"x" * 2000]
