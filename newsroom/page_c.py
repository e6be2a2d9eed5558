# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Generation C: flat ``-a<id>.html`` addresses, in the templates of the sister papers on the same CMS.

The paper's own template is not known, so the newsroom prints several: each `Template` names the places
where one sister paper was SEEN to put things (docs/site.md §11, §15).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from newsroom import boilerplate
from newsroom.content import Hand, flow
from newsroom.expected import iso, printed_stamp, weekday
from newsroom.lists import related
from newsroom.page_chrome import PageChrome
from newsroom.records import CaptionShape, Story
from newsroom.sections import Section


@dataclass(frozen=True, slots=True)
class Template:
    """One sister paper's markup, as patterns around ``{}``."""

    title: str
    stamp: str
    lead: str
    content: str
    byline: str
    captions: tuple[CaptionShape, ...]
    stamp_first: bool = False
    """Whether the stamp stands above the title."""
    breadcrumb_h1: bool = False
    """Whether the breadcrumb is the page's first h1."""
    early_end: bool = False
    """Whether the page says ``</html>`` right after ``<html>``."""
    json_ld: bool = False
    """Whether JSON-LD states the first publication."""


_RIGHT = '<p style="text-align: right;"><strong>{}</strong></p>'

TEMPLATES: dict[str, Template] = {
    "c-angiang": Template(
        title='<div class="detail-title"><h1>{}</h1></div>',
        stamp='<div class="pubdate">{}</div>',
        lead='<div class="detail-desc"><p>{}</p></div>',
        content='<div id="newscontents"><div class="content-fck-font-size">\n{}\n</div></div>',
        byline='<p class="author ignore">{}</p>',
        captions=("note",),
    ),
    "c-tayninh": Template(
        title='<h1 class="title-detail">{}</h1>',
        stamp='<span class="pubdate">{}</span>',
        lead='<h4 class="sapo">{}</h4>',
        content='<div class="content-fck slider-jsgallery">\n{}\n</div>',
        byline='<p class="author">{}</p>',
        captions=("next",),
        early_end=True,
    ),
    "c-cantho": Template(
        title='<h1 class="fw700 margintopbot10">{}</h1>',
        stamp='<div class="date-time">{}</div>',
        lead='<div class="fontd fw600 justify">{}</div>',
        content='<div id="newscontents"><div class="content-fck">\n{}\n</div></div>',
        byline=_RIGHT,
        captions=("next", "figure"),
        breadcrumb_h1=True,
    ),
    "c-camau": Template(
        title='<h1 class="post-title">{}</h1>',
        stamp='<div class="post-meta"><time>{}</time></div>',
        lead='<div class="post-sapo"><p class="sapo">{}</p></div>',
        content='<div class="post-content">\n{}\n</div>',
        byline='<p class="author" style="text-align:right"><strong>{}</strong></p>',
        captions=("figure", "note"),
    ),
    "c-binhduong": Template(
        title='<h1 class="title">{}</h1>',
        stamp='<p class="date">{}</p>',
        lead='<h2 class="sapo">{}</h2>',
        content='<div id="contentNews"><div class="singular-content">\n{}\n</div></div>',
        byline=_RIGHT,
        captions=("figure", "table"),
        json_ld=True,
    ),
    "c-dongkhoi": Template(
        title='<div class="detail-title"><h1 class="title">{}</h1></div>',
        stamp='<div class="pubdate fleft">{}</div>',
        lead='<div class="detail-desc">{}</div>',
        content='<div id="newscontents">\n{}\n</div>',
        byline=_RIGHT,
        captions=("next", "em"),
    ),
    "c-longan": Template(
        title='<h1 class="detail-heading">{}</h1>',
        stamp='<div class="pubdate">{}</div>',
        lead='<p class="sapo">{}</p>',
        content='<div class="content-fck">\n{}\n</div>',
        byline='<p class="author">{}</p>',
        captions=("note", "em"),
        stamp_first=True,
    ),
    # Videos, podcasts and infographics: one line of description, no stamp.
    "c-video": Template(
        title='<div class="detail-title"><h1>{}</h1></div>',
        stamp="{}",
        lead='<div class="detail-desc"><p>{}</p></div>',
        content='<div id="newscontents" class="player">\n{}\n</div>',
        byline='<p class="author">{}</p>',
        captions=("figure",),
    ),
}


def page(story: Story, filed: Section, chrome: PageChrome) -> str:
    """The whole page of *story* as filed under *filed*."""
    template = TEMPLATES[story.template]
    hand = Hand(story)
    article = _article(story, template, hand)
    clock = chrome.clock
    trail = f'<a href="/">Trang chủ</a> / <a href="{escape(filed.path())}">{escape(filed.name)}</a>'
    trail = (
        f'<h1 class="breadcrumb">{trail}</h1>'
        if template.breadcrumb_h1
        else f'<div class="breadcrumb">{trail}</div>'
    )
    head = boilerplate.head(
        story.title,
        story.paragraphs[0],
        seed=story.template,
        extra=f'<meta charset="utf-8">\n{_tags_meta(story)}{_json_ld(story, template)}',
    )
    opening = '<html lang="vi">\n</html>' if template.early_end else '<html lang="vi">'
    return (
        f"<!DOCTYPE html>\n{opening}\n{head}\n<body>\n"
        # SEEN on a sister paper: a running clock in another format than the stamp, above the title.
        f'<header><div class="clock">{weekday(clock).capitalize()}, {clock:%d-%m-%y %H:%M:%S}</div>'
        f'<div class="ticker">Đọc báo in | Tải ứng dụng | Tư tưởng Hồ Chí Minh</div>\n<nav>{chrome.menu}</nav>'
        f'{boilerplate.advert("top-c")}</header>\n<main>\n{trail}\n<article class="detail">\n{article}\n</article>\n'
        f'<section class="same-cate"><h3>Tin cùng chuyên mục</h3><ul>{related(chrome.related)}</ul></section>\n'
        f'<h3 class="comments">Bình luận</h3>{boilerplate.comment_form("Ý kiến của bạn")}\n</main>\n'
        f'<aside><div class="box"><h3>Mới nhất</h3><ul class="cate-content-list">{chrome.newest}</ul></div>\n'
        f"{boilerplate.advert('side-c')}{boilerplate.widgets('c')}\n"
        f'<div class="box"><h3>Đọc nhiều</h3><ul>{chrome.popular}</ul></div></aside>\n'
        f"{boilerplate.hidden_state('c-push', 700)}\n{boilerplate.footer()}\n{boilerplate.foot_scripts(story.style)}\n</body>\n</html>\n"
    )


def _article(story: Story, template: Template, hand: Hand) -> str:
    mark = f"({story.agency}) " if story.agency else ""
    blocks = flow(
        story,
        hand,
        mark=mark,
        habits=template.captions,
        subhead=_subhead(story),
        skip_lead=story.has_lead,
    )
    for address in story.media:
        tag = "audio" if address.endswith(".mp3") else "video"
        blocks.append(f'<{tag} controls src="{address}"></{tag}>')
    if story.byline:
        blocks.append(template.byline.format(hand.words(story.byline)))
    if len(blocks) > 5 and story.style % 3 == 0:
        # A box of links in the middle of the text, as editors of this CMS insert it.
        blocks.insert(
            4,
            '<div class="related-inline"><strong>Tin liên quan</strong><ul>'
            '<li><a href="/xa-hoi"><img src="/thumb/xahoi.jpg" alt="" />Đọc thêm tin xã hội trong ngày</a>'
            " <span>21/03/2026 08:00</span></li></ul></div>",
        )
    if len(blocks) > 3 and story.style % 4 == 1:
        blocks.insert(3, boilerplate.advert("inline"))
    title = template.title.format(f"\n  {hand.words(story.title)} ")
    stamp = template.stamp.format(printed_stamp(story) or "")
    lead = template.lead.format(hand.words(mark + story.paragraphs[0])) if story.has_lead else ""
    first, second = (stamp, title) if template.stamp_first else (title, stamp)
    return (
        f"{first}\n{second}\n{boilerplate.SHARE}\n{lead}\n"
        f"{template.content.format(chr(10).join(blocks))}\n{_tags(story)}"
    )


def _subhead(story: Story) -> Callable[[str], str]:
    tag = ("h2", "h3", "strong")[story.style % 3]
    return lambda words: (
        f"<p><{tag}>{words}</{tag}></p>" if tag == "strong" else f"<{tag}>{words}</{tag}>"
    )


def _tags(story: Story) -> str:
    if not story.tags:
        return ""
    links = " ".join(
        f'<a href="/tim-kiem?q={escape(tag)}" rel="tag">{escape(tag)}</a>' for tag in story.tags
    )
    return f'<div class="tags"><span>Từ khóa:</span> {links}</div>'


def _tags_meta(story: Story) -> str:
    return (
        f'<meta name="keywords" content="{escape(", ".join(story.tags))}">\n' if story.tags else ""
    )


def _json_ld(story: Story, template: Template) -> str:
    site: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Báo Đồng Tháp",
    }
    data = [site]
    if template.json_ld and story.published:
        data.append(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": story.title,
                "datePublished": iso(story.published),
                "dateModified": iso(story.stamp.replace(second=0)),
            }
        )
    return "".join(
        f'<script type="application/ld+json">{json.dumps(each, ensure_ascii=False)}</script>\n'
        for each in data
    )
