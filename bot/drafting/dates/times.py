"""Words that name a time (“on Friday”, “earlier this month”, “February 16”): found, and resolved by ``reckoning``."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache
from typing import Final

from bot.drafting.dates import reckoning
from bot.drafting.dates.reckoning import Rule, weekday_name
from bot.drafting.daynames import ANY_MONTH, ANY_WEEKDAY, MONTHS, WEEKDAY, WEEKDAYS
from bot.drafting.values import Span
from bot.record import Dating, full_date, month_number

_NAMES: Final = frozenset(name[:3].casefold() for name in (*MONTHS, *WEEKDAYS, "Christmas", "New"))


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a time, with “last” or “late” but without a preposition."""

    span: Span
    words: str
    match: re.Match[str]
    rule: Rule

    @property
    def counts(self) -> bool:
        """Whether it counts from a date named before: “the same day”."""
        return self.rule is reckoning.shifted

    @property
    def begin(self) -> int:
        return self.span[0]

    @property
    def end(self) -> int:
        return self.span[1]


_A_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_A_MONTH: Final = re.compile(rf"\b{ANY_MONTH}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means in an article."""

    dating: Dating | None
    basis: str
    """How the date is known, in our own words."""
    because: tuple[str, ...] = ()
    """What makes it doubtful, or why there is none."""
    future: bool = False
    """It lies after the article: nothing was said then."""


@lru_cache(maxsize=256)
def find(text: str) -> tuple[Expression, ...]:
    """Every expression of a text, in order; of those that overlap, the longest."""
    found: list[Expression] = []
    hints = {hint for hint, pattern in _HINTS.items() if pattern.search(text)}
    for hint, written, rule in _PATTERNS:
        if hint not in hints:
            continue
        pattern = _compiled(written)
        for match in pattern.finditer(text):
            span = match.span("core") if "core" in pattern.groupindex else match.span()
            names = (match.groupdict().get(group) for group in ("weekday", "first_month", "month", "feast"))
            named = all(name is None or name[0].isupper() for name in names)  # “may 5” and “march 3” are no dates
            if named and not _is_programme(match):
                found.append(Expression(span, _quoted(text[slice(*span)]), match, rule))
    kept: list[Expression] = []
    for one in sorted(found, key=lambda one: (one.begin - one.end, one.begin)):
        if all(one.end <= other.begin or other.end <= one.begin for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.begin))


def _is_programme(match: re.Match[str]) -> bool:
    """“Today”, “This Week”: a title, where every word has its capital and no sentence begins."""
    named = any(match.groupdict().get(group) for group in ("weekday", "month", "feast"))
    before = match.string[: match.start()].rstrip()[-1:]
    return not named and match[0].istitle() and before not in {"", ".", "!", "?", "—", "-"}


def _quoted(words: str) -> str:
    """As a basis quotes it: in the middle of a sentence, with its brackets closed."""
    words = " ".join(words.split()) + ")" * (words.count("(") - words.count(")"))
    named = words[:3].casefold() in _NAMES
    return words if named else words[:1].lower() + words[1:]


def resolve(expression: Expression, published: Dating | None, before: Dating | None = None) -> Reading:
    """Which days an expression means.

    Args:
        expression: what stands there.
        published: when the article appeared, where that is known.
        before: the date named last before it, from which “the same day” counts.
    """
    words = expression.words
    days = (published.earliest, published.latest) if published else (None,)
    *others, found = sorted({expression.rule(expression.match, day) for day in days}, key=lambda one: one.flag)
    if found.shift is not None:
        return _shifted(words, found.shift, before, published)
    says = f"the article says {words}"
    if any(other.edtf != found.edtf for other in others):
        return Reading(None, says, (f"the article appeared {_on(published)}, which leaves “{words}” open",))
    because: tuple[str, ...] = (found.flag,) if found.flag else ()
    if not found.edtf:
        return Reading(None, says, because, found.future)
    if found.absolute or published is None:
        return Reading(Dating.parse(found.edtf), says, because, found.future)
    if published.mark:
        because += (f"the article itself appeared {_on(published)}",)
    marked = published.mark and not set(found.edtf) & set("~?/")
    dating = Dating.parse(found.edtf + published.mark if marked else found.edtf)
    if len(dating.edtf) < len("2017-12-06"):
        only = f"in {words}" if month_number(words) else words
        return Reading(dating, f"the article says only {only}; it appeared {_on(published)}", because)
    return Reading(dating, f"{says}; it appeared {_on(published, with_weekday=True)}", because)


def doubted(reading: Reading, expression: Expression, told: str) -> Reading:
    """A reading, flagged where its year may be another: “on 10 February 2007 … he said on 7 June”.

    Args:
        reading: what was made of the expression.
        expression: a day or a month without a year, or anything else, which stays as it is.
        told: what the paragraph tells before it.
    """
    if reading.dating is None or not _A_MONTH.search(expression.words) or _A_YEAR.search(expression.words):
        return reading
    year = next(reversed(_A_YEAR.findall(told)), "")
    if not year or int(year) >= reading.dating.latest.year:
        return reading
    why = f"“{expression.words}” may be of {year}, of which the paragraph tells before"
    return replace(reading, because=(*reading.because, why))


def _shifted(words: str, days: int, before: Dating | None, published: Dating | None) -> Reading:
    if before is None or before.day is None:
        return Reading(None, f"the article says {words}", (f"“{words}” counts from a day that is not settled",))
    day = before.day + timedelta(days=days)
    if published and day > published.latest:
        return Reading(None, f"the article says {words}", future=True)
    dating = Dating.parse(f"{day}")
    return Reading(dating, f"the article says {words}, counted from {before}", (f"“{words}” counts from {before}",))


def _on(published: Dating | None, *, with_weekday: bool = False) -> str:
    """“on 29 December 2017”, “in June 2018”, “around 23 December 2019”."""
    if published is None:
        return "on a day that is not known"
    day = published.day
    if day:
        return f"on {weekday_name(day)}, {full_date(day)}" if with_weekday else f"on {full_date(day)}"
    return str(published) if published.mark or "/" in published.edtf else f"in {published}"


# How times are written. A space stands for any white space, and capitals do not matter here.

_MONTH: Final = rf"(?P<month>{ANY_MONTH})"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?![\d%])"
_THEN_YEAR: Final = rf"(?:,? (?:in )?{_YEAR})?"
_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY: Final = rf"(?<![:.\d])(?P<day>{_NUMBER})(?:st|nd|rd|th)?(?![\d:])"
_LAST: Final = rf"(?P<last>{_NUMBER})(?:st|nd|rd|th)?(?![\d:])"
_TO: Final = r"(?:\s?[-–—]\s?| (?:to|and|or|through|until) )"
_DAY_PART: Final = r"(?: (?:morning|afternoon|evening|night|lunchtime)\b)?"
_WEEKDAY: Final = rf"(?P<weekday>{WEEKDAY})"
_WITH_WEEKDAY: Final = rf"(?:\b(?P<weekday>{ANY_WEEKDAY}){_DAY_PART},?\s*\(?(?:the |on )?)?"
_NO_NAMED_DAY: Final = "".join(
    rf"(?<!\b{name}\s)"  # a look-behind needs a fixed width
    for name in (*"Ash Black Bloody Cyber Easter Good Holy Maundy Palm Super".split(), r"Mail\son")
)
_NO_NEWSPAPER: Final = r"(?! (?:Times|Telegraph|Express|Mirror|Herald|Mail|Post|Star|Independent|Business|Tribune)\b)"
_FEAST: Final = r"(?P<feast>Christmas(?: Eve| Day)?|New Year[’']s(?: Eve| Day))\b"
_SPOKEN: Final = (
    r"(?:speech|address|interview|statement|article|op-ed|letter|tweet|lecture|book|essay|conference|briefing|summit|"
    r"meeting)\b"
)
_AN_OCCASION: Final = rf"(?= (?:(?!(?:and|or|to|the|that|of|in)\b)[\w’'-]+ ){{0,3}}{_SPOKEN})"
_PART: Final = r"(?:(?P<part>earlier|early|later|late|mid) (?:in )?)?"
_A_PART_OF: Final = r"(?:end|start|beginning|middle|month|half|weeks?|days?) of"

_PATTERNS: Final[tuple[tuple[str, str, Rule], ...]] = (
    ("month", rf"{_WITH_WEEKDAY}\b{_DAY}(?: of)? {_MONTH}(?!\w){_THEN_YEAR}", reckoning.on_day_of_month),
    ("month", rf"{_WITH_WEEKDAY}\b{_MONTH} (?:the )?{_DAY}{_THEN_YEAR}", reckoning.on_day_of_month),
    ("month", rf"{_WITH_WEEKDAY}\b{_DAY}{_TO}{_LAST}(?: of)? {_MONTH}(?!\w){_THEN_YEAR}", reckoning.over_days),
    ("month", rf"{_WITH_WEEKDAY}\b{_MONTH} {_DAY}{_TO}{_LAST}{_THEN_YEAR}", reckoning.over_days),
    ("month", rf"\b{_DAY} (?P<first_month>{ANY_MONTH}){_TO}{_LAST} {_MONTH}(?!\w){_THEN_YEAR}", reckoning.over_days),
    ("month", rf"\b(?P<first_month>{ANY_MONTH}) {_DAY}{_TO}{_MONTH} {_LAST}{_THEN_YEAR}", reckoning.over_days),
    ("figures", r"\b(?P<year>(?:19|20)\d\d)(?P<sign>-)(?P<first>\d\d)-(?P<second>\d\d)(?!\d)", reckoning.in_figures),
    (
        "figures",
        r"(?<![\d./])(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d)",
        reckoning.in_figures,
    ),
    ("count", rf"(?<=\bon\s)(?P<core>the (?P<day>{_NUMBER})(?:st|nd|rd|th))\b(?! (?:\w+ )?of\b)", reckoning.on_ordinal),
    (
        "feast",
        rf"\b(?P<before>(?:just |shortly |a few )?(?:days |week )?(?:before|prior to|ahead of) )?{_FEAST}",
        reckoning.on_feast,
    ),
    (
        "weekday",
        rf"{_NO_NAMED_DAY}\b(?:(?P<mode>last|this past|this last|this|past|next|the coming|coming|the following|"
        rf"the next|the previous|the(?= \w+day (?:before|after)\b)) )?{_WEEKDAY}{_NO_NEWSPAPER}{_DAY_PART}",
        reckoning.on_weekday,
    ),
    ("weekday", rf"\b{_WEEKDAY}{_DAY_PART} (?:of )?(?P<which>last|this|next) week\b", reckoning.on_weekday_of_week),
    ("weekday", rf"\b(?P<which>last|this|next) week,?(?: on)? {_WEEKDAY}", reckoning.on_weekday_of_week),
    ("count", r"\b(?:earlier today|today|tonight|this (?:morning|afternoon|evening))\b", reckoning.days_back(0)),
    ("count", r"\b(?:yesterday|last night)\b", reckoning.days_back(1)),
    ("count", r"\bthe day before yesterday\b", reckoning.days_back(2)),
    (
        "count",
        r"\b(?P<number>an?|one|two|three|four|five|six|seven|several|(?:a )?few|some|\d{1,2}) "
        r"(?P<unit>day|week|month|year)s? ago\b",
        reckoning.ago,
    ),
    ("count", rf"\b{_PART}(?P<which>last|next|this past|this|the past|past) week\b", reckoning.in_week),
    ("count", r"\b(?:(?P<which>last|next|this)|this past|the|past) weekend\b", reckoning.at_weekend),
    ("count", rf"\b{_PART}(?P<which>last|next|this) month\b", reckoning.in_relative_month),
    ("count", rf"\b{_PART}(?P<which>last|next|this) year\b", reckoning.in_relative_year),
    ("count", r"\b(?:tomorrow|later today|in the coming (?:days|weeks|months))\b", reckoning.ahead),
    ("count", r"\b(?P<shift>(?:the|that) (?:very )?same day|(?:later|earlier)(?: on)? that day)\b", reckoning.shifted),
    (
        "count",
        r"\b(?P<shift>(?:an?|one|two|three|four|five|six|seven) (?:day|week)s? "
        r"(?:earlier|later|(?:before|after)(?=[,.;]))|the (?:previous|following|next) day"
        r"|the day (?:before|after)(?=[,.;]))\b",
        reckoning.shifted,
    ),
    (
        "month",
        rf"\b(?:(?:early|late|mid|earlier|later)[\s-](?:in )?)?(?P<core>{_MONTH},? {_YEAR})",
        reckoning.in_month_of_year,
    ),
    (
        "month",
        rf"\b(?:in|since|during|until|till|before|after|{_A_PART_OF}) "
        rf"(?P<core>(?:(?P<mode>last|this|next) |(?:early|late|mid)[\s-])?{_MONTH})(?!\w| ?\d)",
        reckoning.in_month,
    ),
    (
        "month",
        rf"\b(?P<core>(?:(?P<mode>last|this|next) |(?:early|late|mid)[\s-]){_MONTH})(?!\w| ?\d)",
        reckoning.in_month,
    ),
    (
        "year",
        rf"\b(?:in|since|during|of|from|until|by|before|after|early|late|mid-?) "
        rf"(?P<core>{_YEAR})\b(?![\s-]\d|,\d| \w+s\b)",
        reckoning.in_year,
    ),
    ("year", rf"\b(?P<core>{_YEAR}){_AN_OCCASION}", reckoning.in_year),
    (
        "season",
        rf"\b(?:last|this|the) (?P<season>spring|summer|autumn|winter)(?: (?:of )?{_YEAR})?\b",
        reckoning.in_season,
    ),
    ("season", rf"\b(?P<season>spring|summer|autumn|fall|winter) (?:of )?{_YEAR}\b", reckoning.in_season),
)
_HINTS: Final = {
    "month": re.compile(rf"\b(?:{'|'.join(f'{name[:3]}|{name[:3].upper()}' for name in MONTHS)})"),
    "weekday": re.compile(rf"\b{WEEKDAY}", re.IGNORECASE),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "figures": re.compile(r"\d[-./]\d\d?[-./]\d\d"),
    "season": re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE),
    "feast": re.compile(r"\b(?:Christmas|New\sYear)"),
    "count": re.compile(
        r"\b(?:(?:day|week|month|year)s?|weekend|today|tonight|tomorrow|yesterday|morning|afternoon|evening|night|"
        r"\d+(?:st|nd|rd|th))\b",
        re.IGNORECASE,
    ),
}
"""What must stand in a text for patterns to find anything: most texts have little of it, and forty take a while."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """One of the patterns; all of them take twenty milliseconds, which a text without their hints need not wait for."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
