"""Words that say that somebody says something. Written by hand; each list names where its words come from."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAY: Final = _words(
    # Levin, English Verb Classes and Alternations (1993): 37.7 say, 37.1 and 37.2 (tell, ask, write), 37.8 complain,
    # 37.9 advise, and those of 29.5 conjecture that are spoken.
    """
    admit allege announce articulate assert communicate confess convey declare mention propose recount repeat report
    reveal say state tell ask explain write relate boast brag complain grumble gripe object caution counsel warn alert
    advise remind claim maintain swear
    """
    # What the style guides of news agencies list as verbs of attribution, or warn of using in place of “said”.
    """
    add acknowledge affirm answer argue aver charge comment concede conclude confirm contend continue counter
    deny disclose emphasise emphasize elaborate estimate exclaim forecast hint indicate inform insist interject joke
    lament muse note observe opine pledge point predict proclaim promise quip reaffirm reassure assure recall reckon
    reiterate rejoin remark reply respond retort signal specify speculate stipulate stress submit suggest testify
    underline underscore urge volunteer vow wonder quote accuse ensure reason theorize theorise posit deadpan
    deplore bemoan protest marvel recommend clarify notify
    """
    # What people do today on paper and in networks.
    """
    tweet retweet blog read
    """
    # Levin 37.3: manner of speaking.
    """
    bark bawl bellow chant cry drawl growl grouse howl moan mumble murmur mutter rail rant roar scream shout shriek
    snap snarl stammer thunder wail whine whisper yell crow gush sneer sniff snort sigh laugh
    """
)
"""Verbs that take what was said: a clause or a quotation."""

REQUEST: Final = _words("urge ask demand call appeal promise pledge vow threaten offer order invite beg implore plead")
"""Verbs that take an infinitive as what was said: Levin 37.9 advise and 60 order, and Austin's commissives (1962)."""

JUDGE: Final = _words(
    # Levin 33: judgment; 29.2 characterize and 29.3 dub, as far as they are spoken.
    """
    acclaim admire applaud commend compliment congratulate extol hail laud praise salute thank toast welcome
    assail attack belittle berate blame castigate censure chastise chide condemn criticize criticise decry
    denigrate denounce deplore deride disparage fault lambaste malign mock pillory rebuke reprimand reproach
    ridicule scold slam blast taunt vilify label
    brand call refer characterize characterise describe dub portray cast dismiss reject term nickname liken compare
    accuse credit cite tout defend endorse support back
    """
)
"""Verbs that take what is judged and how: a noun, “as …”, or a quotation."""

TO_SOMEBODY: Final = _words("tell inform notify assure reassure remind advise email text message")
"""Verbs whose object is whoever hears it."""

TAKES_THINGS: Final = _words(
    "announce deny predict state tweet propose testify estimate forecast propose confirm admit acknowledge report reveal disclose reiterate repeat recount explain declare "
    "demand promise pledge vow urge suggest recommend note mention indicate stress emphasize emphasise underline underscore "
    "question ask recall cite describe deplore protest bemoan lament stipulate specify affirm reaffirm concede"
)
"""Verbs of saying that take a noun for what was said: “denied the charges”."""

NO_INFINITIVE: Final = _words(
    "say add continue write report explain reveal report recall respond volunteer remind suggest note"
)
"""Verbs whose infinitive is something done, not something said: “continued to pay”."""

CLAUSAL: Final = _words(
    "say claim insist argue warn maintain contend assert predict believe think add note concede suggest acknowledge admit"
)
"""Verbs behind which a clause without “that” is what was said, whatever the parser makes of it."""

ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "warn": ("of", "about", "against"),
    "speak": ("of", "about"),
    "talk": ("of", "about"),
    "complain": ("of", "about"),
    "boast": ("of", "about"),
    "call": ("for", "on", "upon"),
    "ask": ("for", "about"),
    "insist": ("on", "upon"),
    "refer": ("to",),
    "point": ("to",),
    "comment": ("on",),
    "joke": ("about",),
    "hint": ("at",),
    "allude": ("to",),
    "appeal": ("for", "to"),
}
"""Verbs of saying with the preposition that brings what was said."""

HOLD: Final = _words(
    "believe think feel hold consider fear hope doubt suspect expect want wish know understand see find learn agree"
)
"""Verbs of what somebody holds (Levin 29.4 declare and 29.5 conjecture, as far as nothing is uttered)."""

NOUNS: Final = _words(
    "statement claim comment remark assertion allegation accusation warning promise pledge vow announcement declaration "
    "report suggestion argument insistence admission prediction proposal assurance denial complaint call demand threat "
    "belief hope view opinion conclusion"
)
"""Nouns made of these verbs, with “that …” behind them."""

AGENCIES: Final = _words("tass reuters afp ap dpa interfax novosti ansa efe bloomberg politico cnn bbc")

SPOKEN: Final = SAY | REQUEST | JUDGE | HOLD
"""Every verb that may bring what somebody said or holds."""
