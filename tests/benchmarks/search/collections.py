"""Collections of quotations of any size: realistic names, offices, topics; the same for the same seed."""

import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from bot.corpus.fields import dating
from bot.record import Office
from bot.search.normalise import STOPWORDS, words
from tests.benchmarks.collections import vocabulary as invented
from tests.benchmarks.search import vocabulary
from tests.benchmarks.search.names import NAMESAKES, Name, Names

FIRST: Final = date(1995, 1, 1)
DAYS: Final = 11_000
WORDS: Final = 20_000
AN_ARTICLE: Final = 20
"""Statements that it reports."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted."""

    id: str
    name: Name
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is spoken of."""

    id: str
    label: str
    synonyms: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        return (self.label, *self.synonyms)


class Collection:
    """Who said something on what and when. The texts are made while they are written and never held."""

    def __init__(self, statements: int, seed: int) -> None:
        self.size, self.seed = statements, seed
        chance = Random(f"collection {seed} {statements}")
        self.people = _people(chance, max(20, min(50_000, statements // 20)), seed)
        self.matters = _matters(chance, max(20, min(3_000, statements // 30)))
        self.published = sorted(FIRST + timedelta(chance.randrange(DAYS)) for _ in range(max(1, statements // 20)))
        speakers, topics = _ranks(chance, len(self.people), 0.9), _ranks(chance, len(self.matters), 0.8)
        self.speaker = array("l", speakers.draw(chance, statements))
        drawn = iter(topics.draw(chance, statements * 3))
        several = chance.choices((1, 2, 3), k=statements)
        self.topics = [tuple(dict.fromkeys(next(drawn) for _ in range(many))) for many in several]
        self.article = array("l", (self._article(chance, speaker) for speaker in self.speaker))
        self.said = [_said(chance, self.published[article]) for article in self.article]

    def _article(self, chance: Random, speaker: int) -> int:
        """Where it is reported: of whoever holds an office, mostly while they hold it."""
        offices = self.people[speaker].offices
        if not offices or chance.random() < 0.35:
            return chance.randrange(len(self.published))
        office = chance.choice(offices)
        until = office.until.latest if office.until else FIRST + timedelta(DAYS)
        first, last = bisect_left(self.published, office.since.latest), bisect_left(self.published, until)
        return chance.randrange(first, last) if last > first else chance.randrange(len(self.published))

    def when(self, number: int) -> str:
        """When it was said, or else reported."""
        return self.said[number] or f"{self.published[self.article[number]]}"

    @cached_property
    def of(self) -> dict[int, list[int]]:
        """The statements of each speaker."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, speaker in enumerate(self.speaker):
            found[speaker].append(number)
        return found

    @cached_property
    def pairs(self) -> dict[int, frozenset[int]]:
        """What each speaker spoke on."""
        return {
            speaker: frozenset(topic for number in numbers for topic in self.topics[number])
            for speaker, numbers in self.of.items()
        }

    def in_office(self, speaker: int, title: str, organisation: str) -> list[int]:
        """The statements that somebody surely made in an office."""
        terms = [o for o in self.people[speaker].offices if (o.title, o.organisation) == (title, organisation)]
        return [n for n in self.of.get(speaker, ()) if any(term.covers(dating(self.when(n))) for term in terms)]

    @cached_property
    def words(self) -> frozenset[str]:
        """What the texts are made of, beside the topics' own words."""
        return frozenset(_Text(self._chance()).words)

    def _chance(self) -> Random:
        return Random(f"texts {self.seed} {self.size}")

    # As seeds

    def write(self, folder: Path) -> Path:
        """Write it as JSON Lines."""
        chance = self._chance()
        folder.mkdir(parents=True, exist_ok=True)
        title = "title: Invented politics\ndigest_title: This day in invented politics\n"
        (folder / "collection.yaml").write_text(title)
        _write(folder / "speakers.jsonl", map(_speaker, self.people))
        _write(folder / "topics.jsonl", map(_topic, self.matters))
        text = _Text(chance)
        _write(folder / "articles.jsonl", self._articles(chance, text))
        _write(folder / "statements.jsonl", self._statements(chance, text))
        return folder

    def _articles(self, chance: Random, text: "_Text") -> Iterator[dict[str, Any]]:
        for number, day in enumerate(self.published):
            yield {
                "id": f"a{number}",
                "outlet": f"Outlet {number % 97}",
                "title": text.of(chance.randint(6, 10)).capitalize(),
                "published": f"{day}",
                "url": f"https://example.org/{day.year}/{number}",
                "wording": "translation" if number % 7 == 0 else "original",
            }

    def _statements(self, chance: Random, text: "_Text") -> Iterator[dict[str, Any]]:
        for number in range(self.size):
            on = [self.matters[topic] for topic in self.topics[number]]
            kind = chance.choices(("direct", "mixed", "indirect"), (7, 2, 1))[0]
            worded = text.of(
                chance.randint(18, 30), *(on[0].label.split()[-1:] if number % 3 == 0 else ())
            ).capitalize()
            entry: dict[str, Any] = {
                "id": f"s{number}",
                "speaker": self.people[self.speaker[number]].id,
                "kind": kind,
                "text": worded.replace(" ", " “", 1) + "”" if kind == "mixed" else f"{worded}.",
            }
            if self.said[number]:
                entry["said"] = self.said[number]
            entry["topics"] = [matter.id for matter in on]
            entry["article"] = f"a{self.article[number]}"
            yield entry


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Something of which few are met often and most seldom (Zipf)."""

    order: list[int]
    weights: list[float]

    def draw(self, chance: Random, times: int) -> list[int]:
        return chance.choices(self.order, cum_weights=self.weights, k=times)


def _ranks(chance: Random, count: int, exponent: float) -> _Ranked:
    order = list(range(count))
    chance.shuffle(order)
    return _Ranked(order, list(accumulate((rank + 1) ** -exponent for rank in range(count))))


def _said(chance: Random, published: date) -> str:
    day = published - timedelta(chance.randrange(5))
    drawn = chance.randrange(10)
    return "" if drawn < 3 else f"{day:%Y-%m}" if drawn == 3 else f"{day}"


class _Text:
    """What was said: words that stand everywhere, and words that nobody knows."""

    def __init__(self, chance: Random) -> None:
        self.words = list(dict.fromkeys((*vocabulary.COMMON, *invented(chance, WORDS))))[:WORDS]
        self._often = list(accumulate(1 / (rank + 5) for rank in range(len(self.words))))
        self._chance = chance

    def of(self, length: int, *about: str) -> str:
        drawn = self._chance.choices(self.words, cum_weights=self._often, k=length)
        if about:
            drawn[length // 2 : length // 2] = about
        return " ".join(drawn)


# People


def _people(chance: Random, count: int, seed: int) -> list[Person]:
    pool, ids, full = Names(seed), Counter[str](), set[str]()
    namesakes = max(2, min(3 * len(NAMESAKES), count // 20))
    names: list[Name] = []
    while len(names) < count:
        name = pool.draw(chance, NAMESAKES[len(names) % len(NAMESAKES)] if len(names) < namesakes else "")
        if len(name.full) <= 60 and (name.full not in full or chance.random() < 0.02):
            full.add(name.full)
            names.append(name)
    held = _offices(chance, count)
    return [_person(chance, name, held.get(number, ()), ids) for number, name in enumerate(names)]


def _person(chance: Random, name: Name, offices: Iterable[Office], ids: Counter[str]) -> Person:
    aliases = [name.native] if name.native else []
    held = tuple(offices)
    title = vocabulary.SHORT_TITLES.get(held[0].title) if held else None
    if title and chance.random() < 0.6:
        aliases.append(f"{title} {name.surname}")
    elif chance.random() < 0.05:
        aliases.append(f"{chance.choice(('Dr', 'Professor'))} {name.full}")
    elif chance.random() < 0.04:
        aliases.append(f"{chance.choice(('General', 'Ambassador', 'Senator', 'Judge'))} {name.surname}")
    return Person(_slug(name.full, ids), name, tuple(aliases), held)


def _offices(chance: Random, count: int) -> dict[int, list[Office]]:
    """Who held what and when: one after the other, with a gap here and there."""
    every = [(title, country) for country in vocabulary.COUNTRIES for title in vocabulary.TITLES]
    every += [(title, body) for body in vocabulary.ORGANISATIONS for title in vocabulary.BODIES]
    chance.shuffle(every)
    held: dict[int, list[Office]] = defaultdict(list)
    for title, organisation in every[: max(2, count // 12)]:
        day = FIRST + timedelta(chance.randrange(1_500))
        while (day - FIRST).days < DAYS - 400:
            until = day + timedelta(chance.randrange(500, 3_000))
            open_ended = (until - FIRST).days >= DAYS
            ended = None if open_ended else dating(f"{until}")
            held[chance.randrange(count)].append(Office(title, organisation, dating(f"{day}"), ended))
            day = until + timedelta(1 if chance.random() < 0.8 else chance.randrange(30, 700))
    return held


def _slug(text: str, ids: Counter[str]) -> str:
    slug = "-".join(words(text))[:34].strip("-")
    ids[slug] += 1
    return slug if ids[slug] == 1 else f"{slug}-{ids[slug]}"


def _speaker(person: Person) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": person.id, "name": person.name.full}
    if person.aliases:
        entry["aliases"] = list(person.aliases)
    if person.offices:
        entry["offices"] = [
            {"title": office.title, "organisation": office.organisation, "from": office.since.edtf}
            | ({"to": office.until.edtf} if office.until else {})
            for office in person.offices
        ]
    return entry


# Topics


def _matters(chance: Random, count: int) -> list[Matter]:
    some = max(2, count // 40)
    labels = dict.fromkeys((*vocabulary.NUMBERED[:some], *vocabulary.NAMED[:some], *vocabulary.COMPOUND[: some * 3]))
    singles = list(vocabulary.MATTERS)
    chance.shuffle(singles)
    labels |= dict.fromkeys(singles[: count // 6])
    while len(labels) < count:
        quality, matter = chance.choice(vocabulary.QUALITIES), chance.choice(vocabulary.MATTERS)
        further = f"{chance.choice(vocabulary.QUALITIES)} " if chance.random() < 0.12 else ""
        if further.strip() != quality:
            labels[f"{further}{quality} {matter}"] = None
    found, ids = list(labels)[:count], Counter[str]()
    return [Matter(_slug(label, ids), label, tuple(_synonyms(chance, label, labels))) for label in found]


def _synonyms(chance: Random, label: str, labels: Iterable[str]) -> list[str]:
    """What else it is called: other words for its words, or the same words turned round."""
    parts = label.split()
    found: list[str] = []
    for at, part in enumerate(parts):
        found += [" ".join((*parts[:at], other, *parts[at + 1 :])) for other in vocabulary.SAME.get(part, ())]
    if len(parts) == 2 and not any(part.isdigit() for part in parts):
        found += [
            f"{parts[1]} {chance.choice(('in', 'for'))} {parts[0]} {chance.choice(('matters', 'affairs', 'contexts'))}",
            f"{parts[0]} {parts[1]} policy",
        ]
    elif len(parts) == 1:
        found += [f"{label} policy", f"question of {label}"]
    elif label.replace(" ", "").isalpha() and chance.random() < 0.5:
        short = "".join(part[0] for part in parts)
        found += [] if short in STOPWORDS else [short]
    chance.shuffle(found)
    kept = found[: chance.randrange(4)]
    return [synonym for synonym in kept if synonym not in labels]


def _topic(matter: Matter) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": matter.id, "label": matter.label}
    return entry | ({"synonyms": list(matter.synonyms)} if matter.synonyms else {})


def _write(file: Path, entries: Iterable[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
