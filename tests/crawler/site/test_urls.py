"""Addresses: every shape SEEN on the site, its neighbours, and what must not be taken for one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.site import urls
from crawler.site.paper import DONGTHAP
from crawler.site.urls import is_ours, read_address, resolve

ARTICLES = [
    # address, key, site_id, generation, section
    ("http://baodongthap.vn/newsdetails/1D3FE18E535/Hai_bi_cao_gay_tai_nan.aspx", "dto:71637", "71637", "A", None),
    ("https://www.baodongthap.com.vn/NewsDetails/1d3fe18e539/x.aspx", "dto:71641", "71641", "A", None),
    ("https://baodongthap.vn/xa-hoi/bat-giu-nhieu-vu-buon-lau-thuoc-la-57543.aspx", "dto:57543", "57543", "A", "xa-hoi"),
    ("https://baodongthap.vn/xa-hoi/ban-tin-sang-ngay-11-8-2021-99829.aspx?print=1#top", "dto:99829", "99829", "A", "xa-hoi"),
    # A section slug that ends in a hyphen.
    ("https://www.baodongthap.vn/bau-cu-dbqh-khoa-xv-db-hdnd-cac-cap-2021-2026-/cu-tri-97642.aspx", "dto:97642", "97642", "A", "bau-cu-dbqh-khoa-xv-db-hdnd-cac-cap-2021-2026-"),
    ("https://www.baodongthap.vn/ban-doc/202510/don-doc-bao-so-ra-ngay-22-10-1050912", "dto:b1050912", "1050912", "B", "ban-doc"),
    ("https://baodongthap.vn/ban-doc/202510/don-doc-bao-1050912/index.htm", "dto:b1050912", "1050912", "B", "ban-doc"),
    ("https://baodongthap.vn/ban-doc/202510/don-doc-bao-1050912/", "dto:b1050912", "1050912", "B", "ban-doc"),
    # Newer installs of B's CMS count in hex.
    ("https://baodongthap.vn/xa-hoi/202510/tuyen-duong-9fa3c1e", "dto:b9fa3c1e", "9fa3c1e", "B", "xa-hoi"),
    ("https://baodongthap.vn/trao-690-phan-qua-tet-a236888.html", "dto:a236888", "a236888", "C", None),
    ("https://baodongthap.vn/khai-mac-lan-ix--a338056.html", "dto:a338056", "a338056", "C", None),
    ("https://baodongthap.vn/index.php/khai-mac-19-1-2026-a235582.html", "dto:a235582", "a235582", "C", None),
    ("https://www.baodongthap.vn/video/xem-video/le-hoi-hoa-sa-dec-297.html", "dto:video-297", "297", "C", "video"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "key", "site_id", "generation", "section"), ARTICLES)
def test_article_addresses(url, key, site_id, generation, section):
    address = read_address(url)
    assert (address.kind, address.key, address.site_id, address.generation, address.section_slug) == (
        "article", key, site_id, generation, section,
    )  # fmt: skip


@pytest.mark.parametrize("url", [row[0] for row in ARTICLES])
def test_a_canonical_address_is_its_own_canonical(url):
    address = read_address(url)
    assert read_address(address.canonical) == address


def test_hosts_schemes_and_noise_make_one_canonical():
    variants = [
        f"{scheme}://{host}/xa-hoi/bat-giu-57543.aspx{tail}"
        for scheme in ("http", "https")
        for host in DONGTHAP.hosts
        for tail in ("", "?utm_source=zalo", "#binh-luan")
    ]
    assert len({read_address(url).canonical for url in variants}) == 1


def test_the_four_number_series_stay_apart():
    keys = {
        read_address(f"https://baodongthap.vn{path}").key
        for path in ("/xa-hoi/x-297.aspx", "/xa-hoi/202510/x-297", "/x-a297.html", "/video/xem-video/x-297.html", "/podcast/x-297.html")
    }  # fmt: skip
    assert len(keys) == 5


LISTS = [
    ("http://www.baodongthap.com.vn/newslist/4AE0F99B9/p2/Van_hoa.aspx", "van-hoa", 2),
    ("https://baodongthap.vn/newslist/4AE0F99B8/Phap_luat.aspx", "phap-luat", 1),
    ("https://www.baodongthap.vn/chinh-tri?cate=342&page=3", "chinh-tri", 3),
    ("https://www.baodongthap.vn/chinh-tri?page=3&cate=342", "chinh-tri", 3),
    (
        "https://baodongthap.vn/bau-cu-quoc-hoi-hdnd-cac-cap/?p=4&d=",
        "bau-cu-quoc-hoi-hdnd-cac-cap",
        4,
    ),
    ("https://baodongthap.vn/xa-hoi/", "xa-hoi", 1),
    ("https://baodongthap.vn/xa-hoi.aspx", "xa-hoi", 1),
]


@pytest.mark.parametrize(("url", "section", "page"), LISTS)
def test_list_addresses(url, section, page):
    address = read_address(url)
    assert (address.kind, address.section_slug, address.page) == ("list", section, page)
    assert read_address(address.canonical) == address


@pytest.mark.parametrize(
    "url",
    [
        "https://baodongthap.vn/ketquatimkiem.aspx?keyword=Sai%20gon",
        "https://baodongthap.vn/tim-kiem?q=lua",
        "https://baodongthap.vn/files/a.pdf",
        "https://baodongthap.vn/newsdetails/123/Khong_phai_so.aspx",
        "https://baodongthap.vn/image/ckeditor/2026/20260130/files/h1.jpg",
    ],
)
def test_what_is_neither_article_nor_list(url):
    assert read_address(url).kind == "other"


def test_home():
    assert read_address("http://www.baodongthap.vn").kind == "home"
    assert read_address("https://baodongthap.vn/index.php").kind == "home"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://www.baodongthap.vn/x", True),
        ("HTTP://BaoDongThap.VN/x", True),
        ("https://cdn.baodongthap.vn/x", False),
        ("https://baodongthap.vn.example.com/x", False),
        ("https://example.com/baodongthap.vn", False),
        ("http://127.0.0.1:6666\\@baodongthap.vn/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_is_ours(url, ours):
    assert is_ours(url) is ours


@pytest.mark.parametrize(
    "href", ["", "#top", "javascript:void(0)", "mailto:a@b", "http://[bad", "data:text/html,x"]
)
def test_resolve_refuses_what_is_no_web_link(href):
    assert resolve("https://baodongthap.vn/", href) is None


@pytest.mark.parametrize(
    "url",
    [
        "p://[",
        ")",
        "javascript:alert(1)",
        "https://baodongthap.vn/newsdetails/" + "F" * 6000 + "/x.aspx",
        "https://baodongthap.vn/newslist/4AE0F99B9/p" + "1" * 6000 + "/Van_hoa.aspx",
    ],
)
def test_what_is_no_address_is_no_error_either(url):
    assert read_address(url).kind == "other"


def test_a_page_number_of_thousands_of_digits_is_none():
    assert read_address("https://baodongthap.vn/xa-hoi?p=" + "9" * 6000).page == 1


@pytest.mark.parametrize(
    "path",
    ["/" + "-" * 100_000, "/x" + "-a" * 50_000, "/x/" + "-a1" * 30_000, "/x-" + "1" * 100_000],
    ids=["hyphens", "hyphens and a", "numbers", "a number"],
)
def test_a_long_address_takes_no_long_time(path):
    """Found by the fuzzer: half a minute for a hundred thousand hyphens."""
    started = time.process_time()
    assert read_address(f"https://baodongthap.vn{path}?").kind in ("other", "list")
    assert time.process_time() - started < 1


_PIECES = st.sampled_from(
    ["/", "//", "%", "%2", "%3F", "%23", "%2F", "%25", "%253F", "%00", "%0A", "%1B[31m", "%61", "%E2%80%AE", "%E1%BB%9D",
     "%FF", "%C3", "\u202e", "\x00", "\x1b", "\n", " ", "\u2003", "\ud800", "ờ", "đ", "?", "#", "&", "p=2", "page=3", "cate=4",
     "xa-hoi", "van-hoc-184", "bat-giu-57543", ".aspx", ".html", "-a123", "/202510/", "index.html", "index.php", "default.aspx",
     "print", "newslist", "4AE0F99B8", "newsdetails", "1D3FE18E535", "video", "..", "\\", "[", "٣", "²"]
)  # fmt: skip
_URLS = st.builds(
    lambda start, pieces, text: start + "".join(pieces) + text,
    st.sampled_from(
        ["https://baodongthap.vn/", "http://www.baodongthap.com.vn", "", "/", "javascript:", "http://["]
    ),
    st.lists(_PIECES, max_size=9),
    st.text(max_size=4),
)  # fmt: skip


@given(_URLS)
@settings(max_examples=400)
def test_canonicalising_twice_is_canonicalising_once(url):
    address = read_address(url)
    again = read_address(address.canonical)
    assert (again.canonical, again.kind, again.key) == (
        address.canonical,
        address.kind,
        address.key,
    )


@given(_URLS)
@settings(max_examples=400)
def test_a_canonical_address_shows_in_one_line_of_any_terminal(url):
    canonical = read_address(url).canonical
    assert canonical.isprintable()
    assert " " not in canonical
    canonical.encode()  # no lone surrogate: the database refuses one


@pytest.mark.parametrize(
    "path",
    ["/xa-hoi/a%3Fb-71001.aspx", "/xa-hoi/a%23b-71001.aspx", "/xa-hoi/a%2Fb-71001.aspx", "/xa-hoi/a%253Fb-71001.aspx",
     "/xa-hoi/a%25b-71001.aspx", "/xa-hoi/a%00b-71001.aspx", "/xa-hoi/a%1B%5B31mb-71001.aspx", "/xa-hoi/a%0Ab-71001.aspx",
     "/xa-hoi/a%E2%80%AEb-71001.aspx", "/xa-hoi/a%FFb-71001.aspx", "/xa-hoi/a%20b-71001.aspx"],
)  # fmt: skip
def test_an_escape_that_means_something_stays(path):
    address = read_address(f"https://baodongthap.vn{path}")
    assert (address.canonical, address.key) == (f"https://baodongthap.vn{path}", "dto:71001")


def test_one_character_is_written_in_one_way():
    forms = ["chợ-nổi~1", "ch%E1%BB%A3-n%e1%bb%95i%7E1", "%63hợ%2Dnổi~%31"]
    found = {
        read_address(f"https://baodongthap.vn/xa-hoi/{form}-71001.aspx").canonical for form in forms
    }
    assert found == {"https://baodongthap.vn/xa-hoi/chợ-nổi~1-71001.aspx"}  # fmt: skip


def test_an_address_is_read_up_to_a_length():
    slug = "a" * urls.MAX_ADDRESS
    assert read_address(f"https://baodongthap.vn/xa-hoi/{slug}-71001.aspx").kind == "other"
    slug = "%C2%A0" * 600  # short enough as it stands, and too long when it is quoted again
    assert read_address(f"https://baodongthap.vn/xa-hoi/{slug}-71001.aspx").kind == "article"
    slug = "\xa0" * 700
    assert read_address(f"https://baodongthap.vn/xa-hoi/{slug}-71001.aspx").kind == "other"


def test_a_number_of_three_digits_without_a_folder_is_a_lists():
    """SEEN: /van-hoc-184.aspx?page=9; an article's number has five digits."""
    assert read_address("https://baodongthap.vn/van-hoc-184.aspx").kind == "list"
    ninth = read_address("https://baodongthap.vn/van-hoc-184.aspx?page=9")
    assert (ninth.kind, ninth.section_slug, ninth.page) == ("list", "van-hoc", 9)
    assert ninth.canonical == "https://baodongthap.vn/van-hoc-184.aspx?page=9"
    assert read_address("https://baodongthap.vn/bat-giu-57543.aspx?page=9").key == "dto:57543"
    assert read_address("https://baodongthap.vn/xa-hoi/ky-niem-50-nam-184.aspx").key == "dto:184"


def test_a_page_to_be_printed_is_the_article():
    plain = read_address("https://baodongthap.vn/trao-690-phan-qua-tet-a236888.html")
    assert read_address("https://baodongthap.vn/print/trao-690-phan-qua-tet-a236888.html") == plain
