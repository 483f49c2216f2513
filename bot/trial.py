"""``onrecord try``: the real bot in a simulated Discord, shown in the browser. Needs no token and no network.

simcord's page shows one channel, in which a person can be a member or a moderator. Its clock stands still by itself, so
a ticker moves it along with ours, and shows what the bot posted by itself.
"""

import asyncio
import contextlib
import importlib.util
import signal
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands

from bot import log
from bot.app import compose, open_library, utc_now
from bot.chat.client import Client
from bot.errors import UserFacingError
from bot.library import Library
from bot.settings import Data, Settings
from bot.state import State

if TYPE_CHECKING:
    from simcord import Env, Preview

TICK: Final = 0.5
"""Seconds between two looks at what the bot did by itself."""


def run(settings: Settings, *, port: int, browser: bool) -> None:
    """Serve the page until it is closed or interrupted. Nothing outside a scratch folder is written.

    Raises:
        UserFacingError: where simcord is missing, the port is taken or the seeds have problems.
    """
    if not importlib.util.find_spec("simcord"):
        raise UserFacingError("this needs the extra “try”: pip install 'onrecord[try]', or call `make try`")
    with tempfile.TemporaryDirectory(prefix="onrecord-try-", ignore_cleanup_errors=True) as scratch:
        settings = settings.model_copy(update={"data": Data(dir=Path(scratch))})
        log.configure(settings.log.model_copy(update={"level": "error"}))
        shelf = open_library(settings)
        state = State.open(settings.data.dir / "state.db")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(shelf, state, port=port, browser=browser))
        state.close()
    print("\nStopped.")


async def _serve(shelf: Library, state: State, *, port: int, browser: bool) -> None:
    import simcord

    client = compose(shelf, state, utc_now)
    async with simcord.run(client, check_errors=False) as env:
        room = _Room(env, client)
        page = room.page(port)
        try:
            await page.__aenter__()
        except simcord.SetupError as error:
            raise UserFacingError(
                f"port {port} is taken; name another with --port, or leave it out for a free one"
            ) from error
        try:
            if client.user:
                await client.user.edit(username="On Record")
            await env.advance_time((utc_now() - env.now()).total_seconds())
            _announce(page.url, browser=browser)
            with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
                loop = asyncio.get_running_loop()
                loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(page.close()))
            ticking = asyncio.create_task(room.keep_up(page))
            await page.wait_closed()
            ticking.cancel()
        finally:
            await page.__aexit__(None, None, None)


def _announce(url: str, *, browser: bool) -> None:
    opened = False
    if browser:
        with contextlib.suppress(webbrowser.Error, OSError):
            opened = webbrowser.open(url)
    print(f"On Record runs in a simulated Discord at\n\n    {url}\n", flush=True)
    print("It opens in your browser." if opened else "Open the whole address in a browser, what follows # too.")
    print("Type /quote stoltenberg dialogue there. Ctrl-C here ends it.", flush=True)


class _Room:
    """A server with one channel, a member and a moderator."""

    def __init__(self, env: "Env", client: Client) -> None:
        self._env, self._client = env, client
        guild = env.create_guild("On Record")
        moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self._channel = guild.create_text_channel("quotations", topic="Type /quote stoltenberg dialogue")
        self._people = [
            guild.add_member(env.create_user("member")),
            guild.add_member(env.create_user("moderator"), roles=[moderators]),
        ]
        self._seen = 0

    def page(self, port: int) -> "Preview":
        """The page that shows the channel to either of the two."""
        return self._env.preview(self._channel, viewers=self._people, layout="channel", port=port)

    async def keep_up(self, page: "Preview") -> None:
        """Move the simulated clock with ours, and show what no click has brought about."""
        import simcord

        while True:
            await asyncio.sleep(TICK)
            # Refused while somebody's click is being carried out; the next tick comes soon.
            with contextlib.suppress(simcord.SetupError, TimeoutError):
                await self._env.advance_time(TICK)
                latest = self._channel.last_message
                if latest is None or latest.id == self._seen:
                    continue
                self._seen = latest.id
                typed = latest.content.startswith("/") and await self._carry_out(latest)
                if typed or (latest.author.bot and latest.interaction_metadata is None):
                    await page.refresh()

    async def _carry_out(self, message: discord.Message) -> bool:
        """Take a command that was typed out as one, and its words as the first option, as Discord's own client does.

        simcord's page sends it as a message unless the command is picked from its list.
        """
        name, _, words = message.content.removeprefix("/").partition(" ")
        author = next((person for person in self._people if person.id == message.author.id), None)
        command = self._client.tree.get_command(name)
        if author is None or not isinstance(command, app_commands.Command):
            return False
        if name not in author.available_commands(self._channel):
            return False
        first = next((parameter.name for parameter in command.parameters), "")
        await author.delete(message)
        await author.slash(self._channel, name, **({first: words} if first and words else {}))
        return True
