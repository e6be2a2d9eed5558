"""Content encodings: what they cost, whatever was sent; `test_captures` has what they give."""

import gzip
import io
import subprocess
import sys
import textwrap
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from archive.warc.encoding import MAX_BODY, decode
from tests.programs import needs_proc

#: Above what the interpreter and its libraries take, so many bytes may a bomb cost.
ROOM = 160 << 20


def stream(kind):
    out = io.BytesIO()
    packer = kind(out)
    for _ in range(16):
        packer.write(bytes(1 << 24))
    packer.close()
    return out.getvalue()


def deflated(window):
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join(packer.compress(bytes(1 << 24)) for _ in range(16)) + packer.flush()


@pytest.fixture(scope="module")
def bombs():
    """Name of the encodings → a body that unpacks to 256 MB or more."""
    gzipped = deflated(31)
    return {
        "gzip": gzipped,
        "gzip, gzip": gzip.compress(gzipped),
        "gzip, gzip, gzip": gzip.compress(gzip.compress(gzipped)),
        "deflate": deflated(15),
        " Deflate ": deflated(-15),
        "br": stream(BrotliWriter),
        "zstd": stream(ZstdWriter),
        "gzip, br": gzipped,
    }


@needs_proc
@pytest.mark.parametrize(
    "names",
    ["gzip", "gzip, gzip", "gzip, gzip, gzip", "deflate", " Deflate ", "br", "zstd", "gzip, br"],
)
def test_a_bomb_is_bounded_in_memory(bombs, names, tmp_path):
    path = tmp_path / "bomb"
    path.write_bytes(bombs[names])
    script = f"""
        import resource, sys
        from archive.warc.encoding import MAX_BODY, decode
        body = open({str(path)!r}, "rb").read()
        size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + {ROOM}, size + {ROOM}))
        decoded = decode(body, {names!r}.split(","))
        assert len(decoded.body) <= MAX_BODY or decoded.body == body, len(decoded.body)
        print(decoded.problem)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    expected = {"gzip, gzip, gzip": "packed 3 times"}
    assert expected.get(names, "unpacks to more than") in done.stdout


def test_a_body_of_several_gzip_members_is_read_to_its_end():
    body = b"".join(gzip.compress(part) for part in (b"one ", b"two ", b"three"))
    assert decode(body, ["gzip"]) == (b"one two three", None)
    assert decode(body + b"\0\0 padding", ["gzip"]).body == b"one two three"
    assert decode(body[:-4], ["gzip"]).body == b"one two three"  # its checksum is cut off


def test_identity_is_no_coding():
    packed = gzip.compress(gzip.compress(b"page"))
    assert decode(packed, ["identity", "gzip", "", "gzip"]) == (b"page", None)


def test_a_body_of_just_the_size_is_whole():
    body = bytes(MAX_BODY)
    assert decode(gzip.compress(body), ["gzip"]) == (body, None)
    assert decode(gzip.compress(body + b"\0"), ["gzip"]).problem is not None
