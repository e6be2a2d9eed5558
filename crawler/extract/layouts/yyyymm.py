"""Generation B, seen in October 2025: the CMS of baoapbac.vn, with the month in the address.

``h1#title``, ``div#current-date`` and ``div#content`` are its published names (docs/site.md §11).
Its stamp gives the time first (``Cập nhật: 21:56, 20/02/2019 (GMT+7)``) or the weekday first; the
month in the address can only check it. The byline is the last element set to the right, captions
stand in the second row of a picture's table.
"""

from __future__ import annotations

import re

from crawler.extract.engine import fields
from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.engine.fields import Found, StampFields
from crawler.extract.layouts.layout import Layout

_TIME_FIRST = re.compile(r"(?:cập\s*nhật\s*:\s*)?\d{1,2}:\d{2}\s*,", re.I)
_MONTH = re.compile(r"/(\d{4})(\d{2})/[^/]+/?$")


def _words(candidate: ArticleCandidate) -> int:
    return 2 if any(_TIME_FIRST.match(stamp.text) for stamp, _ in candidate.stamps) else 0


def _stamp(candidate: ArticleCandidate) -> Found[StampFields]:
    """The page's stamp; flagged where it is far from the month in the address."""
    found = fields.stamp(candidate)
    address = candidate.doc.address
    month = _MONTH.search(address.canonical) if address else None
    at = found.value.updated_at
    if month and at:
        apart = (int(at[:4]) - int(month[1])) * 12 + int(at[5:7]) - int(month[2])
        # An update may come months later; none comes before the article was filed.
        if apart < -1:
            return Found(
                found.value._replace(flags=(*found.value.flags, "stamp:before-address-month")),
                found.rule,
            )
    return found


LAYOUT = Layout(
    name="yyyymm",
    generation="B",
    classes=KnownClasses(title=("title",), stamp=("current-date",), crumbs=("parent_cate",)),
    markers={
        "current-date": 3,
        "dataimages/": 2,
        "td-post-content": 2,
        "content-detail": 1,
        "image center": 1,
        "center image": 1,
        "cate-content": 1,
    },
    words=_words,
    by_address=2,
    stamp=_stamp,
)
