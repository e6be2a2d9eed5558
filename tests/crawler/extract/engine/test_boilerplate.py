"""Lines and addresses that belong to the page: patterns alone, without their place."""

import pytest

from crawler.extract.engine.boilerplate import ARTICLE_LINK, read_line


@pytest.mark.parametrize(
    "line",
    [
        "Mọi phản ánh, ý kiến, tin, bài xin gửi về Tòa soạn",
        "Mọi ý kiến đóng góp xin gửi về Báo Đồng Tháp",
        "Mọi thông tin phản ánh vui lòng gửi về email toasoan@baodongthap.vn",
        "Gửi bình luận của bạn",
        "Ý kiến bạn đọc (12)",
        "Thông tin bạn đọc",
    ],
)
def test_a_line_that_ends_the_article(line):
    assert read_line(line) == "tail"


@pytest.mark.parametrize(
    "line",
    [
        "Mọi đóng góp xin gửi về: Hội Chữ thập đỏ tỉnh, số 12 đường Lý Thường Kiệt.",
        "Mọi ý kiến của cử tri gửi về kỳ họp đều được trả lời bằng văn bản.",
        "Theo dõi báo cáo của từng xã trên địa bàn, đoàn kiểm tra ghi nhận nhiều đổi thay.",
        "Mọi sự giúp đỡ xin gửi về gia đình bà Lê Thị Hai, ấp 3, xã Mỹ Hiệp.",
    ],
)
def test_a_line_of_the_text(line):
    assert read_line(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "3 phút đọc",
        "Thời gian đọc: 5 phút",
        "Theo dõi Báo Đồng Tháp trên Google News để cập nhật tin tức nhanh nhất.",
        "Đánh giá bài viết: ★★★★☆ 4.5/5 (12 lượt)",
        "Về trang trước | Gửi email | In trang",
    ],
)
def test_a_line_of_the_page(line):
    assert read_line(line) == "line"


@pytest.mark.parametrize(
    "address",
    [
        "/kinh-te",
        "/su-kien-2025",
        "/kinh-te?p=4",
        "/van-hoc-184.aspx?page=9",
        "/2026/",
        "/tin-moi/",
    ],
)
def test_a_list_has_no_address_of_an_article(address):
    assert not ARTICLE_LINK.search(address)
