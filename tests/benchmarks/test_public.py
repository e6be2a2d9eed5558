"""The public evaluation sets: both formats are read, and judged as they say."""

import gzip
import json

import pytest

from benchmarks.extraction.public import find_pages, score

HTML = b"""<html><head><title>Lua he thu</title></head><body><div class='detail-title'>
<h1>L\xc3\xbaa h\xc3\xa8 thu \xc4\x91\xc6\xb0\xe1\xbb\xa3c gi\xc3\xa1</h1></div><div class='pubdate'>12/01/2026, 07:30 (GMT+7)</div>
<div id='newscontents'><div class='content-fck'><p>one two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen</p></div></div></body></html>"""
URL = "https://baodongthap.vn/lua-he-thu-duoc-gia-a240001.html"
TEXT = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


@pytest.fixture
def benchmark_set(tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "ab12.html.gz").write_bytes(gzip.compress(HTML))
    truth = {"ab12": {"articleBody": TEXT, "url": URL}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    return tmp_path


@pytest.fixture
def trafilatura_set(tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "page.html").write_bytes(HTML)
    pages = {
        URL: {"file": "page.html", "with": ["two three", "nothing such"], "without": ["pubdate"]}
    }
    (tmp_path / "evaldata.py").write_text(f"import nowhere\nEVAL_PAGES = {pages!r}\n", "utf-8")
    return tmp_path


def test_runs_of_four_words(benchmark_set):
    (page,) = find_pages(benchmark_set)
    assert page.judge(TEXT) == (13, 13, 13)
    assert page.judge("one two three four and more") == (1, 13, 3)
    assert page.judge("") == (0, 13, 0)


def test_passages(trafilatura_set):
    (page,) = find_pages(trafilatura_set)
    assert page.judge("one two  three") == (1, 2, 1)
    assert page.judge("two three pubdate") == (1, 2, 2)


def test_our_own_scores(benchmark_set):
    table, missing = score(benchmark_set, ["khobao"])
    assert (table.rows, missing) == ([["khobao", "100", "100", "0"]], [])


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="neither"):
        list(find_pages(tmp_path))
