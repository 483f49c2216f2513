"""Who speaks: the words for a source become somebody of the collection, or somebody proposed for it.

A mention resolves inside the article first (a name, a title, a pronoun), then through the roster with its dated
offices. What is not settled is said: every voice has a confidence and reasons, and who is not named stays without
a name.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.drafting.parsing import Parsed
from bot.drafting.people.bodies import Bodies, unnamed
from bot.drafting.people.cast import Cast, Mention, Person
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.focus import Focus
from bot.drafting.people.headings import Headings
from bot.drafting.people.interviewees import Interview
from bot.drafting.people.introductions import Line
from bot.drafting.people.names import keys_of, runs, words_of
from bot.drafting.people.officeholders import UNNAMED_YET, Officeholders
from bot.drafting.people.offices import LOOSE, Role
from bot.drafting.people.phrases import Phrase, Sort, read
from bot.drafting.people.pronouns import Pronouns
from bot.drafting.people.relays import handed_on, quoted_party, relayed, says_something
from bot.drafting.people.roster import Roster
from bot.drafting.people.voicing import Voicing, who
from bot.drafting.values import Attribution, Manuscript, Span, Tie, Voice
from bot.record import Dating, Kind, Speaker
from bot.search.normalise import fold

_SERVING: Final = frozenset(
    "spokesperson aide adviser lawyer assistant ally friend wife husband son daughter brother sister father "
    "mother grandfather grandmother grandson granddaughter uncle aunt nephew niece cousin "
    "colleague successor predecessor supporter".split()
)
"""Nouns for somebody beside another, who is thus not whoever spoke last."""

_THINGS: Final = (
    *("radio", "television", "tv", "media", "press", "news", "report", "data", "account", "mood", "music"),
    *("website", "letter", "sign", "banner", "headline", "poster", "inscription", "evidence", "law", "treaty"),
)
"""Ends of words for what tells something and is no person: “the radio”, “the daily press”."""

_NEAR: Final = 0.3
"""The weight of somebody who was named a sentence or two before, see `focus`."""


def voices(manuscript: Manuscript, parsed: Parsed, attributions: Sequence[Attribution], roster: Roster) -> list[Voice]:
    """Who the source of each attribution is, in the same order.

    Args:
        manuscript: for its outlet, the day it appeared and the names in its headline and captions.
        parsed: its text, with furniture blanked out.
        attributions: what is said to have been said in it.
        roster: those whom the collection knows.
    """
    return _Resolver(manuscript, parsed, attributions, roster).voices()


class _Resolver:
    """One article under reading."""

    def __init__(
        self, manuscript: Manuscript, parsed: Parsed, attributions: Sequence[Attribution], roster: Roster
    ) -> None:
        self._text = manuscript.text
        self._outlet, self._when = manuscript.outlet, _around(manuscript.published)
        self._attributions = attributions
        self._roster = roster
        self._cast = Cast(manuscript, parsed, roster, (span for one in attributions for span in one.source))
        self._focus = Focus(self._cast, attributions)
        self._interview = Interview(manuscript, self._cast, attributions)
        self._voicing = Voicing(self._cast, roster, self._when)
        self._holders = Officeholders(self._cast, roster, self._when)
        self._bodies = Bodies(self._cast, self._focus, roster, self._when)
        self._headings = Headings(manuscript.text, self._cast, roster)
        self._known: dict[tuple[Span, ...], Voice] = {}
        self._offstage: dict[str, Person] = {}
        self._pronouns = Pronouns(
            self._cast, self._focus, self._voicing, self._holders, self._bodies, roster.aliases, self._sorted
        )
        self._nameless: dict[str, Voice] = {}
        """Nouns for people who spoke without a name, and for whom they spoke."""

    def voices(self) -> list[Voice]:
        """Sources first, in the order of the text; then what has none, by what stands before it."""
        within = {one.source for one in self._attributions if one.tie is not Tie.SIGNATURE}
        last = 0
        for source in sorted({one.source for one in self._attributions if one.source}):
            for heading in self._headings.between(last, source[0][0]):
                self._focus.spoke(heading.begin, heading.person)
            answered = self._interview.answered(last, source[0][0])
            if answered is not None and self._interview.answering:
                self._focus.spoke(answered, self._interview.answering)
            last = source[0][0]
            self._known[source] = self._resolve(source, aside=source not in within)
        before: tuple[Attribution, Voice] | None = None
        found: dict[int, Voice] = {}
        for number in sorted(range(len(self._attributions)), key=lambda number: self._attributions[number].begin):
            attribution = self._attributions[number]
            known = self._known.get(attribution.source)
            voice = self._headed(attribution, before) or known or self._unattributed(attribution, before)
            found[number] = voice = relayed(attribution, voice, before, self._cast, self._outlet)
            if attribution.tie is not Tie.SIGNATURE:
                before = attribution, voice
        return handed_on(self._attributions, [found[number] for number in range(len(found))])

    def _headed(self, attribution: Attribution, before: tuple[Attribution, Voice] | None) -> Voice | None:
        """Words below a heading that names somebody, unless somebody is named for them there."""
        heading = self._headings.above(attribution.begin)
        places = [begin for begin, _ in (*attribution.source, *attribution.cue)]
        if heading is None or (attribution.kind is Kind.INDIRECT) or any(at > heading.begin for at in places):
            return None
        if before and before[0].begin > heading.begin:
            return None
        name = heading.person.name
        return self._voicing.of(heading.person, 0.75, (f"nobody is named for these words; they stand below “{name}”",))

    def _unattributed(self, attribution: Attribution, before: tuple[Attribution, Voice] | None) -> Voice:
        """Words of which nobody is named: whoever spoke just before, if anybody did."""
        if attribution.tie is Tie.TRANSCRIPT:
            return self._answer()
        paragraphs = self._cast.paragraph(attribution.begin) - self._cast.paragraph(before[0].end - 1) if before else 0
        near = paragraphs < 2
        if before is None or not near or not who(before[1]):
            return Voice(confidence=0.2, because=("nobody is named for these words",))
        reason = f"nobody is named for these words; {who(before[1])} spoke before"
        if attribution.tie is not Tie.CONTINUATION:
            return Voice(confidence=0.2, because=(reason,))
        return replace(before[1], confidence=min(0.8, before[1].confidence), because=(reason,))

    # A source

    def _answer(self) -> Voice:
        """What is said in an interview without a name before it."""
        person = self._interview.answering
        if person is None:
            return Voice(confidence=0.2, because=("whose answers these are is not clear",))
        return self._voicing.of(person, 0.7, (f"the answers are taken for those of {person.name}",))

    def _resolve(self, source: tuple[Span, ...], aside: bool) -> Voice:
        answers = self._interview.turn(source)
        if answers is not None:
            return self._answer() if answers else Voice(confidence=0.3, because=("a question",))
        phrase, line = Phrase(Sort.NOBODY), None
        for span in source:
            line = self._cast.line(span[0])
            if line is None:
                continue
            phrase = read(span, line, self._cast, self._roster.aliases)
            if phrase.sort is not Sort.NOBODY:
                break
        if line is None or phrase.sort is Sort.NOBODY:
            return self._outside(source)
        voice, person = self._sorted(phrase, line)
        if not aside and (about := person or self._shadow(phrase, voice) or phrase.owner):
            self._focus.spoke(phrase.begin, about, beside=phrase.agrees == "who")
        if not aside and phrase.sort is not Sort.AGENCY:
            self._pronouns.spoke.append(voice)
        return voice

    def _shadow(self, phrase: Phrase, voice: Voice) -> Person | None:
        """Somebody without a name, whom “he” and “she” may mean all the same; None where it is nobody or many."""
        if phrase.sort not in (Sort.OFFICE, Sort.UNNAMED) or phrase.is_plural or phrase.text.endswith(_THINGS):
            return None
        shadow = Person(("",), phrase.text)
        if phrase.role and phrase.role.gender:
            shadow.genders[phrase.role.gender] += 3
        self._pronouns.shadows[shadow] = voice
        return shadow

    def _outside(self, source: tuple[Span, ...]) -> Voice:
        """A source that stands outside of the prose: somebody named in it, if anybody."""
        for begin, end in source:
            words = words_of(self._text[begin:end])
            for first, last in reversed(list(runs(words))):
                keys = tuple(word.key for word in words[first:last])
                if person := self._cast.called(keys):
                    return self._voicing.of(person, 0.9, ())
                if speakers := self._roster.named(keys):
                    return self._voicing.of(Person(keys, speakers[0].name, speaker=speakers[0]), 0.85, ())
        return Voice(confidence=0.2, because=("nobody is named for these words",))

    def _sorted(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        match phrase.sort:
            case Sort.PERSON if phrase.mention:
                return self._named(phrase, phrase.mention)
            case Sort.PRONOUN:
                return self._pronouns.voice(phrase, line)
            case Sort.OFFICE:
                return self._office(phrase)
            case Sort.INHABITANT:
                return self._inhabitant(phrase)
            case Sort.BODY:
                return self._bodies.voice(phrase), None
            case Sort.DOCUMENT:
                return self._document(phrase), None
            case Sort.AGENCY:
                return self._behind_agency(phrase, line)
            case _:
                return self._namesake(phrase) or (self._unnamed(phrase), None)

    def _namesake(self, phrase: Phrase) -> tuple[Voice, Person] | None:
        """“his namesake”: the other of two with one surname."""
        if not phrase.possessor or not phrase.text.endswith("namesake"):
            return None
        for candidate in self._focus.candidates(phrase.begin, phrase.possessor)[:2]:
            surname = candidate.person.keys[-1]
            others = [p for p in self._cast.people if p.keys[-1] == surname and p is not candidate.person]
            if len(others) == 1:
                reason = f"“{phrase.text}” taken for {others[0].name}, of the same surname as {candidate.person.name}"
                return self._voicing.of(others[0], 0.75, (reason,)), others[0]
        return None

    def _named(self, phrase: Phrase, mention: Mention) -> tuple[Voice, Person]:
        person = mention.person
        certain = 0.98 if mention.full else 0.96
        reasons: tuple[str, ...] = ()
        if mention.rivals:
            others = " or ".join(rival.name for rival in mention.rivals)
            certain, reasons = 0.55, (f"“{phrase.text}” may also be {others}",)
        if phrase.also is not None:
            other = phrase.also.person.name if isinstance(phrase.also, Mention) else phrase.also
            certain, reasons = 0.5, (f"{person.name} speaks together with {other}",)
        return self._voicing.of(person, certain, reasons), person

    # Offices

    def _office(self, phrase: Phrase) -> tuple[Voice, Person | None]:
        role = phrase.role
        if role is None:
            return self._pronouns.someone(phrase, "", 0.55)
        if self._was_nameless(role) and phrase.definite and who(spoke := self._nameless[_noun(role)]):
            reason = f"“{phrase.text}” is not named; taken for {who(spoke)}, for whom they speak"
            return replace(spoke, confidence=min(0.55, spoke.confidence), because=(reason,)), None
        if not phrase.definite or role.title.endswith("s") or self._was_nameless(role):
            return self._spokesperson(phrase, role), None
        ranked = self._holders.ranked(role, phrase)
        when = self._holders.when(phrase.begin)
        holders = [] if phrase.owner else self._roster.holders(role, when)
        people = {person.speaker.id: person for _, person in ranked if person.speaker}
        if len(holders) == 1:
            speaker = holders[0][0]
            if speaker.id in people:
                return self._voicing.of(people[speaker.id], 0.95, ()), people[speaker.id]
            if not ranked or ranked[0][0] < 2.5:
                return self._by_roster(phrase, speaker, when), self._cast_of(speaker)
        if ranked and not role.organisation and self._holders.distance(ranked[0][1], phrase.begin) >= UNNAMED_YET:
            lately = self._focus.candidates(phrase.begin, role.gender)
            if lately and lately[0].weight >= 1 and not lately[0].person.roles and not lately[0].person.speaker:
                return self._pronouns.someone(phrase, role.gender, 0.55)
        if ranked and not role.organisation and (subject := self._just_named(phrase, [one for _, one in ranked])):
            doubt = (
                f"“{phrase.text}” taken for {subject.name}, of whom the paragraph tells; it may be {ranked[0][1].name}"
            )
            return self._voicing.of(subject, 0.55, (doubt,)), subject
        if ranked:
            return self._best(phrase, ranked)
        if len(holders) > 1:
            names = " or ".join(speaker.name for speaker, _ in holders)
            return Voice(confidence=0.3, because=(f"“{phrase.text}” may be {names}: no day tells which",)), None
        if role.core == {"spokesperson"}:
            return self._spokesperson(phrase, role), None
        if not phrase.owner and (subject := self._holders.subject_of(phrase)):
            reason = f"“{phrase.text}” taken for {subject.name}, of whom the sentence tells"
            return self._voicing.of(subject, 0.55, (reason,)), subject
        if not phrase.owner and (later := self._holders.named_later(phrase)):
            reason = f"“{phrase.text}” taken for {later.name}, who is named after it without an office"
            return self._voicing.of(later, 0.6, (reason,)), later
        if role.places and not phrase.owner and self._is_of_a_stranger(phrase, role):
            voice, person = self._pronouns.someone(phrase, role.gender, 0.5, stranger=True)
            if person:
                self._holders.take_for(person, role)
            return voice, person
        if (
            "'s " in phrase.text
            or "’s " in phrase.text
            or (role.plain & _SERVING and not role.tense)
            or _noun(role) == "deputy"
            or role.places
            or phrase.owner
            or not self._focus.candidates(phrase.begin, role.gender)
        ):
            return self._unnamed(phrase), None
        return self._pronouns.someone(phrase, role.gender, 0.5)

    def _just_named(self, phrase: Phrase, ranked: Sequence[Person]) -> Person | None:
        """“Joe Biden has walked out to his lectern. “…,” the president says”: a paragraph's only one, who begins it.

        Somebody whom the article gave no office, though others have one that would fit.
        """
        line = self._cast.line(phrase.begin)
        before = self._cast.mentioned((line.begin, phrase.begin)) if line else []
        told = [mention for mention in before if not self._focus.is_reported(mention.begin)]
        if not told or not told[0].full or any(mention.person is not told[0].person for mention in told):
            return None
        if line is None or told[0].start > line.begin + 1 or told[0].possessive:
            return None
        person = told[0].person
        return person if person not in ranked and not person.roles and not person.speaker else None

    def _is_of_a_stranger(self, phrase: Phrase, role: Role) -> bool:
        """“Orban said … The Hungarian leader said”: somebody whom the article gave no office, and nobody else near."""
        ranked = self._focus.candidates(phrase.begin, role.gender)
        strange = [one for one in ranked if self._holders.is_stranger(one.person)]
        return bool(strange) and (
            role.core <= LOOSE
            or (
                strange[0].weight >= _NEAR
                and not strange[0].person.roles
                and strange[0].person not in self._pronouns.shadows
            )
        )

    def _by_roster(self, phrase: Phrase, speaker: Speaker, when: Dating | None) -> Voice:
        day = f" in {when}" if when and len(when.edtf) == 4 else f" on {when}" if when else ""  # a year, or a day
        reason = f"“{phrase.text}” was {speaker.name}{day}, whom the article does not name"
        return Voice(speaker, confidence=0.9 if when else 0.7, because=(reason,))

    def _cast_of(self, speaker: Speaker) -> Person:
        """Somebody of the roster as one of the article, whom a pronoun may mean from here on."""
        named = next((person for person in self._cast.people if person.speaker is speaker), None)
        return named or self._offstage.setdefault(
            speaker.id, Person(keys_of(speaker.name), speaker.name, speaker=speaker)
        )

    def _best(self, phrase: Phrase, ranked: list[tuple[float, Person]]) -> tuple[Voice, Person]:
        worth = ranked[0][0]
        level = [person for own, person in ranked if worth - own < (0.3 if worth >= 2.5 else 0.6)]
        level.sort(
            key=lambda person: (self._is_only_quoted(person, phrase), self._holders.distance(person, phrase.begin))
        )
        best, others = level[0], level[1:]
        if phrase.role and phrase.role.core <= LOOSE and (nearer := self._nearer(phrase, best)):
            doubt = f"“{phrase.text}” taken for {nearer.name}, who spoke last; it may be {best.name}"
            return self._voicing.of(nearer, 0.55, (doubt,)), nearer
        reason: tuple[str, ...] = ()
        if not others:
            sure = 0.93 if worth >= 2.5 else 0.9 if worth >= 2 else 0.82 if worth >= 1.4 else 0.65
            if phrase.role and not phrase.role.places and self._holders.distance(best, phrase.begin) >= UNNAMED_YET:
                sure = min(sure, 0.65)  # “the president”, of any country, and somebody who is named later
            reason = () if sure >= 0.9 else (f"“{phrase.text}” taken for {best.name}",)
        else:
            sure = 0.58
            reason = (f"“{phrase.text}” taken for {best.name}; it may be {' or '.join(p.name for p in others)}",)
        return self._voicing.of(best, sure, reason), best

    def _is_only_quoted(self, person: Person, phrase: Phrase) -> bool:
        """Whether a paragraph names somebody before a phrase only within what is said: whom it is spoken of."""
        line = self._cast.line(phrase.begin)
        named = [m for m in person.mentions if line and line.begin <= m.begin < phrase.begin]
        return bool(named) and all(self._focus.is_reported(mention.begin) for mention in named)

    def _nearer(self, phrase: Phrase, best: Person) -> Person | None:
        """“the politician”: whoever spoke last, even where somebody else is introduced with that very word."""
        ranked = self._focus.candidates(phrase.begin, phrase.role.gender if phrase.role else "")
        if not ranked or ranked[0].person is best or ranked[0].person in self._pronouns.shadows:
            return None
        apart = [one.weight for one in ranked if one.person is best]
        return ranked[0].person if not apart or apart[0] < 0.7 * ranked[0].weight else None

    def _inhabitant(self, phrase: Phrase) -> tuple[Voice, Person | None]:
        """“the Norwegian”: whoever holds or held an office of that country, or is introduced with it."""
        found = self._holders.inhabitants(phrase)
        if not found:
            plural = phrase.body.endswith("s") and phrase.body not in COUNTRIES
            return (self._unnamed(phrase), None) if plural else self._pronouns.someone(phrase, "", 0.5, stranger=True)
        best, others = found[0], [person.name for person in found[1:]]
        if others:
            return self._voicing.of(best, 0.55, (f"“{phrase.text}” may also be {' or '.join(others)}",)), best
        return self._voicing.of(best, 0.8, (f"“{phrase.text}” taken for {best.name}",)), best

    def _spokesperson(self, phrase: Phrase, role: Role) -> Voice:
        """A spokesman without a name speaks for the body, if one is named."""
        if role.core >= {"spokesperson"} and role.organisation and not self._voicing.full_name(role.organisation):
            voice = self._bodies.named(role.organisation, phrase)
            if who(voice):
                reason = f"“{phrase.text}” is not named; taken for {who(voice)}, for whom they speak"
                self._nameless[_noun(role)] = voice = replace(voice, confidence=0.55, because=(reason,))
                return voice
        return self._unnamed(phrase)

    def _was_nameless(self, role: Role) -> bool:
        """“the official” after “a senior official”."""
        return not role.organisation and _noun(role) in self._nameless

    # Bodies

    def _document(self, phrase: Phrase) -> Voice:
        """“the statement said”: of whoever spoke last."""
        author = self._bodies.author(phrase)
        if author:
            return author
        last = self._pronouns.spoke[-1] if self._pronouns.spoke else None
        if last and who(last) and phrase.text.lower().startswith(("the ", "this ", "that ", "its ", "his ", "her ")):
            reason = f"“{phrase.text}” taken for words of {who(last)}, who spoke before"
            return replace(last, confidence=min(0.5, last.confidence), because=(reason,))
        return self._unnamed(phrase)

    def _behind_agency(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        """Whom an agency quotes: the agency itself is seldom the speaker."""
        begin, end = line.sentence(phrase.begin)
        quoted = quoted_party(phrase, line, end)
        inner = read(quoted, line, self._cast, self._roster.aliases) if quoted else None
        if inner and inner.sort not in (Sort.NOBODY, Sort.AGENCY, Sort.UNNAMED, Sort.DOCUMENT):
            voice, person = self._sorted(inner, line)
            return replace(voice, confidence=min(0.8, voice.confidence)), person
        within = any(a.nested and a.cue and begin <= a.cue[0][0] < end for a in self._attributions)
        for mention in self._cast.mentioned((begin, end)) if not within else ():
            if says_something(mention, line):
                reason = f"{phrase.text} is where the words are from; taken for {mention.person.name}’s"
                return self._voicing.of(mention.person, 0.75, (reason,)), mention.person
        return Voice(confidence=0.3, because=(f"only {phrase.text} is named, which reports and seldom speaks",)), None

    def _unnamed(self, phrase: Phrase) -> Voice:
        if phrase.role:
            self._nameless[_noun(phrase.role)] = Voice()
        return unnamed(phrase)


def _around(published: Dating | None) -> Dating | None:
    """When an article appeared; of one that says only when it was updated, that day: offices change seldom."""
    return Dating.parse(published.latest.isoformat()) if published and published.earliest is None else published


def _noun(role: Role) -> str:
    return fold(role.title.split()[-1]) if role.title else ""
