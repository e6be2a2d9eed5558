"""What the walk leaves out of a text: hidden boxes, keywords, bars of links; and what it keeps."""

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, SIGNED, around, read


@pytest.mark.parametrize(
    "box",
    [
        "<div style='display:none'>Bài viết mẫu</div>",
        "<div class='hidden d-none'><span class=author>admin</span></div>",
        "<p hidden>Bài viết mẫu</p>",
        "<template><p>Bài viết mẫu</p></template>",
        "<p class=qc>Mua hai tặng một</p>",
        "<nav><a href='/'>Trang chủ</a></nav>",
        "<p align=right><a href='#'>Về trang trước</a> | <a href='#'>Gửi email</a> | <a href='#'>In trang</a></p>",
        "<div><span class=tags-links>Từ khóa <a href='/tag/hoa'>làng hoa</a></span></div>",
    ],
)
def test_what_is_not_text_is_left_out(box):
    article = around(box)
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


def test_a_box_that_a_script_unfolds_is_text():
    assert around(f"<div class='more hide'><p>{LAST}</p></div>", SIGNED).paragraphs[-1] == LAST


def test_keywords_in_an_inline_box_are_tags():
    box = "<div><span class=tags-links>Từ khóa <a href='/tag/hoa'>làng hoa</a> <a href='/t'>Tết</a></span></div>"
    assert around("", f"<p>{LAST}</p>{box}").tags == ("làng hoa", "Tết")


def test_a_keyword_inside_a_sentence_is_text():
    article = around(
        f"<p>{LAST[:-1]} ở <span class=tag><a href='/tag/hoa'>làng hoa</a></span> này.</p>"
    )
    assert article.paragraphs[2].endswith("ở làng hoa này.")


@pytest.mark.parametrize(
    "end",
    [
        "<footer><p>Bản quyền thuộc về toà soạn, cấm sao chép khi chưa được phép.</p></footer>",
        "<form><textarea></textarea></form>",
        "<textarea></textarea>",
    ],
)
def test_a_foot_and_a_comment_form_end_the_article(end):
    assert read(f"<p>{FIRST}</p><p>{SECOND}</p>{end}<p>{LAST}</p>").paragraphs == [FIRST, SECOND]
