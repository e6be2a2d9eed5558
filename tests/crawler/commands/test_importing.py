"""The command ``khobao import``: what it prints, and its exit code (`test_warc_import.py` reads files)."""

import json

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from tests.crawler.odd_warcs import article, digests, http, page, revisit, warc


def run(folder, *files, form="table", code=0):
    arguments = ["import", "-a", folder, "--format", form, *files]
    done = CliRunner().invoke(khobao, [str(each) for each in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def file(tmp_path):
    """Writes a WARC file of these records."""

    def write(*records, name="other.warc"):
        (tmp_path / name).write_bytes(b"".join(records))
        return tmp_path / name

    return write


def test_what_was_imported_is_counted_and_a_file_may_be_given_twice(tmp_path, file):
    elsewhere = warc(block=http(b"<p>x</p>"), WARC_Target_URI="https://example.org/")
    given = file(article(90001), article(90002), elsewhere)
    printed = run(tmp_path / "a", given).stdout
    assert "2 captures imported, 0 known already, 1 of other sites" in printed
    assert "articles: 2 new, 0 revised, 0 unchanged" in printed
    again = run(tmp_path / "a", given).stdout
    assert "0 captures imported, 2 known already" in again


def test_a_damaged_record_is_named_and_the_rest_is_imported(tmp_path, file):
    torn = article(90002)[:-200]
    done = run(tmp_path / "a", file(article(90001), torn), code=1)
    assert "articles: 1 new" in done.stdout
    errors = done.stderr.splitlines()
    assert errors[0].startswith("Error: ")
    assert "other.warc" in errors[0]
    assert errors[-1] == "The files and records above were left out; the rest was imported."


def test_a_file_that_is_missing_stops_the_import_before_it_begins(tmp_path, file):
    done = run(tmp_path / "a", file(article(90001)), tmp_path / "none.warc", code=2)
    assert "there is no file at" in done.stderr
    assert "nothing was imported" in done.stderr
    assert not (tmp_path / "a").exists()


def test_json_says_the_same_and_is_json_in_an_error_too(tmp_path, file):
    given = file(article(90001), article(90002)[:-200])
    told = json.loads(run(tmp_path / "a", given, form="json", code=1).stdout)
    assert (told["new"], len(told["broken"])) == (1, 1)
    with Archive.open(tmp_path / "a", read_only=True) as archive:
        last = archive.connection.execute("SELECT max(id) FROM crawls").fetchone()
    assert last == (told["crawl"],)
    failed = json.loads(run(tmp_path / "a", tmp_path / "no", form="json", code=2).stdout)
    assert failed["exit_code"] == 2
    assert "there is no file" in failed["error"]


def test_a_revisit_whose_page_is_in_another_file_asks_for_that_file(tmp_path, file):
    digest = digests(page(90001))["base32"]
    printed = run(tmp_path / "a", file(revisit(90001, digest))).stdout
    assert "1 revisit records refer to payloads in files that were not given" in printed
