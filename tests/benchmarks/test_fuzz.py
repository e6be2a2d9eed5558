"""A short turn of the fuzzer that is the same every time; `make fuzz` takes the long one."""

import random
from contextlib import suppress

import pytest

from archive.errors import DamagedPage
from archive.models import Article, Image
from benchmarks.fuzz import mutations, oracle, seeds
from benchmarks.fuzz.shrink import shrink

#: About twenty seconds on one slow core, with the mutations dealt to as many tests.
ROUNDS, PAGES_PER_ROUND = 10, 200


@pytest.fixture(scope="module")
def pages() -> list[bytes]:
    return seeds.load()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_whatever_becomes_of_a_page_it_is_read_or_refused_by_name(pages, turn):
    chance = random.Random(turn)
    for _ in range(PAGES_PER_ROUND):
        url = chance.choice(oracle.ADDRESSES)
        page = mutations.mutate(chance, chance.choice(pages), pages)
        failure = oracle.judge(page, url)
        assert failure is None, f"{failure}\nurl: {url}\npage: {page[:2000]!r}"


def test_the_same_random_numbers_make_the_same_page(pages):
    assert mutations.mutate(7, pages[0], pages) == mutations.mutate(7, pages[0], pages)


@pytest.mark.parametrize("mutation", mutations.MUTATIONS, ids=lambda one: one.__name__.strip("_"))
def test_every_mutation_takes_the_emptiest_page_and_alters_a_real_one(mutation, pages):
    chance = random.Random(1)
    mutation(chance, b"", [b""])
    assert any(mutation(chance, pages[0], pages) != pages[0] for _ in range(20))


@pytest.mark.parametrize("trouble", [ZeroDivisionError("x"), RecursionError(), UserWarning("x")])
def test_the_oracle_sees_what_is_no_error_of_ours(monkeypatch, trouble):
    def fails(page, url):
        raise trouble

    monkeypatch.setattr(oracle, "extract", fails)
    failure = oracle.judge(b"<p>", None)
    assert failure is not None
    assert type(trouble).__name__ in failure.signature


def test_the_oracle_stops_a_page_without_end(monkeypatch):
    def spins(page, url):
        while True:
            with suppress(Exception):
                sum(range(1000))

    monkeypatch.setattr(oracle, "extract", spins)
    monkeypatch.setattr(oracle, "MAX_SECONDS", 0.05)
    failure = oracle.judge(b"<p>", None)
    assert failure is not None
    assert failure.signature.startswith("TooSlow")


def test_the_oracle_takes_our_own_errors(monkeypatch):
    def refuses(page, url):
        raise DamagedPage("cut off")

    monkeypatch.setattr(oracle, "extract", refuses)
    assert oracle.judge(b"<p>", None) is None


@pytest.mark.parametrize(
    ("article", "promise"),
    [
        (Article("Ta\u0323"), "not NFC"),
        (Article("\ud800"), "not writable"),
        (Article(" "), "empty title"),
        (Article("Tít", byline="Mỹ  Lý"), "untidy byline"),
        (Article("Tít", body="một\n\n\n\nhai"), "untidy body"),
        (Article("Tít", body="một\x00hai"), "control"),
        (Article("Tít", images=(Image(2, "x"),)), "image positions"),
        (Article("Tít", images=(Image(1, "x", after_paragraph=3),)), "image anchor"),
        (Article("Tít", updated_at="2018-01-03T10:12:28+07:00"), "stamp precision"),
    ],
)
def test_a_promise_broken_is_named(article, promise):
    assert promise in (oracle.broken_promise(article) or "")


def test_a_sound_article_breaks_no_promise():
    sound = Article("Tít", body="Một đoạn.\n\n\u0323Hai.", images=(Image(1, "x"),))
    assert oracle.broken_promise(sound) is None


def test_shrinking_keeps_only_what_fails():
    page = b"<html><body><p>m\xe1\xbb\x99t</p><b>X</b><p>hai</p></body></html>" * 20
    assert shrink(page, lambda smaller: b"X" in smaller) == b"X"
