"""The corpus file: the same seeds give the same bytes, and whoever opens it finds its way."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bot.corpus import build, seeds, tables
from tests.seedfiles import HERALD, alter

BUILD = "import sys; from pathlib import Path; from bot.corpus import build, seeds\n" + (
    "build.build(seeds.load(Path(sys.argv[1])), Path(sys.argv[2]))"
)


@pytest.fixture
def rows(small_seeds, tmp_path):
    """Ask the small collection's file in SQL."""
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_the_same_seeds_give_the_same_bytes(seed_folder, tmp_path):
    files = []
    for number, order in enumerate(["0", "1", "4711"]):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", BUILD, seed_folder, folder / "corpus.db"],
            env={**os.environ, "PYTHONHASHSEED": order, "TZ": f"UTC{number:+}"},
            check=True,
            timeout=60,
        )
        files.append((folder / "corpus.db").read_bytes())
    assert len(set(files)) == 1


def test_statements_are_numbered_newest_first(rows):
    numbered = rows("select number, id from statements order by number")
    assert numbered == [
        (1, "berg-2018-07-01-mud"),
        (2, "berg-2017-05-04-cranes"),
        (3, "dahl-2017-05-dredging"),
        (4, "council-2017-04-cranes"),
    ]


def test_only_certain_days_are_anniversaries(rows):
    assert rows("select id, said_day, reported_day from statements order by id") == [
        ("berg-2017-05-04-cranes", "05-04", None),
        ("berg-2018-07-01-mud", "07-01", None),
        ("council-2017-04-cranes", None, None),
        ("dahl-2017-05-dredging", None, "05-04"),
    ]
    assert rows("select day from events order by date") == [("05-04",), (None,)]


def test_everything_is_counted(rows):
    assert rows("select id, statements from speakers order by id") == [
        *(("ada-berg", 2), ("northport-council", 1), ("ole-dahl", 1)),
    ]
    assert rows("select id, statements from topics order by id") == [("cranes", 3), ("dredging", 2)]
    assert rows("select * from pairs order by speaker, topic") == [
        ("ada-berg", "cranes", 1),
        ("ada-berg", "dredging", 1),
        ("northport-council", "cranes", 1),
        ("ole-dahl", "cranes", 1),
        ("ole-dahl", "dredging", 1),
    ]


def test_days_and_totals_need_no_counting(rows):
    assert rows("select * from days") == [("05-04", 1, 1, 1), ("07-01", 1, 0, 0)]
    assert rows("select * from totals") == [(4, 3, 2, 2, 2, 2, "2017-04", "2018-07-01")]


@pytest.mark.parametrize(("words", "found"), [("Müd", 2), ("mud", 2), ("“good mud”", 1), ("tall", 0)])
def test_words_are_found_whatever_their_accents(rows, words, found):
    sql = f"select count(*) from statements_fts where statements_fts match '\"{words}\"'"
    assert rows(sql) == [(found,)]


def test_an_office_is_tied_to_what_was_said_in_it(rows):
    held = rows(
        "select o.title, s.id from statement_offices so join offices o on o.id = so.office "
        "join statements s on s.number = so.statement order by s.id"
    )
    assert held == [("Harbour Master", "berg-2017-05-04-cranes"), ("Minister of Ports", "berg-2018-07-01-mud")]


def test_every_reference_leads_somewhere_and_the_file_is_sound(rows):
    assert rows("pragma foreign_key_check") == []
    assert rows("pragma integrity_check") == [("ok",)]
    assert rows("pragma journal_mode") == [("delete",)]


def test_words_stand_in_the_file_as_they_stand_in_the_seeds(small_seeds, tmp_path):
    strange = "'; drop table statements; -- \\ %s {x} <b>@everyone</b> Ærø 👩‍🚀"
    alter(small_seeds, HERALD, "Port Agency", f'"{strange.replace(chr(92), chr(92) * 2)}"')
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        assert connection.execute("select via from citations where via != ''").fetchall() == [(strange,)]


def test_a_collection_without_statements_or_events_builds(small_seeds, tmp_path):
    for name in ("events.yaml", HERALD, "articles/2018-07-02-courier.yaml"):
        (small_seeds / name).unlink()
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        assert connection.execute("select count(*) from statements").fetchone() == (0,)


def test_progress_adds_up_to_the_statements(small_seeds, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "BATCH", 3)
    told: list[int] = []
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db", told.append)
    assert told == [3, 1]


def test_datasette_shows_every_table(small_seeds, tmp_path):
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    script = """
import asyncio, sys, warnings
warnings.simplefilter("ignore")
from datasette.app import Datasette

async def main():
    site = Datasette([], immutables=[sys.argv[1]])
    for path in ["/corpus", *(f"/corpus/{name}" for name in sys.argv[2:]), "/corpus/statements/1"]:
        answer = await site.client.get(path)
        print(path, answer.status_code)
    answer = await site.client.get("/corpus/statements.json?_shape=array&_labels=on")
    print(answer.json()[0]["speaker"]["label"])
    answer = await site.client.get("/corpus/statements.json?_shape=array&_search=taller")
    print(*sorted(row["id"] for row in answer.json()))

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "corpus.db", *tables.TABLES],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    *pages, label, found = done.stdout.splitlines()
    assert len(pages) == len(tables.TABLES) + 2
    assert all(page.endswith(" 200") for page in pages), pages
    assert label == "Ada Berg"  # a foreign key is shown by name
    assert found == "berg-2017-05-04-cranes council-2017-04-cranes"
