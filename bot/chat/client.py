"""The client: what it listens to, how commands reach Discord, how an error becomes a reply."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import Sequence
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext.commands import Bot, Cog, when_mentioned

from bot.chat import replies
from bot.chat.presses import Presses
from bot.state import State

log = structlog.get_logger()


class Tree(app_commands.CommandTree[Any]):
    """The command tree, whose every error is answered."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Answer an error that a command or its check raised; an autocomplete that fails offers nothing."""
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete failed", exc_info=error)
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
            return
        await replies.fail(interaction, error)


class Client(Bot):
    """The bot on Discord. It asks for no privileged intent and reads no message."""

    def __init__(self, *, cogs: Sequence[Cog], presses: Presses, state: State, motto: str) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
        self._motto = discord.CustomActivity(motto)
        super().__init__(
            command_prefix=when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            activity=self._motto,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=60.0,
        )
        self._cogs_to_add = cogs
        self._presses = presses
        self._state = state
        self._showing: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Add what answers commands and buttons, then tell Discord of the commands where they changed."""
        for cog in self._cogs_to_add:
            await self.add_cog(cog)
        self.add_dynamic_items(self._presses.component())
        await self._sync()

    async def on_ready(self) -> None:
        """Say that we are here. Comes again after every reconnection."""
        log.info("ready", user=str(self.user), guilds=len(self.guilds))

    async def on_resumed(self) -> None:
        """Show the motto that may have changed while the connection was lost."""
        await self._show()

    def show(self, motto: str) -> None:
        """Show another motto below the bot's name from now on."""
        if motto == self._motto.name:
            return
        self.activity = self._motto = discord.CustomActivity(motto)  # as which a new connection presents itself
        if self.is_ready():
            self._showing = asyncio.create_task(self._show())

    async def _show(self) -> None:
        with contextlib.suppress(discord.ConnectionClosed, OSError):
            await self.change_presence(activity=self._motto)

    async def _sync(self) -> None:
        application = self.application_id
        assert application is not None
        commands = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        fingerprint = hashlib.sha256(json.dumps(commands, sort_keys=True, default=str).encode()).hexdigest()
        if self._state.synced_commands(application) == fingerprint:
            return
        try:
            await self.tree.sync()
        except discord.DiscordServerError:
            raise  # whoever logs in tries again
        except (discord.HTTPException, discord.RateLimited) as error:
            # Discord still has the commands of before; without them nobody could ask anything, so go on.
            log.error("commands not synced", error=str(error))
            return
        self._state.remember_synced_commands(application, fingerprint)
        log.info("commands synced", count=len(commands))
