"""Which requests are answered: read-only, without a body, by a known name, not for another site."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from archive.web import admission

SQL = "/archive.json?sql=select+1&_shape=array"


@pytest.mark.parametrize(
    ("bound", "loopback"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.4", False), ("archive.example", False),
    ],
)  # fmt: skip
def test_loopback_is_known(bound: str, loopback: bool) -> None:
    assert admission.is_loopback(bound) is loopback


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST:8001", "127.0.0.1", "127.0.0.1:8001", "[::1]:8001", "10.0.0.7:80",
        "localhost.", "[fe80::1]",
    ],
)  # fmt: skip
def test_the_room_answers_by_its_names_and_by_any_address(client: Any, host: str) -> None:
    assert client.get("/guide", host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8001",
        "localhost@evil.example", "localhost:x", "", "127.0.0.1, localhost", "[::1", "0x7f.1.evil",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", SQL, "/archive.db", "/static/room.css"])
def test_under_another_name_nothing_is_read(client: Any, host: str, path: str) -> None:
    answer = client.get(path, host=host)
    assert answer.status_code == 421
    assert "--allowed-host" in answer.text
    assert len(answer.content) < 300


def test_names_that_were_added_are_known() -> None:
    hosts = admission.Hosts("0.0.0.0", ["bao.example.org"])
    assert hosts.allow("bao.example.org")
    assert hosts.allow(socket.gethostname())
    assert not hosts.allow("0.0.0.0.evil.example")
    assert not admission.Hosts("127.0.0.1").allow("bao.example.org")


@pytest.mark.parametrize(
    "method",
    ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"],
)
@pytest.mark.parametrize("path", ["/", "/search?q=dan", "/-/messages", "/archive/silent_edits"])
def test_only_get_and_head_are_answered(client: Any, method: str, path: str) -> None:
    answer = client.ask(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-security-policy"]


def test_head_has_the_headers_and_no_body(client: Any) -> None:
    for path in ("/", "/search.csv?q=dan", "/archive/articles.csv?_stream=1", "/archive.db", SQL):
        answer = client.ask("HEAD", path)
        assert answer.status_code == 200, path
        assert answer.content == b"", path
        assert answer.headers["content-type"] == client.get(path).headers["content-type"], path


@pytest.mark.parametrize(
    "headers",
    [
        {"content-length": "200000000"}, {"content-length": "1"}, {"content-length": "²".encode()},
        {"transfer-encoding": "chunked"},
    ],
)  # fmt: skip
def test_a_body_is_refused_before_it_is_read(address: str, headers: dict[str, Any]) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    for method in (b"GET", b"POST"):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            lines = b"".join(
                name.encode() + b": " + (value if isinstance(value, bytes) else value.encode())
                + b"\r\n"
                for name, value in headers.items()
            )  # fmt: skip
            connection.sendall(
                method + b" /search HTTP/1.1\r\nHost: localhost\r\n" + lines + b"\r\n"
            )
            answer = b""
            while part := connection.recv(65_536):  # the room closes the connection itself
                answer += part
        status = int(answer.split(b" ")[1])
        assert status == (405 if method == b"POST" and b"\xc2" not in lines else status)
        assert status in (400, 405, 413)


def test_long_addresses_and_headers_are_refused(client: Any) -> None:
    assert client.get("/search?q=" + "a" * 17_000).status_code == 414
    assert client.get("/guide", cookie="a" * 17_000).status_code == 431
    assert client.get("/search?" + "&".join(["q=a"] * 61)).status_code == 400


ELSEWHERE = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
LINK = {**ELSEWHERE, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/", "/search.csv", SQL, "/archive/articles", "/static/room.css"])
def test_what_a_foreign_page_embeds_is_refused(client: Any, path: str, site: str) -> None:
    answer = client.get(path, **{**ELSEWHERE, "sec-fetch-site": site})
    assert answer.status_code == 403
    frame = {**LINK, "sec-fetch-site": site, "sec-fetch-dest": "iframe"}
    assert client.get(path, **frame).status_code == 403


def test_a_link_from_a_foreign_page_is_followed_but_runs_no_sql(client: Any) -> None:
    for path in ("/", "/search?q=dan", "/article/dto:80111", "/archive/silent_edits"):
        assert client.get(path, **LINK).status_code == 200, path
    for path in (SQL, "/archive?sql=select+1", "/archive/articles?_where=1=1"):
        answer = client.get(path, **LINK)
        assert answer.status_code == 403, path
        assert "trang web khác" in answer.text
        assert client.get(path, **{**LINK, "sec-fetch-site": "none"}).status_code == 200, path
        assert client.get(path, **{**LINK, "sec-fetch-site": "same-origin"}).status_code == 200, (
            path
        )


@pytest.mark.parametrize(
    "path",
    [
        "/-/patterns", "/-/messages", "/-/permissions", "/-/allow-debug", "/-/logout",
        "/-/auth-token", "/-/actor.json", "/-/databases.json", "/-/databases", "/-/versions.json",
        "/-/plugins.json", "/-/settings.json", "/-/config.json", "/-/metadata.json",
        "/-/threads.json", "/-/static-plugins/x/y.js",
    ],
)  # fmt: skip
def test_pages_of_datasettes_own_are_closed(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_editor_of_sql_still_has_its_script(client: Any) -> None:
    assert client.get("/-/static/codemirror-5.57.0.min.js").status_code == 200
