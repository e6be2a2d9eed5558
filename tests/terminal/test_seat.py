"""Every command on the demo archive, from the seats in which people sit."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import needs_full_device
from tests.terminal.conftest import ordinary, plain, start, wide_lines

ROOT = Path(__file__).parents[2]

#: One example of each command that reads; OUT is a folder of the test's own.
READING = {
    "search": ["search", "han man"],
    "show": ["show", "dto:84085"],
    "diff": ["diff", "dto:a250118"],
    "list": ["list", "authors"],
    "log": ["log"],
    "concord": ["concord", "lúa", "--limit", "5"],
    "words": ["words", "lúa", "--limit", "5"],
    "collocates": ["collocates", "lúa", "--limit", "5"],
    "keyness": ["keyness", "section:xa-hoi", "--against", "section:kinh-te", "--limit", "5"],
    "trends": ["trends", "lúa", '"hạn mặn"', "--by", "year"],
    "coverage": ["coverage"],
    "status": ["status"],
    "run": ["run"],
    "config": ["config"],
    "doctor": ["doctor", "--offline"],
    "schedule": ["schedule"],
    "paper": ["paper", "list"],
    "verify": ["verify", "--sample", "5"],
    "export": ["export", "OUT/a.csv", "lúa"],
    "extract": ["extract", "PAGE"],
    "help": ["help"],
}
#: … and of those that write.
WRITING = {
    "import": ["import", "WARC"],
    "reextract": ["reextract", "--dry-run", "--jobs", "1"],
    "init": ["init", "OUT/new"],
    "backup": ["backup", "OUT/copy"],
}

SEATS = {
    "80 columns": (80, {}),
    "40 columns": (40, {}),
    "200 columns": (200, {}),
    "a dumb terminal": (60, {"TERM": "dumb"}),
    "no colour": (80, {"NO_COLOR": "1"}),
    "LANG=C": (80, {"LANG": "C", "LC_ALL": "C"}),
}

#: What these print is broken by the terminal where that is narrow, since a part of it is copied: an
#: address, a place in a file, a line of JSON.
COPIED = {
    "show",
    "extract",
    "verify",
    "import",
    "export",
    "run",
    "log",
    "init",
    "schedule",
    "backup",
}


@pytest.fixture(scope="module")
def page(made_demo, tmp_path_factory):
    """A page as a file of its own."""
    file = tmp_path_factory.mktemp("page") / "trang báo.html"
    with file.open("wb") as stream:
        subprocess.run(
            [sys.executable, "-P", "-m", "archive", "-a", made_demo, "show", "dto:52059", "--raw"],
            stdout=stream,
            check=True,
        )
    return file


@pytest.fixture
def filled(made_demo, page, tmp_path):
    """Puts the paths of this test into an example."""
    [warc, *_] = sorted(made_demo.glob("captures/*/*.warc.gz"))

    def fill(words):
        named = {"PAGE": str(page), "WARC": str(warc)}
        return [named.get(word, word.replace("OUT", str(tmp_path))) for word in words]

    return fill


def looked_at(done, name):
    """What holds on every seat."""
    assert done.code == 0, done.text
    assert "Traceback" not in done.text
    assert not re.search(r"warning", done.text, re.I), done.text
    assert done.text.strip()
    if name not in COPIED:
        assert not done.wide_lines()


#: Runs commands one after the other: a process that imports once shows fifteen of them in the time
#: of three. After each its exit code stands between two record separators.
ONE_AFTER_ANOTHER = """
import json, sys
from archive.cli import main
for words in json.loads(sys.argv.pop()):
    sys.argv[1:] = words
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    print(f"\\x1e{code}\\x1e", flush=True)
"""


@dataclass
class Seen:
    """What one of several commands showed on their terminal."""

    raw: str
    code: int
    columns: int

    @property
    def text(self):
        return plain(self.raw)

    def wide_lines(self):
        return wide_lines(self.text, self.columns)


def shown(commands, *, columns, **environment):
    """What each of *commands* showed on one terminal, in their order."""
    typed = start(
        *(sys.executable, "-P", "-c", ONE_AFTER_ANOTHER, json.dumps(commands)),
        columns=columns,
        **environment,
    ).wait()
    parts = re.findall(r"(.*?)\x1e(\d+)\x1e\r\n", typed.raw, re.S)
    assert len(parts) == len(commands), typed.text
    return [Seen(raw, int(code), columns) for raw, code in parts]


@pytest.mark.parametrize("seat", SEATS)
def test_every_command_that_reads(made_demo, filled, seat):
    columns, environment = SEATS[seat]
    commands = [filled(words) for words in READING.values()]
    seen = shown(commands, columns=columns, KHOBAO_ARCHIVE=made_demo, **environment)
    for name, done in zip(READING, seen, strict=True):
        looked_at(done, name)
        coloured = re.search(r"\x1b\[[0-9;]*m", done.raw)
        if "TERM" in environment:
            assert "\x1b" not in done.raw, name
        elif "NO_COLOR" in environment:
            assert not re.search(r"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7])", done.raw), name
        elif name in ("search", "diff", "status", "trends", "coverage"):
            assert coloured, name


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("seat", ["40 columns", "a dumb terminal", "LANG=C"])
def test_every_command_that_writes(demo, terminal, filled, name, seat):
    columns, environment = SEATS[seat]
    done = terminal(*filled(WRITING[name]), columns=columns, KHOBAO_ARCHIVE=demo, **environment)
    looked_at(done.wait(), name)


def test_a_terminal_without_a_size(made_demo, filled):
    """As `script` gives it where it is started without a terminal: 80 columns, not none."""
    names = ("search", "status", "coverage", "trends", "diff")
    commands = [filled(READING[name]) for name in names]
    unknown = shown(commands, columns=0, rows=0, KHOBAO_ARCHIVE=made_demo)
    wide = shown(commands, columns=80, KHOBAO_ARCHIVE=made_demo)
    for one, other in zip(unknown, wide, strict=True):
        assert (one.code, len(one.text.split())) == (other.code, len(other.text.split()))
        assert len(one.text) > 100


def test_no_command_is_left_out():
    done = subprocess.run(
        [sys.executable, "-P", "-m", "archive", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(re.findall(r"^  ([a-z]+) ", done.stdout.partition("Commands:")[2], re.M))
    # crawl, backfill and demo: test_progress and test_demo; serve: below; restore prints what backup
    # prints.
    assert names == {*READING, *WRITING, "crawl", "backfill", "demo", "serve", "restore"}


@pytest.mark.parametrize("name", READING)
def test_a_reader_that_goes_away(made_demo, filled, name):
    words = [sys.executable, "-P", "-m", "archive", *filled(READING[name])]
    done = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$@" | head -n 1', "bash", *words],
        capture_output=True,
        env=os.environ | {"KHOBAO_ARCHIVE": str(made_demo)},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert b"Error" not in done.stderr


@needs_full_device
@pytest.mark.parametrize("name", READING)
def test_standard_output_that_is_full_or_closed(made_demo, filled, name):
    words = [sys.executable, "-P", "-m", "archive", *filled(READING[name])]
    environment = os.environ | {"KHOBAO_ARCHIVE": str(made_demo)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            words, stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )
    if name != "export":  # prints nothing there
        assert done.returncode == 7, done.stderr.decode()
        assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    closed = subprocess.run(
        ["bash", "-c", 'exec "$@" >&-', "bash", *(w.replace("a.csv", "b.csv") for w in words)],
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    assert closed.returncode == 0, closed.stderr.decode()
    assert b"Traceback" not in closed.stderr


# --- an ordinary user, and an archive that may only be read -------------------------------------


@pytest.fixture(scope="module")
def others_archive(made_demo):
    """The archive of somebody else, in a folder with a space and a Vietnamese name."""
    above = tempfile.mkdtemp()
    os.chmod(above, 0o755)
    place = Path(above) / "kho báo Đồng Tháp"
    shutil.copytree(made_demo, place, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for folder, _, files in os.walk(place):
        for name in files:
            os.chmod(os.path.join(folder, name), 0o444)
        os.chmod(folder, 0o555)
    yield place
    for folder, _, _ in os.walk(place):
        os.chmod(folder, 0o755)
    shutil.rmtree(above)


@pytest.fixture
def home():
    """A home folder of the ordinary user's own; pytest's folders are closed to others."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        folder = Path(place) / "Trần Thị Mỹ"
        folder.mkdir()
        folder.chmod(0o777)
        yield folder


@pytest.mark.parametrize("name", sorted(READING.keys() - {"doctor"}))
def test_an_ordinary_user_reads_an_archive_of_somebody_else(others_archive, home, page, name):
    before = sorted(path.name for path in others_archive.rglob("*"))
    mine = {"PAGE": str(home / "page.html")}
    shutil.copy(page, mine["PAGE"])
    words = [mine.get(word, word.replace("OUT", str(home))) for word in READING[name]]
    done = start(
        *ordinary(sys.executable, "-P", "-m", "archive", *words),
        cwd=home,
        HOME=home,
        TMPDIR=home,
        KHOBAO_ARCHIVE=others_archive,
    ).wait()
    looked_at(done, name)
    assert sorted(path.name for path in others_archive.rglob("*")) == before


@pytest.mark.parametrize("words", [["reextract"], ["import", "PAGE"], ["crawl"], ["backfill"]])
def test_an_ordinary_user_cannot_write_to_it_and_is_told_so(others_archive, home, page, words):
    shutil.copy(page, home / "page.html")
    words = [word.replace("PAGE", str(home / "page.html")) for word in words]
    done = start(
        *ordinary(sys.executable, "-P", "-m", "archive", *words),
        cwd=home,
        HOME=home,
        KHOBAO_ARCHIVE=others_archive,
        KHOBAO_CONTACT="https://example.org",
    ).wait()
    assert done.code not in (0, 130)
    assert "Traceback" not in done.text
    assert "ermission" in done.text
    assert str(others_archive) in re.sub(r"\s*\n\s*", " ", done.text).replace("\r", "")


@pytest.mark.parametrize("command", ["status", "verify", "search", "reextract"])
def test_a_database_that_may_not_be_read_is_not_called_damaged(made_demo, home, command):
    place = shutil.copytree(made_demo, home / "kho")
    (place / "archive.db").chmod(0)
    words = [command, "lúa"] if command == "search" else [command]
    done = start(
        *ordinary(sys.executable, "-P", "-m", "archive", *words),
        cwd=home,
        HOME=home,
        KHOBAO_ARCHIVE=place,
    ).wait()
    assert done.code not in (0, 130)
    assert "ermission" in done.text
    assert "delete" not in done.text
    assert "Traceback" not in done.text


def test_what_a_killed_writer_left_is_not_passed_over(made_demo, home):
    place = shutil.copytree(made_demo, home / "kho")
    write = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        " c.execute('UPDATE articles SET title = title'); c.commit(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", write, place / "archive.db"], check=False)
    Path(f"{place}/archive.db-shm").unlink()
    place.chmod(0o555)
    for command in ("status", "verify"):
        done = start(
            *ordinary(sys.executable, "-P", "-m", "archive", command),
            cwd=home,
            HOME=home,
            KHOBAO_ARCHIVE=place,
        ).wait()
        assert done.code == 2
        assert "was not closed by its last writer" in re.sub(r"\s+", " ", done.text)
    place.chmod(0o755)


def test_the_reading_room_of_an_ordinary_user(others_archive, home):
    running = start(
        *ordinary(sys.executable, "-P", "-m", "archive", "serve", "--port", "0"),
        cwd=home,
        HOME=home,
        TMPDIR=home,
        KHOBAO_ARCHIVE=others_archive,
    )
    running.see("The reading room is open at http://127.0.0.1:")
    running.type("\x03")
    done = running.wait(20)
    assert done.code in (0, 130)
    assert "Traceback" not in done.text


# --- names and numbers that nobody expects ------------------------------------------------------


def test_a_narrow_terminal(made_demo, terminal):
    for columns in (36, 24, 10):
        done = terminal("trends", "lúa", "--by", "year", columns=columns, KHOBAO_ARCHIVE=made_demo)
        assert done.wait().code == 0, done.text
        if columns >= 30:
            assert not done.wide_lines()


def test_a_table_too_wide_for_the_terminal_becomes_lines(made_demo, terminal):
    status = terminal("status", columns=40, KHOBAO_ARCHIVE=made_demo).wait().text
    coverage = terminal("coverage", columns=40, KHOBAO_ARCHIVE=made_demo).wait().text
    assert "…" not in status + coverage
    assert re.search(r"^\S+ \S+  crawl  exit 0\r\n  \d+ fetched, 180 new\r$", status, re.M)
    assert re.search(r"^Kinh tế \(kinh-te\)\r\n  33 listed, 33 stored\r$", coverage, re.M)
    assert re.search(r"^2025  [·░▒▓█]{26}\r\n      [·░▒▓█]{26}\r$", coverage, re.M)


def test_names_that_are_no_text(made_demo, tmp_path, terminal):
    odd = os.fsencode(tmp_path) + b"/b\xe1o %20?#"
    shutil.copytree(os.fsencode(made_demo), odd)
    for words in (["status"], ["search", "lúa"], ["show", "9" * 26], ["show", "-1"]):
        done = terminal(*words, KHOBAO_ARCHIVE=os.fsdecode(odd)).wait()
        assert done.code == (2 if words[0] == "show" else 0), done.text
        assert "Traceback" not in done.text
    for words in (["-a", odd, "export", odd + b"/a.csv"], ["-a", odd + b"x", "status"]):
        done = terminal(*map(os.fsdecode, words)).wait()
        assert "Traceback" not in done.text
    running = terminal("serve", "--port", "0", KHOBAO_ARCHIVE=os.fsdecode(odd))
    running.see("(Ctrl-C closes it)")
    [address] = re.findall(r"http://\S+/", running.text)
    with urllib.request.urlopen(f"{address}search?q=h%E1%BA%A1n") as answer:
        assert answer.status == 200
    running.type("\x03")
    assert "Traceback" not in running.wait(20).text


def test_the_archive_may_be_named_before_the_command(made_demo, tmp_path, terminal):
    after = terminal("status", "-a", made_demo).wait()
    before = terminal("-a", made_demo, "status", KHOBAO_ARCHIVE="elsewhere").wait()
    assert before.text == after.text
    assert before.code == 0
    refused = terminal("-a", made_demo, "demo", tmp_path / "x").wait()
    assert refused.code == 2
    assert not (tmp_path / "x").exists()


def test_what_lies_in_the_current_folder_is_not_imported(made_demo, tmp_path):
    (tmp_path / "random.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (tmp_path / "sqlite3.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    for options in ((), ("-P",)):
        done = subprocess.run(
            [sys.executable, *options, "-m", "archive", "-a", made_demo, "status"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "imported" not in done.stderr
