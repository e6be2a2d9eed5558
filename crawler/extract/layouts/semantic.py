"""Pages that no layout knows, by what HTML and schema.org say themselves.

The engine knows ``h1``, ``figcaption``, ``address`` and ``rel=author`` by itself. The Article has
a flag. No evidence is asked for here: `crawler.extract.engine.reject` weighs what speaks for an
article.
"""

from crawler.extract.layouts.layout import Layout

LAYOUT = Layout(
    name="semantic",
    generation=None,
    marks_lead=True,
    content="[itemprop=articleBody]",
    stamp="[itemprop=datePublished], [itemprop=dateModified]",
)
