"""``onrecord check``, ``build``, ``reload`` and ``log``: the seeds, what is made of them, and what was done to them."""

import contextlib
import json
from pathlib import Path

import click

from bot import generations, settings
from bot.cli.shared import FOLDER, progress
from bot.corpus import seeds as seed_files
from bot.corpus import verbatim
from bot.corpus.seeds import Seeds
from bot.errors import GenerationError, SeedProblems, UserFacingError
from bot.state import State
from bot.state.actions import Action, Fate


@click.command()
@click.option("--seeds", "folder", type=FOLDER, help="The folder to check; by default the settings' own.")
@click.option(
    "--articles",
    type=FOLDER,
    envvar="ONRECORD_ARTICLES",
    show_envvar=True,
    help="A folder with the articles' plain texts, to hold every quotation against.",
)
def check(folder: Path | None, articles: Path | None) -> None:
    """Name everything that is wrong with the seeds, a line each."""
    found = _load(folder or settings.load().seeds.dir)
    problems = verbatim.check(found, articles) if articles else []
    for remark in found.remarks:
        click.echo(f"{remark} (a remark, not a fault)", err=True)
    if problems:
        raise SeedProblems(problems)
    against = ", each quotation verbatim in its article" if articles else ""
    click.echo(
        f"{found.collection.title}: {found.count:,} statements by {len(found.speakers):,} speakers on "
        f"{len(found.topics):,} topics, {len(found.events)} events. No fault found{against}."
    )


@click.command()
@click.option("--seeds", "folder", type=FOLDER, help="The folder to compile; by default the settings' own.")
@click.option("--into", type=FOLDER, help="The folder to publish the generation in; by default below data.dir.")
def build(folder: Path | None, into: Path | None) -> None:
    """Compile the seeds into a generation and print its folder."""
    chosen = settings.load()
    folder_of_generations = into or chosen.generations
    found = _load(folder or chosen.seeds.dir)
    with progress("Building", found.count) as done:
        try:
            published = generations.publish(found, folder_of_generations, done, _tell_of_index)
            # What the bot serves out of its own folder is for a reload to say.
            if into or generations.current(folder_of_generations) is None:
                generations.activate(folder_of_generations, published.name, keep=chosen.data.keep)
        except GenerationError as error:
            raise GenerationError(f"{folder_of_generations}: {error}") from error
    click.echo(published)


def _tell_of_index(seconds: float) -> None:
    """Say how much of a long build it took to write the index: no other tool does that, so nothing compares with it."""
    if seconds > 1:
        click.echo(f"The index that questions are understood by was written in {seconds:.1f} s.", err=True)


@click.command("reload")
def reload_() -> None:
    """Have the running bot check, build and serve the seeds, and wait for what comes of it."""
    from bot import owner

    chosen = settings.load()
    action = owner.reload(chosen.data.dir, chosen.state_file)
    if action.fate not in {Fate.SERVED, Fate.UNCHANGED}:
        raise UserFacingError(action.detail or f"the reload was {action.fate}; see the log of the bot")
    click.echo(f"{action.fate}: generation {action.generation}" + (f", {action.detail}" if action.detail else ""))


@click.command("log")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
def log_(as_json: bool) -> None:
    """Print what was done to the collection, or tried: who, when, what, and what came of it. Oldest first."""
    opened = State.reading(settings.load().state_file)
    if opened is None:
        return
    with contextlib.closing(opened) as state:
        for action in reversed(state.actions()):
            click.echo(_json_action(action) if as_json else _action(action))


def _action(action: Action) -> str:
    who = f"{action.by.name} ({action.by.person})" if action.by.person else action.by.name
    where = f" in {action.by.guild}" if action.by.guild else ""
    detail = action.detail.splitlines()
    told = detail[0] if len(detail) == 1 else f"{len(detail)} problems" if detail else ""
    what = (f"{who}{where}", action.action, str(action.fate), action.generation, told)
    return "  ".join(filter(None, (f"{action.at:%Y-%m-%d %H:%M:%S}Z", *what)))


def _json_action(action: Action) -> str:
    return json.dumps(
        {
            "at": action.at.isoformat(),
            "name": action.by.name,
            "user": action.by.person,
            "guild": action.by.guild,
            "action": action.action,
            "outcome": str(action.fate),
            "generation": action.generation or None,
            "detail": action.detail or None,
        },
        ensure_ascii=False,
    )


def _load(folder: Path) -> Seeds:
    with progress("Checking", seed_files.about(folder)) as done:
        return seed_files.load(folder, done)
