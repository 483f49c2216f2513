"""Which rows of capitals are people's names.

Titles, honorifics and what is done tell names. spaCy's entities have a vote only, since its small model misses and
mislabels many.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.givennames import given_gender
from bot.drafting.people.introductions import Line, folded
from bot.drafting.people.names import (
    ARTICLES,
    BODIES,
    GENERATIONS,
    HONORIFICS,
    KINDS,
    LANDSCAPE,
    POSTNOMINALS,
    TITLE_PARTS,
    TITLES,
    Word,
    runs,
    words_of,
)
from bot.drafting.people.offices import Role
from bot.drafting.people.roster import Roster
from bot.drafting.people.via import AGENCIES
from bot.drafting.values import Span
from bot.search.normalise import PARTICLES, fold

_NO_NOUNS: Final = frozenset({"ADV", "ADP", "SCONJ", "CCONJ", "DET", "PRON", "VERB", "AUX", "INTJ", "PART", "NUM"})
_PLACES: Final = frozenset({"GPE", "LOC", "FAC", "EVENT", "NORP"})
_CITIES: Final = frozenset("sofia victoria florence charlotte".split())
"""First names that are cities as well."""
_OF: Final = frozenset("of from at with".split())
"""Prepositions before what somebody belongs to."""
_LONGEST_NAME: Final = 6
"""Words of a name; a longer row of capitals is something else."""
PROVEN: Final = 2
"""From which proof on a row of words is taken for a person's name."""


@dataclass(slots=True)
class Name:
    """A row of words that may be somebody's name."""

    line: Line
    first: int
    end: int
    keys: tuple[str, ...]
    role: Role | None = None
    start: int = 0
    honorific: str | None = None
    proof: int = 0
    doubtful: bool = False
    """Whether it may as well be a body's."""


class Naming:
    """What an article tells of the names in it.

    Args:
        text: what offsets count in.
        lines: its paragraphs.
        roster: those whose names are known.
        sources: the words for who said something, wherever they stand.
    """

    def __init__(self, text: str, lines: Sequence[Line], roster: Roster, sources: Iterable[Span]) -> None:
        self._text = text
        self._roster = roster
        self._sources = sorted(sources)
        self._alone = {fold(one) for one in (text[begin:end] for begin, end in self._sources) if _is_word(one)}
        """Single words that are said to have spoken: surnames, as a rule."""
        self._votes: Counter[str] = Counter()
        self._entities: dict[int, tuple[int, str]] = {}
        for line in lines:
            self._read_entities(line)

    def _read_entities(self, line: Line) -> None:
        for entity in line.doc.ents:
            begin, end, label = line.begin + entity.start_char, line.begin + entity.end_char, entity.label_
            self._entities[begin] = (end, label)
            vote = 1 if label == "PERSON" else -1 if label in _PLACES else 0
            text = self._text[begin:end]
            if vote and " " not in text:
                for word in words_of(text):
                    self._votes[word.key] += vote

    def begins_with_a_place(self, name: Name, proof: Mapping[tuple[str, ...], int]) -> bool:
        """“at the forum in Oslo Sandemose said”: a place, and a surname that is somebody's."""
        first, surname = name.line.words[name.first], name.keys[-1]
        before = name.line.words[name.first - 1] if name.first and first.joined else None
        placed = self._votes[first.key] < 0 or (before is not None and before.key in {"in", "at", "from"})
        others = (keys for keys, sure in proof.items() if sure >= PROVEN and keys[-1] == surname and keys != name.keys)
        return placed and not name.role and any(others)

    def candidates(self, line: Line) -> Iterable[Name]:
        """What may be full names in a paragraph, each with the proof that its place gives."""
        for row in runs(line.words):
            first, end = self._trimmed(line, *row)
            keys = tuple(key for key in folded(line.words[first:end]) if key not in GENERATIONS)
            if not keys or len(keys) > _LONGEST_NAME:
                continue
            name = self.introduced(Name(line, first, end, keys))
            several = sum(key not in PARTICLES for key in keys) > 1
            if several and not (line.is_heading and not self._is_known(name)):
                name.proof = self._proof(name)
                yield name

    def _is_known(self, name: Name) -> bool:
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

    def introduced(self, name: Name) -> Name:
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

    def _proof(self, name: Name) -> int:
        """How surely a row of words is a person's name: from 2 on it is."""
        words = name.line.words
        proof = 0
        begin, end = words[name.first].begin, words[name.end - 1].end
        entity = self._entities.get(begin)
        if entity and entity[0] >= end:
            # The small model takes many a name for a body's.
            proof += 2 if entity[1] == "PERSON" else -2 if entity[1] in _PLACES else 0 if entity[1] == "ORG" else -1
            name.doubtful = entity[1] == "ORG"
        if name.honorific is not None:
            proof += 3
        elif name.role:
            proof += 2
            if name.start < begin and self._speaks(begin, end):
                proof += 2  # “said its spokesman Rolf Hagen”
        if self._roster.named(name.keys):
            proof += 5
        if given_gender(name.keys[0]):
            proof += 2
            name.doubtful = False
        elif name.keys[-1] in LANDSCAPE:
            proof -= 4  # “the Northern Sea Route”
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
            elif following.joined and following.key in POSTNOMINALS and following.text.isupper():
                proof += 3
            elif self._is_explained(following) or (following.joined and self._acts(name)):
                proof += 2
            elif following.joined and following.key in _OF and self._begins_source(begin, end):
                proof += 2  # “Tong Zhao of the Carnegie Center notes”
        before = words[name.first - 1] if name.first and words[name.first].joined else None
        if before is not None and not name.role:
            proof -= 3 if before.key == "the" else 4 if self._is_described(name, before) else 0
        if before is not None and before.possessive and before.key in COUNTRIES and self._speaks(begin, end):
            proof += 2  # “Finland's Sauli Niinistö said”
        return proof

    @staticmethod
    def _is_described(name: Name, before: Word) -> bool:
        """“the opposition Harbour Front”, “the watchdog Fair Play”: no name that people have, after no calling."""
        return (before.key in KINDS or (before.key in TITLE_PARTS and before.text.islower())) and not given_gender(
            name.keys[0]
        )

    @staticmethod
    def _is_explained(following: Word) -> bool:
        """“Marit Holt, who”, “Marit Holt, 57,”."""
        aside = following.gap.strip() == ","
        return (following.key == "who" and (aside or following.joined)) or (aside and following.text.isdigit())

    def _acts(self, name: Name) -> bool:
        """Whether a finite verb follows a name."""
        token = None if name.line.words[name.end - 1].possessive else name.line.token(name.end)
        return token is not None and token.tag_ in {"VBD", "VBZ"}

    def _speaks(self, begin: int, end: int) -> bool:
        """Whether a name stands within the words for who said something: they are the name, or hold more beside it."""
        index = bisect_right(self._sources, (begin, 1 << 60)) - 1
        return index >= 0 and self._sources[index][0] <= begin and end <= self._sources[index][1]

    def _begins_source(self, begin: int, end: int) -> bool:
        """Whether the words for who said something begin with a name, and go on behind it."""
        index = bisect_right(self._sources, (begin, 1 << 60)) - 1
        return index >= 0 and self._sources[index][0] == begin and end < self._sources[index][1]

    def is_somebody(self, name: Name) -> bool:
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
        alone = given_gender(word.key) and word.key not in _CITIES and self._speaks(word.begin, word.end)
        if alone and self._votes[word.key] > -2:
            return True
        if self._votes[word.key] < 0:
            return False
        if "&" in name.line.words[name.first].gap:
            return False
        before = name.line.words[name.first - 1] if name.first and name.line.words[name.first].joined else None
        whose = before is not None and before.possessive and (self._votes[word.key] > 0 or before.key in BODIES)
        if before is not None and ((before.capital and not whose) or before.key in ARTICLES):
            return False
        if before is not None and before.key in {"in", "near", "at"} and self._votes[word.key] < 2:
            return False
        if before is not None and before.key in KINDS and not before.possessive:
            return False  # “the shipping company Norvik”
        if before is not None and name.first > 2 and self._is_field(name, before):
            return False
        token = name.line.token(name.end - 1)
        if word.key.removesuffix("s") in TITLES or token is None or token.pos_ != "PROPN":
            return False
        if name.end < len(name.line.words) and name.line.words[name.end].joined and not word.possessive:
            following = name.line.token(name.end)
            if following is not None and following.pos_ == "NOUN":
                return False  # “a Twitter user”
        return self._votes[word.key] > 0 or (len(word.key) > 2 and self._speaks(word.begin, word.end))

    @staticmethod
    def _is_field(name: Name, before: Word) -> bool:
        """“the Chamber of Commerce and Industry”, “Rule of Law”."""
        earlier, last = name.line.words[name.first - 3 : name.first - 1]
        if before.key == "and":
            return earlier.key in {"of", "for", "on"} and last.capital and last.joined
        return before.key in {"of", "for"} and last.capital and last.key not in TITLES


def _is_word(text: str) -> bool:
    return bool(text) and text[0].isupper() and text.replace("-", "").replace("’", "").isalpha()
