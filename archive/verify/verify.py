"""Is the archive what it was? Every byte against its digest, every row against its bytes.

Three questions, each with its own kind of answer. Is the *evidence* whole: does every WARC file
read to its end, with the lengths and digests it states? Do the *rows* of ``captures`` point at it?
And does everything else in the database *follow* from it: what a page said (``statements``), and
what articles and revisions come of that? The last is asked of the assembly itself, which is run
again on a copy of the database: where it would write anything, a row is not what it was.

The page's own meaning is read by the crawler's layouts, which this package does not know: a
*reader* is handed in.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.archive import Archive
from archive.database.connection import is_busy, is_refused
from archive.database.lock import check_free_space, is_disk_full, is_locked
from archive.errors import CorruptCapture, NoArchive
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.history.revisions import extraction_digest
from archive.models import Article, Capture
from archive.verify import database, warc
from archive.verify.database import Fault
from archive.warc import reader as captures

__all__ = ["Fault", "Reader", "Report", "verify"]

#: Reads the article on a stored page with today's layouts; None if there is none.
Reader = Callable[[Capture, captures.Stored], Article | None]


@dataclass
class Report:
    """What was looked at, and what is wrong."""

    faults: list[Fault] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """What is no fault, and still worth a line."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "sound": self.sound,
            "checked": dict(self.checked),
            "faults": [asdict(fault) for fault in self.faults],
            "notes": self.notes,
        }


def verify(
    path: Path,
    *,
    sample: int | None = None,
    full: bool = False,
    seed: int | None = None,
    reader: Reader | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Check the archive at *path*.

    By default every WARC file is walked through and every row held against it. *sample* reads so
    many captures, drawn anew each time, instead of all files: made for every night. *full* does all
    of it and reads every page again with *reader*: made for every month.
    """
    report = Report()
    step = progress or (lambda *_: None)
    try:
        archive = Archive.open(path, read_only=True)
    except NoArchive as error:
        if not (path / "archive.db").exists():
            raise
        report.faults.append(database.unreadable(path, error))
        return report
    with archive:
        try:
            broken = list(database.sqlite_faults(archive.connection, quick=bool(sample)))
            report.checked["database"] = 1
            report.faults += broken
            _check_captures(archive, report, sample, step)
            if sample or full:
                drawn = _drawn(archive.connection, sample, seed)
                _check_pages(archive, report, drawn, reader, step)
            articles = _articles(archive.connection, sample, seed)
            report.faults += database.statement_faults(archive.connection, sample)
            report.faults += database.fingerprint_faults(archive.connection)
            with _copied(archive) as copy:
                report.faults += database.search_faults(copy)
                report.checked["search indexes"] = 2
                report.faults += database.assembly_faults(copy, articles, step)
                report.checked["articles"] = len(articles)
        except sqlite3.DatabaseError as error:
            if is_busy(error) or is_refused(error) or is_disk_full(error):
                raise  # says nothing of the database
            report.faults.append(database.unreadable(archive.path, error))
    return report


@contextmanager
def _copied(archive: Archive) -> Iterator[Path]:
    """A copy of the database, for checks that must write: the archive keeps nobody waiting.

    FTS5 checks an index with the write lock held, and an assembly that is taken back holds it as
    well. (Measured, 20,000 articles: 2 s to copy 340 MB, 1.1 and 1.4 s to check the indexes.) The
    copy needs as much room in the temporary folder (TMPDIR).
    """
    with TemporaryDirectory(prefix="khobao-verify-") as room:
        pages, size = (
            archive.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size")
        )
        check_free_space(Path(room), int(1.1 * pages * size))
        with closing(sqlite3.connect(Path(room) / "archive.db")) as copy:
            archive.connection.backup(copy)
        yield Path(room)


def _check_captures(
    archive: Archive, report: Report, sample: int | None, step: Callable[[str, int, int], None]
) -> None:
    """Files against themselves, and rows against files."""
    living = is_locked(archive.path)
    if living:
        report.notes.append("a crawl is running: the file it writes is left out")
    names = {
        row[0] for row in archive.connection.execute("SELECT DISTINCT warc_file FROM captures")
    } | {row[0] for row in archive.connection.execute("SELECT name FROM warc_files")}
    present = {
        path.relative_to(archive.path).as_posix().removesuffix(".open"): path
        for path in sorted((archive.path / "captures").glob("*/*.warc.gz*"))
    }
    for number, name in enumerate(sorted(names | set(present))):
        step("captures", number, len(names | set(present)))
        file = present.get(name)
        if file is None:
            report.faults.append(warc.missing(archive.connection, name))
            continue
        if file.suffix == ".open":
            if not living:
                report.faults.append(warc.left_open(name, file))
            continue
        report.checked["WARC files"] += 1
        if sample:
            report.faults += warc.size_faults(archive.connection, name, file)
        else:
            walk = warc.walk(archive.connection, name, file)
            report.faults += walk.faults
            report.checked["records"] += walk.records
            report.checked["captures"] += walk.captures


def _check_pages(
    archive: Archive,
    report: Report,
    drawn: list[int],
    reader: Reader | None,
    step: Callable[[str, int, int], None],
) -> None:
    """Captures against what their page says today."""
    connection = archive.connection
    older = 0
    for number, capture_id in enumerate(drawn):
        step("pages", number, len(drawn))
        row = connection.execute(
            f"SELECT {CAPTURE_COLUMNS}, digest, article FROM captures"
            " LEFT JOIN statements ON statements.id = statement_id WHERE captures.id = ?",
            (capture_id,),
        ).fetchone()
        capture, digest, record = capture_of(row[:-2]), row[-2], row[-1]
        place = f"{capture.warc_file} at {capture.warc_offset}"
        if captures.locate(archive.path, capture.warc_file).suffix == ".open":
            continue
        try:
            stored = archive.read(capture)
        except CorruptCapture as error:
            if not any(fault.place.startswith(place) for fault in report.faults):
                report.faults.append(
                    Fault("capture", place, str(error).removeprefix(f"{place}: "), warc.RESTORE)
                )
            continue
        report.checked["pages"] += 1
        if reader is None or digest is None:
            continue
        try:
            article = reader(capture, stored)
        except Exception as error:  # noqa: BLE001 - one page must not keep the others from being checked
            what = f"reading the page raised {error!r}"
            report.faults.append(Fault("meaning", place, what, "report it as a mistake of khobao"))
            continue
        said = database.version_of(record)
        if article is not None and said is not None and article.extractor_version != said:
            older += 1
        elif article is None or extraction_digest(article) != digest:
            report.faults.append(
                Fault(
                    "meaning",
                    f"capture {capture_id} of {capture.url} ({place})",
                    "the page does not say what the database holds as its statement: a row was"
                    " changed by hand, or the layouts were without a new EXTRACTOR_VERSION",
                    "khobao reextract --dry-run shows the fields; khobao reextract puts them right",
                )
            )
    if older:
        report.notes.append(
            f"{older} captures were read by an older extractor; khobao reextract reads them again"
        )


def _drawn(connection: sqlite3.Connection, sample: int | None, seed: int | None) -> list[int]:
    ids = [row[0] for row in connection.execute("SELECT id FROM captures ORDER BY id")]
    return ids if sample is None else _choose(ids, sample, seed)


def _articles(connection: sqlite3.Connection, sample: int | None, seed: int | None) -> list[int]:
    ids = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id")]
    return ids if sample is None else _choose(ids, sample, seed)


def _choose(ids: list[int], sample: int, seed: int | None) -> list[int]:
    return sorted(random.Random(seed).sample(ids, min(sample, len(ids))))
