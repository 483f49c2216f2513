"""The tables of the corpus file: their columns, their keys, and how a million rows come into one.

A step of SQLite has its price whatever it does, so rows are written fifty at a time.
"""

import sqlite3
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database
from sqlite_utils.db import DescIndex

Row = tuple[Any, ...]
"""Values in the order of a table's columns."""

Columns = dict[str, Any]

_TOGETHER: Final = 50
"""Rows that are written in one step; SQLite before 3.32 takes at most 999 values in one."""

_CACHE: Final = 96 << 10
"""KiB that SQLite may keep in memory of what it writes and sorts."""

_SORTERS: Final = 4
"""Threads that SQLite may sort an index with."""

TABLES: Final[dict[str, tuple[Columns, Columns]]] = {
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
    "days": ({"day": str, "said": int, "reported": int, "events": int}, {"pk": "day"}),
    "dated": (
        {"place": int, "statement": int},
        {"pk": "place", "foreign_keys": [("statement", "statements", "number")]},
    ),
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

_INDEXES: Final[dict[str, tuple[list[str], ...]]] = {
    "speakers": (["key"], [DescIndex("statements"), "name", "id"]),
    "topics": (["key"], [DescIndex("statements"), "label", "id"]),
    "offices": (["key"],),
    "statements": (["key"], ["id"], ["speaker", "number"]),
    "statement_topics": (["speaker", "topic", "statement"], ["statement"]),
    "pairs": (["topic", "statements"],),
    "events": (["day", "date", "id"],),
    "withdrawals": (["key"], [DescIndex("on"), "statement"]),
}

_OF_SOME: Final = """
create index idx_statements_said_day on statements (said_day, said) where said_day is not null;
create index idx_statements_reported_day on statements (reported_day, reported) where reported_day is not null;
create index idx_statements_corrected_on on statements (corrected_on desc, id) where corrected_on is not null;
"""
"""Indexes of statements of which not every one has an entry."""


def opened(file: Path) -> sqlite3.Connection:
    """A file that is written to without a journal: a build that fails is thrown away whole.

    One that succeeds is flushed by who publishes it.
    """
    connection = sqlite3.connect(file.resolve().as_uri(), uri=True)
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")
    connection.execute(f"pragma cache_size = -{_CACHE}")
    connection.execute(f"pragma threads = {_SORTERS}")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """Create every table, without indexes."""
    db = Database(connection, execute_plugins=False)
    for name, (columns, options) in TABLES.items():
        db.table(name).create(columns, **options)


def index(connection: sqlite3.Connection, *names: str) -> None:
    """Create the indexes of tables."""
    db = Database(connection, execute_plugins=False)
    for name in names:
        for columns in _INDEXES.get(name, ()):
            db.table(name).create_index(columns)
    if "statements" in names:
        run(connection, _OF_SOME)


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows."""
    columns = TABLES[table][0]
    marks = ", ".join("nullif(?, '')" if name in _UNKNOWN else "?" for name in columns)
    given = iter(rows)
    while some := list(islice(given, _TOGETHER)):
        row_marks = ", ".join([f"({marks})"] * len(some))
        connection.execute(f"insert into {table} values {row_marks}", tuple(chain.from_iterable(some)))


def run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements, with a semicolon between two."""
    for statement in filter(None, map(str.strip, script.split(";"))):
        connection.execute(statement)
