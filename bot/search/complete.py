"""Choices for a question that is still being typed.

Every word that was typed must be part of what is offered, the last one as the beginning of a word: some of them name
the speaker, the others the topic. What is quoted most comes first.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from bot.corpus.store import Corpus
from bot.search.arrays import Numbers
from bot.search.index import Index
from bot.search.normalise import FUNCTION_WORDS, STOPWORDS
from bot.search.offer import Offer, Offers
from bot.search.reading import Reader

CHOICES: Final = 25
"""Discord shows at most so many choices."""

_NARROWED: Final = 3
"""How many of the best choices are offered narrowed to a topic or speaker, too."""

_WORDS: Final = 8
"""Words of a question that are looked at: the last ones, where there are more."""

_JOINED: Final = 50
"""Speakers whose topics are gone through, at most."""

_SHORT: Final = 4
"""Letters up to which a word is not taken for one with several typing errors."""

_LIKELY: Final = 16
"""Words that a misspelt one may stand for."""

_COMPARED: Final = 50
"""Pairs of a speaker and a topic from which on no more are looked for: the most quoted came first."""

_GONE_THROUGH: Final = 1_000
"""Speakers of one word, or on one topic, that are looked at."""

_OFFICES: Final = 8
"""Offices whose holders are offered."""

_Pair = tuple[int | None, int | None]
"""A speaker and a topic, by number."""


class _Typed(NamedTuple):
    """A word, and the words of the dictionary that it may become or stand for, as ranges of their numbers."""

    folded: str
    unfinished: bool
    ranges: list[tuple[int, int]]

    @property
    def is_letter(self) -> bool:
        """Whether no more than its first letter is typed yet."""
        return self.unfinished and len(self.folded) == 1


class _Parts:
    """Who and what some of the words name, each of them being part of a name, or beginning one.

    What more words name is among what fewer do, so each set is made of a larger one and one word more.
    """

    def __init__(self, index: Index, words: list[_Typed]) -> None:
        self._index = index
        self.words = words
        self._speakers: dict[tuple[int, int], set[int]] = {}
        self._topics: dict[tuple[int, int], set[int]] = {}

    def speakers(self, start: int, end: int) -> set[int]:
        """Who has the words from one place to before another in a name, or else spoke in an office that has them.

        Of those whose names begin with the same few letters, the most quoted.
        """
        if (start, end) not in self._speakers:
            self._speakers[start, end] = self._named(start, end) or self._in_office(start, end)
        return self._speakers[start, end]

    def topics(self, start: int, end: int) -> set[int]:
        """What has the words from one place to before another in what it is called."""
        if (start, end) not in self._topics:
            found = self._having(self.words[start if end == len(self.words) else end - 1], self._index.topical)
            if end - start > 1:
                found = self.topics(*self._fewer(start, end)).intersection(found)
            self._topics[start, end] = set(found)
        return self._topics[start, end]

    def _fewer(self, start: int, end: int) -> tuple[int, int]:
        return (start + 1, end) if end == len(self.words) else (start, end - 1)

    def _named(self, start: int, end: int) -> set[int]:
        last = self.words[end - 1]
        if end - start == 1:
            crowd = self._index.crowd(last.folded) if last.unfinished else None
            return set(self._having(last, self._index.named) if crowd is None else crowd)
        others = self.speakers(start, end - 1)
        if others and last.is_letter:
            bit = 1 << ord(last.folded) - ord("a") if last.folded.isalpha() else 0
            return {speaker for speaker in others if self._index.letters[speaker] & bit}
        return others.intersection(self._having(last, self._index.named)) if others else set()

    def _in_office(self, start: int, end: int) -> set[int]:
        index, words = self._index, self.words[start:end]
        telling = [word for word in words if not word.unfinished]
        common: set[int] | None = None
        for word in telling if telling and words[-1].is_letter else [*telling, *words[len(telling) :]]:
            having = self._having(word, index.offices_with)
            common = set(having) if common is None else common.intersection(having)
            if not common:
                return set()
        return {speaker for office in _first(common or (), _OFFICES) for speaker in index.spoke_in(office)}

    @staticmethod
    def _having(word: _Typed, having: Callable[[int, int], Numbers]) -> Iterable[int]:
        if len(word.ranges) == 1 and not word.unfinished:
            return having(*word.ranges[0])[:_GONE_THROUGH]  # the most quoted, since they are in that order
        return chain.from_iterable(having(low, high) for low, high in word.ranges)


class Completer:
    """Offers what one generation has, most quoted first."""

    def __init__(self, corpus: Corpus, index: Index, reader: Reader) -> None:
        self._corpus = corpus
        self._index = index
        self._reader = reader
        self._offers = Offers(corpus, index)

    def question(self, typed: str) -> list[Offer]:
        """Choices for a question that is still being typed: a speaker, a topic, or both, most quoted first."""
        picked = self._offers.chosen(typed)
        if picked and (total := self._corpus.count(picked)):
            return [self._offers.of(picked, total)]
        asked = self._asked(typed)
        if not asked:
            return self._most_quoted()
        found: dict[_Pair, int] = {}
        for near in (False, True):
            words = [self._typed(word, unfinished, near=near) for word, unfinished in asked]
            found = dict(self._offered(_Parts(self._index, words), len(words)))
            if found:
                break
        best = sorted(found.items(), key=_most_quoted_first)[:CHOICES]
        if len(best) < CHOICES:
            best += [narrower for pair, _ in best[:_NARROWED] for narrower in self._narrower(*pair)]
        return [self._offers.numbered(*pair, count) for pair, count in islice(dict(best).items(), CHOICES)]

    def topic(self, typed: str, question: str) -> list[Offer]:
        """Choices of topics, only those of the speaker whom the question names where it names one."""
        chosen = self._offers.chosen(question)
        named = chosen.speaker if chosen else None
        speaker = self._index.speaker_with(named) if named else self._reader.read(self._reader.said(question)).speaker
        asked = self._asked(typed)
        meant: set[int] = set()
        for near in (False, True):
            words = [self._typed(word, unfinished, near=near) for word, unfinished in asked]
            meant = meant or (_Parts(self._index, words).topics(0, len(words)) if words else set())
        counted = self._counted(speaker)
        if asked:
            counted = {topic: count for topic, count in counted.items() if topic in meant}
        best = sorted(counted, key=lambda topic: (-counted[topic], topic))[:CHOICES]
        return [self._offers.numbered(None, topic, counted[topic]) for topic in best]

    def _counted(self, speaker: int | None) -> dict[int, int]:
        """How many statements there are on each topic, by a speaker where one is given."""
        index = self._index
        if speaker is None:
            return {topic: count for topic, count in enumerate(index.topic_count) if count}
        return dict(zip(index.topics_of(speaker), index.counts_of(speaker), strict=True))

    def _asked(self, typed: str) -> list[tuple[str, bool]]:
        """The words that count, and which of them is still being typed."""
        said = [word.folded for word in self._reader.said(typed)][-_WORDS:]
        last = len(said) - 1 if not typed[-1:].isspace() else len(said)
        telling = [(word, at == last) for at, word in enumerate(said) if at == last or word not in STOPWORDS]
        if len(telling) > 1 and telling[-1] == (said[-1], True) and said[-1] in FUNCTION_WORDS:
            telling.pop()  # “about” is less likely the beginning of a name than just that
        return telling

    def _typed(self, word: str, unfinished: bool, *, near: bool) -> _Typed:
        """A word with those of the dictionary that it may become or stand for."""
        index = self._index
        low, high = index.beginning_with(word) if unfinished else (index.number_of(word), index.number_of(word) + 1)
        if 0 <= low < high:
            return _Typed(word, unfinished, [(low, high)])
        spellings = index.near(word, deep=len(word) > _SHORT)[:_LIKELY] if near else []
        return _Typed(word, unfinished, [(spelling.word, spelling.word + 1) for spelling in spellings])

    def _offered(self, parts: _Parts, count: int) -> Iterator[tuple[_Pair, int]]:
        """Everything that all the words name, with how many statements there are."""
        index = self._index
        for speaker in _first(parts.speakers(0, count), CHOICES):
            if index.speaker_count[speaker]:
                yield (speaker, None), index.speaker_count[speaker]
        for topic in _first(parts.topics(0, count), CHOICES):
            if index.topic_count[topic]:
                yield (None, topic), index.topic_count[topic]
        for cut in range(1, count):
            if topics := parts.topics(cut, count):
                yield from self._pairs(parts.speakers(0, cut), topics)
            if topics := parts.topics(0, cut):
                last = parts.words[-1]
                if cut == count - 1 and last.is_letter:
                    yield from self._beginning_with(last.folded, topics)
                else:
                    yield from self._pairs(parts.speakers(cut, count), topics)

    def _pairs(self, speakers: set[int], topics: set[int]) -> Iterator[tuple[_Pair, int]]:
        """Speakers on topics, with how many statements there are: the most quoted speakers, until that is enough."""
        found = 0
        for speaker in _first(speakers, _JOINED):
            both = topics.intersection(self._index.topics_of(speaker))
            for topic in _first(both, CHOICES):
                yield from self._pair(speaker, topic)
            found += len(both)
            if found > _COMPARED:
                return

    def _beginning_with(self, letter: str, topics: set[int]) -> Iterator[tuple[_Pair, int]]:
        """Speakers on some topics of whom nothing but the first letter of a name is typed yet."""
        bit = 1 << ord(letter) - ord("a") if letter.isalpha() else 0
        for topic in _first(topics, _NARROWED):
            on = self._index.speakers_on(topic)[:_GONE_THROUGH]
            for speaker in islice((who for who in on if self._index.letters[who] & bit), CHOICES):
                yield from self._pair(speaker, topic)

    def _pair(self, speaker: int, topic: int) -> Iterator[tuple[_Pair, int]]:
        if pair := self._index.pair(speaker, topic):
            yield (speaker, topic), pair.statements

    def _most_quoted(self) -> list[Offer]:
        """Where nothing is typed yet: who is quoted most, and what is spoken of most."""
        index = self._index
        speakers = [(who, None, count) for who, count in enumerate(index.speaker_count[: CHOICES // 2]) if count]
        topics = [(None, on, count) for on, count in enumerate(index.topic_count[:CHOICES]) if count]
        return [self._offers.numbered(*offer) for offer in [*speakers, *topics][:CHOICES]]

    def _narrower(self, speaker: int | None, topic: int | None) -> list[tuple[_Pair, int]]:
        """What a speaker or a topic may be narrowed to."""
        pairs: list[tuple[_Pair, int]] = []
        if speaker is not None and topic is None:
            pairs = [pair for on in self._index.most_spoken_on(speaker) for pair in self._pair(speaker, on)]
        elif topic is not None and speaker is None:
            pairs = [pair for who in self._index.speakers_on(topic)[:CHOICES] for pair in self._pair(who, topic)]
        return sorted(pairs, key=_most_quoted_first)[:CHOICES]


def _most_quoted_first(found: tuple[_Pair, int]) -> tuple[int, int, int]:
    (speaker, topic), count = found
    return -count, speaker or 0, topic or 0


def _first(numbers: Iterable[int], count: int) -> list[int]:
    """The smallest of some numbers: who or what is quoted most."""
    return sorted(numbers)[:count]
