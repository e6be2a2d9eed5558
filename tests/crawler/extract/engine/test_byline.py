"""Signatures, and lines like them that are none."""

from __future__ import annotations

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, SIGNED, around, read

TABLE = "<table border=1>{}</table>".format("<tr><td>1</td><td>Nguyễn Văn Hai</td></tr>" * 30)


@pytest.mark.parametrize("table", [TABLE, TABLE.replace("<td>N", "<td align=right>N")])
def test_a_table_of_names_is_no_byline(table: str) -> None:
    article = around(table, "")
    assert article.byline is None
    assert article.paragraphs[-1] == "1 | Nguyễn Văn Hai"


@pytest.mark.parametrize(
    ("notes", "kept"),
    [
        (TABLE, "1 | Nguyễn Văn Hai"),
        ("<p>Điện thoại liên hệ: 0277.3851344</p>", "Điện thoại liên hệ: 0277.3851344"),
        ("<p>(*) Tên nhân vật đã được thay đổi.</p>", "(*) Tên nhân vật đã được thay đổi."),
        ("<p><em>Kỳ 2: Gỡ khó cho nông dân</em></p>", "Kỳ 2: Gỡ khó cho nông dân"),
    ],
    ids=["a table", "an address", "an asterisk", "what is to come"],
)
def test_what_stands_under_the_byline_is_text(notes: str, kept: str) -> None:
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
def test_bylines_of_literary_pages(printed: str, names: list[tuple[str, str | None]]) -> None:
    article = around("", f"<p>{LAST}</p><p style='text-align:right'><b>{printed}</b></p>")
    assert article.byline == printed
    assert [(author.name, author.role) for author in article.authors] == names


@pytest.mark.parametrize(
    "note",
    [
        "<b>Bài 3: Hướng đi nào cho hợp tác xã trồng hoa?</b>",
        "Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
        "* Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
    ],
)
def test_a_note_under_the_byline(note: str) -> None:
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


RIGHT = "style='text-align:right'"


@pytest.mark.parametrize(
    ("signed", "byline", "authors"),
    [
        (f"<p {RIGHT}><a href='/tac-gia/song-an'><b>SONG AN</b></a></p>", "SONG AN", ["SONG AN"]),
        (f"<div {RIGHT}><a href='/tac-gia/song-an'>Song An</a></div>", "Song An", ["Song An"]),
        (
            "<div class=author-box><img class=avatar src='/files/avatar/a.jpg'>"
            "<a class=name href='/tac-gia/song-an'>Song An</a></div>",
            "Song An",
            ["Song An"],
        ),
        (
            f"<p {RIGHT}><strong>Minh Thư<br>Y Du</strong></p>",
            "Minh Thư Y Du",
            ["Minh Thư", "Y Du"],
        ),
        (
            f"<p {RIGHT}>Minh Thư<br><a href='mailto:a@b.vn'>thu@baodongthap.vn</a></p>",
            "Minh Thư thu@baodongthap.vn",
            ["Minh Thư"],
        ),
        (
            f"<p {RIGHT}><strong>SONG AN</strong></p><p {RIGHT}>Nguồn ảnh: Internet</p>",
            "SONG AN Nguồn ảnh: Internet",
            ["SONG AN"],
        ),
    ],
    ids=["a link", "a link in a division", "a box", "two lines", "an e-mail", "of pictures"],
)
def test_bylines_set_in_many_ways(signed: str, byline: str, authors: list[str]) -> None:
    article = around("", f"<p>{LAST}</p>{signed}")
    assert article.paragraphs == [FIRST, SECOND, LAST]
    assert article.byline == byline
    assert [author.name for author in article.authors] == authors
    assert article.images == ()


def test_a_name_floated_right_at_the_end_of_the_text() -> None:
    article = around("", f"<p>{LAST}<span style='float:right'><b>Song An</b></span></p>")
    assert (article.paragraphs[-1], article.byline) == (LAST, "Song An")


def test_an_editors_note_under_the_byline() -> None:
    note = (
        "Tòa soạn: Báo Đồng Tháp xin cảm ơn các bạn đọc xa gần đã gửi bài viết, hình ảnh về cho "
        "chuyên mục trong suốt năm qua."
    )
    article = around("", f"<p>{LAST}</p>{SIGNED}<p>{note}</p>")
    assert (article.paragraphs[-1], article.byline) == (note, "SONG AN")


@pytest.mark.parametrize(
    "lines",
    [
        ["Danh sách thí sinh đạt giải nhất, giải nhì:", "Trần Thị Hai, Lê Văn Ba"],
        ["Danh sách trúng thưởng:", "- Nguyễn Văn Hùng (Lai Vung)"],
        ["Khẩu hiệu của Đại hội:", "Đoàn kết - Dân chủ - Kỷ cương - Phát triển"],
        ["Câu 3: Ai là người vẽ bức tranh này?", "A. Lê Lợi", "B. Nguyễn Trãi"],
    ],
)
def test_what_a_line_announces_signs_nothing(lines: list[str]) -> None:
    article = around("", "".join(f"<p>{line}</p>" for line in lines))
    assert article.byline is None
    assert article.paragraphs[2:] == lines


def test_pictures_that_a_line_announces_may_be_signed() -> None:
    line = "Một số hình ảnh tại làng hoa Tân Quy Đông những ngày cuối năm:"
    article = around(f"<p>{line}</p><p align=center><img src='/image/news/a.jpg'></p>", SIGNED)
    assert (article.paragraphs[-1], article.byline) == (line, "SONG AN")


def test_the_author_s_name_under_the_stamp_as_well() -> None:
    article = read(f"<p>Song An</p><p>{FIRST}</p><p>{LAST}</p><p {RIGHT}><b>Song An</b></p>")
    assert article.paragraphs == [FIRST, LAST]
    assert article.byline == "Song An"


BOX = (
    "<div class='author-box'><img src='/static/avatar.png' width=60 height=60>"
    "<a href='/tac-gia/12'>{0}</a>"
)


@pytest.mark.parametrize("name", ["MỸ LÝ", "Theo TTXVN", "Nhóm PV KT-XH"])
@pytest.mark.parametrize("office", ["<span>Phóng viên Báo Đồng Tháp</span>", ""])
def test_an_author_box_under_the_byline_adds_nothing(name, office):
    article = around(
        "",
        f"<p>{LAST}</p>" + f"<p class='author ignore'>{name}</p>{BOX.format(name)}{office}</div>",
    )
    assert article.byline == name
    assert not any("Phóng viên" in each or name in each for each in article.paragraphs)


@pytest.mark.parametrize(
    "signature",
    [
        "<address><a rel='author' href='/tac-gia/my-ly'>Mỹ Lý</a></address>",
        "<p><a rel='author' href='/tac-gia/my-ly'>Mỹ Lý</a></p>",
        "<span itemprop='author'>Mỹ Lý</span>",
    ],
)
def test_semantic_markup_names_the_author(signature):
    assert around("", f"<p>{LAST}</p>{signature}").byline == "Mỹ Lý"


def test_the_address_of_a_print_view_is_no_byline():
    article = around(
        "",
        f"<p>{LAST}</p>"
        "<p style='text-align:right'><b>MỸ LÝ</b></p><p>Nguồn: https://baodongthap.vn/lua-a240001.html</p>",
    )
    assert article.byline == "MỸ LÝ"
    assert not any("Nguồn" in each for each in article.paragraphs)


OFFICE = "Phóng viên Báo Đồng Tháp"


@pytest.mark.parametrize("signed", [SIGNED, "<p class=author>SONG AN</p>"])
@pytest.mark.parametrize(
    "box",
    [
        f"<div class=author-box><a href='/tac-gia/9'>SONG AN</a><span>{OFFICE}</span></div>",
        f"<div class=author-box><p>SONG AN</p><p>{OFFICE}</p></div>",
        f"<div class=xyz><h4>SONG AN</h4><div>{OFFICE}</div></div>",
    ],
)
def test_an_author_s_box_under_the_byline_is_neither_byline_nor_text(signed: str, box: str) -> None:
    article = around("", f"<p>{LAST}</p>{signed}{box}")
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


def test_an_author_s_box_alone_gives_the_name() -> None:
    box = f"<div class=author-box><a href='/tac-gia/9'>SONG AN</a><span>{OFFICE}</span></div>"
    article = around("", f"<p>{LAST}</p>{box}")
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


def test_the_element_of_a_web_component_names_the_byline() -> None:
    article = around("", f"<p>{LAST}</p><news-byline>Song An</news-byline><p><i>{SECOND}</i></p>")
    assert article.byline == "Song An"


@pytest.mark.parametrize(
    "appeal",
    [
        "Mọi sự giúp đỡ xin gửi về bà Hai, ấp 3, xã Mỹ Hiệp.",
        "Mọi đóng góp xin gửi về: Hội Chữ thập đỏ tỉnh.",
    ],
)
def test_an_appeal_under_a_plain_byline_is_of_the_text(appeal: str) -> None:
    article = around("", f"<p>{LAST}</p><p>Song An</p><p><em>{appeal}</em></p>")
    assert (article.byline, article.paragraphs) == ("Song An", [FIRST, SECOND, LAST, appeal])


@pytest.mark.parametrize(
    "below",
    [
        "<div class=wt><p>Cao Lãnh 31°C</p><p>Trời nhiều mây, có lúc có mưa rào và dông vài nơi trong tỉnh hôm nay.</p></div>",
        "<div class=bio><h4><a href='/tac-gia/mt'>Minh Tâm</a></h4><p>Minh Tâm viết về nông thôn từ năm 2012.</p></div>",
        "<div class=nl><h4>Đăng ký nhận tin</h4><input type=email><button>Đăng ký</button></div>",
    ],
)
def test_a_box_of_its_own_under_the_byline_is_not_text(below: str) -> None:
    article = around("", f"<p>{LAST}</p>{SIGNED}{below}")
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


def test_the_last_of_several_items_may_be_unsigned() -> None:
    items = f"<div class=tin><p>{LAST}</p>{SIGNED}</div><div class=tin><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert read(items).paragraphs.count(SECOND) == 1


def test_the_link_of_an_author_s_box_signs_an_unsigned_text() -> None:
    box = (
        "<div class=bio><h4><a href='/tac-gia/mt'>Minh Tâm</a></h4><p>Viết về nông thôn.</p></div>"
    )
    article = around("", f"<p>{LAST}</p>{box}")
    assert (article.byline, article.paragraphs) == ("Minh Tâm", [FIRST, SECOND, LAST])
