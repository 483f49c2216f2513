"""Organisations that speak: of the roster, proposed, or “the ministry” that was named before."""

from dataclasses import replace
from typing import Final

from bot.drafting import via
from bot.drafting.cast import Cast
from bot.drafting.countries import COUNTRIES
from bot.drafting.focus import Focus
from bot.drafting.names import BODIES, keys_of, words_of
from bot.drafting.phrases import Phrase, Sort, read
from bot.drafting.roster import Roster
from bot.drafting.values import Proposal, Voice
from bot.drafting.voicing import who

_ARTICLES: Final = frozenset({"the", "a", "an"})
_FAR: Final = 40
"""Paragraphs that are looked back over for a body's full name."""


class Bodies:
    """The organisations of one article."""

    def __init__(self, cast: Cast, focus: Focus, roster: Roster) -> None:
        self._cast, self._focus, self._roster = cast, focus, roster

    def voice(self, phrase: Phrase) -> Voice:
        """Whoever a phrase for an organisation means."""
        voice = self.named(phrase.body, phrase)
        if phrase.also is not None and who(voice):
            reason = f"{who(voice)} speaks together with others: “{phrase.text}”"
            return replace(voice, confidence=0.5, because=(reason,))
        return voice

    def before(self, at: int) -> Voice | None:
        """A body that a sentence before is about, in this paragraph or in the one before it."""
        number = self._cast.paragraph(at)
        for line in reversed(self._cast.lines[max(0, number - 1) : number + 1]):
            begins = [begin for begin in line.sentences if begin <= at][-3:]
            for begin, end in reversed(list(zip(begins, [*begins[1:], min(at, line.end)], strict=True))):
                for span in line.subjects(begin, end):
                    if self._focus.is_reported(span[0]):
                        continue
                    phrase = read(span, line, self._cast, self._roster.aliases)
                    if phrase.sort is Sort.BODY and who(voice := self.voice(phrase)):
                        return voice
        return None

    def named(self, name: str, phrase: Phrase) -> Voice:
        """The organisation that is called so in a phrase."""
        keys = keys_of(name)
        if not phrase.definite and phrase.sort is Sort.BODY:
            return unnamed(phrase)
        speaker = self._roster.organisation(keys)
        if speaker:
            return Voice(speaker, confidence=0.97)
        if len(keys) == 2 and keys[1] == "side":
            return self.named(COUNTRIES.get(keys[0], name), phrase)
        if name.islower() or (len(keys) == 1 and keys[0] in BODIES):
            voice = self._earlier(keys, phrase)
            if who(voice) or name.islower():
                return voice
        agency = next(via.agencies(words_of(name)), None)
        if agency and agency[2]:
            return Voice(via=agency[2], confidence=0.3, because=("an agency is named, and nobody else",))
        name = COUNTRIES.get(" ".join(keys), name)
        certain = 0.5 if phrase.owner else 0.9
        return Voice(None, Proposal(name, is_organisation=True), confidence=certain)

    def _earlier(self, keys: tuple[str, ...], phrase: Phrase) -> Voice:
        """“the ministry”: the one that was named last."""
        number = self._cast.paragraph(phrase.begin)
        for line in reversed(self._cast.lines[max(0, number - _FAR) : number + 1]):
            words = line.words
            for at in range(len(words) - len(keys), 0, -1):
                if words[at].key != keys[0] or words[at + len(keys) - 1].end >= phrase.begin or not words[at].joined:
                    continue
                if tuple(word.key for word in words[at : at + len(keys)]) != keys:
                    continue
                start = at
                while start and words[start].joined and words[start - 1].key not in _ARTICLES and line.fits(start - 1):
                    start -= 1
                if start < at and words[start].capital:
                    full = " ".join(line.text[words[start].begin : words[at + len(keys) - 1].end].split())
                    voice = self.named(full, phrase)
                    reason = f"“{phrase.text}” taken for “{full}”, named before"
                    return replace(voice, confidence=min(0.85, voice.confidence), because=(reason,))
        return unnamed(phrase)


def unnamed(phrase: Phrase) -> Voice:
    """Nobody: the words for the source name nobody who could be quoted."""
    return Voice(confidence=0.3, because=(f"speaker is not named: “{phrase.text}”",))
