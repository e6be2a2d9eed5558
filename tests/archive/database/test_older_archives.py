"""An archive that an older khobao made: it opens, is whole, and says what it said.

``archive-9be7a5e.zip`` was made by ``archive-9be7a5e.py.txt`` with the code of that commit, the
last before the text of an article stood once. It holds the exports that the older code made of it, too.
"""

from __future__ import annotations

import csv
import json
import logging
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.database import connection as opening
from archive.export.export import export
from archive.verify.verify import verify
from crawler.ingest.classify import read_article

FILE = Path(__file__).with_name("archive-9be7a5e.zip")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    shutil.unpack_archive(FILE, tmp_path / "archive")
    return tmp_path / "archive"


def test_it_opens_and_is_whole(older: Path) -> None:
    Archive.open(older).close()
    report = verify(older, full=True, reader=read_article)
    assert report.faults == []
    assert report.checked["pages"] == 34


def test_its_exports_are_the_same(older: Path, tmp_path: Path) -> None:
    """New columns go to the end: the paper's code came with step 15."""
    with Archive.open(older) as archive:
        for name in ("articles.csv", "articles.jsonl"):
            export(archive.connection, tmp_path / name)
    with (
        (tmp_path / "articles.csv").open(newline="") as new,
        (older / "articles.csv").open(newline="") as old,
    ):
        rows = list(csv.reader(new))
        assert [row[:-1] for row in rows] == list(csv.reader(old))
        assert {row[-1] for row in rows} == {"paper", "dto"}
    records = map(json.loads, (tmp_path / "articles.jsonl").read_text().splitlines())
    before = map(json.loads, (older / "articles.jsonl").read_text().splitlines())
    assert list(records) == [record | {"paper": "dto"} for record in before]


def test_every_revision_is_the_same(older: Path) -> None:
    before = json.loads((older / "revisions.json").read_text())
    with Archive.open(older) as archive:
        after = archive.connection.execute(
            "SELECT key, number, r.title, r.lead, r.body, r.updated_at, r.updated_text, r.byline,"
            " edit, changed_fields, r.article FROM revisions AS r JOIN articles"
            " ON articles.id = article_id ORDER BY key, number"
        ).fetchall()
    assert len(before) == 15
    for old, new in zip(before, after, strict=True):
        assert list(new[:-1]) == old[:-1]
        record = json.loads(new[-1])
        assert {name: record.get(name) for name in json.loads(old[-1])} == json.loads(old[-1])


def test_no_text_of_an_article_stands_twice(older: Path) -> None:
    with Archive.open(older) as archive:
        kept = archive.connection.execute(
            "SELECT count(*), count(changes), sum(json_type(changes, '$.body') = 'text')"
            " FROM article_revisions"
        ).fetchone()
        assert kept == (15, 4, 1)  # of four edits, one was of the text
        [(most,)] = archive.connection.execute("SELECT max(length(changes)) FROM extractions")
        assert most < 1_500


def test_the_room_that_is_left_is_given_back(
    older: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WORTH_SHRINKING", 0)
    with caplog.at_level(logging.WARNING):
        Archive.open(older).close()
        Archive.open(older).close()
    assert [record.getMessage().split(" is ")[1][:7] for record in caplog.records] == [
        "brought",
        "smaller",
    ]
    with sqlite3.connect(older / "archive.db") as database:
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_full_disk_leaves_the_file_as_large_as_it_is(
    older: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WORTH_SHRINKING", 0)
    monkeypatch.setattr(opening, "free_space", lambda _: 1000)
    with caplog.at_level(logging.WARNING):
        Archive.open(older).close()
    assert "VACUUM" in caplog.text
    with Archive.open(older) as archive:
        assert archive.search("cao lanh").total > 0
