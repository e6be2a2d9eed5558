"""Other people's tools take what export writes: py-wacz validates it, pywb replays it."""

import gzip
import json
import subprocess
import urllib.request
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from archive.export import cdxj
from archive.warc.exchange import payload_digest


def export(folder, out, *words, code=0):
    done = CliRunner().invoke(khobao, ["export", str(out), *words, "-a", str(folder)])
    assert done.exit_code == code, done.output
    return out


@pytest.fixture(scope="module")
def package(tmp_path_factory, three_days):
    return export(three_days, tmp_path_factory.mktemp("package") / "captures.wacz")


def run(program, *arguments, **options):
    return subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        **options,
    )


def test_py_wacz_finds_the_package_valid(tools, package):
    assert "is valid" in run(tools / "wacz", "validate", "-f", package).stdout


def test_py_wacz_finds_a_changed_package_invalid(tools, package, tmp_path):
    """So that the test above can fail."""
    changed = tmp_path / "changed.wacz"
    with zipfile.ZipFile(package) as one, zipfile.ZipFile(changed, "w") as other:
        for name in one.namelist():
            data = one.read(name)
            other.writestr(name, data + b" " if name == "pages/pages.jsonl" else data)
    done = subprocess.run(
        [tools / "wacz", "validate", "-f", changed], capture_output=True, text=True, check=False
    )
    assert "invalid" in done.stdout


def test_files_are_stored_whole_and_every_article_is_a_page(three_days, package):
    with zipfile.ZipFile(package) as zipped:
        kept = {path.name: path.read_bytes() for path in three_days.glob("captures/*/*.warc.gz")}
        for name, data in kept.items():
            info = zipped.getinfo(f"archive/{name}")
            assert info.compress_type == zipfile.ZIP_STORED
            assert zipped.read(info) == data
        head, *pages = map(json.loads, zipped.read("pages/pages.jsonl").splitlines())
        index = gzip.decompress(zipped.read("indexes/index.cdx.gz")).decode().splitlines()
    assert head["format"] == "json-pages-1.0"
    with Archive.open(three_days, read_only=True) as archive:
        count = archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        rows = archive.connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    assert len(pages) == len({page["id"] for page in pages}) == count
    assert len(index) == rows
    assert index == sorted(index, key=str.encode)


def test_the_index_is_that_of_other_tools(tools, three_days, tmp_path):
    """pywb's own indexer reads the WARC files and gets the same lines."""
    ours = export(three_days, tmp_path / "captures.cdxj").read_text().splitlines()
    theirs = []
    for path in sorted(three_days.glob("captures/*/*.warc.gz")):
        theirs += run(tools / "cdx-indexer", "--cdxj", path).stdout.splitlines()

    def told(line):
        key, moment, place = line.split(" ", 2)
        place = json.loads(place)
        if place["mime"] == "warc/revisit":  # pywb's indexer states no status of these
            place["status"] = None
        names = ("url", "status", "length", "offset", "mime")
        digest = place["digest"].removeprefix("sha1:")
        return key, moment, digest, Path(place["filename"]).name, *(place[n] for n in names)

    theirs = [line for line in theirs if "{" in line]  # a heading comes before the lines
    assert sorted(map(told, ours), key=str) == sorted(map(told, theirs), key=str)


def test_keys_are_made_as_other_tools_make_them(tools):
    urls = [
        "https://baodongthap.vn/",
        "http://www.baodongthap.com.vn:80/newsdetails/1D3FE18E535/Hai_bi_cao.aspx",
        "https://baodongthap.vn/xa-hoi?page=2&cate=344",
        "https://baodongthap.vn/a%20b/%E1%BA%ADt/../x//y?b=1&a=2&",
        "https://baodongthap.vn/?",
        "https://baodongthap.vn/x/?p=2",
        "https://baodongthap.vn/tim-kiem/ậ?q=đ",
        "https://baodongthap.vn//index.php//x-a1.html",
        "https://baodongthap.vn/x?a",
        "https://baodongthap.vn/x?a=",
        "https://baodongthap.vn/%2541",
        "https://baodongthap.vn/a/./b/..",
        "https://baodongthap.vn:8080/X/",
    ]
    script = (
        "import sys, json, surt; print(json.dumps([surt.surt(u) for u in json.load(sys.stdin)]))"
    )
    theirs = run(tools / "python", "-c", script, input=json.dumps(urls)).stdout
    assert [cdxj.surt(url) for url in urls] == json.loads(theirs)


def fetch(url):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        response = urllib.request.build_opener(Stay).open(url)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read(), response.headers


def check_replay(server, folder, condition):
    """Every capture that meets *condition* is replayed, byte for byte."""
    with Archive.open(folder, read_only=True) as archive:
        from archive.history.capture_rows import find_captures

        found = find_captures(archive.connection, condition)
        assert found
        for capture in found:
            stamp = cdxj.timestamp(capture.fetched_at)
            status, body, headers = fetch(f"{server.url}/{stamp}id_/{capture.url}")
            assert "Memento-Datetime" in headers, capture
            assert status == capture.status
            stored = archive.read(capture)
            assert body == stored.raw_body
            assert payload_digest(body) == capture.payload_digest


#: One article's captures of three days, redirects (two of them revisits), a list, a block.
SOME = "captures.id % 13 = 0 OR outcome IN ('redirect', 'blocked') OR record_type = 'revisit'"


def test_pywb_replays_the_package(tools, serve, package, three_days, tmp_path):
    run(tools / "wb-manager", "init", "papers", cwd=tmp_path)
    run(tools / "wb-manager", "add", "--unpack-wacz", "papers", package, cwd=tmp_path)
    check_replay(serve(tmp_path), three_days, SOME)


def test_pywb_replays_an_archive_where_it_stands(serve, three_days, tmp_path):
    """As docs/captures.md has it: a CDXJ index beside the archive, and a few lines of YAML."""
    page = (Path(__file__).parents[3] / "docs" / "captures.md").read_text("utf-8")
    config = page.partition("```yaml\n")[2].partition("```")[0]
    assert "/srv/dongthap" in config
    export(three_days, tmp_path / "captures.cdxj")
    (tmp_path / "config.yaml").write_text(
        config.replace("/srv/dongthap/", f"{three_days}/").replace(
            f"{three_days}/captures.cdxj", str(tmp_path / "captures.cdxj")
        )
    )
    check_replay(serve(tmp_path), three_days, SOME)


def test_a_selection_holds_its_articles_and_nothing_else(tools, serve, three_days, tmp_path):
    out = export(three_days, tmp_path / "chosen.wacz", "title:chợ OR title:lúa")
    assert "is valid" in run(tools / "wacz", "validate", "-f", out).stdout
    with zipfile.ZipFile(out) as zipped:
        index = gzip.decompress(zipped.read("indexes/index.cdx.gz")).decode().splitlines()
        pages = [json.loads(line) for line in zipped.read("pages/pages.jsonl").splitlines()[1:]]
    keys = [page["id"] for page in pages]
    assert 1 < len(keys) < 60
    with Archive.open(three_days, read_only=True) as archive:
        marks = ", ".join("?" * len(keys))
        rows = archive.connection.execute(
            "SELECT count(*) FROM captures JOIN articles ON articles.id = article_id"
            f" WHERE key IN ({marks})",
            keys,
        ).fetchone()[0]
    assert len(index) == rows
    run(tools / "wb-manager", "init", "papers", cwd=tmp_path)
    run(tools / "wb-manager", "add", "--unpack-wacz", "papers", out, cwd=tmp_path)
    chosen = ", ".join(f"'{key}'" for key in keys)
    check_replay(
        serve(tmp_path),
        three_days,
        f"article_id IN (SELECT id FROM articles WHERE key IN ({chosen}))",
    )


def test_captures_have_their_own_days(three_days, tmp_path):
    done = CliRunner().invoke(
        khobao,
        ["export", str(tmp_path / "c.wacz"), "--as-of", "2026-11-24", "-a", str(three_days)],
    )
    assert done.exit_code == 2
