"""YAML as plain values, with the line of everything in it.

Seed files are written by people who do not think in YAML, so only the part of it that cannot surprise them is read:
mappings, lists and text. ``no`` is the word no and ``2018-06-19`` is text; anchors, aliases and tags are refused,
which also leaves no way to make a small file expand into a large one.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import yaml

from bot.errors import Problem

MAX_BYTES: Final = 4_000_000
MAX_VALUES: Final = 100_000
"""Keys, texts, lists and mappings of one file: far more than a person writes, and few enough to check in a second."""
MAX_DEPTH: Final = 12
_UNFIT: Final = re.compile(f"{yaml.reader.Reader.NON_PRINTABLE.pattern}|[\x85\u2028\u2029]")
"""What YAML forbids, and what it takes for line breaks that no editor counts."""
_NOTHING: Final = frozenset({"", "~", "null"})

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"
Refuse: TypeAlias = Callable[[int, str], None]
"""Told the line (0 for the file as a whole) and the sentence of each thing that is wrong."""

_OPENED: Final = frozenset(
    {"while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"}
)
"""What the parser was doing when the mistake stands where something was opened, not where its end was missed."""

_ADVICE: Final = {
    "mapping values are not allowed in this context": "a text with “: ” in it must stand in quotation marks",
    "found character that cannot start any token": "indent with spaces, not tabs; a text that begins with @, ` or % "
    "must stand in quotation marks",
    "did not find expected alphabetic or numeric character": "a text that begins with * or & must stand in quotation "
    "marks",
    "found unexpected end of stream": "a quotation mark opens here and is never closed",
    "did not find expected ',' or ']'": "a list opens here with [; close it with ], and put texts with a comma or "
    "bracket in quotation marks",
    "did not find expected ',' or '}'": "a mapping opens here with {; close it with }, and put texts with a comma or "
    "brace in quotation marks",
    "did not find expected node content": "something is missing here between brackets, commas or colons",
    "did not find expected key": "check the indentation; quotation marks must stand around the whole text",
    "could not find expected ':'": "a key needs a colon and a space after it",
}


@dataclass(slots=True)
class Tree:
    """A file's content, and the line (from 1) where each path in it stands."""

    root: dict[str, Value] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    value: list[Value] | dict[str, Value]
    path: Path
    key: str | None = None


class _Refused(Exception):
    """The rest of the file is not worth reading."""

    def __init__(self, event: yaml.Event, message: str) -> None:
        super().__init__(message)
        self.line = _line(event)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def brief(text: str, limit: int = 60) -> str:
    """Somebody's text as it may stand in a sentence of ours: one line, printable, not long."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut)


def read(content: bytes, file: str, problems: list[Problem]) -> Tree | None:
    """Parse a seed file whose top level is a mapping; what is wrong with it goes to ``problems``.

    None where nothing further can be said about the file before that is mended.
    """
    faults: list[Problem] = []

    def refuse(line: int, message: str) -> None:
        faults.append(Problem(file, line, message))

    tree = _read(content, refuse)
    problems += faults
    return tree


def _read(content: bytes, refuse: Refuse) -> Tree | None:
    if len(content) > MAX_BYTES:
        refuse(0, f"has {len(content):,} bytes; a YAML seed file may have {MAX_BYTES:,}: split it")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind a byte order mark.
        at = error.start + (3 if content.startswith(codecs.BOM_UTF8) else 0)
        refuse(content.count(b"\n", 0, at) + 1, f"byte {content[at]:#04x} is not UTF-8; save the file as UTF-8")
        return None
    unfit = _UNFIT.search(text)
    if unfit:
        line = text.count("\n", 0, unfit.start()) + 1
        refuse(line, f"holds the invisible character U+{ord(unfit.group()):04X}; delete it")
        return None
    try:
        return _build(text, refuse)
    except _Refused as error:
        refuse(error.line, str(error))
    except yaml.MarkedYAMLError as error:
        opened = error.context in _OPENED
        mark = (error.context_mark if opened else error.problem_mark) or error.context_mark or error.problem_mark
        problem = error.problem or error.context or ""
        # What is missed at the end of the file is marked behind its last line.
        line = min(mark.line, len(text.splitlines()) - 1) + 1 if mark else 1
        refuse(line, f"is not YAML: {_ADVICE.get(problem, brief(problem))}")
    except yaml.YAMLError as error:
        refuse(0, f"is not YAML: {brief(str(error))}")
    return None


def _build(text: str, refuse: Refuse) -> Tree | None:
    """Walk the parser's events once, so that neither depth nor repetition can be turned against us."""
    tree = Tree()
    root: Value = None
    whole = True
    stack: list[_Open] = []
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if count > MAX_VALUES:
            raise _Refused(event, f"holds more than {MAX_VALUES:,} values up to here: split the file")
        match event:
            case yaml.DocumentStartEvent() if tree.lines:
                raise _Refused(event, "a second document starts here; one file is one document, so delete the “---”")
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                stack.pop()
                continue
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent() if len(stack) >= MAX_DEPTH:
                raise _Refused(event, f"is nested more than {MAX_DEPTH} deep; nothing in a seed file is")
            case yaml.NodeEvent():
                pass
            case _:
                continue
        for fault in _surprises(event):
            refuse(_line(event), fault)
            whole = False
        value = _value(event)
        path = _place(tree, stack, value, event, refuse)
        if not stack:
            root = value
        if isinstance(value, list | dict):
            stack.append(_Open(value, path))
    if not isinstance(root, dict):
        refuse(1, "is empty; write “key: value” lines" if root is None else "is not made of “key: value” lines")
        return None
    tree.root = root
    return tree if whole else None


def _surprises(event: yaml.NodeEvent) -> Iterator[str]:
    if isinstance(event, yaml.AliasEvent):
        yield f"alias *{brief(event.anchor or '')}: aliases are not read; write the value out, or quote the text"
        return
    if event.anchor:
        yield f"anchor &{brief(event.anchor)}: anchors are not read; delete it, or put the text in quotation marks"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
        yield f"tag {brief(event.tag)}: tags are not read; delete it, or put the text in quotation marks"


def _value(event: yaml.NodeEvent) -> Value:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    if not isinstance(event, yaml.ScalarEvent):
        return None
    text: str = event.value
    # The C parser writes the style of a plain scalar as "", the Python one as None.
    return None if not event.style and text.casefold() in _NOTHING else text


def _place(tree: Tree, stack: list[_Open], value: Value, event: yaml.Event, refuse: Refuse) -> Path:
    """Put a value where it belongs: into the mapping or list that is open, as its next key, or as the root."""
    line = _line(event)
    path: Path = ()
    if stack:
        parent = stack[-1]
        if isinstance(parent.value, list):
            path = (*parent.path, len(parent.value))
            parent.value.append(value)
        elif parent.key is None:
            if not isinstance(value, str):
                raise _Refused(event, "a key must be a word")
            if value in parent.value:
                first = tree.lines[(*parent.path, value)]
                refuse(line, f"key “{brief(value)}” stands here a second time (first on line {first}); delete one")
            parent.key = value
            path = (*parent.path, value)
        else:
            path = (*parent.path, parent.key)
            parent.value[parent.key] = value
            parent.key = None
            return path
    tree.lines[path] = line
    return path
