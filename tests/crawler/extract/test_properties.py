"""Ways of setting the same article otherwise must not change it; one changed word changes one
field.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract.article import read_page
from crawler.extract.page import Page

PAGES = Path(__file__).parents[2] / "pages"
GOLDENS = sorted(path.parent for path in PAGES.glob("*/*/meta.json"))

#: What may differ between two settings of one article: how it was found, not what it says.
LEFT_OUT = ("rules", "extractor_version")

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!<p\b|</p>|<script|<table|<div).)*</p>", re.S | re.I)

RELATED = """<div class="{name}"><h3>Tin liên quan</h3><ul>
<li><a href="/xa-hoi/ra-mat-to-hop-tac-trong-sen-o-my-hoa-91234.aspx">Ra mắt tổ hợp tác trồng sen
ở Mỹ Hòa</a>
<span>Cập nhật ngày: 09/09/2020 09:09:09</span></li>
<li><a href="/trao-tang-nha-nghia-tinh-dong-doi-o-thanh-binh-a237001.html">Trao tặng nhà nghĩa
tình đồng đội ở Thanh Bình</a>
<span>Thứ Bảy, 07/02/2026, 07:07 (GMT+7)</span></li></ul></div>"""
ADVERT = """<div class="ads-{name}"><a href="https://shop.example.com/khuyen-mai">
<img src="/qc/khuyen-mai.gif"></a></div>"""
SIDEBAR = """<div class="{name}"><div class="cot"><a
href="/khanh-thanh-duong-tranh-thi-tran-lap-vo-a237100.html">
<img src="/image/news/2026/thumb.jpg"></a><h4><a
href="/khanh-thanh-duong-tranh-thi-tran-lap-vo-a237100.html">Khánh thành đường tránh
thị trấn Lấp Vò</a></h4><span>12/02/2026</span><p>Tuyến đường dài 3,7km giúp giảm tải cho quốc lộ
80, rút ngắn thời gian đi lại
của người dân các xã phía Nam của huyện trong mùa thu hoạch.</p></div></div>"""


def _name(dice: random.Random) -> str:
    return "".join(dice.choice("bcdfgkmvxz") for _ in range(6))


def reorder_attributes(html: str, dice: random.Random) -> str:
    def turn(tag: re.Match[str]) -> str:
        attributes = [(name, one or two) for name, one, two in _ATTRIBUTE.findall(tag[2])]
        dice.shuffle(attributes)
        quote = '"' if any("'" in value for _, value in attributes) else "'"
        return f"<{tag[1]} {' '.join(f'{n}={quote}{v}{quote}' for n, v in attributes)}{tag[3]}>"

    return _TAG.sub(lambda tag: tag[0] if '"' in tag[2] and "'" in tag[2] else turn(tag), html)


def capital_tags(html: str, dice: random.Random) -> str:
    return re.sub(r"</?[a-z][a-z0-9]*(?=[\s>/])", lambda tag: tag[0].upper(), html)


def wrap_paragraphs(html: str, dice: random.Random) -> str:
    name, share = _name(dice), dice.choice([0.3, 1.0])
    return _PARAGRAPH.sub(
        lambda p: f'<div class="{name}">{p[0]}</div>' if dice.random() < share else p[0], html
    )


def wrap_everything(html: str, dice: random.Random) -> str:
    html = re.sub(
        r"(<body[^>]*>)", rf'\1<div id="{_name(dice)}"><div class="{_name(dice)}">', html, count=1
    )
    return re.sub(r"</body>", "</div></div></body>", html, count=1)


def add_classes(html: str, dice: random.Random) -> str:
    name = _name(dice)
    return re.sub(r"<(p|h1|h2|table|td)(?=>)", lambda tag: f'<{tag[1]} class="{name}"', html)


def add_whitespace(html: str, dice: random.Random) -> str:
    return re.sub(
        r"(</?(?:p|div|table|tr|td|ul|li|h1|h2|figure)\b[^>]*>)",
        lambda tag: dice.choice(["\n", "\r\n\t", "  "]) + tag[0] + dice.choice(["\n", " \n ", ""]),
        html,
    )


def add_comments(html: str, dice: random.Random) -> str:
    return re.sub(
        r"<(?=(?:p|div|em|strong|img|span)\b)",
        lambda tag: "<!-- Cập nhật ngày: 01/01/2001 01:01:01 --><" if dice.random() < 0.3 else "<",
        html,
    )


def non_breaking_spaces(html: str, dice: random.Random) -> str:
    return (
        re.sub(
            r">[^<>]+<",
            lambda text: re.sub(
                " ", lambda _: dice.choice([" ", " ", "&nbsp;", "\u00a0 "]), text[0]
            ),
            _shelter(html)[0],
        )
        if not _has_script(html)
        else html
    )


def references(html: str, dice: random.Random) -> str:
    return (
        "".join(
            f"&#{ord(char)};" if ord(char) > 127 and dice.random() < 0.5 else char for char in html
        )
        if not _has_script(html)
        else html
    )


def decompose(html: str, dice: random.Random) -> str:
    return unicodedata.normalize("NFD", html)


def unclosed_paragraphs(html: str, dice: random.Random) -> str:
    return re.sub(
        r"</p>(?=\s*(?:<p\b|<div\b|</div>|<h3\b))", lambda _: dice.choice(["", "</p>"]), html
    )


def sidebar_first(html: str, dice: random.Random) -> str:
    return re.sub(
        r"(<body[^>]*>)", lambda tag: tag[0] + SIDEBAR.format(name=_name(dice)), html, count=1
    )


def sidebar_last(html: str, dice: random.Random) -> str:
    return re.sub(
        r"(</body>)", lambda tag: SIDEBAR.format(name=_name(dice)) + tag[0], html, count=1
    )


def related_between(html: str, dice: random.Random) -> str:
    return _between_paragraphs(html, RELATED.format(name=_name(dice)), dice)


def advert_between(html: str, dice: random.Random) -> str:
    return _between_paragraphs(html, ADVERT.format(name=_name(dice)), dice)


def closing_tag_too_many(html: str, dice: random.Random) -> str:
    return _between_paragraphs(html, "</div>", dice)


def _has_script(html: str) -> bool:
    return "ld+json" in html  # references mean nothing inside a script


def _shelter(html: str) -> tuple[str, None]:
    return re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S | re.I), None


def _between_paragraphs(html: str, block: str, dice: random.Random) -> str:
    """Put *block* between two long paragraphs of the text."""
    gaps = [
        gap.start(1)
        for gap in re.finditer(
            r"(?<=>)[^<>]{90,}(?:</(?:span|strong|b|em)>)*</p>()\s*<p\b[^>]*>(?:<(?:span|strong|b|em)\b[^>]*>)*[^<>]{90,}",
            html,
        )
    ]
    if not gaps:
        return html
    at = dice.choice(gaps)
    return html[:at] + block + html[at:]


CHANGES: list[Callable[[str, random.Random], str]] = [
    reorder_attributes,
    capital_tags,
    wrap_paragraphs,
    wrap_everything,
    add_classes,
    add_whitespace,
    add_comments,
    non_breaking_spaces,
    references,
    decompose,
    unclosed_paragraphs,
    sidebar_first,
    sidebar_last,
    related_between,
    advert_between,
]
#: Changes that are read as such only while nothing else parts the paragraphs.
TEARS = [closing_tag_too_many]


@cache
def source(path: Path) -> tuple[str, str | None]:
    return (path / "page.html").read_text(), json.loads((path / "meta.json").read_text())["url"]


def record(html: str, url: str | None) -> dict[str, Any]:
    article = read_page(Page.from_text(html, url)).to_dict()
    return {name: value for name, value in article.items() if name not in LEFT_OUT}


@cache
def as_it_stands(path: Path) -> dict[str, Any]:
    return record(*source(path))


def test_a_sidebar_above_the_title_gives_no_page_its_date() -> None:
    for path in GOLDENS:
        html, url = source(path)
        assert record(sidebar_first(html, random.Random(0)), url) == as_it_stands(path), path


@pytest.mark.parametrize("change", [*CHANGES, *TEARS], ids=lambda change: change.__name__)
def test_another_setting_of_any_golden_page_is_the_same_article(
    change: Callable[[str, random.Random], str],
) -> None:
    for path in GOLDENS:
        html, url = source(path)
        assert record(change(html, random.Random(0)), url) == as_it_stands(path), path


@pytest.mark.parametrize("change", [*CHANGES, *TEARS], ids=lambda change: change.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(GOLDENS), seed=st.integers(0, 2**16))
def test_another_setting_is_the_same_article(
    change: Callable[[str, random.Random], str], path: Path, seed: int
) -> None:
    html, url = source(path)
    assert record(change(html, random.Random(seed)), url) == as_it_stands(path), path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    path=st.sampled_from(GOLDENS),
    seed=st.integers(0, 2**16),
    changes=st.lists(st.sampled_from(CHANGES), min_size=2, max_size=4, unique=True),
)
def test_several_at_once_are_the_same_article(
    path: Path, seed: int, changes: list[Callable[[str, random.Random], str]]
) -> None:
    html, url = source(path)
    for change in changes:
        html = change(html, random.Random(seed))
    assert record(html, url) == as_it_stands(path), path


def _alone(html: str, text: str | None) -> bool:
    return bool(text) and html.count(text or "") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(GOLDENS))
def test_a_changed_paragraph_changes_the_body_alone(path: Path) -> None:
    html, url = source(path)
    paragraphs = (as_it_stands(path)["body"] or "").split("\n\n")
    if len(paragraphs) < 2 or not _alone(html, paragraphs[-1][:60]):
        return
    if len(paragraphs[-1]) < 20:  # "(Còn tiếp)" is known by its words
        return
    changed = record(html.replace(paragraphs[-1][:60], "Sau cùng, " + paragraphs[-1][:60]), url)
    paragraphs[-1] = "Sau cùng, " + paragraphs[-1]
    assert changed == {**as_it_stands(path), "body": "\n\n".join(paragraphs)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(GOLDENS))
def test_a_changed_byline_changes_byline_and_authors_alone(path: Path) -> None:
    html, url = source(path)
    meant = as_it_stands(path)
    if not _alone(html, meant["byline"]):
        return
    changed = record(html.replace(meant["byline"], "TRẦN BẢO NGỌC"), url)
    assert changed["byline"] == "TRẦN BẢO NGỌC"
    assert changed["authors"] == [{"name": "TRẦN BẢO NGỌC", "role": None}]
    same = ("title", "lead", "body", "images", "updated_at", "section", "kicker", "kind", "tags")
    assert {name: changed[name] for name in same} == {name: meant[name] for name in same}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(GOLDENS), minute=st.integers(0, 59))
def test_a_changed_stamp_changes_the_stamp_alone(path: Path, minute: int) -> None:
    html, url = source(path)
    meant = as_it_stands(path)
    stamp = meant["updated_text"]
    if not _alone(html, stamp) or not meant["updated_at"] or meant["updated_precision"] == "day":
        return
    other = re.sub(r"(?<=\d:)\d\d", f"{minute:02}", stamp, count=1)
    changed = record(html.replace(stamp, other), url)
    assert changed["updated_text"] == other
    assert changed["updated_at"][14:16] == f"{minute:02}"
    for name in ("title", "kicker", "lead", "body", "byline", "images", "section", "published_at"):
        if name != "published_at" or (meant[name] is None and "datePublished" not in html):
            assert changed[name] == meant[name], name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(GOLDENS))
def test_a_changed_caption_changes_the_picture_alone(path: Path) -> None:
    html, url = source(path)
    meant = as_it_stands(path)
    captions = [image["caption"] for image in meant["images"] if _alone(html, image["caption"])]
    if not captions:
        return
    changed = record(html.replace(captions[0], captions[0].replace(" ", " đang ", 1)), url)
    for image in meant["images"]:
        if image["caption"] == captions[0]:
            image = image | {"caption": captions[0].replace(" ", " đang ", 1)}
        assert image in changed["images"]
    for name in ("title", "kicker", "lead", "body", "byline", "updated_at"):
        assert changed[name] == meant[name], name
