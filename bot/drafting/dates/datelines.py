"""When an article appeared, as far as its dateline and what it says settle that. Pure: a text, and no clock."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.drafting.dates import reckoning, times
from bot.drafting.dates.times import Expression
from bot.drafting.daynames import weekday_number
from bot.drafting.intake.patterns import DATELINE
from bot.drafting.values import LINE
from bot.record import Dating, full_date

_HEAD: Final = 3_000
"""Characters within which a dateline stands."""
_YEAR: Final = re.compile(r"(?<![\d.,-])(?:19[89]\d|20[0-4]\d)(?![\d%]|,\d)")
_BEFORE_A_YEAR: Final = re.compile(r"\b(?:by|until|till|through|before|from)\s+$")
_MAX_TEXT: Final = 200_000
"""Characters that are looked at: no article is longer."""
_AHEAD: Final = 4
"""Years from the latest one named within which an article is taken to have appeared."""


def published(text: str) -> tuple[Dating, str, tuple[str, ...]] | None:
    """The day an article appeared, with how that is known and what makes it doubtful; None where nothing settles it.

    For a page that gives no date of its own. A dateline with a year settles it; without one, a weekday with day and
    month settles the year, counted from the latest year that the article itself names.
    """
    text = text[:_MAX_TEXT]
    dateline = next(_datelines(text), None)
    named = max(_years(text), default=None)
    if dateline and dateline.match.groupdict().get("year"):
        reading = times.resolve(dateline, None)
        return (reading.dating, f"the dateline says {dateline.words}", reading.because) if reading.dating else None
    full = [
        one for one in times.find(text) if _has(one, "weekday") and _has(one, "month", "day") and not _has(one, "year")
    ]
    solved = [(one, day) for one in full if (day := _solve(one, named))]
    year = solved[0][1].year if solved else None
    flag = "the year is worked out from the weekday, counted from the latest year that the article names"
    if dateline and year:
        filed = reckoning.calendar_day(year, reckoning.month_of(dateline.match), int(dateline.match["day"]))
        if filed:
            basis = f"the dateline says {dateline.words}; {solved[0][0].words} makes the year {year}"
            return Dating.parse(f"{filed}"), basis, (flag,)
    if solved and len({day.year for _, day in solved}) == 1:
        one, day = max(solved, key=lambda pair: pair[1])
        basis = f"the article speaks of {one.words}, which makes it {full_date(day)} or soon after"
        return Dating.parse(f"{day}~"), basis, (flag, "no day of publication is stated")
    return None


def _datelines(text: str) -> Iterator[Expression]:
    """“BRUSSELS, Feb 16 (Reuters) -”, “MOSCOW, December 7. /TASS/”."""
    for line in LINE.finditer(text, 0, _HEAD):
        dateline = DATELINE.match(line[0].strip())
        for one in times.find(dateline["day"]) if dateline and dateline["day"] else ():
            if _has(one, "month", "day"):
                yield one


def _has(expression: Expression, *groups: str) -> bool:
    given = expression.match.groupdict()
    return all(given.get(group) for group in groups) and "last" not in given


def _years(text: str) -> Iterator[int]:
    """Years that the article names as past: not those it looks ahead to."""
    for found in _YEAR.finditer(text):
        if not _BEFORE_A_YEAR.search(text, max(0, found.start() - 12), found.start()):
            yield int(found[0])


def _solve(expression: Expression, named: int | None) -> date | None:
    """The first year, from the latest named on, in which that day and month are that weekday."""
    if named is None:
        return None
    match = expression.match
    weekday, month = weekday_number(match["weekday"]), reckoning.month_of(match)
    for year in range(named, named + _AHEAD + 1):
        day = reckoning.calendar_day(year, month, int(match["day"]))
        if day and day.weekday() == weekday:
            return day
    return None
