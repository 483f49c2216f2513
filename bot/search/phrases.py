"""Questions in so many words: what somebody is called and what a topic is called, and nothing else.

Most are. Their words are taken, all of them, for those of one name and one topic, in any order, with typing errors in
single words; that needs a few look-ups where weighing every meaning of every word needs hundreds. What is found here
explains the whole question. Where it explains less, or leads to nothing, ``reading`` weighs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.search.asked import ASKED_WITH, SHORT_QUESTION, Said, is_date, is_named, is_numeral, is_spoken_of
from bot.search.combinations import in_their_place, likeliest
from bot.search.dictionary import ALIKE_ENOUGH, LONGEST_GLUED, Spelling
from bot.search.index import Index, phrase
from bot.search.meaning import HINT, LIKELY, LOOSELY, PLAIN, WORTH, Holdings, Meaning, Part, Reading
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
"""Words that one may stand for, of which combinations are tried."""

_FEW_WAYS: Final = 2
"""Words that one may stand for, from which on it is worthwhile to see which of them may stand there."""

_ALONE: Final = 0.8
"""How alike words must be to their spellings where they name only a speaker or only a topic."""

_MIN_PART: Final = 3
"""Letters that a word glued to another must have."""

_NAMESAKES_LOOKED_AT: Final = 64
"""People of one surname whose names are read."""

_NAMESAKES: Final = 8
"""More people of one first name than a first name alone can stand for."""

_BEFORE: Final = frozenset(word for word in SPOKEN_OF - {"of", "for"} if len(word) > 1)
"""Prepositions that are put before who is spoken of; the others are part of names."""


class _Token(NamedTuple):
    """A word that counts, and the words of the question it stands for."""

    folded: str
    said_by: int
    number: int
    """Of the word in the dictionary; -1 where it is not there."""


_Look = Callable[[str], list[Spelling]]
"""What a word that is not known may stand for, likeliest first."""


class _Question(NamedTuple):
    """A question, and its words that count."""

    said: tuple[Said, ...]
    tokens: list[_Token]
    unknown: list[_Token]
    """Those of them that the dictionary does not have."""
    tried: dict[tuple[int, ...], bool]
    """What the words were taken for, to no avail, and whether that was somebody or something at all."""
    initial: _Token | None = None
    """A letter that the first name begins with; not among the words that count."""


class Phrases:
    """Reads questions that are names and nothing else."""

    def __init__(self, index: Index, holdings: Holdings, subject: set[str]) -> None:
        self._index = index
        self._holdings = holdings
        self._subject = subject

    def read(self, said: tuple[Said, ...]) -> Reading | None:
        """The reading of a question that says a name, a topic, or both, in so many words; else None."""
        short = len(said) <= SHORT_QUESTION
        tokens: list[_Token] = []
        initials: list[_Token] = []
        unknown: list[_Token] = []
        number_of = self._index.number_of
        for at, word in enumerate(said):
            folded, _, is_grammar = word
            is_letter = len(folded) == 1 and word.is_initial(short)
            if is_grammar and not is_letter:
                continue
            number = number_of(folded)
            if folded in ASKED_WITH and not is_letter and not self._may_be_meant(number):
                continue
            token = _Token(folded, 1 << at, number)
            if is_letter:
                initials.append(token)
            elif number < 0:
                unknown.append(token)
            if not is_grammar:
                tokens.append(token)
        question = _Question(said, tokens, unknown, {})
        if not short and ((reading := self._read_sentence(question)) or not _may_be_names(question)):
            return reading
        if not 1 <= len(tokens) <= MOST or len(unknown) > _MISSPELT:
            return None
        if unknown and not FUNCTION_WORDS.isdisjoint(token.folded for token in unknown):
            return None  # WHO is not misspelt
        return self._read_with_initial(question, initials) if initials else self._read_any_way(question)

    def _may_be_meant(self, word: int) -> bool:
        """Whether a word is part of what a topic or an office is called."""
        return word >= 0 and (self._index.is_topical(word) or self._index.is_of_office(word))

    def _read_sentence(self, question: _Question) -> Reading | None:
        """The reading of a long question of which all words that are known are somebody and a topic, and no others.

        What is not known is idle, unless it stands beside them and is much like a known word. Where the name is
        written with capitals, so is every name: “read” and “made”, in small letters, are idle, too.
        """
        tokens = [token for token in question.tokens if token.number >= 0]
        capitals = _capitals(question.said)
        reading = self._read_both(question, tokens)
        idle = question.unknown
        if not reading:
            telling = [it for it in tokens if it.said_by & capitals or self._may_be_meant(it.number)]
            reading = self._read_both(question, telling) if len(telling) < len(tokens) else None
            idle = [token for token in question.tokens if token not in telling]
        if not reading or not reading.who:
            return None
        capital = not reading.who.said_by & ~capitals
        if not capital and any(token.number >= 0 for token in idle):
            return None
        on, left, dates = _said_by(reading.on), [], []
        for token in idle:
            names = on if capital and not token.said_by & capitals else on | reading.who.said_by
            beside = (names << 1 | names >> 1) & token.said_by
            if beside and token.number < 0 and self._index.much_like(token.folded[:MAX_WORD]):
                return None
            if is_date(token.folded):
                dates.append(token.said_by.bit_length() - 1)
            elif token.folded not in self._subject:
                left.append(token.said_by.bit_length() - 1)
        return reading._replace(left_over=tuple(left), dates=tuple(dates))

    def _read_both(self, question: _Question, tokens: list[_Token]) -> Reading | None:
        """The reading of some words that are known as somebody and a topic."""
        if not 1 < len(tokens) <= MOST:
            return None
        reading = self._read_as(question, tokens, [token.number for token in tokens])
        return reading if reading and reading.on and reading.who and reading.who.part is not Part.GIVEN else None

    def _read_with_initial(self, question: _Question, initials: list[_Token]) -> Reading | None:
        """The same where a letter is that of a first name, or perhaps a small word: “a”, “i”, “o”."""
        small = [initial for initial in initials if initial not in question.tokens]
        others = [initial for initial in initials if initial in question.tokens]
        words = [None] if all(initial.number >= 0 for initial in others) else []
        for initial in (*small, *words, *others):
            telling = [token for token in question.tokens if token is not initial]
            if telling and (
                reading := self._read_any_way(question._replace(tokens=telling, tried={}, initial=initial))
            ):
                return reading
        return None

    def _read_any_way(self, question: _Question) -> Reading | None:
        """The reading by what the words are taken for, the likeliest first.

        They are taken as they are; then for parts of a word that was split, or for several that are glued together;
        where some are not known, for what is much like them, then less; then for a part of a topic; then one for its
        plural, or for what it is the plural of; then for what they are without the first letter; then for what a
        closer look finds.
        """
        index, tokens, unknown = self._index, question.tokens, question.unknown
        if not unknown and (reading := self._read(question, tokens, index.near)):
            return reading
        for parted in (*self._joined(question), *self._taken_apart(question, index.split)):
            if reading := self._read(question, parted, index.much_like):
                return reading
        if not unknown:
            return self._hinted(question) or self._read_in_other_number(question)
        likely = all(_is_likely(index.much_like(token.folded[:MAX_WORD])) for token in unknown)
        if reading := self._read(question, tokens, index.much_like if likely else index.near):
            return reading
        if reading := self._hinted(question) or self._read_in_other_number(question):
            return reading
        lost = any(index.lacking_first(token.folded[:MAX_WORD]) for token in unknown)
        if lost and (reading := self._read(question, tokens, index.with_first)):
            return reading
        if reading := self._read(question, tokens, index.further):
            return reading
        for parted in self._taken_apart(question, index.split_loosely):
            if reading := self._read(question, parted, index.near):
                return reading
        return None

    def _joined(self, question: _Question) -> Iterator[list[_Token]]:
        """The words with two beside each other put together, which are one."""
        said = question.said
        for second in range(1, len(said)):
            glued = said[second - 1].folded + said[second].folded
            number = self._index.number_of(glued)
            if number >= 0 and len(glued) > _MIN_PART:
                both = 3 << second - 1
                others = [token for token in question.tokens if not token.said_by & both]
                yield sorted([*others, _Token(glued, both, number)], key=attrgetter("said_by"))

    def _read_in_other_number(self, question: _Question) -> Reading | None:
        """The reading with one word, though it is known, taken for its plural, or for what it is the plural of."""
        index, tokens = self._index, question.tokens
        for at, token in enumerate(tokens):
            for number in index.in_other_number(token.folded) if token.number >= 0 else ():
                other = [*tokens[:at], token._replace(number=number), *tokens[at + 1 :]]
                if index.is_topical(number) and (reading := self._read(question, other, index.near)):
                    return reading
        return None

    def _taken_apart(self, question: _Question, split: Callable[[str, int], list[str]]) -> Iterator[list[_Token]]:
        """The words with one taken apart, which is several glued together."""
        tokens, number_of = question.tokens, self._index.number_of
        for token in question.unknown:
            if 2 * _MIN_PART <= len(token.folded) <= LONGEST_GLUED and (parts := split(token.folded, _MIN_PART)):
                at = tokens.index(token)
                telling = [_Token(part, token.said_by, number_of(part)) for part in parts if part not in FUNCTION_WORDS]
                yield [*tokens[:at], *telling, *tokens[at + 1 :]]

    def _read(self, question: _Question, tokens: list[_Token], look: _Look) -> Reading | None:
        """The reading of some words, those that are not known taken for what is like them."""
        if not tokens:
            return None
        words = [token.number for token in tokens]
        if min(words) >= 0:
            reading = self._read_as(question, tokens, words)
            return reading if reading and reading.total else None
        spelt = []
        for token in tokens:
            ways = [Spelling(token.number, 1.0)] if token.number >= 0 else look(token.folded[:MAX_WORD])
            if not ways:
                return None
            spelt.append(ways[:_SPELLINGS])
        if reading := self._tried(question, tokens, [ways[0] for ways in spelt]):
            return reading
        if max(map(len, spelt)) > _FEW_WAYS and not all(spelt := in_their_place(self._index, spelt)):
            return None
        best, count = 0.0, len(tokens)
        for likeness, spellings in likeliest(spelt):
            if best - likeness > (_SURE if best == count else _SURE_OF_A_GUESS):
                return None
            if reading := self._tried(question, tokens, spellings):
                return reading
            best = best or (likeness if question.tried[tuple([near.word for near in spellings])] else 0.0)
        return None

    def _tried(self, question: _Question, tokens: list[_Token], spellings: list[Spelling]) -> Reading | None:
        """The reading of words taken for some others, where they were not taken for them before."""
        words = [spelling.word for spelling in spellings]
        tried = tuple(words)
        if tried not in question.tried:
            reading = self._read_as(question, tokens, words, spellings)
            if reading and reading.total:
                return reading
            question.tried[tried] = reading is not None
        return None

    def _read_as(
        self, question: _Question, tokens: list[_Token], words: list[int], spelt: list[Spelling] | None = None
    ) -> Reading | None:
        """The reading of words that are, all of them, who or what is meant; an empty one where it leads to nothing.

        Args:
            question: what they are of.
            tokens: them.
            words: what of the dictionary they are taken for.
            spelt: how like it they are; None where they are just that.
        """
        nothing: Reading | None = None
        for meant, on in self._parted(tokens, words):
            who = self._narrowed(question, meant) if meant else None
            if (who is None and (meant or question.initial)) or (who and who.part is Part.GIVEN and spelt):
                continue
            topics = (on.things[0],) if on else ()
            speaker, office, total = self._holdings.of(who, topics)
            if not total:
                nothing = Reading(question.said)
            elif (who and on) or not spelt or min(map(_alike, spelt)) >= _ALONE:
                score = (_score(who, tokens, spelt) if who else 0.0) + (_score(on, tokens, spelt) if on else 0.0)
                named, ons = who.said_by if who else 0, (on,) if on else ()
                return Reading(question.said, who, ons, speaker, office, topics, (), (), score, 0.0, named, total)
        return nothing

    def _parted(self, tokens: list[_Token], words: list[int]) -> Iterator[tuple[Meaning | None, Meaning | None]]:
        """Who and what the words may be: all of them a topic, some of them each, or all of them somebody."""
        index, count = self._index, len(words)
        before = behind = 0  # words at either end that may be of a topic
        while before < count and index.is_topical(words[before]):
            before += 1
        while behind < count and index.is_topical(words[~behind]):
            behind += 1
        if before == count > 1:
            for topic in self._topics(tokens, words):
                yield None, topic
        for cut in range(1, count):
            if count - cut <= behind:
                topics = self._topics(tokens[cut:], words[cut:])
                if topics:
                    for who in self._people(tokens[:cut], words[:cut]):
                        for topic in topics:
                            yield who, topic
            if cut <= before:
                topics = self._topics(tokens[:cut], words[:cut])
                if topics:
                    for who in self._people(tokens[cut:], words[cut:]):
                        for topic in topics:
                            yield who, topic
        for who in self._people(tokens, words):
            yield who, None
        if before == count == 1:
            for topic in self._topics(tokens, words):
                yield None, topic

    def _topics(self, tokens: list[_Token], words: list[int]) -> list[Meaning]:
        """The topics that are called just so."""
        topics = self._index.called(Means.TOPIC, phrase(words))
        return [Meaning(Means.TOPIC, (topic,), _said_by(tokens), 1.0, True) for topic in topics]

    def _people(self, tokens: list[_Token], words: list[int]) -> Iterator[Meaning]:
        """The people or offices that are called just so: by the surname, the first name of a few, or the whole name."""
        index, said_by = self._index, _said_by(tokens)
        if len(words) == 1:
            word = words[0]
            if surnamed := index.surnamed(word, word + 1):
                yield Meaning(Means.SPEAKER, surnamed, said_by, 1.0, True, Part.SURNAME)
            if 0 < len(given := index.given(word)) <= _NAMESAKES:
                yield Meaning(Means.SPEAKER, given, said_by, 1.0, False, Part.GIVEN)
        hashed = phrase(words)
        if all(map(index.is_named, words)):
            if speakers := index.called(Means.SPEAKER, hashed):
                yield Meaning(Means.SPEAKER, speakers, said_by, 1.0, True)
            if len(words) > 1 and (speakers := index.called_in_short(hashed)):
                yield Meaning(Means.SPEAKER, speakers, said_by, 1.0, True, Part.SURNAME)
        if all(map(index.is_of_office, words)) and (offices := index.called(Means.OFFICE, hashed)):
            yield Meaning(Means.OFFICE, offices, said_by, 1.0, True)

    def _narrowed(self, question: _Question, who: Meaning) -> Meaning | None:
        """Those who have the initial or the particles that stand by their name; None where somebody else is meant."""
        said, initial = question.said, question.initial
        first = (who.said_by & -who.said_by).bit_length() - 1
        if first and is_spoken_of(said, first, _BEFORE):
            return None
        if initial:
            if who.part is not Part.SURNAME or not (who.said_by << 1 | who.said_by >> 1) & initial.said_by:
                return None
            letter = 1 << ord(initial.folded) - ord("a")
            people = [speaker for speaker in who.things if self._index.initials[speaker] & letter]
            if not people:
                return None
            who = Meaning(who.means, people, who.said_by | initial.said_by, who.score, who.plain, who.part)
        if said[first].folded in self._subject and is_named(said, who.said_by, self._subject):
            return None  # what the collection is about is as likely spoken of, beside something else
        if who.part is Part.SURNAME and len(who.things) > 1:
            particles = {word.folded for word in said if word.folded in PARTICLES}
            if particles:
                who = self._with_particles(who, particles)
        return who

    def _with_particles(self, who: Meaning, particles: set[str]) -> Meaning:
        """Those whose name has the particles, where some have: “Le Blin” rather than any Blin."""
        people = [
            speaker
            for speaker in who.things[:_NAMESAKES_LOOKED_AT]
            if particles.issubset(words_of(self._index.speaker_name(speaker)))
        ]
        return replace(who, things=people) if people else who

    def _hinted(self, question: _Question) -> Reading | None:
        """Somebody who is named in so many words, on the one topic of theirs that the word beside it is a part of."""
        tokens = question.tokens
        if len(tokens) < 2:
            return None
        for hint, name in ((tokens[-1], tokens[:-1]), (tokens[0], tokens[1:])):
            words = [token.number for token in name]
            topics = self._topics_with(hint) if min(words) >= 0 else set()
            for who in self._people(name, words) if topics else ():
                meant = self._narrowed(question, who)
                if not meant or meant.means is not Means.SPEAKER or meant.part is Part.GIVEN:
                    continue
                pairs = [
                    (pair.newest, speaker, topic, pair.statements)
                    for speaker in meant.things[:_NAMESAKES_LOOKED_AT]
                    for topic, pair in self._index.pairs_on(speaker, topics)
                ]
                if pairs:
                    _, speaker, topic, total = min(pairs)
                    if meant.part is Part.SURNAME and self._may_be_first_name(hint.folded, speaker):
                        return None
                    on = Meaning(Means.TOPIC, (topic,), hint.said_by, HINT, plain=False)
                    meant = replace(meant, things=(speaker,), score=WORTH[meant.part])
                    score = meant.said_by.bit_count() * meant.score + HINT
                    by = meant.said_by
                    return Reading(question.said, meant, (on,), speaker, None, (topic,), (), (), score, 0.0, by, total)
        return None

    def _topics_with(self, hint: _Token) -> set[int]:
        """The topics of which a word is a part, or much like a part; none where it is anything in itself."""
        index, folded = self._index, hint.folded
        known = hint.number
        if known >= 0 and (index.is_given(known) or index.called(Means.TOPIC, phrase([known]))):
            return set()
        if folded in STOPWORDS or is_numeral(folded) or is_date(folded):
            return set()
        near = index.near(folded[:MAX_WORD])
        return {topic for word, alike in near if alike > LIKELY for topic in index.topical(word, word + 1)}

    def _may_be_first_name(self, word: str, speaker: int) -> bool:
        """Whether a word beside a surname may be the first name, misspelt."""
        return OSA.normalized_similarity(word, self._index.first_word_of(speaker)) >= LOOSELY


def _may_be_names(question: _Question) -> bool:
    """Whether a long question may be names with typing errors and nothing else: most of its words count."""
    return bool(question.unknown) and 3 * len(question.tokens) >= 2 * len(question.said)


def _is_likely(near: list[Spelling]) -> bool:
    """Whether a word looks very much like one that is known."""
    return bool(near) and near[0].likeness >= ALIKE_ENOUGH


def _capitals(said: tuple[Said, ...]) -> int:
    """The words that begin with a capital, a bit each."""
    capitals = 0
    for at, word in enumerate(said):
        if word.typed[:1].isupper():
            capitals |= 1 << at
    return capitals


def _said_by(tokens: Sequence[_Token | Meaning]) -> int:
    by = 0
    for token in tokens:
        by |= token.said_by
    return by


def _alike(spelling: Spelling) -> float:
    return spelling.likeness


def _score(meaning: Meaning, tokens: list[_Token], spelt: list[Spelling] | None) -> float:
    """Set what a meaning is worth, by how its words are spelt; how much of the question it explains."""
    meaning.score = WORTH[meaning.part]
    if spelt:
        alike = [near.likeness for token, near in zip(tokens, spelt, strict=True) if token.said_by & meaning.said_by]
        likeness = sum(alike) / len(alike)
        meaning.score *= likeness
        meaning.plain = meaning.plain and likeness >= PLAIN
    return meaning.said_by.bit_count() * meaning.score
