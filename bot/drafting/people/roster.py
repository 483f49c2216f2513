"""The people and organisations that a collection knows, found by name, by office and by what an article calls them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.names import ARTICLES, keys_of
from bot.drafting.people.offices import Aliases, Key, Role, key_of, matches
from bot.record import Dating, Office, OfficeName, Speaker
from bot.search.normalise import PARTICLES, fold
from bot.search.sound import sound_alike, sounds

_ALIKE: Final = 85.0
"""Percent of likeness from which on two first names may be spellings of one: “Alexander” and “Aleksandr” are 89."""

_FULLY: Final = 2.0
"""From which fit on a phrase names an office on its own, see `offices.matches`."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office of somebody in the roster, and every key it is called by."""

    office: Office
    keys: tuple[Key, ...]


class Roster:
    """Those whom a collection knows.

    Args:
        speakers: people and organisations, as the seeds list them.
        offices: how offices are called elsewhere.
    """

    def __init__(self, speakers: Iterable[Speaker], offices: Iterable[OfficeName]) -> None:
        speakers = tuple(speakers)
        called = {(office.title, office.organisation): office.aliases for office in offices}
        self.aliases: Aliases = _organisations(speakers)
        self._names: defaultdict[str, list[tuple[tuple[str, ...], Speaker]]] = defaultdict(list)
        self._by_sound: defaultdict[str, set[str]] = defaultdict(set)
        self._bodies: dict[Key, Speaker] = {}
        self._body_names: dict[tuple[str, ...], Speaker] = {}
        self._offices: list[tuple[Speaker, Held]] = []
        self._held: dict[str, tuple[Held, ...]] = {}
        for speaker in speakers:
            for name in (speaker.name, *speaker.aliases):
                keys = keys_of(name)
                if not keys:
                    continue
                if speaker.is_organisation:
                    self._body_names.setdefault(without_article(keys), speaker)
                    self._bodies.setdefault(key_of(keys, self.aliases), speaker)
                else:
                    self._names[keys[-1]].append((keys, speaker))
            held = tuple(self._keys(office, called) for office in speaker.offices)
            self._held[speaker.id] = held
            self._offices += [(speaker, one) for one in held]
        for surname in self._names:
            for sound in sounds(surname):
                self._by_sound[sound.lower()].add(surname)

    def _keys(self, office: Office, called: dict[tuple[str, str], tuple[str, ...]]) -> Held:
        names = (f"{office.title} of {office.organisation}", *called.get((office.title, office.organisation), ()))
        return Held(office, tuple(dict.fromkeys(key_of(keys_of(name), self.aliases) for name in names)))

    def has_surname(self, word: str) -> bool:
        """Whether a folded word is the last of somebody's name."""
        return word in self._names

    def named(self, name: Sequence[str]) -> list[Speaker]:
        """Everybody whom folded words of a name may stand for: a full name, or a surname alone.

        Spellings that sound alike count (“Lawrow”) where nobody is written just so.
        """
        found = self._named(name, {name[-1]})
        if found:
            return found
        alike = {other for sound in sounds(name[-1]) for other in self._by_sound.get(sound.lower(), ())}
        return self._named(name, {other for other in alike if spelt_alike(other, name[-1])})

    def _named(self, name: Sequence[str], surnames: Iterable[str]) -> list[Speaker]:
        found: dict[str, Speaker] = {}
        for surname in surnames:
            for keys, speaker in self._names.get(surname, ()):
                if fits(name, keys):
                    found[speaker.id] = speaker
        return list(found.values())

    def organisation(self, words: Sequence[str]) -> Speaker | None:
        """The organisation that folded words name: “the Alliance”, “Russia's Foreign Ministry”."""
        words = without_article(words)
        found = self._body_names.get(tuple(words))
        if found or not words:
            return found
        country = COUNTRIES.get(" ".join(words))
        if country:
            return self._body_names.get(keys_of(country))
        return self._bodies.get(key_of(words, self.aliases))

    def held(self, speaker: Speaker) -> tuple[Held, ...]:
        """The offices of somebody, with what they are called."""
        return self._held.get(speaker.id, ())

    def holders(self, role: Role, when: Dating | None) -> list[tuple[Speaker, Held]]:
        """Who held an office that an article names in full, on a day.

        Several where it does not say which, or where no day is known; none where the phrase leaves the organisation
        open and is no office's own name.
        """
        found: dict[str, tuple[Speaker, Held]] = {}
        best = 0.0
        for speaker, held in self._offices:
            fit = 4.0 if role.key in held.keys else max(matches(role, key) for key in held.keys) if role.places else 0.0
            if fit < max(best, _FULLY) or not in_time(held.office, role.tense, when):
                continue
            if fit > best:
                best, found = fit, {}
            found.setdefault(speaker.id, (speaker, held))
        return list(found.values())


def in_time(office: Office, tense: str, when: Dating | None) -> bool:
    """Whether an office may be the one that an article of that day speaks of in this tense."""
    if when is None:
        return True
    if tense in ("former", "then"):
        return office.until is not None and (office.until.earliest or when.latest) <= when.latest
    return office.covers(when)


def fits(name: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a name may be a shorter or otherwise spelt form of another, whose surname is known to fit.

    Every word before the surname must be, in order, a word of the other, an initial of one, or spelt alike; particles
    do not matter.
    """
    mine = [word for word in name[:-1] if word not in PARTICLES]
    theirs = [word for word in full[:-1] if word not in PARTICLES]
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    at = 0
    for word in mine:
        while at < len(theirs) and not _first_name_alike(word, theirs[at]):
            at += 1
        if at == len(theirs):
            return False
        at += 1
    return True


def _first_name_alike(one: str, other: str) -> bool:
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    if min(len(one), len(other)) < 3:
        return False
    return fuzz.ratio(one, other) >= _ALIKE or (fuzz.ratio(one, other) >= 60 and sound_alike(one, other))


def spelt_alike(one: str, other: str) -> bool:
    """Whether two surnames may be one in two transcriptions: “lavrov”, “lawrow”, “lavroff”."""
    return one == other or (min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= 60 and sound_alike(one, other))


def without_article(words: Sequence[str]) -> tuple[str, ...]:
    """The words without an article before them."""
    return tuple(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _organisations(speakers: Iterable[Speaker]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What organisations are called, by the first word; those that are a country's name share its mark."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for speaker in speakers:
        if not speaker.is_organisation:
            continue
        mark = f"@{fold(COUNTRIES.get(fold(speaker.name), speaker.name))}"
        for name in (speaker.name, *speaker.aliases):
            keys = without_article(keys_of(name))
            # A ministry is told by its country and its field; “the head of the Foreign Ministry” is a minister.
            if keys and "ministry" not in keys:
                found[keys[0]].append((keys, mark))
    return dict(found)
