"""The demo's folder: marked when the demo makes it, and cleared only of what the demo made."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from archive.archive import Archive
from archive.database.lock import crawl_lock
from archive.errors import KhobaoError, UsageError

#: The file that says that the demo made the archive beside it.
MARK = "demo.json"

#: What a demo makes beside the captures. crawl.lock stays: somebody may wait for it.
_FILES = ("archive.db", "archive.db-wal", "archive.db-shm", "heartbeat.json", "papers/dto.toml")
_EXPORT = "articles.csv"
_PUBLISHED = "published"  # the reading room's copy

#: Commands that add nothing of one's own to an archive.
_HARMLESS = ("reextract",)


def clear(folder: Path) -> None:
    """Remove an earlier demo's archive from *folder*; whatever else is there stays.

    Raises UsageError if the archive is not the demo's, or not only the demo's any more;
    ArchiveLocked while a command writes to it.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder: khobao demo FOLDER")
    if not any(folder.iterdir()):
        return
    if not (folder / MARK).is_file():
        raise UsageError(
            f"{folder} is not empty and was not made by khobao demo (it has no {MARK}); nothing was"
            " touched. Choose an empty folder: khobao demo FOLDER"
        )
    with crawl_lock(folder):
        made = _read(folder)
        crawls = _crawls(folder)
        if made.get("finished") and crawls is not None and crawls > made["crawls"]:
            raise UsageError(
                f"{folder} began as a demo, but other commands have added to it since; nothing was"
                " touched. Name another folder: khobao demo FOLDER"
            )
        if (folder / _EXPORT).exists() and _digest(folder) != made.get("articles", _digest(folder)):
            raise UsageError(
                f"{folder / _EXPORT} was changed since the demo wrote it; nothing was touched."
                " Put it elsewhere, or name another folder: khobao demo FOLDER"
            )
        captures = [folder / name for name in made.get("captures", ())]
        if not made.get("finished"):
            captures = list(folder.glob("captures/*/*.warc.gz*"))
        for file in [folder / name for name in (*_FILES, _EXPORT)] + captures:
            file.unlink(missing_ok=True)
        for file in folder.glob(f"{_PUBLISHED}/*.db"):
            file.unlink()
        for place in [
            *folder.glob("captures/*"),
            folder / "captures",
            folder / "papers",
            folder / _PUBLISHED,
        ]:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        (folder / MARK).unlink()


def mark(folder: Path, *, finished: bool) -> None:
    """Say in *folder* that its archive is the demo's, and what belongs to it."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Any] = {"made_by": "khobao demo", "finished": finished}
    if finished:
        made["crawls"] = _crawls(folder)
        made["articles"] = _digest(folder)
        made["captures"] = sorted(
            file.relative_to(folder).as_posix() for file in folder.glob("captures/*/*.warc.gz")
        )
    (folder / MARK).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _digest(folder: Path) -> str:
    with (folder / _EXPORT).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(folder: Path) -> dict[str, Any]:
    try:
        made = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except ValueError:  # cut off when it was written: the demo did not end
        return {}
    return made if isinstance(made, dict) else {}


def _crawls(folder: Path) -> int | None:
    """How many runs have added to the archive in *folder*; None if that cannot be told."""
    harmless = ", ".join(f"'{name}'" for name in _HARMLESS)
    try:
        with Archive.open(folder, read_only=True) as archive:
            (crawls,) = archive.connection.execute(
                f"SELECT count(*) FROM crawls WHERE command NOT IN ({harmless})"
            ).fetchone()
    except (KhobaoError, sqlite3.Error):
        return None
    return int(crawls)
