"""How outlets write what is no sentence: datelines, credits, names of authors, headings of other stories."""

import re
from typing import Final

from bot.drafting.daynames import ANY_MONTH, ANY_WEEKDAY
from bot.drafting.intake import outlets

MAX_LINE: Final = 600
"""Characters of the longest line that is held against the table; what is longer is prose."""

_CREDITED: Final = (*outlets.AGENCIES, "BBC News", "CNN", "DW", "RFE/RL", "VOA")
AGENCY: Final = rf"\b(?:PA|{'|'.join(re.escape(called) for name in _CREDITED for called in outlets.CALLED[name])})\b"
"""News agencies, and broadcasters that are credited like them; “PA” is an agency in credits alone."""
AGENCIES: Final = rf"(?:{AGENCY}(?:(?:,| and|, and|/| &) ?(?=\w))?)+"
UPPER: Final = "(?-i:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚ])"
NAME: Final = rf"(?:{UPPER}[\w.'’-]*|van|von|de|der|di|da|du|la|le|bin|al|el|ten)"
NAMES: Final = rf"{NAME}(?: {NAME}){{0,4}}(?:(?:,| and|, and| &) {NAME}(?: {NAME}){{0,4}}){{0,5}}"
STORY: Final = r"(?:article|story|report|item|post|page|piece|press release|content|material|text)"
PLACE: Final = r"(?-i:[A-Z][A-Z.’'-]+(?:[ /][A-Z.’'-]+){0,3}(?:, [A-Z][\w. ]{1,20}?)??)"
"""A town in capitals, with its country or state in small letters; as little of that as can be, for a day may follow."""
_DATE: Final = rf"(?:{ANY_MONTH} \d{{1,2}}|\d{{1,2}} {ANY_MONTH})(?:,? \d{{4}})?"
DAY: Final = rf"[,.] (?:{_DATE}|{ANY_WEEKDAY}(?:,? {_DATE})?)"
"""When a report was filed, behind the place."""
FILED_BY: Final = (
    r"(?:[(\[](?P<agency>(?![A-Z]-)(?:(?-i:[A-Z])[\w/& .-]|dpa\b|epd\b)[\w/& .-]{0,29})[)\]]|"
    r"/(?P<slashed>(?-i:[A-Z])[\w& .-]{1,30})/)"
)
NETWORKS: Final = (
    r"(?:facebook|twitter|x|e-?mail|whats ?app|telegram|linkedin|reddit|pinterest|print|copy(?: the)? link|viber|"
    r"messenger|"
    r"google\+?|vk(?:ontakte)?|flipboard|tumblr|pocket|line|threads|bluesky|mastodon|instagram|you ?tube|rss|link|"
    r"share|tweet|"
    r"save|bookmark)"
)
PICTURES: Final = r"(?:AP|AFP|EPA|Getty|Reuters|TASS|Sputnik|RIA)"
"""Agencies that pictures are credited to."""
PICTURED_BY: Final = (
    rf"{PICTURES} ?(?:Photos?|Images)? ?/ ?"
    r"(?:(?:Getty|AFP|AP|Reuters)(?: Images)?/ ?)?(?-i:[A-Z])[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,3}"
)

BULLET: Final = re.compile(r"[•●▪◦‣∙·*–-]\s+|\d{1,2}[.)]\s+")
"""A list marker at the start of a line."""
ZONE: Final = r"(?:GMT|UTC|CES?T|EES?T|BST|MSK|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|HKT)"
CLOCK: Final = rf"\d{{1,2}}[:.h]\d\d(?: ?[ap]\.?m\b\.?)?(?: {ZONE})?"
"""A time of day."""
_PICTURE: Final = r"(?-i:Image|Photo|Photograph|Picture|Foto|Bild|Graphic|Illustration|IMAGE|PHOTO|FOTO|PHOTOGRAPH)s?"
CREDIT: Final = re.compile(
    rf"{_PICTURE}(?: (?:source|credits?|copyright|by))?\s*[:©]\s*\S.{{0,120}}"
    rf"|{_PICTURE} (?:by|courtesy of|via) (?-i:[A-Z])[^.!?,\"“”]{{1,60}}"
    r"|©\s?\S.{0,80}|\((?:photo|image|picture|file|ap photo|reuters|getty)\b[^()]{0,100}\)|\[(?:file|photo|"
    r"image)\b[^\[\]]{0,100}\]"
    rf"|{PICTURED_BY}|(?:via )?Getty Images(?:/\S.{{0,60}})?|"
    r"picture[- ]alliance\b.{0,80}|EPA-EFE/.{1,60}|shutterstock|file (?:photo|picture|image)",
    re.IGNORECASE,
)
"""Whose picture it is: a line of its own, or the end of a caption."""
_PERSON: Final = rf"{UPPER}[\w.'’-]*(?: {NAME}){{1,4}}"
PERSON: Final = re.compile(_PERSON, re.IGNORECASE)
"""Two to five words that may be somebody's name."""
_IN_PLACE: Final = rf"(?:,| in) (?:the )?{UPPER}[\w.'’-]*(?: {NAME}){{0,2}}"
AUTHOR: Final = re.compile(rf"(?:(?:^|, | and | & ){_PERSON}(?:{_IN_PLACE})?){{1,5}}", re.IGNORECASE)
"""Names with or without where they write from: “Ada Wren and Otto Finch in Sandholm”."""
SIGN_OFF: Final = re.compile(
    r"\(+(?:(?:additional|further) )?(?:reporting|writing|editing|edited|written|reported|compiled|translated)"
    r"(?: and (?:reporting|writing|editing))? by\b[^()]{2,300}\)+$",
    re.IGNORECASE,
)
"""Who reported and edited, as agencies put it in brackets behind the last sentence."""
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+"
)
"""Characters that show nothing: marks of direction, soft hyphens, spaces of no width, control characters."""
OTHER_STORIES: Final = re.compile(
    r"(?:skip next section )?(?:"
    r"related(?: (?:articles?|stor(?:y|ies)|topics?|content|news|links?|coverage|video|reading))?|"
    r"more (?:on (?:this|the) (?:topic|story|subject)|stories[^.!?]{0,40}|news|from [^.!?,]{2,40}|articles|coverage|"
    r"headlines|top stories|in [^.!?,]{2,30})|"
    r"(?:today['’]s )?most(?:[- ](?:read|popular|viewed|shared|watched|commented|recent)|ly read)(?: [^.!?,]{2,30})?|"
    r"recommended(?: .{1,30})?|(?-i:[A-Z])[\w/&.’' -]{1,25} recommends|"
    r"you (?:may|might|could) also (?:like|be interested in|enjoy|want to read)|we (?:also )?recommend|"
    r"(?:.{1,30}['’]s )?top (?:stor(?:y|ies)|news|reads)|"
    r"(?:the )?latest (?:news|stories|headlines|articles|updates)(?: [^.!?,]{2,30})?|"
    r"editors?['’]s? (?:picks?|choice)|our picks|"
    r"explore more|in case you missed it|trending(?: (?:now|stories|topics))?|don['’]t miss|"
    r"(?:in )?other (?:news|media|stories|headlines)|(?:what to )?read next|"
    r"also (?:in|on) [^.!?,]{2,30}|elsewhere (?:in|on) [^.!?,]{2,30}|"
    r"from (?:around )?the web|from our partners|around the web|(?:promoted|sponsored|popular) (?:stories|links|posts)|"
    r"(?:also read|read also|read more|see also|see more|watch also|watch next|up next|keep reading|further reading|"
    r"popular)"
    r")\s*:?",
    re.IGNORECASE,
)
"""The heading of a list of other stories."""


DATELINE: Final = re.compile(
    rf"(?P<place>{PLACE}|(?-i:[A-Z])\w+(?:,? (?-i:[A-Z])[\w.]+){{0,3}}(?= ?[,(]))(?P<day>{DAY})?\.?"
    rf"(?: ?{FILED_BY}[.,]?(?: ?[-–—]+)?|,? ?(?:[-–—]+|:))(?=\s|$)",
    re.IGNORECASE,
)
"""Where and when a report was filed, and by whom, at the beginning of its first sentence."""
