"""Rows of captures: known ones are found again, and a revisit finds its payload."""

import pytest

from archive.history.capture_rows import find_original, is_known, original_of
from archive.models import Capture
from tests.archive.empty import new_archive

URL = "https://baodongthap.vn/"


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path) as archive:
        yield archive


def keep(archive, fetched_at, digest="sha1:A", record_type="response"):
    """A capture with its row; the record itself is not needed."""
    offset = archive.connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    capture = Capture(
        URL, fetched_at, 200, "captures/2026/x.warc.gz", offset, 1, digest, record_type
    )
    archive.record(capture, crawl_id=None, outcome="other")
    return capture


def test_a_capture_is_known_by_its_second(archive):
    """Indexes of web archives tell no milliseconds."""
    keep(archive, "2026-11-30T20:00:01.750Z")
    known = [
        is_known(archive.connection, URL, f"2026-11-30T20:00:{second}Z", "sha1:A")
        for second in ("00.999", "01.000", "01.999", "02.000")
    ]
    assert known == [False, True, True, False]
    assert not is_known(archive.connection, URL, "2026-11-30T20:00:01.750Z", "sha1:B")


def test_a_revisit_is_answered_by_a_response_before_it(archive):
    first = keep(archive, "2026-11-01T00:00:00.000Z")
    second = keep(archive, "2026-11-02T00:00:00.000Z")
    revisit = keep(archive, "2026-11-03T00:00:00.000Z", record_type="revisit")
    later = keep(archive, "2026-11-04T00:00:00.000Z")
    assert original_of(archive.connection, revisit).fetched_at == second.fetched_at
    assert find_original(archive.connection, URL, "sha1:A").fetched_at == later.fetched_at
    before = "2026-11-01T12:00:00.000Z"
    assert find_original(archive.connection, URL, "sha1:A", before).fetched_at == first.fetched_at
    assert find_original(archive.connection, URL, "sha1:A", "2026-10-31T00:00:00.000Z") is None
    assert find_original(archive.connection, URL, "sha1:B") is None
