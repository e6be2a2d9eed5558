"""The schema: fresh archives have it, older ones reach it with their data and triggers alive."""

from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

from archive.database import schema
from archive.history.identity import Alias
from archive.models import Capture

STEPS = [step.name for step in schema.migrations.pending(Database(memory=True))]


def fresh() -> Database:
    db = Database(memory=True)
    db.execute("PRAGMA foreign_keys = ON")
    schema.apply(db)
    return db


def test_the_columns_that_others_rely_on() -> None:
    """DESIGN's contract; a column that is missing here breaks somebody's query."""
    db = fresh()
    promised = {
        "articles": "id key url site_id title kicker lead agency body updated_at updated_text"
        " updated_precision published_at byline source section section_slug kind layout"
        " extractor_version word_count content_digest revision first_seen_at last_seen_at gone_at"
        " gone_how duplicate_of capture_id",
        "article_urls": "url article_id key generation section_slug first_seen_at last_seen_at",
        "revisions": "article_id number seen_at changed_fields edit content_digest article"
        " capture_id",
        "images": "article_id position url caption credit after_paragraph",
        "captures": "url fetched_at status warc_file warc_offset warc_length payload_digest origin"
        " outcome error layout article_id revision_id address statement_id",
        "frontier": "url kind key state section_slug found_on found_at listed_on last_listed_at"
        " fetched_at due_at last_status attempts error etag last_modified article_id",
        "duplicates": "article_id other_id kind similarity found_at",
        "statements": "key generation digest text_digest day article",
        "redirects": " ".join(("source", "target", "key", "generation", "section_slug")),
    }
    for table, columns in promised.items():
        assert set(columns.split()) <= set(db[table].columns_dict), table
    stored = {name for name in Capture.__dataclass_fields__ if name != "id"}
    assert stored <= set(db.table("captures").columns_dict)
    aliased = set(Alias.__dataclass_fields__)
    assert aliased <= set(db.table("article_urls").columns_dict)


def test_applying_twice_changes_nothing() -> None:
    db = fresh()
    before = db.schema
    schema.apply(db)
    assert db.schema == before


def _old_article(db: Database) -> None:
    """A row as the first schema knew it."""
    db.execute(
        "INSERT INTO articles (id, key, url, site_id, title, body, content_digest, text_digest,"
        " first_seen_at, last_seen_at) VALUES (7, 'dto:1', 'https://baodongthap.vn/a-1.aspx', '1',"
        " 'Đường về Đồng Tháp', 'Lúa chín vàng đồng', 'x', 'y', '2026', '2026')"
    )


def _hits(db: Database, index: str, query: str) -> list[int]:
    return [row[0] for row in db.execute(f"SELECT rowid FROM {index}(?)", [query]).fetchall()]


@pytest.mark.parametrize("step", STEPS[2:])
def test_data_and_triggers_survive_every_step(step: str) -> None:
    db = Database(memory=True)
    schema.migrations.apply(db, stop_before=step)
    _old_article(db)
    schema.apply(db)
    assert db.execute("SELECT title FROM articles").fetchall() == [("Đường về Đồng Tháp",)]
    assert _hits(db, "articles_plain", "duong") == [7]
    db.execute("UPDATE articles SET title = 'Mùa nước nổi' WHERE id = 7")
    assert _hits(db, "articles_plain", "duong") == []
    assert _hits(db, "articles_exact", '"nước nổi"') == [7]
    db.execute("DELETE FROM articles")
    assert _hits(db, "articles_plain", "lua") == []
    for index in ("articles_exact", "articles_plain"):
        db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_column_that_is_not_searched_does_not_touch_the_index() -> None:
    """Seen again every night, an article must not be indexed again every night."""
    db = fresh()
    _old_article(db)
    before = db.execute("SELECT count(*) FROM articles_exact_data").fetchone()
    written = db.conn.total_changes
    db.execute("UPDATE articles SET last_seen_at = '2027'")
    assert db.conn.total_changes - written == 1
    assert db.execute("SELECT count(*) FROM articles_exact_data").fetchone() == before


def test_a_failing_step_leaves_the_archive_as_it_was() -> None:
    db = Database(memory=True)
    schema.migrations.apply(db, stop_before="m005_neighbours")
    db.execute("CREATE TABLE fingerprints (whatever)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        schema.apply(db)
    left = STEPS[STEPS.index("m005_neighbours") :]
    assert [s.name for s in schema.migrations.pending(db)] == left


def test_an_older_archive_is_searched_and_counted_like_a_new_one() -> None:
    """What was written before the indexes held normalised text, one author a spelling, any stamp."""
    db = Database(memory=True)
    schema.migrations.apply(db, stop_before="m006_dates")
    for id, title, stamp in (
        (1, "Ð\u1ed3ng Tháp", "2018-02-03T00:00:00+07:00"),
        (2, "C\u00e9\u0302p nước", "0001-01-01T00:00:00+07:00"),
        (3, "Cấp nước", "2018-02-31T00:00:00+07:00"),
    ):
        db.execute(
            "INSERT INTO articles (id, key, url, site_id, title, updated_at, content_digest,"
            " text_digest, first_seen_at, last_seen_at)"
            " VALUES (?1, 'dto:' || ?1, 'u' || ?1, ?1, ?2, ?3, 'x', 'y', '2026-11-20', '2026-11-20')",
            [id, title, stamp],
        )
    for id, name in ((1, "DŨNG CHINH"), (2, "Dũng Chinh"), (3, "Mỹ Lý")):
        db.execute("INSERT INTO authors VALUES (?, ?, 'a')", [id, name])
        db.execute("INSERT INTO article_authors VALUES (?, ?, 1, 'text')", [id, id])
    schema.apply(db)
    assert _hits(db, "articles_exact", "đồng") == [1]
    assert _hits(db, "articles_plain", "dong") == [1]
    assert _hits(db, "articles_exact", "cếp") == [2]
    assert _hits(db, "articles_exact", "nước") == [2, 3]
    assert db.execute("SELECT name, count(*) FROM authors JOIN article_authors"
                      " ON author_id = authors.id GROUP BY 1").fetchall() == [
        ("Dũng Chinh", 2), ("Mỹ Lý", 1),
    ]  # fmt: skip
    assert db.execute("SELECT printed FROM article_authors ORDER BY article_id").fetchall() == [
        ("DŨNG CHINH",), ("Dũng Chinh",), ("Mỹ Lý",),
    ]  # fmt: skip
    assert db.execute(
        "SELECT id, updated_at FROM articles WHERE updated_at IS NOT NULL"
    ).fetchall() == [(1, "2018-02-03T00:00:00+07:00")]
    assert db.execute("SELECT day, sum(stored) FROM coverage GROUP BY 1").fetchall() == [
        (None, 2), ("2018-02-03", 1),
    ]  # fmt: skip
    for index in ("articles_exact", "articles_plain"):
        db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_the_indexes_agree_with_the_text_after_every_statement() -> None:
    db = fresh()
    db.execute("PRAGMA foreign_keys = ON")
    steps = (
        "INSERT INTO articles_respelled (article_id, title) VALUES (7, 'Đường sông Tiền')",
        "UPDATE articles SET title = 'Ðường khác', body = 'Sen' WHERE id = 7",
        "UPDATE articles SET lead = 'Một đoạn' WHERE id = 7",
        "DELETE FROM articles_respelled",
        "INSERT INTO articles_respelled (article_id, body) VALUES (7, 'Lúa mới')",
    )
    _old_article(db)
    for step in steps:
        db.execute(step)
        for index in ("articles_exact", "articles_plain"):
            db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
    assert _hits(db, "articles_plain", "lua") == [7]
    db.execute("DELETE FROM articles WHERE id = 7")
    assert _hits(db, "articles_plain", "lua") == []
    assert db.execute("SELECT count(*) FROM articles_respelled").fetchone() == (0,)
    for index in ("articles_exact", "articles_plain"):
        db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
