"""The verbatim gate: what stands in quotation marks stands in the article.

Compared after folding white space and the shapes of quotation marks, leaving out what nobody sees (soft hyphens, marks
of direction), and ignoring one comma or full stop at a piece's end; nothing else is forgiven. A piece may not begin or
end inside a word. Where a statement says at which characters of the text it stands, it has to stand there.
"""

import hashlib
import os
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from bot.corpus.fields import Span
from bot.corpus.folder import Place
from bot.corpus.quotation import fragments
from bot.corpus.seeds import Seeds
from bot.errors import Problem
from bot.record import Article, Citation, Kind

MAX_TEXT: Final = 10_000_000
"""Bytes of an article's text; longer files in the folder are not articles."""

UNSEEN: Final = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""What a page may have between two letters, and no seed file may."""
_SHAPES: Final = str.maketrans(
    dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›ʼ＇", "'") | dict.fromkeys(UNSEEN, "")
)
_SHAPE_OF: Final = {
    straight: f"[{straight}{''.join(chr(code) for code, made in _SHAPES.items() if made == straight)}]"
    for straight in "\"'"
}
"""Every shape of a quotation mark, as a regular expression has it."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A file that may be an article."""

    name: str
    sha256: str
    plain: str
    """As it is: what offsets count."""
    folded: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "_Text":
        plain = content.decode("utf-8-sig")
        return cls(name, hashlib.sha256(content).hexdigest(), plain, fold(plain))


def fold(text: str) -> str:
    """White space to single spaces, quotation marks to their straight shapes, and nothing unseen."""
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
    return [problem for cited in _by_article(seeds) for problem in _check_article(seeds, cited, texts)]


def check_one(seeds: Seeds, article: str, content: bytes) -> list[Problem]:
    """Like ``check``, for one article and its text, which is at hand.

    Args:
        seeds: a checked collection.
        article: the id of an article in a YAML file of it.
        content: the text, in UTF-8.
    """
    cited = [
        (id_, citation) for id_, citations in _cited(seeds) for citation in citations if citation.article.id == article
    ]
    return list(_check_article(seeds, cited, [_Text.of("its text", content)])) if cited else []


def _cited(seeds: Seeds) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """What YAML files report of each statement."""
    return chain(((one.id, one.citations) for one in seeds.statements), seeds.reports.items())


def _by_article(seeds: Seeds) -> Iterator[list[tuple[str, Citation]]]:
    """For each article, the id of every statement it reports and what it reports of it; one article at a time."""
    by_hand: defaultdict[str, list[tuple[str, Citation]]] = defaultdict(list)
    for id_, citations in _cited(seeds):
        for citation in citations:
            by_hand[citation.article.id].append((id_, citation))
    in_bulk: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    with seeds.bulk.steady(), seeds.read_bulk() as bulk:
        for at in range(len(seeds.bulk.statements)):
            in_bulk[bulk.article_of(at)].append(at)
        for id_ in dict.fromkeys((*by_hand, *in_bulk)):
            statements = map(bulk.statement, in_bulk.get(id_, ()))
            yield by_hand.get(id_, []) + [(statement.id, statement.citation) for statement in statements]


def _check_article(seeds: Seeds, cited: list[tuple[str, Citation]], texts: list[_Text]) -> Iterator[Problem]:
    article = cited[0][1].article
    text = _text_of(article, [run for _, citation in cited for run in verbatim(citation)], texts)
    yield from _check_sum(article, text, _place(seeds, f"@{article.id}"))
    for id_, citation in cited:
        if text:
            here = f"{id_}@{article.id}"
            place = _place(seeds, here, id_)
            yield from _check_citation(id_, citation, text, place)
            if here in seeds.spans and text.sha256 == article.text_sha256:  # in another text they mean nothing
                yield from _check_spans(id_, citation, seeds.spans[here], text, place)


def _place(seeds: Seeds, *shown: str) -> Place:
    """Where the first of these that is there stands."""
    return next(filter(None, map(seeds.place, shown)))


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
                yield _Text.of(path.name, path.read_bytes())
            except (OSError, UnicodeDecodeError):
                continue


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
            reason = "stands there, but not in this order" if elsewhere else f"closest: “{closest(run, text.folded)}”"
            message = f"{statement}: “{run}” is not verbatim in {text.name}; {reason}"
            yield Problem(place.file, place.line, message)
        else:
            start = at + len(_comparable(run))


def _check_spans(
    statement: str, citation: Citation, spans: tuple[Span, ...], text: _Text, place: Place
) -> Iterator[Problem]:
    if spans[-1][1] > len(text.plain):
        message = f"{statement}: spans end at {spans[-1][1]:,}; {text.name} has {len(text.plain):,} characters"
        yield Problem(place.file, place.line, message)
        return
    for run in misplaced(verbatim(citation), spans, text.plain):
        message = f"{statement}: “{run}” does not stand in its spans; correct them, or the wording"
        yield Problem(place.file, place.line, message)


def misplaced(runs: tuple[str, ...], spans: tuple[Span, ...], text: str) -> Iterator[str]:
    """The runs of verbatim words that do not stand, in their order, inside the spans; each run inside one span."""
    parts = [fold(text[begin:end]) for begin, end in spans]
    number, start = 0, 0
    for run in runs:
        places = ((index, _find(part, run, start if index == number else 0)) for index, part in enumerate(parts))
        found = next(((index, at) for index, at in places if index >= number and at >= 0), None)
        if found is None:
            yield run
        else:
            number, start = found[0], found[1] + len(_comparable(run))


def locate(run: str, text: str, near: int = 0) -> Span | None:
    """Where verbatim words stand in a text as it is, by the rules of the gate; the place closest to ``near``."""
    wanted = _comparable(run)
    if not wanted:
        return None
    unseen = f"[{UNSEEN}]*"
    pattern = unseen.join(
        f"[\\s{UNSEEN}]+" if char == " " else _SHAPE_OF.get(char) or re.escape(char) for char in wanted
    )
    before, after = (r"(?<![^\W_])" if char.isalnum() else "" for char in (wanted[0], wanted[-1]))
    edge = after.replace("?<!", "?!")
    found = [place.span() for place in re.finditer(f"{before}{pattern}{edge}", text)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def closest(run: str, text: str) -> str:
    """The passage of a folded text that is most like a run, in whole words."""
    found = fuzz.partial_ratio_alignment(fold(run), text)
    start, end = (found.dest_start, found.dest_end) if found else (0, 0)
    while start and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return text[start:end].strip()


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
