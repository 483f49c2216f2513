"""What a question may mean, and whether there is anything of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, NamedTuple

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.asked import Said
from bot.search.index import Index
from bot.search.terms import Means

_FEW: Final = 8
"""People or offices that are gone through one by one."""


class Part(IntEnum):
    """How much of a person's name is said."""

    WHOLE = 0
    SURNAME = 1
    GIVEN = 2


PLAIN: Final = 0.95
"""How like its spelling something must be said to be said plainly."""

WORTH: Final = {Part.WHOLE: 1.0, Part.SURNAME: 0.975, Part.GIVEN: 0.5}
"""What a name is worth of which no more is said."""


HINT: Final = 0.5
"""What a topic is worth of which only a part is said, by somebody who is named plainly."""

LIKELY: Final = 0.86
"""How alike a word is to one that it is the beginning of."""

LOOSELY: Final = 0.6
"""How like a first name a word beside the surname must be to be that, misspelt."""


@dataclass(slots=True)
class Meaning:
    """What may be meant, and by which words of the question.

    Words of a question are a bit each: the first is 1, the second 2, the third 4.
    """

    means: Means
    things: Sequence[int]
    """Speakers, offices or topics that are meant equally."""
    said_by: int
    score: float
    plain: bool
    """Whether it is said in so many words: by the surname as it is spelt, or by several words."""
    part: Part = Part.WHOLE
    """How much of a person's name is said."""


class Reading(NamedTuple):
    """Who speaks and on what."""

    said: tuple[Said, ...]
    who: Meaning | None = None
    on: tuple[Meaning, ...] = ()
    speaker: int | None = None
    office: int | None = None
    topics: tuple[int, ...] = ()
    left_over: tuple[int, ...] = ()
    """The words that nothing explains, by their place."""
    dates: tuple[int, ...] = ()
    """The years and months that no name has: nothing is found by them."""
    score: float = 0.0
    """How much of the question it explains: the words of each meaning times its own score, and the prior."""
    prior: float = 0.0
    """What speaks for it beside the words: that somebody is quoted, named first, not put behind a preposition."""
    named: int = 0
    """The words that say who speaks, those of an office beside the name too."""
    total: int = 0
    """How many statements there are of this speaker on these topics."""


class Holdings:
    """Who spoke on what: the newest among equals first."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self._corpus = corpus
        self._index = index

    def of(self, who: Meaning | None, topics: tuple[int, ...]) -> tuple[int | None, int | None, int]:
        """The speaker or the office, and how many statements there are."""
        if who is None:
            return None, None, self.on(topics)
        if who.means is Means.OFFICE:
            total, office = max((self.in_office(office, topics), -office) for office in who.things[:_FEW])
            return self._index.only_holder(-office, topics), -office, total
        speaker, total = self.by_one_of(who.things, topics)
        return speaker, None, total

    def by_one_of(self, speakers: Sequence[int], topics: tuple[int, ...]) -> tuple[int, int]:
        """Of several speakers the one who spoke on the topics last, and how often."""
        index = self._index
        if not topics:
            speaker = min(speakers, key=lambda who: (index.speaker_newest[who], who))
            return speaker, index.speaker_count[speaker]
        if len(topics) == 1:
            return index.newest_on(self._among(speakers, topics[0]), topics[0]) or (min(speakers), 0)
        found = []
        for speaker in self._among(speakers, topics[0]):
            pairs = [index.pair(speaker, topic) for topic in topics]
            if all(pairs):
                found.append((max(pair.newest for pair in pairs if pair), speaker))
        for _, speaker in sorted(found)[:_FEW]:
            if total := self._corpus.count(self._chosen(speaker, topics)):
                return speaker, total
        return min(speakers), 0

    def _among(self, speakers: Sequence[int], topic: int) -> Iterable[int]:
        """Those of many speakers who may have spoken on a topic."""
        on = self._index.speakers_on(topic)
        if len(speakers) > _FEW and len(on) < 8 * len(speakers):
            return set(speakers).intersection(on)
        return speakers

    def in_office(self, office: int, topics: tuple[int, ...]) -> int:
        if not topics:
            return self._index.office_count[office]
        if len(topics) == 1:
            return sum(count for _, count in self._index.said_in_office(office, topics[0]))
        return self._corpus.count(Selection(None, self._index.office(office), self._ids(topics)))

    def on(self, topics: tuple[int, ...]) -> int:
        if len(topics) == 1:
            return self._index.topic_count[topics[0]]
        return self._corpus.count(Selection(None, None, self._ids(topics))) if topics else 0

    def _chosen(self, speaker: int | None, topics: tuple[int, ...]) -> Selection:
        return Selection(None if speaker is None else self._index.speaker_id(speaker), None, self._ids(topics))

    def _ids(self, topics: Iterable[int]) -> tuple[str, ...]:
        return tuple([self._index.topic_id(topic) for topic in topics])

    def selection(self, reading: Reading) -> Selection:
        """A reading by ids."""
        if reading.office is None:
            return self._chosen(reading.speaker, reading.topics)
        return replace(self._chosen(reading.speaker, reading.topics), office=self._index.office(reading.office))
