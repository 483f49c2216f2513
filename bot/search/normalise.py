"""How words are folded before they are compared: scripts, diacritics, case, possessives."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

MAX_QUERY: Final = 600
"""Characters of a question that are read. Nobody asks in more, and a longer text must not buy more work."""

MAX_WORDS: Final = 60
"""Words of a question that are read."""
MAX_WORD: Final = 32
"""Letters of the longest word that is compared with others. Some characters fold to a dozen letters each."""

_POSSESSIVE: Final = re.compile(r"(?<=\w)['’ʼ]s\b", re.IGNORECASE)
_MARKS: Final = ".,;:!?\"'“”«»()"
_WORD: Final = re.compile(r"[a-z0-9]+")

FUNCTION_WORDS: Final = frozenset(
    # Grammar. It weighs little in a question and inside a term alike.
    "a about again all also an and any anything are as at be been but by can could did do does during ever every for "
    "from give had has have he her him his how i if in into is it its just last let like list me more mr mrs ms my no "
    "nor not never of on or our out over please she should show so some than that the their them there they this to up "
    "was we were what when where which who whom whose why will with would yes you your "
    "himself herself itself themselves myself yourself ourselves "
    # The same in Russian, Ukrainian, German, French, Spanish, Portuguese, Italian, Dutch and Polish, folded.
    "chto kto kak kogda gde o ob pro na po v s i shcho yak "
    "wer wann wo wie hat haben ueber uber zu zum zur der die das den dem und von mit im "
    "qu que qui quand ou comment sur le la les du des de et au aux a "
    "ha el los las en sobre acerca segun del y con em os as da do das dos e "
    "cosa che il lo su di della sul sulla wat heeft het een van "
    "co jak kiedy ktory w z temat".split()
)

_ASKING_WORDS: Final = frozenset(
    # What a question is asked with. They need not be found, but count in full inside a term: “talks” may be a topic.
    "us find get got hear heard interview know mean position positions opinion opinions stance view views sentence "
    "accuse accused accuses address addressed announce announced announces answer answered ask asked asks believe "
    "believed believes call called calls claim claimed claims comment commented comments criticise criticised "
    "criticises criticize criticized declare declared declares denied denies deny express expressed insist insisted "
    "insists mention mentioned mentions promise promised proposed propose proposes quotation quote quoted quotes "
    "regarding reject rejected rejects remark remarked remarks said say saying says speak speaking speaks spoke state "
    "stated statement statements stating stress stressed stresses suggest suggested talk talked talking talks tell "
    "telling tells think thinks thought told urge urged urges vowed want wanted wants warn warned warns welcome "
    "welcomed welcomes word words wrote according "
    # What a form is filled in with, where somebody types the form itself.
    "speaker topic source quelle "
    # What goes without saying where quotations are asked for.
    "thing things something reporters journalists press media news article articles story today yesterday "
    # The same in other languages, folded.
    "skazal skazala skazav govoril govorila govorit zayavil zayavila slova slovo mnenie sagte sagt gesagt meinte "
    "dit disait declare dijo dice dicho decia disse diz dito detto zei zegt powiedzial powiedziala mowi mowil".split()
)

STOPWORDS: Final = FUNCTION_WORDS | _ASKING_WORDS
"""What a question may hold without its having to mean anything."""

PARTICLES: Final = frozenset(
    "af al av bin da dal de del della den der des di dos du el ibn la le mac mc san ten ter van vom von zu zur".split()
)
"""Small words that belong to a surname."""

TITLES: Final = frozenset(
    "admiral ambassador archbishop baron baroness chairman chairwoman chancellor chief colonel commander commissioner "
    "congressman congresswoman count countess deputy director doctor dr duke former frau general governor herr judge "
    "king lady lieutenant lord madame major marshal mayor minister miss monsieur mp patriarch pope premier president "
    "prime prince princess professor prof queen rabbi representative secretary senator sir spokesman spokeswoman "
    "spokesperson undersecretary vice".split()
)
"""Before a name, these do not make it another's."""

SPOKEN_OF: Final = frozenset(
    "about against for of on over regarding to towards with ueber uber mit o ob ot s na".split()
)
"""Before a name, these make it what is spoken of rather than who speaks."""


anyascii("\u00e9\u010d\u02bc\u0391\u0411\u1e9e\u2019")
"""The tables of the scripts that most people type in are read now, rather than with somebody's question."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("´`′ʹʻ‘", "'"))
_PICTURES: Final = frozenset({"So", "Sk", "Cs", "Co", "Cn"})
"""Unicode's categories of emoji and the like, which would be folded to their names."""

_MENTION: Final = re.compile(r"<(@[!&]?|#|a?:\w+:)\d+>")
"""How Discord writes people, channels and emoji: https://discord.com/developers/docs/reference#message-formatting"""

_DOTTED: Final = re.compile(r"(?<!\w)(?:\w\.){2,}(?:\w(?!\w))?")
"""An abbreviation with full stops: “U.S.” is “US”."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case ASCII: “Столтенберг’s” and “Stoltenberg” become the same."""
    if text.isascii():
        return _POSSESSIVE.sub("", text).lower().replace("'", "") if "'" in text else text.lower()
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    text = "".join(" " if unicodedata.category(sign) in _PICTURES else sign for sign in _POSSESSIVE.sub("", text))
    return anyascii(text).casefold().replace("'", "")


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(_without_dots(text[:MAX_QUERY])))


def _without_dots(text: str) -> str:
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text


def typed_words(text: str) -> list[tuple[str, str]]:
    """Each folded word of a question with the word as it was typed, to answer in the asker's own spelling."""
    text = text[:MAX_QUERY]
    if text.isascii() and text.replace(" ", "").isalnum():
        return list(zip(text.lower().split(), text.split(), strict=True))[:MAX_WORDS]
    pairs: list[tuple[str, str]] = []
    for typed in (_MENTION.sub(" ", text) if "<" in text else text).split():
        if typed.isascii() and typed.isalnum():
            pairs.append((typed.lower(), typed))
        else:
            pairs += [(folded, typed.strip(_MARKS)) for folded in words(typed)]
    return pairs[:MAX_WORDS]
