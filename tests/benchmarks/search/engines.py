"""What is asked: each opens what it built, takes a question, and says whom and what it takes it to mean."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """The first answer to a question."""

    answered: bool
    speaker: str = ""
    """Who said the first statement."""
    topics: tuple[str, ...] = ()
    named: bool = False
    """Whether only that speaker's statements are shown."""
    pair: bool = False
    """Whether the answer is always one speaker and one topic, whatever was asked for."""
    shown: str = ""
    """In words."""

    def is_right(self, speakers: frozenset[str], topics: tuple[frozenset[str], ...]) -> bool:
        """Whether it is by one of the speakers and on one of each of the topics, and on nothing else.

        A pair need only be on one of several topics, and may be on any where none is asked for.
        """
        if not self.answered or (speakers and self.speaker not in speakers):
            return False
        if self.pair:
            return not topics or any(on in some for some in topics for on in self.topics)
        if self.named and not speakers:
            return False
        asked = frozenset[str]().union(*topics)
        return asked.issuperset(self.topics) and all(not some.isdisjoint(self.topics) for some in topics)


class Engine(Protocol):
    """One way to find what is asked for. ``ask`` is what is timed; ``read`` says what came."""

    def ask(self, text: str) -> Any: ...

    def read(self, raw: Any) -> Found: ...


@dataclass(frozen=True, slots=True)
class Built:
    """How to come by an engine for the seeds in a folder."""

    name: str
    build: Callable[[Path], None]
    """Builds beside the seeds."""
    open: Callable[[Path], Engine]
    is_there: Callable[[Path], bool]
    """Whether it has been built."""
    every: int = 1
    """Of how many questions it is asked one, as it takes so long."""
