"""Statements as rows of the corpus file.

There are millions of them, so they are tuples in the order of the tables' columns, and a statement in bulk that is
plain becomes rows without ever being an object. What both ways give for the same statement is the same.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Final

from bot.corpus import schema
from bot.corpus.schema import PlainStatement
from bot.record import BREAK, Dating, Speaker, Statement, key_of

Row = tuple[Any, ...]

_DATES: Final = 100_000
"""Dates that are remembered: more than most collections know."""


def calendar_day(when: Dating | None) -> str | None:
    """``MM-DD`` where the day is known for certain: what an anniversary is found by."""
    return when.day.strftime("%m-%d") if when and when.day else None


_day_of = lru_cache(_DATES)(lambda edtf: calendar_day(schema.dating(edtf)))


class Rows:
    """The rows of statements, added in the order of their numbers.

    Statements and citations are taken away batch by batch. What they have to do with topics and offices is kept, in a
    few bytes each, since it is written in another order.
    """

    def __init__(
        self,
        speakers: Mapping[str, Speaker],
        published: Mapping[str, Dating],
        offices: Mapping[tuple[str, str], int],
    ) -> None:
        """Take what rows refer to.

        Args:
            speakers: everybody, by id.
            published: when each article was, by id.
            offices: the number of each office by title and organisation.
        """
        self._published = published
        self._offices = offices
        self._names = list(speakers)
        self._speakers = {id_: number for number, id_ in enumerate(speakers)}
        self._holders = {who.id: who.offices for who in speakers.values() if who.offices}
        self._by = _numbers()
        """For each statement, the speaker's place among them all."""
        self._on: defaultdict[str, array[int]] = defaultdict(_numbers)
        """For each topic, number and position of each statement on it, one behind the other."""
        self._in: defaultdict[int, array[int]] = defaultdict(_numbers)
        self.statements: list[Row] = []
        self.citations: list[Row] = []
        self.cited: set[str] = set()
        """The ids of the articles."""

    def add(self, number: int, statement: Statement) -> None:
        """Add any statement."""
        said, corrected = statement.said, statement.corrected
        self.statements.append(
            (
                number,
                statement.id,
                key_of(statement.id),
                statement.speaker.id,
                str(statement.citation.kind),
                statement.citation.text,
                said and said.edtf,
                calendar_day(said),
                statement.reported.edtf,
                None if said else calendar_day(statement.reported),
                corrected and corrected.on.isoformat(),
                corrected and corrected.was,
                corrected and corrected.why,
            )
        )
        for position, cited in enumerate(statement.citations):
            self.cited.add(cited.article.id)
            self.citations.append(
                (
                    number,
                    position,
                    cited.article.id,
                    str(cited.kind),
                    _json(cited.pieces),
                    cited.said and cited.said.edtf,
                    cited.basis,
                    cited.occasion,
                    cited.via,
                    cited.described_as,
                )
            )
        self._tie(number, statement.speaker.id, [topic.id for topic in statement.topics], statement.when)

    def add_plain(self, number: int, plain: PlainStatement) -> None:
        """Add a statement in bulk that is plain."""
        id_, speaker, kind, text = plain["id"], plain["speaker"], plain["kind"], plain["text"]
        article, said = plain["article"], plain.get("said")
        published = self._published[article]
        pieces = _json((text,) if isinstance(text, str) else text)
        self.statements.append(
            (
                number,
                id_,
                key_of(id_),
                speaker,
                kind,
                text if isinstance(text, str) else BREAK.join(text),
                said,
                said and _day_of(said),
                published.edtf,
                None if said else _day_of(published.edtf),
                None,
                None,
                None,
            )
        )
        self.cited.add(article)
        self.citations.append(
            (
                number,
                0,
                article,
                kind,
                pieces,
                said,
                plain.get("basis") or "",
                plain.get("occasion") or "",
                plain.get("via") or "",
                plain.get("described_as") or "",
            )
        )
        self._tie(number, speaker, dict.fromkeys(plain["topics"]), schema.dating(said) if said else published)

    def topics(self) -> Iterator[Row]:
        """Rows of ``statement_topics``, by topic and number."""
        for topic, tied in sorted(self._on.items()):
            for number, position in zip(tied[::2], tied[1::2], strict=True):
                yield topic, number, position, self._names[self._by[number - 1]]

    def offices(self) -> Iterator[Row]:
        """Rows of ``statement_offices``, by office and number."""
        for office, tied in sorted(self._in.items()):
            for number in tied:
                yield office, number

    def _tie(self, number: int, speaker: str, topics: Iterable[str], when: Dating) -> None:
        self._by.append(self._speakers[speaker])
        for position, topic in enumerate(topics):
            self._on[topic].extend((number, position))
        if speaker in self._holders:
            held = {
                self._offices[office.title, office.organisation]
                for office in self._holders[speaker]
                if office.covers(when)
            }
            for office in held:
                self._in[office].append(number)


def _json(pieces: Iterable[str]) -> str:
    """Like ``json.dumps`` of a list, in a third of the time."""
    return f"[{', '.join(map(encode_basestring, pieces))}]"


def _numbers() -> "array[int]":
    return array("I")
