"""Words to an answer.

What a reading leaves over decides between an answer, a partial one and none: where a speaker was understood, the rest
of the question may be idle words; where none was, a word that means nothing here makes the whole question unanswered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.index import Index, Means, Term
from bot.search.normalise import STOPWORDS
from bot.search.offer import Offer, chosen
from bot.search.reading import Reader

SUGGESTED: Final = 3
"""At most so many suggestions come with an answer that is none."""

_ALIKE: Final = 0.75
"""How alike a word must look to be suggested."""


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
    suggestions: tuple[Offer, ...] = ()


class Finder:
    """Answers from one corpus."""

    def __init__(self, corpus: Corpus, index: Index, reader: Reader) -> None:
        self._corpus = corpus
        self._index = index
        self._reader = reader

    def find(self, query: str, topic: str = "") -> Answer:
        """What a question leads to.

        Args:
            query: a speaker, a topic, both in any order, or a sentence; or the value of a choice.
            topic: further words that can only mean a topic.
        """
        choice = chosen(query, self._corpus)
        if choice and not topic:
            return self._answer(query, choice, "", certain=True)
        said = self._reader.said(query)
        reading = self._reader.read(said)
        understood = choice or self._reader.selection(reading)
        left = [] if choice else [said[number].typed for number in reading.left_over]
        if topic:
            narrowing = chosen(topic, self._corpus)
            on = self._reader.said("" if narrowing else topic)
            narrow = self._reader.read(on, only=Means.TOPIC)
            more = narrowing.topics if narrowing else self._reader.selection(narrow).topics
            understood = replace(understood, topics=tuple(dict.fromkeys((*understood.topics, *more))))
            left += [on[number].typed for number in narrow.left_over] if not more else []
            query = f"{query} {topic}"
        certain = choice is not None or (reading.who is not None and reading.who.plain)
        answer = self._answer(query, understood, " ".join(dict.fromkeys(left)), certain=certain)
        dates = " ".join(self._reader.dates(said))
        return replace(answer, missing=" ".join(filter(None, (answer.missing, dates)))) if dates else answer

    def explain(self, answer: Answer) -> str:
        """What must be said of an answer before it is shown; empty where it is just what was asked for."""
        who = self._corpus.label(replace(answer.understood, topics=()))
        on = f" on “{answer.missing}”" if answer.missing else ""
        if answer.instead:
            return f"Nothing by {who}{on}; here is {self._corpus.label(answer.instead)}."
        if not answer.total:
            what = f"by {who}{on}" if who else f"for “{answer.query}”"
            return f"Nothing found {what}." + (" Did you mean:" if answer.suggestions else "")
        if answer.missing:
            return f"Shown for {self._corpus.label(answer.selection)}, without “{answer.missing}”."
        return ""

    def _answer(self, query: str, understood: Selection, missing: str, *, certain: bool) -> Answer:
        """The answer to what was understood.

        Args:
            query: the question.
            understood: who and what was recognised in it.
            missing: the words that meant nothing.
            certain: whether the speaker is named so plainly that something else by them may be shown instead.
        """
        understood = self._holder(understood)
        someone = bool(understood.speaker or understood.office)
        nothing = Answer(query, understood, Selection(), 0, missing)
        if not understood or (missing and not someone):
            return replace(nothing, suggestions=tuple(self._suggestions(query, understood))[:SUGGESTED])
        if not (missing and not understood.topics):
            selection, total = self._narrowed(understood)
            if total:
                dropped = [topic for topic in understood.topics if topic not in selection.topics]
                missing = " ".join(filter(None, (missing, *(self._corpus.topic(topic).label for topic in dropped))))
                return Answer(query, understood, selection, total, missing)
        if not missing:
            missing = " and ".join(self._corpus.topic(topic).label for topic in understood.topics)
        offers = tuple(dict.fromkeys(self._elsewhere(understood))) if someone else ()
        if offers and not certain:
            return replace(nothing, missing=missing, suggestions=offers[:SUGGESTED])
        if offers:
            return replace(nothing, missing=missing, instead=offers[0].selection, suggestions=offers[:SUGGESTED])
        return replace(nothing, missing=missing, suggestions=tuple(self._suggestions(query, understood))[:SUGGESTED])

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

    def _elsewhere(self, selection: Selection) -> Iterator[Offer]:
        """What somebody did speak on, most often first."""
        yield from self._out_of_office(selection)
        speakers = [selection.speaker] if selection.speaker else []
        if selection.office and not selection.speaker:
            speakers = list(self._corpus.holders(selection.office))
        for speaker in speakers:
            for topic in self._corpus.topics_of(speaker, 3):
                yield Offer.of(self._corpus, Selection(speaker=speaker, topics=(topic.id,)), topic.statements)

    def _out_of_office(self, selection: Selection) -> Iterator[Offer]:
        """What was said on the topics by who held the office, but not, or not surely, while holding it."""
        for speaker, office in self._corpus.terms_of_office():
            if office == selection.office:
                on_topics = Selection(speaker, topics=selection.topics)
                if total := self._corpus.count(on_topics):
                    yield Offer.of(self._corpus, on_topics, total)

    def _suggestions(self, query: str, understood: Selection) -> Iterator[Offer]:
        """What is close to a question that has no answer: what was understood of it, then what looks like it."""
        seen: set[Selection] = set()
        looks_like = [
            Selection(speaker=term.id) if term.means is Means.SPEAKER else Selection(topics=(term.id,))
            for word in self._reader.said(query)
            if word.folded not in STOPWORDS and len(word.folded) > 2
            for near in self._index.alike(word.folded, _ALIKE)
            for term in (self._index.terms[number] for number, _ in self._index.having(near.word))
            if _stands_for(term, near.word)
        ]
        topics = [Selection(topics=(topic,)) for topic in understood.topics]
        for selection in (*topics, *looks_like):
            if selection not in seen and (total := self._corpus.count(selection)):
                seen.add(selection)
                yield Offer.of(self._corpus, selection, total)


def _stands_for(term: Term, word: str) -> bool:
    """Whether one word is enough of a term to suggest it."""
    if term.means is Means.OFFICE:
        return False
    if term.surname is not None:
        return term.words[term.surname] == word
    return term.weights[term.words.index(word)] >= 0.5
