"""Choices for a question that is still being typed."""

from collections.abc import Iterator
from typing import Final

from bot.corpus.store import Corpus
from bot.record import Selection
from bot.search.index import Index, Means
from bot.search.normalise import STOPWORDS
from bot.search.offer import Offer, chosen
from bot.search.reading import Meaning, Reader, Said

CHOICES: Final = 25
"""Discord shows at most so many choices."""

_HINTED: Final = 0.2
"""How much of a term must be said for it to be offered."""

_NARROWED: Final = 3
"""How many of the best choices are offered narrowed to a topic or speaker, too."""

_MANY: Final = 1000
"""More topics than one speaker is quoted on."""


class Completer:
    """Offers what one corpus has, most quoted first."""

    def __init__(self, corpus: Corpus, index: Index, reader: Reader) -> None:
        self._corpus = corpus
        self._index = index
        self._reader = reader

    def question(self, typed: str) -> list[Offer]:
        """Choices for a question that is still being typed: a speaker, a topic, or both, most quoted first."""
        picked = chosen(typed, self._corpus)
        if picked and (total := self._corpus.count(picked)):
            return [Offer.of(self._corpus, picked, total)]
        said = self._reader.said(typed)
        if not said:
            return self._most_quoted()
        meanings = self._reader.meanings(said, unfinished=not typed[-1:].isspace(), enough=_HINTED)
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
        best = sorted(
            offers, key=lambda offer: (-round(offers[offer][0], 1), -offers[offer][1], self._corpus.label(offer))
        )
        made = [Offer.of(self._corpus, offer, offers[offer][1]) for offer in best]
        narrower = (narrowed for offer in best[:_NARROWED] for narrowed in self._narrower(offer))
        return list(dict.fromkeys((*made[:CHOICES], *narrower)))[:CHOICES]

    def topic(self, typed: str, question: str) -> list[Offer]:
        """Choices of topics, only those of the speaker whom the question names where it names one."""
        read = self._reader.read(self._reader.said(question))
        who = (chosen(question, self._corpus) or self._reader.selection(read)).speaker
        counted = self._corpus.topics_of(who) if who else self._corpus.topics()
        said = self._reader.said(typed)
        meant = {meaning.term.id for meaning in self._reader.meanings(said, unfinished=True, enough=_HINTED)}
        return [
            Offer(f"{topic.label} ({topic.statements})", Selection(topics=(topic.id,)), topic.statements)
            for topic in counted
            if not said or topic.id in meant
        ][:CHOICES]

    def _people(self, said: list[Said], meanings: list[Meaning]) -> dict[str, tuple[frozenset[int], float]]:
        """Who may be meant, by name or by office: by which words, and how like them."""
        people: dict[str, tuple[frozenset[int], float]] = {}
        for meaning in meanings:
            if meaning.term.means is Means.SPEAKER:
                people.setdefault(meaning.term.id, (self._reader.with_office(said, meaning), meaning.score))
            elif meaning.term.means is Means.OFFICE:
                for holder in self._corpus.holders(self._index.offices[int(meaning.term.id)]):
                    people.setdefault(holder, (meaning.said_by, meaning.score))
        return people

    def _most_quoted(self) -> list[Offer]:
        """Where nothing is typed yet: who is quoted most, and what is spoken of most."""
        speakers = [(Selection(who.id), who.statements) for who in self._corpus.speakers()[: CHOICES // 2]]
        topics = [(Selection(topics=(on.id,)), on.statements) for on in self._corpus.topics()]
        return [Offer.of(self._corpus, *offer) for offer in [*speakers, *topics][:CHOICES]]

    def _narrower(self, selection: Selection) -> Iterator[Offer]:
        """What a speaker or a topic may be narrowed to."""
        if selection.speaker and not selection.topics:
            for topic in self._corpus.topics_of(selection.speaker):
                yield Offer.of(self._corpus, Selection(selection.speaker, topics=(topic.id,)), topic.statements)
        elif not selection.speaker:
            for speaker in self._corpus.speakers_on(selection.topics[0]):
                yield Offer.of(self._corpus, Selection(speaker.id, topics=selection.topics), speaker.statements)
