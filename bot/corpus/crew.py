"""A few processes that share long work, so that a large collection takes all cores and not only one."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count, cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar

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
_Answer: TypeAlias = tuple[Result | None, Exception | None]
_Pipe: TypeAlias = "Connection[Item, _Answer[Result]]"


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

    Items must be small (32 KB), results may be large. Processes end when whoever started them does, however that ends.
    They are started anew and inherit nothing, so that threads do no harm, unless they are to be forked.
    """

    def __init__(self, begin: Begin[Item, Result], *setup: Any, size: int, fork: bool = False) -> None:
        """Start the processes.

        Args:
            begin: a function of a module.
            setup: what it takes.
            size: how many processes; 0 does the work here.
            fork: whether to begin once, here, and to have the processes inherit that: for what takes long to begin,
                where no thread runs. On Linux only; elsewhere each begins for itself, as without.
        """
        forked = fork and sys.platform == "linux"
        task = begin(*setup) if forked or not size else None
        self._here = None if size else task
        self._processes: list[BaseProcess] = []
        self._pipes: list[_Pipe[Item, Result]] = []
        context = get_context("fork") if forked else get_context("spawn")
        for _ in range(size):
            ours, theirs = context.Pipe()
            arguments = (theirs, task, [*self._pipes, ours]) if forked else (theirs, begin)
            process = context.Process(target=_inherit if forked else _start, args=arguments, daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            self._pipes.append(ours)
        content = b"" if forked else ForkingPickler.dumps(setup)
        for pipe in self._pipes if content else ():
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
        """The result for each item; the next one goes to the process that is done first.

        Raises:
            CrewLost: where a process was killed.
            Exception: what the work raises.
        """
        if self._here:
            yield from map(self._here, items)
            return
        left = enumerate(items)
        given: dict[_Pipe[Item, Result], deque[int]] = {pipe: deque() for pipe in self._pipes}
        done: dict[int, _Answer[Result]] = {}

        def hand_on() -> None:
            for pipe, numbers in [*given.items()] * _AHEAD:
                # Who is slow is waited for in the end: results are kept in memory.
                if len(numbers) < _AHEAD and len(done) < _AHEAD * len(given):
                    for number, item in islice(left, 1):
                        with suppress(OSError):  # it is gone, which is told when its result is asked for
                            pipe.send(item)
                        numbers.append(number)

        for at in count():
            hand_on()
            while at not in done:
                busy = [pipe for pipe, numbers in given.items() if numbers]
                if not busy:
                    return
                wait(busy)
                for pipe in filter(Connection.poll, busy):
                    done[given[pipe].popleft()] = self._take(pipe)
                hand_on()
            yield _result(done.pop(at))

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
        return (_result(self._take(pipe)) for _, pipe in given)

    def _take(self, pipe: "_Pipe[Item, Result]") -> "_Answer[Result]":
        try:
            return pipe.recv()
        except (EOFError, OSError):
            raise CrewLost(
                "a process that has a share in the work was killed; is there memory enough? Try again"
            ) from None


def _result(answer: _Answer[Result]) -> Result:
    result, error = answer
    if error:
        raise error
    return result  # type: ignore[return-value]


def _start(pipe: "Connection[Any, Any]", begin: Begin[Any, Any]) -> None:
    """What a process does that begins for itself."""
    _ignore_interrupts()
    with suppress(EOFError, OSError):
        _work(pipe, begin(*pipe.recv()))


def _inherit(pipe: "Connection[Any, Any]", task: Callable[[Any], Any], ends: Sequence["Connection[Any, Any]"]) -> None:
    """What a process does that has inherited what it needs; also the other ends of pipes, which must not stay open."""
    _ignore_interrupts()
    for end in ends:
        end.close()
    with suppress(EOFError, OSError):
        _work(pipe, task)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us hears it, and closes the pipe


def _work(pipe: "Connection[Any, Any]", task: Callable[[Any], Any]) -> None:
    while True:
        item = pipe.recv()
        answer: _Answer[Any]
        try:
            answer = task(item), None
        except Exception as error:
            answer = None, error
        pipe.send(answer)
