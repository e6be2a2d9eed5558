"""docs/search.md tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.search import parser
from archive.search import query as language
from archive.search.parser import parse
from archive.vietnamese import fold

DOCS = Path(__file__).parents[3] / "docs" / "search.md"


def documented():
    first = DOCS.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", first, re.MULTILINE)
    assert len(rows) > 10
    return rows


@pytest.mark.parametrize(("typed", "understood"), documented())
def test_the_page_in_docs_tells_the_truth(typed, understood):
    assert language.describe(parse(typed)) == understood


def test_every_field_in_docs_is_a_field():
    text = DOCS.read_text(encoding="utf-8").partition("## Fields and dates")[2]
    named = re.findall(r"`([^\W\d_]+)`", text.partition("\nDates, names")[0])
    known = {*parser._TEXT_FIELDS, *parser._NAME_FIELDS, *parser._DATE_FIELDS}
    assert {fold(name) for name in named} - {"hoac", "or"} <= known
    assert len(named) > 25


def test_the_sql_in_docs_works(shelf):
    id = shelf.add("Dân vận khéo")
    text = DOCS.read_text(encoding="utf-8")
    for statement in re.search(r"```sql\n(.*?)```", text, re.DOTALL).group(1).splitlines():
        assert shelf.connection.execute(statement).fetchall() == [(f"dto:{id}", "Dân vận khéo")]
