"""The table of statements with its indexes, made in a file of its own and put in place as it is.

SQLite writes one file with one core, and half of the corpus file is this table: another process makes it while the rest
is written, where a collection is worth one.
"""

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.corpus import rows, tables
from bot.corpus.bulk import Reader, uncollected
from bot.corpus.seeds import Seeds
from bot.corpus.tables import Row

_SHARE: Final = 50_000
"""Statements that are written before the process looks whether anybody still waits for them."""

_WORDS: Final = """
create virtual table main.statements_fts using fts5 (
    text, content="statements", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
)
"""
"""The statements' words, to be searched: the table keeps an index and leaves the text where it is. Datasette knows it
by ``content="…"`` in just these marks."""

_GATHER: Final = """
insert into statements_fts (statements_fts, rank) values ('hashsize', 67108864);
insert into statements_fts (rowid, text) select number, text from statements order by number;
insert into statements_fts (statements_fts, rank) values ('hashsize', 1048576);
"""
"""Gathered 64 MiB at a time, and not one, the words need not be merged as often."""

_WORD_TABLES: Final = tuple(f"statements_fts_{what}" for what in ("data", "idx", "docsize", "config"))
"""What FTS5 keeps everything in that it knows: https://sqlite.org/fts5.html#fts5_data_structures"""


def begin(file: Path, seeds: Seeds, order: "array[int]") -> Callable[[range], None]:
    """How a member of a crew makes the file: given the numbers of statements to write, a share at a time, then none.

    Args:
        file: where it is to be.
        seeds: a checked collection.
        order: the place of each statement, by number: those in bulk come first, then those of the YAML files.
    """

    def work(numbers: range) -> None:
        new = not file.exists()
        with closing(tables.opened(file)) as connection, uncollected(), seeds.bulk.steady():
            if new:
                tables.create(connection)
            if numbers:
                with seeds.read_bulk() as reader:
                    tables.insert(connection, "statements", _rows(seeds, reader, order, numbers))
            else:
                connection.execute(_WORDS)
                tables.run(connection, _GATHER)
                tables.index(connection, "statements")
            connection.commit()

    return work


def needed(seeds: Seeds) -> Seeds:
    """What the file is made of: all but the ids of the statements in bulk, which are read with the rest of them."""
    return replace(seeds, bulk=replace(seeds.bulk, statements=replace(seeds.bulk.statements, index={})), places={})


def shares(count: int) -> list[range]:
    """What a member of a crew is given for so many statements."""
    return [*(range(first, min(first + _SHARE, count + 1)) for first in range(1, count + 1, _SHARE)), range(0)]


def take(connection: sqlite3.Connection, file: Path) -> None:
    """Put the table and its words in their place.

    From a table with the same columns and indexes SQLite fills an empty one without a look at what is in it: see
    ``xferOptimization`` in its insert.c.
    """
    tables.index(connection, "statements")
    connection.execute(_WORDS)
    connection.commit()
    connection.execute("attach :file as beside", {"file": file.resolve().as_uri()})
    for table in ("statements", *_WORD_TABLES):
        connection.execute(f"delete from main.{table}")
        connection.execute(f"insert into main.{table} select * from beside.{table}")
    connection.commit()
    connection.execute("detach beside")


def _rows(seeds: Seeds, reader: Reader, order: "array[int]", numbers: range) -> Iterator[Row]:
    bulk, published = seeds.bulk, seeds.bulk.published
    for number in numbers:
        at = order[number - 1]
        if at >= len(bulk.statements):
            yield rows.of_statement(number, seeds.statements[at - len(bulk.statements)])
        elif at in bulk.odd:
            yield rows.of_statement(number, reader.statement(at))
        else:
            plain = reader.plain(at)
            yield rows.of_plain_statement(number, plain, published[plain["article"]])
