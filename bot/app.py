"""The composition root: every object is built here, once, and handed to whoever needs it."""

import asyncio
import contextlib
import gc
import itertools
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp
import discord
import structlog
import yarl
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot import log
from bot.chat.client import Client
from bot.chat.digest_post import DigestPoster
from bot.chat.presses import Presses
from bot.errors import TokenError, UserFacingError
from bot.library import Generation, Library
from bot.owner import RELOADS, owned
from bot.publisher import Publisher
from bot.settings import Settings
from bot.startup import open_at_start
from bot.state import State
from commands.about import About
from commands.browse import Browse
from commands.digest import Digest
from commands.onthisday import OnThisDay
from commands.quote import Quote
from commands.seeds import Seeds

logger = structlog.get_logger()

Clock = Callable[[], datetime]

_PAUSES: Final = (1, 2, 5, 10, 30, 60)
"""Seconds between attempts to reach Discord at start; the last one repeats."""

_TICK: Final = 1
"""Seconds between two looks at what is due."""

_SETTLED: Final = timedelta(minutes=1)
"""How long after a start the hourly jobs run first."""

_WATCH: Final = 15
"""Seconds between two looks at whether the clock was set back."""

_GOODBYE: Final = 3
"""Seconds that a connection may take to close."""

_AUTHENTICATION_FAILED: Final = 4004
"""Close code: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway"""

_REFUSED: Final = "Discord refuses the token; copy it again from the portal, page “Bot”"


def utc_now() -> datetime:
    """The clock. Everything below is told the time."""
    return datetime.now(UTC)


def compose(shelf: Library, state: State, publisher: Publisher, settings: Settings, now: Clock) -> Client:
    """The bot, ready to be started: the same one on Discord, in the tests and in the page of ``onrecord try``."""
    presses = Presses()
    cogs = [
        Quote(shelf, presses),
        Browse(shelf, presses),
        OnThisDay(shelf, state, presses, now),
        About(shelf),
        Digest(shelf, state, now, settings.digest.max_channels),
        Seeds(shelf, publisher, presses, settings.moderation),
    ]
    client = Client(cogs=cogs, presses=presses, state=state, motto=_motto(shelf.generation))
    shelf.watch(lambda generation: client.show(_motto(generation)))
    return client


def _motto(generation: Generation) -> str:
    return f"/quote · {generation.corpus.collection.title}"


@contextlib.contextmanager
def scheduled(client: Client, shelf: Library, state: State, publisher: Publisher, now: Clock) -> Iterator[DigestPoster]:
    """Post what is due for as long as this lasts. One tick for all channels, which asks the state what is due."""
    poster = DigestPoster(client, shelf, state, now)
    scheduler = AsyncIOScheduler(timezone=UTC)
    # Late by any length, a tick does in one go what the ones before it would have done; never two at a time.
    options = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler.add_job(poster.tick, "interval", seconds=_TICK, **options)
    scheduler.add_job(poster.housekeep, "interval", hours=1, next_run_time=now() + _SETTLED, **options)
    scheduler.add_job(asyncio.to_thread, "interval", args=[state.checkpoint], minutes=1, **options)
    scheduler.add_job(publisher.look_after, "interval", hours=1, next_run_time=now() + _SETTLED, **options)
    scheduler.start()
    loop = asyncio.get_running_loop()
    beside = [loop.create_task(_watch_clock(scheduler, now)), loop.create_task(_freeze_when_ready(client))]
    try:
        yield poster
    finally:
        for task in beside:
            task.cancel()
        scheduler.shutdown(wait=False)


async def _freeze_when_ready(client: Client) -> None:
    await client.wait_until_ready()
    freeze()


def freeze() -> None:
    """Take what is there to stay out of the garbage collector's rounds, which would stop the loop for tens of ms."""
    gc.collect()
    gc.freeze()


async def _watch_clock(scheduler: AsyncIOScheduler, now: Clock) -> None:
    """Bring jobs back that a clock set back has put off: the scheduler sleeps until a time of day."""
    while True:
        await asyncio.sleep(_WATCH)
        for job in scheduler.get_jobs():
            if job.next_run_time and job.next_run_time - now() > 2 * job.trigger.interval:
                job.modify(next_run_time=now())


def run(settings: Settings, token: SecretStr) -> None:
    """Run the bot on Discord until it is told to stop.

    Raises:
        UserFacingError: where it cannot start, with what to do about it.
    """
    log.configure(settings.log, secret=token.get_secret_value())
    with owned(settings.data.dir), contextlib.closing(State.open(settings.state_file)) as state:
        shelf = open_at_start(settings, state, utc_now)
        publisher = Publisher(shelf, state, settings, utc_now)
        asyncio.run(_serve(settings, token, shelf, state, publisher))


async def _serve(settings: Settings, token: SecretStr, shelf: Library, state: State, publisher: Publisher) -> None:
    Route.BASE = settings.discord.rest_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord.gateway_url)
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        reloads.add(task := loop.create_task(publisher.reload_at_once()))
        task.add_done_callback(reloads.discard)

    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stopping.set)
        if RELOADS is not None:
            loop.add_signal_handler(RELOADS, reload)
    serving = asyncio.create_task(_connect(settings, shelf, state, publisher, token))
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if stopping.is_set():
        logger.info("stopping")
        serving.cancel()
        # Where nobody at the other end answers, its good-bye would take half a minute; leaving the loop ends it.
        await asyncio.wait({serving}, timeout=_GOODBYE)
    else:
        serving.result()
    logger.info("stopped")


async def _connect(settings: Settings, shelf: Library, state: State, publisher: Publisher, token: SecretStr) -> None:
    """Log in, however long Discord cannot be reached, and stay connected."""
    for pause in itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1])):
        async with compose(shelf, state, publisher, settings, utc_now) as client:
            try:
                await client.login(token.get_secret_value())
            except discord.LoginFailure:
                raise TokenError(_REFUSED) from None
            except (aiohttp.ClientError, discord.HTTPException, discord.RateLimited, OSError) as error:
                logger.warning("Discord cannot be reached", error=f"{type(error).__name__}: {error}", again_in=pause)
            else:
                with scheduled(client, shelf, state, publisher, utc_now):
                    await _stay(client)
                return
        await asyncio.sleep(pause)


async def _stay(client: Client) -> None:
    try:
        await client.connect()
    except discord.ConnectionClosed as closed:
        if closed.code == _AUTHENTICATION_FAILED:
            raise TokenError(_REFUSED) from None
        raise UserFacingError(f"Discord closed the connection for good (code {closed.code})") from None
