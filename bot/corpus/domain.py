"""What the seed files say, as domain objects. Only for what has been checked."""

import hashlib
from collections.abc import Iterable, Mapping

from bot.corpus import schema
from bot.record import (
    Article,
    Citation,
    Correction,
    Event,
    Kind,
    Office,
    Source,
    Speaker,
    Statement,
    Topic,
)


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Words in their order, each once."""
    return tuple(dict.fromkeys(words))


def correction(seed: schema.CorrectionSeed | None) -> Correction | None:
    """A correction, where there is one."""
    return Correction(seed.on, seed.was, seed.why) if seed else None


def source(seed: schema.SourceSeed) -> Source:
    """Where a fact comes from."""
    return Source(seed.title, seed.url or "")


def speaker(seed: schema.SpeakerSeed) -> Speaker:
    """A speaker with every name and office."""
    offices = tuple(
        Office(
            office.title,
            office.organisation,
            office.since,
            office.until,
            source(office.source) if office.source else None,
        )
        for office in seed.offices
    )
    aliases = tuple(alias for alias in distinct(seed.aliases) if alias != seed.name)
    return Speaker(seed.id, seed.name, aliases, offices, seed.kind == "organisation")


def topic(seed: schema.TopicSeed) -> Topic:
    """A topic with the words people type for it."""
    return Topic(seed.id, seed.label, distinct(seed.synonyms))


def article(seed: schema.ArticleSeed) -> Article:
    """An article."""
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


def citation(article: Article, seed: schema.StandingSeed | schema.ReportSeed, kind: Kind) -> Citation:
    """A wording, as an article has it."""
    return Citation(article, kind, seed.text, seed.said, seed.basis, seed.occasion, seed.via, seed.described_as)


def event(seed: schema.EventSeed) -> Event:
    """An event; one without an id is known by its date and what happened."""
    digest = hashlib.sha256(seed.description.encode()).hexdigest()[:8]
    return Event(seed.id or f"{seed.on.edtf}-{digest}", seed.on, seed.status, seed.description, source(seed.source))


def statement(
    seed: schema.StandingSeed,
    speakers: Mapping[str, Speaker],
    topics: Mapping[str, Topic],
    citations: tuple[Citation, ...],
) -> Statement:
    """A statement with all its citations, the one that is shown first."""
    return Statement(
        id=seed.id,
        speaker=speakers[seed.speaker],
        topics=tuple(topics[topic] for topic in distinct(seed.topics)),
        citations=citations,
        corrected=correction(seed.corrected),
    )


def in_order(reports: Iterable[Citation]) -> tuple[Citation, ...]:
    """Further citations of a statement, the earliest first."""
    return tuple(sorted(reports, key=lambda report: (report.article.published.latest, report.article.id)))
