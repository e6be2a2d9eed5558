"""An empty archive without the time that one takes to make: the steps of the schema run once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.archive import Archive


@cache
def _database() -> bytes:
    with TemporaryDirectory() as folder:
        Archive.open(folder, create=True).close()
        return Path(folder, "archive.db").read_bytes()


def new_archive(folder: Path) -> Archive:
    """A new archive in *folder*, open."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "archive.db").write_bytes(_database())
    return Archive.open(folder)
