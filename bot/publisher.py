"""Publishing: a checked collection takes the place of the one on loan, or does not, and either is logged.

One at a time: who comes second is told who is at it. Whatever goes wrong, the generation on loan stays; and since
``current`` is written before the swap, a process that is killed at any moment comes back with the one or the other.
"""

import asyncio
import gc
import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot import generations
from bot.corpus import seeds
from bot.corpus.store import Totals
from bot.errors import GenerationError, NoLongerThere, NotNow, ProcessDied, SeedProblems, UserFacingError
from bot.library import Generation, Library, short
from bot.prepare import Prepared, Preparing, Request, Tell, in_a_process
from bot.settings import Settings
from bot.state import State
from bot.state.actions import ITSELF, OPERATOR, Action, Actor, Fate, Verb

log = structlog.get_logger()

LISTED: Final = 10
"""Entries of the log in a status."""

_LEAVE: Final = 60.0
"""Seconds after which nobody answers any more from a generation that was replaced."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A generation that waits for whoever asked for it to confirm it."""

    prepared: Prepared
    replaces: str
    """The generation it was compared with."""
    by: Actor
    until: datetime
    number: int
    """Of its entry in the log."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is served, and how it came about."""

    generation: str
    totals: Totals
    bytes: int
    pinned: bool
    older: tuple[str, ...]
    sound: bool
    """Whether its file is as it was built."""
    seeds_differ: bool | None
    """Whether the seeds on disk build another; None where they cannot be read."""
    served: Action | None
    at_work: str
    """Who is doing what right now; empty where nobody is."""
    log: tuple[Action, ...]


class Publisher:
    """Replaces the generation on loan, on behalf of somebody who may."""

    def __init__(
        self,
        library: Library,
        state: State,
        settings: Settings,
        now: Callable[[], datetime],
        preparing: Preparing = in_a_process,
    ) -> None:
        self._library = library
        self._state = state
        self._settings = settings
        self._now = now
        self._preparing = preparing
        self._at_work: tuple[Actor, Verb] | None = None
        self._preview: Preview | None = None
        self._rest_until: datetime | None = None
        self._checked = ""

    @property
    def _into(self) -> Path:
        return self._settings.generations

    def refuse(self, by: Actor, action: Verb) -> None:
        """Log that somebody tried what they may not do."""
        log.warning("moderation refused", action=action, user=by.person, guild=by.guild)
        with self._logging():
            self._state.begin(by, action, self._now(), Fate.REFUSED)

    async def check(self, by: Actor, tell: Tell) -> Prepared:
        """Say what is wrong with the seeds on disk, or what serving them would change.

        Raises:
            SeedProblems: everything that is wrong with them.
            NotNow: where somebody else is at it, or it is too soon.
            UserFacingError: where nobody can tell.
        """
        with self._working(by, Verb.CHECK) as number:
            prepared = await self._prepare(tell)
            self._end(number, Fate.FAULTLESS, prepared.generation, prepared.summary)
        self._checked = prepared.generation  # which a reload will ask for next
        await self._clear_away()
        return prepared

    async def prepare(self, by: Actor, tell: Tell) -> Preview | None:
        """Build the seeds on disk for a preview, to be confirmed; None where that changes nothing.

        Raises: as ``check`` does.
        """
        with self._working(by, Verb.RELOAD) as number:
            prepared = await self._prepare(tell)
            if await self._is_served(prepared):
                self._end(number, Fate.UNCHANGED, prepared.generation)
                return None
            self._end(number, Fate.PREVIEWED, prepared.generation, prepared.summary)
        until = self._now() + timedelta(seconds=self._settings.moderation.confirm_within)
        self._preview = Preview(prepared, self._library.generation.name, by, until, number)
        return self._preview

    async def confirm(self, by: Actor, generation: str) -> Preview:
        """Serve what was previewed.

        Args:
            by: whoever asked for the preview.
            generation: the name of the generation that was previewed.

        Raises:
            NoLongerThere: where the preview is over, or what it replaces is no longer what is served.
            GenerationError: where it cannot be opened or named; the one on loan stays.
        """
        preview = self._take(by, generation)
        self._at_work = (by, Verb.RELOAD)
        try:
            await self._serve(preview.prepared.generation)
        except UserFacingError as error:
            self._end(preview.number, Fate.FAILED, detail=str(error))
            raise
        except Exception:
            self._end(preview.number, Fate.FAILED)
            raise
        finally:
            self._at_work = None
        self._end(preview.number, Fate.SERVED)
        await self._clear_away()
        return preview

    async def cancel(self, by: Actor, generation: str) -> Preview:
        """Leave the generation on loan where it is.

        Raises:
            NoLongerThere: where the preview is over.
        """
        preview = self._take(by, generation)
        self._end(preview.number, Fate.CANCELLED)
        await self._clear_away()
        return preview

    def _take(self, by: Actor, generation: str) -> Preview:
        """The preview that is waiting, which nobody else can take now."""
        self._expire()
        preview = self._preview
        known = preview and preview.by.is_same(by) and preview.prepared.generation == generation
        if not preview or not known or self._at_work:
            raise NoLongerThere("This preview is over, and nothing was changed by it. /seeds reload makes a new one.")
        self._preview = None
        if preview.replaces != self._library.generation.name:
            self._end(preview.number, Fate.EXPIRED)
            raise NoLongerThere("Another generation is served by now. /seeds reload makes a new preview.")
        return preview

    async def expire(self, preview: Preview) -> bool:
        """End a preview that nobody confirmed in time; False where it has ended otherwise."""
        if self._preview is not preview:
            return False
        self._drop(Fate.EXPIRED)
        await self._clear_away()
        return True

    def _expire(self) -> None:
        if self._preview and self._now() >= self._preview.until:
            self._drop(Fate.EXPIRED)

    def _drop(self, fate: Fate) -> None:
        """End the preview that is waiting."""
        if self._preview:
            self._end(self._preview.number, fate)
            self._preview = None

    async def rollback(self, by: Actor) -> str:
        """Serve the generation before, and stay with it until the next reload; its name.

        Raises:
            NotNow: where somebody is at it.
            GenerationError: where there is none, or it is damaged and the seeds on disk would build another.
        """
        with self._working(by, Verb.ROLLBACK, rest=False) as number:
            named = generations.current(self._into)
            name = next((old for old in (named.older if named else ()) if old != self._library.generation.name), None)
            if name is None:
                raise GenerationError("There is no generation before this one to go back to.")
            self._end(number, Fate.BEGUN, name)
            rebuilt = await self._mend(name)
            opened = await self._open(name)
            await asyncio.to_thread(generations.pin, self._into, name)
            self._lend(opened)
            self._end(number, Fate.SERVED, name, "was damaged, rebuilt from the seeds" if rebuilt else "")
        return name

    async def _mend(self, name: str) -> bool:
        """Make sure that a generation is sound; whether it had to be built anew.

        Raises:
            GenerationError: where it is damaged, and the seeds on disk build another.
        """
        if await asyncio.to_thread(generations.is_sound, self._into / name):
            return False
        log.error("generation damaged", generation=short(name))
        fingerprint = await asyncio.to_thread(seeds.fingerprint, self._settings.seeds.dir)
        if not fingerprint or generations.name_of(fingerprint) != name:
            await asyncio.to_thread(generations.forget, self._into, name)
            raise GenerationError(
                f"The generation {short(name)} is damaged on disk, and the seeds as they are now would build another; "
                "nothing was changed. Put the seeds back as they were, and reload."
            )
        await self._prepare(lambda _: None)
        log.warning("generation rebuilt", generation=short(name))
        return True

    async def reload_at_once(self, by: Actor = OPERATOR) -> None:
        """Check, build and serve the seeds on disk, as an operator asks for it: without a preview. Never raises."""
        try:
            preview = await self.prepare(by, lambda _: None)
            if preview:
                await self.confirm(by, preview.prepared.generation)
        except UserFacingError as error:
            for line in str(error).splitlines():
                log.error("reload refused", reason=line)
        except Exception:
            log.exception("reload failed")

    async def look_after(self) -> None:
        """Build the generation on loan anew if its file was damaged meanwhile. Never raises."""
        name = self._library.generation.name
        if self._at_work is not None or await asyncio.to_thread(generations.is_sound, self._into / name):
            return
        try:
            with self._working(ITSELF, Verb.REPAIR, rest=False) as number:
                await self._mend(name)
                self._lend(await self._open(name))
                self._end(number, Fate.SERVED, name, "was damaged, rebuilt from the seeds")
        except UserFacingError as error:
            log.error("generation cannot be repaired", generation=short(name), reason=str(error))

    async def status(self) -> Status:
        """What is served, and what was done lately."""
        self._expire()
        generation = self._library.generation
        folder = self._into / generation.name
        sound, fingerprint = await asyncio.gather(
            asyncio.to_thread(generations.is_sound, folder),
            asyncio.to_thread(seeds.fingerprint, self._settings.seeds.dir),
        )
        named = generations.current(self._into)
        size = 0
        with suppress(OSError):
            size = (folder / generations.CORPUS).stat().st_size
        return Status(
            generation=generation.name,
            totals=generation.corpus.totals(),
            bytes=size,
            pinned=bool(named and named.pinned),
            older=named.older if named else (),
            sound=sound,
            seeds_differ=generations.name_of(fingerprint) != generation.name if fingerprint else None,
            served=self._state.last_served(generation.name),
            at_work=self._busy(),
            log=tuple(self._state.actions(LISTED)),
        )

    # Taking turns

    @contextmanager
    def _working(self, by: Actor, action: Verb, *, rest: bool = True) -> Iterator[int]:
        """Do something that nobody else may do at the same time; its number in the log.

        Raises:
            NotNow: where somebody else is at it, or the machine is to have a rest.
        """
        begun = self._now()
        self._wait_for_turn(by, action, rest=rest)
        with self._logging():
            number = self._state.begin(by, action, begun)
        self._at_work = (by, action)
        log.info("moderation", action=action, user=by.person, name=by.name, guild=by.guild)
        try:
            yield number
        except SeedProblems as found:
            self._end(number, Fate.PROBLEMS, detail=str(found))
            raise
        except UserFacingError as error:
            if isinstance(error, ProcessDied):
                log.error("preparing died", last_words=error.last_words)
            self._end(number, Fate.FAILED, detail=str(error))
            raise
        except Exception:
            self._end(number, Fate.FAILED)
            raise  # where it is given up since the process ends, the next start finds out how far it got
        finally:
            self._at_work = None
            if rest and by.person is not None:
                took = self._now() - begun
                self._rest_until = self._now() + max(took, timedelta(seconds=self._settings.moderation.cooldown))

    def _wait_for_turn(self, by: Actor, action: Verb, *, rest: bool) -> None:
        self._expire()
        if self._preview and self._preview.by.is_same(by) and not self._at_work:
            self._drop(Fate.CANCELLED)
        reason = self._busy()
        if not reason and rest and by.person is not None and self._rest_until and self._now() < self._rest_until:
            seconds = (self._rest_until - self._now()).total_seconds()
            reason = f"The machine has a rest after the last one: try again in {math.ceil(seconds)} s."
        if reason:
            with self._logging():
                self._state.begin(by, action, self._now(), Fate.WAITING, detail=reason)
            raise NotNow(reason)

    def _busy(self) -> str:
        """Who is at it; empty where nobody is."""
        if self._at_work:
            who, action = self._at_work
            return f"{who.name} is at it right now ({action}). Try again when that is done."
        if self._preview:
            return (
                f"{self._preview.by.name} has a reload open that waits to be confirmed or cancelled. "
                f"It expires at {self._preview.until:%H:%M} UTC."
            )
        return ""

    @contextmanager
    def _logging(self) -> Iterator[None]:
        """Nothing is done that cannot be logged."""
        try:
            yield
        except sqlite3.Error as error:
            log.error("the log of actions cannot be written", error=str(error))
            raise UserFacingError(
                f"The log of moderators' actions cannot be written ({error}), so nothing was changed. "
                "Is there room left below data.dir?"
            ) from error

    def _end(self, number: int, fate: Fate, generation: str = "", detail: str = "") -> None:
        """Log what came of an action. What is done is done, so a log that cannot be written stops nothing here."""
        log.info("moderation ended", number=number, fate=str(fate), generation=short(generation))
        try:
            self._state.end(number, fate, generation, detail)
        except sqlite3.Error as error:
            log.error("the log of actions cannot be written", error=str(error))

    # What is below

    async def _prepare(self, tell: Tell) -> Prepared:
        running = self._library.generation.name
        request = Request(
            seeds=self._settings.seeds.dir,
            into=self._into,
            running=running,
            corrections_required=self._settings.corrections.required,
            today=self._now().date(),
        )
        return await self._preparing(request, tell)

    async def _is_served(self, prepared: Prepared) -> bool:
        """Whether this is the generation on loan, which is then no longer held by a rollback."""
        if prepared.generation != self._library.generation.name:
            return False
        if prepared.rebuilt:
            log.warning("generation rebuilt", generation=short(prepared.generation))
            await self._serve(prepared.generation)
        else:
            await asyncio.to_thread(
                generations.activate, self._into, prepared.generation, keep=self._settings.data.keep
            )
        return True

    async def _serve(self, name: str) -> None:
        """Put a generation on loan. First it is named, so that a restart finds what was served last."""
        opened = await self._open(name)
        await asyncio.to_thread(generations.activate, self._into, name, keep=self._settings.data.keep)
        self._lend(opened)

    async def _open(self, name: str) -> Generation:
        """Open a generation beside whoever asks for something.

        The garbage collector would look at all of it again and again while it grows, and stop the loop for that; and
        what is on loan stays, so it is not looked at afterwards either.
        """
        gc.disable()
        try:
            opened = await asyncio.to_thread(Generation.open, self._into / name)
        finally:
            gc.freeze()
            gc.enable()
        return opened

    def _lend(self, opened: Generation) -> None:
        before = self._library.swap(opened)
        log.info("generation served", generation=opened.short, before=before.short)
        loop = asyncio.get_running_loop()
        loop.call_later(_LEAVE, loop.run_in_executor, None, before.close)

    async def _clear_away(self) -> None:
        """Remove the generations that nobody will go back to."""
        wanted = [self._library.generation.name, self._checked]
        if self._preview:
            wanted.append(self._preview.prepared.generation)
        await asyncio.to_thread(generations.prune, self._into, wanted)
