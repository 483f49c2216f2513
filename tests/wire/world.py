"""What Discord keeps: users, guilds, channels and their messages, in the shapes it puts on the wire."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

DISCORD_EPOCH_MS = 1_420_070_400_000
NONCE_LENGTH = 25

# https://discord.com/developers/docs/resources/message#message-object-message-flags
EPHEMERAL = 1 << 6
THINKING = 1 << 7

# https://discord.com/developers/docs/topics/permissions
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
READ_MESSAGE_HISTORY = 1 << 16
USE_APPLICATION_COMMANDS = 1 << 31
POSTING = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY
MEMBER = POSTING | USE_APPLICATION_COMMANDS


class Refused(Exception):
    """Discord's refusal: an HTTP status, and the code and message of its JSON error body."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    bot: bool = False
    permissions: int = MEMBER
    """Permission bits wherever this user speaks in a guild."""

    def wire(self) -> Json:
        names = {"username": self.name, "global_name": self.name, "discriminator": "0"}
        return {"id": str(self.id), **names, "avatar": None, "bot": self.bot}

    def as_member(self, *roles: int) -> Json:
        return {
            "user": self.wire(),
            "roles": [str(role) for role in roles],
            "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Guild:
    id: int
    name: str
    bot: User
    bot_role: int
    bot_permissions: int = POSTING
    channels: dict[int, Channel] = field(default_factory=dict)

    def wire(self) -> Json:
        """The guild as GUILD_CREATE brings it under the `guilds` intent alone: the bot is its only member."""
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "roles": [
                {"id": str(self.id), "name": "@everyone", "permissions": "0", "position": 0},
                {
                    "id": str(self.bot_role),
                    "name": self.bot.name,
                    "permissions": str(self.bot_permissions),
                    "position": 1,
                    "managed": True,
                },
            ],
            "channels": [channel.wire() for channel in self.channels.values()],
            "members": [self.bot.as_member(self.bot_role)],
            "member_count": 2,
            "features": [],
            "preferred_locale": "en-GB",
            "unavailable": False,
        }


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel of a guild or, without a guild, the bot's direct messages with one user.

    `allow` and `deny` overwrite the permissions of the bot's role here. `messages` holds what everybody can
    read, oldest first.
    """

    id: int
    name: str
    guild: Guild | None = None
    recipient: User | None = None
    allow: int = 0
    deny: int = 0
    messages: list[Json] = field(default_factory=list)

    @property
    def bot_permissions(self) -> int:
        return POSTING if self.guild is None else (self.guild.bot_permissions & ~self.deny) | self.allow

    def require(self, permission: int, code: int, message: str) -> None:
        if not self.bot_permissions & permission:
            raise Refused(403, code, message)

    def wire(self) -> Json:
        last = self.messages[-1]["id"] if self.messages else None
        shape: Json = {"id": str(self.id), "last_message_id": last, "flags": 0}
        if self.recipient is not None:
            return shape | {"type": 1, "recipients": [self.recipient.wire()]}
        assert self.guild is not None
        overwrite = {
            "id": str(self.guild.bot_role),
            "type": 0,
            "allow": str(self.allow),
            "deny": str(self.deny),
        }
        return shape | {
            "type": 0,
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": [overwrite],
            "nsfw": False,
            "parent_id": None,
        }


class World:
    """Everything Discord remembers, and the only maker of ids.

    `nonce_seconds` is how long a nonce is remembered; Discord says "the past few minutes".
    """

    def __init__(self, *, nonce_seconds: float = 300.0) -> None:
        self._last_id = 0
        self.nonce_seconds = nonce_seconds
        self._nonces: dict[str, tuple[float, Json]] = {}
        self.bot = User(self.new_id(), "On Record", bot=True)
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: list[Json] = []

    def new_id(self) -> int:
        """A snowflake: it tells the time, it grows, and it never repeats."""
        milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._last_id = max(self._last_id + 1, milliseconds << 22)
        return self._last_id

    def application(self) -> Json:
        return {
            "id": str(self.bot.id),
            "name": self.bot.name,
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": User(1, "owner").wire(),
            "verify_key": "",
            "flags": 0,
        }

    def guild(self, guild_id: int) -> Guild:
        if guild_id not in self.guilds:
            raise Refused(404, 10004, "Unknown Guild")
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        if channel_id not in self.channels:
            raise Refused(404, 10003, "Unknown Channel")
        return self.channels[channel_id]

    def direct(self, user: User) -> Channel:
        """The bot's direct messages with this user."""
        for channel in self.channels.values():
            if channel.recipient is not None and channel.recipient.id == user.id:
                return channel
        return self.add_channel(Channel(self.new_id(), user.name, recipient=user))

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel
        return channel

    def register(self, commands: list[Json]) -> list[Json]:
        """Overwrites the global commands; one that keeps its name and type keeps its id."""
        known = {(command["name"], command["type"]): command["id"] for command in self.commands}
        self.commands = []
        for command in commands:
            kind = command.get("type", 1)
            command_id = known.get((command["name"], kind)) or str(self.new_id())
            given = {"id": command_id, "type": kind, "application_id": str(self.bot.id), "version": "1"}
            defaults = {"description": "", "default_member_permissions": None}
            self.commands.append(defaults | command | given)
        return self.commands

    def post(self, channel: Channel, sent: Json, *, flags: int = 0) -> Json:
        """A new message of the bot; an ephemeral one stays out of what the channel can read back."""
        message: Json = {
            "id": str(self.new_id()),
            "channel_id": str(channel.id),
            "type": 0,
            "author": self.bot.wire(),
            **{part: sent.get(part) or empty for part, empty in _EDITABLE.items()},
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": _now(),
            "edited_timestamp": None,
            "flags": sent.get("flags", 0) | flags,
        }
        if not message["flags"] & EPHEMERAL:
            channel.messages.append(message)
        return message

    def post_once(self, channel: Channel, sent: Json) -> Json:
        """As `post`, for the bot's own sends: an enforced nonce gives back the first message that bore it.

        Read back later, a message carries no nonce; only the answer to the send repeats it.
        """
        nonce = sent.get("nonce")
        if nonce is None:
            return self.post(channel, sent)
        if len(str(nonce)) > NONCE_LENGTH:
            raise Refused(400, 50035, "Invalid Form Body")
        posted_at, message = self._nonces.get(str(nonce), (float("-inf"), {}))
        if not (sent.get("enforce_nonce") and time.monotonic() - posted_at < self.nonce_seconds):
            message = self.post(channel, sent)
            self._nonces[str(nonce)] = (time.monotonic(), message)
        return {**message, "nonce": nonce}

    def forget_nonces(self) -> None:
        """As if the few minutes had passed."""
        self._nonces.clear()

    def edit(self, message: Json, sent: Json) -> Json:
        """Changes what was sent and leaves the rest; a deferred message stops thinking."""
        message |= {part: sent[part] or empty for part, empty in _EDITABLE.items() if part in sent}
        message["flags"] = (message["flags"] & ~THINKING) | sent.get("flags", 0)
        message["edited_timestamp"] = _now()
        return message


_EDITABLE: Json = {"content": "", "embeds": [], "components": [], "attachments": []}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
