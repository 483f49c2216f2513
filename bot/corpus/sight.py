"""Statements in bulk at first sight: which lines are surely fine, said in microseconds each.

Nearly every line is. What is not may still be: only a close look tells, and has a sentence for what is wrong. It is the
same for every line, whatever else the file holds, so several processes may share it.
"""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from pydantic_core import from_json

from bot.corpus import jsonlines, schema
from bot.corpus.bulk import Entries, uncollected
from bot.corpus.jsonlines import Part
from bot.corpus.schema import PlainStatement
from bot.record import MAX_WORDING, Dating, Kind

_REQUIRED: Final = PlainStatement.__required_keys__
_ALLOWED: Final = _REQUIRED | PlainStatement.__optional_keys__
_KINDS: Final = frozenset(map(str, Kind))
_ASIDES: Final = {"basis": 200, "occasion": 200, "via": 100, "described_as": 100}
"""Texts that may stand beside the wording, and how long each may be."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A line that needs a close look."""

    after: int
    """How many fine ones come before it."""
    line: int
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """What a part of a file holds."""

    fine: Entries = field(default_factory=lambda: Entries(""))
    days: "array[int]" = field(default_factory=lambda: array("i"))
    """The last day on which each of the fine ones may have been made, as an ordinal."""
    odd: list[Odd] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.days) + len(self.odd)


class FirstSight:
    """Looks at statements, knowing what they may refer to."""

    def __init__(self, speakers: set[str], topics: set[str], published: Mapping[str, Dating]) -> None:
        self._speakers = speakers
        self._topics = topics
        self._published = published
        self._asides: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Which keys, in which order, have been met that a statement may have; and which of them are asides."""

    def look(self, opened: BinaryIO, part: Part) -> Seen:
        """Look at every line of a part."""
        seen = Seen()
        ids, add, days = seen.fine.index, seen.fine.add, seen.days
        for number, (offset, content) in enumerate(jsonlines.lines(opened, part), part.line):
            try:
                plain = from_json(content, cache_strings="keys")
                day = self.day(plain, content)
            except (ValueError, TypeError, LookupError, AttributeError):  # whatever it is, it is not plain
                day = None
            if day is not None and plain["id"] not in ids:
                add(plain["id"], number, offset, len(content))
                days.append(day)
            elif content and not content.isspace():
                seen.odd.append(Odd(len(days), number, offset, content))
        return seen

    def day(self, plain: PlainStatement, content: bytes) -> int | None:
        """The last day a statement may have been made on; None where it is not surely fine.

        Args:
            plain: what may be a statement.
            content: the line it was read from.

        Raises:
            ValueError, TypeError, LookupError, AttributeError: where it is none.
        """
        shape = tuple(plain)
        asides = self._asides.get(shape)
        if asides is None:
            if not _REQUIRED <= plain.keys() <= _ALLOWED:
                return None
            asides = self._asides[shape] = tuple(name for name in shape if name in _ASIDES)
        kind, text, about = plain["kind"], plain["text"], plain["topics"]
        published = self._published.get(plain["article"])
        if published is None or plain["speaker"] not in self._speakers or kind not in _KINDS:
            return None
        if type(about) is not list or len(about) > schema.MAX_TOPICS or not self._topics.issuperset(about):
            return None
        if type(text) is not str and type(text) is not list:
            return None
        pieces = (text,) if isinstance(text, str) else tuple(text)
        # Each key and each text stands in quotation marks, and a key that stands there twice has too many of them.
        strings = 2 * len(plain) - 2 + len(about) + len(pieces)
        if "said" in plain and plain["said"] is None:
            strings -= 1
        escaped = b"\\" in content
        for aside in asides:
            told = plain[aside]  # type: ignore[literal-required]
            if told is None:
                strings -= 1
            elif not schema.is_plain(told, _ASIDES[aside], escaped=escaped):
                return None
        # JSON knows no control characters but the one, unless they are escaped.
        if (_without_escapes(content) if escaped else content).count(b'"') != 2 * strings or b"\x7f" in content:
            return None
        if not pieces or not schema.is_plain_id(plain["id"]):
            return None
        for piece in pieces:
            if not schema.is_plain(piece, MAX_WORDING, escaped=escaped):
                return None
        if not schema.is_plainly_worded(kind, pieces) and any(schema.wording_faults(Kind(kind), pieces)):
            return None
        said = plain.get("said")
        if said is None:
            return published.latest.toordinal()
        when = schema.dating(said)
        if when.latest > published.latest and is_after(when, published):
            return None
        return when.latest.toordinal()


def begin(file: Path, speakers: set[str], topics: set[str], published: Mapping[str, Dating]) -> Callable[[Part], Seen]:
    """How a member of a crew looks at a part of a file."""
    sight = FirstSight(speakers, topics, published)

    def look(part: Part) -> Seen:
        with uncollected(), file.open("rb", buffering=0) as opened:
            return sight.look(opened, part)

    return look


def is_after(said: Dating, published: Dating) -> bool:
    """Whether something was surely said after it was published, which cannot be."""
    return bool(said.earliest and said.earliest > published.latest and not published.mark)


def _without_escapes(content: bytes) -> bytes:
    return content.replace(b"\\\\", b"").replace(b'\\"', b"")
