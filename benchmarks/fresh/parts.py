"""Markup that all shells share: the flow of the text, menus, lists of others, forms, tails."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

import json
from html import escape

from benchmarks.fresh import vocabulary as words
from benchmarks.fresh.story import Block, Story

SITE_TAGS = ("Rạch Giá", "Phú Quốc", "Đồng Tháp Mười")


class Dress:
    """How one template marks up the pieces of a text. A shell overrides what differs."""

    extension = "jpg"

    def p(self, html: str) -> str:
        """A paragraph."""
        return f"<p>{html}</p>"

    def sub(self, text: str) -> str:
        """A subhead."""
        return f"<p><strong>{escape(text)}</strong></p>"

    def ask(self, html: str) -> str:
        """A question in an interview."""
        return self.p(f"<strong><em>{html}</em></strong>")

    def image(self, number: int) -> str:
        """An img element of the article."""
        return (
            f'<img src="/image/ckeditor/2026/20260130/files/h{number}.{self.extension}" '
            'width="620" height="413" alt="">'
        )

    def pic(self, number: int, caption: str) -> str:
        """A picture and its caption, which may be empty."""
        if not caption:
            return f'<p style="text-align:center">{self.image(number)}</p>'
        return (
            f'<p style="text-align:center">{self.image(number)}<br><em>{escape(caption)}</em></p>'
        )

    def pic_above(self, number: int, caption: str) -> str:
        """A picture whose caption stands above it in the same paragraph."""
        return (
            f'<p style="text-align:center"><em>{escape(caption)}</em><br>{self.image(number)}</p>'
        )

    def table(self, block: Block) -> str:
        """A data table."""
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in block.rows
        )
        return f'<table border="1"><tbody>{rows}</tbody></table>'

    def flow(self, story: Story) -> str:
        """The text without lead and byline."""
        out, number = [], 0
        for block in story.blocks:
            if block.kind in ("pic", "pic-above"):
                number += 1
                make = self.pic if block.kind == "pic" else self.pic_above
                out.append(make(number, block.text))
            elif block.kind == "sub":
                out.append(self.sub(block.text))
            elif block.kind == "table":
                out.append(self.table(block))
            elif block.kind == "ask":
                out.append(self.ask(block.html))
            elif block.kind == "related":
                out.append(others(story, "related-inline", 2))
            elif block.kind == "html":
                out.append(block.html)
            else:
                out.append(self.p(block.html))
        return "\n".join(out)


def _address(story: Story) -> str:
    """An address of another article; B's may have a slug of two words."""
    number = story.rng.randint(100, 900)
    return {
        "A": f"/xa-hoi/bai-khac-trong-ngay-71{number}.aspx",
        "B": f"/xa-hoi/201811/lua-vang-1050{number}",
        "C": f"/bai-khac-trong-ngay-a235{number}.html",
    }[story.generation]


def others(story: Story, css: str, count: int = 4, label: str = "", *, sapo: bool = False) -> str:
    """A list of other articles: headlines that may begin as a label does."""
    items = []
    for place, headline in enumerate(story.rng.sample(words.OTHERS, count)):
        more = f"<p>{story.alien(words.SAPOS[place % 3])}</p>" if sapo else ""
        href = _address(story)
        items.append(
            f'<li><a href="{href}" title="{escape(headline)}">{story.alien(headline)}</a>{more}</li>'
        )
    head = f"<h3>{escape(label)}</h3>" if label else ""
    return f'<div class="{css}">{head}<ul>{"".join(items)}</ul></div>'


def menu(story: Story) -> str:
    """The mega menu: rubrics with headlines of others."""
    items = "".join(
        f'<li><a href="/{slug}">{name}</a>{others(story, "mega", 3)}</li>'
        for name, slug in words.SECTIONS
    )
    return f'<nav class="menu"><ul><li><a href="/">Trang chủ</a></li>{items}</ul></nav>'


def share(story: Story) -> str:
    """A table of share buttons."""
    return (
        '<table class="share"><tr><td><iframe src="//www.facebook.com/plugins/like.php"></iframe></td>'
        '<td><a href="mailto:?subject=x">Gửi email</a></td>'
        f'<td><a href="/print/{story.slug}-a{story.number}.html">In bài viết</a></td></tr></table>'
    )


def before_text(story: Story) -> str:
    """A list of others between lead and text, if the story asks for one."""
    return others(story, "box-tinkhac", 3) if "related-before" in story.faults else ""


def after_text(story: Story) -> str:
    """What stands under the byline: author box, appeal, reader's form, as the story asks."""
    out = []
    if "E6" in story.faults:
        out.append(f'<p class="author"> {story.alien("Bút danh")} </p>')
    if "E8" in story.faults and story.byline:
        office = story.alien("Phóng viên Báo Đồng Tháp")
        out.append(
            '<div class="author-box"><img src="/static/avatar.png" width="60" height="60">'
            f"<a href='/tac-gia/12'>{escape(story.byline)}</a><span>{office}</span></div>"
        )
    if "E9" in story.faults:
        story.appeal = "Mọi đóng góp xin gửi về: Hội Chữ thập đỏ tỉnh, số 12 đường Lý Thường Kiệt."
        out.append(f"<p><em>{story.appeal}</em></p>")
    if "E7" in story.faults:
        out.append(
            f'<div class="user-info"><p>{story.alien("Thông tin bạn đọc")}</p>'
            f"<p>{story.alien('Đóng Lưu thông tin')}</p></div>"
        )
    return "\n".join(out)


def tail(story: Story) -> str:
    """Lists, tags and forms under the article."""
    tags = "".join(f'<a href="/tim-kiem/{t}.html">{story.alien(t)}</a>' for t in SITE_TAGS)
    box = "cate-content" if "E2" in story.faults else "news-other"
    return "\n".join(
        (
            f'<div id="postcomment"><div class="boxpayk">{story.alien("Mọi phản ánh, ý kiến, tin, bài xin gửi về Tòa soạn")}</div></div>',
            f"<div class='tags'><span>{story.alien('Từ khóa')}</span>{tags}</div>",
            others(story, box, 6, "Đọc thêm", sapo="E2" in story.faults),
            f"<form><h3>BÌNH LUẬN</h3><textarea></textarea><button>{story.alien('Gửi ý kiến')}</button></form>",
            f"<footer><p>{story.alien('Cơ quan chủ quản: Tỉnh ủy Đồng Tháp. Giấy phép số 22/GP-BTTTT')}</p></footer>",
        )
    )  # fmt: skip


def json_ld(story: Story, url: str) -> str:
    """The NewsArticle of a C page: the author is the paper."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.moment.isoformat(),
        "author": {"@type": "Organization", "name": "Báo Đồng Tháp"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def head(story: Story, url: str, more: str = "") -> str:
    """The head of a page."""
    return (
        f'<head><meta charset="utf-8"><title>{escape(story.title)} - Báo Đồng Tháp Online</title>'
        f'<meta name="description" content="{escape(story.lead)}">'
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:url" content="{url}">'
        f'<link rel="canonical" href="{url}">{more}</head>'
    )
