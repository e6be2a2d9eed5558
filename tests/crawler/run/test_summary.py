"""The summary of a run: counts that are worth a line, and how the run ended."""

import io

import pytest
from rich.console import Console

from crawler.run.run import Run
from crawler.run.summary import lines, to_dict


def shown(exit_code=0, reason="done", **counts):
    out = Console(file=io.StringIO(), width=200)
    for line in lines(Run(7, exit_code, reason, counts, 1.25, alarms=())):
        out.print(line)
    return [" ".join(line.split()) for line in out.file.getvalue().splitlines()]


def test_what_was_counted_in_the_order_of_a_pages_life():
    told = shown(failed=2, new=3, fetched=1234, listed=80)
    assert told == [
        "1,234 pages fetched",
        "80 articles listed",
        "3 new",
        "0 revised",
        "2 failed",
        "✓ done (crawl 7, 1.2 s, exit code 0)",
    ]


@pytest.mark.parametrize("name", ["fetched", "new", "revised", "failed"])
def test_the_zero_of_these_is_news(name):
    label = {"fetched": "pages fetched"}.get(name, name)
    assert f"0 {label}" in shown()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "✓ nothing new"),
        ({"unchanged": 9}, "✓ nothing new"),
        ({"new": 1}, "✓ done"),
        ({"revised": 1}, "✓ done"),
        ({"gone": 1}, "✓ done"),
    ],
)
def test_a_good_run_without_news_says_so(counts, said):
    assert shown(**counts)[-1].startswith(f"{said} (crawl 7")


def test_a_bad_run_gives_its_reason_even_without_news():
    assert shown(3, "the site did not answer")[-1] == (
        "✗ the site did not answer (crawl 7, 1.2 s, exit code 3)"
    )


def test_json_has_every_count_with_its_zero():
    told = to_dict(Run(7, 4, "drift", {"new": 2, "bytes": 9}, 1.26, alarms=()))
    assert (told["crawl"], told["exit_code"], told["reason"], told["seconds"]) == (
        7,
        4,
        "drift",
        1.3,
    )
    assert (told["new"], told["revised"], told["lists_silent"]) == (2, 0, 0)
    assert "bytes" not in told
