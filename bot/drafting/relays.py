"""By way of whom words reached an article: the agency that the sentence, or the one before it, names."""

from dataclasses import replace
from typing import Final

from bot.drafting import cues, via
from bot.drafting.cast import Cast, Mention
from bot.drafting.introductions import Line
from bot.drafting.phrases import Phrase
from bot.drafting.values import Attribution, Span, Voice
from bot.drafting.voicing import who
from bot.record import Kind

MAX_VIA: Final = 100
"""Characters of ``via`` that seeds may have."""
_QUOTES: Final = frozenset("quote quotes quoted quoting cite cites cited citing".split())
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
