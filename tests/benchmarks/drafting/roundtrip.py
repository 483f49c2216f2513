"""The five articles drafted, against the seeds that people have reviewed: nothing of the articles' prose is here."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.corpus import seeds
from bot.corpus.seeds import Seeds
from bot.corpus.verbatim import verbatim
from bot.drafting import draft
from bot.drafting.intake import manuscript
from bot.drafting.intake.manuscript import Told
from bot.drafting.values import Span
from bot.record import Article, Citation, Kind, Statement
from tests.benchmarks.drafting.scores import percent
from tests.gold.articles import Gold
from tests.gold.judging import Proposed, Tally, judge, proposed

VARIABLE: Final = "ONRECORD_ARTICLES"
SEEDS: Final = Path("seeds")
MARKED: Final = Path(__file__).with_suffix(".yaml")

_SHAPES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
"""Letter for letter, so that places stay what they are."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One article, there and back."""

    article: Article
    tally: Tally
    spoken: int
    """Of the reviewed statements, those that somebody is heard making."""
    spoken_hit: int

    @property
    def spoken_recall(self) -> float:
        return percent(self.spoken_hit, self.spoken)


def texts() -> dict[str, Path] | str:
    """The articles' plain texts by SHA-256, or the sentence why there are none."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return f"{VARIABLE} does not name a folder with the articles' texts"
    found = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(Path(named).glob("*.txt"))}
    return found or f"{VARIABLE} names a folder without texts"


def trips(found: dict[str, Path]) -> Iterator[Trip]:
    """Every article of the seeds of which the text is there, by day of publication."""
    collection = seeds.load(SEEDS)
    marked = yaml.safe_load(MARKED.read_text("utf-8"))
    articles = {one.article.id: one.article for statement in collection.statements for one in statement.citations}
    for _, article in sorted(articles.items()):
        if article.text_sha256 in found:
            yield _trip(article, found[article.text_sha256], collection, marked)


def explanations() -> dict[str, str]:
    """Why something is still wrong, in a line, by the name under which it is listed."""
    marked = yaml.safe_load(MARKED.read_text("utf-8"))
    return dict.fromkeys(marked["standing"], "reported, nobody heard") | dict(marked["why"])


def _trip(article: Article, path: Path, collection: Seeds, marked: dict[str, Any]) -> Trip:
    # What somebody who has the page before them would say; the saved texts tell neither address nor outlet.
    said = Told(outlet=article.outlet, title=article.title, published=article.published, url=article.url)
    read = manuscript.read(path, said)
    places = {id_: (begin, end) for id_, (begin, end) in marked["places"][article.text_sha256].items()}
    true = [
        _gold(read.text, statement, citation, places)
        for statement in collection.statements
        for citation in statement.citations
        if citation.article.id == article.id
    ]
    drafted = proposed(draft.draft(read, draft.parsed(read), collection))
    tally = judge(read.text, sorted(true, key=lambda one: one.content), drafted, _place)
    spoken = {one.label for one in true} - set(marked["standing"])
    return Trip(article, tally, len(spoken), len(spoken - set(tally.missed)))


def _gold(text: str, statement: Statement, citation: Citation, places: dict[str, Span]) -> Gold:
    content = (places[statement.id],) if citation.kind is Kind.INDIRECT else tuple(_verbatim(text, verbatim(citation)))
    return Gold(
        citation.kind,
        content,
        source=(),
        cue=(),
        speakers=(statement.speaker.name,),
        said=(citation.said,),
        flagged=False,
        via=(citation.via,) if citation.via else (),
        optional=False,
        split=False,
        label=statement.id,
    )


def _verbatim(text: str, runs: tuple[str, ...]) -> Iterator[Span]:
    """Where the article's own words stand, each run after the one before; at a quotation mark wherever there is one.

    Raises:
        ValueError: where one does not; `onrecord check --articles` says more.
    """
    shaped, begin = text.translate(_SHAPES), 0
    for run in runs:
        words = run.translate(_SHAPES)
        opened = shaped.find(f'"{words}', begin)
        at = opened + 1 if opened >= 0 else shaped.index(words, begin)
        begin = at + len(run)
        yield at, begin


def _place(text: str, one: Proposed) -> str:
    """A drafted statement without its words."""
    begin, end = one.content[0][0], one.content[-1][1]
    return f"{one.kind} at {begin}–{end}, {one.speaker or 'nobody'}"
