"""Captions, and text under pictures that is none."""

from __future__ import annotations

import pytest

from crawler.extract.article import read_page
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import (
    FIRST,
    LAST,
    SECOND,
    SIGNED,
    TITLE,
    URL,
    around,
    read,
)

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


@pytest.mark.parametrize(
    "shell",
    [
        "<body><table width=1000 align=center><tr><td>{}</td></tr></table></body>",
        "<body><center>{}</center></body>",
        "<body style='text-align:center'>{}</body>",
    ],
)
def test_a_page_set_in_the_middle_has_no_captions_for_that(shell: str) -> None:
    picture = "<p style='text-align:center'><img src='/database/image/2012/06/20/hoa.jpg'></p>"
    text = f"<p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{LAST}</p>{SIGNED}"
    page = shell.format(
        f"<div class=contentView><h1>{TITLE}</h1><div class=date>Cập nhật ngày: 20/06/2012 "
        f"07:53:00</div>{text}</div>"
    )
    article = read_page(Page.from_text(f"<html>{page}</html>", URL))
    assert article.images[0].caption is None
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_a_caption_in_italics_broken_over_lines() -> None:
    caption = "<em>Bí thư Tỉnh ủy<br>Lê Minh Hoan thăm nông dân trồng xoài.</em>"
    article = around(f"<p align=center><img src='/image/news/a.jpg'><br>{caption}</p>")
    assert article.images[0].caption == "Bí thư Tỉnh ủy Lê Minh Hoan thăm nông dân trồng xoài."
    assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("how", ["class='MsoNormal'", "class='text-justify'"])
def test_one_paragraph_of_another_class_under_a_picture(how: str) -> None:
    said = "Đồng chí Bí thư Tỉnh ủy trân trọng cảm ơn sự tin tưởng của Đại hội."
    picture = "<table class='image center'><tr><td><img src='/image/news/a.jpg'></td></tr></table>"
    article = around(f"{picture}<p {how} style='text-align:justify'>{said}</p>")
    assert article.images[0].caption is None
    assert article.paragraphs == [FIRST, SECOND, said, LAST]


def test_what_a_serial_ends_in_is_no_caption() -> None:
    article = around("<p align=center><img src='/image/news/a.jpg'></p><p>(Còn tiếp)</p>", "")
    assert article.images[0].caption is None
    assert article.paragraphs == [FIRST, SECOND, "(Còn tiếp)"]


def test_an_item_after_a_picture_keeps_its_dash() -> None:
    items = ["- Xã Tân Thành A: 20 căn nhà bị tốc mái hoàn toàn.", "- Xã Thông Bình: 7 căn."]
    article = around(f"<div><img src='/image/news/a.jpg'><br><br>{'<br><br>'.join(items)}</div>")
    assert article.paragraphs == [FIRST, SECOND, *items, LAST]


BARE = "<p align=center><img src='/image/news/a.jpg'></p>"


@pytest.mark.parametrize("level", ["h5", "h6"])
def test_a_caption_in_a_small_heading(level: str) -> None:
    article = around(f"{BARE}<{level} align=center><em>{CAPTION}</em></{level}>")
    assert article.images[0].caption == CAPTION
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_the_caption_of_a_table_is_of_the_picture_in_it() -> None:
    table = f"<table><caption>{CAPTION}</caption><tr><td><img src='/image/news/b.jpg'></td></tr></table>"
    article = around(f"{BARE}{table}")
    assert [image.caption for image in article.images] == [None, CAPTION]


@pytest.mark.parametrize("name", ["desc_image", "avatar-desc", "lead-image"])
def test_a_caption_over_the_text_in_a_box_named_as_leads_are(name: str) -> None:
    picture = f"<div><img src='/image/news/a.jpg'><div class='{name}'>{CAPTION}</div></div>"
    article = read(f"{picture}<p>{FIRST}</p><p>{LAST}</p>{SIGNED}")
    assert [image.caption for image in article.images] == [CAPTION]
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    "text",
    [
        "Mọi đóng góp xin gửi về <i>Tỉnh đoàn</i> Đồng Tháp, số 12, đường 30/4, TP.Cao Lãnh.",
        "“Bà con rất phấn khởi”, anh Phong nói.",
    ],
)
def test_text_under_a_caption_in_italics_in_one_paragraph(text: str) -> None:
    article = around(f"<p><img src='/image/news/a.jpg'><br><i>{CAPTION}</i><br>{text}</p>")
    assert article.images[0].caption == CAPTION
    assert article.paragraphs[2] == text.replace("<i>", "").replace("</i>", "")


def test_the_text_in_one_cell_under_a_picture_without_caption() -> None:
    article = read(
        "<table><tr><td><img src='/image/news/a.jpg'>"
        f"<p>{FIRST[:90]}.</p><p>{LAST[:90]}.</p></td></tr></table>"
    )
    assert article.images[0].caption is None
    assert len(article.paragraphs) == 2


def test_a_bare_sentence_among_divisions_after_a_picture() -> None:
    said = "Theo quy định mới, mức hỗ trợ tối đa là 28 triệu đồng/hộ."
    article = read(
        f"<div>{FIRST}</div><div align=center><img src='/image/news/a.jpg'></div>{said}<br><br>"
        f"<div>{LAST}</div>"
    )
    assert article.images[0].caption is None
    assert article.paragraphs == [FIRST, said, LAST]


def test_a_question_beside_a_picture_in_the_text_keeps_its_dash() -> None:
    question = "- Thưa ông, đâu là khó khăn lớn nhất của ngành trong năm qua?"
    article = around(f"<p><img src='/image/news/a.jpg'>{question}</p>")
    assert len(article.images) == 1
    assert article.paragraphs == [FIRST, SECOND, question, LAST]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        (f"{CAPTION}. Ảnh: M.Nhân - T.Nghĩa", "M.Nhân - T.Nghĩa"),
        (f"{CAPTION}. Ảnh: Song An (chụp năm 2015)", "Song An"),
        (f"{CAPTION}. Ảnh tư liệu: Song An", "Song An"),
        (f"{CAPTION}. Ảnh của Song An", "Song An"),
        (f"{CAPTION} [Ảnh: Song An]", "Song An"),
        (f"{CAPTION} (Ảnh Song An)", "Song An"),
        (f"{CAPTION}. Ảnh: dongthap.gov.vn", "dongthap.gov.vn"),
        ("Ảnh: Nông dân thu hoạch lúa trên cánh đồng xã Tân Hội", None),
        ("Người dân xem hình ảnh của Bác Hồ", None),
    ],
)
def test_credits_are_names(caption: str, credit: str | None) -> None:
    article = around(f"{BARE}<p align=center><em>{caption}</em></p>")
    assert (article.images[0].caption, article.images[0].credit) == (caption, credit)


def test_a_caption_in_the_division_of_its_picture() -> None:
    caption = "Ban Tổ chức trao quà Tết cho người khuyết tật."
    article = around(f"<div align=center><img src='/image/news/a.jpg'><br>{caption}</div>")
    assert article.images[0].caption == caption


def test_a_sign_without_a_size_in_a_sentence_takes_no_caption() -> None:
    sign = "<img src='/image/ckeditor/2026/gio-hang.png'>"
    article = around(f"<p>Khách bấm vào {sign} để đặt hoa trước ngày 25 tháng Chạp</p>")
    assert [image.caption for image in article.images] == [None]
    assert "để đặt hoa trước ngày 25 tháng Chạp" in article.body


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p><em>Nông dân thu hoạch lúa</em><br><img src='/image/news/a.jpg'></p>",
        "<p class='note ignore'>Nông dân thu hoạch lúa<br /><img src='/image/news/a.jpg'></p>",
    ],
)
def test_a_caption_above_its_picture_in_one_paragraph(paragraph: str) -> None:
    article = around(paragraph, SIGNED)
    assert [image.caption for image in article.images] == ["Nông dân thu hoạch lúa"]
    assert "Nông dân thu hoạch lúa" not in article.paragraphs


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>Nông dân xuống giống vụ mới.<br><img src='/image/news/a.jpg'></p>",
        "<p><em>Nông dân đã sẵn sàng cho vụ mới.</em><br><img src='/image/news/a.jpg'></p>",
        "<p><em>Nông dân thu hoạch lúa</em></p><p><img src='/image/news/a.jpg'></p>",
    ],
    ids=["plain", "a sentence", "a paragraph of its own"],
)
def test_a_sentence_above_a_picture_is_text(paragraph: str) -> None:
    article = around(paragraph, SIGNED)
    assert [image.caption for image in article.images] == [None]
    assert any(each.startswith("Nông dân") for each in article.paragraphs)


@pytest.mark.parametrize("tag", ["div", "figure"])
def test_a_caption_above_its_picture_in_their_own_box(tag: str) -> None:
    box = f"<{tag} class=my-6><p class=x>Đường lên làng hoa</p><img src='/image/news/2026/a.jpg'></{tag}>"
    article = around(box)
    assert article.images[0].caption == "Đường lên làng hoa"
    assert article.paragraphs == [FIRST, SECOND, LAST]
