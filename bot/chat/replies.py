"""What goes back to whoever asked: an answer, or a friendly sentence in place of an error."""

import asyncio
import contextlib
import functools
import io
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import tasks
from discord.ui import Item, View

from bot.chat.markdown import plain
from bot.errors import UserFacingError

Chat = discord.Interaction[Any]
Offer = Callable[[Any, Chat, str], Coroutine[Any, Any, list[Choice[str]]]]

log = structlog.get_logger()

_MAX_CONTENT: Final = 2000
"""Characters of a message; here, of a sentence that may repeat what was typed."""

_PACE: Final = 1.5
"""Seconds between two edits that tell how far something has got."""

_UNDELIVERED: Final = (discord.HTTPException, aiohttp.ClientError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message: a sentence, a card, and what can be pressed below it."""

    content: str = ""
    embed: discord.Embed | None = None
    below: Sequence[Item[Any]] = ()
    attached: tuple[str, str] | None = None
    """A text file's name and content."""

    def view(self) -> View | None:
        """The components as a view that discord.py does not keep.

        Every component is a link or answers by its ``custom_id``, so there is nothing to remember; a kept view would
        stay in memory as long as the bot runs.
        """
        if not self.below:
            return None
        view = View(timeout=None)
        for item in self.below:
            view.add_item(item)
        view.stop()
        return view

    def file(self) -> discord.File | None:
        """What is attached."""
        if self.attached is None:
            return None
        name, content = self.attached
        return discord.File(io.BytesIO(content.encode()), name)


async def send(interaction: Chat, reply: Reply, *, private: bool) -> None:
    """Answer with a message, for everybody or for the asker alone. Nothing in it pings."""
    await interaction.response.send_message(**_parts(reply), ephemeral=private)


async def add(interaction: Chat, reply: Reply) -> None:
    """Send a further message for everybody, after the first answer. Nothing in it pings."""
    await interaction.followup.send(**_parts(reply))


def _parts(reply: Reply) -> dict[str, Any]:
    parts = {"content": reply.content or None, "embed": reply.embed, "view": reply.view(), "file": reply.file()}
    return {name: part for name, part in parts.items() if part is not None} | {
        "allowed_mentions": discord.AllowedMentions.none()
    }


async def replace(interaction: Chat, reply: Reply) -> None:
    """Put an answer in the place of the message whose component was pressed."""
    await interaction.response.edit_message(
        content=reply.content or None,
        embed=reply.embed,
        view=reply.view(),
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def defer(interaction: Chat) -> None:
    """Say that an answer is coming, which only the asker will see; or, to a press, that its message will change."""
    await interaction.response.defer(ephemeral=True)


async def settle(interaction: Chat, reply: Reply) -> None:
    """Put the answer where it was said to be coming, in place of whatever was told there meanwhile."""
    file = reply.file()
    await interaction.edit_original_response(
        content=reply.content or None,
        embed=reply.embed,
        view=reply.view(),
        attachments=[file] if file else [],
        allowed_mentions=discord.AllowedMentions.none(),
    )


class Progress:
    """Tells in a deferred answer how far something has got, as often as Discord likes to hear it."""

    def __init__(self, interaction: Chat) -> None:
        self._interaction = interaction
        self._sentence = self._told = ""
        self._telling = tasks.loop(seconds=_PACE)(self._tell)

    def tell(self, sentence: str) -> None:
        """What is to be told; the latest counts."""
        self._sentence = sentence

    async def __aenter__(self) -> Self:
        self._task = self._telling.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task  # so that no late edit overtakes the answer

    async def _tell(self) -> None:
        if self._sentence != self._told:
            self._told = self._sentence
            with contextlib.suppress(*_UNDELIVERED):
                await self._interaction.edit_original_response(content=self._told)


def is_private(interaction: Chat) -> bool:
    """Whether the message whose component was pressed is for the asker alone."""
    return bool(interaction.message and interaction.message.flags.ephemeral)


async def fail(interaction: Chat, error: Exception) -> None:
    """Answer an error in one sentence that only the asker sees, and log it where it is ours."""
    reference = secrets.token_hex(3).upper()
    sentence, ours = for_error(error, reference)
    if ours:
        log.error("unexpected error", reference=reference, exc_info=error)
    reply = Reply(sentence[:_MAX_CONTENT])
    try:
        if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await settle(interaction, reply)
        elif interaction.response.is_done():
            await interaction.followup.send(**_parts(reply), ephemeral=True)
        else:
            await send(interaction, reply, private=True)
    except _UNDELIVERED as unsent:
        log.warning("error reply not delivered", reference=reference, error=type(unsent).__name__)


def offering(offer: Offer) -> Offer:
    """An autocomplete that always answers: with nothing where it fails, which discord.py would leave unanswered."""

    @functools.wraps(offer)
    async def answer(cog: Any, interaction: Chat, typed: str) -> list[Choice[str]]:
        try:
            return await offer(cog, interaction, typed)
        except Exception as error:
            log.error("autocomplete failed", exc_info=error)
            return []

    return answer


def for_error(error: Exception, reference: str) -> tuple[str, bool]:
    """The sentence for an error, and whether the error is a fault of ours."""
    cause = getattr(error, "original", error)
    match cause:
        case UserFacingError():
            return plain(str(cause)), False
        case app_commands.CommandOnCooldown():
            return f"Too fast: try again in {cause.retry_after:.0f} s.", False
        case app_commands.MissingPermissions():
            return f"You need the permission {', '.join(cause.missing_permissions)} for this.", False
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "This command has just changed. Wait a minute, then type it again.", False
        case discord.NotFound() if cause.code == 10062:
            return "Discord gave up waiting for the answer. Please ask again.", False
    return (
        f"Something went wrong on our side. If it happens again, quote the reference {reference} to the operator.",
        True,
    )
