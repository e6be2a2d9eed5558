"""The rows of an export: a fixed order of columns and of articles."""

from __future__ import annotations

from archive.export.rows import (
    COLUMNS,
    COVERAGE_COLUMNS,
    PARTS,
    coverage_rows,
    flat_rows,
    part_rows,
)

#: The first version of the columns, written out: a program that reads the file counts on them.
FROZEN = (
    "key url title kicker lead body agency byline authors source section section_slug tags"
    " updated_at updated_day updated_text updated_precision published_at kind word_count"
    " image_count captions revisions first_seen_at last_seen_at gone_at gone_how duplicate_of"
    " site_id generation layout extractor_version content_digest warc_file warc_offset"
    " payload_digest"
)


def test_names_and_places_of_the_columns_are_frozen(full):
    assert " ".join(COLUMNS[: len(FROZEN.split())]) == FROZEN
    cursor = full.connection.execute("SELECT * FROM articles_flat")
    assert tuple(column[0] for column in cursor.description) == COLUMNS


def test_rows_come_in_the_order_of_the_keys(full):
    keys = ["dto:3", "dto:1", "dto:14", "dto:2"]
    assert [row[0] for row in flat_rows(full.connection, keys)] == keys
    assert flat_rows(full.connection, []).fetchall() == []


def test_the_rows_of_a_part_follow_the_keys_in_batches(shelf):
    from archive.models import Image

    images = tuple(Image(n, f"https://baodongthap.vn/{n}.jpg") for n in (1, 2))
    for _ in range(2_003):
        shelf.add(images=images)
    keys = [f"dto:{number}" for number in range(2_003, 0, -1)]
    rows = list(part_rows(shelf.connection, "images", keys))
    assert [row[0] for row in rows[:4]] == ["dto:2003", "dto:2003", "dto:2002", "dto:2002"]
    assert [row[1] for row in rows[-2:]] == [1, 2]
    assert len(rows) == 4_006


def test_every_part_names_the_columns_that_it_gives(full):
    for name, (columns, _) in PARTS.items():
        row = next(iter(part_rows(full.connection, name, ["dto:1"])))
        assert len(row) == len(columns), name


def test_coverage_is_whole(full):
    rows = coverage_rows(full.connection).fetchall()
    assert len(rows[0]) == len(COVERAGE_COLUMNS)
    assert sum(row[2] for row in rows) == 14
