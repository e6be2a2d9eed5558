from __future__ import annotations

from pathlib import Path

import pytest

from archive.models import Capture
from tests.archive.warc.captures import exchange, written


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, list[Capture]]:
    captures = written(tmp_path, *(exchange(n) for n in range(5)))
    return tmp_path / captures[0].warc_file, captures
