"""What was found in an article, as a draft of its seed file: each value where a seed file has it, and what is doubtful.

Nothing is decided here that a step before has not decided; ids are made, and the words that may be ours to keep are
told from those that are only the article's.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import takewhile
from typing import Final

from anyascii import anyascii

from bot.corpus.schema import MAX_ID, MAX_LONG_ID, MAX_TOPICS, QUOTE_MARKS
from bot.corpus.seeds import Seeds
from bot.corpus.verbatim import UNSEEN
from bot.drafting import furniture, marks
from bot.drafting.parsing import Parsed, parse
from bot.drafting.values import Attribution, Manuscript, Occasion, Proposal, Span, Subject, Voice
from bot.record import BREAK, MAX_WORDING, Article, Dating, Kind, Statement

MOST: Final = 500
"""Statements of one draft: ten times what a long article has, so that what has more is no article."""
UNDATED: Final = "undated"
"""Stands in an id where the date will be, once somebody knows it."""
NOBODY: Final = "unnamed"
"""Stands in a statement's id where the speaker's name will be."""

_AROUND: Final = 48
"""Characters of the text on either side that tell a passage from another with the same words; W3C names no number."""
_WEIGHTS: Final = {"PROPN": 3.0, "NOUN": 3.0, "ADJ": 2.0, "VERB": 1.5, "NUM": 1.0}
_SLUG_WORDS: Final = 3
_LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s)")
_INVISIBLE: Final = str.maketrans(dict.fromkeys(UNSEEN, ""))


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something stands, so that a reader finds it: a Text Quote Selector of the W3C's Web Annotation model."""

    prefix: str
    exact: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody the collection does not know, with the id they would get."""

    id: str
    proposal: Proposal
    offices: tuple[tuple[str, str], ...]
    """Title and organisation of each."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One statement of a draft."""

    id: str
    speaker: str
    """Of the collection or a newcomer; empty where nobody could be made out."""
    kind: Kind
    pieces: tuple[str, ...]
    """Verbatim; of a mixed one the fragments to build a sentence around; empty of an indirect one."""
    occasion: Occasion
    voice: Voice
    topics: tuple[str, ...]
    spans: tuple[Span, ...]
    passage: Passage
    sure: int
    """Per cent."""
    doubts: tuple[str, ...]
    known: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article with all that was found in it."""

    article: str
    """Its id."""
    manuscript: Manuscript
    sum: str
    """SHA-256 of the text, in hexadecimal."""
    newcomers: tuple[Newcomer, ...]
    statements: tuple[Drafted, ...]
    notes: tuple[str, ...]

    @property
    def doubtful(self) -> int:
        """How many statements somebody should look at twice."""
        return sum(bool(statement.doubts) for statement in self.statements)


def read(manuscript: Manuscript) -> Parsed:
    """A manuscript's prose, parsed; what is not prose is blanked out."""
    return next(parse([furniture.blank(manuscript.text, manuscript.furniture)]))


def draft(manuscript: Manuscript, parsed: Parsed, collection: Seeds) -> Draft:
    """Everything that can be said about an article, for a collection that knows some people, topics and statements."""
    # Here, since `--spans` needs none of them and a collection may be large.
    from bot.drafting import attribution, dating, speakers, subjects  # noqa: PLC0415

    found = attribution.attributions(parsed)
    roster = speakers.Roster(collection.speakers, collection.office_names)
    voices = speakers.voices(manuscript, parsed, found, roster)
    occasions = dating.occasions(manuscript, parsed, found)
    about = subjects.subjects(manuscript, found, voices, collection.topics, collection.statements)
    return assemble(manuscript, parsed, list(zip(found, voices, occasions, about, strict=True)), collection)


def assemble(
    manuscript: Manuscript,
    parsed: Parsed,
    found: Sequence[tuple[Attribution, Voice, Occasion, Subject]],
    collection: Seeds,
) -> Draft:
    """The values of each step as one draft, in the order of the text."""
    ordered = sorted(found, key=lambda one: (one[0].begin, one[0].end))
    notes = list(manuscript.notes)
    if len(ordered) > MOST:
        notes.append(f"has {len(ordered):,} statements, so it is more than one article; the first {MOST} are here")
    bench = _Bench(manuscript, parsed, collection)
    statements = tuple(bench.drafted(*one) for one in ordered[:MOST])
    return Draft(
        article=bench.article,
        manuscript=manuscript,
        sum=bench.sum,
        newcomers=bench.newcomers,
        statements=statements,
        notes=tuple(notes),
    )


@dataclass
class _Bench:
    """One article in the making."""

    manuscript: Manuscript
    parsed: Parsed
    collection: Seeds
    article: str = ""
    sum: str = ""
    _newcomers: dict[str, Newcomer] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _frequency: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sum = sha256(self.manuscript.content).hexdigest()
        self.article = _article_id(self.manuscript, self.sum, self.collection)
        self._frequency.update(word.lower_ for paragraph in self.parsed.paragraphs for word in paragraph.doc)
        self._people = {speaker.id for speaker in self.collection.speakers}
        self._ids.update(statement.id for statement in self.collection.statements)
        self._ids.update(withdrawal.statement for withdrawal in self.collection.withdrawals)

    @property
    def newcomers(self) -> tuple[Newcomer, ...]:
        return tuple(self._newcomers.values())

    def drafted(self, found: Attribution, voice: Voice, occasion: Occasion, subject: Subject) -> Drafted:
        speaker, name, whole = self._speaker(voice)
        pieces, cut = self._pieces(found)
        doubts = [*found.because, *voice.because, *occasion.because]
        if not speaker:
            doubts.insert(0, "nobody is named as the speaker")
        if cut:
            doubts.append("the quotation is longer than a card can show; it is cut at the end of a sentence")
        sure = found.confidence * (voice.confidence if speaker else 0.0) * occasion.confidence
        begin, end, text = found.begin, found.end, self.manuscript.text
        dated = stamp(occasion.said or self.manuscript.published)
        stem = f"{surname(name, whole=whole) if speaker else NOBODY}-{dated}"
        return Drafted(
            id=self._unique(stem, self._weightiest(found, name)),
            speaker=speaker,
            kind=found.kind,
            pieces=pieces,
            occasion=occasion,
            voice=voice,
            topics=tuple(topic.id for topic in subject.topics[:MAX_TOPICS]),
            spans=found.content,
            passage=Passage(text[max(0, begin - _AROUND) : begin], text[begin:end], text[end : end + _AROUND]),
            sure=round(100 * sure),
            doubts=tuple(dict.fromkeys(map(folded, doubts))),
            known=subject.known,
        )

    def _speaker(self, voice: Voice) -> tuple[str, str, bool]:
        """The id and name of who speaks, and whether it is an organisation; both empty where nobody is known."""
        if voice.speaker:
            return voice.speaker.id, voice.speaker.name, voice.speaker.is_organisation
        proposal = voice.proposal
        if not proposal or not slug(proposal.name):
            return "", "", False
        key = proposal.name.casefold()
        known = self._newcomers.get(key)
        id_ = known.id if known else free(slug(proposal.name, MAX_ID), self._people.__contains__, MAX_ID)
        office = [(proposal.title, proposal.organisation)] if proposal.title and proposal.organisation else []
        offices = tuple(dict.fromkeys([*(known.offices if known else ()), *office]))
        self._newcomers[key] = Newcomer(id_, known.proposal if known else proposal, offices)
        self._people.add(id_)
        return id_, proposal.name, proposal.is_organisation

    def _pieces(self, found: Attribution) -> tuple[tuple[str, ...], bool]:
        """The verbatim words without their quotation marks, and whether some had to be left out."""
        text = self.manuscript.text
        match found.kind:
            case Kind.INDIRECT:
                return (), False
            case Kind.MIXED:
                inner = (fragment for span in found.content for fragment in fragments(text, span))
                together = BREAK.join(f"“{piece}”" for piece in inner)
                return ((together,) if together else ()), len(together) > MAX_WORDING
            case Kind.DIRECT:
                whole = [piece for span in found.content for piece in quoted(text, span)]
                kept = list(_fitting(whole))
                return tuple(kept), kept != whole

    def _weightiest(self, found: Attribution, name: str) -> str:
        """The words that tell a statement from the others of its article, as the last part of its id."""
        own = {word.casefold() for word in name.split()}
        weights: dict[int, tuple[float, str]] = {}
        for span in found.content:
            for word in self.parsed.words(span) or ():
                weight = _WEIGHTS.get(word.pos_, 0.0)
                if weight and word.is_alpha and not word.is_stop and word.lower_ not in own:
                    at = self.parsed.paragraph(span[0])
                    weights[(at.begin if at else 0) + word.idx] = (
                        weight / (1 + math.log(self._frequency[word.lower_] or 1)),
                        word.lower_,
                    )
        best = dict.fromkeys(word for _, word in sorted(weights.values(), key=lambda one: -one[0]))
        chosen = set(list(best)[:_SLUG_WORDS])
        in_order = dict.fromkeys(word for _, (_, word) in sorted(weights.items()) if word in chosen)
        return slug(" ".join(in_order)) or "statement"

    def _unique(self, stem: str, words: str) -> str:
        id_ = free(f"{stem}-{words}", self._is_taken, MAX_LONG_ID)
        self._ids.add(id_)
        return id_

    def _is_taken(self, id_: str) -> bool:
        return id_ in self._ids or id_ in self.collection.bulk.statements.index


def folded(text: str) -> str:
    """A piece of an article as one clean line: white space folded, and nothing in it that nobody sees."""
    return " ".join("".join(char if char.isprintable() else " " for char in text.translate(_INVISIBLE)).split())


def quoted(text: str, span: Span) -> Iterator[str]:
    """The words of a quotation without the marks around them, a piece for each paragraph it goes over."""
    for line in _LINE.finditer(text, *span):
        inner = list(_inner(text, (line.start(), line.end()))) or [(line.start(), line.end())]
        for begin, end in inner:
            piece = folded(text[begin:end]).strip(f" {QUOTE_MARKS}")
            if piece:
                yield piece


def fragments(text: str, span: Span) -> Iterator[str]:
    """The words of a span that stand in quotation marks, without them."""
    for line in _LINE.finditer(text, *span):
        for begin, end in _inner(text, (line.start(), line.end())):
            for piece in re.split(f"[{QUOTE_MARKS}]", folded(text[begin:end])):
                if piece.strip(" ,"):
                    yield piece.strip()


def _inner(text: str, span: Span) -> Iterator[Span]:
    """What of a span stands inside quotation marks; marks pair up within the whole line."""
    start = max(text.rfind(char, 0, span[0]) for char in "\n\r\u2028\u2029") + 1
    stops = [at for char in "\n\r\u2028\u2029" if (at := text.find(char, span[1])) >= 0]
    for quotation in marks.quotations(text[start : min(stops, default=len(text))]):
        begin, end = (max(quotation.inner[0] + start, span[0]), min(quotation.inner[1] + start, span[1]))
        if begin < end:
            yield begin, end


def _fitting(pieces: Iterable[str]) -> Iterator[str]:
    """As many pieces as fit on a card; the last one ends where a sentence does."""
    room = MAX_WORDING
    for piece in pieces:
        if len(piece) <= room:
            yield piece
            room -= len(piece) + len(BREAK)
            continue
        ends = [end.end() for end in _SENTENCE_END.finditer(piece, 0, max(room, 0))]
        if ends:
            yield piece[: ends[-1]]
        return


# Ids


def slug(text: str, limit: int = MAX_LONG_ID) -> str:
    """Text as a part of an id: plain small letters and digits with hyphens between, cut between two words."""
    words = re.findall(r"[a-z0-9]+", anyascii(text).lower())
    made = ""
    for word in words:
        if len(made) + 1 + len(word) > limit:
            break
        made = f"{made}-{word}" if made else word
    return made or (words[0][:limit] if words else "")


def surname(name: str, *, whole: bool) -> str:
    """The first part of a statement's id: a person's last name, the whole name of an organisation."""
    words = name.split()
    return slug(name if whole or not words else words[-1], MAX_ID) or NOBODY


def stamp(when: Dating | None) -> str:
    """A date in an id: as precise as all the days that it may have been have in common."""
    if when is None:
        return UNDATED
    start, slash, end = (part.rstrip("~?") for part in when.edtf.partition("/"))
    if not slash or start == "..":
        return end or start
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(start.split("-"), end.split("-"), strict=False))
    return "-".join(first for first, _ in shared) or end[:4]


def free(wanted: str, is_taken: Callable[[str], bool], limit: int) -> str:
    """An id that nothing else has, cut between two words where it is too long."""
    base = wanted if len(wanted) <= limit else wanted[: limit + 1].rpartition("-")[0] or wanted[:limit]
    number, made = 1, base
    while is_taken(made):
        number += 1
        end = f"-{number}"
        made = base[: limit - len(end)].rstrip("-") + end
    return made


def _article_id(manuscript: Manuscript, sum_: str, collection: Seeds) -> str:
    """That of the collection where it has this very text, else ``<day>-<outlet>-<slug>``."""
    known = article_with(sum_, collection)
    if known:
        return known.id
    dated = stamp(manuscript.published)
    words = [word for word in re.findall(r"\w+", folded(manuscript.title)) if word.lower() not in _stop_words()]
    stem = manuscript.name.rpartition(".")[0] or manuscript.name
    about = slug(" ".join(words[:4]), 40) or slug(stem, 40) or "article"
    wanted = "-".join(filter(None, (dated, slug(manuscript.outlet, 24), about)))
    return free(wanted, collection.articles.__contains__, MAX_LONG_ID)


def article_with(sum_: str, collection: Seeds) -> Article | None:
    """The article of a collection whose wordings were compared with this text."""
    return next((article for article in collection.articles.values() if article.text_sha256 == sum_), None)


@cache
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS  # noqa: PLC0415 -- only where there is an article to be named

    return frozenset(STOP_WORDS)
