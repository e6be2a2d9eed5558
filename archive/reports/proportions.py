"""How far a share of a number of articles can be trusted. Pure."""

from __future__ import annotations

from math import sqrt

#: The 97.5th percentile of the normal distribution: an interval of 95 %.
_Z = 1.959964


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % confidence interval of the share *count* / *total*; (0, 1) of nothing.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927); the score interval without
    continuity correction, as R. G. Newcombe (1998) prints it for 15 of 148:

    >>> [round(bound, 4) for bound in wilson(15, 148)]
    [0.0624, 0.1605]
    """
    if not total:
        return 0.0, 1.0
    share, square = count / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    half /= 1 + square / total
    return max(middle - half, 0.0), min(middle + half, 1.0)
