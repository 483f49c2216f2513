"""The index of a generation, memory-mapped: what words are part of, who spoke on what; the words are in `dictionary`.

Everything in it is known by number. Words are numbered in alphabetical order, so that all that begin alike stand side
by side; speakers and topics by how much is quoted, so that a smaller number is quoted more. ``indexer.py`` writes it.

Of the arrays, some are the parts of another: ``x_at[n]`` to ``x_at[n + 1]`` are the places in ``x`` that belong to n.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, Self

from bot.errors import GenerationError
from bot.search.arrays import Arrays, Numbers
from bot.search.dictionary import Dictionary
from bot.search.terms import ENOUGH, LIGHT, MEANS, Means, Sort

VERSION: Final = 6
"""Raised by every change of the file: an index of another version is never read."""

NEVER: Final = 0xFFFFFFFF
"""Stands for the number of what is not there."""

CROWD: Final = 400
"""Speakers from which on those whose names begin alike are too many to be gone through while somebody types."""

SHOWN: Final = 25
"""The most quoted of them that are kept; and of a speaker's topics, apart."""

LONGEST_SHARED: Final = 8
"""Letters of the longest beginning that so many share."""

_QUICKLY: Final = 40
"""Topics of a speaker that are gone through in the time in which one is looked up."""


_MEANS: Final = tuple(MEANS[sort] for sort in Sort)
_ENOUGH: Final = tuple(ENOUGH[sort] for sort in Sort)


class Pair(NamedTuple):
    """What a speaker said on a topic."""

    statements: int
    newest: int
    """The smallest number of its statements."""


def phrase(words: Sequence[int]) -> int:
    """A hash of words by their numbers, in any order; of so many bits that no two phrases of a collection share one."""
    hashed = len(words)
    for word in sorted(words):
        hashed = (hashed ^ word) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        hashed ^= hashed >> 32
    return hashed


class Index(Dictionary):
    """The index of one generation."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._arrays = arrays
        self._surname, self._surname_at = arrays["surname"], arrays["surname_at"]
        self._given, self._given_at = arrays["given"], arrays["given_at"]
        self._named, self._named_at = arrays["named"], arrays["named_at"]
        self._name_word, self._name_word_at = arrays["name_word"], arrays["name_word_at"]
        self._topical, self._topical_at = arrays["topical"], arrays["topical_at"]
        self._official, self._official_at = arrays["official"], arrays["official_at"]
        self._crowd, self._crowd_at = arrays["crowd"], arrays["crowd_at"]
        self._crowded = {word: number for number, word in enumerate(bytes(arrays["crowded"]).decode().split())}
        self._called = [(arrays[f"called_{means.name}"], arrays[f"called_{means.name}_things"]) for means in Means]
        self._called_short = arrays["called_short"], arrays["called_short_things"]
        self._numeral = arrays["numeral"]
        self._first_name, self._named_first = arrays["first_name"], arrays["named_first"]
        self._alone, self._alone_at = arrays["alone"], arrays["alone_at"]
        self._with, self._with_at = arrays["with"], arrays["with_at"]
        self._term_words, self._term_words_at = arrays["term_words"], arrays["term_words_at"]
        self._term_light = arrays["term_light"]
        self._term_sort = arrays["term_sort"]
        self._term_surname = arrays["term_surname"]
        self.thing_of = arrays["term_thing"]
        self.needs = arrays["term_needs"]
        """Of each term, how many of its words must be said."""
        self._pair_topic, self._pair_at = arrays["pair_topic"], arrays["pair_at"]
        self._pair_count, self._pair_newest = arrays["pair_count"], arrays["pair_newest"]
        self._on, self._on_at = arrays["on"], arrays["on_at"]
        self._most, self._most_at = arrays["most"], arrays["most_at"]
        self.speaker_count, self.speaker_newest = arrays["speaker_count"], arrays["speaker_newest"]
        self.topic_count = arrays["topic_count"]
        self._office_word, self._office_word_at = arrays["office_word"], arrays["office_word_at"]
        self._in_office, self._in_office_at = arrays["in_office"], arrays["in_office_at"]
        self._in_office_count = arrays["in_office_count"]
        self._spoke, self._spoke_at = arrays["spoke"], arrays["spoke_at"]
        self.office_count = arrays["office_count"]
        self._speaker_id, self._topic_id, self._speaker_name, self._topic_label, self._office = (
            (arrays[name], arrays[f"{name}_at"])
            for name in ("speaker_id", "topic_id", "speaker_name", "topic_label", "office")
        )
        self._speaker_by_id, self._topic_by_id = arrays["speaker_by_id"], arrays["topic_by_id"]
        self.initials = arrays["initials"]
        """Of each speaker, the letters that first names begin with, a bit each."""
        self.letters = arrays["letters_of"]
        """Of each speaker, the letters that words of any name begin with, a bit each."""

    @classmethod
    def open(cls, file: Path) -> Self:
        """Map an index.

        Raises:
            GenerationError: where it is missing, damaged or of another version.
        """
        arrays = Arrays.open(file, VERSION)
        try:
            return cls(arrays)
        except (KeyError, ValueError) as problem:
            raise GenerationError(f"{file.name} cannot be read ({problem}): build it anew") from problem

    def close(self) -> None:
        """Give the file back."""
        arrays = self._arrays
        vars(self).clear()
        self._arrays = arrays
        arrays.close()

    # What words are part of

    def surnamed(self, low: int, high: int) -> Numbers:
        """The speakers of whom some words, from one to before another, are the surname."""
        return self._surname[self._surname_at[low] : self._surname_at[high]]

    def given(self, word: int) -> Numbers:
        """The speakers of whose own name a word is so large a part that it is enough."""
        return self._given[self._given_at[word] : self._given_at[word + 1]]

    def is_numeral(self, word: int) -> bool:
        """Whether a word is a number."""
        return bool(self._numeral[word])

    def is_given(self, word: int) -> bool:
        """Whether a word is part of a name without being the surname."""
        return bool(self._first_name[word])

    def first_word_of(self, speaker: int) -> str:
        """The first word of a speaker's name: of most people the first name."""
        number = self._named_first[speaker]
        return "" if number == NEVER else self.word(number)

    def alone(self, word: int) -> Numbers:
        """Other terms that a word alone is enough of."""
        return self._alone[self._alone_at[word] : self._alone_at[word + 1]]

    def called(self, means: Means, hashed: int) -> list[int]:
        """The speakers, offices or topics that are called just so, the most quoted first.

        Args:
            means: which of them.
            hashed: the ``phrase`` of the words, in any order, grammar aside. One word may also be so much of what
                something is called that it is enough; surnames have a list of their own.
        """
        return _with_hash(self._called[means], hashed)

    def called_in_short(self, hashed: int) -> list[int]:
        """The speakers of whose name just so much is said: both surnames, or the first name and the surname."""
        return _with_hash(self._called_short, hashed)

    def having(self, word: int) -> Numbers:
        """The terms of several words that have it, where it is not grammar."""
        return self._with[self._with_at[word] : self._with_at[word + 1]]

    def named(self, low: int, high: int) -> Numbers:
        """The speakers with any of some words, from one to before another, in a name."""
        return self._named[self._named_at[low] : self._named_at[high]]

    def named_among(self, speakers: Iterable[int], low: int, high: int) -> list[int]:
        """Those of some speakers who have any of some words, from one to before another, in a name."""
        words, begins = self._name_word, self._name_word_at
        found = []
        for speaker in speakers:
            end = begins[speaker + 1]
            at = bisect_left(words, low, begins[speaker], end)
            if at < end and words[at] < high:
                found.append(speaker)
        return found

    def topical(self, low: int, high: int) -> Numbers:
        """The topics with any of some words, from one to before another, in what they are called."""
        return self._topical[self._topical_at[low] : self._topical_at[high]]

    @lru_cache(maxsize=40)  # noqa: B019 - an index lives as long as its generation
    def topics_beginning_with(self, low: int, high: int) -> frozenset[int]:
        """The same, kept: for the words that begin with a letter, which lead to very many."""
        return frozenset(self.topical(low, high))

    def is_named(self, word: int) -> bool:
        """Whether a word is part of what a speaker is called."""
        return self._named_at[word] < self._named_at[word + 1]

    def is_topical(self, word: int) -> bool:
        """Whether a word is part of what a topic is called."""
        return self._topical_at[word] < self._topical_at[word + 1]

    def crowd(self, beginning: str) -> Numbers | None:
        """The most quoted speakers with a name that begins so, where very many have one; else None."""
        number = self._crowded.get(beginning)
        return None if number is None else self._crowd[self._crowd_at[number] : self._crowd_at[number + 1]]

    def offices_with(self, low: int, high: int) -> Numbers:
        """The offices with any of some words, from one to before another, in what they are called."""
        return self._official[self._official_at[low] : self._official_at[high]]

    def words_of(self, term: int) -> Numbers:
        """The words of a term."""
        return self._term_words[self._term_words_at[term] : self._term_words_at[term + 1]]

    def weights_of(self, term: int) -> list[float]:
        """How much of a term is said by saying each of its words; together 1."""
        count = self._term_words_at[term + 1] - self._term_words_at[term]
        light = self._term_light[term]
        if not light:
            return [1 / count] * count
        heavy = [LIGHT if light >> position & 1 else 1.0 for position in range(count)]
        whole = sum(heavy)
        return [weight / whole for weight in heavy]

    def means(self, term: int) -> Means:
        """What a term stands for; ``thing_of`` has its number."""
        return _MEANS[self._term_sort[term]]

    def enough(self, term: int) -> float:
        """How much of a term must be said for it to be meant, as a share of its weight."""
        return _ENOUGH[self._term_sort[term]]

    def surname_at(self, term: int) -> int:
        """Which of a term's words is the surname; 255 where none is."""
        return self._term_surname[term]

    def is_of_office(self, word: int) -> bool:
        """Whether a word is part of what an office is called."""
        return self._official_at[word] < self._official_at[word + 1]

    def has_office_word(self, speaker: int, word: int) -> bool:
        """Whether a word is of an office the speaker held: what may stand beside a name, as in “President Trump”."""
        low, high = self._office_word_at[speaker], self._office_word_at[speaker + 1]
        at = bisect_left(self._office_word, word, low, high)
        return at < high and self._office_word[at] == word

    # Who spoke on what

    def speakers_on(self, topic: int) -> Numbers:
        """Who is quoted on a topic, the most quoted first."""
        return self._on[self._on_at[topic] : self._on_at[topic + 1]]

    def topics_of(self, speaker: int) -> Numbers:
        """What a speaker is quoted on, by number."""
        return self._pair_topic[self._pair_at[speaker] : self._pair_at[speaker + 1]]

    def most_spoken_on(self, speaker: int) -> Numbers:
        """What a speaker spoke on most: some of many topics, or all of a few, in no order."""
        return self._most[self._most_at[speaker] : self._most_at[speaker + 1]] or self.topics_of(speaker)

    def pair(self, speaker: int, topic: int) -> Pair | None:
        """What a speaker said on a topic; None where nothing."""
        high = self._pair_at[speaker + 1]
        at = bisect_left(self._pair_topic, topic, self._pair_at[speaker], high)
        if at < high and self._pair_topic[at] == topic:
            return Pair(self._pair_count[at], self._pair_newest[at])
        return None

    def newest_on(self, speakers: Iterable[int], topic: int) -> tuple[int, int] | None:
        """Of some speakers the one who spoke on a topic last, ties by number, and how often; None where nobody did."""
        begins, topics, newest = self._pair_at, self._pair_topic, self._pair_newest
        found: tuple[int, int, int] | None = None
        for speaker in speakers:
            high = begins[speaker + 1]
            at = bisect_left(topics, topic, begins[speaker], high)
            if at < high and topics[at] == topic:
                this = (newest[at], speaker, self._pair_count[at])
                if found is None or this < found:
                    found = this
        return found[1:] if found else None

    def pairs_on(self, speaker: int, topics: set[int]) -> Iterator[tuple[int, Pair]]:
        """What a speaker said on each of some topics that they spoke on."""
        said_on = self.topics_of(speaker)
        for topic in topics if len(said_on) > _QUICKLY * len(topics) else topics.intersection(said_on):
            if pair := self.pair(speaker, topic):
                yield topic, pair

    def spoken_on(
        self, speakers: Iterable[int], topics: set[int] | frozenset[int], enough: int
    ) -> list[tuple[int, int, int]]:
        """(how many statements, speaker, topic) of those of some speakers who spoke on any of some topics.

        Of a speaker's topics that are many, the most quoted; and no more speakers where that is enough.
        """
        all_topics, counts, begins = self._pair_topic, self._pair_count, self._pair_at
        quickly = _QUICKLY * len(topics)
        found: list[tuple[int, int, int]] = []
        for speaker in speakers:
            low, high = begins[speaker], begins[speaker + 1]
            if high - low > quickly:
                among: Iterable[int] = topics
            elif among := topics.intersection(all_topics[low:high]):
                among = sorted(among)[:SHOWN]
            for topic in among:
                at = bisect_left(all_topics, topic, low, high)
                if at < high and all_topics[at] == topic:
                    found.append((counts[at], speaker, topic))
            if len(found) >= enough:
                break
        return found

    def counts_of(self, speaker: int) -> Numbers:
        """How much a speaker said on each of ``topics_of``."""
        return self._pair_count[self._pair_at[speaker] : self._pair_at[speaker + 1]]

    def only_holder(self, office: int, topics: Sequence[int]) -> int | None:
        """Who made all the statements in an office, on at most one topic; None where several people did."""
        if len(topics) > 1:
            return None
        if topics:
            speakers: Sequence[int] = [speaker for speaker, _ in self.said_in_office(office, topics[0])]
        else:
            speakers = self.spoke_in(office)
        return speakers[0] if len(speakers) == 1 else None

    def spoke_in(self, office: int) -> Numbers:
        """Who made a statement, on any topic, in an office, the most quoted first."""
        return self._spoke[self._spoke_at[office] : self._spoke_at[office + 1]]

    def said_in_office(self, office: int, topic: int) -> Iterator[tuple[int, int]]:
        """(speaker, how many statements) of who spoke on a topic while in an office."""
        high = self._in_office_at[office + 1]
        at = bisect_left(self._in_office, topic << 32, self._in_office_at[office], high)
        while at < high and self._in_office[at] >> 32 == topic:
            yield self._in_office[at] & 0xFFFFFFFF, self._in_office_count[at]
            at += 1

    # What things are called

    def speaker_id(self, number: int) -> str:
        """A speaker's id."""
        return _text(self._speaker_id, number)

    def topic_id(self, number: int) -> str:
        """A topic's id."""
        return _text(self._topic_id, number)

    def speaker_name(self, number: int) -> str:
        """A speaker's name."""
        return _text(self._speaker_name, number)

    def topic_label(self, number: int) -> str:
        """A topic's label."""
        return _text(self._topic_label, number)

    def office(self, number: int) -> tuple[str, str]:
        """An office's title and organisation."""
        title, organisation = _text(self._office, number).split("\0")
        return title, organisation

    def speaker_with(self, id_: str) -> int | None:
        """The number of the speaker with an id."""
        return _numbered(self._speaker_by_id, self._speaker_id, id_)

    def topic_with(self, id_: str) -> int | None:
        """The number of the topic with an id."""
        return _numbered(self._topic_by_id, self._topic_id, id_)


def _text(texts: tuple[Numbers, Numbers], number: int) -> str:
    letters, at = texts
    return str(letters[at[number] : at[number + 1]], "utf-8")


def _with_hash(table: tuple[Numbers, Numbers], hashed: int) -> list[int]:
    hashes, things = table
    at = bisect_left(hashes, hashed)
    if at == len(hashes) or hashes[at] != hashed:
        return []
    end = at + 1
    while end < len(hashes) and hashes[end] == hashed:
        end += 1
    return list(things[at:end])


def _numbered(by_id: Numbers, ids: tuple[Numbers, Numbers], id_: str) -> int | None:
    at = bisect_left(by_id, id_, key=lambda number: _text(ids, number))
    found = at < len(by_id) and _text(ids, by_id[at]) == id_
    return by_id[at] if found else None
