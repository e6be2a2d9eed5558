"""Which requests are answered: GET and HEAD, without a body, for an allowed host name.

A page of another site can make a browser send requests to the reading room, and with DNS rebinding
it could read the responses. So a request must name an allowed host. Requests that another site
embeds are refused; links from another site are followed, but run no SQL.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import parse_qsl

from archive.web.headers import Application, Receive, Scope, Send
from archive.web.request_limits import refuse

#: The longest address and the longest headers, in bytes. A long query is a few hundred letters.
MAX_ADDRESS = 16_384
MAX_HEADERS = 16_384

#: How many arguments an address may have. The table pages ask the database for each of some kinds.
MAX_ARGUMENTS = 60


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches a server that listens at *host*."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Hosts:
    """The host names that are allowed.

    An IP address is always allowed: after DNS rebinding a browser sends the foreign host name, not
    the address.

    >>> hosts = Hosts("0.0.0.0", ["bao.example.org"])
    >>> [hosts.allow(name) for name in ("bao.example.org:8001", "BAO.example.org.", "[::1]:80")]
    [True, True, True]
    >>> [hosts.allow(name) for name in ("evil.example", "", "bao.example.org.evil", "a@localhost")]
    [False, False, False, False]
    """

    def __init__(self, bound: str, allowed: Iterable[str] = ()) -> None:
        names = {"localhost", bound, *allowed}
        if not is_loopback(bound):
            names.add(socket.gethostname())
        self._names = frozenset(name.lower().rstrip(".") for name in names if name)

    def allow(self, host: str) -> bool:
        """Whether this Host header is allowed."""
        name = host.strip().lower()
        if name.startswith("["):
            name, bracket, port = name[1:].partition("]")
            if not bracket:
                return False
            port = port.removeprefix(":")
        else:
            name, _, port = name.partition(":")
        if port and not (port.isascii() and port.isdecimal()):
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name.rstrip(".") in self._names
        return True


def check_requests(application: Application, hosts: Hosts) -> Application:
    """Wrap *application*: refuse other methods, bodies, long requests and foreign host names."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        headers = scope["headers"]
        length = sum(len(name) + len(value) for name, value in headers)
        if len(scope.get("query_string", b"")) + len(scope["path"]) > MAX_ADDRESS:
            await _say(send, 414, f"The address is longer than {MAX_ADDRESS} bytes.")
        elif length > MAX_HEADERS:
            await _say(send, 431, f"The headers are longer than {MAX_HEADERS} bytes.")
        elif scope["method"] not in ("GET", "HEAD"):
            await _say(
                send, 405, "The reading room only answers GET and HEAD.", (b"allow", b"GET, HEAD")
            )
        elif _has_body(headers):
            await _say(send, 413, "The reading room accepts no request with a body.")
        elif not _asked_for(headers, hosts):
            await _say(
                send,
                421,
                "The reading room does not answer under the host name of this address. Its operator"
                " can add the name: khobao serve --allowed-host NAME.",
            )
        else:
            await application(scope, receive, send)

    return answer


def refuse_cross_site(application: Application) -> Application:
    """Wrap *application*: refuse requests that a page of another site embeds or fills with SQL."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        arguments = parse_qsl(
            scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True
        )
        if len(arguments) > MAX_ARGUMENTS:
            await refuse(scope, send, 400, "error.arguments", most=MAX_ARGUMENTS)
        elif headers.get(b"sec-fetch-site") in (b"cross-site", b"same-site"):
            link = (
                headers.get(b"sec-fetch-mode") == b"navigate"
                and headers.get(b"sec-fetch-dest") == b"document"
            )
            if not link or any(name in ("sql", "_where") for name, _ in arguments):
                await refuse(scope, send, 403, "error.elsewhere")
            else:
                await application(scope, receive, send)
        else:
            await application(scope, receive, send)

    return answer


def _has_body(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    for name, value in headers:
        if name == b"transfer-encoding" or (name == b"content-length" and value.strip() != b"0"):
            return True
    return False


def _asked_for(headers: Iterable[tuple[bytes, bytes]], hosts: Hosts) -> bool:
    names = [value for name, value in headers if name == b"host"]
    return len(names) == 1 and hosts.allow(names[0].decode("latin-1"))


async def _say(send: Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    """Answer with one line and close the connection, so that the rest of it is not read."""
    body = f"{text}\n".encode()
    fixed = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})
