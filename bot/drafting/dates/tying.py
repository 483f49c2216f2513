"""Which of the times in a sentence is the time of an act of saying, and how surely the grammar says so.

A time is the time of saying where only words may stand between it and the cue that cannot have a time of their own:
whom it was said to, where, on what occasion. The word lists are of what agencies print there, written by hand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from bot.drafting.dates import times
from bot.drafting.dates.times import Expression
from bot.drafting.daynames import SHORT_MONTHS, SHORT_WEEKDAYS
from bot.drafting.intake.patterns import DATELINE
from bot.drafting.nlp import Token
from bot.drafting.parsing import Paragraph
from bot.drafting.values import Attribution, Span


class Bond(IntEnum):
    """What a time says of an act of saying; the closest bond first."""

    SAID = 1
    """When it was said."""
    PUBLISHED = 2
    """When words came out that were said by then."""
    REPORTED = 3
    """When somebody else told of them."""
    AFTER = 4
    """When something was, after which it was said."""
    FILED = 5
    """When the report was filed, by its dateline."""
    LOOSE = 6
    """It hangs on the cue by the grammar, over words that may have a time of their own."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A time, and how it is bound to an act of saying."""

    expression: Expression
    bond: Bond
    distance: int
    """Characters from the cue."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OCCASIONS: Final = _words(
    "address announcement answer appearance article assembly briefing broadcast call ceremony column comment "
    "communique communiqué conference congress conversation debate declaration discussion document event forum "
    "hearing interview lecture letter meeting message news note op-ed panel phone podcast post press program "
    "programme question rally release remark reply report response session speech statement summit talk telephone "
    "testimony tour trip tweet video visit webcast"
)
_PEOPLE: Final = _words(
    "administration agency ally ambassador anchor audience broadcaster chancellor channel chief colleague "
    "commissioner committee correspondent council counterpart crowd daily delegate department deputy diplomat "
    "editor embassy general government head host journalist lawmaker leader magazine media member minister "
    "ministry mp network newspaper newswire official outlet paper parliament premier president prime radio "
    "reporter representative secretary senate senator service site soldier spokesman spokesperson spokeswoman "
    "staff station student supporter television tv viewer website weekly"
)
_PLACES: Final = _words(
    "airport base beginning border building capital city edition end framework hall headquarters margin margins "
    "middle office opening palace residence seat sideline sidelines start town"
)
_PARTS_OF_TIME: Final = _words(
    "afternoon beginning day days end evening half hour hours middle month morning night start week weeks"
)
_NAMED: Final = _OCCASIONS | _PEOPLE | _PLACES | _PARTS_OF_TIME
"""Nouns that leave the time that follows to the cue."""

_SPOKEN_ALOUD: Final = _words("comment conversation documentary excerpt interview podcast remark speech testimony")
"""What is published after it was said; a statement or a letter is said by being published."""
_DOCUMENTS: Final = _words("document letter statement transcript")
"""According to these, it is said on their day."""
_SPEAKING: Final = _words(
    "address answer appear ask brief comment pose quiz reply respond say speak talk tell testify write"
)
_HOLDING: Final = _words("conduct date deliver give hold make record sign tape")
_PUBLISHING: Final = _words("air broadcast carry circulate issue post print publish release run show stream upload")
_PLANNED: Final = _words("due expect plan schedule set shall will would")
_REPORTING: Final = _words("carry cite quote relay report")
_AFTER: Final = _words("after days following hours minutes since upon")
_BEFORE: Final = _words("ahead before prior till until")
_ABOUT: Final = _words("about against amid concerning despite for of over regarding")
_WHEN: Final = _words("at during in on")
_NEVER_WHEN: Final = _words("after against before beginning by for from since starting than through till to until")
"""Right before a time, these make it another time than that of saying."""
_CLAUSES: Final = _words("although as because but if that though unless when where whether which while who whom whose")
_REPORTS: Final = _words("accord cite quote report")
"""Cues by which somebody else tells of the words."""

_ABBREVIATIONS: Final = _words("capt col dr gen gov lt mr mrs ms no rep sen sgt st vs") | {
    short.casefold() for short in (*SHORT_MONTHS, *SHORT_WEEKDAYS)
}
_FULL_STOP: Final = re.compile(r"(?P<word>[\w’'-]*)[.!?…]+[\"”’'»)\]]*\s+(?=[\"“‘'«(\[—–-]*\s?[A-Z0-9•])")
_LETTER: Final = re.compile(r"[^\W_]")


def _dateline_end(masked: str) -> int:
    """Where the dateline of a paragraph ends: “BRUSSELS, Feb 16 (Reuters) - ”; 0 without one."""
    found = DATELINE.match(masked, len(masked) - len(masked.lstrip()))
    return found.end() if found else 0


def mask(paragraph: Paragraph, attributions: Iterable[Attribution]) -> str:
    """A paragraph with a letter x for each letter of what was said: no time is found there, and no length changes."""
    masked = paragraph.doc.text
    for span in (span for one in attributions for span in one.content):
        begin, end = (max(at - paragraph.begin, 0) for at in span)
        hidden = _LETTER.sub(lambda letter: "X" if letter[0].isupper() else "x", masked[begin:end])
        masked = masked[:begin] + hidden + masked[end:]
    return masked


@lru_cache(maxsize=256)
def sentence(masked: str, at: int) -> Span:
    """The sentence of a masked paragraph in which a character stands."""
    begin = 0
    for stop in _FULL_STOP.finditer(masked):
        word = stop["word"]
        initial = len(word) == 1 and word.isupper() and stop[0].lstrip(word).startswith(". ")
        if (initial or word.casefold() in _ABBREVIATIONS) and stop[0].strip(word)[:2] == ". ":
            continue
        if stop.end() > at:
            return begin, stop.end()
        begin = stop.end()
    return begin, len(masked)


@dataclass(frozen=True, slots=True)
class Saying:
    """An act of saying within one paragraph; all offsets count from where the paragraph begins."""

    paragraph: Paragraph
    masked: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    others: tuple[int, ...] = ()
    """Where the cues of other acts stand."""

    @property
    def sentence(self) -> Span:
        """The sentence of its cue."""
        return sentence(self.masked, self.cue[0][0])

    def times(self) -> list[Bound]:
        """The times that are bound to it: the closest bond first, and the nearest."""
        begin, end = self.sentence
        found = [
            Bound(one, bond, min(abs(one.begin - self.cue[-1][1]), abs(self.cue[0][0] - one.end)))
            for one in times.find(self.masked)
            if begin <= one.begin < end and (bond := self._bond(one))
        ]
        return sorted(found, key=lambda bound: (bound.bond, bound.distance))

    def _bond(self, time: Expression) -> Bond | None:
        if time.end <= _dateline_end(self.masked):
            return Bond.FILED
        within = next((begin for begin, end in self.cue if begin < time.end and time.begin < end), None)
        if within is not None:
            return self._told(self._across(self._tokens(within, time.begin)[1:], time))
        if any(min(self.cue[0][0], time.end) <= other < max(self.cue[-1][1], time.begin) for other in self.others):
            return None
        if self._is_when(time):
            return Bond.SAID
        if not self._may_date(time):
            return None
        before = [end for _, end in self.cue if end <= time.begin]
        behind = self._across(self._tokens(before[-1], time.begin), time) if before else None
        return self._told(behind if before else self._ahead_of_cue(time))

    def _told(self, bond: Bond | None) -> Bond | None:
        """What becomes of a bond where the cue is in the present, or is somebody else's telling."""
        cue = self._tokens(*self.cue[0])
        if bond is Bond.SAID and any(token.tag_ in {"VBZ", "VBP"} and token.pos_ == "VERB" for token in cue):
            return Bond.LOOSE  # who “says” something now does not do so last week
        if bond is not Bond.SAID or not any(token.lemma_ in _REPORTS for token in cue):
            return bond
        around = self._tokens(self.cue[0][0], self.sentence[1])
        return (
            bond if any(token.lemma_ in _DOCUMENTS and not self._hidden(token) for token in around) else Bond.REPORTED
        )

    def _is_when(self, time: Expression) -> bool:
        """“since September, when he proposed …”"""
        if time.end > self.cue[0][0]:
            return False
        between = self._tokens(time.end, self.cue[0][0])
        words = [token.lower_ for token in between if not token.is_punct and not token.is_space]
        verbs = any(token.pos_ == "VERB" for token in between)
        return words[:1] == ["when"] and not verbs

    def _may_date(self, time: Expression) -> bool:
        """Whether the words around a time let it be that of what is said rather than of something else."""
        before, after = self._tokens(self.sentence[0], time.begin)[-2:], self._tokens(time.end, self.sentence[1])[:5]
        noun = _names_occasion(after)
        if after and after[0].lower_ in {"'s", "’s"} | {"edition"}:
            return noun
        if noun or not before:
            return True
        last, earlier = before[-1].lower_, before[0].lemma_.casefold() if len(before) == 2 else ""
        if last == "of":
            return earlier in _PARTS_OF_TIME | _OCCASIONS
        if last == "from":
            return earlier in _OCCASIONS
        return last not in _NEVER_WHEN

    def _ahead_of_cue(self, time: Expression) -> Bond | None:
        begin = self.sentence[0]
        source = min((start for start, end in self.source if begin <= start < self.cue[0][0]), default=None)
        if source is not None and source < time.begin:
            bond = self._across(self._tokens(source, time.begin), time, inside_source=True)
            rest = self._across(self._tokens(time.end, self.cue[0][0]), time)
            return None if bond is None or rest is None else max(bond, rest)
        opening = self._tokens(begin, time.begin)
        if any(token.lemma_ in _REPORTING and token.pos_ == "VERB" for token in opening[-3:]):
            return Bond.REPORTED
        bond = self._across(opening, time, fronted=True)
        between = self._tokens(time.end, self.cue[0][0])
        if bond is Bond.SAID and any(token.pos_ in {"VERB", "AUX"} for token in between):
            return Bond.SAID if self._hangs_on_cue(time) else Bond.LOOSE if self._shares_subject() else None
        return bond

    def reaches(self, at: int) -> bool:
        """Whether nothing but an occasion stands between the cue and a place, so that what is there is part of it."""
        if at >= self.cue[0][0]:
            return self._path(self._tokens(self.cue[0][1], at)) is Bond.SAID
        source = min((begin for begin, _ in self.source if self.sentence[0] <= begin < at), default=None)
        if source is not None:
            return self._path(self._tokens(source, self.cue[0][0]), inside_source=True) is Bond.SAID
        return self._path(self._tokens(self.sentence[0], at), fronted=True) is Bond.SAID

    def _across(
        self, tokens: Sequence[Token], time: Expression, *, inside_source: bool = False, fronted: bool = False
    ) -> Bond | None:
        """What the words between a cue and a time make of it."""
        bond = self._path(tokens, inside_source=inside_source, fronted=fronted)
        return None if bond is Bond.LOOSE and not fronted and not self._hangs_on_cue(time) else bond

    def _path(self, tokens: Sequence[Token], *, inside_source: bool = False, fronted: bool = False) -> Bond | None:
        """What lies on the way from a cue to what may belong to it."""
        bond, seen, about = Bond.SAID, set[str](), False
        for token in tokens:
            word, lemma = token.lower_, token.lemma_.casefold()
            if token.is_punct or token.is_space:
                if word in {";", ":"}:
                    return None
            elif word in _AFTER:
                bond = Bond.AFTER
            elif word in _BEFORE | _CLAUSES - ({"but"} if fronted else set()) or lemma in _PLANNED or word == "be":
                return None
            elif bond is Bond.AFTER or (token.pos_ == "AUX" and lemma == "have"):
                continue
            elif self._hidden(token):
                bond = Bond.LOOSE
            elif lemma in _PUBLISHING and (token.pos_ == "VERB" or word == "broadcast"):
                bond = Bond.PUBLISHED if not seen or seen & _SPOKEN_ALOUD else bond
            elif token.pos_ in {"VERB", "AUX"}:
                bond = bond if lemma in _SPEAKING | _HOLDING | _NAMED else Bond.LOOSE
            elif token.pos_ == "ADP":
                of_source = inside_source and any(begin <= token.idx < end for begin, end in self.source)
                if of_source and not (token is tokens[-1] and word in _WHEN):
                    bond = Bond.LOOSE
                about = word in _ABOUT and not seen & _NAMED
            elif token.pos_ == "NOUN":
                seen.add(lemma)
                strange = lemma not in _NAMED and (about or not inside_source)
                if strange or (about and lemma in _OCCASIONS):
                    bond = max(bond, Bond.LOOSE)
        return bond

    def _hangs_on_cue(self, time: Expression) -> bool:
        """Whether the parser hangs a time on the cue, with no verb in between."""
        token = next(iter(self._tokens(time.begin, time.end)), None)
        for _ in range(8):
            if token is None:
                return False
            if any(begin <= token.idx < end for begin, end in self.cue):
                return True
            if token.pos_ in {"VERB", "AUX"} or token.head is token:
                return False
            token = token.head
        return False

    def _shares_subject(self) -> bool:
        """Whether the cue goes on from the verb before it: “On Friday he flew to Kyiv and said …”"""
        return any(token.dep_ == "conj" for token in self._tokens(*self.cue[0]))

    def _hidden(self, token: Token) -> bool:
        return self.masked[token.idx : token.idx + len(token)] != token.text

    def _tokens(self, begin: int, end: int) -> list[Token]:
        around = self.paragraph.doc.char_span(begin, max(begin, end), alignment_mode="expand")
        return [token for token in around or () if begin <= token.idx < end]


def _names_occasion(tokens: Sequence[Token]) -> bool:
    """Whether a time belongs to an occasion named right behind it: “Friday's joint press conference”."""
    for token in tokens:
        if token.lemma_.casefold() in _OCCASIONS:
            return True
        if token.lower_ not in {"'s", "’s"} and token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            return False
    return False
