"""Who is said to have said what: source, cue and content spans.

A paragraph is laid out: its quotations (``marks``) over its words (``sheet``), and its sentences as quotation marks
bind them (``units``). Every cue of a sentence (``cues``) becomes a frame (``frames``): who (``sources``) said what
(``contents``, and ``extents`` for where that ends); ``cued`` puts the two together. Quotations that no cue takes are
looked at afterwards (``uncued``), without those that are nobody's words (``titles``); ``doubts`` says how sure all of
it is. Here paragraphs are read one after another, since a quotation may go on in the next, or its name stand below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.drafting import cued, sources, uncued
from bot.drafting.doubts import doubts
from bot.drafting.frames import Frame, Reading, Rule
from bot.drafting.parsing import Paragraph, Parsed
from bot.drafting.sheet import OUTSIDE, Range, lay
from bot.drafting.units import units
from bot.drafting.values import Attribution, Tie
from bot.record import Kind

_TIES: Final = {
    Rule.TRANSCRIPT: Tie.TRANSCRIPT,
    Rule.SIGNATURE: Tie.SIGNATURE,
    Rule.CONTINUATION: Tie.CONTINUATION,
    Rule.ASKED: Tie.NONE,
}


def attributions(parsed: Parsed) -> list[Attribution]:
    """Everything the text says that somebody said, in the order of the text."""
    found: list[Attribution] = []
    before: Reading | None = None
    for paragraph in parsed.paragraphs:
        reading = _laid(paragraph)
        signed = uncued.signature(reading.sheet)
        if signed and before and found and _is_unsigned(found[-1], before):
            cue, name = reading.sheet.spans([signed[0]]), reading.sheet.spans([signed[1]])
            found[-1] = replace(found[-1], source=name, cue=cue, tie=Tie.SIGNATURE)
        else:
            _read(reading)
            for made in _made(reading):
                found.append(_carried(made, found, before) if made.tie is Tie.CONTINUATION else made)
        before = reading
    return found


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """What people said, each in one piece.

    What stands inside of somebody else's words is left out; a continuation goes to the attribution that it continues.
    """
    told: list[Attribution] = []
    for one in found:
        if one.nested:
            continue
        if told and one.tie is Tie.CONTINUATION and one.source and one.source == told[-1].source:
            told[-1] = replace(told[-1], content=told[-1].content + one.content)
        else:
            told.append(one)
    return told


def _laid(paragraph: Paragraph) -> Reading:
    sheet = lay(paragraph)
    return Reading(sheet, units(sheet))


def _read(reading: Reading) -> None:
    """Note everything that a paragraph tells that somebody said."""
    whole = uncued.transcript(reading.sheet) or uncued.undersigned(reading.sheet)
    if whole:
        reading.take(whole)
        return
    for unit in reading.units:
        _read_unit(reading, unit)
    for frame in reading.frames:
        frame.nested = any(_tells(outer, frame) and not _tells(frame, outer) for outer in reading.frames)


def _read_unit(reading: Reading, unit: Range) -> None:
    """Note what one sentence tells: by its cues first, and then each quotation that none of them has taken."""
    sheet, (start, end) = reading.sheet, unit
    own = [one for one in sheet.doc[start:end] if sheet.quoted[one.i] == OUTSIDE and not (one.is_punct or one.is_space)]
    quotes = sheet.quotes_in(start, end)
    if quotes and not own:
        uncued.go_on(reading, quotes, unit)
        return
    for token in own:
        frame = cued.frame_at(reading, token, unit)
        if frame and frame.content:
            reading.take(frame)
    uncued.go_on_in_words(reading, unit)
    for quote in quotes:
        if quote not in reading.owned:
            frame = uncued.uncued(reading, quote, unit)
            if frame:
                reading.take(frame)


def _tells(outer: Frame, inner: Frame) -> bool:
    """Whether one cue stands inside of what another brings: “TASS reports that Lavrov said …”."""
    return bool(inner.cue) and any(begin <= inner.cue[0][0] < end for begin, end in outer.content)


def _made(reading: Reading) -> Iterator[Attribution]:
    sheet = reading.sheet
    for frame in reading.frames:
        content = sheet.spans(frame.content)
        if content:
            confidence, because = doubts(sheet, frame)
            yield Attribution(
                content,
                source=sheet.spans(frame.source),
                cue=sheet.spans(frame.cue),
                kind=sheet.kind(frame.content),
                tie=_TIES.get(frame.rule, Tie.CUE),
                nested=frame.nested,
                confidence=confidence,
                because=because,
            )


def _is_unsigned(last: Attribution, before: Reading) -> bool:
    """Whether a paragraph is a quotation and nothing else, of which it does not say whose it is."""
    begin, end = before.sheet.paragraph.begin, before.sheet.paragraph.end
    rest = before.sheet.text[last.end - begin :].strip()
    whole = begin <= last.begin and last.end <= end and len(rest) <= 1  # a stop behind the mark
    return whole and last.tie is not Tie.CUE and last.kind is Kind.DIRECT


def _carried(uncued: Attribution, found: list[Attribution], before: Reading | None) -> Attribution:
    """A quotation that begins a paragraph without a cue: by whoever was quoted, or spoken of, in the one before."""
    if before is None:
        return _nobodys(uncued)
    sheet = before.sheet
    last = next((one for one in reversed(found) if not one.nested), None)
    is_of_it = last is not None and sheet.paragraph.begin <= last.begin < sheet.paragraph.end
    quotes = last is not None and (last.kind is not Kind.INDIRECT or sheet.text.rstrip().endswith(":"))
    if last and last.source and is_of_it and quotes:
        return replace(uncued, source=last.source)
    acting = sources.actor(before, before.units[-1])
    if acting:
        verb, source = acting
        cue = sheet.spans([(verb.i, verb.i + 1)])
        return replace(uncued, source=sheet.spans([source]), cue=cue, tie=Tie.NONE)
    return replace(uncued, source=last.source) if last and last.source else _nobodys(uncued)


def _nobodys(uncued: Attribution) -> Attribution:
    return replace(uncued, tie=Tie.NONE)
