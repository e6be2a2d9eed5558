"""Near-duplicates: copies are linked, issues of a series are not, none is read in vain."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.duplicates import near
from archive.duplicates.fingerprint import entities, fingerprint, similarity
from archive.models import Article, Capture
from benchmarks.comparison import contents
from benchmarks.reposts import Desk, articles, expected, newspaper
from tests.archive.duplicates.test_fingerprint import STORY
from tests.archive.empty import new_archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with new_archive(tmp_path) as opened:
        yield opened


def save(archive: Archive, number: int, body: str, minute: int | None = None) -> int:
    url = f"https://baodongthap.vn/xa-hoi/b-{number}.aspx"
    at = f"2026-11-24T06:{number if minute is None else minute:02}:00.000Z"
    capture = Capture(
        url, at, 200, "captures/2026/x.warc.gz", int(at[14:16]) * 1000 + number, 1, "sha1:X"
    )
    page = Article(
        f"Tựa {number}", url=url, key=f"dto:{number}", generation="A", body=body, layout="aspx"
    )
    return archive.save(page, capture).duplicates


def pairs(archive: Archive) -> list[tuple[str, str, str]]:
    return archive.connection.execute(
        "SELECT one.key, other.key, duplicates.kind FROM duplicates"
        " JOIN articles AS one ON one.id = article_id JOIN articles AS other ON other.id = other_id"
        " ORDER BY 1, 2"
    ).fetchall()


@pytest.mark.parametrize(
    "copy",
    [
        STORY.replace("đối chứng", "bên cạnh"),
        STORY.replace("65 nông dân", "56 nông dân"),
        STORY.replace("Cẩm Hồng", "Cẩm Hường"),
        STORY + "\n\nDịp này, Ban tổ chức tặng quà cho các hộ tham gia.",
        STORY.replace("Sáng 12/8, tại", "Tại"),
        STORY.partition(" Theo ông")[0] + "\n\n" + STORY.partition("\n\n")[2],
    ],
)
def test_copies_are_linked(archive: Archive, copy: str) -> None:
    save(archive, 1, STORY)
    assert save(archive, 2, copy) == 1
    assert pairs(archive) == [("dto:1", "dto:2", "near")]


@pytest.mark.parametrize(
    "other",
    [
        STORY.replace("12/8", "19/8"),  # the same event a week later
        STORY.replace("65", "48").replace("0,4", "0,6").replace("88", "120").replace("7,2", "9,5"),
        STORY.replace("Mỹ An Hưng B", "Hội An Đông")
        .replace("Lê Văn Bé Tư", "Trần Văn Út")
        .replace("Nguyễn Thị Cẩm Hồng", "Phạm Văn Sáu")
        .replace("Tân Bình", "Bình Thạnh Trung"),
    ],
)
def test_issues_of_a_series_are_not(archive: Archive, other: str) -> None:
    save(archive, 1, STORY)
    assert save(archive, 2, other) == 0
    assert similarity(STORY, other) > 0.5  # though most of the words are the same


def test_a_link_follows_the_text(archive: Archive) -> None:
    save(archive, 1, STORY)
    save(archive, 2, STORY.replace("đối chứng", "bên cạnh"))
    save(archive, 2, "Bài viết đã được thay bằng nội dung khác hẳn. " * 12, minute=30)
    assert pairs(archive) == []
    save(archive, 2, STORY, minute=40)
    assert pairs(archive) == [("dto:1", "dto:2", "near")]  # its title is another
    (share,) = archive.connection.execute("SELECT similarity FROM duplicates").fetchone()
    assert share == 1.0


def test_entities_follow_the_text_though_its_fingerprint_stays(archive: Archive) -> None:
    """A sketch is of a part of the words, entities are of all of them."""
    long = f"{STORY}\n\n" + " ".join(f"Hộ thứ {n} trồng {n + 3} công ớt." for n in range(200))
    edits = (long.replace("Bé Tư", f"Bé {name}") for name in ("Ba", "Năm", "Sáu", "Bảy", "Tám"))
    edited = next(text for text in edits if fingerprint(text) == fingerprint(long))
    save(archive, 1, long)
    assert save(archive, 2, long.replace("đối chứng", "bên cạnh")) == 1
    save(archive, 1, edited, minute=30)
    (kept,) = archive.connection.execute(
        "SELECT entities FROM fingerprints JOIN articles ON id = article_id WHERE key = 'dto:1'"
    ).fetchone()
    assert kept == entities(edited)
    assert kept != entities(long)


def test_a_newspaper_with_planted_copies(archive: Archive) -> None:
    """A small one; ``python -m benchmarks.linking`` is the large one."""
    archive.batch_size = 64
    planted = newspaper(800, seed=3)
    for article, capture in articles(planted):
        archive.save(article, capture)
    found = {(int(one[4:]), int(other[4:])) for one, other, _ in pairs(archive)}
    truth = set(expected(planted))
    assert len(truth) > 15
    assert found - truth == set()
    assert len(found & truth) >= 0.95 * len(truth)


def test_candidates_are_looked_up_and_not_searched_for(archive: Archive) -> None:
    plan = archive.connection.execute(
        "EXPLAIN QUERY PLAN SELECT article_id FROM fingerprint_keys WHERE key = 4 LIMIT 26"
    ).fetchall()
    assert [step for *_, step in plan] == [
        "SEARCH fingerprint_keys USING PRIMARY KEY (key=?)",
    ]


@pytest.mark.parametrize("series", ["case_count", "weather", "prices", "ceremony", "teaser"])
def test_a_copy_is_found_among_hundreds_of_its_series(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, series: str
) -> None:
    """The frame that all share is no evidence; what is of one day only must be enough."""
    monkeypatch.setattr(near, "RARE", 6)
    archive.batch_size = 999
    desk = Desk(5)
    issues = [
        getattr(desk, series)(date(2021, 1, 2) + timedelta(days=day)).body for day in range(200)
    ]
    for number, body in enumerate(issues):
        assert save(archive, number, body) == 0
    copies = []
    for number in range(0, 100, 10):
        words = issues[number].split(" ")
        plain = [place for place, word in enumerate(words) if word.isalpha() and word.islower()]
        words[desk.random.choice(plain)] = "nhà"
        copies.append((number, " ".join(words)))
    found = 0
    for number, copy in copies:
        found += save(archive, 1000 + number, copy)
    assert {(one, int(other[4:]) - int(one[4:])) for one, other, _ in pairs(archive)} <= {
        (f"dto:{number}", 1000) for number, _ in copies
    }
    assert found >= 9


@pytest.mark.parametrize("seed", range(12))
def test_a_key_that_many_share_is_no_evidence_whoever_came_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Keys become common, and rare again by edits: the pairs follow from what is there now."""
    monkeypatch.setattr(near, "RARE", 7)
    rng = random.Random(seed)
    words = STORY.split(" ")
    texts = []
    for _ in range(24):
        copy = list(words)
        for _ in range(rng.randint(1, 9)):
            copy[rng.randrange(len(copy))] = rng.choice(("nông", "dân", "mùa", "nước", "nổi"))
        texts.append(" ".join(copy if rng.random() < 0.7 else rng.sample(copy, len(copy))))
    saves = [(rng.randint(1, 14), minute, text) for minute, text in enumerate(texts)]
    found = []
    for order in (saves, rng.sample(saves, len(saves)), saves[::-1]):
        with new_archive(tmp_path / str(len(found))) as one:
            one.batch_size = 99
            for number, minute, text in order:
                save(one, number, text, minute)
            found.append(contents(one.connection))
    assert found[0] == found[1]
    assert found[0] == found[2]
    assert found[0]["duplicates"]
