"""The head of an article: the name of the outlet, its navigation, the headline, and who wrote it."""

import re
from typing import Final

from bot.drafting.intake import outlets
from bot.drafting.intake.lines import QUOTES, SAID, SAYS, Line, ends_sentence, folded
from bot.drafting.intake.patterns import AUTHOR, DATELINE, PERSON
from bot.drafting.intake.printed import date_line, undated
from bot.drafting.values import Why

_HEADLINE_WORDS: Final = 30
_MASTHEAD_LINES: Final = 12
_MASTHEAD_WORDS: Final = 5
_ROW_LENGTH: Final = 200
_PIECE_WORDS: Final = 5
_BETWEEN: Final = re.compile(r"\s{2,}|\s*\|\s*|\s+[/·•›»>]\s+|\t")
"""What parts the entries of a menu that is one line."""
_SUFFIX: Final = re.compile(r"\s+[|–—-]\s+\S.{1,40}")
_SIGNED_WITHIN: Final = 3
_AUTHOR_LINES: Final = 6
_ROLE_WORDS: Final = 4
_BETWEEN_NAMES: Final = re.compile(r", | and | & ")
_IN_PLACE: Final = re.compile(r"(?:,| in) (?P<place>[^,]+)$")


def rows(lines: list[Line]) -> None:
    """Menus that are one line: “Home | World | Sport”, “News Sport Weather Radio”."""
    for line in lines:
        if not line.why and len(line.text) <= _ROW_LENGTH and is_row(line.text):
            line.why = Why.NAVIGATION


def is_row(text: str) -> bool:
    """Whether a line holds the entries of a menu one after another."""
    if outlets.is_sections(text):
        return True
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    short = all(len(piece.split()) <= _PIECE_WORDS and piece[-1] not in ".,;:!?" for piece in pieces)
    plain = QUOTES.isdisjoint(text) and not any(date_line(piece) for piece in pieces)
    named = any(outlets.is_section(piece) for piece in pieces)
    return plain and short and (len(pieces) >= 3 or (len(pieces) == 2 and named))


def masthead(lines: list[Line], text: str) -> None:
    """The name of the outlet above the article, where it is one that is known, or that the page has again."""
    for index, line in enumerate(lines[:_MASTHEAD_LINES]):
        named = not line.dated and line.words <= _MASTHEAD_WORDS
        if named and (outlets.known(line.text) or (index == 0 and _is_name(line.text, text))):
            line.why = Why.MASTHEAD
        elif line.words > 3 and not line.why and not is_row(line.text):
            return


def _is_name(line: str, text: str) -> bool:
    """Whether the first line is an outlet's name: like a paper's, or named as one elsewhere."""
    if not line[0].isupper() or not line[-1].isalnum():
        return False
    if outlets.is_titled(line):
        return True
    name = re.escape(line)
    again = re.search(
        rf"(?:©|copyright|\(c\))(?: ?(?:19|20)\d\d,?)? (?:the )?{name}\b|\bsubscribe to (?:the )?{name}\b|"
        rf"\b(?:editor|correspondent|reporter|writer|columnist|journalist)s? (?:at|for|of|with) (?:the )?{name}\b|"
        rf"\btold the {name}\b",
        text,
        re.IGNORECASE,
    )
    addresses = re.findall(r"https?://[^\s<>\"]{4,500}", text[:20_000])
    return bool(again) or any(outlets.is_at(line, address) for address in addresses)


def headline(lines: list[Line], title: str) -> None:
    """Mark the headline, wherever it stands; short lines above the first are sections."""
    known = folded(title)
    if not any(known and _repeats(line, known) for line in lines) and (chosen := _chosen(lines)):
        known = folded(chosen.text)
        _author(lines, lines.index(chosen))
    for line in lines:
        if known and _repeats(line, known):
            line.why = Why.HEADLINE


def _repeats(line: Line, known: str) -> bool:
    """Whether a line is the headline, alone or with the name of the outlet behind it."""
    if len(line.text) > len(known) * 2 + 60:
        return False
    return folded(line.text) == known or folded(_SUFFIX.sub("", line.text)) == known


def _chosen(lines: list[Line]) -> Line | None:
    """The first line above the article that reads like a headline, below the last row of sections."""
    if not any(line.prose and not line.why for line in lines[1:]):
        return None
    candidates: list[Line] = []
    below, skipped = 0, False
    signed = max(
        (at for at, line in enumerate(lines) if line.head and (line.why is Why.BYLINE or line.dated)), default=0
    )
    for at, line in enumerate(lines):
        brief = line.words <= _HEADLINE_WORDS and (line.text[-1] in "?!" or _is_cited(line))
        paragraph = line.prose and not line.why and not brief
        if paragraph and (candidates or at > signed):
            break
        skipped = skipped or paragraph  # a notice above the headline
        if line.why is Why.NAVIGATION and outlets.is_sections(_BETWEEN.sub(" ", line.text)):
            below = len(candidates)
        if not line.why and not line.dated and _may_be_headline(line):
            candidates.append(line)
    if skipped:  # what is named and dated right below is the article's
        candidates = [line for line in candidates if 0 <= signed - lines.index(line) <= _SIGNED_WITHIN]
    if not candidates:
        return None
    long_enough = [at for at, line in enumerate(candidates) if line.words > 3]
    likely = [at for at in long_enough if at >= below and not _BETWEEN.search(candidates[at].text)]
    at = (likely or long_enough or [0])[0]
    whole = folded(candidates[at].text)
    again = [line for line in candidates[at + 1 :] if line.words > 3 and whole.startswith(folded(line.text))]
    chosen = again[0] if again else candidates[at]  # the first was that of the browser's window
    chosen.why = Why.HEADLINE
    for line in candidates[: candidates.index(chosen)]:
        line.why = Why.SECTION
    return chosen


def _may_be_headline(line: Line) -> bool:
    if DATELINE.match(line.text) or is_turn(line.text):
        return False
    return line.words <= _HEADLINE_WORDS and (line.title or _is_cited(line))


def _is_cited(line: Line) -> bool:
    """Whether a line ends with somebody's words as headlines do: “… rejects report as ‘fake news’”."""
    closes = line.text[-1] in "\"”»'’" and not ends_sentence(line.text)
    return closes and line.text[0].isupper() and not SAID.search(line.text)


def is_turn(text: str) -> bool:
    """Whether it is a turn of an interview: “Q: …”, “SMITH: …”."""
    speaker, colon, _ = text.partition(":")
    return bool(colon) and (speaker in {"Q", "A"} or (speaker.isupper() and len(speaker) > 4 and text[-1] in "?!"))


def is_standfirst(lines: list[Line], index: int) -> bool:
    """Whether a line right below the headline is a sentence that says who said what."""
    line = lines[index]
    return bool(
        index and lines[index - 1].why is Why.HEADLINE and line.words > 5 and not line.dated and SAYS.search(line.text)
    )


def _author(lines: list[Line], at: int) -> None:
    """Who wrote it: a name above or below the date, or one with a place that the article does not speak of."""
    body = " ".join(line.text for line in lines[at + 1 :] if line.prose)
    for index in range(at + 1, min(at + 1 + _AUTHOR_LINES, len(lines))):
        line = lines[index]
        if line.why is Why.BYLINE:
            return
        name, day = undated(line.text)
        if line.why or len(line.text) > 120 or not AUTHOR.fullmatch(name):
            continue
        beside = lines[index - 1 : index] + lines[index + 1 : index + 2]
        if beside[-1].words <= _ROLE_WORDS:  # an office, or an address
            beside += lines[index + 2 : index + 3]
        dated = bool(day) or any(other.dated for other in beside)
        placed = _IN_PLACE.search(name)
        listed = dated or not _spoken_of(name, body)
        if (dated and (placed or PERSON.fullmatch(name))) or (listed and _BETWEEN_NAMES.search(name)):
            line.why = Why.BYLINE
            return
        if placed and _is_reporter(name, placed, body):
            line.why = Why.BYLINE
            return


def _is_reporter(name: str, placed: re.Match[str], body: str) -> bool:
    """Whether a name with a place is of somebody the article does not speak of, as it would of who is pictured."""
    if _spoken_of(name, body):
        return False
    near = re.search(rf"\b{re.escape(placed['place'])}\b", body, re.IGNORECASE)
    return placed[0].startswith(" in ") or bool(near)


def _spoken_of(names: str, body: str) -> bool:
    """Whether the article speaks of one of several people, by the surname."""
    people = [one.split() for one in _BETWEEN_NAMES.split(_IN_PLACE.sub("", names))]
    return any(re.search(rf"\b{re.escape(words[-1])}\b", body) for words in people if words)
