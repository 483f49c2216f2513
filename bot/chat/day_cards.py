"""What falls on a day as cards: an anniversary asked for, page by page, and the daily post."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

import discord

from bot.chat.cards import CALM, MAX_DESCRIPTION, shortened, who
from bot.chat.markdown import link, plain
from bot.chat.presses import button
from bot.chat.replies import Reply
from bot.digest import Day, Digest, Section, years_ago
from bot.record import Event, EventStatus, Statement, full_date, month_day

DAY_PAGE: Final = "day"
NUMBERED: Final = 25
"""Entries of a day up to which its pages are numbered, for which all of them are read."""
_SPARE: Final = 120
"""Characters of a day's entry beside what is told and its source: a heading before; the nature of the wording after,
and that it was corrected."""


def day(found: Day, today: date, asker: int, collection: str, *, zone: str = "", page: int = 0) -> Reply:
    """A page of what falls on a calendar day, oldest first, whole entries only.

    Args:
        found: what falls on it.
        today: the day from which the years are counted.
        asker: the id of the user whom the buttons answer.
        collection: the collection's title.
        zone: in which time zone it is that day, where nobody named the day; letters only.
        page: which page, from 0. Of a day with more than ``NUMBERED`` entries: the entry with which it begins, from 0,
            or, negative, the entry before which it ends.
    """
    sections = found.sections()
    leaf = _leaf(sections, today, page) if _size(sections) <= NUMBERED else _stretch(sections, today, page)
    here = f" ({zone})" if zone else ""
    title = plain(f"{month_day(found.on)}{here} in {collection}")
    text = "\n\n".join(leaf.entries) or f"Nothing in the collection falls on {month_day(found.on)}."
    embed = discord.Embed(title=title, description=text, colour=CALM)
    if leaf.first and leaf.last:
        return Reply("", embed)
    embed.set_footer(text=leaf.place)
    state = f"{found.on.isoformat()}.{zone}"
    return Reply(
        "",
        embed,
        [
            button("◀", DAY_PAGE, asker, f"{state}.{leaf.back}", disabled=leaf.first),
            button("▶", DAY_PAGE, asker, f"{state}.{leaf.ahead}", disabled=leaf.last),
        ],
    )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of a day."""

    entries: Sequence[str]
    place: str
    """Where it stands among the others, in words."""
    back: int
    """What leads to the page before, as ``day`` takes it."""
    ahead: int
    first: bool
    last: bool


def _leaf(sections: Sequence[Section], today: date, page: int) -> _Leaf:
    """A page of a day with few entries."""
    pages = list(_pages(_entries(sections, today, range(_size(sections))))) or [[]]
    page = min(max(page, 0), len(pages) - 1)
    place = f"Page {page + 1} of {len(pages)}"
    return _Leaf(pages[page], place, page - 1, page + 1, page == 0, page == len(pages) - 1)


def _stretch(sections: Sequence[Section], today: date, at: int) -> _Leaf:
    """A page of a day with many entries, of which those are read that it shows, and the next one, which did not fit."""
    size = _size(sections)
    if at < 0:
        end = min(-at, size)
        entries = next(_pages(_entries(sections, today, range(end - 1, -1, -1))))[::-1]
        begin = end - len(entries)
    else:
        begin = min(at, size - 1)
        entries = next(_pages(_entries(sections, today, range(begin, size))))
        end = begin + len(entries)
    return _Leaf(entries, f"Entries {begin + 1:,}–{end:,} of {size:,}", -begin, end, begin == 0, end == size)


def _size(sections: Sequence[Section]) -> int:
    return sum(len(entries) for _, entries in sections)


def _entries(sections: Sequence[Section], today: date, places: Iterable[int]) -> Iterator[str]:
    """Entries by their places in all sections, from 0, the first of each under its heading; read one by one."""
    for place in places:
        heading, entry = _entry_at(sections, place)
        told = _said(entry, today) if isinstance(entry, Statement) else _event(entry, today)
        yield f"**{heading}**\n{told}" if heading else told


def _entry_at(sections: Sequence[Section], place: int) -> tuple[str, Statement | Event]:
    """The entry at a place, and the heading that it is the first under."""
    ends = list(accumulate(len(entries) for _, entries in sections))
    number = bisect_right(ends, place)
    heading, entries = sections[number]
    within = place - ends[number] + len(entries)
    return "" if within else heading, entries[within]


def _pages(entries: Iterable[str]) -> Iterator[list[str]]:
    """Entries gathered into pages whose text fits, as every single entry does."""
    page: list[str] = []
    room = MAX_DESCRIPTION
    for entry in entries:
        if page and len(entry) + 2 > room:
            yield page
            page, room = [], MAX_DESCRIPTION
        room -= len(entry) + 2 if page else len(entry)
        page.append(entry)
    if page:
        yield page


def _said(statement: Statement, today: date) -> str:
    article, when = statement.citation.article, statement.when
    date_line = f"**{when}** ({years_ago(when.latest, today)}) · {plain(who(statement))}"
    words = plain(statement.citation.shown)
    source = _entry(f"{date_line}\n{words}\n", f"{article.outlet}, {article.published}", article.url)
    corrected = f" · corrected on {full_date(statement.corrected.on)}" if statement.corrected else ""
    return f"{source} · {plain(statement.citation.nature)}{corrected}"


def _event(event: Event, today: date) -> str:
    announced = " · announced for this day" if event.status is EventStatus.ANNOUNCED else ""
    date_line = f"**{event.on}** ({years_ago(event.on.latest, today)}){announced}"
    return _entry(f"{date_line}\n{plain(event.description)}\nSource: ", event.source.title, event.source.url)


def _entry(told: str, source: str, url: str) -> str:
    """What is told and where it comes from, linked where there is an address and room for it."""
    source = shortened(source, 100)
    linked = link(source, url) if url else plain(source)
    return told + (linked if len(told) + len(linked) <= MAX_DESCRIPTION - _SPARE else plain(source))


def digest(found: Digest, collection: str) -> discord.Embed:
    """The post of a local date: as many whole entries as fit, then how many there are more."""
    size = _size(found.sections)
    label = [f"*{plain(found.label)}*"] if found.label else []
    parts = list(label)
    for kept, entry in enumerate(_entries(found.sections, found.on, range(size))):
        more = f"and {size - kept} more: /onthisday"
        last = kept == size - 1
        if len("\n\n".join([*parts, entry, "" if last else more])) > MAX_DESCRIPTION:
            parts.append(more)
            break
        parts.append(entry)
    description = "\n\n".join(parts)
    embed = discord.Embed(title=plain(found.title), description=description, colour=CALM)
    embed.set_footer(text=f"{collection} · {digest_mark(found.on)}")
    return embed


def digest_mark(on: date) -> str:
    """What ends the footer of a digest: the local date, by which our own post is recognised."""
    return on.isoformat()
