"""Whose the answers of an interview are, where no name stands before them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.drafting.people.cast import Cast, Person
from bot.drafting.values import Attribution, Manuscript, Span, Tie

_ANSWER: Final = frozenset({"a", "answer"})
_QUESTION: Final = frozenset({"q", "question"})
"""What stands before the turns of an interview instead of a name."""


class Interview:
    """The turns of an article that is one, or of one that is none."""

    def __init__(self, manuscript: Manuscript, cast: Cast, attributions: Sequence[Attribution]) -> None:
        turns = [one for one in attributions if one.tie is Tie.TRANSCRIPT]
        self._text = manuscript.text
        self._labels = {one.source for one in turns if one.source}
        self._unnamed = [one.begin for one in turns if not one.cue]
        self.answering = _most_named(cast, turns[0].begin, manuscript.title) if turns else None
        """Who answers; None where nobody stands out."""

    def answered(self, since: int, until: int) -> int | None:
        """Where between two places the last answer without a name begins."""
        first, behind = bisect_left(self._unnamed, since), bisect_left(self._unnamed, until)
        return self._unnamed[behind - 1] if first < behind else None

    def turn(self, source: tuple[Span, ...]) -> bool | None:
        """Whether the words before a turn only say that it is an answer; None where they say more, or are no such."""
        if source not in self._labels:
            return None
        label = self._text[slice(*source[0])].strip().lower()
        return True if label in _ANSWER else False if label in _QUESTION else None


def _most_named(cast: Cast, first: int, title: str) -> Person | None:
    """Whoever is named most before the first turn, and in the headline."""
    counted = Counter(mention.person for mention in cast.mentions if mention.begin < first)
    counted.update(person for person in cast.people if person.name in title)
    ranked = counted.most_common(2)
    stands_out = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if stands_out else None
