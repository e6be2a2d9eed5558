"""Six content management systems that do not exist, of modern shape. No layout knows them.

Each page states its date in another way: as text, as `time[datetime]`, in JSON-LD or in a meta
element. Half of the addresses are of generation C, half of a shape that the paper never had.
"""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from html import escape

from benchmarks.fresh.parts import Dress, after_text, before_text, head, json_ld, menu, tail
from benchmarks.fresh.shell import C_MARKS, Printed, Shell, flat_url, marked_lead
from benchmarks.fresh.story import Story


class Classed(Dress):
    """Every piece in an element and class of the CMS."""

    def __init__(self, paragraph: str, subhead: str, box: str, caption: str) -> None:
        """Each argument is an opening tag without its brackets, such as `p class="x"`."""
        self.paragraph, self.subhead, self.box, self.caption = paragraph, subhead, box, caption

    @staticmethod
    def _in(opening: str, html: str) -> str:
        return f"<{opening}>{html}</{opening.split()[0]}>"

    def p(self, html: str) -> str:
        return self._in(self.paragraph, html)

    def sub(self, text: str) -> str:
        return self._in(self.subhead, escape(text))

    def pic(self, number: int, caption: str) -> str:
        note = self._in(self.caption, escape(caption)) if caption else ""
        return self._in(self.box, self.image(number) + note)

    def pic_above(self, number: int, caption: str) -> str:
        return self._in(self.box, self._in(self.caption, escape(caption)) + self.image(number))


def _url(story: Story) -> str:
    if len(story.title + story.lead) % 2:
        return flat_url(story)
    return (
        f"https://baodongthap.vn/tin-tuc/{story.section_slug}/{story.slug}-post{story.number}.html"
    )


def _in(opening: str, text: str | None) -> str:
    return Classed._in(opening, escape(text)) if text else ""


def bem(story: Story) -> Printed:
    """Block, element, modifier; headline and lead in one box, the text in the next (E3)."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body><div class="site-nav">{menu(story)}</div>
<div class="story"><div class="story__intro"><a class="story__rubric" href="/{story.section_slug}">{story.section}</a>
{_in("span class='story__eyebrow'", story.kicker)}<h1 class="story__headline">{escape(story.title)}</h1>
<div class="story__meta">{story.moment:%d/%m/%Y %H:%M}</div><p class="story__standfirst">{lead}</p></div>
{before_text(story)}<div class="story__body">{bem_dress.flow(story)}</div>
{_in("div class='story__byline'", story.byline)}{after_text(story)}</div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, section=False)


def hashed(story: Story) -> Printed:
    """CSS modules: names end in a hash and say little; the date is in JSON-LD only."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}<body>
<div class="Nav_a81Kd">{menu(story)}</div><div class="Page_wrap__x9Q2e"><div class="Page_col__77sLm">
{_in("div class='Top_over__k1'", story.kicker)}<h1 class="Top_h__3fGta">{escape(story.title)}</h1>
<div class="Txt_s__9aPqz">{lead}</div>{before_text(story)}<div class="Txt_b__1mNop">{hashed_dress.flow(story)}</div>
{_in("div class='Sig_n__4Rt0a'", story.byline)}{after_text(story)}</div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, section=False)


def nested(story: Story) -> Printed:
    """Next.js: a root, wrappers in wrappers, one wrapper per paragraph, a meta date."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    meta = f'<meta property="article:published_time" content="{story.moment.isoformat()}">'
    html = f"""<!DOCTYPE html><html>{head(story, url, meta)}<body><div id="__next"><div><div>{menu(story)}</div>
<div><div><div>{_in("div", story.kicker)}<div><h1>{escape(story.title)}</h1></div></div>
<div><div><p>{lead}</p></div></div>{before_text(story)}<div><div>{nested_dress.flow(story)}</div></div>
<div>{_in("p", story.byline)}</div>{after_text(story)}</div></div><div>{tail(story)}</div></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{"id":{story.number}}}}}</script></body></html>"""
    return Printed(url, html, mark, section=False)


def tailwind(story: Story) -> Printed:
    """Utility classes; the stamp above the title, with the day's name."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body class="bg-white text-gray-900">
<div class="sticky top-0 z-10">{menu(story)}</div><div class="mx-auto max-w-3xl px-4 py-8">
<div class="text-xs text-gray-500 mb-2">{story.day()}, {story.moment:%d/%m/%Y, %H:%M}</div>
{_in("div class='text-sm uppercase'", story.kicker)}<h1 class="text-3xl font-bold">{escape(story.title)}</h1>
<div class="text-lg font-medium my-4">{lead}</div>{before_text(story)}
<div class="prose prose-lg">{tailwind_dress.flow(story)}</div>{_in("div class='mt-4 text-right font-semibold'", story.byline)}
{after_text(story)}</div><div class="grid grid-cols-3">{tail(story)}</div></body></html>"""
    return Printed(url, html, mark, section=False)


def elements(story: Story) -> Printed:
    """Tags of web components in the place of div and p."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body><kb-app><kb-nav>{menu(story)}</kb-nav><kb-story>
{_in("kb-kicker", story.kicker)}<h1>{escape(story.title)}</h1>
<kb-time><time datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00">{story.moment:%H:%M}</time></kb-time>
<kb-lead>{lead}</kb-lead>{before_text(story)}<kb-text>{elements_dress.flow(story)}</kb-text>
{_in("kb-byline", story.byline)}{after_text(story)}</kb-story><kb-foot>{tail(story)}</kb-foot></kb-app></body></html>"""
    return Printed(url, html, mark, section=False)


def sections(story: Story) -> Printed:
    """`main > article > section` without a class; the stamp at the end of the text."""
    url, (mark, lead) = _url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body><header>{menu(story)}</header><main><article>
<section>{_in("p", story.kicker)}<h1>{escape(story.title)}</h1><p>{lead}</p></section>{before_text(story)}
<section>{sections_dress.flow(story)}</section><section>{_in("p", story.byline)}
<p><time>{story.moment:%d/%m/%Y - %H:%M}</time></p></section>{after_text(story)}</article></main>
<footer>{tail(story)}</footer></body></html>"""
    return Printed(url, html, mark, section=False)


bem_dress = Classed(
    'p class="story__p"',
    'h3 class="story__sub"',
    'div class="story__photo"',
    'div class="story__legend"',
)
hashed_dress = Classed(
    'p class="Txt_p__8aYq"',
    'h4 class="Txt_h__0oIu"',
    'div class="Img_f__66Tg"',
    'span class="Img_c__2wEr"',
)
nested_dress = Classed("p", "h2", "figure", "figcaption")
tailwind_dress = Classed(
    'p class="my-4 leading-7"', 'h2 class="text-xl font-semibold"', 'div class="my-6"',
    'p class="text-sm text-center text-gray-500 italic"',
)  # fmt: skip
elements_dress = Classed("kb-p", "kb-h", "kb-photo", "kb-caption")
sections_dress = Classed("p", "h2", "figure", "figcaption")
SHELLS = tuple(
    Shell(f"new-{name}", make, dress, invented=True)
    for name, make, dress in (
        ("bem", bem, bem_dress),
        ("hashed", hashed, hashed_dress),
        ("nested", nested, nested_dress),
        ("tailwind", tailwind, tailwind_dress),
        ("elements", elements, elements_dress),
        ("sections", sections, sections_dress),
    )
)
