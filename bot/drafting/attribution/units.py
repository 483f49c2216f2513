"""Where the sentences of a paragraph end, as its quotation marks bind them: a quotation is never cut in two."""

from itertools import pairwise
from typing import Final

from bot.drafting.attribution import cues
from bot.drafting.attribution.grammar import CLAUSES, SUBJECTS, child, following, is_verb
from bot.drafting.attribution.sheet import OUTSIDE, Range, Sheet
from bot.drafting.nlp import Token

_ENDS: Final = frozenset(".?!…")
_CLOSING: Final = frozenset(")]’'")
_LONGEST_SOURCE: Final = 16
"""Tokens up to a cue that stands bare: “Maria Zakharova, the spokeswoman of the ministry, said.”"""
_LONGEST_ASIDE: Final = 45
"""Tokens from such a cue to the stop behind it."""


def units(sheet: Sheet) -> list[Range]:
    """The sentences of a paragraph, in order and without a gap."""
    cuts = [0, *(token.i for token in sheet.doc if token.i and _begins(sheet, token)), len(sheet.doc)]
    return list(pairwise(cuts))


def _begins(sheet: Sheet, token: Token) -> bool:
    """Whether a sentence begins with a token, which is not the first."""
    quote = sheet.quoted[token.i]
    if quote != OUTSIDE and quote == sheet.quoted[token.i - 1]:
        return False
    previous = sheet.doc[token.i - 1]
    while previous.is_space and previous.i:
        previous = sheet.doc[previous.i - 1]
    quote_before = sheet.quoted[previous.i]
    if quote_before != OUTSIDE:
        return _begins_behind(sheet, token, sheet.inner(quote_before))
    ended = previous.text[-1] in _ENDS
    if previous.text in _CLOSING and previous.i:
        ended = ended or sheet.doc[previous.i - 1].text in _ENDS
    if quote != OUTSIDE:
        return ended
    return bool(token.is_sent_start) and (ended or previous.is_space)


def _begins_behind(sheet: Sheet, token: Token, inner: str) -> bool:
    """Whether a sentence begins right behind a quotation: ““It is over.” Lavrov left.”"""
    quoted = sheet.quoted[token.i] != OUTSIDE
    ended = bool(inner) and inner[-1] in _ENDS
    if ended and quoted:
        return True
    if not ended and (quoted or not token.is_sent_start or inner[-1:] in ",;—-"):
        return False
    return token.text[0].isupper() and not _is_bare(sheet, token.i)


def _is_bare(sheet: Sheet, start: int) -> bool:
    """Whether what begins here only says who spoke: ““It is over.” Lavrov said.”"""
    for token in sheet.doc[start : start + _LONGEST_SOURCE]:
        if sheet.quoted[token.i] != OUTSIDE or token.text in ".?!:;":
            return False
        if is_verb(token) and token.lemma_.lower() in cues.SAY:
            subject = child(token, SUBJECTS)
            alone = subject is None or subject.i > token.i or subject.left_edge.i <= start
            return alone and _takes_nothing(sheet, token)
    return False


def _takes_nothing(sheet: Sheet, verb: Token) -> bool:
    """Whether nothing that was said stands behind a verb of saying."""
    for after in sheet.doc[verb.i + 1 : verb.i + _LONGEST_ASIDE]:
        if after.text in {"that", ":", ","} or sheet.quoted[after.i] != OUTSIDE:
            quotes = after.i + 1 < len(sheet.doc) and sheet.quoted[after.i + 1] != OUTSIDE
            return after.text == "," and not quotes and following(verb, CLAUSES) is None
        if after.text == ".":
            return following(verb, CLAUSES) is None
    return False
