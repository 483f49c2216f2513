"""Buttons and menus that go on working after a restart.

All a component knows is in its ``custom_id``: which action, who asked, and the few keys that say what it is about.
discord.py only logs an error in such a component and leaves the click unanswered; here every click is answered.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import discord
from discord.ui import Button, DynamicItem, Item, Select

from bot.chat import replies
from bot.corpus.store import Corpus
from bot.errors import NoLongerThere, NotYours
from bot.record import Selection, key_of

MAX_CUSTOM_ID: Final = 100
"""Discord's limit on the characters of a ``custom_id``."""

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OURS: Final = r"or:.*"
"""Any component of this bot, of this version or another: none is left unanswered."""
_CUSTOM_ID: Final = re.compile(r"or:(?P<action>[a-z]+):(?P<asker>[0-9A-Za-z]+):(?P<state>.*)")
_PACKED: Final = re.compile(r"[0-9A-Za-z]*(\.[0-9A-Za-z]*){3,}")
_MAX_KEY: Final = 1 << 60

_WORDS: Final = "~"
"""Stands before the words of a selection."""

MAX_WORDS: Final = 32
"""Characters of a selection's words that a button has room for beside all else: the action, the asker and six keys."""

Chat = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A click on a button, or a choice from a menu."""

    asker: int
    """The id of the user whom the component answers."""
    state: str
    chosen: tuple[str, ...] = ()
    """What was chosen from a menu."""

    def read(self, shape: re.Pattern[str]) -> tuple[str, ...]:
        """The groups of the state.

        Raises:
            NoLongerThere: where another version of the bot wrote a state of another shape.
        """
        found = shape.fullmatch(self.state)
        if not found:
            raise _outdated()
        return found.groups()


def _outdated() -> NoLongerThere:
    return NoLongerThere("This was made by an earlier version of the bot. Ask again with /quote.")


Handler = Callable[[Chat, Press], Awaitable[None]]


class Presses:
    """Who answers which action."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def answer(self, action: str, handler: Handler) -> None:
        """Let a handler answer an action, for components made before this start as well."""
        if action in self._handlers:
            raise ValueError(f"action {action} is answered already")
        self._handlers[action] = handler

    def component(self) -> type[DynamicItem[Any]]:
        """The component class for ``Client.add_dynamic_items``, bound to these handlers."""

        class Component(_Component, template=_OURS):
            handlers = self._handlers

        return Component


class _Component(DynamicItem[Item[Any]], template=_OURS):
    handlers: ClassVar[dict[str, Handler]] = {}

    def __init__(self, item: Item[Any], custom_id: str) -> None:
        super().__init__(item)
        self._custom_id = custom_id

    @classmethod
    async def from_custom_id(cls, _: Chat, item: Item[Any], match: re.Match[str], /) -> "_Component":
        return cls(item, match.string)

    async def callback(self, interaction: Chat) -> None:
        try:
            found = _CUSTOM_ID.fullmatch(self._custom_id)
            handler = self.handlers.get(found["action"]) if found else None
            if not found or not handler:
                raise _outdated()
            if interaction.user.id != _number(found["asker"]):
                raise NotYours("These buttons answer whoever asked for them.")
            chosen = tuple(self.item.values) if isinstance(self.item, Select) else ()
            await handler(interaction, Press(interaction.user.id, found["state"], chosen))
        except Exception as error:
            await replies.fail(interaction, error)


def button(
    label: str, action: str, asker: int, state: str, *, disabled: bool = False, primary: bool = False
) -> Button[Any]:
    """A button whose press goes to who answers ``action``."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return Button(label=label, custom_id=_custom_id(action, asker, state), disabled=disabled, style=style)


def menu(placeholder: str, action: str, asker: int, state: str, options: list[discord.SelectOption]) -> Select[Any]:
    """A menu whose choice goes to who answers ``action``."""
    return Select(placeholder=placeholder, custom_id=_custom_id(action, asker, state), options=options)


def _custom_id(action: str, asker: int, state: str) -> str:
    custom_id = f"or:{action}:{short(asker)}:{state}"
    assert len(custom_id) <= MAX_CUSTOM_ID, custom_id
    return custom_id


def pack(selection: Selection, *more: int) -> str:
    """A selection and further numbers in the few characters a ``custom_id`` has room for.

    Words that a selection has to have in its text are packed as they are, if there are no more of them than fit; such
    buttons cannot lead to others, and ``fits`` says so.
    """
    office = key_of("\0".join(selection.office)) if selection.office else 0
    keys = [key_of(selection.speaker) if selection.speaker else 0, office]
    keys += [key_of(topic) for topic in selection.topics[:2]] + [0] * (2 - len(selection.topics))
    packed = ".".join(short(key) if key else "" for key in (*keys, *more))
    return f"{packed}{_WORDS}{selection.words}" if selection.words else packed


def fits(selection: Selection) -> bool:
    """Whether a button has room for all that a selection is made of."""
    return len(selection.words) <= MAX_WORDS


def unpack(state: str, corpus: Corpus) -> tuple[Selection | None, list[int]]:
    """What ``pack`` packed; None for a selection whose speaker, office or topic is no longer there.

    Raises:
        NoLongerThere: where another version of the bot packed it otherwise.
    """
    state, _, words = state.partition(_WORDS)
    numbers = [_number(part) for part in state.split(".")] if _PACKED.fullmatch(state) else [_MAX_KEY]
    if max(numbers) >= _MAX_KEY:
        raise _outdated()
    speaker, office, *rest = numbers
    topics, more = [topic for topic in rest[:2] if topic], rest[2:]
    found = [corpus.topic_with(topic) for topic in topics]
    selection = Selection(
        corpus.speaker_with(speaker) if speaker else None,
        corpus.office_with(office) if office else None,
        tuple(topic for topic in found if topic),
        words,
    )
    gone = (speaker and not selection.speaker) or (office and not selection.office) or None in found
    return None if gone else selection, more


def short(number: int) -> str:
    """A number in base 62."""
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return number
