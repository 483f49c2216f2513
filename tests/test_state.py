"""What the bot must not forget survives whatever happens to the process."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from sqlite_utils import Database

from bot.errors import UserFacingError
from bot.state import State


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
