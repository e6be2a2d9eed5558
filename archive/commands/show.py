"""``khobao show``: one article to read."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from archive.articles.citation import FORMATS, cite
from archive.articles.details import ArticleDetails, details, origin_in_words
from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.commands.terminal import printable, write
from archive.errors import NotFound
from archive.models import Article, Image, Revision
from archive.numbers import counted


@click.command()
@click.argument("name", metavar="ID|KEY|URL")
@archive_option
@click.option("--revision", "number", type=click.IntRange(1), help="Show this version.")
@format_option("text", "json")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--raw", is_flag=True, help="Print the page's bytes, decompressed.")
@click.option("--as-sent", is_flag=True, help="With --raw: the bytes as sent, compressed or not.")
@click.option("--cite", "style", type=click.Choice(FORMATS), help="Print a citation.")
def show(
    name: str,
    path: Path,
    number: int | None,
    form: str,
    as_json: bool,
    raw: bool,
    as_sent: bool,
    style: str | None,
) -> None:
    """Read one article.

    Title, stamp, byline, lead and text, the captions in their places; then the addresses it was
    seen at, its versions, and the capture that is the evidence.

    \b
    Examples:
      khobao show dto:84085
      khobao show https://baodongthap.vn/gia-nong-san-ngay-19-1-2026--a235648.html
      khobao show dto:a250118 --revision 1
      khobao show dto:52059 --raw > page.html
      khobao show dto:84085 --raw --as-sent > sent.bin

    The digest in a citation is of the bytes as sent; khobao verify KEY checks it.
    """
    if as_sent and not raw:
        raise click.UsageError("--as-sent says which bytes --raw is to write")
    with opened(path) as archive:
        found = details(archive.connection, name)
        revision = found.revision(number)
        if raw:
            capture = found.capture(revision)
            if capture is None:
                raise NotFound(f"no capture is known of {found.stored.key}")
            stored = archive.read(capture)
            body = stored.raw_body if as_sent else stored.body
            if sys.stdout.isatty():  # to be looked at; a file gets every byte
                body = printable(body.decode("utf-8", "replace")).encode()
            sys.stdout.buffer.write(body)
        elif style:
            write(cite([(found, revision)], style))
        elif as_json or form == "json":
            record = found.to_dict()
            if number is not None:
                record |= revision.article.to_dict() | {"revision": number}
            print_json(record)
        else:
            _print(console(), found, revision)


def _print(out: Console, found: ArticleDetails, revision: Revision) -> None:
    newest = revision is found.latest
    article = found.article if newest else revision.article
    if not newest:
        note = f"Version {revision.number} of {found.latest.number}, seen {_time(revision.seen_at)}"
        out.print(Text(f"{note}; not the newest.", style="yellow"))
    if found.stored.gone_at:
        how = f" ({found.stored.gone_how})" if found.stored.gone_how else ""
        out.print(Text(f"Gone from the site: {_time(found.stored.gone_at)}{how}", style="red"))
    if article.kicker:
        out.print(Text(article.kicker, style="italic"))
    out.print(Text(article.title, style="bold underline"))
    for line in _heading(article):
        out.print(line)
    out.print()
    _print_text(out, article)
    if article.byline:
        out.print(Text(article.byline, style="bold"), justify="right")
    for label, values in (("Tags", article.tags), ("Audio and video", article.media)):
        if values:
            out.print(Text(f"{label}: {', '.join(values)}", style="dim"))
    out.print()
    out.print(Rule(Text(found.stored.key, style="cyan"), style="dim"))
    _print_facts(out, found)


def _heading(article: Article) -> list[Text]:
    stamp = article.updated_text or article.updated_at
    kind = article.kind if article.kind != "article" else None
    filed = " · ".join(part for part in (article.section, kind, article.source) if part)
    lines = [Text(part, style="dim") for part in (stamp, filed) if part]
    if article.published_at:
        lines.append(Text(f"Published {article.published_at}", style="dim"))
    return lines


def _print_text(out: Console, article: Article) -> None:
    """The paragraphs, with each caption where its picture stands."""
    waiting = sorted(article.images, key=lambda image: (image.after_paragraph, image.position))
    paragraphs = article.paragraphs
    if not paragraphs and article.lead:
        paragraphs = [article.lead]
    for number, paragraph in enumerate(paragraphs):
        while waiting and waiting[0].after_paragraph <= number:
            _print_caption(out, waiting.pop(0))
        text = Text()
        if number == 0 and article.agency:
            text.append(f"({article.agency}) ", style="dim")
        text.append(paragraph, style="bold" if paragraph == article.lead else "")
        out.print(text)
        out.print()
    for image in waiting:
        _print_caption(out, image)


def _print_caption(out: Console, image: Image) -> None:
    text = Text("▣ ", style="cyan")
    text.append(image.caption or "(picture without a caption)", style="italic cyan")
    if image.credit:
        text.append(f"  Ảnh: {image.credit}", style="dim")
    out.print(Padding(text, (0, 4, 1, 4)))


def _print_facts(out: Console, found: ArticleDetails) -> None:
    for number, address in enumerate(found.addresses):
        label = "Address" if number == 0 else ""
        _fact(out, label, f"{address.url}")
        if len(found.addresses) > 1:
            seen = f"seen {_time(address.first_seen_at)} to {_time(address.last_seen_at)}"
            _fact(out, "", seen, "dim")
    stored = found.stored
    times = counted(found.capture_count, "time")
    span = _time(stored.first_seen_at)
    if stored.last_seen_at != stored.first_seen_at:
        span += f" to {_time(stored.last_seen_at)}"
    _fact(out, "Captured", f"{times}, {span}")
    for revision in stored.revisions:
        what = "first seen" if revision.number == 1 else _edit(revision)
        style = "magenta" if revision.edit == "silent" else ""
        label = "Versions" if revision.number == 1 else ""
        origin = f"; {where}" if (where := found.origin(revision)) else ""
        _fact(out, label, f"{revision.number}  {_time(revision.seen_at)}  {what}{origin}", style)
    if stored.revision > 1:
        _fact(out, "", f"khobao diff {stored.key}", "dim")
    for capture in found.conflicts:
        where = origin_in_words(capture.origin)
        says = f"{_time(capture.fetched_at)}  {where}: says otherwise than the live site"
        _fact(out, "Not used", says, "yellow")
    for related in found.duplicates:
        likeness = "the same text" if related.kind == "exact" else f"{related.similarity:.0%} alike"
        _fact(out, "Like it", f"{related.key}  {related.title} ({likeness})")
    if evidence := found.capture(found.latest):
        place = f"{evidence.warc_file}, byte {evidence.warc_offset:,}"
        _fact(out, "Evidence", place)
        _fact(out, "", evidence.payload_digest, "dim")


def _fact(out: Console, label: str, value: str, style: str = "") -> None:
    out.print(
        Text.assemble((f"{label:<10}", "dim"), (value, style)), soft_wrap=True, overflow="ignore"
    )


_EDITS = {
    "silent": "changed without a new stamp",
    "stamped": "changed, with a new stamp",
    "bump": "a new stamp, the same text",
}


def _edit(revision: Revision) -> str:
    what = _EDITS.get(revision.edit or "", "changed")
    fields = [field for field in revision.changed_fields if not field.startswith("updated_")]
    return f"{what}: {', '.join(fields)}" if fields else what


def _time(moment: str) -> str:
    """A time of capture in UTC, to the minute."""
    return f"{moment[:10]} {moment[11:16]} UTC"
