"""One process owns a data folder; and how a shell reaches that process."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.errors import AlreadyRunning, UserFacingError
from bot.state import State
from bot.state.actions import OPERATOR, Action, Fate, Verb

RELOADS: Final = getattr(signal, "SIGHUP", None)
"""The signal that asks the process for a reload; None on Windows, which has no such signals."""

_LOCK: Final = "running.lock"
_PROCESS: Final = "running.pid"

_GLANCE: Final = 0.3
"""Seconds to wait for the lock: somebody may only be looking whether it is held."""

_ANSWERS_WITHIN: Final = 10.0
_LOOKS_EVERY: Final = 0.05


@contextlib.contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process alone. The operating system lets go of it however the process ends.

    Raises:
        AlreadyRunning: where another process holds it.
        UserFacingError: where the folder cannot be written.
    """
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_GLANCE)
    except Timeout:
        raise AlreadyRunning(
            f"another On Record runs on {folder}; stop it, or give this one its own data.dir"
        ) from None
    except OSError as error:
        raise UserFacingError(f"the data folder {folder} cannot be written ({error.strerror}); set data.dir") from error
    try:
        with contextlib.suppress(OSError):  # a full disk: then no shell can reach us, and that is all
            (folder / _PROCESS).write_text(str(os.getpid()))
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / _PROCESS).unlink()
        lock.release()


def reload(folder: Path, state_file: Path) -> Action:
    """Ask the process that owns the data folder to reload the seeds, and wait for what comes of it.

    Raises:
        UserFacingError: where none runs, it cannot be reached, or does not answer.
    """
    process = _owner(folder)
    if RELOADS is None:
        raise UserFacingError("this system cannot tell a running process to reload; use /seeds reload in the chat")
    state = State.reading(state_file)
    if state is None:
        raise UserFacingError(f"process {process} has not opened {state_file} yet; try again in a moment")
    with contextlib.closing(state):
        last = max((action.number for action in state.actions(1)), default=0)
        _tell(process)
        return _outcome(state, last, process)


def _tell(process: int, what: int = RELOADS or 0) -> None:
    try:
        os.kill(process, what)
    except OSError as error:
        raise UserFacingError(f"process {process} cannot be reached ({error.strerror}); ask as its user") from error


def _outcome(state: State, last: int, process: int) -> Action:
    """What came of the operator's first reload after the entry ``last`` of the log."""
    patience = time.monotonic() + _ANSWERS_WITHIN
    while True:
        found = [
            action for action in state.actions(after=last) if action.by == OPERATOR and action.action is Verb.RELOAD
        ]
        if found and found[-1].fate not in {Fate.BEGUN, Fate.PREVIEWED}:
            return found[-1]
        if not found and time.monotonic() > patience:
            raise UserFacingError(f"process {process} does not answer; is it starting still, is its disk full?")
        _tell(process, 0)  # which does nothing to it, but shows that it is there
        time.sleep(_LOOKS_EVERY)


def _owner(folder: Path) -> int:
    """The process that holds the data folder.

    The number in the file may be of a process long gone, and belong to another by now; the lock cannot lie.
    """
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        with contextlib.suppress(OSError, ValueError):
            return int((folder / _PROCESS).read_text())
        raise UserFacingError(f"On Record runs on {folder}, but does not say as which process; restart it") from None
    except OSError:
        pass
    else:
        lock.release()
    raise UserFacingError(f"no On Record runs on {folder}; `onrecord run` takes the seeds up when it starts")
