"""The bytes of one WARC record: its length, its digests."""

import base64
import gzip
import hashlib

import pytest

from archive.warc import record
from archive.warc.record import Damage, check_digest, parse, read_digest

BODY = "Nước về đồng".encode()
#: The digest of other bytes.
OTHER = "sha1:2CKB42G2R44BKH7YNJQ7YWPXYXHZ7SVC"


def digests(name):
    value = hashlib.new(name, BODY).digest()
    base32 = base64.b32encode(value).decode()
    return {
        "base32": base32,
        "base32 without padding": base32.rstrip("="),
        "base32 in lower case": base32.lower(),
        "hex": value.hex(),
        "hex in capitals": value.hex().upper(),
        "base64": base64.b64encode(value).decode(),
        "base64 of the web": base64.urlsafe_b64encode(value).decode().rstrip("="),
    }


@pytest.mark.parametrize("name", ["sha1", "sha-256", "sha512", "md5"])
@pytest.mark.parametrize("form", list(digests("sha1")))
def test_a_digest_in_any_form_of_other_tools(name, form):
    plain = name.replace("-", "")
    stated = f"{name}:{digests(plain)[form]}"
    assert read_digest(stated) == (plain, hashlib.new(plain, BODY).digest())
    check_digest(stated, BODY, 0, "block")
    with pytest.raises(Damage, match="the bytes have"):
        check_digest(stated, BODY + b"!", 0, "block")


@pytest.mark.parametrize(
    "stated", [None, "", "sha1:null", "sha1:abc", "crc32:12ab34cd", "sha1:" + "é" * 32]
)
def test_no_digest(stated):
    assert read_digest(stated) is None


def test_a_digest_that_nobody_can_read_is_damage():
    with pytest.raises(Damage, match="is not a digest"):
        check_digest("sha1:null", BODY, 0, "payload")
    check_digest("xxhash:12", BODY, 0, "payload")  # of a kind that is not judged


def written(block, stated=None):
    length = len(block) if stated is None else stated
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {length}".encode()
    return head + b"\r\n\r\n" + block + b"\r\n\r\n"


def test_a_record_of_the_stated_length():
    found = parse(written(BODY))
    assert (found.type, found.block) == ("resource", BODY)


@pytest.mark.parametrize("off", [-4, -1, 1, 4, 1000])
def test_a_record_of_another_length_is_damage(off):
    """One byte less would cut a page and keep every digest of what is left."""
    with pytest.raises(Damage, match=f"states {len(BODY) + off} bytes and holds {len(BODY)}"):
        parse(written(BODY, len(BODY) + off), 7)


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\n\r\n\r\n", b"\n\n", b"\n\n\n\n"])
def test_a_record_without_its_two_line_ends_is_damage(end):
    with pytest.raises(Damage):
        parse(written(BODY)[:-4] + end)


@pytest.mark.parametrize("length", ["", "-1", "1e3", "²", "9" * 19])
def test_a_record_without_a_length_is_damage(length):
    with pytest.raises(Damage, match="states no length"):
        parse(written(BODY, length))


@pytest.mark.parametrize("rest", [b"", bytes(2 << 20)])
def test_a_body_that_came_gzipped_is_not_compressed_again(rest):
    body = gzip.compress(b"<p>Ben pha moi tren song Tien</p>" * 50) + rest
    packed = record.packed_record([("WARC-Type", "response")], b"HTTP/1.1 200 OK\r\n\r\n", body)
    assert body[:200] in bytes(packed)
    assert gzip.decompress(packed) == record.record(
        [("WARC-Type", "response")], b"HTTP/1.1 200 OK\r\n\r\n", body
    )


def test_any_other_body_is_compressed():
    body = b"<p>Ben pha moi tren song Tien</p>" * 50
    assert len(record.packed_record([("WARC-Type", "response")], body)) < len(body) / 4


@pytest.mark.parametrize(
    "broken",
    [
        written(BODY, len(BODY) + 1),
        written(BODY, "x"),
        written(BODY)[1:],
        written(BODY).replace(b"WARC-Type: resource", b"WARC-Block-Digest: sha1:null"),
        written(BODY).replace(b"WARC-Type: resource", f"WARC-Block-Digest: {OTHER}".encode()),
    ],
    ids=["length", "no length", "no record", "no digest", "another digest"],
)
def test_damage_says_where_it_is(broken):
    with pytest.raises(Damage) as caught:
        parse(broken, 4711)
    assert caught.value.offset == 4711
    assert str(caught.value) == caught.value.what


def test_the_digest_of_a_block_is_compared():
    def stating(digest):
        return written(BODY).replace(
            b"WARC-Type", f"WARC-Block-Digest: {digest}\r\nWARC-Type".encode()
        )

    assert parse(stating(record.sha1(BODY))).block == BODY
    with pytest.raises(Damage, match=f"the block digest is {OTHER}, the bytes have sha1:"):
        parse(stating(OTHER))
    assert parse(stating(OTHER), check=False).block == BODY


def test_a_digest_of_ours_is_written_as_other_tools_write_it():
    assert record.sha1(b"Sen ", b"hong") == "sha1:OLZ54V63S2QL7WAWOAZ6RCJ2LSGSPXVG"


def test_header_lines_of_other_tools():
    """Lines that go on, names given twice (the first counts), values with a colon, odd bytes."""
    head = (
        b"WARC/1.0\r\nWARC-Target-URI: http://a.vn/?q=a:b\r\nX-Note: one\r\n two\r\n\tthree\r\n"
        b"x-note: again\r\nX-Odd\xff: \xff\r\nContent-Length: 0"
    )
    assert record.headers_in(head) == {
        "warc-target-uri": "http://a.vn/?q=a:b",
        "x-note": "one two three",
        "x-odd\ufffd": "\ufffd",
        "content-length": "0",
    }
