"""Domain objects to the corpus file.

The file explains itself to whoever opens it (with Datasette, say): a table for each thing, foreign keys between them,
dates as EDTF beside the ISO days they are sorted and found by. Statements are numbered newest first, ties by id, so
“newest first” is the order of their numbers everywhere. Large tables are filled in the order of their keys, and
indexed afterwards.
"""

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlite_utils import Database

from bot.corpus import beside, crew, tables
from bot.corpus.bulk import STATEMENTS, uncollected
from bot.corpus.crew import Crew
from bot.corpus.rows import Ties, calendar_day
from bot.corpus.seeds import Seeds
from bot.corpus.tables import TABLES, Row
from bot.record import Article, key_of

SCHEMA_VERSION: Final = 3
"""Raised by every change of the tables: a generation of another version is never read."""

BATCH: Final = 2_000
"""Statements that are read and written at once."""

Progress = Callable[[int], None]
"""Told how many statements have been written since it was last told."""

_Row = dict[str, Any]

_PAIRS: Final = "insert into pairs select speaker, topic, count(*) from statement_topics group by speaker, topic"

_COUNTED: Final = ("speakers", "topics")
"""Tables with a count of statements in each row, which are indexed when that is known."""

_COUNTS: Final = """
update speakers set statements = (select count(*) from statements where speaker = speakers.id);
update topics set statements = (select count(*) from statement_topics where topic = topics.id);
insert into days
    select day, sum(said), sum(reported), sum(events) from (
        select said_day as day, count(*) as said, 0 as reported, 0 as events
        from statements where said_day is not null group by said_day
        union all
        select reported_day, 0, count(*), 0 from statements where reported_day is not null group by reported_day
        union all
        select day, 0, 0, count(*) from events where day is not null group by day
    ) group by day order by day;
insert into dated (statement) select number from statements not indexed where said is not null order by id;
insert into totals select
    (select count(*) from statements),
    (select count(*) from speakers where statements > 0),
    (select count(*) from topics where statements > 0),
    (select count(*) from articles),
    (select count(*) from events),
    (select count(*) from statements where corrected_on is not null) + (select count(*) from withdrawals),
    (select coalesce(said, reported) from statements order by number desc limit 1),
    (select coalesce(said, reported) from statements order by number limit 1);
"""


def build(seeds: Seeds, file: Path, progress: Progress = lambda _: None) -> None:
    """Write a new corpus file. The same seeds give a file with the same content.

    Args:
        seeds: a checked collection.
        file: where the corpus file is to be.
        progress: told how many statements have been written since it was last told.

    Raises:
        SeedProblems: where the seeds in bulk were changed since they were checked.
        sqlite3.Error: where the disk does not take it.
    """
    order = _in_order(seeds)
    bulk = seeds.bulk
    size = min(1, crew.size(bulk.signatures[STATEMENTS].size)) if STATEMENTS in bulk.signatures else 0
    with closing(tables.opened(file)) as connection, TemporaryDirectory(dir=file.parent) as scratch:
        tables.create(connection)
        statements = Path(scratch, "statements.db")
        with (
            bulk.steady(),
            uncollected(),
            Crew(beside.begin, statements, beside.needed(seeds), order, size=size) as other,
        ):
            waiting = other.give(beside.shares(len(order)))
            _fill(connection, seeds, order, progress)
            tables.index(connection, *(name for name in TABLES if name not in {"statements", "pairs", *_COUNTED}))
            tables.run(connection, _PAIRS)
            tables.index(connection, "pairs")
            connection.commit()
            for _ in waiting:
                pass
        with ThreadPoolExecutor(1) as aside:
            # From here on nothing is read of the seeds; their sums are taken while SQLite is busy.
            unchanged = aside.submit(bulk.refuse_changes)
            beside.take(connection, statements)
            tables.run(connection, _COUNTS)
            tables.index(connection, *_COUNTED)
            connection.execute("pragma analysis_limit = 1000")  # entries of each index: enough to choose between them
            connection.execute("analyze")
            connection.commit()
            unchanged.result()


def _fill(connection: sqlite3.Connection, seeds: Seeds, order: "array[int]", progress: Progress) -> None:
    """Write everything but the table of statements."""
    db = Database(connection, execute_plugins=False)

    def insert(table: str, rows: Iterable[_Row]) -> None:
        db.table(table).insert_all(rows, batch_size=BATCH)

    collection = seeds.collection
    insert("collection", [{name: getattr(collection, name) for name in TABLES["collection"][0]}])
    insert("generation", [{"schema_version": SCHEMA_VERSION, "fingerprint": seeds.fingerprint}])
    offices = _offices(seeds)
    insert(
        "offices",
        (
            {"id": id_, "key": office_key(title, organisation), "title": title, "organisation": organisation}
            for (title, organisation), id_ in offices.items()
        ),
    )
    insert(
        "office_aliases",
        (
            {"office": offices[named.title, named.organisation], "alias": alias}
            for named in seeds.office_names
            for alias in named.aliases
        ),
    )
    insert(
        "speakers",
        (
            {
                "id": speaker.id,
                "key": key_of(speaker.id),
                "name": speaker.name,
                "is_organisation": int(speaker.is_organisation),
                "statements": 0,
            }
            for speaker in seeds.speakers
        ),
    )
    insert("aliases", ({"speaker": who.id, "alias": alias} for who in seeds.speakers for alias in who.aliases))
    insert("terms_of_office", _terms_of_office(seeds, offices))
    insert(
        "topics",
        ({"id": topic.id, "key": key_of(topic.id), "label": topic.label, "statements": 0} for topic in seeds.topics),
    )
    insert(
        "synonyms",
        ({"topic": topic.id, "synonym": word} for topic in seeds.topics for word in topic.synonyms),
    )
    insert(
        "events",
        (
            {
                "id": event.id,
                "date": event.on.edtf,
                "day": calendar_day(event.on) or None,
                "status": str(event.status),
                "description": event.description,
                "source_title": event.source.title,
                "source_url": event.source.url,
            }
            for event in sorted(seeds.events, key=lambda event: (event.on.latest, event.id))
        ),
    )
    insert(
        "withdrawals",
        (
            {"statement": gone.statement, "key": key_of(gone.statement), "on": gone.on.isoformat(), "why": gone.why}
            for gone in seeds.withdrawals
        ),
    )
    _fill_ties(connection, seeds, offices, order, progress)


def _fill_ties(
    connection: sqlite3.Connection,
    seeds: Seeds,
    offices: dict[tuple[str, str], int],
    order: "array[int]",
    progress: Progress,
) -> None:
    """Write what ties statements to articles, topics and offices, each table in the order of its key."""
    bulk = seeds.bulk
    speakers = [speaker.id for speaker in seeds.speakers]
    held = {speaker.id: speaker.offices for speaker in seeds.speakers if speaker.offices}
    ties = Ties(speakers, held, offices, bulk.published)
    with seeds.read_bulk() as reader:
        for first in range(0, len(order), BATCH):
            citations: list[Row] = []
            for number, at in enumerate(order[first : first + BATCH], first + 1):
                if at >= len(bulk.statements):
                    citations += ties.add(number, seeds.statements[at - len(bulk.statements)])
                elif at in bulk.odd:
                    citations += ties.add(number, reader.statement(at))
                else:
                    citations.append(ties.add_plain(number, reader.plain(at)))
            tables.insert(connection, "citations", citations)
            progress(len(order[first : first + BATCH]))
        tables.insert(connection, "articles", (_article(reader.article(id_)) for id_ in sorted(ties.cited)))
    tables.insert(connection, "statement_topics", ties.of_topics())
    tables.insert(connection, "statement_offices", ties.of_offices())


def _in_order(seeds: Seeds) -> "array[int]":
    """The places of all statements, newest first, ties by id: those in bulk first, then those of the YAML files."""
    ids = [*seeds.bulk.statements.index, *(statement.id for statement in seeds.statements)]
    days = array("i", [*seeds.bulk.days, *(statement.when.latest.toordinal() for statement in seeds.statements)])
    order = sorted(range(len(ids)), key=ids.__getitem__)
    order.sort(key=days.__getitem__, reverse=True)  # which leaves what is equal in its order
    return array("I", order)


def office_key(title: str, organisation: str) -> int:
    """The stand-in of an office, whoever holds it."""
    return key_of(f"{title}\0{organisation}")


def _offices(seeds: Seeds) -> dict[tuple[str, str], int]:
    held = {(office.title, office.organisation) for speaker in seeds.speakers for office in speaker.offices}
    return {office: id_ for id_, office in enumerate(sorted(held), 1)}


def _terms_of_office(seeds: Seeds, offices: dict[tuple[str, str], int]) -> Iterator[_Row]:
    for speaker in seeds.speakers:
        for position, office in enumerate(speaker.offices):
            yield {
                "speaker": speaker.id,
                "position": position,
                "office": offices[office.title, office.organisation],
                "since": office.since.edtf,
                "until": office.until and office.until.edtf,
                "source_title": office.source and office.source.title,
                "source_url": office.source and office.source.url,
            }


def _article(article: Article) -> Row:
    return (
        article.id,
        article.outlet,
        article.title,
        article.byline,
        article.published.edtf,
        article.published_basis,
        article.url,
        str(article.wording),
        article.wording_note,
        article.text_sha256,
    )
