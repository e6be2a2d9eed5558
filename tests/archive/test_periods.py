"""Dates as people write them."""

import pytest

from archive.errors import UsageError
from archive.periods import Period, day_of, parse, require


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("02/2018", "2018-02-01", "2018-02-28"),
        ("2016-2", "2016-02-01", "2016-02-29"),
        ("3/1/2018", "2018-01-03", "2018-01-03"),  # the day first, as in Vietnam
        ("3.1.2018", "2018-01-03", "2018-01-03"),
        ("2018-01-03", "2018-01-03", "2018-01-03"),
        ("2018/1/3", "2018-01-03", "2018-01-03"),
        ("2015..2018", "2015-01-01", "2018-12-31"),
        ("3/2018 .. 5/1/2019", "2018-03-01", "2019-01-05"),
    ],
)
def test_what_is_a_date(typed, first, last):
    assert parse(typed) == Period(first, last)
    assert require(typed) == Period(first, last)


@pytest.mark.parametrize(
    "typed",
    ["", "hôm qua", "18", "31/2/2018", "13/2018", "1/13/2018", "2018..", "..2018", "2018..x", "0000",
     "2018-01-03T10:00", "2018 " * 20],
)  # fmt: skip
def test_what_is_not_a_date(typed):
    assert parse(typed) is None
    with pytest.raises(UsageError, match="is not a date; write 2018"):
        require(typed)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2018-01-03T10:12:28+07:00", "2018-01-03"),
        ("2000-01-01", "2000-01-01"),
        ("2099-12-31T23:59:59+07:00", "2099-12-31"),
        ("1999-12-31", None),
        ("2100-01-01", None),
        ("0001-01-01T00:00:00+07:00", None),
        ("2018-02-30", None),
        ("2018-01-031", None),
        ("03/01/2018", None),
        ("", None),
        (None, None),
        (20180103, None),
    ],
)
def test_a_day_is_counted_only_if_a_newspaper_can_have_it(stamp, day):
    assert day_of(stamp) == day


def test_a_period_in_words():
    assert str(Period("2018-01-03", "2018-01-03")) == "on 2018-01-03"
    assert str(Period("2018-01-01", "2018-12-31")) == "from 2018-01-01 to 2018-12-31"
    assert str(Period("2018-01-01", "")) == "from 2018-01-01"
    assert str(Period("", "2018-12-31")) == "to 2018-12-31"
