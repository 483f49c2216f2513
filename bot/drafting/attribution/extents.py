"""Where what was said begins and ends, where the parser alone does not tell."""

from typing import Final

from bot.drafting.attribution import cues
from bot.drafting.attribution.frames import Cue, Reading
from bot.drafting.attribution.grammar import FINITE, NOUNS, SUBJECTS, following, has, is_time
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.nlp import Token

_COORDINATING: Final = frozenset({"conj", "cc"})
_LOOSE: Final = frozenset({"and", "also", "but", ","})
_JOINING: Final = frozenset({"that", "and", "but", "or"})
_CONTRASTING: Final = frozenset({"and", "but", "while", "whereas", "although", "though"})
_WHEN: Final = frozenset("after before as when since days hours minutes weeks months years".split())
_TAKEN: Final = frozenset({"ccomp", "xcomp", "dobj", "prep"})
_LEADING: Final = frozenset({"aux", "advmod", "cc", "neg"})
"""What stands before a verb and belongs to it."""
_BETWEEN_QUOTATIONS: Final = frozenset({",", ";", ":", "and", "but", "or"})
_BEGINS_CLAUSE: Final = NOUNS | {"DET", "ADJ", "NUM"}
"""What a clause without “that” begins with."""


def clause_before(sheet: Sheet, right: int, quote: int) -> int | None:
    """Where a clause without “that” begins before its quotation: “told the Post he was “not there yet””."""
    for token in sheet.doc[right:quote]:
        if token.text in {",", ";", ":"}:
            return None
        if token.tag_ in FINITE:
            subjects = (one for verb in (token, token.head) for one in verb.children if one.dep_ in SUBJECTS)
            subject = next((one for one in subjects if right <= one.i < token.i), None)
            return subject.left_edge.i if subject is not None and subject.left_edge.i >= right else None
    return None


def far_that(sheet: Sheet, right: int, end: int) -> int | None:
    """“told reporters on a visit to Kyiv on Friday that …”, where the parser hung the clause on the visit."""
    for token in sheet.doc[right:end]:
        if token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ == "IN"):
            return int(token.i)
        if token.tag_ in FINITE or token.text in {";", ":"}:
            return None
    return None


def misread(sheet: Sheet, verb: Token, right: int, end: int) -> int | None:
    """Where a clause begins that the parser did not see as what was said: “warn it could harm …”."""
    if verb.lemma_ not in cues.CLAUSAL or right + 2 >= end:
        return None
    first = sheet.doc[right]
    if first.lower_ != "that" and first.pos_ not in _BEGINS_CLAUSE:
        return None
    finite = next((one for one in sheet.doc[right + 1 : end] if one.tag_ in FINITE), None)
    return right if finite is not None and all(one.text != "," for one in sheet.doc[right : finite.i]) else None


def is_near(sheet: Sheet, right: int, at: int) -> bool:
    """Whether nothing but asides stand between a cue and a quotation."""
    between = sheet.doc[right:at]
    return not any(one.tag_ in FINITE or (one.tag_ == "VBG" and one.lemma_ in cues.SPOKEN) for one in between)


def until(reading: Reading, cue: Cue, begin: int) -> int:
    """Where what was said ends: with the clause, and not with what else the sentence tells."""
    sheet, verb = reading.sheet, cue.verb
    last = begin + 1
    if sheet.quoted[begin] != OUTSIDE:
        last = sheet.ranges[sheet.quoted[begin]][1]
    for child in verb.rights:
        if child.right_edge.i < begin or child.dep_ == "punct":
            continue
        if _tells_on(sheet, child, last):
            break
        last = max(last, child.right_edge.i + 1)
    last = max(last, lost(sheet, verb, begin))
    last = _own_words(reading, cue, begin, _stop(sheet, begin, min(last, cue.unit[1])))
    return _quoted_on(sheet, last, cue.unit[1])


def _tells_on(sheet: Sheet, clause: Token, last: int) -> bool:
    """Whether what hangs on a cue behind what was said is the journalist's: “…, adding”, “…, days after they met”."""
    if clause.i < last or clause.dep_ not in _COORDINATING | {"advcl"}:
        return False
    if clause.dep_ != "advcl" or clause.tag_ == "VBG":
        return True
    first = clause.left_edge
    parted = first.i >= last and sheet.doc[first.i - 1].text == ","
    answers = clause.lower_ == "asked" and clause.tag_ == "VBN"  # “confirmed the talks when asked by Reuters”
    return (parted and (first.lower_ in _WHEN or is_time(first))) or (first.i >= last and answers)


def _quoted_on(sheet: Sheet, last: int, end: int) -> int:
    """With the quotations that follow: “said “we are ready,” and, “we are strong””, “said it was over: “We left.””"""
    while True:
        at = last
        while at < end and sheet.quoted[at] == OUTSIDE and sheet.doc[at].lower_ in _BETWEEN_QUOTATIONS:
            at += 1
        if at == last or at >= end or sheet.quoted[at] == OUTSIDE:
            return last
        stop = sheet.ranges[sheet.quoted[at]][1]
        if sheet.quoted[last - 1] == OUTSIDE:
            return stop if sheet.doc[at - 1].text == ":" and stop >= end - 1 else last
        last = stop


def lost(sheet: Sheet, verb: Token, begin: int) -> int:
    """Where a clause ends that begins here, and that the parser hung on something else than the cue."""
    top = sheet.doc[begin]
    while top.head.i > begin and top.head.i != verb.i:
        if top.head.i == top.i:
            break
        top = top.head
    is_clause = top.i > begin and (top.tag_ in FINITE or any(one.tag_ in FINITE for one in top.lefts))
    return top.right_edge.i + 1 if is_clause else begin + 1


def _stop(sheet: Sheet, begin: int, last: int) -> int:
    """Where a quotation that ends with a comma or a full stop ends the whole: “said “it is over,” and left”."""
    inside = (number for number in reversed(range(len(sheet.ranges))) if begin < sheet.ranges[number][1] < last)
    quote = next(inside, None)
    if quote is None:
        return last
    start, stop = sheet.ranges[quote]
    if start < begin or sheet.inner(quote)[-1:] not in {",", "."} or _is_waiting(sheet, begin, stop, last):
        return last
    behind = sheet.doc[stop]
    while_quotes = behind.lower_ == "while" and sheet.next_quoted(stop + 1, min(stop + 2, last)) is not None
    return last if behind.dep_ == "cc" or behind.lower_ in _JOINING or while_quotes else stop


def _is_waiting(sheet: Sheet, begin: int, stop: int, last: int) -> bool:
    """Whether the main verb of what was said is still to come: “that although it is “a step,” it is “far from …””."""
    first = sheet.doc[begin]
    return first.dep_ in SUBJECTS | {"mark"} and stop <= first.head.i < last


def _own_words(reading: Reading, cue: Cue, begin: int, last: int) -> int:
    """Up to where a further cue of the same source goes on: “says that A, but conceded that B”."""
    sheet = reading.sheet
    for token in sheet.doc[begin + 1 : last]:
        if sheet.quoted[token.i] != OUTSIDE or token.lemma_ not in cues.SPOKEN:
            continue
        at = _another_said(sheet, token, begin) or _commented(sheet, token, begin)
        if at is not None:
            return at
        if token.lemma_ not in cues.SAY:
            continue
        at = token.i if _is_adding(sheet, cue, token) else _and_said(sheet, cue, token, begin)
        if at is not None:
            reading.inherited[token.i] = cue.source
            return at
    return last


def _is_adding(sheet: Sheet, cue: Cue, token: Token) -> bool:
    """“said that A, adding that B”."""
    if token.tag_ != "VBG" or token.dep_ not in {"advcl", "acl"} or cue.verb.tag_ == "VBG":
        return False
    stopped = sheet.doc[token.i - 1].text in {",", "—", "–", "--"} or sheet.quoted[token.i - 1] != OUTSIDE
    quotes = sheet.next_quoted(token.i + 1, token.right_edge.i + 1) is not None
    return stopped and (quotes or following(token, {"ccomp"}) is not None)


def _and_said(sheet: Sheet, cue: Cue, token: Token, begin: int) -> int | None:
    """“said that A, but also said that B”: where the second begins."""
    verb = cue.verb
    joined = token.dep_ == "conj" or (token.dep_ == "ccomp" and token.head.i == verb.i)
    if not joined or token.i - 1 <= begin or following(token, _TAKEN) is None:
        return None
    if any(one.dep_ in SUBJECTS or one.tag_ in {"TO", "MD"} for one in token.children):
        return None
    if (token.tag_ == "VBG") != (verb.tag_ == "VBG") or token.tag_ in {"VB", "NN", "NNS"}:
        return None
    if token.tag_ == "VBN" and not any(one.dep_ == "aux" for one in token.children):
        return None
    if token.head.lemma_ in cues.SAY and token.head.i > begin and token.head.tag_ == token.tag_:
        return None
    at = token.i
    while at > begin and (sheet.doc[at - 1].dep_ in _LEADING or sheet.doc[at - 1].text == ","):
        at -= 1
    if token.dep_ == "ccomp" and not any(one.dep_ == "cc" for one in sheet.doc[at : token.i]):
        return None
    return at if at > begin + 1 and sheet.quoted[at] == OUTSIDE else None


def _another_said(sheet: Sheet, token: Token, begin: int) -> int | None:
    """“Berg said that A, and Dahl said that B”: where the second begins, wherever the parser hung it."""
    subject = next((one for one in token.lefts if one.dep_ in SUBJECTS), None)
    taken = _TAKEN if token.lemma_ in cues.SAY | cues.REQUEST else {"ccomp"}
    tensed = token.tag_ in FINITE or (token.tag_ == "VBN" and has(token, "have"))
    if subject is None or not tensed or following(token, taken) is None:
        return None
    at = subject.left_edge.i - 1
    return at if at > begin + 1 and sheet.quoted[at] == OUTSIDE and sheet.doc[at].lower_ in _CONTRASTING else None


def _commented(sheet: Sheet, token: Token, begin: int) -> int | None:
    """“accused Moscow of A, a charge that Dahl dismissed”: where the journalist's comment on it begins."""
    noun = token.head
    start = noun.left_edge.i
    is_comment = token.dep_ == "relcl" and noun.lemma_ in cues.NOUNS and start > begin + 1
    return start - 1 if is_comment and sheet.doc[start - 1].text == "," else None


def whole(sheet: Sheet, span: Range) -> Range:
    """Without cutting a quotation in two, and without “according to …” behind it.

    Args:
        sheet: the paragraph.
        span: what was said, roughly.
    """
    begin, last = span
    if sheet.quoted[begin] != OUTSIDE:
        begin = min(begin, sheet.ranges[sheet.quoted[begin]][0])
    for at in range(begin, last):
        if sheet.quoted[at] != OUTSIDE:
            last = max(last, sheet.ranges[sheet.quoted[at]][1])
        elif at > begin and sheet.doc[at].lower_ == "according" and _parts(sheet, at, last):
            last = at
            break
    while last - 1 > begin and sheet.quoted[last - 1] == OUTSIDE and sheet.doc[last - 1].lower_ in _LOOSE:
        last -= 1  # of “…, but also stressed that …”, what belongs to the next cue
    return sheet.trim((begin, last)) or (begin, last)


def _parts(sheet: Sheet, at: int, last: int) -> bool:
    """Whether “according to …” ends what was said, rather than to stand within it."""
    if sheet.doc[at - 1].text not in {",", "—", "–"} and sheet.quoted[at - 1] == OUTSIDE:
        return False
    behind = sheet.doc[at + 2 : last] if at + 2 < last else ()
    return not any(one.tag_ in FINITE and one.dep_ != "relcl" for one in behind)
