"""What one would build without us, as well as its users would: one document a speaker and topic, the same words folded.

Each is built from the seed files into a folder of its own, and opened from there.
"""

import json
import math
import pickle
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from bot.search.normalise import FUNCTION_WORDS, STOPWORDS, words
from tests.benchmarks.search.engines import Built, Found

_FTS: Final = "peer-fts.db"
_SYMSPELL: Final = "peer-symspell.pickle"
_TANTIVY: Final = "peer-tantivy"
_LISTS: Final = "peer-lists.pickle"


@dataclass(frozen=True, slots=True)
class Document:
    """Somebody and what they spoke on, in the words in which either may be asked for."""

    speaker: str
    topic: str
    who: str
    what: str
    label: str
    statements: int


def documents(seeds: Path) -> Iterator[Document]:
    """Every speaker with every topic that they spoke on, what is quoted most first."""
    who = {entry["id"]: " ".join(_folded(_called(entry))) for entry in _entries(seeds / "speakers.jsonl")}
    what = {
        entry["id"]: (" ".join(_folded([entry["label"], *entry.get("synonyms", ())])), " ".join(words(entry["label"])))
        for entry in _entries(seeds / "topics.jsonl")
    }
    count = Counter[tuple[str, str]]()
    for entry in _entries(seeds / "statements.jsonl"):
        for topic in entry["topics"]:
            count[entry["speaker"], topic] += 1
    for (speaker, topic), statements in count.most_common():
        yield Document(speaker, topic, who[speaker], *what[topic], statements)


def _entries(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def _called(entry: dict[str, Any]) -> list[str]:
    offices = (f"{office['title']} {office['organisation']}" for office in entry.get("offices", ()))
    return [entry["name"], *entry.get("aliases", ()), *offices]


def _folded(texts: Iterable[str]) -> list[str]:
    """Every word once, in its place."""
    return list(dict.fromkeys(word for text in texts for word in words(text)))


_BEST: Final = """
select p.speaker, p.topic, p.label, rank
from pairs_fts join pairs p on p.id = pairs_fts.rowid where pairs_fts match ? order by rank limit 10
"""
_SOME: Final = """
select p.speaker, p.topic, p.label
from pairs_fts join pairs p on p.id = pairs_fts.rowid where pairs_fts match ? limit 50
"""
"""The most quoted that match, since documents are numbered by that. To weigh them all takes three times as long."""
_RAREST: Final = 6
"""Words of a question that are looked for."""
_UNSAID: Final = 2.0
"""What a word of a topic that is not said costs in the currency of bm25."""


class _Fts:
    """A full-text index of SQLite, and how to choose among what it finds: the topic with least that is not said."""

    def __init__(self, folder: Path) -> None:
        file = (folder / _FTS).resolve().as_uri()
        self._connection = sqlite3.connect(f"{file}?mode=ro&immutable=1", uri=True)
        self._connection.execute("pragma mmap_size = 1073741824")

    def every(self, terms: list[str], said: list[str]) -> tuple[str, str] | None:
        """Speaker and topic of a document with all of these terms."""
        rows = self._connection.execute(_SOME, (" AND ".join(terms),)).fetchall()
        return min(rows, key=lambda row: _unsaid(row[2], said))[:2] if rows else None

    def any(self, terms: list[str], said: list[str]) -> tuple[str, str] | None:
        """Speaker and topic of the best document with some of these terms."""
        rows = self._connection.execute(_BEST, (" OR ".join(terms),)).fetchall()
        return min(rows, key=lambda row: row[3] + _UNSAID * _unsaid(row[2], said))[:2] if rows else None

    @staticmethod
    def build(folder: Path) -> None:
        """One table of the documents' words, one of whose they are."""
        file = folder / _FTS
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(
                "pragma journal_mode = off; pragma synchronous = off;"
                "create table pairs (id integer primary key, speaker text, topic text, label text, statements integer);"
                "create virtual table pairs_fts using fts5 "
                "(who, what, content='', tokenize='unicode61', prefix='3 4 5');"
            )
            rows = [
                (number, found.speaker, found.topic, found.label, found.statements, found.who, found.what)
                for number, found in enumerate(documents(folder / "seeds"), 1)
            ]
            connection.executemany("insert into pairs values (?, ?, ?, ?, ?)", (row[:5] for row in rows))
            connection.executemany(
                "insert into pairs_fts (rowid, who, what) values (?, ?, ?)", ((row[0], row[5], row[6]) for row in rows)
            )
            connection.execute("insert into pairs_fts (pairs_fts) values ('optimize')")
            connection.commit()


def _unsaid(label: str, said: list[str]) -> int:
    return len(set(label.split()).difference(said))


def _pair(raw: tuple[str, str] | None) -> Found:
    return Found(True, raw[0], (raw[1],), pair=True, shown=" · ".join(raw)) if raw else Found(False, shown="nothing")


class Fts:
    """SQLite FTS5 alone: every word, each may go on; where that finds nothing, any of them."""

    def __init__(self, folder: Path) -> None:
        self._fts = _Fts(folder)

    def ask(self, text: str) -> tuple[str, str] | None:
        said = words(text)
        kept = [word for word in said if word not in FUNCTION_WORDS] or said
        if not kept:
            return None
        terms = [f'"{word}"*' if len(word) >= 3 else f'"{word}"' for word in kept]
        return self._fts.every(terms, kept) or self._fts.any(terms, kept)

    def read(self, raw: Any) -> Found:
        return _pair(raw)


class SymSpellFts:
    """SymSpell over the words of the documents, then SQLite FTS5 over the documents.

    All words, then all as prefixes, then any of them by bm25: of many the rarest, which is better and faster than all.
    """

    def __init__(self, folder: Path) -> None:
        from symspellpy import SymSpell, Verbosity

        self._fts = _Fts(folder)
        self._spelling = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        self._spelling.load_pickle(folder / _SYMSPELL)
        self._closest = Verbosity.CLOSEST
        self._known: dict[str, int] = self._spelling.words

    def ask(self, text: str) -> tuple[str, str] | None:
        kept = self._kept(text)
        groups = [(word, group) for word in kept if (group := self._group(word))]
        groups = sorted(groups, key=lambda pair: self._known.get(pair[0], math.inf))[:_RAREST]
        if not groups:
            return None
        terms = [group for _, group in groups]
        longer = [f'"{word}"*' if word in self._known and len(word) >= 4 else group for word, group in groups]
        return (
            self._fts.every(terms, kept)
            or (self._fts.every(longer, kept) if longer != terms else None)
            or self._fewer(groups, kept)
            or self._fts.any(terms, kept)
        )

    def _fewer(self, groups: list[tuple[str, str]], kept: list[str]) -> tuple[str, str] | None:
        """What is asked before settling for any word."""
        return None

    def _kept(self, text: str) -> list[str]:
        """The words that matter, two that are one word joined."""
        said = words(text)
        kept: list[str] = []
        for word in [word for word in said if word not in STOPWORDS] or said:
            known = not kept or (kept[-1] in self._known and word in self._known)
            if not known and kept[-1] + word in self._known:
                kept[-1] += word
            else:
                kept.append(word)
        return kept

    def _group(self, word: str) -> str:
        """A word that is known, or else the known ones that it may be: nearest, longer, or two of them glued."""
        if word in self._known:
            return f'"{word}"'
        if len(word) < 3:
            return ""
        near = [found.term for found in self._spelling.lookup(word, self._closest)[:3]]
        options = [f'"{found}"' for found in near]
        if len(word) >= 4:
            options.append(f'"{word}"*')
        if not near:
            cuts = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
            options += [f'("{a}" AND "{b}")' for a, b in cuts if a in self._known and b in self._known]
        return f"({' OR '.join(options)})" if options else ""

    def read(self, raw: Any) -> Found:
        return _pair(raw)

    @staticmethod
    def build(folder: Path) -> None:
        """The words with how many documents have them."""
        from symspellpy import SymSpell

        _Fts.build(folder)
        often = Counter[str]()
        for found in documents(folder / "seeds"):
            often.update(found.who.split())
            often.update(found.what.split())
        spelling = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in often.items():
            spelling.create_dictionary_entry(word, count)
        spelling.save_pickle(folder / _SYMSPELL)


class Relaxed(SymSpellFts):
    """The same, but before settling for any word, words are left out one after the other: no small piece of work."""

    def _fewer(self, groups: list[tuple[str, str]], kept: list[str]) -> tuple[str, str] | None:
        def doubtful(index: int) -> tuple[bool, int]:
            word = groups[index][0]
            return word in self._known, self._known.get(word, 0)

        order = sorted(range(len(groups)), key=doubtful)
        for many in range(1, len(groups) - 1):
            for out in combinations(order, many):
                found = self._fts.every([group for at, (_, group) in enumerate(groups) if at not in out], kept)
                if found:
                    return found
        return None


class Tantivy:
    """tantivy: every word with its typing errors, the last may go on; where that finds nothing, any of them."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder / _TANTIVY))
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def ask(self, text: str) -> tuple[str, str] | None:
        said = words(text)
        kept = [word for word in said if word not in STOPWORDS] or said
        if not kept:
            return None
        groups = [self._group(word, last=number == len(kept) - 1) for number, word in enumerate(kept)]
        return self._first(groups, self._tantivy.Occur.Must) or self._first(groups, self._tantivy.Occur.Should)

    def _group(self, word: str, *, last: bool) -> Any:
        """A word as it is, which counts most, or with an error for every four letters, at most two."""
        query, should = self._tantivy.Query, self._tantivy.Occur.Should
        options = [(should, query.boost_query(query.term_query(self._schema, "text", word), 3.0))]
        if len(word) >= 4 and not word.isdigit():
            errors = 1 if len(word) < 8 else 2
            options.append((should, query.fuzzy_term_query(self._schema, "text", word, errors, True, False)))
            if last:
                options.append((should, query.fuzzy_term_query(self._schema, "text", word, 0, True, True)))
        return query.boolean_query(options)

    def _first(self, groups: list[Any], occur: Any) -> tuple[str, str] | None:
        query = self._tantivy.Query.boolean_query([(occur, group) for group in groups])
        hits = self._searcher.search(query, 1, count=False).hits
        if not hits:
            return None
        found = self._searcher.doc(hits[0][1])
        return found["speaker"][0], found["topic"][0]

    def read(self, raw: Any) -> Found:
        return _pair(raw)

    @staticmethod
    def build(folder: Path) -> None:
        """One field of words, two that say whose they are."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, index_option="freq")
        builder.add_text_field("speaker", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("topic", stored=True, tokenizer_name="raw", index_option="basic")
        into = folder / _TANTIVY
        into.mkdir(exist_ok=True)
        index = tantivy.Index(builder.build(), path=str(into))
        writer = index.writer(256_000_000, 1)
        for found in documents(folder / "seeds"):
            writer.add_document(
                tantivy.Document(text=f"{found.who} {found.what}", speaker=found.speaker, topic=found.topic)
            )
        writer.commit()
        writer.wait_merging_threads()


class RapidFuzz:
    """RapidFuzz over every name there is, then over every topic; the best that go together."""

    def __init__(self, folder: Path) -> None:
        self._names, self._terms, self._pairs = pickle.loads((folder / _LISTS).read_bytes())
        self._spelt_names, self._spelt_terms = [text for text, _ in self._names], [text for text, _ in self._terms]

    def ask(self, text: str) -> tuple[str, str] | None:
        said = " ".join(words(text))
        names = process.extract(said, self._spelt_names, scorer=fuzz.WRatio, score_cutoff=60, limit=5)
        terms = process.extract(said, self._spelt_terms, scorer=fuzz.WRatio, score_cutoff=60, limit=5)
        both = ((name[1] + term[1], name[2], term[2]) for name in names for term in terms)
        for _, name, term in sorted(both, key=lambda found: -found[0]):
            speaker, topic = self._names[name][1], self._terms[term][1]
            if topic in self._pairs.get(speaker, ()):
                return speaker, topic
        return None

    def read(self, raw: Any) -> Found:
        return _pair(raw)

    @staticmethod
    def build(folder: Path) -> None:
        """The two lists, and what goes together."""
        seeds = folder / "seeds"
        names = [
            (" ".join(words(text)), entry["id"])
            for entry in _entries(seeds / "speakers.jsonl")
            for text in _called(entry)
        ]
        terms = [
            (" ".join(words(text)), entry["id"])
            for entry in _entries(seeds / "topics.jsonl")
            for text in (entry["label"], *entry.get("synonyms", ()))
        ]
        pairs: dict[str, set[str]] = defaultdict(set)
        for found in documents(seeds):
            pairs[found.speaker].add(found.topic)
        (folder / _LISTS).write_bytes(pickle.dumps((names, terms, dict(pairs))))


PEERS: Final = {
    "symspell": Built(
        "SymSpell + FTS5",
        SymSpellFts.build,
        SymSpellFts,
        lambda folder: (folder / _SYMSPELL).exists() and (folder / _FTS).exists(),
    ),
    "relaxed": Built(
        "SymSpell + FTS5, relaxed",
        SymSpellFts.build,
        Relaxed,
        lambda folder: (folder / _SYMSPELL).exists() and (folder / _FTS).exists(),
    ),
    "tantivy": Built(
        "tantivy, fuzzy terms", Tantivy.build, Tantivy, lambda folder: (folder / _TANTIVY / "meta.json").exists()
    ),
    "fts5": Built("FTS5, unicode61 + prefix", _Fts.build, Fts, lambda folder: (folder / _FTS).exists()),
    "rapidfuzz": Built(
        "RapidFuzz, two lists", RapidFuzz.build, RapidFuzz, lambda folder: (folder / _LISTS).exists(), every=8
    ),
}
