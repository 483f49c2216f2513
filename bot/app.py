"""The composition root: every object is built here, once, and handed to whoever needs it."""

import asyncio
import contextlib
import gc
import itertools
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import aiohttp
import discord
import structlog
import yarl
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from discord.gateway import DiscordWebSocket
from discord.http import Route
from filelock import FileLock, Timeout
from pydantic import SecretStr

from bot import library, log
from bot.chat.client import Client
from bot.chat.digest_post import DigestPoster
from bot.chat.presses import Presses
from bot.errors import AlreadyRunning, SeedProblems, TokenError, UserFacingError
from bot.library import Library
from bot.settings import Digest as DigestSettings
from bot.settings import Settings
from bot.state import State
from commands.about import About
from commands.browse import Browse
from commands.digest import Digest
from commands.onthisday import OnThisDay
from commands.quote import Quote

logger = structlog.get_logger()

Clock = Callable[[], datetime]

_PAUSES: Final = (1, 2, 5, 10, 30, 60)
"""Seconds between attempts to reach Discord at start; the last one repeats."""

_TICK: Final = 1
"""Seconds between two looks at what is due."""

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


def compose(shelf: Library, state: State, now: Clock, max_digests: int = DigestSettings().max_channels) -> Client:
    """The bot, ready to be started: the same one on Discord, in the tests and in the page of ``onrecord try``."""
    presses = Presses()
    cogs = [
        Quote(shelf, presses),
        Browse(shelf, presses),
        OnThisDay(shelf, state, presses, now),
        About(shelf),
        Digest(shelf, state, now, max_digests),
    ]
    motto = f"/quote · {shelf.generation.corpus.collection.title}"
    return Client(cogs=cogs, presses=presses, state=state, motto=motto)


@contextlib.contextmanager
def scheduled(client: Client, shelf: Library, state: State, now: Clock) -> Iterator[DigestPoster]:
    """Post what is due for as long as this lasts. One tick for all channels, which asks the state what is due."""
    poster = DigestPoster(client, shelf, state, now)
    scheduler = AsyncIOScheduler(timezone=UTC)
    # Late by any length, a tick does in one go what the ones before it would have done; never two at a time.
    options = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler.add_job(poster.tick, "interval", seconds=_TICK, **options)
    scheduler.add_job(poster.housekeep, "interval", hours=1, next_run_time=now() + timedelta(minutes=1), **options)
    scheduler.add_job(asyncio.to_thread, "interval", args=[state.checkpoint], minutes=1, **options)
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
    with owned(settings.data.dir):
        shelf = open_library(settings)
        state = State.open(settings.data.dir / "state.db")
        try:
            asyncio.run(_serve(settings, token, shelf, state))
        finally:
            state.close()


@contextlib.contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process alone. The operating system lets go of it however the process ends.

    Raises:
        AlreadyRunning: where another process holds it.
        UserFacingError: where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "running.lock")
        lock.acquire(blocking=False)
    except Timeout:
        raise AlreadyRunning(
            f"another On Record runs on {folder}; stop it, or give this one its own data.dir"
        ) from None
    except OSError as error:
        raise UserFacingError(f"the data folder {folder} cannot be written ({error.strerror}); set data.dir") from error
    try:
        yield
    finally:
        lock.release()


def open_library(settings: Settings) -> Library:
    """The generation of the seeds, or, where these have problems, the last good one.

    Raises:
        SeedProblems: where there is no good one either.
    """
    try:
        generation = library.open_for(settings.seeds.dir, settings.generations)
    except SeedProblems as problems:
        generation = library.open_last_good(settings.generations, problems)
        for problem in problems.problems:
            logger.error("seed problem", problem=str(problem))
        logger.error("serving the last good generation", generation=generation.short, problems=len(problems.problems))
    totals = generation.corpus.totals()
    logger.info("corpus open", generation=generation.short, statements=totals.statements, speakers=totals.speakers)
    return Library(generation)


async def _serve(settings: Settings, token: SecretStr, shelf: Library, state: State) -> None:
    Route.BASE = settings.discord.rest_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord.gateway_url)
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    serving = asyncio.create_task(_connect(settings, shelf, state, token))
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


async def _connect(settings: Settings, shelf: Library, state: State, token: SecretStr) -> None:
    """Log in, however long Discord cannot be reached, and stay connected."""
    for pause in itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1])):
        async with compose(shelf, state, utc_now, settings.digest.max_channels) as client:
            try:
                await client.login(token.get_secret_value())
            except discord.LoginFailure:
                raise TokenError(_REFUSED) from None
            except (aiohttp.ClientError, discord.HTTPException, discord.RateLimited, OSError) as error:
                logger.warning("Discord cannot be reached", error=f"{type(error).__name__}: {error}", again_in=pause)
            else:
                with scheduled(client, shelf, state, utc_now):
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
