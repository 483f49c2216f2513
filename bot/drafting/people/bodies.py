"""Organisations that speak: of the roster, proposed, or “the ministry” that was named before."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.drafting.people import via
from bot.drafting.people.cast import Cast
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.focus import Focus
from bot.drafting.people.introductions import Line
from bot.drafting.people.names import ARTICLES, BODIES, KINDS, Word, keys_of, words_of
from bot.drafting.people.phrases import Phrase, Sort, read
from bot.drafting.people.roster import Roster, in_time
from bot.drafting.people.voicing import who
from bot.drafting.values import Proposal, Voice
from bot.record import Dating
from bot.search.normalise import fold

_ONE_OF_MANY: Final = frozenset(
    "company corporation group union party bank firm agency bureau institute institution foundation association "
    "organisation organization university college school centre center think-tank watchdog team network fund church "
    "newspaper magazine daily channel broadcaster station website hospital museum shipyard movement league society "
    "airline operator carmaker charity".split()
)
"""Bodies of which a country has many: “the Russian company” is no name, as “the Russian embassy” is."""
_WITHIN: Final = KINDS | {"the", "of", "for", "and"}
"""Small words in the words for a body."""
_SPELT: Final = {"organisation": "organization", "centre": "center", "defence": "defense", "programme": "program"}
_MINISTRIES: Final = frozenset({"ministry", "department"})
_NEAR: Final = 3
"""Paragraphs that are looked ahead over for it."""
_FAR: Final = 40
"""Paragraphs that are looked back over for a body's full name."""


class Bodies:
    """The organisations of one article."""

    def __init__(self, cast: Cast, focus: Focus, roster: Roster, when: Dating | None) -> None:
        self._cast, self._focus, self._roster, self._when = cast, focus, roster, when
        self._is_describing = False
        self._met: list[tuple[tuple[str, ...], Voice]] = []
        """What spoke, in its own words, in the order of the text."""

    def voice(self, phrase: Phrase) -> Voice:
        """Whoever a phrase for an organisation means."""
        voice = self._of_somebody(phrase) or self.named(phrase.body, phrase)
        if phrase.also is not None and who(voice):
            reason = f"{who(voice)} speaks together with others: “{phrase.text}”"
            return replace(voice, confidence=0.5, because=(reason,))
        return voice

    def _of_somebody(self, phrase: Phrase) -> Voice | None:
        """“his ministry”, “Rau's ministry”, “Kimball's group”: the body that somebody's office is of."""
        noun = phrase.body.rpartition(" ")[2]
        own = phrase.possessor in ("he", "she") and noun == phrase.body
        if not (phrase.owner or own) or noun not in _MINISTRIES | _ONE_OF_MANY:
            return None
        ranked = self._focus.candidates(phrase.begin, phrase.possessor) if own else []
        for person in [phrase.owner] if phrase.owner else [candidate.person for candidate in ranked[:2]]:
            held = [held.office for held in self._roster.held(person.speaker)] if person.speaker else []
            offices = [(role.title, role.organisation) for role in person.roles if not role.tense]
            offices += [(one.title, one.organisation) for one in held if in_time(one, "", self._when)]
            for title, of in offices:
                field = title.removesuffix("Minister").removesuffix("minister").strip()
                country = COUNTRIES.get(fold(of), "")
                if noun in _MINISTRIES and field and field != title and country:
                    name = f"{country}'s {field} {noun.capitalize()}"
                elif noun in _ONE_OF_MANY and of[:1].isupper() and not country:
                    name = of
                else:
                    continue
                voice = self.named(name, replace(phrase, owner=None))
                reason = f"“{phrase.text}” taken for that of {person.name}"
                return replace(voice, confidence=min(0.8, voice.confidence), because=(reason,))
        return None

    def before(self, at: int) -> Voice | None:
        """A body that a sentence before is about, in this paragraph or in the one before it."""
        number = self._cast.paragraph(at)
        own = self._cast.lines[max(0, number)]
        for span in own.governing(at):
            phrase = read(span, own, self._cast, self._roster.aliases)
            if phrase.sort is Sort.BODY and span[1] <= at and who(voice := self.voice(phrase)):
                return voice
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

    def author(self, phrase: Phrase) -> Voice | None:
        """“the poll”, where “a poll by the Levada Center” was spoken of before: whose it is."""
        number = self._cast.paragraph(phrase.begin)
        for line in reversed(self._cast.lines[max(0, number - _FAR) : number + 1]):
            words = line.words
            for at in reversed(range(len(words) - 2)):
                if words[at].key != phrase.body or words[at + 1].key != "by" or words[at].begin >= phrase.begin:
                    continue
                end = at + 2
                while end < len(words) and words[end].joined and (words[end].capital or words[end].key in _WITHIN):
                    end += 1
                span = (words[at + 2].begin, words[end - 1].after)
                maker = read(span, line, self._cast, self._roster.aliases) if end > at + 2 else None
                if maker and maker.sort is Sort.BODY and who(voice := self.voice(maker)):
                    reason = f"“{phrase.text}” taken for that of {who(voice)}"
                    return replace(voice, confidence=min(0.7, voice.confidence), because=(reason,))
        return None

    def named(self, name: str, phrase: Phrase) -> Voice:
        """The organisation that is called so in a phrase."""
        keys = keys_of(name)
        if not phrase.definite and phrase.sort is Sort.BODY:
            return unnamed(phrase)
        speaker = self._roster.organisation(keys)
        if speaker:
            return Voice(speaker, confidence=0.97)
        if len(keys) > 1 and keys[-1] in _ONE_OF_MANY and all(map(_describes, words_of(name))):
            return self._described(phrase)
        if len(keys) == 2 and keys[1] == "side" and keys[0] in COUNTRIES:
            return self.named(COUNTRIES[keys[0]], phrase)
        if name.islower() or (len(keys) == 1 and keys[0] in BODIES):
            voice = self._earlier(keys, phrase)
            if who(voice) or name.islower():
                return voice
        agency = next(via.agencies(words_of(name)), None)
        if agency and agency[2]:
            return Voice(via=agency[2], confidence=0.3, because=("an agency is named, and nobody else",))
        if fuller := self._fuller(keys):
            return fuller
        name = COUNTRIES.get(" ".join(keys), name)
        certain = 0.5 if phrase.owner else 0.9
        voice = Voice(None, Proposal(name, is_organisation=True), confidence=certain)
        self._met.append((keys, voice))
        return voice

    def _fuller(self, keys: tuple[str, ...]) -> Voice | None:
        """“the Elysee”, “the Defence Ministry” where “the Elysee Palace”, “Russia's Defence Ministry” spoke before."""
        for other, voice in reversed(self._met):
            if len(other) > len(keys) and (
                other[: len(keys)] == keys or (keys[-1] in BODIES and other[-len(keys) :] == keys)
            ):
                return replace(voice, confidence=min(0.85, voice.confidence))
        return None

    def _described(self, phrase: Phrase) -> Voice:
        """“the Finnish company”: no name, but the body that spoke last."""
        if self._is_describing:  # “the Finnish company” of an earlier sentence does not tell which
            return unnamed(phrase)
        self._is_describing = True
        voice = self.before(phrase.begin) or (self._met[-1][1] if self._met else None)
        self._is_describing = False
        if voice is None:
            return unnamed(phrase)
        reason = f"“{phrase.text}” taken for {who(voice)}, which spoke before"
        return replace(voice, confidence=0.5, because=(reason,))

    def _earlier(self, keys: tuple[str, ...], phrase: Phrase) -> Voice:
        """“the ministry”: the one that was named last, or else the first that is named after it."""
        if keys == ("side",):
            return unnamed(phrase)
        number = self._cast.paragraph(phrase.begin)
        before = self._called(keys, phrase, reversed(self._cast.lines[max(0, number - _FAR) : number + 1]))
        if before:
            return self._taken(before, phrase, 0.85, "named before")
        after = self._called(keys, phrase, self._cast.lines[number : number + _NEAR], later=True)
        return self._taken(after, phrase, 0.55, "named after it") if after else unnamed(phrase)

    def _taken(self, full: str, phrase: Phrase, certain: float, where: str) -> Voice:
        voice = self.named(full, phrase)
        reason = f"“{phrase.text}” taken for “{full}”, {where}"
        return replace(voice, confidence=min(certain, voice.confidence), because=(reason,))

    @staticmethod
    def _called(keys: tuple[str, ...], phrase: Phrase, lines: Iterable[Line], *, later: bool = False) -> str:
        """The full name of a body that ends with these words, in the order of the lines; empty where none has it."""
        for line in lines:
            words = line.words
            places = range(1, len(words) - len(keys) + 1)
            for at in places if later else reversed(places):
                if spelt(words[at].key) != spelt(keys[0]) or not words[at].joined:
                    continue
                if (words[at].begin <= phrase.begin) if later else (words[at + len(keys) - 1].end >= phrase.begin):
                    continue
                if [spelt(word.key) for word in words[at : at + len(keys)]] != [spelt(key) for key in keys]:
                    continue
                start = at
                while start and words[start].joined and words[start - 1].key not in ARTICLES and line.fits(start - 1):
                    start -= 1
                if start < at and words[start].capital:
                    return " ".join(line.text[words[start].begin : words[at + len(keys) - 1].end].split())
        return ""


def spelt(key: str) -> str:
    """One spelling of a noun that is written in two ways: “organisation”, “centre”, “defence”."""
    return _SPELT.get(key, key)


def _describes(word: Word) -> bool:
    """Whether a word before “company” is no part of a name: “Finnish”, “pro-Russian”, “shipping”."""
    return not word.possessive and (word.text.islower() or word.key.rpartition("-")[2] in COUNTRIES)


def unnamed(phrase: Phrase) -> Voice:
    """Nobody: the words for the source name nobody who could be quoted."""
    return Voice(confidence=0.3, because=(f"speaker is not named: “{phrase.text}”",))
