"""What the bot must not forget. It lives apart from the corpus, which can be built again; this cannot."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from sqlite_utils import Database, Migrations

from bot.errors import UserFacingError

_migrations: Final = Migrations("onrecord")


@_migrations()
def synced_commands(db: Database) -> None:
    """Which commands Discord was last told about, by application."""
    db.table("synced_commands").create({"application": int, "fingerprint": str, "at": str}, pk="application")


class State:
    """The state file: SQLite in WAL mode, brought up to date when it is opened."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open the state, creating or migrating it.

        Raises:
            UserFacingError: where the file is damaged, or cannot be read or written.
        """
        try:
            db = Database(file, execute_plugins=False)
            db.enable_wal()
            _migrations.apply(db)
        except sqlite3.Error as error:
            raise UserFacingError(
                f"{file} cannot be used ({error}); mend its permissions, or move it away to begin with an empty one"
            ) from error
        return cls(db)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def synced_commands(self, application: int) -> str | None:
        """The fingerprint of the commands that Discord has for an application."""
        rows = self._db.query(
            "select fingerprint from synced_commands where application = :application",
            {"application": application},
        )
        return next((row["fingerprint"] for row in rows), None)

    def remember_synced_commands(self, application: int, fingerprint: str) -> None:
        """Discord has taken these commands."""
        self._db.table("synced_commands").upsert(
            {"application": application, "fingerprint": fingerprint, "at": datetime.now(UTC).isoformat()},
            pk="application",
        )
