"""``khobao serve``: publish, open the room, and move to a newer snapshot while people read."""

from __future__ import annotations

import asyncio
import ctypes
import secrets
import time
import warnings
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import UsageError
from archive.web import snapshot
from archive.web.headers import Application, Receive, Scope, Send

if TYPE_CHECKING:
    from archive.web.app import Room

#: How often the archive is asked whether it holds something new, in seconds.
REFRESH = 300.0

#: How long a room stays open for the downloads in it once there is a newer one, in seconds.
DRAIN = 900.0

#: After a new copy was made, the next waits for so many times as long as that took: a long crawl
#: into a large archive must not keep the machine copying.
REST = 20


class Door:
    """The application that uvicorn runs: it passes each request on to the room that is open now."""

    def __init__(self, archive: Path, **settings: Any) -> None:
        """*settings* are those of `Room`."""
        self.archive = archive
        self._settings = settings
        # One secret for every room, or each refresh would invalidate the cookies of the last.
        self._secret = secrets.token_hex(32)
        self._room: Room | None = None
        self._application: Application | None = None
        self._inside: dict[int, int] = {}

    async def open(self) -> None:
        """Publish the archive if it has changed, and open the room on the newest snapshot."""
        from archive.web.app import Room

        path = await asyncio.to_thread(snapshot.publish, self.archive)
        room = Room(path, secret=self._secret, **self._settings)
        await room.open()
        before, self._room, self._application = self._room, room, room.app()
        if before is not None:
            left = time.monotonic() + DRAIN
            while self._inside.get(id(before), 0) and time.monotonic() < left:
                await asyncio.sleep(0.05)
            await asyncio.to_thread(before.close)

    async def refresh(self) -> bool:
        """Open a new room if the archive holds something new; whether it did."""
        assert self._room is not None
        if not await asyncio.to_thread(snapshot.changed, self.archive, self._room.snapshot):
            return False
        await self.open()
        return True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request from the room that is open when it arrives."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        room, application = self._room, self._application
        assert room is not None
        assert application is not None
        self._inside[id(room)] = self._inside.get(id(room), 0) + 1
        try:
            await application(scope, receive, send)
        finally:
            self._inside[id(room)] -= 1

    def close(self) -> None:
        """Close the room."""
        if self._room is not None:
            self._room.close()


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
    """Serve the archive until interrupted; *say* is told the address once it answers.

    Every *refresh* seconds a changed archive is published again and the room moves to the new copy
    without losing a request; None never looks. Port 0 takes any free port. The room answers under
    loopback names, *host* and *allowed_hosts*. Visitors may run SQL of their own if *sql* says so;
    None means: if only this computer reaches the room.
    """
    snapshot.database_of(archive_path)
    try:
        import uvicorn

        import archive.web.app  # noqa: F401
        from archive.web import connections
        from archive.web.admission import Hosts, is_loopback
        from archive.web.limits import TIME_LIMIT
    except ImportError as error:
        raise UsageError(
            f"The reading room needs {error.name}: install khobao with the extra `web`"
            " (pip install 'khobao[web]')."
        ) from error
    _give_memory_back()
    # Datasette leaves coroutines behind where an address is wrong; a visitor may repeat that.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    door = Door(
        Path(archive_path),
        base_url=base_url,
        hosts=Hosts(host, allowed_hosts),
        sql=is_loopback(host) and not allowed_hosts if sql is None else sql,
        time_limit=time_limit or TIME_LIMIT,
    )
    config = uvicorn.Config(door, host=host, port=port, **connections.settings())
    server = uvicorn.Server(config)

    async def run() -> None:
        await door.open()
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
                tasks.add(asyncio.create_task(_refreshing(door, refresh, say)))
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
        door.close()


def _give_memory_back() -> None:
    """Have GNU's allocator return large blocks to the system once they are free.

    By itself it raises its threshold to the largest block it ever freed, and keeps them all; a few
    pages of 20 MB are then never given back. Elsewhere there is no such function, and no need.
    """
    mmap_threshold, arena_max = -3, -8
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(mmap_threshold, 1 << 17)
        library.mallopt(arena_max, 2)


async def _refreshing(door: Door, every: float, say: Callable[[str], Any]) -> None:
    pause = every
    while True:
        await asyncio.sleep(pause)
        began = time.monotonic()
        try:
            await door.refresh()
        except Exception as error:  # noqa: BLE001 - a failed refresh must not close the room
            say(f"The room stays on its last snapshot: {error}")
        pause = max(every, REST * (time.monotonic() - began))
