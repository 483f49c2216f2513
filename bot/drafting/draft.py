"""What was found in an article, as a draft of its seed file: each value where a seed file has it, and what is doubtful.

Nothing is decided here that a step before has not decided; ids are made, and the words that may be ours to keep are
told from those that are only the article's.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from bot.corpus.fields import MAX_ID, MAX_LONG_ID, MAX_NAME, MAX_TITLE, MAX_TOPICS
from bot.corpus.seeds import Seeds
from bot.drafting.ids import NOBODY, article_id, free, slug, stamp, surname
from bot.drafting.intake import furniture
from bot.drafting.intake.patterns import DATELINE
from bot.drafting.parsing import Parsed, parse
from bot.drafting.values import LINE, Attribution, Manuscript, Occasion, Proposal, Span, Subject, Voice
from bot.drafting.wording import fitting, folded, fragments, quoted
from bot.record import BREAK, Article, Kind, Statement

MOST: Final = 500
"""Statements of one draft: ten times what a long article has, so that what has more is no article."""

_AROUND: Final = 48
"""Characters of the text on either side that tell a passage from another with the same words; W3C names no number."""
_WEIGHTS: Final = {"PROPN": 3.0, "NOUN": 3.0, "ADJ": 2.0, "VERB": 1.5, "NUM": 1.0}
_SLUG_WORDS: Final = 3


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


def parsed(manuscript: Manuscript, *, entities: bool = True) -> Parsed:
    """A manuscript's prose, parsed, with its names marked where entities are wanted; what is not prose is blanked out.

    Where and when a report was filed stays in the text, which dates are read from, and out of its grammar.
    """
    text = furniture.blank(manuscript.text, manuscript.furniture)
    return replace(next(parse([LINE.sub(_without_dateline, text)], entities=entities)), text=text)


def _without_dateline(line: re.Match[str]) -> str:
    found = DATELINE.match(line[0])
    return " " * found.end() + line[0][found.end() :] if found else line[0]


def draft(manuscript: Manuscript, prose: Parsed, collection: Seeds) -> Draft:
    """Everything that can be said about an article, for a collection that knows some people, topics and statements."""
    # Here, since `--spans` needs none of them and a collection may be large.
    from bot.drafting import attribution, selection, subjects  # noqa: PLC0415
    from bot.drafting.dates import dating  # noqa: PLC0415
    from bot.drafting.people import roster, speakers  # noqa: PLC0415

    known_article = article_with(manuscript, collection)
    if known_article:
        manuscript = _completed(manuscript, known_article)
    found = attribution.attributions(prose)
    known = roster.Roster(collection.speakers, collection.office_names)
    voices = speakers.voices(manuscript, prose, found, known)
    occasions = dating.occasions(manuscript, prose, found, voices)
    chosen = selection.choose(found, voices)
    kept, whose = [one.found for one in chosen], [one.voice for one in chosen]
    when = [occasions[one.at] for one in chosen]
    about = subjects.subjects(manuscript, kept, whose, collection.topics, collection.statements)
    return assemble(manuscript, prose, list(zip(kept, whose, when, about, strict=True)), collection)


def assemble(
    manuscript: Manuscript,
    prose: Parsed,
    found: Sequence[tuple[Attribution, Voice, Occasion, Subject]],
    collection: Seeds,
) -> Draft:
    """The values of each step as one draft, in the order of the text."""
    ordered = sorted(found, key=lambda one: (one[0].begin, one[0].end))
    notes = list(manuscript.notes)
    if len(ordered) > MOST:
        notes.append(f"has {len(ordered):,} statements, so it is more than one article; the first {MOST} are here")
    bench = _Bench(manuscript, prose, collection)
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
        given = self.manuscript
        known = article_with(given, self.collection)
        titled = given.title or given.name.rpartition(".")[0] or given.name
        self.article = known.id if known else article_id(given.published, given.outlet, titled, self.collection)
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
        if not proposal or not slug(proposal.name) or len(proposal.name) > MAX_NAME:
            return "", "", False
        key = proposal.name.casefold()
        known = self._newcomers.get(key)
        id_ = known.id if known else free(slug(proposal.name, MAX_ID), self._people.__contains__, MAX_ID)
        told = (folded(proposal.title), folded(proposal.organisation))
        office = [told] if all(told) and max(map(len, told)) <= MAX_TITLE else []
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
                inner = [fragment for span in found.content for fragment in fragments(text, span)]
                kept = list(fitting(inner, around=len("“”")))
                together = BREAK.join(f"“{piece}”" for piece in kept)
                return ((together,) if together else ()), kept != inner
            case Kind.DIRECT:
                whole = [piece for span in found.content for piece in quoted(text, span)]
                kept = list(fitting(whole))
                # A comma before the closing mark belongs to the sentence around it.
                return (*kept[:-1], *(piece.removesuffix(",") for piece in kept[-1:])), kept != whole

    def _weightiest(self, found: Attribution, name: str) -> str:
        """The words that tell a statement from the others of its article, as the last part of its id."""
        own = {word.casefold() for word in name.split()}
        weights: dict[tuple[int, int], tuple[float, str]] = {}
        lines = [
            (line.start(), line.end()) for span in found.content for line in LINE.finditer(self.parsed.text, *span)
        ]
        for begin, end in lines:
            for word in self.parsed.words((begin, end)) or ():
                weight = _WEIGHTS.get(word.pos_, 0.0)
                if weight and word.is_alpha and not word.is_stop and word.lower_ not in own:
                    rarity = 1 + math.log(self._frequency[word.lower_] or 1)
                    weights[begin, word.i] = (weight / rarity, word.lower_)
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


def article_with(manuscript: Manuscript, collection: Seeds) -> Article | None:
    """The article of a collection whose wordings were compared with this very text."""
    sum_ = sha256(manuscript.content).hexdigest()
    return next((article for article in collection.articles.values() if article.text_sha256 == sum_), None)


def _completed(manuscript: Manuscript, known: Article) -> Manuscript:
    """A manuscript with what the collection knows about it, where nothing else told."""
    return replace(
        manuscript,
        outlet=manuscript.outlet or known.outlet,
        title=manuscript.title or known.title,
        byline=manuscript.byline or known.byline,
        url=manuscript.url or known.url,
        published=manuscript.published or known.published,
        published_basis=manuscript.published_basis if manuscript.published else known.published_basis,
    )
