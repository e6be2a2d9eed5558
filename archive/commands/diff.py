"""``khobao diff``: two versions of an article, word by word."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from archive.articles.details import ArticleDetails, details
from archive.articles.diff import Change, Diff, FieldDiff, compare
from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.commands.terminal import Terminal
from archive.models import Revision


@click.command()
@click.argument("name", metavar="ID|KEY|URL")
@click.argument("numbers", metavar="[REV] [REV]", nargs=-1, type=click.IntRange(1))
@archive_option
@click.option("--side-by-side", is_flag=True, help="Two columns, for a wide terminal.")
@format_option("text", "json")
def diff(name: str, numbers: tuple[int, ...], path: Path, side_by_side: bool, form: str) -> None:
    """Compare two versions of an article.

    Without numbers the last version is set against the one before; with one number, that version
    against the one before it. Removed text is in [-brackets-] and what came in {+braces+}, so that
    it can be told apart without colour too.

    \b
    Examples:
      khobao diff dto:a250118
      khobao diff dto:a250118 1 2 --format json
    """
    if len(numbers) > 2:
        raise click.UsageError("diff takes two revision numbers at most")
    with opened(path) as archive:
        found = details(archive.connection, name)
    before, after = _chosen(found, numbers)
    made = compare(before.article, after.article) if before else None
    if form == "json":
        print_json(
            {
                "key": found.stored.key,
                "before": _revision(before) if before else None,
                "after": _revision(after),
                **(made.to_dict() if made else {"fields": []}),
            }
        )
    elif before is None or made is None:
        click.echo(f"{found.stored.key} has been seen in one version only.")
    else:
        _print(console(), found, before, after, made, side_by_side)


def _chosen(found: ArticleDetails, numbers: tuple[int, ...]) -> tuple[Revision | None, Revision]:
    if len(numbers) == 2:
        return found.revision(numbers[0]), found.revision(numbers[1])
    after = found.revision(numbers[0] if numbers else None)
    return (found.revision(after.number - 1) if after.number > 1 else None), after


def _revision(revision: Revision) -> dict[str, object]:
    return {
        "number": revision.number,
        "seen_at": revision.seen_at,
        "changed_fields": list(revision.changed_fields),
        "edit": revision.edit,
        "updated_text": revision.article.updated_text,
    }


def _print(
    out: Terminal, found: ArticleDetails, before: Revision, after: Revision, made: Diff, wide: bool
) -> None:
    out.print(Text(found.article.title, style="bold"))
    key = found.stored.key
    names = [_named(revision, found.origin(revision)) for revision in (before, after)]
    out.print(Text(f"{key}  {names[0]}\n{'→':>{len(key) + 1}} {names[1]}", style="dim"))
    for line in _summary(after, before, made):
        out.print(line)
    for field in made.fields:
        out.print()
        out.print(Text(field.field.replace("_", " ").upper(), style="bold cyan"))
        marks = not out.shows_colour
        out.print(_columns(field, marks) if wide else _inline(field.changes, marks))
    if not made.fields:
        out.print(Text("No word differs.", style="dim"))


def _named(revision: Revision, origin: str | None) -> str:
    seen = revision.seen_at
    from_where = f", {origin}" if origin else ""
    return f"version {revision.number}, seen {seen[:10]} {seen[11:16]} UTC{from_where}"


def _summary(after: Revision, before: Revision, made: Diff) -> list[Text]:
    lines = []
    same_stamp = before.article.updated_text == after.article.updated_text
    if made.text_changed and same_stamp:
        lines.append(Text("Silent edit: the text changed, the stamp did not.", style="magenta"))
    elif not made.text_changed and made.fields:
        lines.append(Text("Only the stamp changed.", style="yellow"))
    if made.headline_changed:
        lines.append(Text("The headline changed."))
    for label, gone, come in (
        ("Numbers", made.numbers_removed, made.numbers_added),
        ("Names", made.names_removed, made.names_added),
    ):
        if gone or come:
            line = Text(f"{label}: ")
            line.append(", ".join(gone) or "none", style="red" if gone else "dim")
            line.append(" → ", style="dim")
            line.append(", ".join(come) or "none", style="green" if come else "dim")
            lines.append(line)
    return lines


_STYLES = {"removed": "red strike", "added": "green bold", "same": ""}


def _inline(changes: tuple[Change, ...], marks: bool) -> Text:
    """One text; unchanged parts are shortened to the words around a change."""
    text = Text()
    for number, change in enumerate(changes):
        if change.operation == "same":
            text.append(_shortened(change.text, number > 0, number < len(changes) - 1), "dim")
        else:
            text.append(_marked(change, marks), _STYLES[change.operation])
    return text


def _marked(change: Change, marks: bool) -> str:
    """A changed part, in brackets where the terminal has no colour."""
    if change.operation == "same" or not marks:
        return change.text
    opening, closing = ("[-", "-]") if change.operation == "removed" else ("{+", "+}")
    return f"{opening}{change.text}{closing}"


def _shortened(text: str, before: bool, after: bool) -> str:
    """An unchanged part: only the words next to a change."""
    keep = 90
    if len(text) <= 2 * keep:
        return text
    head = text[:keep].rsplit(" ", 1)[0] if before else ""
    tail = text[-keep:].split(" ", 1)[-1] if after else ""
    return f"{head} … {tail}"


def _columns(field: FieldDiff, marks: bool) -> Table:
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    left, right = Text(), Text()
    for change in field.changes:
        if change.operation != "added":
            left.append(_marked(change, marks), _STYLES[change.operation])
        if change.operation != "removed":
            right.append(_marked(change, marks), _STYLES[change.operation])
    table.add_row(left, right)
    return table
