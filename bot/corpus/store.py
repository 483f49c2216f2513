"""Read-only questions to a corpus file. Whatever comes back is a domain object."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from bot.corpus.build import SCHEMA_VERSION, office_key
from bot.corpus.listing import Listing
from bot.errors import GenerationError
from bot.record import (
    Article,
    Citation,
    Collection,
    Correction,
    Dating,
    Event,
    EventStatus,
    Kind,
    Office,
    OfficeName,
    Selection,
    Source,
    Speaker,
    Statement,
    Topic,
    Withdrawal,
    Wording,
)

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

_INFLECTED: Final = 5
"""Letters of a word from which on it may be the beginning of one in a text: “missile” is in “missiles”."""

_PATIENCE: Final = 400_000
"""Steps of SQLite's machine that counting statements by their words may take: a few milliseconds, the same anywhere."""

_COUNTED: Final = {
    (True, 0): "select statements from speakers where id = :speaker",
    (False, 1): "select statements from topics where id = :topic0",
    (True, 1): "select statements from pairs where speaker = :speaker and topic = :topic0",
}
"""The selections that were counted when the file was built, by whether they name a speaker and how many topics."""

_COLLECTION = "select title, digest_title, description, language, corrections_url from collection"


@dataclass(frozen=True, slots=True)
class Counted:
    """Something to browse, and how many statements it leads to."""

    id: str
    label: str
    statements: int


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


class Corpus:
    """A corpus file, opened read-only. Statements are known inside by number: 1 is the newest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._speakers: dict[str, Speaker] = {}
        self.collection = Collection(*connection.execute(_COLLECTION).fetchone())

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open a corpus file that nobody writes any more.

        Raises:
            GenerationError: where it is missing, damaged, or of another schema.
        """
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            versions = connection.execute("select schema_version from generation, collection").fetchall()
            if versions != [(SCHEMA_VERSION,)]:
                found = ", ".join(str(version) for (version,) in versions) or "none"
                raise GenerationError(
                    f"{file.name} has schema {found}, this version reads {SCHEMA_VERSION}: build it anew"
                )
            connection.execute("pragma mmap_size = 268435456")
            return cls(connection)
        except (sqlite3.Error, GenerationError) as error:
            if connection:
                connection.close()
            if isinstance(error, GenerationError):
                raise
            raise GenerationError(f"{file.name} cannot be read ({error}): build it anew") from error

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _all(self, sql: str, **parameters: Any) -> list[sqlite3.Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def _one(self, sql: str, **parameters: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return row

    def _value(self, sql: str, **parameters: Any) -> Any:
        row = self._one(sql, **parameters)
        return row[0] if row else None

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
            citations=tuple(_citation(row) for row in rows),
            corrected=_correction(first),
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
        sql, parameters = _selected("count(*)", selection)
        if not selection.office and not selection.words:
            sql = _COUNTED.get((selection.speaker is not None, len(selection.topics)), sql)
        count: int = self._value(sql, **parameters) or 0
        return count

    def count_text(self, selection: Selection) -> int:
        """How many statements a selection by words holds; 0 where it would take long to count so many."""
        if not _match(selection.words):
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
        sql, parameters = _selected("statement", selection, "statement > :after", "order by statement limit :limit")
        return [row[0] for row in self._all(sql, **parameters, after=after, limit=limit)]

    def number_before(self, selection: Selection, number: int) -> int | None:
        """The last statement of a selection that comes before a number."""
        sql, parameters = _selected("max(statement)", selection, "statement < :number")
        before: int | None = self._value(sql, **parameters, number=number)
        return before

    def place(self, selection: Selection, number: int) -> int:
        """Which of the selection's statements this is, from 1."""
        sql, parameters = _selected("count(*)", selection, "statement <= :number")
        place: int = self._value(sql, **parameters, number=number)
        return place

    def ids(self, selection: Selection, limit: int) -> list[str]:
        """The ids of the first statements of a selection, newest first."""
        sql, parameters = _selected("statement", selection, tail="order by statement limit :limit")
        found = f"select s.id from ({sql}) n cross join statements s on s.number = n.statement"
        return [row[0] for row in self._all(found, **parameters, limit=limit)]

    # Who and what

    def speaker(self, id_: str) -> Speaker:
        """A speaker with every name and office."""
        if id_ not in self._speakers:
            row = self._one("select * from speakers where id = :id", id=id_)
            if row is None:
                raise KeyError(id_)
            aliases = self._all("select alias from aliases where speaker = :id order by rowid", id=id_)
            offices = self._all(
                "select o.title, o.organisation, t.since, t.until, t.source_title, t.source_url "
                "from terms_of_office t join offices o on o.id = t.office where t.speaker = :id order by t.position",
                id=id_,
            )
            speaker = Speaker(
                id_,
                row["name"],
                tuple(alias["alias"] for alias in aliases),
                tuple(_office(office) for office in offices),
                bool(row["is_organisation"]),
            )
            self._speakers = {**self._speakers, id_: speaker} if len(self._speakers) < 256 else {id_: speaker}
        return self._speakers[id_]

    def topic(self, id_: str) -> Topic:
        """A topic's label."""
        row = self._one("select id, label from topics where id = :id", id=id_)
        if row is None:
            raise KeyError(id_)
        return Topic(row["id"], row["label"])

    def speaker_with(self, key: int) -> str | None:
        """The id of the speaker with this key."""
        id_: str | None = self._value("select id from speakers where key = :key", key=key)
        return id_

    def topic_with(self, key: int) -> str | None:
        """The id of the topic with this key."""
        id_: str | None = self._value("select id from topics where key = :key", key=key)
        return id_

    def office_with(self, key: int) -> tuple[str, str] | None:
        """Title and organisation of the office with this key."""
        row = self._one("select title, organisation from offices where key = :key", key=key)
        return (row["title"], row["organisation"]) if row else None

    def speakers(self) -> Listing[Counted]:
        """Everybody who is quoted, most quoted first."""
        return Listing(
            self._value("select speakers from totals"),
            lambda limit, offset: self._counted(
                "select id, name, statements from speakers where statements > 0 "
                "order by statements desc, name, id limit :limit offset :offset",
                limit=limit,
                offset=offset,
            ),
        )

    def topics(self) -> Listing[Counted]:
        """Every topic that has a statement, most spoken of first."""
        return Listing(
            self._value("select topics from totals"),
            lambda limit, offset: self._counted(
                "select id, label, statements from topics where statements > 0 "
                "order by statements desc, label, id limit :limit offset :offset",
                limit=limit,
                offset=offset,
            ),
        )

    def topics_of(self, speaker: str, limit: int = 25) -> list[Counted]:
        """What a speaker is quoted on, most often first."""
        return self._counted(
            "select t.id, t.label, p.statements from pairs p join topics t on t.id = p.topic "
            "where p.speaker = :speaker order by p.statements desc, t.label, t.id limit :limit",
            speaker=speaker,
            limit=limit,
        )

    def speakers_on(self, topic: str, limit: int = 25) -> list[Counted]:
        """Who is quoted on a topic, most often first."""
        return self._counted(
            "select s.id, s.name, p.statements from pairs p join speakers s on s.id = p.speaker "
            "where p.topic = :topic order by p.statements desc, s.name, s.id limit :limit",
            topic=topic,
            limit=limit,
        )

    def _counted(self, sql: str, **parameters: Any) -> list[Counted]:
        return [Counted(*row) for row in self._all(sql, **parameters)]

    # What an index is made of

    def all_speakers(self) -> list[Counted]:
        """Everybody, the most quoted first, ties by id."""
        return self._counted("select id, name, statements from speakers order by statements desc, id")

    def all_topics(self) -> list[Counted]:
        """Every topic, the one most spoken of first, ties by id."""
        return self._counted("select id, label, statements from topics order by statements desc, id")

    def pairs(self) -> Iterator[tuple[str, str, int, int]]:
        """(speaker id, topic id, how many statements, the newest one's number), a speaker's behind each other."""
        yield from map(
            tuple,
            self._connection.execute(
                "select speaker, topic, count(*), min(statement) from statement_topics group by speaker, topic"
            ),
        )

    def newest(self) -> Iterator[tuple[str, int]]:
        """(speaker id, the number of the newest statement) of everybody who is quoted."""
        yield from map(tuple, self._connection.execute("select speaker, min(number) from statements group by speaker"))

    def made_in_office(self) -> Iterator[tuple[tuple[str, str], int]]:
        """((title, organisation), how many statements) of every office in which some were made."""
        for title, organisation, count in self._connection.execute(
            "select o.title, o.organisation, count(*) from statement_offices so join offices o on o.id = so.office "
            "group by so.office"
        ):
            yield (title, organisation), count

    def said_in_office(self) -> Iterator[tuple[str, str, str, str, int]]:
        """(title, organisation, speaker id, topic id, how many statements) of what was said in an office."""
        yield from map(
            tuple,
            self._connection.execute(
                "select o.title, o.organisation, st.speaker, st.topic, count(*) from statement_offices so "
                "join offices o on o.id = so.office join statement_topics st on st.statement = so.statement "
                "group by so.office, st.speaker, st.topic"
            ),
        )

    def names(self) -> Iterator[tuple[str, str, bool]]:
        """(speaker id, name or alias, whether it is a person) of everybody, the name first."""
        for speaker, name, organisation in self._connection.execute(
            "select id, name, is_organisation from speakers order by rowid"
        ):
            yield speaker, name, not organisation
        for speaker, alias, organisation in self._connection.execute(
            "select a.speaker, a.alias, s.is_organisation from aliases a join speakers s on s.id = a.speaker "
            "order by a.rowid"
        ):
            yield speaker, alias, not organisation

    def topic_terms(self) -> Iterator[tuple[str, str]]:
        """(topic id, label or synonym) of every topic, the label first."""
        yield from map(tuple, self._connection.execute("select id, label from topics order by rowid"))
        yield from map(tuple, self._connection.execute("select topic, synonym from synonyms order by rowid"))

    def office_names(self) -> list[OfficeName]:
        """Every office that somebody holds or held, with what else it is called."""
        aliases: dict[int, list[str]] = {}
        for office, alias in self._connection.execute("select office, alias from office_aliases order by rowid"):
            aliases.setdefault(office, []).append(alias)
        return [
            OfficeName(row["title"], row["organisation"], tuple(aliases.get(row["id"], ())))
            for row in self._all("select id, title, organisation from offices order by id")
        ]

    def terms_of_office(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """(speaker id, (title, organisation)) of every term of office."""
        for speaker, title, organisation in self._connection.execute(
            "select t.speaker, o.title, o.organisation from terms_of_office t join offices o on o.id = t.office"
        ):
            yield speaker, (title, organisation)

    def descriptions(self) -> Iterator[tuple[str, str]]:
        """(speaker id, how a citation describes the speaker) of every description."""
        yield from self._connection.execute(
            "select distinct s.speaker, c.described_as from citations c join statements s on s.number = c.statement "
            "where c.described_as <> '' order by s.speaker, c.described_as"
        )

    def held(self, office: tuple[str, str]) -> list[str]:
        """The ids of who holds or held an office."""
        rows = self._all(
            "select distinct t.speaker from terms_of_office t join offices o on o.id = t.office where o.key = :key "
            "order by t.speaker",
            key=office_key(*office),
        )
        return [row["speaker"] for row in rows]

    def holders(self, office: tuple[str, str]) -> list[str]:
        """The ids of who made a statement in an office, most often quoted first."""
        return [
            row["speaker"]
            for row in self._all(
                "select s.speaker, count(*) n from statement_offices so join statements s on s.number = so.statement "
                "join offices o on o.id = so.office where o.key = :key group by s.speaker order by n desc, s.speaker",
                key=office_key(*office),
            )
        ]

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
                _event(row)
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


_WITH_WORDS: Final = """(
    select f.rowid as statement, s.speaker from statements_fts f cross join statements s on s.number = f.rowid
    where f.statements_fts match :words
) d"""


def _match(words: str) -> str:
    """Words as FTS5 looks for them: all must be there, the longer ones at least as the beginning of a word.

    https://sqlite.org/fts5.html#full_text_query_syntax
    """
    return " ".join(f'"{word}"*' if len(word) >= _INFLECTED else f'"{word}"' for word in re.findall(r"\w+", words))


def _selected(what: str, selection: Selection, condition: str = "1", tail: str = "") -> tuple[str, dict[str, Any]]:
    """The SQL for a selection: a table whose index gives its numbers in order, a look-up for each condition more."""
    parameters: dict[str, Any] = {"speaker": selection.speaker}
    parameters |= {f"topic{number}": topic for number, topic in enumerate(selection.topics)}
    topics = [f"topic = :topic{number}" for number in range(len(selection.topics))]
    if selection.words:
        parameters["words"] = _match(selection.words)
        source, conditions = (
            _WITH_WORDS,
            [f"exists (select 1 from statement_topics where {topic} and statement = d.statement)" for topic in topics],
        )
        topics = []
        if selection.office:
            parameters["office"] = office_key(*selection.office)
            conditions.append(
                "exists (select 1 from statement_offices where statement = d.statement "
                "and office = (select id from offices where key = :office))"
            )
    elif selection.office:
        parameters["office"] = office_key(*selection.office)
        source, conditions = "statement_offices d", ["office = (select id from offices where key = :office)"]
    elif topics:
        source, conditions = "statement_topics d", [topics.pop(0)]
    else:
        source, conditions = "(select number as statement, speaker from statements) d", []
    conditions += [
        f"exists (select 1 from statement_topics where {topic} and statement = d.statement)" for topic in topics
    ]
    if selection.speaker and selection.office and not selection.words:
        conditions.append("(select speaker from statements where number = d.statement) = :speaker")
    elif selection.speaker:
        conditions.append("d.speaker = :speaker")
    where = " and ".join([*conditions, condition])
    return f"select {what} from {source} where {where} {tail}", parameters


def _citation(row: sqlite3.Row) -> Citation:
    return Citation(
        article=Article(
            id=row["article"],
            outlet=row["outlet"],
            title=row["title"],
            published=Dating.parse(row["published"]),
            url=row["url"],
            wording=Wording(row["wording"]),
            byline=row["byline"],
            published_basis=row["published_basis"],
            wording_note=row["wording_note"],
            text_sha256=row["text_sha256"],
        ),
        kind=Kind(row["kind"]),
        pieces=tuple(json.loads(row["pieces"])),
        said=Dating.parse(row["said"]) if row["said"] else None,
        basis=row["basis"],
        occasion=row["occasion"],
        via=row["via"],
        described_as=row["described_as"],
    )


def _event(row: sqlite3.Row) -> Event:
    return Event(
        row["id"],
        Dating.parse(row["date"]),
        EventStatus(row["status"]),
        row["description"],
        Source(row["source_title"], row["source_url"] or ""),
    )


def _correction(row: sqlite3.Row) -> Correction | None:
    on = row["corrected_on"]
    return Correction(date.fromisoformat(on), row["corrected_was"], row["corrected_why"]) if on else None


def _office(row: sqlite3.Row) -> Office:
    return Office(
        row["title"],
        row["organisation"],
        Dating.parse(row["since"]),
        Dating.parse(row["until"]) if row["until"] else None,
        Source(row["source_title"], row["source_url"] or "") if row["source_title"] else None,
    )
