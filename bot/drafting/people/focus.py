"""Whom a pronoun means: who spoke last, or whom the sentences before it are about."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.attribution.grammar import FINITE
from bot.drafting.nlp import Token
from bot.drafting.people.cast import Cast, Mention, Person
from bot.drafting.people.introductions import Line
from bot.drafting.people.names import OWNERS, PRONOUNS
from bot.drafting.values import Attribution, Span, Tie
from bot.record import Kind

_SPOKE: Final = 3.0
_SUBJECT: Final = 2.5
_BESIDE: Final = 1.4
"""The subject of a subordinate clause: “Asked whether Lavrov would come, he said”."""
_NAMED: Final = 1.0
_INTRODUCED: Final = 2.0
"""The object of a sentence that names somebody first, by first name and surname: “the plan worries Marta Vik”."""
_OBJECTS: Final = frozenset({"dobj", "attr", "oprd"})
_IN_CONTENT: Final = 0.6
"""Within what somebody is said to have said, without quotation marks."""
_RIVAL: Final = 0.9
"""What is left of it for others of the same surname, one of whom may be of the gender that is asked for."""
_FADES: Final = 0.6
"""What is left of it from sentence to sentence."""
_BREAK: Final = 0.4
"""Sentences that a new paragraph counts for."""
_REACH: Final = 8
"""Sentences that a pronoun looks back over."""
_HERS: Final = ("ova", "eva", "skaya", "ovna", "evna", "ska", "cka", "dottir", "aite", "yte", "iene", "wna")
_HIS: Final = ("ov", "ev", "sky", "skiy", "ski", "ovich", "evich", "ow", "jew")
"""Endings of surnames and patronymics that are inflected for gender, in Slavic, Baltic and Nordic languages."""
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
        self._beside: set[int] = set()
        self._sentences = [at for line in cast.lines for at in line.sentences if not _within(at, self._direct)]
        self._weights: dict[int, float] = {}
        self._learn_genders()
        self._hear_speakers()

    def spoke(self, at: int, person: Person, *, beside: bool = False) -> None:
        """Note that somebody is said to have spoken at this place; places come in the order of the text.

        Whoever speaks in a relative clause (“talks with Vang, who said”) does so ``beside`` its sentence's subject.
        """
        self._spoke.append((at, person))
        if beside:
            self._beside.add(at)

    def has_spoken(self, span: Span) -> bool:
        """Whether anybody is said to have spoken within a span."""
        return any(span[0] <= at < span[1] for at, _ in reversed(self._spoke[-4:]))

    def candidates(self, at: int, gender: str) -> list[Candidate]:
        """Whom a pronoun at this place may mean, likeliest first; ``gender`` is ``he``, ``she`` or empty."""
        here, paragraph = self._sentence(at), self._cast.paragraph(at)
        weights: dict[Person, float] = {}

        def weigh(person: Person, place: int, weight: float) -> bool:
            behind = here - self._sentence(place) + _BREAK * (paragraph - self._cast.paragraph(place))
            if behind > _REACH:
                return False
            if not gender or person.gender in ("", gender):
                weight *= _FADES**behind * _likely(person, gender)
                weights[person] = max(weights.get(person, 0.0), weight)
            return True

        for place, person in reversed(self._spoke):
            if place < at and not weigh(person, place, _BESIDE if place in self._beside else _SPOKE):
                break
        for index in range(self._cast.mentioned_before(at) - 1, -1, -1):
            mention = self._cast.mentions[index]
            weight = self._weight(index, mention)
            if not weigh(mention.person, mention.begin, weight):
                break
            for rival in mention.rivals:
                weigh(rival, mention.begin, weight * _RIVAL)
        ranked = sorted(weights.items(), key=lambda item: -item[1])
        return [Candidate(person, weight) for person, weight in ranked if weight > 0]

    def followed(self, at: int, gender: str) -> int:
        """Where the first “she” of several sentences stands that this one goes on from: they mean the same."""
        line = self._cast.line(at)
        number = self._sentence(at) - 1
        while line is not None and number >= 0 and self._sentences[number] >= line.begin:
            begin = self._sentences[number]
            first = line.word_at(begin)
            if begin < at and (first is None or PRONOUNS.get(first.key) != gender):
                break
            at, number = min(at, begin), number - 1
        return at

    def is_reported(self, at: int) -> bool:
        """Whether a character stands in what somebody is said to have said."""
        return _within(at, self._direct) or _within(at, self._indirect)

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
        if line is None or line.is_signature:
            return 0.0
        if line.is_heading:
            return 0.3
        if _within(at, self._indirect) and not self._leads(line, mention):
            return _IN_CONTENT
        return self._standing(line, mention)

    def _leads(self, line: Line, mention: Mention) -> bool:
        """“Rolf Hagen went further: the plan was, he suggested, weak”: of the words before the colon, not behind it."""
        colon = line.text.find(": ", mention.end, line.sentence(mention.begin)[1])
        return colon >= 0 and mention.full and not _within(colon, self._direct)

    def _standing(self, line: Line, mention: Mention) -> float:
        """By what part of a sentence it is."""
        if mention.possessive:
            return _NAMED * 0.9
        token = line.token_before(mention.end)
        steps = 0
        while token is not None and token.dep_ in {"compound", "flat", "appos", "nmod"} and steps < 6:
            token, steps = token.head, steps + 1
        if token is not None and mention.full and _is_left_to(token):
            return _SUBJECT
        if token is not None and token.dep_ in _OBJECTS and mention.full and mention is mention.person.mentions[0]:
            return _INTRODUCED
        if token is None or token.dep_ not in {"nsubj", "nsubjpass"}:
            # The small parser often mistakes a subject for something else; a verb right behind it tells.
            return _SUBJECT if self._acts(line, mention) else _NAMED
        clause = token.head
        if clause.dep_ == "ccomp" and clause.i < clause.head.i:
            return _SUBJECT  # “Hagen went further: it was, he suggested, …”
        return _BESIDE if clause.dep_ in _SUBORDINATE else _SUBJECT

    def _acts(self, line: Line, mention: Mention) -> bool:
        following = line.word_after(mention.end)
        token = line.token(following) if following is not None else None
        return token is not None and token.tag_ in FINITE

    def _learn_genders(self) -> None:
        """A sentence whose first name is followed by “her” before any other name tells of a woman."""
        mentions, index = self._cast.mentions, 0
        for number, begin in enumerate(self._sentences):
            end = self._sentences[number + 1] if number + 1 < len(self._sentences) else 1 << 60
            while index < len(mentions) and mentions[index].begin < begin:
                index += 1
            if index == len(mentions) or mentions[index].begin >= end or _within(mentions[index].begin, self._direct):
                continue
            first = mentions[index]
            other = next((m.start for m in mentions[index + 1 : index + 12] if m.person is not first.person), end)
            quoted = bisect_left(self._direct, (first.end, 0))
            quotation = self._direct[quoted][0] if quoted < len(self._direct) else end
            if line := self._cast.line(first.begin):
                self._hear(first.person, line, first.end, min(end, other, quotation, line.end))

    def _hear_speakers(self) -> None:
        """“Raik told Vang that she would resign”: whoever says something mostly speaks of themselves."""
        for begin, end in self._indirect:
            line = self._cast.line(begin)
            if line is None:
                continue
            for index in range(bisect_left(line.words, begin, key=lambda w: w.begin), len(line.words))[:4]:
                word = line.words[index]
                if word.begin >= end or PRONOUNS.get(word.key) not in ("he", "she"):
                    continue
                token = line.token(index)
                clause = token.head if token is not None and token.dep_ == "nsubj" else None
                if clause is None or clause.dep_ != "ccomp":
                    continue
                subjects = [child for child in clause.head.children if child.dep_ == "nsubj"]
                for subject in subjects:
                    at = line.begin + subject.idx
                    for mention in self._cast.mentioned((at - 40, at + 1)):
                        if mention.begin <= at < mention.end:
                            mention.person.genders[PRONOUNS[word.key]] += 1

    def _hear(self, person: Person, line: Line, begin: int, end: int) -> None:
        words = line.words
        for at in range(bisect_left(words, begin, key=lambda word: word.begin), len(words)):
            word = words[at]
            if word.begin >= end:
                return
            gender = PRONOUNS.get(word.key)
            if gender in ("he", "she") and word.key != "him" and not (word.key == "her" and _is_object(line, at)):
                # “Simona Vlad sat on his right” tells nothing of her.
                if word.key not in OWNERS or leaning_of(person.keys) in ("", gender):
                    person.genders[gender] += 1
                return


def certainty(ranked: Sequence[Candidate], certain: float) -> tuple[float, list[str]]:
    """How surely the first of several is meant, and the names of those who may be meant instead."""
    if len(ranked) == 1:
        return certain, []
    share = ranked[1].weight / ranked[0].weight
    close = [one.person.name for one in ranked[1:] if one.weight > 0.7 * ranked[0].weight]
    if share <= 0.5:
        return certain, []
    return (min(certain, 0.75), []) if share <= 0.7 else (min(certain, 0.55), close[:3])


def _is_left_to(token: Token) -> bool:
    """“It was left to Marta Vik to speak of money”: she does."""
    to = token.head
    return token.dep_ == "pobj" and to.lower_ == "to" and to.head.lemma_ in {"leave", "fall"}


def _is_object(line: Line, at: int) -> bool:
    """Whether “her” is no possessive: whom somebody accuses is somebody else."""
    token = line.token(at)
    return token is not None and token.tag_ == "PRP"


def leaning_of(keys: Sequence[str]) -> str:
    """What the form of a name says of gender: ``he``, ``she`` or nothing. A leaning, never a proof."""
    if keys[-1].endswith(_HERS):
        return "she"
    if keys[-1].endswith(_HIS):
        return "he"
    # A first name in -a is a woman's more often than not, in the languages of Europe.
    return "she" if len(keys) > 1 and len(keys[0]) > 2 and keys[0].endswith("a") else ""


def _likely(person: Person, gender: str) -> float:
    """How well somebody fits a pronoun whose own gender the article does not tell."""
    if person.gender or not gender:
        return 1.0
    leaning = leaning_of(person.keys)
    return 0.9 if not leaning else 1.0 if leaning == gender else 0.6


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
