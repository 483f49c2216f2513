"""People's names of 26 European languages and of the Arab world, and how else they are written."""

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Final

from bot.search.normalise import words

LOCALES: Final = (
    "ru_RU uk_UA bg_BG el_GR de_DE fr_FR es_ES it_IT nl_NL pl_PL cs_CZ sv_SE no_NO da_DK fi_FI hu_HU ro_RO hr_HR sl_SI "
    "lt_LT lv_LV et_EE tr_TR pt_PT en_GB en_US"
).split()
SLAVIC: Final = frozenset({"ru_RU", "uk_UA", "bg_BG"})
ARAB: Final = "ar"

PARTICLES: Final = frozenset(
    "van von der den de het ter ten te du des da dos do di del della la le al el bin bint ben zu af av y ibn "
    "abu".split()
)
"""Words that may stand before a surname and belong to it."""

ARAB_FIRST: Final = (
    "Mohammed Ahmed Khalid Faisal Abdullah Sultan Tariq Hassan Hussein Omar Youssef Salman Turki Nasser Hamad Tamim "
    "Saif Mansour Rashid Jamal Adel Nabil Fatima Aisha Layla Noura Reem Hanan Amina Salma"
).split()
ARAB_SURNAMES: Final = (
    "bin Salman;bin Zayed;bin Laden;bin Talal;bin Rashid;bin Khalifa;Al Thani;Al Saud;Al Nahyan;Al Jubeir;Al Sisi;"
    "Al Assad;Al Maliki;El Baradei;El Sayed;El Hariri;Abu Mazen;Abu Ghazaleh;ben Ali;ben Bella;ibn Saud;Al Khalifa;"
    "Al Sabah;Al Abadi;Al Kadhimi;El Othmani;Haftar;Shoukry;Mubarak;Aoun"
).split(";")

NAMESAKES: Final = (
    "Berlin Marshall Truman Monroe Schuman Paris London Wall Geneva Brandt Dayton Lisbon Nixon Kyoto Hague Warsaw "
    "Minsk Petersberg Dublin Milan"
).split()
"""Surnames that are also words of topics (`vocabulary.NAMED`)."""

_BEFORE: Final = {
    "nl_NL": ["van der", "van den", "de", "van", "ter"],
    "de_DE": ["von", "von der", "zu"],
    "fr_FR": ["de", "du", "de la", "le"],
    "pt_PT": ["da", "dos", "de"],
    "it_IT": ["di", "della", "de"],
    "da_DK": ["af"],
    "es_ES": ["de la", "del"],
}
_BARRELLED: Final = frozenset({"en_GB", "fr_FR", "de_DE", "pl_PL", "hr_HR"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in Latin letters, and in those of their language where it has others."""

    locale: str
    first: str
    surname: str
    native_first: str = ""
    native_surname: str = ""

    @property
    def full(self) -> str:
        return f"{self.first} {self.surname}"

    @property
    def native(self) -> str:
        return f"{self.native_first} {self.native_surname}".strip()


class Names:
    """Draws names. Faker is slow, so of each language a pool is drawn once and names are put together from it."""

    def __init__(self, seed: int) -> None:
        self._pools = {locale: _pool(locale, seed) for locale in LOCALES}

    def draw(self, chance: Random, surname: str = "") -> Name:
        """A name; some given names and surnames are met more often than others."""
        if surname:
            pools = self._pools["en_US"][chance.randrange(2)]
            return Name("en_US", _some(chance, pools[0]), surname)
        if chance.random() < 0.015:
            return Name(ARAB, chance.choice(ARAB_FIRST), chance.choice(ARAB_SURNAMES))
        locale = chance.choice(LOCALES)
        firsts, surnames = self._pools[locale][chance.randrange(2)]
        first, last = _some(chance, firsts), _some(chance, surnames)
        if locale in SLAVIC or locale == "el_GR":
            return Name(locale, romanised(first, locale), romanised(last, locale), first, last)
        if chance.random() < 0.06 and " " not in first:
            first = f"{first}{chance.choice('- ')}{_some(chance, firsts)}"
        plain = " " not in last and "-" not in last
        if locale == "es_ES" and chance.random() < 0.4:
            last = f"{last} {_some(chance, surnames)}"
        elif locale in _BARRELLED and plain and chance.random() < 0.06:
            last = f"{last}-{_some(chance, surnames)}"
        elif locale in _BEFORE and plain and chance.random() < 0.12:
            last = f"{chance.choice(_BEFORE[locale])} {last}"
        return Name(locale, first, last)


def _some(chance: Random, pool: list[str]) -> str:
    return pool[int(len(pool) * chance.random() ** 1.6)]


@cache
def _pool(locale: str, seed: int) -> list[tuple[list[str], list[str]]]:
    """(Given names, surnames) of men and of women."""
    from faker import Faker

    faker = Faker(locale)
    faker.seed_instance(seed)
    drawn = []
    for sex in ("male", "female"):
        first, last = getattr(faker, f"first_name_{sex}"), getattr(faker, f"last_name_{sex}")
        drawn.append((_distinct(first, 500), _distinct(last, 2_500)))
    return drawn


def _distinct(draw: Any, times: int) -> list[str]:
    return [name for name in dict.fromkeys(draw() for _ in range(times)) if _is_name(name)]


def _is_name(name: str) -> bool:
    parts = name.split()
    small = all(part.casefold() in PARTICLES for part in parts[:-1])
    return len(name) < 24 and parts[-1][0].isupper() and (small or all(part[0].isupper() for part in parts))


# Romanisations: as a newspaper in English has it (which is in the collection), and as others do


def _table(letters: str) -> dict[str, str]:
    return {pair[0]: pair[2:] for pair in letters.split()}


_RUSSIAN: Final = _table(
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
)
_UKRAINIAN: Final = _RUSSIAN | _table("г=h ґ=g е=e є=ie и=y і=i ї=i й=i ю=iu я=ia ’= '=")
_BULGARIAN: Final = _RUSSIAN | _table("щ=sht ъ=a х=h ж=zh")
_GREEK: Final = _table(
    "α=a ά=a β=v γ=g δ=d ε=e έ=e ζ=z η=i ή=i θ=th ι=i ί=i ϊ=i ΐ=i κ=k λ=l μ=m ν=n ξ=x ο=o ό=o π=p ρ=r σ=s ς=s τ=t υ=y "
    "ύ=y ϋ=y ΰ=y φ=f χ=ch ψ=ps ω=o ώ=o"
)
_GREEK_PAIRS: Final = {"ου": "ou", "ού": "ou", "μπ": "b", "ντ": "nt", "γγ": "ng", "γκ": "gk", "αυ": "av", "ευ": "ef"}
_BY_LOCALE: Final = {"ru_RU": _RUSSIAN, "uk_UA": _UKRAINIAN, "bg_BG": _BULGARIAN, "el_GR": _GREEK}

_GERMAN: Final = _table("в=w ж=sch з=s й=i х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja ё=jo є=je ї=ji")
_FRENCH: Final = _table("ж=j й=ï у=ou х=kh ц=ts ч=tch ш=ch щ=chtch ю=iou я=ia ё=io є=ie ї=ï")
_SCHOLARLY: Final = _table("ж=ž х=h ц=c ч=č ш=š щ=šč ю=ju я=ja й=j ё=ë є=je ї=ji")
_GREEK_OTHERWISE: Final = [
    _table(letters) for letters in ("η=e ή=e", "χ=h", "χ=kh", "φ=ph", "β=b", "υ=i ύ=i", "ξ=ks", "γ=gh", "θ=t", "ψ=bs")
]
_PASSPORT: Final = _table("ё=e ю=iu я=ia й=i ъ=ie")


def romanised(text: str, locale: str, letters: dict[str, str] | None = None) -> str:
    """A name of Cyrillic or Greek letters in Latin ones, some of them perhaps as others write them."""
    table = _BY_LOCALE[locale] | (letters or {})
    pairs = _GREEK_PAIRS if locale == "el_GR" else {}
    lower = text.replace("’", "").replace("'", "")
    for pair, latin in pairs.items():
        lower = re.sub(pair, latin, lower, flags=re.IGNORECASE)
    if locale == "ru_RU":
        lower = re.sub(r"(^|(?<=[аеёиоуыэюяъь]))е", "ye", lower)
    made = "".join(table.get(letter, letter) for letter in lower.casefold())
    return "-".join(" ".join(part.capitalize() for part in piece.split()) for piece in made.split("-"))


def as_german(name: Name, text: str) -> str:
    """How a newspaper in German writes a Slavic name: Tschernow, Medwedew."""
    doubled = re.sub(r"(?<=[аеиоуыэюя])с(?=[аеиоуыэюя])", "сс", text.casefold())
    return "".join((_BY_LOCALE[name.locale] | _GERMAN).get(letter, letter) for letter in doubled).title()


def as_french(name: Name, text: str) -> str:
    """How a newspaper in French writes a Slavic name: Poutine, Chevtchenko."""
    found = "".join((_BY_LOCALE[name.locale] | _FRENCH).get(letter, letter) for letter in text.casefold())
    found = re.sub(r"(?<=[aeiouy])s(?=[aeiouy])", "ss", re.sub(r"in$", "ine", found))
    return re.sub(r"g(?=[ei])", "gu", found).title()


def variants(name: Name) -> list[str]:
    """Other ways to write a name in Latin letters, in English: what passports and scholars make of it, umlauts."""
    found: list[str] = []
    if name.native and name.locale in SLAVIC:
        for table in (_PASSPORT, _SCHOLARLY):
            letters = _BY_LOCALE[name.locale] | table
            found.append("".join(letters.get(letter, letter) for letter in name.native.casefold()).title())
        found += [re.sub(r"iy\b", "y", name.full), re.sub(r"y\b", "i", name.full), re.sub(r"y\b", "ij", name.full)]
        found += [name.full.replace("kh", "h").replace("Kh", "H"), name.full.replace("ks", "x")]
        found += [re.sub(r"ov\b", "off", name.full), re.sub(r"ev\b", "eff", name.full)]
    elif name.native:
        found += [romanised(name.native, name.locale, letters) for letters in _GREEK_OTHERWISE]
    else:
        spelt = name.full
        for old, new in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"), ("æ", "ae"), ("ő", "oe")):
            spelt = spelt.replace(old, new).replace(old.upper(), new.capitalize())
        found.append(spelt)
        found.append(re.sub("[šśş]", "sh", re.sub("[čç]", "ch", name.full.replace("ž", "zh"))))
    own = words(name.full)
    return [variant for variant in dict.fromkeys(found) if words(variant) != own]
