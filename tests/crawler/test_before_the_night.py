"""What is found before the first request, and the bound that ends a run: O15, O17 and O24."""

import pytest

from tests.crawler.nights import Night
from tests.crawler.small_paper import running


@pytest.fixture
def paper():
    with running() as paper:
        yield paper


def test_a_folder_that_is_not_there_is_no_new_archive(tmp_path, paper):
    """The disk is not mounted, or the name has a typing error."""
    folder = tmp_path / "not-mounted"
    said = Night(folder, paper).khobao("crawl", "-a", folder, code=2).stderr
    assert "disk mounted?" in said
    assert "khobao init" in said
    assert not folder.exists()


def test_a_folder_that_cannot_take_captures_is_found_before_the_first_request(tmp_path, paper):
    """A file stands where the folder should be: also root cannot write there."""
    night = Night(tmp_path / "archive", paper)
    night.path.mkdir()
    (night.path / "captures").write_text("a file")
    options = ("--base-url", paper.base_url, "--delay", 0)
    done = night.khobao("crawl", "-a", night.path, *options, code=None)
    assert done.returncode not in (0, 3)
    assert "captures" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert paper.requests == []


def test_lists_without_an_end_stop_at_the_bound(tmp_path, paper):
    """A calendar that links to the next day for ever, each day with an article of its own."""
    night = Night(tmp_path / "archive", paper)
    night.path.mkdir()
    (night.path / "khobao.toml").write_text("[crawl]\nmax_requests = 12\n")
    paper.articles = 400
    summary = night.crawl(0, "--full", code=5)
    assert "max_requests" in summary["reason"]
    assert len(paper.requests) <= 12 + 3  # robots.txt, and what was on its way
    # The next run goes on from there.
    kept = night.rows("SELECT count(*) FROM articles")[0][0]
    night.crawl(1, code=None)
    assert night.rows("SELECT count(*) FROM articles")[0][0] > kept
