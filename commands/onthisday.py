"""``/onthisday``: the statements and events of a calendar day."""

from collections.abc import Callable
from datetime import date, datetime

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext.commands import Bot, Cog

from bot import digest
from bot.chat import cards, replies
from bot.chat.presses import Press, Presses
from bot.library import Library
from bot.record import month_day

Chat = Interaction[Bot]


class OnThisDay(Cog):
    """Shows a day, page by page."""

    def __init__(self, library: Library, presses: Presses, now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now
        presses.answer(cards.DAY_PAGE, self._page)

    @app_commands.command()
    @app_commands.describe(
        date="A day, like 6 December or 12-06; today where you leave it out", private="Show it to you alone"
    )
    async def onthisday(self, interaction: Chat, date: str = "", private: bool = False) -> None:
        """What was said and what happened on this day, oldest first."""
        today = self._now().date()
        on = digest.parse_day(date, today)
        zone = "" if date else " (UTC)"
        await replies.send(interaction, self._show(on, zone, interaction.user.id, 0), private=private)

    @onthisday.autocomplete("date")
    async def _complete(self, _: Chat, typed: str) -> list[Choice[str]]:
        days = digest.complete_day(self._library.generation.corpus, typed, self._now().date(), cards.MAX_OPTIONS)
        return [Choice(name=label, value=value) for label, value in days]

    def _show(self, on: date, zone: str, asker: int, page: int) -> replies.Reply:
        corpus = self._library.generation.corpus
        title = f"{month_day(on)}{zone} in {corpus.collection.title}"
        found = digest.the_day(corpus, on)
        return cards.day(found, self._now().date(), title, corpus.collection.title, asker, page)

    async def _page(self, interaction: Chat, press: Press) -> None:
        day, _, page = press.state.partition(".")
        on = digest.parse_day(day, self._now().date())
        await replies.replace(interaction, self._show(on, "", press.asker, int(page)))
