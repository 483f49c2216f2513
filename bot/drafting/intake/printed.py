"""Dates as pages print them: “June 19, 2018”, “19.06.2018”, “Published on Tuesday, 19 June 2018, 18:30 GMT”."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.drafting.daynames import ANY_MONTH, ANY_WEEKDAY, WEEKDAYS, weekday_number
from bot.drafting.intake.patterns import DATELINE, ZONE
from bot.record import Dating, month_number

_DATE: Final = re.compile(
    "|".join(
        (
            rf"(?P<month1>{ANY_MONTH})\.?\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year1>(?:19|20)\d\d))?(?!\d|:\d)",
            rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -](?:of )?(?P<month2>{ANY_MONTH})\.?"
            r"(?:[, -]+(?P<year2>(?:19|20)\d\d))?(?!\d)",
            r"(?P<year3>(?:19|20)\d\d)(?P<sep3>[-/.])(?P<month3>\d{1,2})(?P=sep3)(?P<day3>\d{1,2})(?!\d)",
            r"(?P<day4>\d{1,2})(?P<sep4>[-/.])(?P<month4>\d{1,2})(?P=sep4)(?P<year4>(?:19|20)\d\d)(?!\d)",
            rf"(?P<month5>{ANY_MONTH})\.?,?\s+(?P<year5>(?:19|20)\d\d)(?!\d)",
        )
    ),
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(rf"{ANY_WEEKDAY}\.?", re.IGNORECASE)
_PUBLISHED: Final = re.compile(
    r"(?:first |originally )?(?:published|posted|issued|released|created)(?: date)?(?: (?:on|at))?\b"
    r"|(?:publication |publish |release )?date(?: of publication| published)?\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"(?:last |latest )?(?:updated?|modified|edited|revised|changed)(?: (?:on|at))?\b", re.IGNORECASE
)
_FILLING: Final = re.compile(  # what else may stand on such a line: the time of day, its zone, what separates
    rf"\d{{1,2}}[:.h]\d\d(?::\d\d)?|\d{{4}}(?= {ZONE}\b)|[ap]\.?m\b\.?"
    r"|T\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?|[+-]\d\d:?\d\d"
    rf"|\(?\b(?:{ZONE}|Z)\b(?:[+-]\d{{1,2}})?\)?"
    r"|(?:live|on|at|Uhr|local time|(?:Moscow|Brussels|Kyiv|UK) time|UK)\b"
    r"|\d+[- ]min(?:ute)?s? read\b|\d+ (?:hours?|minutes?|days?|weeks?|months?|years?) ago\b"
    r"|[\s.,;:|·•—–/()-]+",
    re.IGNORECASE,
)

_BEFORE_DATE: Final = re.compile(r"[\s.,;|·•—–(-]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date that stands on a line of its own."""

    dating: Dating | None
    """With the precision printed; None where no year is. A day of two readings (03/04/2018) is a span of both."""
    label: str = ""
    """“published” or “updated”, where the page says which."""
    doubt: str = ""
    """What makes it doubtful, a clause for the curator."""


def date_line(line: str) -> tuple[Printed, ...]:
    """The dates of a line that holds nothing else, in order; empty for any other line.

    AFP prints them behind a dateline of their own: “Reykjavik (AFP) – 19/04/2023 - 18:07”.
    """
    found, end = _scan(line, 0)
    if end < len(line) and (filed := DATELINE.match(line)):
        found, end = _scan(line, filed.end())
    return tuple(found) if end == len(line) else ()


def _scan(line: str, at: int) -> tuple[list[Printed], int]:
    """The dates from an offset on, and where something else begins."""
    found: list[Printed] = []
    label, weekday = "", ""
    while at < len(line):
        if match := _DATE.match(line, at):
            found.append(_read(match, label, weekday))
            label = weekday = ""
        elif match := _PUBLISHED.match(line, at):
            label = "published"
        elif match := _UPDATED.match(line, at):
            label = "updated"
        elif match := _WEEKDAY.match(line, at):
            weekday = match[0]
        else:
            match = _FILLING.match(line, at)
        if match is None:
            break
        at = match.end()
    return found, at


def undated(line: str) -> tuple[str, str]:
    """A line without the date at its end, or before “by”, and that date: “By Ada Wren. Published March 4, 2019”."""
    reached = 0
    for match in _BEFORE_DATE.finditer(line):
        if match.end() < reached:
            continue
        found, reached = _scan(line, match.end())
        if found and reached == len(line):
            return line[: match.start()], line[match.end() :]
    when, by, whom = line.partition(" by ")
    return (f"by {whom}", when) if by and date_line(when) else (line, "")


def dates(text: str) -> Iterator[Printed]:
    """Every date with a year that stands in a piece of text, in order."""
    for match in _DATE.finditer(text):
        printed = _read(match, "", "")
        if printed.dating:
            yield printed


def _read(match: re.Match[str], label: str, weekday: str) -> Printed:
    form = next(n for n in "12345" if match[f"month{n}"])
    year = match[f"year{form}"]
    if not year:
        return Printed(None, label)
    month, day = match[f"month{form}"], match[f"day{form}"] if form != "5" else ""
    if form == "4" and match["sep4"] != ".":
        return _either_way(int(year), int(day), int(month), label)
    number = int(month) if month.isdigit() else month_number(month.casefold()[:3]) or 0
    edtf = f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    try:
        dating = Dating.parse(edtf)
    except ValueError:
        return Printed(None, label, f"“{match[0]}” is not in the calendar")
    if weekday and dating.day and dating.day.weekday() != weekday_number(weekday):
        return Printed(Dating.parse(f"{edtf}?"), label, f"{match[0]} was no {WEEKDAYS[weekday_number(weekday)]}")
    return Printed(dating, label)


def _either_way(year: int, first: int, second: int, label: str) -> Printed:
    """Numbers that one country reads as day and month, another as month and day."""
    readings = set()
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            readings.add(date(year, month, day))
    if not readings:
        return Printed(None, label, f"“{first}/{second}/{year}” is not in the calendar")
    early, late = min(readings), max(readings)
    if early == late:
        return Printed(Dating.parse(early.isoformat()), label)
    doubt = f"“{first}/{second}/{year}” may be read as day and month or as month and day"
    return Printed(Dating.parse(f"{early}/{late}"), label, doubt)
