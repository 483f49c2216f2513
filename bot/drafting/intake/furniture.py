"""What is not the article's prose: navigation, captions, headings, teasers, what an outlet says of itself.

It works line by line on plain text, as a browser or an archive gives it, and knows no grammar. Where a line may as well
be prose, it stays: blanked prose is a statement lost, while furniture left standing is one draft too many, which a
curator rejects with a key.
"""

import re
from typing import Final

from bot.drafting.intake.boilerplate import kind_of_line
from bot.drafting.intake.headline import (
    headline,
    is_standfirst,
    is_turn,
    masthead,
    rows,
)
from bot.drafting.intake.lines import NO_BREAK, QUOTES, SAID, WORD, Line, ends_sentence, is_finished, lines_of
from bot.drafting.intake.patterns import (
    AUTHOR,
    BULLET,
    CLOCK,
    CREDIT,
    DATELINE,
    INVISIBLE,
    MAX_LINE,
    OTHER_STORIES,
    SIGN_OFF,
)
from bot.drafting.intake.printed import date_line, undated
from bot.drafting.intake.repeats import pulled
from bot.drafting.intake.teasers import is_signature, other_stories
from bot.drafting.values import Furniture, Why

_QUESTION: Final = re.compile(
    r"(?:(?:so|and|but|now|then|well)\b,? )?(?:do|did|does|is|are|am|was|were|has|have|had|will|would|can|could|shall|"
    r"should|may|might|must|what|why|how|who|whom|whose|where|when|which)\b|(?:so|and|but|now|then|well)\b",
    re.IGNORECASE,
)
"""How a question begins that is a sentence."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_CREDIT_AT_END: Final = re.compile(rf"[(\[]?(?:{CREDIT.pattern})\.?$", re.IGNORECASE)
"""Whose a picture is, as a caption ends with it."""
_CREDIT_LENGTH: Final = 160
"""Characters at the end of a line in which a credit is looked for; also those of the longest dated byline."""
_LABELLED_CREDIT: Final = re.compile(r"[(\[]?(?:photo|photograph|picture|image|foto)\w*(?: by\b|:)", re.IGNORECASE)
"""A credit that says so: the line before it is a caption although it has quotation marks."""
_CAPTION_WORDS: Final = 35
"""Words of the longest caption that has quotation marks; what is longer may be prose."""
_KEY_HEADING: Final = re.compile(
    r"(?:(?:the )?(?:key|main) (?:points?|facts|takeaways|developments|moments|findings|events)|"
    r"summary|(?:story )?highlights|takeaways|"
    r"in (?:brief|short|a nutshell)|at a glance|fact ?box|(?:the )?(?:quick|key) facts|"
    r"what (?:you need to know|to know|we know)(?: so far)?(?: (?:about|on) [^.!?]{2,60})?|"
    r"(?:two|three|four|five|six|seven|\d{1,2}) things (?:to know|we learned)\b[^.!?]{0,60})\s*:?",
    re.IGNORECASE,
)
"""The heading of a list that sums up the article."""
_POST: Final = re.compile(rf"(?i:{CLOCK})\s+(?=[\W]?[^\W\d_a-z])")
"""“14:05 Talks go on”: the time before the heading of a post, as live pages have it."""
_CLOCK: Final = re.compile(CLOCK, re.IGNORECASE)
"""The same on a line of its own above the heading."""
_POST_WORDS: Final = 16
"""Words of the longest heading of a post."""
_TURN: Final = re.compile(r"(?P<name>[^\W\d_a-z][^\W_]*(?: [^\W\d_a-z][\w.'’-]*){0,3}): ")
"""Who speaks, up to four words with capitals, at the beginning of a turn of an interview."""
_HEADING_WORDS: Final = 12
"""Words of the longest heading between paragraphs."""
_ABOVE_CREDIT: Final = 2
"""Lines that describe one picture: what it shows, for those who do not see it, and its caption."""
_NAME_WORDS: Final = 3
"""Words up to which the first line of a text may be an outlet's name above a picture; a longer one is the headline."""
_MENU_LINES: Final = 4
"""From so many very short lines in a row on, it is a menu."""
_SIGN_OFF_LENGTH: Final = 400
"""Characters at the end of a paragraph in which the names of reporters and editors are looked for."""


def find(text: str, title: str = "") -> tuple[Furniture, ...]:
    """The furniture of a text, in order.

    Args:
        text: plain text.
        title: of the article, where it is known: a line that repeats it is its headline.
    """
    lines = lines_of(text)
    masthead(lines, text)
    _boilerplate(lines)
    rows(lines)
    _captions(lines)
    headline(lines, title)
    _posts(lines)
    _key_points(lines)
    _dates(lines)
    other_stories(lines)
    _menus(lines)
    pulled(lines)
    _headings(lines)
    found = [Furniture((line.begin, line.end), line.why) for line in lines if line.why]
    found += filter(None, map(_sign_off, lines))
    found.sort(key=lambda one: one.span)
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
        if line.why:
            continue
        if len(line.text) < 100 and OTHER_STORIES.fullmatch(line.text):
            line.why = Why.OTHERS
            continue
        line.why = kind_of_line(line.text, head=line.head, tail=line.tail)
        if line.head and not line.why and len(line.text) <= _CREDIT_LENGTH:
            name, day = undated(line.text)
            written = day and kind_of_line(name, head=True, tail=line.tail) is Why.BYLINE
            line.why = Why.BYLINE if written else None


def _captions(lines: list[Line]) -> None:
    """A credit makes captions of the lines right above it; so does a line that is there twice, as text and as title."""
    for index, line in enumerate(lines):
        credit = _CREDIT_AT_END.search(line.text, max(0, len(line.text) - _CREDIT_LENGTH))
        fits = len(line.text) <= MAX_LINE and line.why in {None, Why.CAPTION}
        if credit and fits and (line.why or _is_caption(line.text[: credit.start()], credit[0])):
            line.why = Why.CAPTION
            _above(lines, index)
        follows = index + 1 < len(lines) and lines[index + 1].text == line.text
        if follows and line.words > 3 and not line.why and _is_caption(line.text, ""):
            line.why = lines[index + 1].why = Why.CAPTION
        marker = index and lines[index - 1].why is Why.CAPTION and lines[index - 1].words < 3 and not line.apart
        if marker and not line.why and line.title:
            line.why = Why.CAPTION


def _above(lines: list[Line], index: int) -> None:
    """The description of a picture right above its credit, up to two lines that a blank line parts from the prose."""
    begin = index
    while not lines[begin].apart and not lines[begin - 1].why and index - begin < _ABOVE_CREDIT:
        begin -= 1
    block = [line for line in lines[begin:index] if line.begin or line.words <= _NAME_WORDS]  # no headline
    parted = lines[begin].apart or lines[begin - 1].why
    if parted and all(len(line.text) < MAX_LINE / 2 for line in block):
        for line in block:
            line.why = Why.CAPTION


def _is_caption(before: str, credit: str) -> bool:
    """Whether what stands before a credit on its line describes a picture, and is not a sentence that names one."""
    if not before or not (set(before) & set(QUOTES) or SAID.search(before)):
        return True
    shown = len(WORD.findall(before)) <= _CAPTION_WORDS and before[0] not in QUOTES
    return shown and not SAID.search(before) and bool(_LABELLED_CREDIT.match(credit))


def _posts(lines: list[Line]) -> None:
    """The headings of a live page's posts, with who wrote one below."""
    for index, line in enumerate(lines):
        timed = _POST.match(line.text) or (index and _CLOCK.fullmatch(lines[index - 1].text))
        if line.why or not timed or line.words > _POST_WORDS or ends_sentence(line.text):
            continue
        line.why = Why.HEADING
        below = lines[index + 1] if index + 1 < len(lines) else None
        if below and not below.why and not below.apart and "," in below.text and AUTHOR.fullmatch(below.text):
            below.why = Why.AUTHOR_OF_POST


def _key_points(lines: list[Line]) -> None:
    """Lists above the article that sum it up: under a heading that says so, or of bullets like headlines."""
    begun = False  # a paragraph, other than the one below the headline, has stood
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index
        while end < len(lines) and BULLET.match(lines[end].text) and not lines[end].why:
            end += 1
        above = lines[index - 1] if index else None
        headed = bool(above and _KEY_HEADING.fullmatch(above.text))
        if headed and end == index:
            end = _listed(lines, index)
        points = lines[index:end]
        alike = not begun and len(points) > 1 and not any(ends_sentence(point.text) for point in points)
        if points and ((headed and line.head) or (alike and not (above and not above.why and above.text[-1] == ":"))):
            for point in points:
                point.why = Why.KEY_POINTS
            if above and headed:
                above.why = Why.KEY_POINTS
        elif not points and line.prose and not line.why:
            begun = begun or not (above and above.why is Why.HEADLINE)
        index = max(end, index + 1)


def _listed(lines: list[Line], index: int) -> int:
    """Where a list without bullets ends: lines like headlines, one right below the other."""
    end = index
    while end < len(lines) and not lines[end].why and not ends_sentence(lines[end].text):
        if end > index and lines[end].apart:
            break
        end += 1
    return end


def _dates(lines: list[Line]) -> None:
    """Dates above the article, or labelled as its own."""
    for line in lines:
        labelled = line.dated and any(printed.label for printed in date_line(line.text))
        if line.dated and not line.why and (line.head or labelled):
            line.why = Why.DATE_LINE


def _menus(lines: list[Line]) -> None:
    """Many very short lines in a row."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line and not line.why and 0 < line.words <= 3 and line.title and not line.quotes:
            run.append(line)
            continue
        if len(run) >= _MENU_LINES:
            for entry in run:
                entry.why = Why.NAVIGATION
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
        kept = is_signature(lines, index) or is_standfirst(lines, index) or _is_first_turn(line, below)
        if _may_be_heading(line) and not kept:
            line.why = Why.HEADING


def _may_be_heading(line: Line) -> bool:
    quoted = line.quotes
    if line.words > _HEADING_WORDS or len(line.text) >= 100 or quoted or SAID.search(line.text):
        return False
    if is_turn(line.text) or DATELINE.match(line.text):
        return False
    words = WORD.findall(line.text)
    in_capitals = sum(word[0].isupper() for word in words) * 2 > len(words) > 3
    if line.text[-1] == "?":  # a question of the reporter, or one within the prose, is a whole sentence
        return in_capitals or not _QUESTION.match(_SENTENCE_END.split(line.text)[-1])
    return line.text[-1] != "!" or in_capitals


def _is_first_turn(line: Line, below: Line | None) -> bool:
    """Whether somebody asks here whom the next line answers: “Quay Courier: Is it over?”, “Lena Brook: It is.”."""
    asked, answered = (_TURN.match(one.text) if one else None for one in (line, below))
    return bool(asked and answered and line.text[-1] == "?" and asked["name"] != answered["name"])


def _sign_off(line: Line) -> Furniture | None:
    """Who reported and edited, in brackets behind the last paragraph."""
    found = SIGN_OFF.search(line.text, max(0, len(line.text) - _SIGN_OFF_LENGTH)) if not line.why else None
    return Furniture((line.begin + found.start(), line.end), Why.CREDITS) if found else None


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
            invisible.append(Furniture((begin, end), Why.INVISIBLE))
    return invisible
