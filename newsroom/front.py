# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""The pages that are no articles: home, sections, and what stands where an article stood."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from newsroom import boilerplate
from newsroom.lists import item, pager, small_items
from newsroom.newspaper import Edition
from newsroom.page_chrome import PageChrome
from newsroom.records import Story
from newsroom.sections import Section

_DESCRIPTION = "Báo Đồng Tháp Online - Tin tức Đồng Tháp"


def _frame(title: str, inner: str, chrome: PageChrome, *, seed: str = "list") -> str:
    head = boilerplate.head(title, _DESCRIPTION, seed=seed, extra='<meta charset="utf-8" />\n')
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n{head}\n<body>\n<header>'
        f'<div class="clock">{chrome.clock:%H:%M:%S - %d/%m/%Y}</div><nav>{chrome.menu}</nav></header>\n'
        f'<main>{inner}</main>\n<aside><div class="box"><h3>Mới nhất</h3><ul>{chrome.newest}</ul></div>'
        f"{boilerplate.widgets(seed)}</aside>\n{boilerplate.footer()}\n{boilerplate.scripts(seed, 16)}\n</body>\n</html>\n"
    )


def home(edition: Edition, chrome: PageChrome, *, old: bool) -> str:
    """The front page: the newest stories and a box for every section.

    On the .com.vn hosts (*old*) the front page is still that of generation A.
    """
    shown = [each for each in edition.paper.sections if not old or each.generation == "A"]
    stories = [edition.paper.story(place, edition.day) for place in edition.newest]
    boxes = "".join(
        f'<div class="box-cate"><h2><a href="{escape(each.path())}">{escape(each.name)}</a></h2><ul>'
        f"{small_items(edition.paper.story(place, edition.day) for place in edition.lists.get(each, [])[:3])}"
        "</ul></div>\n"
        for each in shown
    )
    top = "" if old else f'<div class="top-news">{"".join(map(item, stories))}</div>'
    inner = f"<h1>Báo Đồng Tháp Online</h1>{top}\n{boxes}"
    return _frame("Trang chủ", inner, chrome, seed="home-old" if old else "home")


def section_page(
    section: Section,
    items: Sequence[tuple[Story, Section | None]],
    page: int,
    last: int,
    chrome: PageChrome,
) -> str:
    """One page of a section: each story with the section that it is linked under."""
    listed = "".join(item(story, filed) for story, filed in items)
    inner = (
        f'<h1 class="cate-title">{escape(section.name)}</h1>\n<div id="cate-content" class="list">\n{listed}</div>\n'
        f"{pager(section, page, last)}"
    )
    return _frame(section.name, inner, chrome)


def notice(text: str, chrome: PageChrome) -> str:
    """A page of the site that says one thing."""
    return _frame(text, f'<div class="notice"><p>{escape(text)}</p></div>', chrome)


def not_found(chrome: PageChrome) -> str:
    """What a missing page shows, whatever its status."""
    text = "Không tìm thấy trang. Trang bạn yêu cầu không tồn tại hoặc đã bị xóa."
    return _frame("Không tìm thấy trang", f'<div class="error"><p>{text}</p></div>', chrome)


def empty_shell(title: str, chrome: PageChrome) -> str:
    """An article's page that has kept its title and lost everything else."""
    inner = (
        f'<div class="detail-title"><h1>{escape(title)}</h1></div><div class="pubdate"></div>'
        '<div class="detail-desc"></div><div id="newscontents"><div class="content-fck-font-size"></div></div>'
    )
    return _frame(title, inner, chrome)


def maintenance() -> str:
    """The page of a closed site; it comes with status 200."""
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Bảo trì hệ thống</title></head><body>"
        "<h1>Hệ thống đang bảo trì</h1><p>Website đang được nâng cấp, vui lòng quay lại sau ít phút."
        " Xin lỗi quý độc giả vì sự bất tiện này.</p></body></html>"
    )
