"""Files of JSON Lines, checked line by line: what of them can be built, or every problem, each with its line.

Nearly every statement is fine at first sight (``sight.py``); only one that is not gets a close look, through the same
models as what stands in YAML, which have a sentence for everything.
"""

import hashlib
import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from bot.corpus import crew, faults, glance, jsonlines, schema, sight, yamltree
from bot.corpus.bulk import ARTICLES, SPEAKERS, STATEMENTS, TOPICS, Bulk, Entries, uncollected
from bot.corpus.crew import Crew
from bot.corpus.folder import CHANGED, Place, Signature, signature
from bot.corpus.jsonlines import Part
from bot.corpus.quotation import wording_faults
from bot.corpus.references import Known
from bot.corpus.sight import Seen
from bot.errors import MAX_PROBLEMS, Problem
from bot.record import Article, Dating, Withdrawal

MAX_REMARKS: Final = 3
"""Remarks of one kind that are made; the others are counted, since nobody mends generated data by hand."""

Progress = Callable[[int], None]
"""Told how many statements have been read since it was last told."""

Model = TypeVar("Model", bound=schema.Seed)
Entry = TypeVar("Entry", schema.SpeakerSeed, schema.TopicSeed, schema.ArticleSeed)
First = TypeVar("First", bound=Article)


class BulkCheck:
    """The files of a folder, each line against its shape, and all against each other and the YAML files.

    Speakers, topics and articles are to be read before the statements, which refer to them.
    """

    def __init__(self, folder: Path, files: Mapping[str, Signature], progress: Progress) -> None:
        self._folder = folder
        self._files = files
        self._progress = progress
        self._sums: dict[str, str] = {}
        self._ids: dict[str, dict[str, int]] = {}
        self._unread: set[str] = set()
        self._articles = Entries(f"{folder.name}/{ARTICLES}")
        self._published: dict[str, Dating] = {}
        self._statements = Entries(f"{folder.name}/{STATEMENTS}")
        self._days = array("i")
        self._odd: set[int] = set()
        self._others: dict[str, int] = {}
        """Lines of the ids that are used, but of no statement that can be built."""
        self._remarks: list[Problem] = []
        self._remarked: Counter[tuple[str, str]] = Counter()
        self.problems: list[Problem] = []
        self.more = 0
        """Problems that were not kept."""
        self.withdrawals: dict[str, Withdrawal] = {}

    def is_complete(self, name: str) -> bool:
        """Whether every id of a file could be read."""
        return name not in self._unread

    def speakers(self, taken: Mapping[str, Place]) -> list[schema.SpeakerSeed]:
        """Read the speakers; those that are sound.

        Args:
            taken: the ids that the YAML files use, and where.
        """
        found = []
        for place, _, _, speaker in self._entries(SPEAKERS, schema.SpeakerSeed, taken, _closely):
            for index, fault in faults.office_faults(speaker):
                self._note(SPEAKERS, place.line, f"offices[{index}].to: {fault}")
            found.append(speaker)
        return found

    def topics(self, taken: Mapping[str, Place], owners: dict[str, str]) -> list[schema.TopicSeed]:
        """Read the topics; those that are sound.

        Args:
            taken: the ids that the YAML files use, and where.
            owners: the topic that each of the YAML files' words means, by the folded word.
        """
        found = []
        for place, _, _, topic in self._entries(TOPICS, schema.TopicSeed, taken, _closely):
            for word in (topic.label, *topic.synonyms):
                owner = owners.setdefault(word.casefold(), topic.id)
                if owner != topic.id:
                    self.remark(place, "words that mean two topics", f"“{word}” means the topic “{owner}” already")
            found.append(topic)
        return found

    def articles(self, taken: Mapping[str, Place], published: Mapping[str, Dating]) -> None:
        """Read the articles.

        Args:
            taken: the ids that the YAML files use, and where.
            published: when the articles in YAML files were, as far as they are sound.
        """
        self._published.update(published)
        for place, offset, length, article in self._entries(ARTICLES, schema.ArticleSeed, taken, glance.article):
            self._articles.add(article.id, place.line, offset, length)
            self._published[article.id] = article.published

    def statements(self, taken: Mapping[str, Place], speakers: Known, topics: Known, articles: Known) -> None:
        """Read the statements.

        Args:
            taken: the ids that the YAML files use, and where.
            speakers: the speakers' ids.
            topics: the topics' ids.
            articles: the articles' ids.
        """
        close = (taken, speakers, topics, articles)
        file = self._folder / STATEMENTS
        workers = crew.size(self._files[STATEMENTS].size) if STATEMENTS in self._files else 0
        setup = (file, speakers.ids, topics.ids, self._published)
        with uncollected(), self._reading(STATEMENTS) as parts:
            if parts is not None:
                with Crew(sight.begin, *setup, size=workers) as looking:
                    for seen in looking.map(parts):
                        self._take(seen, close)
                        self._progress(len(seen))

    def _take(self, seen: Seen, close: tuple[Mapping[str, Place], Known, Known, Known]) -> None:
        """Keep what is fine of a part of the file, and have a close look at the rest, in the order of the lines."""
        ids, done = list(seen.fine.index), 0
        for odd in seen.odd:
            self._keep(ids[done : odd.after], seen, done, close[0])
            self._look_closely(odd.line, odd.offset, odd.content, *close)
            done = odd.after
        self._keep(ids[done:], seen, done, close[0])

    def _keep(self, ids: list[str], seen: Seen, start: int, taken: Mapping[str, Place]) -> None:
        fine, end = seen.fine, start + len(ids)
        if all(used.keys().isdisjoint(ids) for used in (self._statements.index, self._others, taken)):
            self._statements.extend(ids, fine.lines[start:end], fine.offsets[start:end], fine.lengths[start:end])
            self._days.extend(seen.days[start:end])
            return
        for at, id_ in enumerate(ids, start):
            first = taken.get(id_) or self.place(id_)
            if first:
                self._note_used(STATEMENTS, fine.lines[at], id_, first)
            else:
                self._statements.add(id_, fine.lines[at], fine.offsets[at], fine.lengths[at])
                self._days.append(seen.days[at])

    def reported(self, id_: str) -> schema.BulkStatementSeed | None:
        """A statement of which a YAML file has another report; None where there is none that is sound."""
        at = self._statements.index.get(id_)
        if at is None:
            return None
        try:
            with (self._folder / STATEMENTS).open("rb") as opened:
                opened.seek(self._statements.offsets[at])
                line = opened.read(self._statements.lengths[at])
            return schema.BulkStatementSeed.model_validate(jsonlines.parse(line))
        except (OSError, ValueError):
            self._note(STATEMENTS, 0, CHANGED)
            return None

    def place(self, id_: str) -> Place | None:
        """Where an id of a statement is used, whatever the statement is worth."""
        line = self._others.get(id_)
        return Place(self._statements.file, line) if line else self._statements.place(id_)

    def ids(self, name: str) -> set[str]:
        """Every id of a file, whatever its entry is worth."""
        return set(self._ids.get(name, ())) if name != STATEMENTS else {*self._statements.index, *self._others}

    def result(self) -> Bulk:
        """What the files hold, where there is no problem."""
        return Bulk(
            folder=self._folder,
            signatures=dict(self._files),
            sums=self._sums,
            statements=self._statements,
            days=self._days,
            odd=self._odd,
            articles=self._articles,
            published=self._published,
        )

    # A line

    @contextmanager
    def _reading(self, name: str) -> Iterator[Iterator[Part] | None]:
        """The parts of a file, whose sum is taken on the way; None where there is no such file."""
        if name not in self._files:
            yield None
            return
        digest = hashlib.sha256()
        path = self._folder / name
        try:
            with path.open("rb", buffering=0) as opened:
                yield jsonlines.parts(opened, digest.update)
                read = Signature.of(os.fstat(opened.fileno()))
        except OSError as error:
            self._unread.add(name)
            self._note(name, 0, f"cannot be read: {os.strerror(error.errno or 0)}")
            return
        self._sums[name] = digest.hexdigest()
        if not self._files[name] == read == signature(path):
            self._note(name, 0, CHANGED)

    def _lines(self, name: str) -> Iterator[tuple[int, int, bytes]]:
        """Number, offset and content of each line of a file that is not blank."""
        with self._reading(name) as parts:
            if parts is None:
                return
            with (self._folder / name).open("rb", buffering=0) as opened:
                for part in parts:
                    for number, (offset, line) in enumerate(jsonlines.lines(opened, part), part.line):
                        if line and not line.isspace():
                            yield number, offset, line

    def _entries(
        self,
        name: str,
        model: type[Entry],
        taken: Mapping[str, Place],
        at_first_sight: Callable[[bytes], First | None],
    ) -> Iterator[tuple[Place, int, int, Entry | First]]:
        used = self._ids.setdefault(name, {})
        for line, offset, content in self._lines(name):
            entry: Entry | First | None = at_first_sight(content)
            if entry:
                id_: str | None = entry.id
            else:
                value = self._value(name, line, content)
                if value is None:
                    continue
                entry = self._sound(name, line, model, value)
                id_ = _id_in(value)
            if id_ is None:
                self._unread.add(name)
                continue
            first = taken.get(id_) or used.setdefault(id_, line)
            if first != line:
                self._note_used(name, line, id_, first)
            elif entry:
                yield Place(f"{self._folder.name}/{name}", line), offset, len(content), entry

    def _value(self, name: str, line: int, content: bytes) -> dict[str, Any] | None:
        try:
            return jsonlines.parse(content)
        except ValueError as error:
            self._unread.add(name)
            self._note(name, line, str(error))
            return None

    def _sound(self, name: str, line: int, model: type[Model], value: dict[str, Any]) -> Model | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for path, sentence in faults.sentences(error, model, json=True):
                self._note(name, line, f"{faults.dotted(path)}: {sentence}")
            return None

    # A statement

    def _look_closely(self, line: int, offset: int, content: bytes, taken: Mapping[str, Place], *known: Known) -> None:
        value = self._value(STATEMENTS, line, content)
        if value is None:
            return
        entry = self._sound(STATEMENTS, line, schema.bulk_entry(value), value)
        id_ = _id_in(value)
        if id_ is None:
            self._unread.add(STATEMENTS)
            return
        first = taken.get(id_) or self.place(id_)
        if first:
            self._note_used(STATEMENTS, line, id_, first)
        day = None
        if isinstance(entry, schema.BulkStatementSeed):
            day = self._hold(line, entry, *known)
        elif entry:
            self.withdrawals[id_] = Withdrawal(id_, entry.withdrawn.on, entry.withdrawn.why)
        if first:
            return
        if day is None:
            self._others[id_] = line
        else:
            self._odd.add(len(self._statements))
            self._statements.add(id_, line, offset, len(content))
            self._days.append(day)

    def _hold(
        self, line: int, entry: schema.BulkStatementSeed, speakers: Known, topics: Known, articles: Known
    ) -> int | None:
        """Hold a statement against everything else; the last day it may have been made on, where it can be built."""
        before = len(self.problems) + self.more
        self._refer(line, ("speaker",), speakers, entry.speaker)
        for number, topic in enumerate(entry.topics):
            self._refer(line, ("topics", number), topics, topic)
        self._refer(line, ("article",), articles, entry.article)
        for fault in wording_faults(entry.kind, entry.text):
            self._note(STATEMENTS, line, f"text: {fault}")
        published = self._published.get(entry.article)
        if published is None or len(self.problems) + self.more > before:
            return None
        if entry.said and sight.is_after(entry.said, published):
            after = f"“{entry.said.edtf}” is after the article was published, {published.edtf}"
            self.remark(
                Place(self._statements.file, line),
                "statements said after their article was published",
                f"said: {after}",
            )
        return (entry.said or published).latest.toordinal()

    def _refer(self, line: int, path: yamltree.Path, known: Known, id_: str) -> None:
        if not known.lack(id_):
            return
        if len(self.problems) < MAX_PROBLEMS:  # to look for what may have been meant takes milliseconds
            self._note(STATEMENTS, line, f"{faults.dotted(path)}: {known.fault(id_)}")
        else:
            self.more += 1

    # What is told

    def _note(self, name: str, line: int, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(f"{self._folder.name}/{name}", line, message))
        else:
            self.more += 1

    def _note_used(self, name: str, line: int, id_: str, first: Place | int) -> None:
        place = first if isinstance(first, Place) else Place(f"{self._folder.name}/{name}", first)
        same = place.file == f"{self._folder.name}/{name}"
        where = f"on line {place.line}" if same else f"in {place.file}:{place.line}"
        self._note(name, line, f"id: “{yamltree.brief(id_)}” is already used {where}; each may be there once")

    def remark(self, place: Place, others: str, message: str) -> None:
        """Tell what would have to be mended in a file that somebody writes by hand.

        Args:
            place: where it stands.
            others: what it is one of, where there are too many to be told.
            message: the sentence.
        """
        self._remarked[place.file, others] += 1
        if self._remarked[place.file, others] <= MAX_REMARKS:
            self._remarks.append(Problem(place.file, place.line, message))

    @property
    def remarks(self) -> list[Problem]:
        """The first remarks of each kind, and how many more there are."""
        return self._remarks + [
            Problem(file, 0, f"and {count - MAX_REMARKS:,} more {others}")
            for (file, others), count in self._remarked.items()
            if count > MAX_REMARKS
        ]


def _closely(_: bytes) -> None:
    """Nothing is known at first sight."""


def _id_in(value: dict[str, Any]) -> str | None:
    """The id of an entry, whatever else is wrong with it."""
    id_ = value.get("id")
    return " ".join(id_.split()) if isinstance(id_, str) else None
