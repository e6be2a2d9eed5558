"""Tables for a terminal, a document and another program; the marks in docs/benchmarks.md."""

import re

import pytest

from benchmarks import registry
from benchmarks.__main__ import DOCUMENT
from benchmarks.tables import Finding, Report, Table, replace_between


def test_a_finding_knows_whether_it_is_met():
    assert Finding("speed", 0.6, 0.6, ">=").met
    assert not Finding("speed", 0.59, 0.6, ">=").met
    assert Finding("cost", 1.6, 1.6, "<=", "×").cells() == ["cost", "1.60×", "≤ 1.60×", "✓"]
    assert Finding("cost", 1.7, 1.6, "<=").mark == "✗"


def test_text_between_the_marks_is_replaced_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- one -->\nold\n<!-- /one -->\nb\n<!-- two -->\n<!-- /two -->\n")
    replace_between(page, "one", r"new \1")
    replace_between(page, "two", "more")
    assert page.read_text() == (
        "a\n<!-- one -->\n\nnew \\1\n<!-- /one -->\nb\n<!-- two -->\n\nmore\n<!-- /two -->\n"
    )
    before = page.read_text()
    replace_between(page, "one", r"new \1")
    assert page.read_text() == before


def test_a_document_without_the_mark_is_an_error(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(ValueError, match="expected one"):
        replace_between(page, "one", "x")


def test_markdown_sets_ours_in_bold_and_says_how_it_was_made():
    table = Table("T", ("system", "F1"), [["khobao", "100"], ["peer", "93"]], "Note.", "khobao")
    text = Report("x", "python -m x", [table], [Finding("f", 1, 2, "<=")]).markdown()
    assert "| **khobao** | **100** |" in text
    assert "| peer | 93 |" in text
    assert "Made by `python -m x` on" in text


@pytest.mark.parametrize("name", registry.MODULES)
def test_every_benchmark_can_report_and_has_its_place_in_the_document(name):
    assert registry.find(name) is not None
    text = DOCUMENT.read_text("utf-8")
    assert len(re.findall(rf"<!-- /?{name} -->", text)) == 2
