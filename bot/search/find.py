"""Words to an answer, by one of three roads: names and topics, the text of what a speaker said, the text of everything.

What a reading leaves over decides between an answer, a partial one and none: where a speaker was understood, the rest
of the question may be idle words; where none was, a word that means nothing here makes the whole question unanswered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.asked import Said
from bot.search.index import Index
from bot.search.meaning import Holdings, Reading
from bot.search.normalise import STOPWORDS
from bot.search.offer import Offer, Offers
from bot.search.reading import Reader
from bot.search.terms import Means

SUGGESTED: Final = 3
"""At most so many suggestions come with an answer that is none."""

_ALIKE: Final = 0.75
"""How alike a word must look to be suggested."""

_LISTED: Final = 3
"""Words that led nowhere of which it is told, where a speaker and a topic were understood."""

_WELL: Final = 0.6
"""How well a topic must be understood for the answer not to say which it was taken for."""

_CURT: Final = 2
"""Words of a question of which one alone may be looked for in every text: not the “joke” of “tell me a joke”."""

_LOOKED_AT: Final = 8
"""Words of a question for which something alike is looked for."""


class Road(StrEnum):
    """How an answer was come by."""

    NAMES = "names and topics"
    TEXT_OF_SPEAKER = "the text of the speaker's statements"
    TEXT = "the text of all statements"


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
    road: Road = Road.NAMES
    guessed: bool = False
    """Whether a topic was understood by a part of what it is called."""


class Finder:
    """Answers from one generation."""

    def __init__(self, corpus: Corpus, index: Index, reader: Reader) -> None:
        self._corpus = corpus
        self._index = index
        self._reader = reader
        self._offers = Offers(corpus, index)
        self._holdings = Holdings(corpus, index)

    def find(self, query: str, topic: str = "") -> Answer:
        """What a question leads to.

        Args:
            query: a speaker, a topic, both in any order, or a sentence; or the value of a choice.
            topic: further words that can only mean a topic.
        """
        choice = self._offers.chosen(query)
        if choice and not topic:
            return self._answer(query, choice, "", self._corpus.count(choice), certain=True)
        reading = Reading(()) if choice else self._reader.read(self._reader.said(query))
        understood, total = choice or self._holdings.selection(reading), reading.total
        # Of a long question much is idle; to list it would only hide what matters.
        idle = bool(reading.on and reading.who) and len(reading.left_over) > _LISTED
        left = [] if idle else [reading.said[number].typed for number in reading.left_over]
        if topic:
            understood, more = self._narrowed_to(understood, topic)
            total = self._corpus.count(understood) if understood else 0
            left += more
            query = f"{query} {topic}"
        certain = choice is not None or (reading.who is not None and reading.who.plain)
        missing = " ".join(dict.fromkeys(left)) if left else ""
        answer = self._answer(query, understood, missing, total, certain=certain)
        if answer.total and any(meaning.score < _WELL for meaning in reading.on):
            answer = replace(answer, guessed=True)
        if reading.dates and answer.road is Road.NAMES:
            dates = [reading.said[number].typed for number in reading.dates]
            return replace(answer, missing=" ".join(filter(None, (answer.missing, *dates))))
        return answer

    def _narrowed_to(self, understood: Selection, topic: str) -> tuple[Selection, list[str]]:
        """A selection on what the words of the topic mean as well, and those of them that mean nothing."""
        narrowing = self._offers.chosen(topic)
        if narrowing:
            more, left = narrowing.topics, []
        else:
            narrow = self._reader.read(self._reader.said(topic), only=Means.TOPIC)
            more = self._holdings.selection(narrow).topics
            left = [narrow.said[number].typed for number in narrow.left_over] if not more else []
        return replace(understood, topics=tuple(dict.fromkeys((*understood.topics, *more)))), left

    def explain(self, answer: Answer) -> str:
        """What must be said of an answer before it is shown; empty where it is just what was asked for."""
        who = self._corpus.label(replace(answer.understood, topics=(), words=""))
        on = f" on “{answer.missing}”" if answer.missing else ""
        if answer.instead:
            return f"Nothing by {who}{on}; here is {self._corpus.label(answer.instead)}."
        if not answer.total:
            what = f"by {who}{on}" if who else f"for “{answer.query}”"
            return f"Nothing found {what}." + (" Did you mean:" if answer.suggestions else "")
        if answer.road is not Road.NAMES:
            whose = f"statements by {who}" if answer.road is Road.TEXT_OF_SPEAKER else "statements"
            return f"No topic is called “{answer.selection.words}”; shown are {whose} with these words in the text."
        if answer.missing:
            return f"Shown for {self._corpus.label(answer.selection)}, without “{answer.missing}”."
        return f"Shown for {self._corpus.label(answer.selection)}." if answer.guessed else ""

    def _answer(self, query: str, understood: Selection, missing: str, total: int, *, certain: bool) -> Answer:
        """The answer to what was understood.

        Args:
            query: the question.
            understood: who and what was recognised in it.
            missing: the words that meant nothing.
            total: how many statements there are of what was understood.
            certain: whether the speaker is named so plainly that something else by them may be shown instead.
        """
        someone = bool(understood.speaker or understood.office)
        if total and (not missing or (someone and understood.topics)):
            return Answer(query, understood, understood, total, missing)
        nothing = Answer(query, understood, Selection(), 0, missing)
        if found := self._in_text(nothing, certain=certain and someone):
            return found
        if not someone or (missing and not understood):
            return replace(nothing, suggestions=self._some_suggestions(query, understood))
        if len(understood.topics) > 1 and (narrowed := self._on_one_topic(nothing)):
            return narrowed
        if not missing:
            missing = " and ".join(self._corpus.topic(topic).label for topic in understood.topics)
        offers = tuple(dict.fromkeys(self._elsewhere(understood)))
        if not offers:
            offers = self._some_suggestions(query, understood)
            certain = False
        shown = offers[0].selection if certain else Selection()
        return replace(nothing, missing=missing, instead=shown, suggestions=offers[:SUGGESTED])

    def _in_text(self, nothing: Answer, *, certain: bool) -> Answer | None:
        """What has the words in its text that mean no topic: by the speaker, or else all words of the question."""
        speaker, office = nothing.understood.speaker, nothing.understood.office
        if certain and nothing.missing and not nothing.understood.topics:
            by = Selection(speaker, office, words=_readable(nothing.missing))
            if total := self._corpus.count_text(by):
                return replace(nothing, selection=by, total=total, missing="", road=Road.TEXT_OF_SPEAKER)
        if not nothing.missing and nothing.understood:
            return None
        said = self._reader.said(nothing.query)
        content = [word for word in said if word.folded not in STOPWORDS]
        everywhere = Selection(words=_readable(" ".join(dict.fromkeys(word.typed for word in content))))
        telling = len(content) > 1 or len(said) <= _CURT
        if telling and any(len(word.folded) > 2 for word in content) and (total := self._corpus.count_text(everywhere)):
            return Answer(nothing.query, Selection(), everywhere, total, road=Road.TEXT)
        return None

    def _on_one_topic(self, nothing: Answer) -> Answer | None:
        """Where nobody spoke on all of the topics: the first that has something."""
        understood = nothing.understood
        for topic in understood.topics:
            alone = replace(understood, topics=(topic,))
            if total := self._corpus.count(alone):
                dropped = [self._corpus.topic(other).label for other in understood.topics if other != topic]
                missing = " ".join(filter(None, (nothing.missing, *dropped)))
                return replace(nothing, selection=alone, total=total, missing=missing)
        return None

    def _elsewhere(self, selection: Selection) -> Iterator[Offer]:
        """What somebody did speak on, most often first."""
        yield from self._out_of_office(selection)
        speakers = [selection.speaker] if selection.speaker else []
        if selection.office and not selection.speaker:
            speakers = self._corpus.holders(selection.office)
        for speaker in speakers:
            for topic in self._corpus.topics_of(speaker, SUGGESTED):
                yield self._offers.of(Selection(speaker=speaker, topics=(topic.id,)), topic.statements)

    def _out_of_office(self, selection: Selection) -> Iterator[Offer]:
        """What was said on the topics by who held the office, but not, or not surely, while holding it."""
        for speaker in self._corpus.held(selection.office) if selection.office else ():
            on_topics = Selection(speaker, topics=selection.topics)
            if total := self._corpus.count(on_topics):
                yield self._offers.of(on_topics, total)

    def _some_suggestions(self, query: str, understood: Selection) -> tuple[Offer, ...]:
        return tuple(islice(self._suggestions(query, understood), SUGGESTED))

    def _suggestions(self, query: str, understood: Selection) -> Iterator[Offer]:
        """What is close to a question that has no answer: what was understood of it, then what looks like it."""
        index = self._index
        topics = [topic for id_ in understood.topics if (topic := index.topic_with(id_)) is not None]
        pairs = [(None, topic) for topic in topics]
        for speaker, topic in dict.fromkeys((*pairs, *self._looking_like(self._reader.said(query)))):
            count = index.topic_count[topic] if topic is not None else index.speaker_count[speaker or 0]
            if count:
                yield self._offers.numbered(speaker, topic, count)

    def _looking_like(self, said: Sequence[Said]) -> Iterator[tuple[int | None, int | None]]:
        """Speakers or topics, by number."""
        index = self._index
        telling = [word.folded for word in said if word.folded not in STOPWORDS and len(word.folded) > 2]
        for word in telling[:_LOOKED_AT]:
            for near in index.alike(word, _ALIKE):
                yield from ((speaker, None) for speaker in index.surnamed(near.word, near.word + 1)[:SUGGESTED])
                for term in index.alone(near.word)[:SUGGESTED]:
                    if index.means(term) is Means.TOPIC:
                        yield None, index.thing_of[term]


def _readable(words: str) -> str:
    """Words as they are shown and searched, in single spaces."""
    return " ".join(words.split())
