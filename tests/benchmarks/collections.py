"""Collections of any size for the benchmarks: invented, but shaped like real ones, and the same for the same seed."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

LETTERS: Final = "b br c ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w z".split()
VOWELS: Final = "a e i o u ai ea io".split()
ENDINGS: Final = ["", "", "n", "r", "s", "t", "ng", "rd"]
FIRST: Final = date(1995, 1, 1)
DAYS: Final = 11_000
COUNTRIES: Final = 200
POSTS: Final = ["Minister of Defence", "Foreign Minister", "President", "Ambassador", "Chief of Staff", "Spokesperson"]


def write(folder: Path, statements: int, *, speakers: int = 50_000, topics: int = 3_000, seed: int = 1) -> Path:
    """Write a collection in JSON Lines: one to three topics a statement, twenty statements an article."""
    chance = Random(seed)
    words = vocabulary(chance, 20_000)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "collection.yaml").write_text("title: Invented talks\ndigest_title: This day in the invented talks\n")
    _write(folder / "speakers.jsonl", _speakers(chance, speakers))
    _write(folder / "topics.jsonl", _topics(words, topics))
    published = [FIRST + timedelta(chance.randrange(DAYS)) for _ in range(max(1, statements // 20))]
    _write(folder / "articles.jsonl", _articles(chance, words, published))
    _write(folder / "statements.jsonl", _statements(chance, words, published, statements, speakers, topics))
    return folder


def vocabulary(chance: Random, size: int) -> list[str]:
    """Different words of one to three syllables, the short ones first."""
    words: dict[str, None] = {}
    while len(words) < size:
        length = 1 + (len(words) > size // 50) + (len(words) > size // 3)
        syllables = [chance.choice(LETTERS) + chance.choice(VOWELS) for _ in range(length)]
        words["".join(syllables) + chance.choice(ENDINGS)] = None
    return list(words)


def _write(file: Path, entries: Iterator[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def _speakers(chance: Random, count: int) -> Iterator[dict[str, Any]]:
    names = [word.capitalize() for word in vocabulary(chance, 4_000)]
    for number in range(count):
        first, last = chance.choice(names), chance.choice(names)
        entry: dict[str, Any] = {"id": f"speaker-{number}", "name": f"{first} {last} {_roman(number // 2_000)}".strip()}
        since = FIRST + timedelta(chance.randrange(DAYS))
        until = since + timedelta(chance.randrange(200, 4_000))
        if number % 3 == 0:
            entry["aliases"] = [f"{first[0]}. {last} {number}"]
        if number % 5 == 0:
            title, country = chance.choice(POSTS), f"Country {chance.randrange(COUNTRIES)}"
            office = {"title": title, "organisation": country, "from": f"{since}", "to": f"{until}"}
            entry["offices"] = [office]
        yield entry


def _roman(number: int) -> str:
    return "I" * (number % 4) + "V" * (number // 4 % 3) + "X" * (number // 12)


def _topics(words: list[str], count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        label = f"{words[number]} {words[-1 - number]}"
        yield {"id": f"topic-{number}", "label": label, "synonyms": [f"{words[-1 - number]} {words[number]}"]}


def _articles(chance: Random, words: list[str], published: list[date]) -> Iterator[dict[str, Any]]:
    for number, day in enumerate(published):
        yield {
            "id": f"a{number}",
            "outlet": f"Outlet {number % 97}",
            "title": " ".join(chance.choices(words, k=8)).capitalize(),
            "published": f"{day}",
            "url": f"https://example.org/{day.year}/{number}",
            "wording": "translation" if number % 7 == 0 else "original",
        }


def _statements(
    chance: Random, words: list[str], published: list[date], count: int, speakers: int, topics: int
) -> Iterator[dict[str, Any]]:
    # Some words, people and topics are met far more often than others.
    often = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    for number in range(count):
        article = chance.randrange(len(published))
        said = published[article] - timedelta(chance.randrange(5))
        text = " ".join(chance.choices(words, cum_weights=often, k=chance.randint(18, 30))).capitalize()
        kind = chance.choices(["direct", "mixed", "indirect"], [7, 2, 1])[0]
        entry: dict[str, Any] = {
            "id": f"s{number}",
            "speaker": f"speaker-{int(speakers * chance.random() ** 3)}",
            "kind": kind,
            "text": text.replace(" ", " “", 1) + "”" if kind == "mixed" else f"{text}.",
        }
        match chance.randrange(10):
            case 0 | 1 | 2:
                pass
            case 3:
                entry["said"] = f"{said:%Y-%m}"
            case _:
                entry["said"] = f"{said}"
        entry["topics"] = [f"topic-{int(topics * chance.random() ** 2)}" for _ in range(chance.randint(1, 3))]
        entry["article"] = f"a{article}"
        yield entry
