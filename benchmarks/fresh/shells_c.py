"""The C family: ĐTO today, baocantho, baoangiang, baolongan (docs/site.md §4, §11, §15)."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from html import escape

from benchmarks.fresh.parts import Dress, after_text, before_text, head, json_ld, menu, share, tail
from benchmarks.fresh.shell import C_MARKS, Printed, Shell, cut_off, flat_url, marked_lead
from benchmarks.fresh.story import Story


class Note(Dress):
    """`p.note.ignore`: the caption in the picture's own paragraph."""

    def pic(self, number: int, caption: str) -> str:
        if not caption:
            return f'<p style="text-align:center">{self.image(number)}</p>'
        return f'<p class="note ignore">{self.image(number)}<br />{escape(caption)}</p>'

    def pic_above(self, number: int, caption: str) -> str:
        return f'<p class="note ignore"><em>{escape(caption)}</em><br />{self.image(number)}</p>'


class NextNote(Dress):
    """`p.note` behind the picture's paragraph."""

    def pic(self, number: int, caption: str) -> str:
        picture = f"<p align=center>{self.image(number)}</p>"
        return picture + (f'<p class="note ignore">{escape(caption)}</p>' if caption else "")


class Grey(Dress):
    """baolongan 2025: grey em, now in the picture's paragraph, now in one of its own."""

    def pic(self, number: int, caption: str) -> str:
        image = self.image(number)
        if not caption:
            return f"<p>{image}</p>"
        grey = f'<em style="color:#808080;float:left;font-size:small">{escape(caption)}</em>'
        return f"<p>{image}{grey}</p>" if number % 2 else f"<p><em>{image}</em></p><p>{grey}</p>"


def _signed(story: Story, css: str) -> str:
    return f'<p class="{css}">{escape(story.byline)}</p>' if story.byline else ""


def _hidden(story: Story) -> str:
    return (
        f'<input type="hidden" id="txtnewscate" value="{story.section_slug}">'
        f'<input type="hidden" id="txtnewsid" value="{story.number}">'
    )


def _crumbs(story: Story, tag: str = "div") -> str:
    return (
        f'<{tag} class="breadcrumb"><a href="/">Trang chủ</a> › '
        f'<a href="/{story.section_slug}">{story.section}</a></{tag}>'
    )


def _kicker(story: Story) -> str:
    return f'<p class="kicker">{escape(story.kicker)}</p>' if story.kicker else ""


def _stamp(story: Story) -> str:
    return f"{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)"


def _sapo(story: Story, lead: str, box: str) -> str:
    """The lead in its box; cut off or printed twice as the story asks."""
    if "E10" in story.faults:
        return f"{box % escape(cut_off(story.lead))}<p class='sapo'><strong>{lead}</strong></p>"
    return box % lead + (f"<p><strong>{lead}</strong></p>" if "lead-twice" in story.faults else "")


def today(story: Story) -> Printed:
    """ĐTO since January 2026."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}
<body data="cate/detail/cate={story.section_slug}">{menu(story)}{_hidden(story)}{_crumbs(story)}
<div class="detail-title">{_kicker(story)}<h1>{escape(story.title)}</h1></div>
<div class="pubdate">{_stamp(story)}</div>{share(story)}
{_sapo(story, lead, '<div class="detail-desc"><p>%s</p></div>')}{share(story)}{before_text(story)}
<div id="newscontents"><div class="content-fck"><div class="content-fck-font-size">
{today_dress.flow(story)}{_signed(story, "author ignore")}{after_text(story)}</div></div></div>
{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


def cantho(story: Story) -> Printed:
    """baocantho: breadcrumb in the first h1, stamp above the title, clock in the header."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    words = escape(story.title).split(" ", 3)
    broken = " ".join(words[:3]) + "<br>\n" + words[3] if len(words) > 3 else escape(story.title)
    picture = (
        '<img src="/static/logo-chuyen-muc.png" width="300" height="60">'
        if "E5" in story.faults
        else ""
    )
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}
<body data="cate/detail/cate={story.section_slug}"><div class="clock">Thứ sáu, 15-11-24 13:29:25</div>
{menu(story)}{_hidden(story)}{_crumbs(story, "h1")}
<div class="wrapper-post-detail-header">{picture}<span class="pubdate">{story.moment:%d/%m/%Y - %H:%M}</span>
{_kicker(story)}<h1 class="fw700">{broken}</h1></div>{share(story)}
<div class="content-fck"><div class="content-fck-font-size">{_sapo(story, lead, "<p><b>%s</b></p>")}</div></div>{before_text(story)}
<div id="newscontents"><div class="content-fck">{cantho_dress.flow(story)}
{_signed(story, "author ignore")}{after_text(story)}</div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


def angiang(story: Story) -> Printed:
    """baoangiang: stamp between lead and text where the story asks for it."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    stamp = f'<div class="pubdate">{story.moment:%d/%m/%Y - %H:%M}</div>'
    above, below = ("", stamp) if "E5" in story.faults else (stamp, "")
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}
<body data="cate/detail/cate={story.section_slug}">{menu(story)}{_hidden(story)}{_crumbs(story)}
<div class="detail-title">{_kicker(story)}<h1>{escape(story.title)}</h1></div>{above}{share(story)}
{_sapo(story, lead, '<div class="detail-desc"><p>%s</p></div>')}{below}{before_text(story)}
<div id="newscontents"><div class="content-fck"><div class="content-fck-font-size">
{angiang_dress.flow(story)}<p class="author ignore" align=right>{escape(story.byline or "")}</p>
{after_text(story)}</div></div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


def longan(story: Story) -> Printed:
    """baolongan 2025: stamp, kicker, title; wire copy ends in two right-aligned lines."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    wire = ""
    if story.byline == "Theo TTXVN":
        source = story.alien("Nguồn: https://www.vietnamplus.vn/tin-trong-ngay-post900123.vnp")
        wire = f'<p style="text-align:right">{source}</p>'
    signed = (
        f'<p style="text-align:right"><strong>{escape(story.byline)}</strong></p>{wire}'
        if story.byline
        else ""
    )
    html = f"""<!DOCTYPE html><html>{head(story, url, json_ld(story, url))}
<body data="cate/detail/cate={story.section_slug}">{menu(story)}{_hidden(story)}{_crumbs(story)}
<div class="top-detail"><span class="date">{story.moment:%d/%m/%Y - %H:%M}</span>{_kicker(story)}
<h1 class="title">{escape(story.title)}</h1></div>{share(story)}
{_sapo(story, lead, '<div class="sapo">%s</div>')}{before_text(story)}
<div id="newscontents">{longan_dress.flow(story)}{signed}{after_text(story)}</div>{tail(story)}</body></html>"""
    return Printed(url, html, mark, published=True)


today_dress, cantho_dress, angiang_dress, longan_dress = Note(), NextNote(), Note(), Grey()
SHELLS = (
    Shell("c-today", today, today_dress),
    Shell("c-cantho", cantho, cantho_dress),
    Shell("c-angiang", angiang, angiang_dress),
    Shell("c-longan", longan, longan_dress),
)
