"""``/quote``: who said what, with the receipt."""

from dataclasses import replace
from typing import Final

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext.commands import Bot, Cog

from bot.chat import cards, replies
from bot.chat.presses import Press, Presses, unpack
from bot.corpus.store import Corpus
from bot.errors import NoLongerThere
from bot.library import Library
from bot.record import Selection, full_date
from bot.search.offer import Offer

Chat = Interaction[Bot]
Words = app_commands.Range[str, 1, 300]

_AGAIN: Final = "Ask again with /quote."


class Quote(Cog):
    """Answers questions, and the buttons below the answers."""

    def __init__(self, library: Library, presses: Presses) -> None:
        self._library = library
        presses.answer(cards.NEXT, self._next)
        presses.answer(cards.PREVIOUS, self._previous)
        presses.answer(cards.SUGGESTED, self._suggested)
        presses.answer(cards.POST, self._post)

    @app_commands.command()
    @app_commands.describe(
        speaker="Who, on what, or a whole question: “stoltenberg dialogue”",
        topic="Only what was said on this",
        private="Show the answer to you alone",
    )
    async def quote(self, interaction: Chat, speaker: Words, topic: Words = "", private: bool = False) -> None:
        """Who said what, when, and where is that written?"""
        generation = self._library.generation
        answer = generation.finder.find(speaker, topic)
        shown = answer.selection or answer.instead
        if shown:
            note = generation.finder.explain(answer)
            reply = cards.quotation(generation, shown, interaction.user.id, note=note, private=private)
        else:
            reply, private = cards.nothing(generation, answer, interaction.user.id), True
        await replies.send(interaction, reply, private=private)

    @quote.autocomplete("speaker")
    @replies.offering
    async def _complete(self, _: Chat, typed: str) -> list[Choice[str]]:
        return _choices(self._library.generation.completer.question(typed))

    @quote.autocomplete("topic")
    @replies.offering
    async def _complete_topic(self, interaction: Chat, typed: str) -> list[Choice[str]]:
        asked = getattr(interaction.namespace, "speaker", "") or ""
        return _choices(self._library.generation.completer.topic(typed, asked))

    async def _next(self, interaction: Chat, press: Press) -> None:
        await self._turn(interaction, press, forward=True)

    async def _previous(self, interaction: Chat, press: Press) -> None:
        await self._turn(interaction, press, forward=False)

    async def _turn(self, interaction: Chat, press: Press, *, forward: bool) -> None:
        generation = self._library.generation
        corpus = generation.corpus
        selection, number, mark = self._shown(press)
        turned = (
            next(iter(corpus.numbers(selection, 1, after=number)), None)
            if forward
            else corpus.number_before(selection, number)
        )
        private = replies.is_private(interaction)
        reply = cards.quotation(generation, selection, press.asker, number=turned or number, private=private)
        if interaction.message and mark == generation.mark:  # what was said of another generation may hold no longer
            reply = replace(reply, content=interaction.message.content)
        await replies.replace(interaction, reply)

    async def _suggested(self, interaction: Chat, press: Press) -> None:
        generation = self._library.generation
        selection = _standing(unpack(press.state, generation.corpus)[0], generation.corpus)
        await replies.replace(interaction, cards.quotation(generation, selection, press.asker, private=True))

    async def _post(self, interaction: Chat, press: Press) -> None:
        selection, number, _ = self._shown(press)
        reply = cards.quotation(self._library.generation, selection, press.asker, number=number)
        await replies.replace(interaction, reply)  # which has no button to post it a second time
        await replies.add(interaction, reply)

    def _shown(self, press: Press) -> tuple[Selection, int, int]:
        """What a button below a statement is about: the selection, the statement's number, and the generation's mark.

        Raises:
            NoLongerThere: where either is gone; of a statement that was withdrawn, with the reason.
        """
        corpus = self._library.generation.corpus
        selection, keys = unpack(press.state, corpus)
        key, mark, *_ = (*keys, 0, 0)
        number = corpus.number_of(key)
        if number is None:
            withdrawn = corpus.withdrawal_with(key)
            raise NoLongerThere(
                f"That statement was withdrawn on {full_date(withdrawn.on)}: {withdrawn.why.rstrip('.')}. {_AGAIN}"
                if withdrawn
                else f"That statement is no longer in the collection. {_AGAIN}"
            )
        return _standing(selection, corpus), number, mark


def _standing(selection: Selection | None, corpus: Corpus) -> Selection:
    """A selection that still holds something."""
    if not selection or not corpus.numbers(selection, 1):
        raise NoLongerThere(f"What this button led to is no longer in the collection. {_AGAIN}")
    return selection


def _choices(offers: list[Offer]) -> list[Choice[str]]:
    return [Choice(name=cards.shortened(offer.label, cards.MAX_OPTION), value=offer.value) for offer in offers]
