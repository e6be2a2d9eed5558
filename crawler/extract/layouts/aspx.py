"""Generation A, 2012 to mid-2025: the ASP.NET application with ``Cập nhật ngày: dd/mm/yyyy
HH:MM:SS``.

Two templates are known from published selectors (docs/site.md §11): 2017 with ``.view-page-Tit``
inside ``.pageListLeft``, 2019 with title and date inside ``.contentView``. Every one of 25
pages seen as text has the stamp line right after the title, and ``Gửi bình luận của bạn`` at the
end; those words carry the layout where every class is unknown.
"""

from crawler.extract.layouts.layout import Layout

LAYOUT = Layout(
    name="aspx",
    generation="A",
    evidence={
        "view-page-tit": 3,
        "lblposteddate": 3,
        "contentview": 2,
        "pagelistleft": 2,
        "cphcontent_": 2,
        "aspnetform": 1,
        "brmenu": 1,
        "home-col-left": 1,
    },
    words={r"cập\s*nhật\s+ngày\s*+:?\s*+\d": 3},
    title="h1.view-page-Tit, h2.view-page-Tit, [id$=lblTitle], .newstitle",
    stamp="span[id$=lblPostedDate], span[id$=postedDate]",
    section="div#brMenu, ul#brMenu",
)
