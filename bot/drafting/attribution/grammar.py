"""What is asked of the words that spaCy parsed, under the names that grammar has for it."""

from collections.abc import Container
from typing import Final

from bot.drafting.nlp import Token

FINITE: Final = frozenset({"VBZ", "VBP", "VBD", "MD"})
"""Tags of verbs with a tense: where one stands is a clause."""
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES: Final = frozenset({"ccomp", "xcomp"})
"""Labels of what a verb of saying takes: “that …”, “to …”."""
NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON"})
NOMINAL: Final = NOUNS | {"DET", "ADJ", "NUM", "PART", "ADP"}
"""What a noun phrase is made of, without what it may hang on itself."""
_ADVERBIAL: Final = frozenset({"aux", "auxpass", "advmod", "neg"})
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_NAMES: Final = frozenset({"Will", "May"})
"""First names that the parser takes for verbs."""


def is_verb(token: Token) -> bool:
    """Whether it is tagged as a verb, in whatever form."""
    return token.tag_[:2] == "VB"


def is_time(token: Token) -> bool:
    """Whether a noun says when, and not who."""
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in _DAYS


def has(token: Token, *lemmas: str) -> bool:
    """Whether one of these words hangs on it."""
    return any(child.lemma_ in lemmas for child in token.children)


def child(token: Token, labels: Container[str]) -> Token | None:
    """The first word with one of these labels that hangs on it."""
    return next((one for one in token.children if one.dep_ in labels), None)


def following(token: Token, labels: Container[str]) -> Token | None:
    """The first word with one of these labels that hangs on it and stands behind it."""
    return next((one for one in token.rights if one.dep_ in labels), None)


def is_marked(clause: Token, word: str) -> bool:
    """Whether a clause is brought in by this word: “that …”, “as …”."""
    return any(one.dep_ == "mark" and one.lower_ == word for one in clause.children)


def named_by(preposition: Token | None) -> Token | None:
    """The noun of “by …”, “to …”."""
    return child(preposition, {"pobj"}) if preposition is not None else None


def group(verb: Token) -> tuple[int, int]:
    """A verb with the auxiliaries and adverbs right before it: “has repeatedly pointed out”."""
    start = verb.i
    name = misread_name(verb)
    while start > 0:
        before = verb.nbor(start - 1 - verb.i)
        if before.dep_ not in _ADVERBIAL or before.head != verb or before == name:
            break
        start -= 1
    return start, verb.i + 1 + _has_particle(verb)


def _has_particle(verb: Token) -> bool:
    """Whether “out” or the like stands right behind it: “pointed out”."""
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    return bool(behind) and behind[0].dep_ == "prt" and behind[0].head == verb


def misread_name(verb: Token) -> Token | None:
    """A first name before a verb with a tense of its own that the parser took for an auxiliary: “Will urged …”."""
    finite = verb.tag_ in {"VBD", "VBZ"}
    return next((one for one in verb.lefts if finite and one.tag_ == "MD" and one.text in _NAMES), None)


def helpers(verb: Token) -> list[Token]:
    """Its auxiliaries and “not”."""
    return [one for one in verb.children if one.dep_ in {"aux", "auxpass", "neg"}]


def is_modal(helper: Token) -> bool:
    """Whether an auxiliary makes it only possible: “would”, “may”."""
    return helper.tag_ == "MD" and helper.text not in _NAMES


def above_prepositions(token: Token) -> Token:
    """What a chain of prepositions hangs on: of “promised in a statement from …”, the verb."""
    while token.pos_ == "ADP" and token.head.i != token.i:
        token = token.head
    return token
