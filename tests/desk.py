"""A running bot as far as its collection is concerned, and the seeds to alter."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.generations import CORPUS
from bot.prepare import Step
from bot.publisher import Preview, Publisher
from bot.settings import Settings
from bot.startup import open_at_start
from bot.state import State
from bot.state.actions import Actor, Fate
from tests.seedfiles import HERALD, alter

ADA, OLE = Actor("ada", 7, 1), Actor("ole", 8, 1)
NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)


class Clock:
    """The time, as the test sets it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Desk:
    """A running bot as far as its collection is concerned, and the seeds to alter."""

    def __init__(self, settings: Settings, state: State) -> None:
        self.settings, self.state, self.clock = settings, state, Clock()
        self.folder, self.into = settings.seeds.dir, settings.generations
        self.steps: list[Step] = []
        self.start()

    def start(self) -> None:
        """What a new process does."""
        self.library = open_at_start(self.settings, self.state, self.clock)
        self.publisher = Publisher(self.library, self.state, self.settings, self.clock)

    @property
    def served(self) -> str:
        return self.library.generation.name

    def via(self, agency: str) -> None:
        """Edit the seeds where no correction is called for."""
        current = next(line for line in self.lines(HERALD) if "via:" in line).strip()
        alter(self.folder, HERALD, current, f"via: {agency}")

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text().splitlines()

    def break_(self) -> None:
        alter(self.folder, HERALD, "speaker: ole-dahl", "speaker: nobody")

    def mend(self) -> None:
        alter(self.folder, HERALD, "speaker: nobody", "speaker: ole-dahl")

    def answers_via(self) -> str:
        """What is answered."""
        corpus = self.library.generation.corpus
        found = next(s for s in corpus.every_statement() if s.id == "berg-2017-05-04-cranes")
        return found.citation.via

    async def previewed(self, by: Actor = ADA) -> Preview:
        self.clock.pass_by(minutes=1)
        preview = await self.publisher.prepare(by, self.steps.append)
        assert preview
        return preview

    async def reload(self, by: Actor = ADA) -> str:
        """A reload that is confirmed; the generation's name."""
        preview = await self.previewed(by)
        await self.publisher.confirm(by, preview.prepared.generation)
        return preview.prepared.generation

    def log(self) -> list[tuple[str, str, Fate]]:
        return [(action.by.name, action.action, action.fate) for action in reversed(self.state.actions())]

    def on_disk(self) -> set[str]:
        return {path.name for path in self.into.iterdir() if (path / CORPUS).exists()}


STARTED: Final = ("operator", "start", Fate.SERVED)
"""The first entry of every log."""


def spoil(folder: Path) -> None:
    """Change one letter of a quotation, which no check of SQLite's would notice."""
    content = (folder / CORPUS).read_bytes()
    (folder / CORPUS).unlink()  # the one that is open stays as it was
    (folder / CORPUS).write_bytes(content.replace(b"taller cranes", b"tallen cranes"))
