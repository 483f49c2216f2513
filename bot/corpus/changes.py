"""What one generation changes of what another shows, and which of it nobody has accounted for.

The record may be corrected, but never in silence: a statement's words, its speaker or its date change only together
with a ``corrected`` that says so, and a statement goes only where a ``withdrawn`` stays behind. ``comparison`` finds
what changes.
"""

import json
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.corpus.bulk import STATEMENTS
from bot.corpus.folder import ARTICLES, Place
from bot.corpus.seeds import Seeds
from bot.errors import Problem
from bot.record import Correction, Withdrawal

WHY: Final = "…"
"""Stands where somebody has to write why."""

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Entry]):
    """How many there are, and the first of them."""

    total: int
    first: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is new, another than before, or gone."""

    id: str
    speaker: str
    """The name."""
    article: str
    """The id of the article whose wording is shown."""
    what: tuple[str, ...] = ()
    """Of a changed one, what is another than before: “wording”, “speaker”, “date” …; “withdrawn” of one that was."""


@dataclass(frozen=True, slots=True)
class ArticleChanges:
    """How many of the statements shown as an article words them are new, others than before, or gone."""

    id: str
    outlet: str
    title: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Beside:
    """How many of what stands beside the statements are new, others than before, or gone."""

    what: str
    """“speakers”, “articles” …"""
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Uncorrected:
    """Something shown that changes in silence, and what has to be added to the seeds so that it does not."""

    id: str
    article: str
    """The id of its article; empty where only a withdrawal was left of it."""
    what: tuple[str, ...]
    """What is another than before: “wording”, “speaker”, “date”; or “statement”, “correction”, “withdrawal”: what is
    gone."""
    missing: Correction | Withdrawal
    instead: bool = False
    """Whether it takes the place of an earlier correction, which tells nothing of this."""

    @property
    def line(self) -> str:
        """What is missing, as a line of an article file."""
        match self.missing:
            case Correction(on, was, why):
                return f"corrected: {{on: {on}, was: {_quoted(was)}, why: {_quoted(why)}}}"
            case Withdrawal(statement, on, why):
                return f"- {{id: {_quoted(statement)}, withdrawn: {{on: {on}, why: {_quoted(why)}}}}}"

    @property
    def field(self) -> str:
        """What is missing, for a line of a JSON Lines file: a statement's field, or all that is left of a statement."""
        match self.missing:
            case Correction(on, was, why):
                return f'"corrected": {_quoted({"on": str(on), "was": was, "why": why})}'
            case Withdrawal(statement, on, why):
                return _quoted({"id": statement, "withdrawn": {"on": str(on), "why": why}})


@dataclass(frozen=True, slots=True)
class Changes:
    """What another generation changes. Statements come newest first."""

    added: Listed[Change]
    changed: Listed[Change]
    removed: Listed[Change]
    articles: Listed[ArticleChanges]
    """The articles that have any of these, those with the most first."""
    beside: tuple[Beside, ...]
    """Whatever else has changed."""
    uncorrected: Listed[Uncorrected]

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.added.total or self.changed.total or self.removed.total or self.beside)


def problems(changes: Changes, seeds: Seeds) -> list[Problem]:
    """What changes in silence, each with the place and the line that has to be added there.

    At most ``MAX_PROBLEMS``, of ``changes.uncorrected.total``.
    """
    return [_problem(entry, seeds) for entry in changes.uncorrected.first]


def _quoted(value: object) -> str:
    """As JSON, which is YAML as well."""
    return json.dumps(value, ensure_ascii=False)


def _problem(entry: Uncorrected, seeds: Seeds) -> Problem:
    stands = isinstance(entry.missing, Correction)
    place = seeds.place(entry.id if stands else f"@{entry.article}") or _whole(seeds)
    in_bulk = place.file.endswith(".jsonl")
    where = "" if stands else f" in {STATEMENTS}" if in_bulk else " under statements"
    why = ", and say why" if entry.missing.why == WHY else ""
    line = entry.field if in_bulk else entry.line
    return Problem(place.file, place.line, f"{entry.id}: {_demand(entry)}{where}{why}: {line}")


def _whole(seeds: Seeds) -> Place:
    """Where to put what is left of a statement whose article is gone as well."""
    folder = seeds.bulk.folder.name
    return Place(f"{folder}/{ARTICLES}" if seeds.articles else f"{folder}/{STATEMENTS}", 0)


def _demand(entry: Uncorrected) -> str:
    """What has changed in silence, and what to do with the line that is missing."""
    match entry.missing, entry.what:
        case Correction(), ("correction",):
            return "its correction is gone; put it back"
        case Correction(), ("withdrawal",):
            return "it was withdrawn and is there again, and nothing says so; add to it"
        case Correction(), what:
            changed = f"its {' and '.join(what)} changed after it was shown"
            same = " (or, of the same speaker, add the earlier name to the aliases)" if "speaker" in what else ""
            if entry.instead:
                return f"{changed}, and its correction tells of another change; put in place of that{same}"
            return f"{changed}, and nothing says so; add to it{same}"
        case _, ("statement",):
            return "it is gone, and nothing says so; leave this of it"
    return "it was withdrawn, and nothing says so any more; put this back"
