"""The demo's folder: cleared of what the demo made, and of nothing else."""

import shutil
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.database.lock import crawl_lock
from archive.errors import ArchiveLocked, UsageError
from crawler.demo.folder import MARK, clear, mark


def everything(folder):
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    # A reader may make the first two, and leaves them; whoever looks for a writer, the third.
    passing = ("-wal", "-shm", "crawl.lock")
    return {path: path.read_bytes() for path in files if not path.name.endswith(passing)}


def refused(folder, message, error=UsageError):
    before = everything(folder)
    with pytest.raises(error, match=message):
        clear(folder)
    assert everything(folder) == before


@pytest.fixture
def demo_archive(three_days, tmp_path):
    """What a demo leaves: an archive, an export, a published copy, and the mark."""
    folder = Path(shutil.copytree(three_days, tmp_path / "demo"))
    (folder / "articles.csv").write_text("id,title\r\n", encoding="utf-8")
    (folder / "published").mkdir()
    (folder / "published" / "1.db").write_bytes(b"a copy")
    mark(folder, finished=True)
    return folder


def test_an_archive_of_ones_own_is_never_removed(three_days, tmp_path):
    mine = shutil.copytree(three_days, tmp_path / "archive")
    refused(mine, "was not made by khobao demo")


def test_neither_are_other_folders_and_files(tmp_path):
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "chapter.txt").write_text("mine", encoding="utf-8")
    refused(thesis, "was not made by khobao demo")
    with pytest.raises(UsageError, match="is a file"):
        clear(thesis / "chapter.txt")
    assert (thesis / "chapter.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_none_at_all_need_no_clearing(tmp_path):
    clear(tmp_path)
    clear(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_demo_is_cleared_of_its_own_and_of_nothing_else(demo_archive):
    (demo_archive / "notes.txt").write_text("mine", encoding="utf-8")
    mine = next(demo_archive.glob("captures/*")) / "mine.warc.gz"
    mine.write_bytes(b"mine")
    clear(demo_archive)
    left = sorted(path.relative_to(demo_archive).as_posix() for path in everything(demo_archive))
    captures = mine.relative_to(demo_archive).as_posix()
    assert left == sorted([captures, "notes.txt"])


def test_a_demo_that_has_become_ones_own_is_kept(demo_archive):
    with Archive.open(demo_archive) as archive:
        archive.finish_crawl(
            archive.begin_crawl("crawl", {}), exit_code=0, reason="done", counts={}
        )
    refused(demo_archive, "other commands have added to it")


def test_reading_the_captures_again_adds_nothing_of_ones_own(demo_archive):
    with Archive.open(demo_archive) as archive:
        archive.finish_crawl(
            archive.begin_crawl("reextract", {}), exit_code=0, reason="done", counts={}
        )
    clear(demo_archive)
    assert not (demo_archive / "archive.db").exists()


def test_an_export_that_was_worked_on_is_kept(demo_archive):
    with (demo_archive / "articles.csv").open("a", encoding="utf-8") as stream:
        stream.write("my remarks\r\n")
    refused(demo_archive, "was changed since the demo wrote it")


def test_nothing_is_removed_while_a_crawl_runs(demo_archive):
    with crawl_lock(demo_archive):
        refused(demo_archive, "archive", ArchiveLocked)


@pytest.mark.parametrize("text", ['{"made_by": "khobao demo", "finished": false}', '{"made_by"'])
def test_a_demo_that_did_not_end_is_begun_again(demo_archive, text):
    """Its captures are not listed yet; those of a run that was killed are still open."""
    (demo_archive / MARK).write_text(text, encoding="utf-8")
    warc = next(demo_archive.glob("captures/*/*.warc.gz"))
    warc.rename(warc.with_name(f"{warc.name}.open"))
    clear(demo_archive)
    assert everything(demo_archive) == {}
    assert not (demo_archive / "captures").exists()
