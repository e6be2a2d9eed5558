"""``khobao serve``: the reading room, in the browser."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import click

from archive.commands.options import archive_option
from archive.errors import UsageError


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 takes any free port.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--refresh",
    default=300.0,
    show_default=True,
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How often to look for new articles; 0 never looks.",
)
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    metavar="URL",
    help="Path or public URL at which a reverse proxy serves the room.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Also answer under this host name; may be repeated.",
)
@click.option(
    "--sql/--no-sql",
    default=None,
    help="Whether visitors may run SQL of their own. By default only if no other computer can reach"
    " the room.",
)
@click.option(
    "--time-limit",
    default=2.0,
    show_default=True,
    type=click.FloatRange(min=0.1, max=60),
    metavar="SECONDS",
    help="Time limit of one page; a very large archive may need more.",
)
def serve(
    path: Path,
    host: str,
    port: int,
    open_browser: bool,
    refresh: float,
    base_url: str,
    allowed_hosts: tuple[str, ...],
    sql: bool | None,
    time_limit: float,
) -> None:
    """Open the reading room: search, read, compare and count in a browser.

    It reads a copy of the archive in the temporary folder, so a crawl may run meanwhile. A changed
    archive is copied again every --refresh seconds at most; set TMPDIR to choose the folder.

    \b
    Examples:
      khobao serve --open
      khobao serve -a /srv/dongthap --host 0.0.0.0 --no-sql
    """
    public = urlsplit(base_url)
    if public.scheme not in ("", "http", "https") or bool(public.scheme) != bool(public.netloc):
        raise UsageError(
            f"--base-url {base_url}: expected a path such as /bao/ or a URL such as"
            " https://bao.example.org/bao/"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}, port {port}: {error.strerror};"
            " choose another with --port, or let --port 0 take any that is free"
        ) from error
    from archive import web

    web.serve(
        path,
        host=host,
        port=port,
        open_browser=open_browser,
        refresh=refresh or None,
        base_url=f"/{public.path.strip('/')}/".replace("//", "/"),
        allowed_hosts=(*allowed_hosts, *([public.hostname] if public.hostname else [])),
        sql=sql,
        time_limit=time_limit,
        say=lambda message: click.echo(message, err=True),
    )
