# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Generation A: ASP.NET WebForms, in the template of 2017 and that of 2019.

Templates: ``a-2017`` (text in ``.home-col-left .pageListLeft``), ``a-2017-br`` (the same with line breaks
for paragraphs), ``a-2019`` (``.contentView``, title and date inside), ``a-2019-div`` (the text in a div).
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from newsroom import boilerplate
from newsroom.content import Hand, broken_lines, flow, gallery
from newsroom.expected import printed_stamp
from newsroom.lists import related
from newsroom.page_chrome import PageChrome
from newsroom.records import Story
from newsroom.sections import Section

_TAIL = '<a href="javascript:history.back()">&lt; Trở về trang trước</a>'
_COMMENT = "Gửi bình luận của bạn"


def page(story: Story, filed: Section, chrome: PageChrome) -> str:
    """The whole page of *story* as filed under *filed*."""
    old = story.template.startswith("a-2017")
    head = boilerplate.head(
        story.title,
        story.paragraphs[0],
        seed="a-old" if old else "a-new",
        extra=(
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
            '<meta name="keywords" content="báo đồng tháp, tin tức đồng tháp, dong thap online" />\n'
        ),
    )
    column = _column_2017(story, filed, chrome) if old else _column_2019(story, filed, chrome)
    doctype = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">'
        if old
        else '<!DOCTYPE html>\n<html lang="vi">'
    )
    return (
        f'{doctype}\n{head}\n<body>\n<form method="post" action="./" id="form1">\n'
        f"{boilerplate.hidden_state(story.template[:6], 1700 if old else 2600)}\n"
        f'<div id="header"><h1 class="logo"><a href="/">Báo Đồng Tháp Online</a></h1><div class="today">{chrome.clock:%H:%M:%S - %d/%m/%Y}</div>'
        f'<div class="banner">{boilerplate.advert("top-banner")}</div>\n<div id="menu">{chrome.menu}</div></div>\n'
        f'<div class="main">\n{column}\n<div class="home-col-right">{boilerplate.advert("right-1")}\n'
        f'<div class="box"><h3>Tin mới nhất</h3><ul>{chrome.newest}</ul></div>\n{boilerplate.widgets("a")}\n'
        f'<div class="box"><h3>Đọc nhiều</h3><ul>{chrome.popular}</ul></div>{boilerplate.advert("right-2")}</div>\n'
        f"</div>\n{boilerplate.footer()}\n</form>\n{boilerplate.foot_scripts(story.style)}\n</body>\n</html>\n"
    )


def _column_2017(story: Story, filed: Section, chrome: PageChrome) -> str:
    hand = Hand(story)
    label, _, moment = (printed_stamp(story) or "").partition(": ")
    # The label stands in the span, beside it, or in a node of its own.
    date = (
        f'<div class="date"><span>{label}: {moment}</span></div>',
        f'<div class="date">\n<span>{label}:&nbsp;{moment}</span></div>',
        f'<p class="date"><span>{label}: <b>{moment}</b></span></p>',
    )[story.style % 3]
    kicker = f'<p class="view-page-SubTit">{hand.words(story.kicker)}</p>' if story.kicker else ""
    tail = _TAIL if story.style % 2 else ""
    return (
        f'<div class="home-col-left"><div class="pageListLeft">\n<div id="brMenu">{_trail(filed)}</div>\n'
        f'{kicker}\n<h2 class="view-page-Tit">\n\t{hand.words(story.title)}\n</h2>\n{date}\n{boilerplate.SHARE}\n'
        f"{_text(story, hand)}\n"
        f'<script type="text/javascript">var newsId={story.number};countView(newsId);</script>\n'
        f'<div class="back">{tail}</div>\n<div class="lienquan"><b>Các tin khác</b><ul>{related(chrome.related)}</ul></div>\n'
        f"<div>{boilerplate.comment_form(_COMMENT)}</div>\n</div></div>"
    )


def _column_2019(story: Story, filed: Section, chrome: PageChrome) -> str:
    hand = Hand(story)
    kicker = ""
    if story.kicker:
        words = hand.words(story.kicker)
        kicker = (
            f'<h4 class="kicker">{words}</h4>',
            f'<p class="sub-title"><strong>{words}</strong></p>',
            f'<span class="over-title">{words}</span>',
        )[story.style % 3]
    stamp = printed_stamp(story)
    return (
        f'<div class="col-left"><ol class="breadcrumb">{_trail(filed)}</ol>\n<div class="contentView">\n{kicker}\n'
        f"<h1>{hand.words(story.title)}</h1>\n"
        f'<div class="date"><span id="cphContent_ucNewsDetails_lblPostedDate">{stamp}</span>{boilerplate.SHARE}</div>\n'
        f"{_text(story, hand)}\n</div>\n"
        f'<div class="newsback">{_TAIL}</div>\n{boilerplate.comment_form(_COMMENT)}\n'
        f'<div class="other-news"><h3>Tin liên quan</h3><ul>{related(chrome.related)}</ul></div>\n'
        f"{boilerplate.advert('under-article')}</div>"
    )


def _trail(filed: Section) -> str:
    return f'<a href="/">Trang chủ</a> » <a href="{escape(filed.path())}">{escape(filed.name)}</a>'


def _text(story: Story, hand: Hand) -> str:
    mark = f"{story.agency} - " if story.agency else ""
    lines = story.template == "a-2017-br"
    blocks = flow(
        story,
        hand,
        mark=mark,
        habits=("em",) if lines else ("em", "em", "next"),
        subhead=_subhead(hand),
    )
    if story.kind == "photo":
        blocks = [
            hand.paragraph(hand.words(mark) + hand.running(story.paragraphs[0])),
            gallery(story, hand),
        ]
    if story.kind == "video":
        blocks.append(
            '<table width="100%"><tr><td>|</td><td><video controls width="600">'
            f'<source src="{story.media[0]}" type="video/mp4"></video></td><td>|</td></tr></table>'
        )
    if story.audio:
        blocks[:0] = [f"<p>{story.audio}</p>", "<p>&nbsp;</p>"]
    if story.byline:
        blocks.append(_byline(story, hand))
    if lines:
        return f'<div class="noidung">{broken_lines(blocks)}</div>'
    if story.template == "a-2019-div":
        return f'<div id="divContent">{chr(10).join(blocks)}</div>'
    return "\n".join(blocks)


def _subhead(hand: Hand) -> Callable[[str], str]:
    bold = hand.random.random() < 0.6
    return lambda words: f"<p><strong>{words}</strong></p>" if bold else f"<p>{words}</p>"


def _byline(story: Story, hand: Hand) -> str:
    words = hand.words(story.byline or "")
    return (
        f'<p style="text-align: right;"><strong>{words}</strong></p>',
        f'<p align="right"><b>{words}</b></p>',
        f"<p><strong>{words}</strong></p>",
        f'<p style="text-align:right"><em>{words}</em></p>\n<p>&nbsp;</p>',
    )[story.style % 4]
