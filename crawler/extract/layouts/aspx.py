"""Generation A, 2012 to mid-2025: the ASP.NET application with ``Cập nhật ngày: dd/mm/yyyy
HH:MM:SS``.

Two templates are known from published selectors (docs/site.md §11): 2017 with ``.view-page-Tit``
inside ``.pageListLeft``, 2019 with title and date inside ``.contentView``. Every one of 25
pages seen as text has the stamp line right after the title, and ``Gửi bình luận của bạn`` at the
end; those words carry the layout where every class is unknown. One layout serves both templates:
they differ only in names.
"""

from __future__ import annotations

import re

from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.layouts.layout import Layout

_STAMP = re.compile(r"cập\s*nhật\s+ngày\s*+:?\s*+\d", re.I)


def _words(candidate: ArticleCandidate) -> int:
    for stamp, _ in candidate.stamps:
        if _STAMP.match(stamp.text):
            return 3
    return 0


LAYOUT = Layout(
    name="aspx",
    generation="A",
    classes=KnownClasses(
        title=("view-page-tit", "lblTitle", "newstitle"),
        stamp=("lblPostedDate", "postedDate"),
        crumbs=("brMenu",),
    ),
    markers={
        "view-page-tit": 3,
        "lblposteddate": 3,
        "contentview": 2,
        "pagelistleft": 2,
        "cphcontent_": 2,
        "aspnetform": 1,
        "brmenu": 1,
        "home-col-left": 1,
    },
    words=_words,
)
