"""When a digest is due: once for each date of a zone's calendar. Pure: the instant is an argument."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """An instant, in UTC, and the local date that it belongs to."""

    at: datetime
    on: date


def next_due(at: time, zone: ZoneInfo, after: datetime) -> Due:
    """The first instant after ``after`` at which a digest is due.

    Once for each date of the zone's calendar: a time that comes twice counts the first time, a time that does not exist
    comes at the next instant that does, and a date that the zone skipped whole is left out.
    """
    on = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        instant = _instant(on, at, zone)
        if instant and instant > after:
            return Due(instant, on)
        on += timedelta(days=1)


def due_on(at: time, zone: ZoneInfo, on: date) -> datetime | None:
    """The instant at which the digest of a local date is due; None where the zone has no such date."""
    return _instant(on, at, zone)


def local_date(zone: ZoneInfo, instant: datetime) -> date:
    """The date in a zone."""
    return instant.astimezone(zone).date()


def _instant(on: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall-clock time, or the next that exists; None where the zone has no such date."""
    wall = datetime.combine(on, at.replace(fold=0))
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    # In a gap: the wall clock jumps from before it to after it at one instant, which lies between these two.
    early, late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if middle.astimezone(zone).replace(tzinfo=None) < wall else (early, middle)
    end = late.replace(microsecond=0)
    midnight = datetime.combine(on + timedelta(days=1), time())
    start_of_day = datetime.combine(on, time())
    before = (end - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    whole_day_gone = before < start_of_day and end.astimezone(zone).replace(tzinfo=None) >= midnight
    if whole_day_gone:
        return None
    # A gap that runs to midnight would end on the next date; the last minute before it is still on this one.
    return end if end.astimezone(zone).date() == on else (end - timedelta(minutes=1)).replace(second=0)
