"""The lists: their rows, and how a query narrows them."""

from __future__ import annotations

import pytest

from archive.authors.corrections import Corrections
from archive.authors.same import join
from archive.models import Author
from archive.reports.lists import NAMES, listing
from archive.search.parser import parse


@pytest.fixture(scope="module")
def people(new_shelf):
    shelf = new_shelf()
    for number, (names, section, source, tags, date) in enumerate(
        (
            (("Mỹ Lý",), "xa-hoi", None, ("lũ",), "2018-01-03"),
            (("Mỹ Lý", "K.D"), "xa-hoi", None, ("lũ", "lúa"), "2018-02-03"),
            (("Khánh Duy",), "kinh-te", "TTXVN", (), "2019-02-03"),
            ((), None, None, (), None),
        )
    ):
        shelf.add(
            f"Bài {number}", authors=tuple(map(Author, names)), section=section,
            section_slug=section, source=source, tags=tags,
            updated_at=date and f"{date}T05:00:00+07:00", body="lũ về" if number else "lũ",
        )  # fmt: skip
    join(shelf.connection, Corrections({"k d": "khánh duy"}, {"khánh duy": "Khánh Duy"}))
    shelf.connection.execute("INSERT INTO duplicates VALUES (1, 2, 'near', 0.91, '')")
    shelf.connection.execute("INSERT INTO duplicates VALUES (3, 4, 'exact', 1.0, '')")
    shelf.connection.commit()
    return shelf.connection


def rows(connection, name, query="", *columns):
    found = listing(connection, name, parse(query)).to_dicts()
    return [tuple(row[column] for column in columns) for row in found]


@pytest.mark.parametrize(
    ("name", "query", "columns", "expected"),
    [
        (
            "authors", "", ("author", "articles", "first", "last", "also", "evidence"),
            [("Khánh Duy", 2, "2018-02-03", "2019-02-03", "K.D", "file"),
             ("Mỹ Lý", 2, "2018-01-03", "2018-02-03", None, None)],
        ),
        ("authors", "section:kinh-te", ("author", "articles"), [("Khánh Duy", 1)]),
        # The co-authors of one author are the authors of her articles.
        ("authors", 'author:"Mỹ Lý"', ("author", "articles"), [("Mỹ Lý", 2), ("Khánh Duy", 1)]),
        ("sections", 'author:"K.D"', ("slug", "articles"), [("kinh-te", 1), ("xa-hoi", 1)]),
        ("sections", "", ("slug", "articles"), [("xa-hoi", 2), (None, 1), ("kinh-te", 1)]),
        ("sources", "", ("source", "articles"), [("TTXVN", 1)]),
        ("tags", "", ("tag", "articles"), [("lũ", 2), ("lúa", 1)]),
        (
            "years", "", ("year", "articles", "reprints", "syllables"),
            [(None, 1, 0, 2), ("2018", 2, 0, 3), ("2019", 1, 1, 2)],
        ),
        (
            "duplicates", "", ("key", "other", "kind"),
            [("dto:3", "dto:4", "exact"), ("dto:1", "dto:2", "near")],
        ),
        ("duplicates", "tag:lúa", ("key", "other"), [("dto:1", "dto:2")]),
    ],
)  # fmt: skip
def test_a_list(people, name, query, columns, expected):
    assert rows(people, name, query, *columns) == expected


def test_edits_and_losses(edited):
    connection = edited.connection
    assert rows(connection, "edited", "", "key", "version", "edit") == [("dto:1", 2, "silent")]
    assert rows(connection, "silent", "", "key") == [("dto:1",)]
    assert rows(connection, "gone", "", "key", "how") == [("dto:2", "404")]
    assert rows(connection, "gone", "gone:no", "key") == []


def test_an_article_that_two_nights_missed_and_that_is_there_has_returned(shelf):
    shelf.add("Có lại")
    shelf.add("Một đêm vắng")
    for id, nights in ((1, 2), (2, 1)):
        for night in range(nights):
            shelf.connection.execute(
                "INSERT INTO captures(url, fetched_at, status, warc_file, warc_offset,"
                " warc_length, payload_digest, outcome, article_id)"
                " VALUES ('u', ?, 404, 'w', ?, 1, 'sha1:x', 'gone', ?)",
                (f"2026-11-1{night}T00:00:00.000Z", 10 * id + night, id),
            )
    assert rows(shelf.connection, "returned", "", "key") == [("dto:1",)]
    assert rows(shelf.connection, "years", "gone:returned", "articles") == [(1,)]


@pytest.mark.parametrize("name", NAMES)
def test_the_beginning_of_a_list_says_that_there_is_more(people, name):
    whole = listing(people, name)
    for limit in range(1, len(whole.rows) + 2):
        part = listing(people, name, limit=limit)
        assert part.rows == whole.rows[:limit]
        assert part.more == (limit < len(whole.rows))
