"""Text that looks like something else: found by readers who wrote pages to mislead the layouts."""

from __future__ import annotations

import pytest

from crawler.layouts import extract
from crawler.page import Page
from tests.crawler.layouts.flower_village import (
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


def test_a_rubric_s_subhead_inside_the_text() -> None:
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


PICTURE = "<p style='text-align:center'><img src='/image/ckeditor/2026/hoa.jpg'></p>"
CAPTION = "Quang cảnh làng hoa"


def test_text_about_a_picture_in_one_cell() -> None:
    caption = f"<p style='text-align:center'><i>{CAPTION}</i></p>"
    broken = f"<table><tr><td>{FIRST}<br>{SECOND}<br>{PICTURE}<p>{LAST}</p></td></tr></table>"
    assert read(broken + SIGNED).paragraphs[-1] == LAST
    for texts in ([FIRST, SECOND], [FIRST, SECOND, LAST, FIRST.replace("cuối", "đầu")]):
        first, *others = (f"<p>{text}</p>" for text in texts)
        article = read(
            f"<table><tr><td>{first}{PICTURE}{caption}{''.join(others)}</td></tr></table>{SIGNED}"
        )
        assert article.paragraphs == texts
        assert [image.caption for image in article.images] == [CAPTION]


def test_what_somebody_says_in_italics_under_a_captioned_picture() -> None:
    said = "“Tôi yêu mảnh đất này như quê hương mình”, ông Hai nói."
    article = around(
        f"{PICTURE}<p style='text-align:center'><em>{CAPTION}</em></p><p><em>{said}</em></p>"
    )
    assert article.images[0].caption == CAPTION
    assert article.paragraphs == [FIRST, SECOND, said, LAST]


def test_a_poem_in_italics_under_an_illustration() -> None:
    lines = [
        "Ảnh minh họa",
        "Quê mình nước nổi mênh mông",
        "Điên điển vàng hai bờ kênh",
        "Mẹ ngồi vá lưới chiều đông",
    ]
    set_so = "".join(f"<p style='text-align:center'><em>{line}</em></p>" for line in lines)
    article = around(PICTURE + set_so)
    assert article.images[0].caption == lines[0]
    assert article.paragraphs == [FIRST, SECOND, *lines[1:], LAST]


def test_the_caption_in_the_picture_s_item_of_a_list() -> None:
    item = "<li><img src='/image/ckeditor/2026/{}.jpg'><p>{}</p></li>"
    captions = ["Vườn cúc mâm xôi vào vụ", "Ghe hoa rời bến"]
    items = "".join(item.format(at, caption) for at, caption in enumerate(captions))
    assert [image.caption for image in around(f"<ul>{items}</ul>").images] == captions


def test_the_next_item_of_a_list_is_no_caption() -> None:
    picture = "<img src='/image/ckeditor/2026/hoa.jpg'>"
    article = around(
        f"<ul><li>Giải Nhất: Nguyễn Văn Hai {picture}</li><li>Giải Nhì: Lê Bích</li></ul>"
    )
    assert article.images[0].caption is None
    assert "Giải Nhì: Lê Bích" in article.paragraphs


TABLE = "<table border=1>{}</table>".format("<tr><td>1</td><td>Nguyễn Văn Hai</td></tr>" * 30)


@pytest.mark.parametrize("table", [TABLE, TABLE.replace("<td>N", "<td align=right>N")])
def test_a_table_of_names_is_no_signature(table: str) -> None:
    article = around(table, "")
    assert article.byline is None
    assert article.paragraphs[-1] == "Nguyễn Văn Hai"


@pytest.mark.parametrize(
    ("notes", "kept"),
    [
        (TABLE, "Nguyễn Văn Hai"),
        ("<p>Điện thoại liên hệ: 0277.3851344</p>", "Điện thoại liên hệ: 0277.3851344"),
        ("<p>(*) Tên nhân vật đã được thay đổi.</p>", "(*) Tên nhân vật đã được thay đổi."),
        ("<p><em>Kỳ 2: Gỡ khó cho nông dân</em></p>", "Kỳ 2: Gỡ khó cho nông dân"),
    ],
    ids=["a table", "an address", "an asterisk", "what is to come"],
)
def test_what_stands_under_the_signature_is_text(notes: str, kept: str) -> None:
    article = around("", f"<p>{LAST}</p>{SIGNED}{notes}")
    assert article.byline == "SONG AN"
    assert article.paragraphs[:3] == [FIRST, SECOND, LAST]
    assert article.paragraphs[-1] == kept


def test_two_names_set_to_the_right() -> None:
    signed = "".join(
        f"<p style='text-align:right'><b>{name}</b></p>" for name in ("Lư Liễm", "Phú Quý")
    )
    article = around("", f"<p>{LAST}</p>{signed}")
    assert [author.name for author in article.authors] == ["Lư Liễm", "Phú Quý"]
    assert article.byline == "Lư Liễm Phú Quý"  # as printed


def test_an_author_between_lead_and_text() -> None:
    article = read(
        f"<div class='sapo'>{FIRST}</div><div class='author'>SONG AN</div><p>{SECOND}</p>"
    )
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND])


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ghi chép của Hoài Thu", [("Hoài Thu", "text")]),
        ("Truyện ngắn: TRẦN THÔI", [("TRẦN THÔI", "text")]),
        ("Mỹ Lý ghi", [("Mỹ Lý", None)]),
        ("Lê Thanh (Ảnh: Hữu Nghĩa)", [("Lê Thanh", None), ("Hữu Nghĩa", "photo")]),
    ],
)
def test_signatures_of_literary_pages(printed: str, names: list[tuple[str, str | None]]) -> None:
    article = around("", f"<p>{LAST}</p><p style='text-align:right'><b>{printed}</b></p>")
    assert article.byline == printed
    assert [(author.name, author.role) for author in article.authors] == names


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
        f"<html><body><div class='contentView'><h1>{TITLE}</h1>{STAMP}<div>Tin trong tỉnh</div>"
        f"<div>{FIRST}</div><div>{LAST}</div></div></body></html>"
    )
    assert extract(Page.from_text(page, URL)).paragraphs == [FIRST, LAST]


@pytest.mark.parametrize("name", ["image_desc", "desc", "description", "sapo"])
def test_a_caption_s_cell_named_like_a_lead(name: str) -> None:
    article = around(
        "<table class='image center'><tr><td><img src='/dataimages/201902/a.jpg'></td></tr>"
        f"<tr><td class='{name}'>Khách tham quan chụp ảnh giữa vườn hoa.</td></tr></table>"
    )
    assert article.images[0].caption == "Khách tham quan chụp ảnh giữa vườn hoa."
    assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("name", ["desc", "description", "sapo"])
def test_a_caption_named_like_a_lead_in_the_middle_of_the_text(name: str) -> None:
    caption = "Khách tham quan chụp ảnh giữa vườn hoa"
    picture = "<img src='/image/news/a.jpg'>"
    boxed = around(f"<div>{picture}<div class='{name}'>{caption}</div></div>")
    apart = around(f"<p align=center>{picture}</p><p class='{name}'>{caption}</p>")
    for article in (boxed, apart):
        assert article.images[0].caption == caption
        assert article.paragraphs == [FIRST, SECOND, LAST]


def test_a_lead_under_a_picture() -> None:
    article = read(f"<img src='/image/news/a.jpg'><p class='sapo'>{FIRST}</p><p>{LAST}</p>")
    assert (article.lead, article.images[0].caption) == (FIRST, None)
    article = read(
        "<figure><img src='/image/news/a.jpg'><figcaption class='desc'>Vườn hoa</figcaption></figure>"
        f"<p>{FIRST}</p><p>{LAST}</p>"
    )
    assert (article.lead, article.images[0].caption) == (None, "Vườn hoa")


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Lễ trao quà. Trong ảnh: Đại biểu chụp hình lưu niệm.", None),
        ("Bức ảnh: Bác Hồ với thiếu nhi.", None),
        ("Ông Ba bên vườn cúc (ảnh: Hoàng Vũ).", "Hoàng Vũ"),
        ("Ông Ba bên vườn cúc. Ảnh: Hoàng Vũ", "Hoàng Vũ"),
        ("Ông Ba bên vườn cúc. Các ảnh: Hoàng Vũ", "Hoàng Vũ"),
    ],
)
def test_a_caption_that_speaks_of_its_picture(caption: str, credit: str | None) -> None:
    article = around(
        f"<figure><img src='/image/news/a.jpg'><figcaption>{caption}</figcaption></figure>"
    )
    assert (article.images[0].caption, article.images[0].credit) == (caption, credit)


@pytest.mark.parametrize(
    "note",
    [
        "<b>Bài 3: Hướng đi nào cho hợp tác xã trồng hoa?</b>",
        "Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
        "* Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
    ],
)
def test_a_note_under_the_signature(note: str) -> None:
    article = around("", f"<p>{LAST}</p>{SIGNED}<p>{note}</p>")
    assert article.byline == "SONG AN"
    assert article.paragraphs[:3] == [FIRST, SECOND, LAST]
    assert len(article.paragraphs) == 4


def test_a_name_in_capitals_over_its_source() -> None:
    article = around("", f"<p>{LAST}</p><p>SONG AN</p><p>Theo TTXVN</p>")
    assert (article.byline, article.source) == ("SONG AN Theo TTXVN", "TTXVN")
    assert [author.name for author in article.authors] == ["SONG AN"]


def test_names_that_are_seasons() -> None:
    article = around("", f"<p>{LAST}</p><p align=right><b>Mỹ Lý, Thu Trang</b></p>{SIGNED}")
    assert [author.name for author in article.authors] == ["Mỹ Lý", "Thu Trang", "SONG AN"]


def test_where_and_when_it_was_written_is_nobody() -> None:
    article = around("", f"<p>{LAST}</p><p align=right><em>Sa Đéc, xuân Bính Ngọ</em></p>{SIGNED}")
    assert article.byline == "Sa Đéc, xuân Bính Ngọ SONG AN"
    assert [author.name for author in article.authors] == ["SONG AN"]


@pytest.mark.parametrize("name", ["BÁO ĐỒNG THÁP", "Báo Đồng Tháp Online"])
def test_the_paper_signs_itself(name: str) -> None:
    article = around("", f"<p>{LAST}</p><p align=right><b>{name}</b></p>")
    assert article.byline == name
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_the_agency_s_mark_as_a_picture_too_small_for_one() -> None:
    article = read(f"<p><img src='/images/logo-small.png'> - {FIRST}</p><p>{LAST}</p>")
    assert article.paragraphs == [FIRST, LAST]
    nothing_else = "<p><img src='/images/logo-small.png'>-" + "\u2011" * 50 + "</p>"
    assert read(f"{nothing_else}<p>{FIRST}</p><p>{LAST}</p>").paragraphs == [FIRST, LAST]


def test_what_is_said_beside_a_picture_keeps_its_dash() -> None:
    said = "- Má ơi, năm nay hoa mình bán được giá, con về phụ má một tay, ráng qua mùa Tết."
    article = read(f"<p>{said}<br><img src='/image/news/2026/a.jpg'></p><p>{LAST}</p>")
    assert article.paragraphs == [said, LAST]


def test_a_picture_of_a_fast_page() -> None:
    article = around(
        "<figure><amp-img src='/image/news/a.jpg' width=800 height=500></amp-img>"
        "<figcaption>Vườn hoa</figcaption></figure>"
    )
    assert [(one.url, one.caption) for one in article.images] == [
        ("https://baodongthap.vn/image/news/a.jpg", "Vườn hoa")
    ]
    assert article.paragraphs == [FIRST, SECOND, LAST]


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
    assert extract(Page.from_text(page, URL)).section is None


@pytest.mark.parametrize(
    "said",
    [
        "<em><strong>PV: Thưa ông, đâu là khó khăn lớn nhất của làng hoa?</strong></em>",
        "<em>* Thưa ông, nhà vườn mong điều gì?</em>",
        "<em>“Con thưa ba má, con đã nhận được thư. Ba má đừng lo cho con.”</em>",
    ],
)
def test_what_is_said_under_a_picture_is_no_caption(said: str) -> None:
    article = around(f"<p align=center><img src='/image/news/a.jpg'></p><p>{said}</p>")
    assert article.images[0].caption is None
    assert len(article.paragraphs) == 4


def test_text_after_a_break_under_a_caption_in_italics() -> None:
    picture = "<img src='/image/news/a.jpg'><br><em>Người dân chọn hoa ở chợ</em><br>"
    article = around(f"<p>{picture}{LAST}</p>", "")
    assert article.images[0].caption == "Người dân chọn hoa ở chợ"
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_the_caption_of_a_table_about_a_picture() -> None:
    article = around(
        "<table class='center image'><caption>Người dân dọn tuyến đường mới.</caption>"
        "<tr><td><img src='/image/news/a.jpg'></td></tr></table>"
    )
    assert article.images[0].caption == "Người dân dọn tuyến đường mới."
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_matches_by_the_hour_are_a_line_each() -> None:
    lines = ["18 giờ: Đồng Tháp - Bình Định", "19 giờ 15: TP Hồ Chí Minh - Nam Định"]
    article = around(f"<p>{'<br>'.join(lines)}</p>")
    assert article.paragraphs == [FIRST, SECOND, *lines, LAST]


@pytest.mark.parametrize(
    "office",
    [
        "TÒA ÁN NHÂN DÂN HUYỆN HỒNG NGỰ",
        "VIỆN KIỂM SÁT NHÂN DÂN TỈNH ĐỒNG THÁP",
        "Bảo hiểm xã hội tỉnh",
        "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI",
        "Ghi nhanh của LÊ PHƯƠNG",
    ],
)
def test_offices_and_genres_sign(office: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{LAST}</p><p align=right><b>{office}</b></p>")
    assert (article.paragraphs, article.byline) == ([FIRST, LAST], office)
