"""``onrecord try``: the real bot in a simulated Discord, shown in the browser. Needs no token and no network.

simcord's page shows one channel, in which a person can be a member or a moderator. Its clock stands still by itself, so
a ticker moves it along with ours, and shows what the bot posted by itself.
"""

import asyncio
import contextlib
import contextvars
import importlib.util
import signal
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands

from bot import log
from bot.app import compose, scheduled, utc_now
from bot.chat.client import Client
from bot.errors import UserFacingError
from bot.library import Library
from bot.prepare import Prepared, Request, Tell, in_a_process
from bot.publisher import Publisher
from bot.settings import Data, Settings
from bot.startup import open_at_start
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
        with contextlib.closing(State.open(settings.state_file)) as state:
            shelf = open_at_start(settings, state, utc_now)
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_serve(settings, shelf, state, port=port, browser=browser))
    print("\nStopped.")


async def _serve(settings: Settings, shelf: Library, state: State, *, port: int, browser: bool) -> None:
    import simcord

    async def beside(request: Request, tell: Tell) -> Prepared:
        """Prepare outside the simulation, which otherwise waits for the process and keeps its page waiting."""
        work = contextvars.Context().run(asyncio.ensure_future, in_a_process(request, tell))
        try:
            prepared: Prepared = await env.external_wait(work, reason="a process prepares the seeds")
        except simcord.SetupError:  # asked for by our own scheduler, which the simulation does not wait for
            prepared = await work
        return prepared

    publisher = Publisher(shelf, state, settings, utc_now, beside)
    client = compose(shelf, state, publisher, settings, utc_now)
    async with simcord.run(client, check_errors=False) as env:
        room = _Room(env, client)
        page = room.page(port)
        try:
            await page.__aenter__()
        except simcord.SetupError as error:
            taken = f"port {port} is taken; name another with --port, or leave it out for a free one"
            raise UserFacingError(taken if isinstance(error.__cause__, OSError) else str(error)) from error
        try:
            for name in (signal.SIGTERM, signal.SIGINT):
                with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
                    asyncio.get_running_loop().add_signal_handler(name, lambda: asyncio.ensure_future(page.close()))
            if client.user:
                await client.user.edit(username="On Record")
            await env.advance_time((utc_now() - env.now()).total_seconds())
            _announce(page.url, browser=browser)
            with scheduled(client, shelf, state, publisher, utc_now):
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
    print("Type /quote stoltenberg dialogue there, or pick a command from the list that opens on /,")
    print("fill it in and send it with the arrow. Ctrl-C here ends it.", flush=True)


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
        self._seen = self._shown = 0
        self._turn = asyncio.Lock()

    def page(self, port: int) -> "Preview":
        """The page that shows the channel to either of the two.

        simcord refuses a click that comes while something else is carried out, and its page then gives up; here it
        waits its turn.
        """
        page = self._env.preview(self._channel, viewers=self._people, layout="channel", port=port)
        act = page._action

        async def act_in_turn(*click: Any) -> dict[str, Any]:
            async with self._turn:
                return await act(*click)

        publish = page._publish

        def publish_and_note(*what: Any, **why: Any) -> None:
            publish(*what, **why)
            self._shown = self._written()

        page._action = act_in_turn  # type: ignore[method-assign,assignment]
        page._publish = publish_and_note  # type: ignore[method-assign]
        return page

    async def keep_up(self, page: "Preview") -> None:
        """Move the simulated clock with ours, and deal with what no click has brought about."""
        import simcord

        while True:
            await asyncio.sleep(TICK)
            async with self._turn:
                # Refused once the page is closing, or where the bot is busy for longer; the next tick comes soon.
                with contextlib.suppress(simcord.SetupError, TimeoutError):
                    await self._env.advance_time(max(0.0, (utc_now() - self._env.now()).total_seconds()))
                    await self._catch_up()
                    if self._written() != self._shown:
                        await page.refresh()

    def _written(self) -> int:
        """How often the bot has sent, edited or deleted something; what it offers while a command is typed is nothing.

        Counted by what it asked of Discord: a channel's history does not have the answers that one person alone sees.
        """
        asked = (request for request in self._env.http_requests if request.method != "GET")
        return sum(1 for request in asked if not _offers(request.json))

    async def _catch_up(self) -> None:
        """Carry out what was typed since the last look."""
        for message in self._channel.history():
            if message.id > self._seen:
                await self._carry_out(message)
                self._seen = message.id

    async def _carry_out(self, message: discord.Message) -> None:
        """Take a command that was typed out as one, and its words as the first option, as Discord's own client does.

        simcord's page sends it as a message unless the command is picked from its list. A message it stays where
        it is no command, none that its author may use, or none that can be used like this.
        """
        import simcord
        from simcord.backend.errors import OptionError

        typed = message.content.removeprefix("/")
        author = next((person for person in self._people if person.id == message.author.id), None)
        if author is None or typed == message.content:
            return
        commands = (command for command in self._commands() if f"{typed} ".startswith(f"{command.qualified_name} "))
        command = max(commands, key=lambda command: len(command.qualified_name), default=None)
        if command is None or command.qualified_name not in author.available_commands(self._channel):
            return
        words = typed.removeprefix(command.qualified_name).strip()
        texts = (option.name for option in command.parameters if option.type is discord.AppCommandOptionType.string)
        options = {next(texts, ""): words} if words else {}
        try:
            await author.slash(self._channel, command.qualified_name, **options)
        except (OptionError, TimeoutError):
            return
        with contextlib.suppress(simcord.SetupError):
            await author.delete(message)

    def _commands(self) -> Iterator[app_commands.Command[Any, ..., Any]]:
        found = self._client.tree.walk_commands()
        return (command for command in found if isinstance(command, app_commands.Command))


def _offers(sent: Any) -> bool:
    """Whether a request offers choices for a command that is still being typed."""
    return isinstance(sent, dict) and sent.get("type") == discord.InteractionResponseType.autocomplete_result.value
