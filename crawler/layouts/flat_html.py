"""Generation C, since January 2026: flat addresses ``/{slug}-a{id}.html``, stamp ``… (GMT+7)``.

Its own body markup has not been seen. Its sister papers share the address and the image tree over
at least four templates (SITE.md §15): ``post-content``, ``content-fck``, ``#newscontents``,
``#contentNews``. So the words lead here: the stamp after the headline, never the running clock in
the page's header. The rubric is not in the address; the breadcrumb says it.
"""

from __future__ import annotations

import re

from crawler.layouts.layout import Layout
from crawler.layouts.reading import Names, Reading

_STAMP = re.compile(
    r"(?:cập\s*nhật\s*:\s*)?(?:(?:thứ\s+\w+|chủ\s+nhật)\s*[,:]|\d{1,2}/\d{1,2}/\d{4}\s*-\s*\d{1,2}:\d{2}$)",
    re.I,
)


def _words(reading: Reading) -> int:
    address = reading.doc.address
    by_address = 2 if address and address.kind == "article" and address.generation == "C" else 0
    return by_address + (2 if any(_STAMP.match(stamp.text) for stamp, _ in reading.stamps) else 0)


LAYOUT = Layout(
    name="flat",
    generation="C",
    names=Names(
        title=("detail-title", "fw700", "margintopbot10", "title"),
        stamp=("pubdate",),
        crumbs=("breadcrumb",),
    ),
    markers=(
        ("content-fck", 2),
        ("newscontents", 2),
        ("contentnews", 2),
        ("singular-content", 2),
        ("pubdate", 2),
        ("post-content", 1),
        ("detail-title", 1),
        ("detail-desc", 1),
        ("ckeditor/", 1),
        ("fckimage", 1),
        ("/image/news/", 1),
        ("note ignore", 1),
        ("author ignore", 1),
        ("margintopbot10", 1),
    ),
    words=_words,
)
