"""The near end: starts the process, sends calls, hands out answers."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from crawler.processes.messages import CHUNK, LOG, UNASKED, Frames, packed
from crawler.processes.starting import start


class WorkerDied(Exception):
    """The process ended before it had answered."""


class Worker(asyncio.Protocol):
    """A process that makes one object and does what is called, one thing after another."""

    def __init__(self, factory: str, *arguments: Any, **options: Any):
        """Start a process and make in it the object ``module:name`` of the arguments.

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
            self.process = start("crawler.processes.far", far.fileno(), stdin=subprocess.PIPE)
        level = logging.getLogger().getEffectiveLevel()
        self._near.sendall(packed((factory, arguments, options, level)))
        self.hello = self._hello()
        """What the object said when it was made."""

    def _hello(self) -> Any:
        while data := self._near.recv(CHUNK):
            for number, failed, result in self._frames.feed(data):
                if number == LOG:
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

    def send(self, name: str, *arguments: Any) -> None:
        """Have method *name* called after every call before; its result is not waited for."""
        self._send(UNASKED, name, arguments)

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

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Part of `asyncio.Protocol`."""
        for number, failed, result in self._frames.feed(data):
            if number == LOG:
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
    """Treat *record*, made in the other process, as if it had been made here."""
    logging.getLogger(record.name).handle(record)
