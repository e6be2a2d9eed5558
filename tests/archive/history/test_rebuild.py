"""The archive as a function of its captures: in whatever order, the same articles."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.archive import Alias, Archive
from archive.models import Article, Image
from benchmarks.comparison import contents, differences
from benchmarks.corpus import Writer
from tests.archive.empty import new_archive
from tests.archive.pages import TEXT, article, capture, save


@dataclass(frozen=True)
class Event:
    """Something a crawl sees."""

    at: int
    kind: str
    key: str
    variant: int


_KEYS = ("dto:10", "dto:11", "dto:b5", "dto:a70", "dto:a71")
_BODIES = (TEXT, TEXT + "\n\nNgoài ra, huyện trao 20 suất quà.", TEXT.replace("300", "350"), None)


def page_of(event: Event) -> Article:
    v = event.variant
    page = article(event.key, body=_BODIES[v % 4], kicker="Lấp Vò" if v % 3 == 0 else None)
    if event.key.startswith("dto:b"):
        page = replace(page, updated_at=None, updated_text=None, updated_precision=None)
    elif v % 5 == 1:
        page = replace(page, updated_at="2019-05-04T07:00+07:00", updated_precision="minute")
    if v % 7 == 2:
        page = replace(page, byline=None, authors=(), tags=("cây xanh", "nông thôn mới"))
    if v % 4 == 1:
        page = replace(
            page,
            section="Xã Hội",
            images=(Image(1, f"https://cdn/{v}.jpg", "Học sinh trồng cây", None, 1),),
        )
    if v % 6 == 5 and page.generation == "A":
        page = replace(
            page, url=(page.url or "").replace("xa-hoi", "moi-truong"), section_slug="moi-truong"
        )
    return page


def replay(archive: Archive, events: list[Event]) -> None:
    for event in events:
        page = page_of(event)
        url = page.url or ""
        seen = capture(event.at, f"{url}#{event.kind}")
        if event.kind == "article":
            archive.save(page, seen)
        elif event.kind == "gone":
            archive.mark_gone(url, "404", seen, crawl_id=None)
        elif event.kind == "unchanged":
            archive.seen_again(url, seen, crawl_id=None)
        else:
            target = article("dto:a71" if event.variant % 2 else "dto:a70").url or ""
            if target != url:
                alias = Alias(url, event.key, page.generation, page.section_slug)
                archive.redirected(alias, target, seen, crawl_id=None)


_EVENTS = st.lists(
    st.builds(
        Event,
        at=st.integers(0, 2000),
        kind=st.sampled_from(("article",) * 6 + ("unchanged",) * 2 + ("gone", "redirect")),
        key=st.sampled_from(_KEYS),
        variant=st.integers(0, 60),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda event: event.at,
)


# Failures are not shrunk: two databases an example make that a matter of minutes.
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS, seed=st.integers(0, 10_000))
def test_the_order_of_captures_does_not_matter(events: list[Event], seed: int) -> None:
    shuffled = list(events)
    random.Random(seed).shuffle(shuffled)
    with (
        tempfile.TemporaryDirectory() as folder,
        new_archive(Path(folder, "one")) as in_time,
        new_archive(Path(folder, "other")) as anyhow,
    ):
        in_time.batch_size = anyhow.batch_size = len(events)
        replay(in_time, sorted(events, key=lambda event: event.at))
        replay(anyhow, shuffled)
        assert differences(in_time.connection, anyhow.connection) == {}
        assert contents(in_time.connection) == contents(anyhow.connection)
        anyhow.commit()
        assert anyhow.connection.execute("PRAGMA foreign_key_check").fetchall() == []


# It is the two ways of writing one article that are compared here, in whatever order pages come.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS)
def test_the_short_way_writes_what_a_rebuild_would(events: list[Event]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        new_archive(Path(folder, "one")) as quick,
        new_archive(Path(folder, "other")) as general,
        pytest.MonkeyPatch.context() as patched,
    ):
        quick.batch_size = general.batch_size = len(events)
        replay(quick, events)
        patched.setattr("archive.history.save._seen_again", lambda *_: None)
        replay(general, events)
        assert contents(quick.connection) == contents(general.connection)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_newspaper_is_written_alike_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Pages with pictures, people and copies of each other; half of them are seen twice."""
    writer = Writer(seed)
    pages = [page for _, page, _ in writer.articles(40)]
    pages += writer.random.sample(pages, 20)
    pages += [replace(page, key=f"{page.key}9", url=f"{page.url}9") for page in pages[:10]]
    found = []
    for way in ("quick", "general"):
        with new_archive(tmp_path / way) as opened:
            opened.batch_size = 16
            statuses = [save(opened, page, at) for at, page in enumerate(pages)]
            found.append((statuses, contents(opened.connection)))
        monkeypatch.setattr("archive.history.save._seen_again", lambda *_: None)
    assert found[0] == found[1]
    assert sum(saved.duplicates for saved in found[0][0]) == 10
