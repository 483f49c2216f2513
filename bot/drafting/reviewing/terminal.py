"""Where keys and lines come from: somebody at a keyboard, or a pipe."""

import sys
from collections.abc import Iterator
from typing import Protocol

import click


class Input(Protocol):
    """Where keys and lines come from. Both raise EOFError where nothing more will come."""

    def key(self) -> str:
        """One key."""
        ...

    def line(self, prompt: str, prefill: str = "") -> str:
        """A line, with something in it to begin with; KeyboardInterrupt where it was given up."""
        ...


class Terminal:
    """Somebody at a keyboard: a key needs no Enter, a line can be edited."""

    def key(self) -> str:
        """One key."""
        return click.getchar()

    def line(self, prompt: str, prefill: str = "") -> str:
        """A line, with something in it to begin with."""
        try:
            import readline  # noqa: PLC0415 -- Windows has none: there the line begins empty
        except ImportError:
            return input(f"{prompt}: ")
        readline.set_startup_hook(lambda: readline.insert_text(prefill))
        try:
            return input(f"{prompt}: ")
        finally:
            readline.set_startup_hook(None)


class Lines:
    """A pipe or a file: a key is the first letter of a line, and an empty line leaves what was there."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._before = ("", "")

    def key(self) -> str:
        """The first letter of the next line."""
        return self._next().strip()[:1] or "\n"

    def line(self, prompt: str, prefill: str = "") -> str:
        """The next line; an empty one is what it begins with, unless that was given just now and has been refused."""
        refused, self._before = self._before, (prompt, self._next().strip())
        words = self._before[1]
        return words or ("" if refused == (prompt, prefill) else prefill)

    def _next(self) -> str:
        try:
            return next(self._lines).rstrip("\r\n")
        except StopIteration:
            raise EOFError from None


def given() -> Input:
    """What standard input is."""
    return Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Lines(iter(sys.stdin.readline, ""))
