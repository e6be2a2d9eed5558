"""Text in TCVN3 and VNI becomes Unicode where Vietnamese itself proves it, and nothing else does."""

import json
import re
from pathlib import Path

import pytest
from lxml import html

from crawler.extract import legacy
from crawler.extract.article import read_page
from crawler.extract.legacy import is_syllable
from crawler.extract.page import Page

PAGES = Path(__file__).parents[2] / "pages"
SOUND = (
    "Sáng nay, đoàn công tác của tỉnh đến thăm các gia đình ở xã Mỹ Hiệp bị ảnh hưởng bởi sạt lở"
)
TO_TCVN3 = {new: old for old, new in legacy._TCVN3.items()}
TO_VNI = {new: old for old, new in legacy._VNI.items() if old[0].isupper() == new.isupper()}
TABLES = {"tcvn3": TO_TCVN3, "vni": TO_VNI}


def written(encoding, text):
    """*text* as the old fonts have it; a letter that the encoding lacks stays."""
    return "".join(TABLES[encoding].get(letter, letter) for letter in text)


def page_with(*paragraphs, title="Mùa nước nổi về muộn", slug="mua-nuoc-noi-ve-muon"):
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return Page.from_text(
        f"<html><head><title>{title}</title></head><body><div class='detail-title'><h1>{title}</h1>"
        "</div><div class='pubdate'>Thứ Hai, 12/01/2026, 07:30 (GMT+7)</div>"
        f"<div id='newscontents'><div class='content-fck'>{body}</div></div></body></html>",
        f"https://baodongthap.vn/{slug}-a240001.html",
    )


def test_known_words_in_both_encodings():
    """Taken from the standards' tables, not from ours: TCVN 5712:1993 and VNI-Windows."""
    assert (
        legacy.read_as("tcvn3", "§ång Th¸p, n­íc næi, ng­êi d©n") == "Đồng Tháp, nước nổi, người dân"
    )
    assert (
        legacy.read_as("vni", "Ñoàng Thaùp, nöôùc noåi, ngöôøi daân")
        == "Đồng Tháp, nước nổi, người dân"
    )


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
class TestOldText:
    def test_it_is_proven(self, encoding):
        assert legacy.encoding_of(written(encoding, SOUND)) == encoding

    def test_every_letter_comes_back(self, encoding):
        text = "".join(TABLES[encoding])
        assert legacy.read_as(encoding, written(encoding, text)) == text

    def test_a_pasted_paragraph(self, encoding):
        sound = [f"{SOUND}. {SOUND.lower()}." for _ in range(3)]
        article = read_page(page_with(*sound, written(encoding, SOUND) + "."))
        assert article.paragraphs[-1] == SOUND + "."
        assert f"text:{encoding}" in article.flags

    def test_a_whole_page_and_its_headline(self, encoding):
        paragraphs = [f"{SOUND}." for _ in range(4)]
        title = "Mùa nước nổi về muộn"
        old = page_with(
            *(written(encoding, each) for each in paragraphs), title=written(encoding, title)
        )
        article = read_page(old)
        assert (article.title, article.body) == (title, read_page(page_with(*paragraphs)).body)

    def test_letters_in_entities_and_inline_elements(self, encoding):
        old = "".join(
            letter if letter.isascii() else f"&#{ord(letter)};"
            for letter in written(encoding, SOUND)
        )
        head, _, tail = old.partition(" ")
        article = read_page(page_with(f"{SOUND}.", f"<b>{head}</b> <i>{tail}</i>."))
        assert article.paragraphs[-1] == SOUND + "."


@pytest.mark.parametrize("declared", ["", "windows-1252", "iso-8859-1", "x-user-defined", "utf-8"])
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_page_whose_bytes_are_old(encoding, declared):
    """The fonts' own codes, one byte each, under whatever name the page gives them."""
    paragraphs = [f"{SOUND.lower()}." for _ in range(4)]
    title = "mùa nước nổi về muộn"
    text = page_with(
        *(written(encoding, each) for each in paragraphs), title=written(encoding, title)
    ).html
    text = text.replace("<head>", f"<head><meta charset='{declared}'>" if declared else "<head>")
    text = text.replace("Thứ Hai, ", "")
    page = Page.from_bytes(text.encode("latin-1"), page_with("").url)
    article = read_page(page)
    assert article.title == title
    assert article.paragraphs[0] == paragraphs[0]


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "Ông bà ơi, à, ừ, thế à! Cô Ba nói: «Được rồi»",
        "Le président a été reçu à l'hôtel de ville où la délégation était arrivée; né à Orléans, fâché",
        "Der König fährt über die Brücke nach München, Straße für Straße, größer als zuvor, öfter schön",
        "Iphone® 15 ©2026 Apple µm ±5 °C ½ ¾ §12 ¶3 · 7 ª º",
        "",
    ],
)
def test_other_text_is_left_alone(text):
    assert legacy.encoding_of(text) is None


def test_no_golden_page_is_touched():
    for file in PAGES.glob("*/*/expected.json"):
        record = json.loads(file.read_text("utf-8"))
        assert legacy.encoding_of(record.get("body") or "") is None, file
        assert legacy.encoding_of(record.get("title") or "", known="vni") is None, file


def test_scripts_and_styles_are_no_text():
    root = html.fromstring(f"<div><script>{written('vni', SOUND)}</script><p>{SOUND}</p></div>")
    assert legacy.mend(root) is None


def test_text_behind_a_script_is_text():
    old = written("tcvn3", SOUND)
    root = html.fromstring(f"<div><p>{old}<script>var x = 1</script> {old}</p></div>")
    assert legacy.mend(root) == "tcvn3"
    assert root.find(".//script").tail == f" {SOUND}"


WORD = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize(
    "word",
    ["giữa", "gì", "giếng", "quốc", "quý", "khuỷu", "nghiêng", "ngoằn", "thuở", "ý", "yêu", "ươm"],
)
def test_a_syllable(word):
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", ["hoà", "hòa", "thuý", "thúy", "khỏe", "khoẻ"])
def test_the_tone_may_stand_in_either_place(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["bùt", "cac", "mằc", "web", "file", "été", "straße", "Trưêng", "®¹i", "ngk", "eo̱", "2", "a1"],
)
def test_no_syllable(word):
    assert not is_syllable(word)


def test_nearly_every_marked_word_of_the_golden_pages_is_one():
    """Real text is the measure: names of minorities and foreigners are the rest."""
    words = set()
    for file in PAGES.glob("*/*/expected.json"):
        words |= set(WORD.findall(json.loads(file.read_text("utf-8")).get("body") or ""))
    marked = [word for word in words if not word.isascii()]
    assert len(marked) > 1_000
    odd = [word for word in marked if not is_syllable(word)]
    assert len(odd) <= 0.02 * len(marked), odd
