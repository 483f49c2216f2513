"""What is plain at first sight: texts and ids of JSON Lines that surely are clean, told by the hundred and fast.

Nothing passes here that ``fields`` would not take as it is. What does not pass may still be fine: ``fields`` tells.
"""

import re
from typing import Final, NotRequired, TypedDict

from bot.corpus.fields import BLANKS, ID, MAX_LONG_ID

_IDS: Final = re.compile(rf"(?:{ID.pattern}\n)+")
_BLANK: Final = re.compile(f"[{''.join(sorted(BLANKS))}]")


class PlainStatement(TypedDict):
    """A line of ``statements.jsonl`` that is as it should be at first sight (``sight.py``)."""

    id: str
    speaker: str
    kind: str
    text: str | list[str]
    said: NotRequired[str | None]
    topics: list[str]
    article: str
    basis: NotRequired[str | None]
    occasion: NotRequired[str | None]
    via: NotRequired[str | None]
    described_as: NotRequired[str | None]


def is_plain(text: str, limit: int, *, escaped: bool) -> bool:
    """Whether a text from JSON surely is one clean line; another may be as well: ``clean`` tells.

    ``escaped`` is whether it may have had escapes in it: without, JSON takes no control characters but U+007F.
    """
    return (
        type(text) is str
        and 0 < len(text) <= limit
        and "  " not in text
        and text[0] != " " != text[-1]
        and ((not escaped and text.isascii()) or (text.isprintable() and not _BLANK.search(text)))
    )


def are_plain(texts: list[str], limit: int, *, escaped: bool) -> bool:
    """Like ``is_plain`` of each, in a tenth of the time."""
    if not texts:
        return True
    lengths = list(map(len, texts))
    if not 0 < min(lengths) <= max(lengths) <= limit or " " in {text[0] for text in texts} | {
        text[-1] for text in texts
    }:
        return False
    if "  " in "\n".join(texts):
        return False
    unusual = texts if escaped else [text for text in texts if not text.isascii()]
    together = "".join(unusual)
    return together.isprintable() and not any(blank in together for blank in BLANKS)


def is_plain_id(text: str) -> bool:
    """Whether something is an id of a statement or article."""
    return len(text) <= MAX_LONG_ID and bool(ID.fullmatch(text))


def are_plain_ids(texts: list[str]) -> bool:
    """Like ``is_plain_id`` of each, in a fraction of the time."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and max(map(len, texts)) <= MAX_LONG_ID and bool(_IDS.fullmatch(lines))
