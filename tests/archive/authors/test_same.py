"""Which names are one author: the evidence, what contradicts it, and a person's decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.articles.details import details
from archive.authors.corrections import Corrections, read_corrections
from archive.authors.same import decide, join, pairs_of
from archive.models import Author


def by(*names):
    return {"authors": tuple(Author(name) for name in names)}


def signed_again(shelf, before, after):
    """An article that *before* signed, and *after* signs since an edit."""
    id = shelf.add("Lũ lên", **by(*after))
    article = details(shelf.connection, id).article
    shelf.revise(
        id,
        replace(article, authors=tuple(Author(name) for name in before)),
        seen="2026-11-25T15:00:00.000Z",
        edit="stamped",
        fields=["authors"],
    )
    return id


def twice(shelf, one, other):
    """The same text at two addresses, signed with one name each."""
    ids = shelf.add("Lúa", **by(one)), shelf.add("Lúa", **by(other))
    shelf.connection.execute("INSERT INTO duplicates VALUES (?, ?, 'exact', 1.0, '')", ids)


NONE = Corrections()


def joined(shelf, corrections=NONE):
    return {(one.name, one.same_as, one.reason) for one in decide(shelf.connection, corrections)}


def test_the_form_alone_proves_nothing(shelf):
    shelf.add(**by("Ngọc Lâm"))
    shelf.add(**by("N.Lâm"))
    assert joined(shelf) == set()
    [pair] = pairs_of(shelf.connection)
    assert (pair.short, pair.full, pair.form, pair.reason) == (
        "N.Lâm", "Ngọc Lâm", "initials", None,
    )  # fmt: skip


def test_two_versions_of_an_article_prove_it(shelf):
    shelf.add(**by("N.LÂM"))
    signed_again(shelf, ["N.Lâm"], ["Ngọc Lâm"])
    assert joined(shelf) == {("N.LÂM", "Ngọc Lâm", "version")}


def test_one_text_at_two_addresses_proves_it(shelf):
    twice(shelf, "K.D", "Khánh Duy")
    assert joined(shelf) == {("K.D", "Khánh Duy", "duplicate")}


def test_names_that_are_no_forms_of_each_other_are_never_joined(shelf):
    twice(shelf, "Mỹ Lý", "Khánh Duy")
    signed_again(shelf, ["Thanh Hà"], ["Thành Hà"])
    assert joined(shelf) == set()


@pytest.mark.parametrize("where", ["an article", "an older version"])
def test_names_side_by_side_are_two_people(shelf, where):
    twice(shelf, "N.Lâm", "Ngọc Lâm")
    if where == "an article":
        shelf.add(**by("Ngọc Lâm", "N.Lâm"))
    else:
        signed_again(shelf, ["Ngọc Lâm", "N.Lâm"], ["Ngọc Lâm"])
    assert joined(shelf) == set()


def test_evidence_for_two_people_is_evidence_for_neither(shelf):
    twice(shelf, "N.Lâm", "Ngọc Lâm")
    twice(shelf, "N.Lâm", "Nhật Lâm")
    assert joined(shelf) == set()


def test_a_chain_leads_to_the_fullest_name(shelf):
    twice(shelf, "N.Lâm", "Ngọc Lâm")
    twice(shelf, "Ngọc Lâm", "Nguyễn Ngọc Lâm")
    assert {same_as for _, same_as, _ in joined(shelf)} == {"Nguyễn Ngọc Lâm"}


def test_a_person_outranks_the_evidence(shelf, tmp_path):
    twice(shelf, "N.Lâm", "Ngọc Lâm")
    shelf.add(**by("Nhật Lâm"))
    (tmp_path / "authors.toml").write_text('[[different]]\nnames = ["N.Lâm", "Ngọc Lâm"]')
    assert joined(shelf, read_corrections(tmp_path)) == set()
    (tmp_path / "authors.toml").write_text('[[same]]\nname = "Nhật Lâm"\nalso = ["N.LÂM"]')
    assert joined(shelf, read_corrections(tmp_path)) == {("N.Lâm", "Nhật Lâm", "file")}


def test_rows_follow_the_decision_back_and_forth(shelf, tmp_path):
    shelf.add(**by("N.L"))

    def rows():
        return sorted(
            shelf.connection.execute(
                "SELECT a.name, b.name, a.same_reason FROM authors AS a"
                " LEFT JOIN authors AS b ON b.id = a.same_as"
            )
        )

    # The name to show stands in no byline yet.
    (tmp_path / "authors.toml").write_text('[[same]]\nname = "Ngọc Lâm"\nalso = ["N.L"]')
    for _ in range(2):
        join(shelf.connection, read_corrections(tmp_path))
        assert rows() == [("N.L", "Ngọc Lâm", "file"), ("Ngọc Lâm", None, None)]
        articles = shelf.connection.execute("SELECT author, printed FROM articles_by_author")
        assert articles.fetchall() == [("Ngọc Lâm", "N.L")]
    join(shelf.connection, Corrections())
    assert rows() == [("N.L", None, None)]
