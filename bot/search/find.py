"""Words to an answer.

A question is read in three steps. *Words*: each leads to words of the dictionary. *Meanings*: those lead to terms, and
a term that is said fully enough may be meant. *Reading*: who speaks and on what, chosen so that together they explain
as much of the question as they can. What the reading leaves over decides between an answer, a partial one and none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.index import Index, Means, Term
from bot.search.normalise import SPOKEN_OF, STOPWORDS, typed_words, words

CHOICES: Final = 25
"""Discord shows at most so many choices."""

_HINTED: Final = 0.2
"""How much of a term must be said for it to be offered while a question is being typed."""

_NARROWED: Final = 3
"""How many of the best choices are offered narrowed to a topic or speaker, too."""

_MANY: Final = 1000
"""More topics than one speaker is quoted on."""

_SURE: Final = 0.05
"""A reading that has statements is preferred to a better one that has none, within this much."""

_MARK: Final = "="
"""Begins the value of a choice: ids, and no words to be understood."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that is there, close to what was asked."""

    label: str
    selection: Selection
    statements: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was taken to mean and what that leads to. Holds no statement, only the way to them."""

    query: str
    understood: Selection
    """Who and what was recognised in the words, whether or not there is a statement."""
    selection: Selection
    """What to show: ``understood``, or empty where there is nothing."""
    total: int
    """How many statements ``selection`` holds."""
    missing: str = ""
    """What of the question led nowhere, as the asker wrote it."""
    instead: Selection = Selection()
    """Where a known speaker said nothing on what was asked: the speaker on something else."""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A term that may be meant, and by which words of the question."""

    term: Term
    said_by: frozenset[int]
    score: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """Who speaks and on what."""

    who: _Meaning | None
    topics: tuple[_Meaning, ...]
    left_over: tuple[int, ...]
    score: float


class Finder:
    """Answers from one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._index = Index(corpus)

    def find(self, query: str, topic: str = "") -> Answer:
        """What a question leads to.

        Args:
            query: a speaker, a topic, both in any order, or a sentence; or the value of a choice.
            topic: further words that can only mean a topic.
        """
        chosen = self._chosen(query)
        if chosen and not topic:
            return self._answer(query, chosen, "")
        said = self._said(query)
        reading = self._read(said)
        understood = chosen or self._selection(reading)
        left = [] if chosen else [said[number].typed for number in reading.left_over]
        if topic:
            narrowing = self._chosen(topic)
            on = self._said("" if narrowing else topic)
            narrow = self._read(on, only=Means.TOPIC)
            more = narrowing.topics if narrowing else self._selection(narrow).topics
            understood = replace(understood, topics=tuple(dict.fromkeys((*understood.topics, *more))))
            left += [on[number].typed for number in narrow.left_over] if not more else []
            query = f"{query} {topic}"
        return self._answer(query, understood, " ".join(dict.fromkeys(left)))

    def complete(self, typed: str) -> list[Suggestion]:
        """Choices for a question that is still being typed: a speaker, a topic, or both, most quoted first."""
        said = self._said(typed)
        if not said:
            return self._most_quoted()
        meanings = self._meanings(said, unfinished=not typed[-1:].isspace(), enough=_HINTED)
        people = self._people(said, meanings)
        topics = {m.term.id: m for m in meanings if m.term.means is Means.TOPIC}
        asked = {number for number, word in enumerate(said) if word.folded not in STOPWORDS} or {len(said) - 1}
        offers: dict[Selection, tuple[float, int]] = {}
        for topic in topics.values():
            if asked <= topic.said_by and (total := self._corpus.count(on := Selection(topics=(topic.term.id,)))):
                offers[on] = (topic.score, total)
        for speaker, (by, likeness) in people.items():
            if asked <= by and (total := self._corpus.count(Selection(speaker))):
                offers[Selection(speaker)] = (likeness, total)
            for counted in self._corpus.topics_of(speaker, _MANY):
                on_topic = topics.get(counted.id)
                if on_topic and not by & on_topic.said_by and asked <= by | on_topic.said_by:
                    both = Selection(speaker, topics=(counted.id,))
                    offers[both] = (min(likeness, on_topic.score), counted.statements)
        best = sorted(offers, key=lambda offer: (-round(offers[offer][0], 1), -offers[offer][1], self.label(offer)))
        chosen = [self._suggest(offer, offers[offer][1]) for offer in best]
        narrower = (narrowed for offer in best[:_NARROWED] for narrowed in self._narrower(offer))
        return list(dict.fromkeys((*chosen[:CHOICES], *narrower)))[:CHOICES]

    def complete_topic(self, typed: str, question: str) -> list[Suggestion]:
        """Choices of topics, only those of the speaker whom the question names where it names one."""
        who = (self._chosen(question) or self._selection(self._read(self._said(question)))).speaker
        counted = self._corpus.topics_of(who) if who else self._corpus.topics()
        meant = {meaning.term.id for meaning in self._meanings(self._said(typed), unfinished=True, enough=_HINTED)}
        return [
            Suggestion(f"{topic.label} ({topic.statements})", Selection(topics=(topic.id,)), topic.statements)
            for topic in counted
            if not words(typed) or topic.id in meant
        ][:CHOICES]

    def label(self, selection: Selection) -> str:
        """A selection in words: “Jens Stoltenberg · dialogue”."""
        office = " of ".join(selection.office) if selection.office else ""
        who = self._corpus.speaker(selection.speaker).name if selection.speaker else office
        return " · ".join(filter(None, (who, *(self._corpus.topic(topic).label for topic in selection.topics))))

    def explain(self, answer: Answer) -> str:
        """What must be said of an answer before it is shown; empty where it is just what was asked for."""
        who = self.label(replace(answer.understood, topics=()))
        if answer.instead:
            return f"Nothing by {who} on “{answer.missing}”; here is {self.label(answer.instead)}."
        if not answer.total:
            on = f" on “{answer.missing}”" if answer.missing and who else ""
            what = f" by {who}{on}" if who else f" for “{answer.query}”"
            return f"Nothing found{what}." + (" Did you mean:" if answer.suggestions else "")
        if answer.missing:
            return f"Shown for {self.label(answer.selection)}, without “{answer.missing}”."
        return ""

    def value(self, selection: Selection) -> str:
        """A selection as the value of a choice, which ``find`` takes without understanding anything."""
        return f"{_MARK}{selection.speaker or ''}/{'/'.join(selection.topics)}"

    def _chosen(self, value: str) -> Selection | None:
        """The selection of a choice's value, where it is one and what it names is there."""
        if not value.startswith(_MARK):
            return None
        speaker, *topics = value.removeprefix(_MARK).split("/")
        try:
            return Selection(
                speaker=self._corpus.speaker(speaker).id if speaker else None,
                topics=tuple(self._corpus.topic(topic).id for topic in topics if topic),
            )
        except KeyError:
            return None

    # Words to meanings

    def _said(self, query: str) -> "list[_Said]":
        """The words of a question, those that are two words glued together taken apart."""
        return [
            _Said(part, typed)
            for folded, typed in typed_words(query)
            for part in (self._index.split(folded) if self._is_glued(folded) else None) or [folded]
        ]

    def _is_glued(self, word: str) -> bool:
        return len(word) >= 8 and not any(near.likeness > 0.8 for near in self._index.near(word))

    def _meanings(
        self,
        said: "list[_Said]",
        *,
        only: Means | None = None,
        unfinished: bool = False,
        enough: float | None = None,
    ) -> list[_Meaning]:
        """Every term that may be meant, best first."""
        likeness: dict[int, dict[int, tuple[float, frozenset[int]]]] = {}
        for word, numbers, is_last in self._spellings(said):
            for near in self._index.near(word, unfinished and is_last):
                for having, position in self._index.having(near.word):
                    slots = likeness.setdefault(having, {})
                    if near.likeness > slots.get(position, (0.0,))[0]:
                        slots[position] = (near.likeness, numbers)
        meanings: dict[tuple[Means, str], _Meaning] = {}
        for number, slots in likeness.items():
            term = self._index.terms[number]
            if only and term.means is not only:
                continue
            meaning = _meaning(term, slots, enough)
            held = meanings.get((term.means, term.id))
            if meaning and (held is None or _rank(meaning) > _rank(held)):
                meanings[term.means, term.id] = meaning
        return sorted(meanings.values(), key=_rank, reverse=True)

    def _spellings(self, said: "list[_Said]") -> Iterator[tuple[str, frozenset[int], bool]]:
        """The words to look up, and which words of the question each stands for: as typed, and two as one."""
        last = len(said) - 1
        for number, word in enumerate(said):
            yield word.folded, frozenset({number}), number == last
        for (first, one), (second, other) in pairwise(enumerate(said)):
            glued = one.folded + other.folded
            if len(glued) >= 5 and not (one.folded in self._index and other.folded in self._index):
                yield glued, frozenset({first, second}), False

    # Meanings to a reading

    def _read(self, said: "list[_Said]", *, only: Means | None = None) -> _Reading:
        meanings = self._meanings(said, only=only)
        people = [meaning for meaning in meanings if meaning.term.means is not Means.TOPIC][:8]
        topics = [meaning for meaning in meanings if meaning.term.means is Means.TOPIC][:16]
        readings = [self._reading(said, who, topics) for who in (*people, None)]
        best = max(readings, key=lambda reading: reading.score)
        for reading in sorted(readings, key=lambda reading: -reading.score):
            if best.score - reading.score <= _SURE and self._corpus.count(self._selection(reading)):
                return reading
        return best

    def _reading(self, said: "list[_Said]", who: _Meaning | None, topics: list[_Meaning]) -> _Reading:
        by = self._with_office(said, who) if who else frozenset[int]()
        taken = set(by)
        on: list[_Meaning] = []
        score = _weight(said, by) * who.score + self._prior(said, who) if who else 0.0
        for topic in topics:
            if len(on) < 2 and not taken & topic.said_by:
                on.append(topic)
                taken |= topic.said_by
                score += _weight(said, topic.said_by) * topic.score
        left_over = tuple(
            number
            for number, word in enumerate(said)
            if number not in taken and len(word.folded) > 1 and word.folded not in STOPWORDS
        )
        return _Reading(who, tuple(on), left_over, score)

    def _with_office(self, said: "list[_Said]", who: _Meaning) -> frozenset[int]:
        """The words that name a speaker, with those of the speaker's office beside the name: “foreign minister Lavrov”."""
        if who.term.means is Means.OFFICE:
            return who.said_by
        titles = (n for n, word in enumerate(said) if self._index.belongs_to_office(word.folded, who.term.id))
        return who.said_by.union(titles)

    def _prior(self, said: "list[_Said]", who: _Meaning) -> float:
        """What speaks for a reading beside the words it explains.

        Whoever is named first speaks, unless a preposition makes them what is spoken of; somebody who is quoted is
        more likely meant than somebody who is not, and a name more likely than an office.
        """
        first = min(who.said_by)
        before = [word.folded for word in said[max(0, first - 2) : first]]
        spoken_of = bool(before) and before[-1] in SPOKEN_OF and before != ["according", "to"]
        named = who.term.means is Means.SPEAKER
        quoted = named and self._corpus.count(Selection(speaker=who.term.id)) > 0
        return 0.02 * quoted + 0.01 * named - 0.005 * first - 0.5 * spoken_of

    def _selection(self, reading: _Reading) -> Selection:
        speaker, office = None, None
        if reading.who and reading.who.term.means is Means.SPEAKER:
            speaker = reading.who.term.id
        elif reading.who:
            office = self._index.offices[int(reading.who.term.id)]
        return Selection(speaker, office, tuple(topic.term.id for topic in reading.topics))

    # A reading to an answer

    def _answer(self, query: str, understood: Selection, missing: str) -> Answer:
        understood = self._holder(understood)
        someone = bool(understood.speaker or understood.office)
        nothing = Answer(query, understood, Selection(), 0, missing)
        if not understood or (missing and not someone):
            return replace(nothing, suggestions=tuple(self._suggestions(query, understood))[:3])
        if not (missing and not understood.topics):
            selection, total = self._narrowed(understood)
            if total:
                dropped = [topic for topic in understood.topics if topic not in selection.topics]
                missing = " ".join(filter(None, (missing, *(self._corpus.topic(topic).label for topic in dropped))))
                return Answer(query, understood, selection, total, missing)
        if not missing:
            missing = " and ".join(self._corpus.topic(topic).label for topic in understood.topics)
        offers = tuple(self._elsewhere(understood)) if someone else ()
        if offers:
            return replace(nothing, missing=missing, instead=offers[0].selection, suggestions=offers[:3])
        return replace(nothing, missing=missing, suggestions=tuple(self._suggestions(query, understood))[:3])

    def _narrowed(self, selection: Selection) -> tuple[Selection, int]:
        """The selection and its size; where nobody spoke on all of its topics, on the first that has something."""
        total = self._corpus.count(selection)
        if total or len(selection.topics) < 2:
            return selection, total
        for topic in selection.topics:
            alone = replace(selection, topics=(topic,))
            if total := self._corpus.count(alone):
                return alone, total
        return selection, 0

    def _holder(self, selection: Selection) -> Selection:
        """With the speaker named, where all that was said in an office on the topics was said by one."""
        if not selection.office or selection.speaker:
            return selection
        found = [
            narrowed
            for holder in self._corpus.holders(selection.office)
            if self._corpus.count(narrowed := replace(selection, speaker=holder))
        ]
        return found[0] if len(found) == 1 else selection

    def _elsewhere(self, selection: Selection) -> Iterator[Suggestion]:
        """What somebody did speak on, most often first."""
        speakers = [selection.speaker] if selection.speaker else []
        if selection.office and not selection.speaker:
            speakers = list(self._corpus.holders(selection.office))
        for speaker in speakers:
            for topic in self._corpus.topics_of(speaker, 3):
                yield self._suggest(Selection(speaker=speaker, topics=(topic.id,)), topic.statements)

    def _suggestions(self, query: str, understood: Selection) -> Iterator[Suggestion]:
        """What is close to a question that has no answer: what was understood of it, then what looks like it."""
        seen: set[Selection] = set()
        looks_like = [
            Selection(speaker=term.id) if term.means is Means.SPEAKER else Selection(topics=(term.id,))
            for word in self._said(query)
            if word.folded not in STOPWORDS and len(word.folded) > 2
            for near in self._index.alike(word.folded, 0.7)
            for term in (self._index.terms[number] for number, _ in self._index.having(near.word))
            if _stands_for(term, near.word)
        ]
        topics = [Selection(topics=(topic,)) for topic in understood.topics]
        holders = [
            replace(understood, speaker=speaker, office=None)
            for speaker, office in self._corpus.terms_of_office()
            if office == understood.office
        ]
        for selection in (*holders, *topics, *looks_like):
            if selection not in seen and (total := self._corpus.count(selection)):
                seen.add(selection)
                yield self._suggest(selection, total)

    def _suggest(self, selection: Selection, statements: int) -> Suggestion:
        return Suggestion(f"{self.label(selection)} ({statements})", selection, statements)

    def _people(self, said: "list[_Said]", meanings: list[_Meaning]) -> dict[str, tuple[frozenset[int], float]]:
        """Who may be meant, by name or by office: by which words, and how like them."""
        people: dict[str, tuple[frozenset[int], float]] = {}
        for meaning in meanings:
            if meaning.term.means is Means.SPEAKER:
                people.setdefault(meaning.term.id, (self._with_office(said, meaning), meaning.score))
            elif meaning.term.means is Means.OFFICE:
                for holder in self._corpus.holders(self._index.offices[int(meaning.term.id)]):
                    people.setdefault(holder, (meaning.said_by, meaning.score))
        return people

    def _most_quoted(self) -> list[Suggestion]:
        """Where nothing is typed yet: who is quoted most, and what is spoken of most."""
        speakers = [self._suggest(Selection(who.id), who.statements) for who in self._corpus.speakers()[: CHOICES // 2]]
        topics = [self._suggest(Selection(topics=(on.id,)), on.statements) for on in self._corpus.topics()[:CHOICES]]
        return [*speakers, *topics][:CHOICES]

    def _narrower(self, selection: Selection) -> Iterator[Suggestion]:
        """What a speaker or a topic may be narrowed to."""
        if selection.speaker and not selection.topics:
            for topic in self._corpus.topics_of(selection.speaker):
                yield self._suggest(Selection(selection.speaker, topics=(topic.id,)), topic.statements)
        elif not selection.speaker:
            for speaker in self._corpus.speakers_on(selection.topics[0]):
                yield self._suggest(Selection(speaker.id, topics=selection.topics), speaker.statements)


def _stands_for(term: Term, word: str) -> bool:
    """Whether one word is enough of a term to suggest it."""
    if term.means is Means.OFFICE:
        return False
    if term.surname is not None:
        return term.words[term.surname] == word
    return term.weights[term.words.index(word)] >= 0.5


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the question: folded, and as the asker typed it."""

    folded: str
    typed: str


def _weight(said: list[_Said], numbers: frozenset[int]) -> float:
    """How much of a question some of its words are."""
    return sum(0.3 if said[number].folded in STOPWORDS else 1.0 for number in numbers)


def _rank(meaning: _Meaning) -> tuple[float, int, str]:
    return (meaning.score * len(meaning.said_by) ** 0.5, len(meaning.said_by), meaning.term.id)


def _meaning(term: Term, slots: dict[int, tuple[float, frozenset[int]]], enough: float | None) -> _Meaning | None:
    """A term as said by the words that filled its slots, or None where they do not say enough of it."""
    said = sum(term.weights[position] for position in slots)
    likeness = sum(term.weights[position] * slots[position][0] for position in slots) / said
    numbers = frozenset[int]().union(*(slot[1] for slot in slots.values()))
    if term.surname is not None and term.surname in slots:
        return _Meaning(term, numbers, likeness * (0.95 + 0.05 * said))
    if said < (enough or term.enough):
        return None
    return _Meaning(term, numbers, likeness * said)
