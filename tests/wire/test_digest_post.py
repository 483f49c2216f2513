"""Posting digests, over the wire: the bot in this process, against the double."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.app import compose
from bot.chat import digest_post
from bot.chat.digest_post import DigestPoster
from bot.library import Generation, Library
from bot.state import Outcome, State, Subscription

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

    def __init__(self, wire: DiscordDouble, channel: Channel, state: State, clock: Clock, poster: DigestPoster) -> None:
        self.wire, self.channel, self.state, self.clock, self.poster = wire, channel, state, clock, poster

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
        client = compose(shelf, state, clock)
        client._connection.guild_ready_timeout = 0.01
        running = asyncio.create_task(client.start(TOKEN))
        await wire.connected()
        await client.wait_until_ready()
        yield Station(wire, channel, state, clock, DigestPoster(client, shelf, state, clock))
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
