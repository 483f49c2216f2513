"""Discord's REST API, as a bot of slash commands and posts uses it: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable

from .interactions import Interactions
from .traffic import Answer, Request
from .world import READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL, Channel, Json, Refused, World

# These carry an interaction's token in their path instead of the bot's in a header.
BY_INTERACTION_TOKEN = ("/interactions/", "/webhooks/")


class Rest:
    """Answers requests; one for a route that is not among these is refused and kept in `unknown_requests`."""

    def __init__(self, world: World, interactions: Interactions, gateway_url: Callable[[], str]) -> None:
        self._world = world
        self._interactions = interactions
        self._gateway_url = gateway_url
        self.unknown_requests: list[Request] = []
        token, which = r"/webhooks/\d+/([^/]+)", r"/messages/(@original|\d+)"
        routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", r"/users/@me", self._user),
            ("GET", r"/oauth2/applications/@me", self._application),
            ("GET", r"/gateway/bot", self._gateway),
            ("GET", r"/applications/\d+/commands", self._commands),
            ("PUT", r"/applications/\d+/commands", self._register),
            ("GET", r"/guilds/(\d+)", self._guild),
            ("GET", r"/channels/(\d+)", self._channel),
            ("GET", r"/channels/(\d+)/messages", self._history),
            ("POST", r"/channels/(\d+)/messages", self._post),
            ("GET", r"/channels/(\d+)/messages/(\d+)", self._message),
            ("POST", r"/interactions/\d+/([^/]+)/callback", self._respond),
            ("POST", token, self._follow_up),
            ("GET", token + which, self._reply),
            ("PATCH", token + which, self._edit_reply),
            ("DELETE", token + which, self._delete_reply),
        ]
        self._routes = [(method, re.compile(path), handler) for method, path, handler in routes]

    def answer(self, request: Request) -> Answer:
        try:
            handler, ids = self._route(request)
            if not request.authorized and not request.path.startswith(BY_INTERACTION_TOKEN):
                raise Refused(401, 0, "401: Unauthorized")
            return handler(request, *ids)
        except Refused as refused:
            return Answer(refused.status, {"message": refused.message, "code": refused.code})

    def _route(self, request: Request) -> tuple[Callable[..., Answer], tuple[str, ...]]:
        found = {
            method: (handler, match.groups())
            for method, path, handler in self._routes
            if (match := path.fullmatch(request.path))
        }
        if request.method in found:
            return found[request.method]
        self.unknown_requests.append(request)
        raise Refused(405, 0, "405: Method Not Allowed") if found else Refused(404, 0, "404: Not Found")

    def _user(self, request: Request) -> Answer:
        return Answer(200, self._world.bot.wire())

    def _application(self, request: Request) -> Answer:
        return Answer(200, self._world.application())

    def _gateway(self, request: Request) -> Answer:
        starts = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return Answer(200, {"url": self._gateway_url(), "shards": 1, "session_start_limit": starts})

    def _commands(self, request: Request) -> Answer:
        return Answer(200, self._world.commands)

    def _register(self, request: Request) -> Answer:
        assert isinstance(request.body, list)
        return Answer(200, self._world.register(request.body))

    def _guild(self, request: Request, guild_id: str) -> Answer:
        return Answer(200, self._world.guild(int(guild_id)).wire())

    def _channel(self, request: Request, channel_id: str) -> Answer:
        return Answer(200, self._visible(channel_id).wire())

    def _history(self, request: Request, channel_id: str) -> Answer:
        """Newest first, whichever end `after` and `before` count from."""
        channel = self._visible(channel_id)
        limit = int(request.query.get("limit", 50))
        after, before = int(request.query.get("after", 0)), int(request.query.get("before", 1 << 64))
        found = [message for message in channel.messages if after < int(message["id"]) < before]
        if not channel.bot_permissions & READ_MESSAGE_HISTORY:
            found = []
        page = found[:limit] if "after" in request.query else found[-limit:]
        return Answer(200, page[::-1])

    def _post(self, request: Request, channel_id: str) -> Answer:
        channel, sent = self._visible(channel_id), _object(request)
        channel.require(SEND_MESSAGES, 50013, "Missing Permissions")
        return Answer(200, self._world.post_once(channel, sent, request.files))

    def _message(self, request: Request, channel_id: str, message_id: str) -> Answer:
        for message in self._visible(channel_id).messages:
            if message["id"] == message_id:
                return Answer(200, message)
        raise Refused(404, 10008, "Unknown Message")

    def _respond(self, request: Request, token: str) -> Answer:
        outcome = self._interactions.respond(token, _object(request), request.files)
        return Answer(200, outcome) if request.query.get("with_response") in ("1", "true") else Answer(204)

    def _follow_up(self, request: Request, token: str) -> Answer:
        return Answer(200, self._interactions.follow_up(token, _object(request), request.files))

    def _reply(self, request: Request, token: str, which: str) -> Answer:
        return Answer(200, self._interactions.message(token, which))

    def _edit_reply(self, request: Request, token: str, which: str) -> Answer:
        return Answer(200, self._interactions.edit(token, which, _object(request), request.files))

    def _delete_reply(self, request: Request, token: str, which: str) -> Answer:
        self._interactions.delete(token, which)
        return Answer(204)

    def _visible(self, channel_id: str) -> Channel:
        channel = self._world.channel(int(channel_id))
        channel.require(VIEW_CHANNEL, 50001, "Missing Access")
        return channel


def _object(request: Request) -> Json:
    if not isinstance(request.body, dict):
        raise Refused(400, 50035, "Invalid Form Body")
    return request.body
