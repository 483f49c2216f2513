"""What a cue brings: verbs of saying, judging and holding, nouns of saying, “according to”."""

from typing import Final

from spacy.tokens import Token

from bot.drafting import contents, cues, sources
from bot.drafting.extents import whole
from bot.drafting.frames import Cue, Frame, Reading, Rule
from bot.drafting.grammar import (
    FINITE,
    above_prepositions,
    child,
    group,
    has,
    helpers,
    is_marked,
    is_modal,
    is_verb,
    named_by,
)
from bot.drafting.sheet import OUTSIDE, Range, Sheet

_TELLING: Final = cues.SAY | cues.REQUEST
"""Verbs by which somebody speaks, with or without quotation marks."""
_MAIN: Final = frozenset({"conj", "ROOT", "ccomp", "parataxis"})
"""Where a past participle without auxiliary stands for a verb with a tense."""
_ASKING: Final = frozenset("if whether what why how who".split())
_BEGINNING: Final = frozenset("go continue begin proceed start".split())
"""Verbs of which “to say” tells what was said: “went on to say”."""
_NEXT_PHRASE: Final = frozenset({"CC", "DT", "PRP", "NNP"})
"""What begins behind a comma where a source ends: “according to Roe, the …”."""


def frame_at(reading: Reading, token: Token, unit: Range) -> Frame | None:
    """What a word brings, if it is a cue and the sentence tells what was said."""
    lemma = token.lemma_.lower()
    if token.lower_ == "according":
        return _according(reading.sheet, token, unit)
    if lemma in cues.NOUNS and token.tag_ in {"NN", "NNS"}:
        return _noun(reading, token, unit)
    if not is_verb(token):
        return None
    put_it = lemma == "put" and any(one.lower_ == "it" for one in token.rights)
    return _saying(reading, token, unit) if lemma in cues.SPOKEN or put_it else None


def is_asserted(verb: Token) -> bool:
    """Whether it is told that this was said: not denied, not only possible, no mere name for something."""
    beside = helpers(verb)
    if any(one.dep_ == "neg" or is_modal(one) for one in beside):
        return False
    if verb.tag_ == "VBN" and not beside and verb.dep_ not in _MAIN:
        noun = verb.head
        lone = verb.dep_ == "acl" and noun.head.i == noun.i and noun.pos_ in {"NOUN", "PROPN"}
        return lone or child(verb, {"agent", "nsubj"}) is not None
    if verb.tag_ == "VB" and any(one.tag_ == "TO" for one in beside):
        return verb.head.lemma_ in _BEGINNING
    return True


def _saying(reading: Reading, verb: Token, unit: Range) -> Frame | None:
    """“Lavrov said that …”, “…, says Lavrov”, “Lavrov urged Kyiv to …”."""
    asked = _asked(reading.sheet, verb, unit)
    if asked:
        return asked
    if not is_asserted(verb):
        return None
    cue = Cue(verb, group(verb), sources.source(reading, verb, unit), unit)
    said = contents.content(reading, cue)
    if not said or (cue.source is None and verb.tag_ == "VBN" and not has(verb, "have")):
        return None
    # Of nobody in particular, or by a verb that is not one of saying, only quotation marks make it a statement.
    told = cue.source is not None and cue.lemma in _TELLING
    if not told and not any(reading.sheet.quotes_in(*span) for span in said):
        return None
    rule = Rule.SAID if cue.lemma in _TELLING or cue.lemma == "put" else Rule.HELD
    return Frame(verb, [cue.words], [cue.source] if cue.source else [], said, rule)


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


def _noun(reading: Reading, noun: Token, unit: Range) -> Frame | None:
    """“Lavrov’s claim that …”, “a warning by Lavrov that …”, “Lavrov made the claim that …”."""
    clauses = (one for one in noun.rights if one.dep_ in {"acl", "ccomp"})
    clause = next((one for one in clauses if is_marked(one, "that")), None)
    if clause is None:
        return None
    begin, end = max(noun.i + 1, clause.left_edge.i), min(clause.right_edge.i + 1, unit[1])
    source = _owner(reading, noun, clause, unit)
    said = whole(reading.sheet, (begin, end), unit[1])
    return Frame(noun, [(noun.i, noun.i + 1)], [source] if source else [], [said], Rule.NOUN)


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
    source = _one_phrase(sheet, sources.phrase(sheet, name), name.i)
    before, after = sheet.trim((unit[0], token.i)), sheet.trim((source[1], unit[1]))
    mark = sheet.doc[token.i - 1].text if token.i > unit[0] else ""
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


def _one_phrase(sheet: Sheet, source: Range, name: int) -> Range:
    """A source up to the comma behind its name, where the parser hung the rest of the sentence on it."""
    for at in range(name + 1, source[1] - 1):
        if sheet.doc[at].text in {",", ";"} and sheet.doc[at + 1].tag_ in _NEXT_PHRASE:
            return source[0], at
    return source
