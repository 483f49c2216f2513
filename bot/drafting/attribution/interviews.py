"""Interviews whose turns carry no names: which paragraphs are answers.

Magazines print the questions in bold, or only the first turns with a name; in plain text a question mark is all that is
left of that. What stands behind one, up to the next, is the answer, where the questions are to somebody, somebody
speaks of themselves in the answers, and the article says that it is an interview.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.drafting.parsing import Parsed
from bot.drafting.values import Attribution, Span, Tie
from bot.record import Kind

_QUESTIONS: Final = 3
"""Fewer are the journalist's own, or sub-headings."""
_ADDRESSED: Final = 2
"""Questions to a “you”."""
_LONGEST_QUESTION: Final = 600
"""Characters."""
_REMARK: Final = 14
"""Words of a paragraph in which nobody speaks of themselves: as short as that, it may be the interviewer's."""
_SURE: Final = 0.6
_BECAUSE: Final = "no quotation marks and no name: it is read as an answer, since it stands behind a question"
_SAYS_SO: Final = re.compile(
    r"\b(?:interview(?:s|er|ed|ing)?|conversation|Q ?(?:&|and) ?A|"
    r"(?:spoke|speaks|talked|talks|sat down) (?:to|with))\b",
    re.IGNORECASE,
)
"""What an article calls such a conversation."""
_OWN: Final = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself|[Ww]e|[Oo]urs?|[Uu]s)\b")
_YOU: Final = re.compile(r"\byour?\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_OPENING: Final = "“\"„«‘'"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph, as one of an interview."""

    span: Span
    text: str
    labelled: bool
    """Whether it says whose turn it is."""
    tells: bool
    """Whether it quotes somebody with a verb of saying, as an article does: “…,” he says."""

    @property
    def asks(self) -> bool:
        """Whether it is a question; a short one may have a remark behind it."""
        if self.text[0] in _OPENING or len(self.text) > _LONGEST_QUESTION:
            return False
        return self.text.endswith("?") or ("?" in self.text and self.may_be_remark)

    @property
    def is_own(self) -> bool:
        """Whether somebody speaks of themselves in it, and not in what is quoted."""
        return bool(_OWN.search(_QUOTED.sub("", self.text)))

    @property
    def may_be_remark(self) -> bool:
        """Whether it may be what the interviewer threw in: “The Russians deny it to this day.”"""
        return len(self.text.split()) <= _REMARK and not self.is_own


def with_answers(found: Sequence[Attribution], parsed: Parsed) -> list[Attribution]:
    """What is said in a text, with the answers of an interview, if it is one; what is told in these is within them."""
    turns = list(_turns(found, parsed))
    asked = [number for number, turn in enumerate(turns) if turn.asks]
    if len(asked) < _QUESTIONS:
        return list(found)
    labels = [one for one in found if one.tie is Tie.TRANSCRIPT]
    around = parsed.text[: turns[asked[0]].span[1]] + parsed.text[turns[asked[-1]].span[1] :]
    addressed = sum(bool(_YOU.search(turns[number].text)) for number in asked) >= _ADDRESSED
    answers = [answer for numbers in pairwise([*asked, len(turns)]) for answer in _answers(turns, *numbers)]
    own = sum(any(turn.is_own for turn in answer) for answer in answers)
    if not (labels or (addressed and _SAYS_SO.search(around))) or not answers or 2 * own < len(answers):
        return list(found)
    source = next((one.source for one in labels if "?" not in parsed.text[one.end - 1 : one.end + 1]), ())
    made = [_attribution(answer, source) for answer in answers]
    begins = [one.begin for one in made]

    def is_within(one: Attribution) -> bool:
        at = bisect_left(begins, one.begin + 1) - 1
        return at >= 0 and one.begin < made[at].end

    kept = (replace(one, nested=True) if is_within(one) else one for one in found)
    return sorted([*kept, *made], key=lambda one: (one.begin, -one.end))


def _turns(found: Sequence[Attribution], parsed: Parsed) -> Iterator[_Turn]:
    labels = sorted(one.begin for one in found if one.tie is Tie.TRANSCRIPT)
    quoting = sorted(one.begin for one in found if one.cue and one.kind is not Kind.INDIRECT and not one.nested)
    for paragraph in parsed.paragraphs:
        words = parsed.text[paragraph.begin : paragraph.end]
        begin = paragraph.begin + len(words) - len(words.lstrip())
        end = begin + len(words.strip())
        labelled, tells = (bisect_left(each, begin) < bisect_left(each, end) for each in (labels, quoting))
        yield _Turn((begin, end), words.strip(), labelled, tells and not labelled)


def _answers(turns: Sequence[_Turn], question: int, following: int) -> Iterator[list[_Turn]]:
    """The paragraphs behind a question that have no name: an answer, and one more behind each remark.

    Args:
        turns: of the whole text.
        question: the number of the question.
        following: the number of the next; that of the last turn and one more behind the last, where the answer goes
            on only as far as is sure.
    """
    answer: list[_Turn] = []
    is_last = following == len(turns)
    for turn in turns[question + 1 : following]:
        if (turn.tells and not turn.is_own) or (is_last and answer and (turn.tells or not turn.is_own)):
            break
        if answer and turn.may_be_remark:
            yield answer
            answer = []
        elif not turn.labelled:
            answer.append(turn)
    if answer:
        yield answer


def _attribution(answer: Sequence[_Turn], source: tuple[Span, ...]) -> Attribution:
    content = tuple(turn.span for turn in answer)
    return Attribution(content, source, (), Kind.DIRECT, Tie.TRANSCRIPT, confidence=_SURE, because=(_BECAUSE,))
