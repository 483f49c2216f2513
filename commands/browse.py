"""``/speakers`` and ``/topics``: what is there to ask for."""

import re
from typing import Final

from discord import Interaction, app_commands
from discord.ext.commands import Bot, Cog

from bot.chat import cards, replies
from bot.chat.presses import Press, Presses
from bot.errors import NoLongerThere
from bot.library import Library
from bot.record import Selection

Chat = Interaction[Bot]

SPEAKERS: Final = "speakers"
TOPICS: Final = "topics"

_PAGE: Final = re.compile(r"([a-z]+)\.(-?\d{1,8})")


class Browse(Cog):
    """Lists speakers and topics; a choice leads to the statements."""

    def __init__(self, library: Library, presses: Presses) -> None:
        self._library = library
        presses.answer(cards.PAGE, self._page)
        presses.answer(cards.CHOOSE, self._choose)

    @app_commands.command()
    @app_commands.describe(private="Show the list to you alone")
    async def speakers(self, interaction: Chat, private: bool = False) -> None:
        """Everybody who is quoted, most quoted first."""
        await replies.send(interaction, self._list(SPEAKERS, 0, interaction.user.id), private=private)

    @app_commands.command()
    @app_commands.describe(private="Show the list to you alone")
    async def topics(self, interaction: Chat, private: bool = False) -> None:
        """Every topic somebody is quoted on, most spoken of first."""
        await replies.send(interaction, self._list(TOPICS, 0, interaction.user.id), private=private)

    def _list(self, kind: str, page: int, asker: int) -> replies.Reply:
        corpus = self._library.generation.corpus
        entries = corpus.speakers() if kind == SPEAKERS else corpus.topics()
        return cards.browse(kind, entries, page, asker, corpus.collection.title)

    async def _page(self, interaction: Chat, press: Press) -> None:
        kind, page = press.read(_PAGE)
        await replies.replace(interaction, self._list(kind, int(page), press.asker))

    async def _choose(self, interaction: Chat, press: Press) -> None:
        generation = self._library.generation
        chosen = press.chosen[0]
        selection = Selection(speaker=chosen) if press.state == SPEAKERS else Selection(topics=(chosen,))
        if not generation.corpus.numbers(selection, 1):
            raise NoLongerThere("There is nothing by or on this any more. Ask again with /quote.")
        private = replies.is_private(interaction)
        reply = cards.quotation(generation, selection, press.asker, private=private)
        await replies.send(interaction, reply, private=private)
