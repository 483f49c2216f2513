"""Choices for a question that is still being typed.

Every word that was typed must be part of what is offered, the last one as the beginning of a word: some of them name
the speaker, the others the topic. What is quoted most comes first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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

_GONE_THROUGH: Final = 1_000
"""Speakers of one word, or on one topic, that are looked at."""

_SKIMMED: Final = 400
"""The same where nothing is typed of a word but its first letter, so that many have it."""

_OFFICES: Final = 8
"""Offices whose holders are offered."""

_Found = tuple[int, int, int]
"""How many statements there are, made negative so that the most come first; a speaker and a topic, by number."""

_Topics = set[int] | frozenset[int]

_NONE: Final = -1
"""The number of a speaker or a topic that is not said."""


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
        self._speakers: dict[tuple[int, int], Sequence[int]] = {}
        self._topics: dict[tuple[int, int], _Topics] = {}
        self._called: dict[tuple[int, int], set[int]] = {}

    def speakers(self, start: int, end: int) -> Sequence[int]:
        """Who has the words from one place to before another in a name, or else spoke in an office that has them.

        The most quoted first; of those whose names begin with the same few letters, no others.
        """
        if (start, end) not in self._speakers:
            self._speakers[start, end] = self._named(start, end) or self._in_office(start, end)
        return self._speakers[start, end]

    def topics(self, start: int, end: int) -> _Topics:
        """What has the words from one place to before another in what it is called."""
        if (start, end) not in self._topics:
            word = self.words[start if end == len(self.words) else end - 1]
            found: Iterable[int]
            if word.is_letter and word.ranges:
                found = self._index.topics_beginning_with(*word.ranges[0])
            else:
                found = self._having(word, self._index.topical)
            if end - start > 1:
                found = self.topics(*self._fewer(start, end)).intersection(found)
            self._topics[start, end] = found if isinstance(found, frozenset) else set(found)
        return self._topics[start, end]

    def _fewer(self, start: int, end: int) -> tuple[int, int]:
        return (start + 1, end) if end == len(self.words) else (start, end - 1)

    def _named(self, start: int, end: int) -> Sequence[int]:
        index, last = self._index, self.words[end - 1]
        if end - start == 1:
            crowd = index.crowd(last.folded) if last.unfinished else None
            return self._in_order(last, index.named) if crowd is None else crowd
        others = self.speakers(start, end - 1)
        if not last.unfinished:
            return sorted(set(others).intersection(self._having(last, index.named))) if others else ()
        if (letter := last.folded[0]).isalpha():  # few have its first letter, which is soon seen
            letters, bit = index.letters, 1 << ord(letter) - ord("a")
            others = [speaker for speaker in others[: _SKIMMED if last.is_letter else None] if letters[speaker] & bit]
        return others if last.is_letter else index.named_among(others, *last.ranges[0])

    def _in_office(self, start: int, end: int) -> Sequence[int]:
        offices = sorted(self._offices(start, end))[:_OFFICES]
        return sorted({speaker for office in offices for speaker in self._index.spoke_in(office)})

    def _offices(self, start: int, end: int) -> set[int]:
        """The offices that have the words from one place to before another in what they are called."""
        if (start, end) not in self._called:
            last = self.words[end - 1]
            found = self._offices(start, end - 1) if end - start > 1 else None
            if found is None:
                found = set(self._having(last, self._index.offices_with))
            elif found and not last.is_letter:
                found = found.intersection(self._having(last, self._index.offices_with))
            self._called[start, end] = found
        return self._called[start, end]

    @classmethod
    def _in_order(cls, word: _Typed, having: Callable[[int, int], Numbers]) -> Sequence[int]:
        found = cls._having(word, having)
        return found if isinstance(found, Numbers) else sorted(set(found))

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
        words = [self._typed(word, unfinished) for word, unfinished in asked]
        found: set[_Found] = set()
        if all(word.ranges for word in words):
            found.update(self._offered(_Parts(self._index, words), len(words)))
        best = sorted(found)[:CHOICES]
        for _, speaker, topic in best[:_NARROWED]:
            if len(best) < CHOICES:
                narrower = [pair for pair in self._narrower(speaker, topic) if pair not in found]
                best += narrower
                found.update(narrower)
        return [self._offer(*offer) for offer in best[:CHOICES]]

    def _offer(self, less: int, speaker: int, topic: int) -> Offer:
        return self._offers.numbered(None if speaker == _NONE else speaker, None if topic == _NONE else topic, -less)

    def topic(self, typed: str, question: str) -> list[Offer]:
        """Choices of topics, only those of the speaker whom the question names where it names one."""
        chosen = self._offers.chosen(question)
        named = chosen.speaker if chosen else None
        speaker = self._index.speaker_with(named) if named else self._reader.read(self._reader.said(question)).speaker
        asked = self._asked(typed)
        counted = self._counted(speaker)
        if asked:
            words = [self._typed(word, unfinished) for word, unfinished in asked]
            meant = _Parts(self._index, words).topics(0, len(words))
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

    def _typed(self, word: str, unfinished: bool) -> _Typed:
        """A word with those of the dictionary that it may become or, where there are none, stand for."""
        index = self._index
        low, high = index.beginning_with(word) if unfinished else (index.number_of(word), index.number_of(word) + 1)
        if 0 <= low < high:
            return _Typed(word, unfinished, [(low, high)])
        spellings = index.near(word, deep=len(word) > _SHORT)[:_LIKELY]
        return _Typed(word, False, [(spelling.word, spelling.word + 1) for spelling in spellings])

    def _offered(self, parts: _Parts, count: int) -> Iterator[_Found]:
        """Everything that all the words name."""
        index = self._index
        for speaker in parts.speakers(0, count)[:CHOICES]:
            if index.speaker_count[speaker]:
                yield -index.speaker_count[speaker], speaker, _NONE
        for topic in _first(parts.topics(0, count)):
            if index.topic_count[topic]:
                yield -index.topic_count[topic], _NONE, topic
        for cut in range(1, count):
            if (speakers := parts.speakers(0, cut)) and (topics := parts.topics(cut, count)):
                yield from self._pairs(speakers, topics)
            if topics := parts.topics(0, cut):
                begun = list(self._begun(parts.words[-1], topics)) if cut == count - 1 else []
                yield from begun or self._pairs(parts.speakers(cut, count), topics)

    def _pairs(self, speakers: Sequence[int], topics: _Topics) -> Iterator[_Found]:
        """Speakers on topics: the most quoted speakers, until that is enough."""
        for count, speaker, topic in self._index.spoken_on(speakers[:_JOINED], topics, CHOICES):
            yield -count, speaker, topic

    def _begun(self, word: _Typed, topics: _Topics) -> Iterator[_Found]:
        """Speakers on some topics, found among all who spoke on one, by the beginning of a name.

        It is for few topics, or else for the most quoted where the first letter is all there is to go by.
        """
        index, letter = self._index, word.folded[0]
        if not word.unfinished or not letter.isalpha() or not (word.is_letter or len(topics) <= _NARROWED):
            return
        letters, bit = index.letters, 1 << ord(letter) - ord("a")
        for topic in sorted(topics)[:_NARROWED]:
            begun: Iterable[int] = (who for who in index.speakers_on(topic)[:_GONE_THROUGH] if letters[who] & bit)
            if not word.is_letter:
                begun = index.named_among(begun, *word.ranges[0])
            yield from self._pairs(list(islice(begun, CHOICES)), {topic})

    def _most_quoted(self) -> list[Offer]:
        """Where nothing is typed yet: who is quoted most, and what is spoken of most."""
        index = self._index
        speakers = [(who, None, count) for who, count in enumerate(index.speaker_count[: CHOICES // 2]) if count]
        topics = [(None, on, count) for on, count in enumerate(index.topic_count[:CHOICES]) if count]
        return [self._offers.numbered(*offer) for offer in [*speakers, *topics][:CHOICES]]

    def _narrower(self, speaker: int, topic: int) -> list[_Found]:
        """What a speaker or a topic may be narrowed to."""
        if topic == _NONE:
            return sorted(self._pairs([speaker], set(self._index.most_spoken_on(speaker))))
        if speaker == _NONE:
            return sorted(self._pairs(self._index.speakers_on(topic)[:CHOICES], {topic}))
        return []


def _first(topics: _Topics) -> list[int]:
    """Of some topics those that are quoted most: their numbers are the smallest."""
    return sorted(topics)[:CHOICES]
