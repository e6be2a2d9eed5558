"""Templates of addresses: what they match, what they end in, and what cannot be read."""

import re
from pathlib import Path

import pytest

from crawler.site.shapes import PLACEHOLDERS, BadTemplate, Shape, compiled, endings, in_markup

ROOT = Path(__file__).parents[3]


def groups(template, path, kind="article"):
    found = compiled(template, kind).fullmatch(path)
    return found and {name: value for name, value in found.groupdict().items() if value}


@pytest.mark.parametrize(
    ("template", "path", "read"),
    [
        ("/{slug}-a{id}.html", "/mua-lu-19-1-a12.html", {"slug": "mua-lu-19-1", "id": "12"}),
        ("/{slug}-a{id}.html", "/mua-lu--a12.HTML", {"slug": "mua-lu", "id": "12"}),
        ("/[{section}/]{slug}-{id}.aspx", "/x/a-5.aspx", {"section": "x", "slug": "a", "id": "5"}),
        ("/[{section}/]{slug}-{id}.aspx", "/a-5.aspx", {"slug": "a", "id": "5"}),
        ("/[{section}/]*a-{id}", "/x/y/a-5", {"section": "y", "id": "5"}),
        ("/{section}/{month}/{slug}-{hex}", "/x/202510/a-9f", {"section": "x", "slug": "a", "id": "9f"}),
        ("/{year}/{day}/{day}/{slug}.{id}", "/2027/3/14/cho-noi.5", {"slug": "cho-noi", "id": "5"}),
        ("/{slug}-a{id}.html", "/mua-lu-12.html", None),
        ("/{section}/{month}/{slug}-{hex}", "/x/20251/a-9f", None),
    ],
)  # fmt: skip
def test_a_template_reads_an_address(template, path, read):
    assert groups(template, path) == read


def test_a_list_may_write_its_section_otherwise():
    template = "/newslist/{hex}/[p{page}/]{section}.aspx"
    assert groups(template, "/newslist/4A/p2/Van_hoa.aspx", "list") == {
        "page": "2",
        "section": "Van_hoa",
    }


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{slug}-{id}", "does not begin with /"),
        ("/{slug}.html", "no {id} or {hex}"),
        ("/{slug}-{nr}.html", "placeholder {nr}"),
        ("/{id}/{hex}", "two placeholders for the id"),
        ("/[{section}/{slug}-{id}", "not closed"),
        ("/[[{section}/]]{slug}-{id}", "brackets"),
        ("/{slug-{id}", "brace"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(template, says):
    with pytest.raises(BadTemplate, match=re.escape(says)):
        compiled(template, "article")


@pytest.mark.parametrize(
    ("template", "ends"),
    [
        ("/{slug}-{id}.aspx", (".aspx",)),
        ("/{slug}-{id}.HTM[l]", (".htm", ".html")),
        ("/{section}[/p{page}].aspx", ("",)),
        ("/{section}/{month}/{slug}-{hex}", ("",)),
    ],
)
def test_every_path_of_a_template_ends_so(template, ends):
    assert endings(template) == ends


@pytest.mark.parametrize("template", ["/{slug}-a{id}.htm[l]", "/{section}/{month}/{slug}-{hex}"])
def test_an_article_is_found_in_the_source_of_a_page(template):
    path = {"/{slug}-a{id}.htm[l]": "/mua-lu-a12.html"}.get(template, "/x/202510/mua-lu-12")
    assert re.search(in_markup(template), f"<a href='{path}'>x</a>")
    assert re.search(in_markup(template), f'{{"url": "https://x.vn{path}"}}')
    assert not re.search(in_markup(template), "<a href='/xa-hoi'>x</a><img src='/i/anh.jpg'>")


def shape(**facts):
    return Shape("article", "/{hex}", compiled("/{hex}", "article"), ("",), **facts)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1D3FE18E535", "71637"), ("1d3fe18e539", "71641"), ("132B41F", None), ("FF", None), ("F" * 30, None)],
)  # fmt: skip
def test_hex_numbers_hold_the_digits_after_the_prefix(text, number):
    found = shape(hex_prefix="20100127").number(text)
    assert (found or None) == number  # the prefix alone holds no digits


def test_other_numbers_are_kept_as_they_are():
    assert shape().number("9FA3") == "9fa3"


def test_every_placeholder_is_explained():
    page = (ROOT / "docs" / "another-paper.md").read_text(encoding="utf-8")
    assert [name for name in PLACEHOLDERS if f"`{{{name}}}`" not in page] == []
