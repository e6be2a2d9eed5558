"""Citations of articles whose text or address wants to be something else."""

import re

from archive.articles.citation import cite
from archive.articles.details import details

HOSTILE = "Lúa\r\nER  - \r\nTY  - BOOK\x1b[31m ^^5cinput{x} \u202e 50% {a}}"
ADDRESS = "https://baodongthap.vn/xa-hoi/a}\n@book{x, title={\\^^5c%1B\x1b[31m\u2028-1.aspx"


def cited(shelf, style):
    id = shelf.add(HOSTILE, url=ADDRESS, lead=HOSTILE, byline=HOSTILE)
    found = details(shelf.connection, id)
    return cite([(found, found.latest)], style)


def test_bibtex_holds_one_entry_whatever_the_page_says(shelf):
    text = cited(shelf, "bibtex")
    assert len(re.findall(r"^@", text, re.M)) == 1
    assert re.findall(r"(?m)^(?!  \w+ = \{.*\},$|@article\{\S+,$|\}$).+", text) == []
    assert "^^" not in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    [url] = re.findall(r"url = \{(.*)\},", text)
    assert not re.search(r"[{}\\\s]", url)
    for line in text.splitlines()[1:-1]:
        unescaped = re.sub(r"\\[{}]", "", line)
        assert unescaped.count("{") == unescaped.count("}")


def test_ris_holds_one_entry_whatever_the_page_says(shelf):
    text = cited(shelf, "ris")
    assert re.findall(r"(?m)^(TY|ER)  - ", text) == ["TY", "ER"]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n")[:-1])
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028]", text)
