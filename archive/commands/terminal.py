"""Printing: as wide as the terminal, without control characters from pages.

A page or an address can hold characters that command a terminal (ESC, the C1 range) or that reverse
the order of letters. Files keep these characters, JSON escapes them, and a terminal never gets
them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

#: Control characters except tab and line feed; marks that change the direction of the text.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

#: The width where there is no terminal.
_WIDTH = 80


def printable(text: str) -> str:
    """*text* without control characters.

    >>> printable("a\\x1b[31mb\\u202ec")
    'a[31mbc'
    """
    return _CONTROLS.sub("", text)


class Terminal(Console):
    """A console that prints styles, but no control characters of a text."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of *renderable*, cleaned."""
        for segment in super().render(renderable, options):
            if segment.control is None and _CONTROLS.search(segment.text):
                yield Segment(printable(segment.text), segment.style)
            else:
                yield segment

    @property
    def shows_colour(self) -> bool:
        """Whether the terminal shows colours."""
        return self.color_system is not None and not self.no_color


def console(*, stderr: bool = False) -> Terminal:
    """The terminal; 80 columns wide where the output is not a terminal."""
    stream = sys.stderr if stderr else sys.stdout
    width = _columns(stream) if stream.isatty() else _WIDTH
    # With a height too, or rich would take 80 columns for a dumb terminal, however wide it is.
    return Terminal(file=stream, width=width, height=25, highlight=False, soft_wrap=False)


def _columns(stream: Any) -> int:
    """The terminal's columns; 80 for one that has no size, such as that of ``script`` in cron."""
    try:
        stated = int(os.environ.get("COLUMNS") or 0)
        return stated or os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def message(text: str) -> None:
    """Print a line on stderr."""
    click.echo(printable(text), err=True)


def write(text: str) -> None:
    """Print text of pages unchanged; on a terminal without control characters."""
    # color: or click would take what looks like a colour out of a text for a file.
    click.echo(printable(text) if sys.stdout.isatty() else text, nl=False, color=True)


def print_json(value: Any) -> None:
    """Print one JSON document, Vietnamese as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(_CONTROLS.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    # json.dumps has escaped those below U+0020 in strings, and puts none of them outside but \n.
    return f"\\u{ord(found[0]):04x}"
