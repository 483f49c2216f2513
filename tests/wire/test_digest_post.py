"""Posting digests, over the wire: the bot in this process, against the double."""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
import pytest_asyncio
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import app
from bot.app import scheduled, utc_now
from bot.chat import digest_post
from bot.chat.client import Client
from bot.chat.digest_post import DigestPoster
from bot.due import next_due
from bot.library import Generation, Library
from bot.publisher import Publisher
from bot.settings import load
from bot.state import State
from bot.state.digests import Outcome, Subscription
from tests.conftest import composed

from . import Channel, DiscordDouble
from .world import POSTING

TOKEN = "only-for-the-double"
SENDS = "/channels/*/messages"
NOON = datetime(2026, 12, 6, 12, 0, tzinfo=UTC)


class Clock:
    """The time, as the test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Station:
    """A connected bot with a state, a clock and a poster, and the double it is connected to."""

    def __init__(
        self,
        wire: DiscordDouble,
        channel: Channel,
        state: State,
        clock: Clock,
        poster: DigestPoster,
        client: Client,
    ) -> None:
        self.wire, self.channel, self.state, self.clock = wire, channel, state, clock
        self.poster, self.client = poster, client

    def subscribe(self, channel: Channel | None = None, **changes: object) -> Subscription:
        place = channel or self.channel
        given: dict[str, object] = {
            "channel": place.id,
            "guild": place.guild.id if place.guild else 0,
            "at": time(12),
            "zone": "UTC",
            "policy": "nearest",
            "next_at": NOON,
            "next_on": NOON.date(),
            "search_after": 1,
        }
        subscription = Subscription(**{**given, **changes})  # type: ignore[arg-type]
        self.state.subscribe(subscription)
        return subscription

    def outcome(self) -> Outcome | None:
        delivery = self.state.delivery(self.channel.id, NOON.date())
        return delivery.outcome if delivery else None

    @property
    def posts(self) -> int:
        return len(self.channel.messages)


@pytest_asyncio.fixture
async def station(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, generation: Generation) -> AsyncIterator[Station]:
    async with DiscordDouble(token=TOKEN, patience=5.0) as wire:
        monkeypatch.setattr(Route, "BASE", wire.rest_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(wire.gateway_url))
        channel = await wire.add_channel(await wire.add_guild("Harbour", bot_permissions=POSTING), "general")
        state, clock, shelf = State.open(tmp_path / "state.db"), Clock(NOON), Library(generation)
        monkeypatch.setattr(digest_post, "monotonic", lambda: clock().timestamp())
        client = composed(shelf, state, clock)
        client._connection.guild_ready_timeout = 0.01
        running = asyncio.create_task(client.start(TOKEN))
        await wire.connected()
        await client.wait_until_ready()
        yield Station(wire, channel, state, clock, DigestPoster(client, shelf, state, clock), client)
        await client.close()
        await running
        state.close()
        assert wire.unknown_requests == []


async def test_a_digest_is_posted_once(station):
    station.subscribe()
    await station.poster.tick()
    await station.poster.tick()
    assert station.posts == 1
    assert station.outcome() is Outcome.POSTED
    embed = station.channel.messages[0]["embeds"][0]
    assert embed["title"] == "This date in NATO–Russia dialogue"
    assert embed["footer"]["text"].endswith("2026-12-06")
    assert station.channel.messages[0].get("mentions", []) == []
    following = station.state.subscription(station.channel.id)
    assert following.next_at == NOON + timedelta(days=1)


async def test_setting_it_up_anew_posts_nothing_twice(station):
    subscription = station.subscribe()
    await station.poster.tick()
    station.state.unsubscribe(station.channel.id)
    station.state.subscribe(subscription)
    await station.poster.tick()
    assert station.posts == 1


async def test_nothing_is_posted_before_it_is_due(station):
    station.subscribe(next_at=NOON + timedelta(minutes=1), at=time(12, 1))
    await station.poster.tick()
    assert station.posts == 0
    station.clock.pass_by(minutes=1)
    await station.poster.tick()
    assert station.posts == 1


async def test_a_zone_whose_rules_changed_is_scheduled_anew(station):
    station.subscribe(at=time(14))
    await station.poster.tick()
    assert station.posts == 0
    assert station.state.subscription(station.channel.id).next_at == NOON + timedelta(hours=2)


async def test_a_claim_that_was_never_sent_is_sent(station):
    station.subscribe()
    assert station.state.claim(station.channel.id, NOON.date(), NOON, 1)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


@pytest.mark.parametrize("taken", [True, False])
async def test_a_dropped_connection_leads_to_one_post(station, taken):
    station.subscribe()
    station.wire.faults.cut("POST", SENDS, taken=taken)
    await station.poster.tick()
    assert station.outcome() is Outcome.CLAIMED
    station.clock.pass_by(seconds=30)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


@pytest.mark.parametrize("taken", [True, False])
async def test_beyond_the_nonces_time_our_own_post_is_looked_for(station, taken):
    station.subscribe()
    station.wire.faults.cut("POST", SENDS, taken=taken)
    await station.poster.tick()
    station.wire.world.forget_nonces()
    station.clock.pass_by(hours=1)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)
    searches = station.wire.requests_to("GET", SENDS)
    assert searches
    assert searches[0].query["after"] == "1", "the search starts at the message stored with the claim"


async def test_where_nobody_can_tell_nothing_is_sent(station):
    station.subscribe()
    station.wire.faults.cut("POST", SENDS, taken=False)
    await station.poster.tick()
    station.clock.pass_by(hours=1)
    station.wire.faults.fail("GET", SENDS, status=403, code=50001)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (0, Outcome.DOUBTFUL)


@pytest.mark.parametrize("status", [500, 503])
async def test_errors_of_discords_own_are_tried_again(station, status):
    station.subscribe()
    station.wire.faults.fail("POST", SENDS, status=503, times=2)
    for _ in range(3):
        await station.poster.tick()
        station.clock.pass_by(seconds=40)
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


async def test_a_rate_limit_is_waited_for(station):
    station.subscribe()
    station.wire.faults.limit("POST", SENDS, retry_after=0.1)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


@pytest.mark.parametrize(("status", "code", "reason"), [(403, 50013, "may not post"), (404, 10003, "gone")])
async def test_a_channel_that_refuses_is_left_alone(station, status, code, reason):
    station.subscribe()
    station.wire.faults.fail("POST", SENDS, status=status, code=code, times=9)
    await station.poster.tick()
    station.clock.pass_by(days=1)
    await station.poster.tick()
    assert reason in station.state.subscription(station.channel.id).paused
    assert len(station.wire.requests_to("POST", SENDS)) == 1


async def test_what_was_missed_is_caught_up_on_the_same_day(station):
    station.subscribe()
    station.clock.pass_by(hours=11)
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


async def test_a_day_that_is_over_is_missed(station):
    station.subscribe()
    station.clock.pass_by(days=3, hours=-1)
    await station.poster.tick()
    assert station.outcome() is Outcome.MISSED
    assert station.posts == 0
    station.clock.pass_by(hours=1)
    await station.poster.tick()
    assert station.posts == 1, "the day's own digest comes as ever"


async def test_a_day_left_out_is_noted_and_the_next_is_scheduled(station):
    station.subscribe(
        policy="skip", next_on=NOON.date().replace(month=8, day=20), next_at=NOON.replace(month=8, day=20)
    )
    station.clock.now = NOON.replace(month=8, day=20)
    await station.poster.tick()
    delivery = station.state.last_delivery(station.channel.id)
    assert delivery.outcome is Outcome.SKIPPED
    assert station.posts == 0


async def test_many_channels_are_served_at_a_bounded_pace(station, monkeypatch):
    guild = station.channel.guild
    channels = [await station.wire.add_channel(guild, f"c{n}") for n in range(40)]
    for channel in channels:
        station.subscribe(channel)
    begun = asyncio.get_running_loop().time()
    await station.poster.tick()
    assert all(len(channel.messages) == 1 for channel in channels)
    assert asyncio.get_running_loop().time() - begun >= 39 / digest_post.SENDS_PER_SECOND * 0.9


async def test_a_new_process_looks_before_it_sends_again(station):
    """Its clock may have been set back, so that a claim looks younger than it is."""
    station.subscribe()
    station.wire.faults.cut("POST", SENDS, taken=True)
    await station.poster.tick()
    station.wire.world.forget_nonces()
    station.clock.pass_by(seconds=20)
    restarted = DigestPoster(station.client, station.poster._library, station.state, station.clock)
    await restarted.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


async def test_where_the_history_may_not_be_read_nobody_can_tell(station):
    """Discord shows an empty history instead of refusing it."""
    station.subscribe()
    station.wire.faults.cut("POST", SENDS, taken=True)
    await station.poster.tick()
    station.wire.world.forget_nonces()
    station.clock.pass_by(hours=1)
    known = station.client.get_channel(station.channel.id)
    [role] = [role for role in known.guild.me.roles if role.permissions.send_messages]
    role._permissions &= ~discord.Permissions(read_message_history=True, administrator=True).value
    known.guild.default_role._permissions = 0
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.DOUBTFUL)


async def test_a_refusal_that_is_not_discords_passes(station):
    station.subscribe()
    station.wire.faults.fail("POST", SENDS, status=403, code=0)
    await station.poster.tick()
    station.clock.pass_by(minutes=1)
    await station.poster.tick()
    assert station.state.subscription(station.channel.id).paused == ""
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


async def test_a_digest_that_is_set_anew_while_it_is_posted_keeps_its_new_time(station):
    old = station.subscribe()
    station.subscribe(at=time(18), next_at=NOON + timedelta(hours=6))
    following = NOON + timedelta(days=1)
    station.state.settle(old, Outcome.POSTED, NOON, following, following.date(), 5)
    assert station.state.subscription(station.channel.id).next_at == NOON + timedelta(hours=6)


async def test_a_state_that_cannot_be_written_ends_the_tick_and_is_tried_again(station, monkeypatch):
    guild = station.channel.guild
    station.poster._places = asyncio.Semaphore(5)
    for number in range(20):
        station.subscribe(await station.wire.add_channel(guild, f"c{number}"))

    def full(*_: object, **__: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(station.state, "claim", full)
        broken.setattr(station.state, "reschedule", full)
        for _ in range(3):
            async with asyncio.timeout(60):
                await station.poster.tick()
    station.clock.pass_by(minutes=2)
    await station.poster.tick()
    assert all(len(channel.messages) <= 1 for channel in station.wire.world.channels.values())
    assert sum(len(channel.messages) for channel in station.wire.world.channels.values()) == 20


async def test_a_clock_that_was_ahead_leaves_nothing_far_off(station):
    station.subscribe(next_at=NOON + timedelta(days=400), next_on=(NOON + timedelta(days=400)).date())
    await station.poster.housekeep()
    assert station.state.subscription(station.channel.id).next_at == NOON + timedelta(days=1)


async def test_servers_that_removed_the_bot_are_forgotten_in_time(station):
    station.subscribe(guild=99)
    await station.poster.housekeep()
    assert station.state.due(NOON, 10) == []
    station.clock.pass_by(days=31)
    await station.poster.housekeep()
    assert station.state.subscription(station.channel.id) is None


async def test_the_scheduler_runs_the_ticks(station, monkeypatch):
    monkeypatch.setattr(app, "_WATCH", 0.05)
    station.subscribe()
    shelf = station.poster._library
    publisher = Publisher(shelf, station.state, load(), utc_now)
    with scheduled(station.client, shelf, station.state, publisher, utc_now) as poster:
        monkeypatch.setattr(poster, "_now", station.clock)
        await station.wire.until(lambda: station.posts == 1, seconds=5)
        await asyncio.sleep(0.1)
    assert station.outcome() is Outcome.POSTED


async def test_what_was_refused_is_posted_once_the_channel_is_set_up_again(station):
    station.subscribe()
    station.wire.faults.fail("POST", SENDS, status=403, code=50013)
    await station.poster.tick()
    station.subscribe()
    await station.poster.tick()
    assert (station.posts, station.outcome()) == (1, Outcome.POSTED)


async def test_a_busy_channel_gets_a_late_digest_too(station, monkeypatch):
    monkeypatch.setattr(digest_post, "LOOK_BACK", 5)
    for _ in range(9):
        await station.client.get_partial_messageable(station.channel.id).send("chatter")
    before = station.posts
    station.clock.now = NOON - timedelta(hours=1)
    station.subscribe()
    station.clock.now = NOON + timedelta(hours=1)
    late = DigestPoster(station.client, station.poster._library, station.state, station.clock)
    await late.tick()
    assert (station.posts - before, station.outcome()) == (1, Outcome.POSTED)


class Killed(BaseException):
    """The process ends here."""


class Mortal:
    """A state whose owner dies as it calls one method, before or after the change."""

    def __init__(self, state: State, method: str, *, after: bool) -> None:
        self._state, self._method, self._after = state, method, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._state, name)
        if name != self._method:
            return real

        def die(*args: Any, **kwargs: Any) -> Any:
            if self._after:
                real(*args, **kwargs)
            raise Killed

        return die


DEATHS = (None, None, None, ("claim", False), ("claim", True), ("settle", False), ("settle", True), "lost", "unheard")
ZONES = (
    *("Europe/Kyiv", "America/St_Johns", "Africa/Cairo", "America/Santiago", "America/Havana", "Australia/Lord_Howe"),
    *("Asia/Kathmandu", "Pacific/Apia", "America/Nuuk", "UTC"),
)
CHANGES = (
    "2026-03-07",
    "2026-03-28",
    "2026-04-04",
    "2026-04-23",
    "2026-09-05",
    "2026-10-03",
    "2026-10-24",
    "2026-06-10",
)


@pytest.mark.parametrize("seed", range(30))
async def test_whatever_the_zone_the_day_and_the_death_there_is_one_post_a_date(station, monkeypatch, seed):
    chance = random.Random(seed)
    zone = ZoneInfo(ZONES[seed % len(ZONES)])
    at = time(chance.randrange(21), chance.randrange(60))
    station.clock.now = start = datetime.fromisoformat(f"{chance.choice(CHANGES)}T{chance.randrange(24):02}:00+00:00")
    due = next_due(at, zone, start)
    station.subscribe(at=at, zone=zone.key, policy="from_the_record", next_at=due.at, next_on=due.on)
    shelf, poster = station.poster._library, station.poster
    while station.clock.now < start + timedelta(days=3):
        death = chance.choice(DEATHS)
        if isinstance(death, str) and station.state.due(station.clock.now, 1):
            station.wire.faults.cut("POST", SENDS, taken=death == "unheard")
        elif isinstance(death, tuple):
            monkeypatch.setattr(poster, "_state", Mortal(station.state, death[0], after=death[1]))
        with contextlib.suppress(BaseExceptionGroup):
            await poster.tick()
        if death:
            poster = DigestPoster(station.client, shelf, station.state, station.clock)
        station.clock.pass_by(minutes=chance.choice((1, 7, 45)))
        if chance.random() < 0.5:
            station.wire.world.forget_nonces()
            station.clock.pass_by(minutes=10)
    dates = [message["embeds"][0]["footer"]["text"][-10:] for message in station.channel.messages]
    assert len(dates) == len(set(dates)), "twice is worse than never"
    assert dates, "each date has many chances, and takes one"
