# ruff: noqa: E501 — markup as a page prints it is not broken to fit a column.
"""Lists of stories, wherever they stand: section pages, sidebars, related links, the home page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from newsroom.addresses import PAGE_HOSTS, has_hex_link, hex_path, path
from newsroom.records import Story
from newsroom.sections import SECTIONS, Section

#: Stories on one page of a section.
PER_PAGE = 18


def link(story: Story, section: Section | None = None, *, by_hex: bool = False) -> str:
    """The address of *story* as one editor or another wrote it: from the root, or on any of the hosts."""
    where = hex_path(story) if by_hex or story.hex_only else path(story, section)
    if story.generation == "C" and story.style % 11 == 0:
        where = f"/index.php{where}"  # SEEN on a sister paper: a second path to every page
    turn = story.style % 7
    if turn < 3:
        return where
    if turn < 5 or story.generation != "A":
        return f"https://{PAGE_HOSTS[turn % 2]}{where}"
    return f"http://{PAGE_HOSTS[2 + turn % 2]}{where}"


def item(story: Story, section: Section | None = None) -> str:
    """A story in a section's list: picture, title, day, lead."""
    title, lead = escape(story.title), escape(story.paragraphs[0])
    mark = f"{story.agency} - " if story.agency and story.generation == "A" else ""
    day = f"{story.stamp:%d/%m/%Y}"
    by_title = link(story, section)
    by_picture = link(story, section, by_hex=has_hex_link(story))
    return (
        f'<div class="item list-item"><a class="thumb" href="{by_picture}"><img src="/thumb/{story.number}.jpg"'
        f' alt="{title}" width="180" /></a>\n<h3><a class="title news-title" href="{by_title}" title="{title}">'
        f'{title}</a></h3>\n<span class="date">{day}</span>\n<p class="sapo">{escape(mark)}{lead}</p></div>\n'
    )


def small_items(stories: Iterable[Story]) -> str:
    """A sidebar's list: titles with their own stamps and short sapos."""
    return "".join(
        f'<li><a href="{link(each)}"><img src="/thumb/s{each.number}.jpg" alt="" /></a>'
        f'<h4><a href="{link(each)}">{escape(each.title)}</a></h4>'
        f'<p class="date">{each.stamp:%d/%m/%Y %H:%M}</p><p>{escape(each.paragraphs[0][:140])}…</p></li>\n'
        for each in stories
    )


def related(stories: Iterable[Story]) -> str:
    """The links below an article: dated titles."""
    return "".join(
        f'<li><a href="{link(each)}">{escape(each.title)}</a> <span>({each.stamp:%d/%m/%Y %H:%M:%S})</span></li>\n'
        for each in stories
    )


def menu(sections: Iterable[Section] = SECTIONS) -> str:
    """The navigation: every one of *sections*, and what is no list of articles."""
    entries = "".join(
        f'<li class="nav-item"><a href="{escape(each.path())}" title="{escape(each.name)}">{escape(each.name)}</a></li>\n'
        for each in sections
    )
    others = (
        '<li><a href="/xem-bao">Đọc báo in</a></li><li><a href="/en">English</a></li>'
        '<li><a href="/tim-kiem">Tìm kiếm</a></li><li><a href="/ketquatimkiem.aspx?keyword=">Tìm</a></li>'
        '<li><a href="javascript:void(0)">Đặt báo</a></li><li><a href="/rss">RSS</a></li>'
    )
    return f'<ul class="nav">\n<li><a href="/">Trang chủ</a></li>\n{entries}{others}</ul>'


def pager(section: Section, page: int, last: int) -> str:
    """Links to the pages around *page*, in the generation's manner."""
    if last < 2:
        return ""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    links = " ".join(
        f"<span>{number}</span>"
        if number == page
        else f'<a href="{escape(section.path(number))}">{number}</a>'
        for number in near
    )
    onward = f'<a class="next" href="{escape(section.path(page + 1))}">»</a>' if page < last else ""
    return f'<div class="pager paging">Trang {links} {onward}</div>'


def pages_of(stories: Sequence[object]) -> int:
    """How many pages a list of *stories* fills."""
    return max(1, -(-len(stories) // PER_PAGE))
