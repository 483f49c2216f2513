"""What the bot must not forget survives whatever happens to the process."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import UserFacingError
from bot.state import State
from bot.state.actions import Action, Actor, Fate, Verb


def test_a_new_state_remembers_nothing(state):
    assert state.synced_commands(1) is None


def test_what_is_remembered_is_there_after_opening_again(tmp_path):
    first = State.open(tmp_path / "state.db")
    first.remember_synced_commands(1, "a")
    first.remember_synced_commands(2, "b")
    first.remember_synced_commands(1, "c")
    first.close()
    again = State.open(tmp_path / "state.db")
    assert (again.synced_commands(1), again.synced_commands(2)) == ("c", "b")
    again.close()


def test_an_application_has_an_id_of_64_bits(state):
    state.remember_synced_commands(2**63 - 1, "a")
    assert state.synced_commands(2**63 - 1) == "a"


def test_the_file_is_in_wal_mode(tmp_path, state):
    assert Database(tmp_path / "state.db").journal_mode == "wal"


def test_a_state_of_an_earlier_version_is_brought_up_to_date(tmp_path):
    """The first migration found no table of migrations; whatever stood beside it stays."""
    old = sqlite3.connect(tmp_path / "state.db")
    old.execute("create table kept (a)")
    old.execute("insert into kept values (1)")
    old.commit()
    old.close()
    opened = State.open(tmp_path / "state.db")
    opened.remember_synced_commands(1, "a")
    opened.close()
    db = Database(tmp_path / "state.db")
    assert [row["a"] for row in db["kept"].rows] == [1]
    assert opened is not None


def test_a_state_is_migrated_once(tmp_path):
    for _ in range(2):
        State.open(tmp_path / "state.db").close()
    db = Database(tmp_path / "state.db")
    applied = [row["name"] for row in db["_sqlite_migrations"].rows]
    assert applied
    assert len(applied) == len(set(applied))


def test_what_was_written_survives_a_kill(tmp_path):
    """No close, no checkpoint: the process is gone between two instructions."""
    script = (
        "import sys; from pathlib import Path; from bot.state import State\n"
        "state = State.open(Path(sys.argv[1]))\n"
        "state.remember_synced_commands(1, 'a')\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    file = tmp_path / "state.db"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    again = State.open(file)
    assert again.synced_commands(1) == "a"
    again.close()


@pytest.mark.parametrize("damage", [b"this is no database " * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_told_in_a_sentence_and_left_alone(tmp_path, damage):
    file = tmp_path / "state.db"
    file.write_bytes(damage)
    with pytest.raises(UserFacingError, match=r"state\.db cannot be used"):
        State.open(file)
    assert file.read_bytes() == damage


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path):
    with pytest.raises(UserFacingError, match="cannot be used"):
        State.open(tmp_path / "nowhere" / "state.db")


# The log of what was done to the collection

NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)

ADA = Actor("ada", 7, 1)


def test_an_action_is_logged_when_it_begins_and_when_it_ends(state):
    number = state.begin(ADA, Verb.RELOAD, NOON)
    assert state.actions() == [Action(number, NOON, ADA, Verb.RELOAD, Fate.BEGUN, "", "")]
    state.end(number, Fate.PREVIEWED, "abc", "2 added")
    state.end(number, Fate.SERVED)
    assert state.actions() == [Action(number, NOON, ADA, Verb.RELOAD, Fate.SERVED, "abc", "2 added")]
    later = state.begin(Actor("operator"), Verb.RELOAD, NOON, Fate.REFUSED)
    assert [action.number for action in state.actions()] == [later, number]
    assert [action.number for action in state.actions(after=number)] == [later]
    assert [action.number for action in state.actions(1)] == [later]


def test_who_brought_a_generation_on_loan_is_remembered(state):
    for generation, fate in [("a", Fate.SERVED), ("a", Fate.SERVED), ("b", Fate.CANCELLED)]:
        state.end(state.begin(ADA, Verb.RELOAD, NOON), fate, generation)
    last = state.last_served("a")
    assert last
    assert last.number == 2
    assert state.last_served("b") is None


def test_the_log_does_not_grow_for_ever(state, monkeypatch):
    monkeypatch.setattr("bot.state.actions.MAX_ACTIONS", 5)
    monkeypatch.setattr("bot.state.actions._WHOLE", 2)
    monkeypatch.setattr("bot.state.actions._BRIEF", 10)
    for _ in range(8):
        state.begin(ADA, Verb.CHECK, NOON, Fate.PROBLEMS, detail="x" * 100)
    assert [len(action.detail) for action in state.actions()] == [100, 100, 10, 10, 10]


def test_a_timer_that_comes_to_the_same_end_again_has_one_entry(state):
    for detail in ("x", "x", "y", "y", "x"):
        state.end(state.begin(Actor("operator"), Verb.RELOAD, NOON), Fate.PROBLEMS, detail=detail)
    assert [action.detail for action in state.actions()] == ["x", "y", "x"]
    for _ in range(2):
        state.end(state.begin(ADA, Verb.RELOAD, NOON), Fate.UNCHANGED)
    assert len(state.actions()) == 5, "what people do is all there"


def test_one_person_is_the_same_under_another_name_and_an_operator_is_nobody_else():
    assert ADA.is_same(Actor("Ada Berg", 7, 2))
    assert not ADA.is_same(Actor("ada", 8, 1))
    assert not Actor("operator").is_same(Actor("the bot itself"))
    assert Actor("operator").is_same(Actor("operator"))


def test_the_log_can_be_read_beside_the_process_that_writes_it(state, tmp_path):
    state.begin(ADA, Verb.RELOAD, NOON)
    with closing(reading(tmp_path / "state.db")) as beside:
        assert len(beside.actions()) == 1
        state.begin(ADA, Verb.RELOAD, NOON)
        assert len(beside.actions()) == 2
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            beside.begin(ADA, Verb.RELOAD, NOON)


def test_there_is_nothing_to_read_before_there_is_a_state(tmp_path):
    assert State.reading(tmp_path / "state.db") is None
    (tmp_path / "state.db").write_text("garbage" * 1000)
    with pytest.raises(UserFacingError, match="cannot be read"):
        State.reading(tmp_path / "state.db")


def reading(file: Path) -> State:
    opened = State.reading(file)
    assert opened
    return opened
