"""Words of a text and what their shape tells: names, titles before them, honorifics. No grammar and no people yet."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from bot.drafting.daynames import MONTHS, WEEKDAYS
from bot.drafting.people.countries import COUNTRIES
from bot.search.normalise import FUNCTION_WORDS, PARTICLES, fold

_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W_](?:\.(?=[ \u00a0]?[^\W\d_]))(?<=[A-Z]\.)"  # the J. of a name
    r"|[^\W_]+(?:[-‐‑&'’ʼ][^\W_]+|\.[a-z]{2,4}\b)*"
)
_ACCENT: Final = re.compile("[\u0300-\u036f]")
"""Accents that are characters of their own, as some systems write them."""
_ACCENTED: Final = re.compile(_WORD.pattern.replace(r"[^\W_]+", r"(?:[^\W_][\u0300-\u036f]*)+"))
_LONGEST_CHAIN: Final = 12
"""Particles and initials in a row that are looked over; in more there is no name."""
_BLANKS: Final = " \t\u00a0\u202f"
_POSSESSIVE: Final = re.compile(r"['’ʼ]s$|(?<=s)['’ʼ]$", re.IGNORECASE)


class Word(NamedTuple):
    """A word, with its place in the text. A tuple, since there is one for every word of an article."""

    text: str
    """Without a possessive ’s."""
    begin: int
    end: int
    """Behind its last letter; a possessive ’s stands after it."""
    after: int
    """Behind the possessive, where there is one."""
    gap: str
    """What stands between it and the word before."""
    key: str
    """Folded to lower-case ASCII, without full stops."""

    joined: bool
    """Whether only blanks (or an abbreviation's full stop) part it from the word before."""
    capital: bool
    """Whether it is written like a name: “Lavrov”, “al-Assad”, “d’Estaing”."""

    @property
    def possessive(self) -> bool:
        """Whether it ends in ’s, or in the ’ of a plural."""
        return self.after > self.end


_PREFIXED: Final = re.compile(r"(?:[dl]['’]|(?:al|el|ul|as|an|ar|at|ad|ben)-)[^\W\d_]")
"""“d’Estaing”, “al-Assad”: the capital follows."""


def words_of(text: str, begin: int = 0) -> list[Word]:
    """The words of a paragraph that begins at ``begin`` of the text."""
    found: list[Word] = []
    last = 0
    pattern = _WORD if text.isascii() or not _ACCENT.search(text) else _ACCENTED
    for match in pattern.finditer(text):
        start, end = match.span()
        word, after = match[0], end
        tail = None if word.isalnum() else _POSSESSIVE.search(word)
        if tail:
            end -= len(word) - tail.start()
            word = word[: tail.start()]
        elif word[-1] in "sS" and text[after : after + 1] in "'’" and text[after : after + 1]:
            after += 1
        gap = text[last:start]
        if gap[:1] == "." and found and found[-1].key in ABBREVIATIONS:
            gap = gap[1:]
        joined = gap == " " or not gap.strip(_BLANKS)
        capital = word[0].isupper() or (not word.isalnum() and _PREFIXED.match(word) is not None)
        found.append(Word(word, begin + start, begin + end, begin + after, gap, _key(word), joined, capital))
        last = after
    return found


def _key(word: str) -> str:
    return word.lower() if word.isascii() and word.isalnum() else fold(word).replace(".", "")


@lru_cache(maxsize=4096)
def keys_of(text: str) -> tuple[str, ...]:
    """The folded words of a name or a phrase."""
    return tuple(word.key for word in words_of(text))


def runs(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Where words stand that could be one name: capitals in a row, with particles and initials between them."""
    start = None
    for at, word in enumerate(words):
        fits = nameable(words, at)
        if start is not None and not (word.joined and not words[at - 1].possessive and fits):
            yield from _trimmed(words, start, at)
            start = None
        if start is None and fits:
            start = at
    if start is not None:
        yield from _trimmed(words, start, len(words))


def _trimmed(words: list[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run without particles at its end, and without those at its beginning that nothing capital follows.

    “at half past ten Boris Yeltsin …”: a Dutch “ten” stands before the surname and nothing else.
    """
    if words[start].text == "ten" and end - start > 2:
        start += 1
    while end > start and not words[end - 1].capital:
        end -= 1
    if end > start and any(words[at].capital for at in range(start, end)):
        yield start, end


def nameable(words: list[Word], at: int) -> bool:
    """Whether a word could be part of a person's name where it stands."""
    back = False
    for _ in range(_LONGEST_CHAIN):
        word = words[at]
        key = word.key
        is_initial = len(key) == 1 and word.capital and word.text.endswith(".")  # “S. Raman”
        if is_initial or not word.capital:
            # An initial or a particle is part of a name where what follows it is.
            if back or not (is_initial or key in _NAME_PARTICLES):
                return back and (is_initial or key in _NAME_PARTICLES)
            at += 1
            if at == len(words) or not words[at].joined:
                return False
            continue
        before = words[at - 1] if at and word.joined else None
        if key in _SURNAMES_TOO:
            follows = at + 1 < len(words) and words[at + 1].joined and words[at + 1].capital and not word.possessive
            if before is None or before.key in HONORIFICS or follows:
                return before is not None and before.key in HONORIFICS
        elif not (key in _WORDS_ELSEWHERE and before is not None and before.capital):
            return _is_part(word, before)
        at, back = at - 1, True  # part of a name behind another part of it
    return False


def _is_part(word: Word, before: Word | None) -> bool:
    """Whether a word with a capital, by itself and what stands before it, may be a name."""
    key = word.key
    if key[:2] in _PARTIES and word.gap.endswith("("):
        return False
    if key in NO_NAMES or key in COUNTRIES or ("-" in key and key.rpartition("-")[2] in TITLES):
        return False
    if len(key) > 1 and word.text.isupper() and key not in GENERATIONS:
        return before is not None and before.text.isupper() and len(before.text) > 3 and len(word.text) > 3
    return not word.text[0].isdigit()


ARTICLES: Final = frozenset({"the", "a", "an"})
OWNERS: Final = frozenset("his her its their our my your".split())
"""Possessive pronouns before a noun."""

HONORIFICS: Final[dict[str, str]] = {
    # To what gender they tell of, where they tell: forms of address in English (Debrett's), French and German.
    **dict.fromkeys("mr sir lord herr monsieur king prince duke baron count mister don".split(), "he"),
    **dict.fromkeys("mrs ms miss madame madam mme frau lady dame queen princess duchess baroness".split(), "she"),
    **dict.fromkeys("dr prof professor doctor mx hon rev reverend".split(), ""),
}

GENDERED: Final[dict[str, str]] = {
    # Nouns that tell it.
    **dict.fromkeys(
        "spokesman chairman congressman businessman salesman policeman statesman frontman ombudsman councilman "
        "assemblyman alderman anchorman clergyman nobleman father grandfather grandson brother son husband uncle man "
        "boy king prince monk priest".split(),
        "he",
    ),
    **dict.fromkeys(
        "spokeswoman chairwoman congresswoman businesswoman policewoman stateswoman councilwoman assemblywoman mother "
        "grandmother granddaughter sister daughter wife aunt woman girl queen princess actress nun widow".split(),
        "she",
    ),
}

PRONOUNS: Final[dict[str, str]] = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their theirs themselves both".split(), "they"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("who which that".split(), "who"),
    **dict.fromkeys("i me my myself".split(), "i"),
    **dict.fromkeys("we us our ourselves".split(), "we"),
}
"""What a pronoun agrees with."""

TITLES: Final = frozenset(
    # Offices, ranks and callings that stand before or behind a name in the news, or for one: written by hand, after the
    # entries on titles in the style guides of AP and Reuters.
    """
    minister president premier chancellor secretary secretary-general general ambassador envoy representative chief head
    leader boss chair chairman chairwoman chairperson director director-general governor senator congressman
    congresswoman congressperson lawmaker legislator mp mep deputy speaker mayor commissioner commander colonel
    lieutenant major captain sergeant corporal admiral brigadier marshal spokesman spokeswoman spokesperson adviser
    advisor aide analyst expert researcher scholar fellow professor historian economist scientist scientist-in-chief
    strategist pollster attorney lawyer counsel prosecutor judge justice magistrate diplomat official officer nominee
    candidate frontrunner politician activist dissident journalist reporter correspondent editor columnist author writer
    ceo cfo coo cto founder co-founder co-chair co-chairman owner manager executive banker investor businessman
    businesswoman entrepreneur billionaire mogul tycoon king queen prince princess pope cardinal bishop archbishop
    patriarch rabbi imam ayatollah sheikh emir sultan pastor undersecretary chairholder monarch coordinator co-ordinator
    negotiator mediator inspector rapporteur commissioner-general attorney-general sheriff superintendent
    lieutenant-general
    major-general whip treasurer comptroller controller registrar principal dean rector provost chaplain coach trainer
    physician doctor surgeon nurse engineer student teacher farmer resident veteran supporter member ally critic
    opponent
    sen rep gov gen col lt adm capt cmdr maj sgt brig amb supt det insp pm fm sec hon vp
    high-representative vice-president vice-chancellor vice-chairman vice-chair policymaker peer baron baroness
    organiser
    organizer skipper trucker fisherman fisherwoman sailor seaman soldier pilot plumber electrician postman
    firefighter paramedic midwife shopkeeper pensioner trader grandee
    consultant specialist agent detective witness survivor refugee migrant driver worker nominee-designate
    stalwart hawk operative tsar czar supremo helper surrogate backer partner brother sister son daughter father mother
    wife husband widow grandfather grandmother grandson granddaughter nephew niece cousin uncle aunt friend colleague
    predecessor successor counterpart rival heir
    statesman stateswoman congressmember ambassador-at-large editor-in-chief commander-in-chief governor-general
    commodore minister-president inspector-general rear-admiral vice-admiral lieutenant-colonel
    """.split()
)
"""Nouns for a person in an office or a calling."""

TITLE_PARTS: Final = frozenset(
    # What stands before such a noun and belongs to the title.
    """
    prime vice deputy rear field wing squadron warrant assistant associate senior top chief foreign interior defence
    defense finance economy economics
    economic environment energy health justice trade transport education labour labor culture agriculture treasury
    home housing development state attorney federal acting interim executive managing general permanent supreme allied
    high special first second lead leading chief-of-staff press policy security national-security campaign political
    military naval army opposition presidential vice-presidential research program programme communications legal
    technical under parliamentary shadow european international regional former ex outgoing incoming then late retired
    longtime veteran ruling designate elect emeritus honorary joint principal public commerce homeland intelligence
    veterans affairs external internal europe nuclear digital climate human rights central national
    """.split()
)

PORTFOLIOS: Final = frozenset(
    # What stands behind “minister of”, “secretary of”, “chief of”.
    """
    state defence defense foreign affairs staff interior energy commerce treasury health homeland security justice
    labour
    labor education economy economics finance trade transport transportation environment agriculture culture housing
    development europe army navy war intelligence operations communications policy economic general
    veterans urban human services external internal relations cooperation co-operation science
    """.split()
)

TENSES: Final[dict[str, str]] = {
    **dict.fromkeys("former ex erstwhile onetime one-time ex- past previous retired late".split(), "former"),
    **dict.fromkeys("then".split(), "then"),
    **dict.fromkeys("outgoing departing".split(), "outgoing"),
    **dict.fromkeys("incoming designate elect future president-elect".split(), "incoming"),
}
"""Words that say that an office is not held now."""

BODIES: Final = frozenset(
    # Nouns for a body that can speak.
    """
    ministry government administration party council commission committee court agency bank company corporation group
    union parliament assembly congress senate house bundestag duma kremlin pentagon office campaign department embassy
    mission delegation police army military navy force forces service bureau institute institution foundation
    association organisation organization federation alliance bloc coalition league society university college school
    centre center think-tank watchdog regulator authority secretariat presidency chancellery cabinet board directorate
    command headquarters team firm network fund church newspaper magazine daily channel broadcaster station website
    guard patrol hospital clinic shipyard museum judiciary side tribunal legislature junta regime movement front
    camp airline airlines inc ltd corp llc plc gmbh chamber summit
    conference street section division unit branch desk
    """.split()
)

KINDS: Final = BODIES | frozenset(
    # Nouns before the name of a body that has one of its own: “the operator Avinor”.
    """
    operator carmaker automaker shipbuilder planemaker drugmaker chipmaker maker manufacturer producer supplier
    airline airport retailer lender insurer startup consultancy charity monitor tank union giant conglomerate
    contractor
    developer shipper carrier brokerage publisher brewer miner utility platform nonprofit ngo club choir paper
    subsidiary affiliate unit militia battalion division regiment
    """.split()
)

LANDSCAPE: Final = frozenset(
    # Nouns that the names of routes, waters and lands end with: feature classes of GeoNames, those that no surname is.
    """
    route sea strait straits ocean gulf peninsula island islands archipelago mountains valley canal corridor pipeline
    stream airport airbase harbour harbor railway highway border line basin plateau desert reef shelf region province
    district oblast republic federation kingdom emirates
    """.split()
)

CALENDAR: Final = frozenset(name.casefold() for name in (*WEEKDAYS, *MONTHS) if name != "May")
"""Months and weekdays, without the one that is a verb and a surname."""
_SURNAMES_TOO: Final = frozenset(
    "king major bishop pope judge marshal dean prince baron count may church general".split()
)
"""Titles and months that are surnames as well: part of a name behind another part of it."""
_WORDS_ELSEWHERE: Final = frozenset("les lo su im po wo jak list ha".split())
"""Surnames that are words of other languages, or English ones that no sentence goes on with in capitals."""
_PARTIES: Final = frozenset({"d-", "r-", "i-"})
"""“(D-Mass.)” tells party and state."""
POSTNOMINALS: Final = frozenset("mp mps mep msp td kc qc cbe obe phd md".split())
"""Letters behind a name: “Tobias Venn MP”."""
GENERATIONS: Final = frozenset("ii iii iv jr sr".split())
"""What stands behind the name of somebody whose father had the same."""
_NAME_PARTICLES: Final = PARTICLES | frozenset("di della dos das e y ben bint auf zum".split())
ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt adm capt cmdr maj sgt st jr sr hon rev brig".split()
)
ADHERENTS: Final = frozenset(
    # Of a party or a persuasion: “the Republican” is somebody, and nobody's name.
    "republican democrat democratic conservative tory labourite liberal socialist communist green libertarian "
    "nationalist "
    "populist centrist leftist rightist christian muslim jew jewish catholic protestant social gop".split()
)
_OF_MEDIA: Final = frozenset(
    "times post news journal tribune herald guardian telegraph gazette press radio tv pac".split()
)
"""What a newspaper's or a station's name ends with."""
NO_NAMES: Final = (
    (TITLES - _SURNAMES_TOO)
    | (TITLE_PARTS - {"late"})
    | PORTFOLIOS
    | BODIES
    | CALENDAR
    | (FUNCTION_WORDS - PARTICLES)
    | frozenset(HONORIFICS)
    | frozenset(PRONOUNS)
    | _OF_MEDIA
    | {word + plural for word in ADHERENTS for plural in ("", "s")}
    | {word + "s" for word in COUNTRIES}
    # What a sentence begins with.
    | frozenset(
        "according after although amid among another any asked back because before being both but certainly critics "
        "despite during each earlier either even every few finally first following for fortunately from given having "
        "however if in indeed instead its last later likewise many meanwhile moreover most much never nevertheless "
        "next nobody somebody everybody everyone someone anyone anybody nothing people "
        "no none nonetheless nor not now of often on once one only or others our over previously quoting "
        "rather "
        "read recently regarding responding said same second several similarly since so some sometimes soon "
        "speaking still "
        "such thanks then there therefore these this those though three through thus to today together tomorrow too "
        "two "
        "under unlike until upon what whatever when where whereas whether while why with within without "
        "writing yes yesterday yet citing referring addressing commenting image photo source sources".split()
    )
)
"""Words that are no part of a person's name, however they are written."""
