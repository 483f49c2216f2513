"""A web page becomes the lines of its article.

trafilatura says which part of a page is the article. It leaves out what may matter to us (a standfirst that stands
above the body, a very short quotation) and drops what a passage is (a heading, a quotation set apart), so we walk the
page ourselves and ask it only where the article begins and ends and which passages surely belong to it.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]  # ships none, and its elements are Any here

from bot.drafting.intake.lines import QUOTES, ends_sentence
from bot.drafting.intake.patterns import INVISIBLE
from bot.drafting.intake.printed import date_line
from bot.drafting.values import Furniture, Why

_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT: Final = frozenset(
    "script style noscript template svg math iframe object embed audio video canvas button select option input "
    "textarea "
    "nav form dialog head map picture".split()
)
"""Elements that hold no prose."""
_BESIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:related|share|sharing|social|newsletter|promo|advert\w*|ads?|cookies?|consent|signup|comments?|"
    r"breadcrumbs?|tags?|recommend\w*|most-?(?:read|popular)|sidebar|teasers?|read-?more|more-?(?:on|stories|from)|"
    r"outbrain|"
    r"taboola|navigation|menu|caption|credits?|toolbar|banner|popup|modal|author-?bio)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that pages give to what stands beside an article; matched against classes and ids."""
_PULLED: Final = re.compile(r"pull-?quote|quote", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_BROKEN: Final = re.compile(r"\n[^\S\n]*\n\s*")
_BYLINE: Final = re.compile(r"by [A-Z]", re.IGNORECASE)
_ABOVE: Final = 40
"""Passages between a headline and the body, at most."""
_LONG: Final = 40
"""Letters from which on a passage is found again by them alone."""
_STANDFIRST_WORDS: Final = 8


class Part(StrEnum):
    """What a passage is."""

    TEXT = "text"
    HEADLINE = "headline"
    HEADING = "heading"
    ITEM = "item"
    """Of a list."""
    QUOTATION = "quotation"
    """Set apart as one: a block quotation, a pull quote."""
    SIGNATURE = "signature"
    """Who said what is quoted above it."""


@dataclass(frozen=True, slots=True)
class _Passage:
    part: Part
    text: str
    within: tuple[html.HtmlElement, ...]
    """The elements it stands in, outermost first."""
    linked: bool = False
    """Whether all of it is one link, or several."""

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a sentence, or is marked as somebody's words."""
        return ends_sentence(self.text) or self.text[-1] in QUOTES or self.part in {Part.QUOTATION, Part.SIGNATURE}

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere and says nothing here: the headline of another story."""
        return self.linked and self.words > 3 and self.part is not Part.HEADLINE


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page as plain text."""

    text: str
    headings: tuple[Furniture, ...] = ()
    """What the page marks as headlines and headings."""
    marked: bool = False
    """Whether quotation marks were set around block quotations that the page sets apart without any."""


def parse(markup: str) -> html.HtmlElement | None:
    """A page's elements; None where there are none. Whatever is wrong with the markup is put up with."""
    content = INVISIBLE.sub("", markup).encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):  # nothing in it, or nothing but a comment
        return None
    return root


def article(root: html.HtmlElement, title: str = "") -> Page:
    """The article of a page, a paragraph a line with a blank line between; its text is empty where there is none.

    Args:
        root: of the whole page.
        title: of the article, where the page's metadata have it.
    """
    _quieten()
    found = trafilatura.bare_extraction(
        deepcopy(root), favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    body = found.body if found is not None and not isinstance(found, dict) else None
    if body is None:
        return Page("")
    return _written(_marked(_chosen(list(_passages(root)), body, _folded(title))))


@cache
def _quieten() -> None:
    """Keep what the library logs about a page to itself: whether there is an article is said in a sentence of ours."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def all_text(root: html.HtmlElement) -> str:
    """Everything a page shows, article or not, with or without scripts: it may tell why there is none."""
    without_scripts = (" ".join(element.itertext()) for element in root.iter("noscript"))
    return "\n".join([*(passage.text for passage in _passages(root)), *without_scripts])


def _passages(root: html.HtmlElement) -> Iterator[_Passage]:
    """Every passage that a page shows, in order. (Without recursion: a page may nest deeper than Python calls.)"""
    stack: list[html.HtmlElement] = []
    pieces: list[str] = []
    linked, links = 0, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        apart = tag in _BLOCKS or (tag == "cite" and _part(stack) in {Part.QUOTATION, Part.SIGNATURE})
        if apart:
            yield from _flush(pieces, stack, linked)
            linked = 0
        if event == "start":
            stack.append(element)
            links += tag == "a"
            silent = tag in _SILENT or _is_hidden(element)
            if silent:
                walk.skip_subtree()
            written = "\n" if tag == "br" else "" if silent else element.text or ""
            if any(around.tag == "time" for around in stack[-3:]):  # its parts are often parted by layout alone
                pieces.append(" ")
        else:
            stack.pop()
            links -= tag == "a"
            written = element.tail or ""
        preformatted = any(around.tag == "pre" for around in stack)
        pieces.append(written if preformatted or (tag == "br" and event == "start") else _SPACE.sub(" ", written))
        linked += len(written.strip()) if links else 0


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))


def _flush(pieces: list[str], stack: Sequence[html.HtmlElement], linked: int) -> Iterator[_Passage]:
    """What has come together: one passage, or several where two line breaks in a row part them."""
    written = "".join(pieces)
    pieces.clear()
    for piece in _BROKEN.split(written):
        lines = [" ".join(line.split()) for line in piece.split("\n")]
        part = _part(stack)
        text = (", " if part is Part.SIGNATURE else " ").join(filter(None, lines))
        if text:
            yield _Passage(part, text, tuple(stack), linked >= len(text) * 0.9)


def _part(stack: Sequence[html.HtmlElement]) -> Part:
    part = Part.TEXT
    for element in stack:
        match element.tag:
            case "h1":
                return Part.HEADLINE
            case "h2" | "h3" | "h4" | "h5" | "h6":
                return Part.HEADING
            case "blockquote":
                part = Part.QUOTATION
            case "aside" | "figure" | "div" | "section" if _PULLED.search(element.get("class") or ""):
                part = Part.QUOTATION
            case "cite" | "footer" | "figcaption" if part is Part.QUOTATION:
                part = Part.SIGNATURE
            case "li" if part is Part.TEXT:
                part = Part.ITEM
    return part


def _chosen(passages: list[_Passage], body: etree._Element, title: str) -> list[_Passage]:
    """The passages of the article, from its headline to its end."""
    whole = _folded(" ".join(body.itertext()))
    lines = {_folded("".join(element.itertext())) for element in body.iter("p", "item", "head", "cell", "quote")}
    folded = [_folded(passage.text) for passage in passages]
    kept = [text in lines or (len(text) >= _LONG and text in whole) for text in folded]
    sure = [at for at, text in enumerate(folded) if kept[at] and len(text) >= _LONG] or [
        at for at, is_kept in enumerate(kept) if is_kept
    ]
    if not sure:
        return []
    holds = Counter(element for at in sure for element in passages[at].within)
    main = {element for element, held in holds.items() if held * 2 > len(sure)}
    beside = [_is_beside(passage, main) for passage in passages]
    first, last = sure[0], sure[-1]
    heads = [at for at in range(max(0, first - _ABOVE), first + 1) if _is_headline(passages[at], folded[at], title)]
    begin = heads[-1] if heads else first
    above = [at for at in range(begin, first) if at == begin or (not beside[at] and _belongs_above(passages[at]))]
    innermost = max(main, key=lambda element: len(list(element.iterancestors())), default=None)
    within = []
    for at in range(first, len(passages)):
        passage = passages[at]
        prose = passage.is_prose and not beside[at]
        likely = prose or (kept[at] and (not beside[at] or passage.is_prose))
        if likely and not passage.is_link and (at <= last or innermost in passage.within):
            within.append(at)
    return [passages[at] for at in (*above, *within)]


def _is_beside(passage: _Passage, main: Set[html.HtmlElement]) -> bool:
    """Whether the page says that a passage stands beside the article.

    The name of an element that holds most of the article says nothing (“article has-comments”).
    """
    if passage.part in {Part.QUOTATION, Part.SIGNATURE}:
        return False
    return any(
        element.tag in {"aside", "figcaption", "footer"}
        or _BESIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in passage.within
        if element not in main
    )


def _is_headline(passage: _Passage, folded: str, title: str) -> bool:
    return passage.part is Part.HEADLINE or (bool(title) and folded == title)


def _belongs_above(passage: _Passage) -> bool:
    """Whether what stands between headline and body is of the article: a standfirst, the author, the day."""
    if passage.is_link:
        return False
    standfirst = passage.words >= _STANDFIRST_WORDS or (passage.is_prose and passage.words > 3)
    return standfirst or bool(_BYLINE.match(passage.text) or date_line(passage.text))


def _marked(passages: Iterable[_Passage]) -> tuple[list[_Passage], bool]:
    """The passages with the marks that a page shows by its layout alone, and whether quotation marks are among them."""
    found: list[_Passage] = []
    marked = False
    for passage in passages:
        match passage.part:
            case Part.SIGNATURE if passage.text[0] not in "-–—":
                found.append(replace(passage, text=f"— {passage.text}"))
            case Part.QUOTATION if passage.text[0] in "-–—" or not QUOTES.isdisjoint(passage.text) or passage.words < 3:
                found.append(passage)
            case Part.QUOTATION:
                marked = True
                found.append(replace(passage, text=f"“{passage.text}”"))
            case _:
                found.append(passage)
    return found, marked


def _written(marked: tuple[list[_Passage], bool]) -> Page:
    """The passages one below the other, and where the headings among them stand."""
    passages, has_marks = marked
    text = ""
    headings = []
    for at, passage in enumerate(passages):
        above = passages[at - 1].part if at else None
        if text:
            text += "\n" if above is passage.part is Part.ITEM else "\n\n"
        begin = len(text)
        text += f"• {passage.text}" if passage.part is Part.ITEM else passage.text
        standfirst = passage.part is Part.HEADING and above is Part.HEADLINE and passage.words >= _STANDFIRST_WORDS
        if passage.part in {Part.HEADLINE, Part.HEADING} and not standfirst:
            why = Why.HEADLINE if passage.part is Part.HEADLINE else Why.HEADING
            headings.append(Furniture((begin, len(text)), why))
    return Page(f"{text}\n" if text else "", tuple(headings), has_marks)


def _folded(text: str) -> str:
    """Letters and digits alone, by which a passage is found again however it was spaced."""
    return "".join(filter(str.isalnum, text.casefold()))
