"""The tables of the state file, made in steps: a file that has taken some takes the others when it is opened."""

from typing import Final

from sqlite_utils import Database, Migrations

MIGRATIONS: Final = Migrations("onrecord")


@MIGRATIONS()
def synced_commands(db: Database) -> None:
    """Which commands Discord was last told about, by application."""
    db.table("synced_commands").create({"application": int, "fingerprint": str, "at": str}, pk="application")


@MIGRATIONS()
def digests(db: Database) -> None:
    """Which channels get a digest when, and what has been posted in them."""
    db.table("subscriptions").create(
        {
            "channel": int,
            "guild": int,
            "clock": str,
            "zone": str,
            "policy": str,
            "next_at": int,
            "next_on": str,
            "search_after": int,
            "paused": str,
            "left_at": int,
        },
        pk="channel",
        not_null={"guild", "clock", "zone", "policy", "next_at", "next_on", "search_after"},
    )
    db.execute("create index subscriptions_due on subscriptions (next_at) where paused is null and left_at is null")
    db.table("subscriptions").create_index(["guild"])
    db.table("deliveries").create(
        {
            "channel": int,
            "on_date": str,
            "status": str,
            "claimed_at": int,
            "search_after": int,
            "attempts": int,
            "message": int,
        },
        pk=("channel", "on_date"),
        not_null={"status", "claimed_at", "search_after", "attempts"},
    )


@MIGRATIONS()
def moderation_log(db: Database) -> None:
    """What moderators did to the collection, or tried to."""
    db.table("actions").create(
        {
            "id": int,
            "at": int,
            "person": int,
            "name": str,
            "guild": int,
            "action": str,
            "outcome": str,
            "generation": str,
            "detail": str,
        },
        pk="id",
        not_null={"at", "name", "action", "outcome", "generation", "detail"},
    )
