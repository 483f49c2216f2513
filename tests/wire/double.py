"""The double itself: one server for REST and gateway, and the hands that work it from a test."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from aiohttp import web

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
from .world import MEMBER, POSTING, Channel, Guild, Json, User, World

API = "/api/v10"
GATEWAY = "/gateway"


class DiscordDouble:
    """Discord on 127.0.0.1, for one bot.

        async with DiscordDouble(token="secret") as wire:
            general = await wire.add_channel(await wire.add_guild("Harbour"), "general")
            ...  # start a bot on wire.rest_url and wire.gateway_url
            reply = await wire.slash("quote", {"speaker": "stoltenberg"}, channel=general)

    `faults` and `gateway` break things; `requests` is what arrived, `unknown_requests` what no route knew.
    `requests_per_second` is the limit of the whole bot (Discord: 50; None: unlimited). `patience` is how many
    seconds the double waits for a bot to connect and to fill in a deferred reply.
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

    async def add_channel(self, guild: Guild, name: str, *, allow: int = 0, deny: int = 0) -> Channel:
        """A text channel; `allow` and `deny` overwrite the permissions of the bot's role in it."""
        channel = Channel(self.world.new_id(), name, guild, allow=allow, deny=deny)
        self.world.add_channel(channel)
        await self.gateway.dispatch("CHANNEL_CREATE", channel.wire())
        return channel

    async def remove_channel(self, channel: Channel) -> None:
        assert channel.guild is not None
        del self.world.channels[channel.id], channel.guild.channels[channel.id]
        await self.gateway.dispatch("CHANNEL_DELETE", channel.wire())

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
        """Runs a command ("digest set"), in a channel or else in direct messages; returns a reply to read.

        Raises NoReply when the bot does not answer within Discord's three seconds, or defers and goes silent.
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
        """Presses a button of a reply or message, named by label or custom id."""
        return await self._use(on, button, None, user)

    async def choose(self, on: Reply | Json, menu: str, values: Sequence[str], *, user: User | None = None) -> Reply:
        """Chooses from a menu of a reply or message, named by placeholder or custom id."""
        return await self._use(on, menu, values, user)

    # What a test waits for.

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
        return await self._ask(COMPONENT, data, user or channel.recipient, channel, on=message)

    async def _ask(
        self, kind: int, data: Json, user: User | None, channel: Channel | None, *, on: Json | None = None
    ) -> Reply:
        user = user or self.reader
        reply = self.interactions.open(kind, data, user=user, channel=channel or self.world.direct(user), on=on)
        await self.gateway.dispatch("INTERACTION_CREATE", reply.event)
        try:
            answered_by = self.interactions.reply_within
            await reply.change.until(lambda: reply.type is not None, seconds=answered_by)
            await reply.change.until(lambda: reply.complete, seconds=self._patience)
        except TimeoutError:
            how = "deferred and went silent" if reply.type else "did not respond"
            raise NoReply(f"the application {how}: {data}") from None
        return reply

    # The server.

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        seen = Request(
            request.method,
            request.path.removeprefix(API),
            request.query,
            await _body(request),
            request.headers.get("Authorization") == self._authorization,
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


async def _body(request: web.BaseRequest) -> Body:
    raw = await request.read()
    body: Body = json.loads(raw) if raw else None
    return body
