"""A response is read back with its content encoding undone, and its bytes as sent kept."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from archive.warc.exchange import payload_digest
from archive.warc.reader import read
from tests.archive.warc.captures import BODY, exchange, written


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
    def test_content_encodings_are_kept_and_undone(self, tmp_path: Path, encoding: str) -> None:
        packed = _pack(encoding, BODY)
        name = encoding.removeprefix("raw-").encode()
        sent = exchange(response_headers=[(b"Content-Encoding", name)], body=packed)
        [capture] = written(tmp_path, sent)
        stored = read(tmp_path, capture)
        assert (stored.body, stored.raw_body) == (BODY, packed)
        assert capture.payload_digest == payload_digest(packed)

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
    def test_a_page_cut_inside_its_encoding_is_no_corrupt_capture(
        self, tmp_path: Path, encoding: str
    ) -> None:
        packed = _pack(encoding, os.urandom(50_000))[:30_000]
        headers = [(b"Content-Encoding", encoding.encode())]
        [capture] = written(tmp_path, exchange(response_headers=headers, body=packed))
        assert read(tmp_path, capture).raw_body == packed

    def test_plain_bytes_called_gzip_are_shown_as_they_are(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, exchange(response_headers=[(b"Content-Encoding", b"gzip")]))
        assert read(tmp_path, capture).body == exchange().body

    def test_a_bomb_costs_no_memory(self, tmp_path: Path) -> None:
        bomb = gzip.compress(gzip.compress(b"\0" * (1 << 28)))
        headers = [(b"Content-Encoding", b"gzip, gzip")]
        [capture] = written(tmp_path, exchange(response_headers=headers, body=bomb))
        assert len(read(tmp_path, capture).body) <= 64 << 20


def _pack(encoding: str, body: bytes) -> bytes:
    if encoding in ("br", "zstd"):
        out = io.BytesIO()
        packer = (BrotliWriter if encoding == "br" else ZstdWriter)(out)
        packer.write(body)
        packer.close()
        return out.getvalue()
    window = {"gzip": 31, "deflate": 15, "raw-deflate": -15}[encoding]
    packer = zlib.compressobj(6, zlib.DEFLATED, window)
    return packer.compress(body) + packer.flush()
