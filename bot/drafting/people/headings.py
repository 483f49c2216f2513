"""Whose the words below a heading are: “GERMAN FOREIGN MINISTER HEIKO MAAS” above paragraphs of quotations."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.people.cast import Cast, Person
from bot.drafting.people.names import runs, words_of
from bot.drafting.people.offices import is_title
from bot.drafting.people.roster import Roster
from bot.drafting.values import LINE

_LONGEST: Final = 14
"""Words of such a heading."""
_NAMES: Final = (2, 3)
"""Words of a name in one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is an office and a name, in capitals."""

    begin: int
    person: Person


class Headings:
    """The headings of an article that name who speaks below them.

    Args:
        text: of the article, with its furniture, since headings often are.
        cast: its people.
        roster: those whom the collection knows.
    """

    def __init__(self, text: str, cast: Cast, roster: Roster) -> None:
        self._all: list[Heading] = []
        for line in LINE.finditer(text):
            person = _headed(line[0], cast, roster) if line[0].isupper() else None
            if person:
                self._all.append(Heading(line.start(), person))
        self._begins = [heading.begin for heading in self._all]

    def above(self, at: int) -> Heading | None:
        """The last heading before a character."""
        index = bisect_left(self._begins, at)
        return self._all[index - 1] if index else None

    def between(self, begin: int, end: int) -> Sequence[Heading]:
        """Those that begin within a stretch of the text."""
        return self._all[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]


def _headed(line: str, cast: Cast, roster: Roster) -> Person | None:
    """Whoever a line in capitals names at its end, behind an office."""
    words = words_of(line)
    rows = list(runs(words)) if 2 < len(words) <= _LONGEST else []
    first, end = rows[-1] if rows else (0, 0)
    if end != len(words) or end - first not in _NAMES or not any(map(is_title, words[:first])):
        return None
    keys = tuple(word.key for word in words[first:end])
    known = roster.named(keys)
    speaker = known[0] if len(known) == 1 else None
    return cast.called(keys) or Person(keys, line[words[first].begin : words[-1].end].title(), speaker=speaker)
