"""Who is meant by an office: “the minister”, “the NATO chief”, “the Norwegian”."""

from bisect import bisect_left

from bot.drafting.cast import Cast, Person
from bot.drafting.offices import Role, inhabitant_of, matches, resembles
from bot.drafting.phrases import Phrase
from bot.drafting.roster import Roster, in_time
from bot.record import Dating, Speaker
from bot.search.normalise import fold


class Officeholders:
    """Those of one article who hold an office, or are introduced with one."""

    def __init__(self, cast: Cast, roster: Roster, when: Dating | None) -> None:
        self._cast, self._roster, self._when = cast, roster, when

    def ranked(self, role: Role, phrase: Phrase) -> list[tuple[float, Person]]:
        """Those of the article who have an office that fits, best first."""
        found: list[tuple[float, Person]] = []
        for person in self._cast.people:
            if person is phrase.owner or (role.gender and person.gender not in ("", role.gender)):
                continue
            worth = max((self._worth(role, own) for own in person.roles), default=0.0)
            if person.speaker:
                worth = max(worth, self._by_office_of(role, person.speaker))
            if worth >= 1:
                found.append((worth, person))
        return sorted(found, key=lambda item: (-item[0], self.distance(item[1], phrase.begin)))

    def _worth(self, role: Role, own: Role) -> float:
        fit = resembles(role, own)
        return fit - 0.7 if fit and (role.tense == "former") != (own.tense == "former") else fit

    def _by_office_of(self, role: Role, speaker: Speaker) -> float:
        return max(
            (
                matches(role, key)
                for held in self._roster.held(speaker)
                if in_time(held.office, role.tense, self._when)
                for key in held.keys
            ),
            default=0.0,
        )

    def distance(self, person: Person, at: int) -> float:
        """How far back somebody was named last; those who are named later only come after all others."""
        index = bisect_left(person.mentions, at, key=lambda mention: mention.begin)
        return at - person.mentions[index - 1].begin if index else 1e9 + person.mentions[0].begin

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

    def named_later(self, phrase: Phrase) -> Person | None:
        """A lead gives the office, and the next sentences the name of its holder: the first one named at all."""
        if self._cast.mentioned((0, phrase.begin)) or not self._cast.mentions:
            return None
        first = self._cast.mentions[0]
        if first.begin < phrase.begin + len(phrase.text):
            return None
        if self._cast.paragraph(first.begin) - self._cast.paragraph(phrase.begin) > 2:
            return None
        return None if first.person.roles or not first.full else first.person
