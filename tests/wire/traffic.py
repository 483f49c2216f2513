"""Requests as they arrived, and what can go wrong with them: statuses, limits, cut connections, delays."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from .world import Files, Json

Body = Json | list[Json] | None

ALWAYS = math.inf


@dataclass(slots=True, eq=False)
class Request:
    """One request; `path` starts after the API's version, `at` is monotonic seconds.

    With `files` it came as a form, whose `payload_json` is the body.
    `status` stays None while it is unanswered, and for good when the connection was cut.
    """

    method: str
    path: str
    query: Mapping[str, str]
    body: Body
    authorized: bool
    files: Files
    at: float = field(default_factory=time.monotonic)
    status: int | None = None

    def matches(self, method: str, pattern: str) -> bool:
        """`pattern` is a glob ("/channels/*/messages"), whose star crosses slashes; method "*" is any."""
        return method in ("*", self.method) and fnmatchcase(self.path, pattern)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Body = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Fault:
    """What happens to the next `times` requests that match.

    `taken` says on which side of Discord's own work it happens. False: the request never took effect. True:
    it took effect, and only the answer is lost, replaced or late.
    """

    method: str
    pattern: str
    times: float
    taken: bool = False
    answer: Answer | None = None
    cut: bool = False
    seconds: float = 0.0

    def lift(self) -> None:
        self.times = 0


class Faults:
    """The faults still to come. The oldest one that matches a request is the one that happens to it."""

    def __init__(self) -> None:
        self._pending: list[Fault] = []

    def fail(
        self,
        method: str,
        pattern: str,
        *,
        status: int = 503,
        code: int = 0,
        times: float = 1,
        taken: bool = False,
    ) -> Fault:
        """Answers with a status and Discord's error body; `code` is its own (50001: Missing Access)."""
        answer = Answer(status, {"message": f"{status}: made to fail", "code": code})
        return self._add(Fault(method, pattern, times, taken, answer=answer))

    def limit(self, method: str, pattern: str, *, retry_after: float, times: float = 1, whole: bool = False) -> Fault:
        """Answers 429; `whole` is the limit of the whole bot, otherwise it is the route's."""
        return self._add(Fault(method, pattern, times, answer=too_many_requests(retry_after, whole=whole)))

    def cut(self, method: str, pattern: str, *, times: float = 1, taken: bool = False) -> Fault:
        """Cuts the connection, before the request is taken or, with `taken`, before its answer leaves."""
        return self._add(Fault(method, pattern, times, taken, cut=True))

    def delay(self, method: str, pattern: str, *, seconds: float, times: float = 1, taken: bool = False) -> Fault:
        """Waits before the request is taken or, with `taken`, before its answer leaves."""
        return self._add(Fault(method, pattern, times, taken, seconds=seconds))

    def next_for(self, request: Request) -> Fault:
        for fault in self._pending:
            if fault.times > 0 and request.matches(fault.method, fault.pattern):
                fault.times -= 1
                return fault
        return _NO_FAULT

    def _add(self, fault: Fault) -> Fault:
        self._pending.append(fault)
        return fault


_NO_FAULT = Fault("", "", times=0)


class Budget:
    """How many requests the bot may make in a second, all routes together (Discord: 50)."""

    def __init__(self, per_second: int | None) -> None:
        self._per_second = per_second
        self._spent: deque[float] = deque()

    def seconds_to_wait(self, now: float) -> float:
        """Spends one request and returns 0, or returns how long the bot has to wait for the next."""
        if self._per_second is None:
            return 0.0
        while self._spent and self._spent[0] <= now - 1.0:
            self._spent.popleft()
        if len(self._spent) >= self._per_second:
            return self._spent[0] + 1.0 - now
        self._spent.append(now)
        return 0.0


def too_many_requests(retry_after: float, *, whole: bool) -> Answer:
    """https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit"""
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": whole}
    headers = {
        "Retry-After": str(math.ceil(retry_after)),
        "X-RateLimit-Scope": "global" if whole else "user",
        # discord.py takes a 429 without it for a ban by Cloudflare, and gives up.
        "Via": "1.1 google",
    }
    if whole:
        return Answer(429, body, headers | {"X-RateLimit-Global": "true"})
    window = {"Limit": "5", "Remaining": "0", "Reset-After": str(retry_after), "Bucket": "loopback"}
    return Answer(429, body, headers | {f"X-RateLimit-{name}": value for name, value in window.items()})
