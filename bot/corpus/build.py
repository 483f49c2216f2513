"""Domain objects to the corpus file.

The file explains itself to whoever opens it (with Datasette, say): a table for each thing, foreign keys between them,
dates as EDTF beside the ISO days they are sorted and found by. Statements are numbered newest first, ties by id, so
“newest first” is the order of their numbers everywhere.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from bot.corpus.seeds import Seeds
from bot.record import Dating, Statement, key_of

SCHEMA_VERSION: Final = 1
"""Raised by every change of the tables: a generation of another version is never read."""

BATCH: Final = 10_000

Progress = Callable[[int], None]
"""Told how many statements have been written since it was last told."""

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
    "withdrawals": ({"statement": str, "on": str, "why": str}, {"pk": "statement"}),
}

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
    ("pairs", ["topic", "statements"]),
    ("events", ["day"]),
)

_COUNTS: Final = """
insert into pairs select speaker, topic, count(*) from statement_topics group by speaker, topic;
update speakers set statements = (select count(*) from statements where speaker = speakers.id);
update topics set statements = (select count(*) from statement_topics where topic = topics.id);
"""


def build(seeds: Seeds, file: Path, progress: Progress = lambda _: None) -> None:
    """Write a new corpus file. The same seeds give a file with the same content.

    Raises:
        sqlite3.Error: where the disk does not take it.
    """
    connection = sqlite3.connect(file)
    try:
        # No journal: a build that fails is thrown away whole, and one that succeeds is flushed by who publishes it.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        db = Database(connection, execute_plugins=False)
        for name, (columns, options) in _TABLES.items():
            db.table(name).create(columns, **options)
        with db.atomic():
            _fill(db, seeds, progress)
        for name, indexed in _INDEXES:
            db.table(name).create_index(indexed)
        for statement in filter(None, map(str.strip, _COUNTS.split(";"))):
            connection.execute(statement)
        connection.commit()
        connection.execute("analyze")
        connection.commit()
    finally:
        connection.close()


def calendar_day(when: Dating | None) -> str | None:
    """``MM-DD`` where the day is known for certain: what an anniversary is found by."""
    return when.day.strftime("%m-%d") if when and when.day else None


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
                "day": calendar_day(event.on),
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
        ({"statement": gone.statement, "on": gone.on.isoformat(), "why": gone.why} for gone in seeds.withdrawals),
    )
    ordered = sorted(seeds.statements, key=lambda statement: (-statement.when.latest.toordinal(), statement.id))
    insert("articles", _articles(ordered))
    insert("statements", _counted(ordered, progress))
    insert("citations", _citations(ordered))
    insert(
        "statement_topics",
        (
            {"topic": topic.id, "statement": number, "position": position, "speaker": statement.speaker.id}
            for number, statement in enumerate(ordered, 1)
            for position, topic in enumerate(statement.topics)
        ),
    )
    insert(
        "statement_offices",
        (
            {"office": office, "statement": number}
            for number, statement in enumerate(ordered, 1)
            for office in sorted({offices[held.title, held.organisation] for held in statement.offices})
        ),
    )


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


def _articles(statements: list[Statement]) -> Iterator[_Row]:
    articles = {citation.article.id: citation.article for statement in statements for citation in statement.citations}
    for _, article in sorted(articles.items()):
        yield {name: getattr(article, name) for name in _TABLES["articles"][0]} | {
            "published": article.published.edtf,
            "wording": str(article.wording),
        }


def _counted(statements: list[Statement], progress: Progress) -> Iterator[_Row]:
    for number, statement in enumerate(statements, 1):
        corrected = statement.corrected
        yield {
            "number": number,
            "id": statement.id,
            "key": key_of(statement.id),
            "speaker": statement.speaker.id,
            "kind": str(statement.citation.kind),
            "text": statement.citation.text,
            "said": statement.said and statement.said.edtf,
            "said_day": calendar_day(statement.said),
            "reported": statement.reported.edtf,
            "reported_day": None if statement.said else calendar_day(statement.reported),
            "corrected_on": corrected and corrected.on.isoformat(),
            "corrected_was": corrected and corrected.was,
            "corrected_why": corrected and corrected.why,
        }
        if number % BATCH == 0 or number == len(statements):
            progress(number % BATCH or BATCH)


def _citations(statements: list[Statement]) -> Iterator[_Row]:
    for number, statement in enumerate(statements, 1):
        for position, citation in enumerate(statement.citations):
            yield {
                "statement": number,
                "position": position,
                "article": citation.article.id,
                "kind": str(citation.kind),
                "pieces": json.dumps(citation.pieces, ensure_ascii=False),
                "said": citation.said and citation.said.edtf,
                "basis": citation.basis,
                "occasion": citation.occasion,
                "via": citation.via,
                "described_as": citation.described_as,
            }
