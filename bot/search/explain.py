"""Why a question got its answer: how each word was understood, and what the score is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from bot.search.asked import Asked, places
from bot.search.find import Answer
from bot.search.index import Index
from bot.search.meaning import Meaning, Reading
from bot.search.normalise import STOPWORDS
from bot.search.reading import Reader
from bot.search.terms import Means

_SHOWN: Final = 3
"""Words of the dictionary that are shown for one of the question."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, and what became of it."""

    typed: str
    became: str
    """“who”, “topic”, “left over”, “date” or “idle”."""
    spellings: tuple[str, ...]
    """The words of the dictionary it may stand for, each with how alike they are and in what way."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score."""

    of: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question got its answer."""

    words: tuple[Word, ...]
    parts: tuple[Part, ...]
    score: float
    road: str
    total: int

    def lines(self) -> Iterator[str]:
        """It in lines to be read."""
        width = max((len(word.typed) for word in self.words), default=0)
        for word in self.words:
            yield f"{word.typed:{width}}  {word.became:9}  {'; '.join(word.spellings)}".rstrip()
        for part in self.parts:
            yield f"{part.score:+.3f}  {part.of}"
        found = f"{self.total:,} statements, newest first" if self.total else "no statement"
        yield f"{self.score:.3f}  in all; by {self.road}: {found}"


class Explainer:
    """Explains what one generation answers."""

    def __init__(self, index: Index, reader: Reader) -> None:
        self._index = index
        self._reader = reader

    def explain(self, query: str, answer: Answer) -> Explanation:
        """Why a question in words got an answer."""
        reading = self._reader.read(self._reader.said(query))
        return Explanation(
            tuple(self._words(reading)), tuple(self._parts(reading)), reading.score, str(answer.road), answer.total
        )

    def _words(self, reading: Reading) -> Iterator[Word]:
        on = 0
        for topic in reading.on:
            on |= topic.said_by
        for number, word in enumerate(reading.said):
            if reading.named >> number & 1:
                became = "who"
            elif on >> number & 1:
                became = "topic"
            elif number in reading.left_over:
                became = "left over"
            else:
                became = "date" if number in reading.dates else "idle"
            # What is neither known nor needed is not looked up: it would be explained at length, and means nothing.
            spellings = () if became == "idle" and word.folded in STOPWORDS else self._spellings(word.folded)
            yield Word(word.typed, became, tuple(spellings))

    def _spellings(self, word: str) -> Iterator[str]:
        index = self._index
        for word_number, likeness in (index.near(word) or index.near(word, deep=True))[:_SHOWN]:
            other = index.word(word_number)
            if other == word:
                yield other
            else:
                yield f"{other} {likeness:.2f} ({_how(word, other)})"

    def _parts(self, reading: Reading) -> Iterator[Part]:
        asked = Asked(reading.said)
        if reading.who:
            worth = reading.score - reading.prior - sum(self._worth(asked, topic) for topic in reading.on)
            yield Part(f"{self._called(reading.who, reading)}, by {_quoted(reading, reading.named)}", worth)
        for topic in reading.on:
            yield Part(
                f"{self._called(topic, reading)}, by {_quoted(reading, topic.said_by)}", self._worth(asked, topic)
            )
        if reading.prior:
            yield Part("quoted here, named first, a name rather than an office, or the lack of it", reading.prior)

    @staticmethod
    def _worth(asked: Asked, topic: Meaning) -> float:
        return asked.weight(topic.said_by) * topic.score

    def _called(self, meaning: Meaning, reading: Reading) -> str:
        if meaning.means is Means.TOPIC:
            return f"topic {self._index.topic_label(meaning.things[0])}"
        if meaning.means is Means.OFFICE and reading.office is not None:
            return f"office {', '.join(self._index.office(reading.office))}"
        speaker = meaning.things[0] if reading.speaker is None else reading.speaker
        others = len(meaning.things) - 1
        return f"speaker {self._index.speaker_name(speaker)}" + (f" (of {others + 1} alike)" if others else "")


def _quoted(reading: Reading, said_by: int) -> str:
    return f"“{' '.join(dict.fromkeys(reading.said[number].typed for number in places(said_by)))}”"


def _how(word: str, other: str) -> str:
    """In what way a word of the dictionary is like one of a question."""
    if other.startswith(word):
        return "begins so"
    if word.startswith(other):
        return "shorter"
    errors = OSA.distance(word, other)
    if errors <= max(1, len(word) // 3):
        return "1 typing error" if errors == 1 else f"{errors} typing errors"
    return "sounds so"
