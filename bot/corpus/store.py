"""Read-only questions to a corpus file. Whatever comes back is a domain object."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.corpus import records
from bot.corpus.catalogue import Catalogue, Counted
from bot.corpus.listing import Listing
from bot.corpus.selections import COUNTED, match, selected
from bot.record import Dating, Event, Selection, Statement, Topic, Withdrawal

_STATEMENT = """
select s.number, s.id, s.corrected_on, s.corrected_was, s.corrected_why, s.speaker,
       c.article, c.kind, c.pieces, c.said, c.basis, c.occasion, c.via, c.described_as,
       a.outlet, a.title, a.byline, a.published, a.published_basis, a.url, a.wording, a.wording_note, a.text_sha256
from statements s join citations c on c.statement = s.number join articles a on a.id = c.article
where s.number = :number order by c.position
"""

_MENDED = """
select * from (
    select corrected_on as "on", s.id, p.name, corrected_why as why
    from statements s cross join speakers p on p.id = s.speaker
    where corrected_on is not null order by corrected_on desc, s.id limit :limit
)
union all
select * from (
    select "on", statement, '', why from withdrawals order by "on" desc, statement limit :limit
)
order by "on" desc, id limit :limit
"""
"""A cross join is made in the order it is written: from the few that were corrected to their speakers."""

_PATIENCE: Final = 400_000
"""Steps of SQLite's machine that counting statements by their words may take: a few milliseconds, the same anywhere."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How large a collection is, and the days between which its statements fall."""

    statements: int
    speakers: int
    topics: int
    articles: int
    events: int
    corrections: int
    earliest: Dating | None
    latest: Dating | None


@dataclass(frozen=True, slots=True)
class Mended:
    """A statement that was corrected or withdrawn."""

    on: date
    statement: str
    """The id."""
    speaker: str
    """The name; empty where the statement was withdrawn, since nothing else is left of it."""
    why: str


class Corpus(Catalogue):
    """A corpus file, opened read-only. Statements are known inside by number: 1 is the newest."""

    # Statements

    def statement(self, number: int) -> Statement:
        """A statement with its whole receipt."""
        rows = self._all(_STATEMENT, number=number)
        first = rows[0]
        return Statement(
            id=first["id"],
            speaker=self.speaker(first["speaker"]),
            topics=tuple(
                Topic(row["id"], row["label"])
                for row in self._all(
                    "select t.id, t.label from statement_topics st join topics t on t.id = st.topic "
                    "where st.statement = :number order by st.position",
                    number=number,
                )
            ),
            citations=tuple(records.citation(row) for row in rows),
            corrected=records.correction(first),
        )

    def number_of(self, key: int) -> int | None:
        """The number of the statement with this key; None where it is not, or no longer, there."""
        number: int | None = self._value("select number from statements where key = :key", key=key)
        return number

    def every_statement(self) -> Iterator[Statement]:
        """All of them, newest first."""
        for number in range(1, (self._value("select max(number) from statements") or 0) + 1):
            yield self.statement(number)

    def count(self, selection: Selection) -> int:
        """How many statements a selection holds."""
        sql, parameters = selected("count(*)", selection)
        if not selection.office and not selection.words:
            sql = COUNTED.get((selection.speaker is not None, len(selection.topics)), sql)
        count: int = self._value(sql, **parameters) or 0
        return count

    def count_text(self, selection: Selection) -> int:
        """How many statements a selection by words holds; 0 where it would take long to count so many."""
        if not match(selection.words):
            return 0
        self._connection.set_progress_handler(lambda: 1, _PATIENCE)
        try:
            return self.count(selection)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return 0
        finally:
            self._connection.set_progress_handler(None, 0)

    def numbers(self, selection: Selection, limit: int, *, after: int = 0) -> list[int]:
        """The first statements of a selection that come after a number, newest first."""
        sql, parameters = selected("statement", selection, "statement > :after", "order by statement limit :limit")
        return [row[0] for row in self._all(sql, **parameters, after=after, limit=limit)]

    def number_before(self, selection: Selection, number: int) -> int | None:
        """The last statement of a selection that comes before a number."""
        sql, parameters = selected("max(statement)", selection, "statement < :number")
        before: int | None = self._value(sql, **parameters, number=number)
        return before

    def place(self, selection: Selection, number: int) -> int:
        """Which of the selection's statements this is, from 1."""
        sql, parameters = selected("count(*)", selection, "statement <= :number")
        place: int = self._value(sql, **parameters, number=number)
        return place

    def ids(self, selection: Selection, limit: int) -> list[str]:
        """The ids of the first statements of a selection, newest first."""
        sql, parameters = selected("statement", selection, tail="order by statement limit :limit")
        found = f"select s.id from ({sql}) n cross join statements s on s.number = n.statement"
        return [row[0] for row in self._all(found, **parameters, limit=limit)]

    def label(self, selection: Selection) -> str:
        """A selection in words: “Jens Stoltenberg · dialogue”."""
        office = ", ".join(selection.office) if selection.office else ""
        who = self.speaker(selection.speaker).name if selection.speaker else office
        words = f"“{selection.words}”" if selection.words else ""
        return " · ".join(filter(None, (who, *(self.topic(topic).label for topic in selection.topics), words)))

    # Days

    def said_on(self, day: str, until: str = "") -> Listing[Statement]:
        """Statements said on a calendar day (``MM-DD``), oldest first; then those of the days up to another."""
        return self._statements_on("said", day, until or day)

    def reported_on(self, day: str, until: str = "") -> Listing[Statement]:
        """Statements of which only the report has a day, and it is this one; otherwise as ``said_on``."""
        return self._statements_on("reported", day, until or day)

    def events_on(self, day: str, until: str = "") -> Listing[Event]:
        """Events of a calendar day; otherwise as ``said_on``."""
        until = until or day
        return Listing(
            self._count_on("events", day, until),
            lambda limit, offset: [
                records.event(row)
                for row in self._all(
                    "select * from events where day between :day and :until "
                    "order by day, date, id limit :limit offset :offset",
                    day=day,
                    until=until,
                    limit=limit,
                    offset=offset,
                )
            ],
        )

    def _statements_on(self, what: str, day: str, until: str) -> Listing[Statement]:
        """What is dated by ``said`` or ``reported``. Both are in the order of their text where they are a day."""
        return Listing(
            self._count_on(what, day, until),
            lambda limit, offset: [
                self.statement(row["number"])
                for row in self._all(
                    f"select number from statements where {what}_day between :day and :until "
                    f"order by {what}_day, {what}, number limit :limit offset :offset",
                    day=day,
                    until=until,
                    limit=limit,
                    offset=offset,
                )
            ],
        )

    def _count_on(self, what: str, day: str, until: str) -> int:
        return self._value(f"select sum({what}) from days where day between :day and :until", day=day, until=until) or 0

    def days(self) -> list[Counted]:
        """Every calendar day that has something, in the order of the year: ``MM-DD`` as id and label."""
        return self._counted("select day, day, said + reported + events from days order by day")

    def count_dated(self) -> int:
        """How many statements a source dates."""
        return int(self._value("select max(place) from dated") or 0)

    def dated_number(self, index: int) -> int:
        """The number of the dated statement at an index from 0, in the order of ids."""
        return int(self._value("select statement from dated where place = :place", place=index + 1))

    # The whole

    def totals(self) -> Totals:
        """The collection's size and span."""
        row = self._all("select * from totals")[0]
        earliest, latest = row["earliest"], row["latest"]
        return Totals(
            statements=row["statements"],
            speakers=row["speakers"],
            topics=row["topics"],
            articles=row["articles"],
            events=row["events"],
            corrections=row["corrections"],
            earliest=Dating.parse(earliest) if earliest else None,
            latest=Dating.parse(latest) if latest else None,
        )

    def withdrawal_with(self, key: int) -> Withdrawal | None:
        """Why the statement with this key is no longer there."""
        row = self._one('select statement, "on", why from withdrawals where key = :key', key=key)
        return Withdrawal(row["statement"], date.fromisoformat(row["on"]), row["why"]) if row else None

    def latest_corrections(self, limit: int) -> list[Mended]:
        """What was corrected or withdrawn last, newest first."""
        return [
            Mended(date.fromisoformat(row["on"]), row["id"], row["name"], row["why"])
            for row in self._all(_MENDED, limit=limit)
        ]

    def fingerprint(self) -> str:
        """The fingerprint of the seeds it was built from."""
        return str(self._value("select fingerprint from generation"))
