"""A few processes that share long work, so that a large collection takes all cores and not only one."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from bot.errors import CrewLost

WORTH: Final = 30_000_000
"""Bytes to be read from which on it pays to start processes."""
MOST: Final = 4
"""Processes: each takes about 100 MB."""

_AHEAD: Final = 2
"""Items that are given to each process before anything of it is taken back, so that it never waits."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Begin = Callable[..., Callable[[Item], Result]]
"""Takes what the work needs, once in each process, and gives what does the work."""


def cores() -> int:
    """How many cores there are for us, as far as it pays to use them."""
    # Linux says which cores are for us; other systems only how many there are.
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(there, MOST)


def size(length: int) -> int:
    """How many processes to start for so many bytes; 0 where the work is best done without."""
    return cores() if length >= WORTH and cores() > 1 else 0


class Crew(Generic[Item, Result]):
    """Does something with many items and gives the results in their order.

    Items must be small (32 KB), results may be large. Processes are started anew and inherit nothing, so that threads
    do no harm; they end when whoever started them does, however that ends.
    """

    def __init__(self, begin: Begin[Item, Result], *setup: Any, size: int) -> None:
        """Start the processes.

        Args:
            begin: a function of a module.
            setup: what it takes.
            size: how many processes; 0 does the work here.
        """
        self._here = None if size else begin(*setup)
        self._processes: list[BaseProcess] = []
        self._pipes: list[Connection[Item, tuple[Result | None, Exception | None]]] = []
        context = get_context("spawn")
        for _ in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, begin), daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            self._pipes.append(ours)
        content = ForkingPickler.dumps(setup)
        for pipe in self._pipes:
            # Not as an argument: multiprocessing waits for ever for a process that dies before it has read those.
            with suppress(OSError):
                pipe.send_bytes(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            if kind:
                process.terminate()
            process.join()

    def map(self, items: Iterable[Item]) -> Iterator[Result]:
        """The result for each item.

        Raises:
            CrewLost: where a process was killed.
            Exception: what the work raises.
        """
        if self._here:
            yield from map(self._here, items)
            return
        waiting: deque[Connection[Any, tuple[Result | None, Exception | None]]] = deque()
        for item, pipe in zip(items, cycle(self._pipes), strict=False):
            if len(waiting) == len(self._pipes) * _AHEAD:
                yield self._take(waiting.popleft())
            with suppress(OSError):  # it is gone, which is told when its result is asked for
                pipe.send(item)
            waiting.append(pipe)
        for pipe in waiting:
            yield self._take(pipe)

    def give(self, items: Sequence[Item]) -> Iterator[Result]:
        """The result for each item, where all are given at once, so few; they are worked on while nobody waits.

        Raises:
            CrewLost: where a process was killed.
            Exception: what the work raises.
        """
        if self._here:
            return map(self._here, items)
        given = list(zip(items, cycle(self._pipes), strict=False))
        for item, pipe in given:
            with suppress(OSError):  # as above
                pipe.send(item)
        return (self._take(pipe) for _, pipe in given)

    def _take(self, pipe: "Connection[Any, tuple[Result | None, Exception | None]]") -> Result:
        try:
            result, error = pipe.recv()
        except (EOFError, OSError):
            raise CrewLost(
                "a process that has a share in the work was killed; is there memory enough? Try again"
            ) from None
        if error:
            raise error
        return result  # type: ignore[return-value]


def _work(pipe: "Connection[Any, Any]", begin: Begin[Any, Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us hears it, and closes the pipe
    with suppress(EOFError, OSError):
        task = begin(*pipe.recv())
        while True:
            item = pipe.recv()
            answer: tuple[Any, Exception | None]
            try:
                answer = task(item), None
            except Exception as error:
                answer = None, error
            pipe.send(answer)
