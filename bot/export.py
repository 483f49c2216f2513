"""Statements for other tools: JSON Lines, CSV, and JSON-LD as schema.org ``Quotation``."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from bot.record import Citation, Correction, Dating, Statement

_ISO: Final = re.compile(r"\d{4}(-\d\d){0,2}")
"""The EDTF dates that are ISO 8601 calendar dates too, which is what schema.org's ``dateCreated`` takes."""


def as_dict(statement: Statement) -> dict[str, Any]:
    """A statement with its whole receipt, as plain values."""
    return {
        "id": statement.id,
        "speaker": statement.speaker.name,
        "speaker_id": statement.speaker.id,
        "kind": str(statement.citation.kind),
        "text": statement.citation.text,
        "said": statement.said and statement.said.edtf,
        "reported": statement.reported.edtf,
        "basis": statement.basis,
        "occasion": statement.citation.occasion or None,
        "topics": [topic.id for topic in statement.topics],
        "citations": [_citation(citation) for citation in statement.citations],
        "corrected": _correction(statement.corrected) if statement.corrected else None,
    }


def _correction(corrected: Correction) -> dict[str, str]:
    return {"on": corrected.on.isoformat(), "was": corrected.was, "why": corrected.why}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "article": citation.article.id,
        "outlet": citation.article.outlet,
        "title": citation.article.title,
        "url": citation.article.url,
        "published": citation.article.published.edtf,
        "wording": str(citation.article.wording),
        "kind": str(citation.kind),
        "via": citation.via or None,
        "described_as": citation.described_as or None,
        "said": citation.said and citation.said.edtf,
        "text": citation.text,
    }


def jsonl(statements: Iterable[Statement]) -> Iterator[str]:
    """One JSON object a line."""
    for statement in statements:
        yield json.dumps(as_dict(statement), ensure_ascii=False) + "\n"


def as_csv(statements: Iterable[Statement]) -> Iterator[str]:
    """One row a statement, its first citation beside it; lists are separated by ``; ``."""
    first = ("article", "outlet", "title", "url", "published", "wording", "via")
    columns = (
        *("id", "speaker", "speaker_id", "kind", "text", "said", "reported", "basis", "occasion", "topics"),
        *first,
        "also_reported_by",
        *("corrected_on", "corrected_was", "corrected_why"),
    )
    line = io.StringIO()
    writer = csv.DictWriter(line, columns, extrasaction="ignore")

    def taken() -> str:
        text = line.getvalue()
        line.seek(0)
        line.truncate()
        return text

    writer.writeheader()
    yield taken()
    for statement in statements:
        row = as_dict(statement)
        shown, *others = row["citations"]
        writer.writerow(
            row
            | {name: shown[name] for name in first}
            | {
                "topics": "; ".join(row["topics"]),
                "also_reported_by": "; ".join(other["url"] for other in others),
            }
            | {f"corrected_{name}": told for name, told in (row["corrected"] or {}).items()}
        )
        yield taken()


def jsonld(statements: Iterable[Statement]) -> Iterator[str]:
    """One JSON-LD document whose graph holds a schema.org ``Quotation`` for each statement."""
    yield '{"@context": "https://schema.org", "@graph": ['
    for number, statement in enumerate(statements):
        yield (",\n" if number else "\n") + json.dumps(_quotation(statement), ensure_ascii=False)
    yield "\n]}\n"


def _quotation(statement: Statement) -> dict[str, Any]:
    organisation = statement.speaker.is_organisation
    return {
        "@type": "Quotation",
        "identifier": statement.id,
        "text": statement.citation.text,
        "creator": {"@type": "Organization" if organisation else "Person", "name": statement.speaker.name},
        **_dated("dateCreated", statement.said),
        "about": [{"@type": "Thing", "name": topic.label} for topic in statement.topics],
        "citation": [
            {
                "@type": "NewsArticle",
                "headline": citation.article.title,
                "publisher": {"@type": "Organization", "name": citation.article.outlet},
                **_dated("datePublished", citation.article.published),
                "url": citation.article.url,
            }
            for citation in statement.citations
        ],
        "additionalProperty": [
            {"@type": "PropertyValue", "name": "kind", "value": str(statement.citation.kind)},
            {"@type": "PropertyValue", "name": "wording", "value": str(statement.citation.article.wording)},
        ],
        **_corrected(statement.corrected),
    }


def _corrected(corrected: Correction | None) -> dict[str, Any]:
    if corrected is None:
        return {}
    text = f"{corrected.why.rstrip('.')}. It was: {corrected.was}"
    return {"correction": {"@type": "CorrectionComment", "datePublished": corrected.on.isoformat(), "text": text}}


def _dated(name: str, when: Dating | None) -> dict[str, str]:
    """A date as schema.org wants it; one that ISO 8601 cannot write goes, as EDTF, to ``temporal``."""
    if when is None:
        return {}
    return {name: when.edtf} if _ISO.fullmatch(when.edtf) else {"temporal": when.edtf}


FORMATS: Final[dict[str, Callable[[Iterable[Statement]], Iterator[str]]]] = {
    "jsonl": jsonl,
    "csv": as_csv,
    "jsonld": jsonld,
}
