"""khobao as it is installed from a wheel, in an environment and a folder of its own."""

import re
import shutil
import subprocess
import sys
import urllib.request
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.programs import missing
from tests.terminal.conftest import start

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def khobao(tmp_path_factory):
    """The command of an environment that has the wheel, and this one's other packages."""
    place = tmp_path_factory.mktemp("wheel")
    if find_spec("build") is None:
        missing("build", "`make install` installs it")
    copy_source(place / "source")
    # The source archive first, and the wheel from it: as a package index receives both.
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", place / "dist", "."],
        cwd=place / "source",
        check=True,
        capture_output=True,
    )
    [source] = (place / "dist").glob("khobao-*.tar.gz")
    [wheel] = (place / "dist").glob("khobao-*.whl")
    assert source.name == f"{wheel.name.partition('-py3')[0]}.tar.gz"
    venv.create(place / "environment", with_pip=False)
    python = place / "environment" / "bin" / "python"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    [packages] = (place / "environment").glob("lib/python3*/site-packages")
    ours = [folder for folder in sys.path if folder.endswith("site-packages")]
    (packages / "others.pth").write_text("\n".join(ours), encoding="utf-8")
    found = subprocess.run(
        [python, "-P", "-c", "import archive, crawler; print(archive.__file__, crawler.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=place,
    )
    assert found.stdout.count(str(packages)) == 2, found.stdout
    return python.with_name("khobao")


def copy_source(to):
    """The files that git knows; of an unpacked source archive, all."""
    listed = ["git", "ls-files", "-z", ".", ":!tests", ":!benchmarks", ":!docs"]
    try:
        done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(".*", "tests"))
        return
    for name in filter(None, done.stdout.split("\0")):
        if (ROOT / name).exists():  # git still lists a file that was deleted
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def test_the_demo_and_the_reading_room_from_a_wheel(khobao, tmp_path):
    done = start(khobao, "demo", cwd=tmp_path, KHOBAO_ARCHIVE=None).wait(300)
    assert done.code == 0, done.text
    assert "Traceback" not in done.text
    assert not re.search("warning", done.text, re.I)
    assert "The reading room is next" in done.text
    [offered] = re.findall(r"(\S+) serve -a demo --open", done.text)
    running = start(offered, "serve", "-a", "demo", "--port", "0", cwd=tmp_path)
    running.see("(Ctrl-C closes it)")
    [address] = re.findall(r"http://\S+/", running.text)
    with urllib.request.urlopen(address) as answer:
        page = answer.read().decode()
    for linked in re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg|woff2))', page):
        with urllib.request.urlopen(address.rstrip("/") + linked) as answer:
            assert answer.status == 200
    running.type("\x03")
    assert running.wait(30).code in (0, 130)
