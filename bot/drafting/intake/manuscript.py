"""A file becomes plain text with what is known about it: outlet, title, author, day and address.

What the curator tells wins over what the page states, and that over what the text prints; where two of them contradict
one another, a note says so.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.drafting.dates import datelines
from bot.drafting.intake import furniture, imprint, language
from bot.drafting.intake.files import Kind, content_of, opened
from bot.drafting.intake.wrapping import unwrapped
from bot.drafting.values import Furniture, Manuscript
from bot.errors import DraftError
from bot.record import Dating

MAX_TEXT: Final = 1_000_000
"""Characters of one article's text: ten times the longest there is, and a minute's parsing."""

_WORD: Final = re.compile(r"\w+")
_AS_TEXT: Final = "Save its text as a .txt file in UTF-8 and draft from that."
_LONG_NOTICE: Final = 4_000
"""Characters of the longest notice."""
_FEW_WORDS: Final = 60
"""Up to so many words of prose may be all that stands beside a notice."""
_SHORT: Final = 12
"""Words up to which a line that speaks of cookies is a notice, whomever it addresses."""
_BEGINNING: Final = 1_500
"""Characters up to which a text may be the beginning of an article alone."""
_ADDRESSED: Final = re.compile(r"\b(?:we|our|us|your?)\b", re.IGNORECASE)
_SUBSCRIBE: Final = re.compile(
    r"subscribe to (?:continue|read|keep|unlock)|(?:for|available to) subscribers|subscribers? only|"
    r"already a subscriber|"
    r"(?:log|sign) in to (?:continue|read)|register to (?:continue|read)|to (?:continue|keep) reading|free articles",
    re.IGNORECASE,
)
_WALLS: Final = (
    (
        re.compile(r"(?:enable|requires?|turn on|without) javascript|javascript (?:is|must)\b", re.IGNORECASE),
        "a request for JavaScript and no article: open the page in a browser, wait for the text, and save it then",
    ),
    (
        re.compile(r"\bcookies?\b|\byour (?:consent|privacy)\b|\bwe (?:and our|value your)\b", re.IGNORECASE),
        "a cookie notice and no article: open the page in a browser, accept or decline, and save it again",
    ),
    (_SUBSCRIBE, "an offer to subscribe and no article: log in, and save the page with the whole text"),
    (
        re.compile(
            r"(?:checking|verify(?:ing)?) (?:your browser|(?:that )?you are (?:a )?human)|just a moment|captcha|"
            r"access denied|are you a robot|unusual traffic|403 forbidden|\b404\b|page not found|"
            r"page (?:.{0,30} )?(?:can(?:no|['’])t be found|does(?: not|n['’]t) exist)",
            re.IGNORECASE,
        ),
        "an error or a check for robots and no article: open the page in a browser, and save what it shows",
    ),
)
"""What stands where an article was expected, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the curator says about an article; empty where nothing was said."""

    outlet: str = ""
    title: str = ""
    byline: str = ""
    published: Dating | None = None
    url: str = ""


NOTHING_TOLD: Final = Told()


def read(path: Path, told: Told = NOTHING_TOLD) -> Manuscript:
    """Read an article from plain text, a web page or a page that a browser saved.

    Raises:
        DraftError: the file holds no article, or none in English; the sentence says what to do.
    """
    file = opened(path)
    if file.kind is Kind.TEXT:
        manuscript = _from_text(path.name, file.text)
        manuscript = replace(manuscript, content=content_of(file), notes=(*file.notes, *manuscript.notes))
    else:
        manuscript = _from_page(path.name, file.text, file.saved_from)
        manuscript = replace(manuscript, notes=(*file.notes, *manuscript.notes))
    return _as_told(_in_english(manuscript), told)


def _from_text(name: str, text: str) -> Manuscript:
    if not text.strip():
        raise DraftError(f"{name}: is empty: there is nothing to draft from.")
    _check_length(name, text)
    broken, text = text, unwrapped(text)
    joined = "its lines are broken to a width: line breaks within a paragraph are read as spaces"
    found = furniture.find(text)
    _check_wall(name, text, found, text)
    own = imprint.read(text, found)
    return Manuscript(
        name=name,
        text=text,
        content=text.encode(),
        furniture=found,
        outlet=own.outlet,
        title=own.title,
        byline=own.byline,
        url=own.url,
        published=own.published,
        published_basis=own.published_basis,
        notes=(*([joined] if text != broken else []), *own.notes, *_paywall(text, text)),
    )


def _from_page(name: str, markup: str, saved_from: str) -> Manuscript:
    # Plain text needs none of what these bring along, a quarter of a second's import.
    from bot.drafting.intake import metadata, page  # noqa: PLC0415

    try:
        root = page.parse(markup)
        shown = page.all_text(root) if root is not None else ""
        _check_length(name, shown)
        stated = metadata.read(root, saved_from) if root is not None else imprint.Imprint()
        article = page.article(root, stated.title) if root is not None else page.Page("")
    except DraftError:
        raise
    except Exception as error:  # parsers of others, on markup for which nobody vouches
        raise DraftError(f"{name}: the page cannot be read ({type(error).__name__}). {_AS_TEXT}") from error
    found = _united(article.headings, furniture.find(article.text, stated.title))
    _check_wall(name, article.text, found, shown)
    if not article.text.strip():
        raise DraftError(f"{name}: the page holds no article that can be made out. {_AS_TEXT}")
    own = imprint.read(article.text, found)
    published, basis, doubts = _one_day(stated, own)
    marked = "the page sets quotations apart without quotation marks: the text has them added"
    return Manuscript(
        name=name,
        text=article.text,
        content=article.text.encode(),
        furniture=found,
        outlet=stated.outlet or own.outlet,
        title=stated.title or own.title,
        byline=stated.byline or own.byline,
        url=stated.url or own.url,
        published=published,
        published_basis=basis,
        notes=(*stated.notes, *doubts, *([marked] if article.marked else []), *_paywall(article.text, shown)),
    )


def _check_length(name: str, text: str) -> None:
    if len(text) > MAX_TEXT:
        raise DraftError(
            f"{name}: holds {len(text):,} characters of text; an article has at most {MAX_TEXT:,}. Give each article "
            f"a file."
        )


def _united(marked: tuple[Furniture, ...], found: tuple[Furniture, ...]) -> tuple[Furniture, ...]:
    """What the page marks as headings, and of what was found that which is something else."""
    spans = {one.span for one in marked}
    return tuple(sorted([*marked, *(one for one in found if one.span not in spans)], key=lambda one: one.span))


def _one_day(stated: imprint.Imprint, own: imprint.Imprint) -> tuple[Dating | None, str, tuple[str, ...]]:
    """The day of publication, of what the page states and what it prints."""
    if stated.published is None:
        return own.published, own.published_basis, own.notes
    printed = own.published
    if printed is None or not stated.published.contradicts(printed):
        sharper = printed if printed and printed.days < stated.published.days else None
        return (sharper, own.published_basis, ()) if sharper else (stated.published, stated.published_basis, ())
    said = f"the page prints {printed}, its metadata say {stated.published}"
    if imprint.same_instant(stated.published, printed):
        return printed, own.published_basis, (f"{said}: a day apart, as clocks of two zones may be",)
    doubtful = Dating.parse(f"{stated.published.edtf.rstrip('~?')}?")
    return doubtful, "the page's own metadata; the page prints another day", (f"{said}: say which is right",)


def _prose(text: str, found: tuple[Furniture, ...]) -> list[str]:
    return [line for line in furniture.blank(text, found).splitlines() if line.strip()]


def _check_wall(name: str, text: str, found: tuple[Furniture, ...], shown: str) -> None:
    """Refuse a page that shows a notice where its article should be.

    Args:
        name: of the file.
        text: what was taken for the article.
        found: its furniture.
        shown: all that the page shows.
    """
    prose = _prose(text, found)
    length = sum(map(len, prose))
    if length > _LONG_NOTICE:
        return
    for pattern, what in _WALLS:
        spoken = [line for line in prose if pattern.search(line)]
        notice = [line for line in spoken if _ADDRESSED.search(line) or len(_WORD.findall(line)) <= _SHORT]
        rest = sum(len(_WORD.findall(line)) for line in prose if line not in spoken)
        instead = sum(map(len, notice)) * 2 > length if prose else pattern.search(shown[:MAX_TEXT])
        if instead and rest <= _FEW_WORDS:
            raise DraftError(f"{name}: holds {what}.")


def _paywall(text: str, shown: str) -> tuple[str, ...]:
    """A note where a page that asks to subscribe shows little more than the beginning of an article."""
    asks = len(text) < _BEGINNING and _SUBSCRIBE.search(shown)
    return ("the page asks to subscribe: the article may go on where this text ends",) if asks else ()


def _in_english(manuscript: Manuscript) -> Manuscript:
    """The manuscript, where its prose is English for the greater part."""
    shares = language.languages(_prose(manuscript.text, manuscript.furniture))
    others = {code: share for code, share in shares.items() if code != "en"}
    if not others:
        return manuscript
    largest = language.NAMES[max(others, key=lambda code: others[code])]
    if shares.get("en", 0.0) < 0.5:
        raise DraftError(
            f"{manuscript.name}: seems to be in {largest}; only English is read. Nothing was drafted: give an English "
            f"version."
        )
    if sum(others.values()) < language.NOTED:
        return manuscript
    note = f"a part of the text seems to be in {largest}: nothing was drafted from its sentences that can be relied on"
    return replace(manuscript, notes=(*manuscript.notes, note))


def _as_told(manuscript: Manuscript, told: Told) -> Manuscript:
    """What the curator says in place of what was found; a note where the two contradict one another."""
    notes = [
        f"the {field} is “{given}”, as you say; the article has “{found}”"
        for field in ("outlet", "title", "byline", "url")
        if (given := getattr(told, field)) and (found := getattr(manuscript, field)) and not _alike(given, found)
    ]
    published, basis = manuscript.published, manuscript.published_basis
    if told.published:
        if published and published.contradicts(told.published):
            notes.append(f"published {told.published}, as you say; {basis}: {published}")
        same = published is not None and published.edtf == told.published.edtf
        published, basis = told.published, basis if same else "given by the curator"
    elif published is None and (in_address := imprint.address_date(told.url)):
        published, basis = in_address, imprint.IN_ADDRESS
    elif published is None and (worked_out := datelines.published(manuscript.text)):
        # Nobody printed it, so it stays doubtful, and with it every day that is counted from it.
        day, basis, doubts = worked_out
        published = Dating.parse(f"{day.edtf.rstrip('~?')}?") if doubts and day.day else day
        notes += doubts
    outlet = told.outlet or manuscript.outlet
    if not outlet and told.url:
        outlet, doubt = imprint.of_address(told.url)
        notes += doubt
    return replace(
        manuscript,
        outlet=outlet,
        title=told.title or manuscript.title,
        byline=told.byline or manuscript.byline,
        url=told.url or manuscript.url,
        published=published,
        published_basis=basis,
        notes=(*manuscript.notes, *notes),
    )


def _alike(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())
