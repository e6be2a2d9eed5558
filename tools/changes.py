"""Prints the changes of one version: ``python tools/changes.py 0.2.0``."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def changes(changelog: str, version: str) -> str:
    """The entries of *version* in *changelog*, without its heading; LookupError if it has none."""
    found = re.search(
        rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", changelog, re.M | re.S
    )
    if found is None:
        raise LookupError(f"CHANGELOG.md has no version {version}")
    return found[1].strip() + "\n"


if __name__ == "__main__":
    print(changes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), sys.argv[1]), end="")
