"""Connections that are silent end; when there are too many, the one that waited longest goes."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest

from archive.web import connections


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience of a second, and five connections."""
    monkeypatch.setattr(connections, "ARRIVAL", 1.0)
    monkeypatch.setattr(connections, "STALL", 2.0)
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 5)


@pytest.fixture
def served(newsstand: Any, archive: Any, quick: None) -> Iterator[tuple[str, int]]:
    opened = newsstand.Served(archive)
    host, _, port = opened.address.removeprefix("http://").partition(":")
    yield host, int(port)
    opened.close()


def ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def test_a_request_that_does_not_arrive_is_not_waited_for(served: tuple[str, int]) -> None:
    with socket.create_connection(served, timeout=10) as connection:
        began = time.monotonic()
        connection.sendall(b"GET /guide HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(6):  # a letter now and then does not help
            try:
                connection.sendall(b"X")
            except OSError:
                break
            time.sleep(0.3)
        assert ended(connection)
        assert time.monotonic() - began < 5


def test_the_newest_connection_takes_the_place_of_the_longest_silent(
    served: tuple[str, int],
) -> None:
    silent = [socket.create_connection(served, timeout=10) for _ in range(5)]
    time.sleep(0.2)
    with urlopen(f"http://{served[0]}:{served[1]}/guide", timeout=10) as answer:
        assert answer.status == 200
    assert ended(silent[0])
    for connection in silent:
        connection.close()


def test_a_reader_who_takes_nothing_is_left(served: tuple[str, int]) -> None:
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(10)
        connection.connect(served)
        connection.sendall(b"GET /archive.db HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
        time.sleep(4)
        received = 0
        try:
            while part := connection.recv(1 << 16):
                received += len(part)
        except ConnectionError:
            pass
        assert received < 8_000_000


def test_the_number_of_connections_follows_the_descriptors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def limit(soft: int) -> int:
        monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
        return connections.most_connections()

    assert limit(256) == 96
    assert limit(65_536) == connections.MAX_CONNECTIONS
    assert limit(resource.RLIM_INFINITY) == connections.MAX_CONNECTIONS
    assert limit(64) == 8
