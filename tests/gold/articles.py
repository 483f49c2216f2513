"""The gold set: articles, and the statements in them as somebody has marked them by hand.

A gold file names passages by their words, so that it can be read; here they become places in the text. Whatever does
not stand there, or stands there more than once without a number, is an error and no guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.drafting.values import Span
from bot.record import Dating, Kind

FOLDER: Final = Path(__file__).parent
UNSEEN: Final = FOLDER / "unseen"
COLLECTION: Final = FOLDER / "collection"
"""Seeds in which three of the speakers and their offices are known."""
GAP: Final = " […] "
"""Between two pieces of a passage: whatever stands between them in the text belongs to it."""

_NUMBERED: Final = re.compile(r"(?P<words>.+) @(?P<number>[1-9])", re.DOTALL)
_KEYS: Final = frozenset(
    "kind content source cue speaker speaker_or said said_or flagged via via_or optional split".split()
)


@dataclass(frozen=True, slots=True)
class Gold:
    """One statement as it should be drafted. Where it may be otherwise too, ``also`` says how."""

    kind: Kind
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    speakers: tuple[str | None, ...]
    """The full name, and what would do as well; None where nobody is named."""
    said: tuple[Dating | None, ...]
    """The date, and what would do as well; None where the article does not settle it."""
    flagged: bool
    """Whether it has to be marked as doubtful."""
    via: tuple[str | None, ...]
    """The agency or outlet from which the article has it; empty where that is not looked at."""
    optional: bool
    """Neither missed nor too much: something on which two curators may differ."""
    split: bool
    """May be drafted in one, or piece by piece."""
    label: str = ""
    """What to call it; its first words where that is empty."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article and what it should come to, before its passages have been found in the text."""

    path: Path
    article: dict[str, Any]
    """What should be known about it: ``published`` and, of a page, ``outlet``, ``title``, ``byline``, ``url``."""
    options: dict[str, str]
    """What whoever drafts it says on the command line."""
    statements: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        return self.path.stem

    def gold(self, text: str) -> tuple[Gold, ...]:
        """Its statements in the plain text that was made of it.

        Raises:
            ValueError: naming file, statement and passage, where one does not stand in the text as it should.
        """
        return tuple(self._gold(number, entry, text) for number, entry in enumerate(self.statements))

    def _gold(self, number: int, entry: dict[str, Any], text: str) -> Gold:
        where = f"{self.path.name}: statements[{number}]"
        if unknown := entry.keys() - _KEYS:
            raise ValueError(f"{where} has {', '.join(sorted(unknown))}, which nothing reads")
        try:
            content = tuple(_within(text, _texts(entry["content"])))
            source, cue = ((_nearest(text, words, content),) if words else () for words in _roles(entry))
        except ValueError as problem:
            raise ValueError(f"{where}.{problem}") from None
        return Gold(
            Kind(entry["kind"]),
            content,
            source,
            cue,
            (entry["speaker"], *entry.get("speaker_or", ())),
            tuple(value and Dating.parse(value) for value in (entry["said"], *entry.get("said_or", ()))),
            entry.get("flagged", False),
            (entry["via"], *entry.get("via_or", ())) if "via" in entry else (),
            entry.get("optional", False),
            entry.get("split", False),
        )


def read(folder: Path = FOLDER) -> Iterator[Marked]:
    """The articles of a folder, by name."""
    for marks in sorted(folder.glob("*.yaml")):
        (article,) = (path for path in sorted(folder.glob(f"{marks.stem}.*")) if path.suffix in {".txt", ".html"})
        entry = yaml.load(marks.read_text("utf-8"), Loader=_Plain)
        yield Marked(article, entry["article"], entry.get("options", {}), tuple(entry["statements"]))


class _Plain(yaml.SafeLoader):
    """YAML in which a date is text."""

    yaml_implicit_resolvers = {  # noqa: RUF012, as its base has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _roles(entry: dict[str, Any]) -> Iterator[str]:
    for role in ("source", "cue"):
        yield entry[role] or ""


def _places(text: str, words: str) -> list[Span]:
    """Where some words stand as whole words; white space may be of any kind."""
    pieces = (r"\s+".join(map(re.escape, piece.split())) for piece in words.split(GAP))
    pattern = ".+?".join(pieces)
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return [found.span() for found in re.finditer(f"{before}{pattern}{after}", text, re.DOTALL)]


def _within(text: str, pieces: Sequence[str]) -> Iterator[Span]:
    """Where the pieces of a content stand, each after the one before."""
    begin = 0
    for piece in pieces:
        words, number = _numbered(piece)
        places = [place for place in _places(text, words) if place[0] >= begin]
        if not places:
            raise ValueError(f"content “{words}” does not stand in the text")
        if number > len(places) or (not number and not begin and len(places) > 1):
            raise ValueError(f"content “{words}” stands there {len(places)} times; number it: “{words} @1”")
        place = places[max(0, number - 1)]
        yield place
        begin = place[1]


def _nearest(text: str, words: str, content: Sequence[Span]) -> Span:
    """Where words stand closest to a content and outside it, or where their number says."""
    words, number = _numbered(words)
    places = _places(text, words)
    if number:
        if number > len(places):
            raise ValueError(f"source or cue “{words}” stands there only {len(places)} times")
        return places[number - 1]
    outside = [place for place in places if not any(place[0] < end and begin < place[1] for begin, end in content)]
    if not outside:
        raise ValueError(f"source or cue “{words}” does not stand in the text")
    return min(outside, key=lambda place: min(_apart(place, span) for span in content))


def _numbered(piece: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(piece)
    return (found["words"], int(found["number"])) if found else (piece, 0)


def _apart(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)
