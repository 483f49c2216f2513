"""The shape of a draft: that of a seed file, with more keys, and not all of it need be there yet."""

from enum import StrEnum

from pydantic import Field

from bot.corpus.fields import MAX_TOPICS, Id40, Id80, Line60, Line100, Line200, Pieces, Spans, Url, When
from bot.corpus.schema import Seed
from bot.record import Kind, Wording


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
