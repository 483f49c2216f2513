"""Lines that were broken to fit a width, as old wires and e-mails are, made paragraphs again."""

import re
from itertools import pairwise
from typing import Final

from bot.drafting.intake.patterns import BULLET

_FEW_LINES: Final = 5
_MOSTLY: Final = 0.4
"""The share of line ends within a sentence from which on the lines were broken to a width."""
_WIDEST: Final = 100
"""Characters of the widest line that anybody breaks."""
_FULL: Final = 0.6
"""A line of less than this share of the usual width ends a paragraph."""
_UNFINISHED: Final = re.compile(r"[\w,;–—-]\s*$")
_STARTS_ANEW: Final = re.compile(rf"\s*(?:{BULLET.pattern}|[*–—-]+\s|$)")
"""A list marker, a dash before whoever speaks, or nothing."""


def unwrapped(text: str) -> str:
    """The text with a space in place of each line break within a paragraph, where its lines were broken to a width.

    As long as the text itself, so that offsets stay true; any other text as it is.
    """
    lines = text.split("\n")
    width = sorted(len(line.rstrip()) for line in lines if line.strip())[-max(1, len(lines) // 10) :][:1]
    pairs = [(upper, lower) for upper, lower in pairwise(lines) if upper.strip() and lower.strip()]
    within = sum(bool(_UNFINISHED.search(upper)) and lower.lstrip()[:1].islower() for upper, lower in pairs)
    if len(pairs) < _FEW_LINES or not width or width[0] > _WIDEST or within < len(pairs) * _MOSTLY:
        return text
    joined = []
    for upper, lower in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(upper.rstrip()) >= width[0] * _FULL and not _STARTS_ANEW.match(lower)
        joined.append(f"{upper[:-1]}  " if goes_on and upper.endswith("\r") else upper + (" " if goes_on else "\n"))
    return "".join(joined)[:-1]
