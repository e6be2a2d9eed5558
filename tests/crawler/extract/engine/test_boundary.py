"""Where a text begins and where it is over: short lines at its edges, pages of hardly any text."""

from __future__ import annotations

import pytest

from archive.models import Article
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

B_URL = "https://www.baodongthap.vn/van-hoa/202511/lang-hoa-sa-dec-ron-rang-vao-xuan-1052007"


def beside(text: str, after: str = "") -> Article:
    """A page of generation B: *text* in ``#content``, *after* it what other pages have there."""
    links = "".join(
        f"<div class=item><a class=title href='/xa-hoi/202510/ra-quan-don-rac-ven-song-{n}'>"
        f"Ra quân dọn rác ven sông</a><span> 01:15, 10/10/2025</span></div>"
        for n in range(1050100, 1050106)
    )
    return read_page(
        Page.from_text(
            f"<html><body><div id=wrap><div id=main><h1 id=title>{TITLE}</h1>"
            "<div id=current-date>Cập nhật: 10:03, 08/11/2025 (GMT+7)</div>"
            f"<div id=content>{text}</div>{after}<div class=related><h3>Các tin khác</h3>{links}"
            f"</div></div><div id=right-col><div class=box><h3>Đọc nhiều</h3>{links}</div>"
            "<div class=box><h3>Thời tiết</h3><p>Cao Lãnh 31°C, mưa vài nơi</p></div></div></div>"
            "</body></html>",
            B_URL,
        )
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Nhớ Làng Hoa</strong></p>",
        "<p>THÔNG BÁO</p>",
        "<p><b>CÔNG BỐ QUYẾT ĐỊNH</b></p>",
        "<p style='text-align:center'><b>HỘI NÔNG DÂN TỈNH ĐỒNG THÁP</b></p>",
        "<h3>Công an tỉnh</h3>",
        "<h2>Vườn cúc trĩu bông</h2>",
    ],
)
def test_a_line_like_a_name_that_opens_the_text(line: str) -> None:
    article = read(f"{line}<p>{FIRST}</p><p>{LAST}</p>{SIGNED}")
    assert article.paragraphs[1:] == [FIRST, LAST]
    assert article.paragraphs[0] in line
    assert article.byline == "SONG AN"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("<p>Kính gửi: Báo Đồng Tháp</p>", "<div>{}</div>"),
        ("<div>Kính gửi: Báo Đồng Tháp</div>", "<p>{}</p>"),
        ("<div style='text-align:justify'><b>* Bắt quả tang 12 đối tượng</b></div>", "<p>{}</p>"),
        ("Ngày 12/5, lốc xoáy làm sập 3 căn nhà", "<p>{}</p>"),
    ],
)
def test_a_line_without_a_name_opens_the_text_whatever_its_tag(line: str, text: str) -> None:
    article = read(line + text.format(FIRST) + text.format(LAST))
    assert article.paragraphs[1:] == [FIRST, LAST]
    assert article.paragraphs[0] in line


def test_a_table_that_opens_the_text() -> None:
    prizes = [("Giải nhất", "78901"), ("Giải nhì", "23456")]
    rows = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in prizes)
    article = read(f"<table border=1>{rows}</table><p>{FIRST}</p>{SIGNED}")
    assert article.paragraphs == ["Giải nhất | 78901", "Giải nhì | 23456", FIRST]


@pytest.mark.parametrize(
    "line", ["<b>Bút ký: LÊ XUÂN</b>", "<em>Truyện ngắn của Lê Minh</em>", "<b>LÊ XUÂN</b>"]
)
def test_an_author_between_title_and_text(line: str) -> None:
    article = read(f"<p style='text-align:right'>{line}</p><p>{FIRST}</p><p>{LAST}</p>")
    assert article.paragraphs == [FIRST, LAST]
    assert article.byline
    assert article.byline in line


@pytest.mark.parametrize(
    "note", ["(Tiếp theo số báo trước)", "Tiếp theo kỳ trước", "(Xem từ số 42)"]
)
def test_what_a_serial_goes_on_from_is_no_lead(note: str) -> None:
    article = read(f"<p><em>{note}</em></p><p><strong>(ĐTO) {FIRST}</strong></p><p>{LAST}</p>")
    assert article.paragraphs == [note, FIRST, LAST]
    assert (article.lead, article.agency) == (FIRST, "ĐTO")


def test_the_editors_note_over_a_marked_lead() -> None:
    note = f"LTS: {SECOND}"
    article = read(f"<p><em>{note}</em></p><p><strong>ĐTO - {FIRST}</strong></p><p>{LAST}</p>")
    assert article.paragraphs == [note, FIRST, LAST]
    assert article.lead == FIRST


@pytest.mark.parametrize(
    "note",
    [
        "Tòa soạn: Ngày 5-11, Báo Đồng Tháp có đăng bài viết về làng hoa. Nay xin thông tin thêm.",
        "Toà soạn: Sau khi báo đăng ngày 5/11, chúng tôi đã nhận được trả lời.",
    ],
)
def test_what_the_editors_say_is_no_imprint(note: str) -> None:
    assert around(f"<p>{note}</p>").paragraphs == [FIRST, SECOND, note, LAST]
    assert read(f"<p>{note}</p><p>{FIRST}</p>").paragraphs == [note, FIRST]


@pytest.mark.parametrize(
    "items",
    [
        ["+ Xã Long Hưng", "+ Phường Thới Sơn"],
        ["- Hòa Hiệp", "- Hữu Nghĩa"],
        ["Danh sách gồm:", "- Xã Tân Hương", "TP Cao Lãnh"],
        ["Các bạn đọc ủng hộ quà:", "Nguyễn Văn An", "Huỳnh Kim Loan", "Trần Thị Bé"],
    ],
)
def test_the_last_item_of_a_list_signs_nothing(items: list[str]) -> None:
    article = read("".join(f"<p>{line}</p>" for line in [FIRST, *items]))
    assert article.paragraphs == [FIRST, *items]
    assert article.byline is None
    signed = read("".join(f"<p>{line}</p>" for line in [FIRST, *items]) + SIGNED)
    assert (signed.paragraphs, signed.byline) == ([FIRST, *items], "SONG AN")


def test_a_name_under_a_list_with_signs() -> None:
    items = ["Kết quả:", "- Giải Nhất: Lai Vung", "- Giải Nhì: Lấp Vò"]
    article = read("".join(f"<p>{line}</p>" for line in [FIRST, *items, "Hữu Nghĩa"]))
    assert (article.paragraphs, article.byline) == ([FIRST, *items], "Hữu Nghĩa")


def test_several_items_on_a_page_each_signed() -> None:
    right = "<p style='text-align:right'>{}</p>"
    article = read(
        f"<p>* {FIRST}</p>{right.format('KIM NGÂN')}<p>* {SECOND}</p>{right.format('P.V')}"
    )
    assert article.byline == "P.V"
    assert article.paragraphs == [f"* {FIRST}", "KIM NGÂN", f"* {SECOND}"]


def test_verses_in_pairs_keep_their_lines() -> None:
    stanzas = [
        ["Xuân về trên bến sông quê", "Em ngồi giặt lụa bên hè nắng nghiêng"],
        ["Gió đưa hương bưởi dịu hiền", "Con đò chở cả một miền nhớ thương"],
    ]
    poem = "".join(f"<p>{'<br>'.join(stanza)}</p>" for stanza in stanzas)
    article = beside(f"{poem}<p style='text-align:right'>LÊ XUÂN</p>")
    assert article.paragraphs == [verse for stanza in stanzas for verse in stanza]
    assert article.byline == "LÊ XUÂN"


PICTURE = "<p style='text-align:center'><img src='/dataimages/202511/original/images206.jpg'></p>"


def test_a_page_of_one_picture_ends_where_its_box_does() -> None:
    article = beside(PICTURE)
    assert len(article.images) == 1
    assert article.images[0].caption is None
    assert (article.body, article.byline) == (None, None)
    signed = beside(f"{PICTURE}<p style='text-align:right'>LÊ XUÂN</p>")
    assert (signed.images[0].caption, signed.body, signed.byline) == (None, None, "LÊ XUÂN")


def test_a_page_of_one_line_and_a_player_ends_where_its_box_does() -> None:
    player = "<iframe src='https://www.youtube.com/embed/abc'></iframe>"
    article = beside(f"{player}<p>Làng hoa vào vụ Tết</p><p align=right>LÊ XUÂN</p>")
    assert article.paragraphs == ["Làng hoa vào vụ Tết"]
    assert (len(article.media), article.byline) == (1, "LÊ XUÂN")


@pytest.mark.parametrize(
    "shown", [PICTURE, "<p><iframe src='//www.youtube.com/embed/a'></iframe></p>"]
)
def test_what_is_shown_beside_a_link_to_another_article(shown: str) -> None:
    link = (
        "<p><a href='/xa-hoi/202510/doan-xa-my-hoi-ra-quan-lam-dep-1050222'>Đoàn xã ra quân</a></p>"
    )
    for text in (f"{shown}{link}{SIGNED}", f"{shown}{SIGNED}{link}"):
        article = beside(text)
        assert len(article.images) + len(article.media) == 1
        assert (article.body, article.byline) == (None, "SONG AN")
        for boxed in (text, f"<div>{text}</div>"):
            other = read(boxed, box="content-fck content-fck-font-size")
            assert (other.body, other.byline) == (None, "SONG AN")


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>Giải nhất: 12345</li><li>Giải nhì: 23456</li><li>Giải ba: 6</li><li>Tư: 7</li></ul>",
        "<table><tr><td>Giải nhất</td><td>78901</td></tr><tr><td>Giải nhì</td><td>23456</td></tr>"
        "<tr><td>Giải ba</td><td>6</td></tr><tr><td>Tư</td><td>7</td></tr></table>",
    ],
)
def test_the_page_s_foot_signs_nothing(text: str) -> None:
    foot = "<div id=footer-content><p>Báo và Phát thanh, Truyền hình Đồng Tháp</p></div>"
    article = beside(text, foot)
    assert article.byline is None
    assert len(article.paragraphs) == 4


def test_one_line_in_the_text_s_box_may_be_a_lead() -> None:
    article = beside(
        "<p>Làng hoa Sa Đéc vào vụ</p>", f"<div class='td-post-content'><p>{FIRST}</p></div>"
    )
    assert article.paragraphs[-1] == FIRST


def test_a_comment_form_is_no_caption() -> None:
    article = read_page(
        Page.from_text(
            f"<html><body><div class=contentView><h1>{TITLE}</h1><div class=date><span>"
            "Cập nhật ngày: 21/10/2020 10:00:07</span></div><p align=center>"
            "<img src='/database/image/2020/10/20/i.jpg'></p></div><p>&lt; Trở về trang trước</p>"
            "<div class=cmt><h3>Gửi bình luận của bạn</h3><table><tr><td>Họ tên</td><td><input>"
            "</td></tr><tr><td>Nội dung</td><td><textarea></textarea></td></tr></table></div>"
            "</body></html>",
            "https://baodongthap.vn/van-hoa/lang-hoa-sa-dec-ron-rang-vao-xuan-94001.aspx",
        )
    )
    assert article.images[0].caption is None
    assert article.body is None


def test_a_picture_alone_in_a_box_named_for_its_larger_type() -> None:
    picture = "<p style='text-align:center'><img src='/files/hoa.jpg'></p>"
    article = read(picture, box="content-fck content-fck-font-size")
    assert [image.url for image in article.images] == ["https://baodongthap.vn/files/hoa.jpg"]


def test_links_under_a_label_are_known_by_their_numbers() -> None:
    links = (
        "<p><strong>Tin liên quan:</strong></p><p><a href='/xa-hoi/202508/c-1048003'>Hội Khuyến "
        "học tỉnh tổng kết</a></p><p><strong>&gt;&gt;</strong> <a href='/a-a236001.html'>Gia đình "
        "hiếu học</a></p>"
    )
    assert around(links).paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("line", ["1. Thành phố Sa Đéc", "Tin.", "<b>Điểm mới của đề án:</b>"])
def test_bare_text_after_the_stamp_opens_the_text(line: str) -> None:
    """As generation A has it: all in one box, parted by breaks."""
    text = f"{line}<br><br>{FIRST}<br><br>{LAST}"
    page = (
        f"<html><body><div class=contentView><h1>{TITLE}</h1><div class=date>Cập nhật ngày: "
        f"21/10/2020 10:00:07</div>{text}</div></body></html>"
    )
    article = read_page(Page.from_text(page, URL))
    assert article.paragraphs[0] in line
    assert article.paragraphs[1:] == [FIRST, LAST]


def test_a_quatrain_under_a_longer_line() -> None:
    verses = ["Về đây nghe tiếng gió", "Hát giữa rừng tràm", "Xuồng khua nước", "Câu hò vọng về"]
    intro = "Tòa soạn giới thiệu cùng bạn đọc bài thơ của một người con xa quê lâu năm."
    article = around(f"<div>{intro}<br><br>{'<br>'.join(verses)}<br><br></div>")
    assert article.paragraphs == [FIRST, SECOND, intro, *verses, LAST]


CENTRED = "<p align=center><img src='/dataimages/202511/original/images1_hoa.jpg'></p>"


@pytest.mark.parametrize("closing", ["</div>", "</div></div>"])
@pytest.mark.parametrize(
    ("torn_at", "caption"),
    [("", None), (f"{CENTRED}<p align=center><em>Vườn cúc</em></p>", "Vườn cúc")],
)
def test_closing_tags_too_many_in_the_text(closing: str, torn_at: str, caption: str | None) -> None:
    article = beside(f"<p>{FIRST}</p><p>{SECOND}</p>{closing}{torn_at}<p>{LAST}</p>{SIGNED}")
    assert article.paragraphs == [FIRST, SECOND, LAST]
    assert article.byline == "SONG AN"
    assert [image.caption for image in article.images] == ([caption] if caption else [])


@pytest.mark.parametrize(("closing", "is_text"), [("</div>", True), (f"{SIGNED}</div>", False)])
def test_a_paragraph_behind_the_box_of_the_title(closing: str, is_text: bool) -> None:
    article = read_page(
        Page.from_text(
            f"<html><body><div id=pn><div class=contentView><h1>{TITLE}</h1>{STAMP}"
            f"<p>{FIRST}</p><p>{SECOND}</p>{closing}<p>{LAST}</p></div>"
            "<div class=tin-khac><p>Cao Lãnh: 31°C</p></div></body></html>",
            URL,
        )
    )
    assert article.paragraphs == ([FIRST, SECOND, LAST] if is_text else [FIRST, SECOND])
    assert article.byline == (None if is_text else "SONG AN")


@pytest.mark.parametrize(
    "line",
    [
        "(Xem thêm: {})",
        "[Xem thêm] {}",
        "Mời xem: {}",
        "Xem thêm tại đây: {}",
        ">>> Kỳ 1: {}",
        "- {} (04/06)",
    ],
)
def test_what_announces_a_link_to_another_article(line: str) -> None:
    link = (
        "<a href='/khanh-thanh-cau-nong-thon-o-lai-vung-a236900.html'>Khánh thành cầu nông thôn</a>"
    )
    article = read(f"<p>{FIRST}</p><p>{line.format(link)}</p><p>{LAST}</p>{SIGNED}")
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Mời quý vị theo dõi Báo Đồng Tháp trên Zalo và Facebook",
        "Quét mã QR để đọc báo trên điện thoại",
        "Số lần đọc: 1234",
        "Bình chọn: (5 điểm)",
    ],
)
def test_what_the_page_says_under_the_byline(line: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{LAST}</p>{SIGNED}<p>{line}</p>")
    assert article.paragraphs == [FIRST, LAST]
    assert article.byline == "SONG AN"


def test_keywords_in_a_box_in_a_row_of_the_page() -> None:
    tags = "<div class=row><div class=tags><a href='/t/1'>dân vận</a> <a href='/t/2'>cá tra</a></div></div>"
    article = read_page(
        Page.from_text(
            f"<html><body><h1>{TITLE}</h1>{STAMP}<div id=newscontents><div class=content-fck>"
            f"<p>{FIRST}</p><p>{LAST}</p></div></div>{tags}</body></html>",
            URL,
        )
    )
    assert article.tags == ("dân vận", "cá tra")


@pytest.mark.parametrize(
    "counter",
    ["Đã xem: 1.234 lượt", "Đã đọc: 1.234 lần", "Xem: 12", "Views: 1.234", "Page views: 1.2k", "Lượt xem: 1.234",
     "Số lượt truy cập: 99", "1.234 người xem", "Bình luận (3)", "Hits: 7", "Được đọc 5 lần"],
)  # fmt: skip
def test_a_counter_under_the_byline_is_boilerplate(counter: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{LAST}</p>{SIGNED}<p>{counter}</p>")
    assert article.paragraphs == [FIRST, LAST]
    assert article.byline is not None


@pytest.mark.parametrize(
    "text", ["Xem 12 giống hoa", "Xem: hoa hồng, hoa cúc", "Đã xem 12 vườn hoa"]
)
def test_what_opens_like_a_counter_may_be_text(text: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{text}</p><p>{LAST}</p>{SIGNED}")
    assert article.paragraphs == [FIRST, text, LAST]


OTHER_BOXES = {
    "an invitation": "<div class=nl><h4>Đăng ký nhận tin</h4><p>Nhận những tin tức mới nhất qua thư điện tử.</p></div>",
    "the weather": "<div class=wt><p>Cao Lãnh 31°C</p><p>Trời nhiều mây, có lúc có mưa rào và dông vài nơi trong tỉnh hôm nay.</p></div>",
    "prices of gold": "<table class=gold><tr><td>Loại</td><td>Mua</td></tr><tr><td>SJC</td><td>88,5</td></tr></table>",
    "a telephone": "<div class=ct><p>Đường dây nóng: 0277 3851 344</p></div>",
    "a place in the menu": "<div>Trang chủ</div>",
}


@pytest.mark.parametrize("name", OTHER_BOXES)
@pytest.mark.parametrize("signed", [SIGNED, "<p class=x>Song An</p>"])
def test_the_text_ends_with_its_box_where_nothing_beside_it_goes_on(name: str, signed: str) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=top><h1>{TITLE}</h1>{STAMP}</div>"
        f"<div class=x-text><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{signed}</div>{OTHER_BOXES[name]}</body></html>"
    )
    article = read_page(Page.from_text(page, URL))
    assert article.byline in ("SONG AN", "Song An")
    assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "more",
    [
        f"<div class=x-text><p>{LAST}</p></div>",
        f"<p>{LAST}</p>",
        f"<figure><img src='/image/news/2026/a.jpg'></figure><div class=x2><p>{LAST}</p></div>",
    ],
)
def test_the_text_goes_on_beside_its_box(more: str) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=top><h1>{TITLE}</h1>{STAMP}</div>"
        f"<div class=x-text><p>{FIRST}</p><p>{SECOND}</p></div>{more}</body></html>"
    )
    assert read_page(Page.from_text(page, URL)).paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "below",
    [
        "<p>Song An</p>",
        "<div><p>Song An</p></div>",
        "<div><p>Song An</p><p><time>13/02/2026 - 19:48</time></p></div>",
        "<p style='text-align:right'>Song An</p>",
    ],
)
def test_the_byline_may_stand_just_under_the_text_s_box(below: str) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><div class=top><h1>{TITLE}</h1>{STAMP}</div>"
        f"<div class=x-text><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></div>{below}</article></body></html>"
    )
    article = read_page(Page.from_text(page, URL))
    assert (article.byline, article.paragraphs) == ("Song An", [FIRST, SECOND, LAST])
