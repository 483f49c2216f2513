"""What a statement is about, in the collection's own topics, and which known statements it may repeat."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from rapidfuzz import fuzz

from bot.drafting.values import Attribution, Manuscript, Subject, Voice
from bot.record import Speaker, Statement, Topic
from bot.search.normalise import FUNCTION_WORDS, fold

USUAL: Final = 5
"""Topics that a statement has at most, as a rule."""
MOST: Final = 8
"""Topics that it may have at all, where each stands in what was said."""
FROM_CONTEXT: Final = 2
"""Topics taken from around it, where what was said names none."""
LINKS: Final = 3
"""Known statements that are proposed at most."""

ALIKE: Final = 0.5
"""From this likeness on a known statement is proposed, and no more than that: the “new Cold War” of one year and of the
next have 0.85, and are two statements."""
_ENOUGH_WORDS: Final = 5
"""Words that mean something, without which likeness is chance."""
_CLOSEST: Final = 20
"""Known statements that are compared letter by letter: those that share the rarest words."""
_LONG: Final = 2_000
"""Characters of what was said that are read; a wording has 1,500 at most."""

_SAYING: Final = frozenset("said say saying stressed told tell telling".split())

_WORD: Final = re.compile(r"[a-z0-9]+")
_DOTTED: Final = re.compile(r"(?<!\w)(?:\w\.){2,}")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z])|[\n\r\u2028\u2029]+")


def subjects(
    manuscript: Manuscript,
    attributions: Sequence[Attribution],
    voices: Sequence[Voice],
    topics: Iterable[Topic],
    known: Iterable[Statement],
) -> list[Subject]:
    """Topics and links for each attribution.

    Args:
        manuscript: the article.
        attributions: what is said in it.
        voices: who said it, one for each attribution.
        topics: those of the collection.
        known: its statements, read once; only those of the same speakers are kept.
    """
    words = _Words(topics)
    headline = words.named(manuscript.title)
    speakers = {voice.speaker.id for voice in voices if voice.speaker}
    record = _Record(one for one in known if one.speaker.id in speakers) if speakers else None
    return [
        Subject(
            words.about(manuscript.text, attribution, headline),
            record.like(_said(manuscript.text, attribution), voice.speaker) if record and voice.speaker else (),
        )
        for attribution, voice in zip(attributions, voices, strict=True)
    ]


def _said(text: str, attribution: Attribution) -> str:
    return " ".join(text[begin:end] for begin, end in attribution.content)[:_LONG]


def _folded(text: str) -> list[str]:
    """The words of a text, folded, in the singular."""
    return [
        _singular(word) for word in _WORD.findall(fold(_DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), text)))
    ]


def _singular(word: str) -> str:
    """“missiles” is “missile”. What it makes of other words does not matter, as both sides are folded alike."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


# Topics


class _Words:
    """The words for the topics: labels and synonyms."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        self._terms: defaultdict[str, dict[tuple[str, ...], list[int]]] = defaultdict(dict)
        for number, topic in enumerate(self._topics):
            for term in {tuple(_folded(term)) for term in (topic.label, *topic.synonyms)}:
                if term:
                    self._terms[term[0]].setdefault(term, []).append(number)

    def named(self, text: str) -> Counter[int]:
        """How often each topic is named, twice over, in the order of their first places.

        Of two terms at one place the longer counts, and a term inside it by half: “troops in Moldova” is about Moldova
        first, and about troops.
        """
        words, counts, end = _folded(text), Counter[int](), 0
        for at in range(len(words)):
            term = self._term(words, at)
            inside = at < end
            if inside and at + len(term) > end:
                continue
            for number in self._terms[words[at]][term] if term else ():
                counts[number] += 1 if inside else 2
            end = end if inside else at + len(term)
        return counts

    def _term(self, words: Sequence[str], at: int) -> tuple[str, ...]:
        """The longest term that begins at a word; empty where none does."""
        terms = self._terms.get(words[at], ())
        return max((term for term in terms if tuple(words[at : at + len(term)]) == term), key=len, default=())

    def about(self, text: str, attribution: Attribution, headline: Counter[int]) -> tuple[Topic, ...]:
        """The topics of a statement, the main one first."""
        inside = self.named(_said(text, attribution))
        around = self.named(_around(text, attribution))
        if inside:
            several = sum(count > 2 or around[number] > count for number, count in inside.items())
            return self._first(inside, (around, headline), min(max(USUAL, several), MOST))
        return self._first(around, (headline,), FROM_CONTEXT) or self._first(headline, (), 1)

    def _first(self, counts: Counter[int], others: Sequence[Counter[int]], most: int) -> tuple[Topic, ...]:
        """The topics named most often; of those alike, the ones that the words around name, then the earlier."""
        ranked = sorted(counts, key=lambda number: (-counts[number], *(-other[number] for other in others)))
        return tuple(self._topics[number] for number in ranked[:most])


def _around(text: str, attribution: Attribution) -> str:
    """The sentences in which a statement stands, with what was said, on its own line."""
    begin, end = max(attribution.begin - _LONG, 0), attribution.end
    for stop in _SENTENCE_END.finditer(text, begin, attribution.begin):
        begin = stop.end()
    following = _SENTENCE_END.search(text, max(end - 2, attribution.begin), end + _LONG)
    return text[begin : following.end() if following else end + _LONG]


# Statements already known


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording of a known statement."""

    statement: Statement
    text: str
    """Its folded words in one line."""
    words: frozenset[str]
    """Those of them that mean something."""


class _Record:
    """The wordings of known statements, found by the words they share."""

    def __init__(self, known: Iterable[Statement]) -> None:
        self._wordings = [
            _wording(statement, text)
            for statement in known
            for text in dict.fromkeys(citation.text for citation in statement.citations)
        ]
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self._wordings):
            for word in wording.words:
                self._holding[word].append(number)

    def like(self, said: str, speaker: Speaker) -> tuple[Statement, ...]:
        """What the speaker is known to have said that this may repeat, likest first."""
        words = _folded(said)
        meaning, text = _meaning(words, speaker), " ".join(words)
        shared: defaultdict[int, float] = defaultdict(float)
        for word in meaning:
            for number in self._holding.get(word, ()):
                if self._wordings[number].statement.speaker.id == speaker.id:
                    shared[number] += self._weight(word)
        closest = sorted(shared, key=lambda number: (-shared[number], number))[:_CLOSEST]
        likeness: dict[str, float] = {}
        statements: dict[str, Statement] = {}
        for wording in (self._wordings[number] for number in closest):
            likest = max(likeness.get(wording.statement.id, 0), self._likeness(meaning, text, wording))
            if likest >= ALIKE:
                likeness[wording.statement.id], statements[wording.statement.id] = likest, wording.statement
        return tuple(statements[id_] for id_ in sorted(likeness, key=lambda id_: -likeness[id_])[:LINKS])

    def _weight(self, word: str) -> float:
        """How much it means that two statements share a word: the rarer, the more."""
        return log(1 + (len(self._wordings) + 1) / (len(self._holding.get(word, ())) + 1))

    def _likeness(self, meaning: frozenset[str], text: str, wording: _Wording) -> float:
        """0 to 1: how much of the shorter one's meaning is in the other, or how well it stands there as it is."""
        fewer = min(meaning, wording.words, key=len)
        if len(fewer) < _ENOUGH_WORDS:
            return 1.0 if text == wording.text else 0.0
        shared = sum(map(self._weight, meaning & wording.words)) / sum(map(self._weight, fewer))
        return max(shared, fuzz.partial_ratio(text, wording.text, score_cutoff=100 * _HELD) / 100)


_HELD: Final = 0.85
"""From this on, one wording stands within another: a few words left out, or spelt otherwise."""


def _wording(statement: Statement, text: str) -> _Wording:
    words = _folded(text)
    return _Wording(statement, " ".join(words), _meaning(words, statement.speaker))


def _meaning(words: Iterable[str], speaker: Speaker) -> frozenset[str]:
    """The words that say something: our paraphrases begin with who said it, which their other statements share."""
    return frozenset(words) - FUNCTION_WORDS - _SAYING - frozenset(_folded(speaker.name))
