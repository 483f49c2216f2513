"""Reloads as a stranger sees them: by chat, shell and signal, under load, killed, and with the disk full."""

import asyncio
import contextlib
import functools
import itertools
import json
import os
import random
import re
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any, Final, Literal

import pytest
import pytest_asyncio

from bot.settings import HOME
from bot.state import State
from bot.state.actions import Action, Fate
from tests.seedfiles import COURIER, HERALD, SMALL, alter, write

from . import Channel, DiscordDouble, NoReply, Reply, User
from .test_run import TOKEN, Bot
from .world import MANAGE_GUILD

RELOADS: Final = 6
"""How many reloads alternate under load."""
KILLS: Final = 3
"""In how many random moments of a reload the process is killed."""
A_SECOND: Final = 50
"""Questions that come in meanwhile."""

PATIENCE: Final = 60.0
"""Seconds after which something will never happen, however busy the machine is."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and limits a process from outside")


# Seeds that show which edition of them an answer comes from

Mark = Literal["Alpha", "Bravo"]
ALPHA: Final[Mark] = "Alpha"
BRAVO: Final[Mark] = "Bravo"

_MARKED: Final = re.compile(
    r"^( *(?:- )?(?:title|outlet|byline|occasion|via|basis|described_as|wording_note|label): [^\[{\n]+)$", re.MULTILINE
)
_ONE_MORE: Final = """\
          - id: berg-2017-05-bravo
            speaker: ada-berg
            kind: indirect
            text: Berg was for cranes.
            basis: this edition alone has it
            topics: [cranes]
"""


def edition(mark: str, texts: dict[str, str] = SMALL) -> dict[str, str]:
    """The small collection with a mark in whatever can be shown of a statement beside its words.

    One of the editions has a statement more, so that their counts differ too.
    """
    written = {
        name: text if name == "speakers.yaml" else _MARKED.sub(rf"\1 {mark}", text) for name, text in texts.items()
    }
    written["topics.yaml"] = written["topics.yaml"].replace("[crane, hoists]", "[cranes, crane, hoists]")
    if mark == BRAVO:
        written[HERALD] = written[HERALD].rstrip(" ") + _ONE_MORE
    return written


EVERYWHERE: Final = 5
"""In how many places, at least, the card of a statement shows its mark."""
GONE: Final = "no longer in the collection"
"""What a press is told of a statement that only the other edition has."""


def marks(shown: Any) -> list[str]:
    """The marks in something that was shown, one for each place."""
    return re.findall(f"{ALPHA}|{BRAVO}", json.dumps(shown))


def other(mark: Mark) -> Mark:
    return BRAVO if mark == ALPHA else ALPHA


# The machine that it runs on


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class House:
    """The double, the folders of one bot, and the people who talk to it."""

    wire: DiscordDouble
    channel: Channel
    moderator: User
    second: User
    seeds: Path
    data: Path
    environment: dict[str, str]
    bots: list[Bot] = field(default_factory=list)
    rests_until: float = 0.0
    versions: int = 0

    @property
    def generations(self) -> Path:
        return self.data / "generations"

    @property
    def bot(self) -> Bot:
        """The one that was started last."""
        return self.bots[-1]

    async def start(self) -> Bot:
        """Start the bot, and wait until it is there."""
        self.bots.append(await Bot.start(**self.environment))
        await self.bot.logged("ready", seconds=PATIENCE)
        self.rests_until = 0.0
        return self.bot

    async def restart(self) -> None:
        """Kill it, as a power cut would, and start it anew."""
        await self.kill()
        await self.start()

    async def kill(self) -> None:
        assert await self.bot.stop(signal.SIGKILL) == -signal.SIGKILL

    async def onrecord(self, *arguments: str) -> Said:
        """Give the command in a shell."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=HOME,
            env=os.environ | self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        assert process.returncode is not None
        assert "Traceback" not in err.decode()
        return Said(process.returncode, out.decode(), err.decode())

    async def log(self) -> list[dict[str, Any]]:
        """The log of actions, oldest first, as it is printed."""
        return [json.loads(line) for line in (await self.onrecord("log", "--json")).out.splitlines()]

    def actions(self) -> list[Action]:
        """The log of actions, oldest first, as it is kept: a process to print it would take a second."""
        state = State.reading(self.data / "state.db")
        assert state
        with contextlib.closing(state):
            return state.actions()[::-1]

    def outcomes(self) -> list[str]:
        return [str(action.fate) for action in self.actions()]

    async def hang_up(self) -> str:
        """Send the signal, and wait for what comes of it."""
        before = len([line for line in self.bot.log if line["event"] == "moderation ended"])
        os.kill(self.bot.pid, signal.SIGHUP)
        fate: str = (await self.bot.logged("moderation ended", times=before + 1, seconds=PATIENCE))["fate"]
        if fate == "previewed":  # and confirmed at once
            fate = (await self.bot.logged("moderation ended", times=before + 2, seconds=PATIENCE))["fate"]
        return fate

    async def seed_command(self, verb: str, *, by: User | None = None, channel: Channel | None = None) -> Reply:
        """What a moderator is shown in the end. The machine rests after that for as long as it took."""
        await asyncio.sleep(self.rests_until - time.monotonic())
        begun = time.monotonic()
        asked = await self.wire.slash(f"seeds {verb}", user=by or self.moderator, channel=channel or self.channel)
        settled = await self.wire.settled(asked, until=answered)
        self.rests_until = 2 * time.monotonic() - begun
        return settled

    async def confirm(self, preview: Reply) -> Reply:
        assert "Confirm" in preview.buttons, shown(preview)
        return await self.wire.settled(await self.wire.press(preview, "Confirm"))

    async def reload(self) -> Reply:
        """Reload in the chat, and confirm."""
        return await self.confirm(await self.seed_command("reload"))

    async def quote(self, words: str = "berg cranes") -> Reply:
        """A member asks."""
        return await self.wire.slash("quote", {"speaker": words}, channel=self.channel)

    async def occasion(self) -> str:
        [embed] = (await self.quote()).embeds
        return next(said(part["value"]) for part in embed["fields"] if part["name"] == "Occasion")

    async def served(self) -> Mark:
        """The one edition that several answers come from."""
        found = {
            mark for words in ("berg cranes", "dahl", "berg dredging") for mark in marks((await self.quote(words)).data)
        }
        assert len(found) == 1
        return BRAVO if BRAVO in found else ALPHA

    def write(self, mark: Mark) -> None:
        """Put an edition where the seeds are, in a version of its own, so that it has to be built anew."""
        self.versions += 1
        for name, text in edition(mark).items():
            write(self.seeds, name, text)
        with (self.seeds / "collection.yaml").open("a") as collection:
            collection.write(f"# version {self.versions}\n")

    def break_(self) -> None:
        alter(self.seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")

    def on_disk(self) -> set[str]:
        """What stands in the folder of generations, each whole one under the same name."""
        whole = {path.parent.name for path in self.generations.glob("[!.]*/corpus.db")}
        whole &= {path.parent.name for path in self.generations.glob("[!.]*/SHA256SUMS")}
        return {"a generation" if path.name in whole else path.name for path in self.generations.iterdir()}


NOTHING_LEFT_OVER: Final = {"a generation", "current", ".lock", ".current.lock"}


def said(text: str) -> str:
    """A message without the backslashes that keep its text from being rendered."""
    return text.replace("\\", "")


def shown(reply: Reply) -> str:
    """Everything that a reply says, without its marks of emphasis."""
    embeds = [
        "\n".join([embed.get("title", ""), embed.get("description", ""), *map(_field, embed.get("fields", []))])
        for embed in reply.embeds
    ]
    return said("\n".join([reply.content, *embeds])).replace("**", "")


def answered(reply: Reply) -> bool:
    """Whether it says what came of it, and no longer how far it has got."""
    return reply.complete and (bool(reply.embeds) or " …" not in reply.content)


def _field(part: dict[str, Any]) -> str:
    return f"{part['name']}\n{part['value']}"


@pytest_asyncio.fixture
async def house(tmp_path: Path, small_seeds: Path) -> AsyncIterator[House]:
    """A bot on the small seeds that rests after no reload; whatever still runs is killed, and what it said is looked
    through: no reply gives the machine or the token away, and nothing has failed in a way that nobody foresaw."""
    async with DiscordDouble(token=TOKEN, patience=PATIENCE) as wire:
        harbour = await wire.add_guild("Harbour")
        house = House(
            wire=wire,
            channel=await wire.add_channel(harbour, "general"),
            moderator=wire.add_user("moderator").granted(MANAGE_GUILD),
            second=wire.add_user("second").granted(MANAGE_GUILD),
            seeds=small_seeds,
            data=tmp_path / "data",
            environment={
                "ONRECORD_DISCORD__REST_URL": wire.rest_url,
                "ONRECORD_DISCORD__GATEWAY_URL": wire.gateway_url,
                "ONRECORD_DATA__DIR": str(tmp_path / "data"),
                "ONRECORD_SEEDS__DIR": str(small_seeds),
                "ONRECORD_MODERATION__COOLDOWN": "0",
                "ONRECORD_CORRECTIONS__REQUIRED": "false",  # what is shown alternates, and not for being wrong
            },
        )
        yield house
        for bot in house.bots:
            await bot.stop(signal.SIGKILL)
            assert bot.errors == ""
            assert TOKEN not in bot.out
            failed = {line["event"] for line in bot.log if "exception" in line or line["level"] == "critical"}
            assert failed <= {"the log of actions cannot be written"}
        sent = [json.dumps(request.body, ensure_ascii=False) for request in wire.requests]
        sent += [file.content.decode() for request in wire.requests for file in request.files.values()]
        for secret in (TOKEN, str(tmp_path), str(HOME), "Traceback"):
            assert not [text for text in sent if secret in text]
        assert not wire.unknown_requests


# By chat


async def test_a_moderator_reloads_breaks_and_goes_back(house: House) -> None:
    await house.start()
    alter(house.seeds, HERALD, "via: Port Agency", "via: Quay Agency")
    preview = await house.seed_command("reload")
    assert preview.ephemeral
    assert "Serve this?" in shown(preview)
    assert "0 added, 1 changed, 0 removed" in shown(preview)
    assert "berg-2017-05-04-cranes · Ada Berg (via)" in shown(preview)
    assert preview.buttons == ["Confirm", "Cancel"]
    assert await house.occasion() == "A walk on the quay · via Port Agency"
    assert "Served from now on" in shown(await house.confirm(preview))
    assert not preview.buttons
    assert await house.occasion() == "A walk on the quay · via Quay Agency"

    first = alter(house.seeds, HERALD, "said: 2017-05-04", "said: 2017-13-04")
    second = alter(house.seeds, "topics.yaml", "label: dredging", "lable: dredging")
    problems = await house.seed_command("reload")
    assert "problems: nothing was changed" in shown(problems)
    assert f"seeds/{HERALD}:{first} statements[0].said: “2017-13-04” is not a date" in shown(problems)
    assert f"seeds/topics.yaml:{second} " in shown(problems)
    assert not problems.buttons
    assert await house.occasion() == "A walk on the quay · via Quay Agency"

    assert "Back to generation" in shown(await house.seed_command("rollback"))
    assert await house.occasion() == "A walk on the quay · via Port Agency"
    alter(house.seeds, HERALD, "said: 2017-13-04", "said: 2017-05-04")
    alter(house.seeds, "topics.yaml", "lable: dredging", "label: dredging")
    await house.restart()
    assert await house.occasion() == "A walk on the quay · via Port Agency", "it stays, although the seeds are fine"
    await house.reload()
    assert await house.occasion() == "A walk on the quay · via Quay Agency"
    status = shown(await house.seed_command("status"))
    assert "Held by a rollback" not in status
    assert "The files on disk are what is served." in status
    assert house.outcomes() == ["served", "served", "problems", "served", "served"]


async def test_a_preview_belongs_to_who_asked_and_to_its_process(house: House) -> None:
    await house.start()
    alter(house.seeds, HERALD, "via: Port Agency", "via: Quay Agency")
    asked = asyncio.create_task(house.seed_command("reload"))
    await holds(lambda: workers(house))
    assert "moderator is at it right now (reload)" in shown(await house.seed_command("reload", by=house.second))
    preview = await asked
    assert "moderator has a reload open" in shown(await house.seed_command("rollback", by=house.second))
    strange = await house.wire.press(preview, "Confirm", user=house.second)
    assert "These buttons answer whoever asked for them" in strange.content
    await asyncio.gather(*(house.confirm(preview) for _ in range(2)))
    await house.wire.settled(preview, until=lambda reply: "Served from now on" in shown(reply))
    assert await house.occasion() == "A walk on the quay · via Quay Agency"

    alter(house.seeds, HERALD, "via: Quay Agency", "via: Sea Agency")
    preview = await house.seed_command("reload")
    await house.restart()
    assert "This preview is over" in shown(await house.confirm(preview))
    assert await house.occasion() == "A walk on the quay · via Quay Agency"
    assert house.outcomes() == ["served", "served", "put off", "put off", "interrupted"]
    assert [action.by.name for action in house.actions()[1:]] == ["moderator", "second", "second", "moderator"]


async def test_who_may_not_is_refused_in_words_and_logged(house: House) -> None:
    await house.start()
    alter(house.seeds, HERALD, "via: Port Agency", "via: Quay Agency")
    elsewhere = await house.wire.add_channel(house.wire.add_guild_without_bot("Elsewhere"), "general")
    refused = [
        await house.seed_command("reload", by=house.wire.reader),
        await house.seed_command("rollback", by=house.wire.reader),
        await house.seed_command("reload", by=house.moderator, channel=elsewhere),
    ]
    for reply in refused:
        assert reply.content.startswith("Only the moderators of this bot's home server may do that.")
        assert reply.ephemeral
    assert await house.occasion() == "A walk on the quay · via Port Agency"
    log = (await house.log())[1:]
    assert [(entry["name"], entry["action"], entry["outcome"]) for entry in log] == [
        ("reader", "reload", "refused"),
        ("reader", "rollback", "refused"),
        ("moderator", "reload", "refused"),
    ]
    assert house.channel.guild
    assert elsewhere.guild
    assert [entry["guild"] for entry in log] == [house.channel.guild.id] * 2 + [elsewhere.guild.id]
    printed = (await house.onrecord("log")).out.splitlines()
    assert f"reader ({house.wire.reader.id}) in {house.channel.guild.id}  reload  refused" in printed[1]


# By shell and signal


async def test_a_shell_reloads_and_is_told_what_came_of_it(house: House) -> None:
    none = await house.onrecord("reload")
    assert (none.code, none.out) == (1, "")
    assert none.err.startswith("no On Record runs on ")

    await house.start()
    alter(house.seeds, HERALD, "via: Port Agency", "via: Quay Agency")
    done = await house.onrecord("reload")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"served: generation [0-9a-f]{16}, 0 added, 1 changed, 0 removed\n", done.out)
    assert await house.occasion() == "A walk on the quay · via Quay Agency"
    first = alter(house.seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    second = alter(house.seeds, "topics.yaml", "label: dredging", "lable: dredging")
    told = await house.onrecord("reload")
    assert (told.code, told.out) == (1, "")
    lines = told.err.splitlines()
    assert all(re.match(r"seeds/[\w/.-]+:\d+: ", line) for line in lines)
    places = {":".join(line.split(":")[:2]) for line in lines}
    assert {f"seeds/{HERALD}:{first}", f"seeds/topics.yaml:{second}"} <= places
    assert await house.hang_up() == "problems"
    assert await house.occasion() == "A walk on the quay · via Quay Agency"
    alter(house.seeds, HERALD, "speaker: nobody", "speaker: ole-dahl")
    alter(house.seeds, "topics.yaml", "lable: dredging", "label: dredging")
    alter(house.seeds, HERALD, "via: Quay Agency", "via: Sea Agency")
    assert await house.hang_up() == "served"
    assert await house.occasion() == "A walk on the quay · via Sea Agency"
    assert await house.hang_up() == "nothing changed"
    assert await house.bot.stop() == 0


async def test_a_signal_while_it_is_starting_does_not_end_it(house: House) -> None:
    house.bots.append(await Bot.start(**house.environment))
    async with asyncio.timeout(PATIENCE):
        while not (house.data / "running.pid").exists():  # noqa: ASYNC110 -- another process writes it
            await asyncio.sleep(0.01)
        while not any(line["event"] == "ready" for line in house.bot.log):
            os.kill(house.bot.pid, signal.SIGHUP)
            await asyncio.sleep(0.02)
    assert await house.occasion() == "A walk on the quay · via Port Agency"
    assert await house.bot.stop() == 0


# Under load


@dataclass(slots=True)
class Crowd:
    """Members who ask, complete and press, so many times a second, and what they were answered."""

    house: House
    asked: int = 0
    unanswered: int = 0
    odd: list[str] = field(default_factory=list)
    """Answers that are a mixture of the editions, or show of neither that they are of it."""
    slowest: float = 0.0
    """Seconds."""
    _pages: deque[Reply] = field(default_factory=lambda: deque(maxlen=20))

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """Within it they ask; at its end all are answered, or will never be."""
        async with asyncio.TaskGroup() as tasks:
            asking = tasks.create_task(self._ask_all(tasks))
            yield
            asking.cancel()

    async def _ask_all(self, tasks: asyncio.TaskGroup) -> None:
        begun = time.monotonic()
        while True:
            tasks.create_task(self._ask(self.asked))
            self.asked += 1
            await asyncio.sleep(begun + self.asked / A_SECOND - time.monotonic())

    async def _ask(self, number: int) -> None:
        wire, channel = self.house.wire, self.house.channel
        words = ("berg cranes", "cranes", "dahl", "northport council", "berg dredging", "dahl dredging")[number % 6]
        begun = time.monotonic()
        try:
            if number % 4 == 1:
                answer: Any = await wire.autocomplete("quote", {"speaker": words[: 3 + number % 5]}, channel=channel)
                enough = bool(answer)
            elif number % 10 == 2 and self._pages:
                page = self._pages.popleft()
                answer = (await wire.press(page, "▶" if "▶" in page.buttons else "◀")).data
                enough = len(marks(answer)) >= EVERYWHERE or GONE in (answer.get("content") or "")
            else:
                reply = await wire.slash("quote", {"speaker": words}, channel=channel)
                answer = reply.data
                enough = len(marks(answer)) >= EVERYWHERE
                if "▶" in reply.buttons:
                    self._pages.append(reply)
        except NoReply:
            self.unanswered += 1
            return
        self.slowest = max(self.slowest, time.monotonic() - begun)
        if len(set(marks(answer))) > 1 or not enough:
            self.odd.append(json.dumps(answer))


@pytest.mark.parametrize("reloads", [RELOADS])
async def test_each_of_many_questions_is_answered_from_one_edition_while_reloads_alternate(
    house: House, reloads: int
) -> None:
    house.write(ALPHA)
    await house.start()
    served: Mark = ALPHA
    crowd = Crowd(house)
    async with crowd.asking():
        for number in range(reloads):
            good, by_shell = number % 2 == 0, number % 8 < 2
            house.write(other(served))
            if not good:
                house.break_()
            if by_shell:
                told = await house.onrecord("reload")
                assert told.code == (0 if good else 1), told
            else:
                assert await house.hang_up() == ("served" if good else "problems")
            served = other(served) if good else served
            assert await house.served() == served
    print(
        f"{reloads} reloads, {crowd.asked} questions, {crowd.unanswered} unanswered, {len(crowd.odd)} mixed, "
        f"slowest {crowd.slowest:.2f} s, load {os.getloadavg()[0]:.1f}"
    )
    assert (crowd.unanswered, crowd.odd) == (0, [])
    await nothing_is_left_over(house)
    assert await house.bot.stop() == 0


async def nothing_is_left_over(house: House) -> None:
    """What a reload leaves is whole; it clears away after it has told what came of it."""
    with contextlib.suppress(TimeoutError):
        await holds(lambda: house.on_disk() == NOTHING_LEFT_OVER)
    assert house.on_disk() == NOTHING_LEFT_OVER


# Killed


def workers(house: House) -> list[int]:
    """The processes that the bot has started."""
    return [int(pid) for pid in Path(f"/proc/{house.bot.pid}/task/{house.bot.pid}/children").read_text().split()]


async def holds(condition: Callable[[], object]) -> None:
    """Looks as often as it can until something is so in another process or its files."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 -- another process brings it about
            await asyncio.sleep(0.001)


async def worker_started(house: House) -> None:
    await house.wire.slash("seeds reload", user=house.moderator, channel=house.channel)
    await holds(lambda: workers(house))


async def previewed(house: House) -> Reply:
    preview = await house.seed_command("reload")
    assert "Confirm" in preview.buttons, shown(preview)
    return preview


async def confirmed(house: House) -> None:
    await house.wire.press(await previewed(house), "Confirm")


async def named(house: House) -> None:
    current = house.generations / "current"
    before = current.read_text()
    await confirmed(house)
    await holds(lambda: current.read_text() != before)


async def test_killed_at_any_step_it_comes_back_with_one_edition_whole(house: House) -> None:
    house.write(ALPHA)
    await house.start()
    served: Mark = ALPHA
    expected = ["served"]
    for reach in (worker_started, previewed, confirmed, named):
        house.write(other(served))
        await reach(house)
        working = workers(house)
        await house.kill()
        await holds(functools.partial(ended, working))
        await house.start()
        now = await house.served()
        if reach in {worker_started, previewed}:
            assert now == served, f"{reach.__name__}: nobody has confirmed it"
        elif reach is named:
            assert now == other(served)
        expected.append("interrupted" if now == served else "served")
        served = now
    assert house.outcomes() == expected
    house.write(other(served))
    assert await house.hang_up() == "served"
    assert await house.served() == other(served)
    await nothing_is_left_over(house)


def ended(processes: list[int]) -> bool:
    """Whether nothing is left of them but their numbers, until somebody asks how they ended."""
    lines = [Path(f"/proc/{pid}/cmdline") for pid in processes]
    return not any(line.exists() and line.read_bytes() for line in lines)


async def reloading_in_the_chat(house: House, within: Callable[[float], float]) -> None:
    reloading = asyncio.create_task(house.reload())
    await asyncio.sleep(within(1.5))
    reloading.cancel()
    await asyncio.gather(reloading, return_exceptions=True)


async def confirming(house: House, within: Callable[[float], float]) -> None:
    await confirmed(house)
    await asyncio.sleep(within(0.1))


async def reloading_by_signal(house: House, within: Callable[[float], float]) -> None:
    os.kill(house.bot.pid, signal.SIGHUP)
    await asyncio.sleep(within(1.0))


async def starting(house: House, within: Callable[[float], float]) -> None:
    await house.kill()
    house.bots.append(await Bot.start(**house.environment))
    await asyncio.sleep(within(2.0))


@pytest.mark.parametrize("kills", [KILLS])
async def test_killed_at_random_it_comes_back_with_one_edition_whole(house: House, kills: int) -> None:
    chance = random.Random(20261206)
    house.write(ALPHA)
    await house.start()
    served: Mark = ALPHA
    taken_up = 0
    for number in range(kills):
        house.write(other(served))
        reload = (reloading_in_the_chat, confirming, reloading_by_signal, starting)[number % 4]
        await reload(house, functools.partial(chance.uniform, 0))
        await house.kill()
        await house.start()
        now = await house.served()
        taken_up += now != served
        served = now
    assert set(house.outcomes()) <= {"served", "interrupted"}
    cut_off = [bool(action.generation) for action in house.actions() if action.fate is Fate.INTERRUPTED]
    print(
        f"{kills} kills, afterwards {taken_up} times the new edition and {kills - taken_up} times the old; "
        f"cut off {cut_off.count(False)} times before a preview, {cut_off.count(True)} times after it"
    )
    house.write(other(served))
    assert await house.hang_up() == "served"
    assert await house.served() == other(served)
    await nothing_is_left_over(house)


# Starved, and given nonsense


def limit(house: House, size: int) -> None:
    """No file of the bot's may be larger from now on; for whoever writes, the disk is full."""
    resource.prlimit(house.bot.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def test_a_full_disk_is_told_in_a_sentence_and_the_old_answers_go_on(house: House) -> None:
    house.write(ALPHA)
    await house.start()
    [corpus] = house.generations.glob("*/corpus.db")
    house.write(BRAVO)
    limit(house, corpus.stat().st_size - 10_000)
    told = await house.onrecord("reload")
    assert told.code == 1
    assert "a generation cannot be written" in told.err
    assert "what was there is untouched" in told.err
    assert "a generation cannot be written" in (await house.seed_command("reload")).content
    assert await house.served() == ALPHA
    limit(house, 10)
    assert "so nothing was changed" in (await house.seed_command("reload")).content
    assert await house.served() == ALPHA
    limit(house, resource.RLIM_INFINITY)
    assert await house.hang_up() == "served"
    assert await house.served() == BRAVO
    await nothing_is_left_over(house)


def refused(house: House, sentence: str) -> bool:
    """Whether a reload was, with this sentence."""
    return any(sentence in line["reason"] for line in house.bot.log if line["event"] == "reload refused")


@contextlib.contextmanager
def moved_away(seeds: Path) -> Iterator[None]:
    aside = seeds.rename(seeds.with_name("aside"))
    yield
    aside.rename(seeds)


def added(name: str, make: Callable[[Path], object]) -> Callable[[Path], contextlib.AbstractContextManager[None]]:
    @contextlib.contextmanager
    def with_it(seeds: Path) -> Iterator[None]:
        make(seeds / name)
        yield
        (seeds / name).unlink()

    return with_it


NONSENSE: Final = {
    "seeds: is not a folder": moved_away,
    "seeds/articles/x.yaml: cannot be read: ": added("articles/x.yaml", lambda path: path.symlink_to(path)),
    "seeds/articles/y: is a link to a folder": added("articles/y", lambda path: path.symlink_to(path.parent.parent)),
    "seeds/articles/z.yaml: is not a file": added("articles/z.yaml", os.mkfifo),
    "seeds/statements.jsonl: is not a file": added("statements.jsonl", os.mkfifo),
}


async def test_a_folder_that_cannot_be_read_is_told_in_a_sentence_and_the_old_answers_go_on(house: House) -> None:
    await house.start()
    answer = await house.occasion()
    for sentence, ruined in NONSENSE.items():
        with ruined(house.seeds):
            assert await house.hang_up() == "problems"
            await holds(functools.partial(refused, house, sentence))
            assert "The files on disk are not to be read." in shown(await house.seed_command("status"))
            assert await house.occasion() == answer
    with added("statements.jsonl", os.mkfifo)(house.seeds):
        await house.restart()
        assert await house.occasion() == answer
    assert await house.hang_up() == "nothing changed"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
async def test_a_folder_that_may_not_be_read_is_told_in_a_sentence_and_the_old_answers_go_on(house: House) -> None:
    """Each may be entered and listed, or not: the folder itself, one in it, and the one that it stands in."""
    above = house.seeds.parent / "above"
    above.mkdir()
    house.seeds.rename(above / "seeds")
    house.seeds = above / "seeds"
    house.environment["ONRECORD_SEEDS__DIR"] = str(house.seeds)
    await house.start()
    answer = await house.occasion()
    for folder, rights in itertools.product((house.seeds, house.seeds / "articles", above), (0, 0o400)):
        folder.chmod(rights)
        try:
            assert await house.hang_up() == "problems", folder
            assert "The files on disk are not to be read." in shown(await house.seed_command("status"))
            assert await house.occasion() == answer
            await house.restart()
            assert await house.occasion() == answer
        finally:
            folder.chmod(0o700)
    assert await house.hang_up() == "nothing changed"


IN_ORDER: Final = (HERALD, "collection.yaml", COURIER, "topics.yaml")
"""Files that one card shows something of, in the order in which they are written."""


@dataclass(slots=True)
class Writer:
    """Somebody who writes one edition after another, each file whole, as git and most editors do."""

    seeds: Path
    pause: float
    """Seconds between two files."""
    enough: bool = False

    def write(self) -> None:
        workshop = self.seeds.with_name("being-written")
        for number in itertools.count(1001):
            texts = edition(f"Edition{number}")
            for name in IN_ORDER:
                workshop.write_text(dedent(texts[name]), encoding="utf-8")
                workshop.rename(self.seeds / name)
                time.sleep(self.pause)
            if self.enough:
                return


async def test_files_that_somebody_is_writing_are_served_as_they_were_at_one_instant_or_not_at_all(
    house: House,
) -> None:
    for name, text in edition("Edition1000").items():
        write(house.seeds, name, text)
    await house.start()
    writer = Writer(house.seeds, pause=0)
    writing = asyncio.create_task(asyncio.to_thread(writer.write))
    try:
        for writer.pause in (0.05, 0.001, 0.01, 0.0005):
            fate = await house.hang_up()
            assert fate in {"served", "problems"}
            [embed] = (await house.quote()).embeds
            shown_of = {part["name"]: part["value"] for part in embed["fields"]}
            places = shown_of["Source"], embed["footer"]["text"], shown_of["Also reported by"], shown_of["Topics"]
            numbers = [set(map(int, re.findall(r"Edition(\d+)", place))) for place in places]
            assert [len(found) for found in numbers] == [1] * len(IN_ORDER), "no file is half of one edition"
            in_order = [number for found in numbers for number in found]
            assert in_order == sorted(in_order, reverse=True)
            assert in_order[0] - in_order[-1] <= 1
            print(fate, in_order)
    finally:
        writer.enough = True
        await writing
    reasons = {line["reason"] for line in house.bot.log if line["event"] == "reload refused"}
    assert reasons <= {"seeds: changed while it was read; wait until whoever writes it is done, then try again"}
    assert await house.hang_up() in {"served", "nothing changed"}
