"""Questions in so many words: what somebody is called and what a topic is called, and nothing else.

Most are. Their words are taken, all of them, for those of one name and one topic, in any order, with typing errors in
single words; that needs a few look-ups where weighing every meaning of every word needs hundreds. What is found here
explains the whole question. Where it explains less, or leads to nothing, ``reading`` weighs.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product
from typing import Final, NamedTuple

from bot.search.asked import Asked, Said
from bot.search.index import Index, Spelling
from bot.search.meaning import Holdings, Meaning, Part, Reading
from bot.search.normalise import FUNCTION_WORDS, MAX_WORD, SPOKEN_OF
from bot.search.terms import Means

MOST: Final = 7
"""Words of a question that may be said so."""

_SURE: Final = 0.05
"""What a spelling may be less likely than another that leads to nothing."""

_SPELLINGS: Final = 12
"""Words that one may stand for, of which combinations are tried, and how many of those."""
_COMBINATIONS: Final = 36

_LIKELY: Final = 0.8
"""How alike a word is to one that it most likely stands for."""

_MIN_PART: Final = 3
"""Letters that a word glued to another must have."""

_NAMESAKES: Final = 8
"""More people of one first name than a first name alone can stand for."""

_WITHIN: Final = frozenset({"of", "for"})
"""Prepositions that are part of names rather than put before who is spoken of."""


class _Token(NamedTuple):
    """A word that counts, and the words of the question it stands for."""

    folded: str
    said_by: int


class Phrases:
    """Reads questions that are names and nothing else."""

    def __init__(self, index: Index, holdings: Holdings, subject: set[str]) -> None:
        self._index = index
        self._holdings = holdings
        self._subject = subject

    def read(self, asked: Asked) -> Reading | None:
        """The reading of a question that says a name, a topic, or both, in so many words; else None."""
        if any(word.folded in SPOKEN_OF and word.folded not in _WITHIN for word in asked.said):
            return None
        tokens = [
            _Token(word.folded, 1 << number)
            for number, word in enumerate(asked.said)
            if word.folded not in FUNCTION_WORDS or word.typed.isupper()
        ]
        if not 1 <= len(tokens) <= MOST:
            return None
        for tried in self._ways_to_part(asked.said, tokens):
            reading = self._read(asked, tried, deep=False)
            if reading:
                return reading
        return self._read(asked, tokens, deep=True)

    def _ways_to_part(self, said: Sequence[Said], tokens: list[_Token]) -> Iterator[list[_Token]]:
        """The words as they are; with glued ones taken apart; with two that are one put together."""
        yield tokens
        known = [self._index.number_of(token.folded) >= 0 for token in tokens]
        for at, token in enumerate(tokens):
            if not known[at] and 2 * _MIN_PART <= len(token.folded) <= MAX_WORD:
                parts = self._index.split(token.folded, _MIN_PART)
                if parts:
                    yield [*tokens[:at], *(_Token(part, token.said_by) for part in parts), *tokens[at + 1 :]]
        for (first, one), (second, other) in pairwise(enumerate(said)):
            glued = one.folded + other.folded
            if len(glued) > _MIN_PART and self._index.number_of(glued) >= 0:
                both = 1 << first | 1 << second
                yield sorted(
                    [*(token for token in tokens if not token.said_by & both), _Token(glued, both)],
                    key=lambda token: token.said_by,
                )

    def _read(self, asked: Asked, tokens: list[_Token], *, deep: bool) -> Reading | None:
        initial = next((token for token in tokens if len(token.folded) == 1 and token.folded.isalpha()), None)
        spelt = [(token, self._spellings(token.folded, deep=deep)) for token in tokens if token is not initial]
        if not spelt or not all(spellings for _, spellings in spelt):
            return None
        combinations = islice(product(*(spellings for _, spellings in spelt)), _COMBINATIONS * _COMBINATIONS)
        likeliest = sorted(combinations, key=_unlikeness)[:_COMBINATIONS]
        known: dict[tuple[int, ...], tuple[list[Meaning], list[Meaning]]] = {}
        best = 0.0
        for combination in likeliest:
            likeness = -_unlikeness(combination)
            if best - likeness > _SURE:
                return None
            for who, on in self._parted(tuple(spelling.word for spelling in combination), spelt, known):
                reading = self._reading(asked, who, on, initial)
                if reading and reading.total:
                    return reading
                if reading:
                    best = best or likeness
        return None

    def _spellings(self, word: str, *, deep: bool) -> list[Spelling]:
        number = self._index.number_of(word)
        if number >= 0:
            return [Spelling(number, 1.0)]
        return self._index.near(word[:MAX_WORD], deep=deep)[:_SPELLINGS]

    def _parted(
        self,
        words: tuple[int, ...],
        spelt: list[tuple[_Token, list[Spelling]]],
        known: dict[tuple[int, ...], tuple[list[Meaning], list[Meaning]]],
    ) -> Iterator[tuple[Meaning | None, Meaning | None]]:
        """Who and what the words may be: all of them a topic, some of them each, or all of them somebody."""
        places = [token.said_by for token, _ in spelt]

        def called(start: int, end: int) -> tuple[list[Meaning], list[Meaning]]:
            part = words[start:end]
            if part not in known:
                known[part] = self._called(part, sum(places[start:end]))
            return known[part]

        count = len(words)
        people, topics = called(0, count)
        yield from ((None, on) for on in topics if count > 1)
        for cut in range(1, count):
            before, behind = called(0, cut), called(cut, count)
            yield from ((who, on) for who in before[0] for on in behind[1])
            yield from ((who, on) for who in behind[0] for on in before[1])
        yield from ((who, None) for who in people)
        yield from ((None, on) for on in topics if count == 1)

    def _called(self, words: tuple[int, ...], said_by: int) -> tuple[list[Meaning], list[Meaning]]:
        """The people or offices, and the topics, that are called just so."""
        index = self._index
        terms: Sequence[int] = index.called(words) if len(words) > 1 else index.alone(words[0])
        things: dict[Means, set[int]] = {}
        for term in terms:
            things.setdefault(index.means(term), set()).add(index.thing_of[term])
        people: list[Meaning] = []
        if len(words) == 1:
            surnamed, given = index.surnamed(words[0], words[0] + 1), index.given(words[0])
            if surnamed:
                people.append(Meaning(Means.SPEAKER, surnamed, said_by, 1.0, True, Part.SURNAME))
            if 0 < len(given) <= _NAMESAKES:
                people.append(Meaning(Means.SPEAKER, given, said_by, 1.0, False, Part.GIVEN))
        people += [
            Meaning(means, sorted(things[means]), said_by, 1.0, True)
            for means in (Means.SPEAKER, Means.OFFICE)
            if means in things
        ]
        topics = [Meaning(Means.TOPIC, (topic,), said_by, 1.0, True) for topic in sorted(things.get(Means.TOPIC, ()))]
        return people, topics

    def _reading(self, asked: Asked, who: Meaning | None, on: Meaning | None, initial: _Token | None) -> Reading | None:
        if who and self._is_subject(asked, who):
            return None
        if initial:
            who = self._with_initial(who, initial)
            if who is None:
                return None
        topics = (on.things[0],) if on else ()
        speaker, office, total = self._holdings.of(who, topics)
        return Reading(asked.said, who, (on,) if on else (), speaker, office, topics, (), (), 1.0, total)

    def _is_subject(self, asked: Asked, who: Meaning) -> bool:
        """Whether what the collection is about is named beside something else: it is as likely spoken of."""
        return bool(self._subject) and asked.is_named(who.said_by, self._subject)

    def _with_initial(self, who: Meaning | None, initial: _Token) -> Meaning | None:
        """Those of a surname beside the letter that a name of theirs begins with."""
        if who is None or who.part is not Part.SURNAME or not (who.said_by << 1 | who.said_by >> 1) & initial.said_by:
            return None
        letter = 1 << ord(initial.folded) - ord("a")
        people = [speaker for speaker in who.things if self._index.initials[speaker] & letter]
        return Meaning(who.means, people, who.said_by | initial.said_by, who.score, who.plain) if people else None


def _unlikeness(combination: tuple[Spelling, ...]) -> float:
    return -sum(spelling.likeness for spelling in combination)
