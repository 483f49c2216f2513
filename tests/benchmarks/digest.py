"""What 100,000 digests cost: at start, in a tick, and to everybody else who asks meanwhile.

    python -m tests.benchmarks.digest

The peer is APScheduler with a cron job for each channel, which is how bots of this kind are usually built. Every
measure is taken in a process of its own; ratios in one run are what counts.
"""

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from bot import app, library, log, settings
from bot.library import Library
from bot.publisher import Publisher
from bot.state import State
from bot.state.digests import Subscription
from tests.wire import Channel, DiscordDouble
from tests.wire.world import POSTING

SUBSCRIPTIONS: Final = 100_000
DUE: Final = 1_000
QUESTIONS_PER_SECOND: Final = 20
IDLE: Final = 10.0
"""Seconds of the phase without a fan-out."""
TOKEN: Final = "only-for-the-double"


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        start(Path(scratch))
        asyncio.run(fan_out(Path(scratch)))


def start(scratch: Path) -> None:
    """Start-up time and memory, ours and the peer's, of the same number of digests."""
    now = datetime.now(UTC)
    remember(scratch / "many.db", [(number, 1, now + timedelta(days=1)) for number in range(1, SUBSCRIPTIONS + 1)])
    ours = _child("open-state", str(scratch / "many.db"))
    peers = _child("cron-jobs", str(SUBSCRIPTIONS))
    print(f"start with {SUBSCRIPTIONS:,} digests")
    print(f"  On Record    {ours['seconds']:8.3f} s {ours['megabytes']:8.1f} MB more than before")
    print(f"  cron jobs    {peers['seconds']:8.3f} s {peers['megabytes']:8.1f} MB more than before")
    print(
        f"  ratio        {peers['seconds'] / ours['seconds']:8.1f} x faster, "
        f"{ours['megabytes'] / peers['megabytes']:.3f} of the memory"
    )


def remember(file: Path, digests: list[tuple[int, int, datetime]]) -> None:
    """A state with digests of (channel, guild, next instant)."""
    state = State.open(file)
    with contextlib.closing(state), state.together():
        for channel, guild, at in digests:
            state.subscribe(
                Subscription(channel, guild, clock_time(at.hour, at.minute), "UTC", "from_the_record", at, at.date(), 1)
            )


async def fan_out(scratch: Path) -> None:
    """A thousand digests due at once, while people go on asking."""
    async with DiscordDouble(token=TOKEN, requests_per_second=50, patience=30) as wire:
        guild = await wire.add_guild("Harbour", bot_permissions=POSTING)
        channels = [await wire.add_channel(guild, f"c{number}") for number in range(DUE)]
        asking = await wire.add_channel(guild, "asking")
        due = datetime.now(UTC).replace(second=0, microsecond=0)
        remember(scratch / "state.db", [(channel.id, guild.id, due) for channel in channels])
        bot = await asyncio.create_subprocess_exec(
            *_command("fan-out", str(scratch / "state.db")),
            stdout=subprocess.PIPE,
            env=os.environ
            | {
                "ONRECORD_DISCORD__REST_URL": wire.rest_url,
                "ONRECORD_DISCORD__GATEWAY_URL": wire.gateway_url,
                "ONRECORD_LOG__LEVEL": "error",
            },
        )
        assert bot.stdout
        await wire.connected()
        await bot.stdout.readline()
        quiet = await _questions(wire, asking, bot.stdout.readline())
        busy = await _questions(wire, asking, bot.stdout.readline())
        measured = json.loads(await bot.stdout.readline())
        await bot.wait()
        sends = [request.at for request in wire.requests_to("POST", "/channels/*/messages")]
        refused = sum(request.status == 429 for request in wire.requests)
        posted = [len(channel.messages) for channel in channels]
    seconds = max(sends) - min(sends)
    print(f"\n{DUE:,} digests due at once, {QUESTIONS_PER_SECOND} questions a second meanwhile")
    print(f"  posted once in {posted.count(1):,} of {DUE:,} channels, twice in {sum(n > 1 for n in posted)}")
    print(f"  {len(sends) / seconds:.1f} sends a second, {refused} answered 429")
    print(f"  longest block of the loop: {measured['busy_ms']:.1f} ms, idle {measured['idle_ms']:.1f} ms")
    print(
        f"  /quote p99: {_p99(busy) * 1000:.1f} ms of {len(busy)}, without a fan-out {_p99(quiet) * 1000:.1f} ms of "
        f"{len(quiet)}: {_p99(busy) / _p99(quiet):.2f} x"
    )


async def _questions(wire: DiscordDouble, channel: Channel, until: Any) -> list[float]:
    """Ask at a steady pace until something happens; the seconds each answer took."""
    ended = asyncio.ensure_future(until)
    asked: list[asyncio.Task[Any]] = []
    while not ended.done():
        asked.append(asyncio.create_task(wire.slash("quote", {"speaker": "stoltenberg dialogue"}, channel=channel)))
        await asyncio.sleep(1 / QUESTIONS_PER_SECOND)
    return [reply.seconds for reply in await asyncio.gather(*asked)]


def _p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98]


# In a process of their own


def _child(*what: str) -> dict[str, float]:
    done = subprocess.run(_command(*what), check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _command(*what: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.digest", *what]


def _megabytes() -> float:
    """The memory this process holds now (Linux)."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / 1024


def open_state(file: str) -> None:
    """Open the state, start the one job, and ask what is due."""
    from apscheduler.schedulers.background import BackgroundScheduler

    before, begun = _megabytes(), time.perf_counter()
    with contextlib.closing(State.open(Path(file))) as state:
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(lambda: None, "interval", seconds=5)
        scheduler.start()
        state.due(datetime.now(UTC), 500)
        print(json.dumps({"seconds": time.perf_counter() - begun, "megabytes": _megabytes() - before}))
        scheduler.shutdown()


def cron_jobs(count: str) -> None:
    """Start the peer: a cron job for each digest, added before the start, which is its fastest way."""
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger

    before, begun = _megabytes(), time.perf_counter()
    scheduler = BackgroundScheduler(timezone=UTC)
    for number in range(int(count)):
        trigger = CronTrigger(hour=number % 24, minute=number % 60, timezone="Europe/Kyiv")
        scheduler.add_job(print, trigger, args=[number], id=str(number))
    scheduler.start()
    print(json.dumps({"seconds": time.perf_counter() - begun, "megabytes": _megabytes() - before}))
    scheduler.shutdown(wait=False)


async def _post_what_is_due(file: str) -> None:
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    from bot.chat.digest_post import DigestPoster

    chosen = settings.load()
    log.configure(chosen.log)
    logging.getLogger().handlers = [logging.StreamHandler(sys.stderr)]  # stdout carries the measures
    Route.BASE = chosen.discord.rest_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(chosen.discord.gateway_url)
    with tempfile.TemporaryDirectory() as scratch, contextlib.closing(State.open(Path(file))) as state:
        shelf = Library(library.open_for(chosen.seeds.dir, Path(scratch)))
        publisher = Publisher(shelf, state, chosen, app.utc_now)
        async with app.compose(shelf, state, publisher, chosen, app.utc_now) as client:
            running = asyncio.create_task(client.start(TOKEN))
            await asyncio.sleep(1)
            await client.wait_until_ready()
            app.freeze()
            print("ready", flush=True)
            idle = await _longest_block(asyncio.sleep(IDLE))
            print("idle measured", flush=True)
            busy = await _longest_block(DigestPoster(client, shelf, state, app.utc_now).tick())
            print("busy measured", flush=True)
            print(json.dumps({"idle_ms": idle * 1000, "busy_ms": busy * 1000}), flush=True)
            await client.close()
            await running


async def _longest_block(work: Any) -> float:
    """The longest time for which the loop did not come round while something was done."""
    done = asyncio.ensure_future(work)
    longest, last = 0.0, time.perf_counter()
    while not done.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last - 0.001), now
    await done
    return longest


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["open-state", file]:
            open_state(file)
        case ["cron-jobs", count]:
            cron_jobs(count)
        case ["fan-out", file]:
            asyncio.run(_post_what_is_due(file))
        case _:
            main()
