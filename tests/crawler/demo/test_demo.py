"""The demo: what it shows."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from archive.archive import Archive
from crawler.demo.demo import Stage, told


@pytest.fixture
def demo_archive(made_demo, tmp_path):
    return Path(shutil.copytree(made_demo, tmp_path / "demo"))


def test_the_demo_is_a_show(run_of_demo):
    said, errors = (
        (run_of_demo / name).read_text(encoding="utf-8") for name in ("stdout", "stderr")
    )
    lines = said.splitlines()
    assert 40 <= len(lines) <= 75, len(lines)
    assert "\x1b" not in said
    assert not re.search("warning", said + errors, re.I)
    assert lines[-1].endswith("serve -a 'thử kho' --open")
    # Each command stands on one line, as a shell takes it.
    typed = [line[2:] for line in lines if line.startswith("$ ")]
    assert len(typed) >= 6
    for line in typed:
        assert "crawl" in line or line.endswith(("2", "'thử kho/articles.csv'")), line
    assert (run_of_demo / "thử kho" / "articles.csv").exists()


def test_the_edit_that_is_shown_is_a_telling_one(demo_archive):
    key, before, after = Stage(demo_archive).telling_edit()
    with Archive.open(demo_archive, read_only=True) as archive:
        found = {r.number: r for r in archive.article(key).revisions}
    assert found[int(after)].edit == "silent"
    assert found[int(before)].article.body != found[int(after)].article.body


def test_a_count_is_a_sentence():
    assert told(Counter(fetched=3, new=2, failed=2)) == [
        "2 new articles; 3 pages read",
        "2 pages were refused or broken: kept as evidence, and asked for again",
    ]
