"""Where the pages that failed are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from benchmarks.fuzz.oracle import Failure


def keep(folder: Path, failure: Failure, page: bytes, url: str | None) -> None:
    """Put the first page of a signature into a folder of its own: ``page.html``, ``why.txt``."""
    place = folder / hashlib.sha256(failure.signature.encode()).hexdigest()[:10]
    if place.exists():
        return
    place.mkdir(parents=True)
    (place / "page.html").write_bytes(page)
    (place / "why.txt").write_text(
        f"{failure.signature}\nurl: {url or ''}\n\n{failure.detail}\n", "utf-8"
    )
