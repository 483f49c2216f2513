"""The people of an article: whose every name in it is, how they are introduced, and who of the roster they are.

A surname alone belongs to whoever has it in full, earlier or later in the article.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.drafting.parsing import Parsed
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.givennames import given_gender
from bot.drafting.people.introductions import Line, folded
from bot.drafting.people.names import BODIES, CALENDAR, NO_NAMES, PRONOUNS, Word, nameable, runs, words_of
from bot.drafting.people.naming import PROVEN, Name, Naming
from bot.drafting.people.offices import Role, matches
from bot.drafting.people.roster import Roster, fits
from bot.drafting.values import Manuscript, Span
from bot.record import Speaker
from bot.search.normalise import PARTICLES

_PREFIXES: Final = frozenset({"al", "el", "ul"})
"""Before a surname, and often left out: “al-Assad”."""

_GIVEN: Final = 3
"""What a first name counts for, beside one for a pronoun that seems to agree: a third such pronoun outweighs it."""
_LATELY: Final = 50
"""Mentions of somebody that are looked at for whether a paragraph names them."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in an article, as far as it has been read."""

    keys: tuple[str, ...]
    """The longest form of the name, folded."""
    name: str
    """As it stands there."""
    roles: list[Role] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    mentions: "list[Mention]" = field(default_factory=list)
    speaker: Speaker | None = None
    confidence: float = 1.0
    because: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        """Empty where neither the article nor the roster has it."""
        if self.speaker:
            return self.speaker.name.partition(" ")[0]
        return self.keys[0] if len(self.keys) > 1 else ""

    @property
    def gender(self) -> str:
        """``he``, ``she``, or empty where neither the article nor the first name tells."""
        he, she = self.genders["he"], self.genders["she"]
        if given := given_gender(self.first_name):
            he, she = he + _GIVEN * (given == "he"), she + _GIVEN * (given == "she")
        return "he" if he > 2 * she else "she" if she > 2 * he else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named."""

    begin: int
    """Of the name itself."""
    end: int
    start: int
    """Of the title or honorific before it."""
    person: Person
    full: bool
    possessive: bool
    rivals: tuple[Person, ...] = ()
    """Others of the article who could be meant."""


class Cast:
    """Everybody who is named in an article."""

    def __init__(self, manuscript: Manuscript, parsed: Parsed, roster: Roster, sources: Iterable[Span] = ()) -> None:
        self._text = parsed.text
        self._roster = roster
        self.lines = [Line(paragraph, parsed.text, roster.aliases) for paragraph in parsed.paragraphs]
        self._line_begins = [line.begin for line in self.lines]
        self._people: dict[int, Person] = {}
        self._by_surname: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_part: defaultdict[str, list[Person]] = defaultdict(list)
        self._naming = Naming(parsed.text, self.lines, roster, sources)
        self._taken: dict[int, int] = {}
        self.mentions: list[Mention] = []
        self._read_full_names()
        self._read_short_names()
        self.mentions.sort(key=lambda mention: mention.begin)
        for person in self._people.values():
            person.mentions.sort(key=lambda mention: mention.begin)
        self._begins = [mention.begin for mention in self.mentions]
        self._lengthen(manuscript)
        self._link()

    @property
    def people(self) -> Iterable[Person]:
        """Everybody, in the order of their first full name."""
        return self._people.values()

    def line(self, at: int) -> Line | None:
        """The paragraph in which a character stands."""
        index = self.paragraph(at)
        return self.lines[index] if index >= 0 and at < self.lines[index].end else None

    def paragraph(self, at: int) -> int:
        """The number of the paragraph in which a character stands, or of the one before it; -1 before the first."""
        return bisect_right(self._line_begins, at) - 1

    def mentioned(self, span: Span) -> list[Mention]:
        """Who is named within a span."""
        return self.mentions[bisect_left(self._begins, span[0]) : bisect_left(self._begins, span[1])]

    def called(self, keys: tuple[str, ...]) -> Person | None:
        """Somebody of the article by a name that stands outside its prose: under a picture, below a quotation."""
        found = [person for person in self._by_surname.get(keys[-1], ()) if fits(keys, person.keys)]
        return found[0] if len(found) == 1 else None

    def mentioned_before(self, at: int) -> int:
        """How many mentions begin before a character."""
        return bisect_left(self._begins, at)

    # Finding names

    def _read_full_names(self) -> None:
        found = [name for line in self.lines for name in self._naming.candidates(line)]
        proof: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for name in found:
            proof[name.keys] = max(proof[name.keys], name.proof) if name.proof >= 0 else proof[name.keys] + name.proof
        sure = {name.keys for name in found if not name.doubtful or name.proof > 2}
        for name in found:
            name.doubtful = name.keys not in sure
            if len(name.keys) > 2 and proof[name.keys[-2:]] >= PROVEN and not {name.keys[-2], name.keys[0]} & PARTICLES:
                name.first, name.keys = name.end - 2, name.keys[-2:]
            if proof[name.keys] >= PROVEN and not self._naming.begins_with_a_place(name, proof):
                self._add(name)

    def _read_short_names(self) -> None:
        for line in self.lines:
            words = line.words
            for at, word in enumerate(words):
                if word.begin in self._taken or not word.capital:
                    continue
                if (word.key in NO_NAMES or word.key in PARTICLES) and word.key not in self._by_surname:
                    continue
                self._read_short_name(line, at)

    def _read_short_name(self, line: Line, at: int) -> None:
        word, words = line.words[at], line.words
        if word.key in PRONOUNS or word.key in COUNTRIES or self._roster.organisation((word.key,)):
            return
        owners = self._by_surname.get(word.key) or self._by_part.get(word.key) or []
        following = words[at + 1] if at + 1 < len(words) and words[at + 1].joined and not word.possessive else None
        if following is not None and not line.is_heading:
            if following.key in BODIES:
                return  # “the Clinton campaign” is not Clinton
            if (
                following.capital
                and following.begin not in self._taken
                and following.key not in CALENDAR
                and not owners
            ):
                return  # “Yahoo News”
        end = self._whole(words, at)
        first = at
        while (
            first
            and words[first].joined
            and words[first - 1].key in PARTICLES
            and words[first - 1].begin not in self._taken
        ):
            first -= 1
        keys = folded(words[first:end])
        name = self._naming.introduced(Name(line, first, end, keys))
        if not owners and not nameable(words, at):
            return
        if owners or self._naming.is_somebody(name):
            self._add(name)

    def _whole(self, words: list[Word], at: int) -> int:
        """Where a full name ends that begins here and is known from elsewhere in the article."""
        for person in self._by_part.get(words[at].key, ()):
            end = at + len(person.keys)
            if folded(words[at:end]) == person.keys:
                return end
        following = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
        if following is not None and not following.capital and self._roster.has_surname(following.key):
            # Machine-translated prose writes “Donald trump”.
            return at + 2 if self._roster.named((words[at].key, following.key)) else at + 1
        return at + 1

    # Telling people apart

    def _add(self, name: Name) -> None:
        words = name.line.words[name.first : name.end]
        owner, rivals = self._owner(name)
        text = " ".join(self._text[words[0].begin : words[-1].end].split())
        if text.isupper() and len(name.keys) > 1:
            text = text.title()  # a heading in capitals
        if owner is None:
            owner = Person(name.keys, text)
            if name.doubtful:
                owner.confidence, owner.because = 0.75, (f"“{text}” may be an organisation",)
            self._people[id(owner)] = owner
        elif len(name.keys) > len(owner.keys) or (
            len(name.keys) == len(owner.keys) > 1 and _fuller(name.keys, owner.keys)
        ):
            owner.keys, owner.name = name.keys, text
        self._enter(owner)
        if name.role:
            owner.roles.append(name.role)
            if name.role.gender:
                owner.genders[name.role.gender] += 7
        if name.honorific and not rivals:
            owner.genders[name.honorific] += 9
        full = len(name.keys) > 1
        last = words[-1]
        mention = Mention(words[0].begin, last.end, name.start, owner, full, last.possessive, rivals)
        owner.mentions.append(mention)
        self.mentions.append(mention)
        for word in words:
            self._taken[word.begin] = last.end

    def _enter(self, owner: Person) -> None:
        """Let a person be found by every word of the name; “al-Assad” by “Assad” as well."""
        surname = owner.keys[-1]
        prefix, _, bare = surname.partition("-")
        for key in {surname, bare} if prefix in _PREFIXES and bare else {surname}:
            if owner not in self._by_surname[key]:
                self._by_surname[key].append(owner)
        for at, key in enumerate(owner.keys[:-1]):
            # Two letters are a surname where it stands first, as in “Fu Cong”; one is an initial.
            is_word = len(key) > 2 or (len(key) == 2 and at == 0 and len(owner.keys) == 2)
            if is_word and key not in PARTICLES and owner not in self._by_part[key]:
                self._by_part[key].append(owner)

    def _owner(self, name: Name) -> tuple[Person | None, tuple[Person, ...]]:
        """Whose name it is, and who else of the article it could be."""
        surname = name.keys[-1]
        alike = [person for person in self._by_surname.get(surname, ()) if fits(name.keys, person.keys)]
        if len(name.keys) == 1:
            first = self._by_part.get(surname, ())
            # “Lam Cheuk-ting” is called Lam; of others the first word is no surname, and means somebody else's none.
            alike += [person for person in first if not alike or _surname_first(person.keys)]
        if name.honorific:
            alike = [person for person in alike if person.gender in ("", name.honorific)]
        if len(alike) < 2:
            return (alike[0] if alike else None), ()
        if name.role and name.role.key:
            titled = [p for p in alike if any(matches(name.role, role.key) for role in p.roles)]
            if len(titled) == 1:
                return titled[0], ()
        if name.honorific:
            told = [person for person in alike if person.gender == name.honorific]
            if len(told) == 1:
                return told[0], ()
        chosen = self._likeliest(alike, name)
        rivals = tuple(person for person in alike if person is not chosen)
        if not name.honorific and all(len(chosen.mentions) >= 3 * len(rival.mentions) for rival in rivals):
            rivals = ()
        return chosen, rivals

    def _likeliest(self, alike: Sequence[Person], name: Name) -> Person:
        """Whoever was named last in the same paragraph, or in full in the one before; else whom the article names most.

        Full names are read first, so that those of the whole article are known here.
        """
        at = name.line.words[name.first].begin
        before = self._line_begins[max(0, self.paragraph(at) - 1)]

        def rank(person: Person) -> tuple[int, int, int]:
            lately = [m for m in person.mentions if before <= m.begin < at][-_LATELY:]
            here = max((m.begin for m in lately if name.line.begin <= m.begin), default=-1)
            just = max((m.begin for m in lately if m.full), default=-1)
            return here, just, len(person.mentions)

        return max(alike, key=rank)

    # Longer forms, and who of the roster they are

    def _lengthen(self, manuscript: Manuscript) -> None:
        """A surname that has no first name in the prose may have it in the headline or under a picture."""
        short = [person for person in self._people.values() if len(person.keys) == 1]
        if not short:
            return
        text = manuscript.text
        parts = [manuscript.title, *(text[slice(*piece.span)] for piece in manuscript.furniture)]
        longer: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for part in parts:
            for line in part.splitlines():
                words = words_of(line)
                for first, end in runs(words):
                    keys = folded(words[first:end])
                    if 1 < len(keys) <= 3:
                        longer[keys[-1]][keys] = line[words[first].begin : words[end - 1].end]
        for person in short:
            forms = longer.get(person.keys[-1], {})
            if len(forms) == 1:
                ((person.keys, called),) = forms.items()
                person.name = called.title() if called.isupper() else called

    def _link(self) -> None:
        for person in self._people.values():
            found = self._roster.named(person.keys)
            if len(found) > 1:
                found = self._by_office(person, found) or found
            if len(found) == 1:
                self._judge(person, found[0])
            elif found:
                names = " or ".join(speaker.name for speaker in found)
                person.confidence, person.because = 0.5, (f"“{person.name}” may be {names}",)

    def _by_office(self, person: Person, found: Sequence[Speaker]) -> list[Speaker]:
        """Those who hold or held an office that the article gives them."""
        return [speaker for speaker in found if any(self._held(speaker, role) for role in person.roles)]

    def _held(self, speaker: Speaker, role: Role) -> bool:
        return any(matches(role, key) for held in self._roster.held(speaker) for key in held.keys)

    def _judge(self, person: Person, speaker: Speaker) -> None:
        """Take somebody for a speaker of the roster, and say how surely."""
        if len(person.keys) > 1:
            person.speaker, person.confidence, person.because = speaker, 1.0, ()
            return
        offices = [role for role in person.roles if role.places or len(role.core) > 1]
        if offices and not any(self._held(speaker, role) for role in offices):
            person.confidence = 0.55
            person.because = (
                f"only the surname is given, and no office known of {speaker.name} fits “{offices[0].phrase}”",
            )
        elif not person.roles:
            person.confidence = 0.92
        person.speaker = speaker


def _surname_first(keys: tuple[str, ...]) -> bool:
    """Whether a name is written as in China and Korea: “Lam Cheuk-ting”."""
    return len(keys) == 2 and "-" in keys[1] and "-" not in keys[0]


def _fuller(keys: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name of as many words says more: first names instead of initials."""
    return sum(map(len, keys)) > sum(map(len, other)) and any(len(key) == 1 for key in other)
