"""Generation C, since January 2026: flat addresses ``/{slug}-a{id}.html``, stamp ``… (GMT+7)``.

Its own body markup has not been seen. Its sister papers share the address and the image tree over at
least four templates (SITE.md §15): ``post-content``, ``content-fck``, ``#newscontents``,
``#contentNews``. So the words lead here: the stamp after the headline, never the running clock in the
page's header. The rubric is not in the address; the breadcrumb says it.
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
        (b"content-fck", 2),
        (b"newscontents", 2),
        (b"contentNews", 2),
        (b"singular-content", 2),
        (b"post-content", 1),
        (b"detail-title", 1),
        (b"detail-desc", 1),
        (b"pubdate", 2),
        (b"ckeditor/", 1),
        (b"fckimage", 1),
        (b"/image/news/", 1),
        (b"news-title", 1),
        (b"note ignore", 1),
        (b"author ignore", 1),
    ),
    words=_words,
)
