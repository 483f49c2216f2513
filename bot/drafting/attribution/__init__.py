"""Who is said to have said what: source, cue and content spans.

A paragraph is laid out: its quotations (``marks``) over its words (``sheet``), and its sentences as quotation marks
bind them (``units``). Every cue of a sentence (``cues``) becomes a frame (``frames``): who (``sources``) said what
(``contents``, and ``extents`` for where that ends); ``cued`` puts the two together. Quotations that no cue takes are
looked at afterwards (``uncued``), without those that are nobody's words (``titles``); ``reading`` does all of that for
one paragraph, ``carrying`` for what goes over to the next, and ``doubts`` says how sure all of it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.drafting.attribution import carrying
from bot.drafting.attribution.doubts import closed_later, doubts
from bot.drafting.attribution.frames import Reading, Rule
from bot.drafting.attribution.reading import read
from bot.drafting.parsing import Parsed
from bot.drafting.people.via import AGENCIES
from bot.drafting.values import Attribution, Tie
from bot.record import Kind
from bot.search.normalise import fold

_TIES: Final = {
    Rule.TRANSCRIPT: Tie.TRANSCRIPT,
    Rule.SIGNATURE: Tie.SIGNATURE,
    Rule.CONTINUATION: Tie.CONTINUATION,
    Rule.ASKED: Tie.NONE,
}
_NEAR: Final = 50
"""Attributions before and behind one among which those of the same sentence are."""
_LEAST: Final = 0.5
"""Below this confidence it is likelier no statement than one."""
_NAMES: Final = frozenset(word for name in AGENCIES for word in name) - {"news"}
_MEDIA: Final = _NAMES | frozenset(
    "agency agencies broadcaster channel daily document documents magazine media newspaper outlet portal report "
    "reports television transcript website".split()
)
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
    return _unrepeated(found, parsed.text)


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
            taken.append(carrying.carried(made, [*found, *taken], before))
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
    holding: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, its in enumerate(words):
        for at in range(len(its) - _ALIKE + 1):
            holding[tuple(its[at : at + _ALIKE])].add(number)
    kept: list[Attribution] = []
    for number, (one, its) in enumerate(zip(found, words, strict=True)):
        others = holding.get(tuple(its[:_ALIKE]), set()) - {number} if one.tie in _WITHOUT_CUE else set()
        # Of two that are alike in all, neither with a cue, the first stays.
        longer = (
            words[other]
            for other in others
            if other < number or found[other].tie not in _WITHOUT_CUE or its != words[other]
        )
        if not any(f" {' '.join(its)} " in f" {' '.join(other)} " for other in longer):
            kept.append(one)
    return kept


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


def statements(found: Sequence[Attribution], text: str) -> list[Attribution]:
    """What a record of statements wants of all the attributions of a text.

    Left out are those that are likelier none; what stands inside of somebody else's words (“Berg says that Dahl
    promised …” is told as Berg's); and what an agency or a document only passes on (“TASS reports that Lavrov said …”
    is told as Lavrov's).
    """
    passing: set[int] = set()
    wanted: list[Attribution] = []
    for number, one in enumerate(found):
        outer = _outer(found, number) if one.nested else []
        if one.confidence >= _LEAST and all(_is_medium(found[other], text) for other in outer):
            wanted.append(one)
            passing.update(outer if one.source else ())
    passed = {id(found[number]) for number in passing}
    return [one for one in wanted if id(one) not in passed]


def _outer(found: Sequence[Attribution], number: int) -> list[int]:
    """The attributions in whose content the cue of a nested one stands; they are of the same paragraph."""
    at = found[number].cue[0][0]
    near = range(max(0, number - _NEAR), min(len(found), number + _NEAR))
    return [other for other in near if other != number and any(a <= at < b for a, b in found[other].content)]


def _is_medium(one: Attribution, text: str) -> bool:
    """Whether its source is an agency, an outlet or a document."""
    return any(word in _MEDIA for begin, end in one.source for word in _WORD.findall(fold(text[begin:end])))
