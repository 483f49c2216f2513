"""One process a data folder, and how a shell reaches it."""

import pytest

from bot import owner
from bot.errors import AlreadyRunning, UserFacingError
from bot.owner import owned


def test_a_data_folder_is_owned_by_one(tmp_path):
    with owned(tmp_path / "data"):
        with pytest.raises(AlreadyRunning, match="another On Record runs on"), owned(tmp_path / "data"):
            pass
        with owned(tmp_path / "other"):
            pass


def test_a_data_folder_is_given_back(tmp_path):
    for _ in range(2):
        with owned(tmp_path / "data"):
            pass
    with pytest.raises(RuntimeError), owned(tmp_path / "data"):
        raise RuntimeError
    with owned(tmp_path / "data"):
        pass


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "data").write_text("a file")
    cannot = pytest.raises(UserFacingError, match=r"cannot be written \(File exists\); set data.dir")
    with cannot, owned(tmp_path / "data"):
        pass


@pytest.mark.parametrize("left", [None, "1", "not a number"])
def test_where_none_runs_a_reload_says_so_and_no_signal_is_sent(tmp_path, monkeypatch, left):
    monkeypatch.setattr("os.kill", lambda *_: pytest.fail("a signal to a stranger"))
    (tmp_path / "data").mkdir()
    if left:
        (tmp_path / "data" / "running.pid").write_text(left)
    with pytest.raises(UserFacingError, match="no On Record runs on"):
        owner.reload(tmp_path / "data", tmp_path / "data" / "state.db")
    with owned(tmp_path / "data"):
        pass


def test_where_no_folder_is_a_reload_says_that_none_runs(tmp_path):
    with pytest.raises(UserFacingError, match="no On Record runs on"):
        owner.reload(tmp_path / "nowhere", tmp_path / "nowhere" / "state.db")


def test_an_owner_that_does_not_say_which_process_it_is_is_told(tmp_path):
    with owned(tmp_path):
        (tmp_path / "running.pid").unlink()
        with pytest.raises(UserFacingError, match="does not say as which process"):
            owner.reload(tmp_path, tmp_path / "state.db")
