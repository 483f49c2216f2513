"""A corpus to the index beside it."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final
from zlib import crc32

from bot.corpus.store import Corpus
from bot.search import arrays, dictionary, index
from bot.search.asked import is_numeral
from bot.search.normalise import FUNCTION_WORDS, words
from bot.search.sound import sounds
from bot.search.terms import ENOUGH, MEANS, Means, Sort, Term, terms_of, weights

NO_SURNAME: Final = 255
MAX_LIGHT: Final = 32
"""Words of a term that can be marked as grammar."""

NEVER: Final = index.NEVER

Arrays = dict[str, "array[int] | bytes"]


def write(corpus: Corpus, file: Path) -> None:
    """Write the index of a corpus. The same corpus gives the same index.

    Raises:
        OSError: where the disk does not take it.
    """
    arrays.write(file, index.VERSION, _Indexer(corpus).arrays())


class _Indexer:
    """Numbers everything, then makes the arrays."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._speakers = corpus.all_speakers()
        self._topics = corpus.all_topics()
        self._speaker = {counted.id: number for number, counted in enumerate(self._speakers)}
        self._topic = {counted.id: number for number, counted in enumerate(self._topics)}
        self._offices = [(named.title, named.organisation) for named in corpus.office_names()]
        self._terms = list(terms_of(corpus))
        self._words = sorted({word for term in self._terms for word in term.words})
        self._first_names = {term.words[0] for term in self._terms if term.sort is Sort.NAME and len(term.words) > 1}
        self._word = {word: number for number, word in enumerate(self._words)}

    def arrays(self) -> Arrays:
        """All of them."""
        return {
            **self._dictionary(),
            **self._variants(),
            **self._written(),
            **self._posted(),
            **self._completed(),
            **self._pairs(),
            **self._in_office(),
            **self._office_words(),
            **self._called(),
        }

    def _dictionary(self) -> Arrays:
        return {"words": " ".join(self._words).encode(), "numeral": bytes(map(is_numeral, self._words))}

    def _variants(self) -> Arrays:
        near: list[int] = []
        sound: list[int] = []
        for number, word in enumerate(self._words):
            errors = dictionary.dropped(len(word))
            if errors:
                near += [hashed << 32 | number for hashed in dictionary.variants(word.encode(), errors)]
            sound += [crc32(key.encode()) << 32 | number for key in sounds(word)]
        near.sort()
        sound.sort()
        bits = len(near).bit_length()
        begins = array("I", bytes(4 * ((1 << bits) + 1)))
        for entry in near:
            begins[(entry >> 64 - bits) + 1] += 1
        for top in range(1 << bits):
            begins[top + 1] += begins[top]
        return {"near": array("Q", near), "near_from": begins, "sound": array("Q", sound)}

    def _written(self) -> Arrays:
        """The terms."""
        spelt = [[self._word[word] for word in term.words] for term in self._terms]
        return {
            **_lists("term_words", spelt),
            **self._phrases(),
            "term_light": array("I", (_marked(term.light) for term in self._terms)),
            "term_sort": array("B", (term.sort for term in self._terms)),
            "term_surname": array("B", (min(_or(term.surname, NO_SURNAME), NO_SURNAME) for term in self._terms)),
            "term_thing": array("I", map(self._thing, self._terms)),
            "term_needs": array("B", (min(_needs(term), 255) for term in self._terms)),
        }

    def _phrases(self) -> Arrays:
        """What is called just so: a hash of the words of every term, grammar aside, and what it stands for."""
        called: dict[Means, set[tuple[int, int]]] = {means: set() for means in Means}
        for term in self._terms:
            into, thing = called[term.means], self._thing(term)
            telling = [self._word[w] for w, is_light in zip(term.words, term.light, strict=True) if not is_light]
            if len(telling) > 1:
                into.add((index.phrase(telling), thing))
            for position, share in enumerate(weights(term.light)):
                if self._is_enough(term, position, share):
                    into.add((index.phrase([self._word[term.words[position]]]), thing))
        named = {f"called_{means.name}": phrases for means, phrases in called.items()}
        named["called_short"] = set(self._short_names())
        arrays: Arrays = {}
        for name, phrases in named.items():
            ordered = sorted(phrases)
            arrays[name] = array("Q", (hashed for hashed, _ in ordered))
            arrays[f"{name}_things"] = array("I", (thing for _, thing in ordered))
        return arrays

    def _short_names(self) -> Iterator[tuple[int, int]]:
        """The same of the names that are left of long ones: without the first, and without those in the middle."""
        for term in self._terms:
            telling = [self._word[w] for w, is_light in zip(term.words, term.light, strict=True) if not is_light]
            if term.surname is not None and len(telling) > 2:
                thing = self._thing(term)
                for start in range(1, len(telling) - 1):
                    yield index.phrase(telling[start:]), thing
                yield index.phrase([telling[0], self._word[term.words[term.surname]]]), thing

    def _is_enough(self, term: Term, position: int, share: float) -> bool:
        """Whether one word of a term is enough of it; not of a person's own name, which others have as well."""
        return share >= ENOUGH[term.sort] and term.sort is not Sort.NAME and not self._is_surname(term, position)

    def _thing(self, term: Term) -> int:
        means = MEANS[term.sort]
        if means is Means.OFFICE:
            return int(term.thing)
        return (self._speaker if means is Means.SPEAKER else self._topic)[term.thing]

    def _posted(self) -> Arrays:
        """What each word is part of."""
        surname: defaultdict[int, set[int]] = defaultdict(set)
        given: defaultdict[int, set[int]] = defaultdict(set)
        alone: defaultdict[int, set[int]] = defaultdict(set)
        having: defaultdict[int, set[int]] = defaultdict(set)
        for number, term in enumerate(self._terms):
            thing = self._thing(term)
            shares = weights(term.light)
            for position, word in enumerate(term.words):
                at = self._word[word]
                if len(term.words) > 1 and not term.light[position]:
                    having[at].add(number)
                if self._is_surname(term, position):
                    surname[at].add(thing)
                elif self._is_enough(term, position, shares[position]):
                    alone[at].add(number)
                elif shares[position] >= ENOUGH[term.sort]:
                    given[at].add(thing)
        first_name = bytearray(len(self._words))
        initials = array("I", bytes(4 * len(self._speakers)))
        letters = array("I", bytes(4 * len(self._speakers)))
        for term in self._terms:
            for position, word in enumerate(term.words) if term.means is Means.SPEAKER else ():
                letter = 1 << ord(word[0]) - ord("a") if word[0].isalpha() else 0
                letters[self._speaker[term.thing]] |= letter
                if term.surname is not None and position < term.surname:
                    first_name[self._word[word]] |= not term.light[position]
                    initials[self._speaker[term.thing]] |= letter if term.sort is Sort.NAME else 0
        count = len(self._words)
        posted = {"surname": surname, "given": given, "alone": alone, "with": having}
        lists = {
            name: held
            for named, by_word in posted.items()
            for name, held in _lists(named, (sorted(by_word.get(n, ())) for n in range(count))).items()
        }
        named_first = [self._word.get((words(counted.label) or [""])[0], NEVER) for counted in self._speakers]
        return {
            **lists,
            "first_name": bytes(first_name),
            "named_first": array("I", named_first),
            "initials": initials,
            "letters_of": letters,
        }

    def _is_surname(self, term: Term, position: int) -> bool:
        """Whether a word alone may stand for a person: the surname, a part with a hyphen, the first of two surnames."""
        if term.surname is None or position > term.surname:
            return False
        if position > term.surname - term.barrels:
            return True
        before_it = term.sort is Sort.NAME and 0 < position == term.surname - term.barrels
        return before_it and not term.light[position] and term.words[position] not in self._first_names

    def _completed(self) -> Arrays:
        """What each word is part of, for questions that are still being typed."""
        named: list[set[int]] = [set() for _ in self._words]
        topical: list[set[int]] = [set() for _ in self._words]
        official: list[set[int]] = [set() for _ in self._words]
        for term in self._terms:
            into = {Means.SPEAKER: named, Means.TOPIC: topical, Means.OFFICE: official}[term.means]
            for word, is_light in zip(term.words, term.light, strict=True):
                if not (is_light and term.means is Means.OFFICE):
                    into[self._word[word]].add(self._thing(term))
        crowds: dict[str, list[int]] = {}
        for length in range(1, index.LONGEST_SHARED + 1):
            begun = [(word[:length], number) for number, word in enumerate(self._words)]
            for beginning, group in groupby(begun, key=itemgetter(0)):
                numbers = [number for _, number in group]
                shared = set().union(*(named[number] for number in numbers))
                if len(beginning) == length and len(shared) > index.CROWD:
                    crowds[beginning] = nsmallest(index.SHOWN, shared)
        name_words = [array("I") for _ in self._speakers]
        for at, speakers in enumerate(named):
            for speaker in speakers:
                name_words[speaker].append(at)
        ordered = sorted(crowds)
        return {
            **_lists("named", map(sorted, named)),
            **_lists("name_word", name_words),
            **_lists("topical", map(sorted, topical)),
            **_lists("official", map(sorted, official)),
            **_lists("crowd", (crowds[beginning] for beginning in ordered)),
            "crowded": " ".join(ordered).encode(),
        }

    def _pairs(self) -> Arrays:
        topics, counts, newest = ([array("I") for _ in self._speakers] for _ in range(3))
        on = [array("I") for _ in self._topics]
        for speaker, pairs in groupby(self._corpus.pairs(), key=itemgetter(0)):
            who = self._speaker[speaker]
            for topic, count, number in sorted(
                (self._topic[topic], count, number) for _, topic, count, number in pairs
            ):
                topics[who].append(topic)
                counts[who].append(count)
                newest[who].append(number)
                on[topic].append(who)
        newest_of = dict(self._corpus.newest())
        return {
            **_lists("pair_topic", topics, at="pair_at"),
            "pair_count": array("I", chain.from_iterable(counts)),
            "pair_newest": array("I", chain.from_iterable(newest)),
            **_lists("on", map(sorted, on)),
            **_lists("most", map(_most, topics, counts)),
            "speaker_count": array("I", (counted.statements for counted in self._speakers)),
            "speaker_newest": array("I", (newest_of.get(counted.id, NEVER) for counted in self._speakers)),
            "topic_count": array("I", (counted.statements for counted in self._topics)),
        }

    def _in_office(self) -> Arrays:
        """Who spoke on what in which office."""
        held: list[list[tuple[int, int]]] = [[] for _ in self._offices]
        numbers = {office: number for number, office in enumerate(self._offices)}
        for title, organisation, speaker, topic, count in self._corpus.said_in_office():
            entry = self._topic[topic] << 32 | self._speaker[speaker]
            held[numbers[title, organisation]].append((entry, count))
        for entries in held:
            entries.sort()
        made = dict(self._corpus.made_in_office())
        return {
            **_lists("in_office", ([entry for entry, _ in entries] for entries in held), code="Q"),
            **_lists("spoke", (sorted({entry & 0xFFFFFFFF for entry, _ in entries}) for entries in held)),
            "office_count": array("I", (made.get(office, 0) for office in self._offices)),
            "in_office_count": array("I", (count for entries in held for _, count in entries)),
        }

    def _office_words(self) -> Arrays:
        """The words that a speaker's offices are called by."""
        called: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for term in self._terms:
            if term.means is Means.OFFICE:
                called[self._offices[int(term.thing)]].update(
                    self._word[word] for word in {*term.words} - FUNCTION_WORDS
                )
        held: list[set[int]] = [set() for _ in self._speakers]
        for speaker, office in self._corpus.terms_of_office():
            held[self._speaker[speaker]] |= called[office]
        return _lists("office_word", map(sorted, held))

    def _called(self) -> Arrays:
        """Ids and names."""
        return {
            **_texts("speaker_id", (counted.id.encode() for counted in self._speakers)),
            **_texts("speaker_name", (counted.label.encode() for counted in self._speakers)),
            **_texts("topic_id", (counted.id.encode() for counted in self._topics)),
            **_texts("topic_label", (counted.label.encode() for counted in self._topics)),
            **_texts("office", ("\0".join(office).encode() for office in self._offices)),
            "speaker_by_id": _by_id(self._speaker),
            "topic_by_id": _by_id(self._topic),
        }


def _most(topics: Sequence[int], counts: Sequence[int]) -> list[int]:
    """What a speaker spoke on most, where that was on many topics."""
    if len(topics) <= index.SHOWN:
        return []
    return [
        topic
        for _, topic in nsmallest(index.SHOWN, ((-count, topic) for topic, count in zip(topics, counts, strict=True)))
    ]


def _or(number: int | None, other: int) -> int:
    return other if number is None else number


def _marked(light: Sequence[bool]) -> int:
    return sum(1 << position for position, is_light in enumerate(light[:MAX_LIGHT]) if is_light)


def _needs(term: Term) -> int:
    """How many words of a term must be said at the least, those that are grammar aside."""
    shares = weights(term.light)
    said = sum(share for share, is_light in zip(shares, term.light, strict=True) if is_light)
    heavy = [share for share, is_light in zip(shares, term.light, strict=True) if not is_light]
    for count, share in enumerate(heavy, 1):
        said += share
        if said >= ENOUGH[term.sort] - 1e-9:
            return 1 if term.surname is not None else count
    return len(heavy)


def _by_id(numbers: Mapping[str, int]) -> "array[int]":
    return array("I", (numbers[id_] for id_ in sorted(numbers)))


def _lists(name: str, lists: Iterable[Iterable[int]], *, at: str = "", code: str = "I") -> Arrays:
    """Lists of numbers behind each other, and where each begins."""
    flat, begins = array(code), array("I", [0])
    for numbers in lists:
        flat.extend(numbers)
        begins.append(len(flat))
    return {name: flat, at or f"{name}_at": begins}


def _texts(name: str, texts: Iterable[bytes]) -> Arrays:
    def kept() -> Iterator[bytes]:
        for text in texts:
            begins.append(begins[-1] + len(text))
            yield text

    begins = array("I", [0])
    return {name: b"".join(kept()), f"{name}_at": begins}
