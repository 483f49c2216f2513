"""Ids that one part of the seeds refers to and another holds."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.corpus.yamltree import brief


@dataclass(frozen=True)
class Known:
    """The ids that others may refer to."""

    what: str
    """What they are the ids of."""
    where: str
    """Where one would be added."""
    ids: set[str]
    complete: bool
    """Whether all of them could be read, so that one that is not there is missing."""

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.ids)

    def lack(self, id_: str) -> bool:
        """Whether an id is surely not there."""
        return self.complete and id_ not in self.ids

    def fault(self, id_: str) -> str:
        """The sentence for an id that is not there."""
        close = process.extractOne(id_, self._sorted, scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean “{brief(close[0])}”?" if close else f"add it to {self.where} first"
        return f"there is no {self.what} “{id_}”; {hint}"
