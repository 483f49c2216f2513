"""What a cue brings: verbs of saying, judging and holding, nouns of saying, “according to”."""

from typing import Final

from bot.drafting.attribution import contents, cues, sources
from bot.drafting.attribution.extents import far_that, lost, whole
from bot.drafting.attribution.frames import Cue, Frame, Reading, Rule
from bot.drafting.attribution.grammar import (
    FINITE,
    SUBJECTS,
    above_prepositions,
    child,
    following,
    group,
    has,
    helpers,
    is_marked,
    is_modal,
    is_verb,
    named_by,
)
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.nlp import Token

_TELLING: Final = cues.SAY | cues.REQUEST
"""Verbs by which somebody speaks, with or without quotation marks."""
_MAIN: Final = frozenset({"conj", "ROOT", "ccomp", "parataxis"})
"""Where a past participle without auxiliary stands for a verb with a tense."""
_ASKING: Final = frozenset("if whether what why how who".split())
_OURS: Final = frozenset({"my", "our", "your", "its"})
_NEXT_PHRASE: Final = frozenset({"CC", "DT", "PRP", "NNP"})
"""What begins behind a comma where a source ends: “according to Roe, the …”."""


def frame_at(reading: Reading, token: Token, unit: Range) -> Frame | None:
    """What a word brings, if it is a cue and the sentence tells what was said."""
    lemma = token.lemma_.lower()
    if token.lower_ == "according":
        return _according(reading.sheet, token, unit)
    if lemma in cues.OPINION and token.head.lower_ == "in":
        return _in_view(reading.sheet, token, unit)
    expressed = token.dep_ == "dobj" and token.head.lemma_ in cues.EXPRESSING and is_asserted(token.head)
    if token.tag_ in {"NN", "NNS"} and (lemma in cues.NOUNS or expressed):
        return _noun(reading, token, unit, expressed=expressed)
    if not is_verb(token):
        return None
    put_it = lemma == "put" and any(one.lower_ == "it" for one in token.rights)
    return _saying(reading, token, unit) if lemma in cues.SPOKEN or put_it else None


def is_asserted(verb: Token) -> bool:
    """Whether it is told that this was said: not denied, not only possible, no mere name for something."""
    beside = helpers(verb)
    denies = verb.lemma_ not in cues.OPINE and any(one.dep_ == "neg" for one in beside)
    if denies or any(is_modal(one) for one in beside) or _is_nobodys(verb):
        return False
    if verb.tag_ == "VBN" and not beside and verb.dep_ not in _MAIN:
        noun = verb.head
        if verb.dep_ == "acl" and child(verb, {"dobj"}) is not None and child(verb, {"agent"}) is None:
            return True  # “Roe, speaking in Oslo, called it a bluff”, taken for “a plan called a bluff”
        lone = verb.dep_ == "acl" and noun.head.i == noun.i and noun.pos_ in {"NOUN", "PROPN"}
        return lone or child(verb, {"agent", "nsubj"}) is not None
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not beside and child(verb, SUBJECTS) is None:
        return False  # “Ask yourself: …”
    if verb.tag_ == "VB" and any(one.tag_ == "TO" for one in beside):
        return verb.head.lemma_ in cues.DONE
    return True


def _is_nobodys(verb: Token) -> bool:
    """“Nobody spoke of “normality””, “neither side would say”."""
    subject = child(verb, {"nsubj"})
    if subject is None:
        return False
    denied = any(one.lower_ in {"no", "neither"} for one in subject.lefts)
    return denied or subject.lower_ in {"nobody", "none", "neither"}


def _saying(reading: Reading, verb: Token, unit: Range) -> Frame | None:
    """“Lavrov said that …”, “…, says Lavrov”, “Lavrov urged Kyiv to …”."""
    asked = _asked(reading.sheet, verb, unit)
    if asked:
        return asked
    if not is_asserted(verb) or _is_idiom(verb):
        return None
    cue = Cue(verb, _words(reading.sheet, verb), sources.source(reading, verb, unit), unit)
    said = contents.content(reading, cue)
    participle = verb.tag_ == "VBN" and not has(verb, "have")
    if not said or (cue.source is None and (participle or _is_when(verb))):
        return None
    # Of nobody in particular, or by a verb that is not one of saying, only quotation marks make it a statement.
    told = cue.source is not None and (cue.lemma in _TELLING or _is_stance(reading.sheet, cue))
    if not told and not any(reading.sheet.quotes_in(*span) for span in said):
        return None
    judged = cue.lemma in cues.JUDGE - cues.SAY and following(verb, {"dobj", "oprd"}) is not None
    rule = Rule.HELD if judged or cue.lemma not in _TELLING | {"put"} else Rule.SAID
    return Frame(verb, [group(verb)], [cue.source] if cue.source else [], said, rule)


def _is_idiom(verb: Token) -> bool:
    """“That said, …”: nobody says anything."""
    before, behind = verb.doc[verb.i - 1 : verb.i].text.lower(), verb.doc[verb.i + 1 : verb.i + 2].text
    return verb.lower_ == "said" and before == "that" and behind == ","


def _is_when(verb: Token) -> bool:
    """Whether a verb only says when, as in “When asked why, …”."""
    return any(one.dep_ in {"advmod", "mark"} and one.lower_ in {"when", "if", "while"} for one in verb.lefts)


def _is_stance(sheet: Sheet, cue: Cue) -> bool:
    """Whether somebody in particular takes a stand: “Gabriel welcomed the plan”, “the envoy believes that …”."""
    if cue.source is None or cue.verb.dep_ in {"relcl", "acl", "advcl"}:
        return False
    if cue.verb.tag_ not in FINITE | {"VBN"} and not has(cue.verb, "do"):
        return False
    if not sources.is_somebody(sheet, cue.source):
        return False
    if cue.lemma in cues.OPINE:
        about = cues.ABOUT.get(cue.lemma, ())
        return any(one.dep_ == "ccomp" or one.lower_ in about for one in cue.verb.rights)
    thing = following(cue.verb, {"dobj"})
    return cue.lemma in cues.PRONOUNCE and thing is not None and thing.pos_ == "NOUN"


def _words(sheet: Sheet, verb: Token) -> Range:
    """The cue: a verb with its auxiliaries; of “TASS quoted Lavrov as saying” with whoever passes the words on."""
    start, end = group(verb)
    passing = child(verb, {"nsubj"}) if sources.quoted_one(verb) is not None else None
    return (min(start, sources.phrase(sheet, passing)[0]), end) if passing is not None else (start, end)


def _asked(sheet: Sheet, verb: Token, unit: Range) -> Frame | None:
    """“Asked about the exercise, …”: a question of which nobody says who asked it."""
    if verb.lower_ != "asked" or verb.tag_ != "VBN" or child(verb, {"agent"}) is not None or has(verb, "have"):
        return None
    about = next((one for one in verb.rights if one.dep_ == "prep" and one.lower_ == "about"), None)
    clauses = (one for one in verb.rights if one.dep_ in {"ccomp", "advcl"})
    clause = next((one for one in clauses if any(word.lower_ in _ASKING for word in one.subtree)), None)
    if about is not None:
        start, last = about.i + 1, about.right_edge.i + 1
    elif clause is not None:
        start, last = clause.left_edge.i, clause.right_edge.i + 1
    else:
        return None
    if not verb.i < start < len(sheet.doc) or sheet.quoted[start] != OUTSIDE:
        return None
    question = sheet.trim((start, min(last, unit[1])))
    return Frame(verb, [(verb.i, verb.i + 1)], [], [question], Rule.ASKED) if question else None


def _noun(reading: Reading, noun: Token, unit: Range, *, expressed: bool) -> Frame | None:
    """“Lavrov’s claim that …”, “a warning by Lavrov that …”, “Lavrov made the claim that …”.

    Of “expressed confidence that …” the verb belongs to the cue.
    """
    clauses = (one for one in noun.rights if one.dep_ in {"acl", "ccomp"})
    sheet = reading.sheet
    clause = next((one for one in clauses if is_marked(one, "that")), None) or _quoted_beside(sheet, noun)
    begin = _that_behind(sheet, noun, unit) if clause is None else max(noun.i + 1, clause.left_edge.i)
    if begin is None:
        return None
    if clause is None:
        clause = sheet.doc[begin]
        end = lost(sheet, noun, begin)
    else:
        end = clause.right_edge.i + 1
        begin = clause.i + 1 if clause.dep_ == "prep" else begin
    source = _owner(reading, noun, clause, unit)
    said = [whole(sheet, (begin, min(end, unit[1])))]
    if expressed:
        return Frame(noun, [(group(noun.head)[0], noun.i + 1)], [source] if source else [], said, Rule.SAID)
    return Frame(noun, [(noun.i, noun.i + 1)], [source] if source else [], said, Rule.NOUN)


def _in_view(sheet: Sheet, noun: Token, unit: Range) -> Frame | None:
    """“In her view, …”, “In the words of Lavrov, …”, at the beginning of a sentence."""
    last = noun.right_edge.i + 1
    owner = child(noun, {"poss"}) or named_by(next((one for one in noun.rights if one.lower_ == "of"), None))
    if owner is None or owner.lower_ in _OURS or noun.head.i > unit[0] + 1 or last >= unit[1]:
        return None
    said = sheet.trim((last, unit[1]))
    if said is None or sheet.doc[last].text != "," or not sheet.is_clause(said):
        return None
    cue = [(noun.head.i, noun.head.i + 1), (noun.i, noun.i + 1)]
    return Frame(noun, cue, [sources.phrase(sheet, owner)], [said], Rule.ACCORDING)


def _that_behind(sheet: Sheet, noun: Token, unit: Range) -> int | None:
    """“Berg’s warning on Monday in Oslo that “…””, where the parser hung the clause on something else."""
    if child(noun, {"poss"}) is None:
        return None
    at = far_that(sheet, noun.i + 1, unit[1])
    if at is None or sheet.next_quoted(at, unit[1]) is None or any(is_verb(one) for one in sheet.doc[noun.i + 1 : at]):
        return None
    return at


def _quoted_beside(sheet: Sheet, noun: Token) -> Token | None:
    """What a noun of saying brings in quotation marks: “Roe’s pledge to be “neutral””, “her call for “an end””."""
    if child(noun, {"poss"}) is None:
        return None
    taken = (one for one in noun.rights if one.lower_ in {"for", "of"} or (one.dep_ == "acl" and one.tag_ == "VB"))
    found = next(taken, None)
    return found if found is not None and sheet.next_quoted(found.i, found.right_edge.i + 1) is not None else None


def _owner(reading: Reading, noun: Token, clause: Token, unit: Range) -> Range | None:
    """Whose claim it is."""
    owner = child(noun, {"poss"})
    if owner is None:
        prepositions = (one for one in noun.children if one.dep_ == "prep" and one.lower_ in {"by", "from", "of"})
        owner = named_by(next((one for one in prepositions if one.i < clause.i), None))
    if owner is not None:
        return sources.phrase(reading.sheet, owner)
    up = above_prepositions(noun.head)
    return sources.source(reading, up, unit) if noun.dep_ in {"dobj", "pobj"} and up.pos_ == "VERB" else None


def _according(sheet: Sheet, token: Token, unit: Range) -> Frame | None:
    """“According to Lavrov, …”, “…, according to Lavrov”, “…, according to Lavrov, …”."""
    to = next((one for one in token.children if one.text == "to"), None)
    if to is None and token.i + 1 < len(sheet.doc) and sheet.doc[token.i + 1].text == "to":
        to = sheet.doc[token.i + 1]
    name = named_by(to)
    if to is None or name is None:
        return None
    source = _one_phrase(sheet, sources.phrase(sheet, name), name, unit[1])
    start = _behind_that(sheet, token.i, unit[0])
    before, after = sheet.trim((start, token.i)), sheet.trim((source[1], unit[1]))
    mark = sheet.doc[token.i - 1].text if token.i > start and before else ""
    leads = mark in {"", ":", ";"} or (before is not None and contents.is_adjunct(sheet, before))
    said: list[Range] = []
    if leads and after:
        said = [before, after] if before and mark == "," else [after]
    elif before:
        semicolons = (at for at in range(before[1] - 1, before[0], -1) if sheet.doc[at].text == ";")
        cut = next((at + 1 for at in semicolons if sheet.quoted[at] == OUTSIDE), before[0])
        said = [(cut, before[1])]
        if after and sheet.doc[after[0]].tag_ in FINITE:
            said.append(after)
    return Frame(token, [(token.i, to.i + 1)], [source], said, Rule.ACCORDING)


def _behind_that(sheet: Sheet, at: int, start: int) -> int:
    """Where the words begin to which “according to” belongs: of “said that, according to Lavrov, …”, behind “that”."""
    last = at - 1 if at > start and sheet.doc[at - 1].text == "," else at
    return at if last > start and sheet.doc[last - 1].lower_ == "that" else start


def _one_phrase(sheet: Sheet, source: Range, name: Token, end: int) -> Range:
    """A source up to the comma behind its name, where the parser hung the rest of the sentence on it.

    “According to the spokesman, Igor Roe, the …” has two commas.
    """
    stops = (at for at in range(name.i + 1, source[1] - 1) if sheet.doc[at].text in {",", ";"})
    stop = next((at for at in stops if sheet.doc[at + 1].tag_ in _NEXT_PHRASE), source[1])
    at = stop + 1
    while at < end and sheet.doc[at].pos_ == "PROPN":
        at += 1
    is_apposition = name.pos_ == "NOUN" and stop + 1 < at < end and sheet.doc[stop].text == sheet.doc[at].text == ","
    return source[0], at if is_apposition else stop
