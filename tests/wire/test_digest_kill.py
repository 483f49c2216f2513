"""A digest is posted once, however often the process dies: the real one, killed against the double."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.due import due_on
from bot.state import State
from bot.state.digests import Outcome, Subscription

from . import Channel, DiscordDouble
from .test_run import SOON, TOKEN, Bot
from .world import POSTING

SENDS = "/channels/*/messages"


def noonish() -> ZoneInfo:
    """A zone in which it is about noon, so that the local date does not end while a test runs."""
    return ZoneInfo(f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble(token=TOKEN, patience=SOON) as double:
        yield double
        assert double.unknown_requests == []


@pytest_asyncio.fixture
async def channels(wire: DiscordDouble) -> list[Channel]:
    guild = await wire.add_guild("Harbour", bot_permissions=POSTING)
    return [await wire.add_channel(guild, f"c{number}") for number in range(20)]


@pytest_asyncio.fixture
async def start(wire: DiscordDouble, tmp_path: Path) -> AsyncIterator[Callable[[], Any]]:
    started: list[Bot] = []

    async def start() -> Bot:
        bot = await Bot.start(
            ONRECORD_DISCORD__REST_URL=wire.rest_url,
            ONRECORD_DISCORD__GATEWAY_URL=wire.gateway_url,
            ONRECORD_DATA__DIR=str(tmp_path),
        )
        started.append(bot)
        return bot

    yield start
    for bot in started:
        await bot.stop(signal.SIGKILL)


def due_now(folder: Path, channels: list[Channel]) -> None:
    """Make a digest due in each channel, a minute ago."""
    zone = noonish()
    at = datetime.now(UTC).astimezone(zone) - timedelta(minutes=1)
    due = due_on(at.time().replace(second=0, microsecond=0), zone, at.date())
    assert due
    with closing(State.open(folder / "state.db")) as state:
        for channel in channels:
            guild = channel.guild.id if channel.guild else 0
            clock = at.time().replace(second=0, microsecond=0)
            state.subscribe(
                Subscription(channel.id, guild, clock, zone.key, "from_the_record", due, at.date(), channel.id)
            )


def settled(folder: Path, channels: list[Channel]) -> bool:
    """Whether every channel's digest of today is known to be posted."""
    with closing(State.open(folder / "state.db")) as state:
        deliveries = [state.last_delivery(channel.id) for channel in channels]
    return all(delivery and delivery.outcome is Outcome.POSTED for delivery in deliveries)


async def until_settled(folder: Path, channels: list[Channel]) -> None:
    async with asyncio.timeout(SOON):
        while not settled(folder, channels):  # noqa: ASYNC110 - another process settles it, in its file
            await asyncio.sleep(0.1)


async def killed(bot: Bot) -> None:
    assert await bot.stop(signal.SIGKILL) == -signal.SIGKILL


@pytest.mark.parametrize("taken", [False, True], ids=["after the claim", "after the send"])
async def test_killed_in_the_middle_of_a_delivery(wire, channels, start, tmp_path, taken) -> None:
    due_now(tmp_path, channels[:1])
    held = wire.faults.delay("POST", SENDS, seconds=60, taken=taken)
    bot = await start()
    await wire.until(lambda: len(wire.requests_to("POST", SENDS)) == 1, seconds=SOON)
    await killed(bot)
    held.lift()
    await start()
    await until_settled(tmp_path, channels[:1])
    assert len(channels[0].messages) == 1


async def test_killed_before_the_claim(wire, channels, start, tmp_path) -> None:
    due_now(tmp_path, channels[:1])
    bot = await start()
    await wire.connected()
    await killed(bot)
    assert not channels[0].messages
    await start()
    await until_settled(tmp_path, channels[:1])
    assert len(channels[0].messages) == 1


async def test_killed_at_random_while_twenty_channels_are_served(wire, channels, start, tmp_path) -> None:
    due_now(tmp_path, channels)
    chance = random.Random(20261206)
    for _ in range(6):
        bot = await start()
        await bot.logged("ready")
        await asyncio.sleep(chance.uniform(0, 0.4))
        await killed(bot)
    await start()
    await until_settled(tmp_path, channels)
    assert [len(channel.messages) for channel in channels] == [1] * len(channels)


async def test_a_gateway_that_drops_changes_nothing(wire, channels, start, tmp_path) -> None:
    due_now(tmp_path, channels[:3])
    bot = await start()
    await bot.logged("ready")
    await wire.gateway.drop()
    await until_settled(tmp_path, channels[:3])
    assert [len(channel.messages) for channel in channels[:3]] == [1, 1, 1]
