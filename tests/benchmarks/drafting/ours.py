"""`onrecord draft --spans`, as the command makes them."""

import json
from collections.abc import Sequence
from pathlib import Path

from bot.drafting import verbs
from tests.benchmarks.drafting.scores import Spans


def spans(files: Sequence[Path]) -> list[list[Spans]]:
    """The attributions in each file, on as many of this process's cores as that pays for."""
    return [[_read(line) for line in made.lines] for made in verbs.make(files, verbs.Wanted())]


def _read(line: str) -> Spans:
    found = json.loads(line)
    return Spans(*(tuple((begin, end) for begin, end in found[role]) for role in Spans._fields))
