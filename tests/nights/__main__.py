"""Play every kind, or those whose names hold the words given, and print the table.

    python -m tests.nights [--expected] [WORD…]

With --expected nothing is played: the table is what docs/operating.md shows.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.nights.kinds import kinds, table, within
from tests.nights.nights import Nights


def main(words: list[str]) -> None:
    """Print the table."""
    if words == ["--expected"]:
        print(table(kinds()))
        return
    chosen = [kind for kind in kinds() if not words or any(word in kind.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "past").mkdir()
        (Path(folder) / "scratch").mkdir()
        with Nights(Path(folder) / "past" / "archive", Path(folder) / "scratch") as nights:
            nights.prepare()
            for kind in chosen:
                played = nights.play(kind)
                names = ("code", "new", "gone", "revised", "then", "missing", "requests")
                cells = [
                    f"{name} {getattr(played, name)}"
                    + ("" if within(getattr(played, name), getattr(kind, name)) else "!")
                    for name in names
                ]
                mark = "" if kind.says in played.says else f" [not {kind.says!r}]"
                print(f"{kind.name}: {', '.join(cells)}: {played.says}{mark}", flush=True)
                if played.stderr:
                    print("   stderr:", played.stderr.strip()[-300:], flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
