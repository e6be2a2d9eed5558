"""Text that looks like something else: found by readers who wrote pages to mislead the layouts."""

from __future__ import annotations

import pytest

from crawler.extract.article import read_page
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import (
    FIRST,
    LAST,
    SECOND,
    SIGNED,
    STAMP,
    TITLE,
    URL,
    around,
    read,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ghi rõ nguồn gốc, xuất xứ trên bao bì là yêu cầu bắt buộc với sản phẩm OCOP.",
        "Giấy phép số 12/GP-UBND do UBND tỉnh cấp cho doanh nghiệp khai thác cát đã hết hạn.",
        "Thiết kế bởi kiến trúc sư người Pháp, nhà cổ pha trộn hài hòa hai lối kiến trúc.",
        "Bản quyền của các bài vọng cổ này thuộc về gia đình nghệ nhân.",
        "Trụ sở: ấp 3, xã Mỹ Hiệp, huyện Cao Lãnh.",
        "Ghi rõ nguồn gốc là yêu cầu bắt buộc khi đăng ký nhãn hiệu và khi sử dụng tem điện tử.",
    ],
)
def test_a_sentence_that_opens_like_an_imprint(sentence: str) -> None:
    article = around(f"<p>{sentence}</p>")
    assert article.paragraphs == [FIRST, SECOND, sentence, LAST]
    assert article.byline == "SONG AN"


@pytest.mark.parametrize(
    "foot",
    [
        "Ghi rõ nguồn “Báo Đồng Tháp Online” khi phát hành lại thông tin từ trang này.",
        "Giấy phép số 12/GP-BTTTT do Bộ Thông tin và Truyền thông cấp ngày 2/1/2019.",
        "© Bản quyền thuộc về Báo Đồng Tháp.",
        "Cơ quan chủ quản: Tỉnh ủy Đồng Tháp.",
        "Trụ sở: 12 Trần Hưng Đạo, Phường 1, TP Cao Lãnh. Điện thoại: 0277 3851 344.",
    ],
)
def test_an_imprint_ends_the_article(foot: str) -> None:
    assert around(f"<p>{foot}</p>", f"<p>{LAST}</p>").paragraphs == [FIRST, SECOND]


def test_the_subhead_of_a_section_inside_the_text() -> None:
    article = around("<p><b>Bình luận</b></p>")
    assert article.paragraphs == [FIRST, SECOND, "Bình luận", LAST]


def test_replies_under_the_text_are_not_of_it() -> None:
    reply = "Cảm ơn nhà báo, tôi cũng trồng hoa ở đây và mong có thêm nhiều bài về người làm vườn."
    for told in (f"<div><p>{reply}</p></div>", f"<ul><li>{reply}</li></ul>"):
        article = around("", f"<p>{LAST}</p><h3>Bình luận</h3>{told}")
        assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("box", ["content-fck-font-size", "content print", "detail-content tools"])
def test_short_news_in_a_box_named_for_more_than_its_text(box: str) -> None:
    news = "Do thời tiết xấu, lễ hội hoa xuân Sa Đéc dời sang ngày 20-2."
    article = read(f"<p>{news}</p><p class='author'>SONG AN</p>", box=box)
    assert (article.body, article.byline) == (news, "SONG AN")


@pytest.mark.parametrize(
    "opening",
    [
        "Ngày 13/2/2026, khai mạc hội hoa xuân Sa Đéc.",
        "Một năm trước, nơi đây còn là bãi bồi ven sông.",
        "Kính gửi Tòa soạn!",
        "Tết đã về trên xứ sen.",
    ],
)
def test_a_short_sentence_that_opens_the_text(opening: str) -> None:
    article = read(f"<p>{opening}</p><p>{FIRST}</p><p>{SECOND}</p>{SIGNED}")
    assert article.paragraphs == [opening, FIRST, SECOND]
    assert article.updated_at == "2026-02-13T19:48:00+07:00"


def test_no_stamp_is_made_of_a_sentence() -> None:
    article = read(f"<p>Một năm trước, nơi đây còn là bãi bồi.</p><p>{FIRST}</p>", stamp="")
    assert article.updated_text is None


def test_links_to_other_articles_by_their_number_or_with_a_day() -> None:
    other = "khanh-thanh-cau-nong-thon-o-xa-tan-huong-a235001.html"
    article = around(
        "<p>&gt;&gt; <a href='/van-hoa/mua-sen-85000.aspx'>Mùa sen</a></p>"
        f"<p><a href='/{other}'>Khánh thành cầu nông thôn ở xã Tân Hương</a> (12/01/2026)</p>"
    )
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_what_an_office_program_leaves() -> None:
    article = around("<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>")
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_a_subhead_that_repeats_the_title() -> None:
    article = around(f"<p><b>{TITLE.upper()}</b></p>")
    assert article.paragraphs == [FIRST, SECOND, TITLE.upper(), LAST]


@pytest.mark.parametrize(
    "lines",
    [
        ["Kính gửi: Ban Biên tập Báo Đồng Tháp,"],
        ["Ban Tổ chức công bố kết quả:", "- Giải nhất: Nguyễn Thị Mai;", "- Giải nhì: Lê Hòa;"],
        ["Kết quả bóng đá ngày 5/7:", "Đồng Tháp - An Giang: 2 - 1"],
        ["Ai về Cao Lãnh quê em", "Ghé thăm vườn quýt, ăn nem Lai Vung"],
        ["- Má ơi, con về rồi"],
        ["Bút ký"],
    ],
)
def test_short_lines_that_open_the_text(lines: list[str]) -> None:
    each = "".join(f"<p>{line}</p>" for line in lines)
    assert read(f"{each}<p>{FIRST}</p><p>{LAST}</p>").paragraphs == [*lines, FIRST, LAST]
    broken = "<br>".join(lines)
    body = read(f"<p>{broken}<br>{FIRST}</p><p>{LAST}</p>").body or ""
    assert body.split() == " ".join([*lines, FIRST, LAST]).split()
    for p, end in (("<div>", "</div>"), ("<div class=d><p>", "</p></div>")):
        set_in = each.replace("<p>", p).replace("</p>", end)
        assert read(f"{set_in}{p}{FIRST}{end}{p}{LAST}{end}").paragraphs == [*lines, FIRST, LAST]
    office = each.replace("<p>", "<p class=MsoNormal>")
    assert read(f"{office}<p>{FIRST}</p><p>{LAST}</p>").paragraphs == [*lines, FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    ["Xã hội", "Lượt xem: 1.024", "<a href='/'>Trang chủ</a> » Đất và người"],
)
def test_short_lines_over_the_text_that_are_the_page_s(line: str) -> None:
    assert read(f"<p>{line}</p><p>{FIRST}</p><p>{LAST}</p>").paragraphs == [FIRST, LAST]


def test_a_line_in_the_title_s_box_is_the_page_s() -> None:
    page = (
        f"<html><body><div class='contentView'><h1>{TITLE}</h1>{STAMP}<div class=cat>Tin trong tỉnh</div>"
        f"<div>{FIRST}</div><div>{LAST}</div></div></body></html>"
    )
    assert read_page(Page.from_text(page, URL)).paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    ("mark", "agency"),
    [
        ("(ĐTO). ", "ĐTO"),
        ("(Báo Đồng Tháp) - ", "Báo Đồng Tháp"),
        ("(Chinhphu.vn) - ", "Chinhphu.vn"),
    ],
)
def test_marks_before_the_text(mark: str, agency: str) -> None:
    article = read(f"<p>{mark}{FIRST}</p><p>{LAST}</p>")
    assert (article.agency, article.paragraphs) == (agency, [FIRST, LAST])


def test_a_degree_is_one_word() -> None:
    assert around("<p>Ngâm giống ở 54<sup>o</sup>C rồi ủ ấm.</p>").paragraphs[2] == (
        "Ngâm giống ở 54oC rồi ủ ấm."
    )


def test_a_couplet_keeps_its_lines() -> None:
    lines = ["Ai về Cao Lãnh quê em", "Ghé thăm vườn quýt, ăn nem Lai Vung"]
    article = around(f"<p align=center><em>{'<br>'.join(lines)}</em></p>")
    assert article.paragraphs == [FIRST, SECOND, *lines, LAST]


def test_a_menu_over_the_title_is_no_breadcrumb() -> None:
    menu = "".join(
        f"<a href='/{slug}'>{name}</a>"
        for slug, name in [("chinh-tri", "Chính trị"), ("kinh-te", "Kinh tế"), ("xa-hoi", "Xã hội")]
    )
    page = (
        f"<html><body><div>{menu}</div><h1>{TITLE}</h1>{STAMP}<div class='content-fck'>"
        f"<p>{FIRST}</p><p>{LAST}</p></div></body></html>"
    )
    assert read_page(Page.from_text(page, URL)).section is None


def test_matches_by_the_hour_are_a_line_each() -> None:
    lines = ["18 giờ: Đồng Tháp - Bình Định", "19 giờ 15: TP Hồ Chí Minh - Nam Định"]
    article = around(f"<p>{'<br>'.join(lines)}</p>")
    assert article.paragraphs == [FIRST, SECOND, *lines, LAST]
