"""``python -m newsroom --port 8080 --day 0 --articles 2000`` serves until interrupted.

On SIGUSR1 a day passes.
"""

from __future__ import annotations

import signal
import threading
from datetime import datetime

import click

from newsroom.dress import SISTERS
from newsroom.newspaper import ARTICLES, TODAY
from newsroom.server import Newsroom


@click.command()
@click.option("--port", default=0, show_default="a free one", help="Port on 127.0.0.1.")
@click.option("--day", default=0, show_default=True, help="Day of the script to begin with.")
@click.option("--articles", default=ARTICLES, show_default=True, help="Articles on day 0.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=TODAY.isoformat(),
    show_default=True,
    help="The date of day 0.",
)
@click.option("--crawl-delay", default=0.02, show_default=True, help="What robots.txt asks for.")
@click.option("--cache", default=64, show_default=True, help="Megabytes of pages kept ready.")
@click.option(
    "--paper", "sister", type=click.Choice(list(SISTERS)), help="In the dress of this sister paper."
)
def main(
    port: int,
    day: int,
    articles: int,
    today: datetime,
    crawl_delay: float,
    cache: int,
    sister: str | None,
) -> None:
    """Serve the newsroom; prints its address."""
    newsroom = Newsroom(
        day,
        articles=articles,
        today=today.date(),
        port=port,
        crawl_delay=crawl_delay,
        cache_bytes=cache * 1_000_000,
        sister=sister,
    )
    done = threading.Event()

    def stop(*_: object) -> None:
        done.set()

    def pass_a_day(*_: object) -> None:
        newsroom.set_day(newsroom.day + 1)
        click.echo(f"day {newsroom.day}")

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGUSR1, pass_a_day)
    with newsroom:
        click.echo(newsroom.base_url)
        done.wait()


if __name__ == "__main__":
    main()
