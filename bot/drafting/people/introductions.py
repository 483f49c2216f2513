"""How an article introduces people: “German Foreign Minister Gabriel”, “Gabriel, the German foreign minister”."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final

from bot.drafting.attribution.grammar import FINITE
from bot.drafting.nlp import Token
from bot.drafting.parsing import Paragraph
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.names import (
    ADHERENTS,
    ARTICLES,
    BODIES,
    HONORIFICS,
    OWNERS,
    PORTFOLIOS,
    PRONOUNS,
    TITLE_PARTS,
    Word,
    nameable,
    words_of,
)
from bot.drafting.people.offices import CONNECTORS, Aliases, Role, is_title, role_of
from bot.drafting.values import Span
from bot.search.normalise import FUNCTION_WORDS

_NOMINAL: Final = frozenset({"ADJ", "NOUN", "PROPN"})
_LONGEST: Final = 14
"""Words of an introduction that are read."""
_TO_VERB: Final = 4
"""Steps up the grammar from “who” to the verb of its clause."""
_APPOSITIONS: Final = 7
"""Nouns in apposition to one another that a relative clause may belong to."""


_begin = attrgetter("begin")


class Line:
    """A paragraph as words, with its grammar where that is asked for."""

    def __init__(self, paragraph: Paragraph, text: str, aliases: Aliases) -> None:
        self.doc = paragraph.doc
        self.text = text
        """The whole text, in which offsets count."""
        self.begin = paragraph.begin
        # Not `paragraph.end`: putting a Doc's text together takes longer than all that is done with it here.
        self.end = self.begin + self.doc[-1].idx + len(self.doc[-1].text_with_ws) if len(self.doc) else self.begin
        self.words = words_of(text[self.begin : self.end], self.begin)
        self._aliases = aliases

    @cached_property
    def is_heading(self) -> bool:
        """Whether it is written in capitals as headlines are, so that capitals tell nothing."""
        long = [word for word in self.words if len(word.text) > 3]
        ended = self.text[self.begin : self.end].rstrip().endswith((".", "!", "?", "”", '"', ":", "’", "'"))
        return len(long) > 3 and sum(word.capital for word in long) > (0.8 if ended else 0.7) * len(long)

    @cached_property
    def is_signature(self) -> bool:
        """Whether it is a name after a dash: whose the words of a pull quote are."""
        return len(self.words) < 12 and self.text[self.begin : self.end].lstrip().startswith(("--", "—", "–", "- "))

    def token(self, at: int) -> Token | None:
        """The token that begins where a word does."""
        return self._token_with(self.words[at].begin)

    def word_after(self, at: int) -> int | None:
        """The word that only blanks part from a character; None where there is none."""
        index = bisect_left(self.words, at, key=_begin)
        return index if index < len(self.words) and self.words[index].joined else None

    def word_at(self, at: int) -> Word | None:
        """The first word from a character on."""
        index = bisect_left(self.words, at, key=_begin)
        return self.words[index] if index < len(self.words) else None

    def antecedents(self, relative: int) -> list[tuple[int, str]]:
        """Where the nouns stand that a clause with this “who” may belong to, and their part of speech."""
        verb = self._relative_verb(relative)
        found: list[tuple[int, str]] = []
        noun = verb.head if verb is not None else None
        while noun is not None and len(found) < _APPOSITIONS:
            found.append((self.begin + noun.idx, noun.tag_))
            noun = noun.head if noun.dep_ == "appos" else None
        return found

    def antecedent(self, relative: int) -> Span | None:
        """The words that a clause with this “who” or “which” belongs to; None where the parser does not tell."""
        verb = self._relative_verb(relative)
        if verb is None or self.begin + verb.head.idx + len(verb.head) > relative:
            return None
        begin = self.begin + verb.head.left_edge.idx
        return begin, begin + len(self.text[begin:relative].rstrip(" ,;–—-(\u00a0"))

    def _relative_verb(self, relative: int) -> Token | None:
        """The verb of the clause with this “who”, where the parser hangs one on a noun."""
        verb = self._token_with(relative)
        for _ in range(_TO_VERB):
            if verb is None or verb.dep_ == "relcl" or verb.head.i == verb.i:
                break
            verb = verb.head
        return verb if verb is not None and verb.dep_ == "relcl" else None

    def subjects(self, begin: int, end: int) -> Iterator[Span]:
        """The subjects of a stretch of it, in order; pronouns aside."""
        part = self.doc.char_span(begin - self.begin, end - self.begin, alignment_mode="contract")
        for token in part if part is not None else ():
            if _is_subject(token):
                yield self._whole(token)

    def governing(self, at: int) -> Iterator[Span]:
        """The subjects of the clauses in which the one of this word stands, nearest first; pronouns aside."""
        token = self._token_with(at)
        for verb in list(token.head.ancestors)[:4] if token is not None else ():
            yield from (self._whole(child) for child in verb.lefts if _is_subject(child))

    def _whole(self, token: Token) -> Span:
        last = token.right_edge if token.right_edge.i - token.i < 8 else token
        return self.begin + token.left_edge.idx, self.begin + last.idx + len(last)

    def token_before(self, end: int) -> Token | None:
        """The token that ends at a character."""
        return self._token_with(end - 1)

    def _token_with(self, at: int) -> Token | None:
        found = self.doc.char_span(at - self.begin, at - self.begin + 1, alignment_mode="expand")
        return found[0] if found else None

    @cached_property
    def sentences(self) -> list[int]:
        """Where its sentences begin."""
        return [self.begin + sentence.start_char for sentence in self.doc.sents]

    def sentence(self, at: int) -> Span:
        """The sentence in which a character of it stands."""
        index = bisect_right(self.sentences, at)
        end = self.sentences[index] if index < len(self.sentences) else self.end
        return (self.sentences[index - 1] if index else self.begin), end

    def fits(self, at: int) -> bool:
        """Whether a word may belong to the words for an office."""
        word = self.words[at]
        if is_title(word) or word.key in TITLE_PARTS or word.key in PORTFOLIOS or word.key in BODIES:
            return True
        if word.capital:
            return word.key in COUNTRIES or word.key in ADHERENTS or word.text.isupper() or nameable(self.words, at)
        if word.key in FUNCTION_WORDS or word.key in PRONOUNS or word.text[0].isdigit():
            return False
        token = self.token(at)
        return token is not None and token.pos_ in _NOMINAL

    def before(self, name: int) -> tuple[Role, int] | None:
        """The office before a name that begins with this word, and the word the whole phrase begins with.

        “the German foreign minister, Sigmar Gabriel,” counts as well.
        """
        end = name
        gap = self.words[name].gap.strip()
        if gap == ",":
            if not self._is_aside(name):
                return None
        elif gap and gap != ")":
            return None
        elif gap == ")":
            end = self._before_brackets(name)
        start = self._phrase_before(end)
        while start < end and (self.words[start].key in CONNECTORS or self.words[start].key in ARTICLES):
            start += 1
        if start >= end or self.words[start].key in HONORIFICS:
            return None
        while start < end:
            role = role_of(self.words[start:end], self.text, self._aliases)
            if role is not None:
                return (role, start) if self._ends_well(start, end) else None
            # “at a meeting with the minister of …”: what stands before the first connector is no office.
            start = next((at for at in range(start + 1, end) if self.words[at - 1].key in CONNECTORS), end)
        return None

    def _is_aside(self, name: int) -> bool:
        """Whether a name stands between commas behind words with an article, or at their end."""
        end = name
        while end < len(self.words) and (end == name or self.words[end].joined) and nameable(self.words, end):
            end += 1
        closing = self.words[end].gap.strip()[:1] if end < len(self.words) else "."
        if closing not in {",", ".", ";", "–", "—", "-"} or end - name < 2:
            return False
        start = self._phrase_before(name)
        if start >= name:
            return False
        first = self.words[start]
        owner = self.words[start - 1] if start and first.joined else None
        return first.capital or first.possessive or (owner is not None and owner.key in ARTICLES | OWNERS)

    def _before_brackets(self, name: int) -> int:
        """Where words end that a bracket follows: “the minister (and party chair) Gabriel”."""
        opening = self.text.rfind("(", self.begin, self.words[name].begin)
        at = name
        while at and self.words[at - 1].begin > opening >= 0:
            at -= 1
        return at

    def _phrase_before(self, end: int) -> int:
        """The first word of those that may be an office and end before this one."""
        at, titled = end, False
        while at and end - at < _LONGEST and (at == end or self.words[at].joined):
            word = self.words[at - 1]
            if word.key in CONNECTORS:
                if titled or at == end:
                    break
            elif word.key in ARTICLES:
                if at == 1 or self.words[at - 2].key not in CONNECTORS:
                    break
            elif not self.fits(at - 1):
                break
            elif at == end and is_title(word):
                titled = True  # “a spokesman for Chancellor Merkel”: the name is the chancellor's
            at -= 1
            if word.possessive and at + 1 < end and not self._owned(at):
                break
        return at

    def _owned(self, at: int) -> bool:
        """Whether what a possessive belongs to goes on before it: “the German party’s”."""
        return at > 0 and self.words[at].joined and self.words[at - 1].capital and self.fits(at - 1)

    def _ends_well(self, start: int, end: int) -> bool:
        """Whether words end with the noun of an office, or with what may follow it."""
        if is_title(self.words[end - 1]) or self.words[end - 1].key in PORTFOLIOS:
            return True
        if any(word.key in CONNECTORS for word in self.words[start:end]):
            return self.words[end - 1].capital or self.words[end - 1].key in BODIES
        return self.words[end - 1].capital and not nameable(self.words, end - 1)

    def after(self, name_end: int) -> tuple[Role, int] | None:
        """The office behind a name that ends before this word, and where its words end."""
        if name_end >= len(self.words) or self.words[name_end].gap.strip() not in {",", "(", "–", "—", "--", "-"}:
            return None
        start = name_end
        if self.words[start].text.isdigit() and any(word.gap.strip() == "," for word in self.words[start + 1 :][:1]):
            start += 1  # “Birger Sund, 71, a retired captain”
        if self.words[start].key in ARTICLES | OWNERS and start + 1 < len(self.words):
            start += 1
        end = start
        while end < len(self.words) and end - start < _LONGEST and (end == start or self.words[end].joined):
            key = self.words[end].key
            if not (key in CONNECTORS or key in ARTICLES or key == "and" or self.fits(end)):
                break
            end += 1
        while end > start and self.words[end - 1].key in CONNECTORS | ARTICLES | {"and"}:
            end -= 1
        role = role_of(self.words[start:end], self.text, self._aliases) if end > start else None
        if role is None or self._names_another(start, end) or self._acts(end):
            return None
        return role, end

    def _acts(self, end: int) -> bool:
        """“Asked about Gabriel, the minister said”: words that a verb follows at once are a subject, and no aside."""
        token = self.token(end) if end < len(self.words) and self.words[end].joined else None
        return token is not None and token.tag_ in FINITE

    def _names_another(self, start: int, end: int) -> bool:
        """Whether an office is followed by a name of its own: “Gabriel, Chancellor Merkel and …”."""
        heads = [at for at in range(start, end) if is_title(self.words[at])]
        stop = next((at for at in range(start, end) if self.words[at].key in CONNECTORS), end)
        head = max((at for at in heads if at < stop), default=None)
        return head is None or (head + 1 < end and head + 1 < stop and nameable(self.words, head + 1))


def _is_subject(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ in {"NOUN", "PROPN"}


def folded(words: Sequence[Word]) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(word.key for word in words)
