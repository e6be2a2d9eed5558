"""A few requests of a kind at a time; pieces that wait for the reader; one deadline for a request."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

import pytest

from archive.web import request_limits
from archive.web.request_limits import Busy, Limits, Slots
from tests.apart import run_apart


def scope(path: str, query: str = "", method: str = "GET") -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": query.encode(),
        "headers": [],
    }  # fmt: skip


async def never() -> Any:
    await asyncio.Event().wait()


class Sent(list[Any]):
    """What was sent to a reader."""

    async def __call__(self, message: Any) -> None:
        self.append(message)

    @property
    def status(self) -> int:
        return int(self[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self[1:])


def test_a_request_without_a_place_is_refused_at_once() -> None:
    async def run() -> None:
        slots = Slots(1, 1)
        await slots.take()
        waiting = asyncio.create_task(slots.take())
        await asyncio.sleep(0)
        began = time.monotonic()
        with pytest.raises(Busy):
            await slots.take()
        assert time.monotonic() - began < 0.1
        slots.leave()
        await waiting
        with pytest.raises(Busy):  # it waits for a moment, and no longer
            await slots.take()
        assert (
            request_limits.PATIENCE * 0.8 < time.monotonic() - began < request_limits.PATIENCE + 1
        )
        slots.leave()
        await slots.take()

    run_apart(run())


@pytest.mark.parametrize(
    ("path", "query", "kind"),
    [
        ("/guide", "", None), ("/static/room.css", "v=1", None), ("/search", "q=a", "search"),
        ("/search.csv", "", "download"), ("/search-excel.csv", "", "download"),
        ("/trends", "", "trends"), ("/trends.csv", "", "trends"), ("/", "", "page"),
        ("/article/dto:1", "", "page"), ("/archive", "sql=x", "data"),
        ("/archive/articles.csv", "_stream=on&_size=max", "download"),
        ("/archive/articles.csv", "", "data"), ("/archive.db", "", "download"),
        ("/nowhere", "", "data"),
    ],
)  # fmt: skip
def test_each_request_is_of_a_kind(path: str, query: str, kind: str | None) -> None:
    assert Limits().kind(path, query) == kind
    assert Limits(base_url="/bao/").kind(f"/bao{path}", query) == kind


def test_a_slow_kind_makes_no_other_wait() -> None:
    async def run() -> None:
        room = Limits()
        release = asyncio.Event()

        async def application(scope: Any, receive: Any, send: Any) -> None:
            if scope["path"] == "/trends":
                await release.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x"})

        limited = room.limited(application)
        slow = [Sent() for _ in range(20)]
        tasks = [asyncio.create_task(limited(scope("/trends"), never, sent)) for sent in slow]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        quick = Sent()
        await limited(scope("/search"), never, quick)
        assert time.monotonic() - began < 0.2
        assert quick.status == 200
        release.set()
        await asyncio.gather(*tasks)
        refused = [sent for sent in slow if sent.status == 503]
        assert len(refused) == 15
        assert (b"retry-after", b"3") in refused[0][0]["headers"]
        again = Sent()
        await limited(scope("/trends"), never, again)
        assert again.status == 200

    run_apart(run())


def test_a_long_answer_is_sent_in_pieces_that_wait() -> None:
    async def run() -> None:
        room = Limits()

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x" * 1_000_000})

        sent = Sent()
        await room.limited(application)(scope("/"), never, sent)
        assert sent.body == b"x" * 1_000_000
        assert max(len(message["body"]) for message in sent[1:]) == request_limits.PIECE
        assert [message["more_body"] for message in sent[1:]] == [True] * 15 + [False]

    run_apart(run())


def test_what_is_being_sent_has_a_bound() -> None:
    async def run() -> None:
        room = Limits()
        stalled = asyncio.Event()

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x" * 40_000_000})

        class Slow(Sent):
            async def __call__(self, message: Any) -> None:
                await super().__call__(message)
                await stalled.wait()

        first = asyncio.create_task(room.limited(application)(scope("/"), never, Slow()))
        await asyncio.sleep(0.05)
        second = Sent()
        await room.limited(application)(scope("/"), never, second)
        assert second.status == 503
        stalled.set()
        await first
        third = Sent()
        await room.limited(application)(scope("/"), never, third)
        assert len(third.body) == 40_000_000

    run_apart(run())


def test_an_answer_ends_with_its_reader() -> None:
    async def run() -> None:
        room = Limits()
        gone = asyncio.Event()
        parts = 0

        async def receive() -> Any:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def application(scope: Any, receive: Any, send: Any) -> None:
            nonlocal parts
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for parts in range(1_000):
                with suppress(Exception):  # as Datasette does
                    await send({"type": "http.response.body", "body": b"x", "more_body": True})
                if parts == 3:
                    gone.set()
                await asyncio.sleep(0)

        await room.limited(application)(scope("/search.csv"), receive, Sent())
        assert parts < 10
        await asyncio.gather(*(room.slots["download"].take() for _ in range(4)))

    run_apart(run())


def test_the_work_of_a_request_has_one_deadline_and_that_of_a_download_none() -> None:
    async def run() -> None:
        room = Limits(time_limit=1.0)
        left: dict[str, list[float]] = {}

        async def application(scope: Any, receive: Any, send: Any) -> None:
            found = left.setdefault(scope["path"], [])
            for _ in range(2):
                found.append(request_limits.time_left(room.time_limit))
                await asyncio.sleep(0.1)
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        for path in ("/search", "/search.csv"):
            await room.limited(application)(scope(path), never, Sent())
        first, second = left["/search"]
        assert second < first - 0.05 < 1
        assert left["/search.csv"] == [1.0, 1.0]
        assert request_limits.time_left(7.0) == 7.0

    run_apart(run())


def test_our_own_pages_end_at_the_deadline(client: Any) -> None:
    from datasette.database import QueryInterrupted

    endless = "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
    for seconds in (0.2, -1.0):
        began = time.monotonic()
        with pytest.raises((QueryInterrupted, Exception), match="interrupted"):
            client.run(
                client.room.archive.execute_fn(
                    lambda connection: connection.execute(endless).fetchone(), seconds=seconds
                )
            )
        assert time.monotonic() - began < 2
    # The handler is gone again.
    answer = client.run(client.room.archive.execute_fn(lambda c: c.execute("select 1").fetchone()))
    assert tuple(answer) == (1,)
