"""What the bot must not forget. It lives apart from the corpus, which can be built again; this cannot."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from sqlite_utils import Database, Migrations

from bot.errors import UserFacingError

_migrations: Final = Migrations("onrecord")


@_migrations()
def synced_commands(db: Database) -> None:
    """Which commands Discord was last told about, by application."""
    db.table("synced_commands").create({"application": int, "fingerprint": str, "at": str}, pk="application")


@_migrations()
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


@_migrations()
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


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel that gets a digest once on each of its local dates."""

    channel: int
    guild: int
    at: time
    """Wall-clock time in the zone."""
    zone: str
    """IANA name."""
    policy: str
    next_at: datetime
    """When it is looked at next, in UTC."""
    next_on: date
    """The local date that is due then."""
    search_after: int
    """A message in the channel that is older than any digest still to be confirmed."""
    paused: str = ""
    """Why it is paused; empty where it is not."""


class Outcome(StrEnum):
    """How far a delivery got."""

    CLAIMED = "claimed"
    """About to be sent, or sent and not yet confirmed."""
    POSTED = "posted"
    SKIPPED = "skipped"
    """The day had nothing, and the subscription leaves such days out."""
    MISSED = "missed"
    """The local date was over before it could be posted."""
    DOUBTFUL = "doubtful"
    """It may have been posted, and nobody can tell; so it was not sent again."""
    REFUSED = "refused"
    """The channel is gone, or may not be written to."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A digest in a channel on a local date. There is at most one."""

    channel: int
    on: date
    outcome: Outcome
    claimed_at: datetime
    search_after: int
    attempts: int
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to the collection: somebody in a server, or the operator at a shell."""

    name: str
    person: int | None = None
    """The id of the user; None for who is none on Discord."""
    guild: int | None = None

    def is_same(self, other: "Actor") -> bool:
        """Whether this is the same one, perhaps elsewhere or under a new name."""
        return self.person == other.person and (self.person is not None or self.name == other.name)


OPERATOR: Final = Actor("operator")
"""Whoever has a shell."""

ITSELF: Final = Actor("the bot itself")


class Verb(StrEnum):
    """What can be done to the collection, or asked of it."""

    CHECK = "check"
    RELOAD = "reload"
    ROLLBACK = "rollback"
    STATUS = "status"
    START = "start"
    REPAIR = "repair"


class Fate(StrEnum):
    """What came of an action."""

    BEGUN = "begun"
    """Under way, or cut off."""
    REFUSED = "refused"
    """By somebody who may not."""
    WAITING = "put off"
    """Somebody else was at it, or it was too soon."""
    PROBLEMS = "problems"
    """The seeds cannot be built, or change in silence what has been shown."""
    FAILED = "failed"
    FAULTLESS = "no fault"
    UNCHANGED = "nothing changed"
    PREVIEWED = "previewed"
    """Built, and waiting for a confirmation."""
    SERVED = "served"
    """The generation is the one on loan."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Nobody confirmed it in time."""
    INTERRUPTED = "interrupted"
    """The process ended meanwhile."""


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the log: who did what when, and what came of it."""

    number: int
    at: datetime
    by: Actor
    action: Verb
    fate: Fate
    generation: str
    """Of the generation that was built, served or gone back to; empty where there was none."""
    detail: str


MAX_ACTIONS: Final = 10_000
"""Entries of the log that are kept: nobody may fill the disk with attempts that are refused."""

_WHOLE: Final = 50
_BRIEF: Final = 500
"""How many entries keep every problem they list, and how many characters of it the others do."""


class State:
    """The state file: SQLite in WAL mode, brought up to date when it is opened."""

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
            _migrations.apply(db)
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

    def together(self) -> AbstractContextManager[Database]:
        """Several changes as one: all of them or none, and far faster than one by one."""
        return self._db.atomic()

    # Subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Set up a channel's digest, or replace it. What surely was not posted on its date may be posted after all."""
        with self._db.atomic():
            self._db.table("subscriptions").upsert(_subscription_row(subscription), pk="channel")
            self._db.execute(
                "delete from deliveries where channel = :channel and on_date = :on and status in (:skipped, :refused)",
                {
                    "channel": subscription.channel,
                    "on": subscription.next_on.isoformat(),
                    "skipped": str(Outcome.SKIPPED),
                    "refused": str(Outcome.REFUSED),
                },
            )

    def unsubscribe(self, channel: int) -> None:
        """Forget a channel's digest. What was posted today is kept, so that setting it up anew posts nothing twice."""
        self._change("delete from subscriptions where channel = :channel", channel=channel)

    def subscription(self, channel: int) -> Subscription | None:
        """A channel's digest."""
        return next(self._subscriptions("channel = :channel", channel=channel), None)

    def subscriptions_of(self, guild: int) -> list[Subscription]:
        """A server's digests."""
        return list(self._subscriptions("guild = :guild order by channel", guild=guild))

    def due(self, now: datetime, limit: int) -> list[Subscription]:
        """The digests to be looked at now, longest due first."""
        return list(
            self._subscriptions(
                "paused is null and left_at is null and next_at <= :now order by next_at limit :limit",
                now=_seconds(now),
                limit=limit,
            )
        )

    def reschedule(self, subscription: Subscription, at: datetime, on: date | None = None) -> None:
        """Look at a digest again at an instant, for its local date or another, unless it was set anew meanwhile."""
        self._change(
            f"update subscriptions set next_at = :at, next_on = coalesce(:on, next_on) where {_UNCHANGED}",
            **_identity(subscription),
            at=_seconds(at),
            on=on and on.isoformat(),
        )

    def scheduled_after(self, instant: datetime) -> list[Subscription]:
        """The digests that are next due after an instant."""
        return list(self._subscriptions("paused is null and left_at is null and next_at > :at", at=_seconds(instant)))

    def pause(self, channel: int, reason: str) -> None:
        """Leave a channel alone until somebody resumes it."""
        self._change(
            "update subscriptions set paused = :reason where channel = :channel", channel=channel, reason=reason
        )

    def resume(self, channel: int, at: datetime, on: date, search_after: int) -> None:
        """Post in a channel again, from an instant on."""
        self._change(
            "update subscriptions set paused = null, next_at = :at, next_on = :on, search_after = :after "
            "where channel = :channel",
            channel=channel,
            at=_seconds(at),
            on=on.isoformat(),
            after=search_after,
        )

    def guild_left(self, guild: int, now: datetime) -> None:
        """The bot is no longer in a server."""
        self._change(
            "update subscriptions set left_at = :now where guild = :guild and left_at is null",
            guild=guild,
            now=_seconds(now),
        )

    def guild_joined(self, guild: int) -> None:
        """The bot is in a server, perhaps again."""
        self._change(
            "update subscriptions set left_at = null where guild = :guild and left_at is not null", guild=guild
        )

    def guilds(self) -> set[int]:
        """The servers that have a digest."""
        return {row["guild"] for row in self._db.query("select distinct guild from subscriptions")}

    def forget(self, left_before: datetime, delivered_before: date) -> None:
        """Forget the digests of servers left before an instant, and what was delivered before a date."""
        self._change("delete from subscriptions where left_at < :before", before=_seconds(left_before))
        self._change("delete from deliveries where on_date < :before", before=delivered_before.isoformat())

    def _subscriptions(self, condition: str, **parameters: Any) -> Iterator[Subscription]:
        for row in self._db.query(f"select * from subscriptions where {condition}", parameters):
            yield Subscription(
                channel=row["channel"],
                guild=row["guild"],
                at=time.fromisoformat(row["clock"]),
                zone=row["zone"],
                policy=row["policy"],
                next_at=datetime.fromtimestamp(row["next_at"], UTC),
                next_on=date.fromisoformat(row["next_on"]),
                search_after=row["search_after"],
                paused=row["paused"] or "",
            )

    # Deliveries

    def claim(self, channel: int, on: date, now: datetime, search_after: int) -> bool:
        """Take it on to deliver a digest. False where somebody has: there is one delivery a channel and local date."""
        return self._change(
            "insert or ignore into deliveries (channel, on_date, status, claimed_at, search_after, attempts) "
            "values (:channel, :on, :status, :now, :search_after, 1)",
            channel=channel,
            on=on.isoformat(),
            status=str(Outcome.CLAIMED),
            now=_seconds(now),
            search_after=search_after,
        )

    def attempt_again(self, channel: int, on: date) -> None:
        """Count a further attempt."""
        self._change(
            "update deliveries set attempts = attempts + 1 where channel = :channel and on_date = :on",
            channel=channel,
            on=on.isoformat(),
        )

    def settle(
        self,
        subscription: Subscription,
        outcome: Outcome,
        now: datetime,
        next_at: datetime,
        next_on: date,
        message: int | None = None,
    ) -> None:
        """End the delivery of a subscription's local date, and schedule the next: both or neither."""
        with self._db.atomic():
            self._db.execute(
                "insert into deliveries (channel, on_date, status, claimed_at, search_after, attempts, message) "
                "values (:channel, :on, :status, :now, :after, 0, :message) on conflict (channel, on_date) "
                "do update set status = excluded.status, message = excluded.message",
                {
                    "channel": subscription.channel,
                    "on": subscription.next_on.isoformat(),
                    "status": str(outcome),
                    "now": _seconds(now),
                    "after": subscription.search_after,
                    "message": message,
                },
            )
            self._db.execute(
                "update subscriptions set next_at = :at, next_on = :on, search_after = max(search_after, :message) "
                f"where {_UNCHANGED}",
                _identity(subscription) | {"at": _seconds(next_at), "on": next_on.isoformat(), "message": message or 0},
            )

    def delivery(self, channel: int, on: date) -> Delivery | None:
        """What became of a channel's digest of a local date."""
        return next(self._deliveries("channel = :channel and on_date = :on", channel=channel, on=on.isoformat()), None)

    def last_delivery(self, channel: int) -> Delivery | None:
        """What became of a channel's latest digest."""
        return next(self._deliveries("channel = :channel order by on_date desc limit 1", channel=channel), None)

    def _deliveries(self, condition: str, **parameters: Any) -> Iterator[Delivery]:
        for row in self._db.query(f"select * from deliveries where {condition}", parameters):
            yield Delivery(
                channel=row["channel"],
                on=date.fromisoformat(row["on_date"]),
                outcome=Outcome(row["status"]),
                claimed_at=datetime.fromtimestamp(row["claimed_at"], UTC),
                search_after=row["search_after"],
                attempts=row["attempts"],
                message=row["message"],
            )

    # The log of what was done to the collection

    def begin(
        self, by: Actor, action: Verb, now: datetime, fate: Fate = Fate.BEGUN, generation: str = "", detail: str = ""
    ) -> int:
        """Log an action that begins, or that came to nothing at once; its number in the log."""
        with self._db.atomic():
            number = self._db.execute(
                "insert into actions (at, person, name, guild, action, outcome, generation, detail) "
                "values (:at, :person, :name, :guild, :action, :outcome, :generation, :detail)",
                {
                    "at": _seconds(now),
                    "person": by.person,
                    "name": by.name,
                    "guild": by.guild,
                    "action": str(action),
                    "outcome": str(fate),
                    "generation": generation,
                    "detail": detail,
                },
            ).lastrowid
            assert number is not None
            self._db.execute("delete from actions where id <= :oldest", {"oldest": number - MAX_ACTIONS})
            self._db.execute(
                "update actions set detail = substr(detail, 1, :brief) where id = :id",
                {"brief": _BRIEF, "id": number - _WHOLE},
            )
        return number

    def end(self, number: int, fate: Fate, generation: str = "", detail: str = "") -> None:
        """Log what came of an action; a generation and details that are not given stay as they are."""
        self._change(
            "update actions set outcome = :outcome, generation = coalesce(nullif(:generation, ''), generation), "
            "detail = coalesce(nullif(:detail, ''), detail) where id = :id",
            id=number,
            outcome=str(fate),
            generation=generation,
            detail=detail,
        )
        # A timer that tries the same again and again, to the same end, would push everything else out of sight.
        self._change(
            "delete from actions where id = (select max(id) from actions where id < :id) and person is null and "
            "(name, action, outcome, generation, detail) = "
            "(select name, action, outcome, generation, detail from actions where id = :id)",
            id=number,
        )

    def actions(self, limit: int = MAX_ACTIONS, *, after: int = 0) -> list[Action]:
        """The latest entries of the log that come after a number, latest first."""
        return list(self._actions("id > :after order by id desc limit :limit", after=after, limit=limit))

    def last_served(self, generation: str) -> Action | None:
        """The action that brought a generation on loan last."""
        condition = "generation = :generation and outcome = :served order by id desc limit 1"
        return next(self._actions(condition, generation=generation, served=str(Fate.SERVED)), None)

    def _actions(self, condition: str, **parameters: Any) -> Iterator[Action]:
        for row in self._db.query(f"select * from actions where {condition}", parameters):
            yield Action(
                number=row["id"],
                at=datetime.fromtimestamp(row["at"], UTC),
                by=Actor(row["name"], row["person"], row["guild"]),
                action=Verb(row["action"]),
                fate=Fate(row["outcome"]),
                generation=row["generation"],
                detail=row["detail"],
            )

    def _change(self, sql: str, **parameters: Any) -> bool:
        """Carry out one change; whether it changed anything."""
        with self._db.atomic():
            return self._db.execute(sql, parameters).rowcount > 0


_UNCHANGED: Final = "channel = :channel and clock = :clock and zone = :zone and next_on = :was_on"
"""A subscription that is still as somebody read it."""


def _identity(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "clock": subscription.at.isoformat("minutes"),
        "zone": subscription.zone,
        "was_on": subscription.next_on.isoformat(),
    }


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _subscription_row(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "guild": subscription.guild,
        "clock": subscription.at.isoformat("minutes"),
        "zone": subscription.zone,
        "policy": subscription.policy,
        "next_at": _seconds(subscription.next_at),
        "next_on": subscription.next_on.isoformat(),
        "search_after": subscription.search_after,
        "paused": subscription.paused or None,
        "left_at": None,
    }
