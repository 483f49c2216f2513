"""Whom “he”, “she”, “it”, “they” and “who” mean, and descriptions that could be anybody's: “the politician”."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.drafting.people.bodies import Bodies, unnamed
from bot.drafting.people.cast import Cast, Person
from bot.drafting.people.focus import Candidate, Focus, certainty
from bot.drafting.people.introductions import Line
from bot.drafting.people.officeholders import HEADS, Officeholders
from bot.drafting.people.offices import LOOSE, Aliases
from bot.drafting.people.phrases import Phrase, Sort, read
from bot.drafting.people.voicing import Voicing, is_body, who
from bot.drafting.values import Voice

_LEADERS: Final = HEADS | {"chief"}
"""“the party's leader” may lead a country as well."""


class Pronouns:
    """The pronouns of one article.

    Args:
        cast: its people.
        focus: what it is about from place to place.
        voicing: makes voices of people.
        holders: those with an office.
        bodies: the organisations.
        aliases: what organisations are called.
        resolve: who a phrase without a pronoun is.
    """

    def __init__(
        self,
        cast: Cast,
        focus: Focus,
        voicing: Voicing,
        holders: Officeholders,
        bodies: Bodies,
        aliases: Aliases,
        resolve: Callable[[Phrase, Line], tuple[Voice, Person | None]],
    ) -> None:
        self._cast, self._focus, self._voicing, self._holders = cast, focus, voicing, holders
        self._bodies, self._aliases, self._resolve = bodies, aliases, resolve
        self.spoke: list[Voice] = []
        """Who spoke, in the order of the text."""
        self.shadows: dict[Person, Voice] = {}
        """Those without a name whom “he” and “she” may mean all the same."""

    def voice(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        match phrase.agrees:
            case "who":
                return self._relative(phrase, line)
            case "it":
                return self._last_body(phrase), None
            case "he" | "she":
                return self.someone(phrase, phrase.agrees)
            case "they":
                return self._they(phrase), None
            case _:
                return unnamed(phrase), None

    def someone(
        self, phrase: Phrase, gender: str, certain: float = 0.88, *, stranger: bool = False
    ) -> tuple[Voice, Person | None]:
        """Whoever the article is about here; a stranger is somebody of whom no country is known."""
        goes_on = phrase.sort is Sort.PRONOUN and gender
        ranked = self._focus.candidates(self._focus.followed(phrase.begin, gender) if goes_on else phrase.begin, gender)
        if phrase.sort is not Sort.PRONOUN:
            # No “senior official” becomes “the PM”, nor a president “the peer”.
            ranked = [one for one in ranked if self._may_be(one.person, phrase)]
        if stranger:
            ranked = [one for one in ranked if self._holders.is_stranger(one.person)]
        if phrase.sort is Sort.PRONOUN and (other := self._last_described(phrase, ranked)):
            return other
        word = phrase.text if len(phrase.text) < 30 else phrase.text[:29] + "…"
        if not ranked:
            return Voice(confidence=0.2, because=(f"nobody is named whom “{word}” could mean",)), None
        best = ranked[0]
        confidence, others = certainty(ranked, certain)
        reason = f"“{word}” taken for {best.person.name}"
        reason += f"; it may be {' or '.join(others)}" if others else ", who spoke or was spoken of last"
        if gender and confidence >= 0.7:
            best.person.genders[gender] += 1
        if shadowed := self.shadows.get(best.person):
            reasons = (reason, *shadowed.because)
            return replace(shadowed, confidence=min(confidence, shadowed.confidence), because=reasons), best.person
        return self._voicing.of(best.person, confidence, (reason,)), best.person

    def _may_be(self, person: Person, phrase: Phrase) -> bool:
        role = phrase.role
        if person in self.shadows and role and role.core & HEADS:
            return False
        return role is None or role.core <= LOOSE or not self._holders.heads(person) or bool(role.core & _LEADERS)

    def _last_described(self, phrase: Phrase, ranked: list[Candidate]) -> tuple[Voice, Person | None] | None:
        """“A spokeswoman declined to comment. “We never do,” she said”: the subject of the sentence before it."""
        line = self._cast.line(phrase.begin)
        if line is None:
            return None
        own = line.sentence(phrase.begin)[0]
        told = [begin for begin in line.sentences if begin < own and not self._focus.is_reported(begin)]
        if not told:
            return None
        begins = told[-1], line.sentence(told[-1])[1]
        if self._cast.mentioned((own, phrase.begin)) or self._focus.has_spoken((begins[0], phrase.begin)):
            return None
        subjects = (read(subject, line, self._cast, self._aliases) for subject in line.subjects(*begins))
        described = next((one for one in subjects if one.sort in (Sort.OFFICE, Sort.INHABITANT)), None)
        if described is None or described.is_plural:
            return None
        if described.role and described.role.gender not in ("", phrase.agrees):
            return None
        voice, person = self._resolve(described, line)
        if person and (not ranked or person.gender not in ("", phrase.agrees)):
            return None
        reason = f"“{phrase.text}” taken for “{described.text}”"
        return replace(voice, confidence=min(0.75, voice.confidence), because=(reason, *voice.because)), person

    def _relative(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        """“Lavrov, who said”: the noun that the clause belongs to, or a name right before it."""
        begin, _ = line.sentence(phrase.begin)
        named = self._cast.mentioned((begin, phrase.begin))
        adjacent = [m for m in named if not line.text[m.end : phrase.begin].strip(" ,")]
        nouns = line.antecedents(phrase.begin)
        meant = [m for m in named for at, _ in nouns if m.begin <= at < m.end and not m.possessive]
        if meant:
            return self._voicing.of(meant[-1].person, 0.93, ()), meant[-1].person
        if adjacent and not any(tag == "NNS" for _, tag in nouns):
            nearest = adjacent[-1].person
            return self._voicing.of(nearest, 0.8, (f"“who” taken for {nearest.name}",)), nearest
        antecedent = line.antecedent(phrase.begin)
        if antecedent:
            meant_by = read(antecedent, line, self._cast, self._aliases)
            body = phrase.text.lower() in {"which", "that"}
            if (meant_by.sort is Sort.BODY) if body else (meant_by.sort is Sort.OFFICE):
                return self._resolve(meant_by, line)
        return unnamed(phrase), None

    def _last_body(self, phrase: Phrase) -> Voice:
        """“It said”: the body that a sentence before is about, or that spoke last."""
        spoke = next((voice for voice in reversed(self.spoke) if is_body(voice)), None)
        found = self._bodies.before(phrase.begin) or spoke
        if found is None:
            return Voice(confidence=0.2, because=(f"nobody is named whom “{phrase.text}” could mean",))
        reason = f"“{phrase.text}” taken for {who(found)}"
        return replace(found, confidence=min(0.7, found.confidence), because=(reason,))

    def _they(self, phrase: Phrase) -> Voice:
        last = self.spoke[-1] if self.spoke else None
        found = last if last and is_body(last) else None if last else self._bodies.before(phrase.begin)
        if found:
            reason = f"“{phrase.text}” taken for {who(found)}"
            return replace(found, confidence=min(0.6, found.confidence), because=(reason,))
        return unnamed(phrase)
