"""``/about``: what this is, how large, and what it keeps about people."""

from typing import Final

from discord import Interaction, app_commands
from discord.ext.commands import Bot, Cog

from bot.chat import cards, replies
from bot.library import Library

Chat = Interaction[Bot]

_LATEST: Final = 5
"""Corrections that are named; the others are counted."""


class About(Cog):
    """Describes the collection and the bot."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @app_commands.command()
    async def about(self, interaction: Chat) -> None:
        """The collection, its size and dates, its latest corrections, and what is stored about people."""
        generation = self._library.generation
        corpus = generation.corpus
        latest = corpus.latest_corrections(_LATEST)
        reply = cards.about(corpus.collection, corpus.totals(), latest, generation.short)
        await replies.send(interaction, reply, private=True)
