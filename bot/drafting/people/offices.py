"""Phrases for an office: “Russia’s Foreign Minister”, “spokesman for the German government”.

A phrase is taken apart into title and organisation, and has a *key* by which two phrases for one office are compared:
“Minister of foreign Affairs of the Russian Federation” has the key of “Russian foreign minister”.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from bot.drafting.people.countries import COUNTRIES, INHABITANTS
from bot.drafting.people.names import (
    ABBREVIATIONS,
    ARTICLES,
    BODIES,
    GENDERED,
    OWNERS,
    PORTFOLIOS,
    TENSES,
    TITLE_PARTS,
    TITLES,
    Word,
    words_of,
)
from bot.search.normalise import fold

Key: TypeAlias = frozenset[str]
"""The words that matter of an office, each in one form; those that begin with @ are organisations."""

Aliases: TypeAlias = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""What organisations are called, by the first word: all the words, and the mark that stands for it in a key."""

CONNECTORS: Final = frozenset("of for at in to on with from".split())
_DETERMINERS: Final = (ARTICLES | OWNERS | {"this", "that"}) - {"my", "your"}
"""Words before an office that are no part of it; “my” and “your” stand in quotations, and before no office."""
_SAME: Final[dict[str, str]] = {
    # One form of words that mean one office.
    **dict.fromkeys("spokesman spokeswoman spokesperson spokespeople".split(), "spokesperson"),
    **dict.fromkeys("chairman chairwoman chairperson chairholder".split(), "chair"),
    **dict.fromkeys("congressman congresswoman congressmember rep".split(), "congressperson"),
    **dict.fromkeys("premier pm".split(), "prime-minister"),
    **dict.fromkeys("adviser advisor".split(), "adviser"),
    **dict.fromkeys("attorney lawyer counsel".split(), "lawyer"),
    **{
        "defence": "defense",
        "labour": "labor",
        "programme": "program",
        "fm": "foreign-minister",
        "vp": "vice-president",
    },
    **{"sen": "senator", "gov": "governor", "gen": "general", "amb": "ambassador", "economics": "economy"},
    **{"boss": "chief", "head": "chief", "leader": "chief", "envoy": "ambassador", "economic": "economy"},
    "ambassador-at-large": "ambassador",
}
_COMPOUNDS: Final[dict[tuple[str, str], str]] = {
    ("secretary", "general"): "secretary-general",
    ("prime", "minister"): "prime-minister",
    ("vice", "president"): "vice-president",
    ("vice", "chancellor"): "vice-chancellor",
    ("attorney", "general"): "attorney-general",
    ("director", "general"): "director-general",
    ("top", "diplomat"): "top-diplomat",
    ("chief", "diplomat"): "top-diplomat",
}
_HEADS_OF: Final[dict[tuple[str, ...], str]] = {
    ("head", "of", "state"): "president",
    ("head", "of", "government"): "prime-minister",
}
_NOUNS: Final = frozenset(_SAME.get(noun, noun) for noun in TITLES) - frozenset(
    "official general chief member justice".split()
)
"""Nouns that make another office of one: “the president” is not “the president's secretary”."""
_IGNORED: Final = _DETERMINERS | CONNECTORS | frozenset("and affairs mr mrs ms federal".split())
_HEADED: Final = BODIES - frozenset("alliance bloc union government administration presidency federation".split())
"""Bodies whose head is nobody else's: “the head of the Russian delegation” does not lead Russia."""
_DEPUTIES: Final = frozenset("vice deputy under assistant acting shadow associate".split())
_LEADERS: Final = (
    # Whom “the chief”, “the leader”, “the head” of a body means, the first that there is.
    (frozenset("secretary-general president chancellor king queen emir director-general chief".split()), 1.6),
    (frozenset("prime-minister chair director speaker".split()), 1.5),
    (frozenset("commander governor".split()), 1.2),
)
_OF_DEPARTMENTS: Final = frozenset("minister secretary commissioner".split())
_OF_ALLIANCES: Final = frozenset("military western transatlantic defence defense".split())
"""“The Western military alliance” is the alliance."""
_GENERAL: Final = frozenset("official politician statesman stateswoman diplomat policymaker".split())
_PAST: Final = re.compile(r"^(?:ex|then|post|former)-(?=[A-Z])", re.IGNORECASE)
LOOSE: Final = _GENERAL | frozenset("lawmaker legislator expert analyst researcher scientist activist leader".split())
"""Nouns for a person that say little of their office."""
_LESS: Final = 1.6
"""How well a phrase fits that says more than the office it may mean."""
_DIPLOMATS: Final = ({"minister", "foreign"}, {"secretary", "state"}, {"foreign", "policy", "chief"})


@dataclass(frozen=True, slots=True)
class Role:
    """An office as a text has it."""

    title: str
    """In the words of the text: “Foreign Minister”."""
    organisation: str
    """“Russia”, “German government”; empty where none is named."""
    key: Key
    tense: str = ""
    """``former``, ``then``, ``outgoing`` or ``incoming`` where the text says so."""
    phrase: str = ""
    """All of it, as it stands."""
    gender: str = field(default="", compare=False)
    """``he`` or ``she`` where its words tell."""
    plain: Key = field(default=frozenset(), compare=False)
    """The key of its title alone."""

    @property
    def places(self) -> Key:
        """The organisations in the key."""
        return parts(self.key)[0]

    @property
    def core(self) -> Key:
        """The office in the key."""
        return parts(self.key)[1]


@lru_cache(maxsize=4096)
def parts(key: Key) -> tuple[Key, Key]:
    """The organisations of a key, and the office."""
    places = frozenset(word for word in key if word[0] == "@")
    return places, key - places


def key_of(words: Sequence[str], aliases: Aliases) -> Key:
    """The key of a phrase of folded words."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        mark, size = _organisation(words, at, aliases)
        word = words[at]
        if word in _OF_ALLIANCES and "alliance" in words[at + 1 : at + 3]:
            at += 1
            continue
        if mark:
            found.add(mark)
            at += size
            continue
        if tuple(words[at : at + 3]) in _HEADS_OF:
            found.add(_HEADS_OF[tuple(words[at : at + 3])])
            at += 3
            continue
        pair = _COMPOUNDS.get((word, words[at + 1])) if at + 1 < len(words) else None
        if pair:
            found.add(pair)
            at += 2
            continue
        word = word.removeprefix("then-").removeprefix("ex-")
        if word not in _IGNORED and word not in TENSES:
            found.add(_SAME.get(word, word))
        at += 1
    if found >= {"chief", "ministry"}:  # “the head of the Foreign Ministry”
        found = found - {"chief", "ministry"} | {"minister"}
    if found >= {"chief", "state"} and not found & {"minister", "secretary", "department"}:
        found = found - {"chief", "state"} | {"president"}  # “the head of the Ukrainian state”
    if "foreign-minister" in found:
        found = found - {"foreign-minister"} | {"foreign", "minister"}
    return frozenset(found)


def _organisation(words: Sequence[str], at: int, aliases: Aliases) -> tuple[str, int]:
    """The mark of the longest name of an organisation or a country that begins here, and its words."""
    best, size = "", 0
    for called, mark in aliases.get(words[at], ()):
        if len(called) > size and tuple(words[at : at + len(called)]) == called:
            best, size = mark, len(called)
    for length in (4, 3, 2, 1):
        if length > size and (country := COUNTRIES.get(" ".join(words[at : at + length]))):
            return f"@{fold(country)}", length
    return best, size


def resembles(asked: Role, held: Role) -> float:
    """How well a phrase fits an office of the article, see `matches`; less where only the titles fit.

    “the Vermont senator” may be a senator of whom the article says in other words where from.
    """
    fit = matches(asked, held.key)
    if not fit and asked.organisation and not asked.places & held.places and asked.plain:
        fit = max(0.0, _fit(asked.plain, parts(held.key)[1]) - 0.7) if not (asked.places and held.places) else 0.0
    return fit


def matches(asked: Role, held: Key) -> float:
    """How well a phrase fits an office of this key: 0 not at all; 2 and more in all that both of them say."""
    places, other = parts(held)
    core = asked.core
    if asked.places and places and not asked.places & places:
        return 0
    worth = _fit(core, other)
    if not worth and asked.places and asked.places == places and core <= _GENERAL | {"senior", "top"} and core:
        return 1.2  # “the Kremlin official” may be its spokesman
    if worth == _LESS and places and not asked.places and not core - other <= asked.plain:
        return 0  # “the Centre Party leader” leads no country
    if not worth or not asked.places:
        return worth
    return worth + (1 if asked.places == places else 0.5) if places else worth - 0.5


def _fit(core: Key, other: Key) -> float:
    """How well the words for an office fit another's."""
    if core == other:
        return 2
    if not core or other & _DEPUTIES - core:
        return 0
    if core < other and core != {"chief"} and not (other - core) & _NOUNS:
        return 1.5
    if other and other < core and not core & _DEPUTIES and not (core - other) & (_NOUNS | _HEADED):
        return _LESS
    if core == {"chief"}:
        return next((worth for heads, worth in _LEADERS if other & heads), 0.0)
    if core in ({"top-diplomat"}, {"diplomat"}):
        return 1.5 if any(diplomat <= other for diplomat in _DIPLOMATS) else 1.2 if "ambassador" in other else 0
    return 0


def role_of(words: Sequence[Word], text: str, aliases: Aliases) -> Role | None:
    """An office that a row of words names, articles at its beginning aside; None where they name none.

    Args:
        words: of the phrase, and of nothing else.
        text: the text their offsets count in.
        aliases: of organisations.
    """
    start = 0
    while start < len(words) and words[start].key in _DETERMINERS:
        start += 1
    words = words[start:]
    if not words:
        return None
    stop = next((at for at, word in enumerate(words) if at and word.key in CONNECTORS), len(words))
    head = next((at for at in range(stop - 1, -1, -1) if is_title(words[at])), None)
    if head is None or words[head].possessive or not all(map(_may_follow, words[head + 1 : stop])):
        return None
    first = _title_starts(words, head)
    title, organisation = _complement(words, head, stop, text)
    name = text[words[first].begin : title]
    if not organisation:
        organisation = body_name(words[:first], text)
    organisation = _PAST.sub("", organisation)
    keys = [word.key for word in words]
    tense = next((TENSES[key] for key in keys[: head + 1] if key in TENSES), "")
    tense = tense or next((TENSES[k.split("-")[0]] for k in keys[: head + 1] if k.split("-")[0] in ("ex", "then")), "")
    name = _without_tense(name)
    gender = next((GENDERED[key] for key in keys[: head + 1] if key in GENDERED), "")
    phrase = " ".join(text[words[0].begin : words[-1].after].split())
    plain = key_of(tuple(word.key for word in words_of(name)), {})
    return Role(name, organisation, key_of(keys, aliases), tense, phrase, gender, plain)


def _may_follow(word: Word) -> bool:
    """Whether a word may stand between an office and its complement: “president-elect”, “Commander Europe”."""
    return (
        word.key in PORTFOLIOS
        or word.key in TITLE_PARTS
        or (word.capital and word.key[-1:] != "s" and word.key not in BODIES)
    )


def is_title(word: Word) -> bool:
    """Whether a word is a noun for somebody in an office, with or without a prefix: “minister”, “ex-minister”."""
    if word.key in TITLES:
        return True
    parts = word.key.split("-")
    return len(parts) > 1 and parts[-1] in TITLES


def _title_starts(words: Sequence[Word], head: int) -> int:
    """Where the words of the title itself begin, counted back from its noun."""
    at = head
    while at and words[at].joined and not words[at - 1].possessive:
        word = words[at - 1]
        small = word.text.islower() and word.key not in BODIES and word.key not in COUNTRIES and word.key.isalpha()
        # “Fisheries Minister”, but not “NATO Secretary General”.
        department = at == head and word.capital and word.text[1:].islower() and words[head].key in _OF_DEPARTMENTS
        other = word.key in COUNTRIES or word.key in BODIES
        small = small and not words[head].capital
        if words[head].capital and word.text.islower() and word.key not in TITLE_PARTS:
            break  # “my old friend General Iversen”
        part = word.key in TITLE_PARTS or word.key.rpartition("-")[2] in TITLE_PARTS or is_title(word)
        if not (part or small or (department and not other)):
            break
        at -= 1
    return at


def _complement(words: Sequence[Word], head: int, stop: int, text: str) -> tuple[int, str]:
    """Where the title ends, and the organisation that follows it: “Minister of Foreign Affairs” and “Russia”."""
    end = words[head].end
    if words[head].key in ABBREVIATIONS and text[end : end + 1] == ".":
        end += 1
    at = stop
    while at < len(words):
        connector = words[at].key
        at += 1
        while at < len(words) and words[at].key in _DETERMINERS:
            at += 1
        piece = at
        while at < len(words) and words[at].key not in CONNECTORS:
            at += 1
        if piece == at:
            break
        part = words[piece:at]
        of_office = all(word.key in PORTFOLIOS or word.text.islower() for word in part)
        if connector == "to" or (of_office and not any(word.key in BODIES for word in part)):
            end = part[-1].end
            continue
        return end, body_name(words[piece:], text)
    return end, ""


def body_name(words: Sequence[Word], text: str) -> str:
    """An organisation's name as a title has it before or behind it; a country's adjective becomes its name."""
    words = [word for word in words if word.key not in TENSES]
    while words and (words[0].key in _DETERMINERS or (words[0].text.islower() and words[0].key not in BODIES)):
        words = words[1:]
    while words and words[-1].key in CONNECTORS:
        words = words[:-1]
    if not words:
        return ""
    country = COUNTRIES.get(" ".join(word.key for word in words))
    return country or " ".join(text[words[0].begin : words[-1].end].split())


def _without_tense(title: str) -> str:
    """“Foreign Minister” of “former Foreign Minister” and of “then-Foreign Minister”."""
    kept = [word for word in title.split() if fold(word) not in TENSES]
    if kept and kept[0].lower().startswith(("then-", "ex-")):
        kept[0] = kept[0].split("-", 1)[1]
    return " ".join(kept)


def inhabitant_of(key: str) -> str:
    """The country that somebody is of who is called by this word: “the Norwegian”; empty for any other word."""
    return INHABITANTS.get(key) or COUNTRIES.get(key, "")
