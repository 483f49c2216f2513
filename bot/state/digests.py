"""Which channels get a digest when, and what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Final

from bot.state.file import StateFile, seconds


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


class Digests(StateFile):
    """Subscriptions, and the deliveries that came of them."""

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
                now=seconds(now),
                limit=limit,
            )
        )

    def reschedule(self, subscription: Subscription, at: datetime, on: date | None = None) -> None:
        """Look at a digest again at an instant, for its local date or another, unless it was set anew meanwhile."""
        self._change(
            f"update subscriptions set next_at = :at, next_on = coalesce(:on, next_on) where {_UNCHANGED}",
            **_identity(subscription),
            at=seconds(at),
            on=on and on.isoformat(),
        )

    def scheduled_after(self, instant: datetime) -> list[Subscription]:
        """The digests that are next due after an instant."""
        return list(self._subscriptions("paused is null and left_at is null and next_at > :at", at=seconds(instant)))

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
            at=seconds(at),
            on=on.isoformat(),
            after=search_after,
        )

    def guild_left(self, guild: int, now: datetime) -> None:
        """The bot is no longer in a server."""
        self._change(
            "update subscriptions set left_at = :now where guild = :guild and left_at is null",
            guild=guild,
            now=seconds(now),
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
        self._change("delete from subscriptions where left_at < :before", before=seconds(left_before))
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
            now=seconds(now),
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
                    "now": seconds(now),
                    "after": subscription.search_after,
                    "message": message,
                },
            )
            self._db.execute(
                "update subscriptions set next_at = :at, next_on = :on, search_after = max(search_after, :message) "
                f"where {_UNCHANGED}",
                _identity(subscription) | {"at": seconds(next_at), "on": next_on.isoformat(), "message": message or 0},
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


_UNCHANGED: Final = "channel = :channel and clock = :clock and zone = :zone and next_on = :was_on"
"""A subscription that is still as somebody read it."""


def _identity(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "clock": subscription.at.isoformat("minutes"),
        "zone": subscription.zone,
        "was_on": subscription.next_on.isoformat(),
    }


def _subscription_row(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "guild": subscription.guild,
        "clock": subscription.at.isoformat("minutes"),
        "zone": subscription.zone,
        "policy": subscription.policy,
        "next_at": seconds(subscription.next_at),
        "next_on": subscription.next_on.isoformat(),
        "search_after": subscription.search_after,
        "paused": subscription.paused or None,
        "left_at": None,
    }
