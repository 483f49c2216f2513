"""A day of the year as people write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import complete_day, parse_day
from bot.errors import NotADate

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", TODAY),
        ("today", TODAY),
        ("6 December", date(2026, 12, 6)),
        ("dec 6", date(2026, 12, 6)),
        ("6th of December", date(2026, 12, 6)),
        ("December 6, 2017", date(2017, 12, 6)),
        ("12-06", date(2026, 12, 6)),
        ("2017-12-06", date(2017, 12, 6)),
        ("  17   FEB ", date(2026, 2, 17)),
        ("29 February", date(2024, 2, 29)),
        ("02-29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["soon", "31 February", "2017-02-29", "99", "6 Foo", "13-40", "0-0", "²-1", "1-1-1-1"])
def test_what_is_no_day_says_how_to_write_one(text):
    with pytest.raises(NotADate, match="Write it like 6 December, 12-06 or 2017-12-06"):
        parse_day(text, TODAY)


@given(st.text(max_size=30), st.dates())
def test_whatever_is_typed_is_a_day_or_no_day(text, today):
    try:
        parse_day(text, today)
    except NotADate:
        pass


def test_days_that_have_something_are_offered_from_today_on(generation):
    offers = complete_day(generation.corpus, "", TODAY, 25)
    assert len(offers) == 25
    assert offers[0][1] >= "11-22"
    assert complete_day(generation.corpus, "6 dec", TODAY, 25)[0][1] == "12-06"
    for _, value in complete_day(generation.corpus, "february", TODAY, 25):
        assert parse_day(value, TODAY).month == 2
