"""The archive: records, versions and captures, and the reports on them. It imports no crawler code.

An archive is a folder: ``archive.db`` (SQLite), ``captures/YYYY/*.warc.gz`` (raw bytes, the
evidence), ``crawl.lock`` and ``heartbeat.json``. Everything in the database can be made again
from the captures.

>>> from archive import Archive
>>> with Archive.open("dongthap", read_only=True) as archive:  # doctest: +SKIP
...     for article in archive.articles('"dân vận" year:2018'):
...         print(article.updated_at, article.title)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.archive import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the layouts import archive.models and do not need the database.
    if name == "Archive":
        from archive.archive import Archive

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
