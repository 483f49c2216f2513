"""A collection of people with names alike, for the tests of finding: written in bulk, built, and opened."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bot import generations
from bot.corpus import seeds
from bot.library import Generation

SPEAKERS: Final[list[dict[str, Any]]] = [
    {"id": "john-smith", "name": "John Smith"},
    {"id": "jane-smith", "name": "Jane Smith"},
    {"id": "mary-smith", "name": "Mary Smith", "aliases": ["Dr Mary Smith"]},
    {"id": "ursula-von-der-leyen", "name": "Ursula von der Leyen"},
    {"id": "anna-schmidt-meyer", "name": "Anna Schmidt-Meyer"},
    {"id": "sergei-lavrov", "name": "Sergei Lavrov", "aliases": ["Сергей Лавров"]},
    {"id": "boris-yeltsin", "name": "Boris Yeltsin"},
    {"id": "jordan-berlin", "name": "Jordan Berlin"},
    {"id": "marta-lind", "name": "Marta Lind"},
    {"id": "rosa-acevedo-villena", "name": "Rosa Acevedo Villena"},
    {
        "id": "old-minister",
        "name": "Otto Alt",
        "offices": [
            {"title": "Foreign Minister", "organisation": "Freedonia", "from": "2001-01-01", "to": "2009-12-31"}
        ],
    },
    {
        "id": "new-minister",
        "name": "Nina Neu",
        "offices": [{"title": "Foreign Minister", "organisation": "Freedonia", "from": "2010-01-01"}],
    },
]
TOPICS: Final[list[dict[str, Any]]] = [
    {"id": "arms-control", "label": "arms control", "synonyms": ["Rüstungskontrolle"]},
    {"id": "arms-race", "label": "arms race"},
    {"id": "berlin-wall", "label": "Berlin wall"},
    {"id": "inf-treaty", "label": "INF treaty 1987"},
    {"id": "fisheries", "label": "fisheries"},
    {"id": "education", "label": "education"},
    {"id": "supply-chains", "label": "supply chains"},
    {"id": "start-i", "label": "START I"},
    {"id": "start-ii", "label": "START II"},
    {"id": "who-reform", "label": "WHO reform"},
]
SAID: Final = [
    # id, speaker, day, topics, text
    ("a", "john-smith", "2015-03-01", ["arms-control"], "Fewer warheads are better warheads."),
    ("b", "jane-smith", "2017-03-01", ["arms-control"], "We count every missile twice."),
    ("c", "mary-smith", "2019-03-01", ["fisheries"], "The herring belongs to nobody."),
    ("d", "ursula-von-der-leyen", "2018-01-01", ["supply-chains"], "Ports first."),
    ("e", "anna-schmidt-meyer", "2016-01-01", ["education"], "Read more."),
    ("f", "sergei-lavrov", "2014-01-01", ["arms-race", "arms-control"], "There is no race."),
    ("g", "boris-yeltsin", "1995-01-01", ["education"], "Schools need roofs."),
    ("h", "jordan-berlin", "2012-01-01", ["berlin-wall"], "It fell."),
    ("i", "jordan-berlin", "2011-01-01", ["inf-treaty"], "It held."),
    ("j", "marta-lind", "2013-01-01", ["arms-control"], "Trust and count."),
    ("k", "old-minister", "2005-01-01", ["fisheries"], "Nets were larger then."),
    ("l", "new-minister", "2015-01-01", ["fisheries"], "Nets are smaller now."),
    ("m", "old-minister", "2012-06-01", ["education"], "I teach now."),
    ("o", "sergei-lavrov", "2010-01-01", ["start-i"], "It has ended."),
    ("p", "sergei-lavrov", "2010-01-02", ["start-ii"], "It has begun."),
    ("q", "marta-lind", "2010-01-03", ["who-reform"], "Later."),
    ("r", "marta-lind", "2010-01-04", ["fisheries"], "Nobody counts cod."),
    ("s", "rosa-acevedo-villena", "2010-01-05", ["fisheries"], "We do."),
    ("n", "john-smith", "2014-03-01", ["arms-control"], "Missiles rust."),
]


def write(folder: Path) -> Path:
    """Write the collection as seeds."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "collection.yaml").write_text("title: Harbours\ndigest_title: This day in the harbours\n")
    article = {"id": "x", "outlet": "X", "title": "Y", "published": "2020-01-01", "url": "https://example.org/x"}
    _lines(folder / "speakers.jsonl", SPEAKERS)
    _lines(folder / "topics.jsonl", TOPICS)
    _lines(folder / "articles.jsonl", [article])
    _lines(
        folder / "statements.jsonl",
        (
            {"id": id_, "speaker": who, "kind": "direct", "text": text, "said": day, "topics": topics, "article": "x"}
            for id_, who, day, topics, text in SAID
        ),
    )
    return folder


def _lines(file: Path, entries: Iterable[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(entry) + "\n" for entry in entries))


def built(folder: Path) -> Generation:
    """The collection, built and open."""
    return Generation.open(generations.publish(seeds.load(write(folder / "seeds")), folder / "generations"))
