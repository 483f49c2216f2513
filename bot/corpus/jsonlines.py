"""JSON Lines as plain values: one object a line, and no file too large.

A file is read as a stream; a line is a sentence's worth of data, so whatever is wrong with it can be said at once.
"""

import codecs
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from bot.corpus.folder import BLOCK
from bot.corpus.yamltree import MAX_DEPTH, brief

MAX_LINE: Final = 250_000
"""Bytes of one line: a speaker with a thousand names, and far more than any statement."""

_ADVICE: Final = {
    "Extra data": "something follows the object; one {…} a line, with no comma between two lines",
    "Expecting value": "a value is missing or not in quotation marks",
    "Expecting property name enclosed in double quotes": "a key in double quotation marks is missing, or a comma is "
    "one too many",
    "Illegal trailing comma before end of object": "a comma is one too many",
    "Illegal trailing comma before end of array": "a comma is one too many",
    "Expecting ':' delimiter": "a colon is missing after a key",
    "Expecting ',' delimiter": "a comma or the closing bracket is missing, or a quotation mark in a text lacks its \\",
    "Unterminated string starting at": "a quotation mark opens here and is never closed; a line break in a text is "
    "written \\n",
    "Invalid control character at": "a control character stands in a text",
    "Invalid \\escape": "a \\ in a text is written \\\\",
    "Invalid \\uXXXX escape": "four hexadecimal digits must follow \\u",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a file: those from one offset to another, and the number of the first."""

    start: int
    end: int
    line: int


def parts(opened: BinaryIO, told: Callable[[bytes], None]) -> Iterator[Part]:
    """The lines of a file, about ``BLOCK`` bytes at a time.

    Args:
        opened: the file.
        told: is given every block that is read.
    """
    start, at, line = 0, 0, 1
    while block := opened.read(BLOCK):
        told(block)
        end = block.rfind(b"\n")
        if end >= 0:
            yield Part(start, at + end + 1, line)
            start, line = at + end + 1, line + block.count(b"\n")
        at += len(block)
    if at > start:
        yield Part(start, at, line)


def lines(opened: BinaryIO, part: Part) -> Iterator[tuple[int, bytes]]:
    """Each line with the offset it starts at; one that is too long is cut behind ``MAX_LINE``."""
    offset, cut, rest = part.start, 0, b""
    left = part.end - part.start
    opened.seek(offset)
    while block := opened.read(min(BLOCK, left)):
        left -= len(block)
        if not offset and not rest and block.startswith(codecs.BOM_UTF8):
            offset, block = len(codecs.BOM_UTF8), block[len(codecs.BOM_UTF8) :]
        whole = (rest + block).split(b"\n")
        rest = whole.pop()
        for line in whole:
            yield offset, line
            offset += len(line) + cut + 1
            cut = 0
        if len(rest) > MAX_LINE:
            cut += len(rest) - MAX_LINE - 1
            rest = rest[: MAX_LINE + 1]
    if rest:
        yield offset, rest


def parse(line: bytes) -> dict[str, Any]:
    """The object on a line.

    Raises:
        ValueError: with a sentence that says what is there instead.
    """
    if len(line) > MAX_LINE:
        raise ValueError(f"has more than {MAX_LINE:,} bytes; nothing in a seed file is as long: split it")
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {line[error.start]:#04x} is not UTF-8; save the file as UTF-8") from None
    try:
        # What a number is does not matter: there are none in a seed file, and a long one would take long to read.
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse, parse_int=len, parse_float=len)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {_advice(error)}, at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError(f"is nested more than {MAX_DEPTH} deep; nothing in a seed file is") from None
    if not isinstance(value, dict):
        raise ValueError("is not an object; write one {…} a line, without [ and ] around them all")
    return value


def _advice(error: json.JSONDecodeError) -> str:
    if error.pos == 0 and not error.doc.lstrip().startswith("{"):
        return "an object {…} must stand here"
    if error.doc.strip() in {"[", "]"}:
        return "one {…} a line, without [ and ] around them all"
    return _ADVICE.get(error.msg.removesuffix(": "), brief(error.msg))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"key “{brief(twice)}” stands here a second time; delete one")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"holds {constant}, which is not JSON; leave out what is not known")
