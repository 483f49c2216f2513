"""The gateway: sessions, their events, and the ways in which a connection ends."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from .change import Change
from .world import Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = (
    0,
    1,
    2,
    6,
    7,
    9,
    10,
    11,
)
HEARTBEAT_INTERVAL_MS = 41_250
AUTHENTICATION_FAILED = 4004


@dataclass(slots=True, eq=False)
class _Line:
    """One connection."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport

    async def say(self, op: int, content: Json | bool | None = None) -> None:
        await self.send(json.dumps({"op": op, "d": content}))

    async def send(self, frame: str) -> None:
        # A client that is gone learns what it missed when it resumes.
        with suppress(ConnectionError):
            await self.socket.send_str(frame)


@dataclass(slots=True, eq=False)
class _Session:
    """What was said to one identified client, kept to be said again; `line` is None while it is cut off."""

    id: str
    line: _Line | None
    frames: list[str] = field(default_factory=list)

    async def dispatch(self, event: str, content: Json) -> None:
        sequence = len(self.frames) + 1
        self.frames.append(json.dumps({"op": DISPATCH, "t": event, "s": sequence, "d": content}))
        if self.line is not None:
            await self.line.send(self.frames[-1])


class Gateway:
    """`received` is every frame a client sent; `identified` and `resumed` count how sessions began."""

    def __init__(self, world: World, token: str, change: Change) -> None:
        self._world = world
        self._token = token
        self._change = change
        self._sessions: dict[str, _Session] = {}
        self.url = ""
        self.received: list[Json] = []
        self.identified = 0
        self.resumed = 0

    @property
    def connected(self) -> bool:
        return bool(self._lines())

    async def dispatch(self, event: str, content: Json) -> None:
        """Sends an event to every session; one that is cut off gets it when it resumes."""
        for session in list(self._sessions.values()):
            await session.dispatch(event, content)

    async def drop(self) -> None:
        """Cuts every connection without a closing handshake."""
        for line in self._let_go():
            line.transport.abort()

    async def close(self, code: int) -> None:
        """Closes every connection with one of Discord's close codes (4000 to 4014)."""
        for line in self._let_go():
            await line.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Op 7: the client is to reconnect and resume."""
        for line in self._lines():
            await line.say(RECONNECT)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9: the session is over, or may be resumed."""
        for line in self._let_go():
            await line.say(INVALID_SESSION, resumable)
        if not resumable:
            self._sessions.clear()

    async def serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """One connection from HELLO to its end.

        Frames are plain text whatever `compress` asks for: discord.py decompresses binary frames only.
        """
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert request.transport is not None
        line = _Line(socket, request.transport)
        await line.say(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL_MS})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            message: Json = json.loads(frame.data)
            self.received.append(message)
            await self._hear(line, message["op"], message["d"])
            self._change.happened()
        self._hang_up(line)
        return socket

    async def _hear(self, line: _Line, op: int, content: Json) -> None:
        if op == HEARTBEAT:
            await line.say(HEARTBEAT_ACK)
        elif op in (IDENTIFY, RESUME) and content["token"] != self._token:
            await line.socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif op == IDENTIFY:
            await self._identify(line, content)
        elif op == RESUME:
            await self._resume(line, content)

    async def _identify(self, line: _Line, content: Json) -> None:
        session = _Session(f"session-{self.identified + 1}", line)
        guilds = list(self._world.guilds.values())
        ready = {
            "v": 10,
            "user": self._world.bot.wire(),
            "application": self._world.application(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": content.get("shard", [0, 1]),
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", guild.wire())
        # Only now: no other event may come between READY and the guilds.
        self._sessions[session.id] = session
        self.identified += 1

    async def _resume(self, line: _Line, content: Json) -> None:
        session = self._sessions.get(content["session_id"])
        if session is None:
            await line.say(INVALID_SESSION, False)
            return
        missed = session.frames[content["seq"] :]
        session.line = line
        for frame in missed:
            await line.send(frame)
        await session.dispatch("RESUMED", {})
        self.resumed += 1

    def _hang_up(self, line: _Line) -> None:
        for session in list(self._sessions.values()):
            if session.line is line:
                session.line = None
                # A client that closes with 1000 or 1001 gives its session up.
                if line.socket.close_code in (1000, 1001):
                    del self._sessions[session.id]
        self._change.happened()

    def _lines(self) -> list[_Line]:
        return [session.line for session in self._sessions.values() if session.line is not None]

    def _let_go(self) -> list[_Line]:
        """The connections, unbound from their sessions, so that ending them ends no session."""
        lines = self._lines()
        for session in self._sessions.values():
            session.line = None
        return lines
