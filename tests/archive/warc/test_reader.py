"""Files of our own: read record by record, and any damage is found."""

from __future__ import annotations

import gzip
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import CorruptCapture
from archive.models import Capture
from archive.warc import record as warc
from archive.warc.reader import read, records
from tests.archive.warc.captures import BODY, captures_in


class TestWalking:
    def test_our_own_files_give_what_the_writer_said(
        self, whole: tuple[Path, list[Capture]]
    ) -> None:
        path, captures = whole
        assert captures_in(path) == captures

    def test_a_file_is_no_package_for_its_last_bytes(self, tmp_path: Path) -> None:
        """The bytes that end a zip file, by chance or in a picture."""
        record = warc.record([("WARC-Type", "metadata")], b"PK\5\6" + bytes(18))
        path = tmp_path / "a.warc.gz"
        path.write_bytes(gzip.compress(record, compresslevel=0))
        assert zipfile.is_zipfile(path)
        assert [one.type for one, _, _ in records(path)] == ["metadata"]

    def test_what_is_no_warc_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_bytes(BODY)
        with pytest.raises(CorruptCapture, match="no gzip member can be read"):
            list(records(path))


class TestDamage:
    def read_all(self, path: Path, captures: list[Capture]) -> list[str]:
        faults = []
        for capture in captures:
            try:
                read(path.parents[2], capture)
            except CorruptCapture as error:
                faults.append(str(error))
        return faults

    def test_sound(self, whole: tuple[Path, list[Capture]]) -> None:
        assert self.read_all(*whole) == []

    def test_any_flipped_bit_is_found(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        sound = path.read_bytes()
        middle = captures[2]
        rng = random.Random(5)
        for _ in range(60):
            data = bytearray(sound)
            # Past the gzip header, whose time and system fields no check covers.
            at = middle.warc_offset + rng.randrange(10, middle.warc_length)
            data[at] ^= 1 << rng.randrange(8)
            path.write_bytes(data)
            [fault] = self.read_all(path, captures)
            assert f"{middle.warc_file} at {middle.warc_offset}" in fault

    def test_a_truncated_file(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        path.write_bytes(path.read_bytes()[: captures[3].warc_offset + 20])
        faults = self.read_all(path, captures)
        assert len(faults) == 2
        assert f"at {captures[3].warc_offset}: 20 of" in faults[0]

    def test_a_deleted_file(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        path.unlink()
        assert all("the file is missing" in fault for fault in self.read_all(path, captures))

    def test_a_row_that_points_elsewhere(self, whole: tuple[Path, list[Capture]]) -> None:
        path, captures = whole
        wrong = replace(captures[1], warc_offset=captures[2].warc_offset)
        wrong = replace(wrong, warc_length=captures[2].warc_length)
        [fault] = self.read_all(path, [wrong])
        assert "payload digest" in fault

    def test_a_walk_stops_at_a_torn_tail_with_data_behind_it(
        self, whole: tuple[Path, list[Capture]]
    ) -> None:
        path, captures = whole
        sound = path.read_bytes()
        path.write_bytes(sound[: captures[3].warc_offset + 40] + sound)
        with path.open("rb") as stream, pytest.raises(warc.Damage) as caught:
            list(warc.members(stream))
        assert caught.value.offset == captures[3].warc_offset
