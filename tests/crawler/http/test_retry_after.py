"""For how long a server wants to be left alone, in seconds, as a time and in words."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from crawler.http.retry_after import in_words, left_alone_until, retry_after

AT = "2026-11-30T00:00:00.000Z"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("9" * 12, 10**12 - 1),
        ("9" * 13, math.inf),
        ("9" * 6000, math.inf),  # Python refuses to read as many digits
        ("Mon, 30 Nov 2026 00:01:00 GMT", 60),
        ("Mon, 30 Nov 2026 07:01:00 +0700", 60),
        ("Mon, 30 Nov 2026 00:01:00", 60),  # without a zone
        ("Sun, 29 Nov 2026 23:59:00 GMT", 0),  # past
    ],
)
def test_what_is_asked_for(value, seconds):
    assert retry_after(value, AT) == seconds


@pytest.mark.parametrize(
    "value", [None, "", "²", "-5", "1.5", "soon", "Mon, 99 Nov 2026 00:01:00 GMT"]
)
def test_what_cannot_be_understood(value):
    assert retry_after(value, AT) is None
    assert left_alone_until(value, AT) is None


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("72000", timedelta(hours=20)),
        ("72001", timedelta(hours=20)),
        ("9" * 6000, timedelta(hours=20)),
        ("Fri, 31 Dec 2100 23:59:59 GMT", timedelta(hours=20)),
    ],
)
def test_the_site_is_left_alone_for_twenty_hours_at_most(value, wait):
    assert left_alone_until(value, AT) == datetime(2026, 11, 30, tzinfo=UTC) + wait


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7199, "120 minutes"),
        (7200, "2 hours"),
        (172_799, "48 hours"),
        (172_800, "2 days"),
        (1e9 + 1, "for ever"),
    ],
)
def test_a_pause_in_words(seconds, words):
    assert in_words(seconds) == words
