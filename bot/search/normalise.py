"""How words are folded before they are compared: scripts, diacritics, case, possessives."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

MAX_QUERY: Final = 400
"""Characters of a question that are read. Nobody asks in more, and a longer text must not buy more work."""

_POSSESSIVE: Final = re.compile(r"(?<=\w)['’ʼ]s\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z0-9]+")

STOPWORDS: Final = frozenset(
    # What a question is wrapped in. They need not be found, but they are found where a name or topic has them.
    "a about again all also an and any anything are as at be been but by can could did do does during every ever for "
    "from give had has have he her his how i if in into is it its just last let like list me more mr mrs ms my of "
    "on or our out over please she should show so some than that the their them there they this to up us was we were "
    "what when where which who whom whose why will with would you your "
    "no nor not never yes want wants wanted believe believes believed call calls called warn warns warned stress "
    "stresses stressed ask asks asked announce announces announced propose proposes proposed insist insists insisted "
    "according address addressed answer answered claim claimed comment commented comments declare declared declares "
    "express expressed find get got hear heard know mean mention mentioned opinion opinions position positions quote "
    "quoted quotes quotation regarding remark remarked remarks said say saying says sentence speak speaks speaking "
    "state stated statement statements stating talk talked talking talks tell telling tells think thinks thought told "
    "spoke stance view views word words wrote "
    # The same in Russian, German and French, folded.
    "chto kto kak kogda gde skazal skazala govoril govorit zayavil o ob pro na po v s i "
    "was wer wann wo wie hat haben sagte sagt gesagt ueber uber zu zum zur der die das den dem und von mit im "
    "qu que qui quand ou comment dit disait sur le la les du des de et au aux".split()
)


SPOKEN_OF: Final = frozenset(
    "about against for of on over regarding to towards with ueber uber mit o ob ot s na".split()
)
"""Before a name, these make it what is spoken of rather than who speaks."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case ASCII: “Столтенберг’s” and “Stoltenberg” become the same."""
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", text))
    return anyascii(text).casefold().replace("'", "")


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text[:MAX_QUERY]))


def typed_words(text: str) -> list[tuple[str, str]]:
    """Each folded word of a question with the word as it was typed, to answer in the asker's own spelling."""
    return [(folded, typed.strip(".,;:!?\"'“”«»()")) for typed in text[:MAX_QUERY].split() for folded in words(typed)]
