"""Names of works and headings in quotation marks: nobody's words."""

from typing import Final

from bot.drafting.attribution import cues
from bot.drafting.attribution.grammar import FINITE
from bot.drafting.attribution.sheet import Sheet

_SMALL: Final = frozenset("a an and as at but by for from in into nor of off on or over the to up via vs with".split())
"""Words that stand small in titles: The Chicago Manual of Style, 8.159."""
_LONGEST: Final = 12
"""Words of a title; what is longer is a sentence."""
_LONGEST_SHOUT: Final = 4
"""Words of a title that ends with “?” or “!”; a longer one is what somebody shouted."""
_BRINGS_TITLE: Final = frozenset({"call", "see", "read", "write"})
"""Verbs that are cues, but bring a title as well: “a film called “The Russia House””; so does “told”, of a show."""


def is_title(sheet: Sheet, quote: int) -> bool:
    """Whether a quotation is the name of a book, a show or the like: “The Apprentice”, or a heading."""
    begin, end = sheet.ranges[quote]
    words = [token for token in sheet.doc[begin:end] if token.text[0].isalnum()]
    inner = sheet.inner(quote).lstrip()
    if not words or len(words) > _LONGEST or (inner[-1:] in "?!" and len(words) > _LONGEST_SHOUT):
        return False
    first = words[0].text[0]
    if not (first.isupper() or first.isdigit()):
        return False
    if any(token.text[0].islower() and token.lower_ not in _SMALL for token in words):
        return False
    if begin == 0 or (begin == 1 and not sheet.doc[0].text[0].isalnum()):
        return inner.isupper() and len(words) > 1 and end == len(sheet.doc)
    verb = sheet.paragraph.doc[begin:end].root.head
    if verb.dep_ in {"dobj", "oprd"}:
        verb = verb.head
    if verb.lemma_ in cues.JUDGE and verb.tag_ in FINITE | {"VBG"} and verb.i < begin:
        return False  # “called him “Little Berg””
    before = sheet.doc[begin - 1]
    stopped = before.text in {",", ":"} and begin > 1
    if stopped:
        before = sheet.doc[begin - 2]
    brings_title = before.lemma_ in _BRINGS_TITLE | cues.TO_SOMEBODY and not stopped
    if before.pos_ == "VERB" and before.lemma_ in cues.SPOKEN and not brings_title:
        return False
    return len(words) > 1 or before.text in {"’s", "'s", "on", "in"} or before.pos_ == "NOUN"
