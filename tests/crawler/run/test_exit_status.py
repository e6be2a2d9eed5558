"""The exit code of a run, for each way in which a night can go wrong."""

import pytest

from archive.alarms import Finding
from archive.errors import DiskFull
from archive.models import Article
from crawler.run.exit_status import FillRates, RunResult, run_result

HEALTHY = {"fetched": 140, "new": 100, "unchanged": 20}


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({}, "finished", 0),
        ({"new": 0, "unchanged": 0, "fetched": 12}, "finished", 0),  # nothing new, none expected
        ({"fetched": 0, "failed": 3, "new": 0, "unchanged": 0}, "finished", 3),
        ({"blocked": 130, "new": 0, "unchanged": 0}, "finished", 3),
        ({"unreachable_lists": 1}, "finished", 3),
        ({"unknown_layout": 1}, "finished", 4),
        # A page that has failed for days is no news; many of them are.
        ({"failed": 1, "new": 0, "unchanged": 0}, "finished", 5),
        ({"failed": 1, "hopeless": 1, "new": 0, "unchanged": 0}, "finished", 0),
        ({"failed": 1, "hopeless": 1, "hopeless_layout": 1}, "finished", 0),
        ({"failed": 90, "hopeless": 90, "hopeless_layout": 90, "new": 0}, "finished", 4),
        # Where lists are read, one page that refuses us is that page's.
        ({"blocked": 1, "new": 0, "unchanged": 0, "lists_naming": 5}, "finished", 5),
        ({"blocked": 1, "new": 0, "unchanged": 0}, "finished", 3),
        ({"lists_failed": 4}, "finished", 0),  # a closed rubric is no article
        ({"failed": 30}, "finished", 5),
        ({"failed": 2}, "finished", 0),
        # More than two pages and more than 5 % of the articles: both, or it is chance.
        ({"failed": 6}, "finished", 0),
        ({"failed": 7}, "finished", 5),
        ({"failed": 2, "new": 10, "unchanged": 0}, "finished", 0),
        ({"failed": 3, "new": 10, "unchanged": 0}, "finished", 5),
        # Nothing was kept at all.
        ({"failed": 2, "new": 0, "unchanged": 0}, "finished", 5),
        ({}, "max_articles", 0),
        ({}, "shutdown", 130),
        ({}, "start_error", 1),
        ({"errors": 1}, "finished", 1),
        ({"refused": 1}, "the archive answers 403", 3),
        ({"doubtful_lists": 1}, "finished", 3),
        # An index without any page that it names is an answer too.
        ({"fetched": 0, "index_pages": 1, "new": 0, "unchanged": 0}, "finished", 0),
        # More than two block pages, and as many as articles.
        ({"blocked": 2, "new": 2, "unchanged": 0, "lists_naming": 5}, "finished", 0),
        ({"blocked": 3, "new": 3, "unchanged": 0, "lists_naming": 5}, "finished", 3),
        # 3 of 60 are 5 %: chance; 3 of 59 are more.
        ({"failed": 3, "new": 57, "unchanged": 0}, "finished", 0),
        ({"failed": 3, "new": 56, "unchanged": 0}, "finished", 5),
    ],
)
def test_results(changes, reason, code):
    assert run_result(HEALTHY | changes, FillRates(), reason=reason).exit_code == code


def test_a_full_disk_goes_before_everything():
    result = run_result(
        {"fetched": 0}, FillRates(), reason="disk_full", disk_full=DiskFull("12 MB are free")
    )
    assert (result.exit_code, result.reason) == (7, "12 MB are free")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"errors": 2}, "2 unexpected errors; the log names them"),
        (
            {"fetched": 0, "failed": 3, "lists_failed": 2},
            "the site did not answer (5 requests failed)",
        ),
        ({"blocked": 130}, "the site answers with a block page (130 of 140 pages)"),
        ({"unreachable_lists": 1}, "the site's front page and lists could not be read"),
        (
            {"doubtful_gone": 6, "asked_known": 40},
            "6 of 40 known articles seemed gone at once: the site is not well; no article was"
            " changed, the next nights decide",
        ),
        (
            {"unknown_layout": 2, "doubtful_revised": 6, "asked_known": 40},
            "drift: 2 pages of no known layout; 6 of 40 known articles seemed revised at once; no"
            " article was changed, the next nights decide",
        ),
        (
            {"repeated": 4, "asked_new": 9},
            "drift: 4 of 9 new addresses have a text that stands at other addresses too; they are"
            " not kept as articles, the next nights decide",
        ),
        (
            {"doubtful_lists": 2},
            "2 lists that named articles name none any more; no article was changed, the next"
            " nights decide",
        ),
        ({"failed": 30}, "partial: 30 of 150 articles could not be kept"),
        ({}, "done"),
    ],
)
def test_the_sentence_names_the_numbers(changes, sentence):
    assert run_result(HEALTHY | changes, FillRates()).reason == sentence


@pytest.mark.parametrize(
    ("changes", "reason", "kinds"),
    [
        ({}, "finished", []),
        ({}, "start_error", ["ended-early"]),
        ({"refused": 1}, "the archive answers 403", ["refused"]),
        ({"errors": 2}, "finished", ["errors"]),
        ({"fetched": 0, "failed": 3}, "finished", ["no-answer"]),
        ({"blocked": 130}, "finished", ["blocked"]),
        ({"unreachable_lists": 1}, "finished", ["no-lists"]),
        ({"doubtful_gone": 6}, "finished", ["many-gone"]),
        ({"doubtful_lists": 2}, "finished", ["silent-lists"]),
        ({"failed": 30}, "finished", ["partial"]),
    ],
)
def test_an_alarm_has_the_kind_of_what_was_found(changes, reason, kinds):
    """The alarm of one kind stays open from night to night, whatever its numbers."""
    result = run_result(HEALTHY | changes, FillRates(), reason=reason)
    assert [finding.kind for finding in result.findings] == kinds
    assert [finding.text for finding in result.findings] == [result.reason][: len(kinds)]


def test_a_few_doubtful_articles_are_no_sign():
    assert run_result(HEALTHY | {"doubtful_gone": 5, "doubtful_revised": 5}, FillRates()) == (
        RunResult(0, "done")
    )


def test_why_a_run_stopped_goes_before_what_it_met():
    stopped = RunResult(5, "the site asks for a pause of a day")
    assert run_result({"errors": 1}, FillRates(), stopped=stopped) == stopped


def test_a_site_that_is_not_well_leaves_doubtful_articles_alone():
    counts = HEALTHY | {"doubtful_gone": 2, "doubtful_revised": 1}
    result = run_result(counts, FillRates(), unwell="the lists are silent")
    assert result.reason == (
        "the lists are silent; known articles that seemed gone or revised (3) were not changed"
    )
    alone = run_result(HEALTHY, FillRates(), unwell="the lists are silent")
    assert alone.reason == "the lists are silent"


def test_what_the_lists_prove():
    assert run_result(HEALTHY, FillRates(), unwell="the lists are silent").exit_code == 3
    result = run_result(
        HEALTHY,
        FillRates(),
        drift=[Finding("lists-new-shape", "the lists name addresses of a new shape")],
    )
    assert (result.exit_code, "new shape" in result.reason) == (4, True)


def article(**facts):
    return Article(
        **{
            "title": "T",
            "layout": "aspx",
            "updated_at": "x",
            "body": "x",
            "lead": "x",
            "byline": "x",
        }
        | facts
    )


def test_a_redesign_shows_in_the_fill_rates():
    fill = FillRates()
    for number in range(30):
        fill.add(article(lead=None if number < 25 else "x"))
    result = run_result(HEALTHY, fill)
    assert result.exit_code == 4
    assert "aspx: lead filled 0.17, expected ≥ 0.60" in result.reason


def test_few_pages_say_nothing_about_a_share():
    fill = FillRates()
    for _ in range(5):
        fill.add(article(lead=None))
    assert run_result(HEALTHY, fill).exit_code == 0


@pytest.mark.parametrize(
    ("articles", "with_lead", "code"),
    [(19, 0, 0), (20, 0, 4), (20, 12, 0), (20, 11, 4)],
)
def test_a_share_is_that_of_twenty_articles_at_least(articles, with_lead, code):
    fill = FillRates()
    for number in range(articles):
        fill.add(article(lead="x" if number < with_lead else None))
    assert run_result(HEALTHY, fill).exit_code == code


@pytest.mark.parametrize(
    ("flagged", "of", "code"), [(2, 10, 0), (3, 10, 4), (3, 40, 0), (5, 40, 4)]
)
@pytest.mark.parametrize("flag", ["body:left-over", "lead:left-out", "title:selector-disagrees"])
def test_text_left_over_on_many_pages_of_a_layout_is_drift(flagged, of, code, flag):
    fill = FillRates()
    for number in range(of):
        fill.add(article(flags=(flag, "stamp:future") if number < flagged else ("stamp:future",)))
    for _ in range(100):
        fill.add(article(layout="flat"))
    result = run_result(HEALTHY, fill, drift=fill.losses({}))
    assert result.exit_code == code
    assert (f"aspx: {flagged} of {of} articles are flagged {flag}" in result.reason) == bool(code)


@pytest.mark.parametrize(
    ("past", "count", "alarm"),
    [(200, 20, True), (190, 20, False), (200, 19, False), (0, 20, False)],
)
def test_bodies_half_as_long_as_before_are_drift(past, count, alarm):
    fill = FillRates()
    for number in range(count):
        fill.add(article(body=" ".join(["chữ"] * (99 if number % 4 else 900))))
    found = fill.losses({"aspx": past} if past else {"flat": 500})
    assert [one.kind for one in found] == (["shrunk/aspx"] if alarm else [])


def test_photo_stories_need_no_byline():
    fill = FillRates()
    for _ in range(40):
        fill.add(article(kind="photo", byline=None, lead=None))
    assert run_result(HEALTHY, fill).exit_code == 0


def test_rules_are_counted_for_the_crawl_s_record():
    fill = FillRates()
    for _ in range(2):
        fill.add(article(rules={"lead": "aspx:first-paragraph"}, flags=("stamp:mismatch",)))
    assert fill.rules == {"rule/lead/aspx:first-paragraph": 2, "flag/stamp:mismatch": 2}


@pytest.mark.parametrize(
    ("by_address", "articles", "code"),
    [(3, 10, 4), (2, 5, 0), (3, 15, 0), (3, 14, 4)],
)
def test_articles_that_only_their_addresses_know(by_address, articles, code):
    """More than two, and more than a fifth."""
    fill = FillRates()
    for number in range(articles):
        fill.add(article(flags=("layout:by-address",) if number < by_address else ()))
    result = run_result(HEALTHY, fill)
    assert result.exit_code == code
    assert (f"{by_address} of {articles} articles" in result.reason) == (code == 4)
