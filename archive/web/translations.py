"""The texts of the interface: translations.toml, one entry per message, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Message(NamedTuple):
    """One message; the page fills its placeholders, such as ``{name}``."""

    vi: str
    en: str
    one: str | None = None
    """The English singular, where a number is counted."""


class Messages(dict[str, Message]):
    """Messages by key. An unknown key is an error that says where to add it."""

    def __missing__(self, key: str) -> Message:
        raise KeyError(f"translations.toml has no entry {key!r}")


def parse(text: str) -> Messages:
    """The messages in *text*, which is TOML; ValueError names the first malformed entry."""
    found = Messages()
    for key, entry in tomllib.loads(text).items():
        texts = entry if isinstance(entry, dict) else {}
        if not {"vi", "en"} <= texts.keys() <= {"vi", "en", "one"}:
            raise ValueError(f"translations.toml: {key!r} needs vi and en, and may have one")
        if not all(isinstance(text, str) and text.strip() for text in texts.values()):
            raise ValueError(f"translations.toml: {key!r} has an empty text, or no text")
        found[key] = Message(**texts)
    return found


TRANSLATIONS = parse(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
