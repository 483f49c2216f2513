"""Seeds to a published generation, and the one on loan now.

A generation is a folder named by what it was built from (the seeds' bytes and the schema's version), put in place by
one rename, never changed afterwards. A file ``current`` beside the generations names the one that was last good, so
that a restart needs nothing else. Whoever publishes holds a lock there, so two builds take turns, and what a killed
one left behind is cleared away by the next.

A damaged file would misquote, so each generation carries its SHA-256, as ``sha256sum --check`` reads it, and is held
against it when it is opened: about a millisecond a megabyte, which is why very large ones are trusted.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from filelock import FileLock

from bot.corpus import build, seeds
from bot.corpus.seeds import Seeds
from bot.corpus.store import Corpus
from bot.errors import GenerationError, SeedProblems
from bot.search.complete import Completer
from bot.search.find import Finder
from bot.search.index import Index
from bot.search.reading import Reader

CORPUS: Final = "corpus.db"
SUMS: Final = "SHA256SUMS"
MAX_SUMMED: Final = 64_000_000
"""Bytes of a corpus file up to which its sum is checked whenever it is opened."""
_CURRENT: Final = "current"
_LOCK: Final = ".lock"
_UNFINISHED: Final = ".building-"


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the corpus, open for reading, and what finds its way in it."""

    name: str
    corpus: Corpus
    finder: Finder
    completer: Completer

    @property
    def short(self) -> str:
        """Enough of the name to tell it from another."""
        return self.name[:8]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a generation's folder.

        Raises:
            GenerationError: where it cannot be read.
        """
        _check_sum(folder)
        corpus = Corpus.open(folder / CORPUS)
        index = Index(corpus)
        reader = Reader(corpus, index)
        return cls(folder.name, corpus, Finder(corpus, index, reader), Completer(corpus, index, reader))


class Library:
    """The generation on loan. Everybody asks it anew for each question, so that a swap falls between two questions."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    @property
    def generation(self) -> Generation:
        """The generation to answer from."""
        return self._generation


def name_of(fingerprint: str) -> str:
    """The name of the generation that seeds with this fingerprint build."""
    return hashlib.sha256(f"{fingerprint}:{build.SCHEMA_VERSION}".encode()).hexdigest()[:16]


def publish(found: Seeds, into: Path, progress: build.Progress = lambda _: None) -> Path:
    """Build the seeds' generation in the folder ``into``, or reuse it, and make it the current one.

    Raises:
        GenerationError: where it cannot be written. What was there before is untouched.
    """
    folder = into / name_of(found.fingerprint)
    try:
        into.mkdir(parents=True, exist_ok=True)
        with FileLock(into / _LOCK):
            _clear(into)
            if not _readable(folder):
                _build(found, folder, progress)
            _write_current(into, folder.name)
    except (OSError, sqlite3.Error) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise GenerationError(f"cannot write a generation to {into}: {reason}") from error
    return folder


def _clear(into: Path) -> None:
    """Remove what builds left that were killed. Nobody else is building: the lock is ours."""
    for leftover in into.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _build(found: Seeds, folder: Path, progress: build.Progress) -> None:
    workshop = folder.with_name(f"{_UNFINISHED}{folder.name}")
    try:
        workshop.mkdir()
        build.build(found, workshop / CORPUS, progress)
        (workshop / SUMS).write_text(f"{_sum(workshop / CORPUS)}  {CORPUS}\n")
        for path in (workshop / CORPUS, workshop / SUMS, workshop):
            _flush(path)
        if folder.exists():
            shutil.rmtree(folder)
        workshop.rename(folder)
        _flush(folder.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _check_sum(folder: Path) -> None:
    """Hold a generation's file against its sum.

    Raises:
        GenerationError: where they differ, or either cannot be read.
    """
    try:
        small = (folder / CORPUS).stat().st_size <= MAX_SUMMED
        if small and (folder / SUMS).read_text() != f"{_sum(folder / CORPUS)}  {CORPUS}\n":
            raise GenerationError(f"{folder.name}/{CORPUS} is damaged: build it anew")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise GenerationError(f"the generation {folder.name} cannot be read ({reason}): build it anew") from error


def _readable(folder: Path) -> bool:
    try:
        _check_sum(folder)
        Corpus.open(folder / CORPUS).close()
    except GenerationError:
        return False
    return True


def _flush(path: Path) -> None:
    """Make sure that a file or folder is on the disk and not only on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_current(into: Path, name: str) -> None:
    if current(into) == name:
        return
    workshop = into / f"{_UNFINISHED}{_CURRENT}"
    workshop.mkdir()
    (workshop / _CURRENT).write_text(json.dumps({"active": name}))
    _flush(workshop / _CURRENT)
    (workshop / _CURRENT).replace(into / _CURRENT)
    workshop.rmdir()
    _flush(into)


def current(into: Path) -> str | None:
    """The name of the generation that was last published in a folder."""
    try:
        name = json.loads((into / _CURRENT).read_text())["active"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) else None


def open_published(into: Path) -> Generation:
    """Open the current generation of a folder, or the folder itself where it is one.

    Raises:
        GenerationError: where there is none, or it cannot be read.
    """
    if (into / CORPUS).exists():
        return Generation.open(into)
    name = current(into)
    if name is None:
        raise GenerationError(f"{into} holds no generation; `onrecord build` makes one")
    return Generation.open(into / name)


def open_for(folder: Path, into: Path, progress: build.Progress = lambda _: None) -> Generation:
    """Open the generation of a folder of seeds, building it where it is missing.

    Raises:
        SeedProblems: where the seeds cannot be built.
        GenerationError: where the generation cannot be written or read.
    """
    fingerprint = seeds.fingerprint(folder)
    if fingerprint:
        with contextlib.suppress(GenerationError):  # missing or damaged: built below
            opened = Generation.open(into / name_of(fingerprint))
            with contextlib.suppress(OSError), FileLock(into / _LOCK):  # a folder that may only be read serves as well
                _write_current(into, opened.name)
            return opened
    return Generation.open(publish(seeds.load(folder), into, progress))


def open_last_good(into: Path, problems: SeedProblems) -> Generation:
    """Open what was last published, because the seeds have problems.

    Raises:
        SeedProblems: where there is nothing to fall back on.
    """
    try:
        return open_published(into)
    except GenerationError:
        raise problems from None
