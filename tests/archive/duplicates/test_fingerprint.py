"""Fingerprints and entities: what two texts share, and whether one copies the other."""

from __future__ import annotations

import random
from array import array

from archive.duplicates.fingerprint import (
    MAYBE_ALIKE,
    SKETCH,
    entities,
    estimated_share,
    fingerprint,
    hashes,
    share_needed,
    similarity,
)

STORY = (
    "Sáng 12/8, tại xã Mỹ An Hưng B, Hội Nông dân huyện Lấp Vò phối hợp Trạm Khuyến nông tổ chức"
    " hội thảo trồng ớt an toàn. Có 65 nông dân đến dự. Theo ông Lê Văn Bé Tư, chủ ruộng, trên"
    " 0,4 ha đất ông thu hoạch được 7,2 tấn, bán với giá 21.000 đồng/kg, trừ chi phí lãi 88 triệu"
    " đồng.\n\nMô hình giúp giảm 30% lượng phân bón, 4 lần phun thuốc so với ruộng đối chứng. Bà"
    " Nguyễn Thị Cẩm Hồng, Chủ tịch Hội Nông dân huyện, cho biết sẽ nhân rộng ra 5 xã cù lao trong"
    " vụ tới, gắn với hợp đồng bao tiêu của Hợp tác xã Tân Bình."
)


def sketch(text: str) -> frozenset[int]:
    found = fingerprint(text)
    assert found is not None
    return frozenset(hashes(found.sketch))


def keys(text: str) -> set[int]:
    found = fingerprint(text)
    assert found is not None
    return set(hashes(found.keys))


def test_a_short_text_has_no_fingerprint() -> None:
    assert fingerprint("Mời quý khán giả theo dõi bản tin.") is None
    assert fingerprint(None) is None


def test_case_and_typography_do_not_count() -> None:
    other = STORY.upper().replace(",", " –").replace("\n\n", " ")
    assert fingerprint(other) == fingerprint(STORY)


def test_a_text_is_looked_up_by_its_wording_and_by_its_figures() -> None:
    letters = "".join(mark for mark in STORY if not mark.isdigit())
    assert len(keys(letters)) == 10
    assert len(keys(STORY)) == 15
    same_figures = " ".join(f"{word} mưa" if word.isalpha() else word for word in STORY.split())
    assert 1 <= len(keys(same_figures) & keys(STORY)) <= 5


def test_the_estimate_is_near_the_count() -> None:
    copy = STORY.replace("Mô hình giúp giảm", "Cách làm này đã giúp hạ được")
    estimate = estimated_share(sketch(STORY), sketch(copy))
    assert abs(estimate - similarity(STORY, copy)) < 0.15
    assert estimated_share(sketch(STORY), sketch(STORY)) == 1.0


def test_an_estimate_is_the_share_of_the_smallest_hashes_of_both() -> None:
    chance = random.Random(7)
    pool = chance.sample(range(1 << 32), 130)

    def some() -> frozenset[int]:
        return frozenset(sorted(chance.sample(pool, chance.randint(50, 120)))[:SKETCH])

    one, *others = (some() for _ in range(500))
    enough = 0
    for other in others:
        smallest = set(sorted(one | other)[:SKETCH])
        share = len(smallest & one & other) / len(smallest)
        estimate = estimated_share(one, other)
        assert estimate == share or share <= estimate < MAYBE_ALIKE
        enough += share >= MAYBE_ALIKE
    assert 20 < enough < 480


def test_entities_are_numbers_dates_and_names_in_their_places() -> None:
    one, other = (array("Q", entities(f"Có {count} nông dân")) for count in (65, 56))
    assert one != other
    assert [entity >> 32 for entity in one] == [entity >> 32 for entity in other]
    assert entities("Nông dân trồng lúa. Bà con phấn khởi.") == b""


def test_two_issues_of_a_series_need_more_than_all_their_wording() -> None:
    story = entities(STORY)
    assert share_needed(story, story) == 0.5
    assert share_needed(story, entities(STORY.replace("12/8", "19/8"))) > 1
    assert share_needed(story, entities(STORY.replace("65", "56"))) == 0.9
    two = STORY.replace("65", "56").replace("88", "90")
    assert share_needed(story, entities(two)) > 1
    other_people = STORY.replace("Lê Văn Bé Tư", "Út").replace("Nguyễn Thị Cẩm Hồng", "Ba")
    assert share_needed(story, entities(other_people)) == 0.5
    other_places = other_people.replace("Mỹ An Hưng B", "Hội An").replace("Lấp Vò", "Lai Vung")
    assert share_needed(story, entities(other_places)) > 1
