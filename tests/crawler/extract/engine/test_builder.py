"""Texts and pictures become blocks: paragraphs, players, links to other articles."""

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, SIGNED, around, read

OTHER = "<a href='/gia-lua-he-thu-tang-tro-lai-a236001.html'>Giá lúa hè thu tăng trở lại</a>"


def middle(article):
    """The paragraphs between those that every page here has."""
    assert article.paragraphs[:2] == [FIRST, SECOND]
    assert article.paragraphs[-1] == LAST
    assert article.byline == "SONG AN"
    return article.paragraphs[2:-1]


@pytest.mark.parametrize(
    "line",
    [
        OTHER,
        f">>> {OTHER}",
        f"» Xem thêm: {OTHER}",
        f"(Đọc tiếp: {OTHER})",
        f"{OTHER} (12/02/2026)",
        f"<b>{OTHER}</b>",
    ],
)
def test_a_link_to_another_article_with_what_announces_it_is_no_text(line):
    assert middle(around(f"<p>{line}</p>")) == []


@pytest.mark.parametrize(
    "line",
    [
        f"Theo bài {OTHER}, giá lúa tại ruộng đã tăng ba trăm đồng mỗi ký trong tuần qua.",
        f"Bà con cũng đã đọc bài {OTHER} đăng trên số báo ra ngày thứ sáu tuần trước.",
    ],
)
def test_a_link_inside_a_sentence_is_text(line):
    (kept,) = middle(around(f"<p>{line}</p>"))
    assert "Giá lúa hè thu tăng trở lại" in kept


def test_a_paragraph_is_one_however_many_elements_its_letters_stand_in():
    mixed = "Vườn <b>cúc</b> <i>mâm <u>xôi</u></i> năm nay <span>nở</span> đúng dịp tết."
    assert middle(around(f"<p>{mixed}</p>")) == ["Vườn cúc mâm xôi năm nay nở đúng dịp tết."]


def test_a_player_is_kept_once_and_a_frame_of_no_player_never():
    video = "<video src='/files/hoa.mp4'></video>"
    frames = "<iframe src='https://ads.example/b'></iframe><iframe src='about:blank'></iframe>"
    article = around(f"<p>{video}</p><p>{video}</p>{frames}")
    assert [one.rpartition("/")[2] for one in article.media] == ["hoa.mp4"]
    assert middle(article) == []


def test_the_thumbnail_of_another_article_and_an_advertisement_are_no_pictures_of_this_one():
    def picture(name):
        return f"<img src='/database/image/2026/02/13/{name}.jpg'>"

    article = around(
        f"<p>{picture('hoa')}</p>"
        f"<p><a href='/gia-lua-he-thu-tang-tro-lai-a236001.html'>{picture('lua')}</a></p>"
        f"<p><a href='https://shop.example/'>{picture('ban')}</a></p>"
        f"<p><a href='/database/image/2026/02/13/lon.jpg'>{picture('lon')}</a></p>"
    )
    assert [one.url.rpartition("/")[2] for one in article.images] == ["hoa.jpg", "lon.jpg"]


def test_rows_of_buttons_are_no_text_and_figures_in_a_table_are():
    buttons = "<p><a href='#'>In trang</a> <a href='javascript:history.back()'>Quay lại</a></p>"
    assert middle(around(buttons)) == []
    table = (
        "<table border=1><tr><th>Loại</th><th>Giá</th></tr>"
        "<tr><td>Cúc mâm xôi</td><td>48.000</td></tr><tr><td>Vạn thọ</td><td>25.000</td></tr></table>"
    )
    kept = "\n".join(middle(around(table)))
    assert "48.000" in kept
    assert "25.000" in kept


def test_nothing_after_the_end_of_the_article_is_read():
    tail = f"<p>Gửi bình luận của bạn</p><p>{FIRST[::-1]}</p>"
    article = read(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{SIGNED}{tail}")
    assert article.paragraphs == [FIRST, SECOND, LAST]
