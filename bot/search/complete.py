"""Choices for a question that is still being typed.

Every word that was typed must be part of what is offered, the last one as the beginning of a word: some of them name
the speaker, the others the topic. What is quoted most comes first.
"""

from collections.abc import Callable, Iterator
from heapq import nsmallest
from itertools import chain, islice
from typing import Final, NamedTuple

from bot.corpus.store import Corpus
from bot.search.arrays import Numbers
from bot.search.index import Index
from bot.search.normalise import FUNCTION_WORDS, STOPWORDS
from bot.search.offer import Offer, Offers
from bot.search.reading import Reader
from bot.search.terms import Means

CHOICES: Final = 25
"""Discord shows at most so many choices."""

_NARROWED: Final = 3
"""How many of the best choices are offered narrowed to a topic or speaker, too."""

_WORDS: Final = 8
"""Words of a question that are looked at: the last ones, where there are more."""

_JOINED: Final = 50
"""Speakers whose topics are gone through."""

_SHORT: Final = 4
"""Letters up to which a word is not taken for one with several typing errors."""

_LIKELY: Final = 16
"""Words that a misspelt one may stand for."""

_Pair = tuple[int | None, int | None]
"""A speaker and a topic, by number."""


class _Typed(NamedTuple):
    """A word, and the words of the dictionary that it may become or stand for, as ranges of their numbers."""

    folded: str
    ranges: list[tuple[int, int]]


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
            for cut in range(len(words) + 1):
                found.update(self._pairs(words[:cut], words[cut:]))
                found.update(self._pairs(words[cut:], words[:cut]))
            if found:
                break
        best = nsmallest(CHOICES, found, key=lambda pair: (-found[pair], pair[0] or 0, pair[1] or 0))
        made = [self._offers.numbered(*pair, found[pair]) for pair in best]
        if len(made) < CHOICES:
            made += [offer for pair in best[:_NARROWED] for offer in self._narrower(*pair)]
        return list(dict.fromkeys(made))[:CHOICES]

    def topic(self, typed: str, question: str) -> list[Offer]:
        """Choices of topics, only those of the speaker whom the question names where it names one."""
        chosen = self._offers.chosen(question)
        named = chosen.speaker if chosen else None
        speaker = self._index.speaker_with(named) if named else self._reader.read(self._reader.said(question)).speaker
        asked = self._asked(typed)
        meant: set[int] = set()
        for near in (False, True):
            meant = meant or self._topics([self._typed(word, unfinished, near=near) for word, unfinished in asked])
        counted = self._counted(speaker)
        if asked:
            counted = {topic: count for topic, count in counted.items() if topic in meant}
        best = nsmallest(CHOICES, counted, key=lambda topic: (-counted[topic], topic))
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
            return _Typed(word, [(low, high)])
        spellings = index.near(word, deep=len(word) > _SHORT)[:_LIKELY] if near else []
        return _Typed(word, [(spelling.word, spelling.word + 1) for spelling in spellings])

    def _pairs(self, who: list[_Typed], what: list[_Typed]) -> Iterator[tuple[_Pair, int]]:
        """Speakers whom some words name, on topics that others name, with how many statements there are."""
        index = self._index
        if not what:
            for speaker in nsmallest(CHOICES, self._speakers(who)):
                if index.speaker_count[speaker]:
                    yield (speaker, None), index.speaker_count[speaker]
            return
        topics = self._topics(what)
        if not topics:
            return
        if not who:
            for topic in nsmallest(CHOICES, topics):
                if index.topic_count[topic]:
                    yield (None, topic), index.topic_count[topic]
            return
        if len(who) == 1 and len(who[0].folded) == 1:
            yield from self._beginning_with(who[0].folded, topics)
            return
        speakers = self._speakers(who)
        if len(speakers) <= max(len(topics), CHOICES):
            for speaker in nsmallest(_JOINED, speakers):
                for topic, count in zip(index.topics_of(speaker), index.counts_of(speaker), strict=True):
                    if topic in topics:
                        yield (speaker, topic), count
            return
        for topic in nsmallest(CHOICES, topics):
            for speaker in nsmallest(CHOICES, speakers.intersection(index.speakers_on(topic))):
                yield from self._pair(speaker, topic)

    def _beginning_with(self, letter: str, topics: set[int]) -> Iterator[tuple[_Pair, int]]:
        """Speakers on some topics of whom nothing but the first letter of a name is typed yet."""
        bit = 1 << ord(letter) - ord("a") if letter.isalpha() else 0
        for topic in nsmallest(_NARROWED, topics):
            on = self._index.speakers_on(topic)[: _JOINED * _JOINED]
            for speaker in islice((who for who in on if self._index.initials[who] & bit), CHOICES):
                yield from self._pair(speaker, topic)

    def _pair(self, speaker: int, topic: int) -> Iterator[tuple[_Pair, int]]:
        if pair := self._index.pair(speaker, topic):
            yield (speaker, topic), pair.statements

    def _speakers(self, words: list[_Typed]) -> set[int]:
        """Who has all the words in a name, or else spoke in an office that has them.

        Of those whose names begin with the same few letters, the most quoted.
        """
        if len(words) == 1 and (crowd := self._index.crowd(words[0].folded)):
            return set(crowd)
        return _in_all(words, self._index.named) or self._in_office(words)

    def _in_office(self, words: list[_Typed]) -> set[int]:
        index = self._index
        offices = {
            index.thing_of[term] for term in _in_all(words, index.having_any) if index.means(term) is Means.OFFICE
        }
        return {speaker for office in nsmallest(CHOICES, offices) for speaker in index.spoke_in(office)}

    def _topics(self, words: list[_Typed]) -> set[int]:
        """What has all the words in one of its names."""
        return _in_all(words, self._index.topical)

    def _most_quoted(self) -> list[Offer]:
        """Where nothing is typed yet: who is quoted most, and what is spoken of most."""
        index = self._index
        speakers = [(who, None, count) for who, count in enumerate(index.speaker_count[: CHOICES // 2]) if count]
        topics = [(None, on, count) for on, count in enumerate(index.topic_count[:CHOICES]) if count]
        return [self._offers.numbered(*offer) for offer in [*speakers, *topics][:CHOICES]]

    def _narrower(self, speaker: int | None, topic: int | None) -> Iterator[Offer]:
        """What a speaker or a topic may be narrowed to."""
        if speaker is not None and topic is None:
            counted = self._counted(speaker)
            for on in nsmallest(CHOICES, counted, key=lambda on: (-counted[on], on)):
                yield self._offers.numbered(speaker, on, counted[on])
        elif topic is not None and speaker is None:
            pairs = [pair for who in self._index.speakers_on(topic)[:CHOICES] for pair in self._pair(who, topic)]
            for pair, count in sorted(pairs, key=lambda pair: -pair[1]):
                yield self._offers.numbered(*pair, count)


def _in_all(words: list[_Typed], having: Callable[[int, int], Numbers]) -> set[int]:
    """What has, for each word, one that it may become or stand for."""
    found = [[having(low, high) for low, high in word.ranges] for word in words]
    found.sort(key=lambda parts: sum(map(len, parts)))
    common: set[int] = set(chain.from_iterable(found[0])) if found else set()
    for parts in found[1:]:
        common.intersection_update(chain.from_iterable(parts))
    return common
