"""Seed files to domain objects, or every problem at once, each with its file and line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import TypeAdapter

from bot.corpus import domain, faults, folder, schema, yamltree
from bot.corpus.bulk import Bulk, Reader
from bot.corpus.bulkcheck import BulkCheck, Progress
from bot.corpus.fields import Span
from bot.corpus.folder import Place, Snapshot
from bot.corpus.quotation import wording_faults
from bot.corpus.references import Known
from bot.corpus.yamltree import Tree
from bot.errors import Problem, SeedProblems
from bot.record import (
    Article,
    Citation,
    Collection,
    Event,
    Kind,
    OfficeName,
    Speaker,
    Statement,
    Topic,
    Withdrawal,
)

_SHAPES: Final[dict[str, type[schema.Seed]]] = {
    "collection.yaml": schema.CollectionSeed,
    "speakers.yaml": schema.SpeakersFile,
    "topics.yaml": schema.TopicsFile,
    "events.yaml": schema.EventsFile,
}
_SAMPLE: Final = 1 << 16
"""Bytes from which the number of lines in a large file is guessed."""

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Seeds:
    """A checked collection. Nothing in it refers to anything that is not there."""

    collection: Collection
    speakers: tuple[Speaker, ...]
    office_names: tuple[OfficeName, ...]
    topics: tuple[Topic, ...]
    statements: tuple[Statement, ...]
    """Those of the YAML files; the others are in ``bulk``."""
    events: tuple[Event, ...]
    withdrawals: tuple[Withdrawal, ...]
    bulk: Bulk
    articles: dict[str, Article]
    """Those of the YAML files, by id."""
    reports: dict[str, tuple[Citation, ...]]
    """What YAML files report of statements in bulk, by statement."""
    fingerprint: str
    """SHA-256 over the names and bytes of the files it was read from."""
    places: dict[str, Place]
    """Where the wordings in YAML files stand, by ``statement`` id or, for a further report, ``statement@article``;
    ``@article`` is where an article's sum stands."""
    spans: dict[str, tuple[Span, ...]]
    """Where the wordings in YAML files stand in their articles' texts, by ``statement@article``; those that say so."""
    remarks: tuple[Problem, ...] = ()
    """What a curator should look at, though it can be built: citations that contradict each other."""

    @property
    def count(self) -> int:
        """How many statements there are."""
        return len(self.statements) + len(self.bulk.statements)

    def place(self, shown: str) -> Place | None:
        """Where something stands, whatever sort of file it stands in; ``shown`` is as in ``places``."""
        return self.places.get(shown) or self.bulk.place(shown)

    def read_bulk(self) -> Reader:
        """Read the statements in bulk: a context, and best one in ``bulk.steady()``.

        Raises:
            OSError: where their files are gone.
        """
        speakers = {speaker.id: speaker for speaker in self.speakers}
        topics = {topic.id: topic for topic in self.topics}
        return Reader(self.bulk, speakers, topics, self.articles, self.reports)

    def every_statement(self) -> Iterator[Statement]:
        """All of them, in no order that means anything.

        Raises:
            SeedProblems: where the files in bulk were changed meanwhile.
        """
        yield from self.statements
        with self.bulk.steady(), self.read_bulk() as bulk:
            yield from map(bulk.statement, range(len(self.bulk.statements)))


def load(path: Path, progress: Progress = lambda _: None) -> Seeds:
    """Read and check a folder of seeds.

    Args:
        path: the folder.
        progress: told how many statements in bulk have been read since it was last told.

    Raises:
        SeedProblems: everything that is wrong with it.
    """
    problems: list[Problem] = []
    snapshot = folder.read(path, problems)
    checked = _Checked(path, snapshot, problems, progress)
    if problems or checked.bulk.problems:
        raise SeedProblems(problems + checked.bulk.problems, checked.bulk.more)
    return checked.seeds()


def fingerprint(path: Path) -> str | None:
    """The fingerprint the folder's seeds would have, without checking them; None where they cannot be read."""
    problems: list[Problem] = []
    snapshot = folder.read(path, problems)
    try:
        sums = {name: folder.sum_of(path / name) for name in snapshot.bulk}
    except OSError:
        return None
    changed = any(folder.signature(path / name) != taken for name, taken in snapshot.bulk.items())
    return None if problems or changed else folder.fingerprint(snapshot, sums)


def about(path: Path) -> int:
    """About how many statements in bulk a folder holds, for a progress bar; 0 where there are none."""
    file = path / "statements.jsonl"
    try:
        if not file.is_file():  # a pipe would be waited for
            return 0
        with file.open("rb") as opened:
            sample = opened.read(_SAMPLE)
            size = opened.seek(0, 2)
    except OSError:
        return 0
    return size * sample.count(b"\n") // len(sample) if sample else 0


_SPEAKER: Final = TypeAdapter(schema.SpeakerSeed)
_OFFICE_NAME: Final = TypeAdapter(schema.OfficeNameSeed)
_TOPIC: Final = TypeAdapter(schema.TopicSeed)
_EVENT: Final = TypeAdapter(schema.EventSeed)
_STATEMENT: Final[TypeAdapter[schema.StatementSeed | schema.WithdrawnSeed | schema.UnreviewedSeed]] = TypeAdapter(
    schema.StatementEntry
)
_REPORT: Final = TypeAdapter(schema.ReportSeed)


@dataclass(frozen=True, slots=True)
class _File:
    """An article file: where everything stands, and what of it has no fault of its own, by index."""

    name: str
    tree: Tree
    article: schema.ArticleSeed | None
    statements: dict[int, schema.StatementSeed]
    withdrawn: dict[int, schema.WithdrawnSeed]
    reports: dict[int, schema.ReportSeed]

    def place(self, path: yamltree.Path) -> Place:
        """Where something in it stands."""
        return Place(self.name, self.tree.line(path))


class _Checked:
    """The files of a folder, each against its own shape and all against each other.

    A fault in one entry hides none in another: whatever is sound by itself is held against the rest.
    """

    def __init__(self, path: Path, snapshot: Snapshot, problems: list[Problem], progress: Progress) -> None:
        self._folder = path.name
        self._problems = problems
        self._snapshot = snapshot
        self.places: dict[str, Place] = {}
        self.spans: dict[str, tuple[Span, ...]] = {}
        self.remarks: list[Problem] = []
        self.bulk = BulkCheck(path, snapshot.bulk, progress)

        self._complete = not problems  # a file that could not be read may hold what another refers to
        self._trees: dict[str, Tree] = {}
        for name, content in sorted(snapshot.texts.items()):
            tree = yamltree.read(content, f"{path.name}/{name}", problems)
            if tree:
                self._trees[name] = tree
                faults.check(_SHAPES.get(name, schema.ArticleFile), tree, f"{path.name}/{name}", problems)
        self._files = [self._file(name) for name in self._trees if name not in _SHAPES]
        self._all_read = self._complete and len(self._trees) == len(snapshot.texts)

        self._speakers = self._entries("speakers.yaml", "speakers", _SPEAKER)
        self._office_names = self._entries("speakers.yaml", "offices", _OFFICE_NAME)
        self._topics = self._entries("topics.yaml", "topics", _TOPIC)
        self._events = self._entries("events.yaml", "events", _EVENT)
        self._check_speakers()
        self._check_topics()
        self._check_events()
        self._check_articles()
        self._check_reports()

    def _file(self, name: str) -> _File:
        tree = self._trees[name]
        entries = schema.valid_entries(_STATEMENT, tree, "statements")
        return _File(
            f"{self._folder}/{name}",
            tree,
            schema.valid(schema.ArticleSeed, tree.root.get("article")),
            {index: entry for index, entry in entries.items() if isinstance(entry, schema.StatementSeed)},
            {index: entry for index, entry in entries.items() if isinstance(entry, schema.WithdrawnSeed)},
            schema.valid_entries(_REPORT, tree, "also_reports"),
        )

    def _entries(self, name: str, key: str, entry: TypeAdapter[Entry]) -> dict[int, Entry]:
        return schema.valid_entries(entry, self._trees.get(name), key)

    def _note(self, place: Place, path: yamltree.Path, message: str) -> None:
        self._problems.append(Problem(place.file, place.line, f"{faults.dotted(path)}: {message}"))

    def _place(self, name: str, path: yamltree.Path) -> Place:
        return Place(f"{self._folder}/{name}", self._trees[name].line(path))

    def _known(self, what: str) -> Known:
        """The ids of speakers or topics that may be referred to."""
        name, bulk = f"{what}s.yaml", f"{what}s.jsonl"
        tree = self._trees.get(name)
        ids = self.bulk.ids(bulk) | (set(schema.ids(tree, f"{what}s").values()) if tree else set())
        not_needed = self._complete and bulk in self._snapshot.bulk and name not in self._snapshot.texts
        complete = (tree is not None or not_needed) and self.bulk.is_complete(bulk)
        there = name in self._snapshot.texts or bulk not in self._snapshot.bulk
        return Known(what, name if there else bulk, ids, complete)

    def _first(self, seen: dict[str, Place], place: Place, path: yamltree.Path, words: str, id_: str = "") -> None:
        """Note what is there a second time; ``words`` say it, ``id_`` is what may be there once, if not they."""
        first = seen.setdefault(id_ or words, place)
        if first is not place:
            where = f"on line {first.line}" if first.file == place.file else f"in {first.file}:{first.line}"
            self._note(place, path, f"“{yamltree.brief(words)}” is already used {where}; each may be there once")

    def _unique(self, name: str, key: str) -> dict[str, Place]:
        seen: dict[str, Place] = {}
        if name in self._trees:
            for path, id_ in schema.ids(self._trees[name], key).items():
                self._first(seen, self._place(name, path), path, id_)
        return seen

    def _check_speakers(self) -> None:
        name = "speakers.yaml"
        taken = self._unique(name, "speakers")
        for index, speaker in self._speakers.items():
            for number, message in faults.office_faults(speaker):
                path: yamltree.Path = ("speakers", index, "offices", number, "to")
                self._note(self._place(name, path), path, message)
        self._bulk_speakers = self.bulk.speakers(taken)
        listed = len(schema.listed(self._trees.get(name), "speakers")) + len(self.bulk.ids("speakers.jsonl"))
        speakers = (*self._speakers.values(), *self._bulk_speakers)
        if len(speakers) < listed or not self.bulk.is_complete("speakers.jsonl"):
            return  # an office of somebody whose entry has a fault is not unheld
        held = {(office.title, office.organisation) for who in speakers for office in who.offices}
        seen: dict[str, Place] = {}
        for index, named in self._office_names.items():
            path = ("offices", index)
            self._first(seen, self._place(name, path), path, f"{named.title}, {named.organisation}")
            if (named.title, named.organisation) not in held:
                message = f"nobody in this file is {named.title}, {named.organisation}; correct it or delete it"
                self._note(self._place(name, path), path, message)

    def _check_topics(self) -> None:
        taken = self._unique("topics.yaml", "topics")
        owners: dict[str, str] = {}
        for index, topic in self._topics.items():
            for number, word in enumerate((topic.label, *topic.synonyms)):
                path = ("topics", index, "synonyms", number - 1) if number else ("topics", index, "label")
                owner = owners.setdefault(word.casefold(), topic.id)
                if owner != topic.id:
                    message = f"“{word}” means the topic “{owner}” already; leave it to one of the two"
                    self._note(self._place("topics.yaml", path), path, message)
        self._bulk_topics = self.bulk.topics(taken, owners)

    def _check_events(self) -> None:
        seen: dict[str, Place] = {}
        for index, event in self._events.items():
            path = ("events", index, "id") if event.id else ("events", index)
            words = event.id or event.description
            self._first(seen, self._place("events.yaml", path), path, words, domain.event(event).id)

    def _check_articles(self) -> None:
        speakers, topics = self._known("speaker"), self._known("topic")
        articles: dict[str, Place] = {}
        statements: dict[str, Place] = {}
        for file in self._files:
            if file.article:
                self._first(articles, file.place(("article", "id")), ("article", "id"), file.article.id)
                self.places[f"@{file.article.id}"] = file.place(("article", "text_sha256"))
            for path, id_ in schema.ids(file.tree, "statements").items():
                self._first(statements, file.place(path), path, id_)
            for index, entry in file.statements.items():
                here: yamltree.Path = ("statements", index)
                self.places[entry.id] = file.place((*here, "text"))
                if file.article and entry.spans:
                    self.spans[f"{entry.id}@{file.article.id}"] = entry.spans
                self._check_wording(file, here, entry, entry.kind)
                self._refer(file, (*here, "speaker"), entry.speaker, speakers)
                for number, topic in enumerate(entry.topics):
                    self._refer(file, (*here, "topics", number), topic, topics)
        published = {file.article.id: file.article.published for file in self._files if file.article}
        self.bulk.articles(articles, published)
        ids = self.bulk.ids("articles.jsonl") | articles.keys()
        sound = all(file.article for file in self._files) and self._all_read
        known = Known("article", "articles.jsonl", ids, sound and self.bulk.is_complete("articles.jsonl"))
        self.bulk.statements(statements, speakers, topics, known)

    def _check_reports(self) -> None:
        homes: dict[str, _File] = {}
        standing: dict[str, schema.StandingSeed] = {}
        for file in self._files:
            for id_ in schema.ids(file.tree, "statements").values():
                homes.setdefault(id_, file)
            for entry in file.statements.values():
                standing.setdefault(entry.id, entry)
        withdrawn = {entry.id for file in self._files for entry in file.withdrawn.values()}
        reported = {report.statement for file in self._files for report in file.reports.values()}
        in_bulk = {id_: found for id_ in reported - homes.keys() if (found := self.bulk.reported(id_))}
        standing.update(in_bulk)
        self._kinds = {id_: entry.kind for id_, entry in standing.items()}
        withdrawn |= reported & self.bulk.withdrawals.keys()
        complete = self._all_read and self.bulk.is_complete("statements.jsonl")
        ids = homes.keys() | self.bulk.ids("statements.jsonl") if reported else set()
        known = Known("statement", "another article file", ids, complete)
        for file in self._files:
            seen: set[str] = set()
            for index, report in file.reports.items():
                path: yamltree.Path = ("also_reports", index)
                where = (*path, "statement")
                id_ = report.statement
                statement = standing.get(id_)
                home = in_bulk[id_].article if id_ in in_bulk else homes.get(id_)
                here = file.article.id if file.article and id_ in in_bulk else file
                self._refer(file, where, id_, known)
                if id_ in withdrawn:
                    self._note(file.place(where), where, f"“{id_}” was withdrawn; delete this report of it")
                elif home == here or id_ in seen:
                    self._note(file.place(where), where, f"this file holds “{id_}” already; one wording an article")
                seen.add(id_)
                if not statement:
                    continue
                if file.article:
                    self.places[f"{id_}@{file.article.id}"] = file.place((*path, "text"))
                    if report.spans:
                        self.spans[f"{id_}@{file.article.id}"] = report.spans
                self._check_wording(file, path, report, report.kind or statement.kind)
                if statement.said and report.said and statement.said.contradicts(report.said):
                    line = file.tree.line((*path, "said"))
                    first = self.bulk.place(id_) or homes[id_]
                    said = f"{statement.said} in {first.file if isinstance(first, Place) else first.name}"
                    clash = f"{report.said} contradicts {said}; the more precise is shown"
                    self.remarks.append(Problem(file.name, line, f"also_reports[{index}].said: {clash}"))

    def _check_wording(
        self,
        file: _File,
        path: yamltree.Path,
        entry: schema.StatementSeed | schema.ReportSeed,
        kind: Kind,
    ) -> None:
        for fault in wording_faults(kind, entry.text):
            self._note(file.place((*path, "text")), (*path, "text"), fault)
        published = file.article and file.article.published
        if not (published and entry.said and entry.said.earliest) or published.mark:
            return
        if entry.said.earliest > published.latest:
            message = f"“{entry.said.edtf}” is after the article was published, {published.edtf}; correct one of them"
            self._note(file.place((*path, "said")), (*path, "said"), message)

    def _refer(self, file: _File, path: yamltree.Path, id_: str, known: Known) -> None:
        if known.lack(id_):
            self._note(file.place(path), path, known.fault(id_))

    def seeds(self) -> Seeds:
        """The domain objects. Only for files without a problem."""
        collection = schema.CollectionSeed.model_validate(self._trees["collection.yaml"].root)
        speakers = tuple(map(domain.speaker, (*self._speakers.values(), *self._bulk_speakers)))
        topics = tuple(map(domain.topic, (*self._topics.values(), *self._bulk_topics)))
        articles = {file.article.id: domain.article(file.article) for file in self._files if file.article}
        bulk = self.bulk.result()
        reports = self._reports(articles)
        found = Seeds(
            collection=Collection(
                collection.title,
                collection.digest_title,
                collection.description,
                collection.language,
                collection.corrections_url or "",
            ),
            speakers=speakers,
            office_names=tuple(
                OfficeName(named.title, named.organisation, domain.distinct(named.aliases))
                for named in self._office_names.values()
            ),
            topics=topics,
            statements=tuple(self._statements(speakers, topics, articles, reports)),
            events=tuple(map(domain.event, self._events.values())),
            withdrawals=(
                *(
                    Withdrawal(entry.id, entry.withdrawn.on, entry.withdrawn.why)
                    for file in self._files
                    for entry in file.withdrawn.values()
                ),
                *self.bulk.withdrawals.values(),
            ),
            bulk=bulk,
            articles=articles,
            reports={id_: citations for id_, citations in reports.items() if id_ in bulk.statements.index},
            fingerprint=folder.fingerprint(self._snapshot, bulk.sums),
            places=self.places,
            spans=self.spans,
            remarks=(*self.remarks, *self.bulk.remarks),
        )
        if found.reports:
            _date_anew(found)
        return found

    def _reports(self, articles: Mapping[str, Article]) -> dict[str, tuple[Citation, ...]]:
        """What is reported further of each statement."""
        found: dict[str, list[Citation]] = {}
        for file in self._files:
            for report in file.reports.values():
                id_ = report.statement
                kind = report.kind or self._kinds[id_]
                if file.article:
                    found.setdefault(id_, []).append(domain.citation(articles[file.article.id], report, kind))
        return {id_: domain.in_order(citations) for id_, citations in found.items()}

    def _statements(
        self,
        speakers: Iterable[Speaker],
        topics: Iterable[Topic],
        articles: Mapping[str, Article],
        reports: Mapping[str, tuple[Citation, ...]],
    ) -> Iterator[Statement]:
        speaker_with = {speaker.id: speaker for speaker in speakers}
        topic_with = {topic.id: topic for topic in topics}
        for file in self._files:
            for entry in file.statements.values():
                if file.article:
                    own = domain.citation(articles[file.article.id], entry, entry.kind)
                    yield domain.statement(entry, speaker_with, topic_with, (own, *reports.get(entry.id, ())))


def _date_anew(found: Seeds) -> None:
    """Where a YAML file reports a statement in bulk, its day may be another than its own line says."""
    with found.bulk.steady(), found.read_bulk() as read:
        for id_ in found.reports:
            at = found.bulk.statements.index[id_]
            found.bulk.odd.add(at)
            found.bulk.days[at] = read.statement(at).when.latest.toordinal()
