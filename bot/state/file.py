"""The state file: SQLite in WAL mode, brought up to date when it is opened."""

import contextlib
import sqlite3
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from bot.errors import UserFacingError
from bot.state.tables import MIGRATIONS


class StateFile:
    """A state file, opened to be changed or to be read beside the process that does."""

    def __init__(self, db: Database, file: Path) -> None:
        self._db = db
        self._file = file

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open the state, creating or migrating it.

        Raises:
            UserFacingError: where the file is damaged, or cannot be read or written.
        """
        try:
            db = Database(file, execute_plugins=False)
            db.enable_wal()
            # A commit survives the death of the process, not the power's; nothing waits for the disk. What that may
            # cost is one delivery's claim, and a late delivery looks for its post before it is sent.
            db.execute("pragma synchronous = normal")
            db.execute("pragma wal_autocheckpoint = 0")
            MIGRATIONS.apply(db)
        except sqlite3.Error as error:
            raise UserFacingError(
                f"{file} cannot be used ({error}); mend its permissions, or move it away to begin with an empty one"
            ) from error
        return cls(db, file)

    @classmethod
    def reading(cls, file: Path) -> Self | None:
        """Open the state of a bot that may be running, to read it; None where there is none yet.

        Raises:
            UserFacingError: where it cannot be read.
        """
        if not file.exists():
            return None
        try:
            connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
            connection.execute("select 1 from actions limit 1").fetchall()
        except sqlite3.Error as error:
            raise UserFacingError(f"{file} cannot be read ({error})") from error
        return cls(Database(connection, execute_plugins=False), file)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def checkpoint(self) -> None:
        """Move what was written lately into the file, and wait for the disk. To be called from a thread of its own."""
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            connection.execute("pragma wal_checkpoint(passive)")

    def together(self) -> AbstractContextManager[Database]:
        """Several changes as one: all of them or none, and far faster than one by one."""
        return self._db.atomic()

    def _change(self, sql: str, **parameters: Any) -> bool:
        """Carry out one change; whether it changed anything."""
        with self._db.atomic():
            return self._db.execute(sql, parameters).rowcount > 0


def seconds(instant: datetime) -> int:
    """An instant as it is kept: whole seconds since 1970."""
    return int(instant.timestamp())
