"""Nights judged again: the order of nights and imports leaves no trace."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.comparison import contents, differences
from tests.archive.empty import new_archive
from tests.archive.history.nights import Nights, edited, elsewhere, page

_NUMBERS = tuple(range(1, 10))
_EVENTS = st.lists(
    st.tuples(
        st.integers(0, 50),  # night
        st.sampled_from(_NUMBERS),
        st.sampled_from(("page",) * 4 + ("gone", "gone", "unchanged", "import", "elsewhere")),
        st.integers(0, 2),
    ),
    min_size=6,
    max_size=60,
    unique_by=lambda event: event[:2],
)
_STORMS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from(("gone", "page"))), max_size=5)


def tell(nights: Nights, event: tuple[int, int, str, int]) -> None:
    night, number, kind, variant = event
    article = edited(page(number), word=("lúa", "xoài", "nhãn")[variant])[0]
    if kind == "elsewhere":
        article = elsewhere(article, number)
    if kind == "page" and variant == 2 and number % 2:
        article = replace(article, title=f"Bài {night % 3}", flags=("address:unproved",))
    url = article.url or ""
    if kind in ("page", "elsewhere"):
        nights.archive.save(article, nights.capture(night, url))
    elif kind == "gone":
        nights.archive.mark_gone(url, "404", nights.capture(night, url, 404), crawl_id=None)
    elif kind == "unchanged":
        nights.archive.seen_again(url, nights.capture(night, url, 304), crawl_id=None)
    else:
        at = nights.capture(night, url).fetched_at.replace("T20", "T02")
        nights.imported(article, at if variant else at.replace("2026", "2099"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(events=_EVENTS, storms=_STORMS, seed=st.integers(0, 10_000))
def test_the_order_of_nights_and_imports_does_not_matter(
    events: list[tuple[int, int, str, int]], storms: list[tuple[int, str]], seed: int
) -> None:
    for night, kind in storms:
        events = [e for e in events if e[0] != night]
        events += [(night, number, kind, 1) for number in _NUMBERS]
    shuffled = list(events)
    random.Random(seed).shuffle(shuffled)
    with (
        tempfile.TemporaryDirectory() as folder,
        new_archive(Path(folder, "one")) as in_time,
        new_archive(Path(folder, "other")) as anyhow,
    ):
        in_time.batch_size = anyhow.batch_size = len(events)
        by_night, at_random = Nights(in_time), Nights(anyhow)
        imports = [event for event in events if event[2] == "import"]
        live = sorted(event for event in events if event[2] != "import")
        for night in sorted({event[0] for event in live}):
            in_time.holding = True
            for event in live:
                if event[0] == night:
                    tell(by_night, event)
            in_time.holding = False
            in_time.judge_night(by_night.capture(night, "").warc_file)
        for event in imports:
            tell(by_night, event)
        for event in shuffled:
            tell(at_random, event)
        anyhow.rejudge_nights()
        assert differences(in_time.connection, anyhow.connection) == {}
        assert contents(in_time.connection) == contents(anyhow.connection)
