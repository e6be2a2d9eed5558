"""Dispersion: whether a word is spread over the articles, or stands in a few of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def deviation_of_proportions(found: Sequence[tuple[int, int]], total: int) -> float:
    """Gries' DP: half the sum of the differences between expected and observed proportions.

    *found*: for each part where the word stands, how often, and the size of the part in tokens;
    *total*: the size of all parts. 0 is a word spread in proportion to the parts; near 1 stands in
    few. Source: St. Th. Gries, "Dispersions and adjusted frequencies in corpora", International
    Journal of Corpus Linguistics 13 (2008), whose example this is:

    >>> round(deviation_of_proportions([(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)], 50), 2)
    0.18
    """
    frequency = sum(number for number, _ in found)
    if not frequency:
        return 0.0
    with_it = sum(abs(number / frequency - size / total) for number, size in found)
    without = 1 - sum(size for _, size in found) / total
    return (with_it + without) / 2
