"""Which of the attributions of an article are statements worth a curator's time.

An article tells more than it states: what a report says that a minister said is the minister's; what nobody named is
said to have said is nobody's statement; what stands in two cues is one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.drafting.values import Attribution, Tie, Voice
from bot.record import MAX_WORDING, Kind

LEAST: Final = 0.3
"""An attribution less sure than this is left out: a curator would reject seven of ten."""
_TOUCHING: Final = 4
"""Characters between two paragraphs of one quotation: line ends and blanks."""
_SAME: Final = 0.8
"""Share of the shorter of two contents by the same speaker that stands in the longer, from which on they are one."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One statement to be: what was said, by whom, and which of the attributions it began with."""

    at: int
    found: Attribution
    voice: Voice


def choose(found: Sequence[Attribution], voices: Sequence[Voice]) -> list[Chosen]:
    """The attributions that are statements, in their order, a quotation over several paragraphs in one piece.

    Args:
        found: of a whole article.
        voices: who spoke each, aligned with them.
    """
    kept = [
        Chosen(at, one, voice)
        for at, (one, voice) in enumerate(zip(found, voices, strict=True))
        if one.confidence >= LEAST and (_named(voice) or _quotes(one)) and not _is_told_within(at, found, voices)
    ]
    return _without_twins(_joined(kept))


def _named(voice: Voice) -> bool:
    return voice.speaker is not None or voice.proposal is not None


def _quotes(one: Attribution) -> bool:
    """Whether it quotes: then it is worth a look even where nobody could be named, since the words are somebody's."""
    return one.kind is not Kind.INDIRECT and bool(one.source)


def _is_told_within(at: int, found: Sequence[Attribution], voices: Sequence[Voice]) -> bool:
    """Whether it is a part of what somebody else said, or only hands on what somebody named said.

    “Tillerson said that ministers had agreed …” is Tillerson's. “TASS reports that Lavrov said …” is Lavrov's.
    """
    one = found[at]
    for index, other in enumerate(found):
        if index == at:
            continue
        if _holds(other, one):
            if other.tie is Tie.TRANSCRIPT and _named(voices[at]) and _quotes(one):
                continue  # an answer in an interview, in which somebody else is quoted
            if not _carries(voices[index]) or not _named(voices[at]):
                return True
        elif _holds(one, other) and _carries(voices[at]) and _named(voices[index]):
            return True
    return False


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether a cue stands inside of what somebody else is said to have said."""
    return bool(inner.nested and inner.cue) and any(begin <= inner.cue[0][0] < end for begin, end in outer.content)


def _carries(voice: Voice) -> bool:
    """Whether a source only hands words on: an agency, an outlet, a document, somebody unnamed."""
    if not _named(voice):
        return True
    return bool(voice.via) and (voice.proposal is not None and voice.proposal.is_organisation)


def _joined(kept: Sequence[Chosen]) -> list[Chosen]:
    """With each continuation in the statement that it continues, as far as a card can show it."""
    joined: list[Chosen] = []
    for one in kept:
        last = joined[-1] if joined else None
        if last and one.found.tie is Tie.CONTINUATION and one.found.source == last.found.source:
            content = last.found.content + one.found.content
            near = one.found.begin - last.found.end <= _TOUCHING
            if near and sum(end - begin for begin, end in content) <= MAX_WORDING:
                doubts = tuple(dict.fromkeys(last.found.because + one.found.because))
                kind = last.found.kind if last.found.kind is one.found.kind else Kind.MIXED
                sure = min(last.found.confidence, one.found.confidence)
                whole = replace(last.found, content=content, kind=kind, confidence=sure, because=doubts)
                joined[-1] = replace(last, found=whole)
                continue
        joined.append(one)
    return joined


def _without_twins(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Each passage once: of two that hold the same words the surer one, and the longer where they are as sure."""
    best: list[Chosen] = []
    for one in sorted(chosen, key=lambda c: (-_named(c.voice), -round(c.found.confidence, 1), -_size(c.found))):
        if not any(_is_twin(one, other) for other in best):
            best.append(one)
    return sorted(best, key=lambda c: c.at)


def _is_twin(one: Chosen, other: Chosen) -> bool:
    """Whether two hold the same words, by the same speaker or the one of them by nobody."""
    theirs = (one.voice.speaker, one.voice.proposal) == (other.voice.speaker, other.voice.proposal)
    return (theirs or not _named(one.voice)) and _shared(one.found, other.found) >= _SAME


def _size(one: Attribution) -> int:
    return sum(end - begin for begin, end in one.content)


def _shared(one: Attribution, other: Attribution) -> float:
    """The share of the shorter content that stands in the longer, by characters."""
    common = sum(
        max(0, min(end, till) - max(begin, start)) for begin, end in one.content for start, till in other.content
    )
    return common / (min(_size(one), _size(other)) or 1)
