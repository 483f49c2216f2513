"""What is noted while a paragraph is read: each cue with its source and its content, as tokens."""

from dataclasses import dataclass, field
from enum import Enum, auto

from bot.drafting.attribution.sheet import Range, Sheet
from bot.drafting.nlp import Token


class Rule(Enum):
    """By what an attribution was recognised."""

    SAID = auto()
    """A verb of saying: “Lavrov said that …”."""
    HELD = auto()
    """A verb of judging or of holding: “Lavrov welcomed …”, “Lavrov believes …”."""
    ACCORDING = auto()
    """“According to Lavrov, …”"""
    NOUN = auto()
    """A noun of saying: “Lavrov’s claim that …”."""
    COLON = auto()
    """A colon: “Lavrov: “Never.””"""
    BESIDE = auto()
    """Somebody who does something right behind a quotation: ““Never!” Lavrov laughed.”"""
    EMBEDDED = auto()
    """Words in quotation marks within what somebody does: “Lavrov left the “circus” in Vienna.”"""
    TERM = auto()
    """As few words as a term has: “Lavrov left the “peace camp”.”"""
    ACTOR = auto()
    """The sentence before the quotation, which is about somebody: “Lavrov shook his head. “Never.””"""
    TRANSCRIPT = auto()
    """A name and a colon before a paragraph without quotation marks."""
    SIGNATURE = auto()
    """A dash and a name behind the quotation, or below it."""
    CONTINUATION = auto()
    """A quotation that stands alone in its paragraph, or begins it."""
    NOBODY = auto()
    """A quotation of which the text does not say whose it is."""
    ASKED = auto()
    """“Asked about Syria, …”: nobody says by whom."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb with its source, in its sentence."""

    verb: Token
    words: Range
    """The verb with its auxiliaries and adverbs: “has repeatedly said”."""
    source: Range | None
    unit: Range

    @property
    def lemma(self) -> str:
        return str(self.verb.lemma_)

    @property
    def here(self) -> Range | None:
        """The source, where it stands in the same sentence."""
        return self.source if self.source and self.unit[0] <= self.source[0] < self.unit[1] else None

    @property
    def left(self) -> int:
        """Where the verb and its source begin."""
        return min(self.words[0], self.here[0] if self.here else self.verb.i)

    @property
    def right(self) -> int:
        """Where they end."""
        is_behind = (
            self.here is not None and self.verb.tag_ != "VBG"
        )  # of “saying so, he …” it is another verb's subject
        return max(self.words[1], self.here[1] if self.here and is_behind else 0)


@dataclass(slots=True)
class Frame:
    """A cue with its source and its content. The content grows where a later quotation goes on with it."""

    verb: Token
    """The cue's main word; of a quotation without a cue, its first."""
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    rule: Rule
    nested: bool = False


@dataclass(slots=True, eq=False)
class Reading:
    """A paragraph, and what was found in it so far."""

    sheet: Sheet
    units: list[Range]
    frames: list[Frame] = field(default_factory=list)
    owned: set[int] = field(default_factory=set)
    """Quotations that belong to a frame."""
    inherited: dict[int, Range | None] = field(default_factory=dict)
    """For cues that go on with an earlier one, by token, whose words they bring: “says that A, but conceded that B”."""

    def take(self, frame: Frame) -> None:
        self.frames.append(frame)
        for begin, end in frame.content:
            self.owned.update(self.sheet.quotes_in(begin, end))

    def has_told(self, frame: Frame) -> bool:
        """Whether every quotation of a frame belongs to another one already; not so of “thinks that Roe said “…””."""
        quotes = {quote for span in frame.content for quote in self.sheet.quotes_in(*span)}
        is_outer = self.sheet.doc[frame.content[0][0]].lower_ == "that"
        return bool(quotes) and not is_outer and quotes <= self.owned

    def told_before(self, unit: Range) -> Frame | None:
        """The frame of the sentence before, with which a quotation may go on; rather one that quotes."""
        number = self.units.index(unit)
        if not number:
            return None
        begin, end = self.units[number - 1]
        told = [one for one in self.frames if not one.nested and any(begin <= a < end for a, _ in one.content)]
        return next((one for one in told if self.is_quoting(one)), told[-1] if told else None)

    def told_right_before(self, at: int) -> Frame | None:
        """The frame whose content ends right before a participle: ““…,” Roe said, adding”, “said “…,” adding”."""
        for frame in reversed(self.frames):
            last = max(end for _, end in frame.content)
            if last <= at <= last + 1 and not frame.nested:
                return frame
        return None

    def is_quoting(self, frame: Frame) -> bool:
        """Whether a quotation begins or ends what a frame takes."""
        return any(self.sheet.touches_quote(span) for span in frame.content)
