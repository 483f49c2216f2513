"""Several words of a question that may each stand for several of the dictionary: which combinations are worth a try."""

from collections.abc import Iterator
from functools import reduce
from heapq import heappop, heappush
from operator import and_, or_
from typing import Final

from bot.search.dictionary import Spelling
from bot.search.index import Index, phrase
from bot.search.terms import Means

_COMBINATIONS: Final = 16
"""How many are tried."""

_TOPICAL: Final = 1
_PERSONAL: Final = 2


def in_their_place(index: Index, spelt: list[list[Spelling]]) -> list[list[Spelling]]:
    """Of what words may stand for that which may be of a topic, or of somebody, where it stands.

    That is all of one before or behind all of the other: a word between two of a name is no topic's. Where every
    word of the topic is known there must be one.
    """
    count = len(spelt)
    sorts = [
        [
            index.is_topical(word) * _TOPICAL | (index.is_named(word) or index.is_of_office(word)) * _PERSONAL
            for word, _ in ways
        ]
        for ways in spelt
    ]
    may_be = [reduce(or_, of_word) for of_word in sorts]
    is_ = [0] * count
    for cut in range(count):
        for one, other in ((_TOPICAL, _PERSONAL), (_PERSONAL, _TOPICAL)):
            parted = [one] * cut + [other] * (count - cut)
            if all(map(and_, may_be, parted)):
                on = [ways for ways, sort in zip(spelt, parted, strict=True) if sort == _TOPICAL]
                if not on or any(len(ways) > 1 for ways in on) or _is_topic(index, on):
                    is_ = list(map(or_, is_, parted))
    return [
        [spelling for spelling, sort in zip(ways, of_word, strict=True) if sort & here]
        for ways, of_word, here in zip(spelt, sorts, is_, strict=True)
    ]


def _is_topic(index: Index, known: list[list[Spelling]]) -> bool:
    return bool(index.called(Means.TOPIC, phrase([ways[0].word for ways in known])))


def likeliest(spelt: list[list[Spelling]]) -> Iterator[tuple[float, list[Spelling]]]:
    """The combinations of spellings, those most like the words first, each with how alike it is, all words together."""
    first = [ways[0] for ways in spelt]
    likeness = sum([spelling.likeness for spelling in first])
    yield likeness, first
    several = [at for at, ways in enumerate(spelt) if len(ways) > 1]
    if len(several) == 1:
        (at,) = several
        for spelling in spelt[at][1:]:
            yield likeness - first[at].likeness + spelling.likeness, [*first[:at], spelling, *first[at + 1 :]]
        return
    # Of what differs from the likeliest the likeliest is next; then what differs from that in one word more, by the
    # next likely spelling, but never in a word before the last that differs, so that nothing comes twice.
    open_ = [(-likeness, [0] * len(spelt), 0)]
    for _ in range(_COMBINATIONS - 1):
        less, chosen, last = heappop(open_)
        for at in range(last, len(spelt)):
            ways, number = spelt[at], chosen[at] + 1
            if number < len(ways):
                unlike = less + ways[number - 1].likeness - ways[number].likeness
                heappush(open_, (unlike, [*chosen[:at], number, *chosen[at + 1 :]], at))
        if not open_:
            return
        yield -open_[0][0], [ways[number] for ways, number in zip(spelt, open_[0][1], strict=True)]
