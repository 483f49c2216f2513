"""Seeds to a generation that is ready to be served, in a process of its own.

``python -m bot.prepare`` is that process: a request comes on its standard input, its progress and what came of it go to
standard output, a JSON object a line. The bot answers questions meanwhile, and loses nothing if the process dies. The
process ends when its input does, so none outlives the bot that started it.
"""

import asyncio
import contextlib
import os
import sys
import threading
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Final

from pydantic import TypeAdapter

from bot import generations
from bot.corpus import changes, comparison, seeds
from bot.corpus.changes import Changes
from bot.corpus.seeds import Seeds
from bot.errors import GenerationError, Problem, ProcessDied, SeedProblems, UserFacingError
from bot.settings import HOME

MAX_LINE: Final = 64_000_000
"""Bytes of what comes back in one line: a thousand problems and the names of what changed are far less."""

PATIENCE: Final = 840.0
"""Seconds that it may take: Discord takes edits of a reply for 15 minutes."""

_NICENESS: Final = 10
"""Whoever asks a question goes first."""

_LAST_WORDS: Final = 4_000
"""Characters of what a process said on its standard error that are kept."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be prepared."""

    seeds: Path
    into: Path
    """The folder of generations."""
    running: str
    """The name of the generation that would be replaced."""
    corrections_required: bool
    today: date


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has got."""

    doing: str
    done: int
    total: int
    """How many statements there are, or about; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A generation that is in place and could be served."""

    generation: str
    changes: Changes | None
    """What serving it would change; None where the running one is damaged, and nobody can tell."""
    remarks: tuple[Problem, ...] = ()
    rebuilt: bool = False
    """Whether it was built, and not found there in good order."""

    @property
    def summary(self) -> str:
        """How much it changes, for the log."""
        if self.changes is None:
            return "cannot be compared with the one that is served"
        listed = (("added", self.changes.added), ("changed", self.changes.changed), ("removed", self.changes.removed))
        return ", ".join(f"{entries.total} {what}" for what, entries in listed)


@dataclass(frozen=True, slots=True)
class _Said:
    """One line of what the process says."""

    step: Step | None = None
    prepared: Prepared | None = None
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems that are not listed."""
    refusal: str = ""


_REQUEST: Final = TypeAdapter(Request)
_SAID: Final = TypeAdapter(_Said)

Tell = Callable[[Step], None]
Preparing = Callable[[Request, Tell], Awaitable[Prepared]]


def prepare(request: Request, tell: Tell) -> Prepared:
    """Check and build the seeds, and compare what that gives with what is served.

    Raises:
        SeedProblems: where they cannot be built, or change in silence what has been shown.
        GenerationError: where the generation cannot be written.
    """
    found = seeds.load(request.seeds, progress=_counting(tell, "Checking", seeds.about(request.seeds)))
    folder = request.into / generations.name_of(found.fingerprint)
    there = generations.is_sound(folder)
    generations.publish(found, request.into, _counting(tell, "Building", found.count))
    return Prepared(folder.name, _changes(request, found, folder), found.remarks, rebuilt=not there)


def _counting(tell: Tell, doing: str, total: int) -> Callable[[int], None]:
    done = 0
    tell(Step(doing, done, total))

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell(Step(doing, done, total))

    return count


def _changes(request: Request, found: Seeds, folder: Path) -> Changes | None:
    running = request.into / request.running / generations.CORPUS
    try:
        changed = comparison.compare(running, folder / generations.CORPUS, request.today)
    except GenerationError:
        return None
    if request.corrections_required:
        problems = changes.problems(changed, found)
        if problems:
            raise SeedProblems(problems, more=changed.uncorrected.total - len(changed.uncorrected.first))
    return changed


# From the bot's side


async def in_a_process(request: Request, tell: Tell) -> Prepared:
    """Prepare in a process of its own, and hear how far it has got.

    Raises:
        SeedProblems, GenerationError: as ``prepare`` does.
        ProcessDied: where the process does.
        UserFacingError: where it takes too long.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DISCORD_TOKEN")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.prepare"),
        cwd=HOME,
        env=environment,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        limit=MAX_LINE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    last_words = asyncio.ensure_future(process.stderr.read())
    try:
        async with asyncio.timeout(PATIENCE):
            process.stdin.write(_REQUEST.dump_json(request) + b"\n")
            async for line in process.stdout:
                said = _SAID.validate_json(line)
                if said.step:
                    tell(said.step)
                else:
                    return _outcome(said)
            await process.wait()
    except TimeoutError:
        raise UserFacingError(f"It took longer than {PATIENCE / 60:.0f} minutes and was stopped.") from None
    except ConnectionError:
        await process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        words = (await last_words).decode(errors="replace")[-_LAST_WORDS:]
    raise ProcessDied(process.returncode or 0, words)


def _outcome(said: _Said) -> Prepared:
    if said.prepared:
        return said.prepared
    if said.problems:
        raise SeedProblems(said.problems, more=said.more)
    raise GenerationError(said.refusal)


# The process


def main() -> None:
    """Read a request, prepare it, and say how it goes."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has none; a sandbox may forbid it
        os.nice(_NICENESS)
    request = _REQUEST.validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with, args=[sys.stdin.buffer], daemon=True).start()
    try:
        said = _Said(prepared=prepare(request, lambda step: _say(_Said(step=step))))
    except SeedProblems as found:
        said = _Said(problems=found.problems, more=found.more)
    except UserFacingError as error:
        said = _Said(refusal=str(error))
    _say(said)


def _say(said: _Said) -> None:
    sys.stdout.buffer.write(_SAID.dump_json(said, exclude_defaults=True) + b"\n")
    sys.stdout.buffer.flush()


def _end_with(stream: IO[bytes]) -> None:
    """End at once when the other end is closed: the bot is gone, and nobody waits for us."""
    stream.read()
    os._exit(1)


if __name__ == "__main__":
    main()
