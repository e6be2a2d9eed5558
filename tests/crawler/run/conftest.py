"""A pseudo-terminal for the line of a running crawl."""

from tests.terminal.conftest import terminal

__all__ = ["terminal"]
