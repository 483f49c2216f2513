"""YAML as we write it: in the part of it that ``bot.corpus.yamltree`` reads, where everything is text.

New entries are rendered by PyYAML and put into a file by lines, so that nothing else in that file moves by a
character: a review reads what was added and nothing more.
"""

import io
import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any, Final

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from bot.corpus import yamltree
from bot.errors import DraftError, Problem

WIDTH: Final = 108
"""Columns after which a text goes on in the next line, as in the seeds that people wrote."""
UNBROKEN: Final = 1 << 20
"""Columns for a draft: one key, one line."""

_NULL: Final = "tag:yaml.org,2002:null"
_STEP: Final = 2
"""Columns by which what is inside stands further right."""
_ESCAPED: Final = re.compile("[\n\r\t\x85\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]")
"""What would break a line or not be seen; it is written as an escape."""


class Inline(list[Any]):
    """A list that is written in brackets, on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes text plain wherever our reader takes it for the same text, dates and figures too."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # lists stand further right than their key


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if tag in {_NULL, "tag:yaml.org,2002:merge"}]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if _ESCAPED.search(value) else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(int, lambda dumper, value: _text(dumper, str(value)))
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar(_NULL, ""))
_Dumper.add_representer(
    Inline, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)


def block(value: Mapping[str, Any], width: int = WIDTH) -> str:
    """A mapping as ``key: value`` lines, in its order."""
    return yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=width, indent=_STEP
    )


def item(value: Mapping[str, Any], column: int = _STEP, width: int = WIDTH) -> str:
    """A mapping as an entry of a list whose dashes stand in this column."""
    inner = indent(block(value, width - column - _STEP), " " * (column + _STEP))
    return f"{' ' * column}- {inner.lstrip(' ')}"


def with_entries(content: bytes, key: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """A file's bytes with entries added at the end of one of its lists; everything else stays as it is.

    Args:
        content: a sound seed file; empty for a new one.
        key: a key of its top level, which may be missing.
        entries: what is added.

    Raises:
        DraftError: where the file is such that it cannot be done.
    """
    faults: list[Problem] = []
    before = yamltree.read(content, key, faults) if content.strip() else yamltree.Tree()
    if before is None or faults:
        raise DraftError("it is not a sound seed file; `onrecord check` says where")
    listed = before.root.get(key) or []
    wanted = before.root | {key: [*(listed if isinstance(listed, list) else []), *_as_read(key, entries)]}
    for attempt in (_by_lines, _written_anew):
        made = attempt(content, key, entries)
        after = yamltree.read(made, key, faults)
        if after and after.root == wanted and not faults:
            return made
        faults.clear()
    raise DraftError(f"the list “{key}” cannot be added to; write it one “- …” a line")


def _as_read(key: str, entries: Sequence[Mapping[str, Any]]) -> list[yamltree.Value]:
    tree = yamltree.read(f"{key}:\n{''.join(map(item, entries))}".encode(), key, [])
    found = tree.root.get(key) if tree else None
    return found if isinstance(found, list) else []


def _by_lines(content: bytes, key: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """The entries stand behind the last line of the list, or of its key; or at the end of the file under a new key."""
    text = content.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    at, column, spaced = _end_of(text.removeprefix("\ufeff"), key)
    gap = "\n" if spaced else ""
    added = gap + gap.join(item(entry, column) for entry in entries)
    empty = re.compile(rf"({re.escape(key)}:)[ ]*(?:\[\s*\])?(\s*(?:#.*)?)", re.DOTALL)
    opened = next((number for number, line in enumerate(lines) if empty.fullmatch(line)), None)
    if at is None and opened is not None:
        lines[opened] = empty.sub(r"\1\2", lines[opened])
        at = opened + 1
    elif at is None:
        at = len(lines)
        added = ("\n" if lines and lines[-1].strip() else "") + f"{key}:\n{added}"
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    return "".join([*lines[:at], added.replace("\n", newline), *lines[at:]]).encode()


def _end_of(text: str, key: str) -> tuple[int | None, int, bool]:
    """Behind which line (from 1) a block list of the top level ends, where its dashes stand, and whether a blank line
    stands between its last two entries. None where there is no such list.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((value for name, value in pairs if name.value == key), None)
    if not isinstance(found, yaml.SequenceNode) or found.flow_style or not found.value:
        return None, _STEP, False
    last: yaml.Node = found
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    # The end of a block is marked where the next thing begins; that of a bracket or a word is its own.
    end = last.end_mark.line + (last.end_mark.column > 0)
    between = [entry.start_mark.line for entry in found.value[-2:]]
    spaced = len(between) > 1 and not all(line.strip() for line in text.splitlines()[between[0] : between[1]])
    return end, found.start_mark.column, spaced


def _written_anew(content: bytes, key: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """The whole file, laid out anew with its comments: for a list that stands in brackets."""
    kept = keeper(WIDTH)
    tree = kept.load(content.decode("utf-8-sig"))
    added = kept.load(f"{key}:\n{''.join(map(item, entries))}")[key]
    tree[key] = [*(tree.get(key) or []), *added]
    return dump(kept, tree).encode()


class _AllText(VersionedResolver):
    """Takes everything for text, as ``bot.corpus.yamltree`` does, but for what is not there."""

    @property
    def versioned_resolver(self) -> Any:
        return {
            first: [(tag, expression) for tag, expression in resolvers if tag == _NULL]
            for first, resolvers in super().versioned_resolver.items()
        }


def keeper(width: int = UNBROKEN) -> YAML:
    """Reads and writes a file that people write in: comments, order and quotation marks stay."""
    made = YAML()
    made.Resolver = _AllText
    made.preserve_quotes = True
    made.width = width
    made.allow_unicode = True
    made.indent(mapping=_STEP, sequence=2 * _STEP, offset=_STEP)
    return made


def dump(kept: YAML, tree: Any) -> str:
    """A tree as text."""
    stream = io.StringIO()
    kept.dump(tree, stream)
    return stream.getvalue()
