"""Words that say that somebody says something.

Written by hand. Where a list follows a source it names that, and adds words of the same kind that the news uses; a list
that names none is our own. Levin is *English Verb Classes and Alternations* (1993), by the numbers of her classes.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAY: Final = _words(
    # After Levin: 37.7 say, 37.1 transfer of a message, 37.2 tell, 37.8 complain, 37.9 advise, and what is spoken of
    # 29.5 conjecture (admit, allege, assert, maintain).
    """
    admit allege announce articulate assert communicate confess convey declare mention propose recount repeat report
    reveal say state tell ask explain write relate boast brag complain grumble gripe object caution counsel warn alert
    advise remind claim maintain swear demand
    """
    # What the style guides of news agencies list as verbs of attribution, or warn of using in place of “said”.
    """
    add acknowledge affirm answer argue aver charge comment concede conclude confirm contend continue counter
    deny disclose emphasise emphasize elaborate estimate exclaim forecast hint indicate inform insist interject joke
    lament muse note observe opine pledge point predict proclaim promise quip reaffirm reassure assure recall reckon
    reiterate rejoin remark reply respond retort signal specify speculate stipulate stress submit suggest testify
    underline underscore urge volunteer vow wonder quote accuse ensure reason theorize theorise posit deadpan
    deplore bemoan protest marvel recommend clarify notify imply question
    """
    # What people do today on paper and in networks.
    """
    tweet retweet blog post read
    """
    # After Levin 37.3, manner of speaking, with some of 37.8 complain (grouse) and 40.2, nonverbal expression (laugh).
    """
    bark bawl bellow chant cry drawl growl grouse howl moan mumble murmur mutter rail rant roar scream shout shriek
    snap snarl stammer thunder wail whine whisper yell crow gush sneer sniff snort sigh laugh
    """
)
"""Verbs that take what was said: a clause or a quotation."""

REQUEST: Final = _words("urge ask demand call appeal promise pledge vow threaten offer order invite beg implore plead")
"""Verbs that take an infinitive as what was said: of asking somebody to do something, and of binding oneself to it
(Austin's commissives, *How to Do Things with Words*, 1962)."""

JUDGE: Final = _words(
    # After Levin: 33 judgment, 29.2 characterize and 29.3 dub, with what the news has in their place (slam, blast,
    # tout) and verbs of taking sides (endorse, back, oppose).
    """
    acclaim admire applaud commend compliment congratulate extol hail laud praise salute thank toast welcome
    assail attack belittle berate blame castigate censure chastise chide condemn criticize criticise decry
    denigrate denounce deplore deride disparage fault lambaste malign mock pillory rebuke reprimand reproach
    ridicule scold slam blast taunt vilify label
    depict identify picture regard view
    brand call refer characterize characterise describe dub portray cast dismiss reject term nickname liken compare
    accuse credit cite tout defend endorse support back oppose
    """
)
"""Verbs that take what is judged and how: a noun, “as …”, or a quotation."""

TO_SOMEBODY: Final = _words("tell inform notify assure reassure remind advise")
"""Verbs whose object is whoever hears it."""

TAKES_THINGS: Final = _words(
    """
    acknowledge admit affirm announce ask bemoan cite concede confirm declare demand deny deplore describe disclose
    emphasise emphasize estimate explain forecast indicate lament mention note pledge predict promise propose protest
    question reaffirm recall recommend recount reiterate repeat report reveal specify state stipulate stress suggest
    testify tweet underline underscore urge vow
    """
)
"""Verbs of saying that take a noun for what was said: “denied the charges”."""

NO_INFINITIVE: Final = _words(
    "add continue explain note recall remind report respond reveal say suggest volunteer write"
)
"""Verbs whose infinitive is something done, not something said: “continued to pay”."""

CLAUSAL: Final = _words(
    """
    acknowledge add admit argue assert believe claim concede contend insist maintain note predict say suggest think
    warn
    """
)
"""Verbs behind which a clause without “that” is what was said, whatever the parser makes of it."""

ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "warn": ("of", "about", "against"),
    "complain": ("of", "about"),
    "boast": ("of", "about"),
    "call": ("for", "on", "upon"),
    "ask": ("for", "about"),
    "insist": ("on", "upon"),
    "refer": ("to",),
    "point": ("to",),
    "joke": ("about",),
    "concur": ("with",),
    "hint": ("at",),
    "rail": ("against", "at"),
    "appeal": ("for", "to"),
}
"""Verbs of saying with the preposition that brings what was said."""

HOLD: Final = _words(
    """
    agree assume believe concur consider determine doubt expect fear feel figure find guess hold hope imagine know learn
    presume realise realize recognise recognize see suspect think understand want wish
    """
)
"""Verbs of what somebody holds or wants, while nothing is uttered.

After Levin: 29.4 declare (believe, find, think), 29.5 conjecture (guess, know), 31.2 admire (fear), 32 desire (want,
hope, wish) and 36.1 correspond (agree, concur); those of perceiving and learning are ours.
"""

OPINE: Final = _words("agree believe concur consider doubt expect fear feel hope suspect think")
"""Those of `HOLD` that tell an opinion: their clause is told as somebody's stand. Our own choice."""

PRONOUNCE: Final = _words(
    "acclaim applaud commend condemn criticise criticize decry denounce deplore hail laud praise rebuke reject welcome"
)
"""Those of `JUDGE` that are done by speaking. Our own choice."""

NOUNS: Final = _words(
    """
    accusation admission allegation announcement argument assertion assurance belief call charge claim comment
    complaint conclusion confidence contention conviction criticism declaration demand denial encouragement hope
    insistence opinion pledge prediction promise proposal remark report statement suggestion threat view vow warning
    """
)
"""Nouns made of these verbs, with “that …” behind them."""

DONE: Final = _words(
    # Levin 55.1 begin, and “go on to”: verbs of beginning and going on.
    """
    begin continue go proceed start
    """
    # “take the time to”, as Karttunen has it (Implicative Verbs, 1971): what follows as “to …” was done. The nouns that
    # stand in its place, the verbs of bringing somebody to do it (force, prompt) and of haste are ours.
    """
    take time opportunity occasion trouble pain use force compel lead prompt hasten rush move have
    """
    # Adjectives of a manner in which it was done (“was quick to point out”).
    """
    careful eager keen quick
    """
)
"""Words of which the infinitive was done, so that “to say” tells what was said."""

PROMPTING: Final = _words("compel force lead prompt push")
"""Verbs whose object does what the infinitive tells: “That prompted Roe to say …”."""

QUOTING: Final = _words("quote cite")
"""Verbs by which one passes on another's words: “TASS quoted Lavrov as saying”."""

WORDS: Final = _words("answer comment quotation remark reply response statement word")
"""What is quoted of somebody: “quotes the answer of the minister”."""

OPINION: Final = _words("judgement judgment opinion phrase view word")
"""Nouns of “in his view”, “in the words of Lavrov”."""

EXPRESSING: Final = _words("express voice")
"""Verbs that make a cue of any noun of mind: “expressed confidence that …”."""

HELD: Final = (JUDGE | HOLD) - SAY - REQUEST
"""Verbs that tell what somebody judges or holds, and not that they said so."""

SPOKEN: Final = SAY | REQUEST | JUDGE | HOLD
"""Every verb that may bring what somebody said or holds."""
