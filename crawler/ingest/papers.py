"""The papers of an archive: definition files in its folder ``papers``, and the one of a run.

They stand beside the captures, so that an archive whose database is lost can be made again. A paper
that khobao ships is named there, not copied: its definition follows the version of khobao.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from archive.archive import Archive
from archive.database.lock import folder_of
from archive.errors import UsageError
from archive.models import Article, Capture
from archive.warc.exchange import StoredResponse
from crawler.ingest.classify import read_article
from crawler.site.paper import DONGTHAP, Paper, load, read, shipped

FOLDER = "papers"
_ENDING = ".toml"
_SHIPPED = "shipped = "


def papers_of(path: Path) -> tuple[Paper, ...]:
    """The papers of the archive at *path*, the first that it had first; Đồng Tháp's if it has none.

    Raises WrongDefinition if a file was altered and cannot be used.
    """
    folder = folder_of(path) if path.suffix == ".db" else path
    files = sorted((folder / FOLDER).glob(f"*{_ENDING}"), key=lambda file: file.stat().st_ctime_ns)
    return tuple(map(_read, files)) or (DONGTHAP,)


def _read(file: Path) -> Paper:
    text = file.read_text(encoding="utf-8")
    if text.startswith(_SHIPPED):
        return load(text.removeprefix(_SHIPPED).strip().strip('"'))
    return read(text, file.name)


def find(name: str, path: Path | None = None) -> Paper:
    """The paper in the file *name*, of the archive at *path*, or shipped; raises UsageError."""
    if name.endswith(_ENDING) or Path(name).is_file():
        try:
            return read(Path(name).read_text(encoding="utf-8"), Path(name).name)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot read the definition file {name}: {error}") from error
    for paper in papers_of(path) if path else ():
        if name == paper.code:
            return paper
    return load(name)


def chosen(name: str | None, path: Path) -> Paper:
    """The paper called *name*; without a name, the only one of the archive at *path*."""
    if name is not None:
        return find(name, path)
    papers = papers_of(path)
    if len(papers) > 1:
        codes = ", ".join(f"{paper.code} ({paper.name})" for paper in papers)
        raise UsageError(f"the archive holds several papers; name one with --paper: {codes}")
    return papers[0]


def paper_of_run(settings: Mapping[str, Any]) -> Paper:
    """The paper in the setting ``KHOBAO_PAPER``: a `Paper`, a name, or a file's path."""
    paper = settings["KHOBAO_PAPER"]
    return paper if isinstance(paper, Paper) else find(paper)


def remember(archive: Archive, paper: Paper) -> tuple[Paper, ...]:
    """Make *paper* one of those of *archive*; returns all of them. Call it under the lock."""
    folder = archive.path / FOLDER
    known = papers_of(archive.path)
    for one in known:
        if one.code == paper.code and one.host != paper.host:
            raise UsageError(
                f"the archive holds {one.name} ({one.host}) under the code {one.code!r}; give"
                f" {paper.name} ({paper.host}) another one"
            )
        if one.code != paper.code and {*one.hosts} & {*paper.hosts}:
            raise UsageError(f"{one.name} ({one.code}) and {paper.name} have a host in common")
    if not folder.exists():
        held = archive.connection.execute("SELECT EXISTS (SELECT 1 FROM captures)").fetchone()[0]
        known = known if held else ()
    folder.mkdir(exist_ok=True)
    for one in (*known, paper):
        text = _as_remembered(one)
        file = folder / f"{one.code}{_ENDING}"
        if not file.exists() or (one is paper and file.read_text(encoding="utf-8") != text):
            file.write_text(text, encoding="utf-8")
    papers = papers_of(archive.path)
    archive.name_papers((one.code, one.name, one.host) for one in papers)
    return papers


def _as_remembered(paper: Paper) -> str:
    for name in shipped():
        if load(name) is paper or load(name).text == paper.text:
            return f'{_SHIPPED}"{name}"\n'
    return paper.text


def article_reader(folder: Path) -> Callable[[Capture, StoredResponse], Article | None]:
    """The reader of the pages of the archive in *folder*, with today's layouts.

    `archive.commands.verify` finds it by the entry point ``khobao.reader``.
    """
    return partial(read_article, papers=papers_of(folder))
