"""docs/commands.md and docs/api.md are what docs/reference.py writes from the code of today."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def load():
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = load()


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_page_is_what_the_code_says(name):
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), f"docs/{name} is stale: run `make reference`"


def test_every_command_and_option_has_its_place():
    page = reference.commands_page()
    assert "\n## khobao search\n" in page
    assert "  --since " in page
    assert "Usage: khobao search [OPTIONS]" in page


def test_the_width_of_the_terminal_does_not_matter(monkeypatch):
    wide = reference.commands_page()
    monkeypatch.setenv("COLUMNS", "40")
    assert reference.commands_page() == wide


def test_signatures_show_parameters_defaults_and_results(tmp_path):
    source = tmp_path / "example.py"
    source.write_text(
        "def short(a: int, *, b: str = 'x') -> bool:\n    'Say.'\n\n"
        "def long(first_parameter: int, second: str = 'best', *, third: dict[str, int],"
        " fourth: float = 1.5) -> list[str]:\n    'Say.'\n"
    )
    spec = importlib.util.spec_from_file_location("example", source)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    assert reference._signature("short", example.short) == (
        "```python\nshort(a: int, *, b: str = 'x') -> bool\n```\n"
    )
    assert reference._signature("long", example.long).splitlines()[1:-1] == [
        "long(",
        "    first_parameter: int,",
        "    second: str = 'best',",
        "    *,",
        "    third: dict[str, int],",
        "    fourth: float = 1.5,",
        ") -> list[str]",
    ]


def test_examples_in_docstrings_become_blocks_of_code():
    prose = reference._prose("Say ``it``.\n\n>>> 1 + 1  # doctest: +SKIP\n2\n\nDone.")
    assert prose == "Say `it`.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nDone.\n"


def test_running_the_module_writes_the_same_pages(tmp_path):
    (tmp_path / "reference.py").write_text((DOCS / "reference.py").read_text(encoding="utf-8"))
    subprocess.run([sys.executable, tmp_path / "reference.py"], check=True, cwd=ROOT)
    for name in reference.PAGES:
        assert (tmp_path / name).read_text("utf-8") == reference.PAGES[name]()
