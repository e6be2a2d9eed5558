"""Blocks and disappearances are told apart by what they say, never by what we expect."""

import pytest

from crawler.verdict import redirect_verdict, shell_verdict

ARTICLE = "https://baodongthap.vn/xa-hoi/bat-giu-57543.aspx"


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("https://baodongthap.vn/bat-giu-a1200.html", "follow"),
        ("http://www.baodongthap.com.vn/xa-hoi/bat-giu-57543.aspx", "follow"),
        ("https://baodongthap.vn/", "redirect-home"),
        ("https://baodongthap.vn/xa-hoi", "redirect-home"),
        ("https://example.com/", "refused"),
        ("http://127.0.0.1/", "refused"),
        ("file:///etc/passwd", "refused"),
        (None, "refused"),
    ],
)
def test_redirects(target, verdict):
    assert redirect_verdict(ARTICLE, target) == verdict


@pytest.mark.parametrize(
    ("text", "size", "verdict"),
    [
        ("Hệ thống đang bảo trì. Mời bạn đọc quay lại sau.", 1200, "blocked"),
        ("HE THONG DANG NANG CAP", 900, "blocked"),
        ("Just a moment... Checking your browser before accessing", 5000, "blocked"),
        ("Không tìm thấy trang bạn yêu cầu", 45_000, "soft-404"),
        ("Bài viết không tồn tại hoặc đã bị xóa", 45_000, "soft-404"),
        ("Trang chủ Chính trị Kinh tế Xã hội", 45_000, "empty-shell"),
        # A long page that happens to speak of maintenance is no notice.
        ("Đồng Tháp bảo trì cầu đường trước mùa lũ", 60_000, "empty-shell"),
    ],
)
def test_pages_without_an_article(text, size, verdict):
    assert shell_verdict(text, size) == verdict
