"""Generation C, since January 2026: flat addresses ``/{slug}-a{id}.html``, stamp ``… (GMT+7)``.

Its own body markup has not been seen. Its sister papers share the address and the image tree over
at least four templates (docs/site.md §15): ``post-content``, ``content-fck``, ``#newscontents``,
``#contentNews``. Real pages of two of them confirm the selectors (§17). The stamp is never the
running clock in the page's header. The section is not in the address; the breadcrumb names it.

A and B set every first paragraph as the lead. Here the sister papers give it a box of its own
(``.sapo``, ``.detail-desc``); a plain first paragraph is not a lead.
"""

from crawler.extract.layouts.layout import Layout

LAYOUT = Layout(
    name="flat",
    generation="C",
    evidence={
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
    words={
        r"(?:cập\s*nhật\s*:\s*)?(?:(?:thứ\s+\w+|chủ\s+nhật)\s*[,:]"
        r"|\d{1,2}/\d{1,2}/\d{4}\s*-\s*\d{1,2}:\d{2}$)": 2
    },
    by_address=2,
    marks_lead=True,
    content="div#newscontents, div.content-fck, div.post-content, div#contentNews",
    title="h1.fw700, h1.margintopbot10, div.detail-title",
    stamp="div.pubdate, span.pubdate",
    lead="div.detail-desc",
    caption="p.note",
    byline="p.author",
    section="div.breadcrumb, ul.breadcrumb, ol.breadcrumb, h1.breadcrumb",
)
