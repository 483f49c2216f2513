"""Rows of the corpus file, as the domain objects they hold."""

import json
import sqlite3
from datetime import date

from bot.record import Article, Citation, Correction, Dating, Event, EventStatus, Kind, Office, Source, Wording


def citation(row: sqlite3.Row) -> Citation:
    """A wording and the article that has it."""
    return Citation(
        article=Article(
            id=row["article"],
            outlet=row["outlet"],
            title=row["title"],
            published=Dating.parse(row["published"]),
            url=row["url"],
            wording=Wording(row["wording"]),
            byline=row["byline"],
            published_basis=row["published_basis"],
            wording_note=row["wording_note"],
            text_sha256=row["text_sha256"],
        ),
        kind=Kind(row["kind"]),
        pieces=tuple(json.loads(row["pieces"])),
        said=Dating.parse(row["said"]) if row["said"] else None,
        basis=row["basis"],
        occasion=row["occasion"],
        via=row["via"],
        described_as=row["described_as"],
    )


def event(row: sqlite3.Row) -> Event:
    """An event."""
    return Event(
        row["id"],
        Dating.parse(row["date"]),
        EventStatus(row["status"]),
        row["description"],
        Source(row["source_title"], row["source_url"] or ""),
    )


def correction(row: sqlite3.Row) -> Correction | None:
    """A statement's correction, where there is one."""
    on = row["corrected_on"]
    return Correction(date.fromisoformat(on), row["corrected_was"], row["corrected_why"]) if on else None


def office(row: sqlite3.Row) -> Office:
    """A term of office of a speaker."""
    return Office(
        row["title"],
        row["organisation"],
        Dating.parse(row["since"]),
        Dating.parse(row["until"]) if row["until"] else None,
        Source(row["source_title"], row["source_url"] or "") if row["source_title"] else None,
    )
