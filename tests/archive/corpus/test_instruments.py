"""The Python API gives what the functions give, and sees what was just saved."""

from __future__ import annotations

from archive.archive import Archive


def test_the_archive_has_every_instrument(shelf):
    for month in (1, 2, 3):
        shelf.add("Giá lúa", body="Giá lúa tăng.", updated_at=f"2018-0{month}-01T05:00:00+07:00")
    shelf.add("Sếu về", body="Sếu về đồng.", updated_at="2019-01-01T05:00:00+07:00")
    shelf.connection.commit()
    with Archive.open(shelf.folder, read_only=True) as archive:
        assert archive.concordance("lúa", sort="right").mentions == 6
        assert archive.frequencies("", n=2).rows[0].text == "giá lúa"
        assert archive.collocations("lúa", window=(1, 0)).rows[0].text == "giá"
        assert archive.keyness("year:2018", "year:2019").rows[0].log_ratio > 0
        counts = [point.counts[0] for point in archive.trends(["lúa"], by="year").points]
        assert counts == [3, 0]
