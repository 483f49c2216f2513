"""Seed files to domain objects, or every problem at once, each with its file and line."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from bot.corpus import schema, yamltree
from bot.corpus.yamltree import Tree
from bot.errors import Problem, SeedProblems
from bot.record import (
    Article,
    Citation,
    Collection,
    Correction,
    Event,
    Kind,
    Office,
    OfficeName,
    Source,
    Speaker,
    Statement,
    Topic,
    Withdrawal,
)

_REQUIRED: Final = {
    "collection.yaml": schema.CollectionSeed,
    "speakers.yaml": schema.SpeakersFile,
    "topics.yaml": schema.TopicsFile,
}
_OPTIONAL: Final = {"events.yaml": schema.EventsFile}
_ARTICLES: Final = "articles"

Model = TypeVar("Model", bound=schema.Seed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its file and line."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Seeds:
    """A checked collection. Nothing in it refers to anything that is not there."""

    collection: Collection
    speakers: tuple[Speaker, ...]
    office_names: tuple[OfficeName, ...]
    topics: tuple[Topic, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    withdrawals: tuple[Withdrawal, ...]
    fingerprint: str
    """SHA-256 over the names and bytes of the files it was read from."""
    places: dict[str, Place]
    """Where each statement's text and each article's sum stand, by id; a further report is ``statement@article``."""
    remarks: tuple[Problem, ...] = ()
    """What a curator should look at, though it can be built: citations that contradict each other."""


def load(folder: Path) -> Seeds:
    """Read and check a folder of seeds.

    Raises:
        SeedProblems: everything that is wrong with it.
    """
    problems: list[Problem] = []
    files = _read(folder, problems)
    checked = _Checked(folder.name, files, problems)
    if problems:
        raise SeedProblems(problems)
    return checked.seeds(_fingerprint(files))


def fingerprint(folder: Path) -> str | None:
    """The fingerprint the folder's seeds would have, without checking them; None where they cannot be read."""
    problems: list[Problem] = []
    files = _read(folder, problems)
    return None if problems else _fingerprint(files)


def _fingerprint(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _read(folder: Path, problems: list[Problem]) -> dict[str, bytes]:
    """Every seed file's bytes by its name below the folder, so that what is checked is what is built."""
    if not folder.is_dir():
        problems.append(
            Problem(folder.name, 0, "is not a folder; point seeds.dir at the folder that holds collection.yaml")
        )
        return {}
    files: dict[str, bytes] = {}
    for path in _candidates(folder, problems):
        name = path.relative_to(folder).as_posix()
        shown = f"{folder.name}/{name}"
        if not _belongs(name):
            problems.append(Problem(shown, 0, _where_it_belongs(name)))
            continue
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                problems.append(Problem(shown, 0, "is not a file"))
            elif status.st_size > yamltree.MAX_BYTES:
                problems.append(
                    Problem(
                        shown,
                        0,
                        f"has {status.st_size:,} bytes; at most {yamltree.MAX_BYTES:,} are read: split it",
                    )
                )
            else:
                files[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(shown, 0, f"cannot be read: {os.strerror(error.errno or 0)}"))
    for name in _REQUIRED:
        if name not in files and not any(problem.file == f"{folder.name}/{name}" for problem in problems):
            problems.append(Problem(f"{folder.name}/{name}", 0, "is missing"))
    return files


def _candidates(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        name = Path(error.filename or folder).relative_to(folder.parent).as_posix()
        problems.append(Problem(name, 0, f"cannot be read: {os.strerror(error.errno or 0)}"))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(place, name)


def _belongs(name: str) -> bool:
    return name in _REQUIRED or name in _OPTIONAL or (Path(name).parent == Path(_ARTICLES) and name.endswith(".yaml"))


def _where_it_belongs(name: str) -> str:
    if name.endswith(".yml"):
        return "is not read; rename it to end in .yaml"
    known = ", ".join((*_REQUIRED, *_OPTIONAL))
    return f"is not read; here belong {known}, and article files in {_ARTICLES}/"


@dataclass(frozen=True, slots=True)
class _Parsed:
    """One article file: its content as a model, and where everything stands."""

    file: str
    tree: Tree
    model: schema.ArticleFile


class _Checked:
    """The files of a folder, each against its own shape and all against each other."""

    def __init__(self, folder: str, files: dict[str, bytes], problems: list[Problem]) -> None:
        self._folder = folder
        self._problems = problems
        self._trees: dict[str, Tree] = {}
        self.places: dict[str, Place] = {}
        self.remarks: list[Problem] = []

        self._collection = self._parse("collection.yaml", files, schema.CollectionSeed)
        self._speakers = self._parse("speakers.yaml", files, schema.SpeakersFile)
        self._topics = self._parse("topics.yaml", files, schema.TopicsFile)
        self._events = self._parse("events.yaml", files, schema.EventsFile)
        self._articles = [
            _Parsed(f"{folder}/{name}", self._trees[name], model)
            for name in sorted(files)
            if name.startswith(f"{_ARTICLES}/") and (model := self._parse(name, files, schema.ArticleFile))
        ]
        if self._speakers:
            self._check_speakers(self._speakers)
        if self._topics:
            self._unique("topics.yaml", "topics", [topic.id for topic in self._topics.topics])
        if self._events:
            self._unique("events.yaml", "events", [event.id for event in self._events.events])
        self._check_articles()

    def _parse(self, name: str, files: dict[str, bytes], model: type[Model]) -> Model | None:
        if name not in files:
            return None
        tree = yamltree.read(files[name], f"{self._folder}/{name}", self._problems)
        if tree is None:
            return None
        self._trees[name] = tree
        return schema.validated(model, tree, f"{self._folder}/{name}", self._problems)

    def _note(self, file: str, tree: Tree, path: yamltree.Path, message: str) -> None:
        self._problems.append(Problem(file, tree.line(path), f"{schema.dotted(path)}: {message}"))

    def _unique(self, name: str, key: str, ids: Iterable[str | None]) -> None:
        tree, first = self._trees[name], dict[str, int]()
        for index, id_ in enumerate(ids):
            if id_ is None:
                continue
            line = tree.line((key, index, "id"))
            if id_ in first:
                self._note(
                    f"{self._folder}/{name}",
                    tree,
                    (key, index, "id"),
                    f"“{id_}” is already used on line {first[id_]}",
                )
            first.setdefault(id_, line)

    def _check_speakers(self, found: schema.SpeakersFile) -> None:
        name, tree = "speakers.yaml", self._trees["speakers.yaml"]
        file = f"{self._folder}/{name}"
        self._unique(name, "speakers", [speaker.id for speaker in found.speakers])
        held = {(office.title, office.organisation) for speaker in found.speakers for office in speaker.offices}
        for index, speaker in enumerate(found.speakers):
            for number, office in enumerate(speaker.offices):
                if office.until and (office.since.earliest or office.since.latest) > office.until.latest:
                    path = ("speakers", index, "offices", number, "to")
                    self._note(file, tree, path, f"“{office.until.edtf}” is before its “from”, {office.since.edtf}")
        for index, named in enumerate(found.offices):
            if (named.title, named.organisation) not in held:
                message = f"nobody in this file is {named.title}, {named.organisation}; correct it or delete it"
                self._note(file, tree, ("offices", index), message)

    def _check_articles(self) -> None:
        speakers = {speaker.id for speaker in self._speakers.speakers} if self._speakers else None
        topics = {topic.id for topic in self._topics.topics} if self._topics else None
        articles: dict[str, Place] = {}
        statements: dict[str, Place] = {}
        for parsed in self._articles:
            self._first(articles, parsed, ("article", "id"), parsed.model.article.id)
            self.places[parsed.model.article.id] = self._place(parsed, ("article", "text_sha256"))
            for index, entry in enumerate(parsed.model.statements):
                path = ("statements", index)
                self._first(statements, parsed, (*path, "id"), entry.id)
                if isinstance(entry, schema.StatementSeed):
                    self.places[entry.id] = self._place(parsed, (*path, "text"))
                    self._check_wording(parsed, path, entry, entry.kind)
                    self._known(parsed, (*path, "speaker"), entry.speaker, speakers, "speaker", "speakers.yaml")
                    for number, topic in enumerate(entry.topics):
                        self._known(parsed, (*path, "topics", number), topic, topics, "topic", "topics.yaml")
        self._check_reports()

    def _check_reports(self) -> None:
        standing = {
            entry.id: (parsed, entry)
            for parsed in self._articles
            for entry in parsed.model.statements
            if isinstance(entry, schema.StatementSeed)
        }
        for parsed in self._articles:
            seen: set[str] = set()
            for index, report in enumerate(parsed.model.also_reports):
                path = ("also_reports", index)
                self._known(
                    parsed,
                    (*path, "statement"),
                    report.statement,
                    set(standing),
                    "statement",
                    "another article file",
                )
                if report.statement not in standing:
                    continue
                home, statement = standing[report.statement]
                if home is parsed or report.statement in seen:
                    self._note(
                        parsed.file,
                        parsed.tree,
                        (*path, "statement"),
                        f"this file holds “{report.statement}” already",
                    )
                seen.add(report.statement)
                self.places[f"{report.statement}@{parsed.model.article.id}"] = self._place(parsed, (*path, "text"))
                self._check_wording(parsed, path, report, report.kind or statement.kind)
                if statement.said and report.said and statement.said.contradicts(report.said):
                    line = parsed.tree.line((*path, "said"))
                    clash = f"{report.said} contradicts {statement.said} in {home.file}; the more precise is shown"
                    self.remarks.append(Problem(parsed.file, line, f"also_reports[{index}].said: {clash}"))

    def _check_wording(
        self,
        parsed: _Parsed,
        path: yamltree.Path,
        entry: schema.StatementSeed | schema.ReportSeed,
        kind: Kind,
    ) -> None:
        for fault in schema.wording_faults(kind, entry.text):
            self._note(parsed.file, parsed.tree, (*path, "text"), fault)
        published = parsed.model.article.published
        if entry.said and entry.said.earliest and entry.said.earliest > published.latest and not published.mark:
            message = f"“{entry.said.edtf}” is after the article was published, {published.edtf}"
            self._note(parsed.file, parsed.tree, (*path, "said"), message)

    def _place(self, parsed: _Parsed, path: yamltree.Path) -> Place:
        return Place(parsed.file, parsed.tree.line(path))

    def _first(self, seen: dict[str, Place], parsed: _Parsed, path: yamltree.Path, id_: str) -> None:
        if id_ in seen:
            other = seen[id_]
            self._note(parsed.file, parsed.tree, path, f"“{id_}” is already used in {other.file}:{other.line}")
        seen.setdefault(id_, self._place(parsed, path))

    def _known(
        self, parsed: _Parsed, path: yamltree.Path, id_: str, known: set[str] | None, what: str, where: str
    ) -> None:
        if known is None or id_ in known:
            return
        close = process.extractOne(id_, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean “{close[0]}”?" if close else f"add it to {where} first"
        self._note(parsed.file, parsed.tree, path, f"there is no {what} “{id_}”; {hint}")

    def seeds(self, fingerprint: str) -> Seeds:
        """The domain objects.

        Raises:
            SeedProblems: where a problem was found.
        """
        if not (self._collection and self._speakers and self._topics):
            raise SeedProblems(self._problems)
        speakers = {speaker.id: _speaker(speaker) for speaker in self._speakers.speakers}
        topics = {topic.id: Topic(topic.id, topic.label, _distinct(topic.synonyms)) for topic in self._topics.topics}
        return Seeds(
            collection=Collection(
                self._collection.title,
                self._collection.digest_title,
                self._collection.description,
                self._collection.language,
                self._collection.corrections_url or "",
            ),
            speakers=tuple(speakers.values()),
            office_names=tuple(
                OfficeName(named.title, named.organisation, _distinct(named.aliases))
                for named in self._speakers.offices
            ),
            topics=tuple(topics.values()),
            statements=tuple(self._statements(speakers, topics)),
            events=tuple(_event(event) for event in self._events.events) if self._events else (),
            withdrawals=tuple(
                Withdrawal(entry.id, entry.withdrawn.on, entry.withdrawn.why)
                for parsed in self._articles
                for entry in parsed.model.statements
                if isinstance(entry, schema.WithdrawnSeed)
            ),
            fingerprint=fingerprint,
            places=self.places,
            remarks=tuple(self.remarks),
        )

    def _statements(self, speakers: dict[str, Speaker], topics: dict[str, Topic]) -> Iterator[Statement]:
        articles = {parsed.model.article.id: _article(parsed.model.article) for parsed in self._articles}
        reports: dict[str, list[tuple[Article, schema.ReportSeed]]] = {}
        for parsed in self._articles:
            for report in parsed.model.also_reports:
                reports.setdefault(report.statement, []).append((articles[parsed.model.article.id], report))
        for parsed in self._articles:
            article = articles[parsed.model.article.id]
            for entry in parsed.model.statements:
                if isinstance(entry, schema.StatementSeed):
                    others = sorted(
                        reports.get(entry.id, ()), key=lambda other: (other[0].published.latest, other[0].id)
                    )
                    yield Statement(
                        id=entry.id,
                        speaker=speakers[entry.speaker],
                        topics=tuple(topics[topic] for topic in dict.fromkeys(entry.topics)),
                        citations=(
                            _citation(article, entry, entry.kind),
                            *(_citation(other, report, report.kind or entry.kind) for other, report in others),
                        ),
                        corrected=_correction(entry.corrected),
                    )


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _correction(seed: schema.CorrectionSeed | None) -> Correction | None:
    return Correction(seed.on, seed.was, seed.why) if seed else None


def _source(seed: schema.SourceSeed) -> Source:
    return Source(seed.title, seed.url or "")


def _speaker(seed: schema.SpeakerSeed) -> Speaker:
    offices = tuple(
        Office(
            office.title,
            office.organisation,
            office.since,
            office.until,
            _source(office.source) if office.source else None,
        )
        for office in seed.offices
    )
    aliases = tuple(alias for alias in _distinct(seed.aliases) if alias != seed.name)
    return Speaker(seed.id, seed.name, aliases, offices, seed.kind == "organisation")


def _article(seed: schema.ArticleSeed) -> Article:
    return Article(
        id=seed.id,
        outlet=seed.outlet,
        title=seed.title,
        published=seed.published,
        url=seed.url,
        wording=seed.wording,
        byline=seed.byline,
        published_basis=seed.published_basis,
        wording_note=seed.wording_note,
        text_sha256=seed.text_sha256 or "",
    )


def _citation(article: Article, seed: schema.StatementSeed | schema.ReportSeed, kind: Kind) -> Citation:
    return Citation(article, kind, seed.text, seed.said, seed.basis, seed.occasion, seed.via, seed.described_as)


def _event(seed: schema.EventSeed) -> Event:
    digest = hashlib.sha256(seed.description.encode()).hexdigest()[:8]
    return Event(seed.id or f"{seed.on.edtf}-{digest}", seed.on, seed.status, seed.description, _source(seed.source))
