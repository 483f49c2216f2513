"""Every error On Record raises on purpose.

OnRecordError
└── UserFacingError         its text is the reply: what is wrong, where, and what to do about it
    ├── SettingsError       a setting that cannot be used
    ├── TokenError          no token, or one that Discord refuses
    ├── AlreadyRunning      another process owns the data folder
    ├── SeedProblems        the seeds cannot be built; carries every problem found
    ├── GenerationError     a generation that cannot be read or written
    ├── NotADate            words that name no date
    ├── NoSuchZone          words that name no time zone
    ├── NotAllowed          something that only others may do
    ├── NotYours            a button that answers only the person who asked
    └── NoLongerThere       what a button pointed at has left the collection
"""

from collections.abc import Sequence
from dataclasses import dataclass


class OnRecordError(Exception):
    """The root of every error On Record raises on purpose."""


class UserFacingError(OnRecordError):
    """An error whose text may be shown as it stands to whoever caused it."""


class SettingsError(UserFacingError):
    """A setting that cannot be used."""


class TokenError(UserFacingError):
    """No token, or one that Discord refuses. Never carries the token."""


class AlreadyRunning(UserFacingError):
    """Another process owns the data folder."""


class GenerationError(UserFacingError):
    """A generation that cannot be read or written."""


class NotADate(UserFacingError):
    """Words that name no date."""


class NotAllowed(UserFacingError):
    """Something that only others may do."""


class NoSuchZone(UserFacingError):
    """Words that name no time zone."""


class NotYours(UserFacingError):
    """A button that answers only the person who asked."""


class NoLongerThere(UserFacingError):
    """What a button pointed at has left the collection."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with the seeds: the file, the line (from 1; 0 for the file as a whole), and a sentence."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class SeedProblems(UserFacingError):
    """Everything that is wrong with a set of seeds, at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
