"""One run in a process: its result, and the row that keeps what it was asked for."""

import json
import subprocess
import sys

from archive.archive import Archive
from archive.database.lock import crawl_lock
from newsroom import Newsroom

#: A crawl as a program starts it that is not khobao's command line.
SCRIPT = """
import json, sys
from pathlib import Path
from crawler.run.run import run_spider
from crawler.site.paper import DONGTHAP
asked = json.load(sys.stdin)
run = run_spider(
    "recent", Path(asked["archive"]), DONGTHAP, command="crawl",
    settings={"KHOBAO_BASE_URL": asked["url"], "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False},
    arguments={"max_articles": 2, "since": None, "full": False},
)
print(json.dumps([run.crawl_id, run.exit_code, run.reason, dict(run.counts), run.seconds]))
"""


def crawl(archive, url):
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps({"archive": str(archive), "url": url}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_result_is_that_of_the_row_and_nothing_is_stated_that_was_not_given(tmp_path):
    with Newsroom(articles=20, crawl_delay=0) as newsroom:
        done = crawl(tmp_path, newsroom.base_url)
    assert done.returncode == 0, done.stderr
    number, code, reason, counts, seconds = json.loads(done.stdout)
    assert counts["new"] == 2
    assert 0 < seconds < 60
    with Archive.open(tmp_path, read_only=True) as archive:
        row = archive.connection.execute(
            "SELECT id, command, exit_code, reason, arguments, counts FROM crawls"
        ).fetchall()
    [(id_, command, exit_code, why, arguments, kept)] = row
    assert (id_, command, exit_code, why) == (number, "crawl", code, reason)
    assert json.loads(arguments) == {"max_articles": 2}
    assert json.loads(kept)["fetched"] == counts["fetched"]


def test_what_prevents_a_run_is_raised_where_it_was_called(tmp_path):
    """Another run holds the lock; nothing is asked of the site, which does not even exist."""
    with crawl_lock(tmp_path):
        done = crawl(tmp_path, "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "ArchiveLocked" in done.stderr.splitlines()[-1]
    assert not list(tmp_path.glob("captures/*/*"))
