"""The people of an article: every name in it, whose it is, and how they are introduced.

Capitals, titles and honorifics tell names; spaCy's entities have a vote only, since its small model misses and mislabels
many. A surname alone belongs to whoever has it in full, earlier or later in the article.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.drafting.introductions import Line, folded
from bot.drafting.names import BODIES, CALENDAR, COUNTRIES, HONORIFICS, NO_NAMES, PRONOUNS, TITLES, Word, nameable, runs, words_of
from bot.drafting.offices import Role, matches
from bot.drafting.parsing import Parsed
from bot.drafting.roster import Roster, fits
from bot.drafting.via import AGENCIES
from bot.drafting.values import Manuscript, Span
from bot.record import Speaker
from bot.search.normalise import PARTICLES, fold

_NO_NOUNS: Final = frozenset({"ADV", "ADP", "SCONJ", "CCONJ", "DET", "PRON", "VERB", "AUX", "INTJ", "PART", "NUM"})
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PREFIXES: Final = frozenset({"al", "el", "ul"})
_PLACES: Final = frozenset({"GPE", "LOC", "FAC", "EVENT", "NORP"})
_LONGEST_NAME: Final = 6
"""Words of a name; a longer row of capitals is something else."""


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
    def gender(self) -> str:
        """``he``, ``she``, or empty where the article does not tell."""
        he, she = self.genders["he"], self.genders["she"]
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


@dataclass(slots=True)
class _Name:
    """A row of words that may be somebody's name."""

    line: Line
    first: int
    end: int
    keys: tuple[str, ...]
    role: Role | None = None
    start: int = 0
    honorific: str | None = None
    proof: int = 0


class Cast:
    """Everybody who is named in an article."""

    def __init__(self, manuscript: Manuscript, parsed: Parsed, roster: Roster, sources: Iterable[Span] = ()) -> None:
        self._sources = sorted(sources)
        self._text = parsed.text
        self._alone = {fold(one) for one in (parsed.text[begin:end] for begin, end in self._sources) if _is_word(one)}
        """Single words that are said to have spoken: surnames, as a rule."""
        self._roster = roster
        self.lines = [Line(paragraph, parsed.text, roster.aliases) for paragraph in parsed.paragraphs]
        self._line_begins = [line.begin for line in self.lines]
        self._people: dict[int, Person] = {}
        self._by_surname: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_part: defaultdict[str, list[Person]] = defaultdict(list)
        self._votes: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()
        self._entities: dict[int, tuple[int, str]] = {}
        self._taken: dict[int, int] = {}
        self.mentions: list[Mention] = []
        self._read_entities()
        self._read_full_names()
        self._read_short_names()
        self.mentions.sort(key=lambda mention: mention.begin)
        self._begins = [mention.begin for mention in self.mentions]
        self._lengthen(manuscript)
        self._link()

    @property
    def people(self) -> Iterable[Person]:
        """Everybody, in the order of their first full name."""
        return self._people.values()

    def line(self, at: int) -> Line | None:
        """The paragraph in which a character stands."""
        index = bisect_right(self._line_begins, at) - 1
        return self.lines[index] if index >= 0 and at < self.lines[index].end else None

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

    def _read_entities(self) -> None:
        for line in self.lines:
            for entity in line.doc.ents:
                begin, end, label = line.begin + entity.start_char, line.begin + entity.end_char, entity.label_
                self._entities[begin] = (end, label)
                vote = 1 if label == "PERSON" else -1 if label in _PLACES else 0
                text = self._text[begin:end]
                if (vote or label == "ORG") and " " not in text:
                    for word in words_of(text):
                        self._votes[word.key] += vote
                        self._bodies[word.key] += label == "ORG"

    def _read_full_names(self) -> None:
        found = [name for line in self.lines for name in self._candidates(line)]
        proof: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for name in found:
            proof[name.keys] = max(proof[name.keys], name.proof) if name.proof >= 0 else proof[name.keys] + name.proof
        for name in found:
            if len(name.keys) > 2 and proof[name.keys[-2:]] >= 2 and not {name.keys[-2], name.keys[0]} & PARTICLES:
                name.first, name.keys = name.end - 2, name.keys[-2:]
            if proof[name.keys] >= 2 and not self._begins_with_a_place(name, proof):
                self._add(name)

    def _begins_with_a_place(self, name: _Name, proof: Mapping[tuple[str, ...], int]) -> bool:
        """“at the forum in Oslo Sandemose said”: a place, and a surname that is somebody's."""
        first, surname = name.line.words[name.first], name.keys[-1]
        before = name.line.words[name.first - 1] if name.first and first.joined else None
        placed = self._votes[first.key] < 0 or (before is not None and before.key in {"in", "at", "from"})
        others = (keys for keys, sure in proof.items() if sure >= 2 and keys[-1] == surname and keys != name.keys)
        return placed and not name.role and any(others)

    def _candidates(self, line: Line) -> Iterable[_Name]:
        for first, end in runs(line.words):
            first, end = self._trimmed(line, first, end)
            keys = tuple(key for key in folded(line.words[first:end]) if key not in _GENERATIONS)
            if not keys or len(keys) > _LONGEST_NAME:
                continue
            name = self._introduced(_Name(line, first, end, keys))
            several = sum(key not in PARTICLES for key in keys) > 1
            if several and not (line.is_heading and not self._is_known(name)):
                name.proof = self._proof(name)
                yield name

    def _is_known(self, name: _Name) -> bool:
        """Whether a row of capitals in a heading is a name and nothing but."""
        words = name.line.words
        entity = self._entities.get(words[name.first].begin)
        exactly = entity is not None and entity[1] == "PERSON" and entity[0] == words[name.end - 1].end
        return exactly or bool(self._roster.named(name.keys))

    def _trimmed(self, line: Line, first: int, end: int) -> tuple[int, int]:
        """Without a word that is large only because a sentence begins with it."""
        word = line.words[first]
        if end - first > 1 and (first == 0 or not word.joined):
            token = line.token(first)
            entity = self._entities.get(word.begin)
            known = entity is not None and entity[1] == "PERSON" and entity[0] >= line.words[first + 1].end
            if token is not None and token.pos_ in _NO_NOUNS and not known:
                return first + 1, end
        return first, end

    def _introduced(self, name: _Name) -> _Name:
        """With the honorific or the office before it."""
        words, first = name.line.words, name.first
        name.start = words[first].begin
        at = first
        before = words[at - 1] if at and words[at].joined and not words[at - 1].possessive else None
        if before is not None and before.key in HONORIFICS and before.capital:
            name.honorific = HONORIFICS[before.key]
            name.start = before.begin
            at -= 1
        found = name.line.before(at)
        if found:
            name.role = found[0]
            name.start = words[found[1]].begin
        else:
            behind = name.line.after(name.end)
            name.role = behind[0] if behind else None
        return name

    def _proof(self, name: _Name) -> int:
        """How surely a row of words is a person's name: from 2 on it is."""
        words = name.line.words
        proof = 0
        begin, end = words[name.first].begin, words[name.end - 1].end
        entity = self._entities.get(begin)
        if entity and entity[0] >= end:
            proof += 2 if entity[1] == "PERSON" else -2 if entity[1] in _PLACES else -1
        if name.honorific is not None:
            proof += 3
        elif name.role:
            proof += 2
        if self._roster.named(name.keys):
            proof += 5
        if self._speaks(begin, end):
            proof += 1
        if name.keys[-1] in self._alone:
            proof += 3
        if any(len(key) == 1 for key in name.keys[1:-1]):
            proof += 2  # an initial
        if name.end < len(words):
            following = words[name.end]
            if following.joined and not words[name.end - 1].possessive and following.key in BODIES:
                proof -= 4
            elif following.gap.strip() == "," and (following.key == "who" or following.text.isdigit()):
                proof += 2
            elif following.joined and following.key in {"who", "said", "says", "told"}:
                proof += 1
        before = words[name.first - 1] if name.first and words[name.first].joined else None
        if before is not None and before.key == "the" and not name.role:
            proof -= 3
        if before is not None and before.possessive and before.key in COUNTRIES and self._speaks(begin, end):
            proof += 2  # “Finland's Sauli Niinistö said”
        return proof

    def _speaks(self, begin: int, end: int) -> bool:
        """Whether a name begins or ends the words for who said something."""
        index = bisect_right(self._sources, (begin, 1 << 60)) - 1
        return index >= 0 and self._sources[index][0] <= begin and end <= self._sources[index][1]

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
            if following.capital and following.begin not in self._taken and following.key not in CALENDAR and not owners:
                return  # “Yahoo News”
        end = self._whole(words, at)
        first = at
        while first and words[first].joined and words[first - 1].key in PARTICLES and words[first - 1].begin not in self._taken:
            first -= 1
        keys = folded(words[first:end])
        name = self._introduced(_Name(line, first, end, keys))
        if not owners and not nameable(words, at):
            return
        if owners or self._is_somebody(name):
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

    def _is_somebody(self, name: _Name) -> bool:
        """Whether one word is a person's name although nobody of the article has it in full."""
        word = name.line.words[name.end - 1]
        if name.honorific is not None:
            return True
        if name.line.is_heading:
            return False
        before_it = name.role is not None and name.start < word.begin
        if before_it and name.line.words[name.first].joined:
            return self._votes[word.key] > -2
        if tuple(name.keys) in AGENCIES:
            return False
        if len(word.key) > 2 and self._roster.named(name.keys) and self._votes[word.key] > -2:
            return True
        if self._votes[word.key] < 0:
            return False
        before = name.line.words[name.first - 1] if name.first and name.line.words[name.first].joined else None
        if before is not None and (before.capital or before.key in {"the", "a", "an"}):
            return False
        token = name.line.token(name.end - 1)
        if word.key.removesuffix("s") in TITLES or token is None or token.pos_ != "PROPN":
            return False
        if name.end < len(name.line.words) and name.line.words[name.end].joined and not word.possessive:
            following = name.line.token(name.end)
            if following is not None and following.pos_ == "NOUN":
                return False  # “a Twitter user”
        return self._votes[word.key] > 0 or (len(word.key) > 2 and self._speaks(word.begin, word.end))

    # Telling people apart

    def _add(self, name: _Name) -> None:
        words = name.line.words[name.first : name.end]
        owner, rivals = self._owner(name)
        text = " ".join(self._text[words[0].begin : words[-1].end].split())
        if owner is None:
            owner = Person(name.keys, text)
            self._people[id(owner)] = owner
        elif len(name.keys) > len(owner.keys) or (len(name.keys) == len(owner.keys) > 1 and _fuller(name.keys, owner.keys)):
            owner.keys, owner.name = name.keys, text
        self._enter(owner)
        if name.role:
            owner.roles.append(name.role)
            if name.role.gender:
                owner.genders[name.role.gender] += 3
        if name.honorific and not rivals:
            owner.genders[name.honorific] += 5
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
        for key in owner.keys[:-1]:
            if len(key) > 2 and key not in PARTICLES and owner not in self._by_part[key]:
                self._by_part[key].append(owner)

    def _owner(self, name: _Name) -> tuple[Person | None, tuple[Person, ...]]:
        """Whose name it is, and who else of the article it could be."""
        surname = name.keys[-1]
        alike = [person for person in self._by_surname.get(surname, ()) if fits(name.keys, person.keys)]
        if not alike and len(name.keys) == 1:
            alike = list(self._by_part.get(surname, ()))
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

    def _likeliest(self, alike: Sequence[Person], name: _Name) -> Person:
        """Whoever was named last in the same paragraph, else whom the article names most."""
        at = name.line.words[name.first].begin

        def rank(person: Person) -> tuple[int, int]:
            here = max((m.begin for m in person.mentions if name.line.begin <= m.begin < at), default=-1)
            return here, len(person.mentions)

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
                ((person.keys, person.name),) = forms.items()

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
            person.speaker = speaker
            return
        offices = [role for role in person.roles if role.places or len(role.core) > 1]
        if offices and not any(self._held(speaker, role) for role in offices):
            person.confidence = 0.55
            person.because = (f"only the surname is given, and no office known of {speaker.name} fits “{offices[0].phrase}”",)
        elif not person.roles:
            person.confidence = 0.92
        person.speaker = speaker


def _fuller(keys: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name of as many words says more: first names instead of initials."""
    return sum(map(len, keys)) > sum(map(len, other)) and any(len(key) == 1 for key in other)


def _is_word(text: str) -> bool:
    return bool(text) and text[0].isupper() and text.replace("-", "").replace("’", "").isalpha()


def text_of(words: Sequence[Word], text: str) -> str:
    """Words as they stand, in one line."""
    return " ".join(text[words[0].begin : words[-1].end].split()) if words else ""
