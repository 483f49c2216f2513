"""What words may mean: every name, office and topic of a collection, found by the words in it.

A *term* is one way to write one thing (“NATO chief”, “Sergej Lawrow”, “disarmament”). A word of a question leads,
exactly, by prefix or within a few typing errors, to words of the dictionary, and those to the terms that have them.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.corpus.store import Corpus
from bot.search.normalise import FUNCTION_WORDS, MAX_WORD, STOPWORDS, typed_words, words

_LIGHT: Final = 0.15
"""Weight of a function word inside a term, beside 1 for any other word."""

_ENOUGH_NAME: Final = 0.45
"""Of a person's own name: the first name will do."""
_ENOUGH_ALIAS: Final = 0.6
"""Of another name: a rank or a title alone will not."""
_ENOUGH_DESCRIPTION: Final = 0.5
"""Of how an article describes the speaker: “former German foreign minister”, whatever else it says."""
_ENOUGH_OFFICE: Final = 0.8
_ENOUGH_TOPIC: Final = 0.62

_MIN_PREFIX: Final = 4
"""Letters from which on a word may stand for a longer one that begins with it."""
_MIN_PART: Final = 3
"""Letters that a word glued to another must have."""

_RUN: Final = 2_000
"""Words that are sorted in one go."""
_REMEMBERED: Final = 4_096
"""Words of questions of which it is remembered what they may stand for."""


class Means(StrEnum):
    """What sort of thing a term stands for."""

    SPEAKER = "speaker"
    OFFICE = "office"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Term:
    """One way to write one thing."""

    means: Means
    id: str
    """Of the speaker or topic; for an office its number among the index's offices."""
    text: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    """Of each word, adding up to 1: how much of the term is said by saying it."""
    surname: int | None
    """Which word alone stands for the person, as a surname does; None where none does."""
    enough: float
    """How much of the term must be said for it to be meant, as a share of its weight."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the dictionary that a word of a question may stand for, and how alike they are, from 0 to 1."""

    word: str
    likeness: float


def tolerance(length: int) -> int:
    """How many typing errors a word of this length is forgiven."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 12 else 3


class Index:
    """The terms of a collection, by their words."""

    def __init__(self, corpus: Corpus) -> None:
        self.offices = [(office.title, office.organisation) for office in corpus.office_names()]
        self.terms = list(_weighed(_written(corpus)))
        having: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for position, word in enumerate(term.words):
                having[word].append((number, position))
        having.default_factory = None
        self._having: dict[str, list[tuple[int, int]]] = having
        self._of_office = _words_of_office(corpus, self.offices, self.terms)
        self._dictionary = _in_order(having)
        self._met: dict[tuple[str, bool], tuple[Near, ...]] = {}

    def close(self) -> None:
        """Let go of it bit by bit: of a large index at once, nobody else could do anything meanwhile."""
        for held in (self._having, self._of_office, self._met):
            while held:
                held.popitem()
        while self.terms:
            self.terms.pop()

    def __contains__(self, word: str) -> bool:
        return word in self._having

    def having(self, word: str) -> list[tuple[int, int]]:
        """(number of a term, position in it) wherever a word of the dictionary stands."""
        return self._having[word]

    def belongs_to_office(self, word: str, speaker: str) -> bool:
        """Whether a word is of an office the speaker held: what may stand beside a name, as in “President Trump”."""
        offices = self._of_office.get(speaker, frozenset())
        return word in offices or any(near.word in offices for near in self.near(word) if near.likeness > 0.8)

    def near(self, word: str, unfinished: bool = False) -> tuple[Near, ...]:
        """The dictionary's words that a word may stand for, most alike first.

        Args:
            word: a folded word of a question.
            unfinished: whether it may still be being typed, so that even its first letter is a prefix.
        """
        met = (word, unfinished)
        if met not in self._met:
            if len(self._met) >= _REMEMBERED:
                self._met.clear()
            self._met[met] = self._near(word, unfinished)
        return self._met[met]

    def _near(self, word: str, unfinished: bool) -> tuple[Near, ...]:
        if len(word) > MAX_WORD:
            return ()
        found: dict[str, float] = {}
        for longer in self.starting_with(word) if len(word) >= _MIN_PREFIX or unfinished else ():
            found[longer] = 0.75 + 0.25 * len(word) / len(longer)
        # A word that is there is what was meant: “minister” is no “ministry” with errors.
        for typo, likeness in () if word in self._having else self._within_errors(word):
            found[typo] = max(found.get(typo, 0.0), likeness)
        for end in range(max(_MIN_PREFIX, math.ceil(len(word) * 0.7)), len(word)):
            if word[:end] in self._having:
                found[word[:end]] = max(found.get(word[:end], 0.0), 0.75 + 0.2 * end / len(word))
        if word in self._having:
            found[word] = 1.0
        return tuple(Near(near, found[near]) for near in sorted(found, key=lambda near: (-found[near], near)))

    def starting_with(self, prefix: str) -> Iterator[str]:
        """The dictionary's words that begin so, in alphabetical order."""
        for word in self._dictionary[bisect_left(self._dictionary, prefix) :]:
            if not word.startswith(prefix):
                return
            yield word

    def _within_errors(self, word: str) -> Iterator[tuple[str, float]]:
        if len(word) < 3 or word.isdigit():
            return
        errors = tolerance(len(word)) or 1
        for typo, distance, _ in extract(word, self._dictionary, scorer=OSA.distance, score_cutoff=errors, limit=16):
            if word[0] != typo[0] and (distance > 1 or len(word) < 7):
                continue  # people seldom err in the first letter; “peter” is not “deter”
            turned = len(word) == 3 and sorted(word) == sorted(typo)
            if (turned or distance <= min(tolerance(len(word)), tolerance(len(typo)))) and not typo.isdigit():
                yield typo, 1 - distance / max(len(word), len(typo))

    def alike(self, word: str, at_least: float) -> list[Near]:
        """Words that look like one, more loosely than it may stand for them: what to suggest."""
        hits = extract(word, self._dictionary, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5)
        return [Near(near, likeness) for near, likeness, _ in hits]

    def split(self, word: str) -> list[str] | None:
        """A word that is two of the dictionary's glued together, taken apart where the longer part is longest."""
        cuts = [
            (left, right)
            for at in range(_MIN_PART, len(word) - _MIN_PART + 1)
            if (left := self._one(word[:at])) and (right := self._one(word[at:]))
        ]
        best = max(cuts, key=lambda cut: (cut[0].likeness + cut[1].likeness, cut[0].word), default=None)
        return [best[0].word, best[1].word] if best else None

    def _one(self, part: str) -> Near | None:
        """What part of a glued word is, if it is surely a word."""
        if part in self._having:
            return Near(part, 1.0)
        return next((near for near in self.near(part) if near.likeness > 0.85 and len(part) > 4), None)


def _in_order(words: Iterable[str]) -> list[str]:
    """Words in alphabetical order. They are sorted in runs: while one sort lasts, no other thread does anything."""
    listed = list(words)
    runs = [sorted(listed[start : start + _RUN]) for start in range(0, len(listed), _RUN)]
    return list(merge(*runs))


def _words_of_office(corpus: Corpus, offices: list[tuple[str, str]], terms: list[Term]) -> dict[str, frozenset[str]]:
    """The words that a speaker's offices are called by, by speaker."""
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in terms:
        if term.means is Means.OFFICE:
            called[offices[int(term.id)]].update(term.words)
    held: dict[str, set[str]] = defaultdict(set)
    for speaker, office in corpus.terms_of_office():
        held[speaker] |= called[office]
    return {speaker: frozenset(words - STOPWORDS) for speaker, words in held.items()}


@dataclass(frozen=True, slots=True)
class _Written:
    """A term before its words are weighed."""

    means: Means
    id: str
    text: str
    enough: float
    surname: str = ""


def _written(corpus: Corpus) -> Iterator[_Written]:
    """Every way to write every thing."""
    names: dict[str, str] = {}
    for speaker, name, person in corpus.names():
        own = speaker not in names
        names.setdefault(speaker, name)
        surname = (words(names[speaker]) or [""])[-1] if person else ""
        yield _Written(Means.SPEAKER, speaker, name, _ENOUGH_NAME if own and person else _ENOUGH_ALIAS, surname)
    for speaker, description in corpus.descriptions():
        yield _Written(Means.SPEAKER, speaker, description, _ENOUGH_DESCRIPTION)
    offices = corpus.office_names()
    titles = Counter(office.title for office in offices)
    for number, office in enumerate(offices):
        alone = (office.title,) if titles[office.title] == 1 else ()
        for text in (f"{office.title} {office.organisation}", *alone, *office.aliases):
            yield _Written(Means.OFFICE, str(number), text, _ENOUGH_OFFICE)
    for topic, text in corpus.topic_terms():
        yield _Written(Means.TOPIC, topic, text, _ENOUGH_TOPIC)


def _weighed(written: Iterable[_Written]) -> Iterator[Term]:
    seen: set[tuple[Means, str, tuple[str, ...]]] = set()
    for term in written:
        said = tuple(words(term.text))
        if not said or (term.means, term.id, said) in seen:
            continue
        seen.add((term.means, term.id, said))
        # WHO is written like a question word, but in capitals.
        capitals = {folded for folded, typed in typed_words(term.text) if typed.isupper()}
        light = [word in FUNCTION_WORDS and word not in capitals and len(said) > 1 for word in said]
        heavy = [_LIGHT if is_light else 1.0 for is_light in light]
        weights = tuple(weight / sum(heavy) for weight in heavy)
        yield Term(term.means, term.id, term.text, said, weights, _surname_in(said, term.surname), term.enough)


def _surname_in(said: tuple[str, ...], surname: str) -> int | None:
    """Where a name has the surname, however it is spelt there (Lavrov, Lawrow)."""
    if not surname:
        return None
    likeness, at = max((OSA.normalized_similarity(word, surname), number) for number, word in enumerate(said))
    return at if likeness >= 0.5 else None
