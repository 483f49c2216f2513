"""Domain to cards. Discord's limits on what a message may hold are kept here and nowhere else.

``day_cards`` are of what falls on a day, ``seed_cards`` of a reload.
"""

from bisect import bisect_right
from collections.abc import Sequence
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
from bot.library import Generation
from bot.record import (
    MAX_WORDING,
    Citation,
    Collection,
    Kind,
    Selection,
    Statement,
    full_date,
    key_of,
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

NEXT, PREVIOUS, SUGGESTED, POST = "next", "prev", "show", "post"
PAGE, CHOOSE = "page", "pick"

_COLOURS: Final = {
    Kind.DIRECT: discord.Colour(0x2F6F8F),
    Kind.MIXED: discord.Colour(0xB7832F),
    Kind.INDIRECT: discord.Colour(0x7A7F87),
}
CALM: Final = discord.Colour(0x2F6F8F)


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
    embed.set_author(name=who(statement))
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


def who(statement: Statement) -> str:
    """A speaker with the office of that day, one line."""
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
    embed = discord.Embed(title=kind.capitalize(), description="\n".join(lines) or "There are none yet.", colour=CALM)
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


# The collection


def _mended(entry: Mended) -> str:
    what = f"{entry.speaker}, {entry.statement}, corrected" if entry.speaker else f"{entry.statement}, withdrawn"
    return plain(f"{full_date(entry.on)} · {what}: {shortened(entry.why, 100)}")


def about(collection: Collection, totals: Totals, latest: Sequence[Mended], generation: str) -> Reply:
    """What the collection is, how large, what was last corrected in it, and what the bot keeps about people."""
    embed = discord.Embed(
        title=plain(f"On Record · {collection.title}"), description=plain(collection.description), colour=CALM
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
