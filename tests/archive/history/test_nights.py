"""The rules of nights: when one is doubtful, and which capture has a place in time."""

from __future__ import annotations

import pytest

from archive.history.nights import APART, Night, is_dated, run_of
from archive.history.revisions import Observation


class TestRules:
    @pytest.mark.parametrize(
        ("night", "most_gone", "doubt"),
        [
            (Night(known=200, answered=200, gone=0), 0, None),
            (Night(known=200, answered=195, gone=5), 0, None),
            (Night(known=200, answered=194, gone=6), 0, "gone"),
            (Night(known=200, answered=194, gone=6), 6, None),
            (Night(known=30, answered=24, gone=6), 9, "gone"),
            (Night(known=1, answered=0, gone=1), 9, "gone"),
            (Night(known=40, answered=40, revised=13), 0, None),
            (Night(known=40, answered=40, revised=14), 0, "revised"),
            (Night(known=5, answered=5, revised=5), 0, None),
            (Night(known=40, answered=40, lists=31, silent=7), 0, None),
            (Night(known=40, answered=40, lists=31, silent=8), 0, "silent"),
            (Night(known=40, answered=40, lists=31), 0, None),
            (Night(answered=2000, new=2000), 0, None),
            (Night(answered=17, new=17, repeated=6), 0, "new"),
            (Night(answered=18, new=18, repeated=6), 0, None),
            (Night(answered=5, new=5, repeated=5), 0, None),
        ],
    )
    def test_a_storm(self, night: Night, most_gone: int, doubt: str | None) -> None:
        assert night.doubt(most_gone) == doubt

    @pytest.mark.parametrize(
        "at", ["2099-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "zzz.000Z", "zzz", "",
               "-0001-11-30T00:00:00.000Z", "2026", "2026-13-45T00:00:00.000Z"],
    )  # fmt: skip
    def test_a_capture_without_a_place_in_time(self, at: str) -> None:
        assert not is_dated(at, "captures/2026/khobao-20261215080000-00000-99.warc.gz")

    def test_the_run_of_a_file(self) -> None:
        assert run_of("captures/2026/khobao-20261215080000-00012-99.warc.gz") == (
            "20261215080000",
            99,
        )
        assert run_of("captures/2026/other.warc.gz") is None

    def test_a_run_began_before_its_first_capture_of_the_next_second(self) -> None:
        run = run_of("captures/2026/khobao-20261215080000-00012-99.warc.gz")
        assert run is not None
        assert run.started_at == "2026-12-15T08:00:00.999Z"

    def test_observations_are_compared_by_hours(self) -> None:
        assert APART.total_seconds() == 12 * 3600
        assert Observation("2026-10-01T20:00:00.000Z", "", "gone", 1).origin == "live"
