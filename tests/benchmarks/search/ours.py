"""On Record as one of the engines: built and opened as the bot does it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot import generations
from bot.corpus import seeds
from bot.library import Generation
from bot.search.find import Answer
from bot.settings import HOME
from tests.benchmarks.search.engines import Built, Found


class Ours:
    """On Record itself."""

    def __init__(self, folder: Path) -> None:
        self.generation = Generation.open(generation(folder))

    def ask(self, text: str) -> Answer:
        return self.generation.finder.find(text)

    def read(self, raw: Answer) -> Found:
        corpus, chosen = self.generation.corpus, raw.selection
        if not raw.total:
            return Found(False, shown=f"nothing; {corpus.label(raw.understood)}; missing “{raw.missing}”")
        speaker = chosen.speaker
        if not speaker:
            (first,) = corpus.numbers(chosen, 1)
            speaker = corpus.statement(first).speaker.id
        shown = corpus.label(chosen) + (f"; missing “{raw.missing}”" if raw.missing else "")
        return Found(True, speaker, chosen.topics, named=bool(chosen.speaker), shown=shown)


def build_ours(folder: Path) -> None:
    """Build as an operator does."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    command = [sys.executable, "-m", "bot", "build", "--seeds", f"{folder / 'seeds'}"]
    into = ["--into", f"{folder / 'generations'}"]
    subprocess.run([*command, *into], cwd=HOME, env=environment, check=True, stdout=subprocess.DEVNULL)


def generation(folder: Path) -> Path:
    """Where the seeds' generation is, by the code as it is now."""
    return folder / "generations" / generations.name_of(seeds.fingerprint(folder / "seeds") or "")


OURS: Final = Built("On Record", build_ours, Ours, lambda folder: generation(folder).is_dir())
