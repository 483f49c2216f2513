"""Attributions without a verb of saying: colons, names below a dash, interviews, and quotations that go on."""

from typing import Final

from bot.drafting.attribution import cues, sources
from bot.drafting.attribution.cued import is_asserted
from bot.drafting.attribution.extents import whole
from bot.drafting.attribution.frames import Frame, Reading, Rule
from bot.drafting.attribution.grammar import FINITE, group, is_verb
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.attribution.titles import is_title
from bot.drafting.nlp import Token

_NOBODY: Final = frozenset(
    "correction update updated breaking latest revealed poll photo photos image images video watch listen read note "
    "related source sources editor editors contact exclusive transcript analysis opinion fact live".split()
)
"""What stands before a colon in a paper and is nobody's name."""
_IN_NAMES: Final = frozenset({"of", "the", "de", "von", "van"})
_DASHES: Final = frozenset("-–—")
_LONGEST_LABEL: Final = 8
"""Tokens before the colon of an interview: “MINISTER SERGEY LAVROV:”."""
_LONGEST_SIGNATURE: Final = 20
"""Tokens of a name with its office below a pull quote."""
_LONGEST_LEAD: Final = 12
"""Tokens before a colon that may all be the source: “A senior official of the alliance:”."""
_WHOLE: Final = 5
"""Words from which a quotation behind a comma is a sentence of its own, and no name of something."""
_REACH: Final = 25
"""Tokens behind a quotation within which somebody does something."""
_OF_TERMS: Final = frozenset({"NOUN", "PROPN", "ADJ"})
"""What a term is made of: “soft power”. What has a verb, an adverb or a preposition, somebody has said."""
_CLIMB: Final = 8
"""Steps from a word in quotation marks up to the verb that takes it."""
_SUBORDINATE: Final = frozenset({"aux", "auxpass", "relcl", "acl", "amod"})
_MAIN: Final = frozenset({"ROOT", "conj", "advcl", "xcomp", "parataxis"})
_EMBEDDING: Final = frozenset({"ccomp", "dobj", "oprd", "attr", "prep", "xcomp"})


def transcript(sheet: Sheet) -> Frame | None:
    """“LAVROV: …”: a whole paragraph after a name, without quotation marks, as interviews are printed."""
    doc = sheet.doc
    colon = next((one.i for one in doc[:_LONGEST_LABEL] if one.text.endswith(":")), None)
    if not colon or colon + 2 >= len(doc) or (sheet.quotes and sheet.ranges[0][0] <= colon + 1):
        return None
    name = [one for one in doc[:colon] if not one.is_punct and not one.is_space]
    if not name or any(one.lower_ in _NOBODY or one.tag_ in FINITE for one in name):
        return None
    if not all(one.text[0].isupper() or one.lower_ in _IN_NAMES for one in name):
        return None
    source, content = sheet.trim((0, colon)), sheet.trim((colon + 1, len(doc)))
    if not source or not content or not doc[colon + 1].text[0].isupper() or not sheet.is_clause(content):
        return None
    return Frame(doc[colon], [(colon, colon + 1)], [source], [content], Rule.TRANSCRIPT)


def signature(sheet: Sheet, start: int = 0) -> tuple[Range, Range] | None:
    """A dash and a name up to the paragraph's end: “— Jane Roe, a spokeswoman”. The tokens of both."""
    doc = sheet.doc
    while start < len(doc) and doc[start].is_space:
        start += 1
    at = start
    while at < len(doc) and set(doc[at].text) <= _DASHES:
        at += 1
    name = sheet.trim((at, len(doc)))
    if at == start or not name or name[1] - name[0] > _LONGEST_SIGNATURE or not doc[name[0]].text[0].isupper():
        return None
    if sheet.is_clause(name) or sheet.quotes_in(*name):
        return None
    return (start, at), name


def undersigned(sheet: Sheet) -> Frame | None:
    """A paragraph of one quotation with a name behind it: ““Never again.” — Jane Roe, a spokeswoman”."""
    if len(sheet.quotes) != 1 or sheet.text[: sheet.quotes[0].begin].strip():
        return None
    signed = signature(sheet, sheet.ranges[0][1])
    if not signed:
        return None
    dash, name = signed
    return Frame(sheet.doc[dash[0]], [dash], [name], [sheet.ranges[0]], Rule.SIGNATURE)


def go_on(reading: Reading, quotes: list[int], unit: Range) -> None:
    """Note quotations that stand alone: they go on with the sentence before them, or with the paragraph before."""
    last = reading.told_before(unit)
    for quote in quotes:
        reading.owned.add(quote)
        if is_title(reading.sheet, quote):
            continue
        if last and reading.is_quoting(last):
            last.content.append(reading.sheet.ranges[quote])
        else:
            last = _after_paraphrase(reading, last, quote) if last else _alone(reading, quote, unit)
            reading.frames.append(last)


def go_on_in_words(reading: Reading, unit: Range) -> None:
    """Note a sentence that begins with a quotation and ends without: ““… more jobs” and lower taxes.”"""
    sheet, (start, end) = reading.sheet, unit
    first = sheet.quoted[start]
    if first == OUTSIDE or first in reading.owned or any(start <= one.verb.i < end for one in reading.frames):
        return
    last, sentence = reading.told_before(unit), sheet.trim(unit)
    if last and sentence and reading.is_quoting(last):
        last.content.append(sentence)
        reading.owned.update(sheet.quotes_in(*unit))


def _after_paraphrase(reading: Reading, last: Frame, quote: int) -> Frame:
    """A quotation behind what the same person said in other words: “It is late, she said. “Very late.””"""
    span = reading.sheet.ranges[quote]
    return Frame(reading.sheet.doc[span[0]], [], last.source, [span], Rule.CONTINUATION)


def _alone(reading: Reading, quote: int, unit: Range) -> Frame:
    """A quotation without a cue, the first in its paragraph: by whoever the sentence before it is about."""
    sheet, span = reading.sheet, reading.sheet.ranges[quote]
    if sheet.trim((0, unit[0])):
        found = sources.actor(reading, reading.units[reading.units.index(unit) - 1])
        if found:
            verb, source = found
            return Frame(verb, [group(verb)], [source], [span], Rule.ACTOR)
    return Frame(sheet.doc[span[0]], [], [], [span], Rule.CONTINUATION)


def uncued(reading: Reading, quote: int, unit: Range) -> Frame | None:
    """A quotation that no cue of its sentence has taken."""
    return _by_colon(reading, quote, unit) or _beside(reading, quote, unit) or _embedded(reading, quote, unit)


def _by_colon(reading: Reading, quote: int, unit: Range) -> Frame | None:
    """“Lavrov: …”, “Clinton apologised for it: …”, “Lavrov shrugged, “We are ready to talk.””"""
    sheet = reading.sheet
    span = sheet.ranges[quote]
    mark = span[0] - 1
    if mark < unit[0] or sheet.doc[mark].text not in {":", ","}:
        return None
    if sheet.doc[mark].text == "," and not _is_whole_at_end(sheet, quote, unit):
        return None
    lead = sheet.trim((unit[0], mark))
    if lead is None:
        return None
    named = _signed(sheet, lead)
    if named:
        return Frame(sheet.doc[mark], [(mark, mark + 1)], [named], [span], Rule.COLON)
    for verb in _leading(sheet, lead):
        source = sources.source(reading, verb, unit)
        if source:
            return Frame(verb, [group(verb)], [source], [span], Rule.COLON)
    name = [lead] if lead[1] - lead[0] < _LONGEST_LEAD and not sheet.is_clause(lead) else []
    return Frame(sheet.doc[mark], [(mark, mark + 1)], name, [span], Rule.COLON)


def _is_whole_at_end(sheet: Sheet, quote: int, unit: Range) -> bool:
    """Whether a quotation is a sentence of its own that ends the one around it."""
    begin, end = sheet.ranges[quote]
    inside = [one for one in sheet.doc[begin:end] if one.text[0].isalnum()]
    whole_sentence = len(inside) >= _WHOLE and inside[0].text[0].isupper() and not is_title(sheet, quote)
    return whole_sentence and end >= unit[1] - 1


def leading_actor(reading: Reading) -> tuple[Token, Range] | None:
    """Of a paragraph that ends with a colon the cue and its source: “In Oslo, Roe told reporters:”."""
    sheet, unit = reading.sheet, reading.units[-1]
    lead = sheet.trim(unit)
    if lead is None or sheet.text.rstrip()[-1:] != ":":
        return None
    found = ((verb, sources.source(reading, verb, unit)) for verb in _leading(sheet, lead))
    return next(((verb, source) for verb, source in found if source), None)


def _leading(sheet: Sheet, lead: Range) -> list[Token]:
    """The verbs before a colon, likeliest cue first: verbs of saying, main verbs, the top of what stands there."""
    verbs = [one for one in reversed(sheet.doc[lead[0] : lead[1]]) if is_verb(one) and one.dep_ not in _SUBORDINATE]
    saying = [one for one in verbs if one.lemma_ in cues.SAY]
    main = [one for one in verbs if one.dep_ in _MAIN]
    top = [one for one in verbs if not lead[0] <= one.head.i < lead[1]]
    return [*saying, *main, *top]


def _signed(sheet: Sheet, lead: Range) -> Range | None:
    """A name right before the colon: “Added Stone: …”, “Poll – Jeffrey Jones: …”"""
    start, end = lead
    at = end
    while at > start and (sheet.doc[at - 1].pos_ == "PROPN" or sheet.doc[at - 1].text in {".", "and"}):
        at -= 1
    if at == end:
        return None
    before = sheet.doc[at - 1]
    if at == start or before.text in {"-", "–", "—", "--"}:
        return sheet.trim((at, end))
    return (at, end) if at - 1 == start and before.tag_[:2] == "VB" else None


def _beside(reading: Reading, quote: int, unit: Range) -> Frame | None:
    """A whole quotation with somebody doing something right behind it: ““Stop it!” beamed the mayor.”"""
    sheet = reading.sheet
    span, inner = sheet.ranges[quote], sheet.inner(quote)
    if span[1] >= unit[1] or inner[-1:] not in {",", "?", "!"} or not inner[0].isupper() or is_title(sheet, quote):
        return None
    for token in sheet.doc[span[1] : min(unit[1], span[1] + _REACH)]:
        if sheet.quoted[token.i] != OUTSIDE:
            return None
        if _is_doing(sheet, token):
            source = sources.named_before(sheet, token.i, unit[0])
            if not source and token.i - span[1] < 2:
                source = sources.named_after(sheet, token.i + 1, unit[1])
            return Frame(token, [group(token)], [source], [span], Rule.BESIDE) if source else None
    return None


def _is_doing(sheet: Sheet, token: Token) -> bool:
    """Whether it is a verb with a tense, or one of saying that was taken for a plural: ““…,” Roe answers”."""
    before = sheet.doc[token.i - 1]
    if token.dep_ in {"relcl", "aux", "auxpass"} or before.text == "who":
        return False
    if token.tag_ in {"VBD", "VBZ", "VBP", "VBN"}:
        return True
    is_noun = token.tag_ in {"NNS", "NN", "NNP", "NNPS"} and before.pos_ in {"PROPN", "NOUN"}
    return is_noun and token.lower_.removesuffix("s") in cues.SAY


def _embedded(reading: Reading, quote: int, unit: Range) -> Frame | None:
    """Words in quotation marks within what somebody does: “He attacked the news as “made up by night””."""
    sheet = reading.sheet
    begin, end = sheet.ranges[quote]
    words = [one for one in sheet.doc[begin:end] if one.text[0].isalnum()]
    # A word alone is used, and not said: “He attacked the “fake” news”.
    found = None if len(words) < 2 or is_title(sheet, quote) else _embedding(sheet, quote)
    if found is None:
        return None
    verb, below = found
    if not unit[0] <= verb.i < unit[1] or below.i < verb.i or below.dep_ not in _EMBEDDING or not is_asserted(verb):
        return None
    source = sources.source(reading, verb, unit)
    if source is None or not sources.is_somebody(sheet, source):
        return None
    begin = below.i + 1 if below.dep_ == "prep" else max(below.left_edge.i, verb.i + 1)
    end = min(below.right_edge.i + 1, unit[1])
    content = whole(sheet, (min(begin, sheet.ranges[quote][0]), end))
    is_term = all(one.pos_ in _OF_TERMS for one in words)
    return Frame(verb, [group(verb)], [source], [content], Rule.TERM if is_term else Rule.EMBEDDED)


def _embedding(sheet: Sheet, quote: int) -> tuple[Token, Token] | None:
    """The verb within whose object or clause a quotation stands, and the head of that."""
    begin, end = sheet.ranges[quote]
    heads = (one for one in sheet.doc[begin:end] if not begin <= one.head.i < end and one.head.i != one.i)
    below = next((one for one in heads if not one.is_punct), None)
    if below is None:
        return None
    up = below.head
    for _ in range(_CLIMB):
        if up.pos_ == "VERB" and up.tag_ != "VB" and sheet.quoted[up.i] == OUTSIDE:
            break
        if up.head.i == up.i:
            return None
        below, up = up, up.head
    return (up, below) if up.pos_ == "VERB" else None
