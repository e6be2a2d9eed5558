"""``authors.toml`` in the archive's folder: which names a person knows to be one author, or two.

The file is part of the archive and is applied again after every run, so a rebuild keeps what it
says::

    [[same]]
    name = "Ngọc Lâm"
    also = ["N.Lâm", "N.L"]

    [[different]]
    names = ["Hồng Lâm", "Nguyễn Hồng Lâm"]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from archive.authors.same import FILE
from archive.errors import UsageError
from archive.vietnamese import name_key

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Same(_Table):
    name: _Name
    also: Annotated[list[_Name], Field(min_length=1)]


class _Different(_Table):
    names: Annotated[list[_Name], Field(min_length=2)]


class _File(_Table):
    same: list[_Same] = []
    different: list[_Different] = []


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of a person. Names are keys (`archive.vietnamese.name_key`)."""

    same: dict[str, str] = field(default_factory=dict)
    """Another name of an author → the name to show."""
    shown: dict[str, str] = field(default_factory=dict)
    """The names to show → as the file writes them."""
    different: frozenset[frozenset[str]] = frozenset()
    """Pairs of names that are two people."""


def read_corrections(folder: Path) -> Corrections:
    """The corrections of the archive in *folder*; none without a file. Raises UsageError."""
    file = folder / FILE
    try:
        table = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Corrections()
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(n + 1) if isinstance(n, int) else n for n in first["loc"])
        raise UsageError(f"{file}: {place}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: {error}") from error
    return _checked(table, file)


def _checked(table: _File, file: Path) -> Corrections:
    """The file's content as keys; raises UsageError where it contradicts itself."""
    same: dict[str, str] = {}
    shown = {name_key(entry.name): entry.name for entry in table.same}
    for entry in table.same:
        for also in entry.also:
            name = same.setdefault(name_key(also), name_key(entry.name))
            if name != name_key(entry.name):
                raise UsageError(f"{file}: {also!r} is another name of two authors")
            if name_key(also) in shown:
                raise UsageError(f"{file}: {also!r} is an author's name and another name of one")
    different = frozenset(
        frozenset(pair)
        for entry in table.different
        for pair in combinations(map(name_key, entry.names), 2)
    )
    for also, name in same.items():
        if frozenset((also, name)) in different:
            raise UsageError(f"{file}: {also!r} and {shown[name]!r} are same and different")
    return Corrections(same, shown, different)
