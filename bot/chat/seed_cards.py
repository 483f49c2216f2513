"""What a moderator sees of a reload: the problems, what would change, what is served. Sizes as in ``cards``."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import discord
from discord.ui import Item

from bot.chat.cards import MAX_DESCRIPTION, MAX_EMBED, MAX_FIELD, fitting, shortened
from bot.chat.markdown import plain
from bot.chat.presses import button
from bot.chat.replies import Reply
from bot.corpus.changes import Beside, Change, Changes, Listed
from bot.errors import Problem, SeedProblems
from bot.library import short
from bot.prepare import Prepared, Step
from bot.publisher import Preview, Status
from bot.state.actions import Action

CONFIRM, CANCEL = "serve", "leave"

_CALM: Final = discord.Colour(0x2F6F8F)
_ASKING: Final = discord.Colour(0xB7832F)
_WRONG: Final = discord.Colour(0xA23B3B)
_SPARE: Final = 200
"""Characters of an embed that are left to its title and footer."""


def told(step: Step) -> str:
    """How far it has got."""
    if not step.total:
        return f"{step.doing} …"
    # The total may have been guessed too low.
    return f"{step.doing} … {min(1, step.done / step.total):.0%} of about {max(step.total, step.done):,} statements"


def problems(found: SeedProblems, running: str) -> Reply:
    """Everything that is wrong, with file and line; as an attached file where it does not fit."""
    total = len(found.problems) + found.more
    title = f"{total:,} problem{'' if total == 1 else 's'}: nothing was changed"
    whole = "\n".join(_problem(problem, MAX_DESCRIPTION) for problem in found.problems)
    fits = not found.more and len(whole) <= MAX_DESCRIPTION
    brief = [_problem(problem, MAX_FIELD) for problem in found.problems]
    more = f"and {{}} more; the file has {'the first ' if found.more else 'all '}{len(found.problems):,}"
    shown = whole if fits else fitting(brief, MAX_DESCRIPTION, more, total)
    embed = discord.Embed(title=title, description=shown, colour=_WRONG)
    embed.set_footer(text=f"Generation {short(running)} goes on being served.")
    return Reply("", embed, attached=None if fits else ("problems.txt", f"{found}\n"))


def _problem(problem: Problem, limit: int) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"- **{plain(place)}** {plain(shortened(problem.message, limit))}"


def checked(prepared: Prepared, running: str) -> Reply:
    """That nothing is wrong, and what a reload would change."""
    if prepared.generation == running:
        embed = discord.Embed(
            title="No problem found", description="The files are what is served already.", colour=_CALM
        )
        return Reply("", embed, attached=_remarks_file(prepared.remarks))
    embed, lines = _changed("No problem found. A reload would serve this", prepared)
    return Reply("", embed, attached=_attached(lines, prepared.remarks))


def preview(found: Preview, asker: int) -> Reply:
    """What would change, and the buttons that decide."""
    embed, lines = _changed("Serve this?", found.prepared)
    embed.colour = _ASKING
    until = discord.utils.format_dt(found.until, "R")
    below: list[Item[Any]] = [
        button("Confirm", CONFIRM, asker, found.prepared.generation, primary=True),
        button("Cancel", CANCEL, asker, found.prepared.generation),
    ]
    content = f"Nothing is changed yet. This expires {until}."
    return Reply(content, embed, below, _attached(lines, found.prepared.remarks))


def unchanged(running: str) -> Reply:
    """That there is nothing to reload."""
    return Reply(f"The files are what is served already, generation {short(running)}. Nothing was changed.")


def served(found: Preview) -> Reply:
    """That it is served now."""
    embed, lines = _changed("Served from now on", found.prepared)
    return Reply("", embed, attached=_attached(lines, found.prepared.remarks))


def cancelled(running: str) -> Reply:
    """That everything stays."""
    return Reply(f"Cancelled. Nothing was changed; generation {short(running)} goes on being served.")


def expired(running: str) -> Reply:
    """That nobody confirmed it."""
    return Reply(
        f"Not confirmed in time. Nothing was changed; generation {short(running)} goes on being served. "
        "/seeds reload makes a new preview."
    )


def failed(error: Exception, running: str) -> Reply:
    """That it could not be served."""
    sentence = shortened(str(error), MAX_FIELD)
    return Reply(f"{plain(sentence)}\nGeneration {short(running)} goes on being served.")


def rolled_back(name: str) -> Reply:
    """What is served again."""
    return Reply(f"Back to generation {short(name)}. It stays, through restarts too, until the next /seeds reload.")


def _changed(title: str, prepared: Prepared) -> tuple[discord.Embed, list[str]]:
    """A card of the changes, and all their lines where the card has not room for them."""
    changes = prepared.changes
    embed = discord.Embed(title=title, colour=_CALM)
    embed.set_footer(text=f"Generation {short(prepared.generation)}")
    if changes is None:
        embed.description = "What is served now cannot be read, or is of another version: nobody can tell what changes."
        return embed, []
    counts = (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))
    embed.description = (
        f"Statements: {', '.join(f'{listed.total:,} {name}' for name, listed in counts)}."
        if any(listed.total for _, listed in counts)
        else "No statement changes."
    )
    whole = True
    sections = [(f"{name.capitalize()} ({listed.total:,})", _named(listed), listed.total) for name, listed in counts]
    sections.append(("By article", _by_article(changes), changes.articles.total))
    sections.append(("Beside them", [plain(_beside(entry)) for entry in changes.beside], len(changes.beside)))
    for name, lines, total in sections:
        value = fitting(lines, MAX_FIELD, "and {} more", total)
        if lines and len(embed) + len(name) + len(value) <= MAX_EMBED - _SPARE:
            embed.add_field(name=name, value=value, inline=False)
            whole &= len(lines) == total and value == "\n".join(lines)
        elif lines:
            whole = False
    return embed, [] if whole else list(_lines(changes))


def _named(listed: Listed[Change]) -> list[str]:
    return [f"{plain(change.id)} · {plain(_said_of(change))}" for change in listed.first]


def _said_of(change: Change) -> str:
    what = f" ({', '.join(change.what)})" if change.what else ""
    return f"{change.speaker}{what}"


def _by_article(changes: Changes) -> list[str]:
    return [
        f"{plain(article.outlet)}, {plain(shortened(article.title, 60))}: "
        f"{_counts(article.added, article.changed, article.removed)}"
        for article in changes.articles.first
    ]


def _beside(entry: Beside) -> str:
    return f"{entry.what}: {_counts(entry.added, entry.changed, entry.removed)}"


def _counts(added: int, changed: int, removed: int) -> str:
    counted = ((added, "added"), (changed, "changed"), (removed, "removed"))
    return ", ".join(f"{count:,} {what}" for count, what in counted if count)


def _lines(changes: Changes) -> Iterable[str]:
    """All that is known of the changes, as text."""
    for name, listed in (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed)):
        yield f"{name}: {listed.total:,}"
        yield from (f"  {change.id}  {_said_of(change)}  [{change.article}]" for change in listed.first)
        if listed.total > len(listed.first):
            yield f"  and {listed.total - len(listed.first):,} more"
    yield f"Articles: {changes.articles.total:,}"
    for article in changes.articles.first:
        yield f"  {article.id}  {_counts(article.added, article.changed, article.removed)}"
    yield from (f"Beside them, {_beside(entry)}" for entry in changes.beside)


def _attached(lines: Sequence[str], remarks: Sequence[Problem]) -> tuple[str, str] | None:
    if not lines:
        return _remarks_file(remarks)
    also = ["", "Remarks:", *map(str, remarks)] if remarks else []
    return "changes.txt", "\n".join([*lines, *also, ""])


def _remarks_file(remarks: Sequence[Problem]) -> tuple[str, str] | None:
    return ("remarks.txt", "".join(f"{remark}\n" for remark in remarks)) if remarks else None


def status(found: Status) -> Reply:
    """What is served, since when and by whose doing, and the last entries of the log."""
    embed = discord.Embed(title=f"Generation {short(found.generation)}", colour=_CALM if found.sound else _WRONG)
    totals = found.totals
    lines = [
        f"{totals.statements:,} statements by {totals.speakers:,} speakers on {totals.topics:,} topics, "
        f"from {totals.articles:,} articles; {totals.events:,} events; {found.bytes / 1e6:,.1f} MB.",
    ]
    if found.served:
        at = discord.utils.format_dt(found.served.at, "f")
        lines.append(f"Served since {at} ({plain(found.served.by.name)}, {found.served.action}).")
    if found.pinned:
        lines.append("Held by a rollback until the next reload.")
    if not found.sound:
        lines.append("**Its file is damaged or missing.** A reload of the same files builds it anew.")
    differ = {True: "not what is served; /seeds check tells more", False: "what is served", None: "not to be read"}
    lines.append(f"The files on disk are {differ[found.seeds_differ]}.")
    older = ", ".join(map(short, found.older))
    lines.append(f"A rollback leads to: {older}." if older else "There is nothing to roll back to.")
    if found.at_work:
        lines.append(plain(found.at_work))
    embed.description = "\n".join(lines)
    log = [_logged(action) for action in found.log]
    embed.add_field(name="Last actions", value=fitting(log, MAX_FIELD, "and {} more") or "None yet.", inline=False)
    return Reply("", embed)


def _logged(action: Action) -> str:
    at = discord.utils.format_dt(action.at, "f")
    generation = f" {short(action.generation)}" if action.generation else ""
    return f"{at} {plain(shortened(action.by.name, 40))}: {action.action}, {action.fate}{generation}"
