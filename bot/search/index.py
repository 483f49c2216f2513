"""The index of a generation, memory-mapped: words, what they are part of, who spoke on what.

Everything in it is known by number. Words are numbered in alphabetical order, so that all that begin alike stand side
by side; speakers and topics by how much is quoted, so that a smaller number is quoted more. ``indexer.py`` writes it.

Of the arrays, some are the parts of another: ``x_at[n]`` to ``x_at[n + 1]`` are the places in ``x`` that belong to n.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple, Self
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.errors import GenerationError
from bot.search.arrays import Arrays, Numbers
from bot.search.asked import is_numeral
from bot.search.normalise import FUNCTION_WORDS
from bot.search.sound import sounds
from bot.search.terms import ENOUGH, LIGHT, MEANS, Means, Sort

VERSION: Final = 3
"""Raised by every change of the file: an index of another version is never read."""

CROWD: Final = 400
"""Speakers from which on those whose names begin alike are too many to be gone through while somebody types."""

SHOWN: Final = 25
"""The most quoted of them that are kept."""

LONGEST_SHARED: Final = 3
"""Letters of the longest beginning that so many share."""

LOOKED_AT: Final = 7
"""Letters of a word's beginning from which its variants are made."""

_KEY: Final = 8
"""Letters of a word's beginning that stand in one number."""

LONGEST_GLUED: Final = 48
"""Letters of the longest word that is tried as several glued together."""

_LONGEST_PART: Final = 16
"""Letters of the longest word that another is glued to."""

_SURELY: Final = 0.85
"""How alike a part of a glued word must be to a word to be that with a typing error."""

_SHORT: Final = 2
"""Letters of a word that is not looked at closely: with an error it could be any other."""

_INFLECTED: Final = 0.95
"""How alike a word is to its plural."""

_ALIKE_ENOUGH: Final = 0.84
"""How alike a word must be for less alike ones not to be looked for."""

_FEW: Final = 48
"""Words that are looked at of those that begin alike."""


_MEANS: Final = tuple(MEANS[sort] for sort in Sort)
_ENOUGH: Final = tuple(ENOUGH[sort] for sort in Sort)


class Spelling(NamedTuple):
    """A word of the dictionary that a word of a question may stand for, and how alike they are, from 0 to 1."""

    word: int
    likeness: float


class Pair(NamedTuple):
    """What a speaker said on a topic."""

    statements: int
    newest: int
    """The smallest number of its statements."""


def tolerance(length: int) -> int:
    """How many typing errors a word of this length is forgiven."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 12 else 3


def dropped(length: int) -> int:
    """How many letters are left out of a word's beginning to make its variants."""
    return 0 if length < 3 else 1 if length < 5 else 2


def variants(word: bytes, errors: int) -> set[int]:
    """Hashes of a word's beginning and of what is left of it without some letters.

    Two words within so many errors share one: https://github.com/wolfgarbe/SymSpell#algorithm
    """
    start = word[:LOOKED_AT]
    hashes = {crc32(start)}
    for left in range(len(start) - 1, len(start) - errors - 1, -1):
        hashes.update(map(crc32, map(bytes, combinations(start, left))))
    return hashes


def phrase(words: Iterable[int]) -> int:
    """A hash of words by their numbers."""
    hashed = 0
    for word in words:
        hashed = (hashed * 1_000_003 ^ word) & 0xFFFFFFFF
    return hashed


def key(word: bytes) -> int:
    """The number that words are in the order of, as far as their first letters go."""
    return int.from_bytes(word[:_KEY].ljust(_KEY, b"\0"))


class Index:
    """The index of one generation."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._letters, self._letters_at = arrays["letters"], arrays["letters_at"]
        self._keys = arrays["keys"]
        self._near, self._near_from = arrays["near"], arrays["near_from"]
        self._sound = arrays["sound"]
        self._surname, self._surname_at = arrays["surname"], arrays["surname_at"]
        self._given, self._given_at = arrays["given"], arrays["given_at"]
        self._named, self._named_at = arrays["named"], arrays["named_at"]
        self._topical, self._topical_at = arrays["topical"], arrays["topical_at"]
        self._crowd, self._crowd_at, self._crowd_key = arrays["crowd"], arrays["crowd_at"], arrays["crowd_key"]
        self._phrase = arrays["phrase"]
        self._numeral = arrays["numeral"]
        self._first_name = arrays["first_name"]
        self._alone, self._alone_at = arrays["alone"], arrays["alone_at"]
        self._with, self._with_at = arrays["with"], arrays["with_at"]
        self._term_words, self._term_words_at = arrays["term_words"], arrays["term_words_at"]
        self._term_light = arrays["term_light"]
        self._term_sort = arrays["term_sort"]
        self._term_surname = arrays["term_surname"]
        self.thing_of = arrays["term_thing"]
        self.needs = arrays["term_needs"]
        """Of each term, how many of its words must be said."""
        self._pair_topic, self._pair_at = arrays["pair_topic"], arrays["pair_at"]
        self._pair_count, self._pair_newest = arrays["pair_count"], arrays["pair_newest"]
        self._on, self._on_at = arrays["on"], arrays["on_at"]
        self.speaker_count, self.speaker_newest = arrays["speaker_count"], arrays["speaker_newest"]
        self.topic_count = arrays["topic_count"]
        self._office_word, self._office_word_at = arrays["office_word"], arrays["office_word_at"]
        self._is_of_office = arrays["is_of_office"]
        self._in_office, self._in_office_at = arrays["in_office"], arrays["in_office_at"]
        self._in_office_count = arrays["in_office_count"]
        self._spoke, self._spoke_at = arrays["spoke"], arrays["spoke_at"]
        self.office_count = arrays["office_count"]
        self.initials = arrays["initials"]
        """Of each speaker, the letters that first names begin with, a bit each."""
        self.letters = arrays["letters_of"]
        """Of each speaker, the letters that words of any name begin with, a bit each."""

    @classmethod
    def open(cls, file: Path) -> Self:
        """Map an index.

        Raises:
            GenerationError: where it is missing, damaged or of another version.
        """
        arrays = Arrays.open(file, VERSION)
        try:
            return cls(arrays)
        except KeyError as missing:
            raise GenerationError(f"{file.name} cannot be read (it lacks {missing}): build it anew") from missing

    def close(self) -> None:
        """Give the file back."""
        views = [name for name, held in vars(self).items() if isinstance(held, memoryview)]
        for name in views:
            delattr(self, name)
        self._arrays.close()

    # Words

    def word(self, number: int) -> str:
        """A word of the dictionary."""
        return self._bytes(number).decode()

    def _bytes(self, number: int) -> bytes:
        return bytes(self._letters[self._letters_at[number] : self._letters_at[number + 1]])

    def number_of(self, word: str) -> int:
        """The number of a word; -1 where it is not in the dictionary."""
        wanted = word.encode()
        first = key(wanted)
        keys, at = self._keys, bisect_left(self._keys, first)
        if len(wanted) < _KEY:
            return at if at < len(keys) and keys[at] == first else -1
        while at < len(keys) and keys[at] == first:
            if self._bytes(at) == wanted:
                return at
            at += 1
        return -1

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """The first word that begins so, and the first behind it that does not."""
        wanted = prefix.encode()
        low = bisect_left(self._keys, key(wanted))
        if len(wanted) <= _KEY:
            return low, bisect_left(self._keys, key(wanted.ljust(_KEY, b"\xff")) + 1, low)
        end = bisect_left(self._keys, key(wanted) + 1, low)
        while low < end and not self._bytes(low).startswith(wanted):
            low += 1
        high = low
        while high < end and self._bytes(high).startswith(wanted):
            high += 1
        return low, high

    def exactly(self, word: str) -> list[Spelling]:
        """The word itself, where it is in the dictionary."""
        number = self.number_of(word)
        return [Spelling(number, 1.0)] if number >= 0 else []

    def near(self, word: str, deep: bool = False) -> list[Spelling]:
        """Words that a word may stand for: itself, or else longer or shorter ones, with typing errors, or by sound.

        Args:
            word: a folded word of a question.
            deep: whether to look for more errors than are usual, and further than the word itself.
        """
        number = self.number_of(word)
        return self._near_to(word, number, deep) if deep or number < 0 else [Spelling(number, 1.0)]

    @lru_cache(maxsize=4096)  # noqa: B019 - an index lives as long as its generation
    def _near_to(self, word: str, number: int, deep: bool) -> list[Spelling]:
        found: dict[int, float] = {}
        if is_numeral(word):
            return self.exactly(word)
        self._cut(word, found)
        if number >= 0:
            found[number] = 1.0
        else:
            self._misspelt(word, found, deep)
        return [Spelling(*spelling) for spelling in sorted(found.items(), key=lambda item: (-item[1], item[0]))]

    def _cut(self, word: str, found: dict[int, float]) -> None:
        """Longer words that begin like it, and shorter ones that it begins with."""
        length = len(word)
        if length >= 4:
            low, high = self.beginning_with(word)
            at = self._letters_at
            for number in range(low, min(high, low + _FEW)):
                likeness = 0.86 + 0.1 * length / (at[number + 1] - at[number])
                found[number] = max(found.get(number, 0.0), likeness)
            for plural in self._inflected(word):
                found[plural] = max(found.get(plural, 0.0), _INFLECTED)
            for end in range(max(4, -(-length * 7 // 10)), length):
                number = self.number_of(word[:end])
                if number >= 0:
                    found[number] = max(found.get(number, 0.0), 0.75 + 0.2 * end / length)

    def _inflected(self, word: str) -> Iterator[int]:
        """English plurals that a longer or shorter word does not give: “minority” and “minorities”."""
        other = f"{word[:-1]}ies" if word.endswith("y") else f"{word[:-3]}y" if word.endswith("ies") else ""
        if other and (number := self.number_of(other)) >= 0:
            yield number

    def _misspelt(self, word: str, found: dict[int, float], deep: bool) -> None:
        length = len(word)
        if length < 3 or word.isdigit():
            return
        allowed = tolerance(length) or 1
        self._with_errors(word, 1, found, deep)
        if deep or max(found.values(), default=0.0) < _ALIKE_ENOUGH:
            self._sounding_like(word, found)
        more = max(allowed, 2 if length > 4 else 1, 3 if length > 8 else 1) if deep else allowed
        if more > 1 and max(found.values(), default=0.0) < _ALIKE_ENOUGH:
            self._with_errors(word, more, found, deep)

    def _with_errors(self, word: str, errors: int, found: dict[int, float], deep: bool) -> None:
        numbers = self._sharing(variants(word.encode(), min(errors, dropped(len(word)))))
        length, at = len(word), self._letters_at
        candidates = {
            number: self.word(number) for number in numbers if abs(at[number + 1] - at[number] - length) <= errors
        }
        if not candidates:
            return
        for typo, distance, number in extract(
            word, candidates, scorer=OSA.distance, score_cutoff=errors, limit=len(candidates)
        ):
            turned = sorted(word) == sorted(typo)
            begins_alike = word[0] == typo[0] or (turned and distance == 1) or (deep and self._lacks_first(word, typo))
            if not begins_alike and not self._errs_at_first(length, distance, deep):
                continue
            if typo.isdigit() or (min(length, len(typo)) < 4 and not turned and (not deep or len(typo) == length)):
                continue
            found[number] = max(found.get(number, 0.0), 1 - distance / max(length, len(typo)))

    @staticmethod
    def _errs_at_first(length: int, distance: int, deep: bool) -> bool:
        """Whether an error may be in the first letter, where people seldom err: “peter” is not “deter”."""
        return distance <= (2 if deep else 1) and length >= (5 if deep else 7) + 2 * (distance - 1)

    @staticmethod
    def _lacks_first(word: str, other: str) -> bool:
        """Whether a word is another without its first letter."""
        return len(word) > _SHORT and other[1:] == word

    def _sounding_like(self, word: str, found: dict[int, float]) -> None:
        numbers = {number for sound in sounds(word) for number in self._hashed(self._sound, crc32(sound.encode()))}
        for number in numbers:
            likeness = 0.65 + 0.3 * OSA.normalized_similarity(word, self.word(number))
            found[number] = max(found.get(number, 0.0), likeness)

    def _sharing(self, hashes: Iterable[int]) -> set[int]:
        near, begins = self._near, self._near_from
        numbers: set[int] = set()
        for hashed in hashes:
            top = hashed >> 16
            low, high = begins[top], begins[top + 1]
            if low < high:
                at = bisect_left(near, hashed << 32, low, high)
                while at < high and near[at] >> 32 == hashed:
                    numbers.add(near[at] & 0xFFFFFFFF)
                    at += 1
        return numbers

    @staticmethod
    def _hashed(table: Numbers, hashed: int) -> Iterator[int]:
        at = bisect_left(table, hashed << 32)
        while at < len(table) and table[at] >> 32 == hashed:
            yield table[at] & 0xFFFFFFFF
            at += 1

    def alike(self, word: str, at_least: float) -> list[Spelling]:
        """Words that look like one, more loosely than it may stand for them: what to suggest."""
        found: dict[int, float] = {}
        self._cut(word, found)
        if len(word) > 3:
            candidates = {n: self.word(n) for n in self._sharing(variants(word.encode(), dropped(len(word))))}
            for _, likeness, number in extract(
                word, candidates, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5
            ):
                found[number] = max(found.get(number, 0.0), likeness)
        return [Spelling(*spelling) for spelling in sorted(found.items(), key=lambda item: (-item[1], item[0]))][:5]

    def split(self, word: str, shortest: int) -> list[str]:
        """A word that is several of the dictionary's glued together, taken apart; empty where it is not.

        Few long words are better than many short ones; only grammar and numbers may be shorter than ``shortest``. One
        of two may have a typing error.
        """
        best: dict[int, tuple[int, int, list[str]]] = {0: (0, 0, [])}
        for start in range(len(word)):
            if start not in best:
                continue
            count, squares, parts = best[start]
            for end in range(start + 1, min(len(word), start + _LONGEST_PART) + 1):
                part = word[start:end]
                if len(part) < shortest and not (part in FUNCTION_WORDS or part.isdigit()):
                    continue
                way = (count + 1, squares - len(part) ** 2, [*parts, part])
                if (end not in best or way < best[end]) and end - start < len(word) and self.number_of(part) >= 0:
                    best[end] = way
        if len(word) in best:
            return best[len(word)][2]
        halves = [
            (near.likeness, [word[:at], word[at:]])
            for at in range(shortest, len(word) - shortest + 1)
            for known, other in ((word[:at], word[at:]), (word[at:], word[:at]))
            if len(other) > shortest + 1 and self.number_of(known) >= 0
            for near in self.near(other)[:1]
            if near.likeness > _SURELY
        ]
        return max(halves, default=(0.0, []))[1]

    # What words are part of

    def surnamed(self, low: int, high: int) -> Numbers:
        """The speakers of whom some words, from one to before another, are the surname."""
        return self._surname[self._surname_at[low] : self._surname_at[high]]

    def given(self, word: int) -> Numbers:
        """The speakers of whose own name a word is so large a part that it is enough."""
        return self._given[self._given_at[word] : self._given_at[word + 1]]

    def is_numeral(self, word: int) -> bool:
        """Whether a word is a number."""
        return bool(self._numeral[word])

    def is_given(self, word: int) -> bool:
        """Whether a word is part of a name without being the surname."""
        return bool(self._first_name[word])

    def alone(self, word: int) -> Numbers:
        """Other terms that a word alone is enough of."""
        return self._alone[self._alone_at[word] : self._alone_at[word + 1]]

    def called(self, words: tuple[int, ...]) -> list[int]:
        """The terms of just these words, in any order, grammar aside."""
        wanted = sorted(words)
        return [term for term in self._hashed(self._phrase, phrase(wanted)) if self._telling(term) == wanted]

    def _telling(self, term: int) -> list[int]:
        """The words of a term without grammar, in the order of their numbers."""
        light = self._term_light[term]
        return sorted(word for at, word in enumerate(self.words_of(term)) if not light >> at & 1)

    def having(self, word: int) -> Numbers:
        """The terms of several words that have it, where it is not grammar."""
        return self._with[self._with_at[word] : self._with_at[word + 1]]

    def named(self, low: int, high: int) -> Numbers:
        """The speakers with any of some words, from one to before another, in a name."""
        return self._named[self._named_at[low] : self._named_at[high]]

    def topical(self, low: int, high: int) -> Numbers:
        """The topics with any of some words, from one to before another, in what they are called."""
        return self._topical[self._topical_at[low] : self._topical_at[high]]

    def crowd(self, beginning: str) -> Numbers | None:
        """The most quoted speakers with a name that begins so, where very many have one; else None."""
        wanted = key(beginning.encode()[:_KEY])
        at = bisect_left(self._crowd_key, wanted)
        found = at < len(self._crowd_key) and self._crowd_key[at] == wanted
        return self._crowd[self._crowd_at[at] : self._crowd_at[at + 1]] if found else None

    def having_any(self, low: int, high: int) -> Numbers:
        """The terms of several words that have any of some, from one to before another."""
        return self._with[self._with_at[low] : self._with_at[high]]

    def words_of(self, term: int) -> Numbers:
        """The words of a term."""
        return self._term_words[self._term_words_at[term] : self._term_words_at[term + 1]]

    def weights_of(self, term: int) -> list[float]:
        """How much of a term is said by saying each of its words; together 1."""
        count = self._term_words_at[term + 1] - self._term_words_at[term]
        light = self._term_light[term]
        if not light:
            return [1 / count] * count
        heavy = [LIGHT if light >> position & 1 else 1.0 for position in range(count)]
        whole = sum(heavy)
        return [weight / whole for weight in heavy]

    def means(self, term: int) -> Means:
        """What a term stands for; ``thing_of`` has its number."""
        return _MEANS[self._term_sort[term]]

    def enough(self, term: int) -> float:
        """How much of a term must be said for it to be meant, as a share of its weight."""
        return _ENOUGH[self._term_sort[term]]

    def surname_at(self, term: int) -> int:
        """Which of a term's words is the surname; 255 where none is."""
        return self._term_surname[term]

    def is_of_office(self, word: int) -> bool:
        """Whether a word is part of what an office is called."""
        return bool(self._is_of_office[word])

    def has_office_word(self, speaker: int, word: int) -> bool:
        """Whether a word is of an office the speaker held: what may stand beside a name, as in “President Trump”."""
        low, high = self._office_word_at[speaker], self._office_word_at[speaker + 1]
        at = bisect_left(self._office_word, word, low, high)
        return at < high and self._office_word[at] == word

    # Who spoke on what

    def speakers_on(self, topic: int) -> Numbers:
        """Who is quoted on a topic, the most quoted first."""
        return self._on[self._on_at[topic] : self._on_at[topic + 1]]

    def topics_of(self, speaker: int) -> Numbers:
        """What a speaker is quoted on, by number."""
        return self._pair_topic[self._pair_at[speaker] : self._pair_at[speaker + 1]]

    def pair(self, speaker: int, topic: int) -> Pair | None:
        """What a speaker said on a topic; None where nothing."""
        high = self._pair_at[speaker + 1]
        at = bisect_left(self._pair_topic, topic, self._pair_at[speaker], high)
        if at < high and self._pair_topic[at] == topic:
            return Pair(self._pair_count[at], self._pair_newest[at])
        return None

    def counts_of(self, speaker: int) -> Numbers:
        """How much a speaker said on each of ``topics_of``."""
        return self._pair_count[self._pair_at[speaker] : self._pair_at[speaker + 1]]

    def only_holder(self, office: int, topics: Sequence[int]) -> int | None:
        """Who made all the statements in an office, on at most one topic; None where several people did."""
        if len(topics) > 1:
            return None
        if topics:
            speakers: Sequence[int] = [speaker for speaker, _ in self.said_in_office(office, topics[0])]
        else:
            speakers = self.spoke_in(office)
        return speakers[0] if len(speakers) == 1 else None

    def spoke_in(self, office: int) -> Numbers:
        """Who made a statement, on any topic, in an office, the most quoted first."""
        return self._spoke[self._spoke_at[office] : self._spoke_at[office + 1]]

    def said_in_office(self, office: int, topic: int) -> Iterator[tuple[int, int]]:
        """(speaker, how many statements) of who spoke on a topic while in an office."""
        high = self._in_office_at[office + 1]
        at = bisect_left(self._in_office, topic << 32, self._in_office_at[office], high)
        while at < high and self._in_office[at] >> 32 == topic:
            yield self._in_office[at] & 0xFFFFFFFF, self._in_office_count[at]
            at += 1

    # What things are called

    def speaker_id(self, number: int) -> str:
        """A speaker's id."""
        return self._text("speaker_id", number)

    def topic_id(self, number: int) -> str:
        """A topic's id."""
        return self._text("topic_id", number)

    def speaker_name(self, number: int) -> str:
        """A speaker's name."""
        return self._text("speaker_name", number)

    def topic_label(self, number: int) -> str:
        """A topic's label."""
        return self._text("topic_label", number)

    def office(self, number: int) -> tuple[str, str]:
        """An office's title and organisation."""
        title, organisation = self._text("office", number).split("\0")
        return title, organisation

    @lru_cache(maxsize=8192)  # noqa: B019 - an index lives as long as its generation
    def _text(self, name: str, number: int) -> str:
        at = self._arrays[f"{name}_at"]
        return self._arrays.text(at[number], at[number + 1], name).decode()

    def speaker_with(self, id_: str) -> int | None:
        """The number of the speaker with an id."""
        return self._numbered("speaker", id_)

    def topic_with(self, id_: str) -> int | None:
        """The number of the topic with an id."""
        return self._numbered("topic", id_)

    def _numbered(self, what: str, id_: str) -> int | None:
        numbers = self._arrays[f"{what}_by_id"]
        at = bisect_left(numbers, id_, key=lambda number: self._text(f"{what}_id", number))
        found = at < len(numbers) and self._text(f"{what}_id", numbers[at]) == id_
        return numbers[at] if found else None
