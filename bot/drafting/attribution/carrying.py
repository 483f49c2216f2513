"""What goes over from paragraph to paragraph: quotations that go on, bullets below a colon, names below a quotation."""

from dataclasses import dataclass, replace
from typing import Final

from bot.drafting.attribution import sources, uncued
from bot.drafting.attribution.doubts import regraded
from bot.drafting.attribution.frames import Reading, Rule
from bot.drafting.attribution.sheet import Sheet
from bot.drafting.values import Attribution, Span, Tie
from bot.record import Kind

_BULLETS: Final = frozenset("•◦‣▪·*–-")
_STOP: Final = 1
"""Characters behind the closing mark of a paragraph that is nothing but a quotation: a full stop."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Whose words follow: a cue and its source, of a paragraph before."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]


def is_bullet(sheet: Sheet) -> bool:
    """Whether a paragraph is an item of a list."""
    words = sheet.text.split(maxsplit=1)
    return len(words) > 1 and len(words[0]) == 1 and words[0] in _BULLETS


def leading(reading: Reading) -> Speaking | None:
    """Whose words follow a paragraph that ends with a colon: “In the interview, Roe told Reuters:”."""
    found = uncued.leading_actor(reading)
    if found is None:
        return None
    verb, source = found
    return Speaking(reading.sheet.spans([(verb.i, verb.i + 1)]), reading.sheet.spans([source]))


def item(sheet: Sheet, speaking: Speaking) -> Attribution | None:
    """A bullet below a colon, without quotation marks: what was said, in the journalist's words."""
    words = [at for at, token in enumerate(sheet.doc) if not (token.is_space or token.text in _BULLETS)]
    content = sheet.trim((words[0], len(sheet.doc))) if words else None
    if content is None or not sheet.is_clause(content):
        return None
    whole = Attribution(sheet.spans([content]), speaking.source, speaking.cue, sheet.kind([content]))
    return regraded(whole, Rule.COLON)


def carried(alone: Attribution, last: Attribution | None, before: Reading | None) -> Attribution:
    """A quotation that begins a paragraph without a cue: by whoever was quoted, or spoken of, in the one before.

    Args:
        alone: the quotation.
        last: the attribution before it, whichever paragraph that is in.
        before: the paragraph before.
    """
    if before is None:
        return regraded(replace(alone, tie=Tie.NONE), Rule.NOBODY)
    begin, end = before.sheet.paragraph.begin, before.sheet.paragraph.end
    if last and last.source and begin <= last.begin < end and last.kind is not Kind.INDIRECT:
        return replace(alone, source=last.source)
    acting = sources.actor(before, before.units[-1])
    if acting:
        verb, source = acting
        cue = before.sheet.spans([(verb.i, verb.i + 1)])
        acted = replace(alone, source=before.sheet.spans([source]), cue=cue, tie=Tie.NONE)
        return regraded(acted, Rule.ACTOR)
    if last and last.source:
        return regraded(replace(alone, source=last.source), Rule.ACTOR)
    return regraded(replace(alone, tie=Tie.NONE), Rule.NOBODY)


def led(alone: Attribution, speaking: Speaking) -> Attribution:
    """A quotation below a line that ends with a colon."""
    return regraded(replace(alone, source=speaking.source, cue=speaking.cue, tie=Tie.CUE), Rule.COLON)


def signed(last: Attribution, before: Reading, below: Sheet) -> Attribution | None:
    """A quotation that fills a paragraph, with the name that stands below it; None where none does."""
    signature = uncued.signature(below)
    begin, end = before.sheet.paragraph.begin, before.sheet.paragraph.end
    rest = before.sheet.text[last.end - begin :].strip()
    fills = begin <= last.begin and last.end <= end and len(rest) <= _STOP
    if signature is None or not fills or last.tie is Tie.CUE or last.kind is not Kind.DIRECT:
        return None
    dash, name = below.spans([signature[0]]), below.spans([signature[1]])
    return regraded(replace(last, source=name, cue=dash, tie=Tie.SIGNATURE), Rule.SIGNATURE)
