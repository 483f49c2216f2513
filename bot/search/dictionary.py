"""The words of a collection, and what of them a word of a question may stand for.

The words are read when the index is opened, since every question asks for many of them, and even a million statements
have few; what leads to them is memory-mapped, like the rest of the index.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from string import ascii_lowercase
from typing import Final, NamedTuple
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.search.arrays import Arrays, Numbers
from bot.search.asked import is_numeral
from bot.search.normalise import FUNCTION_WORDS
from bot.search.sound import sounds

LOOKED_AT: Final = 7
"""Letters of a word's beginning from which its variants are made."""

BEHIND_LETTERS: Final = "{"
"""Comes behind every letter and figure in the order of words."""

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

ALIKE_ENOUGH: Final = 0.84
"""How alike a word must be for less alike ones not to be looked for."""

_FEW: Final = 48
"""Words that are looked at of those that begin alike."""


class Spelling(NamedTuple):
    """A word of the dictionary that a word of a question may stand for, and how alike they are, from 0 to 1."""

    word: int
    likeness: float


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


def _may_be_misspelt(word: str) -> bool:
    return len(word) > _SHORT and not word.isdigit()


def _inflected(word: str) -> str:
    """The English plural, or what it is the plural of, that a longer or shorter word does not give: “minorities”."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word[:-3]}y" if word.endswith("ies") else ""


def _likeliest_first(found: dict[int, float]) -> list[Spelling]:
    if len(found) < 2:
        return [Spelling(*spelling) for spelling in found.items()]
    return [Spelling(*spelling) for spelling in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


class Dictionary:
    """The words of one generation, numbered in alphabetical order."""

    def __init__(self, arrays: Arrays) -> None:
        self._words = bytes(arrays["words"]).decode().split()
        self._number = dict(zip(self._words, range(len(self._words)), strict=True))
        self._near, self._near_from = arrays["near"], arrays["near_from"]
        self._near_shift = 32 - (len(self._near_from) - 2).bit_length()
        self._sound = arrays["sound"]

    def word(self, number: int) -> str:
        """A word of the dictionary."""
        return self._words[number]

    def number_of(self, word: str) -> int:
        """The number of a word; -1 where it is not in the dictionary."""
        return self._number.get(word, -1)

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """The first word that begins so, and the first behind it that does not."""
        low = bisect_left(self._words, prefix)
        return low, bisect_left(self._words, prefix + BEHIND_LETTERS, low)

    def exactly(self, word: str) -> list[Spelling]:
        """The word itself, where it is in the dictionary."""
        number = self._number.get(word, -1)
        return [Spelling(number, 1.0)] if number >= 0 else []

    def near(self, word: str, deep: bool = False) -> list[Spelling]:
        """Words that a word may stand for: itself, or else longer or shorter ones, with typing errors, or by sound.

        Args:
            word: a folded word of a question.
            deep: whether to look for more errors than are usual, and further than the word itself.
        """
        number = self._number.get(word, -1)
        if deep:
            return self._deeply(word, number)
        return [Spelling(number, 1.0)] if number >= 0 else self._near_to(word)

    def in_other_number(self, word: str) -> list[int]:
        """The plural of a word, or what it is the plural of, where those are in the dictionary."""
        others = f"{word}s", word[:-1] if word.endswith("s") else "", _inflected(word)
        return [number for other in others if len(other) > _SHORT and (number := self._number.get(other, -1)) >= 0]

    def lacking_first(self, word: str) -> list[Spelling]:
        """Words that are this one with a letter more at the beginning."""
        if len(word) <= _SHORT or is_numeral(word):
            return []
        numbers = [number for letter in ascii_lowercase if (number := self._number.get(letter + word, -1)) >= 0]
        return [Spelling(number, 1 - 1 / (len(word) + 1)) for number in numbers]

    def with_first(self, word: str) -> list[Spelling]:
        """What a word may stand for, its first letter being lost among that."""
        return sorted([*self.near(word), *self.lacking_first(word)], key=lambda near: (-near.likeness, near.word))

    def further(self, word: str) -> list[Spelling]:
        """What a word may stand for by a closer look."""
        return self.near(word, deep=True)

    @lru_cache(maxsize=4096)  # noqa: B019 - an index lives as long as its generation
    def much_like(self, word: str) -> list[Spelling]:
        """What a word that is not known may stand for at first sight: longer ones, shorter ones, with one error."""
        found: dict[int, float] = {}
        if not is_numeral(word):
            self._cut(word, found)
            if _may_be_misspelt(word):
                self._with_errors(word, 1, found, deep=False)
        return _likeliest_first(found)

    @lru_cache(maxsize=4096)  # noqa: B019 - an index lives as long as its generation
    def _near_to(self, word: str) -> list[Spelling]:
        much_like = self.much_like(word)
        if (much_like and much_like[0].likeness >= ALIKE_ENOUGH) or not _may_be_misspelt(word):
            return much_like
        found: dict[int, float] = dict(much_like)
        self._misspelt(word, found, tolerance(len(word)), deep=False)
        return _likeliest_first(found)

    @lru_cache(maxsize=4096)  # noqa: B019 - an index lives as long as its generation
    def _deeply(self, word: str, number: int) -> list[Spelling]:
        if is_numeral(word):
            return self.exactly(word)
        found: dict[int, float] = {}
        self._cut(word, found)
        if number >= 0:
            found[number] = 1.0
        elif _may_be_misspelt(word):
            length = len(word)
            more = max(tolerance(length), 2 if length > 4 else 1, 3 if length > 8 else 1)
            self._with_errors(word, 1, found, deep=True)
            self._misspelt(word, found, more, deep=True)
        return _likeliest_first(found)

    def _cut(self, word: str, found: dict[int, float]) -> None:
        """Longer words that begin like it, and shorter ones that it begins with."""
        length = len(word)
        if length < 4:
            return
        words, number_of = self._words, self._number.get
        at = bisect_left(words, word)
        for number in range(at, min(at + _FEW, len(words))):
            longer = words[number]
            if not longer.startswith(word):
                break
            found[number] = 0.86 + 0.1 * length / len(longer)
        if (plural := _inflected(word)) and (number := number_of(plural, -1)) >= 0:
            found[number] = max(found.get(number, 0.0), _INFLECTED)
        for end in range(max(4, -(-length * 7 // 10)), length):
            number = number_of(word[:end], -1)
            if number >= 0:
                found[number] = 0.75 + 0.2 * end / length

    def _misspelt(self, word: str, found: dict[int, float], errors: int, *, deep: bool) -> None:
        """What sounds like a word, and what it is with more than one typing error, where nothing is alike enough."""
        if deep or max(found.values(), default=0.0) < ALIKE_ENOUGH:
            self._sounding_like(word, found)
        if errors > 1 and max(found.values(), default=0.0) < ALIKE_ENOUGH:
            self._with_errors(word, errors, found, deep)

    def _with_errors(self, word: str, errors: int, found: dict[int, float], deep: bool) -> None:
        length, words = len(word), self._words
        for number in self._sharing(variants(word.encode(), min(errors, dropped(length)))):
            typo = words[number]
            if abs(len(typo) - length) > errors or (distance := OSA.distance(word, typo, score_cutoff=errors)) > errors:
                continue
            if word[0] != typo[0]:
                turned = distance == 1 and sorted(word) == sorted(typo)
                lacks_first = deep and length > _SHORT and typo[1:] == word
                if not (turned or lacks_first or self._errs_at_first(length, distance, deep)):
                    continue
            if min(length, len(typo)) < 4 and sorted(word) != sorted(typo) and (not deep or len(typo) == length):
                continue
            if not typo.isdigit():
                likeness = 1 - distance / max(length, len(typo))
                if likeness > found.get(number, 0.0):
                    found[number] = likeness

    @staticmethod
    def _errs_at_first(length: int, distance: int, deep: bool) -> bool:
        """Whether an error may be in the first letter, where people seldom err: “peter” is not “deter”."""
        return distance <= (2 if deep else 1) and length >= (5 if deep else 7) + 2 * (distance - 1)

    def _sounding_like(self, word: str, found: dict[int, float]) -> None:
        numbers = {number for sound in sounds(word) for number in self._hashed(self._sound, crc32(sound.encode()))}
        for number in numbers:
            likeness = 0.65 + 0.3 * OSA.normalized_similarity(word, self._words[number])
            if likeness > found.get(number, 0.0):
                found[number] = likeness

    def _sharing(self, hashes: Iterable[int]) -> set[int]:
        """The words that have any of some variants."""
        near, begins, shift = self._near, self._near_from, self._near_shift
        numbers: set[int] = set()
        for hashed in hashes:
            bucket = hashed >> shift
            low, high = begins[bucket], begins[bucket + 1]
            if low < high:
                for entry in near[low:high]:
                    if entry >> 32 == hashed:
                        numbers.add(entry & 0xFFFFFFFF)
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
            candidates = {n: self._words[n] for n in self._sharing(variants(word.encode(), dropped(len(word))))}
            for _, likeness, number in extract(
                word, candidates, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5
            ):
                found[number] = max(found.get(number, 0.0), likeness)
        return _likeliest_first(found)[:5]

    def split(self, word: str, shortest: int, *, grammar: bool = False) -> list[str]:
        """A word that is several of the dictionary's glued together, taken apart; empty where it is not.

        Few long words are better than many short ones. Numbers may be shorter than ``shortest``.

        Args:
            word: the word.
            shortest: how many letters a part has at the least.
            grammar: whether there may be function words among the parts, however short.
        """
        known = self._number
        best: dict[int, tuple[int, int, list[str]]] = {0: (0, 0, [])}
        for start in range(len(word)):
            if start not in best:
                continue
            count, squares, parts = best[start]
            for end in range(start + 1, min(len(word), start + _LONGEST_PART) + 1):
                part = word[start:end]
                if part not in known or part == word:
                    continue
                if not grammar if part in FUNCTION_WORDS else len(part) < shortest and not part.isdigit():
                    continue
                way = (count + 1, squares - len(part) ** 2, [*parts, part])
                if end not in best or way < best[end]:
                    best[end] = way
        return best[len(word)][2] if len(word) in best else []

    def split_loosely(self, word: str, shortest: int) -> list[str]:
        """The same with function words among the parts, or else of two parts, of which one has a typing error."""
        if parts := self.split(word, shortest, grammar=True):
            return parts
        halves = [
            (near.likeness, [word[:at], word[at:]])
            for at in range(shortest, len(word) - shortest + 1)
            for known, other in ((word[:at], word[at:]), (word[at:], word[:at]))
            if len(other) > shortest + 1 and known in self._number
            for near in self.near(other)[:1]
            if near.likeness > _SURELY
        ]
        return max(halves, default=(0.0, []))[1]
