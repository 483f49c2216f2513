"""By way of whom words reached an article: the agency that the sentence, or the one before it, names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.drafting.attribution import cues
from bot.drafting.people import via
from bot.drafting.people.cast import Cast, Mention
from bot.drafting.people.introductions import Line
from bot.drafting.people.phrases import Phrase
from bot.drafting.people.voicing import is_body, who
from bot.drafting.values import Attribution, Span, Voice
from bot.record import Kind

MAX_VIA: Final = 100
"""Characters of ``via`` that seeds may have."""
_QUOTES: Final = frozenset("quote quotes quoted quoting cite cites cited citing".split())
_OPENING: Final = 6
"""Characters before whoever speaks first in what a body tells: “that ”."""
_FAR: Final = 40
"""Paragraphs that are looked back over for what “the agency” is called."""


def relayed(
    attribution: Attribution, voice: Voice, before: tuple[Attribution, Voice] | None, cast: Cast, outlet: str
) -> Voice:
    """A voice with the agency that its words came by.

    Args:
        attribution: what was said.
        voice: who said it.
        before: what was said before it, and by whom.
        cast: the article.
        outlet: whose the article is: it is nobody's source.
    """
    at = (attribution.cue or attribution.source or attribution.content)[0][0]
    line = cast.line(at)
    if line is None:
        return voice
    begin, end = line.sentence(at)
    direct = attribution.content if attribution.kind is Kind.DIRECT else ()
    words = [w for w in line.words if begin <= w.begin < end and not any(b <= w.begin < e for b, e in direct)]
    name, of_one_before = via.source_of(words, outlet)
    if of_one_before:
        name = _last_agency(cast, at)
    if not name and before and before[1].via and who(before[1]) == who(voice) and cast.line(before[0].begin) is line:
        name = before[1].via
    return replace(voice, via=name[:MAX_VIA]) if name else voice


def handed_on(attributions: Sequence[Attribution], voices: Sequence[Voice]) -> list[Voice]:
    """The voices of an article, in which a body that only tells what somebody said is no speaker.

    “Biden warned Putin of “severe sanctions”, according to the White House” is Biden's; “NATO said Stoltenberg had
    called it “reckless”” is Stoltenberg's.

    Args:
        attributions: of a whole article.
        voices: who spoke each, aligned with them.
    """
    told = list(voices)
    for index, inside in _told_of(attributions, voices):
        reason = f"{who(voices[index])} tells what {who(voices[inside])} said"
        told[index] = Voice(confidence=0.3, because=(reason,))
    for index, (outer, body) in enumerate(zip(attributions, voices, strict=True)):
        if not is_body(body) or body.via or not outer.source:
            continue
        begin, end = outer.content[0]
        for inside, inner in enumerate(attributions):
            speaks = inner.nested and inner.source and begin <= inner.source[0][0] <= begin + _OPENING and inner.cue
            if not speaks or inner.cue[0][0] >= end or is_body(voices[inside]) or not who(voices[inside]):
                continue
            if inner.kind is not Kind.INDIRECT or outer.cue[0][0] > begin:
                reason = f"{who(body)} tells what {who(voices[inside])} said"
                sure = min(0.85, voices[inside].confidence)
                told[index] = Voice(confidence=0.3, because=(reason,))
                told[inside] = replace(voices[inside], confidence=sure, because=(*voices[inside].because, reason))
    return told


def _told_of(attributions: Sequence[Attribution], voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    """Attributions to a body that only tells of a call or a talk, each with the one to whoever spoke there.

    “Akar told Shoigu that “it must stop”, his ministry reported”: the same words, of two, the body named behind.
    """
    for inside, inner in enumerate(attributions):
        for index in range(max(0, inside - 2), min(len(attributions), inside + 3)):
            outer = attributions[index]
            if index == inside or not (inner.cue and outer.source and outer.cue) or not is_body(voices[index]):
                continue
            begin, end = outer.content[-1]
            told = any(start <= begin and end <= till + _OPENING for start, till in inner.content)
            ordered = inner.cue[0][0] < begin and end <= outer.source[0][0] <= end + _OPENING
            if told and ordered and who(voices[inside]) and not is_body(voices[inside]):
                yield index, inside


def quoted_party(phrase: Phrase, line: Line, end: int) -> Span | None:
    """The words for whom an agency quotes: “quotes the agency the answer of the minister”, “quoted him as saying”.

    Args:
        phrase: that names the agency.
        line: the paragraph in which it stands.
        end: of its sentence.
    """
    index = next(at for at, word in enumerate(line.words) if word.begin >= phrase.begin)
    if not any(word.key in _QUOTES for word in line.words[max(0, index - 2) : index + 8]):
        return None
    rest = [word for word in line.words[index:] if phrase.begin + len(phrase.text) <= word.begin < end]
    while rest and rest[0].key in _QUOTES | {"as", "also"}:
        rest = rest[1:]
    stop = next((at for at, word in enumerate(rest) if at and (not word.joined or word.key in {"as", "saying"})), None)
    rest = rest[:stop]
    return (rest[0].begin, rest[-1].after) if rest else None


def says_something(mention: Mention, line: Line) -> bool:
    """Whether a verb of saying follows a name."""
    following = None if mention.possessive else line.word_after(mention.end)
    token = line.token(following) if following is not None else None
    return token is not None and token.lemma_ in cues.SAY and token.tag_ in {"VBD", "VBZ", "VBP"}


def _last_agency(cast: Cast, at: int) -> str:
    """“the agency”: the one that was named last."""
    number = cast.paragraph(at)
    for line in reversed(cast.lines[max(0, number - _FAR) : number + 1]):
        named = [name for _, _, name in via.agencies([word for word in line.words if word.begin < at]) if name]
        if named:
            return named[-1]
    return ""
