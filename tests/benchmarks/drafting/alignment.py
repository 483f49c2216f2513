"""Which predicted attribution answers which true one: by the words they share, one to one.

Units are word tokens: punctuation, quotation marks and white space never count, so that it does not matter whether a
span takes its quotation marks along. Two spans are alike by Dice's coefficient over the sets of their words.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.drafting.values import Span

SOFT: Final = 0.5
"""Dice's coefficient from which two spans count as the same passage."""
_WORD: Final = re.compile(r"\w+(?:[-’'.]\w+)*")


class Words:
    """The word tokens of a text, and where each stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = [found.span() for found in _WORD.finditer(text)]
        self._begins = [begin for begin, _ in self.spans]

    def under(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the words that spans touch, in order."""
        return sorted({number for span in spans for number in self._under(span)})

    def _under(self, span: Span) -> range:
        begin, end = span
        first = bisect_right(self._begins, begin) - 1
        if first < 0 or self.spans[first][1] <= begin:
            first += 1
        last = first
        while last < len(self.spans) and self.spans[last][0] < end:
            last += 1
        return range(first, last)

    def __getitem__(self, number: int) -> str:
        begin, end = self.spans[number]
        return self.text[begin:end]


def dice(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """How alike two sets of words are, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def align(true: int, found: int, alike: Callable[[int, int], float]) -> dict[int, tuple[int, float]]:
    """Pair true spans with found ones, each at most once, likest pairs first.

    Args:
        true: how many there are.
        found: how many were found.
        alike: how alike one of the former, by number, and one of the latter are; 0 where they have nothing in common.

    Returns:
        For the number of a true one, the number of the found one and how alike they are, however little that is.
    """
    pairs = sorted(
        (-likeness, at, there) for at in range(true) for there in range(found) if (likeness := alike(at, there))
    )
    paired: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for unlike, at, there in pairs:
        if at not in paired and there not in taken:
            paired[at] = there, -unlike
            taken.add(there)
    return paired
