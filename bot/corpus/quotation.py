"""Quotation marks: a wording held to its kind, which says how much of it claims to be verbatim."""

import re
from collections.abc import Iterator
from typing import Final

from bot.corpus.yamltree import brief
from bot.record import BREAK, MAX_WORDING, Kind

QUOTE_MARKS: Final = '"“”„‟«»'
_MARKS: Final = frozenset(QUOTE_MARKS)
_MIXED: Final = re.compile(rf"[^{QUOTE_MARKS}]*(?:“[^\s{QUOTE_MARKS}][^{QUOTE_MARKS}]*”[^{QUOTE_MARKS}]*)+")
_FRAGMENT: Final = re.compile(r"“([^“”]*)”")


def fragments(text: str) -> tuple[str, ...]:
    """The verbatim words of a mixed wording: what stands between “ and ”."""
    return tuple(fragment.strip() for fragment in _FRAGMENT.findall(text))


def are_plainly_worded(kind: str, texts: list[str]) -> bool:
    """Whether nothing is wrong with wordings, each of one piece, at first sight. None that has a fault is let through.

    ``kind`` is that of all.
    """
    if kind == Kind.DIRECT:
        return _MARKS.isdisjoint([text[0] for text in texts]) and _MARKS.isdisjoint([text[-1] for text in texts])
    if kind == Kind.MIXED:
        return all(map(_MIXED.fullmatch, texts))
    together = "".join(texts)
    return not any(mark in together for mark in QUOTE_MARKS)


def wording_faults(kind: Kind, pieces: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a wording, given how much of it claims to be verbatim."""
    text = BREAK.join(pieces)
    if len(text) > MAX_WORDING:
        yield f"has {len(text):,} characters; at most {MAX_WORDING:,} fit on a card: leave some out"
    if kind is Kind.DIRECT:
        for piece in pieces:
            if piece[0] in QUOTE_MARKS or piece[-1] in QUOTE_MARKS:
                yield f"“{brief(piece)}” begins or ends with a quotation mark; leave the outer marks out"
        return
    if len(pieces) > 1:
        yield f"is a list; where the kind is {kind} it is one sentence of our own: join the pieces"
    quotes = any(mark in text for mark in QUOTE_MARKS)
    if kind is Kind.INDIRECT and quotes:
        yield "quotes; an indirect statement is all our own words: take the quotation marks out, or call it mixed"
    if kind is Kind.MIXED and any(mark in _FRAGMENT.sub("", text) for mark in QUOTE_MARKS):
        yield "has a quotation mark without its partner; verbatim words stand between “ and ”, and no other marks"
    elif kind is Kind.MIXED and not all(fragments(text) or [""]):
        yield "quotes nothing; put the verbatim words between “ and ”, or call it indirect"
