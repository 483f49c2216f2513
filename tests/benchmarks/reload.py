"""What a reload of a million statements costs whoever asks meanwhile: the longest block of the event loop.

    python -m tests.benchmarks.reload [STATEMENTS]

The loop is measured at rest, then through a whole reload of an edited collection: preview, confirmation, swap. What
counts is how much longer it is blocked in the one than in the other, in the same run.
"""

import asyncio
import contextlib
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bot import app, log
from bot.publisher import Publisher
from bot.settings import Data, Log, Moderation, Seeds, Settings
from bot.startup import open_at_start
from bot.state import State
from bot.state.actions import Actor
from tests.benchmarks import collections

STATEMENTS: Final = 1_000_000
IDLE: Final = 10.0
"""Seconds of the phase at rest."""
ASKER: Final = Actor("moderator", 1, 1)


def main() -> None:
    """Measure, and print a table."""
    statements = int(sys.argv[1]) if sys.argv[1:] else STATEMENTS
    log.configure(Log(level="error"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = collections.write(Path(scratch, "seeds"), statements)
        settings = Settings(
            data=Data(dir=Path(scratch, "data")), seeds=Seeds(dir=folder), moderation=Moderation(cooldown=0)
        )
        with contextlib.closing(State.open(settings.data.dir.parent / "state.db")) as state:
            begun = time.perf_counter()
            library = open_at_start(settings, state, app.utc_now)
            print(f"a start that builds {statements:,} statements: {time.perf_counter() - begun:.1f} s")
            app.freeze()
            asyncio.run(_measure(Publisher(library, state, settings, app.utc_now), folder))


async def _measure(publisher: Publisher, folder: Path) -> None:
    idle, _ = await blocks(asyncio.sleep(IDLE))
    with (folder / "topics.jsonl").open("a") as topics:
        topics.write('{"id": "one-more", "label": "one more topic"}\n')
    steps: dict[str, float] = {}

    async def reload() -> None:
        begun = time.perf_counter()
        preview = await publisher.prepare(ASKER, lambda _: None)
        assert preview
        steps["prepared"] = time.perf_counter() - begun
        begun = time.perf_counter()
        await publisher.confirm(ASKER, preview.prepared.generation)
        steps["confirmed"] = time.perf_counter() - begun

    busy, when = await blocks(reload())
    print(f"preview after {steps['prepared']:.1f} s, served {steps['confirmed']:.1f} s after the confirmation")
    print(f"longest block of the loop: at rest {idle * 1000:.1f} ms, through the reload {busy * 1000:.1f} ms")
    print(f"  ({timedelta(seconds=round(when))} after its start)")


async def blocks(work: Any) -> tuple[float, float]:
    """The longest time for which the loop did not come round while something was done, and when that was."""
    done = asyncio.ensure_future(work)
    longest, at = 0.0, 0.0
    begun = last = time.perf_counter()
    while not done.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        if now - last - 0.001 > longest:
            longest, at = now - last - 0.001, now - begun
        last = now
    await done
    return longest, at


if __name__ == "__main__":
    main()
