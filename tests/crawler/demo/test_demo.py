"""The demo: what it shows, and what it never removes."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.database.lock import crawl_lock
from crawler.demo import folder as demo_folder
from crawler.demo.demo import Stage, told


def demo(folder, **options):
    return subprocess.run(
        [sys.executable, "-P", "-m", "archive", "demo", folder],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def everything(folder):
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    # A reader may make these two, and leaves them.
    return {path: path.read_bytes() for path in files if not path.name.endswith(("-wal", "-shm"))}


@pytest.fixture
def demo_archive(made_demo, tmp_path):
    return Path(shutil.copytree(made_demo, tmp_path / "demo"))


@pytest.fixture
def archive_of_ones_own(three_days, tmp_path):
    return shutil.copytree(three_days, tmp_path / "archive")


def test_an_archive_of_ones_own_is_never_removed(archive_of_ones_own):
    before = everything(archive_of_ones_own)
    done = demo(archive_of_ones_own)
    assert done.returncode == 2
    assert "was not made by khobao demo" in done.stderr
    assert everything(archive_of_ones_own) == before


def test_neither_are_other_folders_and_files(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    for name in ("thesis", "thesis/chapter.txt"):
        assert demo(tmp_path / name).returncode == 2
    assert (tmp_path / "thesis" / "chapter.txt").read_text(encoding="utf-8") == "mine"


def test_a_demo_is_cleared_of_its_own_and_of_nothing_else(demo_archive):
    (demo_archive / "notes.txt").write_text("mine", encoding="utf-8")
    mine = next(demo_archive.glob("captures/*")) / "mine.warc.gz"
    mine.write_bytes(b"mine")
    demo_folder.clear(demo_archive)
    left = sorted(path.relative_to(demo_archive).as_posix() for path in everything(demo_archive))
    captures = mine.relative_to(demo_archive).as_posix()
    assert left == sorted([captures, "crawl.lock", "notes.txt"])


def test_a_demo_that_has_become_ones_own_is_kept(demo_archive):
    with Archive.open(demo_archive) as archive:
        archive.finish_crawl(
            archive.begin_crawl("crawl", {}), exit_code=0, reason="done", counts={}
        )
    before = everything(demo_archive)
    done = demo(demo_archive)
    assert done.returncode == 2
    assert "other commands have added to it" in done.stderr
    assert everything(demo_archive).keys() == before.keys()


def test_an_export_that_was_worked_on_is_kept(demo_archive):
    with (demo_archive / "articles.csv").open("a", encoding="utf-8") as stream:
        stream.write("my remarks\r\n")
    before = everything(demo_archive)
    done = demo(demo_archive)
    assert done.returncode == 2
    assert "was changed since the demo wrote it" in done.stderr
    assert everything(demo_archive) == before


def test_nothing_is_removed_while_a_crawl_runs(demo_archive):
    before = everything(demo_archive)
    with crawl_lock(demo_archive):
        done = demo(demo_archive)
    assert done.returncode == 6
    assert everything(demo_archive).keys() == before.keys()


def test_a_demo_that_did_not_end_is_begun_again(demo_archive):
    mark = demo_archive / demo_folder.MARK
    for text in ('{"made_by": "khobao demo", "finished": false}', '{"made_by"'):
        mark.write_text(text, encoding="utf-8")
        demo_folder.clear(shutil.copytree(demo_archive, demo_archive.with_name(f"c{len(text)}")))


def test_the_demo_is_a_show(tmp_path):
    done = demo("thử kho", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert 40 <= len(lines) <= 75, len(lines)
    assert "\x1b" not in done.stdout
    assert not re.search("warning", done.stdout + done.stderr, re.I)
    assert lines[-1].endswith("serve -a 'thử kho' --open")
    # Each command stands on one line, as a shell takes it.
    typed = [line[2:] for line in lines if line.startswith("$ ")]
    assert len(typed) >= 6
    for line in typed:
        assert "crawl" in line or line.endswith(("2", "'thử kho/articles.csv'")), line
    assert os.path.exists(tmp_path / "thử kho" / "articles.csv")


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
