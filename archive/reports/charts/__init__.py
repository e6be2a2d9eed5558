"""Charts as SVG: the same drawing for a paper, a file and the reading room. Pure.

Every part that a page may recolour has a class (``ink``, ``quiet``, ``grid``, ``none``, ``s0`` …);
the colours written in the attributes are used where no style sheet names the class. Each period or
day has a ``<title>``, which browsers show as a tooltip, also without a script.
"""

from archive.reports.charts.calendar import calendar, level
from archive.reports.charts.growth import growth_chart
from archive.reports.charts.svg import png
from archive.reports.charts.trend import ENGLISH, MAX_TERMS, Measure, trend_chart

__all__ = [
    "ENGLISH",
    "MAX_TERMS",
    "Measure",
    "calendar",
    "growth_chart",
    "level",
    "png",
    "trend_chart",
]
