"""What a calendar day holds, and when it is due somewhere. Pure: no clock and no Discord."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import gcd
from typing import Any, Final
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.corpus.store import Corpus
from bot.errors import NotADate
from bot.record import Event, Statement, month_day, month_number

_ISO: Final = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_MONTH: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?:\s+of)?\s+(?P<name>[a-z]+)\.?,?(?:\s+(?P<year>\d{4}))?"
)
_MONTH_DAY: Final = re.compile(r"(?P<name>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Day:
    """What falls on a calendar day, oldest first."""

    on: date
    said: tuple[Statement, ...]
    reported: tuple[Statement, ...]
    """Statements of which only the report has a day."""
    events: tuple[Event, ...]

    def __bool__(self) -> bool:
        return bool(self.said or self.reported or self.events)


def the_day(corpus: Corpus, on: date) -> Day:
    """Everything whose calendar day this is. What falls on 29 February shows on 28 February of other years too."""
    days = [on.strftime("%m-%d")]
    if (on.month, on.day) == (2, 28) and not isleap(on.year):
        days.append("02-29")
    return Day(
        on,
        tuple(statement for day in days for statement in corpus.said_on(day)),
        tuple(statement for day in days for statement in corpus.reported_on(day)),
        tuple(event for day in days for event in corpus.events_on(day)),
    )


# The digest of a day


class Policy(StrEnum):
    """What a digest holds on a day that has nothing."""

    NEAREST = "nearest"
    """The closest anniversary within seven days, under its own date."""
    FROM_THE_RECORD = "from_the_record"
    """A dated statement, chosen by the date."""
    SKIP = "skip"
    """Nothing: the day is left out."""


NEAR: Final = 7
"""Days within which an anniversary is near."""

_EPOCH: Final = date(2000, 1, 1)
"""Empty days are counted from here, on every machine."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a channel gets on a local date."""

    on: date
    title: str
    day: Day
    """What is shown: the day's own, or what its policy put in its place."""
    used: Policy | None = None
    """The policy that an empty day made necessary."""

    def __bool__(self) -> bool:
        return bool(self.day)

    @property
    def label(self) -> str:
        """What must be said of a day that had nothing of its own; empty otherwise."""
        match self.used:
            case Policy.NEAREST if self.day:
                return f"Nothing falls on {month_day(self.on)}. The nearest day that has: {month_day(self.day.on)}."
            case Policy.FROM_THE_RECORD if self.day:
                return f"Nothing falls on {month_day(self.on)}. From the record:"
        return ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for other tools."""
        groups = (("Said on this day", self.day.said), ("Reported on this day", self.day.reported))
        statements = [
            {
                "kind": "statement",
                "id": statement.id,
                "date": statement.when.edtf,
                "years_ago": self.on.year - statement.when.latest.year,
                "heading": "From the record" if self.used is Policy.FROM_THE_RECORD else heading,
                "text": statement.citation.shown,
            }
            for heading, group in groups
            for statement in group
        ]
        events = [
            {
                "kind": "event",
                "id": event.id,
                "date": event.on.edtf,
                "years_ago": self.on.year - event.on.latest.year,
                "heading": "Events",
                "text": event.description,
            }
            for event in self.day.events
        ]
        said = len(self.day.said)
        return {
            "date": self.on.isoformat(),
            "title": self.title,
            "policy_used": self.used and str(self.used),
            "entries": [*statements[:said], *events, *statements[said:]],
        }


def compose(corpus: Corpus, on: date, policy: Policy) -> Digest:
    """The digest of a local date. Empty where the policy leaves the day out, or nothing is near."""
    title = corpus.collection.digest_title
    today = the_day(corpus, on)
    if today:
        return Digest(on, title, today)
    match policy:
        case Policy.NEAREST:
            return Digest(on, title, _nearest(corpus, on) or today, policy)
        case Policy.FROM_THE_RECORD:
            return Digest(on, title, _from_the_record(corpus, on) or today, policy)
        case Policy.SKIP:
            return Digest(on, title, today, policy)


def _nearest(corpus: Corpus, on: date) -> Day | None:
    """The closest day that has something, the earlier of two; None where none is within a week."""
    for distance in range(1, NEAR + 1):
        for days in (-distance, distance):
            near = the_day(corpus, on + timedelta(days=days))
            if near:
                return near
    return None


def _from_the_record(corpus: Corpus, on: date) -> Day | None:
    """A dated statement: the n-th empty day since the epoch shows the n-th of a fixed shuffle.

    Steps of a length that shares no divisor with their number go through all of them before one comes again.
    """
    size = corpus.count_dated()
    if not size:
        return None
    step = next(step for step in range(max(1, int(size * 0.618)), 2 * size + 2) if gcd(step, size) == 1)
    number = corpus.dated_number(_empty_days_before(corpus, on) * step % size)
    return Day(on, (corpus.statement(number),), (), ())


def _empty_days_before(corpus: Corpus, on: date) -> int:
    """How many days since the epoch had nothing."""
    full = {day.id for day in corpus.days()}
    common = len(full - {"02-29"}) + ("02-29" in full and "02-28" not in full)
    leap = len(full)
    years = range(_EPOCH.year, on.year)
    before = sum(leap if isleap(year) else common for year in years)
    first = date(on.year, 1, 1)
    so_far = sum(_has_something(first + timedelta(days=days), full) for days in range((on - first).days))
    return (on - _EPOCH).days - before - so_far


def _has_something(day: date, full: set[str]) -> bool:
    shown_early = (day.month, day.day) == (2, 28) and not isleap(day.year) and "02-29" in full
    return f"{day:%m-%d}" in full or shown_early


# When it is due


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
    wall = datetime.combine(on, at)
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
    return None if whole_day_gone else end


# Days in words


def years_ago(then: date, now: date) -> str:
    """How many calendar years lie between, in words."""
    years = now.year - then.year
    if years < 0:
        return "in 1 year" if years == -1 else f"in {-years} years"
    return {0: "this year", 1: "a year ago"}.get(years, f"{years} years ago")


def parse_day(text: str, today: date) -> date:
    """The calendar day somebody means: “6 December”, “Dec 6”, “12-06”, “2017-12-06”, “today”.

    A day without a year is this year's; 29 February without one is the last there was.

    Raises:
        NotADate: with what to write instead.
    """
    words = " ".join(text.casefold().split())
    if words in {"", "today", "now"}:
        return today
    found = next(filter(None, (form.fullmatch(words) for form in (_ISO, _DAY_MONTH, _MONTH_DAY))), None)
    parts = found.groupdict() if found else {}
    month = int(parts["month"]) if parts.get("month") else month_number(parts.get("name", "") or "")
    if not found or not month:
        raise NotADate(f"“{text}” is no day I can read. Write it like 6 December, 12-06 or 2017-12-06.")
    day, year = int(parts["day"]), int(parts["year"] or today.year)
    if (month, day) == (2, 29) and not parts["year"]:
        year = next(
            leap for leap in range(today.year, 0, -1) if isleap(leap) and (leap, 2, 29) <= today.timetuple()[:3]
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(f"“{text}” is not in the calendar. Write it like 6 December, 12-06 or 2017-12-06.") from None


def complete_day(corpus: Corpus, typed: str, today: date, limit: int) -> list[tuple[str, str]]:
    """(label, value) of days that have something, from today on, or those closest to what is being typed."""
    days = [(date(2000, *map(int, day.id.split("-"))), day.statements) for day in corpus.days()]
    upcoming = sorted(days, key=lambda day: (day[0].timetuple()[1:3] < today.timetuple()[1:3], day[0]))
    labels = {day.strftime("%m-%d"): f"{month_day(day)} ({count})" for day, count in upcoming}
    wanted = " ".join(typed.casefold().split())
    if wanted:
        exact = [value for value, label in labels.items() if wanted in f"{label} {value}".casefold()]
        close = process.extract(wanted, labels, scorer=fuzz.partial_ratio, score_cutoff=75, limit=limit)
        chosen = list(dict.fromkeys([*exact, *(value for _, _, value in close)]))
    else:
        chosen = list(labels)
    return [(labels[value], value) for value in chosen[:limit]]
