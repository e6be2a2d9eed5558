"""Each thing that can be wrong with a WARC file or its rows has a fault with its own place."""

from dataclasses import replace

import pytest

from archive.archive import Archive
from archive.verify.warc import check_file, missing_file, open_file, size_faults
from archive.warc import record
from archive.warc.writer import CaptureWriter
from tests.archive.warc.captures import AT, exchange, writer, written


class Stored:
    """An archive with one WARC file of three captures."""

    def __init__(self, folder):
        self.archive = Archive.open(folder, create=True)
        self.captures = written(folder, *(exchange(n) for n in range(3)))
        self.name = self.captures[0].warc_file
        self.path = folder / self.name
        for capture in self.captures:
            self.archive.record(capture, crawl_id=None, outcome="other")

    def change(self, **columns):
        names = ", ".join(f"{name} = ?" for name in columns)
        self.archive.connection.execute(
            f"UPDATE captures SET {names} WHERE warc_offset = ?",
            (*columns.values(), self.captures[1].warc_offset),
        )

    def check(self, path=None):
        return check_file(self.archive.connection, self.name, path or self.path)

    def faults(self):
        return [(fault.kind, fault.place) for fault in self.check().faults]

    def place(self, number):
        return f"{self.name} at {self.captures[number].warc_offset}"


@pytest.fixture
def stored(tmp_path):
    stored = Stored(tmp_path)
    yield stored
    stored.archive.close()


def test_a_sound_file(stored):
    check = stored.check()
    assert (check.faults, check.records, check.captures) == ([], 8, 3)


@pytest.mark.parametrize(
    "column", [{"status": 404}, {"url": "https://x.vn/"}, {"fetched_at": "2019-01-01T00:00:00.000Z"},
               {"payload_digest": "sha1:" + "A" * 32}, {"origin": "wayback"}, {"mime": None}],
    ids=lambda column: next(iter(column)),
)  # fmt: skip
def test_a_row_that_differs_from_its_record(stored, column):
    stored.change(**column)
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("row", stored.place(1))
    assert f"has {next(iter(column))} = " in fault.what


def test_a_capture_without_a_row(stored):
    stored.archive.connection.execute("DELETE FROM captures WHERE id IN (1, 2)")
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("missing row", stored.place(0))
    assert fault.what.startswith("2 whole captures")


def test_a_row_that_points_between_records(stored):
    offset = stored.captures[1].warc_offset
    stored.change(warc_offset=offset + 1)
    assert stored.faults() == [
        ("missing row", stored.place(1)),
        ("row", f"{stored.name} at {offset + 1}"),
    ]


def test_a_row_that_points_to_a_request(stored):
    behind = stored.captures[1].warc_offset + stored.captures[1].warc_length
    stored.change(warc_offset=behind)
    assert ("row", f"{stored.name} at {behind}") in stored.faults()


def test_a_file_that_ends_between_two_records_too_early(stored):
    """No reader notices: only the rows know that there was more."""
    end = stored.captures[2].warc_offset
    stored.path.write_bytes(stored.path.read_bytes()[:end])
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("row", stored.place(2))
    assert f"the file ends at {end}" in fault.what


def test_a_torn_record_is_one_fault_and_not_one_for_each_row_behind_it(stored):
    second = stored.captures[1].warc_offset
    data = bytearray(stored.path.read_bytes())
    data[second + 30] ^= 1
    stored.path.write_bytes(data)
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("damage", stored.place(1))
    assert "4 whole records follow" in fault.what  # a request, a response, a request, a summary


def packed(stored, number, old, new):
    """The file, with one record changed and packed again: its gzip checksum is right."""
    capture = stored.captures[number]
    data = stored.path.read_bytes()
    end = capture.warc_offset + capture.warc_length
    inner = record.unpack(data[capture.warc_offset : end])
    assert old in inner
    member = record.compress(inner.replace(old, new, 1), level=1)
    stored.path.write_bytes(data[: capture.warc_offset] + member + data[end:])
    # The records behind it have moved.
    stored.archive.connection.execute(
        "UPDATE captures SET warc_offset = warc_offset + ? WHERE warc_offset > ?",
        (len(member) - capture.warc_length, capture.warc_offset),
    )
    stored.archive.connection.execute(
        "UPDATE captures SET warc_length = ? WHERE warc_offset = ?",
        (len(member), capture.warc_offset),
    )


def test_bytes_that_have_another_block_digest_than_the_record_states(stored):
    packed(stored, 1, b"</title>", b"</titlE>")
    [fault] = [fault for fault in stored.check().faults if fault.kind == "digest"]
    assert fault.place == stored.place(1)
    assert "the block digest is" in fault.what


def test_a_body_that_has_another_payload_digest_than_the_record_states(stored):
    packed(stored, 1, stored.captures[1].payload_digest.encode(), b"sha1:" + b"A" * 32)
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("digest", stored.place(1))
    assert "the payload digest is" in fault.what


def test_a_revisit_whose_payload_no_capture_holds(stored, tmp_path):
    later = "2026-11-25T06:00:00.000Z"
    out = CaptureWriter(tmp_path, crawl_id=2, info={}, started_at=later)
    again = out.write(replace(exchange(0), fetched_at=later), revisit_of=stored.captures[0])
    out.close()
    stored.archive.record(again, crawl_id=None, outcome="other")
    connection, path = stored.archive.connection, tmp_path / again.warc_file
    assert check_file(connection, again.warc_file, path).faults == []
    connection.execute("UPDATE captures SET fetched_at = ? WHERE id = 1", ("2026-11-26T00:00:00Z",))
    [fault] = check_file(connection, again.warc_file, path).faults
    assert fault.kind == "revisit"


def test_a_file_that_does_not_begin_with_a_warcinfo(stored):
    data = stored.path.read_bytes()
    begin = stored.captures[0].warc_offset
    stored.path.write_bytes(data[begin:])
    stored.archive.connection.execute("UPDATE captures SET warc_offset = warc_offset - ?", (begin,))
    [fault] = stored.check().faults
    assert (fault.kind, fault.place) == ("record", f"{stored.name} at 0")


def test_a_file_of_another_size_than_noted(stored):
    size = stored.path.stat().st_size
    connection = stored.archive.connection
    assert size_faults(connection, stored.name, stored.path) == []
    for noted in (size - 1, size + 1):
        connection.execute(
            "INSERT OR REPLACE INTO warc_files VALUES (?, ?, 3, '{}')", (stored.name, noted)
        )
        [fault] = size_faults(connection, stored.name, stored.path)
        assert (fault.kind, fault.place) == (
            "changed file", f"{stored.name} at {min(size, noted)}"
        )  # fmt: skip


def test_a_file_that_is_shorter_than_its_rows_reach(stored):
    last = stored.captures[2]
    stored.path.write_bytes(stored.path.read_bytes()[: last.warc_offset + last.warc_length - 1])
    [fault] = size_faults(stored.archive.connection, stored.name, stored.path)
    assert fault.kind == "changed file"


def test_a_missing_file_says_what_was_in_it(stored):
    fault = missing_file(stored.archive.connection, stored.name)
    assert (fault.kind, fault.place) == ("missing file", stored.name)
    assert "3 captures of 0 articles" in fault.what


def test_an_open_file_says_its_size(tmp_path):
    out = writer(tmp_path)
    out.write(exchange())
    [path] = tmp_path.glob("captures/*/*.open")
    fault = open_file("captures/x.warc.gz", path)
    assert fault.place == "captures/x.warc.gz.open"
    assert f"{path.stat().st_size} bytes" in fault.what
    assert AT[:4] in path.parts
    out.close()
