"""The unpacked bytes of files in any state: nothing sound is lost, and each damaged place is told."""

import gzip
import io

import pytest

from archive.warc.record import Damage
from archive.warc.unpacked import UnpackedFile

TEXTS = [b"WARC/1.0\r\none " * 50, b"WARC/1.0\r\ntwo " * 5000, b"WARC/1.0\r\nthree " * 70]
MEMBERS = [gzip.compress(text, mtime=0) for text in TEXTS]


def read(data, max_unpacked=1 << 30):
    """The pieces of *data* with the offsets of their members, and the offsets of damaged places."""
    file = UnpackedFile(io.BytesIO(data), max_unpacked)
    pieces, damages = {}, []
    while True:
        try:
            piece = file.read()
        except Damage as error:
            damages.append(error.offset)
            continue
        if not piece:
            return pieces, damages
        assert file.begins_member == (file.is_gzip and file.member not in pieces)
        pieces[file.member] = pieces.get(file.member, b"") + piece


def offsets():
    return [0, len(MEMBERS[0]), len(MEMBERS[0]) + len(MEMBERS[1])]


def test_plain_bytes_pass_unchanged():
    data = b"".join(TEXTS)
    assert read(data) == ({0: data}, [])


def test_each_member_with_its_offset():
    assert read(b"".join(MEMBERS)) == (dict(zip(offsets(), TEXTS, strict=True)), [])


@pytest.mark.parametrize("rubbish", [b"\0" * 100, b"\x1f\x8b\x08", b"\x1f\x8b\x08\0" * 30_000])
def test_reading_continues_behind_rubbish(rubbish):
    begin = len(MEMBERS[0])
    pieces, damages = read(MEMBERS[0] + rubbish + MEMBERS[1])
    assert pieces[0] == TEXTS[0]
    assert pieces[begin + len(rubbish)] == TEXTS[1]
    assert damages[0] == begin


def test_a_member_inside_a_damaged_one_is_read():
    """The crash of a tool that then appended to its file."""
    torn = MEMBERS[1][:-20]
    pieces, damages = read(torn + MEMBERS[2])
    assert pieces[len(torn)] == TEXTS[2]
    assert damages == [0]


@pytest.mark.parametrize("lost", [1, 9, 40])
def test_a_torn_end_is_told_once(lost):
    pieces, damages = read(b"".join(MEMBERS)[:-lost])
    assert [pieces[at] for at in offsets()[:2]] == TEXTS[:2]
    assert damages == [offsets()[2]]


def test_a_damaged_first_byte_does_not_make_a_packed_file_plain():
    pieces, damages = read(b"?" + b"".join(MEMBERS)[1:])
    assert pieces == {offsets()[1]: TEXTS[1], offsets()[2]: TEXTS[2]}
    assert damages == [0]


def test_a_bomb_ends_the_file():
    pieces, damages = read(MEMBERS[0] + gzip.compress(bytes(10_000_000)), 2_000_000)
    assert pieces[0] == TEXTS[0]
    assert damages == [len(MEMBERS[0])]


class Failing(io.BytesIO):
    """A disk that cannot be read to the end."""

    def read(self, size=-1):
        if self.tell() >= 100_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails_ends_the_file():
    file = UnpackedFile(Failing(b"WARC/1.0\r\n" + b"x" * 200_000), 1 << 30)
    assert len(file.read()) + len(file.read()) == 131_072
    with pytest.raises(Damage, match=r"cannot be read: .*Input/output error"):
        file.read()
    assert file.read() == b""
