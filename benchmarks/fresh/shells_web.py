"""Semantic HTML5, AMP, print view, mobile view, and what editors paste (Word, TinyMCE)."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from html import escape

from benchmarks.fresh.parts import Dress, after_text, before_text, head, json_ld, menu, share, tail
from benchmarks.fresh.shell import C_MARKS, Printed, Shell, cut_off, flat_url, marked_lead
from benchmarks.fresh.story import Story


class Figure(Dress):
    """`figure` and `figcaption`, headings for subheads."""

    def sub(self, text: str) -> str:
        return f"<h2>{escape(text)}</h2>"

    def pic(self, number: int, caption: str) -> str:
        note = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f"<figure>{self.image(number)}{note}</figure>"

    def pic_above(self, number: int, caption: str) -> str:
        return f"<figure><figcaption>{escape(caption)}</figcaption>{self.image(number)}</figure>"


class Amp(Figure):
    """`amp-img` in the place of img."""

    def image(self, number: int) -> str:
        return (
            f'<amp-img src="/image/ckeditor/2026/20260130/files/h{number}.jpg" width="620" '
            'height="413" layout="responsive"></amp-img>'
        )


class Soup(Dress):
    """Word and TinyMCE: spans in spans, font tags, empty paragraphs, captions in many manners."""

    def p(self, html: str) -> str:
        return (
            '<p class="MsoNormal" style="text-align:justify"><span style="font-size:14pt">'
            f'<font face="Times New Roman"><span lang="VI">{html}</span></font></span><o:p></o:p></p>'
            "<p>&nbsp;</p>"
        )

    def sub(self, text: str) -> str:
        return f'<p><b><span style="color:#0000cd">{escape(text)}</span></b></p>'

    def pic(self, number: int, caption: str) -> str:
        image = self.image(number)
        if not caption:
            return f"<p>{image}</p>"
        words = escape(caption).split(" ")
        half = len(words) // 2
        first, second = " ".join(words[:half]), " ".join(words[half:])
        manners = (
            f'<table align="center"><tbody><tr><td>{image}</td></tr><tr><td><em>{first} {second}</em></td></tr></tbody></table>',
            f'<p style="text-align:center">{image}<br /><em>{first}<br />{second}</em></p>',
            f'<p style="text-align:center">{image}</p><p style="text-align:center"><span style="color:#808080"><em>{first}</em> <em>{second}</em></span></p>',
        )
        return manners[number % 3]


def _twice(story: Story, lead: str, tag: str) -> str:
    text = escape(cut_off(story.lead)) if "E10" in story.faults else lead
    again = f"<p><strong>{lead}</strong></p>" if {"E10", "lead-twice"} & story.faults else ""
    return f"<{tag} class='sapo'>{text}</{tag}>{again}"


def semantic(story: Story) -> Printed:
    """`article > header`, `time[datetime]`, `rel=author`, the stamp before or after the title."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    stamp = f'<time datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00">{story.moment:%H:%M %d/%m/%Y}</time>'
    kicker = f"<p class='eyebrow'>{escape(story.kicker)}</p>" if story.kicker else ""
    title = f"{kicker}<h1 itemprop='headline'>{escape(story.title)}</h1>"
    top = stamp + title if "E5" in story.faults else title + stamp
    signed = (
        f'<address><a rel="author" href="/tac-gia/12">{escape(story.byline)}</a></address>'
        if story.byline
        else ""
    )
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}<body><header>{menu(story)}</header>
<main><nav aria-label="breadcrumb"><ol><li><a href="/">Trang chủ</a></li><li><a href="/{story.section_slug}">{story.section}</a></li></ol></nav>
<article itemscope itemtype="https://schema.org/NewsArticle"><header>{top}</header>
{_twice(story, lead, "p")}{before_text(story)}<div itemprop="articleBody">{figure.flow(story)}</div>{signed}
{after_text(story)}</article><aside>{tail(story)}</aside></main></body></html>"""
    return Printed(url, html, mark, published=True)


def amp(story: Story) -> Printed:
    """An AMP page; its canonical is the article."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = f'<p class="author">{escape(story.byline)}</p>' if story.byline else ""
    kicker = f"<div class='kicker'>{escape(story.kicker)}</div>" if story.kicker else ""
    html = f"""<!doctype html><html amp>{head(story, url, json_ld(story, url))}<body>
<amp-sidebar id="s" layout="nodisplay">{menu(story)}</amp-sidebar>
<div class="breadcrumb"><a href="/{story.section_slug}">{story.section}</a></div>
<article class="amp-article">{kicker}<h1>{escape(story.title)}</h1>
<div class="amp-date">{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>
<amp-social-share type="facebook"></amp-social-share>{_twice(story, lead, "h2")}{before_text(story)}
<div class="amp-content">{amp_dress.flow(story)}{signed}</div>{after_text(story)}
<amp-ad type="adsense"></amp-ad></article>{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


def print_view(story: Story) -> Printed:
    """`/print/…`, canonical to the article; "Nguồn: URL" under the byline."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = f'<p class="author ignore">{escape(story.byline)}</p>' if story.byline else ""
    kicker = f"<p>{escape(story.kicker)}</p>" if story.kicker else ""
    source = story.alien(f"Nguồn: {url}")
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body onload="window.print()"><div class="print-header">
<img src="/static/logo.png" width="200" height="50">Báo Đồng Tháp Online</div>{kicker}
<h1>{escape(story.title)}</h1><div class="pubdate">{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>
{_twice(story, lead, "div")}<div class="content-fck">{note.flow(story)}{signed}</div>
<p>{source}</p><a href="javascript:window.print()">{story.alien("In bài này")}</a></body></html>"""
    return Printed(url.replace("vn/", "vn/print/", 1), html, mark, section=False)


def mobile(story: Story) -> Printed:
    """The mobile template: div soup, lazy pictures."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = f'<div class="m-author">{escape(story.byline)}</div>' if story.byline else ""
    kicker = f"<div class='m-kicker'>{escape(story.kicker)}</div>" if story.kicker else ""
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}
<body class="mobile" data="cate/detail/cate={story.section_slug}"><div class="m-top">{menu(story)}</div>
<div class="m-detail"><a class="m-cate" href="/{story.section_slug}">{story.section}</a>{kicker}
<h1 class="m-title">{escape(story.title)}</h1><div class="m-date">{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>
{share(story)}<div class="m-content">{_twice(story, lead, "div")}{before_text(story)}{lazy.flow(story)}{signed}</div>
{after_text(story)}</div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


def soup(story: Story) -> Printed:
    """Today's page around a text pasted from Word."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        soup_dress.p(f"<b>{escape(story.byline)}</b>").replace("justify", "right")
        if story.byline
        else ""
    )
    kicker = f"<p class='kicker'>{escape(story.kicker)}</p>" if story.kicker else ""
    again = soup_dress.p(f"<b>{lead}</b>") if {"E10", "lead-twice"} & story.faults else ""
    text = escape(cut_off(story.lead)) if "E10" in story.faults else lead
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}
<body data="cate/detail/cate={story.section_slug}">{menu(story)}
<ul class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/{story.section_slug}">{story.section}</a></li></ul>
<div class="detail-title">{kicker}<h1>{escape(story.title)}</h1></div>
<div class="pubdate">{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>
<div class="detail-desc"><p>{text}</p></div>{before_text(story)}
<div id="newscontents"><div class="content-fck">{again}{soup_dress.flow(story)}{signed}{after_text(story)}</div></div>
{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


class Note(Dress):
    """Pictures of the print view: `p.note`, caption behind `<br>`."""

    def pic(self, number: int, caption: str) -> str:
        text = f"<br />{escape(caption)}" if caption else ""
        return f'<p class="note ignore">{self.image(number)}{text}</p>'


class Lazy(Dress):
    """Lazy pictures; the caption in a div of its own."""

    def image(self, number: int) -> str:
        return (
            '<img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" '
            f'data-src="/image/ckeditor/2026/20260130/files/h{number}.jpg">'
        )

    def pic(self, number: int, caption: str) -> str:
        text = f'<div class="m-caption">{escape(caption)}</div>' if caption else ""
        return f'<div class="m-photo">{self.image(number)}{text}</div>'


figure, amp_dress, soup_dress, note, lazy = Figure(), Amp(), Soup(), Note(), Lazy()
SHELLS = (
    Shell("semantic", semantic, figure),
    Shell("amp", amp, amp_dress),
    Shell("print", print_view, note),
    Shell("mobile", mobile, lazy),
    Shell("soup", soup, soup_dress),
)
