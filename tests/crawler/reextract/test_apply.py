"""Everything again from the captures: the same archive; told before it is changed; once."""

import json
import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from archive.errors import UnknownLayout
from archive.frontier import Frontier
from archive.history.judge import follow
from archive.history.rebuild import rebuild_at
from archive.verify.verify import verify
from benchmarks.comparison import differences
from crawler.extract.article import read_page
from crawler.ingest import crash_recovery
from crawler.ingest.classify import classify, read_article
from crawler.reextract import compare
from crawler.reextract.apply import Reextraction, Selection
from crawler.site.urls import read_address


def run(*arguments, code=0):
    done = CliRunner().invoke(khobao, [str(a) for a in arguments])
    assert done.exit_code == code, done.output
    return done


def rows(folder, sql, *values):
    with Archive.open(folder, read_only=True) as archive:
        return archive.connection.execute(sql, values).fetchall()


def rebuilt(folder, where):
    """A second archive, made of nothing but the captures of the first."""
    where.mkdir()
    shutil.copytree(folder / "captures", where / "captures")
    run("reextract", "-a", where, "--jobs", 1)
    return where


def unlike(one, other):
    with (
        Archive.open(one, read_only=True) as first,
        Archive.open(other, read_only=True) as second,
    ):
        return differences(first.connection, second.connection)


@pytest.fixture
def archive(tmp_path, three_days):
    return Path(shutil.copytree(three_days, tmp_path / "archive"))


def test_the_archive_is_made_again_from_its_captures(archive, tmp_path):
    assert unlike(archive, rebuilt(archive, tmp_path / "again")) == {}


def test_two_processes_make_the_same_archive(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(crash_recovery, "_WORTH_A_PROCESS", 1000)
    again = tmp_path / "again"
    again.mkdir()
    shutil.copytree(archive / "captures", again / "captures")
    here = []
    monkeypatch.setattr(
        crash_recovery,
        "classify",
        lambda capture, *more: here.append(capture) or classify(capture, *more),
    )
    with Archive.open(again, create=True) as other:
        crash_recovery.ingest_pending(other, jobs=2)
    assert here
    assert {capture.record_type for capture in here} == {"revisit"}, "the rest is read elsewhere"
    assert rows(archive, "SELECT 1 FROM captures WHERE record_type = 'revisit'")
    assert unlike(archive, again) == {}


def test_the_comparison_sees_a_difference(archive, tmp_path):
    """So that the test above can fail: one word in one revision."""
    again = rebuilt(archive, tmp_path / "again")
    with Archive.open(again) as other:
        other.connection.execute("UPDATE images SET caption = 'khác' WHERE rowid = 1")
        other.connection.execute("UPDATE article_revisions SET seen_at = '2020' WHERE id = 5")
    # What pages said is kept as its difference from the article, pictures included.
    assert unlike(archive, again).keys() == {"images", "revisions", "statements"}


def test_reading_again_what_was_read_so_changes_nothing(archive, tmp_path):
    before = shutil.copytree(archive, tmp_path / "before")
    told = json.loads(run("reextract", "-a", archive, "--jobs", 1, "--format", "json").stdout)
    assert told["captures_read"] == rows(archive, "SELECT count(*) FROM captures")[0][0]
    assert (told["captures_changed"], told["fields"], told["unreadable"]) == (0, {}, [])
    assert unlike(before, archive) == {}


# --- an archive that believed a bad night ---------------------------------------------------------


def bad_night(press, folder, day):
    """A visit on which 29 articles answer 404 and 28 say something else; written as once it was.

    Every answer counted at once, and a single 404 made an article gone.
    """

    def answers():
        number = 0
        for exchange in press.exchanges(0):
            body, status = exchange.body, exchange.status
            if read_address(exchange.url).kind == "article" and status == 200:
                number += 1
                if number <= 29:
                    body, status = b"<title>404</title>", 404
                elif number <= 29 + 28:
                    body = body.replace(b"</h1>", b" (cap nhat)</h1>")
            at = press.at(day, number)
            yield replace(exchange, body=body, status=status, fetched_at=at)

    press.visit(folder, day, answers=answers())
    with Archive.open(folder) as archive:
        archive.connection.execute("DELETE FROM nights")
        archive.connection.execute("UPDATE captures SET doubt = NULL")
        for (address,) in archive.connection.execute(
            "SELECT address FROM captures WHERE outcome IN ('gone', 'article')"
        ).fetchall():
            rebuild_at(archive.connection, address)
        archive.connection.execute(
            "UPDATE articles SET gone_how = '404', gone_at = (SELECT max(fetched_at) FROM captures"
            " WHERE outcome = 'gone' AND address = articles.url)"
            " WHERE url IN (SELECT address FROM captures WHERE outcome = 'gone')"
        )


STANDING = (
    "SELECT (SELECT count(*) FROM articles WHERE gone_at NOT NULL),"
    " (SELECT count(*) FROM revisions WHERE number > 1)"
)


def test_what_a_bad_night_wrote_is_taken_back(tmp_path, press):
    folder = tmp_path / "archive"
    press.visit(folder, 0)
    bad_night(press, folder, 1)
    assert rows(folder, STANDING) == [(29, 28)]
    with Archive.open(folder) as archive:
        url = rows(folder, "SELECT url FROM articles WHERE gone_at NOT NULL")[0][0]
        Frontier(archive).fetched(
            url, at=press.at(1), status=404, state="gone", article_id=archive.article(url).id
        )
    assert (
        "29 disappearances would be taken back"
        in run("reextract", "-a", folder, "--dry-run").output
    )
    told = run("reextract", "-a", folder, "--jobs", 1).output
    assert "1 of them doubtful; 29 disappearances are taken back; 28 revisions are" in told
    assert rows(folder, STANDING) == [(0, 0)]
    assert rows(folder, "SELECT doubt, count(*) FROM captures GROUP BY doubt HAVING doubt NOT NULL"
                " ORDER BY 1") == [("gone", 29), ("revised", 28)]  # fmt: skip
    assert rows(folder, "SELECT state FROM frontier WHERE url = ?", url) == [("due",)]
    assert verify(folder, full=True, reader=read_article).faults == []
    # When a section's name was last seen is not taken back: the name is right all the same.
    assert unlike(folder, rebuilt(folder, tmp_path / "again")).keys() <= {"sections"}


def sick_night(press, folder, day):
    """A visit on which no list names an article, an article is 404 and some say something else.

    Written as once it was: no count of what a list names, and every answer counted at once.
    """

    def answers():
        articles = 0
        for number, exchange in enumerate(press.exchanges(0)):
            body, status = exchange.body, exchange.status
            if read_address(exchange.url).kind in ("home", "list"):
                body = re.sub(rb"<a\b[^>]*-a?\d+\.(?:html|aspx)[^>]*>|<a\b[^>]*/newsdetails/[^>]*>"
                              rb"|<a\b[^>]*/\d{6}/[^>]*>", b"<a>", body)  # fmt: skip
            elif read_address(exchange.url).kind == "article" and status == 200:
                articles += 1
                if articles == 1:
                    body, status = b"<title>404</title>", 404
                elif articles % 12 == 0:
                    body = body.replace(b"</h1>", b" (cap nhat)</h1>")
            yield replace(exchange, body=body, status=status, fetched_at=press.at(day, number))

    press.visit(folder, day, answers=answers())
    believe(folder)


def believe(folder):
    """Let the archive be as a khobao wrote it that judged no lists and no new articles."""
    with Archive.open(folder) as archive:
        archive.connection.execute("DELETE FROM nights")
        archive.connection.execute("UPDATE captures SET doubt = NULL, named = NULL")
        for (address,) in archive.connection.execute(
            "SELECT DISTINCT address FROM captures WHERE outcome IN ('gone', 'article')"
        ).fetchall():
            follow(archive.connection, [address])


def test_what_a_night_of_silent_lists_wrote_is_taken_back(tmp_path, press):
    folder = tmp_path / "archive"
    press.visit(folder, 0)
    sick_night(press, folder, 1)
    sick_night(press, folder, 2)
    [(gone, revised)] = rows(folder, STANDING)
    assert (gone, revised > 0) == (1, True)
    foreseen = run("reextract", "-a", folder, "--jobs", 1, "--dry-run").output
    assert rows(folder, STANDING) == [(gone, revised)]
    told = run("reextract", "-a", folder, "--jobs", 1).output
    taken = f"1 disappearances are taken back; {revised} revisions are taken back"
    assert f"2 of them doubtful; {taken}" in told
    assert f"2 of them doubtful; {taken.replace('are', 'would be')}" in foreseen
    assert re.search(r"\+ list \(\d+ articles\)", foreseen)
    assert rows(folder, STANDING) == [(0, 0)]
    assert rows(folder, "SELECT doubt, silent, lists FROM nights WHERE doubt NOT NULL") == [
        ("silent", lists, lists) for (lists,) in rows(folder, "SELECT max(lists) FROM nights") * 2
    ]
    assert unlike(folder, rebuilt(folder, tmp_path / "again")).keys() <= {"sections"}


def test_articles_made_of_one_text_are_taken_back(tmp_path, press):
    """Once, a server that answered every new address alike filled the archive with its answer."""
    folder = tmp_path / "archive"
    text = (
        b"<p>" + "Xin mời bạn đọc xem các tin mới nhất của Báo Đồng Tháp. ".encode() * 3 + b"</p>"
    )

    def answers():
        for number, exchange in enumerate(press.exchanges(0)):
            body = exchange.body
            if read_address(exchange.url).kind == "article" and b"<h1" in body:
                head = body[: body.index(b"</h1>") + 5]
                body = (
                    head + text + b'<a href="https://baodongthap.vn/">B\xc3\xa1o</a></body></html>'
                )
            yield replace(exchange, body=body, fetched_at=press.at(0, number))

    press.visit(folder, 0, answers=answers())
    believe(folder)
    made = "SELECT count(*) FROM articles WHERE body LIKE 'Xin mời bạn đọc%'"
    [(before,)] = rows(folder, made)
    assert before > 5
    run("reextract", "-a", folder, "--jobs", 1)
    assert rows(folder, made) == [(0,)]
    assert rows(folder, "SELECT count(*) FROM captures WHERE doubt = 'repeated'")[0][0] >= before
    assert rows(folder, "SELECT doubt FROM nights") == [("new",)]


# --- an archive that an older extractor made ------------------------------------------------------


def old_extractor(page):
    """What khobao may have been: it took no bylines, cut leads short, and did not know C's pages.

    It also added a word to some texts on some days: no two of its readings of a page were alike.
    """
    article = today(page)
    if article.generation == "C" and len(article.title) % 2:
        raise UnknownLayout("an older extractor did not know this one")
    fickle = " (audio)" if int(page.fetched_at[8:10]) % 2 and len(article.title) % 3 == 0 else ""
    return replace(
        article,
        byline=None,
        authors=(),
        lead=article.lead and article.lead[:40],
        body=article.body and article.body + fickle,
        extractor_version="0",
    )


today = read_page


@pytest.fixture(scope="module")
def of_old(tmp_path_factory, press):
    folder = tmp_path_factory.mktemp("of-old") / "archive"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.ingest.classify.read_page", old_extractor)
        for day in range(3):
            press.visit(folder, day, only=some)
    return folder


def some(target):
    """A third of the addresses, the same ones every day."""
    return zlib.crc32(target.encode()) % 3 == 0


@pytest.fixture
def old(tmp_path, of_old):
    return Path(shutil.copytree(of_old, tmp_path / "old"))


def false_edits(folder):
    return rows(folder, "SELECT count(*) FROM revisions WHERE body LIKE '%(audio)'")[0][0]


def test_the_report_counts_articles_by_field_and_shows_three(old):
    before = dict(
        rows(
            old,
            "SELECT key, article FROM articles JOIN revisions"
            " ON article_id = articles.id AND number = revision",
        )
    )
    told = json.loads(
        run("reextract", "-a", old, "--dry-run", "--jobs", 1, "--format", "json").stdout
    )
    assert told["dry_run"] is True
    fields = told["fields"]
    assert {"byline", "authors", "lead", "body", "(outcome)"} <= set(fields)
    assert not {"extractor_version", "rules", "title"} & set(fields)
    for change in fields.values():
        assert len(change["examples"]) == min(3, change["articles"])
        assert all(example["before"] != example["after"] for example in change["examples"])
    read_now = {a.key: a for a in todays_articles(old)}
    assert fields["byline"]["articles"] == sum(
        bool(read_now[key].byline) for key in before if key in read_now
    )
    assert all("UnknownLayout" not in str(e) for e in fields["(outcome)"]["examples"])
    assert (
        dict(
            rows(
                old,
                "SELECT key, article FROM articles JOIN revisions"
                " ON article_id = articles.id AND number = revision",
            )
        )
        == before
    )


def test_a_dry_run_reports_what_the_run_then_does(old):
    dump = list(rows(old, "SELECT * FROM captures")), list(rows(old, "SELECT * FROM revisions"))
    options = ("reextract", "-a", old, "--jobs", 1, "--format", "json")
    foreseen = json.loads(run(*options, "--dry-run").stdout)
    assert dump == (rows(old, "SELECT * FROM captures"), rows(old, "SELECT * FROM revisions"))
    assert json.loads(run(*options).stdout) == foreseen | {"dry_run": False}
    assert foreseen["nights"]["revisions"] != 0


def todays_articles(folder):
    from archive.history.capture_rows import find_captures

    with Archive.open(folder, read_only=True) as archive:
        for capture in find_captures(archive.connection, "outcome = 'article'"):
            yield read_article(capture, archive.read(capture))


def test_the_archive_follows_and_no_revision_is_made(old, tmp_path):
    """Read again by two processes: what a rebuild gives, false edits gone, a second run idle."""
    assert false_edits(old) > 0
    done = subprocess.run(
        [sys.executable, "-m", "archive", "reextract", "-a", old, "--jobs", "2"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert unlike(old, rebuilt(old, tmp_path / "again")) == {}
    assert false_edits(old) == 0
    assert rows(old, "SELECT 1 FROM articles WHERE extractor_version = '0'") == []
    assert verify(old, full=True, reader=read_article).faults == []
    told = json.loads(run("reextract", "-a", old, "--jobs", 1, "--format", "json").stdout)
    assert told["captures_changed"] == 0


def test_a_page_that_no_layout_knows_any_more_is_an_article_no_more(old, tmp_path, monkeypatch):
    lost = rows(old, "SELECT key FROM articles WHERE layout = 'aspx' ORDER BY key LIMIT 3")
    with Archive.open(old) as archive:  # as a crawl leaves it
        archive.connection.execute(
            "INSERT INTO frontier (url, kind, found_at, article_id)"
            " SELECT url, 'article', first_seen_at, id FROM articles"
        )

    def strict(page):
        article = today(page)
        if (article.key,) in lost:
            raise UnknownLayout("refused")
        return article

    monkeypatch.setattr("crawler.ingest.classify.read_page", strict)
    run("reextract", "-a", old, "--jobs", 1)
    assert not set(lost) & set(rows(old, "SELECT key FROM articles"))
    assert unlike(old, rebuilt(old, tmp_path / "again")) == {}


class Interrupted(Exception):
    pass


def after(count):
    def step(done):
        if done >= count:
            raise Interrupted

    return step


def test_an_interrupted_reading_leaves_nothing(old):
    before = rows(old, "SELECT * FROM articles")
    files = sorted(old.rglob("*.*"))
    with Archive.open(old) as archive, pytest.raises(Interrupted):
        Reextraction(archive, Selection()).read(1, after(40))
    assert rows(old, "SELECT * FROM articles") == before
    assert sorted(old.rglob("*.*")) == files


def test_two_processes_find_what_one_finds(old, monkeypatch):
    monkeypatch.setattr(compare, "WORTH_A_PROCESS", 1)
    found = []
    for jobs in (1, 2):
        with Archive.open(old) as archive:
            report = Reextraction(archive, Selection()).read(jobs)
            diffs = archive.connection.execute("SELECT * FROM temp.diffs ORDER BY 1").fetchall()
        counts = {name: len(change.articles) for name, change in report.fields.items()}
        found.append((report.read, report.changed, counts, diffs))
    assert found[0] == found[1]
    assert len(found[0][3]) > 20


def test_an_interrupted_writing_leaves_whole_articles(old, tmp_path):
    with Archive.open(old) as archive:
        reextraction = Reextraction(archive, Selection())
        reextraction.read(1)
        with pytest.raises(Interrupted):
            reextraction.write(after(40))
    chains = rows(
        old,
        "SELECT count(DISTINCT json_extract(article, '$.extractor_version')) FROM revisions"
        " GROUP BY article_id",
    )
    assert {count for (count,) in chains} == {1}
    versions = rows(old, "SELECT count(*) FROM articles WHERE extractor_version = '0'")
    assert 0 < versions[0][0] < rows(old, "SELECT count(*) FROM articles")[0][0]
    run("reextract", "-a", old, "--jobs", 1)
    assert unlike(old, rebuilt(old, tmp_path / "again")) == {}


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        (["--layout", "aspx"], "layout = 'aspx'"),
        (["--since", "DAY"], "fetched_at >= 'DAY'"),
        (["--where", "articles.section_slug = 'xa-hoi'"], "section_slug = 'xa-hoi'"),
    ],
)
def test_a_part_is_read_again_and_the_rest_left_alone(old, press, options, condition):
    day = press.at(2)[:10]
    options = [option.replace("DAY", day) for option in options]
    condition = condition.replace("DAY", day)
    chosen = (
        "SELECT count(*) FROM captures LEFT JOIN articles ON articles.id = article_id WHERE "
        + condition.replace("layout", "captures.layout")
    )
    expected = rows(old, chosen)[0][0]
    told = json.loads(run("reextract", "-a", old, "--jobs", 1, "--format", "json", *options).stdout)
    total = rows(old, "SELECT count(*) FROM captures")[0][0]
    assert told["captures_read"] == expected
    assert 0 < expected < total
    versions = rows(
        old,
        "SELECT json_extract(statements.article,"
        " '$.extractor_version'), count(*) FROM captures JOIN statements"
        " ON statements.id = statement_id WHERE revision_id IS NOT NULL GROUP BY 1",
    )
    assert len(versions) == 2


def test_a_condition_that_is_none_is_refused(archive):
    done = run("reextract", "-a", archive, "--where", "no such thing", code=2)
    assert "--where" in done.stderr


def test_a_damaged_capture_is_named_and_the_others_are_read(old):
    path = min((old / "captures").glob("*/*"))
    (offset,) = rows(old, "SELECT warc_offset FROM captures WHERE id = 20")[0]
    data = bytearray(path.read_bytes())
    data[offset + 40] ^= 1
    path.write_bytes(data)
    done = run("reextract", "-a", old, "--jobs", 1, code=1)
    assert f"at {offset}" in done.stdout
    assert false_edits(old) <= 1  # that of the capture that cannot be read


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE articles SET title = title || '!' WHERE revision > 1",
        "UPDATE extractions SET changes = json_object('byline', 'x') WHERE id % 9 = 0",
    ],
)
def test_rows_that_were_changed_by_hand_are_put_right(archive, tmp_path, edit):
    before = shutil.copytree(archive, tmp_path / "before")
    with Archive.open(archive) as opened:
        opened.connection.execute(edit)
    assert unlike(before, archive) != {}
    run("reextract", "-a", archive, "--jobs", 1)
    assert unlike(before, archive) == {}


def test_what_is_left_does_not_depend_on_what_is_lost(archive, tmp_path):
    """A rebuild goes on behind a broken record, and says that it is there."""
    (tmp_path / "again").mkdir()
    shutil.copytree(archive / "captures", tmp_path / "again" / "captures")
    path = min((tmp_path / "again" / "captures").glob("*/*"))
    name = path.relative_to(tmp_path / "again").as_posix()
    lost = rows(archive, "SELECT warc_offset FROM captures WHERE id = 20 AND outcome = 'article'")
    data = bytearray(path.read_bytes())
    data[lost[0][0] + 4000] ^= 1
    path.write_bytes(data)
    done = run("reextract", "-a", tmp_path / "again", "--jobs", 1, code=1)
    assert f"{name} at {lost[0][0]}" in done.stdout

    def places(folder):
        return set(rows(folder, "SELECT warc_file, warc_offset FROM captures"))

    assert places(archive) - places(tmp_path / "again") == {(name, lost[0][0])}
