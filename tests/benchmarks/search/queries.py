"""Questions to a collection of which it is known what they ask for, in the ways in which people garble them.

What is accepted is all that a question's words could equally well mean: everybody of that surname, every topic with
that term, and where letters were changed, whatever is no further from what is typed than what was meant.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.search.normalise import STOPWORDS, words
from tests.benchmarks.collections import ENDINGS, LETTERS, VOWELS
from tests.benchmarks.search import names, vocabulary
from tests.benchmarks.search.collections import Collection

TOPIC_FIRST: Final = 0.4
SETS: Final = ("std", "hard", "wider", "none")
"""What everybody should understand, what few do, what else is asked, and what has no answer."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what it may be answered with. No speakers: nobody is asked for; no topics: nothing is."""

    set: str
    kind: str
    text: str
    meant: str = ""
    """In words, for whoever reads the failures."""
    speakers: frozenset[str] = frozenset()
    topics: tuple[frozenset[str], ...] = ()
    """One of each must be answered on."""

    @property
    def has_answer(self) -> bool:
        return self.set != "none"


def save(file: Path, collection: Collection, count: int, seed: int) -> None:
    """Make questions, ``count`` of each set, and write them."""
    made = [json.dumps(asdict(query), default=sorted, ensure_ascii=False) for query in make(collection, count, seed)]
    file.write_text("".join(f"{query}\n" for query in made))


def load(file: Path) -> list[Query]:
    """The questions in a file."""
    found = [json.loads(line) for line in file.read_text().splitlines()]
    return [
        Query(**(query | {"speakers": frozenset(query["speakers"]), "topics": tuple(map(frozenset, query["topics"]))}))
        for query in found
    ]


def make(collection: Collection, count: int, seed: int) -> Iterator[Query]:
    """As many questions of each set, the same number of each of its kinds, no question twice."""
    maker = _Maker(collection, Random(f"queries {seed} {collection.seed} {collection.size}"))
    often = max(3, count // len(collection.people))
    seen: set[str] = set()
    for name in SETS:
        kinds = [kind for kind in KINDS if KINDS[kind][0] == name]
        for number, kind in enumerate(kinds):
            wanted = count * (number + 1) // len(kinds) - count * number // len(kinds)
            met = Counter[str]()  # nobody is asked for all the time, however much they are quoted
            for _ in range(wanted * 400):
                query = maker.query(kind) if wanted else None
                if query and query.text not in seen and met[query.meant.split(" · ")[0]] < often:
                    seen.add(query.text)
                    met[query.meant.split(" · ")[0]] += query.has_answer
                    wanted -= 1
                    yield query


@dataclass(frozen=True, slots=True)
class _Part:
    """Half of a question: what is typed, and the numbers of whom or what it may mean."""

    text: str
    means: frozenset[int]


class _Unclear(Exception):
    """What is typed is exactly something else, and asks for that."""


class _Maker:
    def __init__(self, collection: Collection, chance: Random) -> None:
        self.collection, self.chance = collection, chance
        self.people, self.matters, self.pairs = collection.people, collection.matters, collection.pairs
        self.by_name: dict[frozenset[str], set[int]] = defaultdict(set)
        self.by_surname: dict[str, set[int]] = defaultdict(set)
        self.by_native: dict[str, set[int]] = defaultdict(set)
        self.spelt_full: dict[str, set[int]] = defaultdict(set)
        self.spelt_surname: dict[str, set[int]] = defaultdict(set)
        self.by_term: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self.holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, person in enumerate(self.people):
            for name in (person.name.full, *person.aliases):
                self.by_name[frozenset(words(name))].add(number)
            for part in words(person.name.surname):
                self.by_surname[part].add(number)
            self.by_native[person.name.native].add(number)
            self.spelt_full[" ".join(words(person.name.full))].add(number)
            own = words(person.name.surname)
            self.spelt_surname[" ".join(own)].add(number)
            self.spelt_surname[" ".join(part for part in own if part not in names.PARTICLES)].add(number)
            for office in person.offices:
                self.holders[office.title, office.organisation].add(number)
        for number, matter in enumerate(self.matters):
            for term in matter.terms:
                self.by_term[tuple(sorted(words(term)))].add(number)
        self.spelt_terms = {" ".join(words(t)): set[int]() for matter in self.matters for t in matter.terms}
        for number, matter in enumerate(self.matters):
            for term in matter.terms:
                self.spelt_terms[" ".join(words(term))].add(number)
        self.known = dict.fromkeys(sorted(word for some in (*self.by_term, *self.by_name) for word in some))
        self.offices = [office for office in sorted(self.holders) if len(self.holders[office]) > 1]

    def query(self, kind: str) -> Query | None:
        """A question of this kind; None where what was drawn does not lend itself to it."""
        name, make = KINDS[kind]
        try:
            made = make(self)
        except _Unclear:
            return None
        if made is None:
            return None
        text, meant, speakers, topics = made
        return Query(
            name,
            kind,
            text,
            meant,
            frozenset(self.people[number].id for number in speakers),
            tuple(frozenset(self.matters[number].id for number in some) for some in topics),
        )

    # What is drawn

    def pair(self) -> tuple[int, int]:
        """Somebody and what they spoke on, as often as they did."""
        number = self.chance.randrange(self.collection.size)
        return self.collection.speaker[number], self.chance.choice(self.collection.topics[number])

    def ordered(self, who: str, what: str) -> str:
        return f"{what} {who}" if self.chance.random() < TOPIC_FIRST else f"{who} {what}"

    def asked(self, who: _Part, what: _Part, speaker: int, topic: int, text: str = "") -> "_Asked":
        return (
            text or self.ordered(who.text, what.text),
            f"{self.people[speaker].name.full} · {self.matters[topic].label}",
            who.means | {speaker},
            (what.means | {topic},),
        )

    # What words mean

    def full(self, speaker: int) -> _Part:
        name = self.people[speaker].name.full
        return _Part(name, frozenset(self.by_name[frozenset(words(name))]))

    def surname(self, speaker: int) -> _Part:
        """Everybody whose surname has all of its words."""
        name = self.people[speaker].name.surname
        means = set.intersection(*(self.by_surname[part] for part in words(name)))
        return _Part(name, frozenset(means))

    def either(self, speaker: int) -> _Part:
        return self.full(speaker) if self.chance.random() < 0.5 else self.surname(speaker)

    def label(self, topic: int) -> _Part:
        return self.term(self.matters[topic].label)

    def term(self, text: str) -> _Part:
        return _Part(text, frozenset(self.by_term[tuple(sorted(words(text)))]))

    def having(self, word: str) -> frozenset[int]:
        """The topics with a term that has a word beginning so."""
        return frozenset(
            n for term, some in self.by_term.items() if any(w.startswith(word) for w in term) for n in some
        )

    def garbled(self, part: _Part, typed: str, spellings: dict[str, set[int]]) -> _Part:
        """A part typed otherwise. It may mean whatever is no further from that than what was meant."""
        said, meant = " ".join(words(typed)), " ".join(words(part.text))
        if said != meant and said in spellings:
            raise _Unclear
        away = OSA.distance(said, meant)
        near = extract(said, list(spellings), scorer=OSA.distance, score_cutoff=away, limit=None)
        return _Part(typed, part.means.union(*(spellings[spelling] for spelling, *_ in near)))

    def both_garbled(self, change: Callable[[Random, str], str], times: int) -> "_Asked | None":
        """Somebody and a topic, with changes in words of four letters and more of either."""
        speaker, topic = self.pair()
        full = self.chance.random() < 0.5
        who, what = self.full(speaker) if full else self.surname(speaker), self.label(topic)
        said, spoken = who.text.split(), what.text.split()
        both = said + spoken
        bear = {at: _bears(word) for at, word in enumerate(both)}
        for _ in range(times):
            able = [at for at, changes in bear.items() if changes]
            if not able:
                return None
            at = self.chance.choice(able)
            both[at] = change(self.chance, both[at])
            bear[at] -= 1
        if both == said + spoken:
            return None
        typed, on = " ".join(both[: len(said)]), " ".join(both[len(said) :])
        who = self.garbled(who, typed, self.spelt_full if full else self.spelt_surname) if typed != who.text else who
        what = self.garbled(what, on, self.spelt_terms) if on != what.text else what
        return self.asked(who, what, speaker, topic)


def _bears(word: str) -> int:
    """In how many places a word may be changed and still be seen for what it is."""
    return 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 6 else 2 if len(word) < 9 else 3


_Asked = tuple[str, str, frozenset[int], tuple[frozenset[int], ...]]
"""The text, what is meant in words, who may answer, and on what."""


# What everybody should understand


def clean(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    return m.asked(m.full(speaker), m.label(topic), speaker, topic)


def surname(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    return m.asked(m.surname(speaker), m.label(topic), speaker, topic)


def alias_or_office(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    person = m.people[speaker]
    aliases = [alias for alias in person.aliases if alias != person.name.native]
    if aliases and m.chance.random() < 0.5:
        alias = m.chance.choice(aliases)
        said = frozenset(words(alias))
        title, own = said - set(words(person.name.full)), said & set(words(person.name.full))
        titled = {
            number
            for number in set.intersection(*(m.by_surname[w] for w in own if w in m.by_surname))
            if any(title <= set(words(office.title)) for office in m.people[number].offices)
        }
        same = {number for name, some in m.by_name.items() if said <= name for number in some}
        return m.asked(_Part(alias, frozenset(same | titled)), m.label(topic), speaker, topic)
    return _office(m, speaker, topic)


def _office(m: _Maker, speaker: int, topic: int) -> _Asked | None:
    held = {(office.title, office.organisation) for office in m.people[speaker].offices}
    during = [
        o for o in sorted(held) if any(topic in m.collection.topics[n] for n in m.collection.in_office(speaker, *o))
    ]
    if not during:
        return None
    title, organisation = m.chance.choice(during)
    what = m.label(topic)
    who = frozenset(
        holder
        for holder in m.holders[title, organisation]
        if any(what.means & set(m.collection.topics[n]) for n in m.collection.in_office(holder, title, organisation))
    )
    joined = m.chance.choice((f"{title} {organisation}", f"{title} of {organisation}", f"{organisation} {title}"))
    return m.asked(_Part(joined, who), what, speaker, topic)


def typo(chance: Random, word: str) -> str:
    """A letter too many, one too few, a wrong one, or two the wrong way round."""
    at = chance.randrange(len(word))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    match chance.randrange(4):
        case 0:
            return word[:at] + letter + word[at:]
        case 1 if len(word) > 4:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + letter + word[at + 1 :]
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def one_typo(m: _Maker) -> _Asked | None:
    return m.both_garbled(typo, 1)


def two_typos(m: _Maker) -> _Asked | None:
    return m.both_garbled(typo, 2)


def prefix(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    last = words(m.people[speaker].name.surname)[-1]
    who, what = m.either(speaker), m.label(topic)
    both = m.chance.randrange(3)
    if both != 1:
        if len(last) < 5:
            return None
        cut = last[: m.chance.randint(4, len(last) - 1)]
        if cut in m.known:
            raise _Unclear
        means = {number for word, some in m.by_surname.items() if word.startswith(cut) for number in some}
        first = m.people[speaker].name.first
        if m.chance.random() < 0.5:
            means = {number for number in means if m.people[number].name.first == first}
            cut = f"{first} {cut}"
        who = _Part(cut, frozenset(means))
    if both != 0:
        said = words(what.text)
        if len(said[-1]) < 5:
            return None
        said[-1] = said[-1][: m.chance.randint(4, len(said[-1]) - 1)]
        begun = " ".join(said)
        if begun in m.spelt_terms:
            raise _Unclear
        means = {n for spelt, some in m.spelt_terms.items() if spelt.startswith(begun) for n in some}
        what = _Part(begun, frozenset(means))
    return m.asked(who, what, speaker, topic)


def synonym(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    others = m.matters[topic].synonyms
    return m.asked(m.either(speaker), m.term(m.chance.choice(others)), speaker, topic) if others else None


def transliteration(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    found = names.variants(m.people[speaker].name)
    if not found:
        return None
    who = m.garbled(m.full(speaker), m.chance.choice(found), m.spelt_full)
    return m.asked(who, m.label(topic), speaker, topic)


def other_script(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    name = m.people[speaker].name
    if not name.native:
        return None
    if m.chance.random() < 0.5:
        return m.asked(_Part(name.native, frozenset(m.by_native[name.native])), m.label(topic), speaker, topic)
    same = frozenset(n for n in m.surname(speaker).means if m.people[n].name.native_surname == name.native_surname)
    return m.asked(_Part(name.native_surname, same), m.label(topic), speaker, topic)


# What few understand


def glued(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    who, what = m.either(speaker), m.label(topic)
    topic_first = m.chance.random() < TOPIC_FIRST
    text = f"{what.text}{who.text}" if topic_first else f"{who.text}{what.text}"
    return m.asked(who, what, speaker, topic, text)


def split(m: _Maker) -> _Asked | None:
    asked = clean(m) if m.chance.random() < 0.5 else surname(m)
    if not asked:
        return None
    said = asked[0].split()
    able = [at for at, word in enumerate(said) if len(word) >= 5 and not word.isdigit()]
    if not able:
        return None
    at = m.chance.choice(able)
    cut = m.chance.randint(2, len(said[at]) - 2)
    said[at] = f"{said[at][:cut]} {said[at][cut:]}"
    return (" ".join(said), *asked[1:])


def sentence(m: _Maker) -> _Asked | None:
    return _in(m, vocabulary.CHATTER)


def _in(m: _Maker, sentences: tuple[str, ...]) -> _Asked | None:
    speaker, topic = m.pair()
    who, what = m.either(speaker), m.label(topic)
    text = m.chance.choice(sentences).format(name=who.text, topic=what.text)
    return m.asked(who, what, speaker, topic, text)


def three_typos(m: _Maker) -> _Asked | None:
    return m.both_garbled(typo, 3)


SOUNDS: Final = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("k", "ck"), ("c", "k"), ("k", "c"), ("w", "v"), ("v", "w"), ("y", "i"),
    ("i", "y"), ("z", "s"), ("s", "z"), ("ie", "ee"), ("ee", "ea"), ("ea", "ee"), ("sch", "sh"), ("sh", "sch"),
    ("ch", "tch"), ("tion", "shun"), ("x", "ks"), ("ks", "x"), ("qu", "kw"), ("ou", "u"), ("u", "oo"), ("oo", "u"),
    ("ai", "ay"), ("ei", "ai"), ("th", "t"), ("dt", "t"), ("j", "y"), ("gh", "g"), ("kh", "h"), ("ts", "tz"),
    ("ll", "l"), ("ss", "s"), ("tt", "t"), ("nn", "n"), ("l", "ll"), ("t", "tt"), ("n", "nn"), ("r", "rr"), ("m", "mm"),
    ("s", "ss"), ("er", "ar"), ("ence", "ance"), ("ance", "ence"), ("ise", "ize"),
)  # fmt: skip
"""Letters, and others that sound the same to somebody."""


def by_ear(chance: Random, word: str) -> str:
    """A word as somebody may spell it who has only heard it."""
    lower = word.lower()
    able = []
    for old, new in SOUNDS:
        # Nobody doubles a letter at the beginning, or beside another consonant.
        where = rf"(?<=[aeiouy]){old}(?=[aeiouy])" if new in {old * 2, "ck"} else old
        if re.search(where, lower):
            able.append((where, new))
    if not able:
        return word
    where, new = chance.choice(able)
    return re.sub(where, new, lower, count=1)


def phonetic(m: _Maker) -> _Asked | None:
    return m.both_garbled(by_ear, m.chance.choice((2, 2, 3)))


def topic_prefix(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    able = [word for word in words(m.matters[topic].label) if len(word) >= 6]
    if not able:
        return None
    word = m.chance.choice(able)
    cut = word[: m.chance.randint(4, len(word) - 1)]
    if cut in m.known:
        raise _Unclear
    return m.asked(m.either(speaker), _Part(cut, m.having(cut)), speaker, topic)


def initial(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    letter = words(m.people[speaker].name.first)[0][0]
    who = m.surname(speaker)
    means = frozenset(n for n in who.means if any(w[0] == letter for w in words(m.people[n].name.first)))
    who = _Part(f"{letter}{m.chance.choice(('', '.'))} {who.text.lower()}", means)
    able = [
        word
        for word in words(m.matters[topic].label)
        if len(word) >= 4
        and not word.isdigit()
        and word not in STOPWORDS
        and word not in m.spelt_terms  # else it is another topic
    ]
    if not able or m.chance.random() < 0.5:
        return m.asked(who, m.label(topic), speaker, topic)
    word = m.chance.choice(able)
    means = frozenset(n for term, some in m.by_term.items() if word in term for n in some)
    return m.asked(who, _Part(word, means), speaker, topic)


def possessive(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    who, what = m.either(speaker), m.label(topic)
    text = f"{who.text}{m.chance.choice(chr(39) + '’')}s {what.text}"
    if m.chance.random() < TOPIC_FIRST:
        text = f"{what.text} in {who.text}{m.chance.choice(chr(39) + '’')}s words"
    return m.asked(who, what, speaker, topic, text.upper())


# What else is asked


def speaker_alone(m: _Maker) -> _Asked | None:
    speaker, _ = m.pair()
    who = m.either(speaker)
    return who.text, m.people[speaker].name.full, who.means, ()


def topic_alone(m: _Maker) -> _Asked | None:
    _, topic = m.pair()
    what = m.term(m.chance.choice(m.matters[topic].terms))
    return what.text, m.matters[topic].label, frozenset(), (what.means,)


def two_topics(m: _Maker) -> _Asked | None:
    number = m.chance.randrange(m.collection.size)
    speaker, topics = m.collection.speaker[number], m.collection.topics[number]
    if len(topics) < 2:
        return None
    first, second = (m.label(topic) for topic in m.chance.sample(topics, 2))
    who = m.either(speaker)
    text = m.ordered(who.text, f"{first.text}{m.chance.choice((' ', ' and ', ', '))}{second.text}")
    return text, f"{m.people[speaker].name.full} · {first.text} · {second.text}", who.means, (first.means, second.means)


def long_sentence(m: _Maker) -> _Asked | None:
    return _in(m, vocabulary.LONG)


def office_by_date(m: _Maker) -> _Asked | None:
    """An office of several, and a topic that only one of them spoke on while in it."""
    office = m.chance.choice(m.offices)
    spoke: dict[int, set[int]] = defaultdict(set)
    for holder in m.holders[office]:
        for number in m.collection.in_office(holder, *office):
            for topic in m.collection.topics[number]:
                spoke[topic].add(holder)
    others = {topic for holder in m.holders[office] for topic in m.pairs.get(holder, ())}
    able = [topic for topic in sorted(spoke) if len(spoke[topic]) == 1]
    disputed = [t for t in able if sum(t in m.pairs.get(holder, ()) for holder in m.holders[office]) > 1]
    if not able or not others:
        return None
    topic = m.chance.choice(disputed or able)
    (speaker,) = spoke[topic]
    what = m.label(topic)
    means = frozenset(holder for meant in what.means for holder in spoke.get(meant, ()))
    return m.asked(_Part(" ".join(office), means), what, speaker, topic)


def particles(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    own = m.people[speaker].name.surname
    parts = words(own)
    if len(parts) < 2:
        return None
    typed = m.chance.choice((own, own, own.lower(), "".join(parts), "".join(parts), own.replace("-", " ")))
    if "-" in own and m.chance.random() < 0.3:
        typed = m.chance.choice(own.split("-"))
    means = set.intersection(
        *(m.by_surname[part] for part in (parts if len(words(typed)) != 1 else words(typed) or parts))
    )
    if "".join(parts) == "".join(words(typed)):
        means = {n for spelt, some in m.spelt_surname.items() if spelt.replace(" ", "") == "".join(parts) for n in some}
        means |= m.surname(speaker).means
    return m.asked(_Part(typed, frozenset(means)), m.label(topic), speaker, topic)


def foreign_spelling(m: _Maker) -> _Asked | None:
    speaker, topic = m.pair()
    name = m.people[speaker].name
    if name.locale not in names.SLAVIC:
        return None
    write = m.chance.choice((names.as_german, names.as_french))
    typed, full = write(name, name.native_surname), m.chance.random() < 0.5
    if words(typed) == words(name.surname):
        return None
    if full:
        given = name.first if m.chance.random() < 0.4 else write(name, name.native_first)
        return m.asked(m.garbled(m.full(speaker), f"{given} {typed}", m.spelt_full), m.label(topic), speaker, topic)
    return m.asked(m.garbled(m.surname(speaker), typed, m.spelt_surname), m.label(topic), speaker, topic)


def namesakes(m: _Maker) -> _Asked | None:
    """A topic that is also a surname, or somebody whose surname is also a topic's."""
    speaker, topic = m.pair()
    if m.chance.random() < 0.5:
        topics = sorted(t for t in m.pairs[speaker] if m.matters[t].label in vocabulary.NAMED)
        if not topics:
            return None
        topic = m.chance.choice(topics)
    elif m.people[speaker].name.surname not in names.NAMESAKES:
        return None
    return m.asked(m.either(speaker), m.label(topic), speaker, topic)


def numbers(m: _Maker) -> _Asked | None:
    speaker, _ = m.pair()
    topics = sorted(t for t in m.pairs[speaker] if any(c.isdigit() for c in m.matters[t].label))
    if not topics:
        return None
    topic = m.chance.choice(topics)
    return m.asked(m.either(speaker), m.label(topic), speaker, topic)


# What has no answer


def _nothing(text: str, meant: str = "") -> _Asked:
    return text, meant, frozenset(), ()


def _invented(m: _Maker, syllables: int) -> str:
    """A word that is nothing, and near nothing, in the collection."""
    while True:
        made = "".join(m.chance.choice(LETTERS) + m.chance.choice(VOWELS) for _ in range(syllables))
        made += m.chance.choice(ENDINGS)
        if not _near(m, made) and not any(word.startswith(made) for word in m.collection.words):
            return made


def _near(m: _Maker, word: str) -> bool:
    """Whether a word may be taken for one of the collection's."""
    away = 2 if len(word) < 9 else 3
    known = list(m.known)
    return bool(extract(word, known, scorer=OSA.distance, score_cutoff=away, limit=1)) or any(
        other.startswith(word) or (len(other) > 3 and word.startswith(other)) for other in known
    )


def invented_person(m: _Maker) -> _Asked | None:
    _, topic = m.pair()
    who = f"{_invented(m, 2).capitalize()} {_invented(m, 3).capitalize()}"
    return _nothing(m.ordered(who, m.label(topic).text), "nobody of that name")


def wrong_first_name(m: _Maker) -> _Asked | None:
    """A surname that is there with a given name that nobody of that surname has."""
    speaker, topic = m.pair()
    stranger = m.people[m.pair()[0]].name.first
    own = m.people[speaker].name.surname
    first = words(stranger)
    if len(first) != 1 or len(first[0]) < 4 or first[0] in m.by_surname:
        return None
    alike = set().union(*(m.by_surname[part] for part in words(own)))
    # Nor anybody whose surname looks like it.
    for spelling, *_ in extract(
        " ".join(words(own)), list(m.spelt_surname), scorer=OSA.distance, score_cutoff=2, limit=None
    ):
        alike |= m.spelt_surname[spelling]
    for number in alike:
        for other in words(m.people[number].name.full):
            if OSA.distance(first[0], other) <= 3 or other[:3] == first[0][:3]:
                return None
    return _nothing(m.ordered(f"{stranger} {own}", m.label(topic).text), f"nobody of that name; there is a {own}")


def gibberish(m: _Maker) -> _Asked | None:
    def mash() -> str:
        return "".join(m.chance.choice("qwertzuiopasdfghjklyxcvbnm") for _ in range(m.chance.randint(5, 10)))

    made = [mash() for _ in range(m.chance.randint(1, 4))]
    return None if any(_near(m, word) for word in made) else _nothing(" ".join(made), "gibberish")


def no_pair(m: _Maker) -> _Asked | None:
    """Somebody and a topic that they never spoke on."""
    speaker, _ = m.pair()
    _, topic = m.pair()
    who, what = m.full(speaker), m.label(topic)
    if any(m.pairs.get(number, frozenset()) & what.means for number in who.means):
        return None
    return _nothing(m.ordered(who.text, what.text), "never spoke on it")


def invented_words(m: _Maker) -> _Asked | None:
    speaker, _ = m.pair()
    said = " ".join(_invented(m, m.chance.randint(2, 3)) for _ in range(m.chance.randint(1, 3)))
    return _nothing(m.ordered(m.full(speaker).text, said), "no such topic")


def everyday(m: _Maker) -> _Asked | None:
    text = m.chance.choice(vocabulary.EVERYDAY)
    return _nothing(m.chance.choice((text, text, f"hey {text}", f"{text}?", text.capitalize())), "not for us")


def famous(m: _Maker) -> _Asked | None:
    name = m.chance.choice(vocabulary.FAMOUS)
    spelt = " ".join(words(name))
    if extract(spelt, list(m.spelt_full), scorer=OSA.distance, score_cutoff=3, limit=1):
        return None
    _, topic = m.pair()
    return _nothing(m.ordered(name, m.label(topic).text), "is not quoted here")


KINDS: Final[dict[str, tuple[str, Callable[[_Maker], _Asked | None]]]] = {
    "clean": ("std", clean),
    "surname": ("std", surname),
    "alias or office": ("std", alias_or_office),
    "one typo": ("std", one_typo),
    "two typos": ("std", two_typos),
    "prefix": ("std", prefix),
    "synonym": ("std", synonym),
    "transliteration": ("std", transliteration),
    "Cyrillic or Greek": ("std", other_script),
    "glued": ("hard", glued),
    "split": ("hard", split),
    "whole sentence": ("hard", sentence),
    "three typos": ("hard", three_typos),
    "phonetic": ("hard", phonetic),
    "topic prefix": ("hard", topic_prefix),
    "initial": ("hard", initial),
    "possessive, capitals": ("hard", possessive),
    "speaker alone": ("wider", speaker_alone),
    "topic alone": ("wider", topic_alone),
    "two topics": ("wider", two_topics),
    "fifty words": ("wider", long_sentence),
    "office by date": ("wider", office_by_date),
    "particles": ("wider", particles),
    "foreign spelling": ("wider", foreign_spelling),
    "topics as names": ("wider", namesakes),
    "numbers": ("wider", numbers),
    "invented person": ("none", invented_person),
    "wrong first name": ("none", wrong_first_name),
    "gibberish": ("none", gibberish),
    "no pair": ("none", no_pair),
    "invented words": ("none", invented_words),
    "everyday": ("none", everyday),
    "famous": ("none", famous),
}
"""Each kind of question with the set it belongs to."""
