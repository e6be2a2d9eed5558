"""The extractor's version cannot be forgotten when the sources of the extraction change."""

import ast
import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

from crawler.extract.version import EXTRACTOR_VERSION, SOURCES
from crawler.site.paper import DONGTHAP

ROOT = Path(__file__).parents[3]

#: Every module of ours that bytes pass through on their way to an Article.
LOADED = (
    "import sys, crawler.extract, archive.warc.encoding;"
    "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] in ('crawler', 'archive')))"
)
#: Names and messages only; the version itself.
WITHOUT_RULES = {"archive/errors.py", "archive/periods.py", "crawler/extract/version.py"}


def sources() -> list[Path]:
    code = [sys.executable, "-c", LOADED]
    done = subprocess.run(code, capture_output=True, text=True, check=True, cwd=ROOT)
    paths = {Path(name).relative_to(ROOT) for name in done.stdout.split()}
    return sorted(path for path in paths if path.as_posix() not in WITHOUT_RULES)


def rules(node: object) -> object:
    """*node* without what cannot change an Article: docstrings, annotations, empty fields.

    Written out here, because `ast.dump` is not the same in every version of Python.
    """
    if isinstance(node, list):
        return [rules(one) for one in node if not is_remark(one)]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [
        [name, rules(value)]
        for name, value in ast.iter_fields(node)
        if value not in (None, []) and name not in ("annotation", "returns", "kind")
    ]
    return [type(node).__name__, *fields]


def is_remark(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def digest(texts: list[str]) -> str:
    trees = [rules(ast.parse(text)) for text in texts]
    return hashlib.sha256(repr(trees).encode()).hexdigest()[:16]


def test_the_sources_are_those_of_the_version():
    # The newspaper's own addresses, names and marks decide what a page reads as, too.
    paper = repr(tomllib.loads(DONGTHAP.text))
    found = digest([*((ROOT / path).read_text(encoding="utf-8") for path in sources()), paper])
    assert found == SOURCES, (
        "The sources of the extraction changed since EXTRACTOR_VERSION was last raised"
        f" ({EXTRACTOR_VERSION}). In crawler/extract/version.py write SOURCES = {found!r}, and"
        " raise EXTRACTOR_VERSION unless it is certain that every page still gives the same"
        " Article (a renaming, a faster way to the same answer)."
    )


def test_the_sources_are_found():
    names = {path.as_posix() for path in sources()}
    assert {
        "crawler/extract/engine/captions.py",
        "crawler/extract/layouts/flat.py",
        "crawler/site/shapes.py",
        "archive/vietnamese.py",
        "archive/warc/encoding.py",
    } <= names


def test_only_what_can_change_an_article_moves_the_digest():
    text = 'def f(a: int) -> int:\n    """Says."""\n    return a + 1  # why\n'
    same = (
        'def f(a):\n\n    # because\n    """Says otherwise."""\n    return (a\n            + 1)\n'
    )
    assert digest([text]) == digest([same])
    assert digest([text]) != digest([text.replace("1", "2")])
    assert digest([text]) != digest([text, "x = 1"])
