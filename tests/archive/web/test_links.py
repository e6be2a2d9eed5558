"""Which addresses out of a page become links."""

import pytest

from archive.web.links import safe_link


@pytest.mark.parametrize(
    "url", ["https://baodongthap.vn/a.aspx", "http://baodongthap.vn:8080/b?c=d#e", "HTTPS://a.vn/"]
)
def test_an_ordinary_web_address_is_a_link(url):
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " https://a.vn/",
        "data:text/html,<script>", "vbscript:x", "ftp://a.vn/", "//a.vn/", "/a.aspx", "https:///a",
        "https://[::1", "https://a.vn/\x00", "file:///etc/passwd", "", None,
    ],
)  # fmt: skip
def test_nothing_else_is(url):
    assert safe_link(url) is None
