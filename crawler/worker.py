"""A process with one object in it: calls go there in order, and answers come back.

Python runs one thread at a time, so that a thread for the archive only took turns with the reactor:
a page cost both their times added up. Beside the reactor's process they share it out to two cores.
A call is a name and its arguments, pickled, over a pair of sockets; nobody else can reach them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from logging.handlers import QueueHandler
from typing import Any, Protocol

from archive.errors import KhobaoError

#: Marks a frame that answers no call: a log record, or a failure that nobody waits for.
_LOG = -1

#: Bytes read at once: below what the system hands out as pages of its own with every call.
_CHUNK = 1 << 16
#: Bytes that state the length of a message.
_LENGTH = 4


class WorkerDied(Exception):
    """The process ended before it had answered."""


class Works(Protocol):
    """What the object in a process must offer."""

    def hello(self) -> Any:
        """What is told to who had it made."""

    def do(self, name: str, *arguments: Any) -> Any:
        """Do what is called *name*."""

    def rest(self) -> float | None:
        """Called when no call is waiting; returns in how many seconds to call it again, if ever."""


class Worker(asyncio.Protocol):
    """The near end: starts the process, sends calls, hands out answers."""

    def __init__(self, factory: str, *arguments: Any, **options: Any):
        """Start a process and make in it the object ``module:name`` of *arguments*.

        Waits until it is made; what making it raises is raised here.
        """
        self._near, far = socket.socketpair()
        self._frames = Frames()
        self._calls = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._unsent = bytearray()
        self._transport: asyncio.Transport | None = None
        self.failed: Callable[[Exception], None] = _raise
        """Called with what a call raised whose answer is not waited for."""
        with far:
            # Its standard input is held open and never written to: when it ends, so did we.
            self.process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(far.fileno())],
                pass_fds=[far.fileno()],
                stdin=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        level = logging.getLogger().getEffectiveLevel()
        self._near.sendall(packed((factory, arguments, options, level)))
        self.hello = self._made()
        """What the object said when it was made."""

    def _made(self) -> Any:
        while data := self._near.recv(_CHUNK):
            for number, failed, result in self._frames.feed(data):
                if number == _LOG:
                    _log(result)
                elif failed:
                    self.end()
                    raise result
                else:
                    return result
        raise WorkerDied(f"the archive's process ended with {self.end()} before it was ready")

    async def attach(self) -> None:
        """Join the running event loop; calls may be made from now on."""
        await asyncio.get_running_loop().create_connection(lambda: self, sock=self._near)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, name: str, *arguments: Any) -> None:
        """Have method *name* called after every call before; its result is not waited for."""
        self._send(0, name, arguments)

    def call(self, name: str, *arguments: Any) -> asyncio.Future[Any]:
        """The result of method *name*, called after every call before."""
        self._calls += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[self._calls] = answer
        self._send(self._calls, name, arguments)
        return answer

    def _send(self, number: int, name: str, arguments: tuple[Any, ...]) -> None:
        if not self._unsent:  # one write for all that is called in one turn of the loop
            asyncio.get_running_loop().call_soon(self._flush)
        self._unsent += packed((number, name, arguments))

    def _flush(self) -> None:
        unsent, self._unsent = self._unsent, bytearray()
        if self._transport is None or self._transport.is_closing():
            self.connection_lost(None)
        else:
            self._transport.write(unsent)

    def data_received(self, data: bytes) -> None:
        """Part of `asyncio.Protocol`."""
        for number, failed, result in self._frames.feed(data):
            if number == _LOG:
                _log(result)
            elif (answer := self._waiting.pop(number, None)) is None:
                self.failed(result)
            elif failed and not answer.done():
                answer.set_exception(result)
            elif not answer.done():
                answer.set_result(result)

    def connection_lost(self, error: Exception | None) -> None:
        """Part of `asyncio.Protocol`: who waits is told that no answer will come."""
        waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            if not answer.done():
                answer.set_exception(WorkerDied("the archive's process ended unexpectedly"))

    def end(self) -> int:
        """Close the connection and wait for the process to end; returns its exit status.

        To be called in the event loop that was joined, if one was.
        """
        if self._transport is not None:
            self._transport.abort()
            self._transport = None
        self._near.close()
        assert self.process.stdin is not None
        try:
            return self.process.wait(timeout=60)
        finally:
            self.process.stdin.close()


def _raise(error: Exception) -> None:
    raise error


def _log(record: logging.LogRecord) -> None:
    logging.getLogger(record.name).handle(record)


class Frames:
    """Whole messages out of a stream of bytes: the length, then a pickle."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """The messages that *data* completes."""
        self._data += data
        messages = []
        start = 0
        with memoryview(self._data) as view:
            while len(view) - start >= _LENGTH:
                begin = start + _LENGTH
                end = begin + int.from_bytes(view[start:begin], "big")
                if len(view) < end:
                    break
                messages.append(pickle.loads(view[begin:end]))
                start = end
        del self._data[:start]
        return messages


def packed(message: Any) -> bytes:
    """*message* as `Frames` reads it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_LENGTH, "big") + data


# --- the far end ----------------------------------------------------------------------------------


class _FarEnd:
    """The far end of the connection; what it says is sent before it waits."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._frames = Frames()
        self._unsent = bytearray()

    def say(self, number: int, failed: bool, result: Any) -> None:
        """Answer call *number*."""
        self._unsent += _answer(number, failed, result)

    def flush(self) -> None:
        """Send what was said: all at once, since it wakes up who waits for it."""
        if self._unsent:
            self._connection.sendall(self._unsent)
            self._unsent.clear()

    def messages(self, rest: Callable[[], float | None] = lambda: None) -> Iterator[Any]:
        """What is called, until nobody calls any more; *rest* is called now and then."""
        pause: float | None = None
        while True:
            self.flush()
            if select.select([self._connection], [], [], pause)[0]:
                data = self._connection.recv(_CHUNK)
                if not data:
                    return
                yield from self._frames.feed(data)
            try:
                pause = rest()
            except Exception as error:  # noqa: BLE001 (it is handed on)
                self.say(0, True, error)
                pause = None


def serve(connection: socket.socket) -> None:
    """Make the object that the first message asks for, and answer calls until nobody asks."""
    end = _FarEnd(connection)
    factory, arguments, options, level = next(end.messages())
    logging.root.setLevel(level)
    logging.root.addHandler(_Forward(end))
    try:
        module, _, name = factory.partition(":")
        worker: Works = getattr(import_module(module), name)(*arguments, **options)
    except Exception as error:  # noqa: BLE001 (it is handed on)
        end.say(1, True, error)
        end.flush()
        return
    end.say(1, False, worker.hello())
    for number, name, values in end.messages(worker.rest):
        try:
            result, failed = worker.do(name, *values), False
        except Exception as error:  # noqa: BLE001 (it is handed on)
            result, failed = error, True
        if number or failed:
            end.say(number, failed, result)


def _answer(number: int, failed: bool, result: Any) -> bytes:
    if failed and not isinstance(result, KhobaoError):  # a traceback is lost on the way
        result.add_note("".join(traceback.format_exception(result)))
    try:
        return packed((number, failed, result))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        return packed((number, True, RuntimeError(f"{result!r} cannot be handed over: {error}")))


class _Forward(QueueHandler):
    """Log records go to the near end, whose handlers know where logs are kept."""

    def __init__(self, end: _FarEnd):
        super().__init__(None)  # type: ignore[arg-type]
        self.end = end

    def enqueue(self, record: logging.LogRecord) -> None:
        """Send *record* in front of the answer that is being made."""
        self.end.say(_LOG, False, record)


def _die_with_parent() -> None:
    """End at once when the near end's process does, as if the same kill had met both."""
    os.read(0, 1)
    os._exit(1)


def main() -> None:
    """Serve on the socket whose number is given."""
    # Ctrl-C and a service manager's SIGTERM reach every process of a group. The near end decides
    # what they mean: it finishes what is under way, and that needs this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        serve(connection)


if __name__ == "__main__":
    # By its full name, so that what is pickled here is known by the same name there.
    from crawler.worker import main as run

    run()
