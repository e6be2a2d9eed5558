"""Wilson's interval against published figures and its own equation."""

from __future__ import annotations

from math import sqrt

import pytest

from archive.reports.proportions import wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_published_figures(count, total, low, high):
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    assert wilson(count, total) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(("count", "total"), [(3, 10), (1, 1), (250, 1000)])
def test_the_bounds_solve_the_score_equation(count, total):
    """At a bound p, the share is 1.96 standard errors of p away from p."""
    for bound in wilson(count, total):
        if 0 < bound < 1:
            away = abs(count / total - bound) / sqrt(bound * (1 - bound) / total)
            assert away == pytest.approx(1.96, abs=0.001)


def test_no_articles_say_nothing():
    assert wilson(0, 0) == (0, 1)
