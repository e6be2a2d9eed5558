# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Generation B: the CMS with ``#content`` and ``#current-date`` (2025)."""

from __future__ import annotations

from html import escape

from newsroom import noise
from newsroom.content import Hand, flow
from newsroom.lists import related
from newsroom.meaning import printed_stamp
from newsroom.records import Story
from newsroom.sections import Section
from newsroom.surroundings import Surroundings


def page(story: Story, filed: Section, around: Surroundings) -> str:
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
    head = noise.head(
        story.title, story.paragraphs[0], seed="b", extra='<meta charset="utf-8" />\n'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="vi-VN">\n{head}\n<body class="detail">\n'
        f'<div class="tool-header"><span class="hotline">Đường dây nóng: 02773 000 000</span>'
        f'<span class="clock">{around.clock:%d-%m-%Y %H:%M}</span></div>\n<h1 class="logo"><a href="/">Báo Đồng Tháp</a></h1><nav>{around.menu}</nav>\n'
        f'<div id="nav"><a href="/">Trang chủ</a> &gt; <a class="parent_cate" href="{escape(filed.path())}">'
        f"{escape(filed.name)}</a></div>\n{noise.advert('header-b')}\n"
        f'<div class="wrap"><div class="detail-col">\n<h1 id="title">{hand.words(story.title)}</h1>\n'
        f'<div id="current-date">{printed_stamp(story)}</div>\n{noise.SHARE}\n'
        f'<div id="content">\n{chr(10).join(blocks)}\n</div>\n{noise.SHARE}\n'
        f'<div class="cungmuc"><h3>Cùng chuyên mục</h3><ul>{related(around.related)}</ul></div>\n'
        f"{noise.comment_form('Ý kiến bạn đọc')}</div>\n"
        f'<aside><div class="box"><h3>Tin mới</h3><ul>{around.newest}</ul></div>{noise.advert("aside-b")}\n'
        f'{noise.widgets("b")}\n<div class="box"><h3>Xem nhiều</h3><ul>{around.popular}</ul></div></aside></div>\n'
        f"{noise.hidden_state('b-sync', 700)}\n{noise.footer()}\n{noise.foot_scripts(story.style)}\n</body>\n</html>\n"
    )
