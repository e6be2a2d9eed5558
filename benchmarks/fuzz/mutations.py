"""Alterations that know what a page is made of. The same random numbers make the same page."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

_TAG = re.compile(rb"<[^<>]{0,400}>")
_TEXT = re.compile(rb">[^<>]{1,4000}<")
_ATTRIBUTE = re.compile(rb"""\s[a-zA-Z-]+=(?:"[^"]*"|'[^']*')""")
_BLOCK = re.compile(rb"<(p|div|table|h1|span|ul|figure)\b[^>]*>.*?</\1>", re.S)

#: Pieces that have broken readers of pages: each is a whole idea, not a letter.
_PIECES: tuple[bytes, ...] = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "Cập nhật ngày: 05/03/2019 07:45:12", "Cập nhật ngày: 31/02/2019 25:61:99",
        "Chủ Nhật, 18/01/2026, 21:21 (GMT+7)", "Cập nhật: 21:56, 20/02/2019 (GMT+7)",
        "Cập nhật ngày: 00/00/0000 00:00:00", "Cập nhật ngày: ٠٥/٠٣/٢٠١٩ ٠٧:٤٥:١٢",
        "Thứ Sáu, 13/02/9999, 17:43 (GMT+7)", "hôm qua, 3 giờ trước", "ĐTO - ", "(ĐTO) ", "ÐTO –",
        "(ABO)", "Theo TTXVN", "Bài, ảnh: Mỹ Lý - K.D", "Ảnh: ", "Bài, ảnh: ", " - - ; , ",
        "Gửi bình luận của bạn", "< Trở về trang trước", "Bình luận", "Tin liên quan", "<!--",
        "-->", "<![CDATA[", "]]>", "<?php", "<script>", "</script>", "<style>", "<noscript>",
        "<textarea>", "<title>", "</title>", "<plaintext>", "<xmp>", "<svg>", "<math>",
        "<template>", "<iframe>", "<object>", "<base href='//x'>", "<base href='http://[bad'>",
        "<form>", "</form>", "</html>", "</body>", "<html>", "<body>", "<head>", "<frameset>",
        "<table><tr><td>", "</table>", "<h1>", "</h1>", "<h1 id='title'>", "<div id='content'>",
        "<em>", "</em>", "<br>", "<p style='text-align:right'>", "<p class='note ignore'>",
        "<img>", "<img src=''>", "<img src='http://[bad'>",
        "<img src='data:image/png;base64,AAAA'>", "<img src='//'>",
        "<img data-src='\n/a.jpg' srcset=',,'>", "<audio src='http://x:port/a.mp3'>",
        "http://baodongthap.com.vn/database/video/20240213051820cx8.mp3",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":[1,{}]}</script>",
        "<script type='application/ld+json'>[[[[{}]]]]</script>",
        "<script type='application/ld+json'>" + "[" * 3000 + "</script>",
        "<script type='application/ld+json'>{\"datePublished\":1e999}</script>",
        "<meta property='og:title' content=''>", "<meta charset='utf-7'>",
        "<meta charset='x-none'>", "<meta charset='rot13'>", "<meta charset='undefined'>",
        "<meta charset='zlib'>",
        "<meta property='article:published_time' content='2019-13-45T99:99'>",
        "<link rel='canonical' href='javascript:alert(1)'>",
        "<link rel='canonical' href='http://[x'>", "&nbsp;", "&#0;", "&#xD800;", "&#x1F600;",
        "&#99999999999;", "&#x85;", "&#27;", "&amp;amp;", "&lt;script&gt;", "\u200b", "\u00ad",
        "\ufeff", "\u2028", "\u0085", "\u202e", "\x00", "\x1b", "\x0c", "\x1c", "\ud800",
        "\uffff", "\u0301", "\u0323\u0302", "e\u0302\u0301", "🧧", "　", "á»\u0081", "Ã¡Âº", "Ã©",
        "\ufffd", "=cmd|' /C calc'!A0", "(\xa0)", "…", "“", "” - ",
    )
)  # fmt: skip

_FILLERS = (b" ", b"\n", b"\t\r\n", b"&nbsp;", b"<br>", b"-", b"A", b"1", b"<", b"\xcc\x81")
_ENCODINGS = ("utf-16", "utf-8-sig", "cp1258", "cp1252", "latin-1", "utf-7", "twice")


def mutate(seed: int | random.Random, page: bytes, others: Sequence[bytes] = ()) -> bytes:
    """*page* after one to six alterations; *others* are pages to take pieces from."""
    chance = seed if isinstance(seed, random.Random) else random.Random(seed)
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6))):
        page = chance.choice(MUTATIONS)(chance, page, others or (page,))
    return page


def _pick(chance: random.Random, pattern: re.Pattern[bytes], page: bytes) -> tuple[int, int]:
    """The place of one match of *pattern*, sought from a random point; an empty place if none."""
    start = chance.randrange(len(page) + 1)
    found = pattern.search(page, start) or pattern.search(page)
    return found.span() if found else (start, start)


def _drop_tag(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TAG, page)
    return page[:start] + page[end:]


def _repeat_tag(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TAG, page)
    return page[:start] + page[start:end] * chance.choice((2, 3, 50, 300, 5000)) + page[end:]


def _drop_attribute(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _ATTRIBUTE, page)
    return page[:start] + page[end:]


def _swap_text(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TEXT, page)
    other = chance.choice(others)
    left, right = _pick(chance, _TEXT, other)
    return page[:start] + other[left:right] + page[end:]


def _move_block(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _BLOCK, page)
    rest = page[:start] + page[end:]
    place, _ = _pick(chance, _TAG, rest)
    return rest[:place] + page[start:end] + rest[place:]


def _double_block(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _BLOCK, page)
    return page[:end] + page[start:end] * chance.choice((1, 1, 2, 40)) + page[end:]


def _drop_block(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _BLOCK, page)
    return page[:start] + page[end:]


def _take_block(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start, end = _pick(chance, _BLOCK, other)
    place, _ = _pick(chance, _TAG, page)
    return page[:place] + other[start:end] + page[place:]


def _insert_piece(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    pattern = chance.choice((_TAG, _TEXT))
    start, end = _pick(chance, pattern, page)
    place = chance.choice((start, end, (start + end) // 2))
    return page[:place] + chance.choice(_PIECES) + page[place:]


def _replace_text(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TEXT, page)
    return page[:start] + b">" + chance.choice(_PIECES) + b"<" + page[end:]


def _cut(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def _splice(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    return page[: chance.randrange(len(page) + 1)] + other[chance.randrange(len(other) + 1) :]


def _flip_bytes(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    altered = bytearray(page)
    for _ in range(chance.choice((1, 1, 3, 20)) if altered else 0):
        altered[chance.randrange(len(altered))] = chance.randrange(256)
    return bytes(altered)


def _deepen(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    tag = chance.choice((b"div", b"b", b"table", b"font", b"p", b"span", b"li", b"form", b"em"))
    start, _ = _pick(chance, _TAG, page)
    depth = chance.choice((10, 200, 300, 3000))
    return page[:start] + (b"<%s>" % tag) * depth + page[start:]


def _lengthen(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TEXT, page)
    return page[:end] + page[start:end] * chance.choice((20, 400)) + page[end:]


def _pad(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(page) + 1)
    filler = chance.choice(
        (b" ", b"\n", b"\t\r\n", b"&nbsp;", b"<br>", b"-", b"A", b"1", b"<", b"\xcc\x81")
    )
    return page[:place] + filler * chance.choice((100, 5_000, 100_000)) + page[place:]


def _encode(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    text = page.decode("utf-8", "replace")
    encoding = chance.choice(
        ("utf-16", "utf-8-sig", "cp1258", "cp1252", "latin-1", "utf-7", "twice")
    )
    if encoding == "twice":
        return page.decode("cp1252", "replace").encode()
    return text.encode(encoding, "ignore")


def _decompose(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    form = chance.choice(("NFD", "NFKD"))
    return unicodedata.normalize(form, page.decode("utf-8", "replace")).encode()


def _recase(chance: random.Random, page: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _pick(chance, _TAG, page)
    return page[:start] + page[start:end].swapcase() + page[end:]


MUTATIONS: tuple[Mutation, ...] = (
    _drop_tag, _repeat_tag, _drop_attribute, _swap_text, _move_block, _double_block, _drop_block,
    _take_block, _insert_piece, _insert_piece, _insert_piece, _replace_text, _replace_text, _cut,
    _splice, _flip_bytes, _deepen, _lengthen, _pad, _encode, _decompose, _recase,
)  # fmt: skip
