"""`khobao show`: an article, its versions, its citation."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing

from click.testing import CliRunner

from archive.cli import khobao


def test_show_reads_like_an_article(run):
    done = run("show", "dto:80001")
    lines = [line.strip() for line in done.output.splitlines()]
    order = [
        "Huyện Cao Lãnh:", "Công tác dân vận đạt kết quả", "Cập nhật ngày: 03/01/2018 10:12:28",
        "Chính trị", "(ĐTO) Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.",
        "▣ Tổ tự quản tuần tra  Ảnh: K.D", "Đã có 29 mô hình hay.", "DŨNG CHINH",
        "Address   https://baodongthap.vn/xa-hoi/bai-1.aspx",
    ]  # fmt: skip
    places = [lines.index(line) for line in order]
    assert places == sorted(places)
    assert "2  2026-11-08 01:00 UTC  changed without a new stamp: body" in done.output
    assert "Evidence  captures/2026/test.warc.gz" in done.output


def test_show_an_earlier_version(run):
    done = run("show", "80001", "--revision", "1")
    assert "Version 1 of 2, seen 2026-11-01 01:00 UTC; not the newest." in done.output
    assert "Đã có 31 mô hình hay." in done.output
    assert run("show", "80001", "--revision", "7").exit_code == 2


def test_show_says_what_is_gone(run):
    assert "Gone from the site: 2026-11-09 01:00 UTC (404)" in run("show", "3").output


def test_where_a_version_is_from_is_said_wherever_it_is_shown(scene, tmp_path):
    folder = tmp_path / "imported"
    shutil.copytree(scene, folder)
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        db.execute(
            "UPDATE captures SET origin = 'import:old.warc' WHERE id ="
            " (SELECT capture_id FROM revisions WHERE article_id = 1 AND number = 1)"
        )
        db.execute(
            "INSERT INTO captures (url, fetched_at, status, warc_file, warc_offset, warc_length,"
            " payload_digest, outcome, article_id, origin, doubt) VALUES ('x', '2026-11-09T01:00Z',"
            " 200, 'x', 1, 1, 'x', 'article', 1, 'import:forged.warc', 'conflict')"
        )

    def said(*arguments):
        return CliRunner().invoke(khobao, [*arguments, "-a", str(folder)]).stdout

    shown = said("show", "80001")
    assert "first seen; imported from old.warc" in shown
    assert "imported from forged.warc: says otherwise than the live site" in shown
    record = json.loads(said("show", "80001", "--json"))
    origins = [one["capture"]["origin"] for one in record["revisions"]]
    assert origins == ["import:old.warc", "live"]
    assert record["conflicts"][0]["origin"] == "import:forged.warc"
    assert "version 1, seen 2026-11-01 01:00 UTC, imported from old.warc" in said("diff", "80001")
    cited = said("show", "80001", "--revision", "1", "--cite", "ris")
    assert "; imported from old.warc" in cited
    assert "imported" not in said("show", "80001", "--cite", "ris")
    said("export", str(tmp_path / "package"))
    with (tmp_path / "package" / "revisions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["origin"] for row in csv.DictReader(file)][:2] == ["import:old.warc", "live"]


def test_show_as_json(run):
    record = json.loads(run("show", "80001", "--json").stdout)
    assert record["authors"] == [{"name": "DŨNG CHINH", "role": "text"}]
    assert record["revision"] == 2
    old = json.loads(run("show", "80001", "--json", "--revision", "1").stdout)
    assert (old["revision"], "31 mô hình" in old["body"]) == (1, True)


def test_show_a_citation(run):
    assert run("show", "80001", "--cite", "bibtex").stdout.startswith("@article{dto:80001,")


def test_an_article_that_is_not_there_may_be_searched(run):
    done = run("show", "Mùa nước nổi")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "no article is known as Mùa nước nổi; look for it with khobao search\n"
    )
