"""Whom a pronoun means: who spoke last, or whom the sentences before it are about."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.cast import Cast, Mention, Person
from bot.drafting.introductions import Line
from bot.drafting.names import PRONOUNS
from bot.drafting.values import Attribution, Span, Tie
from bot.record import Kind

_SPOKE: Final = 3.0
_SUBJECT: Final = 2.5
_BESIDE: Final = 1.4
"""The subject of a subordinate clause: “Asked whether Lavrov would come, he said”."""
_NAMED: Final = 1.0
_IN_CONTENT: Final = 0.6
"""Within what somebody is said to have said, without quotation marks."""
_FADES: Final = 0.6
"""What is left of it from sentence to sentence."""
_REACH: Final = 8
"""Sentences that a pronoun looks back over."""
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBORDINATE: Final = frozenset({"advcl", "ccomp", "relcl", "acl", "pcomp", "csubj", "xcomp"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a pronoun may mean, and how likely beside others."""

    person: Person
    weight: float


class Focus:
    """What an article is about from place to place."""

    def __init__(self, cast: Cast, attributions: Sequence[Attribution]) -> None:
        self._cast = cast
        self._direct = _merged(s for a in attributions if a.kind is Kind.DIRECT for s in a.content)
        self._indirect = _merged(s for a in attributions if a.kind is not Kind.DIRECT for s in a.content)
        self._aside = _merged(span for a in attributions if a.tie is Tie.SIGNATURE for span in (*a.source, *a.content))
        self._spoke: list[tuple[int, Person]] = []
        self._sentences = [at for line in cast.lines for at in line.sentences if not _within(at, self._direct)]
        self._subjects: dict[int, float] = {}
        self._weights: dict[int, float] = {}
        self._learn_genders()

    def spoke(self, at: int, person: Person) -> None:
        """Note that somebody is said to have spoken at this place; places come in the order of the text."""
        self._spoke.append((at, person))

    def candidates(self, at: int, gender: str) -> list[Candidate]:
        """Whom a pronoun at this place may mean, likeliest first; ``gender`` is ``he``, ``she`` or empty."""
        here = self._sentence(at)
        weights: dict[Person, float] = {}

        def weigh(person: Person, place: int, weight: float) -> bool:
            behind = here - self._sentence(place)
            if behind > _REACH:
                return False
            if not gender or person.gender in ("", gender):
                weight *= _FADES**behind * (1.0 if person.gender or not gender else 0.9)
                weights[person] = max(weights.get(person, 0.0), weight)
            return True

        for place, person in reversed(self._spoke):
            if place < at and not weigh(person, place, _SPOKE):
                break
        for index in range(self._cast.mentioned_before(at) - 1, -1, -1):
            mention = self._cast.mentions[index]
            weight = self._weight(index, mention)
            if not weigh(mention.person, mention.begin, weight):
                break
        ranked = sorted(weights.items(), key=lambda item: -item[1])
        return [Candidate(person, weight) for person, weight in ranked if weight > 0]

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at)

    def _weight(self, index: int, mention: Mention) -> float:
        known = self._weights.get(index)
        if known is None:
            known = self._weights[index] = self._weighed(mention)
        return known

    def _weighed(self, mention: Mention) -> float:
        at = mention.begin
        if _within(at, self._direct) or _within(at, self._aside):
            return 0.0
        line = self._cast.line(at)
        if line is None or line.is_heading:
            return 0.3
        if _within(at, self._indirect):
            return _IN_CONTENT
        return self._standing(line, mention)

    def _standing(self, line: Line, mention: Mention) -> float:
        """By what part of a sentence it is."""
        if mention.possessive:
            return _NAMED * 0.9
        token = line.token_before(mention.end)
        steps = 0
        while token is not None and token.dep_ in {"compound", "flat", "appos", "nmod"} and steps < 6:
            token, steps = token.head, steps + 1
        if token is None or token.dep_ not in {"nsubj", "nsubjpass"}:
            # The small parser often mistakes a subject for something else; a verb right behind it tells.
            return _SUBJECT if self._acts(line, mention) else _NAMED
        return _BESIDE if token.head.dep_ in _SUBORDINATE else _SUBJECT

    def _acts(self, line: Line, mention: Mention) -> bool:
        following = line.word_after(mention.end)
        token = line.token(following) if following is not None else None
        return token is not None and token.tag_ in _FINITE

    def _learn_genders(self) -> None:
        """A sentence that names one person only, and has “her” behind the name, tells of a woman."""
        mentions, index = self._cast.mentions, 0
        for number, begin in enumerate(self._sentences):
            end = self._sentences[number + 1] if number + 1 < len(self._sentences) else 1 << 60
            first = index
            while index < len(mentions) and mentions[index].begin < end:
                index += 1
            named = {m.person for m in mentions[first:index] if not _within(m.begin, self._direct)}
            if len(named) != 1 or mentions[first].begin < begin:
                continue
            (person,) = named
            if line := self._cast.line(mentions[first].begin):
                self._hear(person, line, mentions[first].end, min(end, line.end))

    def _hear(self, person: Person, line: Line, begin: int, end: int) -> None:
        words = line.words
        for at in range(bisect_left(words, begin, key=lambda word: word.begin), len(words)):
            word = words[at]
            if word.begin >= end:
                return
            gender = PRONOUNS.get(word.key)
            if gender in ("he", "she") and not _within(word.begin, self._direct):
                person.genders[gender] += 1
                return


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _within(at: int, spans: list[Span]) -> bool:
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]
