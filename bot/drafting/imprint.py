"""What an article says of itself: title, author, outlet, day, address. What it does not say stays empty."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.drafting.furniture import BYLINE, COPYRIGHT, CREDITS, DATE_LINE, HEADLINE, PARTICULARS, blank
from bot.drafting.patterns import DATELINE
from bot.drafting.printed import Printed, date_line, dates
from bot.drafting.values import Furniture
from bot.record import Dating

MAX_URL: Final = 512
"""Characters of an article's address (seeds/README.md)."""

IN_ADDRESS: Final = "the date in the address of the page"
"""How a day is known that :func:`address_date` found."""

_IN_ADDRESS: Final = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?=[/_-]|$)")
_ANOTHER_ZONE: Final = timedelta(days=1)
"""By how much the day of an instant and the day that was printed may differ, because clocks do."""
_FIELD: Final = re.compile(r"(?P<name>[A-Za-z ]{2,20}?)\s*:\s*(?P<value>\S.*)")
_FIELDS: Final = {
    "title": "title", "headline": "title",
    "byline": "byline", "author": "byline", "authors": "byline", "by": "byline",
    "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "source": "outlet",
    "url": "url", "link": "url", "address": "url", "permalink": "url", "web address": "url", "original url": "url",
    "original article": "url",
    "date": "date", "published": "date",
}  # fmt: skip
_URL: Final = re.compile(r"https?://[^\s<>\"/]{4,100}/[^\s<>\"]{1,400}")
_BY: Final = re.compile(r"(?:by|written by|story by|reported by|text by|authors?:|byline:)\s+", re.IGNORECASE)
_AFTER_NAME: Final = re.compile(r"\s*(?:[|/·•–—(]|,? in [A-Z]| - ).*")
_REPORTING: Final = re.compile(r"\(?with reporting (?:by|from) (?P<names>[^.()]{3,120})[.)]?", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(
    r"(?:(?:copyright|\(c\)|©)\s*){1,2}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?,?\s+)?(?P<who>[A-Z][^.,|"
    r"()]{2,60}?)"
    r"(?:,? (?:19|20)\d\d)?(?:\.|,| all rights reserved\b.*|$).*",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"(?:\d+\. )?skip to more (?P<who>.{2,30}) sites", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an article says of itself; what it does not say is empty."""

    outlet: str = ""
    title: str = ""
    byline: str = ""
    url: str = ""
    published: Dating | None = None
    published_basis: str = ""
    """How the day is known, in our words."""
    notes: tuple[str, ...] = ()


def read(text: str, furniture: Sequence[Furniture]) -> Imprint:
    """What a plain text says of itself, most of it in its furniture."""
    lines = [(one, text[one.span[0] : one.span[1]]) for one in furniture]
    fields: dict[str, str] = {}
    for one, line in lines:
        field = _FIELD.fullmatch(line) if one.why == PARTICULARS else None
        if field and (name := _FIELDS.get(field["name"].strip().casefold())):
            fields.setdefault(name, field["value"].strip())
    published, basis, notes = _published(text, furniture, fields.get("date", ""))
    outlet, doubt = _outlet(text, furniture, fields.get("outlet", ""))
    return Imprint(
        outlet=outlet,
        title=fields.get("title", "") or next((line for one, line in lines if one.why == HEADLINE), ""),
        byline=_byline(lines, fields.get("byline", "")),
        url=_url(lines, fields.get("url", "")),
        published=published,
        published_basis=basis,
        notes=(*notes, *doubt),
    )


def address_date(url: str) -> Dating | None:
    """The day that stands in an address (“/2017/02/18/”), where one does."""
    with suppress(ValueError):  # no address, or no day of the calendar
        if found := _IN_ADDRESS.search(urlsplit(url).path):
            return Dating.parse("-".join(part.zfill(2) for part in found.groups()))
    return None


def same_instant(stated: Dating, printed: Dating) -> bool:
    """Whether a stated and a printed day may be one moment on clocks of two zones."""
    return bool(stated.day and printed.day and abs(stated.day - printed.day) <= _ANOTHER_ZONE)


def _byline(lines: Iterable[tuple[Furniture, str]], given: str) -> str:
    named = [line for one, line in lines if one.why == BYLINE]
    found = given or (named[0] if named else "")
    if not found:
        reporting = (_REPORTING.fullmatch(line) for one, line in lines if one.why == CREDITS)
        return next((credit["names"] for credit in reporting if credit), "")
    return _AFTER_NAME.sub("", _BY.sub("", found, count=1)).strip(" ,.")


def _url(lines: Iterable[tuple[Furniture, str]], given: str) -> str:
    """The address the text gives as its own: labelled, or the only one that has a line to itself."""
    if match := _URL.match(given):
        return match[0]
    alone = {line.rstrip(".,") for _, line in lines if _URL.fullmatch(line)}
    return alone.pop() if len(alone) == 1 else ""


def _outlet(text: str, furniture: Sequence[Furniture], given: str) -> tuple[str, tuple[str, ...]]:
    if given and not _URL.match(given):
        return given, ()
    lines = [(one.why, text[one.span[0] : one.span[1]]) for one in furniture]
    owners = {match["who"].strip() for why, line in lines if why == COPYRIGHT and (match := _COPYRIGHT.fullmatch(line))}
    sites = {match["who"] for _, line in lines if (match := _SITE.fullmatch(line))}
    for named in (owners, sites):
        if len(named) == 1:
            return named.pop(), ()
    dateline = _dateline(text, furniture)
    agency = (dateline["agency"] or dateline["slashed"] or "").strip() if dateline else ""
    if agency:
        return agency, (f"the outlet, {agency}, is the agency of the dateline: name another if that printed it",)
    return "", ()


def _dateline(text: str, furniture: Sequence[Furniture]) -> re.Match[str] | None:
    """The dateline of the first paragraph, or the one that stands alone above it."""
    alone = next((text[one.span[0] : one.span[1]] for one in furniture if one.why == "dateline"), "")
    prose = blank(text, tuple(furniture)).split("\n")
    openings = [line.strip() for line in prose if line.strip()][:3]
    return next((match for line in (alone, *openings) if (match := DATELINE.match(line[:200]))), None)


def _published(text: str, furniture: Sequence[Furniture], given: str) -> tuple[Dating | None, str, tuple[str, ...]]:
    """The day of publication that is printed, how that is known, and what is doubtful about it."""
    headline = next((one.span[0] for one in furniture if one.why == HEADLINE), 0)
    printed: list[tuple[bool, Printed]] = []  # below the headline?
    for one in furniture:
        if one.why in {DATE_LINE, BYLINE, PARTICULARS}:
            line = text[one.span[0] : one.span[1]]
            found = date_line(line) or (tuple(dates(line)) if one.why == BYLINE else ())
            printed += [(one.span[0] >= headline, each) for each in found]
    doubts = tuple(each.doubt for _, each in printed if each.doubt)
    known = [(below, each) for below, each in printed if each.dating]
    ranked = (
        ([each for _, each in known if each.label == "published"], ""),
        (list(dates(given)), ""),
        ([each for below, each in known if below and not each.label], ""),
        (
            [each for _, each in known if not each.label],
            "the printed date stands above the headline: it may be the day on which the page was saved",
        ),
    )
    for candidates, doubt in ranked:
        datings = list(dict.fromkeys(each.dating for each in candidates if each.dating))
        if len(datings) == 1:
            return datings[0], "printed in the article", (*doubts, *filter(None, (doubt,)))
        if datings:
            several = " and ".join(str(dating) for dating in datings)
            return (
                None,
                "",
                (
                    *doubts,
                    f"the article prints several dates ({several}): say which is its own",
                ),
            )
    updated = [each.dating for _, each in known if each.label == "updated" and each.dating]
    if updated:
        last = max(dating.latest for dating in updated)
        return Dating.parse(f"../{last}"), "the article prints only when it was updated", doubts
    dateline = _dateline(text, furniture)
    filed = next(dates(dateline["day"]), None) if dateline and dateline["day"] else None
    if filed and filed.dating and filed.dating.day:
        return filed.dating, "the dateline of the article", doubts
    return None, "", doubts
