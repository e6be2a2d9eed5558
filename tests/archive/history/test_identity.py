"""Which article is which, and which of two copies is the original: a function of the pages alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from archive.archive import Alias, Archive
from archive.duplicates.exact import PAIRED
from archive.history.identity import canonical, oldest_key, partition, proof_of
from archive.history.nights import HANDFUL
from archive.models import Article, Capture
from benchmarks.comparison import contents
from tests.archive.empty import new_archive

TEXT = (
    "Sáng 3/7, Hội Nông dân huyện Tháp Mười tổ chức hội thảo trồng sen lấy gương, có 45 hộ dự. Ông"
    " Võ Văn Út, ở xã Mỹ Hòa, cho biết mỗi công ruộng thu 600 kg gương, bán 18.000 đồng/kg.\n\nTheo Trạm Khuyến nông, sen hợp với đất trũng"
    " của ba xã phía bắc, ít tốn phân; vụ tới huyện mở thêm hai lớp dạy nghề cho nông dân trẻ."
)
LATER = TEXT.replace("45 hộ", "54 hộ")
_URLS = {
    "A": "https://baodongthap.vn/kinh-te/trong-sen-{}.aspx",
    "B": "https://baodongthap.vn/kinh-te/202510/trong-sen-{}",
    "C": "https://baodongthap.vn/trong-sen-{}.html",
}

#: Something that is told to an archive, at a minute.
Told = Callable[[Archive], None]


def page(
    number: str, minute: int, stamp: str | None = None, body: str | None = TEXT, **more: str
) -> Told:
    """A page of the article with this number (`a7` is of generation C, `b5` of B)."""
    generation = {"a": "C", "b": "B"}.get(number[0], "A")
    article = Article(
        "Hội thảo trồng sen",
        url=_URLS[generation].format(number),
        key=f"dto:{number}",
        site_id=number,
        generation=generation,
        body=body,
        updated_at=stamp and f"{stamp}T08:00:00+07:00",
        updated_text=stamp and f"Cập nhật ngày: {stamp}",
        updated_precision=stamp and "second",
        layout=generation,
        rules={"title": generation},
        **more,
    )
    assert article.url
    capture = _capture(article.url, minute)
    return lambda archive: archive.save(article, capture) and None


def forward(number: str, target: str, minute: int) -> Told:
    """The site sends whoever asks for one article to another."""
    generation = {"a": "C", "b": "B"}.get(number[0], "A")
    url = _URLS[generation].format(number)
    goal = _URLS["C"].format(target)
    alias = Alias(url, f"dto:{number}", generation)
    return lambda archive: archive.redirected(alias, goal, _capture(url, minute), crawl_id=None)


def not_modified(number: str, minute: int) -> Told:
    """The server says 304."""
    url = _URLS["B"].format(number)
    return lambda archive: archive.seen_again(url, _capture(url, minute), crawl_id=None) and None


def _capture(url: str, minute: int) -> Capture:
    at = f"2026-11-24T{6 + minute // 60:02}:{minute % 60:02}:00.000Z"
    return Capture(url, at, 200, "captures/2026/x.warc.gz", 1000 + minute, 1, f"sha1:{minute}")


def originals(archive: Archive) -> dict[str, str | None]:
    rows = archive.connection.execute(
        "SELECT copy.key, original.key FROM articles AS copy"
        " LEFT JOIN articles AS original ON original.id = copy.duplicate_of"
    ).fetchall()
    return dict(rows)


def exact(archive: Archive) -> int:
    (count,) = archive.connection.execute(
        "SELECT count(*) FROM duplicates WHERE kind = 'exact'"
    ).fetchone()
    return int(count)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        pytest.param(
            [page("9", 1, "2019-05-02"), page("3", 2, "2019-05-04"), page("5", 3)],
            {"dto:9": None, "dto:3": "dto:9", "dto:5": "dto:9"},
            id="the earliest stamp, and none is the latest",
        ),
        pytest.param(
            [page("10", 1, "2019-05-02"), page("9", 2, "2019-05-02"), page("a7", 3, "2019-05-03")],
            {"dto:9": None, "dto:10": "dto:9", "dto:a7": "dto:9"},
            id="of one stamp the lowest number",
        ),
        pytest.param(
            [page("8", 1, "2019-05-02"), page("9", 2, "2019-05-03"), page("8", 3, "2019-05-06")],
            {"dto:8": None, "dto:9": "dto:8"},
            id="a stamp renewed makes no copy of an original",
        ),
        pytest.param(
            [
                page("8", 1, "2019-05-01", LATER),
                page("9", 2, "2019-05-03"),
                page("8", 3, "2019-05-05"),
            ],
            {"dto:9": None, "dto:8": "dto:9"},
            id="it counts who said this first, not who was posted first",
        ),
        pytest.param(
            [page("8", 1, "2019-05-02"), page("9", 2, "2019-05-03"), page("9", 3, None, None)],
            {"dto:8": None, "dto:9": None},
            id="a copy that says nothing any more is none",
        ),
    ],
)
def test_who_was_first_does_not_depend_on_who_was_fetched_first(
    tmp_path: Path, told: list[Told], meant: dict[str, str | None]
) -> None:
    found = []
    for order, events in enumerate(permutations(told)):
        with new_archive(tmp_path / str(order)) as archive:
            for event in events:
                event(archive)
            assert originals(archive) == meant, f"order {order}"
            found.append(contents(archive.connection))
    assert found == [found[0]] * len(found)


@pytest.mark.parametrize(
    "told",
    [
        # Both of B are forwarded to one of C, which can be only one of them.
        [
            *(page("a7", 1), page("4", 2, "2019-05-02")),
            *(forward("b6", "a7", 3), forward("b5", "a7", 4), not_modified("b6", 5)),
        ],
        # An article of two generations, edited at its old address, and seen there again.
        [
            page("b5", 1, section="Kinh tế"),
            page("7", 2, "2019-05-02", section="KINH TẾ"),
            page("7", 3, "2019-05-02", LATER, section="KINH TẾ"),
            page("7", 4, "2019-05-02", LATER, section="KINH TẾ"),
        ],
    ],
)
def test_any_order_ends_in_the_same_archive(tmp_path: Path, told: list[Told]) -> None:
    found = []
    for order, events in enumerate([told, *random.sample(list(permutations(told)), 23)]):
        with new_archive(tmp_path / str(order)) as archive:
            for event in events:
                event(archive)
            found.append(contents(archive.connection))
    assert found == [found[0]] * len(found)


def test_of_many_copies_each_is_paired_with_the_original(tmp_path: Path) -> None:
    count = PAIRED + 9
    told = [page(str(100 + n), n, f"2019-05-{1 + n % 28:02}") for n in range(count)]
    meant = {f"dto:{100 + n}": "dto:100" for n in range(count)} | {"dto:100": None}
    found = []
    for order in range(5):
        with new_archive(tmp_path / str(order)) as archive:
            archive.batch_size = 99
            # In the order of the numbers, against it, and anyhow.
            events = [told, told[::-1]][order] if order < 2 else random.sample(told, count)
            for event in events:
                event(archive)
            assert originals(archive) == meant
            assert exact(archive) == count - 1
            found.append(contents(archive.connection))
    assert found == [found[0]] * len(found)


def test_few_are_left_of_many(tmp_path: Path) -> None:
    """Those that say something else by now are no copies any more; the others are all paired."""
    count = PAIRED + 3
    told = [page(str(100 + n), n, f"2019-05-{1 + n % 28:02}") for n in range(count)]
    edits = [
        page(str(100 + n), 60 + n, f"2019-06-{1 + n:02}", TEXT.replace("45 hộ", f"{n} người"))
        for n in range(5)
    ]
    found = []
    for order in range(4):
        with new_archive(tmp_path / str(order)) as archive:
            archive.batch_size = 99
            events = [*told, *edits]
            if order:
                random.shuffle(events)
            for event in events:
                event(archive)
            left = count - len(edits)
            assert exact(archive) == left * (left - 1) // 2
            assert originals(archive)["dto:106"] == "dto:105"
            found.append(contents(archive.connection))
    assert found == [found[0]] * len(found)


def test_a_site_that_forwards_everything_to_one_article_joins_nothing(tmp_path: Path) -> None:
    """Up to a handful it may be a merged article; more of them prove nothing, in any order."""
    pages = [page(str(number), number, "2019-05-02", f"{TEXT} Hộ {number}.") for number in range(8)]
    told = [*pages, page("a7", 20, "2020-01-01", LATER)]
    found = []
    for seed in range(4):
        forwards = [forward(str(number), "a7", 30 + number) for number in range(8)]
        events = [*told, *forwards]
        if seed:
            random.Random(seed).shuffle(events)
        with new_archive(tmp_path / str(seed)) as archive:
            for event in events:
                event(archive)
            joined = archive.connection.execute(
                "SELECT count(*) FROM article_urls GROUP BY article_id HAVING count(*) > 1"
            )
            assert joined.fetchall() == []
            found.append(contents(archive.connection))
    assert found == [found[0]] * len(found)


def _grouped(
    texts: dict[str, set[tuple[str, str | None]]], generations: dict[str, str]
) -> set[frozenset[str]]:
    return set(partition(generations, [], texts))


def test_a_short_text_proves_identity_together_with_a_day_only() -> None:
    """Two bulletins of a few words are told apart by their days; generation B prints none."""
    generations = {"dto:1": "A", "dto:b5": "B", "dto:a7": "C"}
    apart = {frozenset({key}) for key in generations}
    undated = {("dto:1", "2019-05-02"), ("dto:b5", None)}
    assert _grouped({"short:t": undated}, generations) == apart
    assert frozenset({"dto:1", "dto:b5"}) in _grouped({"t": undated}, generations)
    same_day = {("dto:1", "2019-05-02"), ("dto:a7", "2019-05-02")}
    assert frozenset({"dto:1", "dto:a7"}) in _grouped({"short:t": same_day}, generations)
    another = {("dto:1", "2019-05-02"), ("dto:a7", "2019-05-03")}
    assert _grouped({"t": another}, generations) == apart


def test_the_first_posting_of_one_generation_is_the_first_of_the_other() -> None:
    """Numbers count, not letters: 9 was posted before 10."""
    generations = {"dto:9": "A", "dto:10": "A", "dto:a7": "C", "dto:a8": "C"}
    texts = {"t": {(key, "2019-05-02") for key in generations}}
    assert _grouped(texts, generations) == {
        frozenset({"dto:9", "dto:a7"}),
        frozenset({"dto:10", "dto:a8"}),
    }


@pytest.mark.parametrize(("letters", "articles"), [(299, 2), (300, 1)])
def test_from_300_letters_on_a_text_needs_no_day(
    tmp_path: Path, letters: int, articles: int
) -> None:
    body = (TEXT * 2)[:letters].strip().ljust(letters, "x").replace("\n", "x")
    with new_archive(tmp_path / "archive") as archive:
        page("84085", 1, "2019-05-02", body)(archive)
        page("b5", 2, None, body)(archive)
        (count,) = archive.connection.execute("SELECT count(*) FROM articles").fetchone()
    assert count == articles


HEX = "https://www.baodongthap.com.vn/newsdetails/1D3FE18E535/Trong_sen.aspx"


@pytest.mark.parametrize(
    ("addresses", "named"),
    [
        # The newest generation's, however few there are of it, and one without a letter last.
        ([("A", "kinh-te"), ("B", "kinh-te"), ("C", None)], "C"),
        ([(None, None), ("A", "kinh-te")], "A"),
    ],
)
def test_the_newest_generation_names_an_article(
    addresses: list[tuple[str | None, str | None]], named: str
) -> None:
    aliases = [
        Alias(_URLS.get(letter or "", "https://baodongthap.vn/x").format(7), "dto:7", letter, slug)
        for letter, slug in addresses
    ]
    for order in permutations(aliases):
        assert canonical(order).generation == named


def test_an_address_that_names_its_section_goes_before_one_that_does_not() -> None:
    readable = [
        Alias(f"https://www.baodongthap.vn/{section}/trong-sen-7.aspx", "dto:7", "A", section)
        for section in ("kinh-te", "nong-nghiep")
    ]
    for order in permutations([Alias(HEX, "dto:7", "A", "kinh-te"), *readable]):
        assert canonical(order) == readable[0]


def test_the_key_to_cite_is_the_oldest_generations_lowest_number() -> None:
    keys = [("C", "dto:a1"), ("A", "dto:10"), ("A", "dto:9"), ("B", "dto:b1")]
    for order in permutations(keys):
        assert oldest_key(order) == "dto:9"  # a number, not a word: "10" comes before "9"


@pytest.mark.parametrize(
    ("letters", "proof"), [(59, None), (60, "short:d"), (299, "short:d"), (300, "d")]
)
def test_how_long_a_text_must_be_to_prove_anything(letters: int, proof: str | None) -> None:
    assert proof_of(Article("Tin", body="a" * letters), "d") == proof
    assert proof_of(Article("Tin", body=None), "d") is None


@pytest.mark.parametrize(("more", "articles"), [(0, HANDFUL), (1, HANDFUL + 2)])
def test_a_handful_of_addresses_may_lead_to_one_article(
    tmp_path: Path, more: int, articles: int
) -> None:
    """One of them is that article; the others are of its generation, and so articles of their own."""
    numbers = [str(number) for number in range(1, HANDFUL + more + 1)]
    with new_archive(tmp_path) as archive:
        page("a7", 1, "2019-05-02")(archive)
        for minute, number in enumerate(numbers, 2):
            page(number, minute, f"2019-06-{minute:02}", f"{number}. {LATER[:200]}")(archive)
        for minute, number in enumerate(numbers, 40):
            forward(number, "a7", minute)(archive)
        (count,) = archive.connection.execute("SELECT count(*) FROM articles").fetchone()
    assert count == articles
