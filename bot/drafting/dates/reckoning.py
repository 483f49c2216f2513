"""Which day, month or year words mean, given the day an article appeared. A rule for each way of writing them.

A weekday is the latest such day not after publication; a day and month without a year, the nearest not after it. What
a rule cannot settle alone carries a flag, or has no date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeAlias

from bot.drafting.daynames import WEEKDAYS, weekday_number
from bot.record import Dating, full_date, month_number

_NUMBERS: Final = {name: number for number, name in enumerate("zero one two three four five six seven".split())}
_HALF_A_YEAR: Final = 183
_ALMOST_A_YEAR: Final = 365 - 31
"""A day that old comes round within a month: where no year stands, it was announced rather than remembered."""
_FEASTS: Final = {"christmas": (12, 25), "christmas eve": (12, 24), "new year's eve": (12, 31), "new year's": (1, 1)}
"""Those that have the same date every year."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule makes of its words."""

    edtf: str = ""
    """Empty where no day, month or year comes of it."""
    flag: str = ""
    """What makes it doubtful."""
    absolute: bool = False
    """It means the same whenever the article appeared."""
    future: bool = False
    """It lies after the article: nothing was said then."""
    shift: int | None = None
    """Days from whatever date was named before: “the same day” is 0."""


Rule: TypeAlias = Callable[[re.Match[str], date | None], Found]
"""The words, and the day the article appeared where that is known."""

_UNDATED: Final = Found(flag="when the article appeared is not known")
_AHEAD: Final = Found(future=True)


def weekday_name(day: date) -> str:
    """“Friday”."""
    return WEEKDAYS[day.weekday()]


def latest_weekday(weekday: int, today: date) -> date:
    """The latest such weekday (Monday is 0) that is not after ``today``; at most six days before it."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def calendar_day(year: int, month: int, day: int, until: date | None = None) -> date | None:
    """That day, where the calendar has it and it is not after ``until``."""
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    return when if until is None or when <= until else None


def month_of(found: re.Match[str], group: str = "month") -> int:
    """1 to 12; takes the abbreviations that agencies print."""
    return month_number(found[group][:3]) or 0


def _word(found: re.Match[str], group: str) -> str:
    """What a group holds, folded; empty where the pattern has no such group or it was not used."""
    return " ".join((found.groupdict().get(group) or "").casefold().split())


def _span(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first}/{last}"


# Days with their month


def on_day_of_month(found: re.Match[str], today: date | None) -> Found:
    """“Friday, February 17”, “6 December 2017”."""
    return _settled(found, int(found["day"]), today, _word(found, "weekday"))


def _settled(found: re.Match[str], day: int, today: date | None, weekday: str = "") -> Found:
    """A day and month, with its year where that is printed, and held against its weekday."""
    month, printed = month_of(found), _word(found, "year")
    years = [int(printed)] if printed else range(today.year, today.year - 9, -1) if today else []
    days = (calendar_day(year, month, day, None if printed else today) for year in years)
    when = next(filter(None, days), None)
    if when is None and not years:
        return Found(flag=f"the year of “{found[0]}” is not stated, nor when the article appeared")
    if when is None:
        return Found(flag=f"the calendar has no “{found[0]}”")
    if weekday and when.weekday() != weekday_number(weekday):
        return Found(f"{when}?", f"{full_date(when)} was a {weekday_name(when)}", absolute=bool(printed))
    if printed:
        return _absolute(f"{when}", when, today)
    age = (today - when).days if today else 0
    if age > _ALMOST_A_YEAR:
        return Found(flag=f"“{found[0]}” is after the day the article appeared", future=True)
    return Found(f"{when}", "the year is not stated, and the day is long ago" if age > _HALF_A_YEAR else "")


def _absolute(edtf: str, first: date, today: date | None) -> Found:
    """What means the same whenever the article appeared; doubtful where it had not come then."""
    if today is None or first <= today:
        return Found(edtf, absolute=True)
    return Found(f"{edtf.partition('/')[0]}?", "that is after the day the article appeared", absolute=True, future=True)


def over_days(found: re.Match[str], today: date | None) -> Found:
    """“February 17-19”, “30 June to 2 July 2017”."""
    last = _settled(found, int(found["last"]), today)
    if not last.edtf:
        return last
    end = Dating.parse(last.edtf).latest
    first_month = month_of(found, "first_month") if _word(found, "first_month") else end.month
    start = calendar_day(end.year - (first_month > end.month), first_month, int(found["day"]))
    if start is None or start > end:
        return Found(flag=f"“{found[0]}” is no span of days")
    weekday = _word(found, "weekday")
    wrong = f"{full_date(start)} was a {weekday_name(start)}"
    flag = wrong if weekday and start.weekday() != weekday_number(weekday) else last.flag
    return Found(_span(start, end), flag, last.absolute, last.future)


def in_figures(found: re.Match[str], today: date | None) -> Found:
    """“2017-12-06”, “06.12.2017”, “12/06/2017”: the last may be read in two ways."""
    year, first, second = (int(found[part]) for part in ("year", "first", "second"))
    orders = {"-": [(first, second)], ".": [(second, first)]}.get(found["sign"], [(first, second), (second, first)])
    days = list(dict.fromkeys(filter(None, (calendar_day(year, month, day) for month, day in orders))))
    if not days:
        return Found(flag=f"the calendar has no “{found[0]}”")
    if len(days) == 1:
        return _absolute(f"{days[0]}", days[0], today)
    either = " or ".join(map(full_date, days))
    return Found(f"{days[0]}?", f"“{found[0]}” may be {either}", absolute=True)


def on_ordinal(found: re.Match[str], today: date | None) -> Found:
    """“on the 17th”: of this month or of the one before."""
    if today is None:
        return _UNDATED
    before = today.replace(day=1) - timedelta(days=1)
    months = ((today.year, today.month), (before.year, before.month))
    days = (calendar_day(year, month, int(found["day"]), today) for year, month in months)
    day = next(filter(None, days), None)
    return Found(f"{day}" if day else "", f"the month of “{found[0]}” is not stated")


def on_feast(found: re.Match[str], today: date | None) -> Found:
    """“on Christmas Eve”, “days before Christmas”."""
    if today is None:
        return _UNDATED
    name = _word(found, "feast").replace("’", "'")
    month, day = _FEASTS.get(name) or _FEASTS[name.removesuffix(" day")]
    years = (today.year - 1, today.year, today.year + 1)
    near = min((date(year, month, day) for year in years), key=lambda when: abs(when - today))
    if not _word(found, "before"):
        return Found(f"{near}") if near <= today else _AHEAD
    first, last = near - timedelta(days=7), min(near - timedelta(days=1), today)
    return Found(_span(first, last) if first <= last else "", f"“{found[0]}” names no day")


# Weekdays


def on_weekday(found: re.Match[str], today: date | None) -> Found:
    """“Friday”, “last Friday”, “this past Friday”."""
    weekday, mode = weekday_number(found["weekday"]), _word(found, "mode")
    if mode in {"next", "coming", "the coming"}:
        return _AHEAD
    if today is None:
        return _UNDATED
    if mode.startswith("the"):
        return Found(flag=f"“{found[0]}” counts from something else in the article")
    day = latest_weekday(weekday, today)
    if mode == "this" and weekday > today.weekday():
        return _AHEAD
    if day == today and mode in {"last", "past", "this past", "this last"}:
        return Found(f"{day - timedelta(days=7)}")
    if mode == "last" and weekday < today.weekday():
        return Found(f"{day}", f"“{found[0]}” may mean that of the week before")
    if not mode and (today - day).days == 6:  # where the clocks differ, it may be the reader's tomorrow
        flag = f"the article appeared on a {weekday_name(today)}: six days before, or the day after?"
        return Found(f"{day}", flag)
    return Found(f"{day}")


def on_weekday_of_week(found: re.Match[str], today: date | None) -> Found:
    """“Friday of last week”, “last week on Friday”."""
    if today is None:
        return _UNDATED
    last = _word(found, "which") == "last"
    monday = today - timedelta(days=today.weekday() + 7 * last)
    day = monday + timedelta(days=weekday_number(found["weekday"]))
    if _word(found, "which") == "next" or day > today:
        return _AHEAD
    return Found(f"{day}", "on a Sunday, “last week” may be the one that just ended" if _sunday(today) and last else "")


def _sunday(day: date) -> bool:
    return day.weekday() == 6


# Counted from the day the article appeared


def days_back(days: int) -> Rule:
    """“today” is 0, “yesterday” 1."""
    return lambda _, today: Found(f"{today - timedelta(days=days)}") if today else _UNDATED


def ago(found: re.Match[str], today: date | None) -> Found:
    """“two days ago”; weeks, months and years are round figures."""
    number = _word(found, "number")
    count = 1 if number in {"a", "an"} else int(number) if number.isdecimal() else _NUMBERS.get(number, 0)
    if today is None:
        return _UNDATED
    if not count:
        return Found(flag=f"“{found[0]}” names no day")
    flag = f"“{found[0]}” is a round figure"
    match _word(found, "unit"):
        case "day":
            return Found(f"{today - timedelta(days=count)}")
        case "week":
            return Found(f"{today - timedelta(days=7 * count)}~", flag)
        case "month":
            months = today.year * 12 + today.month - 1 - count
            return Found(f"{months // 12}-{months % 12 + 1:02d}~", flag)
        case _:
            return Found(f"{today.year - count}~", flag)


def in_week(found: re.Match[str], today: date | None) -> Found:
    """“last week”, from Monday to Sunday; “earlier this week”, from Monday on."""
    which = _word(found, "which")
    if which == "next" or _word(found, "part") == "later":
        return _AHEAD
    if today is None:
        return _UNDATED
    monday = today - timedelta(days=today.weekday())
    before = monday - timedelta(days=7)
    if which.endswith("past"):
        return Found(_span(today - timedelta(days=7), today), f"“{found[0]}” names no day")
    if which == "last" and _sunday(today):
        return Found(_span(before, today - timedelta(days=1)), "on a Sunday, it may be the week that just ended")
    if which == "last":
        return Found(_span(before, monday - timedelta(days=1)))
    if today == monday:
        return Found(_span(today - timedelta(days=1), today), "on a Monday, the Sunday may be meant")
    return Found(_span(monday, today))


def at_weekend(found: re.Match[str], today: date | None) -> Found:
    """“over the weekend”: a Saturday and a Sunday."""
    which = _word(found, "which")
    if which == "next" or (which == "this" and today and 0 < today.weekday() < 5):
        return _AHEAD
    if today is None:
        return _UNDATED
    saturday, weekend = latest_weekday(5, today), today.weekday() >= 5
    if which == "last" and weekend:
        saturday -= timedelta(days=7)
    flag = "it appeared at a weekend: this one, or the one before?" if weekend and which != "this" else ""
    return Found(_span(saturday, min(saturday + timedelta(days=1), today)), flag)


def in_relative_month(found: re.Match[str], today: date | None) -> Found:
    """“last month”, “earlier this month”."""
    if _word(found, "which") == "next" or _word(found, "part") == "later":
        return _AHEAD
    if today is None:
        return _UNDATED
    return Found(f"{today.replace(day=1) - timedelta(days=_word(found, 'which') == 'last'):%Y-%m}")


def in_relative_year(found: re.Match[str], today: date | None) -> Found:
    """“last year”, “earlier this year”."""
    if _word(found, "which") == "next" or _word(found, "part") == "later":
        return _AHEAD
    return Found(f"{today.year - (_word(found, 'which') == 'last')}") if today else _UNDATED


def ahead(_: re.Match[str], __: date | None) -> Found:
    """“tomorrow”."""
    return _AHEAD


def shifted(found: re.Match[str], _: date | None) -> Found:
    """“the same day”, “two days earlier”: counted from the date named last."""
    words = _word(found, "shift").split()
    if {"same", "that"} & set(words):
        return Found(shift=0)
    count = next((_NUMBERS[word] for word in words if word in _NUMBERS), 1)
    back = bool({"earlier", "before", "previous"} & set(words))
    return Found(shift=(-count if back else count) * (7 if {"week", "weeks"} & set(words) else 1))


# Months and years


def in_month(found: re.Match[str], today: date | None) -> Found:
    """“in December”, “last December”: the latest one that has begun."""
    mode, month, words = _word(found, "mode"), month_of(found), found["core"]
    if mode == "next":
        return _AHEAD
    if today is None:
        return Found(flag=f"the year of “{words}” is not stated, nor when the article appeared")
    if mode == "this":
        return Found(f"{today.year}-{month:02d}") if month <= today.month else _AHEAD
    if mode == "last":
        year = today.year - (month >= today.month)
        return Found(f"{year}-{month:02d}", "" if year < today.year else f"“{words}” may be a year earlier")
    past = (today.month - month) % 12
    doubtful = past >= 10 or (past == 0 and today.day <= 7)  # about to come round, or hardly begun
    year = today.year - (month > today.month)
    return Found(f"{year}-{month:02d}", f"the year of “{words}” is not stated" if doubtful else "")


def in_month_of_year(found: re.Match[str], today: date | None) -> Found:
    """“in December 2017”."""
    first = date(int(found["year"]), month_of(found), 1)
    return _absolute(f"{first:%Y-%m}", first, today)


def in_year(found: re.Match[str], today: date | None) -> Found:
    """“in 2014”, “in a 2016 speech”."""
    return _absolute(found["year"], date(int(found["year"]), 1, 1), today)


def in_season(found: re.Match[str], today: date | None) -> Found:
    """“in the summer of 2016”: no more than its year."""
    if not _word(found, "year"):
        return Found(flag=f"“{found[0]}” names no month") if today else _UNDATED
    of_year = _absolute(found["year"], date(int(found["year"]), 1, 1), today)
    is_winter = _word(found, "season") == "winter" and not of_year.flag
    return replace(of_year, flag="a winter may have begun in the year before") if is_winter else of_year
