"""kill -9 in the middle of a crawl, again and again: as if nothing had happened.

The moments are drawn anew each time (KHOBAO_KILLS says how many, KHOBAO_SEED which); a failure
names its seed.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

from archive.archive import Archive
from archive.clock import SHIFT, now
from archive.verify.verify import verify
from archive.warc import record
from benchmarks.comparison import contents
from crawler.ingest.classify import read_article

VIETNAM = timezone(timedelta(hours=7))

KILLS = int(os.environ.get("KHOBAO_KILLS", "6"))


#: When and where a page was captured, in whatever column, and at which of an article's addresses, in
#: which of its sections, a version of it was seen first: no two crawls agree in that.
OBSERVED = re.compile(
    r"^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$|^captures/\S+:\d+$"
    r'|(?<="url":")https://[^"]+(?=","key":")'
    r'|(?<="section":)[^,]+,"section_slug":[^,]+(?=,"tags":)'
)


def without_evidence(operator):
    """Every table of articles, but not where, when and in which runs their pages were captured."""
    with operator.open() as archive:
        told = contents(archive.connection)
    del told["captures"], told["nights"]
    # Of what a page says, its digest: the record itself stands here or in the revision it began.
    told["statements"] = [row[:-1] for row in told["statements"]]
    return {
        table: sorted(
            (tuple(OBSERVED.sub("*", c) if isinstance(c, str) else c for c in row) for row in rows),
            key=repr,
        )
        for table, rows in told.items()
    }


def assert_equal(calm, killed, where=""):
    """The two archives tell the same, table by table."""
    one, other = without_evidence(calm), without_evidence(killed)
    for table, rows in one.items():
        unlike = [row for row in (*rows, *other[table]) if (row in rows) != (row in other[table])]
        assert unlike == [], f"{where}{table}"


def test_killed_again_and_again(operators, newsroom):
    seed = int(os.environ.get("KHOBAO_SEED", random.randrange(1 << 30)))
    rng = random.Random(seed)
    calm, killed = operators("calm"), operators("killed")
    clock = Clock(newsroom)
    clock.finish(calm)
    pages = calm.rows("SELECT count(*) FROM captures")[0][0]
    died = 0
    for kill in range(KILLS):
        newsroom.requests.clear()
        process = clock.start(killed)
        if kill % 4 == 3:  # while it starts: salvaging, catching up
            time.sleep(rng.uniform(0.1, 1.5))
        else:
            moment = rng.randint(1, max(2, pages // KILLS))
            while process.poll() is None and len(newsroom.requests) < moment:
                time.sleep(0.001)
            time.sleep(rng.uniform(0, 0.03))
        died += process.poll() is None
        process.kill()
        process.wait()
    clock.finish(killed)
    assert died > KILLS / 2, f"seed {seed}: only {died} crawls were alive when they were killed"
    assert_equal(calm, killed, f"seed {seed}: ")
    assert not list(killed.path.glob("captures/*/*.open"))
    report = verify(killed.path, full=True, reader=read_article)
    assert report.faults == [], f"seed {seed}"
    twice = killed.rows(
        "SELECT url, count(*) FROM captures WHERE outcome = 'article' GROUP BY url"
        " HAVING count(*) > 1 + (SELECT count(*) FROM crawls WHERE exit_code IS NULL)"
    )
    assert twice == []


def test_a_record_that_was_being_written_is_asked_for_again(operators, newsroom):
    """The kill came in the middle of a write: the torn end is cut off, its page is still due."""
    calm, killed = operators("calm"), operators("killed")
    clock = Clock(newsroom)
    clock.finish(calm)
    process = clock.start(killed)
    while not (found := list(killed.path.glob("captures/*/*.open"))) or size(found) < 200_000:
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    [path] = found
    with path.open("r+b") as stream:
        ends = [member.offset + member.length for member in record.members(stream)][-3:]
        stream.seek(ends[0])
        torn = stream.read((ends[2] - ends[0]) // 2)
        stream.seek(0, os.SEEK_END)
        stream.write(torn)
    said = clock.finish(killed)
    assert f"{len(torn)} bytes of a record cut short were dropped" in said
    assert_equal(calm, killed)
    assert verify(killed.path, full=True, reader=read_article).faults == []


def test_rows_without_their_records_are_asked_for_again(operators, newsroom):
    """The power failed: the database reached the disk, the end of the WARC file did not."""
    calm, cut = operators("calm"), operators("cut")
    clock = Clock(newsroom)
    for operator in (calm, cut):
        clock.finish(operator)
    [path] = cut.path.glob("captures/*/*.warc.gz")
    total = cut.rows("SELECT count(*) FROM captures")[0][0]
    data = path.read_bytes()
    path.unlink()
    path.with_name(path.name + ".open").write_bytes(data[: len(data) * 2 // 3])
    with Archive.open(cut.path) as archive:  # what a run writes when it ends
        archive.connection.execute("DELETE FROM warc_files")
    said = clock.finish(cut)
    lost = int(re.search(r"(\d+) captures are lost with it and due again", said)[1])
    assert total / 5 < lost < total / 2
    assert_equal(calm, cut)
    assert verify(cut.path, full=True, reader=read_article).faults == []


def size(paths):
    return sum(path.stat().st_size for path in paths)


class Clock:
    """The newsroom's time of day, which goes on from run to run."""

    def __init__(self, newsroom):
        visit = newsroom.paper.edition(0).clock.replace(tzinfo=VIETNAM)
        self.ahead = visit + timedelta(minutes=10) - datetime.fromisoformat(now())

    def start(self, operator, **streams):
        """A crawl that is not waited for."""
        command = ["crawl", "-a", operator.path, "--base-url", operator.newsroom.base_url]
        return subprocess.Popen(
            [sys.executable, "-m", "archive", *map(str, command), "--delay", "0", "--timeout", "2"],
            stdout=subprocess.DEVNULL,
            env=os.environ | {SHIFT: str(self.ahead.total_seconds())},
            **{"stderr": subprocess.DEVNULL} | streams,
        )

    def finish(self, operator):
        """A crawl to its end; returns what it said."""
        process = self.start(operator, stderr=subprocess.PIPE, text=True)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said
