"""WARC files: what goes in comes out, in everybody's reader, and what is damaged is found out."""

from __future__ import annotations

import gzip
import io
import os
import random
import signal
import subprocess
import sys
import textwrap
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.archive import Archive
from archive.errors import CorruptCapture, DiskFull
from archive.models import Capture
from archive.warc import record as warc
from archive.warc.files import records
from archive.warc.reader import (
    CaptureWriter,
    Exchange,
    iterate,
    locate,
    payload_digest,
    read,
    salvage,
)
from tests.programs import needs_full_device, needs_proc

BODY = "<html><title>Báo Đồng Tháp</title><p>Lúa chín vàng đồng.</p></html>".encode() * 400
AT = "2026-11-24T06:47:55.123Z"


def exchange(number: int = 1, **changes: object) -> Exchange:
    plain = Exchange(
        url=f"https://baodongthap.vn/xa-hoi/lua-chin-{number}.aspx",
        fetched_at=AT,
        method="GET",
        request_headers=[(b"Accept", b"text/html"), (b"User-Agent", b"khobao")],
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[
            (b"Server", b"IIS"),
            (b"Set-Cookie", b"a=1"),
            (b"Content-Type", b"text/html; charset=utf-8"),
            (b"Set-Cookie", b"b=2"),
            (b"x-lower", b"gi\xe1 tr\xf4ng"),  # bytes that are no UTF-8
        ],
        body=BODY + str(number).encode(),
        ip="203.0.113.7",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def writer(folder: Path, crawl_id: int = 1, **options: int) -> CaptureWriter:
    return CaptureWriter(
        folder, crawl_id=crawl_id, info={"software": "khobao"}, started_at=AT, **options
    )


def written(folder: Path, *exchanges: Exchange, crawl_id: int = 1) -> list[Capture]:
    out = writer(folder, crawl_id)
    captures = [out.write(one) for one in exchanges]
    out.write_metadata({"crawl": crawl_id, "started_at": AT, "exit_code": 0})
    out.close()
    return captures


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, list[Capture]]:
    captures = written(tmp_path, *(exchange(n) for n in range(5)))
    return tmp_path / captures[0].warc_file, captures


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
            import importlib.util
            spec = importlib.util.spec_from_file_location("tc", sys.argv[3])
            tc = importlib.util.module_from_spec(spec); spec.loader.exec_module(tc)
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
            [sys.executable, "-c", script, str(tmp_path), str(root), __file__],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "27"  # EFBIG
        [path] = (tmp_path / "captures/2026").iterdir()
        assert [c.url[-6:] for c, _ in iterate(path)] == ["1.aspx", "3.aspx"]

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


class TestWalking:
    def test_our_own_files_give_what_the_writer_said(
        self, whole: tuple[Path, list[Capture]]
    ) -> None:
        path, captures = whole
        found = [capture for capture, _ in iterate(path, warc_file=captures[0].warc_file)]
        assert found == captures

    def test_a_file_is_no_package_for_its_last_bytes(self, tmp_path: Path) -> None:
        """The bytes that end a zip file, by chance or in a picture."""
        record = warc.record([("WARC-Type", "metadata")], b"PK\5\6" + bytes(18))
        path = tmp_path / "a.warc.gz"
        path.write_bytes(gzip.compress(record, compresslevel=0))
        assert zipfile.is_zipfile(path)
        assert [one.type for one, _, _ in records(path)] == ["metadata"]

    def test_what_is_no_warc_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_bytes(BODY)
        with pytest.raises(CorruptCapture, match="no gzip member can be read"):
            list(iterate(path))


class TestDamage:
    def read_all(self, path: Path, captures: list[Capture]) -> list[str]:
        faults = []
        for capture in captures:
            try:
                read(path.parents[2], capture)
            except CorruptCapture as error:
                faults.append(str(error))
        return faults

    def test_sound(self, whole: tuple[Path, list[Capture]]) -> None:
        assert self.read_all(*whole) == []

    def test_any_flipped_bit_is_found(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        sound = path.read_bytes()
        middle = captures[2]
        rng = random.Random(5)
        for _ in range(60):
            data = bytearray(sound)
            # Past the gzip header, whose time and system fields no check covers.
            at = middle.warc_offset + rng.randrange(10, middle.warc_length)
            data[at] ^= 1 << rng.randrange(8)
            path.write_bytes(data)
            [fault] = self.read_all(path, captures)
            assert f"{middle.warc_file} at {middle.warc_offset}" in fault

    def test_a_truncated_file(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        path.write_bytes(path.read_bytes()[: captures[3].warc_offset + 20])
        faults = self.read_all(path, captures)
        assert len(faults) == 2
        assert f"at {captures[3].warc_offset}: 20 of" in faults[0]

    def test_a_deleted_file(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        path.unlink()
        assert all("the file is missing" in fault for fault in self.read_all(path, captures))

    def test_a_row_that_points_elsewhere(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        wrong = replace(captures[1], warc_offset=captures[2].warc_offset)
        wrong = replace(wrong, warc_length=captures[2].warc_length)
        [fault] = self.read_all(path, [wrong])
        assert "payload digest" in fault

    def test_a_walk_stops_at_a_torn_tail_with_data_behind_it(
        self, whole: tuple[Path, list[Capture]]
    ) -> None:
        path, captures = whole
        sound = path.read_bytes()
        path.write_bytes(sound[: captures[3].warc_offset + 40] + sound)
        with path.open("rb") as stream, pytest.raises(warc.Damage) as caught:
            list(warc.members(stream))
        assert caught.value.offset == captures[3].warc_offset


class TestSalvage:
    def killed(self, folder: Path, tail: bytes = b"") -> list[Capture]:
        out = writer(folder)
        captures = [out.write(exchange(n)) for n in range(3)]
        assert out._fd is not None
        os.write(out._fd, tail)
        os.close(out._fd)
        return captures

    @pytest.mark.parametrize("tail", [b"", b"\x1f\x8b\x08\x00torn", b"\0" * 5000])
    def test_every_whole_record_is_kept(self, tmp_path: Path, tail: bytes) -> None:
        captures = self.killed(tmp_path, tail)
        [found] = salvage(tmp_path)
        assert found.warc_file == captures[0].warc_file
        assert (found.records, found.lost_bytes) == (7, len(tail))
        assert [read(tmp_path, c).body for c in captures] == [exchange(n).body for n in range(3)]
        with (tmp_path / found.warc_file).open("rb") as stream:
            assert len(list(warc.members(stream))) == 7
        assert salvage(tmp_path) == []

    def test_nothing_but_a_beginning(self, tmp_path: Path) -> None:
        folder = tmp_path / "captures/2026"
        folder.mkdir(parents=True)
        (folder / "khobao-20261124064755-00000-1.warc.gz.open").write_bytes(b"\x1f\x8b")
        [found] = salvage(tmp_path)
        assert found.warc_file is None
        assert "before its first capture" in str(found)
        assert list(folder.iterdir()) == []

    def test_cut_anywhere(self, tmp_path: Path) -> None:
        self.killed(tmp_path)
        [path] = (tmp_path / "captures/2026").iterdir()
        sound = path.read_bytes()
        rng = random.Random(11)
        for _ in range(25):
            path.write_bytes(sound[: rng.randrange(len(sound))])
            [found] = salvage(tmp_path)
            if found.warc_file is not None:
                final = tmp_path / found.warc_file
                list(iterate(final))
                with final.open("rb") as stream:
                    list(warc.members(stream))
                final.unlink()


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archive.warc.reader import CaptureWriter, Exchange
from archive.models import Article
from archive.archive import Archive
archive = Archive.open(Path(sys.argv[1]), create=True)
archive.batch_size = 8
crawl = archive.begin_crawl("crawl", {})
serial = int(sys.argv[3])
hour = f"2026-11-24T06:{serial:02}"
out = CaptureWriter(archive.path, crawl_id=crawl, info={}, started_at=f"{hour}:00.000Z")
print("ready", flush=True)
for n in range(100000):
    url = f"https://baodongthap.vn/xa-hoi/bai-{serial}{n:05}.aspx"
    body = f"<p>Bài số {n} nói về lúa, cá và hoa kiểng làng nghề.</p>".encode() * 300
    at = f"{hour}:{n // 1000 % 60:02}.{n % 1000:03}Z"
    headers = [(b"Content-Type", b"text/html")]
    capture = out.write(Exchange(url, at, "GET", [], 200, "OK", "HTTP/1.1", headers, body))
    text = f"Bài số {n} nói về lúa, cá và hoa kiểng của làng nghề. " * 40
    key = f"dto:{serial}{n:05}"
    page = Article(f"Bài {n}", url=url, key=key, generation="A", body=text, layout="aspx")
    archive.save(page, capture, crawl_id=crawl)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_crawl_loses_at_most_what_it_was_writing(tmp_path: Path, seed: int) -> None:
    """kill -9 at a random moment, three crawls into one archive; then everything still agrees."""
    root = str(Path(__file__).parents[3])
    rng = random.Random(seed)
    for serial in range(1, 4):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), root, str(serial)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(rng.uniform(0.02, 0.5))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        salvage(tmp_path)
    with Archive.open(tmp_path) as archive:
        [verdict] = archive.connection.execute("PRAGMA integrity_check").fetchall()
        assert verdict == ("ok",)
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("articles_exact", "articles_plain"):
            archive.connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            )
        on_disk = {
            (c.warc_file, c.warc_offset)
            for path in (tmp_path / "captures/2026").iterdir()
            for c, _ in iterate(path, warc_file=f"captures/2026/{path.name}")
        }
        rows = set(archive.connection.execute("SELECT warc_file, warc_offset FROM captures"))
        assert rows <= on_disk  # the WARC leads
        for missing in list(archive.unrecorded()):
            archive.record(missing.capture, crawl_id=missing.crawl_id, outcome="other")
            rows.add((missing.capture.warc_file, missing.capture.warc_offset))
        assert rows == on_disk
        assert list(archive.unrecorded()) == []
