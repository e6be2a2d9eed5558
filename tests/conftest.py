"""Archives made of the newsroom's pages without the road between them: no HTTP, no Scrapy."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from datetime import timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from archive.archive import Archive
from archive.frontier import later
from archive.history.capture_rows import find_original
from archive.warc.exchange import Exchange, payload_digest
from archive.warc.writer import CaptureWriter
from crawler.ingest.apply import apply
from crawler.ingest.classify import classify
from crawler.site.paper import DONGTHAP
from newsroom.addresses import path
from newsroom.newspaper import Newspaper
from newsroom.responses import Responder
from tests.programs import missing

# A continuous-integration run judges a change, and must say the same of it every time; at a desk the
# examples are new in each run, and find new things.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Three workers for two processors: the tests wait a third of their time, mostly for sockets."""
    return ((os.cpu_count() or 1) * 3 + 1) // 2


def pytest_terminal_summary(terminalreporter):
    """One line for each reason to skip, with what to do about it; not one for each test."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, times in reasons.items():
        terminalreporter.write_line(f"skipped {times}: {reason}", yellow=True)


#: Not a module to import: it stands for one that is not there.
collect_ignore = ["installation"]

ROOT = Path(__file__).parent.parent
VIETNAM = timezone(timedelta(hours=7))


class Press:
    """A newspaper whose pages go straight into WARC files and archives."""

    def __init__(self, articles: int = 130):
        self.paper = Newspaper(articles)

    def at(self, day: int, seconds: float = 0) -> str:
        """A time on *day*, in UTC."""
        return later(
            self.paper.edition(day).clock.replace(tzinfo=VIETNAM).isoformat(),
            timedelta(seconds=seconds),
        )

    def exchanges(self, day: int, *, origin: str = "live", only=None):
        """What a visit on *day* meets: every article page, a list, the missing and the moved."""
        edition = self.paper.edition(day)
        room = Responder(edition, crawl_delay=0, cache_bytes=0)
        targets = ["/xa-hoi", "/van-hoa/ky-uc-thang-tu-cua-nguoi-giao-lien-131074.aspx"]
        for place in self.paper.edition(max(day, 0)).places():
            story = edition.story(place.key)
            targets.append(path(story or self.paper.edition(0).story(place.key)))
        for seconds, target in enumerate(dict.fromkeys(targets)):
            if only is not None and not only(target):
                continue
            reply = room.answer(DONGTHAP.host, target, {})
            if reply.torn or reply.silent or reply.status == 503:
                reply = room.answer(DONGTHAP.host, target, {})
            yield Exchange(
                url=f"https://{DONGTHAP.host}{target}",
                fetched_at=self.at(day, seconds / 10),
                method="GET",
                request_headers=[(b"User-Agent", b"khobao")],
                status=reply.status,
                reason="",
                protocol="HTTP/1.1",
                response_headers=[(k.encode(), v.encode()) for k, v in reply.headers],
                body=reply.body,
                origin=origin,
            )

    def visit(self, folder: Path, day: int, *, answers=None, **which) -> None:
        """Let the archive in *folder* take in what a visit on *day* meets, or these *answers*."""
        with Archive.open(folder, create=True) as archive:
            archive.batch_size = 200
            at = self.at(day)
            crawl_id = archive.begin_crawl("press", {"day": day}, at)
            writer = CaptureWriter(
                folder, crawl_id=crawl_id, started_at=at, info={"software": "press"}
            )
            for exchange in answers or self.exchanges(day, **which):
                digest = payload_digest(exchange.body)
                original = find_original(archive.connection, exchange.url, digest)
                capture = writer.write(exchange, revisit_of=original)
                outcome = classify(capture, archive.read(capture))
                apply(archive, capture, outcome, crawl_id=crawl_id)
            summary = {"crawl": crawl_id, "command": "press", "started_at": at, "exit_code": 0}
            summary |= {"finished_at": self.at(day, 900), "arguments": {"day": day}}
            writer.write_metadata(summary)
            writer.close()
            archive.finish_crawl(
                crawl_id, exit_code=0, reason="done", counts={}, at=self.at(day, 900)
            )

    @staticmethod
    def target(url: str) -> str:
        """The path of *url*, as the newsroom is asked for it."""
        return urlsplit(url).path


@pytest.fixture(scope="session")
def press():
    return Press()


@pytest.fixture(scope="session", autouse=True)
def _as_installed():
    """The processes that tests start find what an installation has: no pandas."""
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT / "tests" / "installation"), *([others] if others else [])]
    )


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """``made_once(name, make)`` is a folder that *make* fills once for all workers of a run.

    Each worker reads a copy of its own: the files beside an open database come and go.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent

    def made(name, make):
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / f"{name}.made").exists():
                make(shared / name)
                (shared / f"{name}.made").touch()
            return Path(shutil.copytree(shared / name, tmp_path_factory.mktemp(name) / "archive"))

    return made


@pytest.fixture(scope="session")
def three_days(made_once, press):
    """An archive of three visits, to be copied and not to be touched."""

    def make(folder):
        for day in range(3):
            press.visit(folder, day)

    return made_once("three-days", make)


@pytest.fixture(scope="session")
def run_of_demo(made_once):
    """A folder in which ``khobao demo 'thử kho'`` was run, with what it printed: see `made_demo`."""
    demo = [sys.executable, "-P", "-m", "archive", "demo", "thử kho"]

    def make(folder):
        folder.mkdir()
        with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
            subprocess.run(demo, cwd=folder, check=True, stdout=out, stderr=err)

    return made_once("demo", make)


@pytest.fixture(scope="session")
def made_demo(run_of_demo):
    """The archive that ``khobao demo`` makes; to be copied, or only read."""
    return run_of_demo / "thử kho"


@pytest.fixture
def demo(made_demo, tmp_path):
    """A demo archive of this test's own."""
    return Path(shutil.copytree(made_demo, tmp_path / "demo"))


# --- other people's tools -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def tools():
    """The folder of pywb's and py-wacz's programs; ``make pywb`` sets it up."""
    folder = ROOT / ".venv-pywb" / "bin"
    if not (folder.parent / ".installed").exists():
        missing("pywb", "`make pywb` installs it into .venv-pywb")
    return folder


class Pywb:
    """A pywb that serves the collection ``papers`` on loopback."""

    def __init__(self, tools: Path, home: Path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/papers"
        self._process = subprocess.Popen(
            [tools / "wayback", "--port", str(self.port), "--bind", "127.0.0.1"],
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> "Pywb":
        """Return when it answers."""
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/cdx?url=baodongthap.vn&limit=1").close()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return self

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


@pytest.fixture(scope="session")
def serve(tools):
    """Serves a folder that holds a pywb configuration, or ``collections``."""
    running = []

    def start(home: Path) -> Pywb:
        running.append(Pywb(tools, home))
        return running[-1].wait()

    yield start
    for server in running:
        server.stop()
