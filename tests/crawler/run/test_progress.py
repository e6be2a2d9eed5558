"""The line of a running crawl, on the terminals that people have."""

import time

import pytest

from archive.archive import Archive
from newsroom import Newsroom


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
    few = ("--delay", 0, "--max-articles", 3)
    running = crawl(terminal, tmp_path / "a", newsroom, *few, columns=columns, **environment)
    done = running.wait()
    assert done.code == 0, done.text
    assert "Traceback" not in done.text
    moving = environment.get("TERM") != "dumb"
    assert ("\x1b[?25l" in done.raw) == moving
    assert done.raw.count("\x1b[?25l") == done.raw.count("\x1b[?25h")
    if columns >= 40:
        assert not done.wide_lines()
        assert "WARNING" not in done.text
        assert (" pages · " in done.text) == moving


def test_a_crawl_ends_well_on_ctrl_c(terminal, newsroom, tmp_path):
    running = crawl(terminal, tmp_path / "a", newsroom, "--delay", 0.3)
    running.see("3 pages")
    running.type("\x03")
    done = running.wait()
    assert "Traceback" not in done.text
    assert done.raw.count("\x1b[?25l") == done.raw.count("\x1b[?25h")
    assert "pages fetched" in done.text


@pytest.mark.parametrize("pause", [0, 0.3])
def test_a_second_ctrl_c_ends_a_crawl_at_once(terminal, newsroom, tmp_path, pause):
    running = crawl(terminal, tmp_path / "a", newsroom, "--delay", 3)
    running.see("2 pages")
    running.type("\x03")
    time.sleep(pause)
    running.type("\x03")
    done = running.wait(60)
    assert "Traceback" not in done.text, done.text
    assert done.code == 130
    assert done.raw.count("\x1b[?25l") == done.raw.count("\x1b[?25h")
    again = crawl(terminal, tmp_path / "a", newsroom, "--delay", 0, "--max-articles", 3).wait()
    assert again.code == 0, again.text


@pytest.mark.parametrize("command", ["crawl", "backfill"])
def test_a_crawl_of_the_site_without_a_contact_says_so_once(terminal, tmp_path, command):
    Archive.open(tmp_path / "a", create=True).close()
    # The site's host does not resolve: the crawl ends at once, with a code of its own.
    running = terminal(command, "-a", tmp_path / "a", "--timeout", 1, columns=200)
    running.see("Note: ", seconds=30)
    assert running.text.count("names nobody to ask") == 1
    running.type("\x03")
    running.type("\x03")
    assert "Traceback" not in running.wait().text


def test_what_lies_in_the_current_folder_is_not_imported(newsroom, tmp_path, terminal):
    for name in ("random", "queue", "pickle", "crawler", "archive", "idna"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    done = crawl(terminal, tmp_path / "a", newsroom, cwd=tmp_path).wait()
    assert done.code == 0, done.text
    assert "imported" not in done.text
