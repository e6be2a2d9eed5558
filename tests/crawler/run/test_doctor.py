"""What the doctor says of a machine, an archive and a site that are well, and of others."""

import http.server
import threading
from types import SimpleNamespace

import pytest

from archive.alarms import Finding
from archive.archive import Archive
from crawler.run.doctor import examine


@pytest.fixture
def site():
    """A server whose answer to robots.txt each test sets."""
    answer = SimpleNamespace(status=200, text="User-agent: *\nDisallow: /admin", date=None)

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            assert self.path == "/robots.txt"
            self.send_response_only(answer.status)
            self.send_header("Date", answer.date or self.date_time_string())
            self.end_headers()
            self.wfile.write(answer.text.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answer.url = f"http://127.0.0.1:{server.server_port}"
    yield answer
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path, site):
    folder = tmp_path / "dongthap"
    with Archive.open(folder, create=True) as archive:
        crawl = archive.begin_crawl("crawl", {})
        archive.finish_crawl(crawl, exit_code=0, reason="done", counts={})
    write(folder, site.url)
    return folder


def write(folder, url, more=""):
    (folder / "khobao.toml").write_text(
        f'[crawl]\nbase_url = "{url}"\ncontact = "a@example.org"\n{more}'
    )


def levels(folder, **options):
    """The worst level of each check, and everything said."""
    found = list(examine(folder, None, **options))
    worst = {}
    for check in found:
        order = ("ok", "warn", "fail")
        worst[check.name] = max(worst.get(check.name, "ok"), check.level, key=order.index)
    return worst, "\n".join(f"{check.found} {check.next_step}" for check in found)


def test_nothing_fails_where_all_is_well(folder):
    found, _ = levels(folder)
    assert "fail" not in found.values()
    assert {"site", "robots.txt", "clock", "disk", "permissions", "last crawl"} <= found.keys()


def test_offline_asks_nothing(folder):
    assert "site" not in levels(folder, offline=True)[0]


@pytest.mark.parametrize(
    ("status", "text", "level", "said"),
    [
        (200, "User-agent: *\nDisallow: /", "fail", "forbids the front page"),
        (503, "", "fail", "nothing may be fetched"),
        (404, "", "ok", "everything may be fetched"),
        (200, "User-agent: *\nCrawl-delay: 9", "ok", "asks for 9"),
    ],
)
def test_robots_txt_is_read_as_the_crawl_reads_it(folder, site, status, text, level, said):
    site.status, site.text = status, text
    found, words = levels(folder)
    assert (found["robots.txt"], said in words) == (level, True)


def test_a_clock_that_differs_from_the_servers_fails(folder, site):
    site.date = "Tue, 01 Dec 2009 05:00:00 GMT"
    found, words = levels(folder)
    assert (found["clock"], "NTP" in words) == ("fail", True)


def test_a_run_in_the_future_fails(folder):
    with Archive.open(folder) as archive:
        archive.begin_crawl("crawl", {}, "2999-01-01T00:00:00.000Z")
    assert levels(folder, offline=True)[0]["clock"] == "fail"


def test_a_site_that_does_not_answer_fails(folder):
    write(folder, "http://127.0.0.1:9")
    assert levels(folder)[0]["site"] == "fail"


def test_a_missing_archive_and_a_wrong_key_fail(tmp_path):
    (tmp_path / "khobao.toml").write_text("[crawl]\ndeley = 2\n")
    found, words = levels(tmp_path, offline=True)
    assert (found["archive"], found["configuration"]) == ("fail", "fail")
    assert "khobao init" in words
    assert "did you mean crawl.delay" in words


def test_nobody_to_ask_is_a_warning(folder):
    (folder / "khobao.toml").unlink()
    assert levels(folder, offline=True)[0]["contact"] == "warn"


def test_open_alarms_are_named(folder):
    with Archive.open(folder) as archive:
        archive.update_alarms(
            [Finding("blocked", "the site blocks us")],
            paper="dto",
            exit_code=3,
            crawl_id=1,
            judged=False,
        )
    found, words = levels(folder, offline=True)
    assert (found["alarm"], "the site blocks us" in words) == ("fail", True)


def test_the_disk_is_measured_against_what_the_archive_grows_by(folder, monkeypatch):
    """A disk of ten days: the archive wrote 1 GB of captures a day."""
    with Archive.open(folder) as archive:
        archive.connection.execute(
            "INSERT INTO captures (url, fetched_at, status, warc_file, warc_offset, warc_length,"
            " payload_digest) VALUES ('u', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day'), 200,"
            " 'f', 0, 1000000000, 'd')"
        )
    monkeypatch.setattr("crawler.run.doctor.free_space", lambda _: 20_000_000_000)
    found, words = levels(folder, offline=True)
    assert (found["disk"], "enough for 10 days" in words) == ("warn", True)


def test_what_cannot_be_written_to_fails(folder, monkeypatch):
    """Asked of the system for this user; the tests may run as root, who may do everything."""
    monkeypatch.setattr("os.access", lambda path, mode: "captures" not in str(path))
    (folder / "captures").mkdir()
    found, words = levels(folder, offline=True)
    assert (found["permissions"], str(folder / "captures") in words) == ("fail", True)
