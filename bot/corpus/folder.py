"""The files of a folder of seeds: which there are, and what is in them at one instant.

What is checked must be what is built, though somebody may be writing meanwhile. YAML files are read whole, and read
again where the folder changed in between. Files of JSON Lines may be larger than memory: they are known by their
signature and sum, and whoever reads on in one asks at the end whether both still hold.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.corpus import yamltree
from bot.errors import Problem

SHAPED: Final = ("collection.yaml", "speakers.yaml", "topics.yaml", "events.yaml")
ARTICLES: Final = "articles"
BULK: Final = ("speakers.jsonl", "topics.jsonl", "articles.jsonl", "statements.jsonl")

CHANGED: Final = "changed while it was read; wait until whoever writes it is done, then try again"
BLOCK: Final = 1 << 20
"""Bytes that are read of a large file at once."""

_INSTEAD: Final = {"speakers.yaml": "speakers.jsonl", "topics.yaml": "topics.jsonl"}
"""YAML files that need not be there where the other is."""
_SUFFIXES: Final = (".yaml", ".yml", ".jsonl")
_ATTEMPTS: Final = 4
_PAUSE: Final = 0.05
"""Seconds until a folder that changed is read again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its file and line."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Signature:
    """What of a file changes when its content does."""

    modified: int
    """Nanoseconds since 1970."""
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """The signature in a file's status."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The seed files of a folder as they were at one instant."""

    texts: dict[str, bytes]
    """The bytes of each YAML file by its name below the folder."""
    bulk: dict[str, Signature]
    """The files of JSON Lines, unread."""


def read(folder: Path, problems: list[Problem]) -> Snapshot:
    """Every YAML file's bytes, and which files of JSON Lines there are."""
    fault = _unfit_folder(folder)
    if fault:
        problems.append(Problem(yamltree.brief(folder.name, 200), 0, fault))
        return Snapshot({}, {})
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE)
        faults: list[Problem] = []
        before = _listing(folder)
        found = _read(folder, faults)
        if _listing(folder) == before:
            problems += faults
            return found
    problems.append(Problem(folder.name, 0, CHANGED))
    return Snapshot({}, {})


def _unfit_folder(folder: Path) -> str | None:
    try:
        if stat.S_ISDIR(folder.stat().st_mode):
            os.scandir(folder).close()
            return None
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        return f"cannot be read: {os.strerror(error.errno or 0)}"
    return "is not a folder; point seeds.dir at the folder that holds collection.yaml"


def fingerprint(snapshot: Snapshot, sums: Mapping[str, str]) -> str:
    """SHA-256 over the names and bytes of all files.

    Args:
        snapshot: the YAML files' bytes.
        sums: the SHA-256 of each file of JSON Lines.
    """
    digest = hashlib.sha256()
    texts = {name: hashlib.sha256(content).hexdigest() for name, content in snapshot.texts.items()}
    for name, sum_ in sorted((texts | dict(sums)).items()):
        digest.update(f"{name}\0{sum_}\0".encode())
    return digest.hexdigest()


def sum_of(file: Path) -> str:
    """The SHA-256 of a file of any size.

    Raises:
        OSError: where it cannot be read.
    """
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def signature(file: Path) -> Signature | None:
    """A file's signature; None where it is gone."""
    try:
        return Signature.of(file.stat())
    except OSError:
        return None


def _listing(folder: Path) -> dict[str, Signature | None]:
    return {os.fspath(path): signature(path) for path in _candidates(folder, [])}


def _read(folder: Path, problems: list[Problem]) -> Snapshot:
    found = Snapshot({}, {})
    for path in _candidates(folder, problems):
        name = path.relative_to(folder).as_posix()
        shown = yamltree.brief(f"{folder.name}/{name}", 200)
        try:
            status = path.stat()
            fault = _misplaced(name) or _unfit(name, status)
            if fault:
                problems.append(Problem(shown, 0, fault))
            elif name in BULK:
                path.open("rb").close()
                found.bulk[name] = Signature.of(status)
            else:
                found.texts[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(shown, 0, f"cannot be read: {os.strerror(error.errno or 0)}"))
    for name in SHAPED[:3]:
        there = name in found.texts or _INSTEAD.get(name) in found.bulk
        if not there and not any(problem.file == f"{folder.name}/{name}" for problem in problems):
            problems.append(Problem(f"{folder.name}/{name}", 0, "is missing; add it"))
    return found


def _candidates(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Everything below a folder that looks like a seed file."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename or folder).relative_to(folder.parent).as_posix()
        problems.append(Problem(yamltree.brief(name, 200), 0, f"cannot be read: {os.strerror(error.errno or 0)}"))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.casefold().endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(place, name)
        for path in (Path(place, name) for name in folders):
            if os.path.islink(path):  # noqa: PTH114 -- which is false where nobody may look, and does not raise
                shown = yamltree.brief(path.relative_to(folder.parent).as_posix(), 200)
                problems.append(Problem(shown, 0, "is a link to a folder, which is not followed; put the folder here"))
            elif path.name.casefold().endswith(_SUFFIXES):
                yield path


def _misplaced(name: str) -> str | None:
    if not name.isprintable():
        return "is not read; rename it to plain letters, digits, and - _ ."
    if name in SHAPED or name in BULK or (Path(name).parent == Path(ARTICLES) and name.endswith(".yaml")):
        return None
    if name.casefold().endswith((".yaml", ".yml")) and not name.endswith(".yaml"):
        return "is not read; rename it to end in .yaml"
    known = ", ".join(SHAPED)
    return f"is not read; here belong {known}, and article files in {ARTICLES}/; in bulk {', '.join(BULK)}"


def _unfit(name: str, status: os.stat_result) -> str | None:
    if not stat.S_ISREG(status.st_mode):
        return "is not a file; put one with this name in its place"
    if name not in BULK and status.st_size > yamltree.MAX_BYTES:
        return f"has {status.st_size:,} bytes; at most {yamltree.MAX_BYTES:,} are read: split it"
    return None
