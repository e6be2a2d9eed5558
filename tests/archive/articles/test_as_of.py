"""The archive as it was known on a day."""

from __future__ import annotations

import csv

import pytest

from archive.articles import as_of
from archive.articles.select import articles, keys_of
from archive.export import export


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        ("2026-10-31", []),
        ("2026-11-01", ["Lũ lên"]),
        ("2026-11-07", ["Lũ lên", "Lũ rút"]),
        ("2026-11-08", ["Lũ lên nhanh", "Lũ rút"]),
        ("11/2026", ["Lũ lên nhanh", "Lũ rút"]),
        ("2026-11-08T07:59:59+07:00", ["Lũ lên", "Lũ rút"]),
    ],
)
def test_as_of_gives_what_was_known_that_day(edited, day, titles):
    with as_of.known_at(edited.connection, as_of.moment(day)) as past:
        assert [article.title for article in articles(past)] == titles


def test_as_of_searches_the_text_of_that_day(edited):
    with as_of.known_at(edited.connection, as_of.moment("2026-11-07")) as past:
        assert len(keys_of(past, '"31 hộ"')) == 1
        assert keys_of(past, '"29 hộ"') == []
        rows = past.execute("SELECT revisions, gone_at FROM articles_flat ORDER BY key").fetchall()
        assert rows == [(1, None), (1, None)]
        for index in ("articles_exact", "articles_plain"):
            past.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_as_of_of_the_last_day_is_the_archive_itself(edited, tmp_path):
    export(edited.connection, tmp_path / "now.csv")
    with as_of.known_at(edited.connection, as_of.moment("2026-12-31")) as past:
        export(past, tmp_path / "then.csv")
    ours = read(tmp_path / "now.csv")
    # The test's own rows have made-up digests; those of the copy are of the text.
    place = ours[0].index("content_digest")
    assert [row[:place] + row[place + 1 :] for row in ours] == [
        row[:place] + row[place + 1 :] for row in read(tmp_path / "then.csv")
    ]


def test_as_of_writes_nothing_into_the_archive(edited):
    before = edited.connection.total_changes
    with as_of.known_at(edited.connection, as_of.moment("2026-11-07")):
        pass
    assert edited.connection.total_changes == before
