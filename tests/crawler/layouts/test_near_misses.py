"""Text that looks like something else: found by readers who wrote pages to mislead the layouts."""

from __future__ import annotations

import pytest

from archive.models import Article
from crawler.layouts import extract
from crawler.page import Page

URL = "https://baodongthap.vn/lang-hoa-sa-dec-ron-rang-vao-xuan-a236888.html"
TITLE = "Làng hoa Sa Đéc rộn ràng vào xuân"
STAMP = "<div class='pubdate'>13/02/2026 - 19:48</div>"
FIRST = (
    "Những ngày cuối năm, bà con làng hoa Tân Quy Đông tất bật tưới cây, tỉa lá, chăm chút từng "
    "giỏ cúc mâm xôi để kịp chuyến ghe đưa hoa về các chợ."
)
SECOND = (
    "Theo Phòng Kinh tế, vụ hoa năm nay toàn thành phố xuống giống hơn ba triệu giỏ, tăng một phần "
    "mười so với năm trước, giá bán tại vườn giữ mức khá."
)
LAST = (
    "Đến làng hoa những ngày này, du khách được đi trên lối sàn gỗ giữa vườn, chụp ảnh và nghe chủ "
    "vườn kể chuyện trồng hoa trên giàn qua mùa nước nổi."
)
SIGNED = "<p style='text-align:right'><b>SONG AN</b></p>"


def read(text: str, *, stamp: str = STAMP, box: str = "content-fck") -> Article:
    """The article of a page with *text* in the text's box."""
    return extract(
        Page.from_text(
            f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{stamp}"
            f"<div id='newscontents'><div class='{box}'>{text}</div></div></body></html>",
            URL,
        )
    )


def around(html: str, after: str = f"<p>{LAST}</p>{SIGNED}") -> Article:
    """*html* after two paragraphs, and before the last one with the signature."""
    return read(f"<p>{FIRST}</p><p>{SECOND}</p>{html}{after}")


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
