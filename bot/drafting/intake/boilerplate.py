"""Lines that outlets print around any article: a table of patterns, each with what it is.

A pattern is held against a whole line, without its list marker, in any case of letters but where ``(?-i:…)`` asks for
a capital. It is written from what such lines say on the pages of agencies and broadcasters, and narrow enough that a
sentence of an article does not fit it: what may follow has a limit (``.{0,80}``), and often no full stop. What says who
said something, or quotes, stays prose whatever it fits, but for the rules that are marked as ``spoken``.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from bot.drafting.intake.patterns import (
    AGENCIES,
    AGENCY,
    BULLET,
    CLOCK,
    DAY,
    FILED_BY,
    MAX_LINE,
    NAME,
    NAMES,
    NETWORKS,
    PICTURED_BY,
    PICTURES,
    PLACE,
    STORY,
)
from bot.drafting.values import Why


class Where(Enum):
    """In which part of a text a line has to stand to be taken for furniture."""

    ANYWHERE = auto()
    HEAD = auto()
    """Before the article's third paragraph."""
    TAIL = auto()
    """Among the last lines."""


@dataclass(frozen=True, slots=True)
class _Rule:
    why: Why
    pattern: str
    where: Where = Where.ANYWHERE
    spoken: bool = False
    """Whether it may quote somebody and be furniture all the same."""


def _rule(why: Why, *patterns: str, where: Where = Where.ANYWHERE, spoken: bool = False) -> _Rule:
    return _Rule(why, "|".join(f"(?:{pattern})" for pattern in patterns), where, spoken)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule; all of them take forty milliseconds, which nobody waits for who drafts nothing."""
    return re.compile(pattern, re.IGNORECASE)


_SPOKEN: Final = re.compile(
    r"\b(?:sa(?:id|ys|y)|told|tells|added|adds|stated|asked|wrote|according to)\b.*[.!?]$|[\"“”«»].*[.!?,][\"”»]?$",
    re.IGNORECASE,
)
"""A sentence that says who said something, or quotes."""
_LABELLED: Final = re.compile(r"[\w’' ]{2,30}[:|]")
"""“Read more: …”, “Correction: …”: behind a label, even a sentence that quotes somebody is none of the article's."""
_NOBODY_SAID: Final = r"(?!.*\b(?:s?he|they|who|(?-i:[A-Z]\w+)) (?:said|told|added|says|wrote)\b)"
"""An outlet quotes its readers and its founder, without a name."""
_ASKING: Final = (
    r"(?:please |help us |help |why not |and )?(?:support|subscribe|donate|contribute|become|join|consider|make a|give|"
    r"fund|sign up) (?!(?:for|of|from|among|in|by|and|within|is|was|has)\b)"
)
"""How an appeal begins; not “support for”, as articles have it."""
_WANTED: Final = (
    r"(?:journalis[mt]s?|subscri(?:be|ber|bers|ption|bing)|membership|a member|donations?|a supporter|"
    r"(?:our|other) readers|newsrooms?|newsletters?|free articles?|our (?:work|reporting|coverage))"
)
"""What an appeal is for."""
_APPEALS: Final = (
    rf"{_NOBODY_SAID}(?:… ?|\.\.\. ?)?(?:[^.!?\"“]{{0,60}}, )?(?:we|i)(?: have|['’]ve got) a "
    r"(?:small |little )?favou?r to ask\b.{0,500}",
    rf"{_NOBODY_SAID}{_ASKING}[^\"“”]{{0,80}}\b{_WANTED}\b.{{0,400}}",
    r"(?:like|enjoy(?:ed|ing)?|liked) (?:what you|this|our)\b[^.!]{0,60}\?.{0,400}",
    r"(?:for (?:just|only|less than)|from(?: just)?|it costs (?:less than|as little as)) "
    r"(?:[$£€]\d|a coffee|the price of a).{0,300}",
    rf"{_NOBODY_SAID}(?:your|every) (?:contribution|donation|subscription|gift)\b.{{0,400}}",
    rf"{_NOBODY_SAID}(?:our|independent|quality|good) journalism (?:needs|depends|relies|costs|takes)\b.{{0,400}}",
)
"""Outlets ask their readers for money, with words of a reader or of the founder in quotation marks at times."""
RULES: Final = (
    _rule(
        Why.NAVIGATION,
        r"skip (?:to|next|past|the|over)\b[^.!?,]{0,60}",
        r"accessibility links|breaking news|(?:go |back )?to (?:the )?(?:homepage|home page|top)|go back|back",
        r"(?:main |site |toggle )?(?:menu|navigation)|site ?map|search(?: (?:for|here|site|this site|\.{3}))?",
        r"log ?(?:in|out)",
        r"sign (?:in|up|out)|my account",
        r"home(?: ?[>›»/|] ?.{1,80})?|you are here:?.{0,80}|(?:previous|next|prev)(?: (?:article|story|page|post))?",
        r"(?:open|close|show|hide|expand)(?: (?:menu|navigation|search|all|more|comments))?|jump to [^.!?,]{1,40}",
        r"page \d+ of \d+|(?:site |cookie )?accessibility(?: (?:help|statement))?|home ?page|your account|my profile",
        r"click to (?:copy|share|print|expand|enlarge|read)\b[^.!?]{0,30}|reuse this content|keep up to date",
        r"(?:become an?|support|subscribe to|join|donate to) (?:member|supporter|subscriber|us|the [^.!?,]{2,30})"
        r"(?: ?[→>»])?",
        r"table of contents|load more|show more|see all|view all|live(?: (?:tv|radio|stream|now))?|on air",
    ),
    _rule(
        Why.SHARE_BAR,
        rf"(?:(?:^|[\s,|/·•]+){NETWORKS}){{2,15}}",
        r"(?:share|tweet|print|copy link|e-?mail|send)",
        rf"(?:share|post|send|tweet|e-?mail|print|save|like|pin|forward)"
        rf"(?: (?:this|the))?(?: {STORY})?(?: (?:on|via|to|by|with|in) [^.!?]{{1,40}})?",
        rf"(?:share|print|e-?mail|save) this(?: {STORY})?[:.!]?|share (?:on|via|it|now)\b.{{0,40}}",
        r"the (?:code|url|link) has been copied to your clipboard\.?|embed(?: share)?|the url has been copied.{0,30}",
        rf"(?:share|print|post|tweet|e-?mail|feedback)(?: (?:share|print|post|tweet|e-?mail))? (?:this )?{STORY}",
        r"feedback:? .{0,10}your feedback\.?",
        r"(?:\d[\d.,]*k? (?:shares?|likes?|retweets?|quotes?|replies|views?|reads?)[ ,|·]*)+",
        r"do you support .{2,60}\? like the page:?",
    ),
    _rule(Why.SHARE_BAR, r"\d[\d,]*[kK]?", where=Where.HEAD),
    _rule(
        Why.LINK,
        r"(?:read more|also read|read also|see also|see more|more here|related|watch also|further reading|must read|"
        r"don['’]t miss|recommended|more on this(?: story| topic)?|in pictures|live updates|read next)"
        r"\s*[:|>»—–-]\s*\S.{0,300}",
        r"(?:watch|listen|video|audio|podcast|photos?|gallery|infographic|map)(?: video| now| live| here)?"
        r"\s*[:|>»]\s*\S.{0,200}",
        r"watch (?:the )?(?:video|full interview|interview|now|live|here)\b.{0,100}(?<![.:!?])",
        r"(?:click|tap) (?:here|on)\b.{0,120}",
        r"(?:read|see|view) (?:the )?(?:full|original|entire|whole) (?:story|article|text|post|report)\b.{0,80}",
        r"read more(?: (?:about|on|at|from) .{1,80})?\.{0,3}|continue reading.{0,60}",
        r"see (?:photos|pictures|video)\b.{0,60}below:?",
    ),
    _rule(
        Why.CAPTION,
        r"image(?: (?:source|caption|copyright|credit))?|photo|picture|video|gallery|\d+x\d+ image|media caption",
        r"(?:image|media|photo|picture|video) (?:caption|source|copyright|credits?)\b.{1,300}",
        r"(?:file|handout|undated|archive) (?:photo|picture|image)\b.{0,200}",
        r"(?:photo|image|picture|illustration|graphic|foto)s?\s*(?:[:©/]\s*\S.{0,120}|by (?-i:[A-Z])[^.!?,]{1,60})",
        rf"©\s?{PICTURES}.{{0,80}}",
        rf"\(?{PICTURED_BY}\)?",
        r"\d{1,2} ?(?:/|of) ?\d{1,2}(?: (?:photos?|images?|pictures?))?|view gallery|enlarge (?:image|picture)",
    ),
    _rule(
        Why.PLAYER,
        rf"{CLOCK}|\d{{1,2}}:\d\d ?/ ?\d{{1,2}}:\d\d",
        r"(?:last )?updated(?: at .{1,20})?|at \d{1,2}[.:]\d\d ?[ap]m(?: [A-Z]{2,4})?",
        r"play(?: video| audio| now)?|pause|mute|full ?screen",
        r"(?:auto )?(?:\d{3,4}p ?)+|direct link",
        r"no media source currently available|your browser does(?: not|n['’]t) support.{0,80}",
        r"(?:video|audio) player.{0,40}",
        r"to view this video please enable javascript.{0,120}|listen to (?:this )?(?:article|story)\b.{0,40}",
    ),
    _rule(
        Why.NEWSLETTER,
        r"(?:sign|signing) up\b.{0,60}\b(?:newsletters?|e-?mails?|inbox|alerts?|briefing|updates)\b.{0,120}",
        r"(?:subscribe|register) (?:to|for|now|here|today)\b.{0,160}",
        r"get (?:the|our|all|breaking|daily|more)\b.{0,120}\b(?:inbox|newsletters?|by e-?mail|delivered)\b.{0,80}",
        r".{0,240}\byou can (?:sign up|subscribe|register)\b.{0,120}",
        r".{0,120}\bour (?:free )?(?:daily|weekly|morning)? ?newsletter\b.{0,160}",
        r"(?:enter )?your e-?mail(?: address)?|(?:download|get) (?:the|our) app\b.{0,80}",
        r"\d{1,2}:\d\d ?(?:[AP]M)? ?· ?.{4,60}",
        r"join (?:us|our channel) on (?-i:[A-Z])\w+\b.{0,40}",
    ),
    _rule(
        Why.NOTICE,
        r"we (?:and our (?:\d+ )?partners )?use cookies\b.{0,400}",
        r"(?:accept|reject|manage|allow)(?: all)?(?: cookies)?|cookie (?:settings|policy)",
        r"(?:privacy (?:policy|settings)|terms (?:of (?:use|service)|and conditions)|about us|contact(?: us)?|imprint|"
        r"legal notice|feedback)",
        r"subscribe to (?:continue|read|keep)\b.{0,120}",
        r"(?:this|the rest of this) (?:article|content) is (?:for|available to) subscribers.{0,120}",
        r"already (?:a )?(?:subscriber|have an account|registered)\b.{0,60}",
        r"please enable (?:javascript|cookies).{0,120}",
    ),
    _rule(Why.APPEAL, *_APPEALS, spoken=True),
    _rule(Why.FACT_BOX, r"fact ?box(?:es)?\s*[:–—-].{0,500}|(?:key|quick) facts?\s*[:–—-].{0,500}", spoken=True),
    _rule(
        Why.ADVERTISEMENT,
        r"(?:- ?)?(?:advertise?ment|advert|ad|sponsored(?: content| links?)?|promoted(?: content)?|"
        r"paid content)(?: ?-)?",
        r"(?:advertisement|ad) ?[-–—:]? ?(?:continue|scroll|story|article).{0,60}",
        r"(?:story|article|content) continues (?:below|after)\b.{0,40}|scroll (?:down )?to continue.{0,40}",
        r"remove ads.{0,20}",
    ),
    _rule(
        Why.COMMENTS,
        r"(?:\d[\d,.]* |no |view |show |hide |add |see |all |load )*comments?(?: \(?\d[\d,.]*\)?| \(closed\)|"
        r" are closed\.?)?",
        r"(?:leave|post|write|add) (?:a|your) (?:comment|reply)\.?",
        r"(?:join|start) the (?:conversation|discussion|debate)\.?|comments? \(\d+\)",
        r"\d+[- ]min(?:ute)?s?(?: of)? read(?:ing)?|reading time:? .{1,20}|\d+ (?:hours?|minutes?|days?) ago",
    ),
    _rule(
        Why.TAGS,
        r"(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|regions?|sections?|in this story|themes?|"
        r"labels?)\s*:\s*\S.{0,300}",
        r"(?:tags?|topics?|keywords?)",
        r"(?:#\w+[\s,]*)+",
    ),
    _rule(
        Why.COPYRIGHT,
        r"(?:copyright|\(c\)|©).{0,200}",
        r".{0,120}all rights reserved\b.{0,120}",
        rf"(?:this|the) {STORY} (?:is|was|has been|may not be|can(?:not)?)\b.{{0,40}}\b(?:republished|reproduced|"
        rf"licen[sc]ed|copyright)\b.{{0,200}}",
    ),
    _rule(
        Why.CONTACT,
        r"(?:e-?mail|contact|tel(?:ephone)?|phone|fax|twitter|write to)\b[^.!?]{0,80}[:@]\s*[\w+.@/-]{3,80}(?:\.\w+)?",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,30}|(?:https?://|www\.)\S+",
        r"follow (?:(?-i:[A-Z])|us|the|him|her|@)[^.!?]{0,80}\bon (?:twitter|facebook|instagram|x|telegram|linkedin|"
        r"social media)\b.{0,80}",
    ),
    _rule(
        Why.CREDITS,
        r"\(?(?:with )?(?:additional |further |writing and |some )?(?:reporting|material|contributions?|files|"
        r"information|input|photography)"
        r" (?:by|from)\b.{2,300}",
        r"\(?(?:edited|editing|compiled|written|translated|adapted|produced|prepared|reported) (?:from .{2,30} )?by"
        r" (?-i:[A-Z])[^.!?]{1,120}[.)]?",
        rf"\(?(?:[a-z]{{2,4}}(?:[/,] ?[a-z]{{2,4}})*[ ,/]*)?\(?(?:with )?{AGENCIES}\)",
        rf"(?-i:[A-Z])[^.!?”\"]{{2,120}} contributed(?: reporting)? to this {STORY}\b.{{0,80}}",
        r"(?-i:[A-Z])[^.!?”\"]{2,120} contributed reporting(?: from .{2,40})?\.?",
        r"[^.!?”\"]{0,40}\b(?:writer|reporter|journalist|correspondent|producer)s? [^.!?”\"]{2,100} contributed\b"
        r".{0,80}",
        rf"this {STORY} (?:was|is|has been|originally|first)\b.{{0,60}}\b(?:published|appeared|produced|provided|"
        rf"updated|corrected|"
        r"amended|written|syndicated|translated|changed)\b.{0,200}",
        rf"(?:a|an) (?:earlier|previous|prior) version of this {STORY}\b.{{0,300}}",
        r"(?:source|original source|originally published (?:at|by|on|in))\s*:?\s*(?-i:[A-Z])[^.!?:]{1,60}",
        r"corrections? appended\.?|this (?:article|story|piece) is more than \d+ \w+ old\.?",
        rf"(?:{NAME}(?: {NAME})* reported from [^.!?]{{2,60}}\.\s*)+(?:[^.!?”\"]{{2,120}} contributed\b.{{0,80}})?",
        r"(?:editor['’]?s['’]? note|correction|clarification|note)\s*:.{0,500}",
        r"[^.!?]{0,60}\b(?:for|is for) (?:your )?personal(?: use|, non-commercial use)\b.{0,120}",
        r"our standards:.{0,100}",
        r"\(\([^()]{0,200}@[^()]{1,200}\)\)",
        r"(?:we are|we['’]re) (?:now )?(?:wrapping up|closing|pausing|ending) (?:our|this) live\b.{0,200}",
        r"the views expressed\b.{0,200}|the opinions expressed\b.{0,200}",
        r"(?-i:[A-Z])[\w/ .&’']{1,40} (?:journalists report the news|is an? (?:international )?(?:news (?:agency|"
        r"organi[sz]ation|service)|broadcaster))"
        r"\b.{0,400}",
        r"each (?:evening|morning|day|week)\b.{0,80}\b(?:editors?|newsroom)\b.{0,200}",
    ),
    _rule(
        Why.ABOUT_AUTHOR,
        r"about the authors?",
        rf"{NAMES} (?:covers [^.!?”\"]{{3,100}} for (?-i:[A-Z])[^.!?]{{2,60}}\.?|"
        r"(?:is|was|are) (?:a|an|the|our)\b.{0,80}\b(?:reporter|correspondent|journalist|staff writer|editor|columnist|"
        r"bureau chief|freelance\w*|contributor|fellow)\b.{0,300})",
        where=Where.TAIL,
    ),
    _rule(
        Why.ABOUT_OUTLET,
        rf"{AGENCY}\b[^.!?”\"]{{0,120}} is (?:a|an|the)\b[^.!?”\"]{{0,60}}\b(?:broadcaster|agency|newspaper|magazine|"
        r"multimedia|news|publication|website|outlet)\b.{0,300}",
        where=Where.TAIL,
    ),
    _rule(
        Why.BYLINE,
        rf"(?:(?:text|words|story|writer|reporter|report):|by|written by|story by|reported by|text by|words by|"
        r"interview(?: conducted)? by|"
        r"posted by|published by|"
        rf"report by|author:|authors:|from) {NAMES}(?:\s?[,|"
        rf"/–—-]\s?.{{2,60}})?(?:,? in [^.!?]{{2,80}}| with {AGENCIES})?",
        r"by (?:our|a|the)\b.{0,40}\b(?:correspondent|staff|reporter)s?\b.{0,30}",
        rf"(?:(?:by )?{AGENCIES}|(?:online|web)(?= ))(?: (?:staff|desk|correspondent))?",
        where=Where.HEAD,
    ),
    _rule(
        Why.BYLINE,
        rf"(?-i:By) (?-i:[A-Z])[\w.'’-]*(?: {NAME}){{1,4}}(?:,? (?:and {NAME}(?: {NAME}){{1,4}}|{AGENCY}))?",
    ),
    _rule(Why.BYLINE, rf"{AGENCIES}", where=Where.TAIL),
    _rule(
        Why.PARTICULARS,
        r"(?:title|headline|subject|from|to|sent|byline|by|authors?|date|published|outlet|publisher|source|url|link|address|publication|"
        r"section|language)\s*:\s*\S.{0,300}",
        where=Where.HEAD,
    ),
    _rule(
        Why.PARTICULARS,
        r"(?:url|link|permalink|short link|web address|published|date|original (?:article|url))\s*:\s*\S{4,300}",
    ),
    _rule(
        Why.DATELINE,
        rf"{PLACE}(?:{DAY}\.?|(?<!\.)|(?= ?[(\[/]))(?: ?{FILED_BY}\.?)?(?: ?[-–—]{{1,2}})?",
        where=Where.HEAD,
    ),
    _rule(
        Why.MARKUP,
        r"[{}();]+|[.#@]?[\w .#:,>-]+\{|(?-i:[a-z-]+):\s?[\w#%.!-]+(?: [\w#%.!-]+){0,3};",
        r"(?:\.|#)[\w-]+(?:\s*,\s*(?:\.|#)[\w-]+)*\s*\{?",
        r"</?[a-z][^<>]{0,200}>|@media\b.{0,120}|(?:var|function|window\.)\b.{0,200}[;{}]",
        r"[\W_]{3,}|\[(?:image|img|video|embed|ad)\b[^\]]{0,100}\]",
    ),
)
"""In the order in which they are tried; the first that fits gives the reason."""


def kind_of_line(line: str, *, head: bool, tail: bool) -> Why | None:
    """What a line is that outlets print around any article; None for any other line.

    Args:
        line: without white space at its ends.
        head: whether it stands before the article's third paragraph.
        tail: whether it is among the last lines.
    """
    if len(line) > MAX_LINE:
        return None
    bare = BULLET.sub("", line, count=1) if BULLET.match(line) else line
    said = bool(_SPOKEN.search(bare)) and not _LABELLED.match(bare)
    for rule in RULES:
        allowed = rule.where is Where.ANYWHERE or (head if rule.where is Where.HEAD else tail)
        plain = rule.spoken or not said
        if allowed and plain and _compiled(rule.pattern).fullmatch(bare):
            return rule.why
    return None
