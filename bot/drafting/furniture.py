"""What is not the article's prose: navigation, captions, headings, teasers, what an outlet says of itself.

It works line by line on plain text, as a browser or an archive gives it, and knows no grammar. Where a line may as well
be prose, it stays: blanked prose is a statement lost, while furniture left standing is one draft too many, which a
curator rejects with a key.
"""

import re
from typing import Final

from bot.drafting.boilerplate import BULLET, CREDIT, DATELINE, INVISIBLE, MAX_LINE, OTHER_STORIES, PERSON, kind_of_line
from bot.drafting.lines import NO_BREAK, QUOTES, SAID, WORD, Line, is_finished, lines_of
from bot.drafting.printed import date_line
from bot.drafting.values import Furniture

HEADLINE: Final = "headline"
"""Why the article's own headline is furniture; the title is read from there."""
BYLINE: Final = "byline"
COPYRIGHT: Final = "copyright"
CREDITS: Final = "credits"
DATE_LINE: Final = "date line"
OTHERS: Final = "heading of other stories"
PARTICULARS: Final = "the page's own particulars"

_LETTERS: Final = re.compile(r"\w+")
_QUESTION: Final = re.compile(
    r"(?:(?:so|and|but|now|then|well)\b,? )?(?:do|did|does|is|are|am|was|were|has|have|had|will|would|can|could|shall|"
    r"should|may|might|must|what|why|how|who|whom|whose|where|when|which)\b|(?:so|and|but|now|then|well)\b",
    re.IGNORECASE,
)
"""How a question begins that is a sentence."""
_CREDIT_AT_END: Final = re.compile(rf"(?:{CREDIT.pattern})\.?$", re.IGNORECASE)
_CREDIT_LENGTH: Final = 160

_HEADLINE_WORDS: Final = 30
_HEADING_WORDS: Final = 12
_ABOVE_CREDIT: Final = 2
"""Lines that describe one picture: what it shows, for those who do not see it, and its caption."""
_MENU_LINES: Final = 4
"""From so many very short lines in a row on, it is a menu."""


def find(text: str, title: str = "") -> tuple[Furniture, ...]:
    """The furniture of a text, in order.

    Args:
        text: plain text.
        title: of the article, where it is known: a line that repeats it is its headline.
    """
    lines = lines_of(text)
    _boilerplate(lines)
    _captions(lines)
    _headline(lines, title)
    _dates(lines)
    _other_stories(lines)
    _menus(lines)
    _headings(lines)
    found = [Furniture((line.begin, line.end), line.why) for line in lines if line.why]
    return tuple(sorted([*found, *_invisible(text, found)], key=lambda one: one.span))


def blank(text: str, furniture: tuple[Furniture, ...]) -> str:
    """The text with spaces where furniture stands, so that offsets stay true; line breaks stay."""
    pieces, at = [], 0
    for one in sorted(furniture, key=lambda one: one.span):
        begin, end = max(one.span[0], at), max(one.span[1], at)
        pieces += [text[at:begin], NO_BREAK.sub(" ", text[begin:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _boilerplate(lines: list[Line]) -> None:
    for line in lines:
        if len(line.text) < 100 and OTHER_STORIES.fullmatch(line.text):
            line.why = OTHERS
        else:
            line.why = kind_of_line(line.text, head=line.head, tail=line.tail)


def _captions(lines: list[Line]) -> None:
    """A credit makes captions of the lines right above it; so does a line that is there twice, as text and as title."""
    for index, line in enumerate(lines):
        credit = _CREDIT_AT_END.search(line.text, max(0, len(line.text) - _CREDIT_LENGTH))
        fits = len(line.text) <= MAX_LINE and line.why in {"", "caption"}
        if credit and fits and (line.why or _is_caption(line.text[: credit.start()])):
            line.why = "caption"
            _above(lines, index)
        follows = index + 1 < len(lines) and lines[index + 1].text == line.text
        if follows and line.words > 3 and not line.why and _is_caption(line.text):
            line.why = lines[index + 1].why = "caption"
        marker = index and lines[index - 1].why == "caption" and lines[index - 1].words < 3 and not line.apart
        if marker and not line.why and line.title:
            line.why = "caption"


def _above(lines: list[Line], index: int) -> None:
    """The description of a picture right above its credit, up to two lines that a blank line parts from the prose."""
    begin = index
    while not lines[begin].apart and not lines[begin - 1].why and index - begin < _ABOVE_CREDIT:
        begin -= 1
    block = lines[begin:index]
    parted = lines[begin].apart or lines[begin - 1].why
    if parted and all(len(line.text) < MAX_LINE / 2 for line in block):
        for line in block:
            line.why = "caption"


def _is_caption(before: str) -> bool:
    """Whether what stands before a credit on its line describes a picture, and is not a sentence that names one."""
    return not before or not (set(before) & set(QUOTES) or SAID.search(before))


def _headline(lines: list[Line], title: str) -> None:
    """The first line above the article that reads like a headline; short ones above it are sections."""
    known = _folded(title)
    named = [line for line in lines if known and _folded(line.text) == known]
    for line in named:
        line.why = HEADLINE
    if named or not any(line.prose and not line.why for line in lines[1:]):
        return
    candidates = []
    for line in lines:
        if line.prose and not line.why and not (line.text[-1] in "?!" and line.words <= _HEADLINE_WORDS):
            break
        if not line.why and not line.dated and _may_be_headline(line):
            candidates.append(line)
    long_enough = [line for line in candidates if line.words > 3]
    if candidates:
        chosen = (long_enough or candidates)[0]
        chosen.why = HEADLINE
        for line in candidates[: candidates.index(chosen)]:
            line.why = "section"
        _author(lines, lines.index(chosen))


def _may_be_headline(line: Line) -> bool:
    closes = line.text[-1] in "\"”»'’" and line.text[-2:-1] not in tuple(".,!?…")
    cited = closes and line.text[0] not in QUOTES  # “… rejects report as ‘fake news’”
    if DATELINE.match(line.text) or _asks(line):
        return False
    return line.words <= _HEADLINE_WORDS and (line.title or (cited and line.text[0].isupper()))


def _asks(line: Line) -> bool:
    """Whether it is a turn of an interview: “Q: …”, “SMITH: …”."""
    speaker, colon, _ = line.text.partition(":")
    return bool(colon) and (speaker in {"Q", "A"} or (speaker.isupper() and len(speaker) > 4 and line.text[-1] in "?!"))


def _author(lines: list[Line], headline: int) -> None:
    """A name between the headline and the date is who wrote it."""
    around = lines[headline + 1 : headline + 3]
    if len(around) > 1 and around[1].dated and not around[0].why and PERSON.fullmatch(around[0].text):
        around[0].why = BYLINE


def _dates(lines: list[Line]) -> None:
    """Dates above the article, or labelled as its own."""
    for line in lines:
        labelled = line.dated and any(printed.label for printed in date_line(line.text))
        if line.dated and not line.why and (line.head or labelled):
            line.why = DATE_LINE


def _other_stories(lines: list[Line]) -> None:
    """Teasers: what a heading of other stories has below it, and lines like headlines that carry a date of their "
    "own."""
    index = 0
    while index < len(lines):
        if lines[index].why == OTHERS:
            index = _list_of_stories(lines, index + 1)
        else:
            index += 1
    for index, line in enumerate(lines):
        if line.dated and not line.head and not line.why:
            _dated_story(lines, index)


def _list_of_stories(lines: list[Line], index: int) -> int:
    """Mark the stories from here on; returns where the article, or the next section, goes on.

    A paragraph belongs to them only between two of them: “title, text, title, text”, so that the article may go on
    below a box of links.
    """
    pairs = 0
    while index < len(lines):
        line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
        above = lines[index - 1].why
        if line.why == OTHERS:
            return index
        if line.why:
            index += 1
            continue
        text_of_one = (
            above == "teaser"
            and not lines[index - 1].dated
            and len(line.text) < MAX_LINE / 2
            and not BULLET.match(line.text)
            and (after.title or after.dated or bool(after.why) if after else pairs > 0)
        )
        if line.dated or line.title or _is_linked(line):
            line.why = "teaser"
        elif text_of_one:
            line.why = "teaser"
            pairs += 1
        else:
            return index
        index += 1
    return index


def _is_linked(line: Line) -> bool:
    """Whether a line of a list is the headline of another story."""
    marker = BULLET.match(line.text)
    rest = line.text[marker.end() :] if marker else ""
    return bool(rest) and rest[0].isupper() and not is_finished(rest)


def _dated_story(lines: list[Line], date_at: int) -> None:
    """A date below the article: what stands right above it, in the same block, is another story."""
    begin = date_at
    while begin and not lines[begin].apart and date_at - begin < 2:
        begin -= 1
    if (
        begin == date_at
        and lines[begin - 1].title
        and lines[begin - 1].words > 3
        and not _is_signature(lines, begin - 1)
    ):
        begin -= 1
    block = lines[begin : date_at + 1]
    if len(block) > 1 and block[0].title and not block[0].prose:
        for line in block:
            line.why = line.why or "teaser"


def _menus(lines: list[Line]) -> None:
    """Many very short lines in a row."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line and not line.why and 0 < line.words <= 3 and line.title and not line.quotes:
            run.append(line)
            continue
        if len(run) >= _MENU_LINES:
            for entry in run:
                entry.why = "navigation"
        run = []


def _headings(lines: list[Line]) -> None:
    """Short unfinished lines between paragraphs."""
    spaced = sum(line.apart for line in lines) * 2 > len(lines)
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        below = lines[index + 1] if index + 1 < len(lines) else None
        closed = above is None or above.why or is_finished(above.text) or above.text[-1] in "?!"
        alone = line.apart and (below is None or below.apart) if spaced else closed
        alone = alone or (bool(closed) and bool(below) and bool(above and above.why))
        if line.why or not line.title or line.prose or not alone or not closed:
            continue
        if _may_be_heading(line) and not _is_signature(lines, index):
            line.why = "heading"


def _may_be_heading(line: Line) -> bool:
    quoted = line.quotes
    if line.words > _HEADING_WORDS or len(line.text) >= 100 or quoted or SAID.search(line.text):
        return False
    if _asks(line) or DATELINE.match(line.text):
        return False
    words = WORD.findall(line.text)
    in_capitals = sum(word[0].isupper() for word in words) * 2 > len(words) > 3
    if line.text[-1] == "?":  # a question of the reporter, or one within the prose, is a whole sentence
        return in_capitals or not _QUESTION.match(line.text)
    return line.text[-1] != "!" or in_capitals


def _is_signature(lines: list[Line], index: int) -> bool:
    """Whether a name stands below words in quotation marks: who said them."""
    above, line = lines[index - 1] if index else None, lines[index]
    if above is None or above.why or not (above.text[0] in QUOTES or above.text[-1] in QUOTES):
        return False
    capitals = sum(word[0].isupper() for word in WORD.findall(line.text))
    whole = sum(above.text.count(mark) for mark in QUOTES) <= 2 and above.text[-1] in QUOTES
    return whole and (capitals > 1 or "," in line.text)


def _invisible(text: str, found: list[Furniture]) -> list[Furniture]:
    """Characters that show nothing, except within a word or within other furniture."""
    covered, index, invisible = found, 0, []
    for match in INVISIBLE.finditer(text):
        begin, end = match.span()
        while index < len(covered) and covered[index].span[1] <= begin:
            index += 1
        inside = index < len(covered) and covered[index].span[0] <= begin
        within_word = text[begin - 1 : begin].isalnum() and text[end : end + 1].isalnum()
        if not inside and not within_word:
            invisible.append(Furniture((begin, end), "invisible character"))
    return invisible


def _folded(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))
