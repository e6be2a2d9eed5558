"""The commands, as people type them: what is printed, where, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.articles.details import details
from archive.cli import khobao
from archive.models import Author, Image

COMMANDS = ("search", "show", "diff", "trends", "export", "coverage", "status", "serve")


@pytest.fixture(scope="module")
def scene(new_shelf):
    """A few articles, one of them edited in silence, one gone."""
    shelf = new_shelf()
    first = shelf.add(
        "Công tác dân vận đạt kết quả",
        key="dto:80001",
        kicker="Huyện Cao Lãnh:",
        lead="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.",
        agency="ĐTO",
        body="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.\n\nĐã có 31 mô hình hay.",
        byline="DŨNG CHINH",
        authors=(Author("DŨNG CHINH", "text"),),
        section="Chính trị",
        section_slug="chinh-tri",
        images=(Image(1, "https://baodongthap.vn/a.jpg", "Tổ tự quản tuần tra", "K.D", 1),),
        seen="2026-11-01T01:00:00.000Z",
    )
    article = details(shelf.connection, first).article
    shelf.revise(
        first,
        replace(article, body=article.body.replace("31", "29")),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["body"],
    )
    shelf.add(
        "=Lúa được mùa", body="Bà con vận động người dân xuống giống", source="TTXVN",
        updated_at="2018-03-01T06:00:00+07:00", section="Kinh tế", section_slug="kinh-te",
    )  # fmt: skip
    shelf.add("Tin <b>đậm</b> [bold]đỏ[/bold]", body="chữ [red]hoà giải[/red]", updated_at=None)
    shelf.connection.execute(
        "UPDATE articles SET gone_at = '2026-11-09T01:00:00.000Z', gone_how = '404' WHERE id = 3"
    )
    shelf.connection.commit()
    return shelf.folder


@pytest.fixture
def run(scene):
    def invoke(*arguments: str, archive: Path | None = scene) -> Result:
        given = [*arguments, "-a", str(archive)] if archive else list(arguments)
        return CliRunner().invoke(khobao, given, catch_exceptions=False)

    return invoke


def test_every_command_is_there_and_explains_itself():
    context = click.Context(khobao)
    for name in COMMANDS:
        command = khobao.get_command(context, name)
        assert command is not None
        assert command.help
        done = CliRunner().invoke(khobao, [name, "--help"])
        assert done.exit_code == 0
        assert max(map(len, done.output.splitlines())) <= 80


def test_commands_of_ours_do_not_wait_for_those_of_others(monkeypatch, scene):
    def refuse(*_: object) -> None:
        raise AssertionError("search asked the other packages")

    monkeypatch.setattr("archive.cli._others", refuse)
    assert CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene)]).exit_code == 0


def test_a_broken_package_takes_no_command_with_it(monkeypatch):
    class Broken:
        value = "broken.cli:register"

        def load(self) -> None:
            raise ImportError("no module of that name")

    monkeypatch.setattr("archive.cli._others", lambda: [Broken()])
    done = CliRunner().invoke(khobao, ["--help"])
    assert done.exit_code == 0
    assert "search" in done.stdout
    assert "commands of broken.cli:register are missing" in done.stderr


@pytest.mark.parametrize("command", [["search", "lúa"], ["status"], ["show", "1"], ["coverage"]])
def test_no_archive_is_said_with_the_code_of_wrong_usage(tmp_path, command):
    done = CliRunner().invoke(khobao, [*command, "-a", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: there is no archive at ")


def test_a_file_that_is_no_archive_is_said(tmp_path):
    (tmp_path / "archive.db").write_text("not a database, but long enough to be read as one " * 99)
    done = CliRunner().invoke(khobao, ["status", "-a", str(tmp_path)])
    assert done.exit_code == 2
    assert "cannot be read as an archive" in done.stderr


def test_the_archive_may_be_named_by_its_file_or_by_the_environment(scene):
    done = CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene / "archive.db")])
    same = CliRunner().invoke(khobao, ["search", "lúa"], env={"KHOBAO_ARCHIVE": str(scene)})
    assert done.exit_code == same.exit_code == 0
    assert done.output == same.output


# --- search -------------------------------------------------------------------------------------


def test_search_finds_marks_left_out(run):
    done = run("search", "dan", "van")
    assert done.exit_code == 0
    assert done.output.index("dto:80001") < done.output.index("=Lúa được mùa")
    assert "Looked for: dan van (phrase first, then all words)" in done.output
    assert "1–2 of 2 articles; 1 with the words together." in done.output
    assert max(map(len, done.output.splitlines())) <= 80


def test_search_says_what_each_reading_finds(run):
    done = run("search", "hòa giải", "--explain")
    assert "hòa giải exactly as typed: 0 together, 0 in all" in done.output
    assert "hòa giải with the tone on the other vowel too: 1 together, 1 in all" in done.output
    none = run("search", "dấn vấn")
    assert none.exit_code == 0
    assert "No article found." in none.output
    assert "dan van whatever the marks: 1 together, 2 in all" in none.output


def test_search_says_what_to_do_next(run):
    assert "1–1 of 3 articles. Next page: --offset 1\n" in run("search", "", "--limit", "1").output
    assert "Next page" not in run("search", "").output
    assert run("search", "", "--limit", "0").output.endswith("\n3 articles.\n")
    nothing = run("search", "lúa", "--section", "chinh-tri", "--until", "2001").output
    assert "Without dates and filters: 1 article." in nothing
    assert "Without" not in run("search", "xyzzy").output


def test_search_as_json(run):
    record = json.loads(run("search", "dân vận", "--format", "json").stdout)
    assert record["total"] == 2
    assert record["hits"][0]["key"] == "dto:80001"
    title, marks = record["hits"][0]["title"], record["hits"][0]["title_marks"]
    assert [title[start:end] for start, end in marks] == ["dân vận"]
    assert [reading["reading"] for reading in record["readings"]] == ["exact", "plain"]


def test_search_as_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("search", "", "--format", "csv").stdout)))
    assert [row["title"] for row in rows] == [
        "=Lúa được mùa", "Công tác dân vận đạt kết quả", "Tin <b>đậm</b> [bold]đỏ[/bold]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (["--since", "03/2018"], 1), (["--until", "2018-01-03"], 1), (["--section", "kinh-te"], 1),
        (["--author", "dung chinh"], 1), (["--source", "ttxvn"], 1), (["--kind", "article"], 3),
        (["--section", "kinh-te", "--section", "chinh-tri"], 2), (["--limit", "0"], 3),
    ],
)  # fmt: skip
def test_search_filters(run, options, total):
    assert json.loads(run("search", *options, "--format", "json").stdout)["total"] == total


def test_a_date_that_is_none_is_refused(run):
    done = run("search", "lúa", "--since", "mai")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: “mai” is not a date; write 2018, 03/2018, 3/1/2018 or 2018-01-03\n"
    )


def test_text_is_never_taken_for_markup_of_the_terminal(run):
    assert "Tin <b>đậm</b> [bold]đỏ[/bold]" in run("search", "tin").output
    assert "[red]hoà giải[/red]" in run("show", "3").output


# --- show and diff ------------------------------------------------------------------------------


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


def test_diff_names_what_changed(run):
    done = run("diff", "80001")
    assert "Silent edit: the text changed, the stamp did not." in done.output
    assert "Numbers: 31 → 29" in done.output
    assert "Đã có [-31-]{+29+} mô hình hay." in done.output
    wide = run("diff", "80001", "--side-by-side")
    assert "[-31-] mô" in wide.output


def test_diff_as_json_and_with_numbers(run):
    record = json.loads(run("diff", "80001", "2", "1", "--format", "json").stdout)
    assert (record["before"]["number"], record["after"]["number"]) == (2, 1)
    assert (record["numbers_removed"], record["numbers_added"]) == (["29"], ["31"])
    assert run("diff", "2").output == "dto:2 has been seen in one version only.\n"
    assert run("diff", "80001", "1", "2", "3").exit_code == 2


# --- trends, coverage, status, export -----------------------------------------------------------


def test_trends_draws_bars_and_holes(run):
    done = run("trends", "lua", "--by", "month")
    lines = done.output.splitlines()
    assert lines[0] == "lua"
    assert lines[1].startswith("2018-01   *")
    assert set(lines[2].removeprefix("2018-02")) == {" ", "░"}
    assert "1 of 1 100.0%~" in lines[3]
    assert max(map(len, lines)) <= 80


def test_trends_as_a_table_and_a_figure(run, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run("trends", "lua", "--format", "csv").stdout)))
    assert [row["count"] for row in rows] == ["0", "", "1"]
    assert len(json.loads(run("trends", "lua", "--format", "json").stdout)["rows"]) == 3
    for name in ("a.svg", "a.csv"):
        done = run("trends", "lua", "--out", str(tmp_path / name), "--title", "Lúa")
        assert done.exit_code == 0
        assert (tmp_path / name).stat().st_size > 100
    assert run("trends", "lua", "--out", str(tmp_path / "a.pdf")).exit_code == 2


@pytest.mark.parametrize(
    ("span", "first", "lines"),
    [
        (["--since", "2018-01-03", "--until", "2018-02-02"], "2018-01-03", 31),
        (["--since", "2018-01-01", "--until", "2018-07-29"], "2018-W01", 30),
        (["--since", "2018", "--until", "2019"], "2018-01", 24),
        (["--since", "2012", "--until", "2026"], "2012", 15),
    ],
)
def test_trends_without_a_step_fit_the_screen(run, span, first, lines):
    done = run("trends", "lua", *span)
    printed = done.output.split("\n\n")[0].splitlines()[1:]
    assert printed[0].split()[0] == first
    assert len(printed) == lines
    record = json.loads(run("trends", "lua", *span, "--format", "json").stdout)
    assert record["by"] == "month"
    assert run("trends", "lua", *span, "--by", "year").output.splitlines()[1].startswith("20")


def test_coverage_names_the_sections(run):
    done = run("coverage")
    assert "Chính trị (chinh-tri) " in done.output
    record = json.loads(run("coverage", "--format", "json").stdout)
    assert record["section_names"]["kinh-te"] == "Kinh tế"
    assert set(record["section_names"]) <= set(record["sections"])


def test_coverage_prints_and_draws(run, tmp_path):
    done = run("coverage")
    assert "Days without an article" in done.output
    assert "Numbers dto:2 to 80001" in done.output
    assert max(map(len, done.output.splitlines())) <= 80
    assert json.loads(run("coverage", "--format", "json").stdout)["total"]["stored"] == 3
    assert run("coverage", "--format", "csv").stdout.startswith("day,listed,stored")
    assert run("coverage", "--out", str(tmp_path / "c.svg")).exit_code == 0
    assert (tmp_path / "c.svg").read_text(encoding="utf-8").startswith("<svg")


def test_status_at_a_glance(run):
    done = run("status")
    assert "3, stamped 2018-01-03 to 2018-03-01" in done.output
    assert "4; 1 articles were edited, 1 times silently" in done.output
    assert "! no crawl has ended well yet" in done.output
    record = json.loads(run("status", "--format", "json").stdout)
    assert (record["articles"], record["gone"]) == (3, 1)


def test_export_says_how_many_rows_it_wrote(run, tmp_path):
    out = tmp_path / "a.csv"
    done = run("export", str(out), "lúa", "--excel")
    assert done.stdout == ""
    assert done.stderr.startswith(f"{tmp_path / 'a.excel.csv'}: 1 article, ")
    assert "'=Lúa được mùa" in (tmp_path / "a.excel.csv").read_text(encoding="utf-8-sig")


def test_export_as_of_and_package_and_citations(run, tmp_path):
    run("export", str(tmp_path / "old.jsonl"), "--as-of", "2026-11-01")
    (line,) = (tmp_path / "old.jsonl").read_text(encoding="utf-8").splitlines()
    assert "31 mô hình" in json.loads(line)["body"]
    run("export", str(tmp_path / "pkg"), "--section", "kinh-te", "--as-of", "2026-11-30")
    text = (tmp_path / "pkg" / "README.md").read_text(encoding="utf-8")
    assert '`section:"kinh-te"`' in text
    assert "as it was known on 2026-11-30" in text
    done = run("export", str(tmp_path / "refs.bib"))
    assert "3 citations" in done.stderr


# --- real processes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "dan van"], "dân vận"),
        (["show", "80001"], "Đã có 29 mô hình hay."),
        (["diff", "80001"], "{+29+}"),
        (["trends", "lúa", "--by", "year"], "2018"),
        (["coverage"], "Days without an article"),
        (["status"], "stamped"),
        (["export", "OUT/a.csv"], ""),
    ],
)
def test_the_real_command_speaks_vietnamese_in_a_bare_environment(scene, tmp_path, arguments, said):
    given = [argument.replace("OUT", str(tmp_path)) for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-c", "from archive.cli import main; main()", *given, "-a", str(scene)],
        capture_output=True,
        env={"PATH": os.environ["PATH"], "LANG": "C", "LC_ALL": "C"},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert said in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_crash(scene):
    done = subprocess.run(
        f"{sys.executable} -c 'from archive.cli import main; main()' search '' -a {scene} | true",
        shell=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert b"Traceback" not in done.stderr


# --- counting is not searching ------------------------------------------------------------------


def test_words_that_stand_apart_are_said_where_they_are_counted(run, tmp_path):
    note = (
        "Note: 2 have all the words of dan van, 1 of them together; for these only: '\"dan van\"'\n"
    )
    assert run("trends", "dan van", "--by", "year").stderr == note
    assert note in run("export", str(tmp_path / "a.csv"), "dan van").stderr
    for exact in ('"dan van"', "lúa", "lúa OR giải"):
        assert run("trends", exact, "--by", "year").stderr == ""


# --- mistakes that are easily made --------------------------------------------------------------


def test_a_data_package_has_no_excel_flavour(run, tmp_path):
    done = run("export", str(tmp_path / "folder"), "--excel")
    assert done.exit_code == 2
    assert not (tmp_path / "folder").exists()


def test_a_day_before_the_first_capture_is_noted(run, tmp_path):
    done = run("export", str(tmp_path / "a.csv"), "--as-of", "2010")
    assert "Note: nothing was captured before 2026-" in done.stderr
    assert "0 articles" in done.stderr


def test_an_article_that_is_not_there_may_be_searched(run):
    done = run("show", "Mùa nước nổi")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "no article is known as Mùa nước nổi; look for it with khobao search\n"
    )


def test_a_time_of_which_nothing_is_known_is_no_empty_archive(run):
    assert "Nothing is known of this time" in run("coverage", "--since", "2050").output


def test_a_port_that_is_taken_is_said_in_a_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "choose another with --port" in done.stderr


def test_control_characters_of_a_page_never_reach_a_terminal(new_shelf, tmp_path):
    from rich.text import Text

    from archive.commands.terminal import Terminal, printable

    hostile = "Lúa \x1b]0;owned\x07 \x1b[31mđỏ \x9b31m \u202eđảo \x00\x08"
    out = io.StringIO()
    console = Terminal(file=out, force_terminal=True, color_system="truecolor", width=80, height=9)
    console.print(Text(hostile, "bold"))
    console.print(hostile, soft_wrap=True, highlight=False)
    shown = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())  # the console's own styles
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "đỏ" in shown
    assert printable("a\tb\nc") == "a\tb\nc"
    shelf = new_shelf()
    shelf.add(
        hostile, key="dto:1", body=hostile, url="https://baodongthap.vn/a%1B[31m\x1b[31m.aspx"
    )
    for arguments in (
        ["show", "1"],
        ["show", "1", "--cite", "ris"],
        ["show", "1", "--cite", "bibtex"],
        ["show", "1", "--format", "json"],
        ["search", "lúa"],
        ["search", "lúa", "--format", "json"],
        ["show", "https://baodongthap.vn/\x1b[31m\u202e.aspx"],
    ):
        done = CliRunner().invoke(khobao, [*arguments, "-a", str(shelf.folder)])
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", done.output), (
            arguments
        )
    record = json.loads(
        CliRunner()
        .invoke(khobao, ["show", "1", "--format", "json", "-a", str(shelf.folder)])
        .stdout
    )
    assert record["title"] == hostile


# --- one way to ask -----------------------------------------------------------------------------


def test_json_is_asked_for_in_one_way(run):
    assert run("show", "1", "--json").output == run("show", "1", "--format", "json").output
    for arguments in (
        ["status"],
        ["coverage"],
        ["search", "lúa"],
        ["trends", "lúa"],
        ["diff", "1"],
    ):
        json.loads(run(*arguments, "--format", "json").stdout)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("x.bib", ["--cite", "ris"], "x.bib is a name for bibtex, and --cite asks for ris"),
        ("x.csv", ["--cite", "bibtex"], "x.csv is a name for articles"),
        ("x.jsonl", ["--cite", "csl-json"], "x.jsonl is a name for articles"),
        ("x.wacz", ["--cite", "ris"], "captures have their own days"),
        ("x.xlsx", [], ".csv, .jsonl or .parquet for articles, .bib or .ris for citations, .wacz"),
        ("x.json", [], "the ending chooses the form"),
    ],
)
def test_an_ending_and_an_option_that_contradict_each_other(run, tmp_path, name, options, said):
    done = run("export", str(tmp_path / name), *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_an_export_to_standard_output_is_refused(run, tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    done = run("export", out)
    assert done.exit_code == 2
    assert "name a file, such as articles.csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_without_being_asked(run, tmp_path):
    for arguments in (
        ["export", "a.csv"],
        ["export", "pkg"],
        ["export", "a.bib"],
        ["export", "a.cdxj"],
        ["trends", "lúa", "--out", "t.svg"],
        ["trends", "lúa", "--out", "t.png"],
        ["trends", "lúa", "--out", "t.csv"],
        ["coverage", "--out", "c.svg"],
    ):
        given = [
            str(tmp_path / word) if "." in word or word == "pkg" else word for word in arguments
        ]
        assert run(*given).exit_code == 0
        again = run(*given)
        assert again.exit_code == 2
        assert "exists already; name another, or let --force replace it" in again.stderr
        assert run(*given, "--force").exit_code == 0
        if given[-1].endswith("pkg"):
            continue
        Path(given[-1]).write_text("mine", encoding="utf-8")
        assert run(*given, "--force").exit_code == 2
        assert Path(given[-1]).read_text(encoding="utf-8") == "mine"


def test_names_that_the_archive_has_not_are_said_with_those_it_has(run, tmp_path):
    for command in (["search"], ["trends", "lúa"], ["export", str(tmp_path / "a.csv")]):
        done = run(*command, "--section", "kin-te", "--kind", "foto")
        said = " ".join(done.output.split())
        assert "no section “kin-te”; it has kinh-te (Kinh tế), chinh-tri (Chính trị)" in said
        assert "no kind “foto”; it has article" in said


def test_the_first_message_of_a_newcomer_names_a_remedy(scene, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(khobao, ["status"])
    assert done.exit_code == 2
    for remedy in ("khobao crawl -a dongthap", "khobao demo", "-a FOLDER", "$KHOBAO_ARCHIVE"):
        assert remedy in done.stderr
    shutil.copytree(scene, tmp_path / "kho của tôi")
    done = CliRunner().invoke(khobao, ["status"])
    assert "There is one here: khobao -a 'kho của tôi'" in done.stderr


def test_help_is_a_command_and_the_archive_may_come_first(scene):
    assert CliRunner().invoke(khobao, ["help"]).output.startswith("Usage: khobao [OPTIONS] COMMAND")
    search = CliRunner().invoke(khobao, ["help", "search"]).output
    assert search.startswith("Usage: khobao search")
    wrong = CliRunner().invoke(khobao, ["help", "serch"])
    assert wrong.exit_code == 2
    assert "search" in wrong.output
    first = CliRunner().invoke(khobao, ["-a", str(scene), "search", "lúa"])
    last = CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene)])
    assert first.output == last.output
    assert first.exit_code == 0
    listed = CliRunner().invoke(khobao, ["--help"]).output
    assert "…" not in listed.partition("Commands:")[2]
    assert "..." not in listed.partition("Commands:")[2]
