"""``onrecord find``, ``digest`` and ``export``: what a generation holds."""

import gc
import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import click

from bot import digest, export, library, settings
from bot.cli.shared import FOLDER
from bot.days import parse_day
from bot.digest import Digest, Policy
from bot.library import Generation
from bot.record import Selection, Statement, full_date, month_day
from bot.search.find import Answer
from bot.settings import Settings

SHOWN: Final = 10
"""Statements that ``find`` prints."""
LISTED: Final = 100
"""Ids of statements in one answer of ``find --json``."""

_generation = click.option(
    "--generation",
    type=FOLDER,
    help="Ask this generation (or the one published in this folder), not the settings' own.",
)


@click.command()
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


@click.command("digest")
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


@click.command("export")
@click.option("--format", "as_", type=click.Choice(list(export.FORMATS)), default="jsonl", show_default=True)
@_generation
def export_(as_: str, generation: Path | None) -> None:
    """Print the statements for other tools, newest first."""
    for text in export.FORMATS[as_](_open(generation).corpus.every_statement()):
        click.echo(text, nl=False)


def _open(generation: Path | None) -> Generation:
    """The generation asked for, or that of the settings' seeds, built where it is missing."""
    if generation:
        return library.open_published(generation)
    chosen: Settings = settings.load()
    return library.open_for(chosen.seeds.dir, chosen.generations)


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
