"""What silent, frozen and redesigned lists prove, against the archive's own past."""

from datetime import datetime, timedelta

import pytest

from crawler.run.alarms import Lists, Run, shape_of

HOME = "https://baodongthap.vn/"
NEW_SHAPE = [
    f"https://baodongthap.vn/2027/03/{day}/cho-noi-cai-be-so-{day}" for day in range(10, 16)
]
DRAWN = "a page that scripts fill in"


def seen(*lists, new=0):
    """(address, known, articles, unknown addresses, looks) of each list."""
    found = Lists()
    for url, known, articles, unknown, looks in lists:
        found.note(url, known=known, articles=articles, unknown=unknown, looks=looks)
    found.new = new
    return found


def rubrics(count, *, known=True, articles=10, looks=None, unknown=()):
    return [(f"{HOME}rubric-{n}", known, articles, unknown, looks) for n in range(count)]


def nights(*days, code=0, first="2026-06-01", **counts):
    """A run for each day, with so many new articles."""
    start = datetime.fromisoformat(f"{first}T20:17:00+00:00")
    return [
        Run(
            (start + timedelta(days=n)).isoformat(),
            code,
            {"lists_read": 5, "listed_new": new} | counts,
        )
        for n, new in enumerate(days)
    ]


def drift(lists, past=(), *, now=None, whole=True):
    last = past[-1].started_at if past else "2026-06-01T20:17:00+00:00"
    now = now or (datetime.fromisoformat(last) + timedelta(days=1)).isoformat()
    return [found.text for found in lists.drift(now, past, front_page=HOME, whole=whole)]


def test_a_good_night_says_nothing():
    lists = seen((HOME, True, 30, [], None), *rubrics(5), new=6)
    assert lists.unwell(HOME) is None
    assert drift(lists, nights(5, 6, 0, 7)) == []


@pytest.mark.parametrize("known", [True, False])
def test_no_list_names_an_article(known):
    lists = seen((HOME, known, 0, [], "a maintenance page"), *rubrics(3, known=known, articles=0))
    assert "none of 4 lists names an article" in lists.unwell(HOME)


def test_lists_that_lead_nowhere_are_named_for_what_they_look_like():
    lists = seen(
        (HOME, True, 30, [], None),
        *rubrics(2),
        *[(f"{HOME}silent-{n}", True, 0, [], "a login page") for n in range(2)],
    )
    assert lists.unwell(HOME) == (
        "2 of 5 lists that named articles name none any more; most look like a login page"
    )


def test_one_rubric_of_many_may_be_empty():
    lists = seen((HOME, True, 30, [], None), *rubrics(9), (f"{HOME}x", True, 0, [], None))
    assert lists.unwell(HOME) is None
    assert drift(lists) == []


def test_pages_that_never_named_articles_are_no_lists():
    lists = seen((HOME, True, 30, [], None), *rubrics(4, known=False, articles=0))
    assert lists.unwell(HOME) is None


def test_the_front_page_alone_falls_silent():
    lists = seen((HOME, True, 0, [], "a page of the paper that shows no article"), *rubrics(9))
    assert "front page" in lists.unwell(HOME)


@pytest.mark.parametrize("known", [True, False])
def test_lists_that_scripts_draw_are_a_new_design(known):
    lists = seen((HOME, known, 0, [], DRAWN), *rubrics(3, known=known, articles=0, looks=DRAWN))
    assert lists.unwell(HOME) is None
    assert [DRAWN in sentence for sentence in drift(lists)] == [True]


@pytest.mark.parametrize("past", [(), nights(5, 6)])
def test_addresses_of_a_new_shape_only(past):
    lists = seen((HOME, True, 0, NEW_SHAPE, None))
    assert lists.unwell(HOME) is None
    [sentence] = drift(lists, past)
    assert sentence == (f"the lists name no address of a known shape: {', '.join(NEW_SHAPE[:3])}")


def test_new_articles_at_a_new_shape_among_old_ones():
    lists = seen((HOME, True, 30, NEW_SHAPE[:3], None), *rubrics(5))
    [sentence] = drift(lists, nights(5, 6))
    assert sentence.startswith("the lists name addresses of a new shape: ")
    # The night after, it is no less true.
    alarmed = nights(0, code=4, **{"shape/0/0/0/slug": 6})
    assert drift(lists, [*nights(5, 6), *alarmed])


def test_a_shape_that_was_always_there_is_harmless():
    lists = seen((HOME, True, 30, NEW_SHAPE, None), *rubrics(5), new=4)
    assert drift(lists, nights(5, 6, **{"shape/0/0/0/slug": 5})) == []
    assert drift(lists, nights(5, 6, 7, **{"shape/0/0/0/slug": 1})) == []
    assert drift(lists, nights(5, 6, **{"shape/0/0/0/slug": 2})) != []
    # Of an archive that never looked for shapes, the first night cannot say.
    assert drift(lists, [Run("2026-06-01T20:17:00+00:00", 0, {"new": 5})]) == []
    # Seven nights with news beside it: an operator is not woken for ever.
    assert drift(lists, nights(*[5] * 7, code=4, **{"shape/0/0/0/slug": 5})) == []


def test_two_addresses_are_no_shape():
    assert drift(seen((HOME, True, 30, NEW_SHAPE[:2], None)), nights(5, 6)) == []


@pytest.mark.parametrize(
    ("past", "quiet", "alarm"),
    [
        (nights(*[6] * 30), 2, False),  # a weekend
        (nights(*[6] * 30), 4, False),
        (nights(*[6] * 30), 5, True),
        (nights(*[6, 0, 0, 0, 0, 0] * 6), 7, False),  # it was as long before, and a day or two more
        (nights(*[6, 0, 0, 0, 0, 0] * 6), 14, True),
        (nights(6, 6, 6), 4, False),  # too young to know better
        (nights(6, 6, 6), 5, True),
        (nights(*[6] * 30, first="2026-12-27"), 8, False),  # Tết
        (nights(*[6] * 30, first="2026-12-27"), 9, True),
        (nights(*[0] * 30), 30, False),  # it never named anything: `unwell` knows of that
    ],
)
def test_lists_that_name_nothing_new(past, quiet, alarm):
    last = max((run.started_at for run in past if run.counts["listed_new"]), default=None)
    now = datetime.fromisoformat(last or past[-1].started_at) + timedelta(days=quiet, minutes=3)
    lists = seen((HOME, True, 30, [], None))
    found = drift(lists, past, now=now.isoformat())
    assert bool(found) is alarm, found
    if alarm:
        assert found[0].startswith(f"no list has named a new article for {quiet} days")
    assert drift(lists, past, now=now.isoformat(), whole=False) == []


def test_weeks_without_a_run_are_no_silence_of_the_paper():
    past = [*nights(*[6] * 20, first="2026-05-01"), *nights(*[6] * 10, first="2026-06-20")]
    now = (datetime.fromisoformat(past[-1].started_at) + timedelta(days=5)).isoformat()
    [sentence] = drift(seen((HOME, True, 30, [], None)), past, now=now)
    assert "the longest so far was 1" in sentence


def test_a_run_that_begins_minutes_later_is_not_a_day_later():
    past = nights(*[6] * 30)
    last = datetime.fromisoformat(past[-1].started_at)
    lists = seen((HOME, True, 30, [], None))
    for minutes in (-30, 30):
        now = last + timedelta(days=4, minutes=minutes)
        assert drift(lists, past, now=now.isoformat()) == []


def test_an_archive_of_before_counts_what_was_new():
    past = [run._replace(counts={"new": 5}) for run in nights(*[6] * 30)]
    now = (datetime.fromisoformat(past[-1].started_at) + timedelta(days=9)).isoformat()
    assert drift(seen((HOME, True, 30, [], None)), past, now=now)


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("/2027/03/14/cho-noi-cai-be", "/0/0/0/slug"),
        ("/bai-viet/cho-noi-cai-be.412000", "/word/slug.0"),
        ("/post/412000", "/word/0"),
        ("/cho-noi-cai-be-post412000.html", "/slug.html"),
        ("/" + "a-" * 5000, "/slug"),
    ],
)
def test_shapes(url, shape):
    assert shape_of(f"https://baodongthap.vn{url}") == shape
