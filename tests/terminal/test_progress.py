"""The line of a running crawl, on the terminals that people have."""

import pytest

from crawler.newsroom import Newsroom


@pytest.fixture
def newsroom():
    with Newsroom(articles=20, crawl_delay=0) as room:
        yield room


def crawl(terminal, folder, newsroom, *arguments, **options):
    return terminal(
        *("crawl", "-a", folder, "--base-url", newsroom.base_url, "--timeout", 3),
        *("--contact", "https://example.org/khobao", *(arguments or ("--delay", 0))),
        **options,
    )


@pytest.mark.parametrize(
    ("columns", "environment"),
    [(80, {}), (40, {}), (12, {}), (80, {"NO_COLOR": "1"}), (80, {"TERM": "dumb"})],
)
def test_a_crawl_on_a_terminal(terminal, newsroom, tmp_path, columns, environment):
    done = crawl(terminal, tmp_path / "a", newsroom, columns=columns, **environment).wait()
    assert done.code == 0, done.text
    assert "Traceback" not in done.text
    moving = environment.get("TERM") != "dumb"
    assert ("\x1b[?25l" in done.raw) == moving
    assert done.raw.count("\x1b[?25l") == done.raw.count("\x1b[?25h")
    if columns >= 40:
        assert not [line for line in done.wide_lines() if " pages · " in line]
        assert (" pages · " in done.text) == moving


def test_a_crawl_ends_well_on_ctrl_c(terminal, newsroom, tmp_path):
    running = crawl(terminal, tmp_path / "a", newsroom, "--delay", 0.3)
    running.see("3 pages")
    running.type("\x03")
    done = running.wait()
    assert "Traceback" not in done.text
    assert done.raw.count("\x1b[?25l") == done.raw.count("\x1b[?25h")
    assert "pages fetched" in done.text
