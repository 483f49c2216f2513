"""Statements as rows of the corpus file.

There are millions of them, so they are tuples in the order of the tables' columns, and a statement in bulk that is
plain becomes rows without ever being an object. What both ways give for the same statement is the same. What is not
known is an empty text here, of which SQLite makes a null: for each None, Python's sqlite3 looks for an adapter, in a
microsecond.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final

from bot.corpus.fields import dating
from bot.corpus.plain import PlainStatement
from bot.corpus.tables import Row
from bot.record import BREAK, Dating, Office, Statement, key_of

_DATES: Final = 100_000
"""Dates that are remembered: more than most collections know."""


def calendar_day(when: Dating | None) -> str:
    """``MM-DD`` where the day is known for certain, else empty: what an anniversary is found by."""
    return when.day.strftime("%m-%d") if when and when.day else ""


_day_of = lru_cache(_DATES)(lambda edtf: calendar_day(dating(edtf)))


def of_statement(number: int, statement: Statement) -> Row:
    """The row of any statement."""
    said, corrected = statement.said, statement.corrected
    return (
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


def of_plain_statement(number: int, plain: PlainStatement, published: Dating) -> Row:
    """The row of a statement in bulk that is plain; ``published`` is when its article was."""
    id_, text, said = plain["id"], plain["text"], plain.get("said") or ""
    return (
        number,
        id_,
        key_of(id_),
        plain["speaker"],
        plain["kind"],
        text if isinstance(text, str) else BREAK.join(text),
        said,
        said and _day_of(said),
        published.edtf,
        "" if said else _day_of(published.edtf),
        "",
        "",
        "",
    )


class Ties:
    """What statements, which come in the order of their numbers, have to do with articles, topics and offices.

    Of topics and offices a few bytes each are kept, since they are written in another order.
    """

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
        self._on: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        """For each topic, of each statement on it: number, speaker's place and position, in 32, 28 and 4 bits."""
        self._during: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        """For each office, the numbers of the statements made in it."""
        self.cited: set[str] = set()
        """The ids of the articles."""

    def add(self, number: int, statement: Statement) -> Iterator[Row]:
        """Tie any statement; the rows of its citations."""
        self._tie(number, statement.speaker.id, [topic.id for topic in statement.topics])
        self._date(number, statement.speaker.id, statement.when)
        for position, cited in enumerate(statement.citations):
            self.cited.add(cited.article.id)
            yield (
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

    def add_plain(self, number: int, plain: PlainStatement) -> Row:
        """Tie a statement in bulk that is plain; the row of its citation."""
        speaker, text, topics = plain["speaker"], plain["text"], plain["topics"]
        article, said = plain["article"], plain.get("said") or ""
        self.cited.add(article)
        self._tie(number, speaker, topics if len(topics) < 2 else dict.fromkeys(topics))
        if speaker in self._held:
            self._date(number, speaker, dating(said) if said else self._published[article])
        return (
            number,
            0,
            article,
            plain["kind"],
            _json_of_plain(text) if isinstance(text, str) else _json(text),
            said,
            plain.get("basis") or "",
            plain.get("occasion") or "",
            plain.get("via") or "",
            plain.get("described_as") or "",
        )

    def _tie(self, number: int, speaker: str, topics: Iterable[str]) -> None:
        tied, on = number << 32 | self._speakers[speaker] << 4, self._on
        for position, topic in enumerate(topics):
            on[topic].append(tied + position)

    def _date(self, number: int, speaker: str, when: Dating) -> None:
        held = [office for office in self._held.get(speaker, ()) if office.covers(when)]
        for office in {self._offices[office.title, office.organisation] for office in held}:
            self._during[office].append(number)

    def of_topics(self) -> Iterator[Row]:
        """Rows of ``statement_topics``, by topic and number."""
        for topic, tied in sorted(self._on.items()):
            for tie in tied:
                yield topic, tie >> 32, tie & 15, self._ids[tie >> 4 & 0xFFFFFFF]

    def of_offices(self) -> Iterator[Row]:
        """Rows of ``statement_offices``, by office and number."""
        for office, numbers in sorted(self._during.items()):
            for number in numbers:
                yield office, number


def _json(pieces: Iterable[str]) -> str:
    """Like ``json.dumps`` of a list, in a third of the time."""
    return f"[{', '.join(map(encode_basestring, pieces))}]"


def _json_of_plain(text: str) -> str:
    """The same of one plain text, which has no control characters, so that seldom anything in it needs a mark."""
    return f'["{text}"]' if '"' not in text and "\\" not in text else _json((text,))
