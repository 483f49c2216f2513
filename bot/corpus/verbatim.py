"""The verbatim gate: what stands in quotation marks stands in the article.

Compared after folding white space and the shapes of quotation marks, and ignoring one comma or full stop at a piece's
end; nothing else is forgiven. A piece may not begin or end inside a word.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from bot.corpus.schema import fragments
from bot.corpus.seeds import Place, Seeds
from bot.errors import Problem
from bot.record import Article, Citation, Kind

MAX_TEXT: Final = 10_000_000
"""Bytes of an article's text; longer files in the folder are not articles."""

_SHAPES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›ʼ＇", "'"))


@dataclass(frozen=True, slots=True)
class _Text:
    """A file that may be an article."""

    name: str
    sha256: str
    folded: str


def fold(text: str) -> str:
    """White space to single spaces, quotation marks to their straight shapes."""
    return " ".join(text.translate(_SHAPES).split())


def check(seeds: Seeds, articles: Path) -> list[Problem]:
    """Every quotation that does not stand in its article's text, and every text whose sum differs.

    Args:
        seeds: a checked collection.
        articles: a folder with the articles' plain texts; a text is recognised by its SHA-256.
    """
    texts = list(_texts(articles))
    if not texts:
        return [Problem(str(articles), 0, "holds no article text; name the folder with the plain texts")]
    problems: list[Problem] = []
    found: dict[str, _Text | None] = {}
    for statement in seeds.statements:
        for citation in statement.citations:
            article = citation.article
            if article.id not in found:
                found[article.id] = _text_of(article, _quotations(seeds, article), texts)
                problems += _check_sum(article, found[article.id], seeds.places[f"@{article.id}"])
            text = found[article.id]
            if text:
                shown = statement.id if citation is statement.citation else f"{statement.id}@{article.id}"
                problems += _check_citation(statement.id, citation, text, seeds.places[shown])
    return problems


def verbatim(citation: Citation) -> tuple[str, ...]:
    """The runs of a wording that claim to be the article's own words, in order."""
    match citation.kind:
        case Kind.DIRECT:
            return citation.pieces
        case Kind.MIXED:
            return fragments(citation.text)
        case Kind.INDIRECT:
            return ()


def _texts(folder: Path) -> Iterator[_Text]:
    for place, _, names in sorted(os.walk(folder)):
        for path in (Path(place, name) for name in sorted(names)):
            try:
                if not path.is_file() or path.stat().st_size > MAX_TEXT:
                    continue
                content = path.read_bytes()
                yield _Text(path.name, hashlib.sha256(content).hexdigest(), fold(content.decode("utf-8-sig")))
            except (OSError, UnicodeDecodeError):
                continue


def _quotations(seeds: Seeds, article: Article) -> list[str]:
    return [
        run
        for statement in seeds.statements
        for citation in statement.citations
        if citation.article.id == article.id
        for run in verbatim(citation)
    ]


def _text_of(article: Article, quotations: list[str], texts: list[_Text]) -> _Text | None:
    """The text with the article's sum, or else the one that holds most of what is quoted from it, if any of it."""
    exact = [text for text in texts if text.sha256 == article.text_sha256]
    if exact:
        return exact[0]
    held = {text.name: sum(_find(text.folded, run, 0) >= 0 for run in quotations) for text in texts}
    closest = max(texts, key=lambda text: (held[text.name], text.name))
    return closest if held[closest.name] else None


def _check_sum(article: Article, text: _Text | None, place: Place) -> Iterator[Problem]:
    if text is None:
        message = "article.text_sha256: no text has this sum, nor any of its quotations; add the text"
        yield Problem(place.file, place.line, message)
    elif not article.text_sha256:
        message = f"article.text_sha256: is missing; {text.name} has {text.sha256}"
        yield Problem(place.file, place.line, message)
    elif article.text_sha256 != text.sha256:
        message = f"article.text_sha256: no text has this sum; the closest, {text.name}, has {text.sha256}"
        yield Problem(place.file, place.line, message)


def _check_citation(statement: str, citation: Citation, text: _Text, place: Place) -> Iterator[Problem]:
    start = 0
    for run in verbatim(citation):
        at = _find(text.folded, run, start)
        if at < 0:
            elsewhere = _find(text.folded, run, 0) >= 0
            reason = "stands there, but not in this order" if elsewhere else f"closest: “{_closest(run, text)}”"
            message = f"{statement}: “{run}” is not verbatim in {text.name}; {reason}"
            yield Problem(place.file, place.line, message)
        else:
            start = at + len(_comparable(run))


def _closest(run: str, text: _Text) -> str:
    """The passage most like a run, in whole words."""
    found = fuzz.partial_ratio_alignment(fold(run), text.folded)
    start, end = (found.dest_start, found.dest_end) if found else (0, 0)
    while start and text.folded[start - 1] != " ":
        start -= 1
    while end < len(text.folded) and text.folded[end] != " ":
        end += 1
    return text.folded[start:end].strip()


def _comparable(run: str) -> str:
    folded = fold(run)
    return folded[:-1] if folded[-1:] in {",", "."} else folded


def _find(text: str, run: str, start: int) -> int:
    """Where a run stands as whole words, from ``start`` on; -1 where it does not."""
    wanted = _comparable(run)
    if not wanted:
        return -1
    at = text.find(wanted, start)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return at
        at = text.find(wanted, at + 1)
    return -1
