"""Files of other tools join the archive: with their own dates, in their place, once."""

import gc
import gzip
import io
import json
import subprocess
import warnings
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.cli import khobao
from archive.comparison import differences
from archive.store import Archive
from archive.verification import verify
from crawler.intake import read_article


def run(*arguments, code=0):
    done = CliRunner().invoke(khobao, [str(a) for a in arguments])
    assert done.exit_code == code, done.output
    return done


def take_in(folder, *files, code=0):
    return json.loads(run("import", "-a", folder, "--format", "json", *files, code=code).stdout)


@pytest.fixture(autouse=True)
def _warcio_leaves_files_open():
    """warcio 1.8.1 leaves the temporary files of its payloads to the garbage collector."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def write(path, exchanges, *, gzipped=True, version="1.0", chunked=False, requests="after"):
    """A WARC file as warcio writes it."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped, warc_version=version)
        for exchange in exchanges:
            headers = [(k.decode(), v.decode()) for k, v in exchange.response_headers]
            body = exchange.body
            if chunked and body:
                headers.append(("Transfer-Encoding", "chunked"))
                body = b"".join(
                    b"%x\r\n%s\r\n" % (len(body[i : i + 1000]), body[i : i + 1000])
                    for i in range(0, len(body), 1000)
                )
                body += b"0\r\n\r\n"
            response = writer.create_warc_record(
                exchange.url,
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders(
                    f"{exchange.status} Said", headers, protocol="HTTP/1.1"
                ),
                warc_headers_dict={"WARC-Date": exchange.fetched_at[:19] + "Z"},
            )
            request = writer.create_warc_record(
                exchange.url,
                "request",
                payload=io.BytesIO(),
                http_headers=StatusAndHeaders(
                    "GET / HTTP/1.1", [("User-Agent", "another tool")], is_http_request=True
                ),
            )
            if requests == "after":
                writer.write_request_response_pair(request, response)
            else:
                writer.write_record(response)
    return path


def rows(folder, sql):
    with Archive.open(folder, read_only=True) as archive:
        return archive.connection.execute(sql).fetchall()


CHAIN = (
    "SELECT articles.key, number, seen_at, changed_fields, edit, revisions.title, revisions.body"
    " FROM revisions JOIN articles ON articles.id = article_id ORDER BY articles.key, number"
)


def test_old_captures_take_their_place_in_time(tmp_path, press):
    """Days 0, 1 and 2 lived through; or 0 and 2 lived through and 1 imported in the end."""
    lived, mended = tmp_path / "lived", tmp_path / "mended"
    for day in range(3):
        press.visit(lived, day)
    for day in (0, 2):
        press.visit(mended, day)
    assert rows(mended, CHAIN) != rows(lived, CHAIN)
    told = take_in(mended, write(tmp_path / "day-1.warc.gz", press.exchanges(1)))
    assert told["fetched"] > 100

    def to_the_second(chain):
        return [(*row[:2], row[2][:19], *row[3:]) for row in chain]

    assert to_the_second(rows(mended, CHAIN)) == to_the_second(rows(lived, CHAIN))
    edits = rows(
        mended,
        "SELECT edit FROM revisions WHERE seen_at < (SELECT max(seen_at)"
        " FROM revisions) AND number > 1",
    )
    assert edits
    origins = dict(rows(mended, "SELECT origin, count(*) FROM captures GROUP BY origin"))
    assert origins["import:day-1.warc.gz"] == told["fetched"]
    assert origins["live"] > 200


def test_a_file_given_twice_changes_nothing(tmp_path, press):
    file = write(tmp_path / "a.warc.gz", press.exchanges(0))
    take_in(tmp_path / "archive", file)
    before = rows(tmp_path / "archive", "SELECT * FROM captures"), rows(tmp_path / "archive", CHAIN)
    told = take_in(tmp_path / "archive", file)
    assert told.get("fetched", 0) == 0
    assert told["known"] == len(before[0])
    assert before == (
        rows(tmp_path / "archive", "SELECT * FROM captures"),
        rows(tmp_path / "archive", CHAIN),
    )
    assert len(list(tmp_path.glob("archive/captures/*/*"))) == 1


def some(press, count=12):
    return list(press.exchanges(0))[:count]


@pytest.mark.parametrize("how", ["plain", "gzip in one piece", "WARC/1.1", "chunked", "alone"])
def test_every_shape_of_file_gives_the_same_articles(tmp_path, press, how):
    usual = tmp_path / "usual"
    take_in(usual, write(tmp_path / "usual.warc.gz", some(press)))
    path = tmp_path / "other.warc"
    match how:
        case "plain":
            write(path, some(press), gzipped=False)
        case "gzip in one piece":
            write(tmp_path / "plain.warc", some(press), gzipped=False)
            path.write_bytes(gzip.compress((tmp_path / "plain.warc").read_bytes()))
        case "WARC/1.1":
            write(path, some(press), version="1.1")
        case "chunked":
            write(path, some(press), chunked=True)
        case "alone":
            write(path, some(press), requests=None)
    take_in(tmp_path / "other", path)
    assert rows(tmp_path / "other", CHAIN) == rows(usual, CHAIN) != []
    digests = "SELECT url, payload_digest FROM captures ORDER BY url"
    assert rows(tmp_path / "other", digests) == rows(usual, digests)
    assert verify(tmp_path / "other", full=True, reader=read_article).faults == []


def test_the_request_of_another_tool_is_kept_and_none_is_invented(tmp_path, press):
    for requests in ("after", None):
        folder = tmp_path / str(requests)
        take_in(folder, write(tmp_path / f"{requests}.warc.gz", some(press), requests=requests))
        [file] = folder.glob("captures/*/*")
        text = gzip.decompress(file.read_bytes())
        assert text.count(b"User-Agent: another tool") == (12 if requests else 0)
        assert text.count(b"WARC-Type: request") == (12 if requests else 0)


def test_what_is_not_the_papers_stays_out(tmp_path, press):
    exchange, other = some(press, 2)
    from dataclasses import replace

    foreign = replace(other, url="https://example.org/a-1.html")
    told = take_in(tmp_path / "archive", write(tmp_path / "a.warc.gz", [exchange, foreign]))
    assert (told["fetched"], told["of_other_sites"]) == (1, 1)


def revisit(writer, exchange, original, when):
    record = writer.create_revisit_record(
        exchange.url,
        digest=original.rec_headers.get_header("WARC-Payload-Digest"),
        refers_to_uri=original.rec_headers.get_header("WARC-Target-URI"),
        refers_to_date=original.rec_headers.get_header("WARC-Date"),
        http_headers=StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        ),
        warc_headers_dict={"WARC-Date": when},
    )
    writer.write_record(record)


@pytest.mark.parametrize("order", ["original first", "revisit first", "in two files"])
def test_revisits_of_other_tools_find_their_payload(tmp_path, press, order):
    """One of the same address, and one of its twin on www: there the payload is written out."""
    article = next(e for e in press.exchanges(0) if e.status == 200 and "a236" in e.url)
    twin = article.url.replace("https://", "http://www.")
    from dataclasses import replace

    first, second = tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"
    pieces = []
    with first.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        headers = [(k.decode(), v.decode()) for k, v in article.response_headers]
        original = writer.create_warc_record(
            article.url,
            "response",
            payload=io.BytesIO(article.body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2026-02-01T00:00:00Z"},
        )
        writer.write_record(original)
    pieces.append(first.read_bytes())
    with second.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        revisit(writer, article, original, "2026-03-01T00:00:00Z")
        revisit(writer, replace(article, url=twin), original, "2026-04-01T00:00:00Z")
    pieces.append(second.read_bytes())
    if order == "in two files":
        files = [second, first]
    else:
        joined = tmp_path / "joined.warc.gz"
        joined.write_bytes(b"".join(pieces if order == "original first" else pieces[::-1]))
        files = [joined]
    told = take_in(tmp_path / "archive", *files)
    assert told["fetched"] == 3
    kinds = rows(
        tmp_path / "archive",
        "SELECT url, record_type, outcome FROM captures ORDER BY fetched_at",
    )
    assert kinds == [
        (article.url, "response", "article"),
        (article.url, "revisit", "article"),
        (twin, "response", "article"),
    ]
    assert rows(tmp_path / "archive", "SELECT count(*) FROM articles") == [(1,)]


def test_a_revisit_whose_payload_is_nowhere_is_told(tmp_path, press):
    article = next(e for e in press.exchanges(0) if e.status == 200)
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        record = writer.create_revisit_record(
            article.url,
            digest="sha1:ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
            refers_to_uri=article.url,
            refers_to_date="2026-02-01T00:00:00Z",
        )
        writer.write_record(record)
    done = run("import", "-a", tmp_path / "archive", path)
    assert "refer to payloads in files that were not given" in done.stdout
    assert rows(tmp_path / "archive", "SELECT count(*) FROM captures") == [(0,)]


def test_a_package_is_opened(tmp_path, press):
    write(tmp_path / "data.warc.gz", some(press))
    with zipfile.ZipFile(tmp_path / "browsing.wacz", "w") as package:
        package.write(tmp_path / "data.warc.gz", "archive/data.warc.gz")
        package.writestr("datapackage.json", "{}")
    told = take_in(tmp_path / "archive", tmp_path / "browsing.wacz")
    assert told["fetched"] == 12
    assert rows(tmp_path / "archive", "SELECT DISTINCT origin FROM captures") == [
        ("import:browsing.wacz",)
    ]


def test_a_package_of_py_wacz_is_opened(tools, tmp_path, press):
    write(tmp_path / "data.warc.gz", some(press))
    out = tmp_path / "py.wacz"
    made = [tools / "wacz", "create", "-f", tmp_path / "data.warc.gz", "-o", out]
    subprocess.run(made, check=True, capture_output=True)
    assert take_in(tmp_path / "archive", out)["fetched"] == 12


def test_a_package_of_khobao_moves_from_archive_to_archive(tmp_path, press):
    press.visit(tmp_path / "one", 0, only=lambda target: "a23" in target)
    run("export", tmp_path / "one.wacz", "-a", tmp_path / "one")
    take_in(tmp_path / "other", tmp_path / "one.wacz")
    assert rows(tmp_path / "other", CHAIN) == rows(tmp_path / "one", CHAIN) != []


def test_a_broken_file_gives_what_stands_before_the_break(tmp_path, press):
    path = write(tmp_path / "a.warc.gz", some(press))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 100])
    done = run("import", "-a", tmp_path / "archive", path, code=1)
    assert "a.warc.gz" in done.stderr
    assert "the rest was taken in" in done.stderr
    assert rows(tmp_path / "archive", "SELECT count(*) FROM captures") >= [(10,)]


def test_an_import_is_made_again_from_its_captures(tmp_path, press):
    """Without the file it came from, and without archive.db."""
    folder = tmp_path / "archive"
    press.visit(folder, 1)
    take_in(folder, write(tmp_path / "old.warc.gz", press.exchanges(0)))
    (tmp_path / "old.warc.gz").unlink()
    kept = Path(folder / "archive.db").rename(folder / "kept.db")
    run("reextract", "-a", folder, "--jobs", 1)
    with Archive.open(kept, read_only=True) as one, Archive.open(folder) as other:
        assert differences(one.connection, other.connection) == {}
