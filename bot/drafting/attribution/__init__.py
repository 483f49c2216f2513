"""Who is said to have said what: source, cue and content spans.

A paragraph is laid out: its quotations (``marks``) over its words (``sheet``), and its sentences as quotation marks
bind them (``units``). Every cue of a sentence (``cues``) becomes a frame (``frames``): who (``sources``) said what
(``contents``, and ``extents`` for where that ends); ``cued`` puts the two together. Quotations that no cue takes are
looked at afterwards (``uncued``), without those that are nobody's words (``titles``); ``reading`` does all of that for
one paragraph, ``carrying`` for what goes over to the next, ``interviews`` for answers in them, and ``doubts`` says how
sure all of it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from bot.drafting.attribution import carrying, interviews
from bot.drafting.attribution.doubts import closed_later, doubts
from bot.drafting.attribution.frames import Reading, Rule
from bot.drafting.attribution.reading import read
from bot.drafting.parsing import Parsed
from bot.drafting.values import Attribution, Tie
from bot.record import Kind

_TIES: Final = {
    Rule.TRANSCRIPT: Tie.TRANSCRIPT,
    Rule.SIGNATURE: Tie.SIGNATURE,
    Rule.CONTINUATION: Tie.CONTINUATION,
    Rule.ASKED: Tie.NONE,
}
_ALIKE: Final = 4
"""Words at the beginning of a quotation by which others with the same words are looked up."""
_WITHOUT_CUE: Final = frozenset({Tie.SIGNATURE, Tie.NONE, Tie.CONTINUATION})
_WORD: Final = re.compile(r"\w+")


def attributions(parsed: Parsed) -> list[Attribution]:
    """Everything the text says that somebody said, in the order of the text; what repeats another is left out."""
    found: list[Attribution] = []
    before: Reading | None = None
    speaking: carrying.Speaking | None = None
    for paragraph in parsed.paragraphs:
        reading = read(paragraph)
        bullet = carrying.is_bullet(reading.sheet)
        if before is not None and not (bullet and speaking):
            speaking = carrying.leading(before)
        named = carrying.signed(found[-1], before, reading.sheet) if before and found else None
        if named:
            found[-1] = named
        else:
            found.extend(_taken(reading, found, before, speaking, bullet=bullet))
        before = reading
    return interviews.with_answers(_unrepeated(found, parsed.text), parsed)


def _taken(
    reading: Reading,
    found: list[Attribution],
    before: Reading | None,
    speaking: carrying.Speaking | None,
    *,
    bullet: bool,
) -> list[Attribution]:
    """What a paragraph tells, with what it owes to the paragraphs before it."""
    taken: list[Attribution] = []
    for made in _made(reading):
        if made.tie is not Tie.CONTINUATION or made.source:
            taken.append(made)
        elif speaking:
            taken.append(carrying.led(made, speaking))
        else:
            last = next((one for one in chain(reversed(taken), reversed(found)) if not one.nested), None)
            taken.append(carrying.carried(made, last, before))
            if found and taken[-1].tie is Tie.CONTINUATION and len(taken) == 1:
                found[-1] = closed_later(found[-1])
    if not taken and bullet and speaking:
        item = carrying.item(reading.sheet, speaking)
        return [item] if item else []
    return taken


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


def _unrepeated(found: list[Attribution], text: str) -> list[Attribution]:
    """Without pull quotes and the like: what has no cue, and whose words stand in another attribution as well."""
    words = [_words(one, text) for one in found]
    uncued = {number: tuple(words[number][:_ALIKE]) for number, one in enumerate(found) if one.tie in _WITHOUT_CUE}
    wanted = set(uncued.values())
    holding: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, its in enumerate(words) if wanted else ():
        for row in zip(*(its[shift:] for shift in range(_ALIKE)), strict=False):
            if row in wanted:
                holding[row].add(number)
    repeats = {
        number
        for number, row in uncued.items()
        if any(_repeats(found, words, number, other) for other in holding[row] - {number})
    }
    return [one for number, one in enumerate(found) if number not in repeats]


def _repeats(found: list[Attribution], words: list[list[str]], number: int, other: int) -> bool:
    """Whether all words of one stand in the other; of two that are alike, and have no cue, the first stays."""
    if words[number] == words[other] and other > number and found[other].tie in _WITHOUT_CUE:
        return False
    return f" {' '.join(words[number])} " in f" {' '.join(words[other])} "


def _words(one: Attribution, text: str) -> list[str]:
    return [word for begin, end in one.content for word in _WORD.findall(text[begin:end].casefold())]


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """What people said, each in one piece.

    What stands inside of somebody else's words is left out; a continuation goes to the attribution that it continues.
    """
    told: list[Attribution] = []
    for one in found:
        if one.nested:
            continue
        if told and one.tie is Tie.CONTINUATION and one.source and one.source == told[-1].source:
            kind = one.kind if one.kind is told[-1].kind else Kind.MIXED
            told[-1] = replace(told[-1], content=told[-1].content + one.content, kind=kind)
        else:
            told.append(one)
    return told
