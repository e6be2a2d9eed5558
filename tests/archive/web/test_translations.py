"""Every word of the interface is in the catalogue, in both languages, and none is in a template."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from archive.authors.same import Reason
from archive.corpus import collocations, frequencies, keyness
from archive.corpus.concordance import Sort
from archive.database.respelling import SEARCH_COLUMNS
from archive.history.revisions import STAMP_FIELDS, TEXT_FIELDS
from archive.reports.coverage import TALLIES
from archive.reports.lists import NAMES, listing
from archive.reports.trends import State, Step
from archive.search.query import NOTES
from archive.web.i18n import Translator
from archive.web.translations import TRANSLATIONS, parse
from archive.web.views.instruments import NAMES as INSTRUMENTS
from archive.web.views.records import FACETS

WEB = Path(__file__).parents[3] / "archive" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
QUESTIONS = tomllib.loads((WEB / "metadata.toml").read_text(encoding="utf-8"))
#: Names and abbreviations that are the same in every language.
SAME = {
    "articles",
    "Kho",
    "Báo",
    "CSV",
    "SVG",
    "PNG",
    "SQL",
    "JSON",
    "BibTeX",
    "RIS",
    "CSL",
    "HTTP",
    "archive",
    "db",
    "khobao",
}

#: ``t("…" ~ something)``: the values that the something can have.
FAMILIES = {
    "facet.": FACETS,
    "edit.": ("stamped", "silent", "bump"),
    "field.": (*TEXT_FIELDS, *STAMP_FIELDS, "captions", "updated_text"),
    "place.": SEARCH_COLUMNS,
    "note.": tuple(NOTES),
    "question.": tuple(QUESTIONS["databases"]["archive"]["queries"]),
    "reading.": ("exact", "tone", "plain"),
    "coverage.": TALLIES,
    "trends.by.": get_args(Step),
    "trends.state.": get_args(State),
    "sort.": ("best", "recent", "oldest"),
    "duplicate.": ("exact", "near"),
    "list.": NAMES,
    "instrument.": (*INSTRUMENTS, *(f"{name}.about" for name in INSTRUMENTS)),
    "instrument.q.": INSTRUMENTS,
    "instrument.sort.": get_args(Sort),
    "same.": get_args(Reason),
    "role.": ("text", "photo", "text+photo", "editor"),
    "how.": ("404", "410", "redirect-home", "soft-404", "empty-shell"),
    "origin.": ("wayback", "commoncrawl"),
}


@cache
def used() -> set[str]:
    """Every key that a template or a module names outright."""
    found: set[str] = set()
    for path in (*TEMPLATES, *WEB.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"""\bt(?:\.count)?\(\s*["']([^"']+)["']""", text))
        # Keys that stand in a list and are asked for in a loop.
        found |= {
            key
            for key in re.findall(r"""["']([a-z][a-z.0-9_-]+)["']""", text)
            if key in TRANSLATIONS
        }
    return found


def test_every_key_that_is_used_is_in_the_catalogue() -> None:
    missing = {key for key in used() if key not in TRANSLATIONS and not key.endswith(".")}
    assert missing == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_its_words(family: str) -> None:
    assert {f"{family}{name}" for name in FAMILIES[family]} - set(TRANSLATIONS) == set()


def test_nothing_in_the_catalogue_is_unused() -> None:
    families = (
        *FAMILIES,
        "table.",
        "kind.",
        "lookup.",
        "guide.",
        "parameter.",
        "trends.by.",
        "chart.",
        "calendar.",
        "sql.",
        "column.",
    )
    unused = {key for key in TRANSLATIONS if key not in used() and not key.startswith(families)}
    assert unused == set()


def test_every_column_of_a_list_has_its_words(shelf: Any) -> None:
    columns = {c for name in NAMES for c in listing(shelf.connection, name).columns}
    columns |= {*frequencies.COLUMNS, *collocations.COLUMNS, *keyness.COLUMNS}
    assert {f"column.{c}" for c in columns} == {k for k in TRANSLATIONS if k.startswith("column.")}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_placeholders() -> None:
    wrong = [key for key, m in TRANSLATIONS.items() if gaps(m.vi) != gaps(m.en)]
    wrong += [key for key, m in TRANSLATIONS.items() if m.one and gaps(m.one) - {"n"}]
    assert wrong == []


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('[a]\nvi = "một"', "'a' needs vi and en"),
        ('[a]\nvi = "một"\nen = "one"\nfr = "un"', "'a' needs vi and en, and may have one"),
        ('[a]\nvi = " "\nen = "one"', "'a' has an empty text"),
        ('[a]\nvi = 1\nen = "one"', "'a' has an empty text, or no text"),
        ('a = "một"', "'a' needs vi and en"),
        ('[a]\nvi = "một"\nen = "one"\n[a]', "twice"),
    ],
)
def test_a_malformed_entry_is_named(entry: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse(entry)


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(KeyError, match=r"translations\.toml has no entry 'nav\.serach'"):
        Translator("en")("nav.serach")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"\{% block body_class %\}.*?\{% endblock %\}|<(code|textarea).*?</\1>", " ", text
    )
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.S)
    text = re.sub(r"<[^>]*>", " ", text)
    words = {word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in SAME}
    assert words <= {"nbsp", "amp", "lt", "gt"}


def test_numbers_and_days_are_written_as_each_language_does() -> None:
    vietnamese, english = Translator("vi"), Translator("en")
    assert (vietnamese.number(131560), english.number(131560)) == ("131.560", "131,560")
    assert (vietnamese.number(2.5), english.number(2.5)) == ("2,5", "2.5")
    assert (vietnamese.day("2018-01-03"), english.day("2018-01-03")) == (
        "03/01/2018",
        "3 January 2018",
    )
    assert (vietnamese.day("2018-01"), english.day("2018-01")) == ("01/2018", "January 2018")
    assert vietnamese.moment("2018-01-03T10:12:28+07:00", "second") == "03/01/2018, 10:12:28"
    assert vietnamese.moment("2018-01-03T00:00:00+07:00", "day") == "03/01/2018"
    assert english.moment("2026-11-24T06:47:55.123Z") == "24 November 2026, 06:47 UTC"
    assert (english.count("n.articles", 1), english.count("n.articles", 2)) == (
        "1 article",
        "2 articles",
    )
