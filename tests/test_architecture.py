"""The arrows of the house: data flows one way, and each sensitive act has one home."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Every module that *path* imports, at any depth of its code."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_archive_never_imports_the_crawler():
    assert offenders(modules("archive"), "crawler") == {}


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
    code = "import sys, crawler.ingest.writer, crawler.reextract.apply; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"scrapy", "twisted"}.isdisjoint(done.stdout.split())


def test_layouts_are_siblings():
    """No layout is built on another; what they share is in modules that are no layout."""
    from crawler.extract import LAYOUTS

    names = (
        {layout.__module__ for layout in LAYOUTS}
        if all(hasattr(x, "__module__") for x in LAYOUTS)
        else set()
    )
    assert names
    for name in names:
        path = ROOT / (name.replace(".", "/") + ".py")
        others = names - {name}
        assert offenders([path], *others) == {}


def test_one_home_for_the_schema():
    """DDL stands in archive/database/schema.py only (temporary tables of a command excepted)."""
    for path in modules("archive", "crawler"):
        if path.name == "schema.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_one_home_for_printing():
    """print() and click.echo() stand in command modules only."""
    for path in modules("archive", "crawler"):
        name = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "print"
            ):
                pytest.fail(f"{name}:{node.lineno} prints; use click.echo or rich in a command")


def test_no_catch_all_rooms():
    for path in modules("archive", "crawler", "tests", "benchmarks"):
        assert path.name not in {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py"}, (
            path
        )


def test_every_module_opens_with_a_docstring():
    for path in modules("archive", "crawler"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
