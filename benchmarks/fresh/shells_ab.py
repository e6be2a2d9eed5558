"""Generations B and A: what others' selectors and stored pages say (docs/site.md §4, §5, §11)."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from html import escape

from benchmarks.fresh.parts import Dress, after_text, before_text, head, menu, others, share, tail
from benchmarks.fresh.shell import (
    A_MARKS,
    B_MARKS,
    Printed,
    Shell,
    aspx_url,
    cut_off,
    marked_lead,
    yyyymm_url,
)  # fmt: skip
from benchmarks.fresh.story import Story


class TwoRows(Dress):
    """B: `table.image.center`, picture in row 1, caption in row 2."""

    def pic(self, number: int, caption: str) -> str:
        second = f"<tr><td><p>{escape(caption)}</p></td></tr>" if caption else ""
        return f'<table class="image center"><tbody><tr><td>{self.image(number)}</td></tr>{second}</tbody></table>'


class Word(TwoRows):
    """B today: Word's spans with `<o:p>`."""

    def p(self, html: str) -> str:
        return f'<p class="MsoNormal"><span style="font-family:Times">{html}<o:p></o:p></span></p>'


class Aspx(Dress):
    """A: the caption is an em in the picture's paragraph, at times broken over lines."""

    def image(self, number: int) -> str:
        return f'<img src="/database/image/2016/05/28/anh{number}.jpg" alt="" border="0">'

    def pic(self, number: int, caption: str) -> str:
        if not caption:
            return f'<p align="center">{self.image(number)}</p>'
        start, _, end = caption.partition(" (")
        if end:
            return f'<p align="center">{self.image(number)}<br><em>{escape(start)}</em><br><em>({escape(end)}</em></p>'
        return f'<p align="center">{self.image(number)}<br><em>{escape(caption)}</em></p>'


def _right(story: Story) -> str:
    if not story.byline:
        return ""
    return f'<p style="text-align: right;"><strong>{escape(story.byline)}</strong></p>'


def _kicker(story: Story) -> str:
    return f'<p class="subtitle">{escape(story.kicker)}</p>' if story.kicker else ""


def _cate(story: Story) -> str:
    return f'<div id="nav"><a class="parent_cate" href="/{story.section_slug}">{story.section}</a></div>'


def _twice(story: Story, lead: str) -> str:
    """The lead; as sapo and again, or cut off, as the story asks."""
    plain = f"<p><strong>{lead}</strong></p>"
    if "lead-twice" in story.faults:
        return f'<div class="sapo">{lead}</div>{plain}'
    if "E10" in story.faults:
        return f'<div class="sapo">{escape(cut_off(story.lead))}</div>{plain}'
    return plain


def b_2018(story: Story) -> Printed:
    """The text of 2017–2018 in B's markup: long stamp, a lone full stop, kicker, title."""
    story.generation = "B"
    url, (mark, lead) = yyyymm_url(story), marked_lead(story, B_MARKS)
    stamp = f"{story.day()}, {story.moment:%d/%m/%Y, %H:%M} (GMT+7)"
    if story.number % 2:
        stamp = f"Cập nhật, {story.moment:%H:%M}, {story.day()}, {story.moment:%d/%m/%Y} (GMT+7)"
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body>{menu(story)}{_cate(story)}
<div id="current-date">{stamp}</div><div>.</div>{_kicker(story)}<h1 id="title">{escape(story.title)}</h1>
{before_text(story)}<div id="content">{_twice(story, lead)}{b18.flow(story)}{_right(story)}</div>
{after_text(story)}{tail(story)}</body></html>"""
    return Printed(url, html, mark)


def b_2025(story: Story) -> Printed:
    """October 2025: the stamp in `#current-date`, time first."""
    story.generation = "B"
    url, (mark, lead) = yyyymm_url(story), marked_lead(story, B_MARKS)
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body>{menu(story)}{_cate(story)}
{_kicker(story)}<h1 id="title">{escape(story.title)}</h1>
<div id="current-date">Cập nhật: {story.moment:%H:%M, %d/%m/%Y} (GMT+7)</div>{share(story)}
{before_text(story)}<div id="content">{_twice(story, lead)}{b25.flow(story)}{_right(story)}{after_text(story)}</div>
{tail(story)}</body></html>"""
    return Printed(url, html, mark)


def b_today(story: Story) -> Printed:
    """phuyen.baodaklak: a document in `main`, a placeholder author, the lead printed twice."""
    story.generation = "B"
    url, (mark, lead) = yyyymm_url(story), marked_lead(story, B_MARKS)
    picture = (
        '<img src="/static/thumb.jpg" width="700" height="90">' if "E5" in story.faults else ""
    )
    twice = f'<div class="sapo"><p>{lead}</p></div>' if "E10" not in story.faults else (
        f'<div class="sapo"><p>{escape(cut_off(story.lead))}</p></div>')  # fmt: skip
    form = f'<div class="info-reader"><p>{story.alien("Thông tin bạn đọc")}</p><p>{story.alien("Đóng Lưu thông tin")}</p></div>'
    html = f"""<!DOCTYPE html><html>{head(story, url)}<body><div class="date-now">Thứ 2, 21/10/2024</div>
{menu(story)}{_cate(story)}<input type="hidden" id="cate_title" value="{story.section}">
<input type="hidden" id="article_title" value="{escape(story.title)}"><main>
<html><head><meta charset="utf-8"></head><body><div class="wrapper-post-detail-header">
<time class="time">{story.moment:%H:%M, %d/%m/%Y}</time>{_kicker(story)}{picture}<h1>{escape(story.title)}</h1></div>
{twice}{before_text(story)}<div id="content"><p><strong>{lead}</strong></p>{btoday.flow(story)}{_right(story)}</div>
<p class="author"> Bút danh </p>{after_text(story)}{form if "E7" not in story.faults else ""}</body></html></main>
<h1>Tin liên quan</h1>{others(story, "related-news", 3)}<h1>Multimedia</h1>{tail(story)}</body></html>"""
    story.foreign.append("Bút danh")
    return Printed(url, html, mark)


def a_2017(story: Story) -> Printed:
    """`.pageListLeft`: the title in a div, the day and hour in a span."""
    story.generation = "A"
    url, (mark, lead) = aspx_url(story), marked_lead(story, A_MARKS)
    html = f"""<html>{head(story, url)}<body><form id="aspnetForm">{menu(story)}<div class="home-col-left">
<div id="brMenu"><a href="/">Trang chủ</a> » <a href="/{story.section_slug}.aspx">{story.section}</a></div>
<div class="pageListLeft">{_kicker(story)}<div class="view-page-Tit">{escape(story.title)}</div>
<div class="date"><span>Cập nhật ngày: {story.moment:%d/%m/%Y %H:%M:%S}</span></div>
{before_text(story)}{_twice(story, lead)}{a17.flow(story)}{_right(story)}{after_text(story)}
<a href="javascript:history.back()">&lt; Trở về trang trước</a></div></div>
<div class="cm">{story.alien("Gửi bình luận của bạn")}</div>{tail(story)}</form></body></html>"""
    story.foreign.append("Trở về trang trước")
    return Printed(url, html, mark, "second")


def a_2019(story: Story) -> Printed:
    """`.contentView`: title and stamp inside the content box; an audio line before the lead."""
    story.generation = "A"
    url, (mark, lead) = aspx_url(story), marked_lead(story, A_MARKS)
    sound = ""
    if story.number % 3 == 0:
        address = f"http://baodongthap.com.vn/database/video/{story.moment:%Y%m%d%H%M%S}cx8.mp3"
        sound = f"<p>{story.alien(address)}</p><p>&nbsp;</p>"
    html = f"""<html>{head(story, url)}<body><form id="aspnetForm">{menu(story)}
<div id="brMenu"><a href="/">Trang chủ</a> » <a href="/{story.section_slug}.aspx">{story.section}</a></div>
<div class="contentView">{_kicker(story)}<h1>{escape(story.title)}</h1><div class="date">
<span id="cphContent_ucNewsDetails_lblPostedDate">Cập nhật ngày: {story.moment:%d/%m/%Y %H:%M:%S}</span></div>
{sound}{_twice(story, lead)}{before_text(story)}{a17.flow(story)}{_right(story)}{after_text(story)}</div>
<div class="cm">{story.alien("Gửi bình luận của bạn")}</div>{tail(story)}</form></body></html>"""
    return Printed(url, html, mark, "second")


b18, b25, btoday, a17 = TwoRows(), TwoRows(), Word(), Aspx()
SHELLS = (
    Shell("b-2018", b_2018, b18),
    Shell("b-2025", b_2025, b25),
    Shell("b-today", b_today, btoday),
    Shell("a-2017", a_2017, a17),
    Shell("a-2019", a_2019, a17),
)
