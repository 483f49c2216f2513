"""``onrecord run``: the real process, against the double, killed, cut off and refused."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Self

import pytest
import pytest_asyncio

from bot.settings import HOME

from . import Channel, DiscordDouble

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.only-for.the-double"
SOON = 10.0


class Bot:
    """One process of ``python -m bot run``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self.out = ""
        self.errors = ""
        self._changed = asyncio.Event()
        self._reading = asyncio.gather(self._read(process.stdout), self._read_errors(process.stderr))

    @classmethod
    async def start(cls, **environment: str) -> Self:
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=HOME,
                env=os.environ | {"DISCORD_TOKEN": TOKEN} | environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        )

    async def _read(self, pipe: asyncio.StreamReader) -> None:
        while line := await pipe.readline():
            self.out += line.decode()
            self._changed.set()

    async def _read_errors(self, pipe: asyncio.StreamReader) -> None:
        self.errors = (await pipe.read()).decode()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> list[dict[str, Any]]:
        """Every line is one JSON object."""
        return [json.loads(line) for line in self.out.splitlines()]

    async def logged(self, event: str, *, times: int = 1, seconds: float = SOON) -> dict[str, Any]:
        """The event, once it has been logged so many times."""
        async with asyncio.timeout(seconds):
            while len(found := [line for line in self.log if line["event"] == event]) < times:
                self._changed.clear()
                await self._changed.wait()
        return found[-1]

    async def ended(self) -> int:
        """The exit code, once it has gone by itself."""
        async with asyncio.timeout(SOON):
            await self._reading
            return await self._process.wait()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self.ended()


Start = Callable[..., Any]


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble(token=TOKEN, patience=SOON) as double:
        yield double
        assert double.unknown_requests == []


@pytest_asyncio.fixture
async def channel(wire: DiscordDouble) -> Channel:
    return await wire.add_channel(await wire.add_guild("Harbour"), "general")


@pytest_asyncio.fixture
async def start(wire: DiscordDouble, tmp_path: Path, small_seeds: Path) -> AsyncIterator[Start]:
    """Starts the bot on the small seeds, with its data in a folder of its own; whatever still runs is killed."""
    started: list[Bot] = []

    async def start(**environment: str) -> Bot:
        defaults = {
            "ONRECORD_DISCORD__REST_URL": wire.rest_url,
            "ONRECORD_DISCORD__GATEWAY_URL": wire.gateway_url,
            "ONRECORD_DATA__DIR": str(tmp_path / "data"),
            "ONRECORD_SEEDS__DIR": str(small_seeds),
        }
        started.append(await Bot.start(**defaults | environment))
        return started[-1]

    yield start
    for bot in started:
        await bot.stop(signal.SIGKILL)
        assert TOKEN not in bot.out + bot.errors
        assert "Traceback" not in bot.errors


async def asked(wire: DiscordDouble, channel: Channel) -> str:
    reply = await wire.slash("quote", {"speaker": "berg cranes"}, channel=channel)
    return str(reply.embeds[0]["author"]["name"])


async def test_it_connects_answers_and_leaves_cleanly(wire: DiscordDouble, channel: Channel, start: Start) -> None:
    bot = await start()
    await wire.connected()
    [identify] = [message["d"] for message in wire.gateway.received if message["op"] == 2]
    assert identify["intents"] == 1
    assert identify["presence"]["game"]["state"] == "/quote · Harbour talks"
    assert await asked(wire, channel) == "Ada Berg · Harbour Master, Northport"
    assert [choice["name"] for choice in await wire.autocomplete("quote", {"speaker": "berg cr"}, channel=channel)]
    begun = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - begun < 3
    assert bot.errors == ""
    assert [line["event"] for line in bot.log if line["event"] in {"stopping", "stopped"}] == ["stopping", "stopped"]
    assert all({"event", "level", "timestamp"} <= line.keys() for line in bot.log)
    assert "berg cr" not in bot.out, "what members type is not logged"
    assert "cranes" not in bot.out


async def test_buttons_of_a_killed_process_are_answered_by_the_next_and_commands_are_sent_when_they_change(
    wire: DiscordDouble, channel: Channel, start: Start, tmp_path: Path
) -> None:
    first = await start()
    await wire.connected()
    reply = await wire.slash("quote", {"speaker": "cranes"}, channel=channel)
    shown = reply.embeds
    await first.stop(signal.SIGKILL)

    second = await start()
    await wire.connected()
    turned = await wire.press(reply, "▶")
    assert turned.embeds != shown
    assert (await wire.press(turned, "◀")).embeds == shown
    assert len(wire.requests_to("PUT", "/applications/*/commands")) == 1, "nothing had changed"
    assert await second.stop(signal.SIGINT) == 0

    with sqlite3.connect(tmp_path / "data" / "state.db") as state:
        state.execute("update synced_commands set fingerprint = 'of an earlier version'")
    state.close()
    third = await start()
    await wire.connected()
    assert len(wire.requests_to("PUT", "/applications/*/commands")) == 2
    assert await third.stop() == 0


async def test_a_second_process_on_the_same_data_leaves_with_a_sentence(wire: DiscordDouble, start: Start) -> None:
    await start()
    await wire.connected()
    second = await start()
    assert await second.ended() == 1
    assert second.errors.startswith("another On Record runs on ")
    assert wire.gateway.identified == 1


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DISCORD_TOKEN": "MTk4.wrong.token"}, "Discord refuses the token"),
        ({"DISCORD_TOKEN": ""}, "no token: set DISCORD_TOKEN"),
        ({"ONRECORD_LOG__LEVEL": "loud"}, "setting log.level (ONRECORD_LOG__LEVEL): 'loud'"),
        ({"ONRECORD_DATA__DIR": "/dev/null/x"}, "the data folder /dev/null/x cannot be written"),
    ],
)
async def test_what_keeps_it_from_starting_is_told_in_a_sentence(
    start: Start, environment: dict[str, str], sentence: str
) -> None:
    bot = await start(**environment)
    assert await bot.ended() == 1
    assert bot.errors.startswith(sentence)
    assert len(bot.errors.splitlines()) == 1
    assert "wrong.token" not in bot.out + bot.errors


async def test_bad_seeds_are_listed_and_with_an_earlier_generation_do_not_keep_it_away(
    wire: DiscordDouble, channel: Channel, start: Start, small_seeds: Path
) -> None:
    topics = small_seeds / "topics.yaml"
    good = topics.read_text()
    topics.write_text(good.replace("label: cranes", "lable: cranes"))
    bot = await start()
    assert await bot.ended() == 1
    assert all("/topics.yaml:" in line for line in bot.errors.splitlines()[:1])
    assert "unknown key; did you mean “label”?" in bot.errors

    topics.write_text(good)
    bot = await start()
    await wire.connected()
    await bot.stop()

    topics.write_text(good.replace("label: cranes", "lable: cranes"))
    bot = await start()
    await wire.connected()
    assert (await bot.logged("serving the last good generation"))["level"] == "error"
    assert "topics.yaml:" in (await bot.logged("seed problem"))["problem"]
    assert await asked(wire, channel) == "Ada Berg · Harbour Master, Northport"


async def test_it_waits_for_discord_to_be_reachable_and_can_be_stopped_while_it_waits(
    wire: DiscordDouble, channel: Channel, start: Start, tmp_path: Path
) -> None:
    async with wire.outage():
        bot, other = await asyncio.gather(start(), start(ONRECORD_DATA__DIR=str(tmp_path / "other")))
        assert (await bot.logged("Discord cannot be reached"))["level"] == "warning"
        await other.logged("Discord cannot be reached")
        begun = time.monotonic()
        assert await other.stop() == 0
        assert time.monotonic() - begun < 2
    await wire.connected()
    assert await asked(wire, channel) == "Ada Berg · Harbour Master, Northport"


async def test_it_can_be_stopped_while_discord_does_not_answer(wire: DiscordDouble, start: Start) -> None:
    wire.faults.delay("GET", "/users/@me", seconds=30)
    bot = await start()
    await wire.until(lambda: bool(wire.requests))
    begun = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - begun < 4


async def test_commands_are_sent_again_after_a_failure_of_discords(wire: DiscordDouble, start: Start) -> None:
    wire.faults.fail("PUT", "/applications/*/commands", status=503)
    bot = await start()
    await wire.connected()
    await bot.logged("Discord cannot be reached")
    await bot.logged("commands synced")
    assert {command["name"] for command in wire.commands} >= {"quote", "about"}


async def test_commands_that_discord_refuses_do_not_keep_it_away(wire: DiscordDouble, start: Start) -> None:
    wire.faults.fail("PUT", "/applications/*/commands", status=400, code=50035)
    bot = await start()
    await wire.connected()
    assert (await bot.logged("commands not synced"))["level"] == "error"


async def test_what_the_gateway_does_to_it_is_survived(wire: DiscordDouble, channel: Channel, start: Start) -> None:
    await start()
    await wire.connected()
    await wire.gateway.drop()
    await wire.until(lambda: wire.gateway.resumed == 1)
    assert await asked(wire, channel)
    await wire.gateway.ask_to_reconnect()
    await wire.until(lambda: wire.gateway.resumed == 2)
    assert await asked(wire, channel)
    await wire.gateway.invalidate()
    await wire.until(lambda: wire.gateway.identified == 2)
    assert await asked(wire, channel)


@pytest.mark.parametrize(
    ("code", "sentence"), [(4004, "Discord refuses the token"), (4011, "Discord closed the connection for good")]
)
async def test_a_connection_that_is_closed_for_good_ends_it_with_a_sentence(
    wire: DiscordDouble, start: Start, code: int, sentence: str
) -> None:
    bot = await start()
    await wire.connected()
    await wire.gateway.close(code)
    assert await bot.ended() == 1
    assert bot.errors.startswith(sentence)
