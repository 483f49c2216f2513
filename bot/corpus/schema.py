"""The shape of the seed files: what each may contain, and the sentence for what it may not.

Everything that enters is one line of clean text: white space is folded, and characters that would show nothing, turn
the reading direction or break a line are refused, so that what is shown reads as the file reads.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, Final, Literal, NotRequired, TypeAlias, TypedDict, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from rapidfuzz import fuzz, process

from bot.corpus.yamltree import Path, Tree, Value, brief
from bot.errors import Problem
from bot.record import BREAK, MAX_WORDING, Dating, EventStatus, Kind, Wording

MAX_ID: Final = 40
"""Characters of a speaker's or topic's id."""
MAX_TOPICS: Final = 8
"""Of one statement."""
MAX_LONG_ID: Final = 80
"""Characters of any other id."""
MAX_NAME: Final = 60
"""Characters of a speaker's name, an outlet's or a topic's label."""
MAX_TITLE: Final = 100
"""Characters of an office's title or its organisation."""
MAX_URL: Final = 512
"""Discord refuses a link button with a longer address."""

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last, in an article's plain text."""

_OFFSET: Final = re.compile(r"[0-9]{1,9}")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_IDS: Final = re.compile(rf"(?:{_ID.pattern}\n)+")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible, but some scripts (and emoji) cannot be spelled without them."""
BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols by category, but nothing to see."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
QUOTE_MARKS: Final = '"“”„‟«»'
_MARKS: Final = frozenset(QUOTE_MARKS)
_BLANK: Final = re.compile(f"[{''.join(sorted(BLANKS))}]")
_MIXED: Final = re.compile(rf"[^{QUOTE_MARKS}]*(?:“[^\s{QUOTE_MARKS}][^{QUOTE_MARKS}]*”[^{QUOTE_MARKS}]*)+")
_FRAGMENT: Final = re.compile(r"“([^“”]*)”")


def clean(value: Any, limit: int) -> str:
    """One line of text with white space folded.

    Raises:
        ValueError: where it is no text, is empty, is longer than ``limit`` characters or holds an unfit character.
    """
    if not isinstance(value, str):
        raise ValueError(
            "is empty; write it, or delete the key" if value is None else "must be text, on one line or folded"
        )
    text = " ".join(value.split())
    for char in "" if text.isascii() and text.isprintable() else text:
        if char in BLANKS or (unicodedata.category(char) in _UNSEEN and char not in _JOINERS):
            raise ValueError(f"holds the invisible or unassigned character U+{ord(char):04X}; delete it")
    if not text.strip("".join(_JOINERS)):
        raise ValueError("is empty; write it, or delete the key")
    if len(text) > limit:
        raise ValueError(f"has {len(text):,} characters; at most {limit:,} fit where it is shown: shorten it")
    return text


def _line(limit: int) -> BeforeValidator:
    return BeforeValidator(lambda value: clean(value, limit))


def _id(limit: int) -> PlainValidator:
    def check(value: Any) -> str:
        text = clean(value, limit)
        if not _ID.fullmatch(text):
            raise ValueError(f"“{text}” is not an id; write letters without accents, digits, and - _ . between them")
        return text

    return PlainValidator(check)


dating = lru_cache(maxsize=100_000)(Dating.parse)
"""Like ``Dating.parse``, for the few thousand dates that a large collection is made of."""


def _dating(value: Any) -> Dating:
    return dating(clean(value, 40))


def _calendar_day(value: Any) -> date:
    day = _dating(value).day
    if day is None:
        raise ValueError(f"“{value}” is not a day; write YYYY-MM-DD")
    return day


def _url(value: Any) -> str:
    text = clean(value, MAX_URL)
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0  # the port is read here: a bad one raises
        good = parts.scheme in {"http", "https"} and named and not re.search(r"[\s<>\"\\|^`{}]", text)
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"“{text}” is not an address; write it in full, beginning with https://")
    return text


def _pieces(value: Any) -> tuple[str, ...]:
    pieces = tuple(clean(piece, MAX_WORDING) for piece in (value if isinstance(value, list) else [value]))
    if not pieces:
        raise ValueError("is empty; write it, or delete the key")
    return pieces


def _source(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _spans(value: Any) -> tuple[Span, ...]:
    """Where a wording stands, in ascending order."""
    found: list[Span] = []
    for span in value if isinstance(value, list) else [None]:
        ends = span if isinstance(span, list) else []
        if not (len(ends) == 2 and all(isinstance(end, str) and _OFFSET.fullmatch(end) for end in ends)):
            raise ValueError(
                "must be a list of [begin, end], in characters of the article's text: [[10, 25], [40, 62]]"
            )
        begin, end = int(ends[0]), int(ends[1])
        if begin >= end:
            raise ValueError(f"[{begin}, {end}] ends before it begins; correct one of them")
        if found and begin < found[-1][1]:
            raise ValueError(f"[{begin}, {end}] begins before the one before it ends; put them in their order")
        found.append((begin, end))
    if not found:
        raise ValueError("is empty; write it, or delete the key")
    return tuple(found)


def _review(value: Any) -> Any:
    if value == "pending":
        raise ValueError("this is not reviewed yet; `onrecord review FILE`, with its draft, and accept it there")
    raise ValueError("belongs to a draft; delete this line")


Id40 = Annotated[str, _id(MAX_ID)]
Id80 = Annotated[str, _id(MAX_LONG_ID)]
Line60 = Annotated[str, _line(MAX_NAME)]
Line100 = Annotated[str, _line(MAX_TITLE)]
Line200 = Annotated[str, _line(200)]
Line500 = Annotated[str, _line(500)]
When = Annotated[Dating, PlainValidator(_dating)]
Day = Annotated[date, PlainValidator(_calendar_day)]
Url = Annotated[str, PlainValidator(_url)]
Pieces = Annotated[tuple[str, ...], PlainValidator(_pieces)]
Spans = Annotated[tuple[Span, ...], PlainValidator(_spans)]


class Seed(BaseModel):
    """What every part of a seed file has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _unsaid(cls, data: Any) -> Any:
        """A key with nothing behind it is a key that is not there."""
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class SourceSeed(Seed):
    """Where a fact comes from: a title, and an address where there is one."""

    title: Line200
    url: Url | None = None


class CollectionSeed(Seed):
    """``collection.yaml``."""

    title: Line100
    digest_title: Line100
    description: Line500 = ""
    language: Annotated[str, _line(20)] = "en"
    corrections_url: Url | None = None


class OfficeSeed(Seed):
    """An office of a speaker."""

    title: Line100
    organisation: Line100
    since: When = Field(alias="from")
    until: When | None = Field(default=None, alias="to")
    source: Annotated[SourceSeed | None, BeforeValidator(_source)] = None


class SpeakerSeed(Seed):
    """One entry of ``speakers.yaml``."""

    id: Id40
    name: Line60
    kind: Literal["person", "organisation"] = "person"
    aliases: tuple[Line100, ...] = ()
    offices: tuple[OfficeSeed, ...] = ()


class OfficeNameSeed(Seed):
    """What an office is called elsewhere, in ``speakers.yaml``."""

    title: Line100
    organisation: Line100
    aliases: tuple[Line100, ...]


class SpeakersFile(Seed):
    """``speakers.yaml``."""

    speakers: tuple[SpeakerSeed, ...]
    offices: tuple[OfficeNameSeed, ...] = ()


class TopicSeed(Seed):
    """One entry of ``topics.yaml``."""

    id: Id40
    label: Line60
    synonyms: tuple[Line100, ...] = ()


class TopicsFile(Seed):
    """``topics.yaml``."""

    topics: tuple[TopicSeed, ...]


class EventSeed(Seed):
    """One entry of ``events.yaml``."""

    id: Id80 | None = None
    on: When = Field(alias="date")
    status: EventStatus = EventStatus.OCCURRED
    description: Line500
    source: Annotated[SourceSeed, BeforeValidator(_source)]


class EventsFile(Seed):
    """``events.yaml``."""

    events: tuple[EventSeed, ...]


class ArticleSeed(Seed):
    """The ``article`` of an article file."""

    id: Id80
    outlet: Line60
    title: Line200
    byline: Line100 = ""
    published: When
    published_basis: Line200 = ""
    url: Url
    wording: Wording = Wording.ORIGINAL
    wording_note: Line200 = ""
    text_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class CorrectionSeed(Seed):
    """``corrected`` of a statement."""

    on: Day
    was: Annotated[str, _line(MAX_WORDING)]
    why: Line200


class WithdrawalSeed(Seed):
    """``withdrawn`` of what is left of a statement."""

    on: Day
    why: Line200


class _Worded(Seed):
    """What a statement and a further report of one have in common."""

    text: Pieces
    said: When | None = None
    basis: Line200 = ""
    occasion: Line200 = ""
    via: Line100 = ""
    described_as: Line100 = ""


class StandingSeed(_Worded):
    """A statement, whatever sort of file it stands in."""

    id: Id80
    speaker: Id40
    kind: Kind
    basis: Line200
    topics: tuple[Id40, ...] = Field(max_length=MAX_TOPICS)
    corrected: CorrectionSeed | None = None


class StatementSeed(StandingSeed):
    """One entry of ``statements``."""

    spans: Spans = ()


class WithdrawnSeed(Seed):
    """What is left of a statement that was withdrawn: its id, which is never used again, and why."""

    id: Id80
    withdrawn: WithdrawalSeed


class UnreviewedSeed(Seed):
    """An entry that was copied from a draft: one fault, whatever else is in it."""

    model_config = ConfigDict(extra="ignore")

    review: Annotated[str, PlainValidator(_review)]


class BulkStatementSeed(StandingSeed):
    """A line of ``statements.jsonl``. Nobody writes a million bases by hand."""

    basis: Line200 = ""
    article: Id80


class BulkWithdrawnSeed(WithdrawnSeed):
    """A line of ``statements.jsonl`` of which no more is left."""

    article: Id80 | None = None


class ReportSeed(_Worded):
    """One entry of ``also_reports``."""

    statement: Id80
    kind: Kind | None = None
    spans: Spans = ()


_STANDING, _WITHDRAWN, _UNREVIEWED = "<standing>", "<withdrawn>", "<unreviewed>"
_TAGS: Final = frozenset({_STANDING, _WITHDRAWN, _UNREVIEWED})
_OF_DRAFTS: Final = frozenset({"review", "passage", "same_as", "new_speakers"})
"""Keys that only a draft has."""

_IN_JSON: Final = {
    "must be text, on one line or folded": "must be text, in quotation marks",
    "must be a list: one “- …” a line": "must be a list, in [ and ]",
    "must be made of “key: value” lines": "must be an object, in { and }",
}


def _which(entry: Any) -> str:
    if isinstance(entry, dict) and entry.get("review") is not None:
        return _UNREVIEWED
    return _WITHDRAWN if isinstance(entry, dict) and "withdrawn" in entry else _STANDING


StatementEntry = Annotated[
    Annotated[StatementSeed, Tag(_STANDING)]
    | Annotated[WithdrawnSeed, Tag(_WITHDRAWN)]
    | Annotated[UnreviewedSeed, Tag(_UNREVIEWED)],
    Discriminator(_which),
]


def bulk_entry(value: dict[str, Any]) -> type[BulkStatementSeed] | type[BulkWithdrawnSeed]:
    """What a line of ``statements.jsonl`` is meant to be."""
    return BulkWithdrawnSeed if "withdrawn" in value else BulkStatementSeed


class PlainStatement(TypedDict):
    """A line of ``statements.jsonl`` that is as it should be at first sight (``sight.py``)."""

    id: str
    speaker: str
    kind: str
    text: str | list[str]
    said: NotRequired[str | None]
    topics: list[str]
    article: str
    basis: NotRequired[str | None]
    occasion: NotRequired[str | None]
    via: NotRequired[str | None]
    described_as: NotRequired[str | None]


def is_plain(text: str, limit: int, *, escaped: bool) -> bool:
    """Whether a text from JSON surely is one clean line; another may be as well: ``clean`` tells.

    ``escaped`` is whether it may have had escapes in it: without, JSON takes no control characters but U+007F.
    """
    return (
        type(text) is str
        and 0 < len(text) <= limit
        and "  " not in text
        and text[0] != " " != text[-1]
        and ((not escaped and text.isascii()) or (text.isprintable() and not _BLANK.search(text)))
    )


def are_plain(texts: list[str], limit: int, *, escaped: bool) -> bool:
    """Like ``is_plain`` of each, in a tenth of the time."""
    if not texts:
        return True
    lengths = list(map(len, texts))
    if not 0 < min(lengths) <= max(lengths) <= limit or " " in {text[0] for text in texts} | {
        text[-1] for text in texts
    }:
        return False
    if "  " in "\n".join(texts):
        return False
    unusual = texts if escaped else [text for text in texts if not text.isascii()]
    together = "".join(unusual)
    return together.isprintable() and not any(blank in together for blank in BLANKS)


def is_plain_id(text: str) -> bool:
    """Whether something is an id of a statement or article."""
    return len(text) <= MAX_LONG_ID and bool(_ID.fullmatch(text))


def are_plain_ids(texts: list[str]) -> bool:
    """Like ``is_plain_id`` of each, in a fraction of the time."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and max(map(len, texts)) <= MAX_LONG_ID and bool(_IDS.fullmatch(lines))


class ArticleFile(Seed):
    """A file in ``articles/``."""

    article: ArticleSeed
    statements: tuple[StatementEntry, ...] = ()
    also_reports: tuple[ReportSeed, ...] = ()


def fragments(text: str) -> tuple[str, ...]:
    """The verbatim words of a mixed wording: what stands between “ and ”."""
    return tuple(fragment.strip() for fragment in _FRAGMENT.findall(text))


def are_plainly_worded(kind: str, texts: list[str]) -> bool:
    """Whether nothing is wrong with wordings, each of one piece, at first sight. None that has a fault is let through.

    ``kind`` is that of all.
    """
    if kind == Kind.DIRECT:
        return _MARKS.isdisjoint([text[0] for text in texts]) and _MARKS.isdisjoint([text[-1] for text in texts])
    if kind == Kind.MIXED:
        return all(map(_MIXED.fullmatch, texts))
    together = "".join(texts)
    return not any(mark in together for mark in QUOTE_MARKS)


def wording_faults(kind: Kind, pieces: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a wording, given how much of it claims to be verbatim."""
    text = BREAK.join(pieces)
    if len(text) > MAX_WORDING:
        yield f"has {len(text):,} characters; at most {MAX_WORDING:,} fit on a card: leave some out"
    if kind is Kind.DIRECT:
        for piece in pieces:
            if piece[0] in QUOTE_MARKS or piece[-1] in QUOTE_MARKS:
                yield f"“{brief(piece)}” begins or ends with a quotation mark; leave the outer marks out"
        return
    if len(pieces) > 1:
        yield f"is a list; where the kind is {kind} it is one sentence of our own: join the pieces"
    quotes = any(mark in text for mark in QUOTE_MARKS)
    if kind is Kind.INDIRECT and quotes:
        yield "quotes; an indirect statement is all our own words: take the quotation marks out, or call it mixed"
    if kind is Kind.MIXED and any(mark in _FRAGMENT.sub("", text) for mark in QUOTE_MARKS):
        yield "has a quotation mark without its partner; verbatim words stand between “ and ”, and no other marks"
    elif kind is Kind.MIXED and not all(fragments(text) or [""]):
        yield "quotes nothing; put the verbatim words between “ and ”, or call it indirect"


def office_faults(speaker: SpeakerSeed) -> Iterator[tuple[int, str]]:
    """The index of each office that ends before it begins, and the sentence."""
    for index, office in enumerate(speaker.offices):
        if office.until and (office.since.earliest or office.since.latest) > office.until.latest:
            yield index, f"“{office.until.edtf}” is before its “from”, {office.since.edtf}; correct one of them"


@dataclass(frozen=True)
class Known:
    """The ids that others may refer to."""

    what: str
    """What they are the ids of."""
    where: str
    """Where one would be added."""
    ids: set[str]
    complete: bool
    """Whether all of them could be read, so that one that is not there is missing."""

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.ids)

    def lack(self, id_: str) -> bool:
        """Whether an id is surely not there."""
        return self.complete and id_ not in self.ids

    def fault(self, id_: str) -> str:
        """The sentence for an id that is not there."""
        close = process.extractOne(id_, self._sorted, scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean “{brief(close[0])}”?" if close else f"add it to {self.where} first"
        return f"there is no {self.what} “{id_}”; {hint}"


Model = TypeVar("Model", bound=Seed)
Entry = TypeVar("Entry")


def check(model: type[Seed], tree: Tree, file: str, problems: list[Problem]) -> None:
    """Note everything in a file that its model does not allow."""
    try:
        model.model_validate(tree.root)
    except ValidationError as error:
        for path, sentence in sentences(error, model):
            problems.append(Problem(file, tree.line(path), f"{dotted(path)}: {sentence}".removeprefix(": ")))


def sentences(error: ValidationError, model: type[Seed], *, json: bool = False) -> Iterator[tuple[Path, str]]:
    """What is wrong, and where; in the words of JSON where that is what was read."""
    for detail in error.errors(include_url=False):
        path, sentence = _sentence(detail, model)
        yield path, _IN_JSON.get(sentence, sentence) if json else sentence


def valid(model: type[Model], value: Value) -> Model | None:
    """A part of a file as its model; None where it has a fault."""
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def listed(tree: Tree | None, key: str) -> list[Value]:
    """The entries of a list, sound or not."""
    entries = tree.root.get(key) if tree else None
    return entries if isinstance(entries, list) else []


def valid_entries(entry: TypeAdapter[Entry], tree: Tree | None, key: str) -> dict[int, Entry]:
    """The entries of a list that have no fault of their own, by their index."""
    found: dict[int, Entry] = {}
    for index, value in enumerate(listed(tree, key)):
        try:
            found[index] = entry.validate_python(value)
        except ValidationError:
            continue
    return found


def ids(tree: Tree, key: str) -> dict[Path, str]:
    """The id of each entry of a list by its path, whatever else is wrong with the entry."""
    found: dict[Path, str] = {}
    for index, entry in enumerate(listed(tree, key)):
        id_ = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(id_, str):
            found[key, index, "id"] = " ".join(id_.split())
    return found


def dotted(path: Path) -> str:
    """``("statements", 3, "said")`` as ``statements[3].said``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{brief(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _sentence(detail: Any, model: type[Seed]) -> tuple[Path, str]:
    path: Path = detail["loc"]
    tag = path[2] if len(path) > 2 else None
    if tag in _TAGS:
        path = (*path[:2], *path[3:])
    value, kind = detail["input"], detail["type"]
    context = detail.get("ctx", {})
    match kind:
        case "missing":
            return path, "is missing; add it"
        case "extra_forbidden" if tag == _WITHDRAWN or issubclass(model, WithdrawnSeed):
            return path, "must go; of a withdrawn statement only its id and “withdrawn” are left"
        case "extra_forbidden":
            return path, _unknown_key(str(path[-1]), model, path)
        case "value_error":
            return path, str(context["error"])
        case "enum" | "literal_error":
            shown = f"“{brief(value)}” is not one of" if isinstance(value, str) else "must be one of"
            return path, f"{shown} {context['expected'].replace(chr(39), '')}"
        case "tuple_type":
            return path, "must be a list: one “- …” a line"
        case "model_type":
            return path, "must be made of “key: value” lines"
        case "string_pattern_mismatch" | "string_type":
            return path, "must be 64 hexadecimal digits in small letters, as sha256sum prints them"
        case "too_long":
            return path, f"has {context['actual_length']} entries; at most {context['max_length']} fit: leave some out"
    return path, detail["msg"]


def _unknown_key(key: str, model: type[Seed], path: Path) -> str:
    if key in _OF_DRAFTS:
        return "belongs to a draft; delete it here"
    known = sorted(_keys_at(model, path[:-1]))
    close = process.extractOne(brief(key), known, scorer=fuzz.ratio, score_cutoff=60)
    return f"unknown key; did you mean “{close[0]}”?" if close else f"unknown key; known here: {', '.join(known)}"


def _keys_at(model: type[Seed], path: Path) -> set[str]:
    """The keys that a mapping at this path may have."""
    models = [model]
    for step in path:
        if isinstance(step, str):
            models = [
                inner
                for outer in models
                for name, info in outer.model_fields.items()
                if (info.alias or name) == step
                for inner in _models_in(info.annotation)
            ]
    return {info.alias or name for found in models for name, info in found.model_fields.items()}


def _models_in(annotation: Any) -> list[type[Seed]]:
    if isinstance(annotation, type) and issubclass(annotation, Seed):
        return [annotation]
    return [model for argument in getattr(annotation, "__args__", ()) for model in _models_in(argument)]
