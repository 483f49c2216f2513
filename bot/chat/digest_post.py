"""What is due -> claim -> send -> confirm: a digest once in each channel on each local date, however often we crash.

A delivery is claimed in the state before it is sent and settled when Discord has named the message. Between the two its
outcome is unknown: the process died, the connection broke, Discord answered with an error of its own. Then, for as long
as Discord drops repeated nonces, it is sent again with the same one; later, our own post is looked for in the channel;
and where neither can tell, nothing is sent, because twice is worse than never.
"""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import aiohttp
import discord
import structlog
from aiolimiter import AsyncLimiter

from bot import digest
from bot.chat import cards
from bot.digest import Policy
from bot.due import due_on, local_date, next_due
from bot.library import Library
from bot.state import Outcome, State, Subscription

log = structlog.get_logger()

SENDS_PER_SECOND: Final = 45
"""Discord takes 50 requests a second from a bot; the rest is left to everything else."""

AT_ONCE: Final = 60
"""Sends under way at the same time."""

BATCH: Final = 500
"""Subscriptions read from the state at a time."""

NONCE_HOLDS: Final = timedelta(seconds=120)
"""For how long a repeated nonce is surely dropped; Discord says “a few minutes”."""

LOOK_BACK: Final = 2_000
"""Messages of a channel among which our own post is looked for."""

FORGET_GUILD: Final = timedelta(days=30)
"""How long the digests of a server are remembered after it removed the bot."""

FORGET_DELIVERY: Final = timedelta(days=60)
"""How long it is remembered what became of a delivery."""

_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 900.0
"""Seconds between two attempts, doubling from the first to the longest."""

_PASSING: Final = frozenset({429, *range(500, 600)})
"""HTTP statuses that pass: too many requests, and faults of Discord's own."""

_UNKNOWN: Final = (aiohttp.ClientError, TimeoutError, OSError)
"""Errors of the connection, after which a message may have been posted or not."""


class DigestPoster:
    """Posts what is due, each time it is told that time has passed."""

    def __init__(self, client: discord.Client, library: Library, state: State, now: Callable[[], datetime]) -> None:
        self._client = client
        self._library = library
        self._state = state
        self._now = now
        self._pace = AsyncLimiter(1, 1 / SENDS_PER_SECOND)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._started = now()
        self._composed = lru_cache(maxsize=64)(self._compose)

    async def tick(self) -> None:
        """Deliver everything that is due. Does nothing while the bot is not connected."""
        if not self._client.is_ready():
            return
        while batch := self._state.due(self._now(), BATCH):
            async with asyncio.TaskGroup() as deliveries:
                for subscription in batch:
                    await self._places.acquire()
                    deliveries.create_task(self._in_place(subscription))

    async def housekeep(self) -> None:
        """Notice which servers we are in, and forget what need not be remembered any longer."""
        if not self._client.is_ready():
            return
        now, present = self._now(), {guild.id for guild in self._client.guilds}
        for guild in self._state.guilds():
            if guild in present:
                self._state.guild_joined(guild)
            else:
                self._state.guild_left(guild, now)
        self._state.forget(left_before=now - FORGET_GUILD, delivered_before=(now - FORGET_DELIVERY).date())

    async def _in_place(self, subscription: Subscription) -> None:
        try:
            await self._deliver(subscription)
        except Exception:
            log.exception("digest failed", channel=subscription.channel, date=subscription.next_on.isoformat())
            self._later(subscription, attempts=8)
        finally:
            self._places.release()

    async def _deliver(self, subscription: Subscription) -> None:
        zone, now = ZoneInfo(subscription.zone), self._now()
        on = subscription.next_on
        due = due_on(subscription.at, zone, on)
        if due is None or due > now + timedelta(seconds=1):
            # The zone's rules have changed since it was scheduled.
            following = next_due(subscription.at, zone, now)
            self._state.reschedule(subscription.channel, following.at, following.on)
            return
        delivery = self._state.delivery(subscription.channel, on)
        if delivery and delivery.outcome is not Outcome.CLAIMED:
            self._settle(subscription, delivery.outcome, message=delivery.message)
        elif local_date(zone, now) > on:
            self._settle(subscription, Outcome.DOUBTFUL if delivery else Outcome.MISSED)
        elif delivery:
            await self._recover(subscription, delivery.claimed_at, delivery.search_after, delivery.attempts)
        else:
            post = self._post(subscription)
            if post is None:
                self._settle(subscription, Outcome.SKIPPED)
            elif self._may_have_lost_a_claim(due, now) and await self._found(subscription, subscription.search_after):
                return
            else:
                await self._send_first(subscription, post)

    def _may_have_lost_a_claim(self, due: datetime, now: datetime) -> bool:
        """Whether a post may be there of which the state knows nothing: after a power cut, or from a restored copy."""
        return due < self._started and now - due > NONCE_HOLDS

    async def _send_first(self, subscription: Subscription, post: discord.Embed) -> None:
        await self._pace.acquire()
        after = max(subscription.search_after, self._last_message(subscription.channel))
        if self._state.claim(subscription.channel, subscription.next_on, self._now(), after):
            await self._send(subscription, post, attempts=1)

    async def _recover(self, subscription: Subscription, claimed_at: datetime, after: int, attempts: int) -> None:
        """Take up a delivery of unknown outcome."""
        again = None
        if self._now() - claimed_at > NONCE_HOLDS:
            if await self._found(subscription, after):
                return
            again = self._now()
        post = self._post(subscription)
        if post is None:  # a reload has emptied the day since the claim
            self._settle(subscription, Outcome.DOUBTFUL)
            return
        await self._pace.acquire()
        self._state.attempt_again(subscription.channel, subscription.next_on, again)
        await self._send(subscription, post, attempts=attempts + 1)

    async def _send(self, subscription: Subscription, post: discord.Embed, *, attempts: int) -> None:
        channel = self._client.get_partial_messageable(subscription.channel, guild_id=subscription.guild)
        try:
            message = await channel.send(
                embed=post,
                nonce=nonce(subscription.channel, subscription.next_on),
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.Forbidden, discord.NotFound) as error:
            self._refused(subscription, error)
        except (discord.HTTPException, *_UNKNOWN) as error:
            if isinstance(error, discord.HTTPException) and error.status not in _PASSING:
                raise
            self._later(subscription, attempts)
            log.warning(
                "digest not confirmed",
                channel=subscription.channel,
                date=subscription.next_on.isoformat(),
                error=type(error).__name__,
                attempts=attempts,
            )
        else:
            self._settle(subscription, Outcome.POSTED, message=message.id)

    async def _found(self, subscription: Subscription, after: int) -> bool:
        """Whether that settled it: our post of the date is in the channel, or nobody can tell whether it is."""
        await self._pace.acquire()
        try:
            async for message in self._since(subscription.channel, after):
                if message is None:
                    self._settle(subscription, Outcome.DOUBTFUL)
                    return True
                if self._is_ours(message, subscription.next_on):
                    self._settle(subscription, Outcome.POSTED, message=message.id)
                    return True
        except discord.Forbidden:
            self._settle(subscription, Outcome.DOUBTFUL)
            return True
        except discord.NotFound as error:
            self._refused(subscription, error)
            return True
        except (discord.HTTPException, *_UNKNOWN) as error:
            if isinstance(error, discord.HTTPException) and error.status not in _PASSING:
                raise
            self._later(subscription, attempts=4)
            return True
        return False

    async def _since(self, channel: int, after: int) -> AsyncIterator[discord.Message | None]:
        """A channel's messages after one, oldest first; None at the end where there are more than we look through."""
        seen = 0
        place = self._client.get_partial_messageable(channel)
        async for message in place.history(limit=LOOK_BACK, after=discord.Object(after), oldest_first=True):
            seen += 1
            yield message
        if seen == LOOK_BACK:
            yield None

    def _is_ours(self, message: discord.Message, on: date) -> bool:
        ours = self._client.user is not None and message.author.id == self._client.user.id
        return ours and any((embed.footer.text or "").endswith(cards.digest_mark(on)) for embed in message.embeds)

    def _last_message(self, channel: int) -> int:
        """The newest message that Discord told us of when we connected: older than whatever we are about to send."""
        known = self._client.get_channel(channel)
        return getattr(known, "last_message_id", None) or 0

    def _post(self, subscription: Subscription) -> discord.Embed | None:
        return self._composed(self._library.generation.name, subscription.next_on, Policy(subscription.policy))

    def _compose(self, _generation: str, on: date, policy: Policy) -> discord.Embed | None:
        corpus = self._library.generation.corpus
        found = digest.compose(corpus, on, policy)
        return cards.digest(found, corpus.collection.title) if found else None

    def _settle(self, subscription: Subscription, outcome: Outcome, *, message: int | None = None) -> None:
        """End this local date, and schedule the next that is not over yet."""
        zone, now = ZoneInfo(subscription.zone), self._now()
        following = next_due(subscription.at, zone, max(subscription.next_at, now - timedelta(days=2)))
        while following.on <= subscription.next_on or local_date(zone, now) > following.on:
            following = next_due(subscription.at, zone, following.at)
        self._state.settle(subscription, outcome, now, following.at, following.on, message)
        log.info(
            "digest settled",
            channel=subscription.channel,
            date=subscription.next_on.isoformat(),
            outcome=str(outcome),
        )

    def _refused(self, subscription: Subscription, error: discord.HTTPException) -> None:
        """Leave a channel alone that answers 403 or 404: ten thousand such answers would ban our address."""
        reason = "the channel is gone" if error.status == 404 else "On Record may not post there any more"
        self._settle(subscription, Outcome.REFUSED)
        self._state.pause(subscription.channel, reason)

    def _later(self, subscription: Subscription, attempts: int) -> None:
        """Look at it again after a pause that doubles, and differs from channel to channel."""
        pause = min(_FIRST_PAUSE * 2 ** (attempts - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.5)
        self._state.reschedule(subscription.channel, self._now() + timedelta(seconds=pause))


def nonce(channel: int, on: date) -> str:
    """The same for the same digest, on every machine: 24 characters, of Discord's 25."""
    return hashlib.sha256(f"{channel} {on.isoformat()}".encode()).hexdigest()[:24]
