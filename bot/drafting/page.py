"""A web page becomes the lines of its article.

trafilatura says which part of a page is the article. It leaves out what may matter to us (a standfirst that stands
above the body, a very short quotation) and drops what a passage is (a heading, a quotation set apart), so we walk the
page ourselves and ask it only where the article begins and ends and which passages surely belong to it.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import trafilatura
from lxml import etree, html

from bot.drafting.boilerplate import INVISIBLE
from bot.drafting.printed import date_line
from bot.drafting.values import Furniture

_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT: Final = frozenset(
    "script style noscript template svg math iframe object embed audio video canvas button select option input textarea "
    "nav form dialog head map picture".split()
)
"""Elements that hold no prose."""
_BESIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:related|share|sharing|social|newsletter|promo|advert\w*|ads?|cookies?|consent|subscri\w+|signup|comments?|"
    r"breadcrumbs?|tags?|recommend\w*|most-?(?:read|popular)|sidebar|teasers?|read-?more|more-?(?:on|stories|from)|outbrain|"
    r"taboola|navigation|menu|caption|credits?|toolbar|paywall|banner|popup|modal|author-?bio)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that pages give to what stands beside an article; matched against classes and ids."""
_PULLED: Final = re.compile(r"pull-?quote|quote", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE: Final = re.compile(r"[^\S\n]+")
_FINISHED: Final = re.compile(r"[.!?…:;,][\"”»'’)\]]*$|[\"”»]$")
_BYLINE: Final = re.compile(r"by [A-Z]", re.IGNORECASE)
_DOUBLE: Final = re.compile("[\"“”„«»]")
_ABOVE: Final = 40
"""Passages between a headline and the body, at most."""
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
    parent: object
    """The element around the one it stands in: siblings share it."""
    beside: bool
    """Whether the page itself says that it stands beside the article."""
    linked: bool
    """Whether all of it is one link, or several."""


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
    """The article of a page, a paragraph a line with a blank line between; its text is empty where there is none."""
    body = trafilatura.bare_extraction(
        deepcopy(root), favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    kept = _folded(" ".join(body.body.itertext())) if body is not None and body.body is not None else ""
    if not kept:
        return Page("")
    return _written(_signed(_chosen(list(_passages(root)), kept, title)))


def all_text(root: html.HtmlElement) -> str:
    """Everything a page shows, article or not: to tell why there is none."""
    return "\n".join(passage.text for passage in _passages(root))


def _passages(root: html.HtmlElement) -> Iterator[_Passage]:
    """Every passage that a page shows, in order. (Not recursive: pages nest deeper than Python does.)"""
    stack: list[html.HtmlElement] = []
    pieces: list[str] = []
    linked = 0
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SILENT or _hidden(element):
                # Nothing of it is shown, but what follows it is: lxml gives no “end” for what is skipped.
                walk.skip_subtree()
                pieces.append(" ")
            ends = tag in _BLOCKS or (tag in {"cite", "footer"} and _part(stack) is Part.QUOTATION)
            if ends:
                yield from _flush(pieces, stack, linked)
                linked = 0
            stack.append(element)
            links += tag == "a"
            if tag == "br":
                pieces.append("\n")
            elif tag not in _SILENT and element.text and not _hidden(element):
                pieces.append(element.text)
                linked += len(element.text.strip()) if links else 0
        else:
            if tag in _BLOCKS or tag == "cite":
                yield from _flush(pieces, stack, linked)
                linked = 0
            stack.pop()
            links -= tag == "a"
            if element.tail:
                pieces.append(element.tail)
                linked += len(element.tail.strip()) if links else 0


def _hidden(element: html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _flush(pieces: list[str], stack: Sequence[html.HtmlElement], linked: int) -> Iterator[_Passage]:
    """The passages that have come together: one, or several where two line breaks in a row part them."""
    written = _SPACE.sub(" ", re.sub(r"\n(?!\n)", "\n", "".join(pieces))).strip()
    pieces.clear()
    if not written:
        return
    part = _part(stack)
    names = [f"{element.get('class') or ''} {element.get('id') or ''}" for element in stack[1:] if element.tag != "body"]
    figure = any(element.tag == "figcaption" for element in stack)
    aside = any(element.tag in {"aside", "footer"} for element in stack) and part not in {Part.QUOTATION, Part.SIGNATURE}
    beside = figure or aside or (part is not Part.QUOTATION and any(map(_BESIDE.search, names)))
    inner = next((element for element in reversed(stack) if element.tag in _BLOCKS), None)
    parent = inner.getparent() if inner is not None else None
    for text in re.split(r"\n[ \n]*\n", written):
        one = " ".join(text.split())
        if one:
            yield _Passage(part, one, parent, beside, linked >= len(one) * 0.9)
