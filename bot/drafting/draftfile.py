"""A draft on disk: written once by ``draft``, then changed key by key while a curator reviews it.

It is a seed file with more keys: whether each statement was reviewed, and where it stands in the article. Whoever edits
it by hand may write comments; they stay. The file is always whole: a new one is written beside it and takes its place.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from pydantic import Field
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

import bot
from bot.corpus import schema, yamltree
from bot.corpus.schema import MAX_TOPICS, Id40, Id80, Line60, Line100, Line200, Pieces, Seed, Spans, Url, When
from bot.drafting import yamltext
from bot.drafting.draft import Draft, Drafted, Newcomer
from bot.drafting.yamltext import Inline
from bot.errors import DraftError, Problem, SeedProblems
from bot.record import Kind, Wording

SUFFIX: Final = ".yaml"
TEXT: Final = ".txt"
"""Of the plain text that a draft counts in, which lies beside it."""

_UNTOUCHED: Final = re.compile(r"^# as drafted: ([0-9a-f]{16})\n", re.MULTILINE)
_SURE: Final = re.compile(r"(\d{1,3}) % sure\b")
_SAME: Final = re.compile(r"same statement as ([A-Za-z0-9._-]+)\?")


class Review(StrEnum):
    """What a curator made of a statement."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PUBLISHED = "published"
    """Accepted, and in the seeds."""


class PassageSeed(Seed):
    """Where a statement stands: the article's own text."""

    prefix: str = ""
    exact: str
    suffix: str = ""


class StatementDraft(Seed):
    """One entry of ``statements`` in a draft: what a seed has, though not all of it need be there yet."""

    review: Review
    id: Id80
    speaker: Id40 | None = None
    kind: Kind
    text: Pieces | None = None
    said: When | None = None
    basis: Line200 = ""
    occasion: Line200 = ""
    via: Line100 = ""
    described_as: Line100 = ""
    topics: tuple[Id40, ...] = Field(default=(), max_length=MAX_TOPICS)
    same_as: Id80 | None = None
    edited: tuple[str, ...] = ()
    """The keys that a curator had to mend."""
    spans: Spans
    passage: PassageSeed

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be decided."""
        return self.review is not Review.PENDING


class OfficeDraft(Seed):
    """An office of a newcomer: nobody knows yet since when."""

    title: Line100
    organisation: Line100
    since: When | None = Field(default=None, alias="from")


class NewcomerDraft(Seed):
    """One entry of ``new_speakers``."""

    id: Id40
    name: Line60
    kind: str = Field(default="person", pattern="^(person|organisation)$")
    aliases: tuple[Line100, ...] = ()
    offices: tuple[OfficeDraft, ...] = ()


class TopicDraft(Seed):
    """One entry of ``new_topics``."""

    id: Id40
    label: Line60


class ArticleDraft(Seed):
    """The ``article`` of a draft."""

    id: Id80
    outlet: Line60 = ""
    title: Line200 = ""
    byline: Line100 = ""
    published: When | None = None
    published_basis: Line200 = ""
    url: Url | None = None
    wording: Wording = Wording.ORIGINAL
    wording_note: Line200 = ""
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class DraftSeed(Seed):
    """A whole draft."""

    article: ArticleDraft
    new_speakers: tuple[NewcomerDraft, ...] = ()
    new_topics: tuple[TopicDraft, ...] = ()
    statements: tuple[StatementDraft, ...] = ()


# Writing a new one


def render(draft: Draft) -> str:
    """A draft as the text of its file."""
    manuscript = draft.manuscript
    article: dict[str, Any] = {
        "id": draft.article,
        "outlet": manuscript.outlet or None,
        "title": manuscript.title or None,
        "byline": manuscript.byline or None,
        "published": manuscript.published.edtf if manuscript.published else None,
        "published_basis": manuscript.published_basis or None,
        "url": manuscript.url or None,
        "wording": str(Wording.ORIGINAL),
        "wording_note": None,
        "text_sha256": draft.sum,
    }
    missing = [key for key in ("url", "outlet", "title", "published") if not article[key]]
    head = [
        f"# A draft by On Record {bot.__version__} of {yamltree.brief(manuscript.name)}. It quotes the article at length:",
        "# keep it out of the seeds. `onrecord review` takes you through it.",
        *(f"# note: {_comment(note)}" for note in draft.notes),
        *([f"# missing: {', '.join(missing)}"] if missing else []),
    ]
    parts = ["\n".join([*head, ""]), yamltext.block({"article": article}, yamltext.UNBROKEN)]
    if draft.newcomers:
        parts.append("new_speakers:\n" + "".join(yamltext.item(_newcomer(one)) for one in draft.newcomers))
    parts.append("statements:\n" if draft.statements else "statements: []\n")
    parts += (_statement(statement) for statement in draft.statements)
    text = "".join(parts)
    return f"{text}# as drafted: {_mark(text)}\n"


def _newcomer(one: Newcomer) -> dict[str, Any]:
    proposal = one.proposal
    value: dict[str, Any] = {
        "id": one.id,
        "name": proposal.name,
        "kind": "organisation" if proposal.is_organisation else "person",
        "aliases": Inline(),
    }
    offices = [{"title": title, "organisation": organisation, "from": None} for title, organisation in one.offices]
    return value | ({"offices": offices} if offices else {"offices": Inline()})


def _statement(one: Drafted) -> str:
    remarks = [f"{one.sure} % sure", *(f"look at: {_comment(doubt)}" for doubt in one.doubts)]
    remarks += [f"also in {known.citation.article.id}: same statement as {known.id}?" for known in one.known]
    value = {
        "review": str(Review.PENDING),
        "id": one.id,
        "speaker": one.speaker or None,
        "kind": str(one.kind),
        "text": _pieces(one.pieces),
        "said": one.occasion.said.edtf if one.occasion.said else None,
        "basis": one.occasion.basis or None,
        "occasion": one.occasion.where or None,
        "via": one.voice.via or None,
        "described_as": one.voice.described_as or None,
        "topics": Inline(one.topics),
        "same_as": None,
        "edited": Inline(),
        "spans": Inline(Inline(span) for span in one.spans),
        "passage": {"prefix": one.passage.prefix, "exact": one.passage.exact, "suffix": one.passage.suffix},
    }
    return "".join(f"  # {remark}\n" for remark in remarks) + yamltext.item(value, width=yamltext.UNBROKEN)


def _pieces(pieces: tuple[str, ...]) -> str | list[str] | None:
    return list(pieces) if len(pieces) > 1 else pieces[0] if pieces else None


def _comment(text: str) -> str:
    return yamltree.brief(" ".join(text.split()), 300)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_untouched(text: str) -> bool:
    """Whether a file is just as ``render`` wrote it, so that nobody's work is in it."""
    found = _UNTOUCHED.search(text)
    return bool(found) and text == text[: found.end()] and found[1] == _mark(text[: found.start()])


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of the one before, such that whoever looks finds one or the other, whole.

    Raises:
        DraftError: where it cannot be written; the one before is still there.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise DraftError(f"{path}: cannot be written: {error.strerror or error}; nothing there was changed") from None


# The one that is reviewed


class DraftFile:
    """A draft under review. What is set is checked at once, and on disk when ``save`` returns."""

    def __init__(self, path: Path, text: str) -> None:
        """Take a draft's text.

        Raises:
            SeedProblems: everything in it that cannot be read, with its line.
        """
        self.path = path
        self._read(text)
        self._saved = text

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a draft.

        Raises:
            DraftError: where there is none.
            SeedProblems: everything in it that cannot be read, with its line.
        """
        return cls(path, _content(path).decode("utf-8", "surrogateescape"))

    def _read(self, text: str) -> None:
        problems: list[Problem] = []
        shown = f"{self.path.parent.name}/{self.path.name}"
        tree = yamltree.read(text.encode("utf-8", "surrogateescape"), shown, problems)
        if tree:
            schema.check(DraftSeed, tree, shown, problems)
        if problems or not tree:
            raise SeedProblems(problems)
        model = DraftSeed.model_validate(tree.root)
        seen: dict[str, int] = {}
        for number, statement in enumerate(model.statements):
            first = seen.setdefault(statement.id, number)
            if first != number:
                line, before = (tree.line(("statements", at, "id")) for at in (number, first))
                message = f"statements[{number}].id: “{statement.id}” is already used on line {before}"
                problems.append(Problem(shown, line, message))
        if problems:
            raise SeedProblems(problems)
        self._kept = yamltext.keeper()
        try:
            self._tree: Any = self._kept.load(text.removeprefix("\ufeff"))
        except YAMLError as error:
            raise DraftError(f"{shown}: cannot be read: {yamltree.brief(str(error), 200)}") from None
        self.text = text
        self.model = model
        self._lines = text.splitlines()
        self._first = [tree.line(("statements", number)) for number in range(len(model.statements))]

    @property
    def statements(self) -> tuple[StatementDraft, ...]:
        """In the order of the file, which is that of the article."""
        return self.model.statements

    @property
    def article(self) -> ArticleDraft:
        """What is known about the article."""
        return self.model.article

    @property
    def article_text(self) -> bytes:
        """The text that its offsets count in.

        Raises:
            DraftError: where it is gone, or is another than the one that was drafted from.
        """
        path = self.path.with_suffix(TEXT)
        content = _content(path)
        if hashlib.sha256(content).hexdigest() != self.article.text_sha256:
            raise DraftError(f"{path}: is not the text that {self.path.name} was drafted from; draft the article again")
        return content

    def remarks(self, number: int) -> tuple[str, ...]:
        """The comments that stand right above a statement."""
        at = self._first[number] - 1
        begin = at
        while begin and self._lines[begin - 1].lstrip().startswith("#"):
            begin -= 1
        return tuple(line.strip().lstrip("#").strip() for line in self._lines[begin:at])

    def sure(self, number: int) -> int:
        """How sure drafting was of a statement, per cent; 100 where nothing says."""
        return next((int(found[1]) for line in self.remarks(number) if (found := _SURE.search(line))), 100)

    def alike(self, number: int) -> tuple[str, ...]:
        """The ids of known statements that a statement may be the same as."""
        return tuple(found[1] for line in self.remarks(number) if (found := _SAME.search(line)))

    def set(self, number: int, **values: Any) -> None:
        """Change keys of a statement; None empties one.

        Raises:
            SeedProblems: where a value cannot stand there. Nothing is changed then.
        """
        self._change(self._tree["statements"][number], values)

    def set_article(self, **values: Any) -> None:
        """Change keys of the article, as ``set`` does."""
        self._change(self._tree["article"], values)

    def set_office(self, newcomer: int, office: int, since: str) -> None:
        """Say since when a newcomer held an office, as ``set`` does."""
        self._change(self._tree["new_speakers"][newcomer]["offices"][office], {"from": since})

    def add(self, key: str, entry: Mapping[str, Any]) -> None:
        """Add to ``new_speakers`` or ``new_topics``, as ``set`` does."""
        listed = self._tree.get(key)
        fresh = self._kept.load(yamltext.block({key: [entry]}, yamltext.UNBROKEN))[key]
        if listed:
            self._change(self._tree, {key: [*listed, *fresh]})
            return
        if key not in self._tree:
            self._tree.insert(list(self._tree).index("article") + 1, key, None)
        self._change(self._tree, {key: list(fresh)})

    def _change(self, place: CommentedMap, values: Mapping[str, Any]) -> None:
        before = self.text
        for key, value in values.items():
            _put(place, key, value)
        try:
            self._read(yamltext.dump(self._kept, self._tree))
        except (SeedProblems, DraftError):
            self._read(before)
            raise

    def restore(self, text: str) -> None:
        """Go back to an earlier ``text``."""
        self._read(text)

    def save(self) -> None:
        """Write what was changed.

        Raises:
            DraftError: where somebody else wrote the file meanwhile, or it cannot be written.
        """
        if self.text == self._saved:
            return
        if _content(self.path) != self._saved.encode("utf-8", "surrogateescape"):
            raise DraftError(
                f"{self.path}: was changed by somebody else while you reviewed it; your last change is not in it. "
                "Start the review again: it goes on from what is in the file."
            )
        replace_file(self.path, self.text.encode("utf-8", "surrogateescape"))
        self._saved = self.text


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: cannot be read: {error.strerror or error}") from None


def _put(place: CommentedMap, key: str, value: Any) -> None:
    """Set a value; a comment that stood behind the one before goes on standing there."""
    old = place.get(key)
    new = _kept_value(value)
    trailing = _trailing(place, key, old)
    place[key] = new
    if trailing is None:
        return
    if isinstance(new, CommentedSeq) and not new.fa.flow_style() and len(new):
        place.ca.items.pop(key, None)
        new.ca.items[len(new) - 1] = [trailing, None, None, None]
    else:
        place.ca.items[key] = [None, None, trailing, None]


def _trailing(place: CommentedMap, key: str, old: Any) -> Any:
    """The comment token behind a value: it hangs on the last thing that was read before it."""
    if isinstance(old, CommentedSeq) and not old.fa.flow_style() and len(old):
        held = old.ca.items.get(len(old) - 1)
        return held[0] if held else None
    held = place.ca.items.get(key)
    return (held[2] if held else None) or getattr(old, "comment", None)


def _kept_value(value: Any) -> Any:
    """A value as the keeper of comments has it: all text, short lists in brackets."""
    if isinstance(value, Inline | tuple):
        made = CommentedSeq([_kept_value(entry) for entry in value])
        made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        return CommentedSeq([_kept_value(entry) for entry in value])
    return value if value is None or isinstance(value, CommentedMap) else str(value)


def drafts(folder: Path) -> Iterator[Path]:
    """The drafts in a folder, by name."""
    with suppress(OSError):
        yield from sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
