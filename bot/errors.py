"""Every error On Record raises on purpose.

OnRecordError
└── UserFacingError         its text is the reply: what is wrong, where, and what to do about it
    ├── SettingsError       a setting that cannot be used
    ├── TokenError          no token, or one that Discord refuses
    ├── AlreadyRunning      another process owns the data folder
    ├── SeedProblems        the seeds cannot be built; carries every problem found
    ├── GenerationError     a generation that cannot be read or written
    ├── ProcessDied         the process that prepares a generation
    ├── CrewLost            a process that has a share in that work
    ├── DraftError          an article that cannot be drafted from
    ├── NotNow              somebody else is at it, or it is too soon
    ├── NotADate            words that name no date
    ├── NoSuchZone          words that name no time zone
    ├── NotAllowed          something that only others may do
    ├── NotYours            a button that answers only the person who asked
    └── NoLongerThere       what a button pointed at has left the collection
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_PROBLEMS: Final = 1_000
"""Problems that are listed; whoever generates seeds may make a million mistakes of one kind."""


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


class ProcessDied(UserFacingError):
    """The process that prepares a generation ended without a word of what came of it."""

    def __init__(self, code: int, last_words: str) -> None:
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        super().__init__(f"The process that checks and builds {how}; nothing was changed. Try again.")
        self.last_words = last_words
        """What it said on its standard error: for the log, not for a chat."""


class CrewLost(UserFacingError):
    """A process that has a share in long work ended without a word."""


class DraftError(UserFacingError):
    """An article that cannot be drafted from."""


class NotNow(UserFacingError):
    """Somebody else is at it, or it is too soon."""


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
    """Everything that is wrong with a set of seeds, at once; of very much, the first thousand and how many more."""

    def __init__(self, problems: Sequence[Problem], more: int = 0) -> None:
        found = sorted(set(problems))
        self.problems = tuple(found[:MAX_PROBLEMS])
        self.more = more + len(found) - len(self.problems)
        """Problems that are not listed."""
        rest = [f"and {self.more:,} more {'problem' if self.more == 1 else 'problems'}"] if self.more else []
        super().__init__("\n".join([*map(str, self.problems), *rest]))
