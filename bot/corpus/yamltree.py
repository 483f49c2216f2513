"""YAML as plain values, with the line of everything in it.

Seed files are written by people who do not think in YAML, so only the part of it that cannot surprise them is read:
mappings, lists and text. ``no`` is the word no and ``2018-06-19`` is text; anchors, aliases and tags are refused,
which also leaves no way to make a small file expand into a large one.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import yaml

from bot.errors import Problem

MAX_BYTES: Final = 4_000_000
MAX_DEPTH: Final = 12
_NOTHING: Final = frozenset({"", "~", "null"})

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"


@dataclass(slots=True)
class Tree:
    """A file's content, and the line (from 1) where each path in it stands."""

    root: Value = None
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
    def __init__(self, event: yaml.Event, message: str) -> None:
        super().__init__(message)
        self.line = _line(event)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def read(content: bytes, file: str, problems: list[Problem]) -> Tree | None:
    """Parse a seed file whose top level is a mapping; what is wrong with it goes to ``problems`` and makes it None."""

    def refuse(line: int, message: str) -> None:
        problems.append(Problem(file, line, message))

    if len(content) > MAX_BYTES:
        refuse(0, f"has {len(content):,} bytes; a YAML seed file may have {MAX_BYTES:,}: split it")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        refuse(line, f"byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8")
        return None
    try:
        tree = _build(text)
    except _Refused as error:
        refuse(error.line, str(error))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        refuse(mark.line + 1 if mark else 1, f"is not YAML: {error.problem or error.context}")
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        refuse(line, f"character U+{ord(text[error.position]):04X} is not allowed in YAML; delete it")
        return None
    if not isinstance(tree.root, dict):
        refuse(1, "is not a mapping; the top level must be “key: value” lines")
        return None
    return tree


def _build(text: str) -> Tree:
    """Walk the parser's events once, so that neither depth nor repetition can be turned against us."""
    tree = Tree()
    stack: list[_Open] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        match event:
            case yaml.AliasEvent():
                raise _Refused(event, f"alias *{event.anchor}: write the value out; aliases are not read")
            case yaml.DocumentStartEvent() if tree.lines:
                raise _Refused(event, "a second document starts here; one file is one document")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                _plain(event)
                if len(stack) >= MAX_DEPTH:
                    raise _Refused(event, f"nested more than {MAX_DEPTH} deep")
                value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
                path = _place(tree, stack, value, event)
                stack.append(_Open(value, path))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                stack.pop()
            case yaml.ScalarEvent():
                _plain(event)
                nothing = event.style is None and event.value.casefold() in _NOTHING
                _place(tree, stack, None if nothing else event.value, event)
    return tree


def _plain(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    if event.anchor:
        raise _Refused(event, f"anchor &{event.anchor}: anchors are not read; delete it")
    if event.tag:
        raise _Refused(event, f"tag {event.tag}: tags are not read; delete it")


def _place(tree: Tree, stack: list[_Open], value: Value, event: yaml.Event) -> Path:
    """Put a value where it belongs: into the mapping or list that is open, as its next key, or as the root."""
    line = _line(event)
    if not stack:
        tree.root = value
        tree.lines[()] = line
        return ()
    parent = stack[-1]
    if isinstance(parent.value, list):
        path = (*parent.path, len(parent.value))
        parent.value.append(value)
    elif parent.key is None:
        if not isinstance(value, str):
            raise _Refused(event, "a key must be a word")
        if value in parent.value:
            first = tree.lines[(*parent.path, value)]
            raise _Refused(event, f"key “{value}” stands here a second time (first on line {first})")
        parent.key = value
        path = (*parent.path, value)
    else:
        path = (*parent.path, parent.key)
        parent.value[parent.key] = value
        parent.key = None
        return path
    tree.lines[path] = line
    return path
