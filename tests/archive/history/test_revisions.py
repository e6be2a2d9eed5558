"""What is an edit by the newspaper: pages in the order of time go in, revisions come out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.history.revisions import (
    Observation,
    RevisionDraft,
    build_revisions,
    edit_of,
    reconcile,
)
from archive.models import Article, Author, Image
from tests.archive.pages import DAY, article

LATER = "2019-05-03T08:00:00+07:00"


def observed(*pages: Article | str) -> list[Observation]:
    """One observation a minute: a page, ``gone``, or ``unchanged``."""
    found = []
    for minute, page in enumerate(pages):
        at = f"2026-11-20T15:{minute:02}:00.000Z"
        if isinstance(page, Article):
            seen = Observation(at, page.url or "", "article", minute, page)
        else:
            seen = Observation(at, article().url or "", page, minute)  # type: ignore[arg-type]
        found.append(seen)
    return found


def revisions(*pages: Article | str) -> list[RevisionDraft]:
    return build_revisions(observed(*pages))[0]


def newer(**changes: Any) -> Article:
    """The same article in the newest generation's template."""
    return article("dto:a7001", **changes)


@pytest.mark.parametrize(
    ("changed", "edit"),
    [
        (["title"], "silent"),
        (["body", "images"], "silent"),
        (["title", "updated_at"], "stamped"),
        (["title", "published_at"], "stamped"),
        (["updated_at"], "bump"),
        (["published_at"], "bump"),
    ],
)
def test_an_edit_is_named_by_what_changed(changed: list[str], edit: str) -> None:
    assert edit_of(changed) == edit


def test_each_capture_is_told_its_revision() -> None:
    first, second = article(), article(title="Tựa mới")
    drafts, revision_of = build_revisions(observed(first, "unchanged", second, "gone", second))
    assert [draft.number for draft in drafts] == [1, 2]
    assert revision_of == {0: 1, 1: 1, 2: 2, 4: 2}
    assert drafts[0].last_seen_at == "2026-11-20T15:01:00.000Z"
    assert (drafts[1].changed_fields, drafts[1].edit) == (("title",), "silent")


def test_not_modified_before_any_page_shows_nothing() -> None:
    assert build_revisions(observed("unchanged", "gone")) == ([], {})


def test_the_newest_generation_names_the_section_on_every_page_of_it() -> None:
    drafts = revisions(article(), newer(section="Đời sống"), newer(section="Nông thôn mới"))
    assert len(drafts) == 1
    assert drafts[0].article.section == "Nông thôn mới"


def test_an_older_generation_names_no_section_once_there_is_a_newer() -> None:
    drafts = revisions(newer(section="Đời sống"), article(section="Xã hội"))
    assert [draft.article.section for draft in drafts] == ["Đời sống"]
    assert drafts[0].article.url == newer().url


def test_a_page_of_an_older_generation_may_still_edit() -> None:
    drafts = revisions(article(), newer(), article(title="Tựa mới"))
    assert [draft.article.title for draft in drafts] == [article().title, "Tựa mới"]
    assert drafts[1].article.url == article().url  # the page that showed it


@pytest.mark.parametrize(
    ("name", "value"), [("kicker", "Lấp Vò"), ("byline", "Mỹ Lý"), ("source", "TTXVN")]
)
def test_a_template_that_speaks_first_adds_and_takes_nothing_away(name: str, value: str) -> None:
    with_it, without = newer(**{name: value}), article(**{name: None})
    for pages in ((with_it, without), (without, with_it)):
        drafts = revisions(*pages)
        assert len(drafts) == 1
        assert getattr(drafts[0].article, name) == value
    # In the template that showed it before, its absence is an edit.
    gone = revisions(with_it, newer(**{name: None}))
    assert gone[-1].changed_fields == (name,)


def test_typography_is_a_templates_and_words_are_an_editors() -> None:
    quoted = newer(title="Phát động “trồng cây” xanh")
    assert len(revisions(article(title='Phát động "trồng cây" xanh'), quoted)) == 1
    assert len(revisions(quoted, newer(title='Phát động "trồng cây" xanh'))) == 2


def test_a_stamp_may_be_finer_or_vaguer_in_another_template() -> None:
    vague = newer(updated_at="2019-05-02T10:12+07:00", updated_precision="minute")
    for pages in ((article(), vague), (vague, article())):
        drafts = revisions(*pages)
        assert len(drafts) == 1
        assert drafts[0].article.updated_at == DAY
    assert revisions(article(), replace(vague, updated_at=LATER))[-1].edit == "bump"


def test_pictures_that_move_are_no_edit_and_captions_are() -> None:
    picture = Image(1, "https://cdn/a.jpg", "Các đoàn viên trồng cây")
    before = article(images=(picture,))
    moved = article(images=(replace(picture, url="https://cdn2/a.jpg"),))
    merged, changed = reconcile(before, moved, before, is_newest=True)
    assert (changed, merged.images) == ((), moved.images)
    worded = article(images=(replace(picture, caption="Học sinh trồng cây"),))
    assert reconcile(before, worded, before, is_newest=True)[1] == ("images",)


def test_a_field_that_its_own_template_repeats_is_no_edit() -> None:
    """Whatever another template made of it in between."""
    split = newer(body="Bài viết in khác đi.")
    drafts = revisions(article(), split, article(), split, article())
    assert [draft.changed_fields for draft in drafts] == [(), ("body",)]


def test_a_revision_says_when_and_by_which_capture_it_was_seen() -> None:
    first, again, second = article(), article(), newer(title="Tựa mới")
    drafts, _ = build_revisions(observed("unchanged", first, again, second))
    assert [(draft.seen_at[14:16], draft.last_seen_at[14:16]) for draft in drafts] == [
        ("01", "02"),
        ("03", "03"),
    ]
    assert [draft.capture_id for draft in drafts] == [1, 3]
    shown = drafts[1].article
    assert (shown.key, shown.site_id, shown.generation) == ("dto:a7001", "a7001", "C")


def test_every_field_that_changed_at_once_is_named_and_taken() -> None:
    before = article(published_at=DAY)
    page = article(
        title="Tựa mới", body="Bài mới.", byline="Dương Út", authors=(Author("Dương Út"),),
        updated_at=LATER, updated_text="Cập nhật ngày: 03/05/2019 08:00:00", published_at=LATER,
    )  # fmt: skip
    merged, changed = reconcile(before, page, before, is_newest=True)
    assert changed == ("title", "body", "byline", "updated_at", "published_at")
    for name in (*changed, "authors", "updated_text"):
        assert getattr(merged, name) == getattr(page, name), name


def test_a_template_that_speaks_first_adds_every_field_that_was_missing() -> None:
    current = article(kicker=None, byline=None, authors=(), source=None, updated_at=None,
                      updated_text=None, updated_precision=None)  # fmt: skip
    page = newer(kicker="Lấp Vò", lead=None, byline="Mỹ Lý", source="TTXVN", published_at=DAY)
    merged, changed = reconcile(current, page, None, is_newest=True)
    assert changed == ()
    for name in ("kicker", "byline", "authors", "source", "updated_at", "published_at"):
        assert getattr(merged, name) == getattr(page, name), name
    assert merged.lead == current.lead


def test_a_stamp_that_its_own_template_repeats_is_no_edit() -> None:
    """Whatever another template said in between, of the other stamp too."""
    old = article(published_at=DAY)
    drafts = revisions(old, newer(updated_at=LATER, published_at=LATER), old)
    assert [draft.changed_fields for draft in drafts] == [(), ("updated_at", "published_at")]
    assert drafts[-1].article.updated_at == LATER
    moved = replace(old, published_at=LATER)
    assert revisions(old, newer(published_at=DAY), moved)[-1].changed_fields == ("published_at",)


@pytest.mark.parametrize("is_newest", [True, False])
def test_what_one_of_two_templates_states_stands(is_newest: bool) -> None:
    named = {"agency": "ĐTO", "section_slug": "xa-hoi", "authors": (Author("Mỹ Lý"),)}
    with_it = article(**named, kind="photo", tags=("cây",))
    without = newer(agency=None, section_slug=None, authors=(), byline=None, tags=())
    for current, page in ((with_it, without), (without, with_it)):
        merged, _ = reconcile(current, page, None, is_newest)
        assert {name: getattr(merged, name) for name in named} == named
        assert (merged.kind, merged.tags) == ("photo", ("cây",))


def test_tags_of_two_templates_are_the_newest_ones() -> None:
    one, other = article(tags=("cây",)), newer(tags=("cây xanh",))
    assert reconcile(one, other, None, is_newest=True)[0].tags == ("cây xanh",)
    assert reconcile(one, other, None, is_newest=False)[0].tags == ("cây",)
    # … and a template that took them away says so of its own.
    assert reconcile(one, article(tags=()), one, is_newest=True)[0].tags == ()
    assert reconcile(other, one, one, is_newest=True)[0].tags == ("cây xanh",)


@pytest.mark.parametrize(
    ("known", "said", "is_newest", "believed"),
    [
        ((None,), ("a", None), False, "said"),  # more pictures
        (("a", None), (None,), True, "known"),
        ((None,), ("a",), False, "said"),  # more captions
        (("a",), (None,), True, "known"),
        (("a",), ("a",), True, "said"),
        (("a",), ("a",), False, "known"),
        ((), ("a",), False, "said"),
    ],
)
def test_of_two_templates_the_one_that_shows_more_pictures_is_believed(
    known: tuple[str | None, ...], said: tuple[str | None, ...], is_newest: bool, believed: str
) -> None:
    def pictures(host: str, captions: tuple[str | None, ...]) -> tuple[Image, ...]:
        return tuple(Image(n, f"{host}/{n}.jpg", text) for n, text in enumerate(captions, 1))

    current = article(images=pictures("https://old", known))
    page = newer(images=pictures("https://new", said))
    merged, _ = reconcile(current, page, None, is_newest)
    assert merged.images == (page if believed == "said" else current).images


def test_a_credit_is_text() -> None:
    picture = Image(1, "https://cdn/a.jpg", "Trồng cây. Ảnh: Mỹ Lý", credit="Mỹ Lý")
    before = article(images=(picture,))
    page = article(images=(replace(picture, credit="Dương Út"),))
    assert reconcile(before, page, before, is_newest=True)[1] == ("images",)
