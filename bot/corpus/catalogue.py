"""Who is quoted, on what, and in which office: speakers, topics and offices, with every name they go by."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.corpus import records
from bot.corpus.build import office_key
from bot.corpus.corpusfile import CorpusFile
from bot.corpus.listing import Listing
from bot.record import OfficeName, Speaker, Topic


@dataclass(frozen=True, slots=True)
class Counted:
    """Something to browse, and how many statements it leads to."""

    id: str
    label: str
    statements: int


class Catalogue(CorpusFile):
    """The speakers, topics and offices of a corpus."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._speakers: dict[str, Speaker] = {}

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
                tuple(records.office(office) for office in offices),
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
