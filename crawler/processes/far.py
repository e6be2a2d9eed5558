"""The far end: ``python -m crawler.processes.far SOCKET`` makes an object and does what is called.

Started by `crawler.processes.worker` and by nobody else.
"""

from __future__ import annotations

import logging
import os
import pickle
import select
import signal
import socket
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterator
from logging.handlers import QueueHandler
from typing import Any, Protocol

from archive.errors import KhobaoError
from crawler.processes.messages import CHUNK, HELLO, LOG, UNASKED, Frames, packed
from crawler.processes.starting import make

#: Bytes of calls that are looked at together, and answers that are sent together: to be woken up
#: costs who waits for them more than to be told.
_LOOK_AHEAD = 1 << 19
_ANSWERS = 8
#: Calls that are done before looking again whether one has come that goes ahead.
_BETWEEN_LOOKS = 4


class Works(Protocol):
    """What the object in a process must offer."""

    ahead: Collection[str]
    """What may be done before what was called earlier."""

    def hello(self) -> Any:
        """What is told to who had it made."""

    def do(self, name: str, *arguments: Any) -> Any:
        """Do what is called *name*."""

    def rest(self) -> float | None:
        """Called when no call is waiting; returns in how many seconds to call it again, if ever."""


def serve(connection: socket.socket) -> None:
    """Make the object that the first message asks for, and answer calls until nobody asks."""
    end = _FarEnd(connection)
    factory, arguments, options, level = end.first()
    logging.root.setLevel(level)
    logging.root.addHandler(_Forward(end))
    try:
        worker: Works = make(factory, *arguments, **options)
    except Exception as error:  # noqa: BLE001 (it is handed on)
        end.say(HELLO, True, error)
        end.flush()
        return
    end.say(HELLO, False, worker.hello())
    for number, name, values in end.messages(worker.ahead, worker.rest):
        try:
            result, failed = worker.do(name, *values), False
        except Exception as error:  # noqa: BLE001 (it is handed on)
            result, failed = error, True
        if number != UNASKED or failed:
            end.say(number, failed, result)


class _FarEnd:
    """The connection; what is said is sent a few answers at a time, and before waiting."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._frames = Frames()
        self._unsent: list[bytes] = []

    def say(self, number: int, failed: bool, result: Any) -> None:
        """Answer call *number*."""
        self._unsent.append(_answer(number, failed, result))
        if len(self._unsent) >= _ANSWERS:
            self.flush()

    def flush(self) -> None:
        """Send what was said."""
        if self._unsent:
            self._connection.sendall(b"".join(self._unsent))
            self._unsent.clear()

    def first(self) -> Any:
        """The message that comes before all calls."""
        while data := self._connection.recv(CHUNK):
            for message in self._frames.feed(data):
                return message
        raise EOFError("nothing was asked for")

    def messages(
        self, ahead: Collection[str], rest: Callable[[], float | None]
    ) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
        """What is called, until nobody calls any more; *rest* is called now and then."""
        pause: float | None = None
        later: deque[Any] = deque()
        while True:
            if not later:
                self.flush()
            messages = self._waiting(0 if later else pause)
            if messages is None:
                yield from later
                return
            for message in messages:
                if message[1] in ahead:
                    yield message
                else:
                    later.append(message)
            for _ in range(min(len(later), _BETWEEN_LOOKS)):
                yield later.popleft()
            try:
                pause = rest()
            except Exception as error:  # noqa: BLE001 (it is handed on)
                self.say(UNASKED, True, error)
                pause = None

    def _waiting(self, pause: float | None) -> list[Any] | None:
        """What has been called by now, or within *pause*; None when nobody calls any more."""
        messages: list[Any] = []
        read = 0
        while read < _LOOK_AHEAD and select.select([self._connection], [], [], pause)[0]:
            data = self._connection.recv(CHUNK)
            if not data:
                return messages or None
            messages += self._frames.feed(data)
            read += len(data)
            pause = 0
        return messages


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
        self.end.say(LOG, False, record)


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
    # What it had open is closed. To take the interpreter apart takes 60 ms, for which a crawl that
    # is over would wait.
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    # By its full name, so that what is pickled here is known by the same name there.
    from crawler.processes.far import main as run

    run()
