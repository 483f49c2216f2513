"""Words to a reading: who speaks and on what.

What ``phrases`` finds is it. Else, of what the words may mean by ``senses``, a speaker and topics are chosen that
together explain as much of the question as they can, and on which something was said. Sentences are read as they are
spelt first; typing errors, sounds, glued and split words are looked at where that explains too little.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.corpus.store import Corpus
from bot.search.asked import SHORT_QUESTION, Asked, Said, bounds, is_named, is_spoken_of, places, told
from bot.search.index import Index
from bot.search.meaning import HINT, LIKELY, LOOSELY, Holdings, Meaning, Part, Reading
from bot.search.normalise import (
    PARTICLES,
    SPOKEN_OF,
    STOPWORDS,
    TITLES,
    fold,
    typed_words,
    words,
)
from bot.search.phrases import Phrases
from bot.search.senses import MIN_PART, NAMESAKES, Meant, Senses, Spelt
from bot.search.sound import sound_alike
from bot.search.terms import Means

_SURE: Final = 0.05
"""A reading that has statements is preferred to a better one that has none, within this much."""

_SHORT: Final = 6
"""Letters below which a word that is not quite a topic's is too little to go by."""

_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAS_CAPITAL_INSIDE: Final = re.compile(r"[a-z][A-Z]")

_NAMED: Final = 0.9
"""How well somebody must be understood to count as the one who is named first."""

_SURE_IN_A_SENTENCE: Final = 0.3
"""The same in a long question, where any word may be somebody's name."""

_SURE_OF_A_GUESS: Final = 0.2
"""The same where the better one is not said as it is spelt, so that it may well be the other."""

_ALONE: Final = 0.78
"""How well a speaker or a topic must be understood to be meant where nothing else is."""

_EXACT: Final = 0.99
"""How well a topic is said whose every word is there, as it is spelt."""

_HINTS: Final = 3
"""Words that may be a part of a topic."""
_HINTED: Final = 0.5
"""The share of the words that must be, at the last."""

_CAPITAL: Final = 0.1
"""What a capital says for a name, in a question that has small letters as well."""

_LATER: Final = 0.06
"""What it costs not to be named first; more than `_SURE`."""

_WEIGHED: Final = 64
"""Terms that are looked at closely for one question."""
_EXTENDED: Final = 8
"""Ways that are looked at for a second topic."""


class _On(NamedTuple):
    worth: float
    topic: Meaning


class _Way(NamedTuple):
    """A way to read a question, and how much of it that explains."""

    worth: float
    who: Meaning | None
    topics: tuple[Meaning, ...]
    named: int = 0
    """The words that say who speaks."""
    prior: float = 0.0
    """What else speaks for it; part of its worth."""

    @property
    def taken(self) -> int:
        """The words that it explains."""
        taken = self.named
        for topic in self.topics:
            taken |= topic.said_by
        return taken


class Reader:
    """Reads questions to one generation."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self._index = index
        self._senses = Senses(index)
        self._subject = set(words(corpus.collection.title)) - STOPWORDS
        self._holdings = Holdings(corpus, index)
        self._phrases = Phrases(index, self._holdings, self._subject)

    def said(self, query: str) -> tuple[Said, ...]:
        """The words of a question. Two are known to be glued together by the capital between them."""
        found = typed_words(query)
        return told(list(self._parted(found)) if _HAS_CAPITAL_INSIDE.search(query) else found)

    def _parted(self, found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The words, those with a capital inside taken apart where it is between two that are known."""
        number_of = self._index.number_of
        for folded, typed in found:
            parts = [fold(part) for part in _CAPITAL_INSIDE.split(typed)]
            if number_of(folded) < 0 and all(len(part) >= MIN_PART and number_of(part) >= 0 for part in parts):
                yield from ((part, typed) for part in parts)
            else:
                yield folded, typed

    def read(self, said: Sequence[Said], *, only: Means | None = None) -> Reading:
        """The best reading of a question.

        Args:
            said: its words.
            only: the one sort of thing that may be meant.
        """
        said = tuple(said)
        reading = None if only else self._phrases.read(said)
        if reading:
            return reading
        asked = Asked(said)
        if len(said) > SHORT_QUESTION:
            reading = self._read(asked, self._senses.exactly(said), only)
            if self._explains_enough(reading, only):
                return reading
        nearly = self._read(asked, self._senses.nearly(said), only, hinted_by=1.0)
        reading = _better(reading, nearly)
        if len(said) <= 2 * SHORT_QUESTION and not self._explains_enough(reading, only):
            parted = Asked(self._senses.taken_apart(said))
            deeply = self._read(parted, list(self._senses.deeply(parted.said)), only, hinted_by=_HINTED)
            reading = _better(reading, deeply)
        return reading

    @staticmethod
    def _explains_enough(reading: Reading, only: Means | None) -> bool:
        if not reading.total:
            return False
        if len(reading.said) > SHORT_QUESTION:
            return bool(reading.on and (reading.who or only))
        return not reading.left_over

    # Readings

    def _read(self, asked: Asked, spelt: list[Spelt], only: Means | None, *, hinted_by: float = 0.0) -> Reading:
        """The best reading by some spellings of the words.

        Args:
            asked: the words.
            spelt: what each may stand for.
            only: the one sort of thing that may be meant.
            hinted_by: what share of the words that are left must be part of a topic for that to be meant where nothing
                else leads anywhere; 0 where no share is enough.
        """
        found = self._senses.meant(asked, spelt, only)
        first = min((bounds(who.said_by)[0] for who in found.people if who.score > _NAMED), default=0)
        topics = [_On(asked.weight(topic.said_by) * topic.score, topic) for topic in found.topics]
        ways = [_Way(on.worth, None, (on.topic,)) for on in topics]
        offices = self._office_words(asked, spelt)
        for who in found.people:
            by = self._with_office(who, offices)
            prior = self._prior(asked, who, first)
            alone = self._weight(asked, by) * who.score + prior
            ways.append(_Way(alone, who, (), by, prior))
            for on in topics:
                if not who.said_by & on.topic.said_by & ~asked.shared:
                    worth, named = alone, by & ~on.topic.said_by
                    if named != by:  # words that the topic takes are not the speaker's, too
                        worth = self._weight(asked, named) * who.score + prior
                    ways.append(_Way(worth + on.worth, who, (on.topic,), named, prior))
        ways.sort(key=_worth)
        ways[:_EXTENDED] = sorted(
            (self._with_second(asked, spelt, way, topics) for way in ways[:_EXTENDED]), key=_worth
        )
        sure = _SURE if len(asked.said) <= SHORT_QUESTION else _SURE_IN_A_SENTENCE
        best: Reading | None = None
        for way in ways:
            doubtful = best and best.who and not best.who.plain
            if best and best.score - way.worth > (_SURE_OF_A_GUESS if doubtful else sure):
                break
            if not (way.who or only or self._says_enough(asked, spelt, way.topics[0])) or self._is_guess(asked, way):
                continue
            whole = self._settled(asked, spelt, way)
            if whole:
                reading = self._followed(asked, whole)
                if reading.total and not (hinted_by and reading.who and not reading.on and reading.left_over):
                    return reading
                best = best or reading
        hinted = self._hinted(asked, spelt, found, hinted_by) if hinted_by and not only else None
        return (
            hinted
            or best
            or Reading(asked.said, left_over=tuple(places(asked.content)), dates=tuple(places(asked.dates)))
        )

    @staticmethod
    def _is_guess(asked: Asked, way: _Way) -> bool:
        """Whether a way rests on nothing that is said well."""
        meant = [*filter(None, (way.who,)), *way.topics]
        if len(meant) == 1:
            return not meant[0].plain and meant[0].said_by.bit_count() == 1 and meant[0].score < _ALONE
        unsure = all(meaning.score < _NAMED for meaning in meant)
        return unsure and len(asked.said) <= SHORT_QUESTION and bool(asked.left(way.taken))

    def _with_second(self, asked: Asked, spelt: list[Spelt], way: _Way, topics: list[_On]) -> _Way:
        """A way with a second topic, where words that are left name one."""
        taken = way.taken
        left = asked.left(taken)
        if way.topics and left:
            for other in topics:
                by = other.topic.said_by
                if by & left and not taken & by & ~asked.shared and self._says_enough(asked, spelt, other.topic):
                    return way._replace(worth=way.worth + other.worth, topics=(*way.topics, other.topic))
        return way

    def _settled(self, asked: Asked, spelt: list[Spelt], way: _Way) -> _Way | None:
        """A way on which no word beside the name makes it somebody else's; None where one does.

        That is another first name or surname, or the “UN” before another office. A first name that nobody has may be
        a misspelt one.
        """
        who, said = way.who, asked.said
        left_over = asked.left(way.taken)
        if who is None or not left_over or (who.means is Means.SPEAKER and who.part is Part.WHOLE):
            return way
        before, behind = bounds(who.said_by)[0] - 1, bounds(who.said_by)[1] + 1
        if who.means is Means.OFFICE:
            return None if before >= 0 and left_over >> before & 1 else way
        while before >= 0 and said[before].folded in PARTICLES:
            before -= 1
        while behind < len(said) and said[behind].folded in PARTICLES:
            behind += 1
        for at in (before, behind):
            if at < 0 or not left_over >> at & 1 or (at == before and said[at].folded in TITLES):
                continue
            if who.part is Part.GIVEN:
                return None
            known = self._is_given(spelt, at)
            if alike := self._of_first_name_like(said[at].folded, who, known=known):
                who = replace(who, things=alike, said_by=who.said_by | 1 << at)
                way = way._replace(who=who, named=way.named | 1 << at)
            elif known or self._is_somebody_else(asked, spelt, who, at, before=at == before):
                return None
        return way

    def _is_somebody_else(self, asked: Asked, spelt: list[Spelt], who: Meaning, at: int, *, before: bool) -> bool:
        """Whether a word that nobody knows, beside a surname in a short question, belongs to another name.

        Before the surname it may be another first name; behind it another surname, if the one may be a first name, or
        is not spelt as it should be.
        """
        doubtful = before or not who.plain or self._is_given(spelt, bounds(who.said_by)[1])
        return doubtful and len(asked.said) <= SHORT_QUESTION and not self._is_topical(spelt, at)

    def _is_topical(self, spelt: list[Spelt], at: int) -> bool:
        """Whether a word is, or begins, part of what a topic is called."""
        near = [spelling.word for spelling in spelt[at].spellings if spelling.likeness > LIKELY]
        return any(len(self._index.topical(word, word + 1)) for word in near)

    def _of_first_name_like(self, word: str, who: Meaning, *, known: bool) -> list[int]:
        """Those of some people who have a first name that looks like a word and, where that is one, sounds so, too."""
        return [
            speaker
            for speaker in who.things[:_WEIGHED]
            if OSA.normalized_similarity(word, name := self._index.first_word_of(speaker)) >= LOOSELY
            and (not known or sound_alike(word, name))
        ]

    def _followed(self, asked: Asked, way: _Way) -> Reading:
        """The reading that a way leads to."""
        left_over = asked.left(way.taken)
        for number in places(left_over):
            if asked.said[number].folded in self._subject:
                left_over ^= 1 << number
        topics = tuple(topic.things[0] for topic in way.topics)
        speaker, office, total = self._holdings.of(way.who, topics)
        left, dates = tuple(places(left_over)), tuple(places(asked.dates & ~way.taken))
        return Reading(
            asked.said,
            way.who,
            way.topics,
            speaker,
            office,
            topics,
            left,
            dates,
            way.worth,
            way.prior,
            way.named,
            total,
        )

    def _hinted(self, asked: Asked, spelt: list[Spelt], found: Meant, share: float) -> Reading | None:
        """Where a speaker is named plainly: what they said on a topic of which only a part is said.

        So few topics are a speaker's that a part, or the beginning of a word, is enough to tell which is meant.
        """
        index = self._index
        if any(topic.plain or topic.score > _EXACT for topic in found.topics):
            return None
        offices = self._office_words(asked, spelt)
        for who in found.people:
            named = self._with_office(who, offices)
            left = asked.left(named)
            whole = self._settled(asked, spelt, _Way(who.score, who, (), named))
            if not left or left.bit_count() > _HINTS or who.score < _NAMED or who.means is Means.OFFICE or not whole:
                continue
            left = asked.left(whole.named)
            hints = [
                {topic for word, _ in spelt[number].spellings for topic in index.topical(word, word + 1)}
                for number in places(left)
            ]
            counted = Counter(chain.from_iterable(hints))
            pairs = [
                (-count, pair.newest, speaker, topic)
                for topic, count in counted.items()
                if count >= share * len(hints)
                and all(topic in hint for at, hint in zip(places(left), hints, strict=True) if asked.numerals >> at & 1)
                for speaker in (whole.who or who).things[:_WEIGHED]
                if (pair := index.pair(speaker, topic))
            ]
            if pairs:
                _, _, speaker, topic = min(pairs)
                said_by = sum(1 << at for at, hint in zip(places(left), hints, strict=True) if topic in hint)
                meaning = Meaning(Means.TOPIC, (topic,), said_by, HINT, plain=False)
                worth = self._weight(asked, whole.named) * who.score + said_by.bit_count() * HINT
                way = whole._replace(topics=(meaning,), who=replace(whole.who or who, things=(speaker,)), worth=worth)
                return self._followed(asked, way)
        return None

    def _is_given(self, spelt: list[Spelt], at: int) -> bool:
        """Whether a word is, exactly, somebody's first name."""
        return any(self._index.is_given(near.word) for near in spelt[at].spellings if near.likeness == 1.0)

    @staticmethod
    def _says_enough(asked: Asked, spelt: list[Spelt], topic: Meaning) -> bool:
        """Whether a topic may be understood alone: not by “talk” in “talk show”, nor by “wars” for Warsaw."""
        by = list(places(topic.said_by))
        telling = [number for number in by if asked.said[number].folded not in STOPWORDS]
        if not telling:
            return len(by) == len(asked.said)
        return any(
            len(asked.said[number].folded) >= _SHORT or any(near.likeness == 1.0 for near in spelt[number].spellings)
            for number in telling
        )

    def _office_words(self, asked: Asked, spelt: list[Spelt]) -> list[tuple[int, list[int]]]:
        """The words of a question that are, or nearly are, of some office."""
        if len(asked.said) > 2 * SHORT_QUESTION:
            return []
        index, found = self._index, []
        for spelling in spelt[: len(asked.said)]:
            near = [word for word, likeness in spelling.spellings[:4] if likeness > 0.8 and index.is_of_office(word)]
            if near and not spelling.idle:
                found.append((spelling.said_by, near))
        return found

    def _with_office(self, who: Meaning, offices: list[tuple[int, list[int]]]) -> int:
        """The words that name a speaker, with those of an office beside the name: “foreign minister Lavrov”."""
        by = who.said_by
        if who.means is Means.SPEAKER:
            for said_by, near in offices:
                if not by & said_by and any(
                    self._index.has_office_word(speaker, word) for word in near for speaker in who.things[:NAMESAKES]
                ):
                    by |= said_by
        return by

    def _weight(self, asked: Asked, by: int) -> float:
        """How much of a question it explains to take some of its words for who speaks.

        Beside anything else, what the collection is about (“NATO”) is as likely its subject as a speaker.
        """
        if self._subject and is_named(asked.said, by, self._subject):
            return _SURE / 5
        return asked.weight(by)

    def _prior(self, asked: Asked, who: Meaning, first: int) -> float:
        """What speaks for a reading beside the words it explains.

        Whoever is named first speaks, unless a preposition makes them what is spoken of; somebody who is quoted is
        more likely meant than somebody who is not, and a name more likely than an office.
        """
        at = bounds(who.said_by)[0]
        spoken_of = is_spoken_of(asked.said, at, SPOKEN_OF)
        named = who.means is Means.SPEAKER
        quoted = named and any(self._index.speaker_count[speaker] for speaker in who.things[:NAMESAKES])
        capital = named and bool(asked.capitals & who.said_by)
        return _CAPITAL * capital + 0.02 * quoted + 0.01 * named - _LATER * (at > first) - 0.5 * spoken_of


def _worth(way: _Way) -> float:
    return -way.worth


def _better(one: Reading | None, other: Reading) -> Reading:
    """The better of two readings of a question, the first where they are equal."""
    if one is None:
        return other
    if bool(one.total) != bool(other.total):
        return one if one.total else other
    return other if _explained(other) > _explained(one) + 1e-9 else one


def _explained(reading: Reading) -> float:
    """How well a reading explains its question, from below 0 to 1."""
    whole = sum(word.folded not in STOPWORDS for word in reading.said) or 1.0
    return (reading.score - 0.5 * len(reading.left_over)) / whole
