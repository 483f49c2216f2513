"""Interactions: what a person asks through Discord's client, and what the bot answers."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .change import Change
from .world import EPHEMERAL, FILE_LIMIT, GUEST, NO_FILES, THINKING, Channel, File, Files, Json, Refused, User, World

# https://discord.com/developers/docs/interactions/receiving-and-responding
COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
SUBCOMMANDS = (1, 2)
BUTTON = 2
POSSIBLE = {
    COMMAND: {MESSAGE, DEFERRED, MODAL},
    COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
}
"""The first responses that each kind of interaction may be given."""


class NoReply(AssertionError):
    """What Discord tells the person as "The application did not respond"."""


@dataclass(slots=True, eq=False)
class Reply:
    """What the bot answered to one interaction, as the person who asked sees it now.

    `type` and `data` are those of the first response, `seconds` the time it took. `message` is the message
    that answers (after an update, the one that bore the component); later edits change it in place, and None
    is what is left once it has been deleted. `shown` is that message as it was after the first response and
    after every edit since, whoever's token brought it about; what was there before a press is not in it.
    """

    event: Json
    user: User
    channel: Channel
    stored: Mapping[str, File]
    asked_at: float
    answer_by: float
    good_until: float
    message: Json | None = None
    type: int | None = None
    data: Json = field(default_factory=dict)
    seconds: float = 0.0
    shown: list[Json] = field(default_factory=list)
    followups: list[Json] = field(default_factory=list)
    change: Change = field(default_factory=Change)

    @property
    def deferred(self) -> bool:
        """The first response only promised one."""
        return self.type in (DEFERRED, DEFERRED_UPDATE)

    @property
    def thinking(self) -> bool:
        """What the person sees is that the application is thinking."""
        return bool(self.message and self.message["flags"] & THINKING)

    @property
    def complete(self) -> bool:
        """There is something to see: what was deferred has been filled in, followed up or deleted."""
        if self.type == DEFERRED_UPDATE:
            return bool(self.shown or self.followups) or self.message is None
        return self.type is not None and not self.thinking

    @property
    def ephemeral(self) -> bool:
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def content(self) -> str:
        return str(self.message["content"]) if self.message else ""

    @property
    def embeds(self) -> list[Json]:
        return list(self.message["embeds"]) if self.message else []

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons that can be pressed, links left out."""
        parts = _components(self.message["components"]) if self.message else ()
        shown = (part for part in parts if part["type"] == BUTTON and "custom_id" in part)
        return [part.get("label") or part["custom_id"] for part in shown if not part.get("disabled")]

    @property
    def attachments(self) -> list[File]:
        return [self.stored[part["id"]] for part in self.message["attachments"]] if self.message else []

    @property
    def choices(self) -> list[Json]:
        return list(self.data.get("choices", []))


class Interactions:
    """The interactions, by token.

    A first response later than `reply_within` seconds is refused, and so is a token `token_seconds` old.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.reply_within = 3.0
        self.token_seconds = 15 * 60.0
        self._replies: dict[str, Reply] = {}

    def open(self, kind: int, data: Json, *, user: User, channel: Channel, on: Json | None = None) -> Reply:
        """`on` is the message whose component was used."""
        number = str(self._world.new_id())
        event: Json = {
            "id": number,
            "application_id": str(self._world.bot.id),
            "type": kind,
            "token": f"token-{number}",
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": channel.wire() | {"permissions": str(user.permissions)},
            "app_permissions": str(channel.bot_permissions),
            "entitlements": [],
            "attachment_size_limit": FILE_LIMIT,
            "locale": "en-GB",
        }
        if on is not None:
            event["message"] = on
        if channel.guild is None:
            event |= {"user": user.wire(), "context": 1, "authorizing_integration_owners": {"0": "0"}}
        else:
            guild_id = str(channel.guild.id)
            joined = channel.guild.id in self._world.guilds
            event |= {
                "guild_id": guild_id,
                "guild": {"id": guild_id, "locale": "en-GB", "features": []},
                "guild_locale": "en-GB",
                "member": user.as_member() | {"permissions": str(user.permissions)},
                "context": 0,
                "authorizing_integration_owners": {"0": guild_id} if joined else {"1": str(user.id)},
            }
            if not joined:
                event["app_permissions"] = str(GUEST)
        now = time.monotonic()
        reply = Reply(
            event,
            user,
            channel,
            self._world.files,
            asked_at=now,
            answer_by=now + self.reply_within,
            good_until=now + self.token_seconds,
            message=on,
        )
        self._replies[event["token"]] = reply
        return reply

    def expire(self, reply: Reply) -> None:
        """As if the fifteen minutes had passed in which its token is good."""
        reply.good_until = -math.inf

    def respond(self, token: str, response: Json, files: Files = NO_FILES) -> Json:
        """The first response; its outcome in the shape of `with_response`."""
        reply = self._replies.get(token)
        now = time.monotonic()
        if reply is not None and reply.type is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        if reply is None or now > reply.answer_by:
            raise Refused(404, 10062, "Unknown interaction")
        kind, data = response["type"], response.get("data") or {}
        if kind not in POSSIBLE[reply.event["type"]]:
            raise Refused(400, 50035, "Invalid Form Body")
        if kind in (MESSAGE, DEFERRED):
            flags = THINKING if kind == DEFERRED else 0
            reply.message = self._world.post(reply.channel, data, files, flags=flags)
        elif kind == UPDATE:
            self._world.edit(self._original(reply), data, files)
        reply.type, reply.data, reply.seconds = kind, data, now - reply.asked_at
        if kind in (MESSAGE, DEFERRED, UPDATE):
            self._show(self._original(reply))
        reply.change.happened()
        interaction = {key: reply.event[key] for key in ("id", "type", "channel_id")}
        if reply.message is None:
            return {"interaction": interaction}
        interaction |= {
            "response_message_id": reply.message["id"],
            "response_message_loading": reply.thinking,
            "response_message_ephemeral": reply.ephemeral,
        }
        return {"interaction": interaction, "resource": {"type": kind, "message": reply.message}}

    def follow_up(self, token: str, sent: Json, files: Files = NO_FILES) -> Json:
        """One more message; the first one after a deferral is what the deferral waited for."""
        reply = self._responded(token)
        if reply.thinking:
            return self.edit(token, "@original", sent, files)
        reply.followups.append(self._world.post(reply.channel, sent, files))
        reply.change.happened()
        return reply.followups[-1]

    def message(self, token: str, which: str) -> Json:
        """The reply ("@original") or a follow-up, by id."""
        reply = self._responded(token)
        if which == "@original":
            return self._original(reply)
        for message in (reply.message, *reply.followups):
            if message is not None and which == message["id"]:
                return message
        raise Refused(404, 10008, "Unknown Message")

    def edit(self, token: str, which: str, sent: Json, files: Files = NO_FILES) -> Json:
        message = self._world.edit(self.message(token, which), sent, files)
        self._show(message)
        self._replies[token].change.happened()
        return message

    def delete(self, token: str, which: str) -> None:
        message = self.message(token, which)
        for reply in self._replies.values():
            if message in reply.followups:
                reply.followups.remove(message)
            elif message is reply.message:
                reply.message = None
            else:
                continue
            reply.change.happened()
        channel = self._replies[token].channel
        if message in channel.messages:
            channel.messages.remove(message)

    def _show(self, message: Json) -> None:
        """Puts the message as it is now before everybody who looks at it."""
        for reply in self._replies.values():
            if reply.message is message and reply.type is not None:
                reply.shown.append(copy.deepcopy(message))
                reply.change.happened()

    def _responded(self, token: str) -> Reply:
        reply = self._replies.get(token)
        if reply is None or time.monotonic() > reply.good_until:
            raise Refused(401, 50027, "Invalid Webhook Token")
        if reply.type is None:
            raise Refused(404, 10015, "Unknown Webhook")
        return reply

    def _original(self, reply: Reply) -> Json:
        if reply.message is None:
            raise Refused(404, 10008, "Unknown Message")
        return reply.message


def command_data(commands: Sequence[Json], name: str, values: Json, *, focused: str | None = None) -> Json:
    """The data of a slash command as Discord's client would send it.

    `name` spells subcommands out ("digest set"); a `User` or a `Channel` may be a value. Raises LookupError
    for a command, subcommand or option that is not registered, and for a required option that is missing.
    """
    first, *rest = name.split()
    command = _named(commands, first, f"no command /{name}")
    path = [command]
    for word in rest:
        subcommands = [option for option in path[-1].get("options", []) if option["type"] in SUBCOMMANDS]
        path.append(_named(subcommands, word, f"no command /{name}"))
    declared = path[-1].get("options", [])
    missing = {option["name"] for option in declared if option.get("required")} - values.keys()
    if missing and focused is None:
        raise LookupError(f"/{name} requires {sorted(missing)}")
    resolved: Json = {}
    options = []
    for key, value in values.items():
        option = _named(declared, key, f"/{name} has no option {key}")
        filled = {
            "name": key,
            "type": option["type"],
            "value": _option_value(value, resolved),
        }
        options.append(filled | ({"focused": True} if key == focused else {}))
    for step in reversed(path[1:]):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return {"id": command["id"], "name": first, "type": 1, "options": options, "resolved": resolved}


def _option_value(value: object, resolved: Json) -> object:
    if isinstance(value, Channel):
        shape = value.wire() | {"permissions": str(value.bot_permissions)}
        resolved.setdefault("channels", {})[str(value.id)] = shape
        return str(value.id)
    if isinstance(value, User):
        resolved.setdefault("users", {})[str(value.id)] = value.wire()
        return str(value.id)
    return value


def component_data(message: Json, name: str, values: Sequence[str] | None = None) -> Json:
    """The data of a press or, with `values`, of a choice, by label, placeholder or custom id.

    Raises LookupError when the message shows no such component, or shows it disabled.
    """
    shown = [part for part in _components(message["components"]) if "custom_id" in part]
    for part in shown:
        if name in (part["custom_id"], part.get("label"), part.get("placeholder")) and not part.get("disabled"):
            data = {"custom_id": part["custom_id"], "component_type": part["type"]}
            return data if values is None else data | {"values": list(values)}
    names = [part.get("label") or part["custom_id"] for part in shown if not part.get("disabled")]
    raise LookupError(f"no component {name!r} to use; there are {names}")


def _components(parts: Sequence[Json]) -> Iterator[Json]:
    for part in parts:
        yield part
        yield from _components(part.get("components", []))
        if "accessory" in part:
            yield part["accessory"]


def _named(parts: Sequence[Json], name: str, otherwise: str) -> Json:
    for part in parts:
        if part["name"] == name:
            return part
    raise LookupError(f"{otherwise}; there are {[part['name'] for part in parts]}")
