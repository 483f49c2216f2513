"""Quotation marks, as newspapers set them: of every shape, mixed, nested, and missing at one end.

A quotation never goes over the end of a paragraph; one that is still open there is marked so, since the next paragraph
may go on with it (each of its paragraphs then opens anew, and only the last one closes).
"""

import re
from dataclasses import dataclass
from typing import Final

_DOUBLE: Final = re.compile(r"[“”„‟\"«»＂]|''|``|’’|‘‘")
_OPENERS: Final = frozenset("“„«‟") | {"``", "‘‘"}
_CLOSERS: Final = frozenset("”»") | {"’’"}
_SINGLE_OPENER: Final = re.compile(r"(?<![\w.,;:!?’'])[‘'](?=[\w\[(…$€£.])")
_SINGLE_CLOSER: Final = re.compile(r"(?<=[\w.,!?…)\]%])[’'](?!\w)")
_SAID: Final = r"(?:said|says|told|added|adds|asked|explained|insisted|noted|replied|stressed|warned|wrote)"
_CUE: Final = re.compile(
    rf"[,?!](?= (?:(?:he|she|they|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}) {_SAID}|{_SAID} [A-Z]\w*)\b)"
)
"""A comma, and a name with one of the verbs of saying that are commonest in news behind it."""
_LOOKED_OVER: Final = 64
"""Marks that are looked over for those that close: no sentence nests deeper."""
_BEFORE: Final = frozenset(" \t\u00a0([{—–-/:‘'“\"\u200b\u200e\u200f\u202a\u202b\u2068\u2067\ufeff")
_AFTER: Final = frozenset(" \t\u00a0.,;:!?)]}—–-…’'”\"\u200b\u200e\u200f\u202c\u2069")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation within one paragraph: from its opening mark to behind its closing one."""

    begin: int
    end: int
    inner: tuple[int, int]
    """What stands between the marks."""
    opened: bool = True
    """Whether there is an opening mark."""
    closed: bool = True
    """Whether there is a closing mark."""


def quotations(text: str) -> list[Quoted]:
    """The outermost quotations of a paragraph, in order; single marks count only where there are no double ones."""
    marks = [(m.start(), m.end()) for m in _DOUBLE.finditer(text)]
    return _doubles(text, marks) if marks else _singles(text)


def _doubles(text: str, marks: list[tuple[int, int]]) -> list[Quoted]:
    found: list[Quoted] = []
    opened: tuple[int, int] | None = None
    depth = 0
    for index, (begin, end) in enumerate(marks):
        opens, closes = _role(text, begin, end)
        if opened is None:
            if opens or not closes:
                opened, depth = (begin, end), 1
            elif not found and index == 0:  # the opening mark was left out: it stood at the paragraph's beginning
                start = len(text) - len(text.lstrip())
                found.append(Quoted(start, end, (start, begin), opened=False))
            continue
        if opens and not closes and _balances(text, marks[index + 1 : index + 1 + _LOOKED_OVER]):
            depth += 1
        elif opens and not closes:
            # A second opening with nothing to close both: the first one was never closed.
            found.append(_unclosed(text, opened, begin))
            opened, depth = (begin, end), 1
        else:
            depth -= 1
            if depth == 0:
                found.append(Quoted(opened[0], end, (opened[1], begin)))
                opened = None
    if opened:
        found.append(_unclosed(text, opened, len(text)))
    return found


def _role(text: str, begin: int, end: int) -> tuple[bool, bool]:
    """Whether a mark opens and whether it closes, by what stands beside it and then by its shape."""
    mark, before, after = text[begin:end], text[begin - 1 : begin], text[end : end + 1]
    opens = bool(after) and not after.isspace() and (not before or before in _BEFORE)
    closes = bool(before) and not before.isspace() and (not after or after in _AFTER)
    if opens == closes:
        if mark in _OPENERS:
            return True, False
        if mark in _CLOSERS:
            return False, True
    if mark == "“" and closes and not opens and "„" in text[:begin]:
        return False, True
    return opens, closes


def _balances(text: str, rest: list[tuple[int, int]]) -> bool:
    """Whether the marks that follow close two quotations before a third is opened."""
    depth = 2
    for begin, end in rest:
        opens, closes = _role(text, begin, end)
        depth += 1 if opens and not closes else -1
        if depth == 0:
            return True
    return False


def _unclosed(text: str, opened: tuple[int, int], limit: int) -> Quoted:
    """A quotation without its closing mark: up to the comma before a cue, or else as far as it may go."""
    cue = _CUE.search(text, opened[1], limit)
    end = cue.start() + 1 if cue else len(text[:limit].rstrip())
    return Quoted(opened[0], end, (opened[1], end), closed=False)


def _singles(text: str) -> list[Quoted]:
    """Quotations between single marks, told from apostrophes: a plural's possessive closes nothing."""
    found: list[Quoted] = []
    at = 0
    while opening := _SINGLE_OPENER.search(text, at):
        closing = _single_closer(text, opening.end())
        if closing is None:
            at = opening.end()
            continue
        found.append(Quoted(opening.start(), closing + 1, (opening.end(), closing)))
        at = closing + 1
    return found


def _single_closer(text: str, start: int) -> int | None:
    fallback = None
    following = _SINGLE_OPENER.search(text, start)
    limit = following.start() if following else len(text)
    for closing in _SINGLE_CLOSER.finditer(text, start, limit):
        at = closing.start()
        before = text[at - 1]
        if before in ".,!?…" or text[at + 1 : at + 2] in ",.;:!?)" or at + 1 == len(text):
            return at
        if before != "s":  # nothing that could be a plural's possessive
            return at
        fallback = at if fallback is None else fallback
    return fallback
