"""What a statement is about, in the collection's own topics, and which known statements it may repeat."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
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
_HELD: Final = 0.85
"""From this on, one wording stands within another by its letters: a few words left out, or spelt otherwise."""
_ENOUGH_WORDS: Final = 5
"""Words that mean something, without which likeness is chance."""
_CLOSEST: Final = 20
"""Known statements that are compared letter by letter: those that share the rarest words."""
_LOOKED_AT: Final = 20_000
"""Known statements that a search by words looks at; a word that more of them have tells nothing."""
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
    speakers = {voice.speaker.id: voice.speaker for voice in voices if voice.speaker}
    theirs: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in known if speakers else ():
        if statement.speaker.id in speakers:
            theirs[statement.speaker.id].append(statement)
    records = {id_: _Record(speaker, theirs[id_]) for id_, speaker in speakers.items()}
    return [
        Subject(
            words.about(manuscript.text, attribution, headline),
            records[voice.speaker.id].like(_said(manuscript.text, attribution)) if voice.speaker else (),
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
        """How often each topic is named, in the order of their first places; of two terms at one place, the longer."""
        words, counts, at = _folded(text), Counter[int](), 0
        while at < len(words):
            terms = self._terms.get(words[at], {})
            fitting = [term for term in terms if tuple(words[at : at + len(term)]) == term]
            longest = max(fitting, key=len, default=())
            for number in terms.get(longest, ()):
                counts[number] += 1
            at += len(longest) or 1
        return counts

    def about(self, text: str, attribution: Attribution, headline: Counter[int]) -> tuple[Topic, ...]:
        """The topics of a statement, the main one first."""
        inside = self.named(_said(text, attribution))
        around = self.named(_around(text, attribution))
        if inside:
            several = sum(count > 1 or around[number] > count for number, count in inside.items())
            return self._first(inside, (around, headline), min(max(USUAL, several), MOST))
        return self._first(around, (headline,), FROM_CONTEXT) or self._first(headline, (), 1)

    def _first(self, counts: Counter[int], others: Sequence[Counter[int]], most: int) -> tuple[Topic, ...]:
        """The topics named most often; of those alike, the ones that the words around name, then the earlier."""
        ranked = sorted(counts, key=lambda number: (-counts[number], *(-other[number] for other in others)))
        return tuple(self._topics[number] for number in ranked[:most])


def _around(text: str, attribution: Attribution) -> str:
    """The sentences in which a statement stands, with what was said, on its own line."""
    begin, end = max(attribution.begin - _LONG, 0), attribution.end
    # The end of a sentence is told by what stands behind it: a quotation mark and a capital, at the most.
    for stop in _SENTENCE_END.finditer(text, begin, attribution.begin + 2):
        begin = min(stop.end(), attribution.begin)
    following = _SENTENCE_END.search(text, max(end - 2, attribution.begin), end + _LONG)
    return text[begin : following.end() if following else end + _LONG]


# Statements already known


_IDLE: Final = frozenset(map(_singular, FUNCTION_WORDS | _SAYING))
"""Words of which all wordings are full."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording of a known statement."""

    statement: Statement
    text: str
    """Its folded words in one line."""
    words: frozenset[str]
    """Those of them that mean something."""


class _Record:
    """The wordings of what a speaker is known to have said, found by the words they share."""

    def __init__(self, speaker: Speaker, known: Iterable[Statement]) -> None:
        # Our paraphrases begin with who said it: that is no likeness.
        self._idle = _IDLE | frozenset(_folded(speaker.name))
        self._wordings: list[_Wording] = []
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for statement in known:
            for text in dict.fromkeys(citation.text for citation in statement.citations):
                words = _folded(text)
                meaning = frozenset(words) - self._idle
                for word in meaning:
                    self._holding[word].append(len(self._wordings))
                self._wordings.append(_Wording(statement, " ".join(words), meaning))
        # A word means the more, the fewer wordings have it.
        everything = len(self._wordings) + 1
        self._weights = {word: log(1 + everything / (len(held) + 1)) for word, held in self._holding.items()}
        self._unheard = log(1 + everything)

    def like(self, said: str) -> tuple[Statement, ...]:
        """What this may repeat, likest first."""
        words = _folded(said)
        meaning, text = frozenset(words) - self._idle, " ".join(words)
        found: list[tuple[float, float, Statement]] = []
        for wording in self._closest(meaning):
            likeness = self._likeness(meaning, text, wording)
            if likeness >= ALIKE:  # of two that hold it all, the one that holds little else is likest
                found.append((likeness, fuzz.ratio(text, wording.text), wording.statement))
        likest: dict[str, Statement] = {}
        for _, _, statement in sorted(found, key=lambda one: (-one[0], -one[1], one[2].id)):
            likest.setdefault(statement.id, statement)
        return tuple(likest.values())[:LINKS]

    def _closest(self, meaning: frozenset[str]) -> list[_Wording]:
        """Those that share most with it, by its rarest words."""
        shared: defaultdict[int, float] = defaultdict(float)
        looked_at = 0
        for word in sorted(meaning & self._holding.keys(), key=lambda word: (len(self._holding[word]), word)):
            looked_at += len(self._holding[word])
            if looked_at > _LOOKED_AT and shared:
                break
            for number in self._holding[word]:
                shared[number] += self._weights[word]
        closest = nsmallest(_CLOSEST, shared, key=lambda number: (-shared[number], number))
        return [self._wordings[number] for number in closest]

    def _weigh(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._unheard) for word in words)

    def _likeness(self, meaning: frozenset[str], text: str, wording: _Wording) -> float:
        """0 to 1: how much of the shorter one's meaning is in the other, or how well it stands there as it is."""
        fewer = min(meaning, wording.words, key=len)
        if len(fewer) < _ENOUGH_WORDS:
            return 1.0 if text == wording.text else 0.0
        shared = self._weigh(meaning & wording.words) / self._weigh(fewer)
        return max(shared, fuzz.partial_ratio(text, wording.text, score_cutoff=100 * _HELD) / 100)
