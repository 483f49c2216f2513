"""Where the words for a source end: before the time, behind a name that the parser took off."""

from bisect import bisect_right
from typing import Final

from bot.drafting.people.introductions import Line
from bot.drafting.people.names import CALENDAR, KINDS, Word, nameable

_BEFORE_TIMES: Final = frozenset("in on since by until late early".split())
_RECENT: Final = frozenset("last this next earlier later late early".split())
_TIMES: Final = frozenset(
    "week month year day night morning afternoon evening spring summer autumn fall winter weekend century this last "
    "late early mid".split()
)
_ADVERBS: Final = frozenset("yesterday today later earlier recently again once meanwhile also now then".split())


def without_time(words: list[Word]) -> list[Word]:
    """“the court in 2016”, “the ministry on Tuesday”, “the bank last week”: the words up to the time."""
    if any(word.key == "by" for word in words):
        return words  # “a report published last year by the bank”
    for at in range(1, len(words)):
        key, following = words[at].key, words[at + 1].key if at + 1 < len(words) else ""
        if (
            (key in _BEFORE_TIMES and (following in CALENDAR or following.isdigit() or following in _TIMES))
            or (key in _RECENT and following in _TIMES | CALENDAR)
            or (key in _ADVERBS | CALENDAR and at + 1 == len(words))
        ):
            return words[:at]
    return words


def extended(words: list[Word], line: Line) -> list[Word]:
    """With the name that follows the noun for a body: the parser often takes “the operator Avinor” apart."""
    if not words or not words[-1].text.islower() or words[-1].key not in KINDS:
        return words
    index = bisect_right(line.words, words[-1].begin, key=lambda word: word.begin)
    while index < len(line.words) and line.words[index].joined and nameable(line.words, index):
        words = [*words, line.words[index]]
        index += 1
    return words
