"""One paragraph, with its words and its quotations laid upon one another. Places are those of tokens, end exclusive."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

from bot.drafting.attribution.grammar import FINITE
from bot.drafting.marks import Quoted, quotations
from bot.drafting.nlp import Token
from bot.drafting.parsing import Paragraph
from bot.drafting.values import Span
from bot.record import Kind

Range: TypeAlias = tuple[int, int]
"""First token and the one after the last, in the paragraph."""
OUTSIDE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A paragraph whose tokens know in which quotation they stand."""

    paragraph: Paragraph
    doc: tuple[Token, ...]
    """Its tokens; a tuple, since spaCy makes a new object each time that one is asked for."""
    text: str
    quotes: tuple[Quoted, ...]
    ranges: tuple[Range, ...]
    """The tokens of each quotation, its marks among them."""
    quoted: tuple[int, ...]
    """For each token, which of the quotations it stands in, or ``OUTSIDE``."""

    def inner(self, quote: int) -> str:
        """What stands between the marks of a quotation, without white space behind."""
        begin, end = self.quotes[quote].inner
        return self.text[begin:end].rstrip()

    def starts_small(self, quote: int) -> bool:
        """Whether a quotation begins as what goes on with a sentence does: with a small letter, “But”, “And”."""
        inner = self.inner(quote)
        return inner[:1].islower() or inner.startswith(("And ", "But "))

    def quotes_in(self, begin: int, end: int) -> list[int]:
        """The quotations that stand between two places, in order."""
        return sorted({quote for quote in self.quoted[begin:end] if quote != OUTSIDE})

    def next_quoted(self, begin: int, end: int) -> int | None:
        """The first token between two places that stands in a quotation."""
        return next((at for at in range(begin, end) if self.quoted[at] != OUTSIDE), None)

    def trim(self, span: Range) -> Range | None:
        """Without punctuation at its ends, but with quotation marks and brackets; None where nothing is left."""
        start, end = span
        while start < end and self._is_margin(start):
            start += 1
        while end > start and self._is_margin(end - 1) and not self._closes_bracket(start, end - 1):
            end -= 1
        return (start, end) if start < end else None

    def _is_margin(self, at: int) -> bool:
        return self.quoted[at] == OUTSIDE and (self.doc[at].is_punct or self.doc[at].is_space)

    def _closes_bracket(self, start: int, at: int) -> bool:
        return self.doc[at].text == ")" and any(one.text == "(" for one in self.doc[start:at])

    def is_clause(self, span: Range) -> bool:
        """Whether a finite verb stands in it."""
        return any(token.tag_ in FINITE for token in self.doc[span[0] : span[1]])

    def touches_quote(self, span: Range) -> bool:
        """Whether it begins or ends with a quotation."""
        return self.quoted[span[0]] != OUTSIDE or self.quoted[span[1] - 1] != OUTSIDE

    def kind(self, content: list[Range]) -> Kind:
        """Whether all, some or none of the words stand in quotation marks."""
        words = [at for a, b in content for at in range(a, b) if not (self.doc[at].is_punct or self.doc[at].is_space)]
        inside = sum(self.quoted[at] != OUTSIDE for at in words)
        if not inside:
            return Kind.INDIRECT
        return Kind.DIRECT if inside == len(words) else Kind.MIXED

    def spans(self, ranges: list[Range]) -> tuple[Span, ...]:
        """As characters of the whole text, in its order."""
        base, doc = self.paragraph.begin, self.doc
        found = ((base + doc[a].idx, base + doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges if a < b)
        return tuple(sorted(found))


def lay(paragraph: Paragraph) -> Sheet:
    """Find the quotations of a paragraph, and the tokens of each."""
    doc = tuple(paragraph.doc)
    text = paragraph.doc.text
    quotes = tuple(quotations(text))
    quoted = [OUTSIDE] * len(doc)
    ranges: list[Range] = []
    begins = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    at = 0
    for number, quote in enumerate(quotes):
        at = bisect_right(ends, quote.begin, lo=at)
        start = at
        while at < len(doc) and begins[at] < quote.end:
            quoted[at] = number
            at += 1
        ranges.append((start, at))
    return Sheet(paragraph, doc, text, quotes, tuple(ranges), tuple(quoted))
