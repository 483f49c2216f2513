"""Statements in bulk at first sight: which lines are surely fine, said in microseconds each.

Nearly every line is. What is not may still be: only a close look tells, and has a sentence for what is wrong. It is the
same for every line, whatever else the file holds, so several processes may share it.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import TypeAdapter

from bot.corpus import jsonlines, schema
from bot.corpus.bulk import Entries, uncollected
from bot.corpus.jsonlines import Part
from bot.corpus.schema import PlainStatement
from bot.record import Dating, Kind

_PLAIN: Final = TypeAdapter(PlainStatement).validator


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

    def look(self, opened: BinaryIO, part: Part) -> Seen:
        """Look at every line of a part."""
        seen = Seen()
        ids, add, days = seen.fine.index, seen.fine.add, seen.days
        for number, (offset, content) in enumerate(jsonlines.lines(opened, part), part.line):
            try:
                plain: PlainStatement = _PLAIN.validate_json(content)
                day = self.day(plain, content)
            except ValueError:
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
            plain: the statement.
            content: the line it was read from.

        Raises:
            ValueError: where it is dated, but not with a date.
        """
        published = self._published.get(plain["article"])
        about = plain["topics"]
        if published is None or plain["speaker"] not in self._speakers or not self._topics.issuperset(about):
            return None
        text = plain["text"]
        pieces = (text,) if isinstance(text, str) else tuple(text)
        # Each key and each text stands in quotation marks, and a key that stands there twice has too many of them.
        strings = 2 * len(plain) - 2 + len(about) + len(pieces)
        if None in plain.values():
            strings -= list(plain.values()).count(None)
        escaped = b"\\" in content
        if (_without_escapes(content) if escaped else content).count(b'"') != 2 * strings:
            return None
        if (escaped or not content.isascii()) and not all(map(str.isprintable, _shown(plain, pieces))):
            return None
        if not schema.is_plainly_worded(plain["kind"], pieces) and any(
            schema.wording_faults(Kind(plain["kind"]), pieces)
        ):
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


def _shown(plain: PlainStatement, pieces: tuple[str, ...]) -> Iterator[str]:
    """What is shown of a statement, and has to be printable."""
    yield from pieces
    for aside in (plain.get("basis"), plain.get("occasion"), plain.get("via"), plain.get("described_as")):
        if aside:
            yield aside
