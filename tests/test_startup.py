"""What was served before a start is served after it, unless the seeds were edited by somebody who meant it."""

import pytest

from bot import generations
from bot.errors import NoLongerThere, SeedProblems
from bot.generations import Current
from bot.settings import load
from bot.startup import open_at_start
from bot.state.actions import Fate, Verb
from tests.desk import ADA, NOON, STARTED, Clock, spoil
from tests.seedfiles import COURIER, HERALD, alter


def test_the_first_start_builds(desk):
    assert desk.answers_via() == "Port Agency"
    assert generations.current(desk.into) == Current(desk.served)
    assert desk.log() == [STARTED]


def test_seeds_that_were_edited_while_it_was_away_are_taken_up(desk):
    desk.via("Quay Agency")
    desk.start()
    assert desk.answers_via() == "Quay Agency"
    assert desk.state.actions(1)[0].detail == "0 added, 1 changed, 0 removed"


def test_seeds_that_change_in_silence_what_was_shown_are_not(desk, logged):
    alter(desk.folder, COURIER, "said: 2018-07-01", "said: 2018-07-02")
    first = desk.served
    desk.start()
    assert desk.served == first
    assert any("corrected: {on: " in event.get("problem", "") for event in logged)
    assert "serving the last good generation" in [event["event"] for event in logged]


def test_bad_seeds_leave_the_last_good_generation_on_loan_and_say_so(desk, logged):
    desk.break_()
    desk.start()
    assert desk.answers_via() == "Port Agency"
    told = [event for event in logged if event["log_level"] == "error"]
    assert [event["event"] for event in told] == ["seed problem", "serving the last good generation"]
    assert "herald.yaml:" in told[0]["problem"]


def test_bad_seeds_without_a_good_generation_cannot_be_served(tmp_path, small_seeds, state):
    alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    settings = load(data={"dir": tmp_path / "data"}, seeds={"dir": small_seeds})
    with pytest.raises(SeedProblems, match="there is no speaker “nobody”"):
        open_at_start(settings, state, Clock())


def test_a_damaged_generation_is_built_anew_at_a_start(desk, logged):
    spoil(desk.into / desk.served)
    first = desk.served
    desk.start()
    assert desk.served == first
    assert generations.is_sound(desk.into / first)
    assert "generation damaged" in [event["event"] for event in logged]


async def test_where_it_cannot_be_built_anew_the_one_before_is_served(desk):
    first = desk.served
    desk.via("Quay Agency")
    await desk.reload()
    spoil(desk.into / desk.served)
    desk.break_()
    desk.start()
    assert desk.served == first


@pytest.mark.parametrize("decision", ["none", "cancelled", "expired"])
async def test_what_nobody_confirmed_is_not_served_by_a_restart(desk, decision):
    first = desk.served
    desk.via("Quay Agency")
    preview = await desk.previewed()
    if decision == "cancelled":
        await desk.publisher.cancel(ADA, preview.prepared.generation)
    elif decision == "expired":
        await desk.publisher.expire(preview)
    desk.start()
    assert desk.served == first
    with pytest.raises(NoLongerThere):
        await desk.publisher.confirm(ADA, preview.prepared.generation)
    desk.via("Sea Agency")
    desk.start()
    assert desk.answers_via() == "Sea Agency", "other seeds than those that were looked at"


async def test_what_was_named_before_the_process_died_is_served_and_logged_so(desk):
    desk.via("Quay Agency")
    preview = await desk.previewed()
    generations.activate(desk.into, preview.prepared.generation, keep=3)  # and then it was killed
    desk.start()
    assert desk.answers_via() == "Quay Agency"
    assert desk.log()[1:] == [("ada", "reload", Fate.SERVED)]


def test_what_was_under_way_when_the_process_died_is_logged_as_cut_off(desk):
    desk.state.begin(ADA, Verb.RELOAD, NOON)
    desk.via("Quay Agency")
    first = desk.served
    desk.start()
    assert desk.served == first, "nobody knows of what, so nothing is taken up"
    assert desk.log()[-1] == ("ada", "reload", Fate.INTERRUPTED)


async def test_a_reload_from_a_shell_lets_go_of_what_was_held_back(desk):
    desk.state.begin(ADA, Verb.RELOAD, NOON)
    desk.via("Quay Agency")
    desk.start()
    await desk.publisher.reload_at_once()
    desk.via("Sea Agency")
    desk.start()
    assert desk.answers_via() == "Sea Agency"
