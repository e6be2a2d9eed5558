"""Lines of digits and signs are text; rows of pages, players and placeholders are not (E1, E6, E7)."""

import pytest

from crawler.extract import extract

FIRST = (
    "Chiều 11/1, tại sân vận động tỉnh, đội Cao Lãnh gặp đội Sa Đéc trong trận chung kết giải đấu."
)
LAST = "Sau trận đấu, ban tổ chức trao cúp và huy chương cho các đội bóng đạt thành tích cao nhất."
SIGNED = "<p style='text-align:right'><b>MỸ LÝ</b></p>"


def read(*paragraphs, tail=""):
    body = "".join(each if each.startswith("<") else f"<p>{each}</p>" for each in paragraphs)
    page = (
        "<html><head><title>Giải bóng đá mừng xuân</title></head><body><div class='detail-title'>"
        "<h1>Giải bóng đá mừng xuân</h1></div><div class='pubdate'>12/01/2026, 07:30 (GMT+7)</div>"
        f"<div id='newscontents'><div class='content-fck'>{body}</div></div>{tail}</body></html>"
    )
    return extract(page.encode(), "https://baodongthap.vn/giai-bong-da-mung-xuan-a240001.html")


@pytest.mark.parametrize(
    "line",
    [
        "2-1",
        "30-4",
        "1/5",
        "19/8/1945",
        "10 - 15",
        "0277 3851 234",
        "(1)",
        "7-0, 2-1",
        "2028",
        "3.452",
        "(0277) 3.851.234",
        "2 – 1",
    ],
)
def test_a_line_of_digits_and_signs_is_text(line):
    assert read(FIRST, line, LAST).paragraphs == [FIRST, line, LAST]


@pytest.mark.parametrize("line", ["1 2 3 4", "0:00 / 2:34", "* * *", "« 1 2 3 »", "---"])
def test_a_row_of_pages_or_a_player_is_not(line):
    assert read(FIRST, line, LAST).paragraphs == [FIRST, LAST]


@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_span_of_years_that_a_break_tore_is_one(dash):
    read_ = read(FIRST, f"Đây là kế hoạch của nhiệm kỳ 2023<br>{dash} 2028.", LAST)
    assert read_.paragraphs[1] == f"Đây là kế hoạch của nhiệm kỳ 2023 {dash} 2028."


def test_a_list_under_a_figure_stays_a_list():
    paragraphs = read(
        FIRST, "Các đội dự giải năm 2026<br>- Cao Lãnh.<br>- Sa Đéc.", LAST
    ).paragraphs
    assert paragraphs[1:4] == ["Các đội dự giải năm 2026", "- Cao Lãnh.", "- Sa Đéc."]


@pytest.mark.parametrize("name", ["Bút danh", "Tác giả", "Tên tác giả"])
@pytest.mark.parametrize("before", [True, False])
def test_a_placeholder_for_an_author_is_no_byline(name, before):
    placeholder = f"<p class='author'> {name} </p>"
    article = (
        read(FIRST, LAST, placeholder, SIGNED)
        if before
        else read(FIRST, LAST, SIGNED, tail=placeholder)
    )
    assert (article.byline, article.paragraphs) == ("MỸ LÝ", [FIRST, LAST])


@pytest.mark.parametrize("signature", ["", SIGNED])
def test_a_form_for_readers_is_not_of_the_text(signature):
    form = "<div>Thông tin bạn đọc</div><div>Đóng Lưu thông tin</div>"
    assert read(FIRST, LAST, *[signature] * bool(signature), tail=form).paragraphs == [FIRST, LAST]


def test_lines_of_figures_are_text_where_paragraphs_are_elements_of_the_system():
    lines = [f"<kb-p>{line}</kb-p>" for line in (FIRST, LAST, "2028", "7-0, 2-1", FIRST + " Và.")]
    assert read("<kb-text>" + "".join(lines) + "</kb-text>").paragraphs[2:4] == ["2028", "7-0, 2-1"]


@pytest.mark.parametrize("opening", ["div", "div style='text-align:justify'", "div dir=auto"])
def test_lines_of_figures_are_text_where_paragraphs_are_divisions(opening):
    text = [f"<{opening}>{line}</div>" for line in (FIRST, LAST, "2-1", "(1)", FIRST + " Và.")]
    assert read(*text).paragraphs[2:4] == ["2-1", "(1)"]


def test_a_score_under_a_line_that_announces_it_is_text():
    announced = "Trận bán kết giữa Sa Đéc và Cao Lãnh kết thúc với tỷ số:"
    article = read(announced, "<p align=center><b>2 - 2</b></p>", FIRST, LAST)
    assert article.paragraphs == [announced, "2 - 2", FIRST, LAST]
