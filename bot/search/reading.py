"""Words to a reading: who speaks and on what.

A question is read in three steps. *Words*: each leads to words of the dictionary. *Meanings*: those lead to terms, and
a term that is said fully enough may be meant. *Reading*: who speaks and on what, chosen so that together they explain
as much of the question as they can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.index import Index, Means, Term
from bot.search.normalise import FUNCTION_WORDS, SPOKEN_OF, STOPWORDS, typed_words, words

_SURE: Final = 0.05
"""A reading that has statements is preferred to a better one that has none, within this much."""

_TAKEN_APART: Final = 3
"""How many words of a question may be tried as two glued together, each of at most so many letters."""
_LONGEST_GLUED: Final = 24

_SHORT: Final = 6
"""Letters below which a word that is not quite a topic's is too little to go by."""

_DATE: Final = re.compile(
    r"(19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
)

_NAMED: Final = 0.9
"""How well somebody must be understood to count as the one who is named first."""

_PLAIN: Final = 0.95
"""How like its spelling something must be said to be said plainly."""

_LATER: Final = 0.06
"""What it costs not to be; more than `_SURE`."""

_IDLE: Final = 0.3
"""What a function word counts where a term has it, beside 1 for any other word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a question: folded, and as the asker typed it."""

    folded: str
    typed: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term that may be meant, and by which words of the question."""

    term: Term
    said_by: frozenset[int]
    score: float
    plain: bool
    """Whether it is said in so many words: by the surname as it is spelt, or by several words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks and on what."""

    who: Meaning | None
    topics: tuple[Meaning, ...]
    left_over: tuple[int, ...]
    score: float


class Reader:
    """Reads questions to one corpus."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self._corpus = corpus
        self._index = index
        self._subject = set(words(corpus.collection.title)) - STOPWORDS

    def said(self, query: str) -> list[Said]:
        """The words of a question, those that are two words glued together taken apart."""
        said: list[Said] = []
        tried = 0
        for folded, typed in typed_words(query):
            glued = tried < _TAKEN_APART and self._is_glued(folded)
            tried += glued
            said += [Said(part, typed) for part in (self._index.split(folded) if glued else None) or [folded]]
        return said

    def _is_glued(self, word: str) -> bool:
        return 8 <= len(word) <= _LONGEST_GLUED and not any(near.likeness > 0.8 for near in self._index.near(word))

    def meanings(
        self,
        said: list[Said],
        *,
        only: Means | None = None,
        unfinished: bool = False,
        enough: float | None = None,
    ) -> list[Meaning]:
        """Every term that may be meant, best first."""
        likeness: dict[int, dict[int, tuple[float, frozenset[int]]]] = {}
        for word, numbers, is_last in self._spellings(said):
            for near in self._index.near(word, unfinished and is_last):
                for having, position in self._index.having(near.word):
                    slots = likeness.setdefault(having, {})
                    if near.likeness > slots.get(position, (0.0,))[0]:
                        slots[position] = (near.likeness, numbers)
        meanings: dict[tuple[Means, str], Meaning] = {}
        for number, slots in likeness.items():
            term = self._index.terms[number]
            if only and term.means is not only:
                continue
            meaning = _meaning(term, slots, enough)
            held = meanings.get((term.means, term.id))
            if meaning and (held is None or _rank(meaning) > _rank(held)):
                meanings[term.means, term.id] = meaning
        return sorted(meanings.values(), key=_rank, reverse=True)

    def _spellings(self, said: list[Said]) -> Iterator[tuple[str, frozenset[int], bool]]:
        """The words to look up, and which words of the question each stands for: as typed, and two as one."""
        last = len(said) - 1
        for number, word in enumerate(said):
            yield word.folded, frozenset({number}), number == last
        for (first, one), (second, other) in pairwise(enumerate(said)):
            glued = one.folded + other.folded
            if len(glued) >= 5 and not (one.folded in self._index and other.folded in self._index):
                yield glued, frozenset({first, second}), False

    def read(self, said: list[Said], *, only: Means | None = None) -> Reading:
        meanings = self.meanings(said, only=only)
        people = [meaning for meaning in meanings if meaning.term.means is not Means.TOPIC][:8]
        topics = [meaning for meaning in meanings if meaning.term.means is Means.TOPIC][:16]
        first = min((min(who.said_by) for who in people if who.score > _NAMED), default=0)
        alone = [topic for topic in topics if only or self._says_enough(said, topic)]
        readings = [self._reading(said, who, topics if who else alone, first) for who in (*people, None)]
        best = max(readings, key=lambda reading: reading.score)
        for reading in sorted(readings, key=lambda reading: -reading.score):
            if best.score - reading.score <= _SURE and self._corpus.count(self.selection(reading)):
                return reading
        return best

    def _reading(self, said: list[Said], who: Meaning | None, topics: list[Meaning], first: int) -> Reading:
        taken = set(who.said_by) if who else set()
        on: list[Meaning] = []
        score = 0.0
        for topic in topics:
            if len(on) < 2 and not taken & topic.said_by:
                on.append(topic)
                taken |= topic.said_by
                score += sum(_IDLE if said[n].folded in FUNCTION_WORDS else 1.0 for n in topic.said_by) * topic.score
        if who:
            by = who.said_by | (self.with_office(said, who) - taken)
            taken |= by
            score += self._weight(said, by) * who.score + self._prior(said, who, first)
        found = {said[number].folded for number in taken}
        idle = found | STOPWORDS | (self._subject if taken else set())
        left_over = tuple(
            number
            for number, word in enumerate(said)
            if len(word.folded) > 1 and word.folded not in idle and not _DATE.fullmatch(word.folded)
        )
        if who and who.term.means is Means.OFFICE and min(who.said_by) - 1 in left_over:
            score = -1.0  # the “UN” before “secretary general” makes it another office
        return Reading(who, tuple(on), left_over, score)

    def _says_enough(self, said: list[Said], topic: Meaning) -> bool:
        """Whether a topic may be understood alone: not by “talk” in “talk show”, nor by “wars” for Warsaw."""
        by = [said[number].folded for number in topic.said_by]
        if all(word in STOPWORDS for word in by):
            return len(by) == len(said)
        return any(word in topic.term.words or len(word) >= _SHORT for word in by if word not in STOPWORDS)

    def dates(self, said: list[Said]) -> list[str]:
        """The years and months in a question, as typed: nothing is found by them."""
        return [word.typed for word in said if _DATE.fullmatch(word.folded)]

    def with_office(self, said: list[Said], who: Meaning) -> frozenset[int]:
        """The words that name a speaker, with those of an office beside the name: “foreign minister Lavrov”."""
        if who.term.means is Means.OFFICE:
            return who.said_by
        titles = (n for n, word in enumerate(said) if self._index.belongs_to_office(word.folded, who.term.id))
        return who.said_by.union(titles)

    def _weight(self, said: list[Said], numbers: frozenset[int]) -> float:
        """How much of a question it explains to take some of its words for who speaks.

        Beside anything else, what the collection is about (“NATO”) is as likely its subject as a speaker.
        """
        named = {said[number].folded for number in numbers}
        if named <= self._subject and any(word.folded not in STOPWORDS | named for word in said):
            return _SURE / 5
        return sum(_IDLE if word in FUNCTION_WORDS else 1.0 for word in named)

    def _prior(self, said: list[Said], who: Meaning, first: int) -> float:
        """What speaks for a reading beside the words it explains.

        Whoever is named first speaks, unless a preposition makes them what is spoken of; somebody who is quoted is
        more likely meant than somebody who is not, and a name more likely than an office.
        """
        at = min(who.said_by)
        before = [word.folded for word in said[max(0, at - 2) : at]]
        spoken_of = bool(before) and before[-1] in SPOKEN_OF and before != ["according", "to"]
        named = who.term.means is Means.SPEAKER
        quoted = named and self._corpus.count(Selection(speaker=who.term.id)) > 0
        return 0.02 * quoted + 0.01 * named - _LATER * (at > first) - 0.5 * spoken_of

    def selection(self, reading: Reading) -> Selection:
        speaker, office = None, None
        if reading.who and reading.who.term.means is Means.SPEAKER:
            speaker = reading.who.term.id
        elif reading.who:
            office = self._index.offices[int(reading.who.term.id)]
        return Selection(speaker, office, tuple(topic.term.id for topic in reading.topics))


def _rank(meaning: Meaning) -> tuple[float, int, str]:
    return (meaning.score * len(meaning.said_by) ** 0.5, len(meaning.said_by), meaning.term.id)


def _meaning(term: Term, slots: dict[int, tuple[float, frozenset[int]]], enough: float | None) -> Meaning | None:
    """A term as said by the words that filled its slots, or None where they do not say enough of it."""
    said = sum(term.weights[position] for position in slots)
    likeness = sum(term.weights[position] * slots[position][0] for position in slots) / said
    numbers = frozenset[int]().union(*(slot[1] for slot in slots.values()))
    if term.surname is not None and term.surname in slots:
        plain = slots[term.surname][0] >= _PLAIN
        return Meaning(term, numbers, likeness * (0.95 + 0.05 * said), plain)
    if said < (enough or term.enough):
        return None
    return Meaning(term, numbers, likeness * said, plain=len(numbers) > 1 and likeness >= _PLAIN)
