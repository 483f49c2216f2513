"""What is counted at once, and read where it is looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar, overload

E = TypeVar("E")

_STRETCH: Final = 100
"""Entries that are read at a time for whoever goes through all of them."""


class Listing(Sequence[E]):
    """Entries in a fixed order, however many: an index reads one, a slice reads those in it."""

    def __init__(self, size: int, read: Callable[[int, int], list[E]]) -> None:
        """``read`` is told how many entries to read, and how many of them come before."""
        self._size = size
        self._read = read

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> E: ...

    @overload
    def __getitem__(self, at: slice) -> list[E]: ...

    def __getitem__(self, at: int | slice) -> E | list[E]:
        places = range(self._size)[at]
        if isinstance(places, int):
            return self._read(1, places)[0]
        return self._read(len(places), places.start) if places else []

    def __iter__(self) -> Iterator[E]:
        for first in range(0, self._size, _STRETCH):
            yield from self[first : first + _STRETCH]
