"""What the steps of drafting hand to one another. The words are those of attribution research."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from bot.record import Dating, Kind, Speaker, Statement, Topic

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last, in the plain text."""

NEEDED: Final = ("outlet", "title", "published", "url")
"""What an article must have before anything of it is published."""

LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
"""A line of a text: as a rule a paragraph."""


class Why(StrEnum):
    """Why a part of a text is not the article's prose."""

    # Above the article
    MASTHEAD = "masthead"
    """The name of the outlet, above the headline."""
    NAVIGATION = "navigation"
    SECTION = "section"
    """A short line above the headline."""
    HEADLINE = "headline"
    """The article's own; its title is read from there."""
    BYLINE = "byline"
    DATE_LINE = "date line"
    """When the page appeared or was changed."""
    DATELINE = "dateline"
    """Where and when a report was filed, on a line of its own."""
    PARTICULARS = "the page's own particulars"
    """“Title: …”, “URL: …”: fields, as archives have them."""
    KEY_POINTS = "key points"

    # Amid it
    HEADING = "heading"
    AUTHOR_OF_POST = "author of a post"
    CAPTION = "caption"
    PLAYER = "player"
    """The buttons of a video or a recording."""
    PULL_QUOTE = "pull quote"
    FACT_BOX = "fact box"
    ADVERTISEMENT = "advertisement"
    SHARE_BAR = "share bar"
    LINK = "link to another story"
    MARKUP = "markup"
    INVISIBLE = "invisible character"

    # Below it
    CREDITS = "credits"
    """Who reported, edited and supplied; notes of the editors."""
    COPYRIGHT = "copyright"
    ABOUT_AUTHOR = "about the author"
    ABOUT_OUTLET = "about the outlet"
    CONTACT = "contact"
    TAGS = "tags"
    COMMENTS = "comments"
    NEWSLETTER = "newsletter"
    APPEAL = "appeal"
    """For money."""
    NOTICE = "notice of the site"
    """Of its cookies, its terms, its price."""
    OTHERS = "heading of other stories"
    TEASER = "teaser"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the text that is not the article's prose: navigation, a caption, the teaser of another story."""

    span: Span
    why: Why


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article as plain text, and what is known about it. What is not known is empty."""

    name: str
    """Of the file it came from."""
    text: str
    """What offsets count: decoded, line ends as they were."""
    content: bytes
    """The text as UTF-8, of which the SHA-256 is taken: the input's own bytes wherever it was UTF-8 text."""
    furniture: tuple[Furniture, ...] = ()
    outlet: str = ""
    title: str = ""
    byline: str = ""
    url: str = ""
    published: Dating | None = None
    published_basis: str = ""
    notes: tuple[str, ...] = ()
    """What the curator should know about how it was read: another encoding, a date that two places contradict."""


class Tie(StrEnum):
    """What ties words to whoever is said to have spoken them."""

    CUE = "cue"
    """A verb of saying, “according to”, a colon after a name: in the same sentence."""
    CONTINUATION = "continuation"
    """Nothing of their own: they go on with what the same person was quoted with before."""
    TRANSCRIPT = "transcript"
    """A name and a colon before a whole paragraph, as interviews are printed: words without quotation marks."""
    SIGNATURE = "signature"
    """A name after a dash, beside or below: a pull quote."""
    NONE = "none"
    """Words in quotation marks of which the text does not say whose they are."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said something. All spans are in the order of the text."""

    content: tuple[Span, ...]
    """What was said, with its quotation marks; more than one where the cue interrupts it."""
    source: tuple[Span, ...]
    """The words for who said it, as they stand here or where it was said first; empty where nobody is named."""
    cue: tuple[Span, ...]
    """The words that say that it was said; empty where none do."""
    kind: Kind
    tie: Tie = Tie.CUE
    nested: bool = False
    """Whether it stands inside of what somebody else is said to have said: “TASS reports that Lavrov said …”."""
    confidence: float = 1.0
    """0 to 1: how surely this is a statement with these spans, whoever the source is."""
    because: tuple[str, ...] = ()
    """What makes it doubtful, each a short clause for the curator; empty where nothing does."""

    @property
    def begin(self) -> int:
        """Where its content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where its content ends."""
        return self.content[-1][1]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody the collection does not know yet, as the article introduces them."""

    name: str
    title: str = ""
    """Of the office, where the article gives one."""
    organisation: str = ""
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Who the source of an attribution is."""

    speaker: Speaker | None = None
    """Somebody the collection knows."""
    proposal: Proposal | None = None
    """Somebody it does not; neither where nobody could be made out."""
    described_as: str = ""
    """How the article styles them, where that differs from the office they held then (“former …”)."""
    via: str = ""
    """The agency or outlet the article names as where it has the words from."""
    confidence: float = 1.0
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where something was said, as far as the article tells."""

    said: Dating | None = None
    """Only where the article states or settles it."""
    basis: str = ""
    """How that is known, or why it is not; at most 200 characters, in our own words."""
    where: str = ""
    """To whom and where, in our own words; empty where the article does not say."""
    confidence: float = 1.0
    because: tuple[str, ...] = ()
    hint: str = ""
    """Of words without a date, what day the article speaks of: a curator may see that it is theirs."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an attribution is about, and which statements of the collection may be the same."""

    topics: tuple[Topic, ...] = ()
    known: tuple[Statement, ...] = ()
    """Likest first. A proposal only: likeness alone never merges two statements."""
