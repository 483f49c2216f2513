"""What ``onrecord draft`` and ``onrecord review`` do: files in, drafts out, and a curator at the desk."""

import gc
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Final

import click
from filelock import FileLock, Timeout

from bot.corpus import seeds as seed_files
from bot.corpus.crew import Crew, cores
from bot.corpus.yamltree import brief
from bot.drafting.reviewing.draftfile import SUFFIX, TEXT, DraftFile, drafts, refused, replace_files
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.values import Attribution, Span
from bot.drafting.wording import folded, visible
from bot.errors import DraftError, UserFacingError

WORTH: Final = 60_000
"""Bytes of articles from which on it pays to start processes: each needs a second or two before it can begin."""

_BATCH: Final = 8_000
"""Bytes of articles that one process takes at a time: long ones and short ones even out, and little is waited for."""
_MOST_IN_BATCH: Final = 16
_LONG_NAME: Final = 120
"""Characters of a name that is repeated in a sentence."""
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""Each process is to keep to one core: more would only wait for one another."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of files; small, since each process is given it."""

    outlet: str = ""
    title: str = ""
    byline: str = ""
    published: str = ""
    """EDTF."""
    url: str = ""
    seeds: Path | None = None
    """The collection that drafts are for; None where only spans are wanted."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a file."""

    file: Path
    fault: str = ""
    """Why nothing did."""
    lines: tuple[str, ...] = ()
    """Its spans, where those were wanted: JSON, one attribution each."""
    article: str = ""
    """The id that was proposed."""
    draft: str = ""
    """The text of the draft's file."""
    text: bytes = b""
    """The plain text that it counts in."""
    statements: int = 0
    doubtful: int = 0
    notes: tuple[str, ...] = ()


def make(files: Sequence[Path], wanted: Wanted) -> Iterator[Made]:
    """What comes of files, in their order, by as many processes as it pays to start."""
    sizes = [_size(file) for file in files]
    batches = list(_batches(files, sizes))
    processes = min(cores(), len(batches)) if sum(sizes) >= WORTH and len(batches) > 1 else 0
    with _single_threaded(), Crew(begin, wanted, size=processes if processes > 1 else 0, fork=True) as crew:
        for batch in crew.map(batches):
            yield from batch


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _batches(files: Sequence[Path], sizes: Sequence[int]) -> Iterator[tuple[Path, ...]]:
    batch: list[Path] = []
    held = 0
    for file, size in zip(files, sizes, strict=True):
        if batch and (held + size > _BATCH or len(batch) == _MOST_IN_BATCH):
            yield tuple(batch)
            batch, held = [], 0
        batch.append(file)
        held += size
    if batch:
        yield tuple(batch)


@contextmanager
def _single_threaded() -> Iterator[None]:
    """Processes that are started meanwhile calculate in one thread."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update({name: "1" for name, value in before.items() if value is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)


def begin(wanted: Wanted) -> Callable[[Sequence[Path]], list[Made]]:
    """What makes drafts or spans of files, in one process. Loads what takes long: the model, the collection."""
    # Here, since a review needs none of it and spaCy takes a second to import.
    from bot.drafting import attribution, draft, nlp, render  # noqa: PLC0415
    from bot.drafting.intake import manuscript  # noqa: PLC0415
    from bot.record import Dating  # noqa: PLC0415

    try:
        published = Dating.parse(wanted.published) if wanted.published else None
    except ValueError as error:
        raise DraftError(f"--published: {error}") from None
    told = manuscript.Told(wanted.outlet, wanted.title, wanted.byline, published, wanted.url)
    collection = seed_files.load(wanted.seeds) if wanted.seeds else None
    model = nlp.model(entities=collection is not None)
    gc.freeze()  # what is loaded stays: to look through it again and again takes time, and forked processes share it

    def one(file: Path) -> Made:
        try:
            read = manuscript.read(file, told)
        except UserFacingError as error:
            return Made(file, fault=str(error))
        # New words are forgotten with the article that had them: the model would keep all that it ever read.
        with model.memory_zone():
            parsed = draft.parsed(read, entities=collection is not None)
            if collection is None:
                found = attribution.outermost(attribution.attributions(parsed))
                return Made(file, lines=tuple(_spans(file, each) for each in found), notes=read.notes)
            drafted = draft.draft(read, parsed, collection)
            return Made(
                file,
                article=drafted.article,
                draft=render.render(drafted),
                text=read.content,
                statements=len(drafted.statements),
                doubtful=drafted.doubtful,
                notes=drafted.notes,
            )

    return lambda files: [one(file) for file in files]


def _spans(file: Path, found: Attribution) -> str:
    spans: dict[str, tuple[Span, ...]] = {"content": found.content, "source": found.source, "cue": found.cue}
    return json.dumps({"doc": file.stem, **spans}, ensure_ascii=False)


# Drafts on disk


def tell(made: Made, into: Path) -> None:
    """Print what came of a file: its spans, or where its draft is now and what is in it.

    Raises:
        DraftError: where nothing came of it, or it cannot be written.
    """
    if made.fault:
        raise DraftError(visible(made.fault))
    if made.draft:
        click.echo(visible(str(keep(made, into))))
        doubtful = f", {made.doubtful:,} to be looked at closely" if made.doubtful else ""
        click.echo(f"  {made.statements:,} {'statement' if made.statements == 1 else 'statements'}{doubtful}")
    for line in made.lines:
        click.echo(line)
    for note in made.notes:
        click.echo(f"{visible(str(made.file))}: {folded(note)}", err=True)


def keep(made: Made, into: Path) -> Path:
    """Write a draft, and beside it the text that it counts in; the draft's path.

    Raises:
        DraftError: where somebody's work would be lost, or it cannot be written.
    """
    for number in count(1):
        name = made.article if number == 1 else f"{made.article}-{number}"
        path = into / f"{name}{SUFFIX}"
        text = path.with_suffix(TEXT)
        if not _is_there(path) or _sum_in(path) == sha256(made.text).hexdigest():
            break
    content = made.draft.replace(f"\n  id: {made.article}\n", f"\n  id: {name}\n", 1)
    if number > 1:
        from bot.drafting.render import marked  # noqa: PLC0415

        content = marked(content)
    if _is_there(path):
        _refuse_reviewed(path)
    # The text first: a draft without it could not be reviewed.
    replace_files({text: made.text, path: content.encode()})
    return path


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a name that is too long, a folder that is closed
        raise refused(f"{path}: cannot be written", error) from None


def _sum_in(path: Path) -> str:
    """The sum of the text that a draft was made from; empty where the file cannot be read as one."""
    try:
        return DraftFile.open(path).article.text_sha256
    except UserFacingError:
        return ""


def _refuse_reviewed(path: Path) -> None:
    from bot.drafting.render import is_untouched  # noqa: PLC0415

    found = DraftFile.open(path)
    reviewed = sum(one.review is not Review.PENDING for one in found.statements)
    if is_untouched(found.text):
        return
    what = f"is reviewed in part ({reviewed} of {len(found.statements)})" if reviewed else "was edited by hand"
    raise DraftError(
        f"{path}: {what} and stays as it is; go on with `onrecord review {path.stem}`, "
        "or delete the file to draft the article anew"
    )


def find(words: str, folder: Path) -> Path:
    """The draft that was named by its path, its file's name or its article's id.

    Raises:
        DraftError: where there is none; the sentence lists those there are.
    """
    named = [path for path in (Path(words), folder / words, folder / f"{words}{SUFFIX}") if _is_file(path)]
    for path in named:
        draft = path.with_suffix(SUFFIX) if path.suffix == TEXT else path
        if draft.suffix == SUFFIX and _is_file(draft):
            return draft
    shown = brief(words, _LONG_NAME)
    what = f"“{shown}” is no draft" if named else f"there is no draft “{shown}” in {folder}"
    there = [path.stem for path in drafts(folder)]
    known = "; there are " + ", ".join(there[:20]) if there else ""
    raise DraftError(visible(f"{what}{known}; `onrecord draft FILE` makes one of an article"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, a folder that is closed
        return False


def review(path: Path, folder: Path) -> None:
    """Review a draft in the terminal, or from standard input.

    Args:
        path: the draft.
        folder: the seeds that it goes into.

    Raises:
        DraftError: where the draft cannot be reviewed; somebody else may be at it.
        SeedProblems: everything that is wrong with the draft, or with the seeds.
    """
    from rich.console import Console  # noqa: PLC0415 -- where it is missing, `draft` still works

    from bot.drafting.reviewing.desk import Desk  # noqa: PLC0415
    from bot.drafting.reviewing.review import Reviewer  # noqa: PLC0415
    from bot.drafting.reviewing.terminal import given  # noqa: PLC0415

    lock = FileLock(path.with_name(f".{path.stem}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise DraftError(f"{path}: somebody else is reviewing it; wait until they have quit") from None
    except OSError as error:
        raise refused(f"{path}: cannot be kept from others while it is reviewed", error) from None
    try:
        desk = Desk(DraftFile.open(path), seed_files.load(folder))
        Reviewer(desk, folder, Console(highlight=False), given()).run()
    finally:
        lock.release()
