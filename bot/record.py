"""The domain: statements and their receipts. Values only; nothing here reads a file, a clock or a chat."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Final, Self

MAX_WORDING: Final = 1_500
"""Characters of one wording. Escaped for Discord it may double, and must still fit an embed's description of 4096."""

BREAK: Final = " … "
"""Stands between two pieces of a quotation where the article interrupts it."""


class Kind(StrEnum):
    """How much of a wording is inside quotation marks: all, some, or none of it."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Wording(StrEnum):
    """Whether an article's quotations are the words spoken or a translation of them."""

    ORIGINAL = "original"
    TRANSLATION = "translation"
    MACHINE_TRANSLATION = "machine-translation"


_MONTHS: Final = "January February March April May June July August September October November December".split()
_SIMPLE: Final = re.compile(r"(?P<year>[12]\d{3})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?(?P<mark>[~?])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dating:
    """A date with exactly the precision that is known.

    Written in a small subset of EDTF (ISO 8601-2): ``2017``, ``2017-12``, ``2017-12-29``, each with an optional ``~``
    (around) or ``?`` (uncertain); ``A/B`` somewhere from A to B; ``../B`` on or before B.
    """

    edtf: str
    earliest: date | None
    """The first day it may have been; None where the start is open."""
    latest: date
    """The last day it may have been."""
    mark: str
    """``~`` for around, ``?`` for uncertain, else empty."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF date.

        Raises:
            ValueError: with a sentence that quotes the text.
        """
        start, slash, end = text.partition("/")
        if not slash:
            earliest, latest, mark = _simple(text, text)
            return cls(text, earliest, latest, mark)
        opening = None if start == ".." else _simple(start, text)
        closing = _simple(end, text)
        if opening and opening[0] > closing[1]:
            raise ValueError(f"“{text}” ends before it starts")
        marks = closing[2] or (opening[2] if opening else "")
        return cls(text, opening[0] if opening else None, closing[1], marks)

    @property
    def day(self) -> date | None:
        """The calendar day, where exactly one is known for certain."""
        return self.latest if self.earliest == self.latest and not self.mark and "/" not in self.edtf else None

    @property
    def days(self) -> float:
        """How many days it may have been: the smaller, the more precise; infinite where the start is open."""
        return float("inf") if self.earliest is None else (self.latest - self.earliest).days + 1

    def contradicts(self, other: "Dating") -> bool:
        """Whether no day fits both (an approximate date contradicts nothing)."""
        if self.mark or other.mark:
            return False
        return (self.earliest or date.min) > other.latest or (other.earliest or date.min) > self.latest

    def __str__(self) -> str:
        """In words, e.g. “around 23 December 2019”, “December 2019”, “3–4 December 2019”."""
        start, slash, end = self.edtf.partition("/")
        if not slash:
            return _in_words(self.edtf)
        if start == "..":
            return f"on or before {_in_words(end)}"
        first, last = _in_words(start), _in_words(end)
        if start[:7] == end[:7] and len(start) == len(end) == len("2017-12-03"):
            return f"{int(start[8:])}–{last}"
        return f"between {first} and {last}"


def _simple(text: str, whole: str) -> tuple[date, date, str]:
    """First and last day of one simple EDTF date, and its mark; ``whole`` is what was written around it."""
    found = _SIMPLE.fullmatch(text)
    if not found:
        raise ValueError(
            f"“{whole}” is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, with ~ for around or ? for uncertain, "
            "A/B for somewhere between, ../B for on or before"
        )
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    mark = found["mark"] or ""
    try:
        if found["day"]:
            return date(year, month, day), date(year, month, day), mark
        first, last = (month, month) if month or found["month"] else (1, 12)
        return date(year, first, 1), date(year, last, monthrange(year, last)[1]), mark
    except ValueError:
        raise ValueError(f"“{whole}” is not a date: the calendar has no such day or month") from None


def _in_words(simple: str) -> str:
    mark = simple[-1] if simple[-1] in "~?" else ""
    year, _, rest = simple.removesuffix(mark).partition("-")
    month, _, day = rest.partition("-")
    words = " ".join(filter(None, (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)))
    return {"~": f"around {words}", "?": f"possibly {words}"}.get(mark, words)


def month_day(day: date) -> str:
    """A calendar day without its year, e.g. “6 December”."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def full_date(day: date) -> str:
    """A calendar day with its year, e.g. “6 December 2017”."""
    return f"{month_day(day)} {day.year}"


def month_number(name: str) -> int | None:
    """1 to 12 for an English month name or a prefix of it of three letters or more."""
    name = name.casefold()
    hits = [number for number, month in enumerate(_MONTHS, 1) if len(name) > 2 and month.casefold().startswith(name)]
    return hits[0] if hits else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact about an office or an event comes from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An office somebody held, and when. ``until`` is None where no source says that it ended."""

    title: str
    organisation: str
    since: Dating
    until: Dating | None
    source: Source | None = None

    def covers(self, when: Dating) -> bool:
        """Whether it was surely held on every day of ``when``. The days of taking and of leaving office count."""
        if when.earliest is None:
            return False
        ended = self.until is not None and (self.until.earliest is None or when.latest > self.until.earliest)
        return self.since.latest <= when.earliest and not ended

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"


@dataclass(frozen=True, slots=True)
class OfficeName:
    """What an office is called elsewhere: “NATO chief” for the Secretary General of NATO."""

    title: str
    organisation: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a statement: a person, or an organisation that speaks for itself."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    is_organisation: bool = False

    def offices_on(self, when: Dating) -> tuple[Office, ...]:
        """The offices surely held throughout ``when``, in the order the seeds list them."""
        return tuple(office for office in self.offices if office.covers(when))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a statement is about."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A published text that reports statements."""

    id: str
    outlet: str
    title: str
    published: Dating
    url: str
    wording: Wording = Wording.ORIGINAL
    byline: str = ""
    published_basis: str = ""
    wording_note: str = ""
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement as one article words it, and where that article has it from."""

    article: Article
    kind: Kind
    pieces: tuple[str, ...]
    said: Dating | None = None
    basis: str = ""
    occasion: str = ""
    via: str = ""
    described_as: str = ""

    @property
    def text(self) -> str:
        """The wording in one line, a break between two pieces."""
        return BREAK.join(self.pieces)

    @property
    def shown(self) -> str:
        """The wording as it is shown: quotation marks stand only around words that are verbatim in the article."""
        return f"“{self.text}”" if self.kind is Kind.DIRECT else self.text

    @property
    def nature(self) -> str:
        """What sort of wording this is, in words: “direct quotation, machine-translated”."""
        kinds = {
            Kind.DIRECT: "direct quotation",
            Kind.MIXED: "partly quoted",
            Kind.INDIRECT: "paraphrase, in our words",
        }
        translations = {Wording.TRANSLATION: "translated", Wording.MACHINE_TRANSLATION: "machine-translated"}
        quoted = self.kind is not Kind.INDIRECT
        return ", ".join(filter(None, (kinds[self.kind], translations.get(self.article.wording, "") if quoted else "")))


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed in a statement after it had been shown, and what it was before."""

    on: date
    was: str
    why: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is left of a statement that should not have been there."""

    statement: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said something, and here is where that is written. The first citation is the one shown."""

    id: str
    speaker: Speaker
    topics: tuple[Topic, ...]
    citations: tuple[Citation, ...]
    corrected: Correction | None = None

    @property
    def citation(self) -> Citation:
        """The citation whose wording is shown."""
        return self.citations[0]

    @property
    def said(self) -> Dating | None:
        """When it was said, by the most precise of its citations; None where none states it."""
        stated = [citation.said for citation in self.citations if citation.said]
        return min(stated, key=lambda said: said.days, default=None)

    @property
    def basis(self) -> str:
        """How we know when it was said, or why we do not."""
        said = self.said
        return next((c.basis for c in self.citations if c.said == said and c.basis), self.citation.basis)

    @property
    def reported(self) -> Dating:
        """When it was first published, by the earliest of its citations."""
        return min((citation.article.published for citation in self.citations), key=lambda when: when.latest)

    @property
    def when(self) -> Dating:
        """When it was said where that is known, else when it was reported."""
        return self.said or self.reported

    @property
    def dated(self) -> str:
        """When it was said, or else when it was reported; never the one for the other."""
        return f"said {self.said}" if self.said else f"reported {self.reported}"

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices its speaker surely held when it was said."""
        return self.speaker.offices_on(self.when)


class EventStatus(StrEnum):
    """Whether a source says that an event took place, or only that it was going to."""

    OCCURRED = "occurred"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or was announced for a day, described in our own words."""

    id: str
    on: Dating
    status: EventStatus
    description: str
    source: Source


@dataclass(frozen=True, slots=True)
class Collection:
    """What a set of seeds is about."""

    title: str
    digest_title: str
    description: str = ""
    language: str = "en"
    corrections_url: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """The statements an answer is made of: by whom, in which office, on which topics. Newest first.

    ``speaker`` and ``topics`` are ids; ``office`` is a title and an organisation, and stands for whoever held it
    when the statement was made. A statement belongs to it that is on all of the topics and has all of the words in
    its text.
    """

    speaker: str | None = None
    office: tuple[str, str] | None = None
    topics: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.speaker or self.office or self.topics or self.words)


def key_of(identity: str) -> int:
    """A stable stand-in for an id where only a few characters fit: 60 bits of its BLAKE2b digest."""
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest()) >> 4
