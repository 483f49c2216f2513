"""What: the words for what is said to have been said, found from the cue and its source."""

from typing import Final

from bot.drafting.attribution import cues, extents, sources
from bot.drafting.attribution.frames import Cue, Frame, Reading, Rule
from bot.drafting.attribution.grammar import CLAUSES, FINITE, NOMINAL, SUBJECTS, following, is_marked, is_time, named_by
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.attribution.titles import is_title
from bot.drafting.nlp import Token

_PARTING: Final = frozenset({",", "—", "–", "--"})
"""What parts an aside from its sentence."""
_GOES_ON_OTHERWISE: Final = frozenset("and but as while who which when according after before".split())
"""What follows a cue between commas where the sentence does not go on with what was said."""
_THINGS: Final = frozenset({"dobj", "oprd", "attr", "nsubj"})
_JUDGED: Final = _THINGS | CLAUSES | {"prep"}
_QUESTIONS: Final = frozenset("if whether what why how who which when where".split())
_SHORT: Final = 4
"""Tokens; what stands before “he said,” and is longer than that is what he said, not only when or where."""
_LONGEST_ADJUNCT: Final = 10
"""Tokens of “At a meeting of the council in Brussels, …”."""
_GAP: Final = 2
"""Tokens that may stand between a quotation and the cue behind it: a comma and a dash."""


def content(reading: Reading, cue: Cue) -> list[Range]:
    """What a cue says that was said: behind it, before it, or on both sides; empty where nothing is."""
    sheet, (start, end) = reading.sheet, cue.unit
    if cue.here:
        told = _as_told(sheet, cue)
        if told:
            return told
        closed = _aside(sheet, cue)
        if closed:
            before = sheet.trim((start, cue.left))
            if before:
                around = _around(reading, cue, before, closed)
                if around is not None:
                    return around
    # “quoted Lavrov as saying …”: what is said belongs to “saying”.
    after = None if sources.quoted_one(cue.verb) is not None else _after(sheet, cue, reading)
    before = _before(reading, cue, after) if cue.here or after is None else None
    if before is None or sheet.quoted[before[1] - 1] == OUTSIDE:
        return [span for span in (before, after) if span]
    if after is None:
        after = _resumed(sheet, cue.right, end)
    return [before, after] if after and _belong(sheet, cue, after) else [before]


def _belong(sheet: Sheet, cue: Cue, after: Range) -> bool:
    """Whether what stands behind a cue goes on with the quotation before it: ““Yes,” he said, “they will.””"""
    if sheet.quoted[after[0]] == OUTSIDE:
        return bool(sheet.doc[after[0]].lower_ == "that")
    between = sheet.doc[cue.right : after[0]]
    is_clause = any(one.tag_ in FINITE for one in between)
    if sheet.starts_small(sheet.quoted[after[0]]) and sheet.doc[after[0] - 1].text == "," and not is_clause:
        return True
    if any(one.dep_ == "mark" or one.tag_ == "VBG" for one in between):
        return False
    gap = sheet.doc[after[0] - 1]
    return not len(between) or gap.text in {*_PARTING, ":", ";", "-"} or gap.lower_ in {"and", "but"}


def _resumed(sheet: Sheet, right: int, end: int) -> Range | None:
    """A quotation that goes on behind a long aside: “The risk,” said Roe, who heads the bank, “is that …”"""
    at = sheet.next_quoted(right, end)
    if at is None or sheet.doc[at - 1].text != "," or _is_cue_between(sheet, right, at):
        return None
    quote = sheet.quoted[at]
    return sheet.ranges[quote] if sheet.starts_small(quote) else None


def _as_told(sheet: Sheet, cue: Cue) -> list[Range]:
    """“As Reuters reported, the talks failed”, “the talks failed, as Reuters reported”: all but that."""
    verb = cue.verb
    if cue.lemma not in cues.SAY or cue.source is None or not is_marked(verb, "as"):
        return []
    if following(verb, {"ccomp", "dobj"}) is not None:
        return []
    left = min(cue.source[0], verb.left_edge.i)
    before, after = sheet.trim((cue.unit[0], left)), sheet.trim((cue.right, cue.unit[1]))
    stopped = sheet.doc[left - 1].text == ","
    if after and sheet.doc[cue.right].text == "," and sheet.is_clause(after):
        return [before, after] if before and stopped and not is_adjunct(sheet, before) else [after]
    return [before] if before and stopped and sheet.is_clause(before) else []


def _aside(sheet: Sheet, cue: Cue) -> int | None:
    """Where the cue ends that stands between commas within what was said: “The plan, he said, is dead”."""
    doc, left = sheet.doc, cue.left
    right = _closed(sheet, cue)
    if left == 0 or right + 1 >= cue.unit[1] or cue.lemma not in cues.SAY or cue.verb.tag_ == "VBG":
        return None
    if sheet.quoted[left - 1] != OUTSIDE or doc[left - 1].text not in _PARTING or doc[right].text not in _PARTING:
        return None
    quote = sheet.quoted[right + 1]
    if quote != OUTSIDE:
        return right if quote != sheet.quoted[left - 1] and sheet.starts_small(quote) else None
    and_quotes = doc[right + 1].lower_ == "and" and right + 2 < cue.unit[1] and sheet.quoted[right + 2] != OUTSIDE
    if doc[right + 1].tag_ == "VBG" or (doc[right + 1].lower_ in _GOES_ON_OTHERWISE and not and_quotes):
        return None
    clauses = (one for one in cue.verb.rights if one.dep_ == "ccomp")
    return None if any(child.lower_ == "that" for clause in clauses for child in clause.children) else right


def _closed(sheet: Sheet, cue: Cue) -> int:
    """Where it ends with those who heard it, where and when: “The plan, he had told reporters in Kyiv, was …”."""
    for at in range(cue.right, min(cue.right + _LONGEST_ADJUNCT, cue.unit[1] - 1)):
        token = sheet.doc[at]
        if token.text in _PARTING:
            return at if at == cue.right or sheet.doc[at + 1].tag_ in FINITE else cue.right
        if sheet.quoted[at] != OUTSIDE or token.pos_ not in NOMINAL | {"ADV"} or token.tag_ in {"WP", "WDT"}:
            break
    return cue.right


def _around(reading: Reading, cue: Cue, before: Range, closed: int) -> list[Range] | None:
    """What stands on both sides of an aside, or behind it only: “In 2008, he said, prices fell”."""
    sheet, (_, end) = reading.sheet, cue.unit
    after = sheet.trim((closed, end))
    goes_on = sheet.doc[closed + 1].tag_ in FINITE or sheet.quoted[closed + 1] != OUTSIDE
    if not (goes_on and before[1] - before[0] > _SHORT) and is_adjunct(sheet, before):
        return [extents.whole(sheet, after)] if after else []
    is_taken = any(a < before[1] <= b for frame in reading.frames for a, b in frame.content)
    return [before, extents.whole(sheet, after)] if after and not is_taken else None


def is_adjunct(sheet: Sheet, span: Range) -> bool:
    """Whether it says when or where and nothing else: “In 2008, …”."""
    first = sheet.doc[span[0]]
    short = span[1] - span[0] < _LONGEST_ADJUNCT
    return short and first.pos_ in {"ADP", "ADV", "CCONJ", "SCONJ"} and not sheet.is_clause(span)


def _is_cue_between(sheet: Sheet, start: int, end: int) -> bool:
    """Whether another verb of saying stands between two places."""
    words = sheet.doc[start:end]
    return any(one.tag_[:2] == "VB" and one.tag_ != "VBG" and one.lemma_ in cues.SPOKEN for one in words)


def _before(reading: Reading, cue: Cue, after: Range | None) -> Range | None:
    """What stands before the cue and its source, where that is what was said: “…, he said”."""
    sheet, verb = reading.sheet, cue.verb
    if verb.tag_ == "VBG" or verb.dep_ == "relcl" or cue.lemma not in cues.SAY | cues.QUOTING | {"put"}:
        return None
    fronted = sheet.trim((cue.unit[0], cue.left))
    if fronted is None:
        return None
    quote = sheet.quoted[fronted[1] - 1]
    if quote != OUTSIDE and not is_title(sheet, quote):
        return _quoted_before(reading, cue, fronted, after)
    gap = sheet.doc[fronted[1] : cue.left]
    if after is not None or not any(one.text in {*_PARTING, "-", "?", "!"} for one in gap):
        return None
    return fronted if sheet.is_clause(fronted) and not _is_spoken_for(reading, cue, fronted) else None


def _quoted_before(reading: Reading, cue: Cue, fronted: Range, after: Range | None) -> Range | None:
    """The quotation right before a cue, with what belongs to it: “The deal is “dead”, he said”."""
    sheet = reading.sheet
    if cue.left - fronted[1] > _GAP:
        return None
    quote = sheet.ranges[sheet.quoted[fronted[1] - 1]]
    if any(_is_own(frame, cue, quote) for frame in reading.frames):
        return None
    words = sheet.trim((cue.unit[0], quote[0]))
    if words is None or sheet.doc[quote[0] - 1].text in {":", ";"} or sheet.quoted[words[1] - 1] != OUTSIDE:
        return quote
    if not sheet.starts_small(sheet.quoted[quote[0]]) and any(
        words[0] <= frame.verb.i < words[1] or any(a < words[1] <= b for a, b in frame.content)
        for frame in reading.frames
    ):
        return quote if after is None else None
    return fronted if after is None or sheet.is_clause(fronted) else None


def _is_own(frame: Frame, cue: Cue, quote: Range) -> bool:
    """Whether a quotation belongs to a clause before the cue: “After Roe said it was “over,” Berg told …”."""
    told = frame.verb.dep_ == "advcl" and frame.verb.head == cue.verb and frame.rule is Rule.SAID
    return told and any(a <= quote[0] < b for a, b in frame.content)


def _is_spoken_for(reading: Reading, cue: Cue, fronted: Range) -> bool:
    """Whether a clause before a cue is not what this cue brings: “When he said so, she told reporters”."""
    if _is_adverbial(cue.verb, fronted):
        return True
    taken = (one for one in cue.verb.rights if one.dep_ in {"dobj", "xcomp"})
    if cue.lemma not in cues.TO_SOMEBODY and not all(_is_within(one.i, cue.source) for one in taken):
        return True
    for frame in reading.frames:
        verb = frame.verb
        if verb.dep_ == "advcl" and verb.head == cue.verb and cue.unit[0] <= verb.i < fronted[1]:
            return True
        if verb.head.i == verb.i and any(a < fronted[1] <= b and a != cue.unit[0] for a, b in frame.content):
            return True
    return False


def _is_adverbial(verb: Token, fronted: Range) -> bool:
    """Whether a clause before a cue only says when or why: “As prices fell, Roe wrote to investors”."""
    top = next((one for one in verb.lefts if fronted[0] <= one.i < fronted[1] and one.dep_ in {"advcl", "prep"}), None)
    return top is not None and top.left_edge.i == fronted[0] and top.right_edge.i >= fronted[1] - 1


def _is_within(at: int, span: Range | None) -> bool:
    return span is not None and span[0] <= at < span[1]


def _after(sheet: Sheet, cue: Cue, reading: Reading) -> Range | None:
    """What stands behind the cue, where that is what was said."""
    (start, end), right = cue.unit, cue.right
    at = sheet.next_quoted(right, end)
    quote = None if at is None or is_title(sheet, sheet.quoted[at]) else at
    if quote is not None and cue.lemma in cues.JUDGE - cues.REQUEST and _is_cue_between(sheet, right, quote):
        return None
    begin = _taken(cue, quote)
    if begin is None and cue.lemma in {"ask", "wonder"}:
        outside = (one for one in sheet.doc[right:end] if sheet.quoted[one.i] == OUTSIDE)
        begin = next((one.i for one in outside if one.lower_ in _QUESTIONS), None)
    if begin is None and cue.lemma in cues.SAY:
        if quote is not None:
            begin = extents.clause_before(sheet, right, quote)
        if begin is None and sheet.next_quoted(start, cue.verb.i) is None:
            begin = extents.far_that(sheet, right, end if quote is None else quote)
    if begin is None and quote is None:
        begin = extents.misread(sheet, cue.verb, right, end)
        if begin is not None:
            return extents.whole(sheet, (begin, end))
    if begin is not None:
        begin = _behind_time(sheet, max(begin, right), right)
    if quote is not None and (begin is None or quote < begin) and extents.is_near(sheet, right, quote):
        begin = quote
    if begin is None or begin >= end:
        return None
    return extents.whole(sheet, (begin, extents.until(reading, cue, begin)))


def _behind_time(sheet: Sheet, begin: int, right: int) -> int:
    """Where a clause begins behind the time of saying it: “said on Friday it would …”, “said Friday it would …”."""
    first = sheet.doc[begin]
    when = named_by(first) if first.dep_ == "prep" else first
    if begin != right or when is None or not is_time(when) or when.dep_ in SUBJECTS:
        return begin
    at = first.right_edge.i + 1
    return at if at < len(sheet.doc) and sheet.doc[at].pos_ in NOMINAL else begin


def _taken(cue: Cue, quote: int | None) -> int | None:
    """Where what the verb takes begins, as the parser sees it: a clause, a thing, “of …”."""
    lemma, right = cue.lemma, cue.right
    children = [one for one in cue.verb.rights if right <= one.i < cue.unit[1]]
    clause = next((one for one in children if one.dep_ in CLAUSES), None)
    thing = next((one for one in children if one.dep_ in _THINGS), None)
    abouts = (one for one in children if one.dep_ == "prep" and one.text in cues.ABOUT.get(lemma, ()))
    about = next((one for one in abouts if following(one, {"pobj", "pcomp"}) is not None), None)
    if about is not None and about is children[0]:
        return int(about.i) + 1
    if lemma in cues.JUDGE and (quote is not None or lemma in cues.SAY):
        first = next((one for one in children if one.dep_ in _JUDGED), None)
        return first.left_edge.i if first is not None else None
    if clause is not None and not (clause.dep_ == "xcomp" and clause.tag_ != "VBG" and lemma in cues.NO_INFINITIVE):
        begin = int(clause.left_edge.i)
        if lemma in cues.REQUEST and clause.dep_ == "xcomp" and thing is not None and thing.i < clause.i:
            return int(thing.left_edge.i)
        return min(begin, right) if clause.dep_ == "ccomp" and lemma in {"urge", "ask"} else begin
    if clause is None and quote is None and lemma in cues.CLAUSAL:
        subject = next(filter(None, map(_subject_of_lost_clause, children)), None)
        if subject is not None:
            return int(subject.left_edge.i)
    if thing is not None and lemma in cues.TAKES_THINGS | cues.PRONOUNCE and lemma not in cues.TO_SOMEBODY:
        return int(thing.left_edge.i)
    return about.i + 1 if about is not None else None


def _subject_of_lost_clause(clause: Token) -> Token | None:
    """“said late on Tuesday the talks had failed”, where the parser took what was said for when it was."""
    if clause.dep_ != "advcl" or any(one.dep_ in {"mark", "advmod"} and one.tag_ != "RB" for one in clause.lefts):
        return None
    tensed = clause.tag_ in FINITE or any(one.tag_ in FINITE for one in clause.lefts)
    return next((one for one in clause.lefts if one.dep_ in SUBJECTS), None) if tensed else None
