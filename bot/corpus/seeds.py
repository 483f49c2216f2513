"""Seed files to domain objects, or every problem at once, each with its file and line."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import TypeAdapter
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

_REQUIRED: Final[dict[str, type[schema.Seed]]] = {
    "collection.yaml": schema.CollectionSeed,
    "speakers.yaml": schema.SpeakersFile,
    "topics.yaml": schema.TopicsFile,
}
_OPTIONAL: Final[dict[str, type[schema.Seed]]] = {"events.yaml": schema.EventsFile}
_ARTICLES: Final = "articles"

Entry = TypeVar("Entry")


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
    """Where the wordings stand, by ``statement`` id or, for a further report, ``statement@article``; ``@article`` is
    where an article's sum stands."""
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
        shown = yamltree.brief(f"{folder.name}/{name}", 200)
        try:
            fault = _misplaced(name) or _unfit(path.stat())
            if fault:
                problems.append(Problem(shown, 0, fault))
            else:
                files[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(shown, 0, f"cannot be read: {os.strerror(error.errno or 0)}"))
    for name in _REQUIRED:
        if name not in files and not any(problem.file == f"{folder.name}/{name}" for problem in problems):
            problems.append(Problem(f"{folder.name}/{name}", 0, "is missing; add it"))
    return files


def _candidates(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Everything below a folder that looks like a seed file."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename or folder).relative_to(folder.parent).as_posix()
        problems.append(Problem(yamltree.brief(name, 200), 0, f"cannot be read: {os.strerror(error.errno or 0)}"))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.casefold().endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(place, name)
        for path in (Path(place, name) for name in folders):
            if path.is_symlink():
                shown = yamltree.brief(path.relative_to(folder.parent).as_posix(), 200)
                problems.append(Problem(shown, 0, "is a link to a folder, which is not followed; put the folder here"))
            elif path.name.casefold().endswith((".yaml", ".yml")):
                yield path


def _misplaced(name: str) -> str | None:
    if not name.isprintable():
        return "is not read; rename it to plain letters, digits, and - _ ."
    if name in _REQUIRED or name in _OPTIONAL or (Path(name).parent == Path(_ARTICLES) and name.endswith(".yaml")):
        return None
    if name.casefold().endswith((".yaml", ".yml")) and not name.endswith(".yaml"):
        return "is not read; rename it to end in .yaml"
    known = ", ".join((*_REQUIRED, *_OPTIONAL))
    return f"is not read; here belong {known}, and article files in {_ARTICLES}/"


def _unfit(status: os.stat_result) -> str | None:
    if not stat.S_ISREG(status.st_mode):
        return "is not a file; put one with this name in its place"
    if status.st_size > yamltree.MAX_BYTES:
        return f"has {status.st_size:,} bytes; at most {yamltree.MAX_BYTES:,} are read: split it"
    return None


_SPEAKER: Final = TypeAdapter(schema.SpeakerSeed)
_OFFICE_NAME: Final = TypeAdapter(schema.OfficeNameSeed)
_TOPIC: Final = TypeAdapter(schema.TopicSeed)
_EVENT: Final = TypeAdapter(schema.EventSeed)
_STATEMENT: Final[TypeAdapter[schema.StatementSeed | schema.WithdrawnSeed]] = TypeAdapter(schema.StatementEntry)
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

    def __init__(self, folder: str, files: dict[str, bytes], problems: list[Problem]) -> None:
        self._folder = folder
        self._problems = problems
        self.places: dict[str, Place] = {}
        self.remarks: list[Problem] = []

        complete = not problems  # a file that could not be read may hold what another refers to
        shapes = _REQUIRED | _OPTIONAL
        self._trees: dict[str, Tree] = {}
        for name in sorted(files):
            tree = yamltree.read(files[name], f"{folder}/{name}", problems)
            if tree:
                self._trees[name] = tree
                schema.check(shapes.get(name, schema.ArticleFile), tree, f"{folder}/{name}", problems)
        self._files = [self._file(name) for name in self._trees if name not in shapes]
        self._all_read = complete and len(self._trees) == len(files)

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
        self._problems.append(Problem(place.file, place.line, f"{schema.dotted(path)}: {message}"))

    def _place(self, name: str, path: yamltree.Path) -> Place:
        return Place(f"{self._folder}/{name}", self._trees[name].line(path))

    def _ids(self, name: str, key: str) -> set[str] | None:
        """The ids that may be referred to; None where the file that holds them cannot be read."""
        tree = self._trees.get(name)
        return set(schema.ids(tree, key).values()) if tree else None

    def _first(self, seen: dict[str, Place], place: Place, path: yamltree.Path, words: str, id_: str = "") -> None:
        """Note what is there a second time; ``words`` say it, ``id_`` is what may be there once, if not they."""
        first = seen.setdefault(id_ or words, place)
        if first is not place:
            where = f"on line {first.line}" if first.file == place.file else f"in {first.file}:{first.line}"
            self._note(place, path, f"“{yamltree.brief(words)}” is already used {where}; each may be there once")

    def _unique(self, name: str, key: str) -> None:
        seen: dict[str, Place] = {}
        if name in self._trees:
            for path, id_ in schema.ids(self._trees[name], key).items():
                self._first(seen, self._place(name, path), path, id_)

    def _check_speakers(self) -> None:
        name = "speakers.yaml"
        self._unique(name, "speakers")
        for index, speaker in self._speakers.items():
            for number, office in enumerate(speaker.offices):
                if office.until and (office.since.earliest or office.since.latest) > office.until.latest:
                    path: yamltree.Path = ("speakers", index, "offices", number, "to")
                    message = f"“{office.until.edtf}” is before its “from”, {office.since.edtf}; correct one of them"
                    self._note(self._place(name, path), path, message)
        if len(self._speakers) < len(schema.listed(self._trees.get(name), "speakers")):
            return  # an office of somebody whose entry has a fault is not unheld
        held = {(office.title, office.organisation) for who in self._speakers.values() for office in who.offices}
        seen: dict[str, Place] = {}
        for index, named in self._office_names.items():
            path = ("offices", index)
            self._first(seen, self._place(name, path), path, f"{named.title}, {named.organisation}")
            if (named.title, named.organisation) not in held:
                message = f"nobody in this file is {named.title}, {named.organisation}; correct it or delete it"
                self._note(self._place(name, path), path, message)

    def _check_topics(self) -> None:
        self._unique("topics.yaml", "topics")
        owners: dict[str, str] = {}
        for index, topic in self._topics.items():
            for number, word in enumerate((topic.label, *topic.synonyms)):
                path = ("topics", index, "synonyms", number - 1) if number else ("topics", index, "label")
                owner = owners.setdefault(word.casefold(), topic.id)
                if owner != topic.id:
                    message = f"“{word}” means the topic “{owner}” already; leave it to one of the two"
                    self._note(self._place("topics.yaml", path), path, message)

    def _check_events(self) -> None:
        seen: dict[str, Place] = {}
        for index, event in self._events.items():
            path = ("events", index, "id") if event.id else ("events", index)
            words = event.id or event.description
            self._first(seen, self._place("events.yaml", path), path, words, _event(event).id)

    def _check_articles(self) -> None:
        speakers = self._ids("speakers.yaml", "speakers")
        topics = self._ids("topics.yaml", "topics")
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
                self._check_wording(file, here, entry, entry.kind)
                self._known(file, (*here, "speaker"), entry.speaker, speakers, "speaker", "speakers.yaml")
                for number, topic in enumerate(entry.topics):
                    self._known(file, (*here, "topics", number), topic, topics, "topic", "topics.yaml")

    def _check_reports(self) -> None:
        homes: dict[str, _File] = {}
        standing: dict[str, schema.StatementSeed] = {}
        for file in self._files:
            for id_ in schema.ids(file.tree, "statements").values():
                homes.setdefault(id_, file)
            for entry in file.statements.values():
                standing.setdefault(entry.id, entry)
        withdrawn = {entry.id for file in self._files for entry in file.withdrawn.values()}
        known = set(homes) if self._all_read else None
        for file in self._files:
            seen: set[str] = set()
            for index, report in file.reports.items():
                path: yamltree.Path = ("also_reports", index)
                where = (*path, "statement")
                id_ = report.statement
                statement = standing.get(id_)
                self._known(file, where, id_, known, "statement", "another article file")
                if id_ in withdrawn:
                    self._note(file.place(where), where, f"“{id_}” was withdrawn; delete this report of it")
                elif homes.get(id_) is file or id_ in seen:
                    self._note(file.place(where), where, f"this file holds “{id_}” already; one wording an article")
                seen.add(id_)
                if not statement:
                    continue
                if file.article:
                    self.places[f"{id_}@{file.article.id}"] = file.place((*path, "text"))
                self._check_wording(file, path, report, report.kind or statement.kind)
                if statement.said and report.said and statement.said.contradicts(report.said):
                    line = file.tree.line((*path, "said"))
                    clash = (
                        f"{report.said} contradicts {statement.said} in {homes[id_].name}; the more precise is shown"
                    )
                    self.remarks.append(Problem(file.name, line, f"also_reports[{index}].said: {clash}"))

    def _check_wording(
        self,
        file: _File,
        path: yamltree.Path,
        entry: schema.StatementSeed | schema.ReportSeed,
        kind: Kind,
    ) -> None:
        for fault in schema.wording_faults(kind, entry.text):
            self._note(file.place((*path, "text")), (*path, "text"), fault)
        published = file.article and file.article.published
        if not (published and entry.said and entry.said.earliest) or published.mark:
            return
        if entry.said.earliest > published.latest:
            message = f"“{entry.said.edtf}” is after the article was published, {published.edtf}; correct one of them"
            self._note(file.place((*path, "said")), (*path, "said"), message)

    def _known(self, file: _File, path: yamltree.Path, id_: str, known: set[str] | None, what: str, where: str) -> None:
        if known is None or id_ in known:
            return
        close = process.extractOne(id_, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean “{yamltree.brief(close[0])}”?" if close else f"add it to {where} first"
        self._note(file.place(path), path, f"there is no {what} “{id_}”; {hint}")

    def seeds(self, fingerprint: str) -> Seeds:
        """The domain objects. Only for files without a problem."""
        collection = schema.CollectionSeed.model_validate(self._trees["collection.yaml"].root)
        speakers = {speaker.id: _speaker(speaker) for speaker in self._speakers.values()}
        topics = {topic.id: Topic(topic.id, topic.label, _distinct(topic.synonyms)) for topic in self._topics.values()}
        return Seeds(
            collection=Collection(
                collection.title,
                collection.digest_title,
                collection.description,
                collection.language,
                collection.corrections_url or "",
            ),
            speakers=tuple(speakers.values()),
            office_names=tuple(
                OfficeName(named.title, named.organisation, _distinct(named.aliases))
                for named in self._office_names.values()
            ),
            topics=tuple(topics.values()),
            statements=tuple(self._statements(speakers, topics)),
            events=tuple(map(_event, self._events.values())),
            withdrawals=tuple(
                Withdrawal(entry.id, entry.withdrawn.on, entry.withdrawn.why)
                for file in self._files
                for entry in file.withdrawn.values()
            ),
            fingerprint=fingerprint,
            places=self.places,
            remarks=tuple(self.remarks),
        )

    def _statements(self, speakers: dict[str, Speaker], topics: dict[str, Topic]) -> Iterator[Statement]:
        files = [(file, _article(file.article)) for file in self._files if file.article]
        reports: dict[str, list[tuple[Article, schema.ReportSeed]]] = {}
        for file, article in files:
            for report in file.reports.values():
                reports.setdefault(report.statement, []).append((article, report))
        for file, article in files:
            for entry in file.statements.values():
                others = sorted(reports.get(entry.id, ()), key=lambda other: (other[0].published.latest, other[0].id))
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
