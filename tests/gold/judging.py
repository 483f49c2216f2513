"""Drafts against the gold set: what is missed, what is too much, whose words they are said to be, and when.

A drafted statement answers a true one where they share most of their words, or most of those in quotation marks: how
much of the journalist's sentence goes along is a matter of taste. One that only answers an optional one counts neither
way.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.corpus.verbatim import fold
from bot.drafting.draft import Draft
from bot.drafting.values import Span, Voice
from bot.record import Dating, Kind
from tests.benchmarks.drafting.alignment import SOFT, Words, align, dice
from tests.benchmarks.drafting.scores import f1, percent, quoted
from tests.gold.articles import Gold

_INSIDE: Final = 0.9
"""The share of a drafted statement's words from which it is a piece of a longer one."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What of a drafted statement is judged."""

    kind: Kind
    content: tuple[Span, ...]
    speaker: str | None = None
    """The full name; None where nobody could be made out."""
    said: Dating | None = None
    date_flagged: bool = False
    """Whether the draft says that the date, or its absence, is doubtful."""
    flagged: bool = False
    """Whether it says so of anything."""
    via: str = ""


def proposed(draft: Draft) -> list[Proposed]:
    """The statements of a draft, as they are judged."""
    return [
        Proposed(
            one.kind,
            one.spans,
            _name(one.voice),
            one.occasion.said,
            bool(one.occasion.because or one.occasion.hint),
            bool(one.doubts),
            one.voice.via,
        )
        for one in draft.statements
    ]


def _name(voice: Voice) -> str | None:
    if voice.speaker:
        return voice.speaker.name
    return voice.proposal.name if voice.proposal else None


@dataclass(slots=True)
class Tally:
    """What came of one article, or of many. Lists hold what a person should look at."""

    true: int = 0
    hits: int = 0
    found: int = 0
    """Drafted, without those that answer an optional statement."""
    quotations: int = 0
    quotations_hit: int = 0
    kinds_right: int = 0
    named: int = 0
    """Hits of which the article names the speaker."""
    names_right: int = 0
    dated: int = 0
    """Hits: every one has a date or rightly none."""
    dates_right: int = 0
    dates_flagged: int = 0
    """Not as they should be, but marked as doubtful."""
    dates_left_out: int = 0
    """Not given, or less precise than the article settles them, and not marked: nothing false is said."""
    doubtful: int = 0
    """Hits that should be marked as doubtful."""
    doubts: int = 0
    """Those of them that are."""
    vias: int = 0
    vias_right: int = 0
    missed: list[str] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)
    wrong_names: list[str] = field(default_factory=list)
    dates_wrong: list[str] = field(default_factory=list)
    """Wrong, and not marked: there may be none."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def precision(self) -> float:
        return percent(self.hits, self.found)

    @property
    def recall(self) -> float:
        return percent(self.hits, self.true)

    @property
    def f1(self) -> float:
        return f1(self.hits, self.found, self.true)

    @property
    def quotation_recall(self) -> float:
        return percent(self.quotations_hit, self.quotations)

    @property
    def names(self) -> float:
        return percent(self.names_right, self.named)


def total(tallies: Iterable[Tally]) -> Tally:
    """Many articles as one."""
    return sum(tallies, Tally())


def judge(
    text: str, golds: Sequence[Gold], drafted: Sequence[Proposed], show: Callable[[str, Proposed], str] | None = None
) -> Tally:
    """One article's draft against what should be in it. All places are in ``text``.

    Args:
        text: the article's plain text.
        golds: what should be in it.
        drafted: what is.
        show: what to call a drafted statement that is too much; its first words, unless given.
    """
    sheet = _Sheet(text, golds, drafted)
    tally = Tally()
    for number, gold in enumerate(golds):
        answer = sheet.answer(number)
        name = gold.label or shown(text, gold)
        if not gold.optional:
            tally += _found(name, gold, answer)
        if answer:
            tally += _right(name, gold, answer)
    for one in sheet.unasked():
        tally.found += 1
        tally.too_much.append((show or shown)(text, one))
    return tally


def _found(name: str, gold: Gold, answer: Proposed | None) -> Tally:
    quotation = gold.kind is not Kind.INDIRECT
    return Tally(
        true=1,
        hits=int(bool(answer)),
        found=int(bool(answer)),
        quotations=int(quotation),
        quotations_hit=int(quotation and bool(answer)),
        missed=[] if answer else [name],
    )


def _right(name: str, gold: Gold, answer: Proposed) -> Tally:
    """Whose words they are and when they were said. Optional statements count here: what is drafted must be true."""
    tally = Tally(kinds_right=int(answer.kind is gold.kind), dated=1)
    if gold.speakers[0] or answer.speaker:
        tally.named = 1
        tally.names_right = int(_folded(answer.speaker) in map(_folded, gold.speakers))
        if not tally.names_right:
            tally.wrong_names = [f"{name}: {answer.speaker or 'nobody'}, not {gold.speakers[0] or 'nobody'}"]
    if gold.via:
        tally.vias = 1
        tally.vias_right = int((answer.via or None) in gold.via)
    tally.doubtful = int(gold.flagged)
    tally.doubts = int(gold.flagged and answer.flagged)
    if any(_same(said, answer.said) for said in gold.said):
        tally.dates_right = 1
    elif answer.date_flagged:
        tally.dates_flagged = 1
    elif answer.said is None or (gold.said[0] and _holds(answer.said, gold.said[0])):
        tally.dates_left_out = 1
    else:
        tally.dates_wrong = [f"{name}: {answer.said.edtf}, not {gold.said[0].edtf if gold.said[0] else 'unknown'}"]
    return tally


def _folded(name: str | None) -> str | None:
    """A name without the shape of its apostrophes."""
    return name and fold(name)


def _same(one: Dating | None, other: Dating | None) -> bool:
    return (one and one.edtf) == (other and other.edtf)


def _holds(wide: Dating, narrow: Dating) -> bool:
    """Whether a date says nothing false where another is true, only less."""
    begins = wide.earliest is None or (narrow.earliest is not None and wide.earliest <= narrow.earliest)
    return begins and wide.latest >= narrow.latest and (wide.days > narrow.days or bool(wide.mark))


class _Sheet:
    """True and drafted statements of one text, paired."""

    def __init__(self, text: str, golds: Sequence[Gold], drafted: Sequence[Proposed]) -> None:
        self._golds = golds
        self._words = Words(text)
        inside = quoted(text)
        self._quoted = {number for number, (begin, _) in enumerate(self._words.spans) if inside[begin]}
        self._true = [self._read(gold.content) for gold in golds]
        self._drafted = list(self._joined(drafted))
        self._found = [self._read(one.content) for one in self._drafted]
        paired = align(len(golds), len(self._drafted), self._alike)
        self._answers = {at: there for at, (there, likeness) in paired.items() if likeness >= SOFT}

    def answer(self, number: int) -> Proposed | None:
        """What was drafted for a true statement."""
        there = self._answers.get(number)
        return None if there is None else self._drafted[there]

    def unasked(self) -> Iterator[Proposed]:
        """What answers no true statement, nor an optional one that has its answer already."""
        optional = [number for number, gold in enumerate(self._golds) if gold.optional]
        for there in set(range(len(self._drafted))) - set(self._answers.values()):
            if not any(self._alike(number, there) >= SOFT for number in optional):
                yield self._drafted[there]

    def _read(self, spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(self._words.under(spans))

    def _alike(self, at: int, there: int) -> float:
        true, found = self._true[at], self._found[there]
        return max(dice(true, found), dice(true & self._quoted, found & self._quoted))

    def _joined(self, drafted: Sequence[Proposed]) -> Iterator[Proposed]:
        """What was drafted, with the pieces of a statement that may come in pieces as one."""
        pieces: dict[int, list[Proposed]] = {}
        for one in drafted:
            words = self._read(one.content)
            longer = (
                number
                for number, gold in enumerate(self._golds)
                if gold.split and len(words & self._true[number]) >= _INSIDE * len(words)
            )
            whole = next(longer, None)
            if whole is None:
                yield one
            else:
                pieces.setdefault(whole, []).append(one)
        for first, *others in pieces.values():
            content = tuple(sorted(span for one in (first, *others) for span in one.content))
            yield Proposed(first.kind, content, first.speaker, first.said, first.date_flagged, first.flagged, first.via)


def shown(text: str, one: Gold | Proposed) -> str:
    """A statement as one short line: its first words."""
    whole = " … ".join(" ".join(text[begin:end].split()) for begin, end in one.content)
    return whole if len(whole) <= 60 else f"{whole[:59]}…"
