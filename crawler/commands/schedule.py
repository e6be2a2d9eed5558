"""``khobao schedule``: what makes a machine crawl every night."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import click

from archive.commands.options import archive_option
from archive.commands.terminal import message
from archive.database.lock import folder_of
from archive.errors import NoArchive, UsageError

TEMPLATES = Path(__file__).parent.parent / "schedules"

#: The files of each kind, in the order in which they are printed.
KINDS = {
    "cron": ("khobao.cron",),
    "systemd": ("khobao.service", "khobao.timer"),
    "launchd": ("vn.khobao.crawl.plist",),
    "compose": ("compose.yaml",),
}


class TimeOfDay(click.ParamType[tuple[int, int]]):
    """A time of day: ``03:17``."""

    name = "HH:MM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Hour and minute."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", str(value))
        if found is None:
            self.fail(f"expected a time of day such as 03:17, found {value}", param, ctx)
        return int(found[1]), int(found[2])


@click.command()
@click.argument("kind", type=click.Choice([*KINDS]), default="cron")
@archive_option
@click.option(
    "--at",
    type=TimeOfDay(),
    default="03:17",
    show_default=True,
    help="Time of day, in the machine's time zone.",
)
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the files into this folder instead of printing them.",
)
def schedule(kind: str, path: Path, at: tuple[int, int], folder: Path | None) -> None:
    """Print what makes this machine crawl every night: for cron, systemd, launchd or Docker.

    \b
    Examples:
      (crontab -l; khobao schedule -a /srv/dongthap) | crontab -
      khobao schedule systemd -a /srv/dongthap --write /etc/systemd/system
    """
    archive = folder_of(path).absolute()
    if not (archive / "archive.db").is_file():
        raise NoArchive(f"there is no archive at {archive}; khobao init {archive} begins one")
    for name in KINDS[kind]:
        text = _filled(name, archive, at)
        if folder is None:
            click.echo((f"# {name}\n" if len(KINDS[kind]) > 1 else "") + text)
            continue
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder")
        (folder / name).write_text(text, encoding="utf-8")
        message(f"written: {folder / name}")


def _filled(name: str, archive: Path, at: tuple[int, int]) -> str:
    """The template *name* with this machine's paths, quoted as its format asks for."""
    hour, minute = at
    program = shutil.which("khobao") or str(Path(sys.executable).with_name("khobao"))
    quote = _QUOTES[Path(name).suffix]
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(
        archive=quote(str(archive)),
        program=quote(program),
        user=(archive / "archive.db").owner(),
        hour=hour,
        minute=minute,
        time=f"{hour:02}:{minute:02}",
    )


def _for_cron(text: str) -> str:
    """For the shell; a percent sign would end the command."""
    return shlex.quote(text).replace("%", r"\%")


def _for_systemd(text: str) -> str:
    """A percent sign begins a specifier; the templates put quotation marks around."""
    return text.replace("%", "%%").replace('"', r"\"")


#: How a path is written in each kind of file.
_QUOTES: dict[str, Callable[[str], str]] = {
    ".cron": _for_cron,
    ".service": _for_systemd,
    ".timer": _for_systemd,
    ".plist": escape,
    ".yaml": lambda text: text.replace("$", "$$"),
}
