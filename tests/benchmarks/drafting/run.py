"""How well and how fast articles become drafts, with textacy as a peer.

    python -m tests.benchmarks.drafting [--only polnear gold roundtrip] [--rounds 3] [--write docs]

Prints tables; `--write FOLDER` puts them into `drafting-benchmark.md` there. PolNeAR is read where ONRECORD_POLNEAR
names a copy of it, the articles behind our seeds where ONRECORD_ARTICLES names a folder with their texts; what is not
there is skipped, and the report says so.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.drafting import alone, polnear, report, roundtrip
from tests.benchmarks.drafting.scores import Score, Spans, score
from tests.gold import articles, drafting

HOME: Final = Path(__file__).parents[3]
ROUNDS: Final = 3
"""How often each is timed, unless told otherwise: in turns, and the fastest counts, since nothing flatters a run."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one way of going through the texts took."""

    seconds: float
    cpu: float
    """Seconds of the processor, of this process alone: what else runs on the machine does not change it much."""
    documents: int
    megabytes: float

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """PolNeAR's figures."""

    scores: dict[str, dict[str, Score]]
    """By system, by subset."""
    times: dict[tuple[str, int], Timed]
    """By way and cores."""


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parts: dict[str, Callable[[int], Iterator[str]]] = {"polnear": _polnear, "gold": _gold, "roundtrip": _roundtrip}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drafting", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts), help="the parts to measure")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="where drafting-benchmark.md goes")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is timed")
    asked = parser.parse_args()
    lines = [*report.head()]
    for name in asked.only:
        for line in parts[name](asked.rounds):
            print(line, flush=True)
            lines.append(line)
    if asked.write:
        (asked.write / "drafting-benchmark.md").write_text("\n".join(lines) + "\n", "utf-8")


def _polnear(rounds: int) -> Iterator[str]:
    folder = polnear.copy()
    if isinstance(folder, str):
        yield from report.skipped("PolNeAR", folder)
        return
    documents = list(polnear.read(folder))
    runs = [("spacy", 1), ("ours", 1), ("textacy", 1), ("ours", 2)]
    if len(os.sched_getaffinity(0)) < 2:
        runs.pop()
    took: dict[tuple[str, int], list[dict[str, Any]]] = {run: [] for run in runs}
    for _ in range(rounds):
        for way, cores in runs:
            took[way, cores].append(_alone(way, cores, folder))
    times = {
        run: Timed(
            min(one["seconds"] for one in taken),
            min(one["cpu"] for one in taken),
            len(documents),
            max(one["megabytes"] for one in taken),
        )
        for run, taken in took.items()
    }
    found = {system: took[way, 1][0]["found"] for system, way in (("textacy", "textacy"), ("On Record", "ours"))}
    scores = {
        system: score(
            (one.text, one.attributions, [Spans(*spans) for spans in guesses])
            for one, guesses in zip(documents, guessed, strict=True)
        )
        for system, guessed in found.items()
    }
    yield from report.polnear(Measured(scores, times), rounds)


def _alone(way: str, cores: int, folder: Path) -> dict[str, Any]:
    """What one run in a process of its own took."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", alone.__name__, way, f"{cores}", f"{folder.resolve()}"],
        cwd=HOME,
        env=os.environ | one_thread,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    taken: dict[str, Any] = json.loads(done.stdout)
    return taken


def _gold(_: int) -> Iterator[str]:
    yield from report.gold(drafting.judged(articles.FOLDER), drafting.judged(articles.UNSEEN))


def _roundtrip(_: int) -> Iterator[str]:
    found = roundtrip.texts()
    if isinstance(found, str):
        yield from report.skipped("The round trip", found)
        return
    yield from report.round_trip(list(roundtrip.trips(found)), roundtrip.explanations())
