"""Sentences and their grammar: spaCy with its small English model, paragraph by paragraph."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.drafting.nlp import Doc, Words, model
from bot.drafting.values import LINE, Span

_UNSEEN: Final = (
    "\u00a0\u202f\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN: Final = str.maketrans("―−‐‑" + _UNSEEN, "—---" + " " * len(_UNSEEN))
"""Dashes, spaces and marks of direction that the model was not trained on, as those that it was; offsets stay."""
MAX_PARAGRAPH: Final = 20_000
"""Characters that are parsed in one piece: more is no prose, and spaCy's memory grows with it."""


_AT_ONCE: Final = 50_000
"""Characters that are parsed together, at the most: memory grows with them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, parsed."""

    begin: int
    """Where it stands in the text."""
    doc: Doc

    @property
    def end(self) -> int:
        """Where the text goes on behind it."""
        last = self.doc[-1]
        return self.begin + last.idx + len(last.text_with_ws)

    def words(self, span: Span) -> Words | None:
        """The tokens that touch a span of the text."""
        return self.doc.char_span(span[0] - self.begin, span[1] - self.begin, alignment_mode="expand")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A whole text, parsed."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    def paragraph(self, at: int) -> Paragraph | None:
        """The paragraph in which a character stands."""
        index = bisect_right(self.paragraphs, at, key=lambda paragraph: paragraph.begin) - 1
        found = self.paragraphs[index] if index >= 0 else None
        return found if found and at < found.end else None

    def words(self, span: Span) -> Words | None:
        """The tokens that touch a span of the text, where it stands within one paragraph."""
        paragraph = self.paragraph(span[0])
        return paragraph.words(span) if paragraph else None


def _places(text: str) -> Iterator[Span]:
    """Where the lines of a text stand that hold something; one that is too long is cut at a space."""
    for line in LINE.finditer(text):
        begin, end = line.span()
        while end - begin > MAX_PARAGRAPH:
            cut = text.rfind(" ", begin + 1, begin + MAX_PARAGRAPH) + 1 or begin + MAX_PARAGRAPH
            yield begin, cut
            begin = cut
        if not text[begin:end].isspace():
            yield begin, end


def parse(texts: Iterable[str], *, entities: bool = True) -> Iterator[Parsed]:
    """Parse texts in which furniture is blanked out already, one at a time.

    Args:
        texts: any number of them.
        entities: whether names are to be marked; what people say is found without, in three quarters of the time.
    """
    read = model(entities=entities)
    for text in texts:
        places = list(_places(text))
        longest = max((end - begin for begin, end in places), default=0)
        at_once = max(1, _AT_ONCE // max(longest, 1))
        docs = read.pipe((text[begin:end].translate(_PLAIN) for begin, end in places), batch_size=at_once)
        yield Parsed(text, tuple(Paragraph(begin, doc) for (begin, _), doc in zip(places, docs, strict=True)))
