"""A process that opens one engine and asks it: how much memory that takes, and how long an event loop waits for it.

    python -m tests.benchmarks.search.alone FOLDER ENGINE < questions

The questions are read one a line; the figures are printed as JSON.
"""

import asyncio
import gc
import json
import sys
import time
from pathlib import Path
from statistics import quantiles
from typing import Final

from tests.benchmarks.search.engines import Built, Engine

TICK: Final = 0.001
PER_SECOND: Final = 200
ON_THE_LOOP: Final = 8.0
"""Seconds of it at most."""


def main() -> None:
    """Measure one engine."""
    folder, key = Path(sys.argv[1]), sys.argv[2]
    questions = sys.stdin.read().splitlines()
    before = memory()
    engine = built(key).open(folder)
    for question in questions:
        engine.ask(question)
    after = memory()
    gc.collect()
    gc.freeze()
    late = asyncio.run(_lateness(engine, questions))
    idle = asyncio.run(_lateness(None, questions))
    print(json.dumps({"before": before, "after": after, "late": late, "idle": idle}))


def built(key: str) -> Built:
    """An engine by its key. What others import is left out, since memory is measured here."""
    if key == "ours":
        from tests.benchmarks.search.ours import OURS

        return OURS
    from tests.benchmarks.search.peers import PEERS

    return PEERS[key]


def memory() -> dict[str, float]:
    """Megabytes of this process: its own, and pages of files that it has mapped."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(status[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")}


async def _lateness(engine: Engine | None, questions: list[str]) -> dict[str, float]:
    """By how many milliseconds a tick comes late while questions are answered on the loop; asked none, where None."""
    late: list[float] = []
    until = time.perf_counter() + min(ON_THE_LOOP, len(questions) / PER_SECOND)

    async def tick() -> None:
        while (begun := time.perf_counter()) < until:
            await asyncio.sleep(TICK)
            late.append((time.perf_counter() - begun - TICK) * 1000)

    async def ask() -> None:
        for question in questions:
            if time.perf_counter() > until:
                return
            if engine:
                engine.ask(question)
            await asyncio.sleep(1 / PER_SECOND)

    await asyncio.gather(tick(), ask())
    ordered = quantiles(late, n=100, method="inclusive")
    return {"p50": ordered[49], "p99": ordered[98], "max": max(late)}


if __name__ == "__main__":
    main()
