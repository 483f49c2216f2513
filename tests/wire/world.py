"""What Discord keeps: users, guilds, channels and their messages, in the shapes it puts on the wire."""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Self

Json = dict[str, Any]

DISCORD_EPOCH_MS = 1_420_070_400_000
NONCE_LENGTH = 25
FILE_LIMIT = 10 * 1024 * 1024

# https://discord.com/developers/docs/resources/message#message-object-message-flags
SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
THINKING = 1 << 7

# https://discord.com/developers/docs/topics/permissions
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
USE_APPLICATION_COMMANDS = 1 << 31
POSTING = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY
MEMBER = POSTING | USE_APPLICATION_COMMANDS
GUEST = EMBED_LINKS | ATTACH_FILES
"""What an application that came with its user may do where the bot is not."""


class Refused(Exception):
    """Discord's refusal: an HTTP status, and the code and message of its JSON error body."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class File:
    """What was uploaded: the attachment's name and its bytes."""

    name: str
    content: bytes


Files = Mapping[int, File]
"""The files of one request, by the number that its `attachments` name them with."""
NO_FILES: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Role:
    id: int
    name: str
    permissions: int = 0

    def wire(self, position: int) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": position,
        }


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    bot: bool = False
    permissions: int = MEMBER
    """Permission bits wherever this user speaks in a guild, those of the roles included."""
    roles: tuple[int, ...] = ()

    def granted(self, permissions: int) -> Self:
        """The same person, who may do this as well."""
        return replace(self, permissions=self.permissions | permissions)

    def in_roles(self, *roles: Role) -> Self:
        """The same person, with these roles and what they permit."""
        permitted = self
        for role in roles:
            permitted = permitted.granted(role.permissions)
        return replace(permitted, roles=tuple(role.id for role in roles))

    def wire(self) -> Json:
        names = {"username": self.name, "global_name": self.name, "discriminator": "0"}
        return {"id": str(self.id), **names, "avatar": None, "bot": self.bot}

    def as_member(self) -> Json:
        return {
            "user": self.wire(),
            "roles": [str(role) for role in self.roles],
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
    roles: list[Role] = field(default_factory=list)
    channels: dict[int, Channel] = field(default_factory=dict)

    def wire(self) -> Json:
        """The guild as GUILD_CREATE brings it under the `guilds` intent alone: the bot is its only member."""
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "roles": [
                Role(self.id, "@everyone").wire(0),
                Role(self.bot_role, self.bot.name, self.bot_permissions).wire(1) | {"managed": True},
                *(role.wire(place) for place, role in enumerate(self.roles, start=2)),
            ],
            "channels": [channel.wire() for channel in self.channels.values()],
            "members": [replace(self.bot, roles=(self.bot_role,)).as_member()],
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
        self.files: dict[str, File] = {}
        """What was ever attached, by attachment id."""

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

    def post(self, channel: Channel, sent: Json, files: Files = NO_FILES, *, flags: int = 0) -> Json:
        """A new message of the bot; an ephemeral one stays out of what the channel can read back.

        One that is THINKING shows nothing yet; any other has to show something.
        """
        flags |= sent.get("flags", 0)
        message: Json = {
            "id": str(self.new_id()),
            "channel_id": str(channel.id),
            "type": 0,
            "author": self.bot.wire(),
            **{part: sent.get(part) or empty for part, empty in _EDITABLE.items()},
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": _now(),
            "edited_timestamp": None,
            "flags": flags,
        }
        message["attachments"] = self._attached(message, sent, files)
        if not flags & THINKING:
            _require_something(message)
        if not flags & EPHEMERAL:
            channel.messages.append(message)
        return message

    def post_once(self, channel: Channel, sent: Json, files: Files = NO_FILES) -> Json:
        """As `post`, for the bot's own sends: an enforced nonce gives back the first message that bore it.

        Read back later, a message carries no nonce; only the answer to the send repeats it.
        """
        nonce = sent.get("nonce")
        if nonce is None:
            return self.post(channel, sent, files)
        if len(str(nonce)) > NONCE_LENGTH:
            raise Refused(400, 50035, "Invalid Form Body")
        posted_at, message = self._nonces.get(str(nonce), (float("-inf"), {}))
        if not (sent.get("enforce_nonce") and time.monotonic() - posted_at < self.nonce_seconds):
            message = self.post(channel, sent, files)
            self._nonces[str(nonce)] = (time.monotonic(), message)
        return {**message, "nonce": nonce}

    def forget_nonces(self) -> None:
        """As if the few minutes had passed."""
        self._nonces.clear()

    def edit(self, message: Json, sent: Json, files: Files = NO_FILES) -> Json:
        """Changes what was sent and leaves the rest; a deferred message stops thinking.

        For whom a message is was said when it was first sent, or deferred: an edit does not change it.
        """
        flags = message["flags"] & ~THINKING
        if "flags" in sent:
            flags = (flags & ~SUPPRESS_EMBEDS) | (sent["flags"] & SUPPRESS_EMBEDS)
        changed = {part: sent[part] or empty for part, empty in _EDITABLE.items() if part in sent}
        changed |= {"flags": flags, "attachments": self._attached(message, sent, files), "edited_timestamp": _now()}
        _require_something(message | changed)
        message |= changed
        return message

    def _attached(self, message: Json, sent: Json, files: Files) -> list[Json]:
        """The message's attachments after a send.

        `attachments` names what stays, by id, and what is new, by the number of its file; what it leaves out goes.
        Where it is not given, what is there stays and what is new is added.
        """
        if any(len(file.content) > FILE_LIMIT for file in files.values()):
            raise Refused(413, 40005, "Request entity too large")
        there = {attachment["id"]: attachment for attachment in message["attachments"]}
        named = sent.get("attachments", [*there.values(), *({"id": number} for number in files)])
        attached = []
        for part in named or []:
            if kept := there.get(str(part["id"])):
                attached.append(kept)
            elif int(part["id"]) in files:
                attached.append(self._attachment(message, part, files[int(part["id"])]))
            else:
                raise Refused(400, 50035, "Invalid Form Body")
        return attached

    def _attachment(self, message: Json, described: Json, file: File) -> Json:
        number, name = str(self.new_id()), described.get("filename") or file.name
        self.files[number] = File(name, file.content)
        url = f"https://cdn.discordapp.com/attachments/{message['channel_id']}/{number}/{name}"
        shape = {"id": number, "filename": name, "size": len(file.content), "url": url, "proxy_url": url}
        shape |= {key: described[key] for key in ("title", "description") if described.get(key)}
        shape |= {"content_type": kind} if (kind := mimetypes.guess_type(name)[0]) else {}
        return shape | ({"ephemeral": True} if message["flags"] & EPHEMERAL else {})


_EDITABLE: Json = {"content": "", "embeds": [], "components": []}


def _require_something(message: Json) -> None:
    if not any(message[part] for part in (*_EDITABLE, "attachments")):
        raise Refused(400, 50006, "Cannot send an empty message")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
