"""The keys of a definition file: every mistake is named, every key explained."""

from pathlib import Path

import pytest

from crawler.site.definition import GENERATION_KEYS, PAPER_KEYS, SHAPE_KEYS, WrongDefinition
from crawler.site.paper import read

ROOT = Path(__file__).parents[3]
SMALL = """
name = "Báo Sông Hậu"
code = "bsh"
hosts = ["baosonghau.vn"]

[[generation]]
letter = "D"
shapes = [{ article = "/bai-viet/{slug}.{id}", key = "d{id}" }]
lists = ["/tin-tuc"]
"""


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('code = "bsh"', 'kode = "bsh"', ["no key 'kode'; did you mean 'code'?", "'code' is missing"]),
        ('code = "bsh"', 'code = "B-S"', ["code = 'B-S' is not two to eight small letters"]),
        ('["baosonghau.vn"]', '"baosonghau.vn"', ["hosts = 'baosonghau.vn' is not a list"]),
        ('["baosonghau.vn"]', '["https://baosonghau.vn"]', ["is not a list of host names"]),
        ('letter = "D"', "", ["generation 1: the key 'letter' is missing"]),
        ("{ article", "{ artikel", ["no key 'artikel'; did you mean 'article'?"]),
        ("article =", "list =", ["'key'", "no {section}"]),
        ("{slug}.{id}", "{slug}", ["no {id} or {hex}"]),
        ('["/tin-tuc"]', '["tin-tuc"]', ["lists = ['tin-tuc'] is not a list of paths"]),
        ('lists = ["/tin-tuc"]', 'letters = "x"', ["no key 'letters'; did you mean 'letter'?"]),
        ("[[generation]]", "[generation]", ["is not one table [[generation]]"]),
        ("hosts", "time_zone = '+7'\nhosts", ["time_zone = '+7' is not a difference from UTC"]),
        ("hosts", "sections = ['a']\nhosts", ["is not a table [sections]"]),
        ("name = ", "name ", ["not TOML"]),
    ],
)  # fmt: skip
def test_every_mistake_is_named(wrong, right, says):
    with pytest.raises(WrongDefinition) as caught:
        read(SMALL.replace(wrong, right, 1), "song-hau.toml")
    assert caught.value.exit_code == 2
    text = str(caught.value)
    assert text.startswith("song-hau.toml: ")
    assert [word for word in says if word not in text] in ([], ["'key'"])


@pytest.mark.parametrize("keys", [PAPER_KEYS, GENERATION_KEYS, SHAPE_KEYS])
def test_every_key_is_explained(keys):
    page = (ROOT / "docs" / "another-paper.md").read_text(encoding="utf-8")
    assert [name for name in keys if f"`{name}`" not in page] == []
