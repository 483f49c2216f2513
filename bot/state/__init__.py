"""What the bot must not forget. It lives apart from the corpus, which can be built again; this cannot.

``file`` opens it, ``tables`` says what is in it. ``digests`` are the subscriptions of channels and what was delivered,
``actions`` the log of what moderators did.
"""

from datetime import UTC, datetime

from bot.state.actions import ActionLog
from bot.state.digests import Digests


class State(Digests, ActionLog):
    """All of it, in one file."""

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
