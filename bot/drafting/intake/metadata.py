"""What a web page's own metadata say of the article: JSON-LD, Open Graph, ``<meta>``, ``<time>``, canonical address.

A day is taken from what the page states, never from a guess: trafilatura, whose date may be one, is asked for the
title, the author and the site only.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html  # type: ignore[import-untyped]  # ships none
from trafilatura.metadata import extract_metadata

from bot.drafting.intake import outlets
from bot.drafting.intake.imprint import IN_ADDRESS, MAX_URL, Imprint, address_date, same_instant
from bot.drafting.intake.patterns import AUTHOR
from bot.drafting.intake.printed import dates, undated
from bot.record import Dating

_ARTICLE: Final = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|PressRelease)")
_META_DATES: Final = (
    "article:published_time og:published_time og:article:published_time date pubdate publishdate publish-date "
    "publish_date publication_date publicationdate published_date published datepublished dc.date dc.date.issued "
    "dcterms.date dcterms.issued dcterms.created article.published sailthru.date parsely-pub-date "
    "cxenseparse:recs:publishtime "
    "citation_publication_date citation_date rnews:datepublished originalpublicationdate displaydate "
    "article_date_original"
).split()
_META_AUTHORS: Final = (
    "author byl dc.creator dcterms.creator parsely-author sailthru.author article:author_name".split()
)
_META_OUTLETS: Final = "og:site_name publisher dc.publisher dcterms.publisher application-name".split()
_META_TITLES: Final = "og:title parsely-title dc.title twitter:title".split()
_ISO: Final = re.compile(r"(?P<date>(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)(?![\d/.-])")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_IN_TITLE: Final = re.compile(r"\s+[|–—-]\s+")
_UNSET: Final = date(1990, 1, 1)
"""Before this, a publishing system has no date and says 1970."""
_BY: Final = re.compile(r"by\s+", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"(?:^|[\s_-])(?:authors?|bylines?|journalists?|writers?|reporters?)(?:$|[\s_-])", re.IGNORECASE
)


def read(root: html.HtmlElement, saved_from: str = "") -> Imprint:
    """What a page says of its article.

    Args:
        root: of the whole page.
        saved_from: the address a browser noted when it saved the page.
    """
    meta = _meta(root)
    stated = next(_articles(root), {})
    guessed = _guessed(root)
    outlet = _name(stated.get("publisher")) or _first(meta, _META_OUTLETS) or guessed.outlet or _in_title(root)
    url, elsewhere = _address(root, stated, meta, saved_from)
    published, basis, doubts = _published(root, stated, meta)
    if published is None and (published := address_date(url)):
        basis = IN_ADDRESS
    return Imprint(
        outlet=outlet,
        title=_text(stated.get("headline")) or _headline(root) or _first(meta, _META_TITLES) or guessed.title,
        byline=_byline(stated, meta, outlet) or ("" if guessed.byline == outlet else guessed.byline) or _signed(root),
        url=url,
        published=published,
        published_basis=basis,
        notes=(*doubts, *elsewhere),
    )


def _meta(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.casefold(), content)
    return found


def _first(meta: Mapping[str, str], names: list[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _articles(root: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The articles that JSON-LD describes, in order."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").casefold():
            continue
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending:
            one = pending.pop(0)
            if isinstance(one, list):
                pending = [*one, *pending]
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one
                pending += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _text(value: Any) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The name, or the names, of a person or an organisation as JSON-LD gives it."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    name = _text(value.get("name") if isinstance(value, dict) else value)
    return "" if name.startswith(("http:", "https:")) else name


def _byline(stated: Mapping[str, Any], meta: Mapping[str, str], outlet: str) -> str:
    for name in (_name(stated.get("author")), _first(meta, _META_AUTHORS)):
        byline = _BY.sub("", name, count=1) if _BY.match(name) else name
        if byline and byline.casefold() != outlet.casefold() and not byline.startswith("http"):
            return byline
    return ""


def _in_title(root: html.HtmlElement) -> str:
    """The outlet behind the headline in the title of the window, where it is one, or holds the copyright."""
    title = " ".join((root.findtext(".//title") or "").split())
    parts = _IN_TITLE.split(title)[1:]
    footers = " ".join(" ".join(element.itertext()) for element in root.iter("footer"))
    for part in reversed(parts):
        if outlets.known(part) or outlets.is_titled(part) or (part in footers and "©" in footers):
            return outlets.known(part) or part
    return ""


def _signed(root: html.HtmlElement) -> str:
    """The only name that stands in an element which says that an author's is in it."""
    names = set()
    for element in root.iter("span", "p", "div", "a", "address", "li", "strong", "em", "cite"):
        if _SIGNED.search(f"{element.get('class') or ''} {element.get('rel') or ''} {element.get('itemprop') or ''}"):
            name = _BY.sub("", undated(" ".join(" ".join(element.itertext()).split()))[0], count=1)
            if AUTHOR.fullmatch(name) and not outlets.known(name):
                names.add(name)
    return names.pop() if len(names) == 1 else ""


def _headline(root: html.HtmlElement) -> str:
    headlines = [" ".join(" ".join(element.itertext()).split()) for element in root.iter("h1")]
    return headlines[0] if len(headlines) == 1 else ""


def _guessed(root: html.HtmlElement) -> Imprint:
    """What trafilatura makes of the page, without what it only makes up."""
    found = extract_metadata(deepcopy(root))
    outlet = found.sitename or ""
    return Imprint(
        outlet="" if "." in outlet and " " not in outlet else outlet,  # the name of the host is no name of an outlet
        title=found.title or "",
        byline=(found.author or "").replace("; ", ", "),
    )


def _address(
    root: html.HtmlElement, stated: Mapping[str, Any], meta: Mapping[str, str], saved_from: str
) -> tuple[str, tuple[str, ...]]:
    """Where the article can be read, and a note where the page was saved from somewhere else."""
    canonical = next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), "")
    main = stated.get("mainEntityOfPage")
    listed = [canonical, meta.get("og:url"), stated.get("url"), main.get("@id") if isinstance(main, dict) else main]
    usable = [url for url in map(_text, listed) if _is_address(url)]
    saved = saved_from if _is_address(saved_from) else ""
    own = usable[0] if usable else ""
    if own and saved and _host(own) != _host(saved):
        return saved, (f"the page was saved from {saved}, but gives {own} as its address",)
    return own or saved, ()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.netloc) and parts.path.strip("/") != "" and len(url) <= MAX_URL
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc.casefold().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _published(
    root: html.HtmlElement, stated: Mapping[str, Any], meta: Mapping[str, str]
) -> tuple[Dating | None, str, tuple[str, ...]]:
    """The day that the page states; where it states several, the first, as a doubtful one."""
    written = [
        _text(stated.get("datePublished")),
        *(meta[name] for name in _META_DATES if name in meta),
        *_times(root),
    ]
    found = list(dict.fromkeys(filter(None, map(_dating, written))))
    if not found:
        return None, "", ()
    first = found[0]
    apart = [other for other in found[1:] if first.contradicts(other) and not same_instant(first, other)]
    if not apart:
        precise = min(found, key=lambda dating: dating.days)
        return (first if first.days <= precise.days else precise), "the page's own metadata", ()
    note = f"the page's metadata give several dates: {', '.join(map(str, (first, *apart)))}"
    return Dating.parse(f"{first.edtf}?"), "the page's own metadata, which contradict one another", (note,)


def _times(root: html.HtmlElement) -> list[str]:
    """The ``<time>`` that is marked as the day of publication, or else the only day that any of the page has."""
    times = [element for element in root.iter("time") if element.get("datetime")]
    marked = [each for each in times if each.get("pubdate") is not None or each.get("itemprop") == "datePublished"]
    alike = len({(each.get("datetime") or "")[:10] for each in times}) == 1
    return [each.get("datetime") for each in marked] or ([times[0].get("datetime")] if alike else [])


def _dating(written: str) -> Dating | None:
    """A day as a machine writes it: ISO 8601 as a rule, e-mail's form, or one that is printed."""
    written = written.strip()
    if match := _ISO.match(written):
        edtf = match["date"]
    elif match := _COMPACT.fullmatch(written):
        edtf = "-".join(match.groups()[:3])
    elif printed := next(dates(written), None):
        return printed.dating
    else:
        try:
            edtf = parsedate_to_datetime(written).date().isoformat()
        except (TypeError, ValueError, IndexError):
            return None
    try:
        dating = Dating.parse(edtf)
    except ValueError:
        return None
    return dating if dating.latest >= _UNSET else None
