"""Checks an archive: every byte against its digest, every row against the bytes.

There are three questions. Can every WARC file be read to its end, with the lengths and digests that
it states? Do the rows of ``captures`` point to its records? Does everything else in the database
follow from the captures: what each page said (``statements``), and the articles and revisions made
of it? For the last one, articles are rebuilt in a copy of the database and compared.

Pages are read by the crawler's layouts. This package does not know them; the caller passes a
*reader*.
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
from archive.clock import now
from archive.database.connection import is_busy, is_refused
from archive.database.lock import check_free_space, is_disk_full, is_locked
from archive.database.records import extraction_digest
from archive.errors import CorruptCapture, NoArchive, UsageError
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Article, Capture
from archive.verify import database, warc
from archive.verify.database import Fault
from archive.warc.exchange import StoredResponse
from archive.warc.reader import locate

__all__ = ["Fault", "Reader", "Report", "verify"]

#: Reads the article on a page with today's layouts; returns None if there is none.
Reader = Callable[[Capture, StoredResponse], Article | None]


@dataclass
class Report:
    """What was checked, and the faults that were found."""

    faults: list[Fault] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """Remarks that are not faults."""

    @property
    def sound(self) -> bool:
        """Whether no fault was found."""
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

    By default every WARC file is read and every row compared with it. With *sample*, that many
    random captures and articles are checked instead, which suits every night; *seed* repeats a
    sample. With *full*, every page is also extracted again with *reader*, which suits every month.
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
                drawn = _ids(archive.connection, "captures", sample, seed)
                _check_pages(archive, report, drawn, reader, step)
            articles = _ids(archive.connection, "articles", sample, seed)
            report.faults += database.statement_faults(archive.connection, sample)
            report.faults += database.fingerprint_faults(archive.connection)
            with _copied(archive) as copy:
                report.faults += database.search_faults(copy)
                report.checked["search indexes"] = 2
                report.faults += database.rebuild_faults(copy, articles, step)
                report.checked["articles"] = len(articles)
        except sqlite3.DatabaseError as error:
            if is_busy(error) or is_refused(error) or is_disk_full(error):
                raise  # this is not a fault of the database
            report.faults.append(database.unreadable(archive.path, error))
        else:
            _accept_losses(archive.connection, report)
    return report


def _accept_losses(connection: sqlite3.Connection, report: Report) -> None:
    """Turn the faults of files that a person gave up into one note a file."""
    for name, at, captures, articles in connection.execute("SELECT * FROM losses ORDER BY 1"):
        found = len(report.faults)
        report.faults = [f for f in report.faults if not _is_of(f, name)]
        if len(report.faults) < found:
            report.notes.append(
                f"{name} is lost, as was accepted on {at[:10]}: {captures:,} captures of"
                f" {articles:,} articles have no evidence any more"
            )


def _is_of(fault: Fault, warc_file: str) -> bool:
    """Whether *fault* is one of the file, or of a record that repeats one of it."""
    return warc_file in (fault.place, *fault.place.split(" ")) or warc_file in fault.what


def accept_loss(archive: Archive, warc_file: str) -> tuple[int, int]:
    """State that *warc_file* is lost for good; returns its captures and their articles.

    Its rows stay, and `verify` names it in a note instead of a fault. Raises UsageError if the
    file is sound, or if no row names it.
    """
    connection = archive.connection
    captures, articles = connection.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM captures WHERE warc_file = ?",
        (warc_file,),
    ).fetchone()
    if not captures:
        raise UsageError(
            f"no capture is in {warc_file}; khobao verify names the files that are lost"
        )
    file = archive.path / warc_file
    if file.exists() and not warc.check_file(connection, warc_file, file).faults:
        raise UsageError(f"{warc_file} is there and sound: nothing of it is lost")
    with archive.transaction():
        connection.execute(
            "INSERT OR REPLACE INTO losses VALUES (?, ?, ?, ?)",
            (warc_file, now(), captures, articles),
        )
    return captures, articles


@contextmanager
def _copied(archive: Archive) -> Iterator[Path]:
    """A copy of the database, for checks that must write: a crawl need not wait for them.

    FTS5 holds the write lock while it checks an index, and so does a rebuild that is rolled back.
    (Measured, 20,000 articles: 2 s to copy 340 MB, 1.1 and 1.4 s to check the indexes.) The copy
    needs as much room in the temporary folder (TMPDIR).
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
    """Check files against their digests, and rows against files."""
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
            report.faults.append(warc.missing_file(archive.connection, name))
            continue
        if file.suffix == ".open":
            if not living:
                report.faults.append(warc.open_file(name, file))
            continue
        report.checked["WARC files"] += 1
        if sample:
            report.faults += warc.size_faults(archive.connection, name, file)
        else:
            check = warc.check_file(archive.connection, name, file)
            report.faults += check.faults
            report.checked["records"] += check.records
            report.checked["captures"] += check.captures


def _check_pages(
    archive: Archive,
    report: Report,
    drawn: list[int],
    reader: Reader | None,
    step: Callable[[str, int, int], None],
) -> None:
    """Check that today's layouts read in each page what the database holds."""
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
        if locate(archive.path, capture.warc_file).suffix == ".open":
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
            report.faults.append(
                Fault("extraction", place, what, "report it as a mistake of khobao")
            )
            continue
        said = database.version_of(record)
        if article is not None and said is not None and article.extractor_version != said:
            older += 1
        elif article is None or extraction_digest(article) != digest:
            report.faults.append(
                Fault(
                    "extraction",
                    f"capture {capture_id} of {capture.url} ({place})",
                    "the page says something else than its row in statements: a row was changed by"
                    " hand, or the layouts were changed without a new EXTRACTOR_VERSION",
                    "khobao reextract --dry-run shows the fields; khobao reextract puts them right",
                )
            )
    if older:
        report.notes.append(
            f"{older} captures were read by an older extractor; khobao reextract reads them again"
        )


def _ids(
    connection: sqlite3.Connection, table: str, sample: int | None, seed: int | None
) -> list[int]:
    """The ids of all rows of *table*, or of *sample* random rows."""
    ids = [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
    if sample is None:
        return ids
    return sorted(random.Random(seed).sample(ids, min(sample, len(ids))))
