"""Attributions against the annotated ones: how many are found, how exactly, and whether the source is right.

- *exact*: the content has the same words.
- *soft*: aligned one to one, and Dice ≥ .5.
- *attr*: of the true ones that are found softly and have a source, how many have the right one: the head word of either
  source stands in the other.

Counted over all, and over those that are *speech* (the cue is a verb of saying), *quote* (some of it is in quotation
marks), *direct* (nine words in ten are), *mixed* (fewer) or *indirect* (none). A found one belongs where the true one
belongs with which it is aligned; one that is aligned with none, where its own text puts it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from bot.drafting.values import Span
from tests.benchmarks.drafting.alignment import SOFT, Words, align, dice

SUBSETS: Final = ("all", "speech", "quote", "direct", "mixed", "indirect")
DIRECT: Final = 0.9
"""The share of its words in quotation marks from which an attribution is direct."""

# Which cues are verbs of saying, by the definition of the measure.
_STEMS: Final = (
    "accus acknowledg admit alleg announc answer argu assert claim complain conclud confirm contend declar emphasi "
    "explain insist observ pledg predict promis propos recall reiterat remark repl respond stress suggest testif tweet "
    "vow warn"
)
_FORMS: Final = (
    "add added adding adds ask asked asking asks continue continued denied denies deny denying note noted notes noting "
    "report reported reporting reports said say saying says state stated statement states stating tell telling tells "
    "told urge urged urges urging write writes writing written wrote"
)
_SAYING: Final = re.compile(
    rf"\b(?:(?:{'|'.join(_STEMS.split())})\w*|{'|'.join(_FORMS.split())}|according to)\b|^:$", re.IGNORECASE
)
_ENDS_HEAD: Final = frozenset("of in from at for with on who which that whose to by and told said".split())
_MARKS: Final = frozenset('"“”„«»')


class Spans(NamedTuple):
    """An attribution as spans of the text. Source and cue may be empty."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()


@dataclass(slots=True)
class Score:
    """Counts over one subset; their ratios are per cent."""

    true: int = 0
    found: int = 0
    exact: int = 0
    soft: int = 0
    sourced: int = 0
    """Of those that are softly found, how many truly have a source."""
    right_source: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def exact_f1(self) -> float:
        return f1(self.exact, self.found, self.true)

    @property
    def precision(self) -> float:
        return percent(self.soft, self.found)

    @property
    def recall(self) -> float:
        return percent(self.soft, self.true)

    @property
    def soft_f1(self) -> float:
        return f1(self.soft, self.found, self.true)

    @property
    def attr(self) -> float:
        return percent(self.right_source, self.sourced)


def percent(part: int, whole: int) -> float:
    """A share of 100; of nothing, 0."""
    return 100 * part / whole if whole else 0.0


def f1(hits: int, found: int, true: int) -> float:
    """The harmonic mean of precision and recall, in per cent."""
    return percent(2 * hits, found + true)


def score(documents: Iterable[tuple[str, Sequence[Spans], Sequence[Spans]]]) -> dict[str, Score]:
    """Score texts, each with its true attributions and those found; for every one of ``SUBSETS``."""
    totals: dict[str, Score] = defaultdict(Score)
    for text, true, found in documents:
        for subset, counted in _counted(_Text(text), true, found):
            totals[subset] += counted
    return {subset: totals[subset] for subset in SUBSETS}


@dataclass(frozen=True, slots=True)
class _Read:
    """An attribution as words."""

    content: frozenset[int]
    source: list[int]
    subsets: tuple[str, ...]


def _counted(text: "_Text", true: Sequence[Spans], found: Sequence[Spans]) -> Iterator[tuple[str, Score]]:
    golds = [text.read(one, speech=text.says(one)) for one in true if text.words.under(one.content)]
    guesses = [
        # Whoever gives no cue claims that somebody said something.
        text.read(one, speech=text.says(one) or not one.cue)
        for one in found
        if text.words.under(one.content)
    ]
    paired = align(len(golds), len(guesses), lambda at, there: dice(golds[at].content, guesses[there].content))
    subsets_of = {there: golds[at].subsets for at, (there, _) in paired.items()}
    for number, guess in enumerate(guesses):
        for subset in subsets_of.get(number, guess.subsets):
            yield subset, Score(found=1)
    for number, gold in enumerate(golds):
        hit = Score(true=1)
        if number in paired:
            there, alike = paired[number]
            hit.exact = int(alike == 1)
            hit.soft = int(alike >= SOFT)
            hit.sourced = int(hit.soft and bool(gold.source))
            hit.right_source = int(hit.sourced and text.same_source(gold.source, guesses[there].source))
        for subset in gold.subsets:
            yield subset, hit


class _Text:
    """A text in which spans are looked at."""

    def __init__(self, text: str) -> None:
        self.words = Words(text)
        self._text = text
        self._quoted = quoted(text)

    def read(self, spans: Spans, *, speech: bool) -> _Read:
        content = self.words.under(spans.content)
        kind = self._kind(spans.content, content)
        subsets = ("all", kind, *(("quote",) if kind != "indirect" else ()), *(("speech",) if speech else ()))
        return _Read(frozenset(content), self.words.under(spans.source), subsets)

    def says(self, spans: Spans) -> bool:
        """Whether the cue is a verb of saying."""
        return bool(_SAYING.search(" ".join(self._text[begin:end] for begin, end in spans.cue)))

    def _kind(self, spans: Sequence[Span], content: list[int]) -> str:
        if not any(_MARKS.intersection(self._text[max(0, begin - 1) : end + 1]) for begin, end in spans):
            return "indirect"
        inside = sum(self._quoted[self.words.spans[number][0]] for number in content)
        if not inside:
            return "indirect"
        return "direct" if inside >= DIRECT * len(content) else "mixed"

    def same_source(self, true: list[int], found: list[int]) -> bool:
        return bool(found) and (self._head(true) in found or self._head(found) in true)

    def _head(self, source: list[int]) -> int:
        """The last word before the first comma, bracket, preposition or relative pronoun."""
        head = source[0]
        for before, number in pairwise(source):
            between = self._text[self.words.spans[before][1] : self.words.spans[number][0]]
            if self.words[number].casefold() in _ENDS_HEAD or "," in between or "(" in between:
                break
            head = number
        return head


def quoted(text: str) -> bytearray:
    """For every character, whether it is inside a quotation. One that is not closed ends with its paragraph."""
    inside = bytearray(len(text))
    begin = 0
    for paragraph in text.split("\n"):
        opened = -1
        for at, mark in enumerate(paragraph, begin):
            closes = mark in "”»" or (mark == '"' and opened >= 0)
            if closes and opened >= 0:
                inside[opened : at + 1] = b"\1" * (at + 1 - opened)
            if closes:
                opened = -1
            elif mark in '"“„«':
                opened = at
        end = begin + len(paragraph)
        if opened >= 0:
            inside[opened:end] = b"\1" * (end - opened)
        begin = end + 1
    return inside
