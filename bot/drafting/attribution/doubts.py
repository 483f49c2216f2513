"""How surely an attribution is a statement with these spans, and what of it a curator should look at.

The figures are judgements, not measurements: they put what is likely wrong before what is likely right.
"""

from dataclasses import replace
from typing import Final

from bot.drafting.attribution.frames import Frame, Rule
from bot.drafting.attribution.sheet import Range, Sheet
from bot.drafting.values import Attribution
from bot.record import Kind

_SURE: Final[dict[Rule, tuple[float, str]]] = {
    Rule.SAID: (0.9, ""),
    Rule.ACCORDING: (0.9, ""),
    Rule.SIGNATURE: (0.9, ""),
    Rule.COLON: (0.9, ""),
    Rule.HELD: (0.75, "it is told what they hold or judge, not that they said it"),
    Rule.TRANSCRIPT: (0.85, "no quotation marks: it is read as an interview"),
    Rule.CONTINUATION: (0.85, "no cue of its own; goes on from the paragraph before"),
    Rule.BESIDE: (0.75, "no verb of saying beside it"),
    Rule.ACTOR: (0.6, "no cue of its own; the sentence before it is about them"),
    Rule.EMBEDDED: (0.6, "no verb of saying beside it"),
    Rule.TERM: (0.25, "these words in quotation marks are perhaps a term, and nobody's words"),
    Rule.NOUN: (0.6, "told by a noun only, such as a claim or a warning"),
    Rule.NOBODY: (0.2, "it is not told whose words these are"),
    Rule.ASKED: (0.2, "a question, and nobody is named who asked it"),
}
"""By what it was recognised, from 0 to 1, and what a curator is told where that is a doubt."""
_QUOTED_BESIDE: Final = 0.97
"""A quotation with a verb of saying right beside it and somebody who says it."""
_NOBODY: Final = 0.25
"""What is left where nobody is named."""
_QUESTION: Final = 0.25
"""What a paragraph of an interview keeps that ends with a question mark."""
_MISSING: Final = "a quotation mark is missing"
_MARK_MISSING: Final = 0.15
_CONDITIONAL: Final = 0.25
_NEAR: Final = 3
"""Tokens between a quotation and its cue or source: a comma, “he”."""
_CONDITIONS: Final = frozenset({"if", "unless", "whether"})


def doubts(sheet: Sheet, frame: Frame) -> tuple[float, tuple[str, ...]]:
    """The confidence in a frame, and the reasons for what is missing to 1."""
    confidence, reason = _SURE[frame.rule]
    because = [reason] if reason else []
    if frame.rule is Rule.SAID and frame.source and _is_beside(sheet, frame):
        confidence = _QUOTED_BESIDE
    if not frame.source and frame.rule not in {Rule.CONTINUATION, Rule.ASKED}:
        confidence = min(confidence, _NOBODY)
        because.append("it is not told who said it")
    if _lacks_mark(sheet, frame.content):
        confidence -= _MARK_MISSING
        because.append(_MISSING)
    if frame.rule is Rule.TRANSCRIPT and sheet.text.rstrip().endswith("?"):
        confidence = _QUESTION
        because.append("a question, perhaps by whoever interviews")
    if _is_conditional(frame):
        confidence -= _CONDITIONAL
        because.append("the cue stands in a condition")
    return round(max(confidence, 0.0), 2), tuple(because)


def regraded(one: Attribution, rule: Rule) -> Attribution:
    """A quotation of which the paragraphs around it have told by what it is to be recognised."""
    confidence, reason = _SURE[rule]
    because = (reason,) if reason else ()
    if _MISSING in one.because:
        confidence, because = confidence - _MARK_MISSING, (*because, _MISSING)
    return replace(one, confidence=round(max(confidence, 0.0), 2), because=because)


def closed_later(one: Attribution) -> Attribution:
    """A quotation that the next paragraph goes on with, so that it rightly has no closing mark."""
    if _MISSING not in one.because:
        return one
    because = tuple(why for why in one.because if why != _MISSING)
    return replace(one, confidence=round(one.confidence + _MARK_MISSING, 2), because=because)


def _is_beside(sheet: Sheet, frame: Frame) -> bool:
    """Whether a quotation, and nothing else, stands right beside its cue or its source."""
    if sheet.kind(frame.content) is not Kind.DIRECT:
        return False
    beside = (*frame.cue, *frame.source)
    return any(_gap(one, span) <= _NEAR for one in beside for span in frame.content)


def _gap(one: Range, other: Range) -> int:
    """Tokens between two ranges."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _lacks_mark(sheet: Sheet, content: list[Range]) -> bool:
    quotes = (sheet.quotes[number] for span in content for number in sheet.quotes_in(*span))
    return any(not (quote.opened and quote.closed) for quote in quotes)


def _is_conditional(frame: Frame) -> bool:
    """Whether a cue is told as a condition: “if Moscow says that …”."""
    return bool(frame.cue) and any(one.dep_ == "mark" and one.lower_ in _CONDITIONS for one in frame.verb.children)
