"""The corpus file, opened read-only."""

import sqlite3
from pathlib import Path
from typing import Any, Self

from bot.corpus.build import SCHEMA_VERSION
from bot.errors import GenerationError
from bot.record import Collection

_COLLECTION = "select title, digest_title, description, language, corrections_url from collection"


class CorpusFile:
    """A corpus file and the collection that it says it holds. Only this package knows what else to ask of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
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
