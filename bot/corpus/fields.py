"""What a field of a seed file is made of: one clean line, an id, a date, an address, places in a text.

Everything that enters is one line of clean text: white space is folded, and characters that would show nothing, turn
the reading direction or break a line are refused, so that what is shown reads as the file reads.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Final, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator

from bot.record import MAX_WORDING, Dating

MAX_ID: Final = 40
"""Characters of a speaker's or topic's id."""
MAX_TOPICS: Final = 8
"""Of one statement."""
MAX_LONG_ID: Final = 80
"""Characters of any other id."""
MAX_NAME: Final = 60
"""Characters of a speaker's name, an outlet's or a topic's label."""
MAX_TITLE: Final = 100
"""Characters of an office's title or its organisation."""
MAX_URL: Final = 512
"""Discord refuses a link button with a longer address."""

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last, in an article's plain text."""

ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OFFSET: Final = re.compile(r"[0-9]{1,9}")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible, but some scripts (and emoji) cannot be spelled without them."""
BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols by category, but nothing to see."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(value: Any, limit: int) -> str:
    """One line of text with white space folded.

    Raises:
        ValueError: where it is no text, is empty, is longer than ``limit`` characters or holds an unfit character.
    """
    if not isinstance(value, str):
        raise ValueError(
            "is empty; write it, or delete the key" if value is None else "must be text, on one line or folded"
        )
    text = " ".join(value.split())
    for char in "" if text.isascii() and text.isprintable() else text:
        if char in BLANKS or (unicodedata.category(char) in _UNSEEN and char not in _JOINERS):
            raise ValueError(f"holds the invisible or unassigned character U+{ord(char):04X}; delete it")
    if not text.strip("".join(_JOINERS)):
        raise ValueError("is empty; write it, or delete the key")
    if len(text) > limit:
        raise ValueError(f"has {len(text):,} characters; at most {limit:,} fit where it is shown: shorten it")
    return text


def line(limit: int) -> BeforeValidator:
    """A field of one clean line."""
    return BeforeValidator(lambda value: clean(value, limit))


def _id(limit: int) -> PlainValidator:
    def check(value: Any) -> str:
        text = clean(value, limit)
        if not ID.fullmatch(text):
            raise ValueError(f"“{text}” is not an id; write letters without accents, digits, and - _ . between them")
        return text

    return PlainValidator(check)


dating = lru_cache(maxsize=100_000)(Dating.parse)
"""Like ``Dating.parse``, for the few thousand dates that a large collection is made of."""


def _dating(value: Any) -> Dating:
    return dating(clean(value, 40))


def _calendar_day(value: Any) -> date:
    day = _dating(value).day
    if day is None:
        raise ValueError(f"“{value}” is not a day; write YYYY-MM-DD")
    return day


def _url(value: Any) -> str:
    text = clean(value, MAX_URL)
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0  # the port is read here: a bad one raises
        good = parts.scheme in {"http", "https"} and named and not re.search(r"[\s<>\"\\|^`{}]", text)
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"“{text}” is not an address; write it in full, beginning with https://")
    return text


def _pieces(value: Any) -> tuple[str, ...]:
    pieces = tuple(clean(piece, MAX_WORDING) for piece in (value if isinstance(value, list) else [value]))
    if not pieces:
        raise ValueError("is empty; write it, or delete the key")
    return pieces


def _spans(value: Any) -> tuple[Span, ...]:
    """Where a wording stands, in ascending order."""
    found: list[Span] = []
    for span in value if isinstance(value, list) else [None]:
        ends = span if isinstance(span, list) else []
        if not (len(ends) == 2 and all(isinstance(end, str) and _OFFSET.fullmatch(end) for end in ends)):
            raise ValueError(
                "must be a list of [begin, end], in characters of the article's text: [[10, 25], [40, 62]]"
            )
        begin, end = int(ends[0]), int(ends[1])
        if begin >= end:
            raise ValueError(f"[{begin}, {end}] ends before it begins; correct one of them")
        if found and begin < found[-1][1]:
            raise ValueError(f"[{begin}, {end}] begins before the one before it ends; put them in their order")
        found.append((begin, end))
    if not found:
        raise ValueError("is empty; write it, or delete the key")
    return tuple(found)


Id40 = Annotated[str, _id(MAX_ID)]
Id80 = Annotated[str, _id(MAX_LONG_ID)]
Line60 = Annotated[str, line(MAX_NAME)]
Line100 = Annotated[str, line(MAX_TITLE)]
Line200 = Annotated[str, line(200)]
Line500 = Annotated[str, line(500)]
When = Annotated[Dating, PlainValidator(_dating)]
Day = Annotated[date, PlainValidator(_calendar_day)]
Url = Annotated[str, PlainValidator(_url)]
Pieces = Annotated[tuple[str, ...], PlainValidator(_pieces)]
Spans = Annotated[tuple[Span, ...], PlainValidator(_spans)]
