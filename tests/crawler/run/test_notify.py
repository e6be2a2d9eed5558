"""Telling people and monitors how a run ended: over real HTTP, a real command, a real crawl."""

import http.server
import json
import stat
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from archive.alarms import Alarm, Changes, open_alarms
from archive.archive import Archive
from archive.cli import khobao
from archive.errors import ArchiveLocked
from crawler.config import Notify
from crawler.run.notify import End, notified, tell
from newsroom import Newsroom

BAD = End(
    Path('/srv/báo "x"'),
    3,
    "the site answers with a block page",
    {"new": 0, "failed": 2},
    crawl_id=7,
    opened=("the site answers with a block page",),
)
AGAIN = End(Path("/srv/dongthap"), 3, "the site answers with a block page", crawl_id=8)
WELL = End(Path("/srv/dongthap"), 0, "done", {"new": 6}, closed=BAD.opened, crawl_id=9)


@pytest.fixture
def service():
    """A server that keeps what is posted to it."""
    posted = []

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.path, body.decode()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(port=server.server_port, posted=posted)
    server.shutdown()
    server.server_close()


def program(folder, name, text):
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def test_people_are_told_of_changes_only(tmp_path):
    given = Notify(command=f"cat >> {tmp_path}/told; echo >> {tmp_path}/told")
    tell(given, BAD)
    tell(given, AGAIN)
    tell(given, WELL)
    told = (tmp_path / "told").read_text()
    assert told.count("the site answers with a block page (exit code 3") == 1
    assert "✓ no longer: the site answers with a block page" in told
    assert "khobao run 7 -a" in told


def test_with_digest_every_run_is_told(tmp_path):
    given = Notify(command=f"cat >> {tmp_path}/told", digest=True)
    tell(given, AGAIN)
    assert "exit code 3" in (tmp_path / "told").read_text()


def test_a_command_knows_the_title_and_the_exit_code(tmp_path):
    given = Notify(command=f'echo "$KHOBAO_EXIT_CODE $KHOBAO_TITLE" > {tmp_path}/told')
    tell(given, WELL)
    assert (tmp_path / "told").read_text() == "0 khobao dongthap: well again\n"


def test_a_webhook_gets_title_and_text(service):
    tell(Notify(to=(f"json://127.0.0.1:{service.port}/hook",)), BAD)
    [(path, body)] = service.posted
    assert path == "/hook"
    assert "block page" in json.loads(body)["title"]
    assert "Next: khobao run 7" in json.loads(body)["message"]


def test_a_mail_goes_through_this_machines_sendmail(tmp_path, monkeypatch):
    program(tmp_path, "sendmail", f'cat > {tmp_path}/mail; echo "$@" >> {tmp_path}/mail')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    tell(Notify(sendmail="op@example.org"), BAD)
    mail = (tmp_path / "mail").read_text()
    assert "To: op@example.org" in mail
    assert mail.endswith("-i -t\n")


def test_a_monitor_is_pinged_by_every_run(service):
    given = Notify(ping=f"http://127.0.0.1:{service.port}/abc")
    for code in (0, 3):
        run = SimpleNamespace(
            exit_code=code, reason="r", counts={}, seconds=1.0, crawl_id=1, alarms=Changes()
        )
        with notified(Path("/srv/dongthap"), given) as told:
            told(run)
    assert [path for path, _ in service.posted] == ["/abc/start", "/abc", "/abc/start", "/abc/fail"]


def test_an_error_before_the_run_is_told_and_raised(tmp_path):
    given = Notify(command=f"cat > {tmp_path}/told")
    with pytest.raises(ArchiveLocked), notified(Path("/srv/dongthap"), given):
        raise ArchiveLocked("the archive is in use by process 7")
    assert "in use by process 7 (exit code 6" in (tmp_path / "told").read_text()


def test_an_error_that_lasts_is_told_once_and_when_it_is_over(tmp_path):
    """The message may differ from night to night: it names the process that holds the lock."""
    given = Notify(command=f"cat >> {tmp_path}/told; echo >> {tmp_path}/told")
    for process in (7, 8, 9):
        with pytest.raises(ArchiveLocked), notified(tmp_path, given):
            raise ArchiveLocked(f"the archive is in use by process {process}")
    run = SimpleNamespace(
        exit_code=0, reason="done", counts={}, seconds=1.0, crawl_id=4, alarms=Changes()
    )
    for _ in range(2):
        with notified(tmp_path, given) as told:
            told(run)
    told = (tmp_path / "told").read_text()
    assert told.count("✗ the archive is in use by process 7") == 1
    assert told.count("✓ no longer: the archive is in use by process 7") == 1
    assert told.count("exit code") == 2
    assert "A run that could not begin, ended " in told
    assert "Next: khobao doctor" in told


def test_a_wrong_key_in_the_configuration_is_told(tmp_path):
    """Although the configuration says whom to tell."""
    (tmp_path / "archive.db").touch()
    (tmp_path / "khobao.toml").write_text(
        f"[crawl]\ndeley = 3\n[notify]\ncommand = 'cat > {tmp_path}/told'\n"
    )
    done = CliRunner().invoke(khobao, ["crawl", "-a", str(tmp_path)])
    assert done.exit_code == 2
    assert "did you mean crawl.delay?" in (tmp_path / "told").read_text()


def test_alarms_of_the_run_become_sentences(tmp_path):
    given = Notify(command=f"cat > {tmp_path}/told")
    alarm = Alarm(1, "dto", "blocked", "the site blocks us", 3, "", "", None, 1)
    run = SimpleNamespace(
        exit_code=3, reason="r", counts={}, seconds=1.0, crawl_id=4, alarms=Changes((alarm,))
    )
    with notified(Path("/srv/dongthap"), given) as told:
        told(run)
    assert "✗ the site blocks us" in (tmp_path / "told").read_text()


@pytest.mark.parametrize(
    "given",
    [
        Notify(command="exit 7"),
        Notify(to=("json://127.0.0.1:9/",)),
        Notify(to=("nonsense",)),
        Notify(ping="http://127.0.0.1:9/"),
        Notify(metrics="/nowhere/khobao.prom"),
    ],
)
def test_what_cannot_be_delivered_is_logged_and_fails_nothing(given, caplog):
    tell(given, BAD)
    assert "could not be delivered" in caplog.text


def test_the_metrics_are_what_prometheus_reads(tmp_path):
    file = tmp_path / "khobao.prom"
    tell(Notify(metrics=str(file)), BAD)
    lines = file.read_text().splitlines()
    assert 'khobao_last_run_exit_code{archive="/srv/b\\u00e1o \\"x\\""} 3' not in lines
    assert 'khobao_last_run_exit_code{archive="/srv/báo \\"x\\""} 3' in lines
    assert "# TYPE khobao_last_run_new gauge" in lines
    assert [p.name for p in tmp_path.iterdir()] == ["khobao.prom"]


def test_a_site_that_is_down_for_two_nights_is_told_once_and_when_it_is_back(tmp_path, monkeypatch):
    """Real crawls of a port where nobody listens, then of one that answers."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "khobao.toml").write_text(
        f"[crawl]\ndelay = 0\n[notify]\ncommand = '''cat >> {tmp_path}/told; echo >> {tmp_path}/told'''\n"
    )

    def crawl(base_url):
        command = [sys.executable, "-P", "-m", "archive", "crawl", "-a", folder]
        return subprocess.run([*command, "--base-url", base_url], timeout=200).returncode

    assert [crawl("http://127.0.0.1:9"), crawl("http://127.0.0.1:9")] == [3, 3]
    assert (tmp_path / "told").read_text().count("✗ ") == 1
    with Newsroom(articles=30, crawl_delay=0) as room:
        assert crawl(room.base_url) == 0
    assert "✓ no longer: " in (tmp_path / "told").read_text()
    shown = CliRunner().invoke(khobao, ["status", "-a", str(folder), "--check"])
    assert (shown.exit_code, shown.output[:2]) == (0, "OK")


def test_alarms_close_where_the_configuration_names_sections(tmp_path):
    """A run of the configured sections is a whole run; one of --section says less."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "khobao.toml").write_text('[crawl]\ndelay = 0\nsections = ["xa-hoi"]\n')

    def crawl(base_url, *options):
        command = [sys.executable, "-P", "-m", "archive", "crawl", "-a", folder]
        subprocess.run([*command, "--base-url", base_url, *options], timeout=200)
        with Archive.open(folder, read_only=True) as archive:
            return [alarm.kind for alarm in open_alarms(archive.connection)]

    assert len(crawl("http://127.0.0.1:9")) == 1
    with Newsroom(articles=30, crawl_delay=0) as room:
        assert len(crawl(room.base_url, "--section", "kinh-te")) == 1
        assert crawl(room.base_url) == []
        with Archive.open(folder, read_only=True) as archive:
            lists = archive.connection.execute(
                "SELECT DISTINCT section_slug FROM frontier WHERE kind = 'list'"
                " AND section_slug IS NOT NULL AND fetched_at IS NOT NULL"
            )
            assert {slug for (slug,) in lists} == {"xa-hoi", "kinh-te"}
