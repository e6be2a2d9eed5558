"""All details of one article: versions, addresses, captures, copies."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from archive.articles.details import details
from archive.errors import NotFound
from archive.models import Article


@pytest.fixture
def edited(shelf):
    id = shelf.add(
        "Có 31 hộ được cất nhà",
        key="dto:84085",
        site_id="84085",
        url="https://baodongthap.vn/xa-hoi/co-31-ho-84085.aspx",
        lead="Sáng 3/1, UBND xã Tân Nghĩa trao nhà.",
        body="Sáng 3/1, UBND xã Tân Nghĩa trao nhà.\n\nÔng Nguyễn Văn An cảm ơn 31 nhà hảo tâm.",
        seen="2026-11-01T01:00:00.000Z",
    )
    first = details(shelf.connection, id).article
    shelf.revise(
        id,
        replace(first, body=first.body.replace("31 nhà", "29 nhà").replace("An cảm", "Anh cảm")),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["body"],
    )
    return shelf


def test_a_revision_that_is_not_there_is_said(edited):
    with pytest.raises(NotFound, match="dto:84085 has no revision 3; it has the revisions 1 to 2"):
        details(edited.connection, 1).revision(3)


def test_the_record_is_complete_and_json(edited):
    found = details(edited.connection, 1)
    record = json.loads(json.dumps(found.to_dict()))
    assert set(Article.__dataclass_fields__) <= set(record)
    assert [revision["number"] for revision in record["revisions"]] == [1, 2]
    assert record["revisions"][1]["edit"] == "silent"
    assert record["revisions"][1]["capture"]["fetched_at"] == "2026-11-08T01:00:00.000Z"
    assert record["captures"] == 2
    assert record["addresses"][0]["url"].endswith("84085.aspx")


def test_copies_are_named_from_either_side(edited):
    other = edited.add("Bài lặp")
    edited.connection.execute(
        "INSERT INTO duplicates VALUES (1, ?, 'near', 0.93, '2026-11-09T00:00:00.000Z')", (other,)
    )
    (one,) = details(edited.connection, 1).duplicates
    (two,) = details(edited.connection, other).duplicates
    assert (one.title, one.kind, two.key) == ("Bài lặp", "near", "dto:84085")


@pytest.mark.parametrize("name", ["dto:1", "999", ""])
def test_what_is_not_there_is_said(edited, name):
    with pytest.raises(NotFound, match="no article is known as"):
        details(edited.connection, name)
