"""``khobao paper``: the newspapers that khobao knows, and a check of a definition file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from archive.commands.terminal import console
from crawler.ingest.papers import find
from crawler.site.definition import WrongDefinition
from crawler.site.paper import Paper, load, shipped
from crawler.site.urls import is_ours, read_address, section_lists


@click.group()
def paper() -> None:
    """The newspapers that khobao knows, and definition files of others.

    \b
    Examples:
      khobao paper list
      khobao paper check my-paper.toml https://baodongthap.vn/mua-lu-a12345.html
    """


@paper.command("list")
def list_() -> None:
    """List the papers that come with khobao."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("name", "code", "paper", "host", "addresses"):
        table.add_column(heading, overflow="fold")
    for name in shipped():
        one = load(name)
        letters = ", ".join(f"{each.letter} ({each.about})" for each in one.generations)
        table.add_row(name, one.code, one.name, one.host, letters)
    console().print(table)


@paper.command()
@click.argument("name", metavar="FILE|NAME")
def show(name: str) -> None:
    """Print a paper's definition file: a beginning for one of your own."""
    click.echo(find(name).text, nl=False)


@paper.command()
@click.argument("file", metavar="FILE|NAME")
@click.argument("urls", metavar="[URL]…", nargs=-1)
@click.pass_context
def check(ctx: click.Context, file: str, urls: tuple[str, ...]) -> None:
    """Say what a definition file says, and what is missing or wrong in it.

    Each URL is read as an address of the paper: is it an article, and which key has it? Exit code 2
    if anything is wrong.

    \b
    Example:
      khobao paper check my-paper.toml https://baodongthap.vn/mua-lu-a12345.html
    """
    out = console()
    try:
        one = find(file)
    except WrongDefinition as error:
        for problem in error.problems:
            out.print(Text.assemble(("✗ ", "red"), problem), soft_wrap=True)
        count = len(error.problems)
        out.print(Text(f"{Path(file).name}: {count} mistake{'s' * (count > 1)}", style="red"))
        ctx.exit(2)
    out.print(_keys(one))
    out.print()
    out.print(_shapes(one))
    wrong = 0
    for url in urls:
        said, is_right = _meaning(url, one)
        wrong += not is_right
        mark = ("✓ ", "green") if is_right else ("✗ ", "red")
        out.print(Text.assemble(mark, f"{url}\n  {said}"), soft_wrap=True)
    for note in _notes(one):
        out.print(Text(f"• {note}", style="dim"), soft_wrap=True)
    if wrong:
        ctx.exit(2)
    out.print(Text.assemble(("✓ ", "green"), f"{Path(file).name} can be used"))


def _keys(one: Paper) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in (
        ("name", one.name),
        ("code", one.code),
        ("hosts", ", ".join(one.hosts)),
        ("time_zone", one.time_zone),
        ("own_names", ", ".join(one.own_names)),
        ("page_names", ", ".join(one.page_names)),
        ("agency_marks", ", ".join(one.agency_marks)),
        ("placeholder_bylines", ", ".join(one.placeholder_bylines)),
        ("fixed_tags", ", ".join(sorted(one.fixed_tags))),
        ("sections", ", ".join(f"{name} ({slug})" for slug, name in one.sections.items())),
    ):
        table.add_row(name, Text(value or "–"))
    return table


def _shapes(one: Paper) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("letter", "kind", "shape", "key or pages"):
        table.add_column(heading, overflow="fold")
    for generation in one.generations:
        for shape in generation.shapes:
            last = f"{one.code}:{shape.key}"
            if shape.kind == "list":
                needs = f"?{shape.needs}=…&" if shape.needs else "?"
                last = f"{needs}{shape.page}=2" if shape.page else ""
            table.add_row(generation.letter, shape.kind, Text(shape.template), Text(last))
    lists = [address for _, address in section_lists(one)]
    table.add_row("", "lists", f"{len(lists)} to begin with", "")
    return table


def _meaning(url: str, one: Paper) -> tuple[str, bool]:
    """What *url* is to the paper, and whether it is anything."""
    if not is_ours(url, one):
        return "not on a host of the paper: see the key hosts", False
    address = read_address(url, one)
    if address.kind == "article":
        return f"article {address.key}, generation {address.generation}: {address.canonical}", True
    if address.kind == "list":
        section, page = address.section_slug, address.page
        return f"list of the section {section}, page {page}: {address.canonical}", True
    if address.kind == "home":
        return "the front page", True
    return "no shape of the file fits this address: see the key shapes", False


def _notes(one: Paper) -> list[str]:
    """What is not wrong, and may be forgotten."""
    notes = []
    for name, value in (
        ("agency_marks", one.agency_marks),
        ("sections", one.sections),
        ("lists", section_lists(one)),
    ):
        if not value:
            notes.append(f"{name} is empty: see docs/another-paper.md")
    for host in one.hosts:
        twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        if twin not in one.hosts:
            notes.append(f"{twin} is not among the hosts; links to it will be left out")
    for section, address in section_lists(one):
        if read_address(address, one).kind != "list":
            notes.append(f"{address} is named as a list, and is none by its shape ({section})")
    return notes
