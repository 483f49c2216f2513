"""Seeds in bulk: what is known of the files of JSON Lines once they are checked, and how they are read again.

A million statements never become a list of objects. Of each there is its id, its day and where it stands; the rest is
read when it is needed, and whoever needs much of it asks at the end whether the files still are what was checked.
"""

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pydantic_core import from_json

from bot.corpus import domain, glance, jsonlines, schema
from bot.corpus.folder import CHANGED, Place, Signature, signature, sum_of
from bot.corpus.plain import PlainStatement
from bot.errors import Problem, SeedProblems
from bot.record import Article, Citation, Dating, Speaker, Statement, Topic

SPEAKERS: Final = "speakers.jsonl"
TOPICS: Final = "topics.jsonl"
ARTICLES: Final = "articles.jsonl"
STATEMENTS: Final = "statements.jsonl"


@contextmanager
def uncollected() -> Iterator[None]:
    """Do something a million times that leaves no cycles behind: looking for them would take a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Entries:
    """Where the entries of a file stand."""

    file: str
    """As it is shown."""
    index: dict[str, int] = field(default_factory=dict)
    """Each id with its place among them, from 0, in the order of the file."""
    lines: "array[int]" = field(default_factory=lambda: array("I"))
    offsets: "array[int]" = field(default_factory=lambda: array("Q"))
    lengths: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, id_: str, line: int, offset: int, length: int) -> None:
        """Note where the next entry stands."""
        self.index[id_] = len(self.lines)
        self.lines.append(line)
        self.offsets.append(offset)
        self.lengths.append(length)

    def extend(self, ids: list[str], lines: Iterable[int], offsets: Iterable[int], lengths: Iterable[int]) -> None:
        """Note where the next entries stand, of which none is here yet."""
        self.index.update(zip(ids, count(len(self.lines)), strict=False))
        self.lines.extend(lines)
        self.offsets.extend(offsets)
        self.lengths.extend(lengths)

    def place(self, id_: str) -> Place | None:
        """The file and line of an entry; None where there is none."""
        at = self.index.get(id_)
        return None if at is None else Place(self.file, self.lines[at])

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What the files of JSON Lines hold."""

    folder: Path
    signatures: dict[str, Signature]
    sums: dict[str, str]
    """The SHA-256 of each file."""
    statements: Entries
    days: "array[int]"
    """The last day on which each statement may have been made, as an ordinal."""
    odd: set[int]
    """The places of those that are not plain, or that a YAML file reports as well."""
    articles: Entries
    published: dict[str, Dating]
    """When every article was, those in YAML files too."""

    def place(self, shown: str) -> Place | None:
        """Where a statement stands or, behind an ``@``, an article."""
        return self.articles.place(shown[1:]) if shown.startswith("@") else self.statements.place(shown)

    def refuse_changes(self) -> None:
        """Make sure that the files are what was checked.

        Raises:
            SeedProblems: where one is not.
        """
        changed = [name for name in sorted(self.signatures) if not self._holds(name)]
        if changed:
            raise SeedProblems([Problem(f"{self.folder.name}/{name}", 0, CHANGED) for name in changed])

    def _holds(self, name: str) -> bool:
        file = self.folder / name
        try:
            return signature(file) == self.signatures[name] and sum_of(file) == self.sums[name]
        except OSError:
            return False

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read the files again. Whatever goes wrong with one that was changed, the change is why.

        Raises:
            SeedProblems: where something did.
        """
        try:
            yield
        except Exception:
            self.refuse_changes()
            raise


class Reader:
    """Reads checked entries again, each from where it stands."""

    def __init__(
        self,
        bulk: Bulk,
        speakers: Mapping[str, Speaker],
        topics: Mapping[str, Topic],
        articles: Mapping[str, Article],
        reports: Mapping[str, tuple[Citation, ...]],
    ) -> None:
        self._bulk = bulk
        self._speakers = speakers
        self._topics = topics
        self._articles = articles
        self._reports = reports
        self._open: list[BinaryIO] = []
        self._statement_at = self._lines(STATEMENTS, bulk.statements)
        self._article_at = self._lines(ARTICLES, bulk.articles)

    def _lines(self, name: str, entries: Entries) -> Callable[[int], bytes]:
        """How the line of a file's entry is read."""
        if name not in self._bulk.signatures:
            return lambda _: b""
        # No memory-map: a file that somebody truncates would end the process.
        opened = (self._bulk.folder / name).open("rb", buffering=0)
        self._open.append(opened)
        seek, read = opened.seek, opened.read
        offsets, lengths = entries.offsets, entries.lengths

        def line(at: int) -> bytes:
            seek(offsets[at])
            return read(lengths[at])

        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for opened in self._open:
            opened.close()

    def plain(self, at: int) -> PlainStatement:
        """A statement that is not odd, as it stands in its file."""
        statement: PlainStatement = from_json(self._statement_at(at), cache_strings="keys")
        return statement

    def statement(self, at: int) -> Statement:
        """Any statement, with every report of it."""
        seed = schema.BulkStatementSeed.model_validate(jsonlines.parse(self._statement_at(at)))
        citation = domain.citation(self.article(seed.article), seed, seed.kind)
        citations = (citation, *self._reports.get(seed.id, ()))
        return domain.statement(seed, self._speakers, self._topics, citations)

    def article_of(self, at: int) -> str:
        """The id of the article whose wording of a statement is shown."""
        return self.statement(at).citation.article.id if at in self._bulk.odd else self.plain(at)["article"]

    def article(self, id_: str) -> Article:
        """The article with an id."""
        if id_ in self._articles:
            return self._articles[id_]
        line = self._article_at(self._bulk.articles.index[id_])
        return glance.article(line) or domain.article(schema.ArticleSeed.model_validate(jsonlines.parse(line)))
