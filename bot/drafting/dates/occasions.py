"""Where something was said and to whom, composed in our own words from what is recognised around the cue."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.drafting.dates.tying import Saying
from bot.drafting.daynames import MONTH, WEEKDAY
from bot.drafting.intake import outlets

MAX_WHERE: Final = 200
"""Characters of an occasion, as the seeds have it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of an occasion; empty where nothing is."""

    form: str = ""
    """“interview”, “press conference”, “in a tweet”."""
    party: str = ""
    """Who held the interview or was written to."""
    audience: str = ""
    place: str = ""
    event: str = ""
    """With its preposition: “at the NATO summit”."""

    def __bool__(self) -> bool:
        return bool(self.where)

    @property
    def where(self) -> str:
        """The occasion as the seeds word it."""
        main = self.form
        if self.party:
            link = {"interview": "with", "telephone call": "with"}.get(self.form, "to")
            main = f"{self.form} {link} {self.party}".strip()
        if self.audience and not self.party:
            main = f"{self.form}, to {self.audience}" if self.form else f"to {self.audience}"
        if self.place and self.place not in self.event:
            main = f"{main} in {self.place}".strip()
        words = ", ".join(filter(None, (main, self.event)))
        return words if len(words) <= MAX_WHERE else main[:MAX_WHERE]

    def contradicts(self, other: "Scene") -> bool:
        """Whether the two cannot be one occasion."""
        pairs = ((self.form, other.form), (self.place, other.place))
        return any(mine and theirs and mine != theirs for mine, theirs in pairs) or bool(
            self.party and other.party and not _names(self.party) & _names(other.party)
        )

    def resembles(self, other: "Scene") -> bool:
        """Whether the two may be one occasion on which several people spoke."""
        shared = (
            self.event and self.event == other.event,
            self.form == other.form == "press conference",
            self.audience and self.audience == other.audience,
        )
        return any(shared) and not self.contradicts(other)


def scene(saying: Saying, outlet: str = "") -> Scene:
    """What the sentence of an act of saying tells of its occasion.

    Args:
        saying: the act.
        outlet: who publishes the article, which may have held the interview itself.
    """
    begin, end = saying.sentence
    words = saying.masked[begin:end]
    form, party = _form(words)
    told = _TOLD.search(words)
    if told and not party and _is_outlet(told["name"], outlet):
        party = told["name"]
    heard = _AUDIENCE.search(words)
    party = re.sub(r"[’']s$", "", _A_TIME.split(party)[0])
    audience = "" if not heard else "the media" if heard["audience"] == "media" else heard["audience"]
    if form == "interview" and not party:
        party, audience = audience, ""
    return Scene(form, _plain(party), audience, _place(saying), _event(saying))


def share_interview(scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes of one speaker: where there is one interview and one who was spoken to, they are the same."""
    parties = [one.party for one in scenes if one.party]
    forms = {one.form for one in scenes if one.form}
    same = bool(parties) and all(_names(parties[0]) & _names(other) for other in parties)
    if not same or forms != {"interview"}:
        return list(scenes)
    party = max(parties, key=len)
    return [
        replace(one, form="interview", party=party) if one.party or one.form == "interview" else one for one in scenes
    ]


# What is recognised. Lists are of what agencies print, from general knowledge.

_NAME: Final = (
    r"(?:[A-Z][\w’'&/-]*)(?:\s(?:(?:of|for|and|de|von)\s(?:the\s)?)?[A-Z][\w’'&/-]*){0,4}"
    r"(?:\s(?:news\sagency|newspaper|daily|weekly|magazine|television|radio|channel|broadcaster|website)){0,2}"
)
_PARTS_OF_NAMES: Final = frozenset(
    "economist figaro fox guardian monde ptv rossiya spiegel telegraph times welt zeit".split()
)
"""Words that the names of outlets have beside others: “The Sunday Times”, “Fox Business”, “Welt am Sonntag”."""
_CAPITAL_WORD: Final = re.compile(r"[A-Z][\w/]+")
_MEDIUM: Final = re.compile(
    r"\b(?:agency|newspaper|daily|weekly|magazine|television|TV|radio|channel|broadcaster|News)\b"
)
_INTERVIEW: Final = re.compile(rf"\binterview\b(?:ed\sby)?(?:\s(?:with|to|for)\s(?:the\s)?(?P<party>{_NAME}))?")
_TOLD: Final = re.compile(rf"\b(?:told|tells|telling)\s(?:the\s)?(?P<name>{_NAME})")
_A_TIME: Final = re.compile(rf"\s*\b{WEEKDAY}(?!\sTimes)|\s*\b{MONTH}")
_PRESS: Final = re.compile(r"\b(?P<joint>joint\s)?(?:news|press)\s(?:conference|briefing|point)\b|\bbriefing\b")
_NETWORK: Final = re.compile(
    r"\bon\s(?P<network>Facebook|Telegram|Instagram|VKontakte|LinkedIn|YouTube|Truth\sSocial)\b"
)
_TWEET: Final = re.compile(r"\bon\sTwitter\b|\btweet(?:ed|s)?\b")
_CALL: Final = re.compile(rf"\b(?:tele)?phone\s(?:call|conversation|talks?)\b(?:\swith\s(?P<party>{_NAME}))?")
_TEXT: Final = re.compile(
    r"\b(?:in|according\sto)\s(?:an?|his|her|its|their|the)\s(?:[\w-]+\s){0,2}?"
    r"(?P<text>statement|letter|article|op-ed|column|document|report|communiqué|speech|address|lecture|testimony)\b"
    rf"(?:\s(?:(?:to|for)\s(?P<party>(?:the\s)?{_NAME})|(?P<in>in\s(?:the\s)?{_NAME})))?"
)
_AUDIENCE: Final = re.compile(
    r"\b(?:told|tells|telling|to|addressing|briefed|briefing|before|with)\s(?:the\s)?"
    r"(?P<audience>(?:[A-Z][\w’'-]*\s){0,3}(?:reporters|journalists|media(?!\s(?:reports?|outlets?))|lawmakers|MPs|ministers|parliament|deputies|"
    r"senators|students|diplomats|ambassadors|soldiers|troops|officials|Congress|Senate|Bundestag|Duma|"
    r"Security\sCouncil|General\sAssembly))\b"
)
_EVENT: Final = re.compile(
    r"\b(?P<how>at|during|after|following|ahead\sof|before|on\sthe\s(?:sidelines|margins|fringes)\sof|"
    r"(?:in|within)\sthe\sframework\sof)\s(?:(?:the|a|an|his|her|their|this|that|its)\s|(?=[A-Z]|talks\b))"
    r"(?P<event>(?:(?!press\b|news\b)[\w’'.-]+\s){0,6}?(?:meeting|summit|conference|Conference|Summit|Forum|forum|visit|"
    r"talks|Assembly|session|congress))\b(?P<whose>\s(?:with|of|to)\s(?:the\s)?" + _NAME + ")?"
)
_NOT_IN_AN_EVENT: Final = frozenset(
    "that who which he she they it said says told and when while planned was is has had of".split()
)
_HOW: Final = {"following": "after", "ahead of": "before", "during": "at"}
_HELD_IN: Final = re.compile(
    rf"\b(?:conference|briefing|reporters|journalists|media)\sin\s(?!{MONTH})(?P<place>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)"
)
_CAPITAL: Final = re.compile(r"\bin\s(?P<place>the\s[A-Z]\w+\scapital)\b")


def _form(words: str) -> tuple[str, str]:
    """The form of an occasion, and who was spoken or written to."""
    if found := _INTERVIEW.search(words):
        return "interview", found["party"] or ""
    if found := _PRESS.search(words):
        return ("joint press conference" if found["joint"] else "press conference"), ""
    if _TWEET.search(words):
        return "in a tweet", ""
    if found := _NETWORK.search(words):
        return f"on {found['network']}", ""
    if found := _CALL.search(words):
        return "telephone call", found["party"] or ""
    if found := _TEXT.search(words):
        spoken = found["text"] in {"speech", "address", "lecture", "testimony"}
        article = "an" if found["text"][0] in "aeio" else "a"
        form = found["text"] if spoken else f"in {article} {found['text']}"
        return f"{form} {found['in']}" if found["in"] else form, found["party"] or ""
    return "", ""


def _event(saying: Saying) -> str:
    for found in _EVENT.finditer(saying.masked, *saying.sentence):
        inside = found["event"].split()
        if _NOT_IN_AN_EVENT & {word.casefold() for word in inside} or not saying.reaches(found.start()):
            continue
        how = " ".join(found["how"].split())
        if how.startswith(("on the", "in the", "within")):
            how = "on the sidelines of" if how.startswith("on") else "at"
        article = "" if inside[-1] == "talks" else "the "
        named = " ".join(word for word in inside if not _A_TIME.match(word)).replace("’", "'")
        return f"{_HOW.get(how, how)} {article}{named}{found['whose'] or ''}"
    return ""


def _place(saying: Saying) -> str:
    """A town or country of which the sentence says “in …”."""
    begin, end = saying.sentence
    if found := _CAPITAL.search(saying.masked, begin, end):
        return found["place"]
    if found := _HELD_IN.search(saying.masked, begin, end):
        return found["place"]
    for name in saying.paragraph.doc.ents:
        if name.label_ not in {"GPE", "FAC"} or not begin <= name.start_char < end:
            continue
        shown = saying.masked[name.start_char : name.end_char] == name.text
        if (
            shown
            and saying.masked[begin : name.start_char].endswith(("in ", "In "))
            and saying.reaches(name.start_char)
        ):
            return name.text.removeprefix("the ")
    return ""


def _is_outlet(name: str, outlet: str) -> bool:
    if _MEDIUM.search(name) or name == outlet or outlets.known(name):
        return True
    known = any(_is_name_of_outlet(word) for word in _CAPITAL_WORD.findall(name))
    return known or bool(_names(name) & (_PARTS_OF_NAMES | _names(outlet)))


def _is_name_of_outlet(word: str) -> bool:
    """Whether a word is an outlet's by itself: “Reuters”, “CNN”; not “Atlantic”, nor “Sana” for SANA."""
    known = outlets.known(word)
    return bool(known) and not known.startswith("The ") and (word.isupper() or not known.isupper())


def _names(text: str) -> set[str]:
    return {word.casefold() for word in _CAPITAL_WORD.findall(text)} - {"the", "news", "agency"}


def _plain(text: str) -> str:
    return " ".join(text.split())
