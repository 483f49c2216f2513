"""What is served after a start: what was served before it, unless the seeds were edited by somebody who meant it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from bot import generations
from bot.corpus import seeds
from bot.errors import GenerationError, SeedProblems
from bot.generations import Current
from bot.library import Generation, Library, short
from bot.prepare import Request, prepare
from bot.settings import Settings
from bot.state import State
from bot.state.actions import OPERATOR, Fate, Verb

log = structlog.get_logger()


def open_at_start(settings: Settings, state: State, now: Callable[[], datetime]) -> Library:
    """The generation to answer from after a start.

    That is the one that was served last. Seeds that were edited since are taken up as an operator's reload would, but
    not where a rollback holds the one before, nor where somebody in the chat began to reload them and left it at that.

    Raises:
        SeedProblems: where nothing was served before, and the seeds have problems.
        GenerationError: where nothing was served before, and nothing can be written.
    """
    into = settings.generations
    named = generations.current(into)
    _settle(state, named)
    running = _last_good(into, named)
    fingerprint = seeds.fingerprint(settings.seeds.dir)
    wanted = generations.name_of(fingerprint) if fingerprint else ""
    if running and named and running.name == wanted == named.active:
        return _on_loan(running)
    if running and named and ((named.pinned and wanted != named.active) or _held_back(state, wanted)):
        log.warning("the seeds differ from what is served; a reload takes them up", generation=running.short)
        return _on_loan(running)
    try:
        return _on_loan(_taken_up(settings, state, running, now()))
    except (SeedProblems, GenerationError) as error:
        if not running:
            raise
        for line in str(error).splitlines():
            log.error("seed problem", problem=line)
        log.error("serving the last good generation", generation=running.short)
        return _on_loan(running)


def _settle(state: State, named: Current | None) -> None:
    """End what was under way when the process ended: it was served if it had been named, which is done first."""
    for action in state.actions():
        if action.fate in {Fate.BEGUN, Fate.PREVIEWED}:
            served = named and action.generation == named.active and action.action in {Verb.RELOAD, Verb.ROLLBACK}
            state.end(action.number, Fate.SERVED if served else Fate.INTERRUPTED)


def _last_good(into: Path, named: Current | None) -> Generation | None:
    """What was served last and can still be, or one of those before it."""
    for name in (named.active, *named.older) if named else ():
        try:
            return Generation.open(into / name)
        except GenerationError as error:
            log.error("generation damaged", generation=short(name), reason=str(error))
    return None


def _held_back(state: State, wanted: str) -> bool:
    """Whether the last reload, if in the chat, was of these seeds, or nobody knows of which, and was not confirmed."""
    last = next((action for action in state.actions() if action.action is Verb.RELOAD), None)
    unconfirmed = {Fate.INTERRUPTED, Fate.CANCELLED, Fate.EXPIRED}
    return bool(last and last.by.person and last.fate in unconfirmed and last.generation in {"", wanted})


def _taken_up(settings: Settings, state: State, running: Generation | None, now: datetime) -> Generation:
    into = settings.generations
    request = Request(
        settings.seeds.dir, into, running.name if running else "", settings.corrections.required, now.date()
    )
    prepared = prepare(request, lambda _: None)
    opened = Generation.open(into / prepared.generation)
    generations.activate(into, opened.name, keep=settings.data.keep)
    if running:
        running.close()
    state.begin(OPERATOR, Verb.START, now, Fate.SERVED, opened.name, prepared.summary if running else "")
    return opened


def _on_loan(generation: Generation) -> Library:
    totals = generation.corpus.totals()
    log.info("corpus open", generation=generation.short, statements=totals.statements, speakers=totals.speakers)
    return Library(generation)
