"""The river, end to end: Scrapy crawls the newsroom over HTTP into a real archive.

What the archive holds is compared with what the newsroom meant, which no parser has touched.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from newsroom import days

#: Fields that tell of the reading, not of the article.
READING = {"layout", "extractor_version", "rules", "flags"}


def stored(operator):
    """Every article of the archive as it stands, by key.

    A revision holds one page's text; what names and files the article is in its own row.
    """
    named = ("key", "url", "site_id", "generation", "section", "section_slug")
    rows = operator.rows(
        f"SELECT revisions.article, {', '.join(f'articles.{name}' for name in named)}"
        " FROM articles JOIN revisions"
        " ON revisions.article_id = articles.id AND number = revision"
    )
    return {row[1]: json.loads(row[0]) | dict(zip(named, row[1:])) for row in rows}


def one_host(record):
    """A picture's address is relative to whichever of the site's hosts served the page."""
    text = json.dumps(record, ensure_ascii=False)
    return json.loads(
        re.sub(r"https?://(?:www\.)?baodongthap(?:\.com)?\.vn/", "https://baodongthap.vn/", text)
    )


def differences(meant, kept):
    return {
        f"{key} {name}": (value, kept[key].get(name))
        for key, article in meant.items()
        for name, value in one_host(article.to_dict()).items()
        if name not in READING and one_host(kept[key]).get(name) != value
    }


def test_every_article_once_and_every_field_as_meant(operator, newsroom):
    summary = operator.crawl()
    meant = newsroom.expected()
    kept = stored(operator)
    assert set(kept) == set(meant)
    assert summary["new"] == len(meant) >= 120
    assert differences(meant, kept) == {}


def test_a_good_night_says_nothing_on_stderr(operator, newsroom, tmp_path):
    """Started as cron does: no terminal, hardly an environment (F5)."""
    arguments = ["crawl", "-a", operator.path, "--base-url", newsroom.base_url, "--delay", "0"]
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "archive", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
            | {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},
            check=True,
        )
        assert done.stderr == b""
        assert b"done" in done.stdout or b"nothing new" in done.stdout
    assert not [one for one in newsroom.requests if "referer" in one.headers]


def test_connections_are_kept(operator, newsroom):
    """A crawl of one request at a time is no new connection for every page."""
    operator.crawl()
    assert newsroom.accepted < len(newsroom.requests) / 10


def test_three_days_as_the_script_has_them(crawled, newsroom):
    missing = {}
    for day in (1, 2, 3):
        newsroom.set_day(day)
        summary = crawled.crawl("--full")
        script = newsroom.script()
        seen = {name: summary[name] for name in ("new", "revised", "blocked")}
        assert seen == {name: script.counts[name] for name in seen}, f"day {day}"
        # Gone is what two nights miss: what the night before missed is gone now.
        gone_now = {key: how for key, how in missing.items() if key not in script.returned}
        assert (summary["missing"], summary["gone"]) == (len(script.gone), len(gone_now))
        missing = script.gone
        edits = dict(
            crawled.rows(
                "SELECT key, edit FROM revisions"
                " JOIN articles ON articles.id = revisions.article_id"
                " JOIN captures ON captures.id = revisions.capture_id"
                " WHERE number > 1 AND captures.crawl_id = (SELECT max(id) FROM crawls)"
            )
        )
        assert edits == script.revised
        gone = crawled.rows("SELECT key, gone_how FROM articles WHERE gone_at IS NOT NULL")
        assert dict(gone).items() >= gone_now.items()
    assert differences(newsroom.kept(), stored(crawled)) == {}


def test_a_bumped_stamp_is_no_change_of_text(crawled, newsroom):
    newsroom.set_day(1)
    crawled.crawl("--full")
    bumps = crawled.rows("SELECT changed_fields FROM revisions WHERE edit = 'bump'")
    assert bumps
    for (fields,) in bumps:
        assert set(json.loads(fields)) <= {"updated_at", "updated_text", "updated_precision"}


def test_a_night_on_which_articles_vanish_at_once_is_no_proof(crawled, newsroom, monkeypatch):
    """Exit code 3, nothing gone; the next night asks again, and all is as before."""
    names = [story.name for story in newsroom.paper._written.values()][:40]
    monkeypatch.setitem(days.DAYS, 1, tuple(days.Vanish(name, "404") for name in names))
    monkeypatch.setitem(days.DAYS, 2, tuple(days.Return(name) for name in names))
    monkeypatch.setitem(days.DAYS, 3, ())
    newsroom.set_day(1)
    summary = crawled.crawl("--full", code=3)
    doubtful = summary["doubtful_gone"]
    assert doubtful > 18
    assert (summary["gone"], summary["missing"]) == (0, 0)
    assert f"{doubtful} of " in summary["reason"]
    assert "the next nights decide" in summary["reason"]
    told = crawled.khobao("status", "-a", crawled.path, **crawled.clock()).stdout
    [waiting] = re.findall(
        r"(\d+) articles seemed gone on a doubtful night", " ".join(told.split())
    )
    assert 18 < int(waiting) <= doubtful, "an article may have more than one address"
    newsroom.set_day(2)
    newsroom.requests.clear()
    summary = crawled.crawl()
    assert summary["doubtful_gone"] == summary["gone"] == summary["revised"] == 0
    asked = {request.target for request in newsroom.requests}
    missed = crawled.rows("SELECT url FROM captures WHERE doubt = 'gone'")
    assert {"/" + url.split("/", 3)[3] for (url,) in missed} <= asked
    assert crawled.rows("SELECT count(*) FROM articles WHERE gone_at NOT NULL") == [(0,)]


def test_a_maintenance_page_makes_no_revision(crawled, newsroom):
    before = crawled.rows("SELECT count(*) FROM revisions")
    newsroom.close_for_maintenance()
    crawled.crawl("--full", code=3)
    assert crawled.rows("SELECT count(*) FROM revisions") == before
    assert crawled.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)]


def test_a_site_that_is_down(operator, newsroom):
    newsroom.stop()
    operator.crawl(code=3)
    assert operator.rows("SELECT exit_code FROM crawls") == [(3,)]


def test_captures_lie_before_articles(operator):
    """Every article points at a capture whose record holds the page it was read from."""
    from archive.history.capture_rows import find_captures
    from archive.warc.reader import read

    operator.crawl("--max-articles", 12)
    with operator.open() as archive:
        captures = find_captures(archive.connection, "outcome = 'article'")
        assert captures
        for capture in captures:
            stored = read(operator.path, capture)
            assert stored.status == 200
            assert b"<" in stored.body


def test_robots_txt_is_obeyed(operator, newsroom):
    operator.crawl("--max-articles", 5)
    assert newsroom.requests[0].target == "/robots.txt"
    forbidden = ("/tim-kiem", "/ketquatimkiem")
    assert not [r for r in newsroom.requests if r.target.startswith(forbidden)]


def test_the_lock(operator):
    from archive.archive import crawl_lock

    with crawl_lock(operator.path):
        done = operator.crawl(code=6)
    assert "in use by process" in done.stderr


@pytest.mark.parametrize(
    "bad", [["--since", "gestern"], ["--max-articles", "0"], ["--base-url", "x"]]
)
def test_wrong_usage(operator, bad):
    operator.crawl(*bad, code=2)


#: What may differ between two archives of the same pages: when they were seen, and row numbers.
OBSERVED = re.compile(r"_at$|^id$|_id$|^duplicate_of$|^(?:warc_|article$)")


def contents(operator):
    """Every table of articles without row numbers and times of observation."""
    questions = {
        "articles": "SELECT * FROM articles",
        "addresses": "SELECT key, url FROM article_urls",
        "revisions": "SELECT key, revisions.* FROM revisions"
        " JOIN articles ON articles.id = revisions.article_id",
        "images": "SELECT key, images.* FROM images JOIN articles ON articles.id = article_id",
        "authors": "SELECT key, name, position, role FROM article_authors"
        " JOIN authors ON authors.id = author_id JOIN articles ON articles.id = article_id",
        "sections": "SELECT key, slug FROM article_sections"
        " JOIN sections ON sections.id = section_id JOIN articles ON articles.id = article_id",
        "originals": "SELECT copy.key, original.key AS of FROM articles AS copy"
        " JOIN articles AS original ON original.id = copy.duplicate_of",
        "duplicates": "SELECT min(a.key, b.key) AS one, max(a.key, b.key) AS other, duplicates.kind"
        " FROM duplicates JOIN articles AS a ON a.id = article_id"
        " JOIN articles AS b ON b.id = other_id",
    }
    found = {}
    with operator.open() as archive:
        for name, question in questions.items():
            cursor = archive.connection.execute(question)
            columns = [column[0] for column in cursor.description]
            kept = [i for i, column in enumerate(columns) if not OBSERVED.search(column)]
            found[name] = Counter(repr([row[i] for i in kept]) for row in cursor)
    return found


def apart(one, other):
    """What stands in one archive and not in the other, table by table."""
    return {
        name: (list(one[name] - other[name])[:5], list(other[name] - one[name])[:5])
        for name in one
        if one[name] != other[name]
    }


@pytest.fixture
def undisturbed(operators):
    operator = operators("undisturbed")
    operator.crawl()
    return contents(operator)


def test_two_orders_end_in_the_same_archive(operator, newsroom, undisturbed):
    """The same crawl, its requests taken first in, first out: also Scrapy's own way to start it."""
    options = {
        "KHOBAO_ARCHIVE": operator.path,
        "KHOBAO_BASE_URL": newsroom.base_url,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": 0,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    }
    sets = [word for name, value in options.items() for word in ("-s", f"{name}={value}")]
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "recent", *sets],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
    )
    assert apart(contents(operator), undisturbed) == {}


def test_interrupted_and_resumed_ends_in_the_same_archive(operator, newsroom, undisturbed):
    newsroom.requests.clear()
    crawl = subprocess.Popen(
        [
            *(sys.executable, "-m", "archive", "crawl", "-a", operator.path),
            *("--base-url", newsroom.base_url, "--delay", "0"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | operator.clock(),
    )
    while len(newsroom.requests) < 60:
        assert crawl.poll() is None, crawl.communicate()
        time.sleep(0.01)
    crawl.send_signal(signal.SIGINT)
    output, errors = crawl.communicate(timeout=60)
    assert crawl.returncode == 130, output + errors
    assert "interrupted" in output
    before = operator.rows("SELECT count(*) FROM articles")[0][0]
    assert 0 < before < len(newsroom.expected())
    newsroom.requests.clear()
    operator.crawl(minutes=40)
    assert apart(contents(operator), undisturbed) == {}
    assert len(newsroom.requests) < 228 - before + 40, "what was done is not done again"
