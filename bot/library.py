"""The generation on loan: opened, lent to whoever answers a question, swapped between two questions."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot import generations
from bot.corpus import build, seeds
from bot.corpus.store import Corpus
from bot.errors import GenerationError
from bot.generations import CORPUS, INDEX
from bot.record import key_of
from bot.search.complete import Completer
from bot.search.explain import Explainer
from bot.search.find import Finder
from bot.search.index import Index
from bot.search.reading import Reader


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the corpus, open for reading, and what finds its way in it."""

    name: str
    corpus: Corpus
    finder: Finder
    completer: Completer
    explainer: Explainer
    index: Index

    @property
    def short(self) -> str:
        """Enough of the name to tell it from another."""
        return short(self.name)

    @property
    def mark(self) -> int:
        """A number that tells it from any other that was on loan lately, for where few characters fit."""
        return key_of(self.name) >> 32

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a generation's folder. May be done in a thread, and used in another.

        Raises:
            GenerationError: where it cannot be read.
        """
        generations.check_sum(folder)
        corpus, index = Corpus.open(folder / CORPUS), Index.open(folder / INDEX)
        reader = Reader(corpus, index)
        return cls(
            folder.name,
            corpus,
            Finder(corpus, index, reader),
            Completer(corpus, index, reader),
            Explainer(index, reader),
            index,
        )

    def close(self) -> None:
        """Give the files back. Nobody asks it any more."""
        self.corpus.close()
        self.index.close()


def short(name: str) -> str:
    """Enough of a generation's name to tell it from another."""
    return name[:8]


Watcher = Callable[[Generation], None]


class Library:
    """The generation on loan. Everybody asks it anew for each question, so that a swap falls between two questions."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._watcher: Watcher = lambda _: None

    @property
    def generation(self) -> Generation:
        """The generation to answer from. Not to be kept across an ``await``."""
        return self._generation

    def swap(self, generation: Generation) -> Generation:
        """Lend another generation from now on; the one before, for whoever still has a use for it to close."""
        before, self._generation = self._generation, generation
        self._watcher(generation)
        return before

    def watch(self, watcher: Watcher) -> None:
        """Let somebody know of every generation that is lent from now on, in place of whoever was to know before."""
        self._watcher = watcher


def open_published(into: Path) -> Generation:
    """Open the current generation of a folder, or the folder itself where it is one.

    Raises:
        GenerationError: where there is none, or it cannot be read.
    """
    if (into / CORPUS).exists():
        return Generation.open(into)
    named = generations.current(into)
    if named is None:
        raise GenerationError(f"{into} holds no generation; `onrecord build` makes one")
    return Generation.open(into / named.active)


def open_for(folder: Path, into: Path, progress: build.Progress = lambda _: None) -> Generation:
    """Open the generation of a folder of seeds, building it where it is missing. What is served stays as it is.

    Raises:
        SeedProblems: where the seeds cannot be built.
        GenerationError: where the generation cannot be written or read.
    """
    fingerprint = seeds.fingerprint(folder)
    if fingerprint:
        with contextlib.suppress(GenerationError):  # missing or damaged: built below
            return Generation.open(into / generations.name_of(fingerprint))
    return Generation.open(generations.publish(seeds.load(folder), into, progress))
