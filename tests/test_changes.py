"""What another generation changes is told whole, and what it changes in silence is named with the line to add."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.corpus import build, changes, comparison, seeds
from bot.corpus.changes import Beside, Change, Changes
from bot.errors import GenerationError
from bot.record import MAX_WORDING, Correction, Withdrawal
from tests.conftest import REAL_SEEDS
from tests.rendered import hostile
from tests.seedfiles import COURIER, HERALD, alter, line_of, small, write

TODAY = date(2026, 11, 22)
CRANES, DREDGING, COUNCIL = "berg-2017-05-04-cranes", "dahl-2017-05-dredging", "council-2017-04-cranes"
MUD, GONE = "berg-2018-07-01-mud", "berg-2018-07-01-gone"
DREDGING_SEED = """\
  - id: dahl-2017-05-dredging
    speaker: ole-dahl
    kind: mixed
    text: Dahl called dredging “a waste of good mud”.
    basis: no day given; reported 4 May 2017
    described_as: former pilot
    topics: [dredging, cranes]
"""


class Edited:
    """The small collection, its corpus file, and what edits of it change."""

    def __init__(self, folder: Path) -> None:
        self.seeds = folder
        self._files = (folder.parent / f"corpus-{number}.db" for number in count())
        self.before = self.built()

    def built(self) -> Path:
        file = next(self._files)
        build.build(seeds.load(self.seeds), file)
        return file

    def changes(self) -> Changes:
        found = comparison.compare(self.before, self.built(), TODAY)
        crossed = TypeAdapter(Changes)
        assert crossed.validate_json(crossed.dump_json(found)) == found, "it can go to another process"
        return found

    def problems(self) -> list[str]:
        problems = changes.problems(self.changes(), seeds.load(self.seeds))
        assert all("\n" not in str(problem) for problem in problems)
        return [str(problem) for problem in problems]

    def only_problem(self) -> str:
        [problem] = self.problems()
        return problem


@pytest.fixture
def edited(small_seeds) -> Edited:
    """The small collection as it is served, about to be edited."""
    return Edited(small_seeds)


def pasted(edited: Edited, file: str, after: str) -> None:
    """Add the line that the only problem ends with, indented like the line it is put behind."""
    [entry] = edited.changes().uncorrected.first
    line = entry.line
    assert edited.only_problem().endswith(f": {line}")
    indent = "  " if line.startswith("- ") else "    "
    alter(edited.seeds, file, after, f"{after}{indent}{line}\n")


# What changes


def test_nothing_changes_between_a_file_and_itself(edited):
    found = edited.changes()
    assert not found
    assert not found.articles.first
    assert not found.uncorrected.total


def test_a_comment_changes_nothing(edited):
    write(edited.seeds, COURIER, (edited.seeds / COURIER).read_text() + "# a comment\n")
    assert not edited.changes()


def test_what_is_new_another_or_gone_is_named_by_statement_and_by_article(edited):
    alter(edited.seeds, HERALD, DREDGING_SEED, DREDGING_SEED.replace("05-dredging", "05-mud"))
    alter(edited.seeds, HERALD, "a walk on the quay", "a stroll on the quay")
    found = edited.changes()
    assert found
    assert found.added.first == (Change("dahl-2017-05-mud", "Ole Dahl", "2017-05-04-herald"),)
    assert found.changed.first == (Change(CRANES, "Ada Berg", "2017-05-04-herald", ("occasion",)),)
    assert found.removed.first == (Change(DREDGING, "Ole Dahl", "2017-05-04-herald"),)
    [article] = found.articles.first
    assert (article.outlet, article.title, article.added, article.changed, article.removed) == (
        ("Herald", "Cranes again", 1, 1, 1)
    )
    assert not found.beside


@pytest.mark.parametrize(
    ("file", "old", "new", "id_", "what"),
    [
        (HERALD, "and we need them now.", "and we want them now.", CRANES, ("wording",)),
        (HERALD, "kind: indirect", "kind: direct", COUNCIL, ("wording",)),
        (HERALD, "speaker: ole-dahl", "speaker: ada-berg", DREDGING, ("speaker",)),
        (HERALD, "said: 2017-04\n", "said: 2017-04~\n", COUNCIL, ("date",)),
        (HERALD, "[dredging, cranes]", "[cranes, dredging]", DREDGING, ("topics",)),
        (HERALD, "[dredging, cranes]", "[dredging]", DREDGING, ("topics",)),
        (HERALD, "via: Port Agency", "via: Harbour Agency", CRANES, ("via",)),
        (HERALD, "former pilot", "once a pilot", DREDGING, ("description",)),
        (HERALD, "basis: in April", "basis: it says April", COUNCIL, ("basis",)),
        (COURIER, "We want taller cranes.", "We wish for taller cranes.", CRANES, ("sources",)),
        (COURIER, "why: the article was corrected", "why: misread", MUD, ("correction",)),
        (COURIER, "statement: berg-2017-05-04-cranes", "statement: council-2017-04-cranes", CRANES, ("sources",)),
    ],
)
def test_what_of_a_statement_is_another_is_told(edited, file, old, new, id_, what):
    alter(edited.seeds, file, old, new)
    found = {change.id: change.what for change in edited.changes().changed.first}
    assert found[id_] == what


@pytest.mark.parametrize(
    ("file", "old", "new", "beside"),
    [
        ("speakers.yaml", "[Ада Берг, A. Berg]", "[Ада Берг]", Beside("speakers", 0, 1, 0)),
        ("speakers.yaml", "from: 2018-07-01", "from: 2018-07-02", Beside("speakers", 0, 1, 0)),
        ("speakers.yaml", "[port chief]", "[chief]", Beside("offices", 0, 1, 0)),
        ("topics.yaml", "[crane, hoists]", "[crane]", Beside("topics", 0, 1, 0)),
        ("events.yaml", "is opened.", "is open.", Beside("events", 0, 1, 0)),
        ("collection.yaml", "title: Harbour talks", "title: Port talks", Beside("collection", 0, 1, 0)),
        (COURIER, "title: Berg moves up", "title: Up goes Berg", Beside("articles", 0, 1, 0)),
        (COURIER, "she did not say it", "she never said it", Beside("withdrawals", 0, 1, 0)),
    ],
)
def test_what_stands_beside_the_statements_is_counted(edited, file, old, new, beside):
    alter(edited.seeds, file, old, new)
    found = edited.changes()
    assert found
    assert found.beside == (beside,)
    assert not found.uncorrected.total


def test_as_many_are_named_as_there_is_room_for_and_all_are_counted(edited, monkeypatch):
    for limit in ("MAX_LISTED", "MAX_ARTICLES", "MAX_PROBLEMS"):
        monkeypatch.setattr(comparison, limit, 1)
    (edited.seeds / HERALD).unlink()
    alter(edited.seeds, COURIER, "  - statement: berg-2017-05-04-cranes\n", "")
    text = (edited.seeds / COURIER).read_text().partition("also_reports")[0]
    write(edited.seeds, COURIER, text.replace("Mud is mud.", "Mud is good."))
    found = edited.changes()
    assert (found.removed.total, len(found.removed.first)) == (3, 1)
    assert (found.articles.total, found.articles.first[0].id) == (2, "2017-05-04-herald")
    assert (found.uncorrected.total, len(found.uncorrected.first)) == (4, 1)


def test_the_real_collection_does_not_differ_from_itself(tmp_path):
    for name in ("one.db", "another.db"):
        build.build(seeds.load(REAL_SEEDS), tmp_path / name)
    assert not comparison.compare(tmp_path / "one.db", tmp_path / "another.db", TODAY)


def test_generations_of_another_version_are_not_compared(edited):
    other = edited.built()
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("update generation set schema_version = schema_version - 1")
    for pair in ((edited.before, other), (other, edited.before)):
        with pytest.raises(GenerationError, match=rf"^What changes cannot be told: .* reads {build.SCHEMA_VERSION}\.$"):
            comparison.compare(*pair, TODAY)


def test_a_generation_that_is_damaged_is_not_compared(edited):
    (edited.seeds / "broken.db").write_bytes(edited.before.read_bytes()[:9000])
    for broken in ("broken.db", "missing.db"):
        with pytest.raises(GenerationError, match="cannot be read"):
            comparison.compare(edited.before, edited.seeds / broken, TODAY)


# What may not change in silence


@pytest.mark.parametrize(
    ("file", "old", "new", "id_", "was"),
    [
        (HERALD, "a waste of good mud", "a waste of mud", DREDGING, "Dahl called dredging “a waste of good mud”."),
        (HERALD, "need them now.", "want them now.", CRANES, "“We need taller cranes, … and we need them now.”"),
        (HERALD, "kind: indirect", "kind: direct", COUNCIL, "The council was against taller cranes."),
        (HERALD, "speaker: ole-dahl", "speaker: ada-berg", DREDGING, "attributed to Ole Dahl"),
        (HERALD, "said: 2017-04\n", "said: 2017-04-03\n", COUNCIL, "said April 2017"),
        (HERALD, "basis: no day", "said: 2017-05\n    basis: no day", DREDGING, "reported 4 May 2017"),
        ("speakers.yaml", "name: Ole Dahl", "name: Kim Moe", DREDGING, "attributed to Ole Dahl"),
    ],
)
def test_a_wording_speaker_or_date_needs_a_correction(edited, file, old, new, id_, was):
    alter(edited.seeds, file, old, new)
    [entry] = edited.changes().uncorrected.first
    assert entry.id == id_
    assert entry.missing == Correction(TODAY, was, "…")
    line = line_of(edited.seeds, HERALD, "text: ") if id_ == CRANES else line_of(edited.seeds, HERALD, words_of(id_))
    assert edited.only_problem().startswith(f"seeds/{HERALD}:{line}: {id_}: its ")
    pasted(edited, HERALD, f"  - id: {id_}\n")
    assert not edited.problems()


def words_of(id_):
    return {DREDGING: "text: Dahl called", COUNCIL: "text: The council"}[id_]


def test_the_problem_says_what_changed_and_what_to_add(edited):
    alter(edited.seeds, HERALD, "a waste of good mud", "a waste")
    assert edited.only_problem() == (
        f"seeds/{HERALD}:{line_of(edited.seeds, HERALD, 'text: Dahl')}: {DREDGING}: its wording changed after it was "
        "shown, and nothing says so; add to it, and say why: corrected: {on: 2026-11-22, "
        'was: "Dahl called dredging “a waste of good mud”.", why: "…"}'
    )


def test_an_earlier_correction_accounts_for_no_later_change(edited):
    alter(edited.seeds, COURIER, "text: Mud is mud.", "text: Mud is muddy.")
    problem = edited.only_problem()
    assert "its correction tells of another change; put in place of that" in problem
    alter(edited.seeds, COURIER, "was: Mud is mad., why: the article was corrected", "was: Mud is mud., why: misread")
    assert not edited.problems()


def test_a_correction_does_not_disappear(edited):
    alter(edited.seeds, COURIER, "{on: 2018-08-01, was: Mud is mad., why: the article was corrected}", "")
    assert edited.only_problem().endswith(
        'put it back: corrected: {on: 2018-08-01, was: "Mud is mad.", why: "the article was corrected"}'
    )


def test_everything_that_changed_at_once_is_in_the_line(edited):
    alter(edited.seeds, HERALD, "a waste of good mud", "a waste")
    alter(edited.seeds, HERALD, "speaker: ole-dahl", "speaker: ada-berg")
    [entry] = edited.changes().uncorrected.first
    assert entry.what == ("wording", "speaker")
    assert isinstance(entry.missing, Correction)
    assert entry.missing.was == "Dahl called dredging “a waste of good mud”. · attributed to Ole Dahl"


def test_the_longest_wording_is_kept_whole(edited):
    longest = "x" * MAX_WORDING
    alter(edited.seeds, COURIER, "text: Mud is mud.", f"text: {longest}")
    edited.before = edited.built()
    alter(edited.seeds, COURIER, f"text: {longest}", "text: y")
    [entry] = edited.changes().uncorrected.first
    assert isinstance(entry.missing, Correction)
    assert entry.missing.was == longest


def test_a_speaker_may_be_written_otherwise_where_the_earlier_name_stays_an_alias(edited):
    alter(edited.seeds, "speakers.yaml", "name: Ole Dahl", "name: Ole Daal")
    assert "add the earlier name to the aliases" in edited.only_problem()
    alter(edited.seeds, "speakers.yaml", "name: Ole Daal", "name: Ole Daal\n    aliases: [Ole Dahl]")
    assert not edited.problems()
    assert not edited.changes().changed.total


def test_the_id_of_a_speaker_may_change(edited):
    alter(edited.seeds, "speakers.yaml", "id: ole-dahl", "id: o-dahl")
    alter(edited.seeds, HERALD, "speaker: ole-dahl", "speaker: o-dahl")
    assert not edited.problems()
    assert edited.changes().beside == (Beside("speakers", 1, 0, 1),)


def test_a_namesake_is_somebody_else(edited):
    alter(edited.seeds, "speakers.yaml", "  - id: ole-dahl\n", "  - id: o-dahl\n    name: Ole Dahl\n  - id: ole-dahl\n")
    alter(edited.seeds, HERALD, "speaker: ole-dahl", "speaker: o-dahl")
    assert "its speaker changed" in edited.only_problem()


def test_a_statement_does_not_go_without_a_word(edited):
    alter(edited.seeds, HERALD, DREDGING_SEED, "")
    assert edited.only_problem() == (
        f"seeds/{HERALD}:1: {DREDGING}: it is gone, and nothing says so; leave this of it under statements, "
        f'and say why: - {{id: "{DREDGING}", withdrawn: {{on: 2026-11-22, why: "…"}}}}'
    )
    pasted(edited, HERALD, "statements:\n")
    found = edited.changes()
    assert found.removed.first == (Change(DREDGING, "Ole Dahl", "2017-05-04-herald", ("withdrawn",)),)
    assert not found.uncorrected.total


def test_an_article_does_not_go_without_a_word(edited):
    alter(edited.seeds, COURIER, "  - statement: berg-2017-05-04-cranes\n", "")
    (edited.seeds / HERALD).unlink()
    text = (edited.seeds / COURIER).read_text().partition("also_reports")[0]
    write(edited.seeds, COURIER, text)
    problems = edited.problems()
    assert len(problems) == 3
    assert all(problem.startswith("seeds/articles: ") for problem in problems)


def test_a_withdrawal_does_not_disappear(edited):
    alter(edited.seeds, COURIER, f"  - id: {GONE}\n    withdrawn: {{on: 2018-09-01, why: she did not say it}}\n", "")
    assert edited.only_problem() == (
        f"seeds/articles: {GONE}: it was withdrawn, and nothing says so any more; put this back under statements: "
        f'- {{id: "{GONE}", withdrawn: {{on: 2018-09-01, why: "she did not say it"}}}}'
    )
    pasted(edited, COURIER, "statements:\n")
    assert not edited.changes()


def test_a_withdrawn_statement_does_not_come_back_without_a_word(edited):
    mended = DREDGING_SEED.replace(DREDGING, GONE)
    alter(
        edited.seeds, COURIER, f"  - id: {GONE}\n    withdrawn: {{on: 2018-09-01, why: she did not say it}}\n", mended
    )
    assert "was withdrawn and is there again" in edited.only_problem()
    pasted(edited, COURIER, f"  - id: {GONE}\n")
    assert not edited.problems()
    [back] = edited.changes().added.first
    assert back.id == GONE


# In bulk


def lines(*entries: object) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


@pytest.fixture
def bulk(tmp_path) -> Edited:
    """Two statements in JSON Lines, as they are served."""
    folder = tmp_path / "bulk"
    write(folder, "collection.yaml", "title: T\ndigest_title: D\n")
    write(folder, "speakers.jsonl", lines({"id": "ada", "name": "Ada"}))
    write(folder, "topics.jsonl", lines({"id": "mud", "label": "mud"}))
    article = {"id": "a1", "outlet": "O", "title": "T", "published": "2018-06-19", "url": "https://example.org/a"}
    write(folder, "articles.jsonl", lines(article))
    made = {"speaker": "ada", "kind": "direct", "text": "Mud.", "topics": ["mud"], "article": "a1"}
    write(folder, "statements.jsonl", lines({"id": "s1", **made}, {"id": "s2", **made}))
    return Edited(folder)


def test_in_bulk_the_line_is_json(bulk):
    text = (bulk.seeds / "statements.jsonl").read_text()
    write(bulk.seeds, "statements.jsonl", text.replace("Mud.", "Silt.", 1).splitlines()[0] + "\n")
    worded, gone = bulk.problems() if "s1" in bulk.problems()[0] else reversed(bulk.problems())
    assert worded.startswith("bulk/statements.jsonl:1: s1: its wording changed")
    assert gone.startswith("bulk/articles.jsonl:1: s2: it is gone")
    assert "leave this of it in statements.jsonl" in gone
    field, line = (problem.partition("say why: ")[2] for problem in (worded, gone))
    first = (bulk.seeds / "statements.jsonl").read_text().rstrip("}\n")
    write(bulk.seeds, "statements.jsonl", f"{first}, {field}}}\n{line}\n")
    assert not bulk.problems()


# Whatever is edited


SILENT = ("reword", "other speaker", "other date", "other kind", "drop")
OPEN = ("keep", "other topics", "other occasion", "withdraw")


def words():
    return hostile().filter(lambda text: not set(text) & set('"“”„‟«»'))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Folders to build collections in, one after the other."""
    root = tmp_path_factory.mktemp("collections")
    return (root / str(number) for number in count())


def entry(id_: str, action: str, wording: str, correction: str = "") -> list[str]:
    """A statement after an edit, as lines of an article file."""
    if action == "withdraw":
        return [f"- {{id: {id_}, withdrawn: {{on: 2026-01-01, why: not said}}}}"]
    return [
        f"- id: {id_}",
        f"  speaker: {'ole-dahl' if action == 'other speaker' else 'ada-berg'}",
        f"  kind: {'direct' if action == 'other kind' else 'indirect'}",
        f"  text: {json.dumps(('Not: ' if action == 'reword' else '') + wording, ensure_ascii=False)}",
        f"  said: {'2017' if action == 'other date' else '2017-05'}",
        f"  topics: [{'cranes' if action == 'other topics' else 'dredging'}]",
        f"  occasion: {'there' if action == 'other occasion' else 'here'}",
        "  basis: as printed",
        *([f"  {correction}"] if correction else []),
    ]


def built(folder: Path, entries: list[list[str]]) -> Path:
    small(folder)
    indented = [f"  {line}" for lines_ in entries for line in lines_]
    head = (folder / HERALD).read_text().partition("statements:")[0]
    write(folder, HERALD, head + "statements:\n" + "\n".join(indented) + "\n")
    courier = (folder / COURIER).read_text().partition("also_reports:")[0]
    write(folder, COURIER, courier)
    build.build(seeds.load(folder), folder / "corpus.db")
    return folder / "corpus.db"


@limits(max_examples=25)
@given(
    edits=st.lists(st.tuples(words(), st.sampled_from(SILENT + OPEN), st.booleans()), min_size=1, max_size=4),
)
def test_what_is_silent_is_found_and_the_lines_settle_it(workshop, edits):
    ids = [f"s{number}" for number in range(len(edits))]
    old = built(next(workshop), [entry(id_, "keep", said) for id_, (said, _, _) in zip(ids, edits, strict=True)])
    assert not comparison.compare(old, old, TODAY)
    fresh = "corrected: {on: 2026-02-03, was: otherwise, why: misread}"
    told = {
        id_: [] if action == "drop" else entry(id_, action, said, fresh if corrected else "")
        for id_, (said, action, corrected) in zip(ids, edits, strict=True)
    }
    found = comparison.compare(old, built(next(workshop), list(told.values())), TODAY)
    silent = {
        id_
        for id_, (_, action, corrected) in zip(ids, edits, strict=True)
        if action in SILENT and (action == "drop" or not corrected)
    }
    assert {entry.id for entry in found.uncorrected.first} == silent
    for missing in found.uncorrected.first:
        told[missing.id].append(missing.line if isinstance(missing.missing, Withdrawal) else f"  {missing.line}")
    mended = comparison.compare(old, built(next(workshop), list(told.values())), TODAY)
    assert not mended.uncorrected.total
