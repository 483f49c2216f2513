"""``/seeds``: moderators check, reload and roll back the collection."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
from discord import Interaction, app_commands
from discord.ext.commands import Bot, Cog

from bot.chat import replies, seed_cards
from bot.chat.presses import Press, Presses
from bot.chat.replies import Progress, Reply
from bot.errors import NotAllowed, SeedProblems, UserFacingError
from bot.library import Library
from bot.moderation import Standing, may_reload
from bot.prepare import Tell
from bot.publisher import Preview, Publisher
from bot.settings import Moderation
from bot.state.actions import Actor, Verb

Chat = Interaction[Bot]


class Seeds(Cog):
    """Lets moderators publish what is in the seed files."""

    group = app_commands.Group(
        name="seeds",
        description="The seed files of the collection: check, reload, go back",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, library: Library, publisher: Publisher, presses: Presses, rules: Moderation) -> None:
        self._library = library
        self._publisher = publisher
        self._rules = rules
        self._expiring: set[asyncio.Task[None]] = set()
        presses.answer(seed_cards.CONFIRM, self._confirm)
        presses.answer(seed_cards.CANCEL, self._cancel)

    @group.command()
    async def check(self, interaction: Chat) -> None:
        """Say what is wrong with the seed files, or what a reload would change."""
        by = self._moderator(interaction, Verb.CHECK)

        async def check(tell: Tell) -> Reply:
            return seed_cards.checked(await self._publisher.check(by, tell), self._served)

        await self._work(interaction, check)

    @group.command()
    async def reload(self, interaction: Chat) -> None:
        """Check the seed files, show what would change, and serve them once you confirm."""
        by = self._moderator(interaction, Verb.RELOAD)

        async def prepare(tell: Tell) -> Reply:
            preview = await self._publisher.prepare(by, tell)
            if preview is None:
                return seed_cards.unchanged(self._served)
            self._expire_later(interaction, preview)
            return seed_cards.preview(preview, interaction.user.id)

        await self._work(interaction, prepare)

    @group.command()
    async def status(self, interaction: Chat) -> None:
        """What is served, since when and by whose doing, and what moderators did lately."""
        self._moderator(interaction, Verb.STATUS)
        await replies.defer(interaction)
        await replies.settle(interaction, seed_cards.status(await self._publisher.status()))

    @group.command()
    async def rollback(self, interaction: Chat) -> None:
        """Go back to the generation before, and stay with it until the next reload."""
        by = self._moderator(interaction, Verb.ROLLBACK)
        await replies.defer(interaction)
        await replies.settle(interaction, seed_cards.rolled_back(await self._publisher.rollback(by)))

    @property
    def _served(self) -> str:
        return self._library.generation.name

    def _moderator(self, interaction: Chat, action: Verb) -> Actor:
        """Who asks, if they may. Discord's own hint can be overridden in a server, so we look ourselves.

        Raises:
            NotAllowed: where they may not, which is logged.
        """
        user = interaction.user
        roles = user.roles if isinstance(user, discord.Member) else []
        standing = Standing(
            guild=interaction.guild_id,
            guilds=[guild.id for guild in interaction.client.guilds],
            manages=interaction.permissions.manage_guild,
            role_ids=[role.id for role in roles],
            role_names=[role.name for role in roles],
        )
        by = Actor(user.name, user.id, interaction.guild_id)
        if not may_reload(self._rules, standing):
            self._publisher.refuse(by, action)
            raise NotAllowed("Only the moderators of this bot's home server may do that. Your attempt was logged.")
        return by

    async def _work(self, interaction: Chat, work: Callable[[Tell], Awaitable[Reply]]) -> None:
        """Say that it takes a while, tell how far it has got, and answer with what comes of it."""
        await replies.defer(interaction)
        async with Progress(interaction) as progress:
            try:
                reply = await work(lambda step: progress.tell(seed_cards.told(step)))
            except SeedProblems as found:
                reply = seed_cards.problems(found, self._served)
        await replies.settle(interaction, reply)

    async def _confirm(self, interaction: Chat, press: Press) -> None:
        await self._decide(interaction, press, self._publisher.confirm, seed_cards.served)

    async def _cancel(self, interaction: Chat, press: Press) -> None:
        await self._decide(interaction, press, self._publisher.cancel, lambda _: seed_cards.cancelled(self._served))

    async def _decide(
        self,
        interaction: Chat,
        press: Press,
        decide: Callable[[Actor, str], Awaitable[Preview]],
        show: Callable[[Preview], Reply],
    ) -> None:
        by = self._moderator(interaction, Verb.RELOAD)
        await replies.defer(interaction)
        try:
            reply = show(await decide(by, press.state))
        except UserFacingError as error:
            reply = seed_cards.failed(error, self._served)
        await replies.settle(interaction, reply)

    def _expire_later(self, interaction: Chat, preview: Preview) -> None:
        """Take the buttons off a preview that nobody has decided on in time."""

        async def expire() -> None:
            await asyncio.sleep(self._rules.confirm_within)
            if await self._publisher.expire(preview):
                await replies.settle(interaction, seed_cards.expired(self._served))

        task = asyncio.create_task(expire())
        self._expiring.add(task)
        task.add_done_callback(self._expiring.discard)
