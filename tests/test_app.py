"""The composition root: one process a data folder, and the best generation there is."""

import pytest

from bot import app, library
from bot.corpus import seeds
from bot.errors import AlreadyRunning, SeedProblems, UserFacingError
from bot.settings import load


@pytest.fixture
def settings(tmp_path, small_seeds):
    return load(data={"dir": tmp_path / "data"}, seeds={"dir": small_seeds})


def test_a_data_folder_is_owned_by_one(tmp_path):
    with app.owned(tmp_path / "data"):
        with pytest.raises(AlreadyRunning, match="another On Record runs on"), app.owned(tmp_path / "data"):
            pass
        with app.owned(tmp_path / "other"):
            pass


def test_a_data_folder_is_given_back(tmp_path):
    for _ in range(2):
        with app.owned(tmp_path / "data"):
            pass
    with pytest.raises(RuntimeError), app.owned(tmp_path / "data"):
        raise RuntimeError
    with app.owned(tmp_path / "data"):
        pass


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "data").write_text("a file")
    cannot = pytest.raises(UserFacingError, match=r"cannot be written \(File exists\); set data.dir")
    with cannot, app.owned(tmp_path / "data"):
        pass


def test_good_seeds_are_served(settings, logged):
    generation = app.open_library(settings).generation
    assert generation.corpus.collection.title == "Harbour talks"
    assert [event["event"] for event in logged] == ["corpus open"]


def test_bad_seeds_without_a_good_generation_cannot_be_served(settings, small_seeds):
    break_(small_seeds)
    with pytest.raises(SeedProblems, match=r"topics.yaml:1: "):
        app.open_library(settings)


def test_bad_seeds_leave_the_last_good_generation_on_loan_and_say_so(settings, small_seeds, logged):
    good = app.open_library(settings).generation.name
    logged.clear()
    break_(small_seeds)
    assert app.open_library(settings).generation.name == good
    assert [(event["log_level"], event["event"]) for event in logged][:-1] == [
        *[("error", "seed problem")] * (len(logged) - 2),
        ("error", "serving the last good generation"),
    ]
    assert any("topics.yaml:1: " in event.get("problem", "") for event in logged)


def break_(folder):
    (folder / "topics.yaml").write_text("topics: nonsense\n")


def test_everything_is_built_once_and_handed_on(generation, state, now):
    client = app.compose(library.Library(generation), state, now)
    assert client.intents.value == 1
    assert client.allowed_mentions
    assert not any((client.allowed_mentions.everyone, client.allowed_mentions.users, client.allowed_mentions.roles))
    assert str(client.activity) == f"/quote · {generation.corpus.collection.title}"


def test_two_bots_share_nothing(generation, state, now):
    """Not even the handlers of their buttons."""
    one, other = (app.compose(library.Library(generation), state, now) for _ in range(2))
    assert one._presses is not other._presses
    assert one._presses._handlers.keys() == other._presses._handlers.keys()


def test_the_clock_knows_its_zone():
    assert app.utc_now().utcoffset() is not None


def test_a_generation_is_published_where_the_settings_say(settings, small_seeds):
    generation = app.open_library(settings).generation
    published = library.publish(seeds.load(small_seeds), settings.generations)
    assert published.name == generation.name
    assert published.parent == settings.data.dir / "generations"
