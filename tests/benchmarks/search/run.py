"""Generate, build, ask, and say how that went.

    python -m tests.benchmarks.search [--sizes N …] [--queries N] [--seed N] [--engines …] [--work DIR]

Every question is asked once; the engines take turns, a question each, in another order each time. ``--failures`` asks
ours alone and prints every question that it got wrong.
"""

import argparse
import gc
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any, Final, TypeVar

from bot.settings import HOME
from tests.benchmarks.search import alone, queries, report
from tests.benchmarks.search.collections import Collection
from tests.benchmarks.search.engines import Built, Engine, Found
from tests.benchmarks.search.ours import OURS, Ours
from tests.benchmarks.search.queries import Query

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
ENGINES: Final = ("ours", "symspell", "relaxed", "tantivy", "fts5", "rapidfuzz")
TYPED: Final = 80
"""Questions that are typed letter by letter."""

Result = TypeVar("Result")


@dataclass(slots=True)
class Measured:
    """One engine over one collection. Times of a question are in milliseconds, of anything else in seconds."""

    engine: str
    size: int
    build: float = 0.0
    open: float = 0.0
    first: float = 0.0
    """The first question after it was opened, in milliseconds."""
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By set."""
    right: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """By kind: whether the answer was right, or where there is none, whether there was one."""
    keystrokes: list[float] = field(default_factory=list)
    alone: dict[str, Any] = field(default_factory=dict)

    def percentile(self, name: str, percent: int) -> float:
        """Of the times of a set; of the keystrokes."""
        times = self.keystrokes if name == "keystrokes" else self.times[name]
        return quantiles(times, n=100, method="inclusive")[percent - 1]

    def share(self, name: str) -> float:
        """Of a set: how many were right; of those without an answer, how many were answered."""
        every = [one for kind, some in self.right.items() if queries.KINDS[kind][0] == name for one in some]
        return sum(every) / len(every)


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was answered wrongly, or that was answered."""

    query: Query
    found: Found

    def __str__(self) -> str:
        ways = " x ".join(str(len(some)) for some in (self.query.speakers, *self.query.topics) if some)
        return f"{self.query.text!r}\n      wanted {self.query.meant} [{ways}]\n      came   {self.found.shown}"


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="statements of the collections")
    parser.add_argument("--queries", type=int, default=400, help="questions of each set")
    parser.add_argument("--seed", type=int, default=1, help="of the collections and the questions")
    parser.add_argument("--engines", default=",".join(ENGINES), help="of %(default)s")
    parser.add_argument("--work", type=Path, help="where what is generated and built is kept for another time")
    parser.add_argument("--rebuild", action="store_true", help="build anew what is there")
    parser.add_argument("--failures", action="store_true", help="ask ours alone, and print what it got wrong")
    parser.add_argument("--cpu", action="store_true", help="count the processor's time only, where others use it too")
    parser.add_argument("--write", type=Path, help="the folder for search-benchmark.md and its picture")
    options = parser.parse_args()
    clock = time.thread_time if options.cpu else time.perf_counter
    keys = ["ours"] if options.failures else options.engines.split(",")
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in options.sizes:
            folder = (options.work or Path(scratch)) / place(size, options.seed)
            asked = prepare(folder, size, options.queries, options.seed)
            if options.failures:
                (found,), missed = measure(folder, size, keys, asked, clock, rebuild=options.rebuild)
                print(report.terminal([found]), *report.failures(missed), sep="\n")
                continue
            found_here, _ = measure(folder, size, keys, asked, clock, rebuild=options.rebuild)
            for key, found in zip(keys, found_here, strict=True):
                found.alone = by_itself(folder, key, asked)
            print(report.terminal(found_here), flush=True)
            measured += found_here
    if options.write and measured:
        report.write(measured, options.write, options.queries, options.seed)


def place(size: int, seed: int) -> str:
    """The name of a collection's folder."""
    short = f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k" if size >= 1000 else f"{size}"
    return short if seed == 1 else f"{short}.seed{seed}"


def prepare(folder: Path, size: int, count: int, seed: int) -> list[Query]:
    """The collection's seeds and the questions to it, made where they are not there, in an order of their own."""
    folder.mkdir(parents=True, exist_ok=True)

    @cache
    def collection() -> Collection:
        return Collection(size, seed)

    if not (folder / "seeds").exists():
        with said(f"{size:,} statements generated"):
            collection().write(folder / "seeds.new")
        (folder / "seeds.new").rename(folder / "seeds")
    file = folder / f"queries-{count}.jsonl"
    if not file.exists():
        with said("questions made"):
            queries.save(file, collection(), count, seed)
    asked = queries.load(file)
    Random(seed).shuffle(asked)
    return asked


@contextmanager
def said(what: str) -> Iterator[None]:
    """Tell what takes long, and how long it took."""
    begun = time.perf_counter()
    yield
    print(f"  {what} in {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


def measure(
    folder: Path, size: int, keys: list[str], asked: list[Query], clock: Callable[[], float], *, rebuild: bool
) -> tuple[list[Measured], list[Missed]]:
    """Build where that is to be done, open, and ask; what the first engine got wrong."""
    built = [alone.built(key) for key in keys]
    found = [Measured(one.name, size) for one in built]
    engines: list[Engine] = []
    for one, its in zip(built, found, strict=True):
        its.build = _build(folder, one, rebuild=rebuild)
        engine, its.open = timed(partial(one.open, folder))
        _, first = timed(partial(engine.ask, "good morning"))
        its.first = first * 1000
        engines.append(engine)
    gc.collect()
    gc.freeze()
    missed: list[Missed] = []
    chance, turns = Random(size), list(range(len(keys)))
    for number, query in enumerate(asked):
        chance.shuffle(turns)  # two that read the same file help each other, so neither may always come second
        for which in turns:
            if number % built[which].every:
                continue
            begun = clock()
            raw = engines[which].ask(query.text)
            found[which].times[query.set].append((clock() - begun) * 1000)
            came = engines[which].read(raw)
            right = came.is_right(query.speakers, query.topics) if query.has_answer else came.answered
            found[which].right[query.kind].append(right)
            if which == 0 and right != query.has_answer:
                missed.append(Missed(query, came))
    for engine, its in zip(engines, found, strict=True):
        if isinstance(engine, Ours):
            its.keystrokes = _typed(engine, asked, clock)
    gc.unfreeze()
    return found, missed


def _build(folder: Path, one: Built, *, rebuild: bool) -> float:
    """Build what is not there; how long that took, now or when it was done."""
    noted = folder / "built.json"
    took: dict[str, float] = json.loads(noted.read_text()) if noted.exists() else {}
    ours = one.name == OURS.name
    if one.is_there(folder) and not rebuild and (ours or one.name in took):
        return took.get(one.name, 0.0)
    if ours:
        shutil.rmtree(folder / "generations", ignore_errors=True)
    if took.pop(one.name, None):
        noted.write_text(json.dumps(took))  # what is half built when this is stopped is built anew
    with said(f"{one.name} built"):
        _, took[one.name] = timed(partial(one.build, folder))
    noted.write_text(json.dumps(took))
    return took[one.name]


def _typed(ours: Ours, asked: list[Query], clock: Callable[[], float]) -> list[float]:
    """Milliseconds for the choices at every letter of some questions."""
    times: list[float] = []
    answerable = [query.text for query in asked if query.has_answer and len(query.text) < 80]
    for text in answerable[:TYPED]:
        for length in range(1, len(text) + 1):
            begun = clock()
            ours.generation.completer.question(text[:length])
            times.append((clock() - begun) * 1000)
    return times


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What came of it, and the seconds that took."""
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def by_itself(folder: Path, key: str, asked: list[Query]) -> dict[str, Any]:
    """What one engine needs in a process of its own (`alone`)."""
    every = alone.built(key).every
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", alone.__name__, f"{folder}", key],
        cwd=HOME,
        input="\n".join(query.text for query in asked[::every]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(found.stdout)
    return result
