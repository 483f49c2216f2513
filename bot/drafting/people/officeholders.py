"""Who is meant by an office: “the minister”, “the NATO chief”, “the Norwegian”."""

import re
from bisect import bisect_left
from typing import Final

from bot.drafting.daynames import WEEKDAYS
from bot.drafting.people.cast import Cast, Person
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.names import BODIES
from bot.drafting.people.offices import Role, inhabitant_of, matches, parts, resembles
from bot.drafting.people.phrases import Phrase
from bot.drafting.people.roster import Roster, in_time
from bot.record import Dating, Speaker
from bot.search.normalise import fold

_RANKS: Final = frozenset("general admiral colonel lieutenant major brigadier marshal captain vice rear air".split())
_COMMANDS: Final = _RANKS | {"commander", "officer", "chief", "soldier"}
HEADS: Final = frozenset("president prime-minister chancellor king queen emir".split())
"""Offices beside which nobody is a peer, a speaker or a captain."""
_COUNTRIES: Final = frozenset(f"@{fold(name)}" for name in COUNTRIES.values())
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_LATELY: Final = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|now|today|tomorrow|yesterday|tonight|(?:this|last) (?:week|month|year))\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
UNNAMED_YET: Final = 1e9
"""The distance from which on somebody is named only later."""


class Officeholders:
    """Those of one article who hold an office, or are introduced with one."""

    def __init__(self, cast: Cast, roster: Roster, when: Dating | None) -> None:
        self._cast, self._roster, self._when = cast, roster, when
        self._taken: dict[Person, frozenset[str]] = {}

    def ranked(self, role: Role, phrase: Phrase) -> list[tuple[float, Person]]:
        """Those of the article who have an office that fits, best first."""
        found: list[tuple[float, Person]] = []
        when = self.when(phrase.begin)
        for person in self._cast.people:
            if person is phrase.owner or (role.gender and person.gender not in ("", role.gender)):
                continue
            worth = max((self._worth(role, own) for own in person.roles), default=0.0)
            if when != self._when and self.distance(person, phrase.begin) >= UNNAMED_YET:
                worth = 0.0  # introduced later, in another time
            if person.speaker:
                worth = max(worth, self._by_office_of(role, person.speaker, when))
            if worth >= 1:
                found.append((worth, person))
        return sorted(found, key=lambda item: (-item[0], self.distance(item[1], phrase.begin)))

    def _worth(self, role: Role, own: Role) -> float:
        fit = resembles(role, own)
        return fit - 0.7 if fit and (role.tense == "former") != (own.tense == "former") else fit

    def when(self, at: int) -> Dating | None:
        """Of when an article tells here: an earlier year that the sentence names, or the last one before it to do so.

        Not beyond a sentence that tells of the days around the article's own.
        """
        line, now = self._cast.line(at), self._when.earliest if self._when else None
        if line is None or now is None:
            return self._when
        for begin in reversed([begin for begin in line.sentences if begin <= at]):
            words = _QUOTED.sub("", line.text[slice(*line.sentence(begin))])
            told = [year for year in map(Dating.parse, _YEAR.findall(words)) if year.latest < now]
            if told or _LATELY.search(words):
                return told[-1] if told else self._when
        return self._when

    def _by_office_of(self, role: Role, speaker: Speaker, when: Dating | None) -> float:
        return max(
            (
                matches(role, key)
                for held in self._roster.held(speaker)
                if in_time(held.office, role.tense, when)
                and (not role.places or any(role.places & parts(other)[0] for other in held.keys))
                for key in held.keys
            ),
            default=0.0,
        )

    def distance(self, person: Person, at: int) -> float:
        """How far back somebody was named last; those who are named later only come after all others."""
        index = bisect_left(person.mentions, at, key=lambda mention: mention.begin)
        return at - person.mentions[index - 1].begin if index else UNNAMED_YET + person.mentions[0].begin

    def is_stranger(self, person: Person) -> bool:
        """Whether nothing tells of what country somebody is; an office of an organisation does not."""
        held = [key for held in self._roster.held(person.speaker) for key in held.keys] if person.speaker else []
        taken = self._taken.get(person, frozenset())
        places = taken.union(*(role.places for role in person.roles), *(parts(key)[0] for key in held))
        return places.isdisjoint(_COUNTRIES)

    def take_for(self, person: Person, role: Role) -> None:
        """Note that an office without a name was taken for somebody's, of whom no country was known."""
        self._taken[person] = role.places

    def heads(self, person: Person) -> bool:
        """Whether somebody leads a country, as the article or the roster has it."""
        now = [role.core for role in person.roles if not role.tense]
        held = self._roster.held(person.speaker) if person.speaker else []
        now += [parts(key)[1] for one in held if in_time(one.office, "", self._when) for key in one.keys]
        return any(core <= HEADS and core for core in now)

    def inhabitants(self, phrase: Phrase) -> list[Person]:
        """“the Norwegian”: whoever holds or held an office of that country, or is introduced with it; nearest first."""
        mark = f"@{fold(inhabitant_of(phrase.body))}"
        found = [
            person
            for person in self._cast.people
            if any(mark in role.key for role in person.roles)
            or (person.speaker and any(mark in key for h in self._roster.held(person.speaker) for key in h.keys))
        ]
        return sorted(found, key=lambda person: self.distance(person, phrase.begin))

    def subject_of(self, phrase: Phrase) -> Person | None:
        """“Vik was “not worried”, the premier said”: whom the sentence begins with, if of no known office."""
        line = self._cast.line(phrase.begin)
        if line is None or not phrase.role or not phrase.role.core <= HEADS:
            return None
        begin, _ = line.sentence(phrase.begin)
        named = self._cast.mentioned((begin, phrase.begin))
        first = named[0] if len({mention.person for mention in named}) == 1 else None
        if first is None or first.start > begin + 1 or first.possessive or not first.full:
            return None
        person = first.person
        held = self._roster.held(person.speaker) if person.speaker else []
        busy = any(in_time(one.office, "", self._when) for one in held)
        return None if busy or any(not role.tense for role in person.roles) else person

    def named_later(self, phrase: Phrase) -> Person | None:
        """A lead gives the office, and the next sentences the name of its holder: the first one named after it."""
        if self._cast.mentioned((0, phrase.begin)):
            return None
        after = self._cast.mentioned((phrase.begin + len(phrase.text), 1 << 60))
        first = next((mention for mention in after if not mention.possessive), None)
        if first is None or self._cast.paragraph(first.begin) - self._cast.paragraph(phrase.begin) > 2:
            return None
        if not first.full or not self._may_hold(first.person, phrase):
            return None
        return first.person

    @staticmethod
    def _may_hold(person: Person, phrase: Phrase) -> bool:
        """Whether nothing that an article calls somebody speaks against an office: a general may be the commander."""
        role = phrase.role
        if role is None or (role.gender and person.gender not in ("", role.gender)):
            return False
        commands = bool(role.core & _COMMANDS)
        # “the head of the UN's nuclear watchdog”: a body that is only described, led by whoever leads one.
        body = role.organisation.rpartition(" ")[2]
        leads = role.plain == {"chief"} and body in BODIES
        return all(
            (own.core <= _RANKS and commands) or (leads and matches(Role("", "", role.plain), own.plain))
            for own in person.roles
        )
