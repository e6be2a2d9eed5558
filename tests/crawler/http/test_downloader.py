"""Where a request really goes: a mirror stands in for the site, private addresses are refused."""

import pytest
from twisted.internet.error import DNSLookupError

from crawler.http.downloader import Mirror, _public


@pytest.mark.parametrize(
    ("base", "url", "there"),
    [
        ("http://127.0.0.1:8", "https://baodongthap.vn/a?b=c", "http://127.0.0.1:8/a?b=c"),
        ("http://127.0.0.1:8/", "http://www.baodongthap.com.vn/a", "http://127.0.0.1:8/a"),
        ("https://mirror.example/dto", "https://baodongthap.vn", "https://mirror.example/dto/"),
        ("http://127.0.0.1:8", "https://example.com/a", "https://example.com/a"),
    ],
)
def test_every_host_of_the_site_is_fetched_from_the_mirror(base, url, there):
    assert Mirror(base).there(url) == there


def test_a_redirect_of_the_mirror_names_the_site():
    mirror = Mirror("http://127.0.0.1:8")
    assert mirror.back("http://127.0.0.1:8/xa-hoi") == "https://baodongthap.vn/xa-hoi"
    assert mirror.back("http://127.0.0.1:8") == "https://baodongthap.vn/"
    assert mirror.back("https://example.com/") == "https://example.com/"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254"])
def test_the_site_s_name_may_not_lead_into_the_operator_s_network(address):
    with pytest.raises(DNSLookupError, match="not a public address"):
        _public("baodongthap.vn", address)


def test_a_public_address_passes():
    assert _public("baodongthap.vn", "113.161.1.1") == "113.161.1.1"
