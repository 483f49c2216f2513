"""``/onthisday``: the statements and events of a calendar day."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext.commands import Bot, Cog

from bot import digest
from bot.chat import cards, day_cards, replies
from bot.chat.presses import Press, Presses
from bot.days import complete_day, parse_day
from bot.due import local_date
from bot.library import Library
from bot.state import State

Chat = Interaction[Bot]
Words = app_commands.Range[str, 1, 40]

_PAGE: Final = re.compile(r"([^.]+)\.([\w/+-]*)\.(-?\d{1,8})")


class OnThisDay(Cog):
    """Shows a day, page by page."""

    def __init__(self, library: Library, state: State, presses: Presses, now: Callable[[], datetime]) -> None:
        self._library = library
        self._state = state
        self._now = now
        presses.answer(day_cards.DAY_PAGE, self._page)

    @app_commands.command()
    @app_commands.describe(
        date="A day, like 6 December or 12-06; today where you leave it out", private="Show it to you alone"
    )
    async def onthisday(self, interaction: Chat, date: Words = "", private: bool = False) -> None:
        """What was said and what happened on this day, oldest first."""
        zone = self._zone(interaction.guild_id)
        on = parse_day(date, local_date(zone, self._now()))
        named = "" if date.strip() else zone.key
        reply = self._show(on, named, 0, interaction.user.id)
        empty = not digest.the_day(self._library.generation.corpus, on)
        await replies.send(interaction, reply, private=private or empty)

    @onthisday.autocomplete("date")
    @replies.offering
    async def _complete(self, _: Chat, typed: str) -> list[Choice[str]]:
        days = complete_day(self._library.generation.corpus, typed, self._now().date(), cards.MAX_OPTIONS)
        return [Choice(name=label, value=value) for label, value in days]

    def _zone(self, guild: int | None) -> ZoneInfo:
        """The zone of the server's digest, else UTC."""
        subscriptions = self._state.subscriptions_of(guild) if guild else []
        return ZoneInfo(subscriptions[0].zone if subscriptions else "UTC")

    def _show(self, on: date, zone: str, page: int, asker: int) -> replies.Reply:
        corpus = self._library.generation.corpus
        found = digest.the_day(corpus, on)
        return day_cards.day(found, self._now().date(), asker, corpus.collection.title, zone=zone, page=page)

    async def _page(self, interaction: Chat, press: Press) -> None:
        day, zone, page = press.read(_PAGE)
        on = parse_day(day, self._now().date())
        await replies.replace(interaction, self._show(on, zone, int(page), press.asker))
