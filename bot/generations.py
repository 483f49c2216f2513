"""Generations on disk: built, sealed, put in place, named as the current one, and cleared away.

A generation is a folder with a corpus file and its index, named by what it was built from (the seeds' bytes, and the
versions of the schema and the index), put in place by one rename, never changed afterwards. A file ``current`` beside
the generations says which one is served, whether a rollback holds it there, and what was served before, so that a
restart needs nothing else. Builds hold one lock, so two of them take turns, and what a killed one left behind is
cleared away by the next; ``current`` has a lock of its own, since naming must not wait for a build.

A damaged file would misquote, so each generation carries their SHA-256, as ``sha256sum --check`` reads it.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from bot.corpus import build
from bot.corpus.seeds import Seeds
from bot.corpus.store import Corpus
from bot.errors import GenerationError
from bot.search import index, indexer
from bot.search.index import Index

CORPUS: Final = "corpus.db"
INDEX: Final = "index"
SUMS: Final = "SHA256SUMS"
MAX_SUMMED: Final = 16_000_000
"""Bytes of a generation up to which its sums are checked whenever it is opened: about a millisecond a megabyte."""

_NAME: Final = re.compile(r"[0-9a-f]{16}")
_CURRENT: Final = "current"
_LOCK: Final = ".lock"
_CURRENT_LOCK: Final = ".current.lock"
_CURRENT_UNFINISHED: Final = ".current.new"
_UNFINISHED: Final = ".building-"


@dataclass(frozen=True, slots=True)
class Current:
    """What a folder of generations says about itself."""

    active: str
    """The name of the generation that is served."""
    pinned: bool = False
    """Whether a rollback holds it there until the next reload."""
    older: tuple[str, ...] = ()
    """What was served before it, latest first."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the ``current`` file.

        Raises:
            ValueError: where it is none.
        """
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("not an object")
        active, older = found.get("active"), found.get("older", [])
        if not isinstance(active, str) or not isinstance(older, list):
            raise ValueError("names nothing")
        return cls(active, found.get("pinned") is True, tuple(name for name in older if isinstance(name, str)))

    def write(self) -> str:
        """The content of the ``current`` file."""
        return json.dumps({"active": self.active, "pinned": self.pinned, "older": list(self.older)})

    def after(self, name: str, *, keep: int) -> Self:
        """What it says once another generation is served; of ``keep`` kept, one is that."""
        before = (self.active, *self.older) if name != self.active else self.older
        return type(self)(name, False, tuple(old for old in before if old != name)[: keep - 1])


def name_of(fingerprint: str) -> str:
    """The name of the generation that seeds with this fingerprint build."""
    return hashlib.sha256(f"{fingerprint}:{build.SCHEMA_VERSION}:{index.VERSION}".encode()).hexdigest()[:16]


def publish(
    found: Seeds,
    into: Path,
    progress: build.Progress = lambda _: None,
    indexed: Callable[[float], None] = lambda _: None,
) -> Path:
    """Build the seeds' generation in the folder ``into``, or reuse the one that is there and sound.

    Args:
        found: the seeds.
        into: the folder of generations.
        progress: told how many statements have been written since it was last told.
        indexed: told in how many seconds the index was written.

    Raises:
        SeedProblems: where the seeds changed while they were built.
        GenerationError: where it cannot be written. What was there before is untouched.
    """
    folder = into / name_of(found.fingerprint)
    with _writing():
        into.mkdir(parents=True, exist_ok=True)
        with FileLock(into / _LOCK):
            _clear(into)
            if not is_sound(folder):
                _build(found, folder, progress, indexed)
    return folder


@contextmanager
def _writing() -> Iterator[None]:
    """An error of the disk is told in a sentence, which may go to a chat: it names no place on this machine."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise GenerationError(f"a generation cannot be written ({reason}); what was there is untouched") from error


def _clear(into: Path) -> None:
    """Remove what builds left that were killed. Nobody else is building: the lock is ours."""
    for leftover in into.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _build(found: Seeds, folder: Path, progress: build.Progress, indexed: Callable[[float], None]) -> None:
    workshop = folder.with_name(f"{_UNFINISHED}{folder.name}")
    try:
        workshop.mkdir()
        build.build(found, workshop / CORPUS, progress)
        begun = time.perf_counter()
        with contextlib.closing(Corpus.open(workshop / CORPUS)) as corpus:
            indexer.write(corpus, workshop / INDEX)
        indexed(time.perf_counter() - begun)
        (workshop / SUMS).write_text(_sums(workshop))
        for path in (workshop / CORPUS, workshop / INDEX, workshop / SUMS, workshop):
            _flush(path)
        if folder.exists():
            shutil.rmtree(folder)
        workshop.rename(folder)
        _flush(folder.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _sums(folder: Path) -> str:
    return "".join(f"{_sum(folder / name)}  {name}\n" for name in (CORPUS, INDEX))


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def check_sum(folder: Path, *, whole: bool = False) -> None:
    """Hold a generation's files against their sums; very large ones only where ``whole`` asks for it.

    Raises:
        GenerationError: where they differ, or either cannot be read.
    """
    try:
        summed = whole or sum((folder / name).stat().st_size for name in (CORPUS, INDEX)) <= MAX_SUMMED
        if summed and (folder / SUMS).read_text() != _sums(folder):
            raise GenerationError(f"the generation {folder.name} is damaged: build it anew")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise GenerationError(f"the generation {folder.name} cannot be read ({reason}): build it anew") from error


def is_sound(folder: Path) -> bool:
    """Whether a generation is there, unchanged since it was built, and of this schema."""
    try:
        check_sum(folder, whole=True)
        Corpus.open(folder / CORPUS).close()
        Index.open(folder / INDEX).close()
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


# The one that is served


def current(into: Path) -> Current | None:
    """What a folder says is served; None where it says nothing that can be read."""
    try:
        return Current.read((into / _CURRENT).read_text())
    except (OSError, ValueError):
        return None


def activate(into: Path, name: str, *, keep: int) -> None:
    """Name the generation that is served from now on, which ends a rollback. ``keep`` generations are remembered.

    Raises:
        GenerationError: where that cannot be written; what was named before still is.
    """
    _change(into, lambda was: was.after(name, keep=keep) if was else Current(name))


def pin(into: Path, name: str) -> None:
    """Serve one of the older generations, and hold it there until another is activated.

    Raises:
        GenerationError: where that cannot be written; what was named before still is.
    """

    def back_to(was: Current | None) -> Current:
        older = was.older if was else ()
        return Current(name, pinned=True, older=older[older.index(name) + 1 :] if name in older else older)

    _change(into, back_to)


def forget(into: Path, name: str) -> None:
    """Take a generation that is of no use off the older ones.

    Raises:
        GenerationError: where that cannot be written; what was named before still is.
    """
    _change(into, lambda was: was and replace(was, older=tuple(old for old in was.older if old != name)))


def _change(into: Path, change: Callable[[Current | None], Current | None]) -> None:
    with _writing():
        into.mkdir(parents=True, exist_ok=True)
        with FileLock(into / _CURRENT_LOCK):
            was = current(into)
            becomes = change(was)
            if becomes is None or becomes == was:
                return
            workshop = into / _CURRENT_UNFINISHED
            workshop.write_text(becomes.write())
            _flush(workshop)
            workshop.replace(into / _CURRENT)
            _flush(into)


def prune(into: Path, also: Iterable[str] = ()) -> None:
    """Remove every generation that is neither served, nor one of the older ones, nor named in ``also``.

    Where a build is under way, whoever calls next will do it.
    """
    kept = current(into)
    if kept is None:
        return
    wanted = {kept.active, *kept.older, *also}
    try:
        with FileLock(into / _LOCK, blocking=False):
            for folder in into.iterdir():
                if _NAME.fullmatch(folder.name) and folder.name not in wanted:
                    shutil.rmtree(folder, ignore_errors=True)
    except (Timeout, OSError):
        return
