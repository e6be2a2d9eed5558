"""Definition files: what they say of a paper, and what is said of a wrong one."""

from pathlib import Path

import pytest

from archive.database.dictionary import TABLES
from archive.errors import UsageError
from crawler.site.definition import WrongDefinition
from crawler.site.paper import DONGTHAP, load, read, shipped, source
from crawler.site.urls import is_ours, paper_of, read_address, section_lists

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
PAPERS = tuple(map(load, shipped()))


@pytest.mark.parametrize("paper", PAPERS, ids=shipped())
def test_letters_sort_from_the_oldest_to_the_newest(paper):
    """`archive.history` takes the later letter for the newer generation."""
    assert list(paper.letters) == sorted(set(paper.letters))


@pytest.mark.parametrize("paper", PAPERS, ids=shipped())
def test_lists_are_lists_and_keys_keep_the_series_apart(paper):
    lists = section_lists(paper)
    assert len(lists) > 5
    for section, url in lists:
        address = read_address(url, paper)
        assert (address.kind, address.section_slug, address.canonical) == ("list", section, url)
    keys = [
        {shape.key for shape in generation.shapes if shape.kind == "article"}
        for generation in paper.generations
    ]
    assert sum(map(len, keys)) == len(set().union(*keys))


def test_codes_and_hosts_keep_the_papers_apart():
    assert len({paper.code for paper in PAPERS}) == len(PAPERS) >= 3
    hosts = [host for paper in PAPERS for host in paper.hosts]
    assert len(set(hosts)) == len(hosts)


def test_the_dictionary_describes_every_generation():
    text = TABLES["articles"].columns["generation"].text
    for generation in DONGTHAP.generations:
        assert f"{generation.letter} ({generation.about})" in text


def test_the_address_tells_the_paper():
    assert paper_of("https://www.baodongthap.vn/xa-hoi", PAPERS) is DONGTHAP
    assert paper_of("https://baoangiang.com.vn/xa-hoi", PAPERS).code == "bag"
    assert paper_of("https://example.com/", PAPERS) is None


def test_a_small_file_is_a_paper():
    paper = read(SMALL, "song-hau.toml")
    url = "http://baosonghau.vn/bai-viet/mua-nuoc-noi.412000?utm_source=zalo"
    address = read_address(url, paper)
    assert (address.kind, address.generation, address.key) == ("article", "D", "bsh:d412000")
    assert address.canonical == "https://baosonghau.vn/bai-viet/mua-nuoc-noi.412000"
    assert address.slug == "mua-nuoc-noi"
    assert is_ours(url, paper)
    assert not is_ours(url)
    assert section_lists(paper) == [("tin-tuc", "https://baosonghau.vn/tin-tuc")]
    assert paper.signature.fullmatch("BÁO SÔNG HẬU")


def test_two_generations_must_not_share_a_series_of_keys():
    more = (
        '[[generation]]\nletter = "E"\nshapes = [{ article = "/{slug}-{id}.html", key = "d{id}" }]'
    )
    with pytest.raises(WrongDefinition, match="would have the same keys"):
        read(f"{SMALL}\n{more}", "x")
    with pytest.raises(WrongDefinition, match="not in the order of the alphabet"):
        read(
            f"{SMALL}\n{more}".replace('"E"', '"A"').replace(
                '{ article = "/{slug}', '{ article = "/{slug}'
            ),
            "x",
        )


def test_a_name_that_is_not_known_gets_the_nearest():
    with pytest.raises(UsageError, match="did you mean baoangiang"):
        load("baoangang")
    assert load("dto") is DONGTHAP


def test_the_shipped_files_can_be_read_as_text():
    assert all(read(source(name), name).text for name in shipped())
