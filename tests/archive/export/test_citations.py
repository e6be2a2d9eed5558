"""Exports of citations: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json

import pytest

from archive.articles.details import details
from archive.export.export import export_citations
from archive.models import Author


@pytest.mark.parametrize(("style", "name"), [("bibtex", "a.bib"), ("ris", "a.ris")])
def test_citations_name_revision_day_and_capture(edited, tmp_path, style, name):
    made = export_citations(edited.connection, tmp_path / name, "", style)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert made.rows == 2
    assert "Lũ lên nhanh" in text
    assert "revision 2, seen 2026-11-08T01:00:00.000Z" in text
    capture = details(edited.connection, 1)
    assert capture.capture(capture.latest).payload_digest in text


def test_csl_json(edited, tmp_path):
    export_citations(edited.connection, tmp_path / "a.json", "rút", "csl-json")
    (item,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2018, 1, 3]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 2]]}


def test_names_and_signs_survive_bibtex(shelf, tmp_path):
    shelf.add("50% lúa & gạo_{sạch}", authors=(Author("Nguyễn Văn An", "text"), Author("K.D")))
    export_citations(shelf.connection, tmp_path / "a.bib", "", "bibtex")
    text = (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert r"title = {{50\% lúa \& gạo\_\{sạch\}}}" in text
    assert "author = {{Nguyễn Văn An} and {K.D}}" in text
