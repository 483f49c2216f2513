"""Who: the words for whoever is said to have said it, found from the cue."""

from collections.abc import Callable
from typing import Final, TypeAlias

from bot.drafting.attribution import cues
from bot.drafting.attribution.frames import Reading
from bot.drafting.attribution.grammar import (
    FINITE,
    NOMINAL,
    NOUNS,
    SUBJECTS,
    above_prepositions,
    child,
    helpers,
    is_time,
    misread_name,
    named_by,
)
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.attribution.titles import is_title
from bot.drafting.nlp import Token

_INVERTED: Final = frozenset({"dobj", "attr", "oprd", "npadvmod", "appos", "nsubj"})
"""What the parser makes of a subject behind its verb: ““…,” said a spokesman.”"""
_LOST: Final = frozenset({"nsubj", "nsubjpass", "ROOT", "dep", "npadvmod", "appos", "nmod"})
"""What it makes of one that an aside or a bracket parts from its verb."""
_SHARING: Final = frozenset({"conj", "advcl", "xcomp", "pcomp", "dep", "ccomp", "prep"})
"""How a verb hangs on another whose subject it shares."""
_DASHES: Final = frozenset({"–", "—", "--"})
_FAR: Final = 12
"""Tokens from a verb to a subject behind it; the next noun further off is another sentence's."""
_LONGEST: Final = 25
"""Tokens of a source between a quotation and its verb, with all titles and asides."""
_RELATIVE: Final = frozenset({"WP", "WDT"})
_CLIMB: Final = 4
"""Steps from a verb to the one that it hangs on, over nouns and prepositions."""

_Way: TypeAlias = Callable[[Sheet, Token, int, int], Range | None]
"""A way to find the source of a verb in the unit from the first place to the second."""


def source(reading: Reading, verb: Token, unit: Range) -> Range | None:
    """Who does what a verb tells, as the sentence names them; None where it does not."""
    if verb.i in reading.inherited:
        return reading.inherited[verb.i]
    sheet = reading.sheet
    quoted = quoted_one(verb)
    if quoted is not None:
        return phrase(sheet, quoted)
    subject = _subject(sheet, verb)
    if subject is None and verb.tag_ == "VBG":
        frame = reading.told_right_before(verb.i)
        if frame is not None and frame.source:
            return frame.source[0]
    if _is_passive(verb, subject) or _is_done_by(verb):
        agent = named_by(child(verb, {"agent"}))
        return phrase(sheet, agent) if agent is not None else None
    if subject is not None:
        return phrase(sheet, subject)
    for way in (_said_by, _between, _inverted, _right_before, _behind_bracket):
        found = way(sheet, verb, *unit)
        if found:
            return found
    ruling = _ruling(verb)
    if ruling is not None:
        return _shared(reading, verb, ruling, unit) or _nearest(sheet, verb, *unit)
    return _behind_aside(sheet, verb, *unit) or _described(reading, verb, unit) or _nearest(sheet, verb, *unit)


def quoted_one(verb: Token) -> Token | None:
    """Of “TASS quoted Lavrov as saying …”, “quotes Interfax the answer of the minister”, whoever is quoted."""
    if verb.lemma_ not in cues.QUOTING:
        return None
    if any(one.dep_ == "prep" and one.lower_ == "as" for one in verb.rights):
        return child(verb, {"dobj", "nsubjpass"})
    for thing in verb.rights:
        if thing.dep_ == "dobj" and thing.lemma_ in cues.WORDS:
            return child(thing, {"poss"}) or named_by(next((one for one in thing.rights if one.lower_ == "of"), None))
    return None


def actor(reading: Reading, unit: Range) -> tuple[Token, Range] | None:
    """The main verb of a sentence, and who does what it tells."""
    sheet = reading.sheet
    words = sheet.doc[unit[0] : unit[1]]
    root = next((one for one in words if one.head.i == one.i and sheet.quoted[one.i] == OUTSIDE), None)
    subject = child(root, SUBJECTS) if root is not None else None
    return (root, phrase(sheet, subject)) if root is not None and subject is not None else None


def phrase(sheet: Sheet, head: Token, before: int | None = None) -> Range:
    """A noun with all that hangs on it, without quotations and what a dash or a colon parts from it.

    Args:
        sheet: the paragraph.
        head: the noun.
        before: where it ends at the latest.
    """
    left, right = head.left_edge.i, head.right_edge.i + 1
    if before is not None:
        right = min(right, before)
    if sheet.quoted[head.i] == OUTSIDE:
        stop = _first_words(sheet, head.i, right)
        if stop < right:  # a clause that hangs on the noun quotes: “Roe, a nurse who waited in an “endless” line”
            commas = (at for at in range(stop - 1, head.i, -1) if sheet.doc[at].text == ",")
            relative = (at for at in range(head.i + 1, stop) if sheet.doc[at].tag_ in _RELATIVE)
            right = next(relative, None) or next(commas, stop)
        left = next((at + 1 for at in range(head.i, left - 1, -1) if sheet.quoted[at] != OUTSIDE), left)
    title = sheet.quoted[right - 1]
    if title not in (OUTSIDE, sheet.quoted[head.i]):
        right = sheet.ranges[title][1]
    if right - 1 > head.i and sheet.doc[right - 1].tag_ == "POS":
        right -= 1
    parted = (at for at in range(head.i, left, -1) if sheet.doc[at - 1].text in _DASHES | {":"})
    return sheet.trim((next(parted, left), right)) or (head.i, head.i + 1)


def _first_words(sheet: Sheet, begin: int, end: int) -> int:
    """Where between two places the first quotation begins that is no title: “Roe, author of “The Cold Sea””."""
    quoted = (at for at in range(begin, end) if sheet.quoted[at] != OUTSIDE)
    return next((at for at in quoted if not is_title(sheet, sheet.quoted[at])), end)


def _is_passive(verb: Token, subject: Token | None) -> bool:
    """Whether the subject is not who does it: “was told”, “is said”; but not “he’s said”."""
    helper = child(verb, {"auxpass"})
    if helper is not None and subject is not None and helper.lower_ in {"'s", "’s"} and subject.lower_ in {"he", "she"}:
        return False
    return helper is not None or (subject is not None and subject.dep_ == "nsubjpass")


def _is_done_by(verb: Token) -> bool:
    """“Roe, asked by reporters whether …”: a participle that says itself who does it."""
    return verb.tag_ == "VBN" and not helpers(verb) and child(verb, {"agent"}) is not None


def _subject(sheet: Sheet, verb: Token) -> Token | None:
    """Its nearest subject outside of quotations; a participle's stands before it."""
    subjects = [one for one in verb.children if one.dep_ in SUBJECTS and sheet.quoted[one.i] == OUTSIDE]
    if verb.tag_ == "VBG":
        subjects = [one for one in subjects if one.i < verb.i]
    return min(subjects, key=lambda one: abs(one.i - verb.i), default=misread_name(verb))


def _is_behind_quotation(sheet: Sheet, verb: Token, start: int) -> bool:
    return verb.i > start and sheet.quoted[verb.i - 1] != OUTSIDE


def _is_behind(sheet: Sheet, verb: Token, start: int) -> bool:
    """Whether a quotation, a comma or a dash stands right before it."""
    return verb.i > start and (sheet.quoted[verb.i - 1] != OUTSIDE or sheet.doc[verb.i - 1].text in {",", *_DASHES})


def _said_by(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """““…,” said the woman in the queue.”"""
    if verb.lemma_ not in cues.SAY or verb.tag_ == "VBG" or not _is_behind_quotation(sheet, verb, start):
        return None
    return named_after(sheet, verb.i + 1, end)


def _between(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """““…,” the 43-year-old asked.”, where the parser sees no subject."""
    if verb.lemma_ not in cues.SAY or verb.tag_ == "VBG" or verb.dep_ in {"xcomp", "pcomp"}:
        return None
    if _is_behind_quotation(sheet, verb, start) or sheet.doc[verb.i - 1].text in _DASHES:
        return None
    return named_before(sheet, verb.i, start)


def _inverted(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """“The talks failed, says a diplomat.”, where the parser takes the subject for an object."""
    if verb.tag_ == "VBG" or verb.dep_ == "acl" or not _is_behind(sheet, verb, start):
        return None
    if verb.lemma_ not in cues.SAY - cues.TO_SOMEBODY and not _is_behind_quotation(sheet, verb, start):
        return None
    outside = (one for one in verb.rights if one.dep_ in _INVERTED and sheet.quoted[one.i] == OUTSIDE)
    after = next((one for one in outside if not is_time(one)), None)
    return phrase(sheet, after) if after is not None and after.i - verb.i < _FAR else None


def _right_before(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """“While on a trip, former president Roe said …”, where the parser hung the name on the trip."""
    if verb.lemma_ not in cues.SPOKEN | cues.EXPRESSING or verb.tag_ not in FINITE:
        return None
    last = verb.i
    while last > start and sheet.doc[last - 1].pos_ in {"ADV", "AUX"} and sheet.doc[last - 1].text[0].islower():
        last -= 1
    last = _before_time(sheet, last, start)
    at = last
    while at > start and sheet.quoted[at - 1] == OUTSIDE and _is_name(sheet.doc[at - 1]):
        at -= 1
    head = sheet.doc[last - 1]
    is_named = head.pos_ in NOUNS or (at > start and head.text[0].isupper())
    return (at, last) if at < last and is_named and not is_time(head) else None


def _before_time(sheet: Sheet, last: int, start: int) -> int:
    """Where a name ends that a day stands behind: “the council on Monday condemned”, “the council on 18 March”."""
    at = last
    while at > start and is_time(sheet.doc[at - 1]):
        at -= 1
    return at - 1 if start < at < last and sheet.doc[at - 1].lower_ == "on" else last


def _behind_bracket(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """“Sen. Roe (R-Ohio) said …”"""
    return _across(sheet, verb, start, ")")


def _behind_aside(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """“Roe, who left in May, said …”"""
    return _across(sheet, verb, start, ",")


def _across(sheet: Sheet, verb: Token, start: int, mark: str) -> Range | None:
    """The first noun phrase of the sentence, where the parser lost the subject behind a bracket or an aside."""
    if verb.lemma_ not in cues.SAY or verb.tag_ not in FINITE or verb.i <= start or sheet.doc[verb.i - 1].text != mark:
        return None
    outside = (one for one in sheet.doc[start : verb.i] if sheet.quoted[one.i] == OUTSIDE)
    lost = (one for one in outside if one.pos_ in NOUNS and one.dep_ in _LOST and not is_time(one))
    head = next((one for one in lost if mark != "," or not _acts_elsewhere(one, verb)), None)
    if head is None:
        return None
    at = head.i + 1
    while at < verb.i and sheet.doc[at].pos_ in NOMINAL and sheet.doc[at].lower_ not in {"that", "who"}:
        at += 1
    return sheet.trim((max(start, head.left_edge.i), at))


def _acts_elsewhere(noun: Token, verb: Token) -> bool:
    """“A day after the ship had left, Roe, who owned it, said”: the ship is the subject of its own verb."""
    return noun.dep_ in SUBJECTS and noun.head.i != verb.i and noun.i < noun.head.i < verb.i


def _nearest(sheet: Sheet, verb: Token, start: int, end: int) -> Range | None:
    """Of a participle that the parser hung anywhere, the last subject before it: “Roe left, calling it “over””."""
    if verb.tag_ != "VBG":
        return None
    outside = (one for one in reversed(sheet.doc[start : verb.i]) if sheet.quoted[one.i] == OUTSIDE)
    subject = next((one for one in outside if one.dep_ == "nsubj" and one.tag_ not in _RELATIVE), None)
    return phrase(sheet, subject, before=verb.i) if subject is not None else None


def _ruling(verb: Token) -> Token | None:
    """The verb on which this one hangs and whose subject it may share: “came to Kyiv, promising …”."""
    if verb.dep_ not in _SHARING or verb.head.i == verb.i:
        return None
    head = verb.head
    for _ in range(_CLIMB):
        if head.pos_ in {"VERB", "AUX"} or head.head.i == head.i:
            break
        head = head.head
    return head if head.pos_ in {"VERB", "AUX"} else None


def _shared(reading: Reading, verb: Token, ruling: Token, unit: Range) -> Range | None:
    """Whoever does what the ruling verb tells; of “was cheered, saying …”, whoever it is done to."""
    if verb.tag_ == "VB" and ruling.lemma_ in cues.PROMPTING:
        prompted = child(ruling, {"dobj"})
        if prompted is not None:
            return phrase(reading.sheet, prompted)
    if verb.tag_ == "VBG" or verb.dep_ == "conj":
        done_to = (one for one in ruling.children if one.dep_ == "nsubjpass")
        named = next((one for one in done_to if reading.sheet.quoted[one.i] == OUTSIDE), None)
        if named is not None:
            return phrase(reading.sheet, named)
    return source(reading, ruling, unit)


def _described(reading: Reading, verb: Token, unit: Range) -> Range | None:
    """“A spokesman saying …”; of “posted a video saying …”, whoever posted it."""
    if verb.dep_ != "acl":
        return None
    noun = verb.head
    if noun.dep_ in {"dobj", "pobj"} and noun.head.pos_ in {"VERB", "ADP"}:
        up = above_prepositions(noun.head)
        if up.pos_ == "VERB":
            return source(reading, up, unit)
    return phrase(reading.sheet, noun, before=verb.i)


def named_after(sheet: Sheet, start: int, end: int) -> Range | None:
    """The noun phrase that begins here: ““…,” said the woman”."""
    at = start
    while at < end and sheet.quoted[at] == OUTSIDE and _is_nominal(sheet.doc[at]):
        at += 1
    heads = [one for one in sheet.doc[start:at] if one.pos_ in NOUNS or one.text[0].isupper()]
    if not heads or is_time(heads[0]) or sheet.doc[start].pos_ == "ADP":
        return None
    return start, heads[-1].i + 1


def _is_name(token: Token) -> bool:
    """Whether it may be part of a noun phrase that nothing is hung on."""
    return token.pos_ not in {"ADP", "PART", "CCONJ", "SCONJ"} and _is_nominal(token)


def _is_nominal(token: Token) -> bool:
    """Whether it may be part of a noun phrase; a name, whatever the parser takes it for."""
    return token.pos_ in NOMINAL or token.text[0].isupper()


def named_before(sheet: Sheet, verb: int, start: int) -> Range | None:
    """What stands between a quotation and the verb behind it: ““…,” the 43-year-old asked”."""
    at = verb
    while at > start and sheet.quoted[at - 1] == OUTSIDE and sheet.doc[at - 1].text not in {".", ";", ":"}:
        at -= 1
    if at == start or sheet.quoted[at - 1] == OUTSIDE or verb - at > _LONGEST:
        return None
    ended = sheet.inner(sheet.quoted[at - 1])[-1:] in {",", ".", "?", "!", "…"} or sheet.doc[at].text in {",", *_DASHES}
    if not ended or any(one.dep_ == "cc" for one in (sheet.doc[at], sheet.doc[verb - 1])):  # “… “A” and said”
        return None
    span = sheet.trim((at, verb))
    if span is None:
        return None
    comma = next((one.i for one in sheet.doc[span[0] : span[1]] if one.text == ","), span[1])
    return None if sheet.is_clause((span[0], comma)) else span


def is_somebody(sheet: Sheet, span: Range) -> bool:
    """Whether a source is a person or an organisation, by its words: a name, “she”, “the envoy”."""
    words = sheet.doc[span[0] : span[1]]
    if any(one.pos_ == "PROPN" or one.lower_ in {"he", "she", "they", "i", "we"} for one in words):
        return True
    return words[0].lower_ == "the" and bool(sheet.paragraph.doc[span[0] : span[1]].root.tag_ == "NN")
