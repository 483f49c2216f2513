"""What is due -> claim -> send -> confirm: a digest once in each channel on each local date, however often we crash.

A delivery is claimed in the state before it is sent and settled when Discord has named the message. Between the two its
outcome is unknown: the process died, the connection broke, Discord answered with an error of its own. Then, for as long
as Discord drops repeated nonces, it is sent again with the same one; later, our own post is looked for in the channel;
and where neither can tell, nothing is sent, because twice is worse than never.
"""

import asyncio
import hashlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

import aiohttp
import discord
import structlog
from aiolimiter import AsyncLimiter

from bot import digest
from bot.chat import day_cards
from bot.digest import Policy
from bot.due import due_on, local_date, next_due
from bot.library import Library
from bot.state import State
from bot.state.digests import Outcome, Subscription

log = structlog.get_logger()

SENDS_PER_SECOND: Final = 45
"""Discord takes 50 requests a second from a bot; the rest is left to everything else."""

AT_ONCE: Final = 60
"""Sends under way at the same time."""

BATCH: Final = 100
"""Subscriptions read from the state at a time."""

NONCE_HOLDS: Final = timedelta(seconds=120)
"""For how long a repeated nonce is surely dropped; Discord says “a few minutes”."""

LOOK_BACK: Final = 2_000
"""Messages of a channel among which our own post is looked for."""

FAR: Final = timedelta(days=3)
"""No digest is due later than this; one that is was scheduled by a clock that was ahead."""

FORGET_GUILD: Final = timedelta(days=30)
"""How long the digests of a server are remembered after it removed the bot."""

FORGET_DELIVERY: Final = timedelta(days=60)
"""How long it is remembered what became of a delivery."""

_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 900.0
"""Seconds between two attempts, doubling from the first to the longest."""

_UNKNOWN_CHANNEL: Final = 10003
_FORBIDDEN: Final = frozenset({50001, 50013})
_GONE: Final = _FORBIDDEN | {_UNKNOWN_CHANNEL, 10004, 40333, 50007}
"""Discord's codes for a channel that will not take a post: gone, of a gone server, forbidden. Any other refusal may be
a proxy's, or a fault that passes. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

SEND_WITHIN: Final = 30.0
"""Seconds for one send, discord.py's own attempts included: well within the time that a nonce holds."""

_REST: Final = 60.0
"""Seconds of rest where the state cannot be written."""

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
        self._rest_until = 0.0
        self._sent: dict[tuple[int, date], float] = {}
        self._composed = lru_cache(maxsize=64)(self._compose)

    async def tick(self) -> None:
        """Deliver everything that is due. Does nothing while the bot is not connected, or rests after a fault."""
        if not self._client.is_ready() or monotonic() < self._rest_until:
            return
        while monotonic() >= self._rest_until and (batch := self._state.due(self._now(), BATCH)):
            async with asyncio.TaskGroup() as deliveries:
                for subscription in batch:
                    deliveries.create_task(self._in_place(subscription))
                    await asyncio.sleep(0)  # let others have the loop between two first steps

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
        for subscription in self._state.scheduled_after(now + FAR):
            following = next_due(subscription.at, ZoneInfo(subscription.zone), now)
            self._state.reschedule(subscription, following.at, following.on)
        self._state.forget(left_before=now - FORGET_GUILD, delivered_before=(now - FORGET_DELIVERY).date())

    async def _in_place(self, subscription: Subscription) -> None:
        async with self._places:
            if monotonic() < self._rest_until:
                return
            try:
                await self._deliver(subscription)
            except discord.RateLimited as limited:
                self._give_way(subscription, limited.retry_after)
            except Exception:
                log.exception("digest failed", channel=subscription.channel, date=subscription.next_on.isoformat())
                self._give_way(subscription, _LONGEST_PAUSE)

    def _give_way(self, subscription: Subscription, seconds: float) -> None:
        """Look at a digest again after a pause; where not even that can be written, rest altogether."""
        try:
            self._later(subscription, seconds)
        except sqlite3.Error:
            self._rest_until = monotonic() + _REST

    async def _deliver(self, subscription: Subscription) -> None:
        zone, now = ZoneInfo(subscription.zone), self._now()
        on = subscription.next_on
        due = due_on(subscription.at, zone, on)
        if due is None or due > now + timedelta(seconds=1):
            # The zone's rules have changed since it was scheduled.
            following = next_due(subscription.at, zone, now)
            self._state.reschedule(subscription, following.at, following.on)
            return
        delivery = self._state.delivery(subscription.channel, on)
        if delivery and delivery.outcome is not Outcome.CLAIMED:
            self._settle(subscription, delivery.outcome, message=delivery.message)
        elif local_date(zone, now) > on:
            self._settle(subscription, Outcome.DOUBTFUL if delivery else Outcome.MISSED)
        elif delivery:
            await self._recover(subscription, delivery.search_after, delivery.attempts)
        else:
            post = self._post(subscription)
            if post is None:
                self._settle(subscription, Outcome.SKIPPED)
            elif self._may_have_lost_a_claim(due, now) and await self._found(subscription, _shortly_before(due)):
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

    async def _recover(self, subscription: Subscription, after: int, attempts: int) -> None:
        """Take up a delivery of unknown outcome.

        Only this process's own, uninterrupted clock tells that the nonce still holds; after anything else, look first.
        """
        sent = self._sent.get((subscription.channel, subscription.next_on))
        holds = sent is not None and monotonic() - sent < NONCE_HOLDS.total_seconds()
        if not holds and await self._found(subscription, after):
            return
        post = self._post(subscription)
        if post is None:  # a reload has emptied the day since the claim
            self._settle(subscription, Outcome.DOUBTFUL)
            return
        await self._pace.acquire()
        self._state.attempt_again(subscription.channel, subscription.next_on)
        if not holds:
            self._sent.pop((subscription.channel, subscription.next_on), None)
        await self._send(subscription, post, attempts=attempts + 1)

    async def _send(self, subscription: Subscription, post: discord.Embed, *, attempts: int) -> None:
        channel = self._client.get_partial_messageable(subscription.channel, guild_id=subscription.guild)
        self._sent.setdefault((subscription.channel, subscription.next_on), monotonic())
        try:
            async with asyncio.timeout(SEND_WITHIN):
                message = await channel.send(
                    embed=post,
                    nonce=nonce(subscription.channel, subscription.next_on),
                    allowed_mentions=discord.AllowedMentions.none(),
                )
        except (discord.HTTPException, *_UNKNOWN) as error:
            if isinstance(error, discord.HTTPException) and error.code in _GONE:
                self._refused(subscription, error)
                return
            self._later(subscription, _pause(attempts))
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
        """Look for our post of the date. Whether that ends the matter: it is there, or nobody can tell, or not now."""
        if not self._may_look(subscription.channel):
            self._settle(subscription, Outcome.DOUBTFUL)
            return True
        await self._pace.acquire()
        try:
            async with asyncio.timeout(SEND_WITHIN):
                async for message in self._since(subscription.channel, after):
                    if message is None:
                        self._settle(subscription, Outcome.DOUBTFUL)
                        return True
                    if self._is_ours(message, subscription.next_on):
                        self._settle(subscription, Outcome.POSTED, message=message.id)
                        return True
        except (discord.HTTPException, *_UNKNOWN) as error:
            code = error.code if isinstance(error, discord.HTTPException) else 0
            if code in _FORBIDDEN:
                self._settle(subscription, Outcome.DOUBTFUL)
            elif code in _GONE and isinstance(error, discord.HTTPException):
                self._refused(subscription, error)
            else:
                self._later(subscription, _LONGEST_PAUSE / 8)
            return True
        return False

    def _may_look(self, channel: int) -> bool:
        """Whether we may read a channel's history. Without the right to, Discord shows an empty one."""
        known = self._client.get_channel(channel)
        if not isinstance(known, discord.abc.GuildChannel):
            return True
        return known.permissions_for(known.guild.me).read_message_history

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
        mark = f" · {day_cards.digest_mark(on)}"
        return ours and any((embed.footer.text or "").endswith(mark) for embed in message.embeds)

    def _last_message(self, channel: int) -> int:
        """The newest message that Discord told us of when we connected: older than whatever we are about to send."""
        known = self._client.get_channel(channel)
        return getattr(known, "last_message_id", None) or 0

    def _post(self, subscription: Subscription) -> discord.Embed | None:
        return self._composed(self._library.generation.name, subscription.next_on, Policy(subscription.policy))

    def _compose(self, _generation: str, on: date, policy: Policy) -> discord.Embed | None:
        corpus = self._library.generation.corpus
        found = digest.compose(corpus, on, policy)
        return day_cards.digest(found, corpus.collection.title) if found else None

    def _settle(self, subscription: Subscription, outcome: Outcome, *, message: int | None = None) -> None:
        """End this local date, and schedule the next that is not over yet."""
        zone, now = ZoneInfo(subscription.zone), self._now()
        following = next_due(subscription.at, zone, max(subscription.next_at, now - timedelta(days=2)))
        while following.on <= subscription.next_on or local_date(zone, now) > following.on:
            following = next_due(subscription.at, zone, following.at)
        self._state.settle(subscription, outcome, now, following.at, following.on, message)
        self._sent.pop((subscription.channel, subscription.next_on), None)
        log.info(
            "digest settled",
            channel=subscription.channel,
            date=subscription.next_on.isoformat(),
            outcome=str(outcome),
        )

    def _refused(self, subscription: Subscription, error: discord.HTTPException) -> None:
        """Leave a channel alone that answers 403 or 404: ten thousand such answers would ban our address."""
        reason = "the channel is gone" if error.code == _UNKNOWN_CHANNEL else "On Record may not post there any more"
        self._settle(subscription, Outcome.REFUSED)
        self._state.pause(subscription.channel, reason)

    def _later(self, subscription: Subscription, seconds: float) -> None:
        """Look at it again after a pause, which differs from channel to channel."""
        jittered = seconds * random.uniform(0.75, 1.25)
        self._state.reschedule(subscription, self._now() + timedelta(seconds=jittered))


def _shortly_before(due: datetime) -> int:
    """An id older than any post of a digest that was due then, an hour being more than clocks differ."""
    return discord.utils.time_snowflake(due - timedelta(hours=1))


def _pause(attempts: int) -> float:
    """Seconds before the next attempt: doubling."""
    return float(min(_FIRST_PAUSE * 2 ** min(attempts - 1, 20), _LONGEST_PAUSE))


def nonce(channel: int, on: date) -> str:
    """The same for the same digest, on every machine: 24 characters, of Discord's 25."""
    return hashlib.sha256(f"{channel} {on.isoformat()}".encode()).hexdigest()[:24]
