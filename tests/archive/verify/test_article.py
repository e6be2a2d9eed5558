"""One article against the bytes it was read from, as a citation names them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from archive.models import Article
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter

PAGE = "<h1>Mùa nước nổi</h1>".encode()
URL = "https://baodongthap.vn/xa-hoi/mua-nuoc-noi-84085.aspx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one article, captured packed, as servers send it."""
    article = Article(title="Mùa nước nổi", url=URL, key="dto:84085", site_id="84085", body="Nước.")
    with Archive.open(tmp_path / "a", create=True) as archive:
        crawl = archive.begin_crawl("crawl", {})
        at = "2026-11-01T20:00:00.000Z"
        writer = CaptureWriter(archive.path, crawl_id=crawl, info={}, started_at=at)
        headers = [(b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip")]
        body = gzip.compress(PAGE, mtime=0)
        capture = writer.write(Exchange(URL, at, "GET", [], 200, "OK", "HTTP/1.1", headers, body))
        archive.save(article, capture, crawl_id=crawl)
        archive.commit()
        writer.close()
    return tmp_path / "a"


def run(folder: Path, *words: str) -> tuple[int, bytes]:
    done = CliRunner().invoke(khobao, [*words, "-a", str(folder)], catch_exceptions=False)
    return done.exit_code, done.stdout_bytes


def test_the_digest_in_a_citation_is_of_what_as_sent_writes(folder: Path) -> None:
    _, sent = run(folder, "show", "dto:84085", "--raw", "--as-sent")
    digest = "sha1:" + base64.b32encode(hashlib.sha1(sent).digest()).decode()
    for style in ("bibtex", "ris", "csl-json"):
        assert digest in run(folder, "show", "dto:84085", "--cite", style)[1].decode()
    assert gzip.decompress(sent) == PAGE == run(folder, "show", "dto:84085", "--raw")[1]
    assert run(folder, "show", "dto:84085", "--as-sent")[0] == 2


def test_one_command_proves_one_article(folder: Path) -> None:
    code, said = run(folder, "verify", "dto:84085")
    assert code == 0
    assert "bytes as sent have this digest" in said.decode()
    (proof,) = json.loads(run(folder, "verify", URL, "--format", "json")[1])
    assert proof["sound"]
    assert proof["digest"].encode() in said
    assert run(folder, "verify", "dto:1")[0] == 2
    assert run(folder, "verify", "dto:84085", "--full")[0] == 2


def test_bytes_that_are_not_what_was_cited_are_found(folder: Path) -> None:
    with Archive.open(folder) as archive:
        other = "sha1:" + "A" * 32
        archive.connection.execute("UPDATE captures SET payload_digest = ?", (other,))
    code, said = run(folder, "verify", "84085")
    assert code == 1
    assert "digest" in said.decode()


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (f"payload_digest = 'sha1:{'A' * 32}'", "digest"),
        ("url = 'https://baodongthap.vn/x.aspx'", "address"),
        ("fetched_at = '2026-11-02T20:00:00.000Z'", "time"),
    ],
)
def test_a_row_that_is_not_of_its_record_is_a_fault(folder: Path, edit: str, fault: str) -> None:
    with Archive.open(folder) as archive:
        archive.connection.execute(f"UPDATE captures SET {edit}")
    code, said = run(folder, "verify", "84085", "--format", "json")
    (proof,) = json.loads(said)
    assert (code, proof["sound"]) == (1, False)
    assert fault in proof["fault"]
    assert proof["key"] == "dto:84085"
