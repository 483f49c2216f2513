"""What there is to ask for: every name, office and topic of a collection, and every way to write it.

A *term* is one way to write one thing (“NATO chief”, “Sergej Lawrow”, “disarmament”), with how much of it is said by
saying each of its words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from rapidfuzz.distance import OSA

from bot.corpus.store import Corpus
from bot.search.normalise import FUNCTION_WORDS, PARTICLES, typed_words, words

LIGHT: Final = 0.15
"""Weight of a function word inside a term, beside 1 for any other word."""


class Means(IntEnum):
    """What sort of thing a term stands for."""

    SPEAKER = 0
    OFFICE = 1
    TOPIC = 2


class Sort(IntEnum):
    """What sort of writing a term is, which decides how much of it must be said."""

    NAME = 0
    """A person's own name: the first name will do."""
    ALIAS = 1
    """Another name, or that of an organisation: a rank or a title alone will not."""
    DESCRIPTION = 2
    """How an article describes the speaker: “former German foreign minister”, whatever else it says."""
    OFFICE = 3
    TOPIC = 4


ENOUGH: Final = {Sort.NAME: 0.45, Sort.ALIAS: 0.6, Sort.DESCRIPTION: 0.5, Sort.OFFICE: 0.8, Sort.TOPIC: 0.62}
"""How much of a term must be said for it to be meant, as a share of its weight."""

MEANS: Final = {
    Sort.NAME: Means.SPEAKER,
    Sort.ALIAS: Means.SPEAKER,
    Sort.DESCRIPTION: Means.SPEAKER,
    Sort.OFFICE: Means.OFFICE,
    Sort.TOPIC: Means.TOPIC,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One way to write one thing."""

    sort: Sort
    thing: str
    """The id of the speaker or topic; of an office its number, from 0, among the corpus's."""
    words: tuple[str, ...]
    light: tuple[bool, ...]
    """Which of the words are grammar."""
    surname: int | None = None
    """Which word alone stands for the person, as a surname does; None where none does."""
    barrels: int = 1
    """How many words a surname with hyphens has, of which any stands for the person."""

    @property
    def means(self) -> Means:
        """What it stands for."""
        return MEANS[self.sort]


def weights(light: Iterable[bool]) -> tuple[float, ...]:
    """How much of a term is said by saying each of its words; together 1."""
    heavy = [LIGHT if is_light else 1.0 for is_light in light]
    whole = sum(heavy)
    return tuple(weight / whole for weight in heavy)


def terms_of(corpus: Corpus) -> Iterator[Term]:
    """Every way to write every thing, each once."""
    seen: set[tuple[Means, str, tuple[str, ...]]] = set()
    for term in _written(corpus):
        if term.words and (term.means, term.thing, term.words) not in seen:
            seen.add((term.means, term.thing, term.words))
            yield term


def _written(corpus: Corpus) -> Iterator[Term]:
    names: dict[str, str] = {}
    for speaker, name, person in corpus.names():
        own = speaker not in names
        names.setdefault(speaker, name)
        surname = (words(names[speaker]) or [""])[-1] if person else ""
        yield _term(Sort.NAME if own and person else Sort.ALIAS, speaker, name, surname)
        if person and (glued := _in_one_word(name)):
            yield Term(Sort.ALIAS, speaker, (glued,), (False,), 0)
    for speaker, description in corpus.descriptions():
        yield _term(Sort.DESCRIPTION, speaker, description)
    offices = corpus.office_names()
    titles = Counter(office.title for office in offices)
    for number, office in enumerate(offices):
        alone = (office.title,) if titles[office.title] == 1 else ()
        for text in (f"{office.title} {office.organisation}", *alone, *office.aliases):
            yield _term(Sort.OFFICE, str(number), text)
    for topic, text in corpus.topic_terms():
        yield _term(Sort.TOPIC, topic, text)


def _term(sort: Sort, thing: str, text: str, surname: str = "") -> Term:
    said = tuple(words(text))
    # WHO is written like a question word, but in capitals.
    capitals = {folded for folded, typed in typed_words(text) if typed.isupper()}
    light = tuple(word in FUNCTION_WORDS and word not in capitals and len(said) > 1 for word in said)
    barrels = len(words(text.rsplit(maxsplit=1)[-1])) if surname and text.split() else 1
    return Term(sort, thing, said, light, _surname_in(said, surname), barrels)


def _surname_in(said: tuple[str, ...], surname: str) -> int | None:
    """Where a name has the surname, however it is spelt there (Lavrov, Lawrow)."""
    if not surname or not said:
        return None
    if said[-1] == surname:
        return len(said) - 1
    likeness, at = max((OSA.normalized_similarity(word, surname), number) for number, word in enumerate(said))
    return at if likeness >= 0.5 else None


def _in_one_word(name: str) -> str:
    """A surname of several words as it looks when they are glued: “vonderleyen”; empty for any other."""
    parts = [words(part) for part in name.split()[1:]]
    particle = next((at for at, part in enumerate(parts[:-1]) if part and part[0] in PARTICLES), None)
    if particle is not None:
        return "".join(word for part in parts[particle:] for word in part)
    return "".join(parts[-1]) if parts and len(parts[-1]) > 1 else ""
