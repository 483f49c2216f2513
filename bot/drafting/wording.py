"""The words of an article that may become the words of a seed: clean, and without the marks around them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.corpus.fields import BLANKS
from bot.corpus.quotation import QUOTE_MARKS
from bot.corpus.verbatim import UNSEEN
from bot.drafting import marks
from bot.drafting.values import LINE, Span
from bot.record import BREAK, MAX_WORDING

_ENDS: Final = "\n\r\u2028\u2029"
_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s)")
_INVISIBLE: Final = str.maketrans(dict.fromkeys(UNSEEN, "") | dict.fromkeys(BLANKS, " "))


def folded(text: str) -> str:
    """A piece of an article as one clean line: white space folded, and nothing in it that nobody sees."""
    seen = text.translate(_INVISIBLE)
    return " ".join((seen if seen.isprintable() else "".join(c if c.isprintable() else " " for c in seen)).split())


def visible(text: str) -> str:
    """Text of an article as a terminal may show it: nothing in it moves the cursor or turns the line."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text.replace("\r\n", "\n"))


def quoted(text: str, span: Span) -> Iterator[str]:
    """The words of a quotation without the marks around them, a piece for each paragraph it goes over."""
    for line in LINE.finditer(text, *span):
        inner = list(_inner(text, (line.start(), line.end()))) or [(line.start(), line.end())]
        for begin, end in inner:
            piece = folded(text[begin:end]).strip(f" {QUOTE_MARKS}")
            if piece:
                yield piece


def fragments(text: str, span: Span) -> Iterator[str]:
    """The words of a span that stand in quotation marks, without them."""
    for line in LINE.finditer(text, *span):
        for begin, end in _inner(text, (line.start(), line.end())):
            for piece in re.split(f"[{QUOTE_MARKS}]", folded(text[begin:end])):
                words = piece.strip().removesuffix(",")
                if words:
                    yield words if words.endswith("..") else words.removesuffix(".")


def _inner(text: str, span: Span) -> Iterator[Span]:
    """What of a span stands inside quotation marks; marks pair up within the whole line."""
    start = max(text.rfind(char, 0, span[0]) for char in _ENDS) + 1
    stops = [at for char in _ENDS if (at := text.find(char, span[1])) >= 0]
    for quotation in marks.quotations(text[start : min(stops, default=len(text))]):
        begin, end = (max(quotation.inner[0] + start, span[0]), min(quotation.inner[1] + start, span[1]))
        if begin < end:
            yield begin, end


def fitting(pieces: Iterable[str], around: int = 0) -> Iterator[str]:
    """As many pieces as fit on a card; the last one ends where a sentence does.

    Args:
        pieces: of what was said.
        around: characters that each is to stand between.
    """
    room = MAX_WORDING
    for piece in pieces:
        room -= around
        if len(piece) <= room:
            yield piece
            room -= len(piece) + len(BREAK)
            continue
        ends = [end.end() for end in _SENTENCE_END.finditer(piece, 0, max(room, 0))]
        if ends:
            yield piece[: ends[-1]]
        return


def as_seeded(pieces: tuple[str, ...]) -> str | list[str] | None:
    """Words as a seed file has them: one piece alone, several as a list."""
    return list(pieces) if len(pieces) > 1 else pieces[0] if pieces else None
