"""The shape that is proposed for addresses of a new shape fits them, and them only."""

import pytest

from crawler.site.paper import DONGTHAP, read
from crawler.site.proposal import propose
from crawler.site.urls import read_address

HOST = "https://baodongthap.vn"


def lines(*paths):
    return propose([HOST + path for path in paths], DONGTHAP)


@pytest.mark.parametrize(
    ("paths", "template"),
    [
        (["/mua-lu-ve-88701.html", "/ca-tra-len-gia-88702.html", "/le-hoi-sen-88710.html"],
         "/{slug}-{id}.html"),
        (["/mua-lu-ve-post123.html", "/ca-tra-len-gia-post124.html", "/le-hoi-post9125.html"],
         "/{slug}-post{id}.html"),
        (["/xa-hoi/mua-lu.412000", "/kinh-te/ca-tra.412001", "/xa-hoi/le-hoi.412002"],
         "/{section}/{slug}.{id}"),
        (["/2027/03/14/mua-lu-1201", "/2027/03/15/ca-tra-1202", "/2027/03/15/le-hoi-1203"],
         "/{year}/{day}/{day}/{slug}-{id}"),
        (["/bai-viet/mua-lu-1201.htm", "/bai-viet/ca-tra-1202.htm", "/bai-viet/le-hoi-1203.htm"],
         "/bai-viet/{slug}-{id}.htm"),
        (["/tin/8801/mua-lu-ve", "/tin/8802/ca-tra-len", "/tin/8803/le-hoi-sen"],
         "/tin/{id}/{slug}"),
        (["/8801-mua-lu-ve.html", "/8802-ca-tra-len.html", "/8803-le-hoi-sen.html"],
         "/{id}-{slug}.html"),
        (["/xa-hoi/202703/mua-lu-9fa3c1e", "/xa-hoi/202703/ca-tra-9fa3c2e", "/xa-hoi/202704/sen-1fa3c3e"],
         "/{section}/{month}/{slug}-{hex}"),
    ],
)  # fmt: skip
def test_the_proposal_fits_the_samples(paths, template):
    line = lines(*paths)
    assert line == f'{{ article = "{template}", key = "d{{id}}" }}'
    paper = read(f'{DONGTHAP.text}\n[[generation]]\nletter = "D"\nshapes = [{line}]', "with-d.toml")
    addresses = [read_address(HOST + path, paper) for path in paths]
    known = [read_address(HOST + path).kind for path in paths]
    if known == ["other"] * 3:
        assert {one.generation for one in addresses} == {"D"}
        assert len({one.key for one in addresses}) == 3


def test_the_key_is_one_that_no_shape_has():
    shape = '{ article = "/bai/{id}/{slug}", key = "d{id}" }'
    paper = read(f'{DONGTHAP.text}\n[[generation]]\nletter = "D"\nshapes = [{shape}]', "x")
    urls = [f"{HOST}/tin/lua-chin-vang-{n}.htm" for n in (701, 702, 703)]
    assert 'key = "e{id}"' in propose(urls, paper)


@pytest.mark.parametrize(
    "paths",
    [
        ["/mua-lu-ve-som", "/ca-tra-len-gia", "/le-hoi-sen-hong"],  # no number: no key
        ["/mua-lu-ve-88701.html", "/ca-tra-len-gia-88702.html"],  # two may be chance
        ["/mua-lu-ve-88701.html", "/a/ca-tra-88702.html", "/le-hoi-88703.html"],
        ["/mua-lu-ve-88701.html", "/ca-tra-88701.html", "/le-hoi-88701.html"],  # no article's own
    ],
)
def test_nothing_is_proposed_without_a_number_of_their_own(paths):
    assert lines(*paths) is None
