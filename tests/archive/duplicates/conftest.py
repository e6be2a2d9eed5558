"""The fixture of the tests of history: an empty archive to save pages in."""

from tests.archive.history.conftest import archive

__all__ = ["archive"]
