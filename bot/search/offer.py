"""Something that is there to ask for: what it is called, and how a choice of it travels through Discord and back."""

from dataclasses import dataclass
from typing import Final, Self

from bot.corpus.store import Corpus
from bot.record import Selection

_MARK: Final = "="
"""Begins the value of a choice: ids, and no words to be understood."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A selection that holds something."""

    label: str
    selection: Selection
    statements: int

    @classmethod
    def of(cls, corpus: Corpus, selection: Selection, statements: int) -> Self:
        """An offer by its name and size: “Jens Stoltenberg · dialogue (9)”."""
        return cls(f"{corpus.label(selection)} ({statements})", selection, statements)

    @property
    def value(self) -> str:
        """What a choice of it sends, which `chosen` takes without understanding anything. At most 83 characters."""
        return f"{_MARK}{self.selection.speaker or ''}/{'/'.join(self.selection.topics)}"


def chosen(value: str, corpus: Corpus) -> Selection | None:
    """The selection of a choice's value, where it is one and what it names is there."""
    if not value.startswith(_MARK):
        return None
    speaker, *topics = value.removeprefix(_MARK).split("/")
    try:
        return Selection(
            speaker=corpus.speaker(speaker).id if speaker else None,
            topics=tuple(corpus.topic(topic).id for topic in topics if topic),
        )
    except KeyError:
        return None
