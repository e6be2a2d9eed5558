"""The configuration of an archive: ``khobao.toml`` in its folder.

What holds is, from strong to weak: an option of the command line, an environment variable, the
file, the default. A wrong key or value is an error that names the nearest right one; a crawl with a
misread configuration would be a night lost.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
)

from archive.errors import UsageError
from archive.frontier import LADDER, Ladder
from crawler.settings import DOWNLOAD_DELAY, DOWNLOAD_TIMEOUT, KHOBAO_FLOORS

FILE = "khobao.toml"

Share = Annotated[float, Field(ge=0, le=1)]


class Section(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Crawl(Section):
    """How the site is visited."""

    paper: str = Field(
        default="", description="the newspaper: a definition file or a name; empty: the archive's"
    )
    contact: str = Field(default="", description="who runs this: a mail address or a page")
    delay: float = Field(
        default=DOWNLOAD_DELAY, ge=0, description="seconds between two requests, at least"
    )
    timeout: float = Field(
        default=DOWNLOAD_TIMEOUT, ge=1, description="give up on a page after this many seconds"
    )
    sections: tuple[str, ...] = Field(default=(), description="only these sections; empty: all")
    base_url: str = Field(default="", description="fetch from this mirror of the site")
    max_hours: float = Field(
        default=20.0, ge=0, description="end a run after this many hours; 0: never"
    )
    max_requests: int = Field(
        default=200_000, ge=0, description="end a run after this many requests; 0: never"
    )
    verify_certificates: bool = Field(
        default=True, description="false: fetch although the site's certificate is not valid"
    )


def _span(text: object) -> object:
    """A span of time as the file has it: ``"30 minutes"``, ``"7 days"``, ``"ever"``."""
    if text == "ever":
        return timedelta.max
    found = re.fullmatch(r"(\d{1,5}(?:\.\d{1,5})?) (minute|hour|day)s?", str(text))
    if found is None:
        raise ValueError("expected “30 minutes”, “3 hours”, “7 days” or “ever”")
    return float(found[1]) * _UNITS[found[2]]


def _span_text(span: timedelta) -> str:
    if span == timedelta.max:
        return "ever"
    unit, length = next((u, n) for u, n in _UNITS.items() if span >= n or u == "minute")
    return f"{span / length:g} {unit}{'s' * (span != length)}"


_UNITS = {name: timedelta(**{f"{name}s": 1}) for name in ("day", "hour", "minute")}

Span = Annotated[timedelta, BeforeValidator(_span), PlainSerializer(_span_text)]


class Recheck(Section):
    """When a known article is fetched again."""

    ladder: tuple[tuple[Span, Span], ...] = Field(
        default=LADDER,
        min_length=1,
        description="[younger than, fetch again after], the youngest first",
    )

    @field_validator("ladder")
    @classmethod
    def _rises(cls, ladder: Ladder) -> Ladder:
        ages = [younger for younger, _ in ladder]
        if ages != sorted(ages) or ages[-1] != timedelta.max:
            raise ValueError("ages must rise, and the last one must be “ever”")
        return ladder


class Floors(Section):
    """The share of a night's articles that must state a field; below it is exit code 4."""

    updated_at: Share = Field(default=KHOBAO_FLOORS["updated_at"], description="the stamp")
    body: Share = Field(default=KHOBAO_FLOORS["body"], description="the text")
    lead: Share = Field(default=KHOBAO_FLOORS["lead"], description="the opening summary")
    byline: Share = Field(default=KHOBAO_FLOORS["byline"], description="the signature")


class Notify(Section):
    """Whom a run tells when an alarm opens or closes."""

    to: tuple[str, ...] = Field(
        default=(),
        description="addresses as apprise has them: mailto://…, slack://…, ntfy://…, tgram://…",
    )
    sendmail: str = Field(default="", description="mail address, sent by this machine's sendmail")
    command: str = Field(default="", description="shell command; gets the message on stdin")
    digest: bool = Field(default=False, description="true: tell of every run, good ones too")
    ping: str = Field(
        default="", description="address of a healthchecks service: start, success, fail"
    )
    metrics: str = Field(default="", description="file for Prometheus' textfile collector")


class Logs(Section):
    """The log of every run, logs/khobao.jsonl; khobao log shows it."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least that is kept: DEBUG, INFO, WARNING or ERROR"
    )
    file_mb: float = Field(default=10.0, gt=0, description="begin a new file after so many MB")
    files: int = Field(default=10, ge=2, description="keep so many files; the oldest goes")


class Config(Section):
    """The whole file."""

    crawl: Crawl = Crawl()
    recheck: Recheck = Recheck()
    floors: Floors = Floors()
    notify: Notify = Notify()
    logs: Logs = Logs()


@dataclass(frozen=True, slots=True)
class Setting:
    """One key: what holds, and where that comes from."""

    name: str
    """``crawl.delay``"""
    value: Any
    source: str
    """``default``, the file's path, or the environment variable."""
    meaning: str


def load(archive: Path, file: Path | None = None) -> Config:
    """The configuration for the archive folder *archive*, from *file* or the one in the folder.

    Raises UsageError for what cannot be read, for unknown keys and for values of another type.
    """
    return _checked(*_given(archive, file))


def whom_to_tell(archive: Path, file: Path | None = None) -> Notify:
    """The table ``[notify]`` alone, so that a fault elsewhere in the file can be told.

    If that cannot be read either, nobody is told; the command's own error remains.
    """
    try:
        tables, _ = _given(archive, file)
        return Notify.model_validate(tables.get("notify", {}))
    except (UsageError, ValidationError):
        return Notify()


def settings(archive: Path, file: Path | None = None) -> list[Setting]:
    """Every key with its value and source, in the order of the file; raises as `load` does."""
    tables, sources = _given(archive, file)
    config = _checked(tables, sources)
    return [
        Setting(
            f"{table}.{key}",
            getattr(config, table).model_dump(mode="json")[key],
            sources.get((table, key), "default"),
            about,
        )
        for table, key, about in _keys()
    ]


def template() -> str:
    """A file with every key at its default, commented out, each with its meaning."""
    lines = [
        "# Configuration of this archive. Uncomment what is to differ from the default;",
        "# khobao config shows what holds. An environment variable (KHOBAO_CRAWL_DELAY) comes",
        "# before this file, an option (--delay) before both.",
    ]
    last = ""
    for table, key, about in _keys():
        if table != last:
            lines += ["", f"# {_model(table).__doc__}", f"[{table}]"]
            last = table
        default = _model(table)().model_dump(mode="json")[key]
        # For the types that the models have, JSON writes what TOML reads.
        lines += [f"# {about}", f"# {key} = {json.dumps(default, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


def variable(table: str, key: str) -> str:
    """The environment variable of a key: ``KHOBAO_CRAWL_DELAY``; the contact has a short one."""
    return "KHOBAO_CONTACT" if key == "contact" else f"KHOBAO_{table}_{key}".upper()


def _model(table: str) -> type[Section]:
    model: type[Section] = type(getattr(Config(), table))
    return model


def _keys() -> Iterator[tuple[str, str, str]]:
    for table in Config.model_fields:
        for key, field in _model(table).model_fields.items():
            yield table, key, field.description or ""


def _given(archive: Path, file: Path | None) -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    """What the file and the environment state, and where each key comes from."""
    path = file or archive / FILE
    if file is not None and not file.is_file():
        raise UsageError(f"there is no configuration {file}; khobao init writes one")
    tables: dict[str, Any] = {}
    if path.is_file():
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} is not valid TOML: {error}") from error
    sources = {
        (table, key): str(path)
        for table, keys in tables.items()
        if isinstance(keys, Mapping)
        for key in keys
    }
    for table, key, _ in _keys():
        name = variable(table, key)
        if stated := os.environ.get(name):
            tables.setdefault(table, {})[key] = _of_text(stated, _model(table), key)
            sources[table, key] = f"${name}"
    return tables, {("", ""): str(path), **sources}


def _of_text(stated: str, model: type[Section], key: str) -> Any:
    """The value of an environment variable: a list is parted by commas, pydantic does the rest."""
    if isinstance(model.model_fields[key].default, tuple):
        return tuple(part.strip() for part in stated.split(",") if part.strip())
    return stated


def _checked(tables: Mapping[str, Any], sources: Mapping[tuple[str, str], str]) -> Config:
    try:
        return Config.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        file = sources.get((where[0], where[1]) if len(where) > 1 else ("", ""), sources["", ""])
        raise UsageError(f"{file}: {_sentence(first['type'], where, first)}") from error


def _sentence(kind: str, where: list[str], error: Mapping[str, Any]) -> str:
    name = ".".join(where)
    if kind != "extra_forbidden":
        return f"{name}: {error['msg'].lower()}, found {error['input']!r}"
    key, homes = where[-1], {key: f"{table}.{key}" for table, key, _ in _keys()}
    if key in homes:
        return f"{name} is not a key here; its place is {homes[key]}"
    known = [*homes] if len(where) > 1 else [*Config.model_fields]
    near = difflib.get_close_matches(key, known, 1)
    advice = f"did you mean {homes.get(near[0], near[0])}?" if near else f"known are {known}"
    return f"{name} is not a key of the configuration; {advice}"
