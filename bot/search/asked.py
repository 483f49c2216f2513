"""The words of a question, and what is known of them before any is looked up."""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from typing import Final, NamedTuple

from bot.search.normalise import FUNCTION_WORDS, STOPWORDS

_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)

_ROMAN: Final = frozenset("i ii iii iv v vi vii viii ix x xi xii".split())

SHORT_QUESTION: Final = 8
"""Words up to which a question is no sentence, so that a letter in it may be an initial."""

ASKED_WITH: Final = STOPWORDS - FUNCTION_WORDS

_IDLE: Final = 0.3
"""What a function word counts where a term has it, beside 1 for any other word."""


class Said(NamedTuple):
    """A word of a question: folded, and as the asker typed it."""

    folded: str
    typed: str
    is_grammar: bool = False
    """Whether it is a function word; WHO in capitals is none, nor is the number I."""

    @property
    def is_numeral(self) -> bool:
        """Whether it is a number, in figures or as in “START II”: it is that number or none."""
        return is_numeral(self.folded) and not self.is_grammar

    def is_initial(self, short: bool) -> bool:
        """Whether it is a letter that may begin a name, and not just “a”, as in a question that is not short."""
        alone = len(self.folded) == 1 and self.folded.isalpha() and (len(self.typed) == 1 or self.typed[1] == ".")
        return alone and (short or self.typed.isupper() or self.folded not in FUNCTION_WORDS)


_said: Final[Callable[[tuple[str, str, bool]], Said]] = partial(tuple.__new__, Said)
"""What ``Said._make`` does, in a third of the time: a long question has sixty."""


def told(words: Sequence[tuple[str, str]]) -> tuple[Said, ...]:
    """The words of a question, of which some are grammar.

    Args:
        words: each folded, and as the asker typed it.
    """
    said: list[Said] = []
    for folded, typed in words:
        grammar = folded in FUNCTION_WORDS and _is_grammar(folded, typed, said, words)
        said.append(_said((folded, typed, grammar)))
    return tuple(said)


def _is_grammar(folded: str, typed: str, before: list[Said], words: Sequence[tuple[str, str]]) -> bool:
    """Whether what is written like a function word is one: not WHO, and not the number I, in capitals."""
    capitals = typed.isupper()
    if folded in _ROMAN and (capitals or len(before) == len(words) - 1):
        # The number I stands behind what it counts; the asker begins a question, or follows a small word.
        return not before or before[-1].folded in STOPWORDS
    return not capitals or len(typed) == 1 or all(other == other.upper() for _, other in words)


class Asked:
    """The words of a question, and what is known of them before any is looked up."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.said = tuple(said)
        self._weights = [_IDLE if word.is_grammar else 1.0 for word in said]
        grammar = 0
        capitals = 0
        self.content = 0
        """The words that mean something, a bit each: not grammar, nor what a question is asked with, nor a date."""
        self.dates = 0
        numerals = 0
        places: dict[str, int] = {}
        for number, word in enumerate(said):
            folded = word.folded
            places[folded] = places.get(folded, 0) | 1 << number
            grammar |= word.is_grammar << number
            capitals |= (number > 0 and word.typed[:1].isupper()) << number
            if is_date(folded):
                self.dates |= 1 << number
            elif word.is_numeral or (len(folded) > 1 and not word.is_grammar and folded not in ASKED_WITH):
                self.content |= 1 << number
            numerals |= word.is_numeral << number
        self.capitals = capitals if self.content & ~capitals & ~1 else 0
        """The words that begin with a capital, where others do not."""
        self.numerals = numerals
        """The numbers: what has another number is not meant."""
        self._repeated = [by for by in places.values() if by & by - 1]
        self.shared = grammar | sum(self._repeated)
        """The words that two meanings may have in common: grammar, and those that are there twice."""

    def weight(self, by: int) -> float:
        """How much of the question some words are, each counted once."""
        for repeated in self._repeated:
            if by & repeated:
                by = by & ~repeated | repeated & -repeated
        return sum(map(self._weights.__getitem__, places(by)))

    def left(self, taken: int) -> int:
        """The words that mean something and are not among some, nor the same as one of those."""
        for repeated in self._repeated:
            if taken & repeated:
                taken |= repeated
        return self.content & ~taken


def is_named(said: Sequence[Said], by: int, subject: set[str]) -> bool:
    """Whether some words of a question are all the subject's, and others are not."""
    named = {said[number].folded for number in places(by)}
    return named <= subject and any(word.folded not in STOPWORDS | named for word in said)


def is_spoken_of(said: Sequence[Said], at: int, prepositions: Set[str]) -> bool:
    """Whether what is named from some place on stands behind a preposition: “about Putin”, not “according to Putin”."""
    if at == 0 or said[at - 1].folded not in prepositions:
        return False
    return not (at > 1 and said[at - 1].folded == "to" and said[at - 2].folded == "according")


def is_numeral(folded: str) -> bool:
    """Whether a folded word is a number, in figures or in Roman numerals up to twelve."""
    return folded.isdigit() or folded in _ROMAN


def is_date(word: str) -> bool:
    """Whether a word is a year or a month: nothing is found by them."""
    return word in _MONTHS or (len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"})


def places(said_by: int) -> Iterator[int]:
    """The places of the words, in order."""
    while said_by:
        lowest = said_by & -said_by
        yield lowest.bit_length() - 1
        said_by ^= lowest


def bounds(said_by: int) -> tuple[int, int]:
    """The places of the first and the last of some words."""
    return (said_by & -said_by).bit_length() - 1, said_by.bit_length() - 1
