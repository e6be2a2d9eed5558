"""Bytes in every encoding become one text, or an error: never a wrong letter without a flag."""

from __future__ import annotations

import unicodedata

import pytest

from archive.errors import DamagedPage
from crawler.extract import extract
from crawler.extract.page import Page
from tests.crawler.extract.bridge import ARTICLE, LEAD, TEXT, URL, check


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=iso-8859-1",
        "text/html; charset=windows-1252",
        "text/html; charset=utf-16",
        "text/html; charset=x-unknown",
    ],
)
def test_valid_utf8_is_utf8_whatever_the_header_says(content_type: str | None) -> None:
    check(Page.from_bytes(ARTICLE.encode(), URL, content_type))


def test_the_meta_element_may_be_wrong_too() -> None:
    check(Page.from_bytes(ARTICLE.replace("utf-8", "windows-1258").encode(), URL))


def test_byte_order_mark() -> None:
    page = Page.from_bytes(b"\xef\xbb\xbf" + ARTICLE.encode(), URL)
    assert page.html.startswith("<!DOCTYPE")
    check(page)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(codec: str) -> None:
    body = ARTICLE.encode(codec)
    if codec != "utf-16":
        body = ("\ufeff").encode(codec) + body
    page = Page.from_bytes(body, URL)
    assert "encoding:utf-16" in page.flags
    check(page)


def _to_1258(text: str) -> bytes:
    """Vietnamese as Windows-1258 writes it: base letters, then the tone as a combining mark."""
    tones = {"\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0301": 0xEC, "\u0323": 0xF2}
    import unicodedata

    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        parts = unicodedata.normalize("NFD", char)
        tone = next(mark for mark in parts if mark in tones)
        base = unicodedata.normalize("NFC", parts.replace(tone, ""))
        out += base.encode("cp1258") + bytes([tones[tone]])
    return bytes(out)


@pytest.mark.parametrize("declared", ["windows-1258", "utf-8", "iso-8859-1"])
def test_windows_1258(declared: str) -> None:
    page = Page.from_bytes(
        _to_1258(ARTICLE.replace('"utf-8"', f'"{declared}"')), URL, f"text/html; charset={declared}"
    )
    assert "encoding:windows-1258" in page.flags
    check(page)


def test_stray_bytes_of_another_encoding_are_mended_and_flagged() -> None:
    body = ARTICLE.encode().replace(
        "Gửi bình luận".encode(), b"\x93G\xe1\xbb\xadi\x94 b\xc3\xacnh lu\xe1\xba\xadn", 1
    )
    page = Page.from_bytes(body, URL)
    assert "encoding:mixed" in page.flags
    check(page)


def test_no_byte_that_is_not_utf8_passes_unseen() -> None:
    """The usual page is not decoded: lxml must name the byte, or it stands where we look."""
    whole = ARTICLE.encode()
    for bad in (b"\xff", b"\xe1\xba", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"):
        for place in range(0, len(whole) + 1, 3):
            body = whole[:place] + bad + whole[place:]
            if "\ufffd" in body.decode("utf-8", "replace"):
                assert Page.from_bytes(body, URL).flags, (bad, body[:place][-40:])


@pytest.mark.parametrize("opens", ["</b>", "<p>"])
def test_a_page_with_more_faults_than_lxml_names_is_still_decoded(opens: str) -> None:
    body = ARTICLE.replace("<h1>", opens * 150 + "<h1>").encode()
    check(Page.from_bytes(body, URL))
    late = body.replace("Gửi".encode(), b"G\xff\xe1\xbb\xadi")
    assert "encoding:mixed" in Page.from_bytes(late, URL).flags


def test_doubly_encoded_text_is_repaired_where_that_is_proven() -> None:
    for codec in ("cp1252", "latin-1"):
        doubled = "".join(
            bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in ARTICLE.encode()
        ).encode()
        page = Page.from_bytes(doubled, URL)
        assert "text:mojibake-repaired" in page.flags
        check(page)


def test_a_doubly_encoded_part_is_repaired_beside_good_text() -> None:
    doubled = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in TEXT.encode())
    page = Page.from_bytes(ARTICLE.replace(TEXT, doubled).encode(), URL)
    assert "text:mojibake-repaired" in page.flags
    check(page)


def test_doubly_encoded_text_that_lost_bytes_is_refused() -> None:
    doubled = ARTICLE.encode().decode("cp1252", "ignore").encode()
    with pytest.raises(DamagedPage, match="encoded twice"):
        extract(doubled, URL)


@pytest.mark.parametrize("sign", ["\ufffd", "&#0;", "&#x110000;", "&#55357;&#56832;"])
def test_a_sign_that_stands_for_a_lost_letter_is_flagged(sign: str) -> None:
    body = ARTICLE.replace("công trình", f"công {sign}trình").encode()
    assert "text:lost-letters" in extract(body, URL).flags


def test_one_unreadable_byte_inside_the_text_is_flagged() -> None:
    body = ARTICLE.encode().replace("người dân".encode(), b"ng\xff\x80i d\xe2n")
    article = extract(body, URL)
    assert {"text:undecodable", "text:lost-letters"} <= set(article.flags)


LONG = " ".join([TEXT] * 4)


@pytest.mark.parametrize(
    "lose",
    [
        lambda text: "".join(sign if sign.isascii() else "?" for sign in text),
        lambda text: "".join(sign if sign.isascii() else "\ufffd" for sign in text),
        lambda text: "".join(
            "®" if sign in "đĐ" else sign if sign.isascii() else "µ" for sign in text
        ),
        lambda text: unicodedata.normalize("NFD", text).translate(
            {0x300: "ø", 0x301: "ù", 0x303: "õ", 0x309: "û", 0x323: "ï", 0x302: "â", 0x31B: "ö"}
            | {ord("đ"): "ñ", ord("Đ"): "Ñ", 0x306: "ê"}
        ),
    ],
    ids=["question marks", "replacement characters", "TCVN3", "VNI"],
)
def test_a_text_that_lost_its_letters_is_refused(lose) -> None:
    page = ARTICLE.replace(TEXT, lose(LONG)).replace(LEAD, lose(LEAD))
    with pytest.raises(DamagedPage, match="letters"):
        extract(page.encode(), URL)


@pytest.mark.parametrize(
    "text",
    [
        'Vì sao? Ở đâu? Khi nào?... "Ai?" - ông hỏi (?), rồi cười. Thật ư?!',
        "Xem thêm tại https://dongthap.gov.vn/tin?id=5&trang=2?x và www.a.vn/?q=lua hôm nay.",
        "Le président a été reçu à l'hôtel de ville où le maire a prononcé un discours. " * 5,
        "® và © là hai ký hiệu của nhãn hàng Ô-xtrây-li-a; 30°C, «cá», ½ lít, ±2.",
    ],
)
def test_questions_signs_and_french_are_sound(text: str) -> None:
    article = extract(ARTICLE.replace(TEXT, f"{TEXT} {text}").encode(), URL)
    assert "text:lost-letters" not in article.flags


def test_good_vietnamese_is_never_taken_for_mojibake() -> None:
    quoted = ARTICLE.replace("cầu Kênh Xáng, công", "«cá» «Á» «ả», công")
    assert "«cá» «Á» «ả»" in (extract(quoted.encode(), URL).lead or "")


def test_nul_bytes_are_dropped_and_flagged() -> None:
    page = Page.from_bytes(ARTICLE.replace("công trình", "công\0 trình").encode(), URL)
    assert page.flags == ("text:nul",)
    check(page)
