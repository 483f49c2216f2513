"""What an article says of itself: title, author, outlet, day, address. What it does not say stays empty."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.drafting.intake import outlets
from bot.drafting.intake.furniture import blank
from bot.drafting.intake.patterns import AGENCIES, DATELINE, UPPER
from bot.drafting.intake.printed import Printed, date_line, dates, undated
from bot.drafting.values import Furniture, Why
from bot.record import Dating, month_number

MAX_URL: Final = 512
"""Characters of an article's address (seeds/README.md)."""

IN_ADDRESS: Final = "the date in the address of the page"
"""How a day is known that :func:`address_date` found."""

_IN_ADDRESS: Final = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?=[/_-]|$)", re.IGNORECASE
)
_ANOTHER_ZONE: Final = timedelta(days=1)
"""By how much the day of an instant and the day that was printed may differ, because clocks do."""
_FIELD: Final = re.compile(r"(?P<name>[A-Za-z ]{2,20}?)\s*:\s*(?P<value>\S.*)")
_FIELDS: Final = {
    "title": "title", "headline": "title", "subject": "title",
    "byline": "byline", "author": "byline", "authors": "byline", "by": "byline",
    "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "source": "outlet",
    "url": "url", "link": "url", "address": "url", "permalink": "url", "web address": "url", "original url": "url",
    "original article": "url",
    "date": "date", "published": "date",
}  # fmt: skip
_URL: Final = re.compile(r"https?://[^\s<>\"/]{4,100}/[^\s<>\"]{1,400}")
_BY: Final = re.compile(
    r"(?:(?:by|(?:written|story|reported|text|words|report|posted|published|interview|interview conducted) by)\b|"
    r"(?:authors?|byline|text|words|story|writer|reporter|"
    r"report|from):?)\s+",
    re.IGNORECASE,
)
_AFTER_NAME: Final = re.compile(r"\s*(?:[|·•–—(]|/(?![A-Z]{2})| - ).*")
_FROM_PLACE: Final = re.compile(rf",? in {UPPER}[\w.'’-]*(?: {UPPER}[\w.'’-]*)*")
_REPORTING: Final = re.compile(r"\(?with reporting (?:by|from) (?P<names>[^.()]{3,120})[.)]?", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(
    r"(?:(?:copyright|\(c\)|©)\s*){1,2}(?P<year>(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?[.,]?\s+)?(?:by )?"
    r"(?P<who>[A-Z][^.,|()]{1,60}?)(?P<after>,? (?:19|20)\d\d)?(?:\.|,|\||\s+all rights reserved\b.*|$).*",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"(?:\d+\. )?skip to more (?P<who>.{2,30}) sites", re.IGNORECASE)
_OWN_STAFF: Final = re.compile(
    r"\breporting by (?P<whose>[A-Z][\w/. ]{1,30}?)['’]s\b|(?P<of>[A-Z][\w/. ]{1,30}?) (?:staff )?(?:writers?|"
    r"journalists?|correspondents?|reporters?) (?:[A-Z]|report the news)|"
    r"^(?P<our>[A-Z][\w/. ]{1,30}?)['’]s [A-Z][^.!?]{2,80} contributed\b"
)
"""Credits in which the outlet names its own people."""
_AGENCY: Final = re.compile(rf"{AGENCIES}(?: staff| News)?", re.IGNORECASE)
_ASKS: Final = re.compile(r"^(?P<who>[A-Z][\w/.]*(?: [\w/.]+){0,3}): [^\n]{3,400}\?\s*$", re.MULTILINE)
"""An outlet asks in an interview."""
_FILED: Final = re.compile(r"\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2} )?\((?P<who>[A-Z][\w/ ]{1,20})\)(?=[ ,])")
"""A dateline without a place."""
_OPENINGS: Final = 4
"""Paragraphs of which the first with a dateline begins the article: there may be a standfirst above."""
_SERVICE: Final = re.compile(
    r"['’]s .*(?:Service|Bureau|Desk)$|^(?:our|the|a) [a-z].*|^(?:agencies|wire reports|staff|wires|news services)$",
    re.I,
)
_AGENCY_PHOTO: Final = re.compile(r"\b(?:Photos?|Images|Getty|Shutterstock)\b", re.IGNORECASE)
_PARTS: Final = re.compile(r",? and |, | with ")


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
        field = _FIELD.fullmatch(line) if one.why is Why.PARTICULARS else None
        if field and (name := _FIELDS.get(field["name"].strip().casefold())):
            fields.setdefault(name, field["value"].strip())
    published, basis, notes = _published(text, furniture, fields.get("date", ""))
    url = _url(lines, fields.get("url", ""))
    if published is None and not notes and (published := address_date(url)):
        basis = IN_ADDRESS
    headlines = sorted((line for one, line in lines if one.why is Why.HEADLINE), key=len)
    title, behind = _titled(headlines[0] if headlines else "")
    outlet, doubt = _outlet(text, furniture, fields.get("outlet", "") or behind, url)
    return Imprint(
        outlet=outlet,
        title=fields.get("title", "") or title,
        byline=_byline(lines, fields.get("byline", ""), outlet),
        url=url,
        published=published,
        published_basis=basis,
        notes=(*notes, *doubt),
    )


def _titled(headline: str) -> tuple[str, str]:
    """A headline, and the outlet that stands behind it in the title of a window."""
    title, bar, behind = headline.rpartition(" | ")
    named = outlets.known(behind) or (behind if bar and outlets.is_titled(behind) else "")
    return (title, named) if bar and named else (headline, "")


def address_date(url: str) -> Dating | None:
    """The day that stands in an address (“/2017/02/18/”), where one does."""
    with suppress(ValueError):  # no address, or no day of the calendar
        if found := _IN_ADDRESS.search(urlsplit(url).path):
            month = found["month"] if found["month"].isdigit() else str(month_number(found["month"].casefold()) or 0)
            return Dating.parse("-".join(part.zfill(2) for part in (found["year"], month, found["day"])))
    return None


def same_instant(stated: Dating, printed: Dating) -> bool:
    """Whether a stated and a printed day may be one moment on clocks of two zones."""
    return bool(stated.day and printed.day and abs(stated.day - printed.day) <= _ANOTHER_ZONE)


def _byline(lines: Sequence[tuple[Furniture, str]], given: str, outlet: str) -> str:
    """Who wrote it; an agency only on the page of somebody else."""
    written = [line for one, line in lines if one.why is Why.BYLINE]
    credits_of = (_REPORTING.fullmatch(line) for one, line in lines if one.why is Why.CREDITS)
    credited: list[str] = [match["names"] for match in credits_of if match]
    unsigned = (_BY.sub("", undated(line)[0], count=1) for line in (given, *written))
    named: list[str] = [_AFTER_NAME.sub("", _FROM_PLACE.sub("", name)).strip(" ,.") for name in unsigned]
    for byline in filter(None, (*named, *credited)):
        people = _PARTS.split(byline)
        if _AGENCY.fullmatch(people[0]) or outlets.known(people[0]) or _SERVICE.search(people[0]):
            continue
        return byline.removesuffix(people[-1]).rstrip(" ,") if outlets.known(people[-1]) else byline
    agencies = [byline for byline in named if byline and outlets.known(byline) not in {"", outlets.known(outlet)}]
    return agencies[0] if agencies else ""


def _url(lines: Iterable[tuple[Furniture, str]], given: str) -> str:
    """The address the text gives as its own: labelled, or the only one that has a line to itself."""
    if match := _URL.match(given):
        return match[0]
    alone = {line.rstrip(".,") for _, line in lines if _URL.fullmatch(line)}
    return alone.pop() if len(alone) == 1 else ""


def _outlet(text: str, furniture: Sequence[Furniture], given: str, url: str) -> tuple[str, tuple[str, ...]]:
    """The outlet, by what names it surest, and a note where that may be somebody else."""
    if given and not _URL.match(given):
        return undated(given.partition("|")[0])[0].strip(), ()
    lines = [(one, text[one.span[0] : one.span[1]]) for one in furniture]
    mastheads = [line for one, line in lines if one.why is Why.MASTHEAD]
    named = [*filter(None, map(outlets.known, mastheads)), *mastheads]
    if named:
        return named[0], ()
    prose = blank(text, tuple(furniture)).rstrip()
    owners = {
        outlets.owned(match["who"])
        for one, line in lines
        if one.why is Why.COPYRIGHT and (match := _COPYRIGHT.fullmatch(line)) and _owns(match, one.span[0] > len(prose))
    }
    sites = {match["who"] for _, line in lines if (match := _SITE.fullmatch(line))}
    staff = (match for one, line in lines if one.why is Why.CREDITS for match in _OWN_STAFF.finditer(line))
    employers = {outlets.known(match["whose"] or match["of"] or match["our"]) for match in staff} - {""}
    asking = {outlets.known(match["who"]) for match in _ASKS.finditer(text)} - {""}
    for found in (owners, sites, {outlets.at(url)} - {""}, employers, asking):
        if len(found) == 1:
            return found.pop(), ()
    written = {
        name
        for one, line in lines
        if one.why is Why.BYLINE
        for part in _PARTS.split(_BY.sub("", undated(line)[0], count=1))
        if (name := outlets.known(part))
    }
    dateline = _dateline(text, furniture)
    agency = (dateline["agency"] or dateline["slashed"] or "").strip() if dateline else ""
    if not agency and (filed := _FILED.match(prose.lstrip())) and outlets.known(filed["who"]):
        agency = filed["who"]
    if agency:
        return agency, (f"the outlet, {agency}, is the agency of the dateline: name another if that printed it",)
    if len(written) == 1:
        agency = written.pop()
        return agency, (f"the outlet, {agency}, is what the byline names: name another if that printed it",)
    return of_address(url)


def of_address(url: str) -> tuple[str, tuple[str, ...]]:
    """The outlet at an address: known, or its host with a note."""
    host = "" if outlets.at(url) else outlets.host_of(url)
    return outlets.at(url) or host, (
        (f"the outlet is known by its address alone, {host}: say its name",) if host else ()
    )


def _owns(match: re.Match[str], below: bool) -> bool:
    """Whether a line of copyright is of the page: that of a picture has no year, and stands amid the article."""
    who = match["who"]
    if "/" in who and not outlets.known(who):
        return False
    claimed = match["year"] or match["after"] or "rights reserved" in match[0].casefold() or below
    return bool(claimed) and not _AGENCY_PHOTO.search(who)


def _dateline(text: str, furniture: Sequence[Furniture]) -> re.Match[str] | None:
    """The dateline of the first paragraph, or the one that stands alone above it."""
    alone = next((text[one.span[0] : one.span[1]] for one in furniture if one.why is Why.DATELINE), "")
    prose = blank(text, tuple(furniture)).split("\n")
    openings = [line.strip() for line in prose if line.strip()][:_OPENINGS]
    return next((match for line in (alone, *openings) if (match := DATELINE.match(line[:200]))), None)


def _published(text: str, furniture: Sequence[Furniture], given: str) -> tuple[Dating | None, str, tuple[str, ...]]:
    """The day of publication that is printed, how that is known, and what is doubtful about it."""
    headline = next((one.span[0] for one in furniture if one.why is Why.HEADLINE), 0)
    end = len(blank(text, tuple(furniture)).rstrip())
    printed: list[tuple[int, Printed]] = []  # where it stands
    for one in furniture:
        if one.why in {Why.DATE_LINE, Why.BYLINE, Why.PARTICULARS}:
            line = text[one.span[0] : one.span[1]]
            found = date_line(line) or (
                (date_line(undated(line)[1]) or tuple(dates(line))) if one.why is Why.BYLINE else ()
            )
            printed += [(one.span[0], each) for each in found]
    doubts = tuple(each.doubt for _, each in printed if each.doubt)
    known = [(at, each) for at, each in printed if each.dating]
    ranked = (
        ([each for at, each in known if each.label == "published" and at < end], ""),
        ([each for _, each in known if each.label == "published"], ""),
        (list(dates(given)), ""),
        ([each for at, each in known if at >= headline and not each.label], ""),
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
