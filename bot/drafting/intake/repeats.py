"""Quotations that a page prints a second time, large, to break up the text: the body's own stays."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from bot.drafting.intake.lines import QUOTES, Line
from bot.drafting.intake.patterns import PERSON
from bot.drafting.values import Why

_TOKEN: Final = re.compile(r"\w+")
_SHORTEST: Final = 5
_LONGEST: Final = 60
"""Words of a pull quote."""
_LONGEST_PARAGRAPH: Final = 600
_SHARE: Final = 0.9
"""Of its words that have to stand in the body as well, in this order."""
_RUN: Final = 3
"""Words of the shortest piece that counts, where “he said” stands between the pieces in the body."""
_LOOKED_AT: Final = 8
"""Paragraphs in which each of them is looked for."""
_MARKS: Final = QUOTES | {"‘", "’", "'"}
_SIGNED: Final = re.compile(r"\s*(?:[-–—]{1,2}|―)\s*(?=[^\W\d_a-z])")
_GLUED: Final = re.compile(r"(?<=[”»\"])\s?(?=[^\W\d_a-z])")
"""A name right behind a quotation, as layout alone may part them."""
_SIGNATURE_WORDS: Final = 12
_Gram: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    lines: tuple[Line, ...]
    """The quotation, and the name below it."""
    words: list[str]

    @property
    def grams(self) -> set[_Gram]:
        """Three words from its beginning, its middle and its end, by which it is found."""
        starts = (0, len(self.words) // 2, len(self.words) - 3)
        return {(self.words[at], self.words[at + 1], self.words[at + 2]) for at in starts}


def pulled(lines: list[Line]) -> None:
    """Mark lines in quotation marks that a longer line holds as well, with the name below them."""
    candidates = [found for index in range(len(lines)) if (found := _candidate(lines, index))]
    wanted = {gram for candidate in candidates for gram in candidate.grams}
    bodies = [line for line in lines if wanted and not line.why and line.words > _SHORTEST]
    tokens = [_TOKEN.findall(line.text.casefold()) for line in bodies]
    holders: dict[_Gram, list[int]] = defaultdict(list)
    for at, words in enumerate(tokens):
        if len(words) <= _LONGEST_PARAGRAPH:
            for gram in wanted.intersection(zip(words, words[1:], words[2:], strict=False)):
                if len(holders[gram]) < _LOOKED_AT:
                    holders[gram].append(at)
    for candidate in candidates:
        places = {at for gram in candidate.grams for at in holders.get(gram, ())}
        own = candidate.lines[0]
        if any(bodies[at] is not own and _is_within(candidate.words, tokens[at]) for at in places):
            for line in candidate.lines:
                line.why = Why.PULL_QUOTE


def _candidate(lines: list[Line], index: int) -> _Candidate | None:
    """What stands at a line, if it is a quotation alone, or one with a name behind it or below."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if line.why:
        return None
    quotation, signature = _parted(line.text)
    marked = quotation[0] in _MARKS and sum(quotation.count(mark) for mark in QUOTES) <= 2
    signed = below if below and not below.why and _is_signature(below) else None
    words = _TOKEN.findall(quotation.casefold())
    if not (marked or signature or signed) or not _SHORTEST <= len(words) <= _LONGEST:
        return None
    return _Candidate((line, signed) if signed else (line,), words)


def _parted(text: str) -> tuple[str, str]:
    """A quotation, and the name after a dash on the same line."""
    for match in _SIGNED.finditer(text, 1):
        rest = text[match.end() :]
        if text[match.start() - 1] in _MARKS and len(_TOKEN.findall(rest)) <= _SIGNATURE_WORDS:
            return text[: match.start()], rest
    glued = list(_GLUED.finditer(text, 1))
    if glued and PERSON.fullmatch(text[glued[-1].end() :].partition(",")[0]):
        return text[: glued[-1].start()], text[glued[-1].end() :]
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
