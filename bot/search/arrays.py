"""A file of named arrays, read by memory-map: opened in a millisecond, however large, and never copied.

It begins with sixteen bytes (a mark and the length of what follows), then a table of contents in JSON, then the arrays
one behind the other, each at a multiple of eight bytes, in the byte order of the machine that wrote it.
"""

import contextlib
import json
import mmap
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from bot.errors import GenerationError

_MARK: Final = b"onrecord"
_ALIGNED: Final = 8
_START: Final = 16

Numbers = memoryview
"""An array in the file: indexed, sliced and searched by ``bisect`` like a list of ints."""


class Arrays:
    """The arrays of one file."""

    def __init__(self, mapped: mmap.mmap, contents: dict[str, list[object]], start: int) -> None:
        self._mapped = mapped
        self._whole = memoryview(mapped)
        self._views: dict[str, Numbers] = {}
        for name, (code, offset, size) in contents.items():
            assert isinstance(code, str)
            assert isinstance(offset, int)
            assert isinstance(size, int)
            if start + offset + size > len(mapped):
                raise ValueError(f"{name} ends behind the file")
            self._views[name] = self._whole[start + offset : start + offset + size].cast(code)  # type: ignore[call-overload]

    @classmethod
    def open(cls, file: Path, version: int) -> Self:
        """Map a file of this version.

        Raises:
            GenerationError: where it is missing, damaged, or was written by another version or for another machine.
        """
        try:
            with file.open("rb") as opened:
                mapped = _mapped(opened.fileno())
            length = int.from_bytes(mapped[len(_MARK) : _START])
            if mapped[: len(_MARK)] != _MARK or _START + length > len(mapped):
                raise ValueError("it is no index")
            head = json.loads(mapped[_START : _START + length])
            if (head["version"], head["order"]) != (version, sys.byteorder):
                raise ValueError(f"it has version {head['version']}, this program reads {version}")
            return cls(mapped, head["arrays"], _START + length)
        except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise GenerationError(f"{file.name} cannot be read ({reason}): build it anew") from error

    def __getitem__(self, name: str) -> Numbers:
        return self._views[name]

    def text(self, start: int, end: int, name: str) -> bytes:
        """Some bytes of an array of them."""
        return bytes(self._views[name][start:end])

    def close(self) -> None:
        """Give the file back; where somebody still holds a part of an array, with that."""
        for view in self._views.values():
            view.release()
        self._views.clear()
        self._whole.release()
        with contextlib.suppress(BufferError):
            self._mapped.close()


def _mapped(descriptor: int) -> mmap.mmap:
    """A file in memory, all of it at once where the system can do that: each page that is met later costs a fault."""
    if hasattr(mmap, "MAP_POPULATE"):
        return mmap.mmap(descriptor, 0, flags=mmap.MAP_SHARED | mmap.MAP_POPULATE, prot=mmap.PROT_READ)
    return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)


def write(file: Path, version: int, arrays: Mapping[str, "array[int] | bytes"]) -> None:
    """Write a file of arrays.

    Raises:
        OSError: where the disk does not take it.
    """
    contents: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, held in arrays.items():
        code, size = ("B", len(held)) if isinstance(held, bytes) else (held.typecode, len(held) * held.itemsize)
        contents[name] = (code, offset, size)
        offset += size + -size % _ALIGNED
    head = json.dumps({"version": version, "order": sys.byteorder, "arrays": contents}).encode()
    head += b" " * (-(_START + len(head)) % _ALIGNED)
    with file.open("wb") as opened:
        opened.write(_MARK + len(head).to_bytes(_START - len(_MARK)) + head)
        for held in arrays.values():
            size = opened.write(held)
            opened.write(bytes(-size % _ALIGNED))
