"""The exit code of a run, for each way in which a night can go wrong."""

import pytest

from archive.alarms import Finding
from archive.errors import DiskFull
from archive.models import Article
from crawler.run.exit_status import FillRates, run_result

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
        ({}, "shutdown", 130),
        ({}, "start_error", 1),
    ],
)
def test_results(changes, reason, code):
    assert run_result(HEALTHY | changes, FillRates(), reason=reason).exit_code == code


def test_a_full_disk_goes_before_everything():
    result = run_result(
        {"fetched": 0}, FillRates(), reason="disk_full", disk_full=DiskFull("12 MB are free")
    )
    assert (result.exit_code, result.reason) == (7, "12 MB are free")


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


def test_photo_stories_need_no_byline():
    fill = FillRates()
    for _ in range(40):
        fill.add(article(kind="photo", byline=None, lead=None))
    assert run_result(HEALTHY, fill).exit_code == 0


def test_rules_are_counted_for_the_crawl_s_record():
    fill = FillRates()
    fill.add(article(rules={"lead": "aspx:first-paragraph"}, flags=("stamp:weekday-mismatch",)))
    assert fill.rules == {"rule/lead/aspx:first-paragraph": 1, "flag/stamp:weekday-mismatch": 1}


def test_articles_that_only_their_addresses_know():
    fill = FillRates()
    for number in range(10):
        fill.add(article(flags=("layout:by-address",) if number < 3 else ()))
    result = run_result(HEALTHY, fill)
    assert (result.exit_code, "3 of 10 articles" in result.reason) == (4, True)
