"""Every form of docs/site.md §4 and its neighbours: day first, nothing guessed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.stamps import (
    Stamp,
    clock_flags,
    find_stamp,
    is_label,
    is_stamp_line,
    read_iso,
    with_moment,
)


@pytest.mark.parametrize(
    ("printed", "at", "precision"),
    [
        ("Cập nhật ngày: 20/06/2012 07:53:00", "2012-06-20T07:53:00", "second"),
        ("Cập nhật ngày: 05/03/2019 07:45:12", "2019-03-05T07:45:12", "second"),
        ("Cập nhật ngày 5/3/2019 7:45:12", "2019-03-05T07:45:12", "second"),
        ("CẬP NHẬT NGÀY: 05/03/2019 07:45:12", "2019-03-05T07:45:12", "second"),
        ("cập nhật ngày: 05/03/2019 07:45:12", "2019-03-05T07:45:12", "second"),
        ("Cập nhật ngày: 05/03/2019", "2019-03-05T00:00:00", "day"),
        ("25/04/2024", "2024-04-25T00:00:00", "day"),
        ("Chủ Nhật, 18/01/2026, 21:21 (GMT+7)", "2026-01-18T21:21:00", "minute"),
        ("Thứ Sáu, 13/02/2026, 17:43 (GMT+7)", "2026-02-13T17:43:00", "minute"),
        ("Thứ 6, 13/02/2026 17:43", "2026-02-13T17:43:00", "minute"),
        ("THỨ SÁU, 13/02/2026, 17:43 (GMT +7)", "2026-02-13T17:43:00", "minute"),
        ("Thứ Sáu 13/02/2026 | 17:43 GMT+7", "2026-02-13T17:43:00", "minute"),
        ("Cập nhật: 21:56, 20/02/2019 (GMT+7)", "2019-02-20T21:56:00", "minute"),
        ("06:06, 03/06/2022", "2022-06-03T06:06:00", "minute"),
        ("14/07/2022 - 19:48", "2022-07-14T19:48:00", "minute"),
        ("16/09/2015 - 15:07", "2015-09-16T15:07:00", "minute"),
        ("Thứ sáu: 15:00 ngày 09/02/2024", "2024-02-09T15:00:00", "minute"),
        ("Thứ Hai, ngày 05/02/2024 - 08:30", "2024-02-05T08:30:00", "minute"),
        ("Cập nhật lúc 08h30 ngày 05/02/2024", "2024-02-05T08:30:00", "minute"),
        ("08:30 Thứ Hai, 05/02/2024", "2024-02-05T08:30:00", "minute"),
        ("Cập nhật: 26/09/2008 10:23:35", "2008-09-26T10:23:35", "second"),
        ("Cập nhật ngày: 03-01-2018 10:12:28", "2018-01-03T10:12:28", "second"),
        ("Cập nhật ngày: 03.01.2018 10:12", "2018-01-03T10:12:00", "minute"),
        ("Cập nhật ngày: 03/01/2018 10:12:28 SA", "2018-01-03T10:12:28", "second"),
        ("Cập nhật ngày: 03/01/2018 10:12:28 CH", "2018-01-03T22:12:28", "second"),
        ("Cập nhật ngày: 03/01/2018 12:12:28 SA", "2018-01-03T00:12:28", "second"),
        ("Cập nhật ngày: 03/01/2018 12:12 CH", "2018-01-03T12:12:00", "minute"),
        ("Cập nhật ngày: 03/01/2018 5:12 PM", "2018-01-03T17:12:00", "minute"),
        ("Thứ Năm, ngày 12 tháng 3 năm 2026, 08:05", "2026-03-12T08:05:00", "minute"),
        ("Ngày 12 Tháng 03 Năm 2026", "2026-03-12T00:00:00", "day"),
        ("Cập nhật ngày: 29/02/2024 23:59:59", "2024-02-29T23:59:59", "second"),
    ],
)
def test_reads(printed: str, at: str, precision: str) -> None:
    for text in (printed, unicodedata.normalize("NFD", printed), printed.replace(" ", "\u00a0 ")):
        stamp = find_stamp(text)
        assert stamp is not None, text
        assert (stamp.at, stamp.precision, stamp.text) == (f"{at}+07:00", precision, printed)
        assert stamp.flags == ()
        assert is_stamp_line(text)


@pytest.mark.parametrize(
    "printed",
    [
        "Cập nhật ngày: 31/02/2018 10:12:28",
        "Cập nhật ngày: 29/02/2023 10:12:28",
        "Cập nhật ngày: 03/25/2018 10:12:28",
        "Cập nhật ngày: 00/01/2018 10:12:28",
        "Cập nhật ngày: 03/01/2018 25:12:28",
        "Cập nhật ngày: 03/01/2018 10:61:28",
        "Cập nhật ngày: 03/01/2018 17:12 SA",
    ],
)
def test_keeps_the_impossible_as_text(printed: str) -> None:
    stamp = find_stamp(printed)
    assert stamp is not None
    assert (stamp.text, stamp.at, stamp.precision) == (printed, None, None)
    assert stamp.flags == ("stamp:impossible",)


@pytest.mark.parametrize(
    "printed",
    [
        "2 giờ trước",
        "Cập nhật: 15 phút trước",
        "hôm qua",
        "Hôm nay, 10:12",
        "vừa xong",
        "3 ngày trước",
    ],
)
def test_refuses_relative_forms(printed: str) -> None:
    stamp = find_stamp(printed)
    assert stamp is not None
    assert stamp.at is None
    assert stamp.flags == ("stamp:relative",)


@pytest.mark.parametrize(
    "text",
    [
        "Thứ sáu, 15-11-24 13:29:25",
        "Ngày 3/7",
        "Sáng 13-2",
        "năm 2018",
        "0939/000/000",
        "13/2026",
        "Tháng 11/2017",
        "",
        "10:12:28",
        "1/2 số hộ",
        "3.000 đồng/kg",
    ],
)
def test_takes_nothing_else_for_a_stamp(text: str) -> None:
    assert find_stamp(text) is None


def test_flags_a_weekday_that_contradicts_its_date() -> None:
    stamp = find_stamp("Thứ Hai, 13/02/2026, 17:43 (GMT+7)")
    assert stamp is not None
    assert stamp.at == "2026-02-13T17:43:00+07:00"
    assert stamp.flags == ("stamp:weekday-mismatch",)


def test_flags_a_date_before_the_site() -> None:
    stamp = find_stamp("Cập nhật ngày: 01/01/1970 07:00:00")
    assert stamp is not None
    assert stamp.flags == ("stamp:before-site",)


def test_flags_the_future() -> None:
    stamp = Stamp("x", "2031-01-01T00:00:00+07:00", "day")
    assert clock_flags(stamp, "2026-11-24T06:47:55.123Z") == ("stamp:future",)
    assert clock_flags(stamp, "2031-01-01T06:47:55.123Z") == ()
    assert clock_flags(stamp, None) == ()


@pytest.mark.parametrize(("hours", "flags"), [(23, ()), (24, ()), (25, ("stamp:future",))])
def test_a_stamp_may_be_a_day_ahead(hours: int, flags: tuple[str, ...]) -> None:
    """A stamp of a bare day, and a page fetched from another time zone, are not in the future."""
    fetched = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    stamp = Stamp("x", (fetched + timedelta(hours=hours)).isoformat(), "minute")
    assert clock_flags(stamp, fetched.isoformat()) == flags


def test_takes_the_stamp_out_of_its_line() -> None:
    stamp = find_stamp("Xã hội | Thứ Sáu, 13/02/2026, 17:43 (GMT+7) | Lượt xem: 1.204")
    assert stamp is not None
    assert stamp.text == "Thứ Sáu, 13/02/2026, 17:43 (GMT+7)"
    assert not is_stamp_line(
        "Căn cứ Nghị quyết ban hành ngày 03/01/2018 của HĐND tỉnh về việc hỗ trợ người dân vùng lũ"
    )


def test_tells_publication_from_update() -> None:
    for label, publication in (
        ("Ngày đăng: ", True),
        ("Xuất bản: ", True),
        ("Cập nhật ngày: ", False),
        ("", False),
    ):
        stamp = find_stamp(f"{label}03/01/2018 10:12")
        assert stamp is not None
        assert stamp.is_publication is publication


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019-08-05T05:14:51+07:00", "2019-08-05T05:14:51+07:00"),
        ("2019-08-04T22:14:51Z", "2019-08-05T05:14:51+07:00"),
        ("2019-08-05 05:14", "2019-08-05T05:14:00+07:00"),
        ("2019-08-05", "2019-08-05T00:00:00+07:00"),
        ("2019-13-05", None),
        ("05/08/2019", None),
    ],
)
def test_reads_machine_stamps(text: str, meant: str | None) -> None:
    moment = read_iso(text)
    assert (moment.isoformat() if moment else None) == meant


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Cập nhật ngày:", True),
        ("Đăng lúc", True),
        ("Cập nhật ngày: 05/03/2019", False),
        ("Cập nhật tin bão số 5", False),
        ("", False),
    ],
)
def test_a_label_may_stand_alone(text: str, alone: bool) -> None:
    assert is_label(text) is alone


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("Cập nhật: 2026-11-24 06:30", "2026-11-24T06:30:00+07:00", "minute"),
        ("2026-11-24T06:30:15+07:00", "2026-11-24T06:30:15+07:00", "second"),
        ("2026-11-23T23:30:15Z", "2026-11-24T06:30:15+07:00", "second"),
        ("2026-11-24", "2026-11-24T00:00:00+07:00", "day"),
        ("24/11/2026 5h29'", "2026-11-24T05:29:00+07:00", "minute"),
        ("5h29’ ngày 24/11/2026", "2026-11-24T05:29:00+07:00", "minute"),
        ("24/11/2026 06:30 (GMT+7)", "2026-11-24T06:30:00+07:00", "minute"),
        ("24/11/2026 06:30 GMT+0", "2026-11-24T13:30:00+07:00", "minute"),
        ("24/11/2026 06:30 UTC", "2026-11-24T13:30:00+07:00", "minute"),
        ("24/11/2026 23:30 GMT-5", "2026-11-25T11:30:00+07:00", "minute"),
        ("24/11/2026 06:30 GMT+08:30", "2026-11-24T05:00:00+07:00", "minute"),
    ],
)
def test_a_machines_stamp_and_a_printed_zone_say_what_they_say(text, at, precision):
    stamp = find_stamp(text)
    assert (stamp.at, stamp.precision, stamp.flags) == (at, precision, ())
    assert is_stamp_line(text)


@pytest.mark.parametrize(
    "text", ["Nghị quyết 2026-2030-12", "mã số 2026-11-24-7", "số 1/2026-11-24"]
)
def test_a_number_with_dashes_is_no_stamp(text):
    assert find_stamp(text) is None


@pytest.mark.parametrize(
    ("line", "shown", "want"),
    [
        ("14:09", "14:09", "2026-11-25T14:09:00+07:00"),
        ("2 giờ trước", "2 giờ trước", "2026-11-25T14:09:00+07:00"),
        ("25/11/2026", "25/11/2026", "2026-11-25T14:09:00+07:00"),
        ("Đăng lúc: 14:09 |", "14:09", "Đăng lúc: 2026-11-25T14:09:00+07:00"),
        # It says as much, or another day, or is not all of the line.
        ("25/11/2026 - 14:10", "25/11/2026 - 14:10", None),
        ("24/11/2026", "24/11/2026", None),
        ("Sáng 25/11, đoàn công tác", "25/11", None),
    ],
)
def test_what_a_time_element_states_is_its_stamp(line, shown, want):
    assert with_moment(line, shown, "2026-11-25T14:09:00+07:00") == (want or line)


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("13 Tháng hai, 2026", "2026-02-13T00:00:00+07:00"),
        ("Được đăng: 13 Tháng 2 2026", "2026-02-13T00:00:00+07:00"),
        ("13 tháng mười hai năm 2025, 19:48", "2025-12-13T19:48:00+07:00"),
        ("Thứ 6, 13/02/2026 | 11:51:00 [GMT +7]", "2026-02-13T11:51:00+07:00"),
    ],
)
def test_months_in_words_and_zones_in_square_brackets(line, at):
    stamp = find_stamp(line)
    assert stamp
    assert stamp.at == at
    assert line.endswith(stamp.text)


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        # Words lead up to a bare day, or go on from it: it is a day of the text.
        ("Giá nông sản ngày 6/8/2018:", False),
        ("6/8/2018 là ngày khai giảng", False),
        ("(19/8/1945 - 19/8/2018)", False),
        ("Xã hội | 6/8/2018", True),
        ("6/8/2018 | Lượt xem", True),
        ("6/8/2018", True),
        # A sentence is no stamp, whatever it holds.
        ("Ngày 13/2/2026 10:15, khai mạc hội hoa xuân.", False),
        ("Cập nhật: 13/2/2026 10:15.", True),
        # A counter may stand beside a stamp; other words of that length may not.
        (f"Cập nhật: 13/2/2026 10:15 | Lượt xem: {'1' * 40}", True),
        (f"Cập nhật: 13/2/2026 10:15 | {'Lúa ' * 12}", False),
        # A relative stamp stands alone.
        ("2 giờ trước", True),
        ("2 giờ trước |", True),
        ("Một năm trước, nơi đây còn là bãi bồi", False),
        ("", False),
    ],
)
def test_a_line_that_is_a_stamp_and_hardly_anything_else(line, alone):
    assert is_stamp_line(line) is alone


def test_a_line_too_long_for_a_stamp_is_none():
    line = f"Cập nhật: 13/2/2026 10:15 | Lượt xem: {'1' * 200}"
    assert is_stamp_line(line[:150])
    assert not is_stamp_line(line[:151])


@pytest.mark.parametrize(("seconds", "now"), [(0, True), (120, True), (-120, True), (121, False)])
def test_a_stamp_of_the_moment_of_fetching_is_flagged(seconds, now):
    fetched = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    at = (fetched + timedelta(seconds=seconds)).isoformat()
    assert clock_flags(Stamp("x", at, "minute"), fetched.isoformat()) == ("stamp:now",) * now
    assert clock_flags(Stamp("x", at, "day"), fetched.isoformat()) == ()


@pytest.mark.parametrize(
    ("printed", "flag"),
    [
        ("Cập nhật ngày: 01/01/1970 07:00:00", "stamp:before-site"),
        ("Cập nhật ngày: 01/01/9998 07:00:00", "stamp:impossible"),
    ],
)
def test_of_a_year_that_cannot_be_the_print_is_kept_and_no_moment(printed, flag):
    stamp = find_stamp(printed)
    assert (stamp.text, stamp.at, stamp.precision) == (printed, None, "second")
    assert (stamp.label, stamp.flags) == ("Cập nhật ngày:", (flag,))


def test_a_weekday_after_the_time_is_compared_too():
    assert find_stamp("08:30 Thứ Hai, 05/02/2024").flags == ()
    assert find_stamp("08:30 Thứ Ba, 05/02/2024").flags == ("stamp:weekday-mismatch",)


def test_a_relative_form_is_kept_without_the_words_beside_it():
    assert find_stamp("Đăng 2 giờ trước | Xã hội").text == "Đăng 2 giờ trước"


def test_the_author_beside_a_moment_is_left_out():
    stated = "2026-11-25T14:09:00+07:00"
    assert with_moment("14:09 bởi Song An", "14:09", stated) == stated
    assert with_moment("14:09 | Xã hội", "14:09", stated) == f"{stated} | Xã hội"
