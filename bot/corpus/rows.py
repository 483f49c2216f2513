"""Statements as rows of the corpus file.

There are millions of them, so they are tuples in the order of the tables' columns, and a statement in bulk that is
plain becomes rows without ever being an object. What both ways give for the same statement is the same. What it has to
do with topics and offices is kept, in a few bytes each, since it is written in another order. What is not known is an
empty text here, of which SQLite makes a null: for each None, Python's sqlite3 looks for an adapter, in a microsecond.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Final

from bot.corpus import schema
from bot.corpus.schema import PlainStatement
from bot.record import BREAK, Dating, Office, Statement, key_of

Row = tuple[Any, ...]

_DATES: Final = 100_000
"""Dates that are remembered: more than most collections know."""


def calendar_day(when: Dating | None) -> str:
    """``MM-DD`` where the day is known for certain, else empty: what an anniversary is found by."""
    return when.day.strftime("%m-%d") if when and when.day else ""


_day_of = lru_cache(_DATES)(lambda edtf: calendar_day(schema.dating(edtf)))


class Rows:
    """Makes rows of statements, which come in the order of their numbers."""

    def __init__(
        self,
        speakers: list[str],
        held: Mapping[str, tuple[Office, ...]],
        offices: Mapping[tuple[str, str], int],
        published: Mapping[str, Dating],
    ) -> None:
        """Take what rows refer to.

        Args:
            speakers: the ids of everybody.
            held: the offices of whoever has any, by speaker.
            offices: the number of each office by title and organisation.
            published: when each article was, by id.
        """
        self._ids = speakers
        self._speakers = {id_: place for place, id_ in enumerate(speakers)}
        self._held = held
        self._offices = offices
        self._published = published
        self._on: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        """For each topic: number, position and speaker of each statement on it, one behind the other."""
        self._during: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        """For each office, the numbers of the statements made in it."""
        self.statements: list[Row] = []
        self.citations: list[Row] = []
        self.cited: set[str] = set()
        """The ids of the articles."""

    def forget_written(self) -> None:
        """Forget the rows of statements and citations, which have been written."""
        self.statements.clear()
        self.citations.clear()

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
                said.edtf if said else "",
                calendar_day(said),
                statement.reported.edtf,
                "" if said else calendar_day(statement.reported),
                corrected.on.isoformat() if corrected else "",
                corrected.was if corrected else "",
                corrected.why if corrected else "",
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
                    cited.said.edtf if cited.said else "",
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
        article, said = plain["article"], plain.get("said") or ""
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
                "" if said else _day_of(published.edtf),
                "",
                "",
                "",
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

    def _tie(self, number: int, speaker: str, topics: Iterable[str], when: Dating) -> None:
        who, on = self._speakers[speaker], self._on
        for position, topic in enumerate(topics):
            on[topic].extend((number, position, who))
        if speaker in self._held:
            during = {
                self._offices[office.title, office.organisation]
                for office in self._held[speaker]
                if office.covers(when)
            }
            for office in during:
                self._during[office].append(number)

    def of_topics(self) -> Iterator[Row]:
        """Rows of ``statement_topics``, by topic and number."""
        for topic, tied in sorted(self._on.items()):
            for number, position, who in zip(tied[::3], tied[1::3], tied[2::3], strict=True):
                yield topic, number, position, self._ids[who]

    def of_offices(self) -> Iterator[Row]:
        """Rows of ``statement_offices``, by office and number."""
        for office, numbers in sorted(self._during.items()):
            for number in numbers:
                yield office, number


def _json(pieces: Iterable[str]) -> str:
    """Like ``json.dumps`` of a list, in a third of the time."""
    return f"[{', '.join(map(encode_basestring, pieces))}]"
