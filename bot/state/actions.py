"""The log of what was done to the collection, or tried: by whom, when, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from bot.state.file import StateFile, seconds


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to the collection: somebody in a server, or the operator at a shell."""

    name: str
    person: int | None = None
    """The id of the user; None for who is none on Discord."""
    guild: int | None = None

    def is_same(self, other: "Actor") -> bool:
        """Whether this is the same one, perhaps elsewhere or under a new name."""
        return self.person == other.person and (self.person is not None or self.name == other.name)


OPERATOR: Final = Actor("operator")
"""Whoever has a shell."""

ITSELF: Final = Actor("the bot itself")


class Verb(StrEnum):
    """What can be done to the collection, or asked of it."""

    CHECK = "check"
    RELOAD = "reload"
    ROLLBACK = "rollback"
    STATUS = "status"
    START = "start"
    REPAIR = "repair"


class Fate(StrEnum):
    """What came of an action."""

    BEGUN = "begun"
    """Under way, or cut off."""
    REFUSED = "refused"
    """By somebody who may not."""
    WAITING = "put off"
    """Somebody else was at it, or it was too soon."""
    PROBLEMS = "problems"
    """The seeds cannot be built, or change in silence what has been shown."""
    FAILED = "failed"
    FAULTLESS = "no fault"
    UNCHANGED = "nothing changed"
    PREVIEWED = "previewed"
    """Built, and waiting for a confirmation."""
    SERVED = "served"
    """The generation is the one on loan."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Nobody confirmed it in time."""
    INTERRUPTED = "interrupted"
    """The process ended meanwhile."""


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the log: who did what when, and what came of it."""

    number: int
    at: datetime
    by: Actor
    action: Verb
    fate: Fate
    generation: str
    """Of the generation that was built, served or gone back to; empty where there was none."""
    detail: str


MAX_ACTIONS: Final = 10_000
"""Entries of the log that are kept: nobody may fill the disk with attempts that are refused."""

_WHOLE: Final = 50
_BRIEF: Final = 500
"""How many entries keep every problem they list, and how many characters of it the others do."""


class ActionLog(StateFile):
    """The log of actions."""

    def begin(
        self, by: Actor, action: Verb, now: datetime, fate: Fate = Fate.BEGUN, generation: str = "", detail: str = ""
    ) -> int:
        """Log an action that begins, or that came to nothing at once; its number in the log."""
        with self._db.atomic():
            number = self._db.execute(
                "insert into actions (at, person, name, guild, action, outcome, generation, detail) "
                "values (:at, :person, :name, :guild, :action, :outcome, :generation, :detail)",
                {
                    "at": seconds(now),
                    "person": by.person,
                    "name": by.name,
                    "guild": by.guild,
                    "action": str(action),
                    "outcome": str(fate),
                    "generation": generation,
                    "detail": detail,
                },
            ).lastrowid
            assert number is not None
            self._db.execute("delete from actions where id <= :oldest", {"oldest": number - MAX_ACTIONS})
            self._db.execute(
                "update actions set detail = substr(detail, 1, :brief) where id = :id",
                {"brief": _BRIEF, "id": number - _WHOLE},
            )
        return number

    def end(self, number: int, fate: Fate, generation: str = "", detail: str = "") -> None:
        """Log what came of an action; a generation and details that are not given stay as they are."""
        self._change(
            "update actions set outcome = :outcome, generation = coalesce(nullif(:generation, ''), generation), "
            "detail = coalesce(nullif(:detail, ''), detail) where id = :id",
            id=number,
            outcome=str(fate),
            generation=generation,
            detail=detail,
        )
        # A timer that tries the same again and again, to the same end, would push everything else out of sight.
        self._change(
            "delete from actions where id = (select max(id) from actions where id < :id) and person is null and "
            "(name, action, outcome, generation, detail) = "
            "(select name, action, outcome, generation, detail from actions where id = :id)",
            id=number,
        )

    def actions(self, limit: int = MAX_ACTIONS, *, after: int = 0) -> list[Action]:
        """The latest entries of the log that come after a number, latest first."""
        return list(self._actions("id > :after order by id desc limit :limit", after=after, limit=limit))

    def last_served(self, generation: str) -> Action | None:
        """The action that brought a generation on loan last."""
        condition = "generation = :generation and outcome = :served order by id desc limit 1"
        return next(self._actions(condition, generation=generation, served=str(Fate.SERVED)), None)

    def _actions(self, condition: str, **parameters: Any) -> Iterator[Action]:
        for row in self._db.query(f"select * from actions where {condition}", parameters):
            yield Action(
                number=row["id"],
                at=datetime.fromtimestamp(row["at"], UTC),
                by=Actor(row["name"], row["person"], row["guild"]),
                action=Verb(row["action"]),
                fate=Fate(row["outcome"]),
                generation=row["generation"],
                detail=row["detail"],
            )
