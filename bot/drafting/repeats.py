"""Quotations that a page prints a second time, large, to break up the text: the body's own stays."""

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import Final

from bot.drafting.lines import QUOTES, Line
from bot.drafting.patterns import PERSON

PULLED: Final = "pull quote"

_TOKEN: Final = re.compile(r"\w+")
_SHORTEST: Final = 5
_LONGEST: Final = 60
"""Words of a pull quote."""
_LONGEST_PARAGRAPH: Final = 600
_SHARE: Final = 0.9
"""Of its words that have to stand in the body as well, in this order."""
_RUN: Final = 3
"""Words of the shortest piece that counts, where “he said” stands between the pieces in the body."""
_GRAM: Final = 3
_LOOKED_AT: Final = 8
_MARKS: Final = QUOTES | {"‘", "’", "'"}
_SIGNED: Final = re.compile(r"\s*(?:[-–—]{1,2}|―)\s*(?=[^\W\d_a-z])")
_SIGNATURE_WORDS: Final = 12


def pulled(lines: list[Line]) -> None:
    """Mark lines in quotation marks that a longer line holds as well, with the name below them."""
    bodies = [line for line in lines if not line.why and line.words > _SHORTEST]
    tokens = [_TOKEN.findall(line.text.casefold()) for line in bodies]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, words in enumerate(tokens):
        if len(words) <= _LONGEST_PARAGRAPH:
            for gram in zip(*(words[shift:] for shift in range(_GRAM)), strict=False):
                if len(holders[gram]) < _LOOKED_AT and holders[gram][-1:] != [at]:
                    holders[gram].append(at)
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        quotation, signature = _parted(line.text)
        marked = quotation[:1] in _MARKS or quotation[-1:] in _MARKS
        signed = below if below and not below.why and _is_signature(below) else None
        words = _TOKEN.findall(quotation.casefold())
        if line.why or not (marked or signature or signed) or not _SHORTEST <= len(words) <= _LONGEST:
            continue
        grams = (tuple(words[at : at + _GRAM]) for at in (0, len(words) // 2, len(words) - _GRAM))
        places = {at for gram in grams for at in holders.get(gram, ())}
        if any(bodies[at] is not line and _is_within(words, tokens[at]) for at in places):
            line.why = PULLED
            if signed:
                signed.why = PULLED


def _parted(text: str) -> tuple[str, str]:
    """A quotation, and the name after a dash on the same line."""
    for match in _SIGNED.finditer(text, 1):
        rest = text[match.end() :]
        if text[match.start() - 1] in _MARKS and len(_TOKEN.findall(rest)) <= _SIGNATURE_WORDS:
            return text[: match.start()], rest
    return text, ""


def _is_signature(line: Line) -> bool:
    """Whether it says who is quoted above: a name after a dash, or with an office after a comma."""
    name = _SIGNED.sub("", line.text, count=1)
    dashed = len(name) < len(line.text)
    named = PERSON.fullmatch(name.partition(",")[0])
    return line.words <= _SIGNATURE_WORDS and line.text[-1] != "." and bool(dashed or named)


def _is_within(words: list[str], body: list[str]) -> bool:
    """Whether a paragraph that is longer has these words, in one run or around a few words in between."""
    if len(body) <= len(words):
        return False
    matcher = SequenceMatcher(None, words, body, autojunk=False)
    found = sum(block.size for block in matcher.get_matching_blocks() if block.size >= min(_RUN, len(words)))
    return found >= len(words) * _SHARE
