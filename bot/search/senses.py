"""Words to what they may mean: the terms that are said fully enough, and everybody of a name.

Each word of a question leads to words of the dictionary (its *spellings*): as it is, then with typing errors, then by a
closer look. Those lead to terms, and a term of which enough is said may be meant.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Final

from bot.search.asked import SHORT_QUESTION, Asked, Said, bounds, told
from bot.search.dictionary import LONGEST_GLUED, Spelling
from bot.search.index import Index
from bot.search.meaning import PLAIN, WORTH, Meaning, Part
from bot.search.normalise import FUNCTION_WORDS, MAX_WORD, STOPWORDS
from bot.search.terms import Means

MIN_PART: Final = 3
"""Letters that a word glued to another must have."""

NAMESAKES: Final = 8
"""More people of one first name than a first name alone can stand for."""

_MANY: Final = 256
"""Terms of one word from which on they are not gone through one by one."""
_WEIGHED: Final = 64
"""Terms that are looked at closely for one question."""
_PEOPLE: Final = 8
_TOPICS: Final = 16
"""Meanings that are compared."""


@dataclass(slots=True)
class Spelt:
    """A word of a question, or two taken as one, and what of the dictionary it may stand for."""

    said_by: int
    spellings: list[Spelling]
    idle: bool = False


@dataclass(slots=True)
class Meant:
    """Who and what may be meant, best first."""

    people: list[Meaning] = field(default_factory=list)
    topics: list[Meaning] = field(default_factory=list)


class Senses:
    """What words mean in one generation."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def exactly(self, said: Sequence[Said]) -> list[Spelt]:
        """What words stand for as they are spelt."""
        return [self._exactly(number, word) for number, word in enumerate(said)]

    def nearly(self, said: Sequence[Said]) -> list[Spelt]:
        """What words may stand for, those that are not known with typing errors and by sound."""
        return [self._nearly(number, word) for number, word in enumerate(said)]

    def _exactly(self, number: int, word: Said) -> Spelt:
        return Spelt(1 << number, self._index.exactly(word.folded), word.is_grammar)

    def _nearly(self, number: int, word: Said) -> Spelt:
        if word.folded in STOPWORDS or len(word.folded) > MAX_WORD:
            return self._exactly(number, word)
        return Spelt(1 << number, self._index.near(word.folded))

    def deeply(self, said: Sequence[Said]) -> Iterator[Spelt]:
        """What words may stand for by a closer look: more typing errors, and two as one."""
        for number, word in enumerate(said):
            yield Spelt(1 << number, self._deep(word), word.is_grammar)
        for (first, one), (second, other) in pairwise(enumerate(said)):
            glued = one.folded + other.folded
            if (
                not 5 <= len(glued) <= MAX_WORD
                or len(one.folded) < 2
                or len(other.folded) < 2
                or {one.folded, other.folded} <= FUNCTION_WORDS
                or one.is_numeral
                or other.is_numeral
            ):
                continue
            if {one.folded, other.folded} & FUNCTION_WORDS:
                spellings = self._index.exactly(glued)
            else:
                spellings = [near for near in self._index.near(glued) if self._is_joined(near, len(glued))]
            yield Spelt(1 << first | 1 << second, spellings)

    def _is_joined(self, near: Spelling, length: int) -> bool:
        """Whether a word is two taken as one, and not the first of them with something behind it."""
        return near.likeness > 0.8 and abs(len(self._index.word(near.word)) - length) < MIN_PART

    def _deep(self, word: Said) -> list[Spelling]:
        if word.folded in STOPWORDS or len(word.folded) > MAX_WORD:
            return self._index.exactly(word.folded)
        return self._index.near(word.folded, deep=True)

    def taken_apart(self, said: Sequence[Said]) -> list[Said]:
        """The words of a question, those that are several words glued together taken apart."""
        parted: list[Said] = []
        for word in said:
            glued = 6 <= len(word.folded) <= LONGEST_GLUED and not any(
                near.likeness > 0.8 for near in self._index.near(word.folded[:MAX_WORD])
            )
            parts = self._index.split_loosely(word.folded, MIN_PART) if glued else []
            parted += told([(part, word.typed) for part in parts]) or [word]
        return parted

    def meant(self, asked: Asked, spelt: list[Spelt], only: Means | None) -> Meant:
        """Everything that may be meant, best first."""
        likeness: dict[int, tuple[float, int]] = {}
        for spelling in spelt:
            for word, alike in spelling.spellings:
                if alike > likeness.get(word, (0.0,))[0]:
                    likeness[word] = (alike, spelling.said_by)
        found: dict[tuple[Means, int], Meaning] = {}
        index = self._index
        for term in chain(self._said_together(spelt), self._said_alone(spelt)):
            means = index.means(term)
            if only is None or means is only:
                thing = index.thing_of[term]
                meaning = self._weigh(term, means, thing, likeness, numbered=bool(asked.numerals))
                held = found.get((means, thing))
                if meaning and (held is None or _rank(meaning) > _rank(held)):
                    found[means, thing] = meaning
        if only is Means.TOPIC:
            return Meant([], _first(found.values(), _TOPICS))
        people = [meaning for meaning in found.values() if meaning.means is not Means.TOPIC]
        people = [*_alike_together(people), *self._namesakes(asked.said, spelt)]
        topics = [meaning for meaning in found.values() if meaning.means is Means.TOPIC]
        return Meant(_first(people, _PEOPLE), _first(topics, _TOPICS))

    def _said_together(self, spelt: list[Spelt]) -> Iterable[int]:
        """The terms of which several words are said, enough of them for the term to be meant."""
        index = self._index
        few: list[Sequence[int]] = []
        many: list[Sequence[int]] = []
        for spelling in spelt:
            if not spelling.idle and spelling.spellings:
                if len(spelling.spellings) == 1:
                    having: Sequence[int] = index.having(spelling.spellings[0].word)
                else:
                    having = list(chain.from_iterable(index.having(word) for word, _ in spelling.spellings))
                (many if len(having) > _MANY else few).append(having)
        once: set[int] = set()
        twice: set[int] = set()
        for having in few:
            twice.update(once.intersection(having))
            once.update(having)
        for having in many:
            twice.update(once.intersection(having))
        for one, other in pairwise(many):
            twice.update(set(one).intersection(other))
        if len(twice) <= _WEIGHED:
            return twice
        counted = Counter(term for having in chain(few, many) for term in twice.intersection(having))
        needs = index.needs
        found = [term for term, count in counted.items() if count >= needs[term]]
        return sorted(found, key=lambda term: (-counted[term], term))[:_WEIGHED]

    def _said_alone(self, spelt: list[Spelt]) -> Iterator[int]:
        """The terms of which one word is enough."""
        for spelling in spelt:
            for word, _ in spelling.spellings:
                yield from self._index.alone(word)[:_WEIGHED]

    def _weigh(
        self, term: int, means: Means, thing: int, likeness: dict[int, tuple[float, int]], *, numbered: bool
    ) -> Meaning | None:
        """A term as said by the words that stand for its own, or None where they do not say enough of it."""
        index = self._index
        surname = index.surname_at(term)
        said, alike, said_by, surname_alike, begun = 0.0, 0.0, 0, 0.0, False
        for position, (word, weight) in enumerate(zip(index.words_of(term), index.weights_of(term), strict=True)):
            hit = likeness.get(word)
            if hit and hit[1] & ~said_by:
                said += weight
                alike += weight * hit[0]
                said_by |= hit[1]
                begun = begun or position == 0
                if position == surname:
                    surname_alike = hit[0]
            elif numbered and index.is_numeral(word):
                return None
        if not said:
            return None
        alike /= said
        if surname_alike:
            part = Part.WHOLE if begun else Part.SURNAME
            return Meaning(means, (thing,), said_by, alike * (0.95 + 0.05 * said), surname_alike >= PLAIN, part)
        if said < index.enough(term) - 1e-9:
            return None
        return Meaning(means, (thing,), said_by, alike * said, said_by.bit_count() > 1 and alike >= PLAIN)

    def _namesakes(self, said: Sequence[Said], spelt: list[Spelt]) -> Iterator[Meaning]:
        """Everybody of a surname, or of a first name that few have."""
        index = self._index
        for spelling in spelt:
            if spelling.idle:
                continue
            alike: dict[int, list[int]] = {}
            for word, likeness in spelling.spellings:
                surnamed = index.surnamed(word, word + 1)
                if surnamed:
                    alike.setdefault(round(likeness * 40), []).extend(surnamed)
                given = index.given(word) if likeness >= PLAIN else ()
                if 0 < len(given) <= NAMESAKES:
                    yield Meaning(
                        Means.SPEAKER, given, spelling.said_by, WORTH[Part.GIVEN], plain=False, part=Part.GIVEN
                    )
            for fortieths, speakers in alike.items():
                score = fortieths / 40
                meaning = Meaning(
                    Means.SPEAKER, speakers, spelling.said_by, score * WORTH[Part.SURNAME], score >= PLAIN, Part.SURNAME
                )
                yield meaning
                yield from self._with_initial(said, meaning)

    def _with_initial(self, said: Sequence[Said], meaning: Meaning) -> Iterator[Meaning]:
        """Those of a surname whose first name begins with the letter beside it."""
        first, last = bounds(meaning.said_by)
        for at in (first - 1, last + 1):
            if 0 <= at < len(said) and said[at].is_initial(len(said) <= SHORT_QUESTION):
                letter = 1 << ord(said[at].folded) - ord("a")
                speakers = [who for who in meaning.things if self._index.initials[who] & letter]
                if speakers:
                    said_by = meaning.said_by | 1 << at
                    yield Meaning(Means.SPEAKER, speakers, said_by, meaning.score, meaning.plain)


def _rank(meaning: Meaning) -> tuple[float, int, int]:
    words_said = meaning.said_by.bit_count()
    return (meaning.score * words_said**0.5, words_said, -meaning.things[0])


def _first(meanings: Iterable[Meaning], count: int) -> list[Meaning]:
    return sorted(meanings, key=_rank, reverse=True)[:count]


def _alike_together(meanings: list[Meaning]) -> Iterator[Meaning]:
    """People who are meant equally, as one."""
    alike: dict[tuple[Means, int, float, bool, Part], list[int]] = {}
    for meaning in meanings:
        equally = (meaning.means, meaning.said_by, round(meaning.score, 3), meaning.plain, meaning.part)
        alike.setdefault(equally, []).append(meaning.things[0])
    for (means, said_by, score, plain, part), things in alike.items():
        yield Meaning(means, sorted(things), said_by, score, plain, part)
