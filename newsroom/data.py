"""Reads the texts that the newsroom prints: TOML files in the folder ``texts``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The tables of ``texts/<name>.toml``."""
    path = files("newsroom").joinpath("texts", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
