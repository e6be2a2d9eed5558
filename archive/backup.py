"""Copy an archive to another folder while a crawl may run, and bring it back.

The copy is an archive itself: read commands take it as it is. Its list of checksums,
``manifest-sha256.txt``, has the format of ``sha256sum``, so that it can be checked without khobao.

The database is copied first. Every row in it points to a record that was in its WARC file before
(`archive.warc.writer`), so the captures, copied afterwards, hold every record that a row needs.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.database.connection import open_database
from archive.database.lock import check_free_space
from archive.errors import CorruptCapture, NoArchive, UsageError

DATABASE = "archive.db"
MANIFEST = "manifest-sha256.txt"
#: The ending of a capture file that is not finished (`archive.warc.reader`).
OPEN = ".open"

#: Pages of the database that are copied before its writer has a turn.
_PAGES = 2000
_CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Called with a file's name, and how many of how many files are done."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup or a restore copied."""

    files: int
    """All files that the copy consists of, the list of checksums not counted."""
    new: int
    """Those of them that were not there before."""
    linked: int
    """Those of the new ones that share their bytes with the archive (hard links)."""
    bytes: int


def backup(
    archive: Path, target: Path, *, link: bool = False, progress: Progress | None = None
) -> Copied:
    """Bring the backup in *target* up to date with the archive folder *archive*.

    Capture files that *target* has already are not copied again: a finished one never changes.
    With *link*, the others are hard links where the disk is the same: at once and without space,
    but one broken disk takes both. Raises NoArchive, UsageError (*target* holds something else),
    DiskFull.
    """
    source = archive / DATABASE
    if not source.is_file():
        raise NoArchive(f"there is no archive at {archive} (no {DATABASE} in it)")
    if target.exists() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise UsageError(
            f"{target} is not empty and holds no backup (no {MANIFEST}); choose another folder"
        )
    if target.resolve().is_relative_to(archive.resolve()):
        raise UsageError(f"{target} is inside the archive; a backup belongs on another disk")
    target.mkdir(parents=True, exist_ok=True)
    check_free_space(target, source.stat().st_size)
    known = _read_manifest(target) if (target / MANIFEST).is_file() else {}
    _copy_database(source, target / DATABASE)
    digests = {DATABASE: _sha256(target / DATABASE)}
    new = linked = 0
    files = _files(archive)
    for done, name in enumerate(files, 1):
        if progress is not None:
            progress(name, done, len(files))
        if not (archive / name).is_file():
            name = name.removesuffix(OPEN)  # the crawl has just finished it
        digest = known.get(name)
        if digest is None or not _is_same(archive / name, target / name):
            linked += _copy(archive / name, target / name, link=link)
            before, digest = digest, _sha256(target / name)
            new += digest != before
        digests[name] = digest
    for stale in set(_files(target)) - digests.keys():
        if stale.endswith(OPEN):  # it has its final name by now
            (target / stale).unlink()
    lost = {name: known[name] for name in known.keys() - digests.keys()}
    kept = {name: digest for name, digest in lost.items() if (target / name).is_file()}
    _write_manifest(target, {**kept, **digests})
    size = sum((target / name).stat().st_size for name in digests)
    return Copied(len(digests), new, linked, size)


def restore(copy: Path, target: Path, *, progress: Progress | None = None) -> Copied:
    """Make the archive folder *target* from the backup *copy*; every byte is checked.

    Raises UsageError if *copy* is no backup or *target* is in use, CorruptCapture if a file is
    missing or differs from its checksum; *target* is then left without a database.
    """
    if not (copy / MANIFEST).is_file():
        raise UsageError(f"{copy} is not a backup: expected {MANIFEST} in it")
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty; restore into a new folder")
    digests = _read_manifest(copy)
    check_free_space(target.parent, sum(_size(copy / name) for name in digests))
    target.mkdir(parents=True, exist_ok=True)
    # The database comes last: without it the folder is not an archive yet.
    names = sorted(digests, key=lambda name: (name == DATABASE, name))
    for done, name in enumerate(names, 1):
        if progress is not None:
            progress(name, done, len(names))
        if not (copy / name).is_file():
            raise CorruptCapture(f"{copy / name} is missing; {MANIFEST} names it")
        draft = target / f"{name}.part"
        _copy(copy / name, draft, link=False)
        if _sha256(draft) != digests[name]:
            draft.unlink()
            raise CorruptCapture(
                f"{copy / name} has changed since the backup was made; restore from another one,"
                f" or see what can be saved: khobao verify -a {copy}"
            )
        draft.replace(target / name)
    size = sum((target / name).stat().st_size for name in digests)
    return Copied(len(digests), len(digests), 0, size)


_MANIFEST_LINE = re.compile(
    r"([0-9a-f]{64})  (archive\.db|(?:papers/)?[\w.-]+\.toml|captures/[^\\]+)"
)


def _files(folder: Path) -> list[str]:
    """The archive's files beside its database: captures, and what people wrote (``*.toml``)."""
    found = [
        *(folder / "captures").glob("**/*"),
        *folder.glob("*.toml"),
        *folder.glob("papers/*.toml"),
    ]
    return sorted(
        file.relative_to(folder).as_posix()
        for file in found
        if file.is_file() and not file.is_symlink() and file.suffix != ".part"
    )


def _copy_database(source: Path, target: Path) -> None:
    """Copy the database as of one moment, in pieces, so that its writer need not wait."""
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    with (
        closing(open_database(source, create=False, read_only=True)) as connection,
        closing(sqlite3.connect(draft)) as copy,
    ):
        connection.execute("BEGIN")  # the state of now, whatever is written meanwhile
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.backup(copy, pages=_PAGES)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, for places that are read-only
    _flush(draft)
    draft.replace(target)
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)


def _copy(source: Path, target: Path, *, link: bool) -> bool:
    """Copy one file, whole or not at all; True if it became a hard link."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    linked = False
    if link and not _may_change(source):
        try:
            os.link(source, draft)
            linked = True
        except OSError:  # another disk, or a file system without links
            pass
    if not linked:
        shutil.copy2(source, draft)
        _flush(draft)
    draft.replace(target)
    return linked


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and _size(one) == _size(other) and not _may_change(one)


def _may_change(file: Path) -> bool:
    """Whether *file* may still be written to: a capture file that is open, or a person's file."""
    return file.suffix in (OPEN, ".toml")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_manifest(folder: Path, digests: dict[str, str]) -> None:
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    draft = folder / f"{MANIFEST}.part"
    draft.write_text(text, encoding="utf-8")
    _flush(draft)
    draft.replace(folder / MANIFEST)


def _read_manifest(folder: Path) -> dict[str, str]:
    """The checksums by file name; raises UsageError for a line that is none."""
    digests = {}
    file = folder / MANIFEST
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        found = re.fullmatch(
            r"([0-9a-f]{64})  (archive\.db|(?:papers/)?[\w.-]+\.toml|captures/[^\\]+)", line
        )
        if found is None or ".." in found[2].split("/"):
            raise UsageError(f"{file}, line {number}: expected a SHA-256 and a file of the archive")
        digests[found[2]] = found[1]
    return digests
