"""A voice made of somebody: the speaker of the roster, or a proposal with the office that the article gives."""

from typing import Final

from bot.drafting.people.cast import Cast, Person
from bot.drafting.people.names import keys_of
from bot.drafting.people.offices import Role, matches
from bot.drafting.people.roster import Roster, fits, in_time
from bot.drafting.values import Proposal, Voice
from bot.record import Dating, Speaker
from bot.search.normalise import fold

MAX_DESCRIPTION: Final = 100
"""Characters of ``described_as`` that seeds may have."""


class Voicing:
    """How the people of one article become voices."""

    def __init__(self, cast: Cast, roster: Roster, when: Dating | None) -> None:
        self._cast, self._roster, self._when = cast, roster, when

    def of(self, person: Person, certain: float, reasons: tuple[str, ...] = ()) -> Voice:
        """Somebody of the article, with a confidence that what is doubtful about them may lower."""
        because = (*reasons, *person.because)
        if person.speaker:
            described = self._described(person, person.speaker)
            return Voice(person.speaker, None, described, "", min(certain, person.confidence), because)
        if len(person.keys) == 1:
            certain, because = min(certain, 0.6), (*because, f"the article has only the name “{person.name}”")
        role = next((r for r in person.roles if not r.tense), person.roles[0] if person.roles else None)
        role = max((r for r in person.roles if r.tense == (role.tense if role else "")), key=_says, default=None)
        proposal = self._proposed(person.name, role)
        described = _styled(role) if role and role.tense else ""
        return Voice(None, proposal, described, "", min(certain, person.confidence, 0.95), because)

    def _proposed(self, name: str, role: Role | None) -> Proposal:
        """With the office as the article has it; whoever serves a person is “spokesman for” them."""
        if role is None:
            return Proposal(name)
        served = self.full_name(role.organisation)
        if served and served != name:
            return Proposal(name, f"{role.title} for {served}")
        return Proposal(name, role.title, "" if served else role.organisation)

    def full_name(self, words: str) -> str:
        """The full name of somebody of the article or the roster; empty where the words are nobody's name."""
        keys = keys_of(words)
        if not keys or self._roster.organisation(keys):
            return ""
        for person in self._cast.people:
            if 1 < len(person.keys) >= len(keys) and person.keys[-1] == keys[-1] and fits(keys, person.keys):
                return person.speaker.name if person.speaker else person.name
        found = self._roster.named(keys)
        return found[0].name if len(found) == 1 else ""

    def _described(self, person: Person, speaker: Speaker) -> str:
        """How the article styles somebody, where that is no office of the roster's on that day."""
        now = self._when and speaker.offices_on(self._when)
        for role in person.roles:
            fitting = [held for held in self._roster.held(speaker) if any(matches(role, key) for key in held.keys)]
            if role.tense in ("former", "outgoing", "incoming"):
                return _styled(role)
            if role.tense == "then" and not any(in_time(held.office, "", self._when) for held in fitting):
                return _styled(role)
        if self._when and not now and person.roles and not person.roles[0].tense:
            return _styled(person.roles[0])
        return ""


def _says(role: Role) -> tuple[bool, int]:
    return bool(role.organisation), len(role.title)


def _styled(role: Role) -> str:
    """An office as the article words it, without a capital that only a sentence gave it."""
    phrase = role.phrase
    first = phrase.split(" ", 1)[0]
    if fold(first).startswith(("former", "ex", "then", "retired", "outgoing", "incoming")):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase[:MAX_DESCRIPTION]


def who(voice: Voice) -> str:
    """The name of whoever a voice is; empty where nobody was made out."""
    return voice.speaker.name if voice.speaker else voice.proposal.name if voice.proposal else ""


def is_body(voice: Voice) -> bool:
    """Whether it is an organisation that speaks."""
    return (voice.speaker or voice.proposal or Proposal("")).is_organisation
