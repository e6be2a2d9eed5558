"""What the writer is given comes out again, in every reader of WARC files."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import textwrap
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.errors import CorruptCapture, DiskFull
from archive.models import Capture
from archive.warc.exchange import Exchange, payload_digest
from archive.warc.reader import locate, read
from tests.archive.warc.captures import AT, BODY, captures_in, exchange, writer, written
from tests.programs import needs_full_device, needs_proc


class TestWriting:
    def test_what_goes_in_comes_out(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, sent := exchange())
        stored = read(tmp_path, capture)
        assert (stored.url, stored.fetched_at, stored.status) == (sent.url, AT, 200)
        assert stored.headers == sent.response_headers
        assert stored.body == stored.raw_body == sent.body
        assert capture.payload_digest == payload_digest(sent.body)
        assert capture.mime == "text/html"

    def test_the_name_says_when_and_which(self, whole: tuple[Path, list[Capture]]) -> None:
        path, _ = whole
        assert path.parent.name == "2026"
        assert path.name == "khobao-20261124064755-00000-1.warc.gz"

    def test_the_order_of_records(self, whole: tuple[Path, list[Capture]]) -> None:
        path, _ = whole
        with path.open("rb") as stream:
            records = list(ArchiveIterator(stream))
        assert [r.rec_type for r in records] == [
            "warcinfo", *["response", "request"] * 5, "metadata"
        ]  # fmt: skip
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    response_id = record.rec_headers["WARC-Record-ID"]
                elif record.rec_type == "request":
                    assert record.rec_headers["WARC-Concurrent-To"] == response_id
                    assert record.http_headers.protocol == "GET"
                    assert record.http_headers["Host"] == "baodongthap.vn"

    def test_every_record_is_one_gzip_member(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        data = path.read_bytes()
        for capture in captures:
            member = data[capture.warc_offset : capture.warc_offset + capture.warc_length]
            unpacker = zlib.decompressobj(31)
            assert unpacker.decompress(member).startswith(b"WARC/1.1\r\n")
            assert unpacker.eof
            assert unpacker.unused_data == b""

    def test_a_file_is_open_until_it_is_closed(self, tmp_path: Path) -> None:
        out = writer(tmp_path)
        capture = out.write(exchange())
        assert [p.name for p in (tmp_path / "captures/2026").iterdir()] == [
            "khobao-20261124064755-00000-1.warc.gz.open"
        ]
        assert read(tmp_path, capture).body == exchange().body  # already, from the open file
        assert out.close() == locate(tmp_path, capture.warc_file)
        assert [p.suffix for p in (tmp_path / "captures/2026").iterdir()] == [".gz"]

    def test_a_crawl_that_fetched_nothing_leaves_nothing(self, tmp_path: Path) -> None:
        out = writer(tmp_path)
        out.write_metadata({"exit_code": 3})
        assert out.close() is None
        assert list(tmp_path.iterdir()) == []

    def test_full_files_are_followed_by_others(self, tmp_path: Path) -> None:
        out = writer(tmp_path, max_bytes=4000)
        captures = [out.write(exchange(n, body=os.urandom(900))) for n in range(6)]
        out.close()
        assert len(set(out.files)) == len(out.files) == 3
        for number, capture in enumerate(captures):
            assert read(tmp_path, capture).url.endswith(f"-{number}.aspx")

    def test_nothing_is_ever_appended_to(self, whole: tuple[Path, list[Capture]]) -> None:
        path, _ = whole
        before = path.read_bytes()
        with pytest.raises(FileExistsError):
            writer(path.parents[2]).write(exchange())
        assert path.read_bytes() == before

    def test_transfer_headers_no_longer_describe_the_body(self, tmp_path: Path) -> None:
        headers = [(b"Transfer-Encoding", b"chunked"), (b"Content-Length", b"7"), (b"ETag", b"x")]
        [capture] = written(tmp_path, exchange(response_headers=headers))
        assert [name for name, _ in read(tmp_path, capture).headers] == [
            b"X-Archive-Orig-Transfer-Encoding",
            b"X-Archive-Orig-Content-Length",
            b"ETag",
        ]

    def test_a_body_cut_short_is_marked(self, tmp_path: Path) -> None:
        headers = [(b"Content-Length", str(len(BODY) * 2).encode())]
        [capture] = written(tmp_path, exchange(response_headers=headers))
        with (tmp_path / capture.warc_file).open("rb") as stream:
            response = next(r for r in ArchiveIterator(stream) if r.rec_type == "response")
        assert response.rec_headers["WARC-Truncated"] == "disconnect"

    def test_a_true_length_stays(self, tmp_path: Path) -> None:
        sent = exchange()
        headers = [(b"Content-Length", str(len(sent.body)).encode())]
        [capture] = written(tmp_path, replace(sent, response_headers=headers))
        assert read(tmp_path, capture).headers == headers

    def test_an_address_cannot_write_headers(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, exchange(url="https://baodongthap.vn/a\r\nWARC-Type: x"))
        with (tmp_path / capture.warc_file).open("rb") as stream:
            response = list(ArchiveIterator(stream))[1]
        assert response.rec_type == "response"
        assert "\n" not in response.rec_headers["WARC-Target-URI"]

    def test_a_redirect_knows_where_it_leads(self, tmp_path: Path) -> None:
        [capture] = written(
            tmp_path, exchange(status=301, response_headers=[(b"Location", b"/b-a2.html")])
        )
        assert capture.redirect_to == "https://baodongthap.vn/b-a2.html"

    def test_http_2_is_written_as_readers_know_it(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, exchange(protocol="h2"))
        with (tmp_path / capture.warc_file).open("rb") as stream:
            response = list(ArchiveIterator(stream))[1]
        assert response.http_headers.protocol == "HTTP/1.1"
        assert response.rec_headers["WARC-Protocol"] == "h2"

    def test_a_full_disk_leaves_whole_records(self, tmp_path: Path) -> None:
        """A file-size limit stands in for the disk: the kernel refuses the write in its middle."""
        script = textwrap.dedent(
            """
            import resource, signal, sys, os
            from pathlib import Path
            sys.path.insert(0, sys.argv[2])
            from tests.archive.warc import captures as tc
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            out = tc.writer(Path(sys.argv[1]))
            out.write(tc.exchange(1, body=os.urandom(5000)))
            resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
            try:
                out.write(tc.exchange(2, body=os.urandom(9000)))
            except OSError as error:
                print(error.errno)
            out.write(tc.exchange(3, body=b"small"))
            out.close()
            """
        )
        root = Path(__file__).parents[3]
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path), str(root)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "27"  # EFBIG
        [path] = (tmp_path / "captures/2026").iterdir()
        assert [c.url[-6:] for c in captures_in(path)] == ["1.aspx", "3.aspx"]

    @needs_full_device
    def test_no_space_is_disk_full(self, tmp_path: Path) -> None:
        out = writer(tmp_path)
        out.write(exchange())
        full = os.open("/dev/full", os.O_WRONLY)
        assert out._fd is not None
        kept = os.dup(out._fd)
        os.dup2(full, out._fd)
        with pytest.raises((DiskFull, OSError), match=r"disk is full|Invalid argument"):
            out.write(exchange(2))
        os.close(full)
        os.close(kept)


@needs_proc
def test_what_was_written_can_be_made_durable_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def fdatasync(fd: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{fd}"))
        synced.append((path.suffix, path.stat().st_size))

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    out = writer(tmp_path)
    out.sync()  # nothing yet
    capture = out.write(exchange())
    out.sync()
    assert out.close() is not None
    out.sync()  # durable already
    [(suffix, size)] = synced
    assert suffix == ".open"
    assert size > capture.warc_offset + capture.warc_length  # the request stands behind it


class TestOtherReaders:
    """What we write, the world reads: warcio and FastWARC, with every digest."""

    def exchanges(self) -> list[Exchange]:
        chunked = [(b"Transfer-Encoding", b"chunked"), (b"Content-Type", b"text/html")]
        packed = [(b"Content-Encoding", b"gzip"), (b"Transfer-Encoding", b"chunked")]
        return [
            exchange(1),
            exchange(2, response_headers=chunked),
            exchange(3, response_headers=packed, body=gzip.compress(BODY)),
            exchange(4, response_headers=[(b"Content-Length", b"3")]),
            exchange(5, body=b"", status=304, reason="Not Modified"),
            exchange(6, body=b"5\r\nhello\r\n0\r\n\r\n"),  # looks chunked, and is not
        ]

    def test_warcio(self, tmp_path: Path) -> None:
        sent = self.exchanges()
        [first, *_] = written(tmp_path, *sent)
        path = tmp_path / first.warc_file
        with path.open("rb") as stream:
            bodies = []
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type == "response":
                    bodies.append(record.raw_stream.read())
        assert bodies == [one.body for one in sent]
        checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})())
        checker.process_one(str(path))
        assert not checker.exit_value
        with path.open("rb") as stream:
            decoded = [
                r.content_stream().read()
                for r in ArchiveIterator(stream)
                if r.rec_type == "response"
            ]
        assert decoded[1] == sent[1].body
        assert decoded[2] == BODY

    def test_fastwarc(self, tmp_path: Path) -> None:
        sent = self.exchanges()
        [first, *_] = captures = written(tmp_path, *sent)
        with (tmp_path / first.warc_file).open("rb") as stream:
            found = [
                (record.stream_pos, record.verify_block_digest(), record.reader.read())
                for record in FastIterator(stream, parse_http=False)
                if record.headers["WARC-Type"] == "response"
            ]
        assert [position for position, _, _ in found] == [c.warc_offset for c in captures]
        assert all(sound for _, sound, _ in found)
        with (tmp_path / first.warc_file).open("rb") as stream:
            bodies = [
                record.reader.read()
                for record in FastIterator(stream, parse_http=True, auto_decode="all")
                if record.headers["WARC-Type"] == "response"
            ]
        assert bodies == [BODY if n == 2 else one.body for n, one in enumerate(sent)]

    def test_a_revisit_is_the_standards(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, exchange())
        out = writer(tmp_path, 2)
        again = out.write(
            replace(exchange(), fetched_at="2026-11-25T06:00:00.000Z"), revisit_of=capture
        )
        out.close()
        assert again.record_type == "revisit"
        with (tmp_path / again.warc_file).open("rb") as stream:
            record = list(ArchiveIterator(stream))[1]
        headers = record.rec_headers
        assert record.rec_type == "revisit"
        assert headers["WARC-Profile"].endswith("/warc/1.1/revisit/identical-payload-digest")
        assert headers["WARC-Refers-To-Target-URI"] == capture.url
        assert headers["WARC-Refers-To-Date"] == capture.fetched_at
        assert headers["WARC-Payload-Digest"] == capture.payload_digest
        assert read(tmp_path, again, original=lambda _: capture).body == exchange().body
        with pytest.raises(CorruptCapture, match="not known"):
            read(tmp_path, again, original=lambda _: None)

    def test_a_revisit_of_something_else_is_refused(self, tmp_path: Path) -> None:
        [capture] = written(tmp_path, exchange())
        with pytest.raises(ValueError, match="same payload"):
            writer(tmp_path, 2).write(exchange(2), revisit_of=capture)
