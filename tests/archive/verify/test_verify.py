"""verify finds every planted fault, says where it is, and has nothing to say of a sound archive."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive, crawl_lock
from archive.cli import khobao
from archive.verify.verify import verify
from archive.warc import record as warc
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter
from crawler.ingest.classify import read_article
from crawler.ingest.crash_recovery import ingest_pending


@pytest.fixture
def archive(tmp_path, three_days):
    return Path(shutil.copytree(three_days, tmp_path / "archive"))


def check(folder, **how):
    return verify(folder, reader=read_article, **how)


def middle_file(folder):
    return sorted((folder / "captures").glob("*/*.warc.gz"))[1]


def members(path):
    with path.open("rb") as stream:
        return [(m.offset, m.length) for m in warc.members(stream)]


def edit(folder, statement, *values):
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement, values).rowcount != 0
    connection.close()


def name_of(path):
    return path.relative_to(path.parent.parent.parent).as_posix()


# --- ten planted faults: each breaks one thing and says which place must be named -------------------


def flipped_bit(folder):
    path = middle_file(folder)
    offset, length = members(path)[9]
    data = bytearray(path.read_bytes())
    data[offset + length // 2] ^= 0x10
    path.write_bytes(data)
    return f"{name_of(path)} at {offset}"


def changed_bytes_in_a_sound_member(folder):
    """The CRC is right, because the forger packed the record anew; the digest is not."""
    path = middle_file(folder)
    found = members(path)
    offset, length = found[1]
    data = path.read_bytes()
    forged = warc.unpack(data[offset : offset + length]).replace(b"</html>", b"</htmL>")
    packed = warc.compress(forged)
    path.write_bytes(data[:offset] + packed + data[offset + length :])
    return f"{name_of(path)} at {offset}"


def truncated_in_a_record(folder):
    path = middle_file(folder)
    offset, length = members(path)[-4]
    os.truncate(path, offset + length - 7)
    return f"{name_of(path)} at {offset}"


def truncated_between_records(folder):
    """What gzip, warcio and FastWARC all take for a whole file."""
    path = middle_file(folder)
    offset, _ = members(path)[-5]
    os.truncate(path, offset)
    return f"{name_of(path)} at {offset}"


def torn_tail_with_data_after_it(folder):
    path = middle_file(folder)
    found = members(path)
    data = path.read_bytes()
    offset, length = found[20]
    path.write_bytes(data[: offset + length // 2] + data[offset + length :])
    return f"{name_of(path)} at {offset}"


def deleted_file(folder):
    path = middle_file(folder)
    path.unlink()
    return name_of(path)


def article_edited_by_hand(folder):
    edit(folder, "UPDATE articles SET title = title || '!' WHERE id = 3")
    return "articles row 3 "


def revision_edited_by_hand(folder):
    edit(
        folder,
        "UPDATE article_revisions SET changes = json_object('title', 'Tin giả')"
        " WHERE article_id = 3",
    )
    return "articles row "


def statement_edited_by_hand(folder):
    edit(
        folder,
        "UPDATE extractions SET changes = json_object('title', 'Tin giả') WHERE article_id = 3",
    )
    return "statements row "


def capture_row_edited_by_hand(folder):
    edit(folder, "UPDATE captures SET fetched_at = '2019-01-01T00:00:00.000Z' WHERE id = 7")
    return " at "


def pair_edited_by_hand(folder):
    edit(folder, "UPDATE duplicates SET kind = 'exact', similarity = 1 WHERE kind = 'near'")
    return "articles row "


def pair_deleted_by_hand(folder):
    edit(folder, "DELETE FROM duplicates WHERE rowid = (SELECT min(rowid) FROM duplicates)")
    return "articles row "


def key_of_a_fingerprint_missing(folder):
    edit(folder, "DELETE FROM fingerprint_keys WHERE article_id = 4")
    return "article 4"


def search_index_drifted(folder):
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("DROP TRIGGER articles_search_update")
        connection.execute("UPDATE articles SET byline = 'Người Lạ' WHERE id = 5")
    connection.close()
    return "articles_exact"


def entry_missing_from_the_search_index(folder):
    with sqlite3.connect(folder / "archive.db") as connection:
        names = "title, kicker, lead, body, captions, byline"
        connection.execute(
            f"INSERT INTO articles_exact(articles_exact, rowid, {names})"
            f" SELECT 'delete', id, {names} FROM articles WHERE id = 8"
        )
    connection.close()
    return "articles_exact, articles 8"


def dangling_reference(folder):
    edit(folder, "DELETE FROM sections WHERE id = (SELECT min(section_id) FROM article_sections)")
    return "article_sections row "


def lost_page_of_the_database(folder):
    path = folder / "archive.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'captures_url'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with path.open("r+b") as stream:
        stream.seek((root - 1) * size)
        stream.write(bytes(size))
    return "archive.db"


FAULTS = [
    flipped_bit,
    changed_bytes_in_a_sound_member,
    truncated_in_a_record,
    truncated_between_records,
    torn_tail_with_data_after_it,
    deleted_file,
    article_edited_by_hand,
    revision_edited_by_hand,
    statement_edited_by_hand,
    capture_row_edited_by_hand,
    pair_edited_by_hand,
    pair_deleted_by_hand,
    key_of_a_fingerprint_missing,
    search_index_drifted,
    entry_missing_from_the_search_index,
    dangling_reference,
    lost_page_of_the_database,
]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found_and_its_place_named(archive, plant):
    place = plant(archive)
    report = check(archive)
    assert not report.sound
    assert any(place in fault.place for fault in report.faults), (place, report.faults)
    assert all(fault.what and fault.remedy for fault in report.faults)


def test_what_stands_behind_a_torn_record_is_counted(archive):
    """Appending after a torn tail hides everything behind it from every other tool."""
    left = len(members(middle_file(archive))) - 21
    torn_tail_with_data_after_it(archive)
    [fault] = [fault for fault in check(archive).faults if fault.kind == "damage"]
    assert f"{left} whole records follow from byte " in fault.what


def test_a_page_that_says_something_else_is_found_by_reading_it(archive):
    """Statement, digest, revision and article agree with each other, and not with the capture."""
    with sqlite3.connect(archive / "archive.db") as connection:
        from archive.database.records import extraction_digest, record_json
        from archive.models import Article

        statement_id, record = connection.execute(
            "SELECT id, article FROM statements ORDER BY id LIMIT 1"
        ).fetchone()
        forged = Article.from_dict(json.loads(record) | {"byline": "Kẻ Mạo Danh"})
        connection.execute(
            "UPDATE extractions SET article_id = NULL, changes = ?, digest = ? WHERE id = ?",
            (record_json(forged), extraction_digest(forged), statement_id),
        )
    connection.close()
    faults = check(archive, full=True).faults
    assert "extraction" in {fault.kind for fault in faults}


def test_a_revisit_without_its_payload_is_found(archive):
    edit(
        archive,
        "DELETE FROM captures WHERE record_type = 'response' AND payload_digest ="
        " (SELECT payload_digest FROM captures WHERE record_type = 'revisit')",
    )
    assert "revisit" in {fault.kind for fault in check(archive).faults}


@pytest.mark.parametrize("how", [{}, {"full": True}, {"sample": 40}], ids=str)
def test_a_sound_archive_gives_no_alarm(three_days, how):
    report = check(three_days, **how)
    assert report.faults == []
    assert report.notes == []
    assert report.checked["WARC files"] == 3


def test_verifying_changes_nothing(archive):
    def state():
        connection = sqlite3.connect(archive / "archive.db")
        dump = "\n".join(connection.iterdump())
        connection.close()
        return dump, {path: path.read_bytes() for path in archive.glob("captures/*/*")}

    before = state()
    article_edited_by_hand(archive)
    edited = state()
    check(archive, full=True)
    assert state() == edited != before


def test_a_sample_finds_a_lost_page_in_time(archive):
    """Each night another sample: what one leaves out, a later one finds."""
    flipped_bit(archive)
    nights = next(night for night in range(200) if not check(archive, sample=40, seed=night).sound)
    assert nights < 60


def test_files_of_a_running_crawl_are_left_alone(archive, press):
    writer = CaptureWriter(archive, crawl_id=9, info={}, started_at=press.at(3))
    exchange = next(press.exchanges(0))
    writer.write(Exchange(**{n: getattr(exchange, n) for n in exchange.__dataclass_fields__}))
    with crawl_lock(archive):
        report = check(archive)
    assert report.sound
    assert report.notes
    [fault] = check(archive).faults  # nobody holds the lock: it was killed
    assert fault.kind == "open file"


def run(*arguments):
    return CliRunner().invoke(khobao, [str(a) for a in arguments])


def test_the_command_says_what_where_and_what_to_do(archive):
    assert run("verify", "-a", archive).exit_code == 0
    place = truncated_in_a_record(archive)
    done = run("verify", "-a", archive)
    assert done.exit_code == 1
    assert place in done.stdout
    assert "backup" in done.stdout
    told = json.loads(run("verify", "-a", archive, "--format", "json").stdout)
    assert told["sound"] is False
    assert any(place == fault["place"] for fault in told["faults"])


def test_there_must_be_an_archive(tmp_path):
    assert run("verify", "-a", tmp_path / "none").exit_code == 2


def reading(folder, answer):
    """The faults of a full check whose reader gives *answer* for every page."""
    return verify(folder, full=True, reader=lambda capture, stored: answer).faults


def test_a_page_that_is_no_article_any_more_is_a_fault(archive):
    """As a page is that another wrote over, digests and all."""
    faults = reading(archive, None)
    with sqlite3.connect(archive / "archive.db") as connection:
        (articles,) = connection.execute(
            "SELECT count(*) FROM captures WHERE statement_id IS NOT NULL"
        ).fetchone()
    connection.close()
    assert {fault.kind for fault in faults} == {"extraction"}
    assert len(faults) == articles


def test_a_file_that_grew_is_a_fault_of_a_sample_too(archive):
    """A sample reads single records: only the length shows what was added behind them."""
    with Archive.open(archive) as opened:  # the next crawl looks through the files once
        ingest_pending(opened)
    path = middle_file(archive)
    size = path.stat().st_size
    with path.open("ab") as stream:
        stream.write(
            warc.compress(b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
        )
    [fault] = verify(archive, sample=5, seed=1, reader=read_article).faults
    assert (fault.kind, fault.place) == ("changed file", f"{name_of(path)} at {size}")


@pytest.mark.parametrize("which", [1, -2], ids=["early", "late"])
def test_rows_that_point_nowhere_are_named_beside_damage(archive, which):
    """A row before the damage that points nowhere is a fault of its own; rows behind it are not."""
    path = middle_file(archive)
    found = members(path)
    offset, length = found[-3]
    data = bytearray(path.read_bytes())
    data[offset + length // 2] ^= 0x10
    path.write_bytes(data)
    lost = found[which][0] + 1
    edit(
        archive,
        "UPDATE captures SET warc_offset = ? WHERE id = (SELECT min(id) FROM captures"
        " WHERE warc_file = ? AND warc_offset < ?)",
        lost,
        name_of(path),
        offset,
    )
    places = {fault.place for fault in check(archive).faults if fault.kind == "row"}
    assert (f"{name_of(path)} at {lost}" in places) == (which == 1)


@pytest.mark.parametrize(("safe", "named"), [((99, 0, 0), True), ((3, 0, 0), False)])
def test_a_broken_database_names_the_fault_of_an_old_sqlite(archive, monkeypatch, safe, named):
    monkeypatch.setattr("archive.verify.database.SAFE_SQLITE", safe)
    with (archive / "archive.db").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4_000)
    remedies = [fault.remedy for fault in check(archive).faults if fault.kind == "database"]
    assert remedies
    assert all(("no other program" in remedy) == named for remedy in remedies)
