"""PolNeAR, political news of 2016 with who said what, read from a copy outside this repository.

It has no licence, so nothing of it is here: neither text nor anything that a program made of it.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.drafting.values import Span
from tests.benchmarks.drafting.scores import Spans

VARIABLE: Final = "ONRECORD_POLNEAR"
_FILE: Final = re.compile(r"(?P<document>.+)_[0-9a-f]{4}\.ann")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and who is said to have said what in it."""

    file: Path
    text: str
    attributions: tuple[Spans, ...]


def copy() -> Path | str:
    """The folder of a copy, or the sentence why there is none."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return f"{VARIABLE} does not name a copy of PolNeAR"
    return Path(named) if Path(named, "dev", "text").is_dir() else f"{VARIABLE} names a folder without dev/text"


def read(folder: Path, part: str = "dev") -> Iterator[Annotated]:
    """The documents of a part, by name; of several annotators, the first one's."""
    annotated: dict[str, Path] = {}
    for path in sorted((folder / part / "attributions").glob("*.ann")):
        if found := _FILE.fullmatch(path.name):
            annotated.setdefault(found["document"], path)
    for name, path in sorted(annotated.items()):
        file = folder / part / "text" / f"{name}.txt"
        yield Annotated(file, file.read_bytes().decode(), tuple(_attributions(path.read_bytes().decode())))


def _attributions(standoff: str) -> Iterator[Spans]:
    """The attributions of one file in brat's standoff format; those without content are none."""
    pieces: dict[str, list[Span]] = {}
    events = []
    for fields in (line.split("\t") for line in standoff.split("\n")):
        if len(fields) > 1 and re.fullmatch(r"T\d+", fields[0]):
            places = fields[1].partition(" ")[2]
            if re.fullmatch(r"\d+ \d+(?:;\d+ \d+)*", places):
                pieces[fields[0]] = [_span(place) for place in places.split(";")]
        elif len(fields) > 1 and re.fullmatch(r"E\d+", fields[0]):
            events.append(fields[1])
    for event in events:
        roles: dict[str, list[Span]] = defaultdict(list)
        for part in event.split():
            role, _, key = part.partition(":")
            roles[role.rstrip("0123456789")] += pieces.get(key, [])
        if roles["Content"]:
            yield Spans(*(tuple(sorted(roles[role])) for role in ("Content", "Source", "Cue")))


def _span(place: str) -> Span:
    begin, _, end = place.partition(" ")
    return int(begin), int(end)
