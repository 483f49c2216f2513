"""What a calendar day holds, and what a digest shows of it. Pure: no clock and no Discord."""

from calendar import isleap
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import gcd
from typing import Any, Final, TypeAlias

from bot.corpus.store import Corpus
from bot.record import Event, Statement, month_day


@dataclass(frozen=True, slots=True)
class Day:
    """What falls on a calendar day, oldest first. It may be much; that is read which is looked at."""

    on: date
    said: Sequence[Statement]
    reported: Sequence[Statement]
    """Statements of which only the report has a day."""
    events: Sequence[Event]

    def __bool__(self) -> bool:
        return bool(self.said or self.reported or self.events)

    def sections(self, this: str = "this") -> "list[Section]":
        """What falls on it, under what it is called: “Said on this day”, or on that."""
        return [
            (f"Said on {this} day", self.said),
            ("Events", self.events),
            (f"Reported on {this} day", self.reported),
        ]


Section: TypeAlias = tuple[str, Sequence[Statement | Event]]
"""A heading, and what stands under it."""


def the_day(corpus: Corpus, on: date) -> Day:
    """Everything whose calendar day this is. What falls on 29 February shows on 28 February of other years too."""
    day = until = f"{on:%m-%d}"
    if day == "02-28" and not isleap(on.year):
        until = "02-29"
    return Day(on, corpus.said_on(day, until), corpus.reported_on(day, until), corpus.events_on(day, until))


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
        nothing = f"Nothing falls on {month_day(self.on)}"
        match self.used:
            case Policy.NEAREST if self.day:
                return f"{nothing}; the nearest day with something is {month_day(self.day.on)}."
            case Policy.FROM_THE_RECORD if self.day:
                return f"{nothing}."
        return ""

    @property
    def sections(self) -> "list[Section]":
        """What is shown, under what it is called."""
        if self.used is Policy.FROM_THE_RECORD:
            return [("From the record", self.day.said)]
        return self.day.sections("this" if self.used is None else "that")

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for other tools."""
        return {
            "date": self.on.isoformat(),
            "title": self.title,
            "policy_used": self.used and str(self.used),
            "entries": [self._entry(heading, entry) for heading, entries in self.sections for entry in entries],
        }

    def _entry(self, heading: str, entry: Statement | Event) -> dict[str, Any]:
        statement = isinstance(entry, Statement)
        when = entry.when if isinstance(entry, Statement) else entry.on
        return {
            "kind": "statement" if statement else "event",
            "id": entry.id,
            "date": when.edtf,
            "years_ago": years_between(when.latest, self.on),
            "heading": heading,
            "text": entry.citation.shown if isinstance(entry, Statement) else entry.description,
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
    days, today = {day.id for day in corpus.days()}, f"{on:%m-%d}"
    before = sum(len(_full(days, year)) for year in range(_EPOCH.year, on.year))
    so_far = sum(day < today for day in _full(days, on.year))
    return (on - _EPOCH).days - before - so_far


def _full(days: Set[str], year: int) -> Set[str]:
    """The calendar days (``MM-DD``) of a year that show something, given those that have something."""
    if isleap(year) or "02-29" not in days:
        return days
    return days - {"02-29"} | {"02-28"}


def years_between(then: date, now: date) -> int:
    """Whole years from a day to another. 29 February comes round on the 28th of a year that has none."""
    early = (then.month, then.day) == (2, 29) and not isleap(now.year)
    return now.year - then.year - ((now.month, now.day) < (then.month, 28 if early else then.day))


def years_ago(then: date, now: date) -> str:
    """The same in words."""
    years = years_between(then, now)
    if years > 0:
        return "a year ago" if years == 1 else f"{years} years ago"
    return "less than a year ago" if then < now else "today" if then == now else "still to come"
