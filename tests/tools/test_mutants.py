"""The tool of ``make mutants``: which tests it runs, and which faults are in wording only."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mutants():
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "tools/mutants.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_its_modules_and_their_tests_are_there(mutants):
    for module in mutants.MODULES:
        assert (ROOT / module).exists(), module
        assert list((ROOT / mutants.tests_of(module)).parent.glob("test_*.py")), module


def test_a_module_without_tests_of_its_name_is_tried_with_those_of_its_package(mutants):
    assert mutants.tests_of("archive/frontier.py") == "tests/archive/test_frontier.py"
    assert mutants.tests_of("archive/verify/no_such.py") == "tests/archive/verify"


@pytest.mark.parametrize(
    ("old", "new", "wording"),
    [
        ('return Result(1, "no answer")', 'return Result(1, "XXno answerXX")', True),
        ('return Result(1, "no answer")', 'return Result(1, "NO ANSWER")', True),
        ('return Result(1, "no answer")', 'return Result(2, "no answer")', False),
        ('return Result(1, "no answer")', "return Result(1, None)", False),
        ('seen["errors"]', 'seen["XXerrorsXX"]', False),
        ('seen["errors"]', 'seen["ERRORS"]', False),
    ],
)
def test_a_fault_in_wording_is_one_of_a_sentence(mutants, old, new, wording):
    diff = f"# name: survived\n--- a.py\n+++ a.py\n@@ -1,1 +1,1 @@\n def f():\n-    {old}\n+    {new}\n"
    assert mutants.is_wording(diff) is wording
