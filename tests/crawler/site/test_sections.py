"""Common slugs: an address of a section is a list, and one of another folder is neither."""

import re

import pytest

from crawler.site.paper import DONGTHAP, load, shipped
from crawler.site.sections import COMMON_SECTIONS, OTHER_FOLDERS
from crawler.site.urls import read_address

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_every_name_is_a_slug_of_one_kind():
    assert all(SLUG.fullmatch(name) for name in COMMON_SECTIONS | OTHER_FOLDERS)
    assert not COMMON_SECTIONS & OTHER_FOLDERS


@pytest.mark.parametrize("slug", ["xa-hoi", "kinh-te", "video", "infographic"])
def test_a_section_that_papers_have_in_common_is_a_list_of_each(slug):
    for paper in map(load, shipped()):
        address = read_address(f"https://{paper.host}/{slug}", paper)
        assert address.kind == "list", paper.code
        assert address.section_slug == slug


@pytest.mark.parametrize("folder", ["tim-kiem", "tag", "rss", "tac-gia", "database"])
def test_searches_tags_and_files_are_neither_list_nor_article(folder):
    for path in (folder, f"{folder}/lua-gao", f"{folder}/xa-hoi/lua-gao-84085.html"):
        address = read_address(f"https://{DONGTHAP.host}/{path}")
        assert address.kind == "other", path
