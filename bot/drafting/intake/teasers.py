"""Other stories on the page of an article: their headlines, with a text or a date below."""

import re
from typing import Final

from bot.drafting.intake.lines import QUOTES, WORD, Line, ends_sentence, is_finished
from bot.drafting.intake.patterns import BULLET, MAX_LINE
from bot.drafting.values import Why

_TEASER_WORDS: Final = 25
_DATED_AT_END: Final = re.compile(r"\((?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\)$")
"""As some pages close the text of a teaser."""
_AFTER: Final = frozenset(
    {
        *(Why.CREDITS, Why.NEWSLETTER, Why.COPYRIGHT, Why.COMMENTS, Why.TAGS, Why.ABOUT_AUTHOR, Why.APPEAL),
        *(Why.OTHERS, Why.CONTACT),
    }
)
"""What stands below an article, and never in it."""


def other_stories(lines: list[Line]) -> None:
    """Mark what a heading of other stories has below it, and lines like headlines that carry a date of their own."""
    index = 0
    while index < len(lines):
        if lines[index].why is Why.OTHERS:
            index = _list_of_stories(lines, index + 1)
        else:
            index += 1
    for index, line in enumerate(lines):
        if line.dated and not line.head and not line.why:
            _dated_story(lines, index)
        if index and not line.why and _DATED_AT_END.search(line.text) and lines[index - 1].title:
            line.why = lines[index - 1].why = Why.TEASER
    _below_the_end(lines)


def _list_of_stories(lines: list[Line], index: int) -> int:
    """Mark the stories from here on; returns where the article, or the next section, goes on.

    A paragraph belongs to them only between two of them: “title, text, title, text”, so that the article may go on
    below a box of links.
    """
    pairs = 0
    while index < len(lines):
        line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
        above = lines[index - 1].why
        if line.why is Why.OTHERS:
            return index
        if line.why:
            if line.dated and above is Why.TEASER and not line.apart:
                line.why = Why.TEASER
            index += 1
            continue
        text_of_one = (
            above is Why.TEASER
            and not lines[index - 1].dated
            and len(line.text) < MAX_LINE / 2
            and not BULLET.match(line.text)
            and (after.title or after.dated or bool(after.why) if after else pairs > 0)
        )
        if line.dated or line.title or _is_linked(line) or _quotes_in_headline(line):
            line.why = Why.TEASER
        elif text_of_one:
            line.why = Why.TEASER
            pairs += 1
        else:
            return index
        index += 1
    return index


def _is_linked(line: Line) -> bool:
    """Whether a line of a list is the headline of another story."""
    marker = BULLET.match(line.text)
    rest = line.text[marker.end() :] if marker else ""
    return bool(rest) and rest[0].isupper() and (not is_finished(rest) or not ends_sentence(rest))


def _quotes_in_headline(line: Line) -> bool:
    """Whether it is a headline that ends with somebody's words: “Mayor: "We never closed"”."""
    first = line.text[0]
    return first.isupper() and first not in QUOTES and line.words <= _TEASER_WORDS and not ends_sentence(line.text)


def _dated_story(lines: list[Line], date_at: int) -> None:
    """A date below the article: what stands right above it, in the same block, is another story."""
    begin = date_at
    while begin and not lines[begin].apart and date_at - begin < 2:
        begin -= 1
    if (
        begin == date_at
        and lines[begin - 1].title
        and lines[begin - 1].words > 3
        and not is_signature(lines, begin - 1)
    ):
        begin -= 1
    block = lines[begin : date_at + 1]
    if len(block) > 1 and block[0].title and not block[0].prose:
        for line in block:
            line.why = line.why or Why.TEASER


def _below_the_end(lines: list[Line]) -> None:
    """Below the last paragraph, once something has stood that closes an article, headlines are those of others."""
    last = max((index for index, line in enumerate(lines) if line.prose and not line.why), default=len(lines))
    closed = False
    for line in lines[last + 1 :]:
        closed = closed or line.why in _AFTER
        if closed and not line.why and (line.title or _quotes_in_headline(line) or _is_linked(line)):
            line.why = Why.TEASER


def is_signature(lines: list[Line], index: int) -> bool:
    """Whether a name stands below words in quotation marks: who said them."""
    above, line = lines[index - 1] if index else None, lines[index]
    if above is None or above.why or not (above.text[0] in QUOTES or above.text[-1] in QUOTES):
        return False
    capitals = sum(word[0].isupper() for word in WORD.findall(line.text))
    whole = sum(above.text.count(mark) for mark in QUOTES) <= 2 and above.text[-1] in QUOTES
    return whole and (capitals > 1 or "," in line.text)
