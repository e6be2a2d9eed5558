"""What other tools write is read whole; what is damaged costs itself and nothing beside it."""

import gzip
import io
import re

import pytest
from fastwarc.warc import ArchiveIterator as FastWarcIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.warc.lenient import MAX_DAMAGES, FoundRecord, scan
from archive.warc.record import Damage


def record(number, block=None, *, end=b"\r\n\r\n", line=b"\r\n", length=None, more=()):
    block = b"HTTP/1.1 200 OK\r\n\r\nbody %d " % number * 9 if block is None else block
    stated = len(block) if length is None else length
    lines = [
        b"WARC/1.0",
        b"WARC-Type: response",
        b"WARC-Record-ID: <urn:uuid:%d>" % number,
        b"WARC-Target-URI: http://example.org/%d" % number,
        b"WARC-Date: 2019-08-15T01:02:03Z",
        b"Content-Type: application/http; msgtype=response",
        b"Content-Length: %d" % stated,
        *more,
    ]
    return line.join([*lines, b"", b""]) + block + end


def number_of(one):
    found = re.fullmatch(r"<urn:uuid:(\d+)>", one.record.headers.get("warc-record-id", ""))
    return int(found[1]) if found else None


def numbers_in(data, wanted=1 << 20, **options):
    """The numbers of the records in *data*, and what is said of damaged places."""
    numbers, damages = [], []
    options.setdefault("size", len(data))
    for one in scan(io.BytesIO(data), lambda _: wanted, **options):
        if isinstance(one, Damage):
            damages.append(one)
        else:
            numbers.append(number_of(one))
    return numbers, damages


def packed(records, how):
    match how:
        case "plain":
            return b"".join(records)
        case "gzip by record":
            return b"".join(map(gzip.compress, records))
        case "gzip in one piece":
            return gzip.compress(b"".join(records))


HOW = ("plain", "gzip by record", "gzip in one piece")


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("end", [b"", b"\r\n", b"\n", b"\r\n\r\n", b"\r\n" * 5], ids=repr)
@pytest.mark.parametrize("line", [b"\r\n", b"\n"], ids=repr)
def test_separators_and_line_ends_of_any_number(how, end, line):
    data = packed([record(n, end=end, line=line) for n in range(4)], how)
    assert numbers_in(data) == ([0, 1, 2, 3], [])


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("of", [0, 1, 2, 3])
def test_a_length_that_counts_the_separator(how, of):
    """IA's WAT extractor does; the separator is then missing."""
    block = b"HTTP/1.1 200 OK\r\n\r\nbody"
    records = [record(n) for n in range(4)]
    records[of] = record(of, block, length=len(block) + 4)
    assert numbers_in(packed(records, how)) == ([0, 1, 2, 3], [])


@pytest.mark.parametrize("off", [-9, -2, 2, 6, 40, 10**6, 10**10])
@pytest.mark.parametrize("how", HOW[:2])
def test_a_wrong_length_costs_at_most_its_own_record(how, off):
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"body " * 20
    records = [record(0), record(1, block, length=len(block) + off), record(2), record(3)]
    numbers, damages = numbers_in(packed(records, how))
    # What reaches into the next record, or ends far before it, is not what was sent.
    assert numbers == ([0, 1, 2, 3] if abs(off) == 2 else [0, 2, 3])
    assert len(damages) == (off != 2)  # which counts the separator


@given(st.data())
def test_a_wrong_byte_costs_at_most_its_own_record(data):
    """Every record that no wrong byte is in is found; where one is missing, a Damage is given."""
    how = data.draw(st.sampled_from(HOW[:2]))
    pieces = [packed([record(n)], how) for n in range(5)]
    broken = data.draw(st.sampled_from(range(5)))
    piece = bytearray(pieces[broken])
    at = data.draw(st.integers(0, len(piece) - 1))
    piece[at] ^= data.draw(st.integers(1, 255))
    pieces[broken] = bytes(piece)
    numbers, damages = numbers_in(b"".join(pieces))
    assert [n for n in numbers if n in range(5) and n != broken] == [
        n for n in range(5) if n != broken
    ]
    assert broken in numbers or len(numbers) == 5 or damages


@given(st.data())
def test_a_torn_file_gives_every_record_before_its_end(data):
    how = data.draw(st.sampled_from(HOW[:2]))
    pieces = [packed([record(n)], how) for n in range(4)]
    end = data.draw(st.integers(0, len(b"".join(pieces))))
    whole, at = 0, 0
    for piece in pieces:
        at += len(piece)
        whole += at <= end
    numbers, damages = numbers_in(b"".join(pieces)[:end])
    assert numbers[:whole] == list(range(whole))
    assert len(numbers) <= whole + (how == "plain")  # the last separator may be torn off
    assert len(damages) <= 1


def test_what_was_read_of_one_piece_of_gzip_stays():
    data = packed([record(n, b"x" * 5000) for n in range(300)], "gzip in one piece")
    numbers, damages = numbers_in(data[: len(data) - 40])
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 200
    assert len(damages) == 1


@pytest.mark.parametrize("how", HOW)
def test_records_between_rubbish(how):
    rubbish = b"\0" * 300 + b"<html>\r\n\r\n" + b"\x1f\x8b\x08\0" * 9
    pieces = [packed([record(n)], how) for n in range(3)]
    numbers, damages = numbers_in(rubbish.join(pieces))
    assert numbers == [0, 1, 2]
    assert len(damages) == 2


def test_members_that_end_anywhere():
    """Some tools pack a file in pieces that have nothing to do with its records."""
    data = packed([record(n, b"y" * 3000) for n in range(6)], "plain")
    pieces = [gzip.compress(data[at : at + 1000]) for at in range(0, len(data), 1000)]
    assert numbers_in(b"".join(pieces)) == (list(range(6)), [])


def test_a_folded_line_and_a_repeated_name():
    data = record(7, more=(b"X-Folded: one", b"\ttwo", b"WARC-Type: request"))
    [one] = scan(io.BytesIO(data), lambda _: 1000, size=len(data))
    assert one.record.headers["x-folded"] == "one two"
    assert one.record.type == "response"


def test_a_file_that_is_all_damage_is_given_up():
    data = b"".join(b"WARC/1.0\r\nContent-Length: x\r\n\r\n" for _ in range(3 * MAX_DAMAGES))
    numbers, damages = numbers_in(data)
    assert numbers == []
    assert len(damages) == MAX_DAMAGES + 1
    assert "the rest is left out" in damages[-1].what


@pytest.mark.parametrize(
    "head",
    [
        b"WARC/1.0\r\n" + b"X: " + b"y" * 200_000,
        b"WARC/1.0\r\n" + b"X: y\r\n" * 40_000,
        b"WARC/1.0\r\nContent-Length: \xc2\xb2\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: " + b"9" * 6000 + b"\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\n\r\n",
    ],
    ids=["endless line", "endless lines", "²", "6000 digits", "-1", "none"],
)
@pytest.mark.parametrize("how", HOW)
def test_a_hostile_head_costs_its_own_record(how, head):
    numbers, damages = numbers_in(packed([record(0), head, record(2)], how))
    assert numbers == [0, 2]
    assert len(damages) == 1


def test_a_block_is_read_as_far_as_it_is_wanted():
    data = packed([record(0, b"z" * 200_000), record(1)], "gzip by record")
    first, second = scan(io.BytesIO(data), lambda _: 10)
    assert (first.record.block, first.length, first.is_whole) == (b"z" * 10, 200_000, False)
    assert isinstance(second, FoundRecord)


def test_what_unpacks_without_end_is_left():
    data = packed([record(0), record(1, b"\0" * 30_000_000), record(2)], "gzip by record")
    numbers, damages = numbers_in(data, wanted=0, max_unpacked=2_000_000)
    assert numbers == [0]
    assert "a bomb" in damages[0].what


ARC_BLOCK = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
ARC = b"filedesc://IA-1.arc 0.0.0.0 20050301010203 text/plain %d\n" % len(ARC_BLOCK)
ARC += ARC_BLOCK + b"\n"


def arc(number):
    block = b"HTTP/1.1 200 OK\r\n\r\nbody %d" % number
    line = b"http://example.org/%d 10.0.0.1 20050301010203 text/html %d\n" % (number, len(block))
    return line + block + b"\n"


@pytest.mark.parametrize("how", HOW)
def test_arc_files_are_read_as_warcio_reads_them(how):
    data = packed([ARC, arc(1), arc(2), arc(3)], how)
    mine = [
        (one.record.headers["warc-target-uri"], one.record.block)
        for one in scan(io.BytesIO(data), lambda _: 1000)
        if one.record.type == "response"
    ]
    assert [url[-1] for url, _ in mine] == ["1", "2", "3"]
    if how != "gzip in one piece":  # which warcio refuses
        theirs = [
            one.rec_headers.get_header("uri") or one.rec_headers.get_header("WARC-Target-URI")
            for one in ArchiveIterator(io.BytesIO(data), arc2warc=True)
            if one.rec_type == "response"
        ]
        assert [url for url, _ in mine] == theirs


@pytest.mark.parametrize("how", HOW[:2])
def test_of_sound_files_the_peers_say_the_same(how):
    data = packed([record(n) for n in range(9)], how)
    assert numbers_in(data) == (list(range(9)), [])
    theirs = ArchiveIterator(io.BytesIO(data))
    assert [one.rec_headers.get_header("WARC-Record-ID") for one in theirs] == [
        one.record_id for one in FastWarcIterator(io.BytesIO(data))
    ]
