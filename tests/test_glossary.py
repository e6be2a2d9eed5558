"""docs/glossary.md: one word for each thing, the same in the reading room."""

import re
from collections import Counter
from pathlib import Path

import pytest

from archive.web.translations import TRANSLATIONS

ROOT = Path(__file__).parent.parent
ROWS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| (.+) \|$",
    (ROOT / "docs/glossary.md").read_text(encoding="utf-8"),
    re.M,
)
TERMS = {english: vietnamese for english, vietnamese, _ in ROWS if english not in ("term", "---")}

#: Term → where the reading room says it. A word of the room is its own only if it is not here.
IN_THE_ROOM = {
    "article": "n.articles",
    "author": "facet.author",
    "byline": "field.byline",
    "capture": "record.capture",
    "caption": "place.captions",
    "citation": "cite",
    "coverage": "nav.coverage",
    "crawl": "crawl.last",
    "gone": "gone.badge",
    "hit": "results",
    "key": "record.key",
    "kicker": "field.kicker",
    "lead": "field.lead",
    "phrase": "understood.phrase",
    "reading room": "error.busy",
    "section": "facet.section",
    "silent edit": "edit.silent",
    "source": "facet.source",
    "tag": "facet.tag",
    "text": "field.body",
    "title": "field.title",
    "trend": "nav.trends",
    "version": "version",
}


def test_no_word_stands_for_two_things():
    assert len(ROWS) > 60
    english = Counter(english for english, _, _ in ROWS if english not in ("term", "---"))
    assert [word for word, times in english.items() if times > 1] == []
    vietnamese = Counter(word for word in TERMS.values() if word not in ("–", "---"))
    assert [word for word, times in vietnamese.items() if times > 1] == []


@pytest.mark.parametrize("term", IN_THE_ROOM)
def test_the_reading_room_says_it_with_the_same_word(term):
    assert TERMS[term].lower() in TRANSLATIONS[IN_THE_ROOM[term]].vi.lower()


@pytest.mark.parametrize(
    "word", ["độ phủ", "lần chụp", "bút danh", "nguyên bản", "sa pô", "tít bài"]
)
def test_words_that_were_replaced_do_not_come_back(word):
    pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    # docs/site.md quotes the newspaper's own pages.
    texts = {page.name: page.read_text("utf-8") for page in pages if page.name != "site.md"}
    texts |= {key: message.vi for key, message in TRANSLATIONS.items()}
    said = re.compile(rf"(?<!\w){word}(?!\w)", re.I)
    assert [where for where, text in texts.items() if said.search(text)] == []


def test_a_version_is_never_a_copy():
    """“bản” alone would be both; it stands only in longer words (phiên bản, bản lưu trang …)."""
    known = r"(?:phiên |văn )bản|bản (?:lưu trang|chụp dữ liệu|quyền|ghi|in|thân|tin|sao)"
    for key, message in TRANSLATIONS.items():
        rest = re.sub(known, "", message.vi, flags=re.I)
        assert not re.search(r"(?<!\w)bản(?!\w)", rest, re.I), f"{key}: {message.vi}"
