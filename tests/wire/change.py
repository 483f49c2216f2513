"""Waiting for something to become true."""

import asyncio
from collections.abc import Callable


class Change:
    """What a waiter looks again after: `happened` wakes everybody who waits here."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def happened(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> None:
        """Returns when the condition holds; raises TimeoutError after `seconds`."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self._next.wait()
