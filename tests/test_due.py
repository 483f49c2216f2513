"""When a digest is due: once for each date of a zone's calendar."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due import Due, due_on, next_due

ZONES = sorted(available_timezones())


def dues(zone: str, at: time, start: datetime, count: int) -> list[Due]:
    found: list[Due] = []
    for _ in range(count):
        found.append(next_due(at, ZoneInfo(zone), found[-1].at if found else start))
    return found


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Kyiv",
        "America/St_Johns",
        "Africa/Cairo",
        "America/Santiago",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
    ],
)
@pytest.mark.parametrize(
    "at", [time(0), time(0, 30), time(1, 45), time(2, 15), time(2, 30), time(3), time(12), time(23, 59)]
)
def test_it_comes_once_on_each_day_of_a_year(zone, at):
    year = dues(zone, at, datetime(2025, 12, 31, tzinfo=UTC), 400)
    of_2026 = [due.on for due in year if due.on.year == 2026]
    assert of_2026 == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize(
    ("zone", "at", "on", "local"),
    [
        ("America/Havana", time(0), date(2026, 3, 8), "2026-03-08T01:00:00-04:00"),
        ("Africa/Cairo", time(0, 30), date(2026, 4, 24), "2026-04-24T01:00:00+03:00"),
        ("America/Santiago", time(0), date(2026, 9, 6), "2026-09-06T01:00:00-03:00"),
        ("Europe/Kyiv", time(3, 30), date(2026, 3, 29), "2026-03-29T04:00:00+03:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), "2026-10-04T02:30:00+11:00"),
    ],
)
def test_a_time_that_does_not_exist_comes_at_the_next_that_does(zone, at, on, local):
    instant = due_on(at, ZoneInfo(zone), on)
    assert instant is not None
    assert instant.astimezone(ZoneInfo(zone)).isoformat() == local


@pytest.mark.parametrize(
    ("zone", "at", "on", "local"),
    [
        ("America/Havana", time(0, 30), date(2026, 11, 1), "2026-11-01T00:30:00-04:00"),
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 5), "2026-04-05T01:45:00+11:00"),
        ("America/St_Johns", time(1, 30), date(2026, 11, 1), "2026-11-01T01:30:00-02:30"),
    ],
)
def test_a_time_that_comes_twice_counts_the_first_time(zone, at, on, local):
    instant = due_on(at, ZoneInfo(zone), on)
    assert instant is not None
    assert instant.astimezone(ZoneInfo(zone)).isoformat() == local


def test_a_date_that_a_zone_skipped_is_left_out():
    samoa = dues("Pacific/Apia", time(12), datetime(2011, 12, 28, tzinfo=UTC), 4)
    assert [due.on.day for due in samoa] == [28, 29, 31, 1]
    assert due_on(time(12), ZoneInfo("Pacific/Apia"), date(2011, 12, 30)) is None


@given(
    st.sampled_from(ZONES),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2035-01-01")),
)
def test_dues_follow_each_other_by_date_and_by_instant(zone, at, start):
    found = dues(zone, at, start.replace(tzinfo=UTC), 5)
    assert all(one.at < other.at and one.on < other.on for one, other in pairwise(found))
    for due in found:
        there = due.at.astimezone(ZoneInfo(zone))
        assert there.date() == due.on or (there - timedelta(days=1)).date() == due.on
        assert there.time() >= at or there.date() > due.on
        assert due_on(at, ZoneInfo(zone), due.on) == due.at
