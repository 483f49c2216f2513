"""Domain to cards. Discord's limits on what a message may hold are kept here and nowhere else."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, Final

import discord
from discord.ui import Button, Item

from bot import __version__
from bot.chat.markdown import link, plain
from bot.chat.presses import button, fits, menu, pack
from bot.chat.replies import Reply
from bot.corpus.catalogue import Counted
from bot.corpus.store import Corpus, Mended, Totals
from bot.digest import Day, Digest, Section, years_ago
from bot.library import Generation
from bot.record import (
    MAX_WORDING,
    Citation,
    Collection,
    Event,
    EventStatus,
    Kind,
    Selection,
    Statement,
    full_date,
    key_of,
    month_day,
)
from bot.search.find import Answer

MAX_DESCRIPTION: Final = 4096
MAX_FIELD: Final = 1024
MAX_AUTHOR: Final = 256
MAX_EMBED: Final = 6000
"""Of everything in an embed that is text."""
MAX_CONTENT: Final = 2000
MAX_OPTIONS: Final = 25
MAX_LABEL: Final = 80
MAX_OPTION: Final = 100
NUMBERED: Final = 25
"""Entries of a day up to which its pages are numbered, for which all of them are read."""

NEXT, PREVIOUS, SUGGESTED, POST = "next", "prev", "show", "post"
PAGE, CHOOSE, DAY_PAGE = "page", "pick", "day"

_COLOURS: Final = {
    Kind.DIRECT: discord.Colour(0x2F6F8F),
    Kind.MIXED: discord.Colour(0xB7832F),
    Kind.INDIRECT: discord.Colour(0x7A7F87),
}
_CALM: Final = discord.Colour(0x2F6F8F)
_SPARE: Final = 120
"""Characters of a day's entry beside what is told and its source: a heading before; the nature of the wording after,
and that it was corrected."""


def shortened(text: str, limit: int) -> str:
    """A label cut to what fits; never used on words that somebody said."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fitting(lines: Sequence[str], limit: int, more: str, total: int = 0) -> str:
    """As many whole lines as fit, then how many were left out, by ``more``, a pattern with ``{}``.

    ``total`` says how many there are where not all of them are among the lines.
    """
    total = max(total, len(lines))
    ends = list(accumulate(len(line) + 1 for line in lines))
    for kept in range(bisect_right(ends, limit + 1), -1, -1):
        rest = [more.format(f"{total - kept:,}")] if kept < total else []
        text = "\n".join([*lines[:kept], *rest])
        if len(text) <= limit:
            return text
    return ""


# A statement


def statement_embed(statement: Statement, collection: str) -> discord.Embed:
    """A statement with its whole receipt."""
    citation = statement.citation
    quoted = citation.kind is Kind.DIRECT
    words = plain(citation.shown)
    embed = discord.Embed(description=f"> {words}" if quoted else words, colour=_COLOURS[citation.kind])
    embed.set_author(name=_who(statement))
    said = statement.said
    _field(embed, "Said" if said else "Reported", plain(_capital(str(said or statement.reported))))
    _field(embed, "Wording", plain(_capital(citation.nature)))
    _field(embed, "Source", _receipt(citation), wide=True)
    if statement.corrected:
        _field(embed, f"Corrected on {full_date(statement.corrected.on)}", _correction(statement), wide=True)
    embed.set_footer(text=f"{collection} · {statement.id}")
    # All of the above always fits; what follows does unless nearly every character of it had to be escaped.
    via = f"via {citation.via}" if citation.via else ""
    occasion = " · ".join(filter(None, (citation.occasion, via)))
    _field(embed, "How the date is known" if said else "Why no date", plain(_capital(statement.basis)), wide=True, at=2)
    _field(embed, "Occasion", plain(_capital(occasion)), wide=True, at=2)
    others = [_receipt(other) for other in statement.citations[1:]]
    _field(embed, "Also reported by", fitting(others, MAX_FIELD, "and {} more"), wide=True)
    _field(embed, "Topics", plain(", ".join(topic.label for topic in statement.topics)), wide=True)
    return embed


def _who(statement: Statement) -> str:
    style = statement.citation.described_as or " and ".join(map(str, statement.offices))
    return shortened(f"{statement.speaker.name} · {_capital(style)}" if style else statement.speaker.name, MAX_AUTHOR)


def _receipt(citation: Citation) -> str:
    """Outlet, date and title, and what else of the byline, the link and the note on the wording there is room for."""
    article = citation.article
    head = f"{plain(article.outlet)}, {plain(str(article.published))}"
    by = f", by {plain(article.byline)}" if article.byline else ""
    quoted = citation.kind is not Kind.INDIRECT
    note = f"\n*{plain(article.wording_note)}*" if article.wording_note and quoted else ""
    title = f"\n{link(article.title, article.url)}"
    receipts = (head + by + title + note, head + by + title, head + title, f"{head}{by}\n{plain(article.title)}")
    return next(receipt for receipt in receipts if len(receipt) <= MAX_FIELD)


def _correction(statement: Statement) -> str:
    """Why a statement was corrected, and as much of what it was before as there is room for."""
    corrected, citation = statement.corrected, statement.citation
    assert corrected
    known = max(_alike(corrected.was, now) for now in (citation.shown, citation.text))
    told = (
        f"{plain(corrected.why)}\nIt was: {plain(passage(corrected.was, known, room))}"
        for room in (MAX_WORDING, 900, 600, 300)  # the last of which fits whatever has to be escaped
    )
    return next(text for text in told if len(text) <= MAX_FIELD)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    differing = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def passage(text: str, known: int, limit: int) -> str:
    """The part of a text that begins shortly before what is not known of it yet; what is left out is marked.

    Cut between words, since half of one may say the opposite.

    Args:
        text: the whole.
        known: how many characters from its beginning the reader sees elsewhere.
        limit: characters that the part may have.
    """
    if len(text) <= limit:
        return text
    room = limit - len("… ") - len(" …")
    start = max(0, min(known - room // 3, len(text) - room))
    if start:
        start = text.find(" ", start - 1, known) + 1 or start
    end = start + room
    if end < len(text):
        between_words = text.rfind(" ", start + 1, end + 1)
        end = between_words if between_words > 0 else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _field(embed: discord.Embed, name: str, value: str, *, wide: bool = False, at: int | None = None) -> None:
    """Add a field that has something in it, where there is room, behind the others or as the one with an index."""
    if value and len(embed) + len(name) + len(value) <= MAX_EMBED:
        embed.insert_field_at(len(embed.fields) if at is None else at, name=name, value=value, inline=not wide)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def quotation(
    generation: Generation,
    selection: Selection,
    asker: int,
    *,
    number: int = 0,
    note: str = "",
    private: bool = False,
) -> Reply:
    """One statement of a selection, with the buttons that lead to the others.

    Args:
        generation: where it stands.
        selection: the statements that the buttons go through.
        asker: the id of the user whom the buttons answer.
        number: the statement to show; the first where it is not given.
        note: what must be said before it, in plain text.
        private: whether only the asker sees it, and may want to post it for everybody.
    """
    corpus = generation.corpus
    number = number or corpus.numbers(selection, 1)[0]
    statement = corpus.statement(number)
    turned = selection if fits(selection) else Selection(statement.speaker.id)
    state = pack(turned, key_of(statement.id), generation.mark)
    below = [
        *(_pager(corpus, selection, number, state, asker) if turned is selection else ()),
        *_links(statement, corpus.collection.corrections_url),
    ]
    if private:
        below.append(button("Post it here", POST, asker, state, primary=True))
    embed = statement_embed(statement, corpus.collection.title)
    return Reply(shortened(plain(note), MAX_CONTENT), embed, below)


def _pager(corpus: Corpus, selection: Selection, number: int, state: str, asker: int) -> list[Item[Any]]:
    total = corpus.count(selection)
    if total < 2:
        return []
    place = corpus.place(selection, number)
    return [
        button("◀", PREVIOUS, asker, state, disabled=place <= 1),  # 0: it stands before them, and no longer among them
        button(f"{place}/{total}", "here", asker, state, disabled=True),
        button("▶", NEXT, asker, state, disabled=place == total),
    ]


def _links(statement: Statement, corrections_url: str) -> list[Item[Any]]:
    links: list[Item[Any]] = [Button(label="Read the article", url=statement.citation.article.url)]
    if corrections_url:
        links.append(Button(label="A statement is wrong", url=corrections_url))
    return links


def nothing(generation: Generation, answer: Answer, asker: int) -> Reply:
    """The honest answer that there is none, with what is close as buttons."""
    offers = [
        button(shortened(offer.label, MAX_LABEL), SUGGESTED, asker, pack(offer.selection), primary=True)
        for offer in answer.suggestions
    ]
    return Reply(shortened(plain(generation.finder.explain(answer)), MAX_CONTENT), None, offers)


# Browsing


def browse(kind: str, entries: Sequence[Counted], page: int, asker: int, collection: str) -> Reply:
    """A page of speakers or topics with their counts, and a menu that leads to their statements.

    Args:
        kind: “speakers” or “topics”.
        entries: all of them, in the order to show.
        page: which page, from 0.
        asker: the id of the user whom the components answer.
        collection: the collection's title.
    """
    pages = max(1, -(-len(entries) // MAX_OPTIONS))
    page = min(max(page, 0), pages - 1)
    shown = entries[page * MAX_OPTIONS : (page + 1) * MAX_OPTIONS]
    lines = [f"**{plain(entry.label)}** · {entry.statements}" for entry in shown]
    embed = discord.Embed(title=kind.capitalize(), description="\n".join(lines) or "There are none yet.", colour=_CALM)
    of_pages = f" · page {page + 1} of {pages}" if pages > 1 else ""
    embed.set_footer(text=f"{collection} · {len(entries)} {kind}{of_pages}")
    if not entries:
        return Reply("", embed)
    options = [
        discord.SelectOption(
            label=shortened(entry.label, MAX_OPTION),
            value=entry.id,
            description=_statements(entry.statements),
        )
        for entry in shown
    ]
    below: list[Item[Any]] = [menu("Show what was said", CHOOSE, asker, kind, options)]
    if pages > 1:
        below += [
            button("◀", PAGE, asker, f"{kind}.{page - 1}", disabled=page == 0),
            button("▶", PAGE, asker, f"{kind}.{page + 1}", disabled=page == pages - 1),
        ]
    return Reply("", embed, below)


def _statements(count: int) -> str:
    return f"{count} statement" if count == 1 else f"{count} statements"


# A day


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
    embed = discord.Embed(title=title, description=text, colour=_CALM)
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
    date_line = f"**{when}** ({years_ago(when.latest, today)}) · {plain(_who(statement))}"
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
    embed = discord.Embed(title=plain(found.title), description=description, colour=_CALM)
    embed.set_footer(text=f"{collection} · {digest_mark(found.on)}")
    return embed


def digest_mark(on: date) -> str:
    """What ends the footer of a digest: the local date, by which our own post is recognised."""
    return on.isoformat()


# The collection


def _mended(entry: Mended) -> str:
    what = f"{entry.speaker}, {entry.statement}, corrected" if entry.speaker else f"{entry.statement}, withdrawn"
    return plain(f"{full_date(entry.on)} · {what}: {shortened(entry.why, 100)}")


def about(collection: Collection, totals: Totals, latest: Sequence[Mended], generation: str) -> Reply:
    """What the collection is, how large, what was last corrected in it, and what the bot keeps about people."""
    embed = discord.Embed(
        title=plain(f"On Record · {collection.title}"), description=plain(collection.description), colour=_CALM
    )
    span = f"{totals.earliest} to {totals.latest}" if totals.earliest and totals.latest else ""
    _field(embed, "Statements", f"{totals.statements:,}")
    _field(embed, "Speakers", f"{totals.speakers:,}")
    _field(embed, "Topics", f"{totals.topics:,}")
    _field(embed, "Articles", f"{totals.articles:,}")
    _field(embed, "Events", f"{totals.events:,}")
    _field(embed, "Corrections", f"{totals.corrections:,}")
    _field(embed, "Period", plain(span), wide=True)
    _field(embed, "Latest corrections", fitting(list(map(_mended, latest)), MAX_FIELD, "and {} more"), wide=True)
    _field(
        embed,
        "What is quoted",
        "Quotation marks stand only around words that are verbatim in the cited article. Everything else is told in "
        "our own words. A date is as precise as its source, and never more.",
        wide=True,
    )
    _field(
        embed,
        "What is stored about people",
        "Nothing but a server's settings and the log of what its moderators did. Questions are not kept.",
        wide=True,
    )
    embed.set_footer(text=f"Version {__version__} · generation {generation}")
    below: list[Item[Any]] = []
    if collection.corrections_url:
        below.append(Button(label="A statement is wrong", url=collection.corrections_url))
    return Reply("", embed, below)
