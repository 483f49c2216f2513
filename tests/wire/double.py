"""The double itself: one server for REST and gateway, and the hands that work it from a test."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from aiohttp import BodyPartReader, MultipartReader, web

from .change import Change
from .gateway import Gateway
from .interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    Interactions,
    NoReply,
    Reply,
    command_data,
    component_data,
)
from .rest import Rest
from .traffic import ALWAYS, Answer, Body, Budget, Faults, Request, too_many_requests
from .world import MEMBER, NO_FILES, POSTING, Channel, File, Files, Guild, Json, Role, User, World

API = "/api/v10"
GATEWAY = "/gateway"


class DiscordDouble:
    """Discord on 127.0.0.1, for one bot.

        async with DiscordDouble(token="secret") as wire:
            general = await wire.add_channel(await wire.add_guild("Harbour"), "general")
            ...  # start a bot on wire.rest_url and wire.gateway_url
            reply = await wire.slash("quote", {"speaker": "stoltenberg"}, channel=general)

    A reply is returned as soon as there is one, be it the promise of one (`deferred`); `settled` waits for what
    comes of it. Who asks is the `user`, with the permissions and roles that `granted` and `in_roles` give, and
    where is the `channel`: of a guild, of one without the bot, or else direct messages.

    `faults` and `gateway` break things; `requests` is what arrived, `unknown_requests` what no route knew.
    `requests_per_second` is the limit of the whole bot (Discord: 50; None: unlimited). `patience` is how many
    seconds the double waits for a bot to connect and for a deferred reply to settle.
    """

    def __init__(
        self,
        *,
        token: str,
        requests_per_second: int | None = None,
        patience: float = 10.0,
        nonce_seconds: float = 300.0,
    ) -> None:
        self.world = World(nonce_seconds=nonce_seconds)
        self._change = Change()
        self.gateway = Gateway(self.world, token, self._change)
        self.faults = Faults()
        self.requests: list[Request] = []
        self.reader = self.add_user("reader")
        self.interactions = Interactions(self.world)
        self._rest = Rest(self.world, self.interactions, lambda: self.gateway.url)
        self._authorization = f"Bot {token}"
        self._budget = Budget(requests_per_second)
        self._patience = patience
        # Nobody waits for an answer that is still held back when the test ends; 0 would mean for ever.
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.01)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.rest_url = f"http://{host}:{port}{API}"
        self.gateway.url = self.gateway_url = f"ws://{host}:{port}{GATEWAY}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.drop()
        await self._runner.cleanup()

    # What there is.

    def add_user(self, name: str, *, permissions: int = MEMBER) -> User:
        return User(self.world.new_id(), name, permissions=permissions)

    async def add_guild(self, name: str, *, bot_permissions: int = POSTING) -> Guild:
        """A guild with the bot in it; a connected bot sees itself join."""
        guild = Guild(self.world.new_id(), name, self.world.bot, self.world.new_id(), bot_permissions)
        self.world.guilds[guild.id] = guild
        await self.gateway.dispatch("GUILD_CREATE", guild.wire())
        return guild

    def add_guild_without_bot(self, name: str) -> Guild:
        """A guild that the bot is not in and hears nothing of, where people have brought its commands along."""
        return Guild(self.world.new_id(), name, self.world.bot, self.world.new_id(), bot_permissions=0)

    async def add_role(self, guild: Guild, name: str, *, permissions: int = 0) -> Role:
        role = Role(self.world.new_id(), name, permissions)
        guild.roles.append(role)
        shape = role.wire(len(guild.roles) + 1)
        await self._tell(guild, "GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": shape})
        return role

    async def add_channel(self, guild: Guild, name: str, *, allow: int = 0, deny: int = 0) -> Channel:
        """A text channel; `allow` and `deny` overwrite the permissions of the bot's role in it."""
        channel = Channel(self.world.new_id(), name, guild, allow=allow, deny=deny)
        self.world.add_channel(channel)
        await self._tell(guild, "CHANNEL_CREATE", channel.wire())
        return channel

    async def remove_channel(self, channel: Channel) -> None:
        assert channel.guild is not None
        del self.world.channels[channel.id], channel.guild.channels[channel.id]
        await self._tell(channel.guild, "CHANNEL_DELETE", channel.wire())

    @property
    def commands(self) -> Sequence[Json]:
        """The global commands as the bot registered them."""
        return self.world.commands

    @property
    def unknown_requests(self) -> Sequence[Request]:
        return self._rest.unknown_requests

    def requests_to(self, method: str, pattern: str) -> list[Request]:
        """`pattern` is a glob over the path: "/channels/*/messages"."""
        return [request for request in self.requests if request.matches(method, pattern)]

    # What a person does.

    async def slash(
        self,
        name: str,
        values: Json | None = None,
        *,
        user: User | None = None,
        channel: Channel | None = None,
    ) -> Reply:
        """Runs a command ("digest set"), in a channel or else in direct messages; returns the first response.

        Raises NoReply when the bot does not answer within Discord's three seconds.
        """
        data = command_data(self.commands, name, values or {})
        return await self._ask(COMMAND, data, user, channel)

    async def autocomplete(
        self, name: str, values: Json, *, user: User | None = None, channel: Channel | None = None
    ) -> list[Json]:
        """The choices offered while the last of `values` is being typed."""
        data = command_data(self.commands, name, values, focused=list(values)[-1])
        return (await self._ask(AUTOCOMPLETE, data, user, channel)).choices

    async def press(self, on: Reply | Json, button: str, *, user: User | None = None) -> Reply:
        """Presses a button of a reply or message, named by label or custom id; whoever was answered does."""
        return await self._use(on, button, None, user)

    async def choose(self, on: Reply | Json, menu: str, values: Sequence[str], *, user: User | None = None) -> Reply:
        """Chooses from a menu of a reply or message, named by placeholder or custom id."""
        return await self._use(on, menu, values, user)

    def expire(self, reply: Reply) -> None:
        """The fifteen minutes pass in which the bot may edit this reply and follow it up."""
        self.interactions.expire(reply)

    # What a test waits for.

    async def settled(
        self, reply: Reply, *, until: Callable[[Reply], bool] | None = None, seconds: float | None = None
    ) -> Reply:
        """The reply, once `until` holds of it, or else once a deferred one has been filled in; looks at every change.

        Raises NoReply, with what was shown, after `seconds` or else after the double's patience.
        """
        settles = until or (lambda reply: reply.complete)
        try:
            await reply.change.until(lambda: settles(reply), seconds=self._patience if seconds is None else seconds)
        except TimeoutError:
            raise NoReply(f"the reply did not settle; it showed {reply.shown}") from None
        return reply

    async def until(self, condition: Callable[[], bool], *, seconds: float | None = None) -> None:
        """Returns when the condition holds; looks whenever a request or a gateway frame has been dealt with.

        Raises TimeoutError after `seconds`, or else after the double's patience.
        """
        await self._change.until(condition, seconds=self._patience if seconds is None else seconds)

    async def connected(self) -> None:
        """Returns when a bot has identified or resumed."""
        await self.until(lambda: self.gateway.connected)

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Within it every connection is cut, and none gets through."""
        fault = self.faults.cut("*", "*", times=ALWAYS)
        await self.gateway.drop()
        try:
            yield
        finally:
            fault.lift()

    async def _use(self, on: Reply | Json, name: str, values: Sequence[str] | None, user: User | None) -> Reply:
        message = on.message if isinstance(on, Reply) else on
        if message is None:
            raise LookupError("there is no message to use a component of")
        data = component_data(message, name, values)
        channel = self.world.channel(int(message["channel_id"]))
        answered = on.user if isinstance(on, Reply) else channel.recipient
        return await self._ask(COMPONENT, data, user or answered, channel, on=message)

    async def _ask(
        self, kind: int, data: Json, user: User | None, channel: Channel | None, *, on: Json | None = None
    ) -> Reply:
        user = user or self.reader
        reply = self.interactions.open(kind, data, user=user, channel=channel or self.world.direct(user), on=on)
        await self.gateway.dispatch("INTERACTION_CREATE", reply.event)
        try:
            await reply.change.until(lambda: reply.type is not None, seconds=self.interactions.reply_within)
        except TimeoutError:
            raise NoReply(f"the application did not respond: {data}") from None
        return reply

    async def _tell(self, guild: Guild, event: str, content: Json) -> None:
        if guild.id in self.world.guilds:
            await self.gateway.dispatch(event, content)

    # The server.

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        body, files = await _read(request)
        seen = Request(
            request.method,
            request.path.removeprefix(API),
            request.query,
            body,
            request.headers.get("Authorization") == self._authorization,
            files,
        )
        self.requests.append(seen)
        self._change.happened()
        wait = self._budget.seconds_to_wait(time.monotonic()) if seen.authorized else 0.0
        if wait:
            return self._answered(seen, too_many_requests(wait, whole=True))
        fault = self.faults.next_for(seen)
        taken = self._take(seen) if fault.taken else None
        await asyncio.sleep(fault.seconds)
        if fault.cut:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.answer is None and request.path == GATEWAY:
            return await self.gateway.serve(request)
        return self._answered(seen, fault.answer or taken or self._take(seen))

    def _take(self, seen: Request) -> Answer:
        answer = self._rest.answer(seen)
        self._change.happened()
        return answer

    def _answered(self, seen: Request, answer: Answer) -> web.Response:
        seen.status = answer.status
        self._change.happened()
        if answer.body is None:
            return web.Response(status=answer.status, headers=answer.headers)
        # Bytes, so that no charset is added: discord.py reads JSON only under the bare content type.
        body = json.dumps(answer.body).encode()
        return web.Response(status=answer.status, body=body, content_type="application/json", headers=answer.headers)


async def _read(request: web.BaseRequest) -> tuple[Body, Files]:
    """The JSON of a request, and the files that came with it.

    https://discord.com/developers/docs/reference#uploading-files
    """
    body: Body = None
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        body = json.loads(raw) if raw else None
        return body, NO_FILES
    files = {}
    # Read by hand: `request.multipart()` stops at one megabyte.
    async for part in MultipartReader(request.headers, request.content):
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        elif number := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            files[int(number[1])] = File(part.filename or "", content)
    return body, files
