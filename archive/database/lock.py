"""The crawl lock, the heartbeat file and the free space of an archive."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.clock import now
from archive.errors import ArchiveLocked, DiskFull, KhobaoError, UsageError


@contextmanager
def crawl_lock(path: Path) -> Iterator[None]:
    """Hold the archive at *path* alone; raises ArchiveLocked, which names the holder.

    A ``flock``: it ends with its process, however that dies. The file names the process for people.
    """
    folder = folder_of(path)
    lock = _open_lock(folder / "crawl.lock")
    try:
        _acquire(lock, folder)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()}, since {now()}\n".encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(lock, 0)
    finally:
        os.close(lock)


def _open_lock(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        if path.is_symlink():
            # Its content is overwritten, which must not happen to the file it points to.
            raise UsageError(f"{path} is a symbolic link; remove it and run again") from error
        if is_not_writable(error):
            raise UsageError(
                f"this command writes to the archive, and {path.parent} cannot be written to"
                f" ({error.strerror}); run it on a copy of the folder: -a COPY"
            ) from error
        raise


def is_locked(path: Path) -> bool:
    """Whether a writing command holds the archive at *path*. It needs read permission only."""
    try:
        lock = os.open(folder_of(path) / "crawl.lock", os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:  # never locked, or not readable
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _acquire(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 200, 0).decode("utf-8", "replace").strip()
        raise ArchiveLocked(
            f"the archive {folder} is in use by {holder or 'another process'}."
            " Wait until it has ended."
        ) from error


def write_heartbeat(path: Path, summary: Mapping[str, Any]) -> None:
    """Write *summary* of the last run to ``heartbeat.json``, whole or not at all."""
    target = folder_of(path) / "heartbeat.json"
    # A random name: a fixed one could be a link by now, which somebody put there.
    number, draft = tempfile.mkstemp(prefix=".heartbeat-", suffix=".json", dir=target.parent)
    try:
        with open(number, "w", encoding="utf-8") as stream:
            json.dump({"written_at": now(), **summary}, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(draft, 0o644)
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def free_space(path: Path) -> int:
    """Bytes free on the disk of the archive at *path*."""
    return shutil.disk_usage(folder_of(path)).free


def check_free_space(path: Path, needed: int) -> None:
    """Raise DiskFull unless *needed* bytes are free."""
    free = free_space(path)
    if free < needed:
        raise DiskFull(
            f"{free / 1e6:.0f} MB are free on the disk of {folder_of(path)}, {needed / 1e6:.0f} MB"
            " are needed. Free some space and run again."
        )


def check_captures(path: Path) -> None:
    """Raise KhobaoError unless the folder of captures takes a file."""
    folder = folder_of(path) / "captures"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(f"cannot write to {folder}: {error}. Free some space.") from error
        raise KhobaoError(
            f"captures cannot be written to {folder}: {error}. Nothing was asked of the site; look"
            " at the folder's owner and rights, and whether its disk is mounted."
        ) from error


def is_not_writable(error: OSError) -> bool:
    """Whether the user, or everybody, may not write to the place that *error* names."""
    return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)


def is_disk_full(error: Exception) -> bool:
    """Whether *error* means that the disk is full, whatever file it is about."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        return name.startswith(("SQLITE_FULL", "SQLITE_IOERR"))
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
    return isinstance(error, OSError) and error.errno in full


def folder_of(path: Path) -> Path:
    """The archive folder, of the folder itself or the database in it."""
    return path.parent if path.suffix == ".db" else path
