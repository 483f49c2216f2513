"""A calendar day as people write it, and the days that have something."""

import re
from calendar import isleap
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from bot.corpus.store import Corpus
from bot.errors import NotADate
from bot.record import month_day, month_number

_ISO: Final = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_MONTH: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?:\s+of)?\s+(?P<name>[a-z]+)\.?,?(?:\s+(?P<year>\d{4}))?"
)
_MONTH_DAY: Final = re.compile(r"(?P<name>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?")


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
    now, wanted = f"{today:%m-%d}", " ".join(typed.casefold().split())
    upcoming = sorted(corpus.days(), key=lambda day: (day.id < now, day.id))[: None if wanted else limit]
    labels = {day.id: f"{month_day(date.fromisoformat(f'2000-{day.id}'))} ({day.statements})" for day in upcoming}
    if wanted:
        exact = [value for value, label in labels.items() if wanted in f"{label} {value}".casefold()]
        close = process.extract(wanted, labels, scorer=fuzz.partial_ratio, score_cutoff=75, limit=limit)
        chosen = list(dict.fromkeys([*exact, *(value for _, _, value in close)]))
    else:
        chosen = list(labels)
    return [(labels[value], value) for value in chosen[:limit]]
