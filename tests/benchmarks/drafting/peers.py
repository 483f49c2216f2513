"""Somebody else at the same work: textacy's quotations."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import textacy.extract

from bot.drafting.nlp import Token
from bot.drafting.parsing import Parsed
from bot.drafting.values import Span
from tests.benchmarks.drafting.scores import Spans


def textacy_spans(parsed: Parsed) -> Iterator[Spans]:
    """What textacy's ``direct_quotations`` finds, paragraph by paragraph: a whole text with one odd mark it refuses."""
    for paragraph in parsed.paragraphs:
        try:
            found = list(textacy.extract.direct_quotations(paragraph.doc))
        except ValueError:  # an odd number of quotation marks
            continue
        for speaker, cue, content in found:
            begin, end = paragraph.begin + content.start_char, paragraph.begin + content.end_char
            yield Spans(((begin, end),), _spans(speaker, paragraph.begin), _spans(cue, paragraph.begin))


def _spans(tokens: Sequence[Token], begin: int) -> tuple[Span, ...]:
    """Neighbouring tokens as one span."""
    runs = [[token for _, token in run] for _, run in groupby(enumerate(tokens), key=lambda pair: pair[1].i - pair[0])]
    return tuple((begin + run[0].idx, begin + run[-1].idx + len(run[-1])) for run in runs)
