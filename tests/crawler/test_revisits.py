"""A page that is byte for byte what it was costs a few hundred bytes, and can still be read."""

from archive.history.capture_rows import find_captures
from archive.verify.verify import verify
from crawler.ingest.classify import read_article


def test_unchanged_pages_are_revisit_records(crawled):
    told = crawled.crawl("--full", minutes=20)
    assert (told["new"], told["revised"]) == (0, 0)
    with crawled.open() as archive:
        again = find_captures(
            archive.connection, "crawl_id = 2 AND status = 200 AND outcome = 'article'"
        )
        assert len(again) > 50
        revisits = [capture for capture in again if capture.record_type == "revisit"]
        assert len(revisits) > 0.9 * len(again)
        for revisit in revisits:
            assert revisit.warc_length < 1000
            before = find_captures(
                archive.connection,
                "url = ? AND record_type = 'response' AND payload_digest = ?",
                (revisit.url, revisit.payload_digest),
            )
            assert archive.read(revisit).raw_body == archive.read(before[-1]).raw_body
    first, second = sorted(crawled.path.glob("captures/*/*.warc.gz"))
    assert second.stat().st_size < 0.2 * first.stat().st_size
    assert verify(crawled.path, full=True, reader=read_article).faults == []
