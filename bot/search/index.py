"""What words may mean: every name, office and topic of a collection, found by the words in it.

A *term* is one way to write one thing (“NATO chief”, “Sergej Lawrow”, “disarmament”). A word of a question leads,
exactly, by prefix or within a few typing errors, to words of the dictionary, and those to the terms that have them.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.corpus.store import Corpus
from bot.search.normalise import STOPWORDS, words

_LIGHT: Final = 0.15
"""Weight of a stopword inside a term, beside 1 for any other word."""

_MIN_PREFIX: Final = 3
"""Letters from which on a word may stand for a longer one that begins with it."""


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
        self.terms = tuple(_weighed(_raw_terms(corpus)))
        having: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for position, word in enumerate(term.words):
                having[word].append((number, position))
        self._having = dict(having)
        self._dictionary = sorted(having)
        self.near = lru_cache(maxsize=4096)(self._near)

    def __contains__(self, word: str) -> bool:
        return word in self._having

    def having(self, word: str) -> list[tuple[int, int]]:
        """(number of a term, position in it) wherever a word of the dictionary stands."""
        return self._having[word]

    def _near(self, word: str, unfinished: bool = False) -> tuple[Near, ...]:
        """The dictionary's words that a word may stand for, most alike first.

        Args:
            word: a folded word of a question.
            unfinished: whether it may still be being typed, so that even its first letter is a prefix.
        """
        found: dict[str, float] = {}
        for longer in self.starting_with(word) if len(word) >= _MIN_PREFIX or unfinished else ():
            found[longer] = 0.8 + 0.2 * len(word) / len(longer)
        for typo, likeness in self._within_errors(word):
            found[typo] = max(found.get(typo, 0.0), likeness)
        for end in range(max(_MIN_PREFIX + 1, math.ceil(len(word) * 0.7)), len(word)):
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
        errors = tolerance(len(word))
        if not errors or word.isdigit():
            return
        for typo, distance, _ in extract(word, self._dictionary, scorer=OSA.distance, score_cutoff=errors, limit=16):
            if distance <= tolerance(len(typo)) and not typo.isdigit():
                yield typo, 1 - distance / max(len(word), len(typo))

    def alike(self, word: str, at_least: float) -> list[Near]:
        """Words that look like one, more loosely than it may stand for them: what to suggest."""
        hits = extract(word, self._dictionary, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5)
        return [Near(near, likeness) for near, likeness, _ in hits]

    def split(self, word: str) -> list[str] | None:
        """A word that is two of the dictionary's glued together, taken apart where the longer part is longest."""
        cuts = [
            (left, right)
            for at in range(_MIN_PREFIX, len(word) - _MIN_PREFIX + 1)
            if (left := self._one(word[:at])) and (right := self._one(word[at:]))
        ]
        best = max(cuts, key=lambda cut: (cut[0].likeness + cut[1].likeness, cut[0].word), default=None)
        return [best[0].word, best[1].word] if best else None

    def _one(self, part: str) -> Near | None:
        """What part of a glued word is, if it is surely a word."""
        if part in self._having:
            return Near(part, 1.0)
        return next((near for near in self.near(part) if near.likeness > 0.85 and len(part) > 4), None)


def _raw_terms(corpus: Corpus) -> Iterator[tuple[Means, str, str, str | None]]:
    """(what it means, its id, how it is written, the surname if it is a person's name) of every term."""
    names: dict[str, str] = {}
    for speaker, name in corpus.names():
        names.setdefault(speaker, name)
        person = not corpus.speaker(speaker).is_organisation
        yield Means.SPEAKER, speaker, name, (words(names[speaker]) or [""])[-1] if person else None
    for number, office in enumerate(corpus.office_names()):
        for text in (
            f"{office.title} {office.organisation}",
            f"{office.organisation} {office.title}",
            *office.aliases,
        ):
            yield Means.OFFICE, str(number), text, None
    for topic, text in corpus.topic_terms():
        yield Means.TOPIC, topic, text, None


def _weighed(raw: Iterable[tuple[Means, str, str, str | None]]) -> Iterator[Term]:
    seen: set[tuple[Means, str, tuple[str, ...]]] = set()
    for means, id_, text, surname in raw:
        said = tuple(words(text))
        if not said or (means, id_, said) in seen:
            continue
        seen.add((means, id_, said))
        heavy = [_LIGHT if word in STOPWORDS and len(said) > 1 else 1.0 for word in said]
        yield Term(means, id_, text, said, tuple(weight / sum(heavy) for weight in heavy), _surname_in(said, surname))


def _surname_in(said: tuple[str, ...], surname: str | None) -> int | None:
    """Where a name has the surname, however it is spelt there (Lavrov, Lawrow)."""
    if not surname:
        return None
    likeness, at = max((OSA.normalized_similarity(word, surname), number) for number, word in enumerate(said))
    return at if likeness >= 0.5 else None
