"""An invented CMS of semantic markup: its layout, written by docs/developing.md alone.

`article > header` holds eyebrow, headline, standfirst, time and author; `section.body` the text.
"""

from crawler.extract.layouts.layout import Layout

LAYOUT = Layout(
    name="eyebrow",
    generation=None,
    evidence={"eyebrow": 2, "standfirst": 2},
    content="article > section.body",
    title="article > header > h1",
    kicker="p.eyebrow",
    stamp="article time[datetime]",
    lead="p.standfirst",
    caption="figcaption",
    byline="address",
    section="nav.trail",
    skip="aside.offer",
)
