"""Generation C, since January 2026: flat addresses ``/{slug}-a{id}.html``, stamp ``… (GMT+7)``.

Its own body markup has not been seen. Its sister papers share the address and the image tree over
at least four templates (docs/site.md §15): ``post-content``, ``content-fck``, ``#newscontents``,
``#contentNews``. So the words lead here: the stamp after the headline, never the running clock in
the page's header. The section is not in the address; the breadcrumb names it.
"""

from __future__ import annotations

import re

from crawler.extract.engine import boilerplate
from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.engine.dom import Element
from crawler.extract.engine.fields import Found
from crawler.extract.engine.style import class_id
from crawler.extract.layouts.layout import Layout
from crawler.extract.text import fold

_STAMP = re.compile(
    r"(?:cập\s*nhật\s*:\s*)?(?:(?:thứ\s+\w+|chủ\s+nhật)\s*[,:]|\d{1,2}/\d{1,2}/\d{4}\s*-\s*\d{1,2}:\d{2}$)",
    re.I,
)


def _words(candidate: ArticleCandidate) -> int:
    return 2 if any(_STAMP.match(stamp.text) for stamp, _ in candidate.stamps) else 0


def _lead(candidate: ArticleCandidate) -> Found[str | None]:
    """The opening summary where the page marks one: a box, bold type, the agency, its own word.

    A and B set every first paragraph as the lead. Here the sister papers give it a box of its own
    (``.sapo``, ``.detail-desc``); a plain first paragraph is not a lead.
    """
    if not candidate.body:
        return Found(None)
    paragraphs = candidate.paragraphs[candidate.lead_index :]
    block, text = paragraphs[0], candidate.body[candidate.lead_index]
    if boilerplate.LEAD_CLASSES.search(block.classes):
        return Found(text, "lead-class")
    if block.bold or block.context.level or block.em:
        return Found(text, "set-apart") if block.is_prose else Found(None)
    if candidate.agency[0]:
        return Found(text, "agency-mark")
    if len(paragraphs) > 1 and _apart([one.element for one in paragraphs[:3]]):
        return Found(text, "own-box")
    metas = candidate.doc.metas
    stated = fold(metas.get("description") or metas.get("og:description") or "")[:60]
    if len(stated) >= 40 and fold(text).startswith(stated):
        return Found(text, "stated")
    if len(paragraphs) == 1:
        return Found(text, "only-paragraph")
    return Found(None)


def _apart(elements: list[Element]) -> bool:
    """Whether the first paragraph stands outside the box about those after it: about two of them,
    or the text's own by its name.
    """
    first, second, *third = elements
    # Held in a list: lxml makes a new object for an element that is not referenced.
    about = [third[0], *third[0].iterancestors()] if third else []
    for box in (second, *second.iterancestors()):  # itself where the text is bare
        if box in about or (not third and boilerplate.CONTENT_CLASSES.search(class_id(box))):
            return box not in first.iterancestors() and first is not box
    return False


LAYOUT = Layout(
    name="flat",
    generation="C",
    classes=KnownClasses(
        title=("detail-title", "fw700", "margintopbot10", "title"),
        stamp=("pubdate",),
        crumbs=("breadcrumb",),
    ),
    markers={
        "content-fck": 2,
        "newscontents": 2,
        "contentnews": 2,
        "singular-content": 2,
        "pubdate": 2,
        "post-content": 1,
        "detail-title": 1,
        "detail-desc": 1,
        "ckeditor/": 1,
        "fckimage": 1,
        "/image/news/": 1,
        "note ignore": 1,
        "author ignore": 1,
        "margintopbot10": 1,
    },
    words=_words,
    by_address=2,
    lead=_lead,
)
