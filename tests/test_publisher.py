"""A collection takes the place of the one on loan whole, one at a time, or not at all; and either is logged."""

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
from typing import Any

import pytest

from bot import generations, prepare
from bot.errors import GenerationError, NoLongerThere, NotNow, ProcessDied, SeedProblems, UserFacingError
from bot.generations import Current
from bot.library import Library
from bot.prepare import Step
from bot.settings import load
from bot.state.actions import OPERATOR, Fate, Verb
from tests.desk import ADA, OLE, STARTED, Desk, spoil
from tests.seedfiles import HERALD, alter

# Reloads


async def test_a_reload_is_previewed_confirmed_served_and_logged(desk):
    first = desk.served
    desk.via("Quay Agency")
    preview = await desk.previewed()
    assert desk.answers_via() == "Port Agency", "nothing changes before it is confirmed"
    assert preview.prepared.changes
    assert [change.id for change in preview.prepared.changes.changed.first] == ["berg-2017-05-04-cranes"]
    assert desk.state.actions(1)[0].fate is Fate.PREVIEWED
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Quay Agency"
    assert generations.current(desk.into) == Current(desk.served, older=(first,))
    assert desk.log() == [STARTED, ("ada", "reload", Fate.SERVED)]
    assert desk.state.actions(1)[0].generation == desk.served
    assert desk.state.actions(1)[0].detail == "0 added, 1 changed, 0 removed"
    assert {step.doing for step in desk.steps} == {"Checking", "Building"}


async def test_seeds_that_are_what_is_served_change_nothing(desk):
    desk.clock.pass_by(minutes=1)
    assert await desk.publisher.prepare(ADA, desk.steps.append) is None
    assert desk.log() == [STARTED, ("ada", "reload", Fate.UNCHANGED)]


async def test_seeds_with_problems_are_refused_and_what_is_served_stays(desk):
    first = desk.served
    desk.break_()
    with pytest.raises(SeedProblems, match=r"articles/2017-05-04-herald.yaml:\d+: .*there is no speaker “nobody”"):
        await desk.previewed()
    assert desk.served == first
    last = desk.state.actions(1)[0]
    assert last.fate is Fate.PROBLEMS
    assert "there is no speaker “nobody”" in last.detail
    desk.mend()
    desk.via("Quay Agency")
    await desk.reload()
    assert desk.answers_via() == "Quay Agency"


async def test_what_was_shown_changes_only_with_a_correction(desk):
    alter(desk.folder, HERALD, "and we need them now.", "and we need them soon.")
    with pytest.raises(SeedProblems, match=r"corrected: \{on: 2026-12-06, was: "):
        await desk.previewed()
    alter(
        desk.folder,
        HERALD,
        "    via: Port Agency",
        "    via: Port Agency\n    corrected: {on: 2026-12-06, was: now, why: misheard}",
    )
    await desk.reload()
    assert desk.library.generation.corpus.totals().corrections == 3


async def test_where_no_correction_is_required_it_changes_all_the_same(tmp_path, small_seeds, state):
    settings = load(data={"dir": tmp_path / "data"}, seeds={"dir": small_seeds}, corrections={"required": False})
    desk = Desk(settings, state)
    alter(desk.folder, HERALD, "and we need them now.", "and we need them soon.")
    preview = await desk.previewed()
    assert preview.prepared.changes
    assert preview.prepared.changes.uncorrected.total == 1
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    desk.library.generation.close()


async def test_a_preview_can_be_cancelled(desk):
    first = desk.served
    desk.via("Quay Agency")
    preview = await desk.previewed()
    await desk.publisher.cancel(ADA, preview.prepared.generation)
    assert desk.served == first
    assert desk.log()[-1] == ("ada", "reload", Fate.CANCELLED)
    assert desk.on_disk() == {first}
    with pytest.raises(NoLongerThere, match="This preview is over"):
        await desk.publisher.confirm(ADA, preview.prepared.generation)


async def test_a_preview_expires(desk):
    first = desk.served
    desk.via("Quay Agency")
    preview = await desk.previewed()
    desk.clock.pass_by(seconds=desk.settings.moderation.confirm_within)
    with pytest.raises(NoLongerThere, match="This preview is over"):
        await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.served == first
    assert desk.log()[-1] == ("ada", "reload", Fate.EXPIRED)
    assert not await desk.publisher.expire(preview), "it has ended already"
    another = await desk.previewed()
    assert await desk.publisher.expire(another)
    assert desk.on_disk() == {first}


async def test_nobody_else_confirms_or_cancels(desk):
    desk.via("Quay Agency")
    preview = await desk.previewed()
    for decide in (desk.publisher.confirm, desk.publisher.cancel):
        with pytest.raises(NoLongerThere):
            await decide(OLE, preview.prepared.generation)
    with pytest.raises(NoLongerThere):
        await desk.publisher.confirm(ADA, "0" * 16)
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Quay Agency"


async def test_the_second_moderator_is_told_who_is_at_it(desk):
    desk.via("Quay Agency")
    working = asyncio.create_task(desk.previewed())
    await asyncio.sleep(0.1)
    with pytest.raises(NotNow, match=r"ada is at it right now \(reload\)"):
        await desk.publisher.prepare(OLE, desk.steps.append)
    preview = await working
    for attempt in (desk.publisher.prepare(OLE, desk.steps.append), desk.publisher.rollback(OLE)):
        with pytest.raises(NotNow, match=r"ada has a reload open .* expires at 12:06 UTC"):
            await attempt
    assert [entry[2] for entry in desk.log() if entry[0] == "ole"] == [Fate.WAITING] * 3
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Quay Agency"


async def test_a_second_reload_by_the_same_takes_the_place_of_the_first_preview(desk):
    desk.via("Quay Agency")
    first = await desk.previewed()
    desk.via("Sea Agency")
    await desk.reload()
    assert desk.answers_via() == "Sea Agency"
    assert desk.log()[1:] == [("ada", "reload", Fate.CANCELLED), ("ada", "reload", Fate.SERVED)]
    with pytest.raises(NoLongerThere):
        await desk.publisher.confirm(ADA, first.prepared.generation)


async def test_nobody_can_keep_the_machine_busy(desk):
    desk.clock.pass_by(minutes=1)
    await desk.publisher.check(ADA, desk.steps.append)
    with pytest.raises(NotNow, match="try again in 5 s"):
        await desk.publisher.check(OLE, desk.steps.append)
    desk.clock.pass_by(seconds=5)
    await desk.publisher.check(OLE, desk.steps.append)
    with pytest.raises(NotNow):
        await desk.publisher.prepare(ADA, desk.steps.append)
    await desk.publisher.reload_at_once()
    assert desk.log()[-1] == ("operator", "reload", Fate.UNCHANGED), "a shell waits for nobody"


async def test_a_long_one_is_followed_by_a_long_rest(desk):
    def tell(_: Step) -> None:
        desk.clock.pass_by(seconds=30)

    desk.clock.pass_by(minutes=1)
    begun = desk.clock.now
    await desk.publisher.check(ADA, tell)
    took = (desk.clock.now - begun).total_seconds()
    assert took >= 30
    with pytest.raises(NotNow, match=f"try again in {took:.0f} s"):
        await desk.publisher.check(ADA, tell)


async def test_a_check_tells_what_a_reload_would_change_and_changes_nothing(desk):
    first = desk.served
    desk.via("Quay Agency")
    desk.clock.pass_by(minutes=1)
    prepared = await desk.publisher.check(ADA, desk.steps.append)
    assert prepared.changes
    assert prepared.changes.changed.total == 1
    assert desk.served == first
    assert generations.current(desk.into) == Current(first)
    desk.break_()
    desk.clock.pass_by(minutes=1)
    with pytest.raises(SeedProblems):
        await desk.publisher.check(ADA, desk.steps.append)
    assert desk.log()[1:] == [("ada", "check", Fate.FAULTLESS), ("ada", "check", Fate.PROBLEMS)]


async def test_who_may_not_is_logged(desk, logged):
    desk.publisher.refuse(OLE, Verb.RELOAD)
    assert desk.log()[-1] == ("ole", "reload", Fate.REFUSED)
    assert logged[-1]["event"] == "moderation refused"


async def test_only_so_many_generations_are_kept(desk):
    for number in range(5):
        desk.via(f"Agency {number}")
        await desk.reload()
    named = generations.current(desk.into)
    assert named
    assert desk.on_disk() == {named.active, *named.older}
    assert len(desk.on_disk()) == 3


# Rollbacks


async def test_a_rollback_serves_what_was_served_before_until_the_next_reload(desk):
    first = desk.served
    desk.via("Quay Agency")
    second = await desk.reload()
    assert await desk.publisher.rollback(OLE) == first
    assert desk.answers_via() == "Port Agency"
    for _ in range(2):
        desk.start()
        assert desk.served == first, "a restart changes nothing about it"
    assert (await desk.publisher.status()).pinned
    assert await desk.reload() == second
    assert not (await desk.publisher.status()).pinned
    assert [entry[:2] for entry in desk.log()[1:]] == [("ada", "reload"), ("ole", "rollback"), ("ada", "reload")]
    assert {entry[2] for entry in desk.log()} == {Fate.SERVED}


async def test_a_rollback_goes_further_back_each_time_until_there_is_nothing(desk):
    first = desk.served
    desk.via("Quay Agency")
    second = await desk.reload()
    desk.via("Sea Agency")
    await desk.reload()
    assert await desk.publisher.rollback(ADA) == second
    assert await desk.publisher.rollback(ADA) == first
    with pytest.raises(GenerationError, match="no generation before this one"):
        await desk.publisher.rollback(ADA)
    assert desk.served == first
    assert desk.log()[-1] == ("ada", "rollback", Fate.FAILED)


async def test_a_reload_of_what_a_rollback_went_back_to_lets_go_of_it(desk):
    desk.via("Quay Agency")
    await desk.reload()
    await desk.publisher.rollback(ADA)
    desk.via("Port Agency")
    desk.clock.pass_by(minutes=1)
    assert await desk.publisher.prepare(ADA, desk.steps.append) is None
    assert not (await desk.publisher.status()).pinned


# Damage


async def test_a_damaged_generation_to_go_back_to_is_built_anew_from_the_same_seeds(desk, logged):
    first = desk.served
    desk.via("Quay Agency")
    await desk.reload()
    spoil(desk.into / first)
    desk.via("Port Agency")
    assert await desk.publisher.rollback(ADA) == first
    assert generations.is_sound(desk.into / first)
    assert "was damaged, rebuilt from the seeds" in desk.state.actions(1)[0].detail
    assert {"generation damaged", "generation rebuilt"} <= {event["event"] for event in logged}


async def test_a_damaged_generation_of_other_seeds_is_not_gone_back_to(desk):
    first = desk.served
    desk.via("Quay Agency")
    second = await desk.reload()
    spoil(desk.into / first)
    with pytest.raises(GenerationError, match="damaged on disk, and the seeds as they are now would build another"):
        await desk.publisher.rollback(ADA)
    assert desk.served == second
    with pytest.raises(GenerationError, match="no generation before this one"):
        await desk.publisher.rollback(ADA)


async def test_a_generation_that_is_damaged_while_it_is_served_is_told_and_built_anew(desk, logged):
    spoil(desk.into / desk.served)
    assert not (await desk.publisher.status()).sound
    await desk.publisher.look_after()
    assert (await desk.publisher.status()).sound
    assert desk.log()[-1] == ("the bot itself", "repair", Fate.SERVED)
    assert "generation damaged" in [event["event"] for event in logged]
    before = desk.log()
    await desk.publisher.look_after()
    assert desk.log() == before


async def test_a_damaged_generation_that_cannot_be_built_anew_goes_on_being_served(desk, logged):
    desk.break_()
    spoil(desk.into / desk.served)
    await desk.publisher.look_after()
    assert desk.answers_via() == "Port Agency"
    assert logged[-1]["event"] == "generation cannot be repaired"


async def test_a_reload_of_the_same_seeds_mends_what_is_damaged(desk):
    spoil(desk.into / desk.served)
    desk.clock.pass_by(minutes=1)
    assert await desk.publisher.prepare(ADA, desk.steps.append) is None
    assert (await desk.publisher.status()).sound


async def test_a_generation_that_is_gone_is_no_reason_to_refuse_a_reload(desk):
    shutil.rmtree(desk.into / desk.served)
    desk.via("Quay Agency")
    preview = await desk.previewed()
    assert preview.prepared.changes is None, "nobody can tell"
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Quay Agency"


# Things that go wrong meanwhile


@pytest.fixture
def processes(monkeypatch) -> list[asyncio.subprocess.Process]:
    """Every process that is started."""
    started: list[asyncio.subprocess.Process] = []
    real = asyncio.create_subprocess_exec

    async def start(*command: Any, **options: Any) -> asyncio.subprocess.Process:
        started.append(await real(*command, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    return started


async def started(processes: list[asyncio.subprocess.Process]) -> None:
    while not processes:  # noqa: ASYNC110 -- the process is started by code that knows of no event
        await asyncio.sleep(0.01)


async def test_a_worker_that_is_killed_changes_nothing_and_the_next_succeeds(desk, processes):
    first = desk.served
    desk.via("Quay Agency")
    with pytest.raises(ProcessDied, match="was killed by signal 9; nothing was changed"):
        await desk.publisher.prepare(ADA, lambda _: processes[-1].kill())
    assert desk.served == first
    assert desk.log()[-1] == ("ada", "reload", Fate.FAILED)
    await desk.reload()
    assert desk.answers_via() == "Quay Agency"


async def test_a_worker_ends_with_the_bot_that_started_it(desk, processes):
    """Its input closes when the bot is gone, however it went."""
    working = asyncio.create_task(desk.previewed())
    await started(processes)
    os.kill(processes[0].pid, signal.SIGSTOP)
    stdin = processes[0].stdin
    assert stdin
    stdin.close()
    os.kill(processes[0].pid, signal.SIGCONT)
    with contextlib.suppress(UserFacingError):
        await working
    assert processes[0].returncode is not None


async def test_a_worker_that_hangs_is_stopped(desk, processes, monkeypatch):
    monkeypatch.setattr(prepare, "PATIENCE", 0.05)
    desk.via("Quay Agency")
    with pytest.raises(UserFacingError, match="It took longer than"):
        await desk.previewed()
    assert processes[0].returncode is not None


async def test_a_reload_that_is_given_up_ends_its_worker(desk, processes):
    desk.via("Quay Agency")
    working = asyncio.create_task(desk.previewed())
    await started(processes)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert processes[0].returncode is not None
    desk.start()
    assert desk.log()[-1] == ("ada", "reload", Fate.INTERRUPTED)


async def test_the_worker_is_not_told_the_token(desk, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    given: dict[str, str] = {}
    real = asyncio.create_subprocess_exec

    async def start(*command: Any, **options: Any) -> asyncio.subprocess.Process:
        given.update(options["env"])
        return await real(*command, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    desk.via("Quay Agency")
    await desk.previewed()
    assert given
    assert "DISCORD_TOKEN" not in given


@pytest.mark.parametrize("gone", ["missing", "a file"])
async def test_a_folder_that_is_no_longer_there_is_a_problem_like_any_other(desk, gone):
    shutil.rmtree(desk.folder)
    if gone == "a file":
        desk.folder.write_text("not a folder")
    with pytest.raises(SeedProblems, match="seeds: is not a folder"):
        await desk.previewed()
    status = await desk.publisher.status()
    assert status.seeds_differ is None
    assert desk.answers_via() == "Port Agency"


async def test_nothing_is_done_that_cannot_be_logged(desk, monkeypatch):
    def full(*_: Any, **__: Any) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    desk.via("Quay Agency")
    monkeypatch.setattr(desk.state, "begin", full)
    with pytest.raises(UserFacingError, match=r"cannot be written .*disk is full.*nothing was changed"):
        await desk.previewed()
    assert desk.answers_via() == "Port Agency"


async def test_what_is_done_is_done_even_where_the_log_fails_then(desk, monkeypatch, logged):
    def full(*_: Any, **__: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    desk.via("Quay Agency")
    preview = await desk.previewed()
    monkeypatch.setattr(desk.state, "end", full)
    await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Quay Agency"
    assert "the log of actions cannot be written" in [event["event"] for event in logged]


async def test_a_generation_that_cannot_be_named_is_not_served(desk, monkeypatch):
    desk.via("Quay Agency")
    preview = await desk.previewed()

    def full(*_: Any, **__: Any) -> None:
        raise GenerationError("a generation cannot be written (No space left on device)")

    monkeypatch.setattr(generations, "activate", full)
    with pytest.raises(GenerationError, match="No space left"):
        await desk.publisher.confirm(ADA, preview.prepared.generation)
    assert desk.answers_via() == "Port Agency"
    assert desk.log()[-1] == ("ada", "reload", Fate.FAILED)


async def test_a_bug_of_ours_leaves_nobody_locked_out(desk, monkeypatch):
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    desk.via("Quay Agency")
    with monkeypatch.context() as patched:
        patched.setattr(desk.publisher, "_preparing", broken)
        with pytest.raises(ZeroDivisionError):
            await desk.previewed()
        await desk.publisher.reload_at_once()
    assert await desk.reload()


# From a shell


async def test_an_operator_reloads_at_once(desk):
    desk.via("Quay Agency")
    await desk.publisher.reload_at_once()
    assert desk.answers_via() == "Quay Agency"
    desk.break_()
    await desk.publisher.reload_at_once()
    assert desk.answers_via() == "Quay Agency"
    assert desk.log()[1:] == [("operator", "reload", Fate.SERVED), ("operator", "reload", Fate.PROBLEMS)]


async def test_a_library_on_loan_goes_on_answering_from_one_generation(desk):
    """What was taken before a swap is whole after it."""
    before = desk.library.generation
    desk.via("Quay Agency")
    await desk.reload()
    assert isinstance(desk.library, Library)
    assert before.corpus.totals().statements == desk.library.generation.corpus.totals().statements
    assert OPERATOR.person is None
