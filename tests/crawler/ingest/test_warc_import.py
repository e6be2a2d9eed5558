"""Files of other tools join the archive: with their own dates, in their place, once."""

import gc
import gzip
import io
import json
import random
import re
import subprocess
import sys
import threading
import time
import warnings
import zipfile
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.archive import Archive, crawl_lock
from archive.cli import khobao
from archive.verify.verify import verify
from benchmarks.comparison import differences
from crawler.ingest.classify import read_article
from tests.crawler.odd_warcs import article, digests, http, packed, page, revisit, url, warc
from tests.programs import needs_proc


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


def write_revisit(writer, exchange, original, when):
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
    known = next(e for e in press.exchanges(0) if e.status == 200 and "a236" in e.url)
    twin = known.url.replace("https://", "http://www.")
    from dataclasses import replace

    first, second = tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"
    pieces = []
    with first.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        headers = [(k.decode(), v.decode()) for k, v in known.response_headers]
        original = writer.create_warc_record(
            known.url,
            "response",
            payload=io.BytesIO(known.body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2026-02-01T00:00:00Z"},
        )
        writer.write_record(original)
    pieces.append(first.read_bytes())
    with second.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        write_revisit(writer, known, original, "2026-03-01T00:00:00Z")
        write_revisit(writer, replace(known, url=twin), original, "2026-04-01T00:00:00Z")
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
        (known.url, "response", "article"),
        (known.url, "revisit", "article"),
        (twin, "response", "article"),
    ]
    assert rows(tmp_path / "archive", "SELECT count(*) FROM articles") == [(1,)]


def test_a_revisit_whose_payload_is_nowhere_is_told(tmp_path, press):
    known = next(e for e in press.exchanges(0) if e.status == 200)
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        record = writer.create_revisit_record(
            known.url,
            digest="sha1:ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
            refers_to_uri=known.url,
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
    assert "the rest was imported" in done.stderr
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


# --- what other tools write, and what damages it ------------------------------------------------


def told_of(folder, files, *, code=0):
    """What importing *files*, by name and bytes, says; the archive is sound afterwards."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        paths.append(folder / name)
    done = run("import", "-a", folder / "archive", "--format", "json", *paths, code=code)
    assert "Traceback" not in done.stderr
    assert verify(folder / "archive", full=True, reader=read_article).faults == []
    return json.loads(done.stdout)


def kept(folder):
    return rows(folder / "archive", "SELECT key FROM articles ORDER BY key")


def keys(*numbers):
    return [(f"dto:{number}",) for number in numbers]


def times(folder):
    return [
        at for (at,) in rows(folder / "archive", "SELECT fetched_at FROM captures ORDER BY rowid")
    ]


@pytest.mark.parametrize(
    ("stated", "utc"),
    [
        ("2019-08-15T08:02:03+07:00", "2019-08-15T01:02:03.000Z"),
        ("2019-08-15T01:02:03.123456789Z", "2019-08-15T01:02:03.123Z"),
        ("2019-08-15T01:02:03-0230", "2019-08-15T03:32:03.000Z"),
        ("2019-08-15 01:02:03", "2019-08-15T01:02:03.000Z"),
        ("2019-08-15T01:02Z", "2019-08-15T01:02:00.000Z"),
        ("20190815010203", "2019-08-15T01:02:03.000Z"),
        ("2019-08-15", "2019-08-15T00:00:00.000Z"),
    ],
)
def test_dates_are_taken_in_utc(tmp_path, stated, utc):
    assert told_of(tmp_path / "a", {"a.warc": article(90001, date=stated)})["fetched"] == 1
    assert times(tmp_path / "a") == [utc]


NO_DATES = [
    *("2019-08", "2019", "yesterday", "", "2019-13-45T00:00:00Z", "2019-02-30", "٢٠١٩-٠٨-١٥"),
    *("2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "0001-01-01"),
    *("9999-12-31T23:59:59-23:59", "99999999999999", "2019-08-15T01:02:03+99:99"),
]


def test_a_record_without_a_possible_date_is_set_aside_and_named(tmp_path):
    records = [article(90010 + n, date=date) for n, date in enumerate(NO_DATES)]
    files = {"a.warc": b"".join([*records, article(90001)])}
    told = told_of(tmp_path / "a", files, code=1)
    assert kept(tmp_path / "a") == keys(90001)
    assert told["misdated"] == len(told["broken"]) == len(NO_DATES)
    for number, date in enumerate(NO_DATES):
        assert url(90010 + number) in told["broken"][number]
        assert date[:10] in told["broken"][number]


def test_an_import_is_an_import_whatever_it_claims(tmp_path):
    record = article(90001, Khobao_Origin="live")
    told_of(tmp_path / "a", {" a\u00e0.warc ": record})
    assert rows(tmp_path / "a" / "archive", "SELECT origin FROM captures") == [
        ("import:a\u00e0.warc",)
    ]


def test_the_last_response_before_the_damage_is_taken_in(tmp_path):
    whole = packed(article(90001), article(90002))
    told = told_of(tmp_path / "a", {"a.warc.gz": whole + packed(article(90003))[:20]}, code=1)
    assert kept(tmp_path / "a") == keys(90001, 90002)
    assert told["broken"] == [f"a.warc.gz at {len(whole)}: the file ends inside a gzip member"]


@pytest.mark.parametrize("spelling", [*digests(b"")])
@pytest.mark.parametrize("how", ["by digest", "after it", "nothing else"])
def test_revisits_find_their_original(tmp_path, spelling, how):
    """By a digest in any spelling: Browsertrix, ArchiveWeb.page, Wget, pywb, Heritrix."""
    digest = digests(page(90001))[spelling]
    original = article(90001, WARC_Payload_Digest=digest)
    again = revisit(90001, digest)
    if how == "nothing else":  # the response states none
        original = article(90001)
        again = revisit(
            90001,
            digest,
            WARC_Refers_To_Target_URI=url(90001),
            WARC_Refers_To_Date="2019-08-15T01:02:03Z",
        )
    records = [again, original] if how == "after it" else [original, again]
    told = told_of(tmp_path / "a", {"a.warc": b"".join(records)})
    assert (told["fetched"], told["unchanged"], told["without_payload"]) == (2, 1, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC_Refers_To": "<urn:uuid:response-90001-2019-08-15T01:02:03Z>"},
        {"WARC_Refers_To_Target_URI": url(90001), "WARC_Refers_To_Date": "2019-08-15T01:02:03Z"},
        {"WARC_Refers_To_Date": "2019-08-15T08:02:03+07:00"},
        {"WARC_Refers_To_Date": "20190815010203", "WARC_Target_URI": f"<{url(90001)}>"},
    ],
    ids=["record id", "address and date", "date with an offset", "date in digits"],
)
@pytest.mark.parametrize("files", [1, 2])
def test_revisits_without_a_digest(tmp_path, fields, files):
    original, again = article(90001), revisit(90001, **fields)
    given = {"a.warc": original + again} if files == 1 else {"a.warc": again, "b.warc": original}
    assert told_of(tmp_path / "a", given)["fetched"] == 2
    if "WARC_Refers_To" not in fields:  # and in an import of its own, by address and date
        later = revisit(
            90001, digests(page(90001))["sha256"], date="2020-01-01T00:00:00Z", **fields
        )
        assert told_of(tmp_path / "a", {"c.warc": later})["fetched"] == 1


def test_a_revisit_of_another_payload_waits_in_vain(tmp_path):
    """Address and date say one thing, the digest another: nothing is made of it."""
    other = revisit(90001, digests(b"other")["sha256"], WARC_Refers_To_Date="2019-08-15T01:02:03Z")
    original = article(90001, WARC_Payload_Digest=digests(page(90001))["sha256"])
    told = told_of(tmp_path / "a", {"a.warc": original + other})
    assert (told["fetched"], told["without_payload"]) == (1, 1)


SOUND = {
    "block digest in base64": article(
        90001, WARC_Block_Digest=digests(http(page(90001)))["base64"]
    ),
    "block digest with a space": article(
        90001, WARC_Block_Digest=digests(http(page(90001)))["a space"]
    ),
    "block digest in sha256": article(
        90001, WARC_Block_Digest=digests(http(page(90001)))["sha256"]
    ),
    "no digest at all": article(90001, WARC_Block_Digest="sha1:null"),
    "bare line feeds in HTTP": warc(block=http(page(90001), line=b"\n")),
    "no reason": warc(block=http(page(90001), status=b"HTTP/1.1 200")),
    "HTTP/2": warc(block=http(page(90001), status=b"HTTP/2 200")),
    "lower-case http": warc(block=http(page(90001), status=b"http/1.1  200  OK")),
    "an upper-case type": article(90001, WARC_Type="RESPONSE"),
    "no content type": article(90001, Content_Type=None),
    "another content type": article(90001, Content_Type="text/html"),
    "a folded address": article(90001, WARC_Target_URI=f"\r\n {url(90001)}"),
    "an address in brackets": article(90001, WARC_Target_URI=f"<{url(90001)}>"),
    "a space in the address": article(90001, WARC_Target_URI=url(90001) + "?a b\x7f>"),
    "the separator in the length": warc(
        block=http(page(90001), more=(b"Content-Length: %d" % len(page(90001)),)) + b"\r\n"
    ),
    "a zip inside": article(90001)
    + warc(
        block=http(b"PK\3\4 PK\5\6" + b"\0" * 18),
        number=7,
        WARC_Target_URI="https://baodongthap.vn/a.docx",
    ),
    "6000 digits of length": warc(
        block=http(page(90001), more=(b"X-Archive-Orig-Content-Length: " + b"9" * 6000,))
    ),
    "a request first": warc("request", b"GET / HTTP/1.1\n\n", WARC_Concurrent_To="<x>")
    + article(90001, WARC_Record_ID="<x>"),
    "a hundred requests first": b"".join(
        warc("request", b"POST / HTTP/1.1\r\n\r\n", number=n) for n in range(100)
    )
    + article(90001),
}


@pytest.mark.parametrize("what", SOUND)
@pytest.mark.parametrize("how", ["plain", "gzip"])
def test_what_is_sound_is_taken_in(tmp_path, what, how):
    data = SOUND[what] if how == "plain" else gzip.compress(SOUND[what])
    told_of(tmp_path / "a", {"a.warc": data})
    assert kept(tmp_path / "a") == keys(90001)


def test_a_record_in_segments_is_named_and_not_taken_for_a_whole_page(tmp_path):
    """Its first segment alone would be an article that ends in the middle."""
    block = http(page(90001))
    first = warc(block=block[:300], WARC_Segment_Number="1")
    rest = warc("continuation", block[300:], number=2, WARC_Segment_Number="2")
    told = told_of(tmp_path / "a", {"a.warc": first + rest + article(90002)}, code=1)
    assert kept(tmp_path / "a") == keys(90002)
    [said] = told["broken"]
    assert "stored in segments" in said


def test_a_record_with_another_digest_is_left_out_and_named(tmp_path):
    wrong = article(90001, WARC_Block_Digest="sha1:" + "A" * 32)
    told = told_of(tmp_path / "a", {"a.warc": wrong + article(90002)}, code=1)
    assert kept(tmp_path / "a") == keys(90002)
    assert len(told["broken"]) == told["damaged"] == 1
    done = run("import", "-a", tmp_path / "b", tmp_path / "a" / "a.warc", code=1)
    assert done.stderr.count("the block digest is sha1:AAA") == 1


def zipped(entries, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return out.getvalue()


WARC_GZ = packed(article(90001), article(90002))


def flipped(data, at):
    data = bytearray(data)
    data[at] ^= 0xFF
    return bytes(data)


def encrypted(data):
    """The flag of an encrypted entry, in both of its headers."""
    data = bytearray(data)
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


PACKAGES = {
    "upper-case": (zipped({"ARCHIVE/DATA.WARC.GZ": WARC_GZ}), 2, None),
    "deflated": (zipped({"archive/data.warc": article(90001)}, zipfile.ZIP_DEFLATED), 1, None),
    "an arc file": (
        zipped(
            {
                "a.arc": b"%b 10.0.0.1 20050301010203 text/html %d\n"
                % (url(90001).encode(), len(http(page(90001))))
                + http(page(90001))
            }
        ),
        0,
        "is not a WARC file, ARC file or WACZ package",
    ),
    "without a WARC": (zipped({"datapackage.json": "{}"}), 0, "without a WARC file"),
    "empty": (zipped({}), 0, "without a WARC file"),
    "a package in it": (
        zipped({"inner.wacz": zipped({"a.warc": article(90001)})}),
        0,
        "package in the package",
    ),
    "encrypted": (encrypted(zipped({"archive/data.warc.gz": WARC_GZ})), 0, "is encrypted"),
    "a wrong byte": (flipped(zipped({"archive/data.warc.gz": WARC_GZ}), 150), 1, "no gzip member"),
    "a wrong byte, deflated": (
        flipped(zipped({"data.warc": article(90001) * 9}, zipfile.ZIP_DEFLATED), 300),
        None,
        "cannot be read",
    ),
    "its end torn off": (zipped({"data.warc.gz": WARC_GZ})[:-30], 2, "directory of the package"),
    "its half torn off": (zipped({"data.warc.gz": WARC_GZ})[:-700], 1, "directory of the package"),
    "a compression of its own": (
        zipped({"data.warc.gz": WARC_GZ}, zipfile.ZIP_LZMA).replace(b"\x0e\0", b"\x63\0"),
        0,
        "cannot be read",
    ),
    "an odd name": (zipped({"archive/\x1b[31m\n.warc": article(90001)}), 1, None),
}


@pytest.mark.parametrize("what", PACKAGES)
def test_packages_of_every_kind(tmp_path, what):
    """What is wrong with one is one line, and the file after it is imported."""
    data, count, says = PACKAGES[what]
    files = {"a.wacz": data, "good.warc": article(90009)}
    told = told_of(tmp_path / "a", files, code=1 if says else 0)
    if count is not None:
        assert len(kept(tmp_path / "a")) == count + 1
    assert keys(90009)[0] in kept(tmp_path / "a")
    assert len(told["broken"]) == (1 if says else 0)
    if says:
        assert says in told["broken"][0]
        assert told["broken"][0].startswith("a.wacz")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"hello\n", "is not a WARC file, ARC file or WACZ package"),
        (b"\x28\xb5\x2f\xfd\0\0\0\0", "a.bin"),
        (b"\x5d\x2a\x4d\x18\xff\xff\xff\xff", "its dictionary states"),
        (gzip.compress(b"hello", mtime=0), "no WARC record begins here"),
        (gzip.compress(b"", mtime=0), "holds no record"),
        (b"PK\3\4" + b"\0" * 50, "directory of the package"),
        (b"\x1f\x8b", "a.bin at 0"),
    ],
)
def test_what_is_no_archive_is_named(tmp_path, data, says):
    told = told_of(tmp_path / "a", {"a.bin": data, "good.warc": article(90009)}, code=1)
    assert kept(tmp_path / "a") == keys(90009)
    assert len(told["broken"]) == 1
    assert says in told["broken"][0]


def test_zstd_with_and_without_a_dictionary(tmp_path):
    from fastwarc.stream_io import ZstdWriter, zstd_train_dictionary_from_samples

    records = [article(n) for n in range(90001, 90060)]
    dictionary = zstd_train_dictionary_from_samples(records, 4096)

    def frames(**options):
        out = io.BytesIO()
        for record in records:
            piece = io.BytesIO()
            writer = ZstdWriter(piece, **options)
            writer.write(record)
            writer.close()
            out.write(piece.getvalue())
        return out.getvalue()

    header = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary
    files = {"a.warc.zst": frames(), "b.warc.zst": header + frames(dictionary=dictionary)}
    for name, data in files.items():
        assert told_of(tmp_path / name, {name: data})["fetched"] == 59


def test_arc_files(tmp_path):
    block = http(page(90001), status=b"HTTP/1.0 200 OK")
    about = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    data = (
        b"filedesc://IA-1.arc 0.0.0.0 20050301010203 text/plain %d\n" % len(about)
        + about
        + b"\n%b 10.0.0.1 20050301010203 text/html %d\n" % (url(90001).encode(), len(block))
        + block
        + b"\n"
    )
    told_of(tmp_path / "a", {"a.arc": data, "b.arc.gz": gzip.compress(data)})
    assert times(tmp_path / "a") == ["2005-03-01T01:02:03.000Z"]


@needs_proc
def test_what_cannot_be_opened_is_named(tmp_path, monkeypatch):
    """One JSON object on stdout, whatever happens."""
    (tmp_path / "good.warc").write_bytes(article(90009))
    (tmp_path / "gone.warc").symlink_to("/proc/self/mem")  # opens, and cannot be read
    told = take_in(tmp_path / "a", tmp_path / "gone.warc", tmp_path / "good.warc", code=1)
    assert "gone.warc" in told["broken"][0]
    assert told["fetched"] == 1


@pytest.mark.parametrize("block", [b"", page(90001), http(page(90001), status=b"HTTP/1.1 200K")])
def test_a_response_without_a_status_is_named(tmp_path, block):
    files = {"a.warc": warc(block=block) + article(90002)}
    told = told_of(tmp_path / "a", files, code=1)
    assert kept(tmp_path / "a") == keys(90002)
    assert "a response of HTTP was expected" in told["broken"][0]


def test_a_file_that_is_not_there_is_json_too(tmp_path):
    told = take_in(tmp_path / "a", tmp_path / "no.warc", code=2)
    assert "no.warc" in told["error"]
    assert not (tmp_path / "a").exists()


def test_an_archive_that_is_in_use_is_json_too(tmp_path):
    (tmp_path / "good.warc").write_bytes(article(90009))
    take_in(tmp_path / "a", tmp_path / "good.warc")
    with crawl_lock(tmp_path / "a"):
        told = take_in(tmp_path / "a", tmp_path / "good.warc", code=6)
    assert told["exit_code"] == 6
    assert told["error"]


# --- bounds ---------------------------------------------------------------------------------------

MEGABYTE = 1 << 20


def member(size, *parts, **fields):
    """A gzip member with a record of *size* bytes, packed piece by piece."""
    packing = zlib.compressobj(1, zlib.DEFLATED, 31)
    head = warc(Content_Length=str(size), **fields)[:-4]
    yield packing.compress(head)
    left = size
    for part in chain(parts, repeat(bytes(MEGABYTE))):
        if left <= 0:
            break
        yield packing.compress(part[:left])
        left -= len(part)
    yield packing.flush()


#: The most memory that a process took is asked of itself: what the system tells of a child counts
#: the memory of the process that it was forked from.
MEASURED = """
import atexit, sys
from pathlib import Path
sys.modules.update(pandas=None, numpy=None)  # the tests have them, and an installation has not
from archive.cli import main
atexit.register(lambda: print(Path("/proc/self/status").read_text(), file=sys.stderr))
main()
"""


def peak(folder, path, code):
    """What an import of *path* says in a process of its own, and the most memory it took, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "import", "-a", folder, "--format", "json", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    kilobytes = re.search(r"VmHWM:\s+(\d+) kB", done.stderr)[1]
    return json.loads(done.stdout), int(kilobytes) / 1024


@needs_proc
def test_memory_is_bounded_whatever_a_file_states(tmp_path):
    """A 200 MB request, response and other record, 50 GB stated, an endless head: none is read."""
    post = b"POST / HTTP/1.1\r\n\r\n"
    large = 200 * MEGABYTE
    pieces = [
        *member(large, post, kind="request"),
        packed(article(90001)),
        *member(large, b"HTTP/1.1 200 OK\r\n\r\n", number=90002),
        *member(large, kind="resource"),
        packed(warc(block=b"HTTP/1.1 200 OK\r\n\r\n", Content_Length="50000000000")),
        gzip.compress(b"WARC/1.0\r\nX: " + b"y" * large, 1),
        packed(article(90003)),
    ]
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        stream.writelines(pieces)
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as package:
        package.write(tmp_path / "a.warc.gz", "archive/a.warc.gz")
    assert (tmp_path / "a.wacz").stat().st_size < 3 * MEGABYTE
    for name in ("a.warc.gz", "a.wacz"):
        told, megabytes = peak(tmp_path / f"of {name}", tmp_path / name, 1)
        assert (told["fetched"], told["too_large"], len(told["broken"])) == (2, 1, 3)
        assert megabytes < 150


@needs_proc
def test_memory_is_a_small_multiple_of_the_largest_record(tmp_path):
    """Three times: as read, as written, and what its packed form takes."""
    size = 60 * MEGABYTE
    noise = random.Random(1).randbytes
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        parts = (b"HTTP/1.1 200 OK\r\n\r\n", *(noise(MEGABYTE) for _ in range(60)))
        stream.writelines(member(size, *parts, WARC_Target_URI="https://baodongthap.vn/a.pdf"))
    told, megabytes = peak(tmp_path / "a", tmp_path / "a.warc.gz", 0)
    assert told["bytes"] == size - 19
    assert megabytes < 60 + 3.3 * size / MEGABYTE


def test_sentences_are_bounded(tmp_path):
    data = b"".join(article(90001, date=f"day {n}") for n in range(300))
    told = told_of(tmp_path / "a", {"a.warc": data}, code=1)
    assert told["not_taken_in"] == 300
    assert len(told["broken"]) == 100


@pytest.mark.skipif(not which("wget"), reason="GNU Wget is not installed")
def test_what_wget_writes(tmp_path):
    """Twice through a proxy that is the paper, the second time with --warc-dedup."""

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self):
            body = page(90001)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        for name, options in (("one", ["--warc-cdx"]), ("two", ["--warc-dedup=one.cdx"])):
            time.sleep(1.1)  # captures of the same second are one
            asked = url(90001).replace("https", "http")
            through = ["-e", f"http_proxy=http://127.0.0.1:{server.server_port}", "-qO/dev/null"]
            subprocess.run(
                ["wget", *through, f"--warc-file={name}", *options, asked], cwd=tmp_path, check=True
            )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    written = [tmp_path / "one.warc.gz", tmp_path / "two.warc.gz"]
    assert b"WARC-Type: revisit" in gzip.decompress(written[1].read_bytes())
    told = take_in(tmp_path / "a", *written)
    assert (told["new"], told["fetched"], told["broken"]) == (1, 2, [])
