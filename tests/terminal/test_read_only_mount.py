"""Every command on an archive whose disk is mounted read-only, by root and by an ordinary user.

The mount is a real one, made in a mount namespace of the command's own, so it ends with it. An
ordinary user makes one in a user namespace, where the machine allows that.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.conftest import start
from tests.terminal.test_seat import READING

CONTACT = "https://example.org"

#: Takes root's rights away. Only the right to be mapped into a user namespace stays.
_WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all,+setfcap", "--inh-caps=-all")

#: How a mount namespace begins; the ordinary user is root inside it, and only there.
NAMESPACES = {
    "root": ("unshare", "--mount"),
    "user": (
        *(_WITHOUT_RIGHTS if os.getuid() == 0 else ()),
        *("unshare", "--user", "--map-root-user", "--mount"),
    ),
}

#: $1 is mounted on itself; the rest is the command.
_MOUNT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'

#: The commands that write to the archive; each must say so in one sentence.
WRITING = {
    "crawl": ["crawl", "--delay", "0", "--base-url", "http://127.0.0.1:9/"],
    "backfill": ["backfill", "--delay", "0", "--base-url", "http://127.0.0.1:9/"],
    "import": ["import", "PAGE"],
    "reextract": ["reextract"],
    "reextract --dry-run": ["reextract", "--dry-run"],
    "demo": ["demo", "ARCHIVE"],
    "demo in a new folder": ["demo", "ARCHIVE/new"],
    "export": ["export", "ARCHIVE/new.csv"],
    "export of a package": ["export", "ARCHIVE/new"],
    "trends --out": ["trends", "lúa", "--out", "ARCHIVE/new.svg"],
}


@pytest.fixture(scope="module", params=NAMESPACES)
def namespace(request):
    """The words that start a command in a namespace in which it may mount."""
    if shutil.which("unshare") is None:
        pytest.skip("mounts a folder read-only with unshare, which only Linux has")
    words = NAMESPACES[request.param]
    with open_folder() as folder:
        refused = ["sh", "-c", '! touch "$0"/x 2>/dev/null', folder]
        tried = subprocess.run(
            [*words, "sh", "-c", _MOUNT, "sh", folder, *refused],
            capture_output=True,
            text=True,
            check=False,
        )
    if tried.returncode:
        pytest.skip(f"this machine lets no {request.param} mount a folder: {tried.stderr.strip()}")
    return words


@contextmanager
def open_folder():
    """A folder that every user can write to; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o777)
        yield Path(place)


@pytest.fixture(scope="module")
def archive(made_demo):
    """The demo's archive in a folder with a space and a Vietnamese name."""
    with open_folder() as disk:
        yield shutil.copytree(made_demo, disk / "kho báo Đồng Tháp")


@pytest.fixture
def out():
    """Where the command is started and writes."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def mounted(namespace, archive, out):
    """Starts khobao on a terminal, with the archive mounted read-only."""

    def run(*words, **options):
        named = {"PAGE": str(page(archive, out))} if "PAGE" in words else {}
        filled = [
            named.get(word, word.replace("OUT", str(out)).replace("ARCHIVE", str(archive)))
            for word in words
        ]
        return start(
            *(*namespace, "sh", "-c", _MOUNT, "sh", archive),
            *(sys.executable, "-P", "-m", "archive", *filled),
            cwd=out,
            HOME=out,
            TMPDIR=out,
            KHOBAO_ARCHIVE=archive,
            KHOBAO_CONTACT=CONTACT,
            **options,
        )

    return run


def page(archive, folder):
    """A page of *archive* as a file of its own."""
    file = folder / "trang.html"
    with file.open("wb") as stream:
        subprocess.run(
            [sys.executable, "-P", "-m", "archive", "-a", archive, "show", "dto:52059", "--raw"],
            stdout=stream,
            check=True,
        )
    return file


@pytest.mark.parametrize("name", sorted(READING.keys() - {"doctor"}))
def test_a_command_that_reads_answers_as_elsewhere(mounted, archive, terminal, out, name):
    done = mounted(*READING[name]).wait()
    assert done.code == 0, done.text
    if name == "export":
        elsewhere = terminal("-a", archive, "export", out / "b.csv", "lúa").wait()
        assert elsewhere.code == 0
        assert (out / "a.csv").read_bytes() == (out / "b.csv").read_bytes()
    elif name not in ("extract", "help", "verify"):  # not of the archive; verify draws a sample
        seat = {"KHOBAO_ARCHIVE": archive, "KHOBAO_CONTACT": CONTACT}
        assert done.text == terminal(*READING[name], cwd=out, **seat).wait().text


def test_doctor_names_the_folder_as_the_fault(mounted, archive):
    done = mounted(*READING["doctor"], columns=400).wait()
    [failed] = [line for line in done.text.splitlines() if line.startswith("✗")]
    assert done.code == 1
    assert failed.startswith("✗ permissions: not writable: ")
    assert str(archive) in failed


@pytest.mark.parametrize("words", [["--full"], ["dto:84085"]])
def test_every_check_finds_it_sound(mounted, words):
    done = mounted("verify", *words).wait()
    assert done.code == 0, done.text
    assert "✓ " in done.text


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.bib", "a.wacz", "package"])
def test_every_export_goes_to_another_folder(mounted, out, name):
    done = mounted("export", f"OUT/{name}").wait()
    assert done.code == 0, done.text
    assert (out / name).exists()


def test_the_reading_room_opens(mounted):
    running = mounted("serve", "--port", "0")
    running.see("(Ctrl-C closes it)")
    [room] = re.findall(r"http://\S+/", running.text)
    for path in ("", "article/dto:84085", "trends?q=l%C3%BAa"):
        with urllib.request.urlopen(room + path) as answer:
            assert answer.status == 200
    with urllib.request.urlopen(f"{room}search?q=h%E1%BA%A1n+m%E1%BA%B7n") as answer:
        assert b"<mark>" in answer.read()
    running.type("\x03")
    assert "Traceback" not in running.wait(20).text


@pytest.mark.parametrize("name", WRITING)
def test_a_command_that_writes_says_why_not_and_what_to_do(mounted, archive, name):
    done = mounted(*WRITING[name], columns=400).wait()
    [said] = [line for line in done.text.splitlines() if line.strip()]
    assert done.code in (1, 2)
    assert said.startswith("Error: ")
    assert str(archive) in said
    assert "Read-only file system" in said
    assert re.search(r"name (it in )?a folder that you can write to$|-a COPY$", said)


def test_an_archive_that_a_killed_writer_left_is_read_whole_or_not_at_all(
    namespace, made_demo, out
):
    archive = Path(shutil.copytree(made_demo, out / "killed"))
    write = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        " c.execute('UPDATE articles SET title = ?', ['Tên mới']); c.commit(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", write, archive / "archive.db"], check=False)
    assert (archive / "archive.db-wal").stat().st_size
    for shm in (True, False):
        if not shm:
            (archive / "archive.db-shm").unlink()
        done = start(
            *(*namespace, "sh", "-c", _MOUNT, "sh", archive),
            *(sys.executable, "-P", "-m", "archive", "search", "lúa", "-a", archive),
            cwd=out,
            columns=400,
        ).wait()
        if done.code:
            assert "was not closed by its last writer" in done.text
            assert "Traceback" not in done.text
        else:
            assert "Tên mới" in done.text
