"""The published snapshot: one consistent copy of the archive that is never written again.

The crawl writes to ``archive.db`` in WAL mode. A reader of that file either holds back its
checkpoints or, opened as immutable, misses what is still in the WAL (measured: 1 row instead of 2).
So the room reads a copy: ``VACUUM INTO`` a temporary name, the few tables that the front page would
otherwise count at every visit, ``integrity_check``, then a rename. Whoever opens the name sees a
whole copy, the old one or the new one; whoever has the old one open keeps it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import sys
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive import clock
from archive.database import schema
from archive.database.connection import reading_mode
from archive.errors import KhobaoError, NoArchive, UsageError
from archive.reports import coverage

#: The part of the archive folder that can be deleted at any time: it is made again.
FOLDER = "published"


#: The parts of the coverage ledger that no table holds: they are worked out once, at publication.
LEDGER = ("empty", "failed_runs", "series")


class CorruptSnapshot(KhobaoError):
    """The copy of the archive does not pass SQLite's own check."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a published copy says about itself."""

    path: Path
    published_at: str
    state: str
    """A digest of what the archive held; equal states need no new copy."""
    counts: dict[str, int]
    """Rows by table and view."""
    views: frozenset[str]
    ledger: dict[str, Any]
    """Days without an article, failed crawls, and the site's own numbers (`LEDGER`)."""
    khobao: str

    @property
    def name(self) -> str:
        """The first letters of the state, enough to cite it."""
        return self.state[:12]


def database_of(archive: Path | str) -> Path:
    """The database at *archive*, which is the folder or the file."""
    path = Path(archive)
    found = path / "archive.db" if path.is_dir() else path
    if not found.is_file():
        raise NoArchive(f"No archive at {path}: expected a folder with archive.db, or the file.")
    return found


def publish(archive: Path | str) -> Path:
    """Publish the archive as it is now and return the path of the copy.

    An archive that has not changed since the last copy is not copied again. Beside an archive that
    cannot be written to, the copy is made in the system's temporary folder.
    """
    source = database_of(archive)
    with closing(_connect(source)) as connection:
        state = _state(connection)
        target = _target(source)
        with suppress(sqlite3.Error, KhobaoError):
            if target.exists() and read(target).state == state:
                return target
        handle, name = tempfile.mkstemp(prefix=".archive-", suffix=".db", dir=target.parent)
        os.close(handle)
        copy = Path(name)
        try:
            copy.unlink()  # VACUUM INTO wants a name that is free
            connection.execute("VACUUM INTO ?", (str(copy),))
            _complete(copy, state)
            copy.chmod(0o644)
            copy.replace(target)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
    return target


def read(path: Path) -> Snapshot:
    """What the copy at *path* says about itself."""
    with closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    ) as connection:
        facts: dict[str, Any] = dict(connection.execute("SELECT name, value FROM snapshot"))
    return Snapshot(
        path=path,
        published_at=facts["published_at"],
        state=facts["state"],
        counts=json.loads(facts["counts"]),
        views=frozenset(json.loads(facts["views"])),
        ledger=json.loads(facts["ledger"]),
        khobao=facts["khobao"],
    )


def changed(archive: Path | str, snapshot: Snapshot) -> bool:
    """Whether the archive holds something that *snapshot* does not."""
    with closing(_connect(database_of(archive))) as connection:
        return _state(connection) != snapshot.state


def _connect(source: Path) -> sqlite3.Connection:
    """Open the archive for reading only."""
    address = f"{source.resolve().as_uri()}?{reading_mode(source)}"
    return sqlite3.connect(address, uri=True, timeout=30)


def _target(source: Path) -> Path:
    folder = source.parent / FOLDER
    try:
        str(folder.absolute()).encode()  # SQLite takes no name that is not UTF-8
        folder.mkdir(exist_ok=True)
        if os.access(folder, os.W_OK) and not folder.is_symlink():
            return folder / "archive.db"
    except (OSError, UnicodeEncodeError):
        pass
    place = hashlib.sha256(os.fsencode(source.resolve())).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"khobao-{os.getuid()}-{place}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    # Anyone may have made a folder of this name there, or a link, with an archive of theirs in it.
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise UsageError(
            f"{folder} was made by somebody else, or others can write to it: remove it, or set"
            " TMPDIR to a folder of your own."
        )
    return folder / "archive.db"


def _state(connection: sqlite3.Connection) -> str:
    """A digest of all that the archive holds, from its newest rows.

    Everything that enters the archive leaves a capture or a crawl; a re-extraction leaves a crawl.
    So the ends of these tables tell, however many articles there are; only the runs, one a night,
    are read one by one. The file's own change counter is no use here: in WAL mode it is not kept.
    """
    (facts,) = connection.execute(
        "SELECT json_array((SELECT max(id) FROM articles), (SELECT max(id) FROM revisions),"
        " (SELECT max(id) FROM captures), (SELECT count(*) FROM crawls),"
        " (SELECT max(id) FROM crawls), (SELECT max(finished_at) FROM crawls),"
        " (SELECT count(*) FROM _sqlite_migrations))"
    ).fetchone()
    made_by = f"{version('khobao')} {schema.SUMMARIES}"
    return hashlib.sha256(f"{facts} {made_by}".encode()).hexdigest()


def _complete(copy: Path, state: str) -> None:
    """Add what is counted once for all visits, check the copy, and put it on the disk."""
    with closing(sqlite3.connect(copy)) as connection:
        ledger = coverage.coverage(connection).to_dict()
        schema.add_summaries(connection)
        connection.execute("ANALYZE")
        kinds = dict(
            connection.execute(
                "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
            )
        )
        facts = {
            "published_at": clock.now(),
            "state": state,
            "khobao": version("khobao"),
            "python": sys.version.split()[0],
            "sqlite": sqlite3.sqlite_version,
            "ledger": json.dumps({name: ledger[name] for name in LEDGER}),
            "views": json.dumps([name for name, kind in kinds.items() if kind == "view"]),
            "counts": "",
        }
        connection.executemany("INSERT INTO snapshot VALUES (?, ?)", facts.items())
        counts = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in kinds
        }
        connection.execute(
            "UPDATE snapshot SET value = ? WHERE name = 'counts'", (json.dumps(counts),)
        )
        connection.commit()
        answer = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if answer != ["ok"]:
            raise CorruptSnapshot(
                f"The copy of the archive is damaged ({answer[0]}); run khobao verify."
            )
    with copy.open("rb") as file:
        os.fsync(file.fileno())
