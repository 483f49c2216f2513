"""Statements in bulk at first sight: which lines are surely fine, said in microseconds each.

Nearly every line is. What is not may still be: only a close look tells, and has a sentence for what is wrong. It is the
same for every line, whatever else the file holds, so several processes may share it.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import gt
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pydantic_core import from_json

from bot.corpus import jsonlines
from bot.corpus.bulk import Entries, uncollected
from bot.corpus.fields import MAX_TOPICS, dating
from bot.corpus.glance import without_escapes
from bot.corpus.jsonlines import Part
from bot.corpus.plain import PlainStatement, are_plain, are_plain_ids
from bot.corpus.quotation import are_plainly_worded, wording_faults
from bot.record import MAX_WORDING, Dating, Kind

_REQUIRED: Final = PlainStatement.__required_keys__
_ALLOWED: Final = _REQUIRED | PlainStatement.__optional_keys__
_KINDS: Final = frozenset(map(str, Kind))
_DATES: Final = 100_000
"""Dates that are remembered: more than most collections know."""
_TOGETHER: Final = 48
"""Lines that are looked at together."""
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

    def note(self, first: int, lines: list[tuple[int, bytes]], plains: list[Any], days: Sequence[int | None]) -> None:
        """Note the next lines.

        Args:
            first: the number of the first.
            lines: the offset and content of each.
            plains: what stands on them.
            days: the last day of each that is fine.
        """
        fine = self.fine
        if None not in days:
            ids = [plain["id"] for plain in plains]
            if fine.index.keys().isdisjoint(ids) and len(set(ids)) == len(ids):
                lengths = [len(content) for _, content in lines]
                fine.extend(ids, range(first, first + len(ids)), [offset for offset, _ in lines], lengths)
                self.days.extend(cast(Sequence[int], days))
                return
        for number, ((offset, content), plain, day) in enumerate(zip(lines, plains, days, strict=True), first):
            if day is not None and plain["id"] not in fine.index:
                fine.add(plain["id"], number, offset, len(content))
                self.days.append(day)
            elif content and not content.isspace():
                self.odd.append(Odd(len(self.days), number, offset, content))

    def __len__(self) -> int:
        return len(self.days) + len(self.odd)


class _LastDays(dict[str, int]):
    """The last day of each date that was met, as an ordinal."""

    def __missing__(self, edtf: str) -> int:
        if len(self) >= _DATES:
            self.clear()
        day = self[edtf] = dating(edtf).latest.toordinal()
        return day


class FirstSight:
    """Looks at statements, knowing what they may refer to."""

    def __init__(self, speakers: set[str], topics: set[str], published: Mapping[str, Dating]) -> None:
        self._speakers = speakers
        self._topics = topics
        self._published = published
        self._last = {id_: when.latest.toordinal() for id_, when in published.items()}
        self._said = _LastDays()
        self._asides: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Which keys, in which order, have been met that a statement may have; and which of them are asides."""

    def look(self, opened: BinaryIO, part: Part) -> Seen:
        """Look at every line of a part."""
        seen = Seen()
        lines, first = jsonlines.lines(opened, part), part.line
        while some := list(islice(lines, _TOGETHER)):
            contents = [content for _, content in some]
            plains = [_parsed(content) for content in contents]
            days = self._look(plains, contents)
            seen.note(first, some, plains, days)
            first += len(some)
        return seen

    def _look(self, plains: list[Any], contents: list[bytes]) -> Sequence[int | None]:
        """What ``days`` says of some lines; where they are not all fine, of each half of them, down to one."""
        try:
            found = self.days(plains, contents)
        except (ValueError, TypeError, LookupError, AttributeError):  # whatever one of them is, it is not plain
            found = None
        if found is not None:
            return found
        if len(plains) == 1:
            return [None]
        half = len(plains) // 2
        return [*self._look(plains[:half], contents[:half]), *self._look(plains[half:], contents[half:])]

    def days(self, plains: list[PlainStatement], contents: list[bytes]) -> list[int] | None:
        """The last day that each statement may have been made on; None where they are not all surely fine.

        A look at all takes little more than a look at one.

        Args:
            plains: what may be statements.
            contents: the lines they were read from.

        Raises:
            ValueError, TypeError, LookupError, AttributeError: where one is none.
        """
        asides = dict.fromkeys(chain.from_iterable(map(self._asides_of, set(map(tuple, plains)))))
        kinds, texts = [plain["kind"] for plain in plains], [plain["text"] for plain in plains]
        abouts, said = [plain["topics"] for plain in plains], [plain.get("said") for plain in plains]
        articles = [plain["article"] for plain in plains]
        published = [self._last[article] for article in articles]
        if not self._speakers.issuperset([plain["speaker"] for plain in plains]) or not _KINDS.issuperset(kinds):
            return None
        if set(map(type, abouts)) != {list} or max(map(len, abouts)) > MAX_TOPICS:
            return None
        about = list(chain.from_iterable(abouts))
        if not self._topics.issuperset(about):
            return None
        worded = _pieces(texts)
        lines = b"\n".join(contents)
        escaped = b"\\" in lines
        told = {name: _those_of(plains, name) for name in asides}
        # Each key and each text stands in quotation marks, and a key that stands there twice has too many of them: no
        # line has too few that would make up for it. JSON knows no control characters but the one, unless escaped.
        unsaid = sum(list(plain.values()).count(None) for plain in plains) if b"null" in lines else 0
        strings = 2 * sum(map(len, plains)) - 2 * len(plains) - unsaid + len(about) + len(worded)
        if without_escapes(lines).count(b'"') != 2 * strings or b"\x7f" in lines:
            return None
        if not are_plain_ids([plain["id"] for plain in plains]):
            return None
        if not are_plain(worded, MAX_WORDING, escaped=escaped):
            return None
        if not all(are_plain(texts, _ASIDES[name], escaped=escaped) for name, texts in told.items()):
            return None
        if not _are_well_worded(kinds, texts):
            return None
        days = [last if text is None else self._said[text] for text, last in zip(said, published, strict=True)]
        if any(map(gt, days, published)):
            dated = zip(said, articles, days, published, strict=True)
            later = [(text, article) for text, article, day, last in dated if text and day > last]
            if any(is_after(dating(text), self._published[article]) for text, article in later):
                return None
        return days

    def _asides_of(self, shape: tuple[str, ...]) -> tuple[str, ...]:
        """The keys of asides among those of a statement.

        Raises:
            LookupError: where no statement has just these.
        """
        asides = self._asides.get(shape)
        if asides is None:
            if not _REQUIRED <= set(shape) <= _ALLOWED:
                raise LookupError
            asides = self._asides[shape] = tuple(name for name in shape if name in _ASIDES)
        return asides


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


def _parsed(content: bytes) -> Any:
    """What is on a line; nothing where that is not JSON."""
    try:
        return from_json(content, cache_strings="keys")
    except ValueError:
        return None


def _those_of(plains: list[PlainStatement], aside: str) -> list[str]:
    return [text for plain in cast(list[dict[str, Any]], plains) if (text := plain.get(aside)) is not None]


def _pieces(texts: list[str | list[str]]) -> list[str]:
    """The pieces of all wordings.

    Raises:
        TypeError, ValueError: where one is no wording, or has no pieces.
    """
    if set(map(type, texts)) == {str}:
        return cast(list[str], texts)
    pieces: list[str] = []
    for text in texts:
        if not text or type(text) not in {str, list}:
            raise ValueError
        pieces += [text] if isinstance(text, str) else text
    return pieces


def _are_well_worded(kinds: list[str], texts: list[str | list[str]]) -> bool:
    """Whether nothing is wrong with wordings, given their kinds."""
    for kind in set(kinds):
        wordings = [text for is_, text in zip(kinds, texts, strict=True) if is_ == kind]
        whole = [text for text in wordings if isinstance(text, str)]
        if len(whole) == len(wordings) and are_plainly_worded(kind, whole):
            continue
        for text in wordings:
            if any(wording_faults(Kind(kind), (text,) if isinstance(text, str) else tuple(text))):
                return False
    return True
