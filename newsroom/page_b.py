# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Generation B: the CMS with ``#content`` and ``#current-date`` (2025)."""

from __future__ import annotations

from html import escape

from newsroom import boilerplate
from newsroom.content import Hand, flow
from newsroom.expected import printed_stamp
from newsroom.lists import related
from newsroom.page_chrome import PageChrome
from newsroom.records import Story
from newsroom.sections import Section


def page(story: Story, filed: Section, chrome: PageChrome) -> str:
    """The whole page of *story* as filed under *filed*."""
    hand = Hand(story)
    mark = f"({story.agency}) " if story.agency else ""
    blocks = flow(
        story,
        hand,
        mark=mark,
        habits=("table", "table-p"),
        subhead=lambda words: f"<p><strong>{words}</strong></p>",
    )
    if story.style % 2:
        # SEEN: the lead as a strong inside its paragraph.
        blocks[0] = f"<p><strong>{hand.words(mark + story.paragraphs[0])}</strong></p>"
    if story.byline:
        words = hand.words(story.byline)
        blocks.append(
            f'<p style="text-align: right;"><strong>{words}</strong></p>'
            if story.style % 3
            else f'<div style="text-align:right">{words}</div>'
        )
    head = boilerplate.head(
        story.title, story.paragraphs[0], seed="b", extra='<meta charset="utf-8" />\n'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="vi-VN">\n{head}\n<body class="detail">\n'
        f'<div class="tool-header"><span class="hotline">Đường dây nóng: 02773 000 000</span>'
        f'<span class="clock">{chrome.clock:%d-%m-%Y %H:%M}</span></div>\n<h1 class="logo"><a href="/">Báo Đồng Tháp</a></h1><nav>{chrome.menu}</nav>\n'
        f'<div id="nav"><a href="/">Trang chủ</a> &gt; <a class="parent_cate" href="{escape(filed.path())}">'
        f"{escape(filed.name)}</a></div>\n{boilerplate.advert('header-b')}\n"
        f'<div class="wrap"><div class="detail-col">\n<h1 id="title">{hand.words(story.title)}</h1>\n'
        f'<div id="current-date">{printed_stamp(story)}</div>\n{boilerplate.SHARE}\n'
        f'<div id="content">\n{chr(10).join(blocks)}\n</div>\n{boilerplate.SHARE}\n'
        f'<div class="cungmuc"><h3>Cùng chuyên mục</h3><ul>{related(chrome.related)}</ul></div>\n'
        f"{boilerplate.comment_form('Ý kiến bạn đọc')}</div>\n"
        f'<aside><div class="box"><h3>Tin mới</h3><ul>{chrome.newest}</ul></div>{boilerplate.advert("aside-b")}\n'
        f'{boilerplate.widgets("b")}\n<div class="box"><h3>Xem nhiều</h3><ul>{chrome.popular}</ul></div></aside></div>\n'
        f"{boilerplate.hidden_state('b-sync', 700)}\n{boilerplate.footer()}\n{boilerplate.foot_scripts(story.style)}\n</body>\n</html>\n"
    )
