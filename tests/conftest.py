"""What several tests share: seeds to alter, a generation to ask, and a wall around the checkout's own data."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import hypothesis
import pytest
import simcord
from structlog.testing import capture_logs

from bot import app, generations, settings
from bot.chat.client import Client
from bot.corpus import seeds
from bot.library import Generation, Library
from bot.publisher import Publisher
from bot.state import State
from tests import seedfiles
from tests.desk import Desk

hypothesis.settings.register_profile("untimed", deadline=None)  # under coverage, on a busy machine, time says nothing
hypothesis.settings.load_profile("untimed")

REAL_SEEDS = settings.HOME / "seeds"


@pytest.fixture(autouse=True)
def _walled_off(monkeypatch, tmp_path_factory) -> None:
    """No test reads the operator's settings, articles or token, nor writes to the checkout's data folder.

    Set in the environment, where it beats ``config/local.toml`` in processes that a test starts, too.
    """
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "ONRECORD_ARTICLES"):
        monkeypatch.delenv(name, raising=False)
    for section, model in settings.Settings.model_fields.items():
        for key, value in model.default.model_dump(mode="json").items():
            text = value if isinstance(value, str) else json.dumps(value)
            monkeypatch.setenv(f"ONRECORD_{section}__{key}".upper(), text)
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path_factory.getbasetemp() / "data"))
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(REAL_SEEDS))
    monkeypatch.setattr(settings, "FILES", (settings.HOME / "config" / "onrecord.toml",))


@pytest.fixture
def seed_folder(tmp_path) -> Path:
    """A copy of the real seeds, to alter."""
    return Path(shutil.copytree(REAL_SEEDS, tmp_path / "seeds"))


@pytest.fixture
def small_seeds(tmp_path) -> Path:
    """The small collection of ``tests/seedfiles.py``, to alter."""
    return seedfiles.small(tmp_path / "seeds")


@pytest.fixture(scope="session")
def generation(tmp_path_factory) -> Iterator[Generation]:
    """The real seeds, built and open."""
    opened = Generation.open(generations.publish(seeds.load(REAL_SEEDS), tmp_path_factory.mktemp("generations")))
    yield opened
    opened.corpus.close()


@dataclass(frozen=True, slots=True)
class Room:
    """The bot in a simulated Discord: a channel with a member and a moderator in it, and a user's direct messages."""

    env: simcord.Env
    client: Client
    channel: Any
    member: Any
    moderator: Any

    async def slash(self, name: str, **options: Any) -> simcord.InteractionResult:
        """The member gives a command in the channel."""
        result: simcord.InteractionResult = await self.member.slash(self.channel, name, **options)
        return result

    def payloads(self) -> list[dict[str, Any]]:
        """Every message that the bot has sent or edited, as it went over the wire."""
        sent = [(request.path, request.json or {}) for request in self.env.http_requests]
        answers = [body["data"] for path, body in sent if path.endswith("/callback") and body["type"] in (4, 7)]
        return answers + [body for path, body in sent if "/webhooks/" in path or path.endswith("/messages")]


NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)


@pytest.fixture
def library_on_loan(generation) -> Library:
    """The real seeds on loan."""
    return Library(generation)


@pytest.fixture
def state(tmp_path) -> Iterator[State]:
    """An empty state."""
    opened = State.open(tmp_path / "state.db")
    yield opened
    opened.close()


@pytest.fixture
def now() -> Callable[[], datetime]:
    """The clock: noon of 6 December 2026, unless a test says otherwise."""
    return lambda: NOON


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What was logged, an event each."""
    with capture_logs() as events:
        yield events


def composed(library: Library, state: State, now: Callable[[], datetime], **given: Any) -> Client:
    """The bot as the composition root makes it, with the settings' own or with those that are given."""
    chosen = settings.load(**given)
    return app.compose(library, state, Publisher(library, state, chosen, now), chosen, now)


@pytest.fixture
def simcord_bot(library_on_loan, state, now) -> Client:
    """The bot as the composition root makes it."""
    return composed(library_on_loan, state, now)


@pytest.fixture
def room(simcord_env, simcord_bot) -> Room:
    """The bot in a channel, with two people."""
    guild = simcord_env.create_guild("Harbour")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("quotations")
    member = guild.add_member(simcord_env.create_user("member"))
    moderator = guild.add_member(simcord_env.create_user("moderator"), roles=[moderators])
    return Room(simcord_env, simcord_bot, channel, member, moderator)


@pytest.fixture
def desk(tmp_path, small_seeds, state) -> Iterator[Desk]:
    opened = Desk(settings.load(data={"dir": tmp_path / "data"}, seeds={"dir": small_seeds}), state)
    yield opened
    opened.library.generation.close()
