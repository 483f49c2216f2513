"""What many questions at once cost: the whole bot on a million statements, as Discord and its own event loop see it.

    python -m tests.benchmarks.questions [--statements N] [--seeds DIR] [--generation DIR] [--rate N] [--seconds S]

The real process, started as ``python -m bot run`` starts it, is asked over the loopback double, which is this process.
Within the bot a tick is due every millisecond, and how late it comes is noted: first at rest, then while questions come
in at an even pace. What counts is that no answer is late, and how much later the ticks come than at rest, in the same
run. How late they come in this process is told too: what the double itself is late by counts as the bot's latency.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any, Final, NoReturn, Self
from unittest.mock import patch

from bot import generations
from bot.corpus import seeds
from bot.settings import HOME
from tests.benchmarks.collections import LETTERS, VOWELS
from tests.wire import Channel, DiscordDouble, NoReply, User

STATEMENTS: Final = 1_000_000
RATE: Final = 200
"""Questions a second."""
SECONDS: Final = 30.0
IDLE: Final = 10.0
"""Seconds of the phase at rest."""
SETTLED: Final = 5.0
"""Seconds after the connection until the bot has nothing more to do for its start."""
START: Final = 600.0
"""Seconds that a start may take."""
TICK: Final = 0.001
LATE: Final = 3.0
"""Seconds after which Discord takes no first answer."""
HOPELESS: Final = 30.0
"""Seconds for which the double does take one, so that it is known how late it was."""
GUILDS: Final = 20
USERS: Final = 500
TYPING: Final = 8
"""How many people type at any time."""
TOKEN: Final = "only-for-the-double"

TYPED: Final = "as it is typed"
KINDS: Final = {
    "surname and topic": 30,
    "with typos": 15,
    "sentence": 15,
    "speaker alone": 10,
    "unanswerable": 10,
    TYPED: 20,
}
"""How many in a hundred are of each kind."""
SENTENCES: Final = (
    "what did {name} say about {topic}?",
    "What has {surname} said on {topic}",
    "did {name} ever talk about {topic}?",
    "quote from {surname} on {topic} please",
    "{topic}: what was the position of {name}?",
)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.questions")
    parser.add_argument("--statements", type=int, default=STATEMENTS, help="of the collection that is made")
    parser.add_argument("--seeds", type=Path, help="ask about these instead")
    parser.add_argument("--generation", type=Path, help="what they were built to, or the folder that it is in")
    parser.add_argument("--rate", type=int, default=RATE, help="questions a second")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for how long they are asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.seeds or make(Path(scratch, "seeds"), options.statements)
        corpus = publish(folder.resolve(), Path(scratch, "data"), options.generation)
        questions = list(islice(draw(corpus), round(options.rate * options.seconds)))
        asyncio.run(measure(Path(scratch), folder.resolve(), questions, options.rate))


def make(folder: Path, statements: int) -> Path:
    """Seeds with names and topics as people have them."""
    from tests.benchmarks.search.collections import Collection

    with said(f"{statements:,} statements generated"):
        return Collection(statements, seed=1).write(folder)


def publish(folder: Path, data: Path, built: Path | None) -> Path:
    """Put the seeds' generation where a start looks for it, and name it as what is served; its corpus file."""
    name, into = generations.name_of(seeds.fingerprint(folder) or ""), data / "generations"
    into.mkdir(parents=True)
    if built is None:
        with said("built"):
            subprocess.run(
                [sys.executable, "-m", "bot", "build", "--seeds", f"{folder}"],
                cwd=HOME,
                env=environment(data, folder),
                stdout=subprocess.DEVNULL,
                check=True,
            )
        return into / name / generations.CORPUS
    found = built if built.name == name else built / name
    if not (found / generations.CORPUS).exists():
        sys.exit(f"{built} is not what this code builds of {folder}, which is {name}")
    (into / name).symlink_to(found.resolve())
    generations.activate(into, name, keep=2)
    return found / generations.CORPUS


def environment(data: Path, folder: Path, **further: str) -> dict[str, str]:
    """The variables of a process that is to work with these folders."""
    others = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    return others | {"ONRECORD_DATA__DIR": f"{data}", "ONRECORD_SEEDS__DIR": f"{folder}"} | further


@contextlib.contextmanager
def said(what: str) -> Iterator[None]:
    """Tell what takes long, and how long it took."""
    begun = time.perf_counter()
    yield
    print(f"{what} in {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


# What is asked


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody sends, or has typed so far."""

    kind: str
    values: dict[str, str]


def draw(corpus: Path) -> Iterator[Question]:
    """Questions about what is in a collection, the more often the more was said; the same for the same collection."""
    chance = Random(1)
    with contextlib.closing(sqlite3.connect(f"{corpus.as_uri()}?mode=ro", uri=True)) as connection:
        pairs = _pairs(connection, chance)
        typing = [_keystrokes(chance, pairs) for _ in range(TYPING)]
        while True:
            kind = chance.choices([*KINDS], [*KINDS.values()])[0]
            yield (
                next(chance.choice(typing))
                if kind == TYPED
                else Question(kind, {"speaker": _worded(kind, chance, *next(pairs))})
            )


def _pairs(connection: sqlite3.Connection, chance: Random) -> Iterator[tuple[str, str]]:
    """Speakers' names, each with a topic they spoke on."""
    (last,) = connection.execute("select max(number) from statements").fetchone()
    while True:
        found = connection.execute(
            "select name, label from statement_topics "
            "join speakers on speakers.id = speaker join topics on topics.id = topic "
            "where statement = ? order by position limit 1",
            [chance.randint(1, last)],
        ).fetchone()
        if found:
            yield found


def _worded(kind: str, chance: Random, name: str, topic: str) -> str:
    surname = name.rsplit(maxsplit=1)[-1]
    match kind:
        case "surname and topic":
            return f"{surname} {topic}" if chance.random() < 0.7 else f"{topic} {surname}"
        case "with typos":
            return f"{_mistyped(chance, surname)} {_mistyped(chance, topic)}"
        case "sentence":
            return chance.choice(SENTENCES).format(name=name, surname=surname, topic=topic)
        case "speaker alone":
            return chance.choice((name, surname))
        case _:
            return " ".join(_unheard_of(chance) for _ in range(chance.randint(1, 4)))


def _mistyped(chance: Random, text: str) -> str:
    """With a letter left out, put in, taken for another, or two of them turned round."""
    at, letter = chance.randrange(max(1, len(text) - 1)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    changed = (text[at + 1 :], letter + text[at:], letter + text[at + 1 :], text[at + 1 : at + 2] + text[at])
    way = chance.randrange(4)
    return text[:at] + changed[way] + (text[at + 2 :] if way == 3 else "")


def _unheard_of(chance: Random) -> str:
    """A word longer than those that the collections are made of."""
    return "".join(chance.choice(LETTERS) + chance.choice(VOWELS) for _ in range(chance.randint(4, 6)))


def _keystrokes(chance: Random, pairs: Iterator[tuple[str, str]]) -> Iterator[Question]:
    """One question after the other as it grows, one to three letters at a time; some have a topic of its own."""
    for name, topic in pairs:
        surname = name.rsplit(maxsplit=1)[-1]
        given = {"speaker": surname} if chance.random() < 0.25 else {}
        text = topic if given else chance.choice((f"{surname} {topic}", name, topic, f"{name} {topic}"))
        length = 0
        while length < len(text):
            length += chance.randint(1, 3)
            yield Question(TYPED, {**given, "topic" if given else "speaker": text[:length]})


# Asking


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question, and after how many seconds; None where nothing did."""

    kind: str
    seconds: float | None = None
    found: bool = False
    """Whether it shows a statement, or offers something."""

    @property
    def late(self) -> bool:
        return self.seconds is None or self.seconds > LATE


async def measure(scratch: Path, folder: Path, questions: Sequence[Question], rate: int) -> None:
    """Start the bot, leave it alone, ask it, and tell how it did."""
    ticks, out = scratch / "ticks", scratch / "log"
    async with DiscordDouble(token=TOKEN, patience=START) as wire:
        wire.interactions.reply_within = HOPELESS
        channels = [await wire.add_channel(await wire.add_guild(f"g{n}"), "general") for n in range(GUILDS)]
        users = [wire.add_user(f"member {number}") for number in range(USERS)]
        async with running(wire, scratch / "data", folder, ticks, out) as pid:
            await asyncio.sleep(SETTLED)
            gc.collect()
            gc.freeze()
            gc.disable()  # the double's own rounds would delay what it hears
            begun = Moment.of(pid)
            ours = asyncio.create_task(tick(here := array("d")))
            await asyncio.sleep(IDLE)
            rested = Moment.of(pid)
            answers = await ask_all(wire, channels, users, questions, rate)
            ended = Moment.of(pid)
            ours.cancel()
        assert not wire.unknown_requests
    there = array("d")
    there.frombytes(ticks.read_bytes())
    tell_answers(answers, rate, ended.at - rested.at)
    print("\nby how much a tick that is due every millisecond comes late, in ms")
    quiet = tell_ticks("the bot's loop at rest", there, begun, rested)
    busy = tell_ticks("the bot's loop, asked", there, rested, ended)
    tell_ticks("the double's at rest", here, begun, rested)
    tell_ticks("the double's, asking", here, rested, ended)
    print(f"  the bot's p99 above that at rest: {busy - quiet:.1f} ms")
    tell_processor(begun, rested, ended, len(answers))
    tell_log(out)


@contextlib.asynccontextmanager
async def running(wire: DiscordDouble, data: Path, folder: Path, ticks: Path, out: Path) -> AsyncIterator[int]:
    """The bot while it is connected, by the id of its process; ended, it has written its ticks."""
    addresses = {"ONRECORD_DISCORD__REST_URL": wire.rest_url, "ONRECORD_DISCORD__GATEWAY_URL": wire.gateway_url}
    with out.open("w") as log:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.benchmarks.questions", "bot", str(ticks)),
            cwd=HOME,
            env=environment(data, folder, DISCORD_TOKEN=TOKEN, **addresses),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    ended, connected = asyncio.create_task(bot.wait()), asyncio.create_task(wire.connected())
    try:
        await asyncio.wait({ended, connected}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            connected.cancel()
            give_up(out)
        await connected
        yield bot.pid
    finally:
        if bot.returncode is None:
            bot.send_signal(signal.SIGTERM)
        await ended


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, and for how many seconds the thread of a process's loop had run by then, and waited for a processor."""

    at: float
    ran: float
    waited: float

    @classmethod
    def of(cls, pid: int) -> Self:
        """Now (Linux)."""
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return cls(time.monotonic(), int(ran) / 1e9, int(waited) / 1e9)


async def ask_all(
    wire: DiscordDouble, channels: Sequence[Channel], users: Sequence[User], questions: Sequence[Question], rate: int
) -> list[Answer]:
    """Ask at an even pace, whether or not what was asked before is answered."""
    begun = time.monotonic()
    asked: list[asyncio.Task[Answer]] = []
    for number, question in enumerate(questions):
        await asyncio.sleep(begun + number / rate - time.monotonic())
        channel, user = channels[number % len(channels)], users[number % len(users)]
        asked.append(asyncio.create_task(_ask(wire, channel, user, question)))
    return await asyncio.gather(*asked)


async def _ask(wire: DiscordDouble, channel: Channel, user: User, question: Question) -> Answer:
    begun = time.monotonic()
    try:
        if question.kind == TYPED:
            offered = await wire.autocomplete("quote", question.values, user=user, channel=channel)
            return Answer(question.kind, time.monotonic() - begun, bool(offered))
        reply = await wire.slash("quote", question.values, user=user, channel=channel)
        return Answer(question.kind, time.monotonic() - begun, bool(reply.embeds))
    except NoReply:
        return Answer(question.kind)


# What is told


def tell_answers(answers: Sequence[Answer], rate: int, seconds: float) -> None:
    """The latencies, of all and of each kind."""
    print(f"{len(answers):,} questions, {rate} a second, dealt with in {seconds:.1f} s; latency in ms")
    print(f"  {'':18} {'asked':>6} {'answered':>8} {'late':>5} {'p50':>7} {'p99':>7} {'max':>7}  found something")
    for kind in ("all", *KINDS):
        chosen = [answer for answer in answers if kind in ("all", answer.kind)]
        if not chosen:
            continue
        times = [answer.seconds for answer in chosen if answer.seconds is not None]
        print(
            f"  {kind:18} {len(chosen):6,} {len(times):8,} {sum(answer.late for answer in chosen):5,} "
            f"{_percentile(times, 50) * 1000:7.1f} {_percentile(times, 99) * 1000:7.1f} "
            f"{max(times, default=0) * 1000:7.1f}  {sum(answer.found for answer in chosen) / len(chosen):.0%}"
        )


def tell_ticks(whose: str, ticks: Sequence[float], begun: Moment, ended: Moment) -> float:
    """How late the ticks of a phase came; the p99 in ms."""
    late = [late * 1000 for due, late in zip(ticks[::2], ticks[1::2], strict=True) if begun.at <= due < ended.at]
    p99 = _percentile(late, 99)
    print(f"  {whose:24} p50 {_percentile(late, 50):6.1f}  p99 {p99:6.1f}  max {max(late):6.1f}")
    return p99


def tell_processor(begun: Moment, rested: Moment, ended: Moment, questions: int) -> None:
    """What the loop needed, and whether it got it: one that had to wait tells more of the machine than of the bot."""
    print("\nthe thread of the bot's loop")
    shares = []
    for phase, first, last in (("at rest", begun, rested), ("asked", rested, ended)):
        seconds = last.at - first.at
        shares.append((last.ran - first.ran) / seconds)
        waited = (last.waited - first.waited) / seconds
        print(f"  {phase:8} ran {shares[-1]:4.0%} of the time, waited for a processor {waited:4.0%}")
    rest, busy = shares
    print(f"  {(busy - rest) * (ended.at - rested.at) / questions * 1000:.2f} ms of it a question, beyond that at rest")


def give_up(out: Path) -> NoReturn:
    """Say why the bot would not start."""
    sys.exit(f"the bot has ended:\n{out.read_text()}")


def tell_log(out: Path) -> None:
    """What the bot complained of."""
    lines = [json.loads(line) for line in out.read_text().splitlines() if line.startswith("{")]
    complaints = [line for line in lines if line["level"] not in ("debug", "info")]
    print(f"warnings and errors in the bot's log: {len(complaints)}")
    for line in complaints[:5]:
        why = (line.get("exception") or "").rstrip().rpartition("\n")[2]
        print(f"  {line['timestamp']} {line['level']}: {line['event']} {why}".rstrip())


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else sum(values)


# In the bot's process


def serve(file: Path) -> None:
    """``onrecord run``, with ticks on its loop, which are written to a file in the end."""
    from bot.cli import main as onrecord

    run = asyncio.run
    ticks = array("d")

    async def with_ticks(work: Coroutine[Any, Any, None]) -> None:
        ticking = asyncio.create_task(tick(ticks))
        try:
            await work
        finally:
            ticking.cancel()

    with patch.object(asyncio, "run", lambda work: run(with_ticks(work))):
        try:
            onrecord(["run"], prog_name="onrecord")
        finally:
            file.write_bytes(ticks.tobytes())


async def tick(ticks: "array[float]") -> None:
    """Note when each tick was due, and how late it came; where the loop was away for long, all that it missed."""
    due = time.monotonic()
    while True:
        await asyncio.sleep(due - time.monotonic())
        now = time.monotonic()
        while due <= now:
            ticks.extend((due, now - due))
            due += TICK


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bot", file]:
            serve(Path(file))
        case _:
            main()
