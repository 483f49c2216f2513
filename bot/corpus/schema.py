"""The shape of the seed files: which keys each part has, and what kind of field stands behind each.

``fields`` says what a field may hold, ``faults`` has the sentence for what is not of this shape. Parts of a file that
are of it can be had from here, whatever is wrong with others.
"""

from typing import Annotated, Any, Literal, TypeVar

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

from bot.corpus.fields import (
    MAX_TOPICS,
    Day,
    Id40,
    Id80,
    Line60,
    Line100,
    Line200,
    Line500,
    Pieces,
    Spans,
    Url,
    When,
    line,
)
from bot.corpus.yamltree import Path, Tree, Value
from bot.record import MAX_WORDING, EventStatus, Kind, Wording


def _source(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _review(value: Any) -> Any:
    if value == "pending":
        raise ValueError("this is not reviewed yet; `onrecord review FILE`, with its draft, and accept it there")
    raise ValueError("belongs to a draft; delete this line")


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
    language: Annotated[str, line(20)] = "en"
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
    was: Annotated[str, line(MAX_WORDING)]
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


STANDING, WITHDRAWN, UNREVIEWED = "<standing>", "<withdrawn>", "<unreviewed>"
"""What an entry of ``statements`` is meant to be."""


def _which(entry: Any) -> str:
    if isinstance(entry, dict) and entry.get("review") is not None:
        return UNREVIEWED
    return WITHDRAWN if isinstance(entry, dict) and "withdrawn" in entry else STANDING


StatementEntry = Annotated[
    Annotated[StatementSeed, Tag(STANDING)]
    | Annotated[WithdrawnSeed, Tag(WITHDRAWN)]
    | Annotated[UnreviewedSeed, Tag(UNREVIEWED)],
    Discriminator(_which),
]


def bulk_entry(value: dict[str, Any]) -> type[BulkStatementSeed] | type[BulkWithdrawnSeed]:
    """What a line of ``statements.jsonl`` is meant to be."""
    return BulkWithdrawnSeed if "withdrawn" in value else BulkStatementSeed


class ArticleFile(Seed):
    """A file in ``articles/``."""

    article: ArticleSeed
    statements: tuple[StatementEntry, ...] = ()
    also_reports: tuple[ReportSeed, ...] = ()


Model = TypeVar("Model", bound=Seed)
Entry = TypeVar("Entry")


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
