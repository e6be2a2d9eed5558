"""What the database says of an article, checked against what its captures said."""

import pytest

from archive.archive import Archive
from archive.models import Article
from archive.verify import database
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter

TEXT = "Nông dân Cao Lãnh phấn khởi vì xoài được mùa, được giá ngay từ đầu vụ. " * 12


def article(number, title, body=TEXT):
    url = f"https://baodongthap.vn/xa-hoi/xoai-{number}.aspx"
    return Article(
        title, url=url, key=f"dto:{number}", site_id=str(number), generation="A", body=body
    )


@pytest.fixture
def archive(tmp_path):
    """Two articles with one text, the first one with an edit."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        for day, one in enumerate(
            (article(1, "Xoài"), article(2, "Xoài được mùa"), article(1, "Xoài được giá")), 1
        ):
            at = f"2026-11-0{day}T20:00:00.000Z"
            crawl = archive.begin_crawl("crawl", {}, at)
            writer = CaptureWriter(archive.path, crawl_id=crawl, info={}, started_at=at)
            body = one.title.encode()
            capture = writer.write(Exchange(one.url, at, "GET", [], 200, "", "HTTP/1.1", [], body))
            archive.save(one, capture, crawl_id=crawl)
            writer.close()
        yield archive


def change(archive, statement):
    archive.connection.execute("PRAGMA foreign_keys = OFF")
    assert archive.connection.execute(statement).rowcount > 0


def rebuild_faults(archive, ids=(1, 2)):
    archive.commit()
    return list(database.rebuild_faults(archive.path, list(ids), lambda *_: None))


def test_a_sound_database(archive):
    connection = archive.connection
    assert connection.execute("SELECT count(*) FROM revisions").fetchone() == (3,)
    assert connection.execute("SELECT count(*) FROM duplicates").fetchone() == (1,)
    for quick in (True, False):
        assert list(database.sqlite_faults(connection, quick=quick)) == []
    assert list(database.statement_faults(connection, None)) == []
    assert list(database.fingerprint_faults(connection)) == []
    assert list(database.search_faults(archive.path)) == []
    assert rebuild_faults(archive) == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE articles SET title = 'Tin giả' WHERE id = 1", "articles: content_digest"),
        ("UPDATE articles SET first_seen_at = '2019' WHERE id = 1", "articles: first_seen_at"),
        ("UPDATE article_revisions SET edit = 'bump' WHERE number = 2", "revisions: edit"),
        ("DELETE FROM article_revisions WHERE article_id = 1 AND number = 2", "revisions: "),
        ("UPDATE captures SET doubt = 'gone' WHERE id = 3", ": "),
        ("UPDATE duplicates SET similarity = 0.9", "duplicates: similarity"),
        ("UPDATE fingerprints SET sketch = x'00' WHERE article_id = 1", "fingerprints: sketch"),
    ],
)
def test_a_row_that_does_not_follow_from_the_captures(archive, statement, table):
    change(archive, statement)
    faults = rebuild_faults(archive)
    assert {fault.kind for fault in faults} == {"article"}
    assert any(table in fault.what for fault in faults), faults


def test_checking_one_article_leaves_the_others_as_they_are(archive):
    """Each is rebuilt and rolled back: a fault of the first does not become one of the second."""
    change(archive, "UPDATE articles SET title = 'Tin giả' WHERE id = 1")
    assert {fault.place for fault in rebuild_faults(archive)} == {"articles row 1 (dto:1)"}
    assert rebuild_faults(archive, [2]) == []
    assert archive.connection.execute("SELECT title FROM articles WHERE id = 1").fetchone() == (
        "Tin giả",
    )


def test_an_article_without_an_address(archive):
    change(archive, "DELETE FROM article_urls WHERE article_id = 2")
    [fault] = [fault for fault in rebuild_faults(archive) if "row 2" in fault.place]
    assert "no address" in fault.what


def test_an_article_that_does_not_exist_is_no_fault_of_a_rebuild(archive):
    assert rebuild_faults(archive, [99]) == []


def test_a_statement_that_was_changed(archive):
    change(archive, "UPDATE extractions SET digest = 'x' WHERE id = 2")
    [fault] = database.statement_faults(archive.connection, None)
    assert fault.kind == "statement"
    assert fault.place.startswith("statements row 2 (dto:2)")
    assert len(list(database.statement_faults(archive.connection, 3))) == 1  # a sample of all three


def test_a_statement_that_cannot_be_read(archive):
    change(archive, "UPDATE extractions SET article_id = NULL, changes = '{\"x\": 1}' WHERE id = 2")
    [fault] = database.statement_faults(archive.connection, None)
    assert "cannot be read" in fault.what


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM fingerprint_keys WHERE article_id = 2",
        "INSERT INTO fingerprint_keys (key, article_id) VALUES (12345, 2)",
    ],
)
def test_the_keys_of_a_fingerprint(archive, statement):
    change(archive, statement)
    [fault] = database.fingerprint_faults(archive.connection)
    assert (fault.kind, fault.place) == ("fingerprint", "fingerprint_keys of article 2")


@pytest.mark.parametrize("index", ["articles_exact", "articles_plain"])
def test_a_search_index_that_does_not_match_its_texts(archive, index):
    archive.connection.execute(f"DELETE FROM {index}_docsize WHERE id = 2")
    archive.commit()
    [fault] = database.search_faults(archive.path)
    assert (fault.kind, fault.place) == ("search index", f"{index}, articles 2")
    assert "'rebuild'" in fault.remedy


def test_a_reference_to_nothing(archive):
    change(archive, "UPDATE article_urls SET article_id = 77 WHERE article_id = 2")
    faults = list(database.sqlite_faults(archive.connection, quick=True))
    assert [fault.kind for fault in faults] == ["foreign key"]
    assert "articles" in faults[0].what


def test_a_database_that_cannot_be_read(tmp_path):
    fault = database.unreadable(tmp_path, ValueError("no database"))
    assert (fault.kind, fault.what) == ("database", "no database")
    assert fault.place.endswith("archive.db")
