"""``khobao serve``: copy the archive, answer requests, and change to newer copies."""

from __future__ import annotations

import asyncio
import ctypes
import secrets
import signal
import tempfile
import time
import warnings
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import UsageError
from archive.web import snapshot
from archive.web.headers import Application, Receive, Scope, Send

if TYPE_CHECKING:
    from archive.web.app import ReadingRoom

#: How often the archive is checked for changes, in seconds.
REFRESH = 300.0

#: How long downloads from an old copy may go on when there is a newer one, in seconds.
DRAIN = 900.0

#: The pause between two copies is at least so many times the time that a copy takes: a long crawl
#: into a large archive must not keep the machine copying.
REST = 20


@dataclass
class _Current:
    """One copy, the application on it, and how many requests it is answering."""

    room: ReadingRoom
    application: Application
    requests: int = 0


class ReloadingApp:
    """The ASGI application: each request is answered from the newest copy of the archive."""

    def __init__(self, archive: Path, **settings: Any) -> None:
        """*settings* are those of `ReadingRoom`."""
        self.archive = archive
        self._settings = settings
        # One secret for every copy, or each reload would invalidate the cookies of the last.
        self._secret = secrets.token_hex(32)
        self._folder = tempfile.TemporaryDirectory(prefix="khobao-", ignore_cleanup_errors=True)
        self._current: _Current | None = None

    async def open(self) -> None:
        """Copy the archive and answer from the copy from now on."""
        from archive.web.app import ReadingRoom

        copy = await asyncio.to_thread(snapshot.make, self.archive, Path(self._folder.name))
        room = ReadingRoom(copy, secret=self._secret, **self._settings)
        await room.invoke_startup()
        old, self._current = self._current, _Current(room, room.app())
        if old is not None:
            deadline = time.monotonic() + DRAIN
            while old.requests and time.monotonic() < deadline:
                await asyncio.sleep(0.05)
            await asyncio.to_thread(old.room.close)
            old.room.snapshot.path.unlink()

    async def refresh(self) -> bool:
        """Move to a new copy if the archive holds something new; whether it did."""
        assert self._current is not None
        current = self._current.room.snapshot
        if not await asyncio.to_thread(snapshot.changed, self.archive, current):
            return False
        await self.open()
        return True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request from the copy that is the newest when it arrives."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        current = self._current
        assert current is not None
        current.requests += 1
        try:
            await current.application(scope, receive, send)
        finally:
            current.requests -= 1

    def close(self) -> None:
        """Delete the copy."""
        if self._current is not None:
            self._current.room.close()
        self._folder.cleanup()


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def serve(
    archive_path: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    refresh: float | None = REFRESH,
    base_url: str = "/",
    allowed_hosts: Sequence[str] = (),
    sql: bool | None = None,
    time_limit: float | None = None,
    say: Callable[[str], Any] = lambda _: None,
) -> None:
    """Serve the archive until interrupted; *say* is called with the address once it answers.

    Every *refresh* seconds a changed archive is copied again, and new requests are answered from
    the new copy; None never looks. Port 0 takes any free port. The server answers under loopback
    names, *host* and *allowed_hosts*. *sql* lets visitors run SQL of their own; None means: only if
    no other computer can reach the server.
    """
    snapshot.database_of(archive_path)
    try:
        import uvicorn

        import archive.web.app  # noqa: F401
        from archive.web import connections
        from archive.web.admission import Hosts, is_loopback
        from archive.web.request_limits import TIME_LIMIT
    except ImportError as error:
        raise UsageError(
            f"The reading room needs {error.name}: install khobao with the extra `web`"
            " (pip install 'khobao[web]')."
        ) from error
    _give_memory_back()
    with suppress(ValueError):  # not the main thread
        # uvicorn sends SIGTERM again after its own end: as an exception, or the copy would be left.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Datasette leaves coroutines behind where an address is wrong; a visitor may repeat that.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    application = ReloadingApp(
        Path(archive_path),
        base_url=base_url,
        hosts=Hosts(host, allowed_hosts),
        sql=is_loopback(host) and not allowed_hosts if sql is None else sql,
        time_limit=time_limit or TIME_LIMIT,
    )
    config = uvicorn.Config(application, host=host, port=port, **connections.settings())
    server = uvicorn.Server(config)

    async def run() -> None:
        await application.open()
        tasks = {asyncio.create_task(server.serve())}
        while not server.started and not all(task.done() for task in tasks):
            await asyncio.sleep(0.01)
        if server.started:
            connections.lengthen_queue(server)
            number = server.servers[0].sockets[0].getsockname()[1]
            shown = f"[{host}]" if ":" in host else host
            address = f"http://{shown}:{number}{base_url}"
            say(f"The reading room is open at {address} (Ctrl-C closes it).")
            if host in ("0.0.0.0", "::"):
                say(
                    "Warning: it listens on all addresses of this computer. Everybody who reaches"
                    " one of them can read and download the whole archive, without a password."
                )
            if open_browser:
                await asyncio.to_thread(webbrowser.open, address)
            if refresh is not None:
                tasks.add(asyncio.create_task(_refreshing(application, refresh, say)))
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            task.result()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        pass
    finally:
        application.close()


def _give_memory_back() -> None:
    """Have GNU's allocator return large blocks to the system once they are free.

    By default it raises its threshold to the largest block it ever freed, and keeps such blocks:
    the memory of a few pages of 20 MB is then never returned. Other allocators do not need this.
    """
    mmap_threshold, arena_max = -3, -8
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(mmap_threshold, 1 << 17)
        library.mallopt(arena_max, 2)


async def _refreshing(application: ReloadingApp, every: float, say: Callable[[str], Any]) -> None:
    pause = every
    while True:
        await asyncio.sleep(pause)
        began = time.monotonic()
        try:
            await application.refresh()
        except Exception as error:  # noqa: BLE001 - a failed reload must not end the server
            say(f"The reading room keeps its last copy of the archive: {error}")
        pause = max(every, REST * (time.monotonic() - began))
