"""Mutation testing: how many small faults, planted in a module, do its own tests find?

``python tools/mutants.py MODULE…`` tries the modules one after the other (all of `MODULES` without
an argument), each with the tests of its name only, and prints the score and every survivor as a
diff. mutmut (https://mutmut.readthedocs.io) plants the faults: in the bodies of functions, one at a
time. Constants of a module and functions with a decorator are left as they are.

Two things would hide faults. mutmut tries each fault in a fork of a process that has run the tests:
what a function keeps (``lru_cache``) is the answer of before, so the module's copy keeps nothing.
And it sees no other process: tests that crawl are left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "mutants"

#: The modules whose rules must hold: a fault in one of them costs or falsifies data.
MODULES = (
    "archive/history/identity.py",
    "archive/history/revisions.py",
    "archive/frontier.py",
    "archive/export/tables.py",
    "archive/warc/record.py",
    "archive/verify/verify.py",
    "archive/verify/article.py",
    "archive/verify/database.py",
    "archive/verify/warc.py",
    "crawler/extract/stamps.py",
    "crawler/http/robots.py",
    "crawler/run/exit_status.py",
)


#: Decorators of functions that keep their answers.
_KEEPS = re.compile(r"^ *@(?:lru_)?cache\b.*\n", re.M)

#: Leaves out tests that crawl: their process is another.
_CONFTEST = """
def pytest_collection_modifyitems(items):
    crawling = {"newsroom", "operator"}
    items[:] = [item for item in items if not crawling & set(item.fixturenames)]
"""


def tests_of(module: str) -> str:
    """The test file of *module*'s name; without one, the tests of its package."""
    path = Path("tests") / module
    named = path.with_name(f"test_{path.name}")
    return str(named if (ROOT / named).exists() else path.parent)


def prepare(module: str) -> Path:
    """A copy of the project, set up to mutate *module*."""
    place = BUILD / module.removesuffix(".py").replace("/", ".")
    shutil.rmtree(place, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = [name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place / name)
    packages = ["archive", "crawler", "newsroom"]
    source = (place / module).read_text(encoding="utf-8")
    (place / module).write_text(_KEEPS.sub("", source), encoding="utf-8")
    with (place / "tests" / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(_CONFTEST)
    others = {name.split("/")[0] for name in names} - {*packages, "tests", "pyproject.toml"}
    settings = {
        "source_paths": packages,
        "only_mutate": [module],
        "also_copy": sorted(others),
        "pytest_add_cli_args_test_selection": [tests_of(module)],
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "use_git_change_detection": False,
    }
    with (place / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n")
        file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    return place


def mutmut(place: Path, *arguments: str) -> str:
    """What ``mutmut`` with these *arguments* prints in *place*."""
    # The same examples in each run, or a mutant would survive by chance.
    environment = os.environ | {"CI": "1", "PYTHONPATH": ""}
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{done.stdout}\n{done.stderr}\nmutmut failed; its copy is {place}")
    return done.stdout


def is_wording(diff: str) -> bool:
    """Whether the fault is in a sentence for people only: another case, or XX around it."""
    lines = [line for line in diff.splitlines() if line[:3] not in ("---", "+++")]
    old = "".join(line[1:] for line in lines if line.startswith("-"))
    new = "".join(line[1:] for line in lines if line.startswith("+"))
    changed = set(re.findall(r'"[^"]*"', old)) - set(re.findall(r'"[^"]*"', new))
    return (
        old.casefold() == new.replace("XX", "").casefold()
        and bool(changed)
        and all(" " in text for text in changed)
    )


def main() -> None:
    """Try each module and print what survived."""
    for module in sys.argv[1:] or MODULES:
        place = prepare(module)
        mutmut(place, "run", "--max-children", str(os.cpu_count()))
        mutmut(place, "export-cicd-stats")
        stats = json.loads((place / "mutants" / "mutmut-cicd-stats.json").read_text("utf-8"))
        statuses = dict(line.strip().split(": ") for line in mutmut(place, "results").splitlines())
        diffs = [mutmut(place, "show", one) for one in statuses if statuses[one] == "survived"]
        survivors = [diff for diff in diffs if not is_wording(diff)]
        untried = sum(status == "no tests" for status in statuses.values())
        tried = stats["total"] - untried - (len(diffs) - len(survivors))
        found = f"{tried - len(survivors)} of {tried} faults found by {tests_of(module)}"
        apart = f"; {untried} in functions that these tests do not call" if untried else ""
        print(f"{module}: {found}{apart}", *survivors, sep="\n\n", flush=True)


if __name__ == "__main__":
    main()
