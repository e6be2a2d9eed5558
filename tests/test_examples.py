"""Every example that README, help, docs and reading room show is run on the demo archive.

A newcomer types what stands there on the archive that ``make demo`` leaves; each example has to end
well and to find what it promises. (`test_tutorial` does the same with the tutorial's shown outputs.)
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archive import cli
from archive.archive import Archive
from archive.web.translations import TRANSLATIONS

ROOT = Path(__file__).parent.parent
DOCS = [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]

#: What an example cannot do here: ask the network, install, wait for a person, follow the clock.
_NOT_HERE = re.compile(
    r"^(?:khobao crawl|make|pip|cd|export|\. |python -m venv|sudo)|--from |/srv/|you@example"
)
_GUIDE = ROOT / "archive" / "web" / "templates" / "guide.html"


def readme_commands(page):
    """The lines of a README's shell blocks that ask the demo archive something."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", text, re.S):
        for command in re.findall(
            r"^(?:khobao|sqlite3) (?:\"[^\"]*(?:\\\"[^\"]*)*\"|[^\"\n])*", block, re.M
        ):
            line = re.sub(r"\s+# .*", "", command).strip()
            if not line.startswith("khobao serve") and not _NOT_HERE.search(line):
                yield line


def help_commands():
    """The examples in each command's own help."""
    group = cli.khobao
    context = click.Context(group)
    for name in group.list_commands(context):
        text = group.get_command(context, name).help or ""
        for line in re.findall(r"^\s+(khobao .*)$", text, re.M):
            line = re.sub(r"\s{3,}\(.*\)$", "", line).strip()
            if name not in ("crawl", "backfill", "serve", "demo") and not _NOT_HERE.search(line):
                yield line


README = [*readme_commands(ROOT / "README.md"), *readme_commands(ROOT / "README.vi.md")]
ASKED = list(dict.fromkeys([*README, *help_commands()]))


def test_the_examples_are_found():
    names = {line.split()[1] for line in ASKED if line.startswith("khobao")}
    assert {"search", "show", "diff", "trends", "coverage", "export", "status", "verify"} <= names
    assert any(line.startswith("sqlite3") for line in ASKED)


@pytest.fixture(scope="module")
def desk(made_demo, tmp_path_factory):
    """A folder where examples are typed: the demo's archive in it, and what they name as files."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(made_demo, folder / "demo")
    with Archive.open(folder / "demo", read_only=True) as archive:
        [capture] = archive.connection.execute(
            "SELECT warc_file FROM captures WHERE outcome = 'article' LIMIT 1"
        ).fetchone()
    shutil.copy(folder / "demo" / capture, folder / "crawl-2019.warc.gz")
    typed("khobao export browsing.wacz", folder)
    typed("khobao show dto:52059 --raw > page.html", folder)
    typed("khobao paper show dongthap > my-paper.toml", folder)
    if shutil.which("sqlite3") is None:  # Debian's python has the library, not always the shell
        shell = folder / "sqlite3"
        shell.write_text(
            f"#!{sys.executable}\nimport sqlite3, sys\n"
            "for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep='|')\n"
        )
        shell.chmod(0o755)
    return folder


def typed(line, folder):
    """Run *line* as a shell does, in *folder*; returns what it printed, messages too."""
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=os.environ
        | {
            "PATH": f"{Path(sys.executable).parent}:{folder}:{os.environ['PATH']}",
            "KHOBAO_ARCHIVE": "demo",
            "COLUMNS": "80",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"$ {line}\n{done.stdout}"
    return done.stdout


@pytest.mark.parametrize("line", ASKED)
def test_an_example_finds_what_it_promises(line, desk):
    if not line.startswith("khobao"):
        assert typed(line, desk).strip(), line
        return
    name = line.split()[1]
    promise = PROMISES.get(name)
    if promise is None:
        typed(line, desk)
    else:
        promise(line, desk)


def some_hits(line, desk):
    """A search finds at least one article."""
    shown = typed(line, desk)
    if "--format csv" in line:
        assert len(shown.splitlines()) > 1
    else:
        assert re.search(r"^ ?1\. ", shown, re.M), shown


def a_whole_page(line, desk):
    """``show`` prints a headline and a text, or the page's bytes."""
    shown = typed(line, desk)
    if ">" in line:
        written = desk / line.rpartition(">")[2].strip()
        assert written.stat().st_size > 1000
        if "--as-sent" not in line:  # then it may be packed, as the server sent it
            assert "<html" in written.read_text(encoding="utf-8").lower()
    else:
        assert len(shown.splitlines()) > 5


def a_change(line, desk):
    """``diff`` shows two versions, and at least one change."""
    shown = typed(line, desk)
    assert "{+" in shown or json.loads(shown)


def counts(line, desk):
    """Each term of ``trends`` is found in some period."""
    typed(line, desk)
    asked = re.sub(r"\s--(?:out|format) \S+", "", line)
    for term in [word for word in shlex.split(asked)[2:] if not word.startswith("--")]:
        if re.search(rf"--\w+ {re.escape(term)}\b", asked):
            continue  # an option's value
        rows = typed(f"khobao search {shlex.quote(term)} --format json", desk)
        assert json.loads(rows)["total"], f"{line}: {term!r} is in no article of the demo"


def a_file(line, desk):
    """``export`` says what it wrote, and how much."""
    shown = typed(line, desk)
    written = re.search(r"^(\S+): [1-9][\d,]* (?:articles?|citations?)", shown, re.M)
    assert written, shown
    assert (desk / written[1]).exists()


def the_archive_again(line, desk):
    """``restore`` makes an archive of a backup, which another example may not have made yet."""
    backup, folder = line.split()[2:]
    typed(f"khobao backup {backup}", desk)
    typed(line, desk)
    assert (desk / folder / "archive.db").exists()


PROMISES = {
    "restore": the_archive_again,
    "search": some_hits,
    "show": a_whole_page,
    "diff": a_change,
    "trends": counts,
    "export": a_file,
}


# --- queries that are shown, not typed ----------------------------------------------------------


def guide_queries():
    """What the guide of the reading room offers, in both languages."""
    row = re.compile(r"""\((?:'([^']*)'|"([^"]*)"|t\("([^"]*)"\)), "\w+"\)""")
    for single, double, key in row.findall(_GUIDE.read_text(encoding="utf-8")):
        yield from TRANSLATIONS[key][:2] if key else (single or double,)


def placeholder_queries():
    """The words in the search box before anything is typed."""
    for text in TRANSLATIONS["search.placeholder"][:2]:
        for query in text.partition(":")[2].split(","):
            query = query.strip().replace("“", '"').replace("”", '"')
            if query != "…":
                yield query


def documented_queries():
    """The table of docs/search.md; its last row is the one that finds nothing."""
    text = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    table = text.partition("| you type |")[2].partition("\n\n")[0]
    return [q for q in re.findall(r"^\| `([^`]+)` \|", table, re.M) if q != "*"]


QUERIES = list(dict.fromkeys([*guide_queries(), *placeholder_queries(), *documented_queries()]))


def test_the_queries_are_found():
    assert {"dan van", '"dân vận khéo"', "lũ HOẶC hạn", '"mùa nước nổi"', "TP.HCM"} <= set(QUERIES)
    assert len(QUERIES) > 20


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_shown_finds_something(query, made_demo):
    with Archive.open(made_demo, read_only=True) as archive:
        assert archive.search(query, limit=1).total, query
