"""The newsroom really serves: over HTTP, politely answerable, and misbehaving on cue."""

import gzip
import http.client
import unicodedata
from collections.abc import Iterator
from email.utils import formatdate
from urllib.parse import urlsplit

import pytest

from newsroom import Newsroom, Reply


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(articles=60, patience=0.05) as newsroom:
        yield newsroom


def get(newsroom: Newsroom, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(urlsplit(newsroom.base_url).netloc, timeout=5)
    host = {"Host": parts.netloc} if parts.netloc else {}
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers={**host, **named})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def address(newsroom: Newsroom, name: str) -> str:
    return str(newsroom.expected()[newsroom.paper.key_of(name)].url)


def test_an_article_comes_over_http_with_its_title(newsroom: Newsroom) -> None:
    status, headers, body = get(newsroom, address(newsroom, "dan-van"))
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Công tác dân vận ở cơ sở có nhiều đổi mới" in body.decode()


def test_one_connection_serves_many_requests(newsroom: Newsroom) -> None:
    connection = http.client.HTTPConnection(urlsplit(newsroom.base_url).netloc, timeout=5)
    for _ in range(3):
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().read().startswith(b"User-agent: *")
    local = connection.sock.getsockname()
    connection.request("HEAD", "/")
    response = connection.getresponse()
    assert int(response.headers["Content-Length"]) > 40_000
    assert response.read() == b""
    assert connection.sock.getsockname() == local
    connection.close()


def test_gzip_only_when_asked(newsroom: Newsroom) -> None:
    plain = get(newsroom, "/")
    packed = get(newsroom, "/", Accept_Encoding="gzip, deflate")
    assert "Content-Encoding" not in plain[1]
    assert packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]


def test_generation_b_is_sent_in_chunks(newsroom: Newsroom) -> None:
    url = address(newsroom, "dau-thuyen")
    _, headers, body = get(newsroom, url)
    assert headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in headers
    assert body.decode().rstrip().endswith("</html>")
    assert gzip.decompress(get(newsroom, url, Accept_Encoding="gzip")[2]) == body


def test_conditional_requests_where_the_template_supports_them(newsroom: Newsroom) -> None:
    url = address(newsroom, "go-thap")
    _, headers, _ = get(newsroom, url)
    assert get(newsroom, url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    since = headers["Last-Modified"]
    assert get(newsroom, url, If_Modified_Since=since)[0] == 304
    assert get(newsroom, url, If_Modified_Since=formatdate(0, usegmt=True))[0] == 200
    newsroom.set_day(3)  # the article was edited
    assert get(newsroom, url, If_None_Match=headers["ETag"])[0] == 200
    # The older template tells nothing.
    assert "ETag" not in get(newsroom, address(newsroom, "dan-van"))[1]


def test_a_silent_edit_changes_the_etag(newsroom: Newsroom) -> None:
    url = address(newsroom, "cho-que")
    before = get(newsroom, url)[1]["ETag"]
    newsroom.set_day(1)
    assert get(newsroom, url, If_None_Match=before)[0] == 200


def test_every_way_to_vanish(newsroom: Newsroom) -> None:
    names = ("tin-don", "quang-cao", "ban-viec", "moi-1-0", "nguoi-tot")
    newsroom.set_day(1)
    urls = {name: address(newsroom, name) for name in names if name != "tin-don"}
    newsroom.set_day(0)
    urls["tin-don"] = address(newsroom, "tin-don")
    newsroom.set_day(2)
    assert get(newsroom, urls["tin-don"])[0] == 404
    assert get(newsroom, urls["quang-cao"])[0] == 410
    status, headers, _ = get(newsroom, urls["ban-viec"])
    assert (status, headers["Location"]) == (302, "https://baodongthap.vn/")
    newsroom.set_day(3)
    status, _, body = get(newsroom, urls["moi-1-0"])
    assert status == 200
    assert "Trang bạn yêu cầu không tồn tại" in body.decode()
    status, _, body = get(newsroom, urls["nguoi-tot"])
    assert status == 200
    assert "Trả lại 80 triệu đồng" in body.decode()
    # Its text still stands in sidebars, as the sapo of the re-post.
    assert '<div class="content-fck-font-size"></div>' in body.decode()
    assert get(newsroom, urls["tin-don"])[0] == 200  # it is back


def test_troubles_come_once_a_day(newsroom: Newsroom) -> None:
    busy, silent, torn = (address(newsroom, n) for n in ("ban-viec", "im-lang", "dut-doan"))
    for _ in range(2):
        status, headers, _ = get(newsroom, busy)
        assert (status, headers["Retry-After"]) == (503, "1")
        with pytest.raises(http.client.RemoteDisconnected):
            get(newsroom, silent)
        with pytest.raises(http.client.IncompleteRead):
            get(newsroom, torn)
        assert [get(newsroom, url)[0] for url in (busy, silent, torn)] == [200, 200, 200]
        newsroom.set_day(1)


def test_bytes_that_are_not_what_they_say(newsroom: Newsroom) -> None:
    _, headers, body = get(newsroom, address(newsroom, "sai-bang-ma"))
    assert headers["Content-Type"].endswith("windows-1258")
    assert "Chợ đầu mối trái cây" in body.decode("utf-8")
    _, headers, body = get(newsroom, address(newsroom, "bang-ma-cu"))
    assert headers["Content-Type"].endswith("utf-8")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    text = unicodedata.normalize("NFC", body.decode("cp1258"))
    assert "Được mùa lúa đông xuân" in text
    assert "charset=windows-1258" in text
    _, _, body = get(newsroom, address(newsroom, "to-hop"))
    assert unicodedata.is_normalized("NFD", body.decode())


def test_maintenance_has_status_200(newsroom: Newsroom) -> None:
    url = address(newsroom, "diem-truong")
    newsroom.set_day(2)
    assert "Hệ thống đang bảo trì" in get(newsroom, url)[2].decode()
    newsroom.set_day(3)
    assert "Hệ thống đang bảo trì" not in get(newsroom, url)[2].decode()
    newsroom.close_for_maintenance()
    status, _, body = get(newsroom, "/robots.txt")
    assert status == 200
    assert "Hệ thống đang bảo trì" in body.decode()


def test_an_imported_article_redirects_or_stands_twice(newsroom: Newsroom) -> None:
    paper = newsroom.paper
    moved = paper.key_of("chuyen-dia-chi")
    old = f"/van-hoa/x-{moved.removeprefix('dto:')}.aspx"
    status, headers, _ = get(newsroom, old)
    assert (status, headers["Location"]) == (301, newsroom.expected()[moved].url)
    twice = paper.key_of("lien-the-he")
    number = twice.removeprefix("dto:")
    old_page = get(newsroom, f"/xa-hoi/x-{number}.aspx")[2].decode()
    new_page = get(newsroom, address(newsroom, "lien-the-he"))[2].decode()
    assert "Cập nhật ngày: 19/05/2025 17:42:36" in old_page
    assert "ĐTO - " in old_page
    assert "Thứ Hai, 19/05/2025, 17:42 (GMT+7)" in new_page
    assert "(ĐTO) Hơn hai mươi năm" in new_page
    assert "ĐTO - Hơn hai mươi năm" not in new_page


def test_hex_and_slug_are_one_page(newsroom: Newsroom) -> None:
    number = newsroom.paper.key_of("dan-van").removeprefix("dto:")
    name = f"{int('20100127' + number):X}"
    by_hex = get(newsroom, f"http://www.baodongthap.com.vn/newsdetails/{name}/X.aspx")
    by_slug = get(newsroom, address(newsroom, "dan-van"))
    assert by_hex[2] == by_slug[2]


def test_hosts_have_their_own_front_page(newsroom: Newsroom) -> None:
    new = get(newsroom, "https://baodongthap.vn/")[2]
    old = get(newsroom, "http://www.baodongthap.com.vn/")[2]
    assert new != old
    assert get(newsroom, "https://cdn.baodongthap.vn/")[0] == 404
    assert get(newsroom, "https://cdn.baodongthap.vn/database/image/a.jpg")[0] == 200


def test_pictures_are_pictures(newsroom: Newsroom) -> None:
    _, headers, body = get(newsroom, "/thumb/1.jpg")
    assert headers["Content-Type"] == "image/jpeg"
    assert body.startswith(b"\xff\xd8\xff")
    assert body.endswith(b"\xff\xd9")
    assert get(newsroom, "/a.png")[2].startswith(b"\x89PNG")


def test_overrides_hold_until_the_day_changes(newsroom: Newsroom) -> None:
    newsroom.override("/xa-hoi", Reply(429, b"slow down"))
    assert get(newsroom, "/xa-hoi")[0] == 429
    newsroom.override("/xa-hoi", None)
    assert get(newsroom, "/xa-hoi")[0] == 200
    newsroom.override("/xa-hoi", Reply(500))
    newsroom.set_day(0)
    assert get(newsroom, "/xa-hoi")[0] == 200


def test_every_request_is_logged(newsroom: Newsroom) -> None:
    get(newsroom, "https://www.baodongthap.vn/xa-hoi?p=2&d=", User_Agent="khobao-test")
    [request] = newsroom.requests
    assert (request.method, request.host) == ("GET", "www.baodongthap.vn")
    assert (request.target, request.status) == ("/xa-hoi?p=2&d=", 404)
    assert request.headers["user-agent"] == "khobao-test"


def test_a_taken_port_is_an_error(newsroom: Newsroom) -> None:
    port = urlsplit(newsroom.base_url).port
    with pytest.raises(OSError):
        Newsroom(articles=60, port=port or 0).start()


def test_stop_frees_the_port() -> None:
    newsroom = Newsroom(articles=60).start()
    port = urlsplit(newsroom.base_url).port or 0
    newsroom.stop()
    with Newsroom(articles=60, port=port) as again:
        assert get(again, "/robots.txt")[0] == 200
