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

from bot.corpus.bulk import uncollected
from bot.corpus.rows import Row, Rows, calendar_day
from bot.corpus.seeds import Seeds
from bot.record import Article, key_of

SCHEMA_VERSION: Final = 2
"""Raised by every change of the tables: a generation of another version is never read."""

BATCH: Final = 2_000
"""Statements that are read and written at once."""

Progress = Callable[[int], None]
"""Told how many statements have been written since it was last told."""

_CACHE: Final = 96 << 10
"""KiB that SQLite may keep in memory of what it writes and sorts."""

_SORTERS: Final = 4
"""Threads that SQLite may sort an index with."""

_Row = dict[str, Any]

_TABLES: Final[dict[str, tuple[_Row, _Row]]] = {
    "collection": (
        {"title": str, "digest_title": str, "description": str, "language": str, "corrections_url": str},
        {},
    ),
    "generation": ({"schema_version": int, "fingerprint": str}, {}),
    "speakers": (
        {"id": str, "key": int, "name": str, "is_organisation": int, "statements": int},
        {"pk": "id"},
    ),
    "aliases": (
        {"speaker": str, "alias": str},
        {"pk": ("speaker", "alias"), "foreign_keys": [("speaker", "speakers", "id")]},
    ),
    "offices": ({"id": int, "key": int, "title": str, "organisation": str}, {"pk": "id"}),
    "office_aliases": (
        {"office": int, "alias": str},
        {"pk": ("office", "alias"), "foreign_keys": [("office", "offices", "id")]},
    ),
    "terms_of_office": (
        {
            "speaker": str,
            "position": int,
            "office": int,
            "since": str,
            "until": str,
            "source_title": str,
            "source_url": str,
        },
        {
            "pk": ("speaker", "position"),
            "foreign_keys": [("speaker", "speakers", "id"), ("office", "offices", "id")],
        },
    ),
    "topics": ({"id": str, "key": int, "label": str, "statements": int}, {"pk": "id"}),
    "synonyms": (
        {"topic": str, "synonym": str},
        {"pk": ("topic", "synonym"), "foreign_keys": [("topic", "topics", "id")]},
    ),
    "articles": (
        {
            "id": str,
            "outlet": str,
            "title": str,
            "byline": str,
            "published": str,
            "published_basis": str,
            "url": str,
            "wording": str,
            "wording_note": str,
            "text_sha256": str,
        },
        {"pk": "id"},
    ),
    "statements": (
        {
            "number": int,
            "id": str,
            "key": int,
            "speaker": str,
            "kind": str,
            "text": str,
            "said": str,
            "said_day": str,
            "reported": str,
            "reported_day": str,
            "corrected_on": str,
            "corrected_was": str,
            "corrected_why": str,
        },
        {"pk": "number", "foreign_keys": [("speaker", "speakers", "id")]},
    ),
    "citations": (
        {
            "statement": int,
            "position": int,
            "article": str,
            "kind": str,
            "pieces": str,
            "said": str,
            "basis": str,
            "occasion": str,
            "via": str,
            "described_as": str,
        },
        {
            "pk": ("statement", "position"),
            "foreign_keys": [("statement", "statements", "number"), ("article", "articles", "id")],
        },
    ),
    "statement_topics": (
        {"topic": str, "statement": int, "position": int, "speaker": str},
        {
            "pk": ("topic", "statement"),
            "foreign_keys": [
                ("topic", "topics", "id"),
                ("statement", "statements", "number"),
                ("speaker", "speakers", "id"),
            ],
        },
    ),
    "statement_offices": (
        {"office": int, "statement": int},
        {
            "pk": ("office", "statement"),
            "foreign_keys": [("office", "offices", "id"), ("statement", "statements", "number")],
        },
    ),
    "pairs": (
        {"speaker": str, "topic": str, "statements": int},
        {
            "pk": ("speaker", "topic"),
            "foreign_keys": [("speaker", "speakers", "id"), ("topic", "topics", "id")],
        },
    ),
    "events": (
        {
            "id": str,
            "date": str,
            "day": str,
            "status": str,
            "description": str,
            "source_title": str,
            "source_url": str,
        },
        {"pk": "id"},
    ),
    "days": ({"day": str, "entries": int}, {"pk": "day"}),
    "totals": (
        {
            "statements": int,
            "speakers": int,
            "topics": int,
            "articles": int,
            "events": int,
            "corrections": int,
            "earliest": str,
            "latest": str,
        },
        {},
    ),
    "withdrawals": ({"statement": str, "key": int, "on": str, "why": str}, {"pk": "statement"}),
}

_UNKNOWN: Final = {"said", "said_day", "reported_day", "corrected_on", "corrected_was", "corrected_why"}
"""Columns of statements and citations that are null where nothing is known; their rows have an empty text there."""

_INDEXES: Final = (
    ("speakers", ["key"]),
    ("topics", ["key"]),
    ("offices", ["key"]),
    ("statements", ["key"]),
    ("statements", ["id"]),
    ("statements", ["speaker", "number"]),
    ("statements", ["said_day"]),
    ("statements", ["reported_day"]),
    ("statement_topics", ["speaker", "topic", "statement"]),
    ("statement_topics", ["statement"]),
    ("events", ["day"]),
    ("withdrawals", ["key"]),
)

_CORRECTED: Final = """
create index idx_statements_corrected_on on statements (corrected_on) where corrected_on is not null
"""
"""Few of many are corrected; the others need no entry."""

_COUNTS: Final = """
insert into pairs select speaker, topic, count(*) from statement_topics group by speaker, topic;
update speakers set statements = (select count(*) from statements where speaker = speakers.id);
update topics set statements = (select count(*) from statement_topics where topic = topics.id);
insert into days
    select day, sum(entries) from (
        select said_day as day, count(*) as entries from statements where said_day is not null group by said_day
        union all
        select reported_day, count(*) from statements where reported_day is not null group by reported_day
        union all
        select day, count(*) from events where day is not null group by day
    ) group by day order by day;
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

_WORDS: Final = """
create virtual table main.statements_fts using fts5 (
    text, content="statements", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
)
"""
"""The statements' words, to be searched: the table keeps an index and leaves the text where it is. Datasette knows it
by ``content="…"`` in just these marks."""

_GATHER: Final = """
insert into statements_fts (statements_fts, rank) values ('hashsize', 67108864);
insert into statements_fts (rowid, text) select number, text from corpus.statements order by number;
insert into statements_fts (statements_fts, rank) values ('hashsize', 1048576);
"""
"""Gathered 64 MiB at a time, and not one, the words need not be merged as often."""

_WORD_TABLES: Final = ("data", "idx", "docsize", "config")
"""What FTS5 keeps everything in that it knows: https://sqlite.org/fts5.html#fts5_data_structures"""


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
    with closing(sqlite3.connect(file.resolve().as_uri(), uri=True)) as connection:
        # No journal: a build that fails is thrown away whole, and one that succeeds is flushed by who publishes it.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute(f"pragma cache_size = -{_CACHE}")
        connection.execute(f"pragma threads = {_SORTERS}")
        db = Database(connection, execute_plugins=False)
        for name, (columns, options) in _TABLES.items():
            db.table(name).create(columns, **options)
        with db.atomic(), seeds.bulk.steady(), uncollected():
            _fill(db, seeds, progress)
        with (
            TemporaryDirectory(dir=file.parent) as scratch,
            closing(_beside(file, Path(scratch, "words.db"))) as other,
            ThreadPoolExecutor(2) as aside,
        ):
            # From here on nothing is read of the seeds; their sums are taken while SQLite is busy.
            unchanged = aside.submit(seeds.bulk.refuse_changes)
            words = aside.submit(_run, other, _GATHER)
            for name, indexed in _INDEXES:
                db.table(name).create_index(indexed)
            _run(connection, _CORRECTED)
            _run(connection, _COUNTS)
            db.table("pairs").create_index(["topic", "statements"])
            words.result()
            other.close()
            _take_words(connection, Path(scratch, "words.db"))
            connection.execute("pragma analysis_limit = 1000")  # entries of each index: enough to choose between them
            connection.execute("analyze")
            connection.commit()
            unchanged.result()


def _beside(corpus: Path, file: Path) -> sqlite3.Connection:
    """A new file for a full-text index, that it can be written to while others are written to the corpus file.

    Nobody changes the pages of its statements any more, so they may be read past all locks; what changes, its schema,
    is read here and not again.
    """
    connection = sqlite3.connect(file, uri=True, check_same_thread=False)
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")
    connection.execute("attach :corpus as corpus", {"corpus": f"{corpus.resolve().as_uri()}?mode=ro&immutable=1"})
    connection.execute("select number, text from corpus.statements limit 1").fetchone()
    connection.execute(_WORDS)
    return connection


def _take_words(connection: sqlite3.Connection, file: Path) -> None:
    """Put a full-text index in its place, as it is."""
    connection.execute(_WORDS)
    connection.execute("attach :words as words", {"words": file.resolve().as_uri()})
    for table in _WORD_TABLES:
        connection.execute(f"delete from main.statements_fts_{table}")
        connection.execute(f"insert into main.statements_fts_{table} select * from words.statements_fts_{table}")
    connection.commit()
    connection.execute("detach words")


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in filter(None, map(str.strip, script.split(";"))):
        connection.execute(statement)
    connection.commit()


def _fill(db: Database, seeds: Seeds, progress: Progress) -> None:
    def insert(table: str, rows: Iterable[_Row]) -> None:
        db.table(table).insert_all(rows, batch_size=BATCH)

    collection = seeds.collection
    insert("collection", [{name: getattr(collection, name) for name in _TABLES["collection"][0]}])
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
    _fill_statements(db.conn, seeds, offices, progress)


def _fill_statements(
    connection: sqlite3.Connection, seeds: Seeds, offices: dict[tuple[str, str], int], progress: Progress
) -> None:
    """Write the statements and what refers to them, each table in the order of its key."""

    def insert(table: str, given: Iterable[Row]) -> None:
        marks = ", ".join("nullif(?, '')" if name in _UNKNOWN else "?" for name in _TABLES[table][0])
        connection.executemany(f"insert into {table} values ({marks})", given)

    bulk, yaml = seeds.bulk, seeds.statements
    speakers = [speaker.id for speaker in seeds.speakers]
    held = {speaker.id: speaker.offices for speaker in seeds.speakers if speaker.offices}
    made = Rows(speakers, held, offices, bulk.published)

    def write() -> None:
        progress(len(made.statements))
        insert("statements", made.statements)
        insert("citations", made.citations)
        made.forget_written()

    with seeds.read_bulk() as reader:
        for number, at in enumerate(_in_order(seeds), 1):
            if at >= len(bulk.statements):
                made.add(number, yaml[at - len(bulk.statements)])
            elif at in bulk.odd:
                made.add(number, reader.statement(at))
            else:
                made.add_plain(number, reader.plain(at))
            if number % BATCH == 0:
                write()
        write()
        insert("articles", (_article(reader.article(id_)) for id_ in sorted(made.cited)))
    insert("statement_topics", made.of_topics())
    insert("statement_offices", made.of_offices())


def _in_order(seeds: Seeds) -> list[int]:
    """The places of all statements, newest first, ties by id: those in bulk first, then those of the YAML files."""
    ids = [*seeds.bulk.statements.index, *(statement.id for statement in seeds.statements)]
    days = array("i", [*seeds.bulk.days, *(statement.when.latest.toordinal() for statement in seeds.statements)])
    order = sorted(range(len(ids)), key=ids.__getitem__)
    order.sort(key=days.__getitem__, reverse=True)  # which leaves what is equal in its order
    return order


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
