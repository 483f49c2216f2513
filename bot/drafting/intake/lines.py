"""The lines of a text as furniture is found by them: how each begins and ends, and where it stands."""

import re
from dataclasses import dataclass
from typing import Final

from bot.drafting.intake.patterns import BULLET, MAX_LINE
from bot.drafting.intake.printed import date_line
from bot.drafting.values import LINE, Why

WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*")
NO_BREAK: Final = re.compile(r"[^\n\r\u2028\u2029]")
"""Anything but what ends a line."""
QUOTES: Final = frozenset('"“”„«»')
SAID: Final = re.compile(r"\b(?:said|told|added|replied|answered|asked|wrote|stated|noted)\b", re.IGNORECASE)
"""Headings have it in the present tense."""
SAYS: Final = re.compile(
    r"\b(?:sa(?:ys|id)|tells|told|warn(?:s|ed)|accuse[sd]|insist(?:s|ed)|vow(?:s|ed)|denie[sd]|claim(?:s|ed)|argue[sd]|"
    r"urge[sd]|announce[sd]|declare[sd]|according to)\b",
    re.IGNORECASE,
)
"""As the line below a headline has it."""

_BREAK: Final = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_OPENING: Final = "\"“„«'‘"
_FINISHED: Final = re.compile(r"[.,;:…][\"”»'’)\]]*$|[\"”»]$|[?!][\"”»'’)\]]+$")
"""How a sentence ends, and a heading does not. (Headings do ask questions.)"""
_CLOSED: Final = re.compile(r"[.!?;,:…][\"”»'’)\]]*$")
_LETTERS: Final = re.compile(r"\w+")
_ENDING: Final = 6
"""Characters in which that shows."""
_PROSE_WORDS: Final = 8
"""From so many words on a finished line is a paragraph."""
_HEAD_PARAGRAPHS: Final = 3
_TAIL_LINES: Final = 6
_DATE_LENGTH: Final = 120


@dataclass(slots=True)
class Line:
    """A line that shows something, without the white space at its ends."""

    begin: int
    text: str
    apart: bool
    """Whether a blank line, or the beginning of the text, stands above it."""
    head: bool
    """Whether it stands before the end of the third paragraph."""
    words: int
    dated: bool
    """Whether it holds nothing but dates."""
    tail: bool = False
    """Whether it is among the last lines."""
    why: Why | None = None
    """What furniture it is, once that is known."""

    @property
    def end(self) -> int:
        return self.begin + len(self.text)

    @property
    def title(self) -> bool:
        """Whether it may be a heading, a headline or a teaser: an unfinished line."""
        first = self.text[0]
        opens = first.isupper() or first.isdigit() or (first in _OPENING and self.text[1:2].isupper())
        return bool(opens and self.words and not BULLET.match(self.text) and not is_finished(self.text))

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph."""
        return len(self.text) > MAX_LINE or (self.words >= _PROSE_WORDS and not self.title)

    @property
    def quotes(self) -> bool:
        """Whether it has double quotation marks."""
        return not QUOTES.isdisjoint(self.text)


def is_finished(line: str) -> bool:
    """Whether a line ends as a sentence does, and a heading does not."""
    return bool(_FINISHED.search(line[-_ENDING:]))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with the mark that closes a sentence, before or after a quotation mark."""
    return bool(_CLOSED.search(line[-_ENDING:]))


def folded(text: str) -> str:
    """The words of a line, by which it is found again however it was printed."""
    return " ".join(_LETTERS.findall(text.casefold()))


def lines_of(text: str) -> list[Line]:
    """The lines of a text that show something, in order."""
    lines: list[Line] = []
    paragraphs, last = 0, 0
    for match in LINE.finditer(text):
        if not (shown := match[0].strip()):
            continue
        begin = match.start() + match[0].index(shown[0])
        lines.append(
            Line(
                begin=begin,
                text=shown,
                apart=not lines or len(_BREAK.findall(text, last, begin)) > 1,
                head=paragraphs < _HEAD_PARAGRAPHS,
                words=len(WORD.findall(shown[:MAX_LINE])),
                dated=len(shown) < _DATE_LENGTH and bool(date_line(shown)),
            )
        )
        paragraphs += lines[-1].prose
        last = match.end()
    for line in lines[-_TAIL_LINES:]:
        line.tail = True
    return lines
