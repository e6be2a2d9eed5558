"""The arrows of the house: data flows one way, and each sensitive act has one home."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests import import_graph

ROOT = Path(__file__).parent.parent


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """Every module that *path* imports, at any depth of its code."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; this project names modules in full"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def offenders(paths: list[Path], *forbidden: str) -> dict[str, set[str]]:
    bad = {}
    for path in paths:
        hit = {
            name
            for name in imports(path)
            if any(name == word or name.startswith(f"{word}.") for word in forbidden)
        }
        if hit:
            bad[str(path.relative_to(ROOT))] = hit
    return bad


def test_the_modules_are_found():
    """Guards the tests below: an empty list would pass them all."""
    assert len(modules("archive")) > 10
    assert len(modules("crawler")) > 15


GRAPH = import_graph.read(ROOT, ("archive", "crawler", "newsroom"))

#: The floors of archive/, the highest first: a module imports from its own floor and those below.
FLOORS = (
    ("archive.cli", "archive.commands", "archive.web", "archive.__main__"),
    ("archive.verify", "archive.backup", "archive.recovery.repair", "archive.frontier", "archive.comparison"),
    ("archive.archive",),
    ("archive.export", "archive.reports", "archive.corpus", "archive.articles"),
    ("archive.search", "archive.history", "archive.authors", "archive.recovery.pending", "archive.crawls",
     "archive.alarms"),
    ("archive.duplicates", "archive.warc", "archive.database", "archive.places"),
    (
        "archive.models", "archive.errors", "archive.clock", "archive.text", "archive.numbers",
        "archive.vietnamese", "archive.periods", "archive.papers",
    ),
)  # fmt: skip


def test_every_module_of_the_archive_stands_on_one_floor():
    for name in GRAPH:
        on = [place for floor in FLOORS for place in floor if import_graph.within(name, place)]
        packages = {"archive", "archive.recovery"}
        assert not name.startswith("archive") or len(on) == 1 or name in packages, name


def test_imports_lead_down():
    assert import_graph.upward(GRAPH, FLOORS) == set()


def test_there_is_no_circle_of_imports():
    assert import_graph.circle(GRAPH) == []


@pytest.mark.parametrize(
    ("start", "forbidden"),
    [
        ("archive", ["crawler", "newsroom"]),
        ("crawler.extract", ["archive.database", "archive.archive", "crawler.http"]),
        ("crawler.site", ["archive.database", "archive.archive", "crawler.http"]),
        ("newsroom", ["crawler.extract", "crawler.cli", "crawler.ingest", "archive.archive"]),
    ],
)
def test_nothing_is_reached_that_must_not_be(start, forbidden):
    """Not even over other modules."""
    assert import_graph.chains(GRAPH, start, forbidden) == []


def test_the_newsroom_knows_the_models_and_the_site_only():
    reached = {
        other
        for name, others in GRAPH.items()
        if import_graph.within(name, "newsroom")
        for other in others
        if not import_graph.within(other, "newsroom")
    }
    assert {o for o in reached if not import_graph.within(o, "crawler.site")} == {"archive.models"}


def test_archive_knows_no_web_client_and_no_markup():
    assert offenders(modules("archive"), "scrapy", "twisted", "lxml", "bs4", "parsel") == {}


@pytest.mark.parametrize(
    "layer",
    [
        "crawler/extract",
        "crawler/site",
    ],
)
def test_reading_a_page_is_pure(layer):
    """The layouts know neither Scrapy nor SQLite, nor any file."""
    path = ROOT / layer
    paths = modules(layer) if path.is_dir() else [path]
    assert paths
    assert (
        offenders(
            paths,
            "scrapy",
            "twisted",
            "sqlite3",
            "sqlite_utils",
            "archive.archive",
            "pathlib",
            "os",
            "urllib.request",
        )
        == {}
    )


def test_writing_and_reading_again_know_no_scrapy():
    """The processes of `khobao reextract` start in a third of the time without it."""
    code = "import sys, crawler.ingest.archive_writer, crawler.reextract.apply; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"scrapy", "twisted"}.isdisjoint(done.stdout.split())


def test_layouts_are_siblings():
    """No layout is built on another; all share `layout`."""
    place = "crawler.extract.layouts"
    layouts = {n for n in GRAPH if import_graph.within(n, place)} - {place, f"{place}.layout"}
    assert len(layouts) >= 3
    for name in layouts:
        assert GRAPH[name] & (layouts - {name}) == set(), name


def test_one_home_for_the_schema():
    """DDL stands in archive/database/schema.py only (temporary tables of a command excepted)."""
    for path in modules("archive", "crawler"):
        if path.name == "schema.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.upper().lstrip()
                assert not text.startswith(
                    (
                        "CREATE TABLE",
                        "ALTER TABLE",
                        "CREATE TRIGGER",
                        "CREATE INDEX",
                        "CREATE VIEW",
                        "CREATE VIRTUAL",
                    )
                ), f"{path}:{node.lineno}"


def test_one_clock():
    """`archive.clock` is the only one to ask what time it is."""
    homes = {"archive/clock.py"}
    for path in modules("archive", "crawler"):
        if str(path.relative_to(ROOT)) in homes:
            continue
        source = path.read_text(encoding="utf-8")
        for call in ("datetime.now(", "datetime.utcnow(", "time.time(", "date.today("):
            assert call not in source, f"{path.relative_to(ROOT)} asks the clock itself: {call}"


#: Where text goes to the terminal.
PRINTING = (
    "archive/commands/",
    "archive/cli.py",
    "crawler/commands/",
    "crawler/cli.py",
)


def printed(tree: ast.Module, *names: str) -> list[int]:
    """The lines that call one of *names*: print(), click.echo() …."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and ast.unparse(node.func) in names
    ]


ECHO = ("echo", "secho", "click.echo", "click.secho")


def test_one_home_for_printing():
    """print() stands nowhere, click.echo() in command modules only."""
    for path in modules("archive", "crawler"):
        name = str(path.relative_to(ROOT))
        if not name.startswith(PRINTING):
            assert printed(tree(path), *ECHO) == [], name
        assert printed(tree(path), "print") == [], name


def test_printing_is_seen():
    source = ast.parse("import click\nprint(1)\nclick.echo(2)\nif x: click.secho(3)\n")
    assert printed(source, *ECHO) == [3, 4]
    assert printed(source, "print") == [2]


def test_no_catch_all_rooms():
    for path in modules("archive", "crawler", "tests", "benchmarks"):
        assert path.name not in {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py"}, (
            path
        )


def test_every_module_opens_with_a_docstring():
    for path in modules("archive", "crawler"):
        assert ast.get_docstring(tree(path)), path


def without_namesake():
    """Modules ``archive/x/y.py`` that have no ``tests/archive/x/test_y.py``."""
    return {
        str(path)
        for path in (path.relative_to(ROOT) for path in modules("archive", "crawler"))
        if not path.name.startswith("__")
        and not (ROOT / "tests" / path.parent / f"test_{path.name}").exists()
    }


def test_a_module_has_its_namesake_test():
    assert without_namesake() == set(), "write tests/<package>/test_<module>.py"
