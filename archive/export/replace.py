"""Write to a temporary path, then rename; only files that khobao wrote are replaced.

An existing file is kept unless *force* is given. Even then only something that khobao wrote is
replaced: a data package whose files still match its SHA256SUMS, or a file that begins like an
export with its ending.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.database.lock import is_not_writable
from archive.errors import UsageError

#: How much of a file is read to recognise it, in bytes.
_HEAD = 16_384


@contextmanager
def written_aside(out: Path, *, folder: bool = False, force: bool = False) -> Iterator[Path]:
    """A temporary path beside *out*; it is renamed to *out* on success and deleted on failure."""
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}; make it first")
    _refuse_to_lose(out, folder=folder, force=force)
    aside = out.with_name(f".{out.name}.part")
    try:
        _create(aside, folder=folder)
    except OSError as error:
        if not is_not_writable(error):
            raise
        raise UsageError(
            f"{out} cannot be written ({error.strerror}); name it in a folder that you can write to"
        ) from error
    try:
        yield aside
        if out.is_dir() and not out.is_symlink():
            _replace_folder(aside, out)
        else:
            os.replace(aside, out)
    except BaseException:
        _remove(aside)
        raise


def _create(aside: Path, *, folder: bool) -> None:
    _remove(aside)
    if folder:
        aside.mkdir()
    else:
        # Made here, and not by the writer's open(): in a folder that others can write to, the name
        # could have become a link to a file of somebody else's.
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))


def _refuse_to_lose(out: Path, *, folder: bool, force: bool) -> None:
    """Raise UsageError if *out* exists and must not be replaced."""
    if not os.path.lexists(out):
        return
    if out.is_dir():
        if not folder:
            raise UsageError(f"{out} is a folder; name a file")
        if not any(out.iterdir()):
            return
        if foreign := _not_of_the_package(out):
            raise UsageError(f"{out} is a folder that holds {foreign}; name another")
    elif out.exists() and not out.is_file():
        raise UsageError(
            f"{out} is not a file; an export is counted before it gets its name, so it needs the"
            " name of a file, such as articles.csv"
        )
    if not force:
        raise UsageError(
            f"{out} exists already; name another, or let --force replace it (--force replaces"
            " nothing but what khobao wrote)"
        )
    if not out.is_dir() and not is_export(out):
        raise UsageError(
            f"{out} does not look like something that khobao wrote, so --force does not replace it;"
            " remove it yourself, or name another file"
        )


def _not_of_the_package(folder: Path) -> str | None:
    """The first file in *folder* that no data package of khobao has; None: no such file."""
    try:
        described = json.loads((folder / "datapackage.json").read_bytes())
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return "something else than a data package"
    if not isinstance(described, dict) or "khobao" not in described:
        return "a data package of another program"
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for file in sorted(folder.iterdir()):
        if file.name == "SHA256SUMS":
            continue
        if file.name not in sums or file.is_symlink() or not file.is_file():
            return f"{file.name}, which is not of its data package"
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sums[file.name]:
                return f"{file.name}, which was changed since khobao wrote it"
    return None


def is_export(path: Path) -> bool:
    """Whether the file *path* has the form of an export of its ending. An empty file has any."""
    if path.stat().st_size == 0:
        return True
    with path.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    known = _FORMS.get(path.suffix.lower())
    if known is None:  # citations in a file of any name
        return any(known(path, head) for known in (_is_bibtex, _is_ris, _is_csl))
    return known(path, head)


def _begins(*beginnings: bytes) -> Callable[[Path, bytes], bool]:
    return lambda _, head: head.startswith(beginnings)


def _is_bibtex(_: Path, head: bytes) -> bool:
    return head.startswith(b"@article{") and "journal = {Báo ".encode() in head


def _is_ris(_: Path, head: bytes) -> bool:
    return head.startswith(b"TY  - NEWS\r\n") and "\nT2  - Báo ".encode() in head


def _is_csl(_: Path, head: bytes) -> bool:
    return head.startswith(b"[") and '"container-title": "Báo '.encode() in head


def _is_parquet(path: Path, head: bytes) -> bool:
    if not head.startswith(b"PAR1"):
        return False
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _HEAD))
        return b"warc_offset" in stream.read()  # the schema stands at the end


def _is_package_of_captures(path: Path, _: bytes) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            described = json.loads(package.read("datapackage.json"))
        return str(described["software"]).startswith("khobao/")
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return False


#: How an export begins, by its ending.
_FORMS: dict[str, Callable[[Path, bytes], bool]] = {
    ".csv": _begins(b"key,url,title,", b"period,first_day,"),  # records, trends
    ".jsonl": _begins(b'{"key":"'),
    ".parquet": _is_parquet,
    ".bib": _is_bibtex,
    ".ris": _is_ris,
    ".wacz": _is_package_of_captures,
    ".cdxj": lambda _, head: b'"filename": "captures/' in head,
    ".svg": lambda _, head: b"<svg" in head and b"<!-- khobao" in head,
    ".png": lambda _, head: b"tEXtSoftware\0khobao" in head,
}


def _replace_folder(aside: Path, out: Path) -> None:
    """Replace the folder *out* by *aside*."""
    before = out.with_name(f".{out.name}.before")
    _remove(before)
    out.rename(before)
    aside.rename(out)
    _remove(before)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
