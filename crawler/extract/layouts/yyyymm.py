"""Generation B, seen in October 2025: the CMS of baoapbac.vn, with the month in the address.

``h1#title``, ``div#current-date`` and ``div#content`` are its published names (docs/site.md §11).
Its stamp gives the time first (``Cập nhật: 21:56, 20/02/2019 (GMT+7)``) or the weekday first; the
month in the address can only check it. The byline is the last element set to the right, captions
stand in the second row of a picture's table.
"""

from crawler.extract.layouts.layout import Layout

LAYOUT = Layout(
    name="yyyymm",
    generation="B",
    evidence={
        "current-date": 3,
        "dataimages/": 2,
        "td-post-content": 2,
        "content-detail": 1,
        "image center": 1,
        "center image": 1,
        "cate-content": 1,
    },
    words={r"(?:cập\s*nhật\s*:\s*)?\d{1,2}:\d{2}\s*,": 2},
    by_address=2,
    content="div#content",
    title="h1#title",
    stamp="div#current-date",
    section="a.parent_cate",
)
