"""How words reached an article: the agency or outlet that it names as where it has them from."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bot.drafting.intake import outlets
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.names import Word
from bot.search.normalise import fold

AGENCIES: Final = {
    tuple(fold(called).split()): name
    for name in outlets.AGENCIES
    for called in outlets.CALLED[name]
    if not called.startswith("The ")
}
"""The folded words of what each agency is called, to the name that it writes of itself."""
_LONGEST: Final = max(map(len, AGENCIES))
_FIRST: Final = frozenset(words[0] for words in AGENCIES)
_SMALL: Final = frozenset(name for name in AGENCIES.values() if name.islower())
"""Those that write themselves without a capital."""
_MEDIA: Final = frozenset(
    "newspaper daily weekly magazine tabloid broadcaster television tv radio channel website portal".split()
)
_OF_STATE: Final = frozenset("the in state public national local independent central".split())
"""“Russian state television” is no station's name."""
_AFTER_THE: Final = frozenset("guardian independent times telegraph economist atlantic mail express".split())
"""Names of papers that are words of their own, unless an article stands before them."""
_WITHIN: Final = frozenset("am de der die of di du la le".split())
"""Small words in the name of a paper: “Bild am Sonntag”."""
_NEVER_BARE: Final = frozenset(
    {"foreign affairs", "foreign policy", *"time err rt ft ansa efe elta kna leta pti sana stt tt".split()}
)
"""Those that are names only beside “the magazine”, or in capitals."""
_REPORTS: Final = frozenset(
    "report reports reported reporting quote quotes quoted quoting cite cites cited citing according told tells "
    "telling carried published publishes wrote writes said says saying interview by via as".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def agencies(words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """The agencies and outlets that are named in a row of words: first word, the one after the last, the name.

    “news agency” alone names none; it is yielded with an empty name.
    """
    at = 0
    while at < len(words):
        found = _agency(words, at) or _outlet(words, at) or _known(words, at)
        if found:
            yield at, *found
            at = found[0]
        else:
            at += 1


def _agency(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    word = words[at]
    if word.key in _FIRST and (word.capital or word.text in _SMALL):
        for length in range(_LONGEST, 0, -1):
            name = AGENCIES.get(tuple(one.key for one in words[at : at + length]))
            if name and (length > 1 or len(name) > 4 or word.text.isupper() or word.text == name):
                end = at + length
                while end < len(words) and words[end].joined and words[end].key in {"news", "agency"}:
                    end += 1
                return end, name
    if word.key == "news" and at + 1 < len(words) and words[at + 1].key == "agency" and words[at + 1].joined:
        follows = at + 2 < len(words) and words[at + 2].joined and words[at + 2].capital
        return None if follows and words[at + 2].key in _FIRST else (at + 2, "")
    return None


def _outlet(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """“the newspaper Die Welt”, “the Bild newspaper”."""
    if words[at].key not in _MEDIA:
        return None
    end = at + 1
    while end < len(words) and words[end].joined and words[end].capital:
        end += 1
    if end > at + 1:
        return end, " ".join(word.text for word in words[at + 1 : end])
    start = at
    while start and words[start].joined and not words[start - 1].possessive:
        within = words[start - 1].key in _WITHIN and start > 1 and words[start - 2].capital and words[start - 1].joined
        if not (words[start - 1].capital or (within and start < at)):
            break
        start -= 1
    while start < at and _is_general(words[start]):
        start += 1
    return (at + 1, " ".join(word.text for word in words[start:at])) if start < at else None


def _is_general(word: Word) -> bool:
    """Whether a word before “television” tells whose it is instead of its name: “Russian”, “state”; not “France”."""
    return word.key in _OF_STATE or COUNTRIES.get(word.key, word.key).lower() != word.key


def _known(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """“The New York Times”, “CNN”: known by name, with nothing large before or behind it that it may be a part of."""
    if not words[at].capital or words[at].key == "the":
        return None
    before = words[at - 1] if at and words[at].joined else None
    if before is not None and before.key != "the" and (before.capital or before.key == "of"):
        return None
    for end in range(min(at + 4, len(words)), at, -1):
        if not all(word.joined and not before.possessive for before, word in pairwise(words[at:end])):
            continue
        called = " ".join(word.text for word in words[at:end])
        name = outlets.known(called)
        if not name or (called.lower() in _NEVER_BARE and not called.isupper()):
            continue
        if end < len(words) and words[end].joined and words[end].capital and not words[end - 1].possessive:
            return None
        if called.lower() in _AFTER_THE and (before is None or before.key != "the"):
            return None
        return end, called
    return None


def source_of(words: Sequence[Word], outlet: str) -> tuple[str, bool]:
    """The agency that a sentence has its words from, and whether it says “the agency” of one named before.

    Args:
        words: of the sentence, without what is quoted in it.
        outlet: the article's own, which is nobody's source.
    """
    for first, end, name in agencies(words):
        near = {word.key for word in words[max(0, first - 6) : end + 5]}
        if near & _REPORTS and not is_own(name, outlet):
            return name, not name
    return "", False


def is_own(name: str, outlet: str) -> bool:
    """Whether a name is the outlet's: in full, as a part, or by its initials (“DW” for Deutsche Welle)."""
    if not name or not outlet:
        return False
    mine, theirs = (f" {' '.join(_WORD.findall(fold(one)))} " for one in (name, outlet))
    initials = "".join(word[0] for word in _WORD.findall(outlet)).lower()
    return mine in theirs or theirs in mine or mine.replace(" ", "") in (initials, theirs.replace(" ", ""))
