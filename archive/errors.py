"""One class per failure; each message says what was expected, what was found, and what to do.

The command line turns them into text and an exit code (`exit_code`; docs/operating.md explains).
"""

from __future__ import annotations


class KhobaoError(Exception):
    """Anything khobao can name; an exit code goes with every class."""

    exit_code = 1


class UsageError(KhobaoError):
    """The command was given something it cannot work with."""

    exit_code = 2


class NoArchive(UsageError):
    """There is no archive at the path given."""


class NotFound(UsageError):
    """No article has this id, key or address."""


class NoRevision(NotFound):
    """The article has no revision of this number."""

    def __init__(self, key: str, number: int, last: int) -> None:
        has = "one revision only" if last == 1 else f"the revisions 1 to {last}"
        super().__init__(f"{key} has no revision {number}; it has {has}")
        self.key, self.number, self.last = key, number, last


class ExtractionError(KhobaoError):
    """A page could not be read as an article; its capture is kept and marked."""

    exit_code = 4


class UnknownLayout(ExtractionError):
    """No layout knows the page."""


class NotAnArticle(ExtractionError):
    """The page is readable but holds no article: a list, a shell, a login or challenge page."""


class AnotherArticle(NotAnArticle):
    """The page says that it belongs to another article than the requested address."""


class EmptyArticle(NotAnArticle):
    """The page shows the article's headline and nothing under it."""


class DamagedPage(ExtractionError):
    """The bytes are not a page: empty, binary, cut off, or nested too deeply."""


class TooLarge(DamagedPage):
    """The page is larger than any article page can be."""


class ArchiveLocked(KhobaoError):
    """Another crawl holds the lock."""

    exit_code = 6


class DiskFull(KhobaoError):
    """The disk is full, or nearly."""

    exit_code = 7


class CorruptCapture(KhobaoError):
    """A WARC record cannot be read back as it was written."""


class SchemaTooNew(KhobaoError):
    """The archive was written by a newer khobao."""
