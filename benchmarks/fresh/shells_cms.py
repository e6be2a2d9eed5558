"""Markup of content management systems that Vietnamese papers and portals use, from memory of their
public pages. Written without a look at how the extraction reads; not fitted to it afterwards.
"""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from html import escape

from benchmarks.fresh.parts import (
    Dress,
    after_text,
    before_text,
    head,
    json_ld,
    menu,
    others,
    share,
    tail,
)
from benchmarks.fresh.shell import C_MARKS, Printed, Shell, cut_off, flat_url, marked_lead
from benchmarks.fresh.story import Block, Story

LAZY = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _again(story: Story, lead: str, tag: str = "p") -> str:
    """The lead a second time, whole, where the story asks for it or the first was cut."""
    return f"<{tag}><strong>{lead}</strong></{tag}>" if {"E10", "lead-twice"} & story.faults else ""


def _first(story: Story, lead: str) -> str:
    return escape(cut_off(story.lead)) if "E10" in story.faults else lead


def _crumbs(story: Story, opening: str = 'ul class="breadcrumb"') -> str:
    tag = opening.split()[0]
    return f'<{opening}><li><a href="/">Trang chủ</a></li><li><a href="/{story.section_slug}">{story.section}</a></li></{tag}>'


def _day(story: Story) -> str:
    return story.day().replace("Hai", "hai").replace("Sáu", "sáu")


# -- VnExpress ---------------------------------------------------------------------------------


class Fck(Dress):
    """`p.Normal`, `figure.tplCaption` with a lazy picture in `picture`."""

    def p(self, html: str) -> str:
        return f'<p class="Normal">{html}</p>'

    def pic(self, number: int, caption: str) -> str:
        note = (
            f'<figcaption itemprop="description"><p class="Image">{escape(caption)}</p></figcaption>'
            if caption
            else ""
        )
        return (
            '<figure data-size="true" itemprop="associatedMedia image" itemscope class="tplCaption action_thumb_added">'
            '<meta itemprop="url" content="x.jpg"><meta itemprop="width" content="620"><div class="fig-picture" style="padding-bottom:66%">'
            f'<picture><source data-srcset="/files/h{number}_w680.jpg 1x, /files/h{number}_w1020.jpg 2x" srcset="{LAZY}">'
            f'<img itemprop="contentUrl" loading="lazy" class="lazy lazied" src="{LAZY}" data-src="/files/h{number}_w680.jpg" alt="{escape(caption)}"></picture></div>{note}</figure>'
        )

    def pic_above(self, number: int, caption: str) -> str:
        return f'<figure class="tplCaption"><figcaption><p class="Image">{escape(caption)}</p></figcaption>{self.image(number)}</figure>'


def vnexpress(story: Story) -> Printed:
    """`header-content` holds crumbs and stamp above the title; `article.fck_detail` the text."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<p class="Normal" style="text-align:right;"><strong>{escape(story.byline)}</strong></p>'
        if story.byline
        else ""
    )
    kicker = f'<span class="title-top">{escape(story.kicker)}</span>' if story.kicker else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url)}<body data-source="Detail-ThoiSu"><section class="top-header">{menu(story)}</section>
<section class="section page-detail top-detail"><div class="container flex"><div class="sidebar-1"><div class="header-content width_common">
{_crumbs(story)}<span class="date">{_day(story)}, {story.moment.day}/{story.moment.month}/{story.moment:%Y, %H:%M} (GMT+7)</span></div>
{kicker}<h1 class="title-detail">{escape(story.title)}</h1><p class="description">{_first(story, lead)}</p>{before_text(story)}
<article class="fck_detail ">{_again(story, lead)}{vnexpress_dress.flow(story)}{signed}{after_text(story)}</article>
<div class="footer-content width_common"><div class="social_pin"><a href="#">Trở lại {story.section}</a><a class="save" href="#">Lưu</a></div></div>
<div class="box-tinlienquanv2"><div class="width_common">{story_list(story)}</div></div></div><div class="sidebar-2">{others(story, "box-category", 4, "Xem nhiều")}</div></div></section>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


def story_list(story: Story) -> str:
    """A list of `article.item-news`, each a picture, a headline and an opening."""
    out = []
    for number, text in enumerate(
        (
            "Hơn 300 hộ dân cù lao có nước sạch trước Tết",
            "Cầu tạm trên kênh Nguyễn Văn Tiếp được thay mới",
            "Phiên chợ nông sản sạch kéo dài ba ngày",
        )
    ):
        opening = story.alien(
            f"Công trình số {number + 4} do địa phương và nhà hảo tâm cùng góp vốn, thi công trong hai tháng."
        )
        href = f"/{number}-ho-dan-cu-lao-co-nuoc-sach-a23500{number}.html"
        out.append(f'<article class="item-news"><div class="thumb-art"><a href="{href}"><img src="/files/t{number}.jpg" width="240" height="144"></a></div>'
                   f'<h4 class="title-news"><a href="{href}" title="{text}">{story.alien(text)}</a></h4><p class="description"><a href="{href}">{opening}</a></p></article>')  # fmt: skip
    return "".join(out)


# -- Tuổi Trẻ, Thanh Niên (VCCorp) ---------------------------------------------------------------


class VcCorp(Dress):
    """`figure.VCSortableInPreviewMode` and a box of one related article in the text."""

    def sub(self, text: str) -> str:
        return f"<p><b>{escape(text)}</b></p>"

    def pic(self, number: int, caption: str) -> str:
        note = (
            f'<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{escape(caption)}</p></figcaption>'
            if caption
            else ""
        )
        return f'<figure class="VCSortableInPreviewMode" type="Photo"><div><a href="/files/h{number}.jpg" data-fancybox="img-lightbox" class="detail-img-lightbox">{self.image(number)}</a></div>{note}</figure>'

    def pic_above(self, number: int, caption: str) -> str:
        return f'<div class="VCSortableInPreviewMode" type="Photo"><div class="PhotoCMS_Caption"><p>{escape(caption)}</p></div><div>{self.image(number)}</div></div>'

    def table(self, block: Block) -> str:
        return f'<div class="VCSortableInPreviewMode" type="Table"><table border="1" cellspacing="0"><tbody>{"".join("<tr>" + "".join(f"<td><p>{escape(c)}</p></td>" for c in row) + "</tr>" for row in block.rows)}</tbody></table></div>'


def _one_related(story: Story) -> str:
    if "related-inside" not in story.faults:
        return ""
    return (
        '<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a class="VCObjectBoxRelatedNewsItemAvatar" href="/lang-chieu-vao-vu-a235111.html"><img src="/files/t1.jpg" width="200"></a>'
        f'<div class="VCObjectBoxRelatedNewsItemContent"><a class="VCObjectBoxRelatedNewsItemTitle" href="/lang-chieu-vao-vu-a235111.html">{story.alien("Làng chiếu Định Yên vào vụ lớn nhất năm")}</a>'
        f'<p class="VCObjectBoxRelatedNewsItemSapo">{story.alien("Mỗi ngày, làng nghề trăm tuổi làm ra hơn hai ngàn đôi chiếu các loại.")}</p></div></div>'
    )


def tuoitre(story: Story) -> Printed:
    """`detail-top` with rubric and stamp above the title, author below the text."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<div class="detail-author-bot"><div class="author-info"><a class="name" href="/tac-gia/x-12.htm">{escape(story.byline)}</a></div></div>'
        if story.byline
        else ""
    )
    kicker = f'<p class="detail-kicker">{escape(story.kicker)}</p>' if story.kicker else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body><div class="header">{menu(story)}</div><div class="main"><div class="container detail">
<div class="detail__main"><div class="detail-top"><div class="detail-cate"><a href="/{story.section_slug}" title="{story.section}" data-role="cate-name">{story.section}</a></div>
<div class="detail-time"><div data-role="publishdate">{story.moment:%d/%m/%Y %H:%M} GMT+7</div></div></div>{kicker}
<h1 class="detail-title article-title" data-role="title">{escape(story.title)}</h1>
<div class="detail-cmain clearfix"><h2 class="detail-sapo" data-role="sapo">{_first(story, lead)}</h2>{before_text(story)}
<div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">{_again(story, lead)}{tuoitre_dress.flow(story)}{_one_related(story)}</div>
<div class="detail-tab" data-marked-zoneid="tab"><div class="detail-social-share">{share(story)}</div></div>{signed}{after_text(story)}</div>
<div class="detail__related"><div class="box-title">Tin liên quan</div>{story_list(story)}</div></div></div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


def thanhnien(story: Story) -> Printed:
    """The author's box with an avatar stands between title and lead, with the stamp."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    author = (
        f'<div class="detail-author"><div class="author-info-top"><a class="avatar" href="/author/x-17.htm"><img src="/avatar/17.jpg" width="48" height="48"></a><div class="author-top"><a class="name" href="/author/x-17.htm">{escape(story.byline)}</a></div></div></div>'
        if story.byline
        else ""
    )
    kicker = f'<div class="detail-kicker">{escape(story.kicker)}</div>' if story.kicker else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body>{menu(story)}<div class="layout__detail"><div class="detail__container">
<div class="detail-breadcrumb">{_crumbs(story, "ul")}</div>{kicker}<h1 class="detail-title"><span data-role="title">{escape(story.title)}</span></h1>
<div class="detail-info">{author}<div class="detail-time"><div data-role="publishdate">{story.moment:%d/%m/%Y %H:%M} GMT+7</div></div></div>
<h2 class="detail-sapo" data-role="sapo">{_first(story, lead)}</h2>{share(story)}{before_text(story)}
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content">{_again(story, lead)}{tuoitre_dress.flow(story)}{_one_related(story)}</div></div>{after_text(story)}
</div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


# -- VietnamPlus, Nhân Dân (Hemera) --------------------------------------------------------------


class Hemera(Dress):
    """`figure.picture` inside `div.article-photo`."""

    def sub(self, text: str) -> str:
        return f"<h2>{escape(text)}</h2>"

    def pic(self, number: int, caption: str) -> str:
        note = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f'<div class="article-photo"><figure class="picture"><img class="lazyload cms-photo" src="{LAZY}" data-src="/files/h{number}.jpg" data-large-src="/files/L{number}.jpg" alt="" width="620" height="413">{note}</figure></div>'


def vietnamplus(story: Story) -> Printed:
    """`header.article__header`, a `time` whose text a script fills, the author under the text."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<div class="article__author"><span class="name">{escape(story.byline)}</span></div>'
        if story.byline
        else ""
    )
    kicker = f'<div class="article__kicker">{escape(story.kicker)}</div>' if story.kicker else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body class="detail-page"><header class="site-header">{menu(story)}</header>
<div class="site-content"><div class="container"><div class="breadcrumb"><h2 class="main"><a href="/{story.section_slug}">{story.section}</a></h2></div>
<article class="article"><header class="article__header">{kicker}<h1 class="article__title cms-title ">{escape(story.title)}</h1>
<div class="article__sapo cms-desc">{_first(story, lead)}</div><div class="article__meta"><time datetime="{story.moment:%Y-%m-%dT%H:%M}:00+0700" data-format="vi">{story.moment:%d/%m/%Y %H:%M}</time></div></header>
<div class="article__social">{share(story)}</div>{before_text(story)}<div class="article__body cms-body " itemprop="articleBody">{_again(story, lead)}{hemera.flow(story)}</div>
{signed}{after_text(story)}<div class="article__tag"><h3 class="box-heading">#Từ khóa</h3><a href="/tag/x">{story.alien("Đồng Tháp Mười sen")}</a></div></article>
<div class="article-related"><div class="box-heading">Tin liên quan</div>{story_list(story)}</div></div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


# -- Dân trí -----------------------------------------------------------------------------------


class Singular(Dress):
    def pic(self, number: int, caption: str) -> str:
        note = f"<figcaption><p>{escape(caption)}</p></figcaption>" if caption else ""
        return f'<figure class="image align-center" contenteditable="false"><img title="{escape(caption)}" src="/files/h{number}.jpg" alt="{escape(caption)}" data-width="1024" data-original="/files/h{number}.jpg">{note}</figure>'


def dantri(story: Story) -> Printed:
    """Author and `time` between title and lead; the related list in the text has no class."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    author = (
        f'<div class="author-name"><a href="/tac-gia/x.htm"><b>{escape(story.byline)}</b></a></div>'
        if story.byline
        else ""
    )
    kicker = f'<p class="singular-over">{escape(story.kicker)}</p>' if story.kicker else ""
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url)}<body><header>{menu(story)}</header><main class="body container"><div class="grid"><article class="singular-container">
{_crumbs(story, 'ul class="dt-breadcrumb"')}{kicker}<h1 class="title-page detail">{escape(story.title)}</h1><div class="author-wrap"><div class="author-avatar"><img src="/avatar/3.png" width="40" height="40"></div>
<div class="author-meta">{author}<time class="author-time" datetime="{story.moment:%Y-%m-%d %H:%M}">{_day(story)}, {story.moment:%d/%m/%Y - %H:%M}</time></div></div>
<h2 class="singular-sapo">{_first(story, lead)}</h2>{before_text(story)}<div class="singular-content">{_again(story, lead)}{singular.flow(story)}</div>
{after_text(story)}<div class="social-pin">{share(story)}</div></article></div></main>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


# -- WordPress -----------------------------------------------------------------------------------


class Newspaper(Dress):
    """`div.wp-caption`, the picture linked to its file."""

    def sub(self, text: str) -> str:
        return f"<h3>{escape(text)}</h3>"

    def pic(self, number: int, caption: str) -> str:
        image = f'<a href="https://baodongthap.vn/wp-content/uploads/2026/02/h{number}.jpg"><img loading="lazy" decoding="async" class="size-full wp-image-{number}71" src="https://baodongthap.vn/wp-content/uploads/2026/02/h{number}-696x464.jpg" alt="" width="696" height="464" srcset="https://baodongthap.vn/wp-content/uploads/2026/02/h{number}-696x464.jpg 696w, https://baodongthap.vn/wp-content/uploads/2026/02/h{number}-300x200.jpg 300w"></a>'
        if not caption:
            return f"<p>{image}</p>"
        return f'<div id="attachment_{number}71" style="width: 706px" class="wp-caption aligncenter">{image}<p id="caption-attachment-{number}71" class="wp-caption-text">{escape(caption)}</p></div>'


def newspaper(story: Story) -> Printed:
    """The Newspaper theme: date without an hour beside `time[datetime]`, views, share bars twice."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    author = (
        f'<div class="td-post-author-name"><div class="td-author-by">Bởi</div> <a href="/author/pv/">{escape(story.byline)}</a><div class="td-author-line"> - </div> </div>'
        if story.byline
        else ""
    )
    kicker = f'<p class="td-post-sub-title">{escape(story.kicker)}</p>' if story.kicker else ""
    bar = '<div class="td-post-sharing-top"><div class="td-post-sharing-visible"><a class="td-social-sharing-button" href="https://www.facebook.com/sharer.php?u=x"><div class="td-social-but-text">Facebook</div></a><a class="td-social-sharing-button" href="https://twitter.com/intent/tweet"><div class="td-social-but-text">Twitter</div></a></div></div>'
    html = f"""<!doctype html><html lang="vi">{head(story, url)}<body class="post-template-default single single-post"><div id="td-outer-wrap"><div class="td-header-wrap">{menu(story)}</div>
<div class="td-main-content-wrap"><div class="td-container"><div class="td-crumb-container"><div class="entry-crumbs"><span><a class="entry-crumb" href="/">Trang chủ</a></span> <i class="td-icon-right"></i> <span><a class="entry-crumb" href="/{story.section_slug}">{story.section}</a></span></div></div>
<div class="td-pb-row"><div class="td-pb-span8 td-main-content"><article class="post-71 post type-post status-publish hentry"><div class="td-post-header"><header class="td-post-title">
{kicker}<h1 class="entry-title">{escape(story.title)}</h1><div class="td-module-meta-info">{author}<span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00">{story.moment:%d/%m/%Y}</time></span>
<div class="td-post-views"><i class="td-icon-views"></i><span class="td-nr-views-71">1245</span></div><div class="td-post-comments"><a href="#respond"><i class="td-icon-comments"></i>0</a></div></div></header></div>
{bar}{before_text(story)}<div class="td-post-content tagdiv-type"><p><strong>{_first(story, lead)}</strong></p>{_again(story, lead)}{news_dress.flow(story)}{after_text(story)}</div>
<footer><div class="td-post-source-tags"><ul class="td-tags td-post-small-box clearfix"><li><span>TAGS</span></li><li><a href="/tag/x/">{story.alien("Đồng Tháp Mười sen")}</a></li></ul></div>{bar.replace("-top", "-bottom")}
<div class="td-block-row td-post-next-prev"><div class="td-post-prev-post"><span>Bài trước</span><a href="/lang-chieu-vao-vu-lon-nhat-nam/">{story.alien("Làng chiếu vào vụ lớn nhất năm")}</a></div></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a href="#">BÀI LIÊN QUAN</a><a href="#">XEM THÊM</a></h4>{story_list(story)}</div></div></div></div></div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


class Gutenberg(Dress):
    def sub(self, text: str) -> str:
        return f'<h2 class="wp-block-heading" id="h-x">{escape(text)}</h2>'

    def pic(self, number: int, caption: str) -> str:
        note = (
            f'<figcaption class="wp-element-caption">{escape(caption)}</figcaption>'
            if caption
            else ""
        )
        return f'<figure class="wp-block-image size-large"><img fetchpriority="high" decoding="async" width="1024" height="683" src="/wp-content/uploads/2026/02/h{number}-1024x683.jpg" alt="" class="wp-image-9{number}">{note}</figure>'

    def table(self, block: Block) -> str:
        first, *rest = block.rows
        top = "".join(f"<th>{escape(c)}</th>" for c in first)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rest
        )
        return f'<figure class="wp-block-table"><table class="has-fixed-layout"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></figure>'


def gutenberg(story: Story) -> Printed:
    """A block theme: no classes of a paper, `wp-block-…` everywhere, the author in `span.byline`."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    author = (
        f'<span class="byline"> bởi <span class="author vcard"><a class="url fn n" href="/author/pv/">{escape(story.byline)}</a></span></span>'
        if story.byline
        else ""
    )
    kicker = f'<p class="entry-kicker">{escape(story.kicker)}</p>' if story.kicker else ""
    html = f"""<!doctype html><html lang="vi">{head(story, url, json_ld(story, url))}<body class="single"><div class="wp-site-blocks"><header class="wp-block-template-part">{menu(story)}</header>
<main id="primary" class="site-main"><article id="post-71" class="post-71 post type-post hentry"><header class="entry-header"><div class="cat-links"><a href="/{story.section_slug}" rel="category tag">{story.section}</a></div>
{kicker}<h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta"><span class="posted-on">Đăng ngày <a href="{url}" rel="bookmark"><time class="entry-date published" datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00">{story.moment.day} Tháng {story.moment.month}, {story.moment:%Y}</time></a></span>{author}</div></header>
{before_text(story)}<div class="entry-content"><p>{_first(story, lead)}</p>{_again(story, lead)}{guten.flow(story)}{after_text(story)}</div>
<footer class="entry-footer"><span class="tags-links">Từ khóa <a href="/tag/x" rel="tag">{story.alien("Đồng Tháp Mười sen")}</a></span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Điều hướng bài viết</h2><div class="nav-links"><div class="nav-previous"><a href="/x-a235333.html" rel="prev"><span>Bài trước</span> {story.alien("Chợ nổi mùa nước về muộn hơn mọi năm")}</a></div></div></nav></main></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


# -- NukeViet ------------------------------------------------------------------------------------


class Nuke(Dress):
    def p(self, html: str) -> str:
        return f'<div style="text-align: justify;">{html}</div>'

    def sub(self, text: str) -> str:
        return f'<div style="text-align: justify;"><strong>{escape(text)}</strong></div>'

    def pic(self, number: int, caption: str) -> str:
        image = f'<img alt="" height="400" src="/uploads/news/2026_02/h{number}.jpg" width="600" />'
        if not caption:
            return f'<div style="text-align:center">{image}</div>'
        return f'<div style="text-align:center"><figure class="image" style="display:inline-block">{image}<figcaption>{escape(caption)}</figcaption></figure></div>'


def nukeviet(story: Story) -> Printed:
    """Bootstrap 3: paragraphs are divs, a stamp with a dash, ratings and lists of newer and older."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    plain = story.byline and ":" not in story.byline and not story.byline.startswith("Theo")
    label = "Tác giả: " if plain else ""
    signed = (
        f'<div class="margin-bottom-lg"><p class="h5 text-right"><strong>{label}</strong>{escape(story.byline)}</p></div>'
        if story.byline
        else ""
    )
    kicker = f'<p class="h5">{escape(story.kicker)}</p>' if story.kicker else ""
    lists = "".join(f'<p class="h3"><strong>{text}</strong></p><div class="clearfix"><ul class="detail-related related list-none">' + "".join(f'<li><em class="fa fa-angle-right">&nbsp;</em><h4><a href="/ban-tin-khac-so-{n}-cua-tinh-a23{n}100.html" data-toggle="tooltip">{story.alien(f"Bản tin khác số {n} của tỉnh trong tuần")}</a></h4><span class="time small">- ({n:02}/02/2026)</span></li>' for n in numbers) + "</ul></div>" for text, numbers in (("Những tin mới hơn", (11, 12)), ("Những tin cũ hơn", (13, 14, 15))))  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url)}<body><div class="wraper"><header>{menu(story)}</header><nav class="third-nav"><div class="breadcrumbs-wrap"><ul class="breadcrumbs list-none"><li><a href="/"><span>Trang chủ</span></a></li><li><a href="/{story.section_slug}"><span>{story.section}</span></a></li></ul></div></nav>
<section><div class="row"><div class="col-sm-16 col-md-18"><div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">{kicker}
<h1 class="title margin-bottom-lg" itemprop="headline">{escape(story.title)}</h1><div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope><span itemprop="name">admin</span></div>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{_day(story)} - {story.moment:%d/%m/%Y %H:%M}</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a class="dimgray" rel="nofollow" title="In ra" href="#"><em class="fa fa-print fa-lg">&nbsp;</em></a></li></ul></div></div>
<div class="clearfix"><div class="hometext m-bottom" itemprop="description">{_first(story, lead)}</div></div>{before_text(story)}
<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{_again(story, lead, "div")}{nuke.flow(story)}</div>{signed}{after_text(story)}</div></div>
<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action=""><div class="h5 clearfix"><p id="stringrating">{story.alien("Tổng số điểm của bài viết là: 5 trong 1 đánh giá")}</p><div><div id="stars"><strong>{story.alien("Click để đánh giá bài viết")}</strong></div></div></div></form></div></div>
<div class="news_column panel panel-default"><div class="panel-body other-news">{lists}</div></div></div></div></section></div>{tail(story)}</body></html>"""
    return Printed(
        url, html, mark, fields={"byline": f"{label}{story.byline}"} if story.byline else {}
    )


# -- Drupal and Joomla -----------------------------------------------------------------------------


class Plain(Dress):
    def sub(self, text: str) -> str:
        return f"<h4>{escape(text)}</h4>"

    def pic(self, number: int, caption: str) -> str:
        note = f"<br /><em>{escape(caption)}</em>" if caption else ""
        return f'<p class="rtecenter"><img alt="" src="/sites/default/files/h{number}.jpg" style="width: 600px; height: 400px;" />{note}</p>'


def drupal(story: Story) -> Printed:
    """`field field-name-…` around everything; the stamp in a line with the editor's account."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<p class="rteright"><strong>{escape(story.byline)}</strong></p>' if story.byline else ""
    )
    kicker = (
        f'<div class="field field-name-field-kicker"><div class="field-item">{escape(story.kicker)}</div></div>'
        if story.kicker
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url)}<body class="html node-type-article"><div id="page-wrapper"><div id="header">{menu(story)}</div><div id="main"><div id="content" class="column"><div class="section">
<div id="breadcrumb"><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/{story.section_slug}">{story.section}</a></div></div>{kicker}<h1 class="title" id="page-title">{escape(story.title)}</h1>
<div class="region region-content"><div class="node node-article"><div class="meta submitted">Gửi bởi <span class="username">quantri</span> vào {_day(story)}, {story.moment:%d/%m/%Y - %H:%M}</div>
<div class="content clearfix"><div class="field field-name-field-sapo field-type-text-long"><div class="field-items"><div class="field-item even">{_first(story, lead)}</div></div></div>{before_text(story)}
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{_again(story, lead)}{drupal_dress.flow(story)}{signed}{after_text(story)}</div></div></div>
<div class="field field-name-field-tags"><div class="field-label">Tags:&nbsp;</div><div class="field-items"><div class="field-item even"><a href="/tags/x">{story.alien("Đồng Tháp Mười sen")}</a></div></div></div></div></div></div></div></div></div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


def joomla(story: Story) -> Printed:
    """The title is an h2, the details a definition list, the stamp in words."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<p style="text-align: right;"><strong>{escape(story.byline)}</strong></p>'
        if story.byline
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="vi-vn">{head(story, url)}<body class="site com_content view-article"><div class="body"><header class="header">{menu(story)}</header><div aria-label="breadcrumbs" role="navigation"><ul class="breadcrumb"><li><a href="/" class="pathway"><span>Trang chủ</span></a><span class="divider">/</span></li><li><a href="/{story.section_slug}" class="pathway"><span>{story.section}</span></a></li></ul></div>
<main id="content" role="main" class="span9"><div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header">{f"<p class='kicker'>{escape(story.kicker)}</p>" if story.kicker else ""}<h2 itemprop="headline">{escape(story.title)}</h2></div>
<div class="icons"><div class="btn-group pull-right"><ul class="dropdown-menu"><li class="print-icon"><a href="/?tmpl=component&print=1" title="In">In</a></li><li class="email-icon"><a href="#">Email</a></li></ul></div></div>
<dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt><dd class="category-name">Chuyên mục: <a href="/{story.section_slug}" itemprop="genre">{story.section}</a></dd><dd class="published"><span class="icon-calendar"></span><time datetime="{story.moment:%Y-%m-%dT%H:%M}:00+07:00" itemprop="datePublished">Được đăng: {story.moment:%d} Tháng {story.moment.month} {story.moment:%Y}</time></dd><dd class="hits"><span class="icon-eye-open"></span><meta itemprop="interactionCount" content="UserPageVisits:812">Lượt xem: 812</dd></dl>
{before_text(story)}<div itemprop="articleBody"><p><strong>{_first(story, lead)}</strong></p>{_again(story, lead)}{drupal_dress.flow(story)}{signed}{after_text(story)}</div><ul class="pager pagenav"><li class="previous"><a href="/lang-chieu-vao-vu-lon-a235300.html" rel="prev">Trang trước</a></li><li class="next"><a href="/cho-noi-mua-nuoc-ve-a235301.html" rel="next">Trang sau</a></li></ul></div></main></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


# -- portals and what editors paste ------------------------------------------------------------------


class Broken(Dress):
    """One div, paragraphs parted by two breaks, captions in italics after a break."""

    def p(self, html: str) -> str:
        return f'<span style="font-size:12pt"><span style="font-family:Arial">{html}</span></span><br />\n<br />'

    def sub(self, text: str) -> str:
        return f"<b>{escape(text)}</b><br />\n<br />"

    def ask(self, html: str) -> str:
        return f"<b><i>{html}</i></b><br />\n<br />"

    def pic(self, number: int, caption: str) -> str:
        note = f"<br />\n<i>{escape(caption)}</i>" if caption else ""
        return f"<center>{self.image(number)}{note}</center><br />"

    def pic_above(self, number: int, caption: str) -> str:
        return f"<center><i>{escape(caption)}</i><br />{self.image(number)}</center><br />"


def breaks(story: Story) -> Printed:
    """All of the text in one `div`, as old editors wrote it."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = f'<div align="right"><b>{escape(story.byline)}</b></div>' if story.byline else ""
    kicker = f"<div class='pretitle'>{escape(story.kicker)}</div>" if story.kicker else ""
    html = f"""<html>{head(story, url)}<body>{menu(story)}<div class="breadcrumb"><a href="/">Trang chủ</a> &gt; <a href="/{story.section_slug}">{story.section}</a></div>
<div class="tinchitiet">{kicker}<h1>{escape(story.title)}</h1><div class="ngay">{story.moment:%d/%m/%Y, %H:%M} (GMT+7)</div>{share(story)}<div class="tomtat"><b>{_first(story, lead)}</b></div>{before_text(story)}
<div class="noidung">{_again(story, lead)}{breaks_dress.flow(story)}{signed}{after_text(story)}</div></div>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


class Cells(Dress):
    """Word in a portal's editor: `MsoNormal`, nested spans, pictures in tables of one column."""

    def p(self, html: str) -> str:
        return f'<p class="MsoNormal" style="margin-bottom:6.0pt;text-align:justify;text-indent:28.35pt"><span style="font-size:14.0pt;mso-fareast-language:VI">{html}<o:p></o:p></span></p>'

    def sub(self, text: str) -> str:
        return f'<p class="MsoNormal"><b style="mso-bidi-font-weight:normal"><span style="font-size:14.0pt">{escape(text)}<o:p></o:p></span></b></p>'

    def pic(self, number: int, caption: str) -> str:
        note = (
            f'<tr><td style="text-align:center"><span style="font-size:12.0pt"><em>{escape(caption)}</em></span></td></tr>'
            if caption
            else ""
        )
        return f'<table align="center" border="0" cellpadding="0" cellspacing="0" style="width:600px"><tbody><tr><td>{self.image(number)}</td></tr>{note}</tbody></table>'

    def table(self, block: Block) -> str:
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="border:solid windowtext 1.0pt" valign="top"><p class="MsoNormal" align="center"><span>{escape(c)}<o:p></o:p></span></p></td>'
                for c in row
            )
            + "</tr>"
            for row in block.rows
        )
        return (
            f'<table class="MsoTableGrid" border="1" cellspacing="0"><tbody>{rows}</tbody></table>'
        )


def portal(story: Story) -> Printed:
    """A portal set in tables: title in a cell, text in the next row's cell, menu in the left column."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<p class="MsoNormal" align="right" style="text-align:right"><b><span>{escape(story.byline)}<o:p></o:p></span></b></p>'
        if story.byline
        else ""
    )
    kicker = f'<div class="KickerDetail">{escape(story.kicker)}</div>' if story.kicker else ""
    html = f"""<html>{head(story, url)}<body><table width="1000" align="center" cellspacing="0"><tr><td colspan="2" class="banner"><img src="/images/banner.jpg" width="1000" height="120"></td></tr>
<tr><td width="200" valign="top">{menu(story)}</td><td valign="top"><table width="100%" class="ArticleDetail"><tr><td class="path"><a href="/">Trang chủ</a> / <a href="/{story.section_slug}">{story.section}</a></td></tr>
<tr><td>{kicker}<h1 class="ArticleTitle">{escape(story.title)}</h1></td></tr><tr><td class="ArticleDate">Cập nhật lúc: {story.moment:%H:%M, %d/%m/%Y} (GMT+7)</td></tr>
<tr><td class="ArticleSummary"><b>{_first(story, lead)}</b></td></tr><tr><td>{before_text(story)}</td></tr><tr><td class="ArticleContent">{_again(story, lead)}{portal_dress.flow(story)}{signed}{after_text(story)}</td></tr>
<tr><td align="right"><a href="#">Về trang trước</a> | <a href="#">Gửi email</a> | <a href="#">In trang</a></td></tr></table></td></tr></table>{tail(story)}</body></html>"""
    return Printed(url, html, mark)


class Divs(Dress):
    """A single-page application: no `p`, `div[dir]` with a span for each paragraph."""

    def p(self, html: str) -> str:
        return f'<div class="sc-1x2a"><div dir="auto"><span>{html}</span></div></div>'

    def sub(self, text: str) -> str:
        return f'<div class="sc-9k"><h3 dir="auto">{escape(text)}</h3></div>'

    def pic(self, number: int, caption: str) -> str:
        note = f'<div class="sc-cap"><span>{escape(caption)}</span></div>' if caption else ""
        return f'<div class="sc-img"><div class="sc-imgw"><img src="/_next/image?url=%2Ffiles%2Fh{number}.jpg&amp;w=1080" srcset="/_next/image?url=%2Ffiles%2Fh{number}.jpg&amp;w=640 1x" decoding="async" alt=""></div>{note}</div>'

    def pic_above(self, number: int, caption: str) -> str:
        return f'<div class="sc-img"><div class="sc-cap"><span>{escape(caption)}</span></div><div class="sc-imgw"><img src="/_next/image?url=%2Ffiles%2Fh{number}.jpg&amp;w=1080" alt=""></div></div>'


def divs(story: Story) -> Printed:
    """Generated class names; the stamp with an icon and a count of minutes to read."""
    url, (mark, lead) = flat_url(story), marked_lead(story, C_MARKS)
    signed = (
        f'<div class="sc-auth"><span>{escape(story.byline)}</span></div>' if story.byline else ""
    )
    html = f"""<!DOCTYPE html><html lang="vi">{head(story, url, json_ld(story, url))}<body><div id="__next"><div class="sc-hd">{menu(story)}</div><div class="sc-main"><div class="sc-bc"><a href="/">Trang chủ</a><svg></svg><a href="/{story.section_slug}">{story.section}</a></div>
{f'<div class="sc-kick">{escape(story.kicker)}</div>' if story.kicker else ""}<h1 class="sc-ttl">{escape(story.title)}</h1><div class="sc-meta"><svg></svg><span>{story.moment:%H:%M %d/%m/%Y}</span><span class="sc-dot">·</span><span>5 phút đọc</span></div>
<div class="sc-lead"><div dir="auto"><span>{_first(story, lead)}</span></div></div>{before_text(story)}<div class="sc-body">{_again(story, lead, "div")}{divs_dress.flow(story)}</div>{signed}{after_text(story)}</div>{tail(story)}</div></body></html>"""
    return Printed(url, html, mark)


vnexpress_dress, tuoitre_dress, hemera, singular = Fck(), VcCorp(), Hemera(), Singular()
news_dress, guten, nuke, drupal_dress = Newspaper(), Gutenberg(), Nuke(), Plain()
breaks_dress, portal_dress, divs_dress = Broken(), Cells(), Divs()
SHELLS = tuple(
    Shell(f"cms-{name}", make, dress)
    for name, make, dress in (
        ("vnexpress", vnexpress, vnexpress_dress),
        ("tuoitre", tuoitre, tuoitre_dress),
        ("thanhnien", thanhnien, tuoitre_dress),
        ("vietnamplus", vietnamplus, hemera),
        ("dantri", dantri, singular),
        ("newspaper", newspaper, news_dress),
        ("gutenberg", gutenberg, guten),
        ("nukeviet", nukeviet, nuke),
        ("drupal", drupal, drupal_dress),
        ("joomla", joomla, drupal_dress),
        ("breaks", breaks, breaks_dress),
        ("portal", portal, portal_dress),
        ("divs", divs, divs_dress),
    )
)
