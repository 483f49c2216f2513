"""Something that is there to ask for: what it is called, and how a choice of it travels through Discord and back."""

from functools import lru_cache
from typing import Final, NamedTuple

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.index import Index

_MARK: Final = "="
"""Begins the value of a choice: ids, and no words to be understood."""


class Offer(NamedTuple):
    """A selection that holds something."""

    label: str
    selection: Selection
    statements: int

    @property
    def value(self) -> str:
        """What a choice of it sends, which ``Offers.chosen`` takes for just that. At most 83 characters."""
        return f"{_MARK}{self.selection.speaker or ''}/{'/'.join(self.selection.topics)}"


class Offers:
    """Makes offers of one generation, and takes them back."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self._corpus = corpus
        self._index = index

    def of(self, selection: Selection, statements: int) -> Offer:
        """An offer by its name and size: “Jens Stoltenberg · dialogue (9)”."""
        return Offer(f"{self._corpus.label(selection)} ({statements})", selection, statements)

    # While somebody types, most choices are among those for the letters before; and of the others many are of the same
    # speaker, or on the same topic.

    @lru_cache(maxsize=1024)  # noqa: B019 - offers live as long as their generation
    def numbered(self, speaker: int | None, topic: int | None, statements: int) -> Offer:
        """The same of a speaker and a topic by their numbers in the index, either of which may be missing."""
        id_, name = (None, "") if speaker is None else self._speaker(speaker)
        if topic is None:
            return Offer(f"{name} ({statements})", Selection(id_), statements)
        on, label = self._topic(topic)
        return Offer(f"{name}{name and ' · '}{label} ({statements})", Selection(id_, topics=(on,)), statements)

    @lru_cache(maxsize=256)  # noqa: B019
    def _speaker(self, number: int) -> tuple[str, str]:
        return self._index.speaker_id(number), self._index.speaker_name(number)

    @lru_cache(maxsize=256)  # noqa: B019
    def _topic(self, number: int) -> tuple[str, str]:
        return self._index.topic_id(number), self._index.topic_label(number)

    def chosen(self, value: str) -> Selection | None:
        """The selection of a choice's value, where it is one and what it names is there."""
        if not value.startswith(_MARK):
            return None
        speaker, *topics = value.removeprefix(_MARK).split("/")
        topics = [topic for topic in topics if topic]
        there = (not speaker or self._index.speaker_with(speaker) is not None) and all(
            self._index.topic_with(topic) is not None for topic in topics
        )
        return Selection(speaker or None, topics=tuple(topics)) if there else None
