"""Floors: what gates CI, and that none is lowered by accident."""

import pytest

from archive.models import Article
from benchmarks.extraction import floors
from benchmarks.extraction.pages import GOLDEN, Case, collect, corpus_hash
from benchmarks.extraction.scores import SCORES, Result
from benchmarks.extraction.systems import measure


@pytest.fixture
def cases(tmp_path):
    made = []
    for name in ("one", "two"):
        page = tmp_path / f"{name}.html"
        page.write_text("<html>", "utf-8")
        made.append(Case(name, page, None, Article(name), frozenset({"title"})))
    return made


def result(**scores: float) -> Result:
    full = dict.fromkeys(SCORES, 1.0) | {"leak": 0.0} | scores
    return Result("khobao", "1", frozenset(), dict(full), pages=2)


def test_a_score_below_its_floor_fails_and_names_itself(cases, tmp_path):
    file = tmp_path / "floors.toml"
    assert floors.pin(result(), cases, file=file) == []
    pinned = floors.load(file)
    assert floors.check(pinned, result(), cases) == ([], [])
    failures, _ = floors.check(pinned, result(byline=0.98, leak=0.02), cases)
    assert [failure.partition(":")[0] for failure in failures] == ["byline", "leak"]


def test_a_score_that_is_lost_altogether_fails(cases, tmp_path):
    file = tmp_path / "floors.toml"
    floors.pin(result(), cases, file=file)
    lost = result()
    lost.scores["captions"] = None
    assert floors.check(floors.load(file), lost, cases)[0]


def test_pinning_refuses_to_lower_unless_told(cases, tmp_path):
    file = tmp_path / "floors.toml"
    floors.pin(result(), cases, file=file)
    before = file.read_bytes()
    assert floors.pin(result(title=0.9), cases, file=file) == ["title: 1.0000 → 0.9000"]
    assert file.read_bytes() == before
    assert floors.pin(result(title=0.9), cases, lower=True, file=file) == []
    assert floors.load(file).scores["title"] == 0.9


def test_removing_a_page_fails_and_changing_one_is_remarked(cases, tmp_path):
    file = tmp_path / "floors.toml"
    floors.pin(result(), cases, file=file)
    pinned = floors.load(file)
    assert floors.check(pinned, result(), cases[:1])[0]
    before = corpus_hash(cases)
    cases[0].page.write_text("<html><body>", "utf-8")
    assert corpus_hash(cases) != before
    failures, remarks = floors.check(pinned, result(), cases)
    assert failures == []
    assert remarks


def test_khobao_keeps_its_floors_on_the_golden_pages():
    cases = collect([GOLDEN])
    [ours], missing = measure(cases, ["khobao"], rounds=1)
    assert missing == []
    failures, _ = floors.check(floors.load(), ours, cases)
    assert failures == [], ours.misses[:5]
