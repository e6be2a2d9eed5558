"""After a kill: every whole record stays, and the rows agree with the records."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.models import Capture
from archive.recovery.repair import close_open_files
from archive.warc import record as warc
from archive.warc.reader import read
from tests.archive.warc.captures import captures_in, exchange, writer


class TestOpenFiles:
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
        [found] = close_open_files(tmp_path)
        assert found.warc_file == captures[0].warc_file
        assert (found.records, found.lost_bytes) == (7, len(tail))
        assert [read(tmp_path, c).body for c in captures] == [exchange(n).body for n in range(3)]
        with (tmp_path / found.warc_file).open("rb") as stream:
            assert len(list(warc.members(stream))) == 7
        assert close_open_files(tmp_path) == []

    def test_nothing_but_a_beginning(self, tmp_path: Path) -> None:
        folder = tmp_path / "captures/2026"
        folder.mkdir(parents=True)
        (folder / "khobao-20261124064755-00000-1.warc.gz.open").write_bytes(b"\x1f\x8b")
        [found] = close_open_files(tmp_path)
        assert found.records == 0
        assert "before its first capture" in str(found)
        assert list(folder.iterdir()) == []

    def test_cut_anywhere(self, tmp_path: Path) -> None:
        self.killed(tmp_path)
        [path] = (tmp_path / "captures/2026").iterdir()
        sound = path.read_bytes()
        rng = random.Random(11)
        for _ in range(25):
            path.write_bytes(sound[: rng.randrange(len(sound))])
            [found] = close_open_files(tmp_path)
            if found.records:
                final = tmp_path / found.warc_file
                captures_in(final)
                with final.open("rb") as stream:
                    list(warc.members(stream))
                final.unlink()


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter
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
        close_open_files(tmp_path)
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
            for c in captures_in(path)
        }
        rows = set(archive.connection.execute("SELECT warc_file, warc_offset FROM captures"))
        assert rows <= on_disk  # the WARC leads
        for missing in list(archive.pending_records()):
            archive.record(missing.capture, crawl_id=missing.crawl_id, outcome="other")
            rows.add((missing.capture.warc_file, missing.capture.warc_offset))
        assert rows == on_disk
        assert list(archive.pending_records()) == []
