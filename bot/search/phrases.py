"""Questions in so many words: what somebody is called and what a topic is called, and nothing else.

Most are. Their words are taken, all of them, for those of one name and one topic, in any order, with typing errors in
single words; that needs a few look-ups where weighing every meaning of every word needs hundreds. What is found here
explains the whole question. Where it explains less, or leads to nothing, ``reading`` weighs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from heapq import nsmallest
from itertools import islice, pairwise, product
from operator import attrgetter, or_
from typing import Final, NamedTuple

from bot.search.asked import Asked, Said
from bot.search.index import LONGEST_GLUED, Index, Spelling
from bot.search.meaning import PLAIN, WORTH, Holdings, Meaning, Part, Reading
from bot.search.normalise import FUNCTION_WORDS, MAX_WORD, PARTICLES, SPOKEN_OF, STOPWORDS
from bot.search.normalise import words as words_of
from bot.search.terms import Means

MOST: Final = 7
"""Words of a question that may be said so."""

_SURE: Final = 0.05
"""What a spelling may be less likely than another that leads to nothing."""

_MISSPELT: Final = 3
"""Words of it that may be misspelt."""

_SURE_OF_A_GUESS: Final = 0.2
"""The same where the other has errors as well."""

_SPELLINGS: Final = 12
"""Words that one may stand for, of which combinations are tried, and how many of those."""
_COMBINATIONS: Final = 16

_ALONE: Final = 0.8
"""How alike words must be to their spellings where they name only a speaker or only a topic."""

_LIKELY: Final = 0.84
"""How alike a word must be to one for it to be that with a typing error, rather than several glued together."""

_MIN_PART: Final = 3
"""Letters that a word glued to another must have."""

_NAMESAKES_LOOKED_AT: Final = 64
"""People of one surname whose names are read."""

_NAMESAKES: Final = 8
"""More people of one first name than a first name alone can stand for."""

_BEFORE: Final = SPOKEN_OF - {"of", "for"}
"""Prepositions that are put before who is spoken of; the others are part of names."""


class _Token(NamedTuple):
    """A word that counts, and the words of the question it stands for."""

    folded: str
    said_by: int
    number: int
    """Of the word in the dictionary; -1 where it is not there."""
    is_initial: bool = False


class _Called(NamedTuple):
    """Who and what is called by just some words."""

    people: list[Meaning]
    topics: list[Meaning]


class _Plain(NamedTuple):
    """Somebody and a topic, and what there is of it."""

    who: Meaning
    topic: int
    start: int
    """Where the words begin that name who it is, and before which they end."""
    end: int
    speaker: int | None
    office: int | None
    total: int


class Phrases:
    """Reads questions that are names and nothing else."""

    def __init__(self, index: Index, holdings: Holdings, subject: set[str]) -> None:
        self._index = index
        self._holdings = holdings
        self._subject = subject

    def read(self, said: Sequence[Said]) -> Reading | None:
        """The reading of a question that says a name, a topic, or both, in so many words; else None."""
        for word in said:
            if word.folded in _BEFORE and len(word.folded) > 1:
                return None
        number_of = self._index.number_of
        tokens = [
            _Token(word.folded, 1 << at, number_of(word.folded), word.is_initial(True))
            for at, word in enumerate(said)
            if not word.is_grammar
        ]
        unknown = [token.folded for token in tokens if token.number < 0 and not token.is_initial]
        if not 1 <= len(tokens) <= MOST or len(unknown) > _MISSPELT or not STOPWORDS.isdisjoint(unknown):
            return None  # a sentence
        if reading := self._read_quickly(said, tokens, deep=False):
            return reading
        asked = Asked(said)
        for tried in self._ways_to_part(said, tokens):
            reading = None if tried is tokens else self._read_quickly(said, tried, deep=False)
            reading = reading or self._read(asked, tried, deep=False)
            if reading:
                return reading
        return (
            (self._read_quickly(said, tokens, deep=True) or self._read(asked, tokens, deep=True)) if unknown else None
        )

    def _read_quickly(self, said: Sequence[Said], tokens: list[_Token], *, deep: bool) -> Reading | None:
        spelt = [self._spellings(token, deep=deep) for token in tokens]
        return self._read_plainly(said, tokens, spelt) if all(spelt) else None

    def _read_plainly(self, said: Sequence[Said], tokens: list[_Token], spelt: list[list[Spelling]]) -> Reading | None:
        """The reading of somebody and a topic, with nothing else considered: as most questions are, the quickest way.

        What it does not find is looked for by the others, which try more.
        """
        if len(tokens) < 2 or any(token.is_initial for token in tokens) or _particles(said):
            return None
        best = 0.0
        for combination in _likeliest(spelt):
            likeness = -_unlikeness(combination)
            if best - likeness > (_SURE if best == len(combination) else _SURE_OF_A_GUESS):
                return None
            found = self._plainly(tuple([spelling.word for spelling in combination]))
            best = best or (likeness if found else 0.0)
            if found and found.total:
                named = tokens[found.start : found.end]
                if self._subject.issuperset(token.folded for token in named):
                    return None
                who = replace(found.who, said_by=_said_by(named))
                on = [*tokens[: found.start], *tokens[found.end :]]
                what = Meaning(Means.TOPIC, (found.topic,), _said_by(on), 1.0, True)
                _score(who, tokens, combination)
                _score(what, tokens, combination)
                score = len(named) * who.score + len(on) * what.score
                topics, by = (found.topic,), who.said_by
                return Reading(
                    tuple(said), who, (what,), found.speaker, found.office, topics, (), (), score, 0.0, by, found.total
                )
        return None

    def _plainly(self, words: tuple[int, ...]) -> _Plain | None:
        """Somebody and a topic that are called just so, beside each other; with what there is of it, if anything."""
        if self._topics(words):
            return None  # whoever a part of it may name, all of it is a topic
        plain: _Plain | None = None
        for cut in range(1, len(words)):
            before, behind = words[:cut], words[cut:]
            if (topics := self._topics(behind)) and (who := self._who(before)):
                start, end = 0, cut
            elif (topics := self._topics(before)) and (who := self._who(behind)):
                start, end = cut, len(words)
            else:
                continue
            for topic in topics:
                plain = _Plain(who, topic, start, end, *self._holdings.of(who, (topic,)))
                if plain.total:
                    return plain
        return plain

    def _topics(self, words: tuple[int, ...]) -> list[int]:
        """The topics that are called just so."""
        index = self._index
        terms = index.called(words) if len(words) > 1 else index.alone(words[0])
        return [index.thing_of[term] for term in terms if index.means(term) is Means.TOPIC]

    def _who(self, words: tuple[int, ...]) -> Meaning | None:
        """The people of a surname or a whole name, or an office."""
        index = self._index
        if len(words) == 1:
            surnamed = index.surnamed(words[0], words[0] + 1)
            return Meaning(Means.SPEAKER, surnamed, 0, 1.0, True, Part.SURNAME) if surnamed else None
        terms = index.called(words)
        for means in (Means.SPEAKER, Means.OFFICE):
            things = [index.thing_of[term] for term in terms if index.means(term) is means]
            if things:
                return Meaning(means, things, 0, 1.0, True)
        return None

    def _ways_to_part(self, said: Sequence[Said], tokens: list[_Token]) -> Iterator[list[_Token]]:
        """The words as they are; with glued ones taken apart; with two that are one put together.

        Where a word is neither known nor much like one, the others come first: known words are better than errors.
        """
        misspelt = all(token.number >= 0 or self._is_likely(token) for token in tokens)
        if misspelt:
            yield tokens
        for at, token in enumerate(tokens):
            if token.number < 0 and 2 * _MIN_PART <= len(token.folded) <= LONGEST_GLUED:
                parts = self._index.split(token.folded, _MIN_PART)
                if parts:
                    yield [*tokens[:at], *self._parts(token, parts), *tokens[at + 1 :]]
        yield from self._joined(said, tokens)
        if not misspelt:
            yield tokens

    def _is_likely(self, token: _Token) -> bool:
        """Whether a word that is not known looks very much like one that is."""
        near = self._index.near(token.folded[:MAX_WORD])
        return bool(near) and near[0].likeness >= _LIKELY

    def _parts(self, token: _Token, parts: list[str]) -> Iterator[_Token]:
        for part in parts:
            if part not in FUNCTION_WORDS:
                yield _Token(part, token.said_by, self._index.number_of(part))

    def _joined(self, said: Sequence[Said], tokens: list[_Token]) -> Iterator[list[_Token]]:
        """The words with two beside each other put together, which are one."""
        for (first, one), (second, other) in pairwise(enumerate(said)):
            glued = one.folded + other.folded
            number = self._index.number_of(glued) if len(glued) > _MIN_PART else -1
            if number >= 0:
                both = 1 << first | 1 << second
                others = [token for token in tokens if not token.said_by & both]
                yield sorted([*others, _Token(glued, both, number)], key=attrgetter("said_by"))

    def _read(self, asked: Asked, tokens: list[_Token], *, deep: bool) -> Reading | None:
        initials = [token for token in tokens if token.is_initial]
        for initial in (None, *initials) if all(token.number >= 0 for token in initials) else initials:
            telling = [token for token in tokens if token is not initial]
            reading = self._read_telling(asked, telling, initial, deep=deep)
            if reading:
                return reading
        return None

    def _read_telling(
        self, asked: Asked, telling: list[_Token], initial: _Token | None, *, deep: bool
    ) -> Reading | None:
        spelt = [self._spellings(token, deep=deep) for token in telling]
        if not spelt or not all(spelt):
            return None
        particles = _particles(asked.said)
        known: dict[tuple[int, tuple[int, ...]], _Called] = {}
        best = 0.0
        for combination in _likeliest(spelt):
            likeness = -_unlikeness(combination)
            if best - likeness > (_SURE if best == len(combination) else _SURE_OF_A_GUESS):
                return None
            words = tuple([spelling.word for spelling in combination])
            for who, on in self._parted(words, telling, known):
                if who and initial:
                    who = self._with_initial(who, initial)  # noqa: PLW2901 - narrowed
                if (initial and not who) or (who and self._subject and self._is_subject(asked, who)):
                    continue
                if who and particles:
                    who = self._with_particles(who, particles)  # noqa: PLW2901 - narrowed
                if who and who.part is Part.GIVEN and likeness < len(combination):
                    continue
                topics = (on.things[0],) if on else ()
                speaker, office, total = self._holdings.of(who, topics)
                best = best or likeness
                if total and not ((who is None or on is None) and min(combination, key=_alike).likeness < _ALONE):
                    score = 0.0
                    for meaning in filter(None, (who, on)):
                        _score(meaning, telling, combination)
                        score += asked.weight(meaning.said_by) * meaning.score
                    named, ons = who.said_by if who else 0, (on,) if on else ()
                    return Reading(asked.said, who, ons, speaker, office, topics, (), (), score, 0.0, named, total)
        return None

    def _spellings(self, token: _Token, *, deep: bool) -> list[Spelling]:
        if token.number >= 0:
            return [Spelling(token.number, 1.0)]
        return self._index.near(token.folded[:MAX_WORD], deep=deep)[:_SPELLINGS]

    def _parted(
        self,
        words: tuple[int, ...],
        tokens: list[_Token],
        known: dict[tuple[int, tuple[int, ...]], _Called],
    ) -> Iterator[tuple[Meaning | None, Meaning | None]]:
        """Who and what the words may be: all of them a topic, some of them each, or all of them somebody."""

        def called(start: int, end: int) -> _Called:
            part = (start, words[start:end])
            if part not in known:
                known[part] = self._called(part[1], _said_by(tokens[start:end]))
            return known[part]

        count = len(words)
        whole = called(0, count)
        if count > 1:
            yield from ((None, on) for on in whole.topics)
        for cut in range(1, count):
            before = called(0, cut)
            if before.people or before.topics:
                behind = called(cut, count)
                yield from ((who, on) for who in before.people for on in behind.topics)
                yield from ((who, on) for who in behind.people for on in before.topics)
        yield from ((who, None) for who in whole.people)
        if count == 1:
            yield from ((None, on) for on in whole.topics)

    def _called(self, words: tuple[int, ...], said_by: int) -> _Called:
        """The people or offices, and the topics, that are called just so."""
        index = self._index
        people: list[Meaning] = []
        if len(words) == 1:
            word = words[0]
            terms: Sequence[int] = index.alone(word)
            surnamed, given = index.surnamed(word, word + 1), index.given(word)
            if surnamed:
                people.append(Meaning(Means.SPEAKER, surnamed, said_by, 1.0, True, Part.SURNAME))
            if 0 < len(given) <= _NAMESAKES:
                people.append(Meaning(Means.SPEAKER, given, said_by, 1.0, False, Part.GIVEN))
        else:
            terms = index.called(words)
        if not terms:
            return _Called(people, [])
        things: dict[Means, set[int]] = {}
        for term in terms:
            things.setdefault(index.means(term), set()).add(index.thing_of[term])
        people += [
            Meaning(means, sorted(things[means]), said_by, 1.0, True)
            for means in (Means.SPEAKER, Means.OFFICE)
            if means in things
        ]
        topics = [Meaning(Means.TOPIC, (topic,), said_by, 1.0, True) for topic in sorted(things.get(Means.TOPIC, ()))]
        return _Called(people, topics)

    def _is_subject(self, asked: Asked, who: Meaning) -> bool:
        """Whether what the collection is about is named beside something else: it is as likely spoken of."""
        return bool(self._subject) and asked.is_named(who.said_by, self._subject)

    def _with_particles(self, who: Meaning, particles: list[str]) -> Meaning:
        """Those whose name has the particles, where some have: “Le Blin” rather than any Blin."""
        if who.part is not Part.SURNAME or len(who.things) == 1:
            return who
        people = [
            speaker
            for speaker in who.things[:_NAMESAKES_LOOKED_AT]
            if not set(particles).difference(words_of(self._index.speaker_name(speaker)))
        ]
        return replace(who, things=people) if people else who

    def _with_initial(self, who: Meaning, initial: _Token) -> Meaning | None:
        """Those of a surname beside the letter that a name of theirs begins with."""
        if who.part is not Part.SURNAME or not (who.said_by << 1 | who.said_by >> 1) & initial.said_by:
            return None
        letter = 1 << ord(initial.folded) - ord("a")
        people = [speaker for speaker in who.things if self._index.initials[speaker] & letter]
        return replace(who, things=people, said_by=who.said_by | initial.said_by) if people else None


def _particles(said: Sequence[Said]) -> list[str]:
    return [word.folded for word in said if word.folded in PARTICLES]


def _said_by(tokens: list[_Token]) -> int:
    return reduce(or_, [token.said_by for token in tokens])


def _likeliest(spelt: list[list[Spelling]]) -> list[tuple[Spelling, ...]]:
    """The combinations of spellings that are most like the words."""
    combinations = list(islice(product(*spelt), _SPELLINGS * _SPELLINGS))
    return nsmallest(_COMBINATIONS, combinations, key=_unlikeness) if len(combinations) > 1 else combinations


def _alike(spelling: Spelling) -> float:
    return spelling.likeness


def _unlikeness(combination: tuple[Spelling, ...]) -> float:
    return -sum([spelling.likeness for spelling in combination])


def _score(meaning: Meaning, tokens: list[_Token], combination: tuple[Spelling, ...]) -> None:
    """Set what a meaning is worth, by how its words are spelt."""
    spelt = zip(tokens, combination, strict=True)
    alike = [near.likeness for token, near in spelt if token.said_by & meaning.said_by]
    likeness = sum(alike) / len(alike)
    meaning.score = likeness * WORTH[meaning.part]
    meaning.plain = meaning.plain and likeness >= PLAIN
