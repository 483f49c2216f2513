"""The ids that a draft proposes: what people would have called it."""

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Final

from anyascii import anyascii

from bot.corpus.fields import MAX_ID, MAX_LONG_ID
from bot.corpus.seeds import Seeds
from bot.drafting.wording import folded
from bot.record import Dating

UNDATED: Final = "undated"
"""Stands in an id where the date will be, once somebody knows it."""
NOBODY: Final = "unnamed"
"""Stands in a statement's id where the speaker's name will be."""

_SMALL: Final = frozenset(
    "a an and are as at be but by for from has have he her his in is it its of on or over she that the their they this "
    "to up was were will with".split()
)
"""Words that tell no article from another. Not from any list: the commonest of English, by hand."""
_TITLE_WORDS: Final = 4


def slug(text: str, limit: int = MAX_LONG_ID) -> str:
    """Text as a part of an id: plain small letters and digits with hyphens between, cut between two words."""
    words = re.findall(r"[a-z0-9]+", anyascii(text).lower())
    made = ""
    for word in words:
        if len(made) + 1 + len(word) > limit:
            break
        made = f"{made}-{word}" if made else word
    return made or (words[0][:limit] if words else "")


def surname(name: str, *, whole: bool) -> str:
    """The first part of a statement's id: a person's last name, the whole name of an organisation."""
    words = name.split()
    return slug(name if whole or not words else words[-1], MAX_ID) or NOBODY


def stamp(when: Dating | None) -> str:
    """A date in an id: as precise as all the days that it may have been have in common."""
    if when is None:
        return UNDATED
    start, slash, end = (part.rstrip("~?") for part in when.edtf.partition("/"))
    if not slash or start == "..":
        return end or start
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(start.split("-"), end.split("-"), strict=False))
    return "-".join(first for first, _ in shared) or end[:4]


def free(wanted: str, is_taken: Callable[[str], bool], limit: int) -> str:
    """An id that nothing else has, cut between two words where it is too long."""
    base = wanted if len(wanted) <= limit else wanted[: limit + 1].rpartition("-")[0] or wanted[:limit]
    number, made = 1, base
    while is_taken(made):
        number += 1
        end = f"-{number}"
        made = base[: limit - len(end)].rstrip("-") + end
    return made


def article_id(published: Dating | None, outlet: str, title: str, collection: Seeds) -> str:
    """The id of a new article: ``<day>-<outlet>-<slug>``."""
    words = [word for word in re.findall(r"[^\W_]+", folded(title)) if word.lower() not in _SMALL]
    about = slug(" ".join(words[:_TITLE_WORDS]), 40) or "article"
    wanted = "-".join(filter(None, (stamp(published), slug(outlet, 24), about)))
    return free(wanted, collection.articles.__contains__, MAX_LONG_ID)
