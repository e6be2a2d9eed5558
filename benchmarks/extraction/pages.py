"""The pages to be read, and what stands on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.models import Article

GOLDEN = Path(__file__).parents[2] / "tests" / "pages"


@dataclass(frozen=True)
class Case:
    """One page and the Article that a person says is on it."""

    name: str
    page: Path
    url: str | None
    expected: Article
    stated: frozenset[str]
    """The fields that the expectation names, be it as null; on the others it says nothing."""

    @property
    def group(self) -> str:
        """The folder of folders it lies in: the layout, among the golden pages."""
        return self.name.partition("/")[0]


def collect(folders: Sequence[Path]) -> list[Case]:
    """Every page with expectations below *folders*, by name.

    Two shapes are known: a folder with ``page.html``, ``expected.json`` and perhaps ``meta.json``
    (the golden pages), and ``NAME.html`` beside ``NAME.json``. The expectation is an Article's
    fields as `khobao extract` prints them; the address is ``url`` of the meta file, else the
    Article's own. A field that the expectation does not name is not judged. A page of which an
    error is expected is no page for this yardstick.
    """
    cases = []
    for folder in folders:
        for page in sorted(folder.rglob("*.html")):
            if page.name == "page.html":
                expected, name = page.with_name("expected.json"), page.parent
            else:
                expected, name = page.with_suffix(".json"), page.with_suffix("")
            if not expected.is_file():
                continue
            fields = json.loads(expected.read_text("utf-8"))
            if not isinstance(fields, dict) or not fields.get("title"):
                continue
            meta_file = page.with_name("meta.json")
            meta = json.loads(meta_file.read_text("utf-8")) if meta_file.is_file() else {}
            cases.append(
                Case(
                    name.relative_to(folder).as_posix(),
                    page,
                    meta.get("url") or fields.get("url"),
                    Article.from_dict(fields),
                    frozenset(fields),
                )
            )
    return cases


def corpus_hash(cases: Iterable[Case]) -> str:
    """What names this set of pages and expectations; any change to one of them changes it."""
    digest = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.name):
        digest.update(case.name.encode() + b"\0")
        digest.update(hashlib.sha256(case.page.read_bytes()).digest())
        stated = json.dumps(case.expected.to_dict(), sort_keys=True, ensure_ascii=False)
        digest.update(hashlib.sha256(stated.encode()).digest())
        digest.update(" ".join(sorted(case.stated)).encode())
    return f"sha256:{digest.hexdigest()[:32]}"
