"""Who speaks: the words for a source become somebody of the collection, or somebody proposed for it.

A mention resolves inside the article first (a name, a title, a pronoun), then through the roster with its dated offices.
What is not settled is said: every voice has a confidence and reasons, and a source without a name stays without a person.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.drafting import cues, via
from bot.drafting.cast import Cast, Mention, Person
from bot.drafting.countries import COUNTRIES
from bot.drafting.focus import Candidate, Focus
from bot.drafting.introductions import Line
from bot.drafting.names import BODIES, Word, keys_of, runs, words_of
from bot.drafting.offices import Role, inhabitant_of, matches, resembles
from bot.drafting.parsing import Parsed
from bot.drafting.phrases import Phrase, Sort, read
from bot.drafting.roster import Roster, fits, in_time
from bot.drafting.values import Attribution, Manuscript, Proposal, Span, Tie, Voice
from bot.record import Dating, Speaker
from bot.search.normalise import fold

__all__ = ["Roster", "voices"]

MAX_DESCRIPTION: Final = 100
"""Characters of ``described_as`` and of ``via`` that seeds may have."""
_SERVING: Final = frozenset(
    "spokesperson deputy aide adviser lawyer assistant ally friend wife husband son daughter brother sister father mother "
    "colleague successor predecessor supporter".split()
)
"""Nouns for somebody beside another, who is thus not whoever spoke last."""


def voices(
    manuscript: Manuscript, parsed: Parsed, attributions: Sequence[Attribution], roster: Roster
) -> list[Voice]:
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
        self._outlet, self._when = manuscript.outlet, manuscript.published
        self._attributions = attributions
        self._roster = roster
        self._cast = Cast(manuscript, parsed, roster, (span for one in attributions for span in one.source))
        self._focus = Focus(self._cast, attributions)
        self._known: dict[tuple[Span, ...], Voice] = {}
        self._people: dict[tuple[Span, ...], Person] = {}
        self._bodies: list[tuple[int, Voice]] = []
        self._nameless: list[tuple[int, str]] = []

    def voices(self) -> list[Voice]:
        for source in sorted({a.source for a in self._attributions if a.source}):
            aside = all(a.tie is Tie.SIGNATURE for a in self._attributions if a.source == source)
            self._known[source] = self._resolve(source, aside)
        found: list[Voice] = []
        before: tuple[Attribution, Voice] | None = None
        order = sorted(range(len(self._attributions)), key=lambda number: self._attributions[number].begin)
        placed: dict[int, Voice] = {}
        for number in order:
            attribution = self._attributions[number]
            voice = self._voice(attribution, before)
            placed[number] = voice
            if attribution.tie is not Tie.SIGNATURE:
                before = attribution, voice
        found = [placed[number] for number in range(len(self._attributions))]
        return found

    def _voice(self, attribution: Attribution, before: tuple[Attribution, Voice] | None) -> Voice:
        if attribution.source:
            voice = self._known[attribution.source]
        else:
            voice = self._unattributed(attribution, before)
        return self._with_agency(attribution, voice, before)

    def _unattributed(self, attribution: Attribution, before: tuple[Attribution, Voice] | None) -> Voice:
        """Words of which nobody is named: whoever spoke just before, if anybody did."""
        line = self._cast.line(attribution.begin)
        near = before is not None and line is not None and self._is_near(line, before[0])
        if before is None or not near or not _who(before[1]):
            return Voice(confidence=0.2, because=("nobody is named for these words",))
        reason = f"nobody is named for these words; {_who(before[1])} spoke before"
        if attribution.tie is not Tie.CONTINUATION:
            return Voice(confidence=0.2, because=(reason,))
        return replace(before[1], confidence=min(0.8, before[1].confidence), because=(reason,))

    def _is_near(self, line: Line, before: Attribution) -> bool:
        index = self._cast.lines.index(line)
        return before.end > self._cast.lines[max(0, index - 1)].begin

    # A source

    def _resolve(self, source: tuple[Span, ...], aside: bool) -> Voice:
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
        if not aside and (about := person or phrase.owner):
            self._focus.spoke(phrase.begin, about)
        if not aside and phrase.sort is not Sort.AGENCY:
            self._bodies.append((phrase.begin, voice))
        return voice

    def _outside(self, source: tuple[Span, ...]) -> Voice:
        """A source that stands outside of the prose: somebody named in it, if anybody."""
        for begin, end in source:
            words = words_of(self._text[begin:end])
            for first, last in reversed(list(runs(words))):
                keys = tuple(word.key for word in words[first:last])
                if person := self._cast.called(keys):
                    return self._person(person, 0.9, ())
                if speakers := self._roster.named(keys):
                    return self._person(Person(keys, speakers[0].name, speaker=speakers[0]), 0.85, ())
        return Voice(confidence=0.2, because=("nobody is named for these words",))

    def _sorted(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        match phrase.sort:
            case Sort.PERSON if phrase.mention:
                return self._named(phrase, phrase.mention)
            case Sort.PRONOUN:
                return self._pronoun(phrase, line)
            case Sort.OFFICE:
                return self._office(phrase)
            case Sort.INHABITANT:
                return self._inhabitant(phrase)
            case Sort.BODY:
                return self._body(phrase), None
            case Sort.DOCUMENT:
                return self._document(phrase), None
            case Sort.AGENCY:
                return self._behind_agency(phrase, line)
            case _:
                return self._unnamed(phrase), None

    def _named(self, phrase: Phrase, mention: Mention) -> tuple[Voice, Person]:
        person = mention.person
        certain, reasons = (0.98 if mention.full else 0.96), ()
        if mention.rivals:
            others = " or ".join(rival.name for rival in mention.rivals)
            certain, reasons = 0.55, (f"“{phrase.text}” may also be {others}",)
        if phrase.also is not None:
            other = phrase.also.person.name if isinstance(phrase.also, Mention) else phrase.also
            certain, reasons = 0.5, (f"{person.name} speaks together with {other}",)
        return self._person(person, certain, reasons), person

    def _person(self, person: Person, certain: float, reasons: tuple[str, ...]) -> Voice:
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
        served = self._person_called(role.organisation)
        if served and served != name:
            return Proposal(name, f"{role.title} for {served}")
        return Proposal(name, role.title, "" if served else role.organisation)

    def _person_called(self, words: str) -> str:
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

    # Pronouns

    def _pronoun(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        match phrase.agrees:
            case "who":
                return self._relative(phrase, line)
            case "it":
                return self._last_body(phrase), None
            case "he" | "she":
                return self._someone(phrase, phrase.agrees)
            case "they":
                return self._they(phrase), None
            case _:
                return self._unnamed(phrase), None

    def _someone(self, phrase: Phrase, gender: str, certain: float = 0.88) -> tuple[Voice, Person | None]:
        ranked = self._focus.candidates(phrase.begin, gender)
        word = phrase.text if len(phrase.text) < 30 else phrase.text[:29] + "…"
        if not ranked:
            return Voice(confidence=0.2, because=(f"nobody is named whom “{word}” could mean",)), None
        best = ranked[0]
        confidence, others = _certainty(ranked, certain)
        reason = f"“{word}” taken for {best.person.name}"
        reason += f"; it may be {' or '.join(others)}" if others else ", who spoke or was spoken of last"
        if gender and best.person.gender == "":
            best.person.genders[gender] += 1
        return self._person(best.person, confidence, (reason,)), best.person

    def _relative(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        """“Lavrov, who said”: the noun that the clause belongs to, or a name right before it."""
        begin, _ = line.sentence(phrase.begin)
        named = self._cast.mentioned((begin, phrase.begin))
        adjacent = [m for m in named if not line.text[m.end : phrase.begin].strip(" ,")]
        nouns = line.antecedents(phrase.begin)
        meant = [m for m in named for at, _ in nouns if m.begin <= at < m.end and not m.possessive]
        if meant:
            return self._person(meant[-1].person, 0.93, ()), meant[-1].person
        if adjacent and not any(tag == "NNS" for _, tag in nouns):
            nearest = adjacent[-1].person
            return self._person(nearest, 0.8, (f"“who” taken for {nearest.name}",)), nearest
        return self._unnamed(phrase), None

    def _last_body(self, phrase: Phrase) -> Voice:
        for _, voice in reversed(self._bodies):
            if _is_body(voice):
                reason = f"“{phrase.text}” taken for {_who(voice)}"
                return replace(voice, confidence=min(0.75, voice.confidence), because=(reason,))
        return Voice(confidence=0.2, because=(f"nobody is named whom “{phrase.text}” could mean",))

    def _they(self, phrase: Phrase) -> Voice:
        last = self._bodies[-1][1] if self._bodies else None
        if last and _is_body(last):
            reason = f"“{phrase.text}” taken for {_who(last)}"
            return replace(last, confidence=min(0.6, last.confidence), because=(reason,))
        return self._unnamed(phrase)

    # Offices

    def _office(self, phrase: Phrase) -> tuple[Voice, Person | None]:
        role = phrase.role
        if role is None:
            return self._someone(phrase, "", 0.6)
        if not phrase.definite or role.title.endswith("s") or self._was_nameless(role):
            return self._spokesperson(phrase, role), None
        ranked = self._ranked(role, phrase)
        holders = [] if phrase.owner else self._roster.holders(role, self._when)
        people = {person.speaker.id: person for _, person in ranked if person.speaker}
        if len(holders) == 1:
            speaker = holders[0][0]
            if speaker.id in people:
                return self._person(people[speaker.id], 0.95, ()), people[speaker.id]
            if not ranked or ranked[0][0] < 2.5:
                return self._by_roster(phrase, speaker), self._cast_of(speaker)
        if ranked:
            return self._best(phrase, ranked)
        if len(holders) > 1:
            names = " or ".join(speaker.name for speaker, _ in holders)
            return Voice(confidence=0.3, because=(f"“{phrase.text}” may be {names}: no day tells which",)), None
        if role.core == {"spokesperson"}:
            return self._spokesperson(phrase, role), None
        if not phrase.owner and (later := self._named_later(phrase)):
            reason = f"“{phrase.text}” taken for {later.name}, who is named after it without an office"
            return self._person(later, 0.6, (reason,)), later
        if role.plain & _SERVING or role.places or phrase.owner or not self._focus.candidates(phrase.begin, role.gender):
            return self._unnamed(phrase), None
        return self._someone(phrase, role.gender, 0.5)

    def _named_later(self, phrase: Phrase) -> Person | None:
        """A lead gives the office, and the next sentences the name of its holder: the first one named at all."""
        if self._cast.mentioned((0, phrase.begin)) or not self._cast.mentions:
            return None
        first = self._cast.mentions[0]
        if first.begin < phrase.begin + len(phrase.text):
            return None
        line, here = self._cast.line(first.begin), self._cast.line(phrase.begin)
        if line is None or here is None or self._cast.lines.index(line) - self._cast.lines.index(here) > 2:
            return None
        return None if first.person.roles or not first.full else first.person

    def _by_roster(self, phrase: Phrase, speaker: Speaker) -> Voice:
        day = f" on {self._when}" if self._when else ""
        reason = f"“{phrase.text}” was {speaker.name}{day}, whom the article does not name"
        return Voice(speaker, confidence=0.9 if self._when else 0.7, because=(reason,))

    def _cast_of(self, speaker: Speaker) -> Person | None:
        return next((person for person in self._cast.people if person.speaker is speaker), None)

    def _ranked(self, role: Role, phrase: Phrase) -> list[tuple[float, Person]]:
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
        return sorted(found, key=lambda item: (-item[0], self._distance(item[1], phrase.begin)))

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

    def _distance(self, person: Person, at: int) -> float:
        """How far back somebody was named last; those who are named later only come after all others."""
        before = [at - mention.begin for mention in person.mentions if mention.begin < at]
        return min(before) if before else 1e9 + min(m.begin for m in person.mentions)

    def _best(self, phrase: Phrase, ranked: list[tuple[float, Person]]) -> tuple[Voice, Person]:
        worth = ranked[0][0]
        level = [person for own, person in ranked if worth - own < (0.3 if worth >= 2.5 else 0.6)]
        level.sort(key=lambda person: self._distance(person, phrase.begin))
        best, others = level[0], level[1:]
        if not others:
            sure = 0.93 if worth >= 2.5 else 0.9 if worth >= 2 else 0.82 if worth >= 1.4 else 0.65
            reason = () if sure >= 0.9 else (f"“{phrase.text}” taken for {best.name}",)
        else:
            sure = 0.58
            reason = (f"“{phrase.text}” taken for {best.name}; it may be {' or '.join(p.name for p in others)}",)
        return self._person(best, sure, reason), best

    def _inhabitant(self, phrase: Phrase) -> tuple[Voice, Person | None]:
        """“the Norwegian”: whoever holds or held an office of that country, or is introduced with it."""
        mark = f"@{fold(inhabitant_of(phrase.body))}"
        found = [
            person
            for person in self._cast.people
            if any(mark in role.key for role in person.roles)
            or (person.speaker and any(mark in key for h in self._roster.held(person.speaker) for key in h.keys))
        ]
        found.sort(key=lambda person: self._distance(person, phrase.begin))
        if not found:
            return self._someone(phrase, "", 0.5)
        if len(found) > 1:
            names = " or ".join(person.name for person in found[1:])
            return self._person(found[0], 0.55, (f"“{phrase.text}” may also be {names}",)), found[0]
        return self._person(found[0], 0.8, (f"“{phrase.text}” taken for {found[0].name}",)), found[0]

    def _spokesperson(self, phrase: Phrase, role: Role) -> Voice:
        """A spokesman without a name speaks for the body, if one is named."""
        self._nameless.append((phrase.begin, _noun(role)))
        if role.core >= {"spokesperson"} and role.organisation and not self._person_called(role.organisation):
            voice = self._organisation(role.organisation, phrase)
            if _who(voice):
                reason = f"“{phrase.text}” is not named; taken for {_who(voice)}, for whom they speak"
                return replace(voice, confidence=0.55, because=(reason,))
        return self._unnamed(phrase)

    def _was_nameless(self, role: Role) -> bool:
        """“the official” after “a senior official”."""
        return not role.organisation and any(noun == _noun(role) for _, noun in self._nameless)

    # Bodies

    def _body(self, phrase: Phrase) -> Voice:
        voice = self._organisation(phrase.body, phrase)
        if phrase.also is not None and _who(voice):
            reason = f"{_who(voice)} speaks together with others: “{phrase.text}”"
            return replace(voice, confidence=0.5, because=(reason,))
        return voice

    def _organisation(self, name: str, phrase: Phrase) -> Voice:
        keys = keys_of(name)
        if not phrase.definite and phrase.sort is Sort.BODY:
            return self._unnamed(phrase)
        speaker = self._roster.organisation(keys)
        if speaker:
            return Voice(speaker, confidence=0.97)
        if len(keys) == 2 and keys[1] == "side":
            return self._organisation(COUNTRIES.get(keys[0], name), phrase)
        if len(keys) == 1 and keys[0] in BODIES:
            voice = self._earlier_body(keys[0], phrase)
            if _who(voice) or name.islower():
                return voice
        agency = next(via.agencies(self._words_of(phrase)), None)
        if agency and agency[2]:
            return Voice(via=agency[2], confidence=0.3, because=("an agency is named, and nobody else",))
        name = COUNTRIES.get(" ".join(keys), name)
        certain = 0.5 if phrase.owner else 0.9
        return Voice(None, Proposal(name, is_organisation=True), confidence=certain)

    def _words_of(self, phrase: Phrase) -> list[Word]:
        line = self._cast.line(phrase.begin)
        return [] if line is None else [w for w in line.words if phrase.begin <= w.begin < phrase.begin + len(phrase.text)]

    def _earlier_body(self, noun: str, phrase: Phrase) -> Voice:
        """“the ministry”: the one that was named last."""
        for line in reversed(self._cast.lines):
            if line.begin > phrase.begin:
                continue
            for at in range(len(line.words) - 1, 0, -1):
                word = line.words[at]
                if word.key != noun or word.begin >= phrase.begin or not word.joined:
                    continue
                start = at
                while start and line.words[start].joined and line.words[start - 1].key not in {"the", "a", "an"} and (
                    line.words[start - 1].capital or line.fits(start - 1)
                ):
                    start -= 1
                if start < at and line.words[start].capital:
                    full = " ".join(line.text[line.words[start].begin : word.end].split())
                    voice = self._organisation(full, phrase)
                    reason = f"“{phrase.text}” taken for “{full}”, named before"
                    return replace(voice, confidence=min(0.85, voice.confidence), because=(reason,))
        return self._unnamed(phrase)

    def _document(self, phrase: Phrase) -> Voice:
        """“the statement said”: of whoever spoke last."""
        last = self._bodies[-1][1] if self._bodies else None
        if last and _who(last) and phrase.definite:
            reason = f"“{phrase.text}” taken for words of {_who(last)}, who spoke before"
            return replace(last, confidence=min(0.5, last.confidence), because=(reason,))
        return self._unnamed(phrase)

    def _behind_agency(self, phrase: Phrase, line: Line) -> tuple[Voice, Person | None]:
        """Whom an agency quotes: the agency itself is seldom the speaker."""
        begin, end = line.sentence(phrase.begin)
        quoted = self._quoted_party(phrase, line, end)
        if quoted:
            voice, person = quoted
            return replace(voice, confidence=min(0.8, voice.confidence)), person
        for mention in self._cast.mentioned((begin, end)):
            if self._speaks(mention, line):
                reason = f"{phrase.text} is where the words are from; taken for {mention.person.name}’s"
                return self._person(mention.person, 0.75, (reason,)), mention.person
        return Voice(confidence=0.3, because=(f"only {phrase.text} is named, which reports and seldom speaks",)), None

    def _speaks(self, mention: Mention, line: Line) -> bool:
        """Whether a verb of saying follows a name."""
        following = None if mention.possessive else line.word_after(mention.end)
        token = line.token(following) if following is not None else None
        return token is not None and token.lemma_ in cues.SAY and token.tag_ in {"VBD", "VBZ", "VBP"}

    def _quoted_party(self, phrase: Phrase, line: Line, end: int) -> tuple[Voice, Person | None] | None:
        """“… quotes the agency the answer of the foreign minister”, “Interfax quoted him as saying”."""
        words = [word for word in line.words if phrase.begin <= word.begin < end]
        verbs = {"quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"}
        start = max(0, line.words.index(words[0]) - 2)
        around = line.words[start : line.words.index(words[0]) + 8]
        if not any(word.key in verbs for word in around):
            return None
        first = phrase.begin + len(phrase.text)
        rest = [word for word in line.words if first <= word.begin < end]
        while rest and rest[0].key in verbs | {"as", "also"}:
            rest = rest[1:]
        stop = next((at for at, word in enumerate(rest) if at and (not word.joined or word.key in {"as", "saying"})), None)
        rest = rest[:stop]
        if not rest:
            return None
        inner = read((rest[0].begin, rest[-1].after), line, self._cast, self._roster.aliases)
        if inner.sort in (Sort.NOBODY, Sort.AGENCY, Sort.UNNAMED, Sort.DOCUMENT):
            return None
        return self._sorted(inner, line)

    def _unnamed(self, phrase: Phrase) -> Voice:
        if phrase.role:
            self._nameless.append((phrase.begin, _noun(phrase.role)))
        return Voice(confidence=0.3, because=(f"speaker is not named: “{phrase.text}”",))

    # By way of whom

    def _with_agency(
        self, attribution: Attribution, voice: Voice, before: tuple[Attribution, Voice] | None
    ) -> Voice:
        at = (attribution.cue or attribution.source or attribution.content)[0][0]
        line = self._cast.line(at)
        if line is None:
            return voice
        begin, end = line.sentence(at)
        direct = attribution.content if attribution.kind == "direct" else ()
        words = [w for w in line.words if begin <= w.begin < end and not any(b <= w.begin < e for b, e in direct)]
        name, anaphoric = via.source_of(words, self._outlet)
        if anaphoric:
            name = self._last_agency(at)
        if not name and before and before[1].via and self._cast.line(before[0].begin) is line and _who(before[1]) == _who(voice):
            name = before[1].via
        return replace(voice, via=name[:MAX_DESCRIPTION]) if name else voice

    def _last_agency(self, at: int) -> str:
        for line in reversed(self._cast.lines):
            if line.begin <= at:
                named = [name for _, _, name in via.agencies([w for w in line.words if w.begin < at]) if name]
                if named:
                    return named[-1]
        return ""


def _certainty(ranked: Sequence[Candidate], certain: float) -> tuple[float, list[str]]:
    """How surely the first of several is meant, and the names of those who may be meant instead."""
    if len(ranked) == 1:
        return certain, []
    share = ranked[1].weight / ranked[0].weight
    close = [one.person.name for one in ranked[1:] if one.weight > 0.7 * ranked[0].weight]
    if share <= 0.5:
        return certain, []
    return (min(certain, 0.75), []) if share <= 0.7 else (min(certain, 0.55), close[:3])


def _says(role: Role) -> tuple[bool, int]:
    return bool(role.organisation), len(role.title)


def _noun(role: Role) -> str:
    return fold(role.title.split()[-1]) if role.title else ""


def _styled(role: Role) -> str:
    """An office as the article words it, without a capital that only a sentence gave it."""
    phrase = role.phrase
    first = phrase.split(" ", 1)[0]
    if fold(first).startswith(("former", "ex", "then", "retired", "outgoing", "incoming")):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase[:MAX_DESCRIPTION]


def _who(voice: Voice) -> str:
    """The name of whoever a voice is; empty where nobody was made out."""
    return voice.speaker.name if voice.speaker else voice.proposal.name if voice.proposal else ""


def _is_body(voice: Voice) -> bool:
    return (voice.speaker or voice.proposal or Proposal("")).is_organisation
