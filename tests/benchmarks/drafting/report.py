"""The figures as Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tests.gold.judging import Tally, total

if TYPE_CHECKING:
    from tests.benchmarks.drafting.roundtrip import Trip
    from tests.benchmarks.drafting.run import Measured
    from tests.benchmarks.drafting.scores import Score


def head() -> Iterator[str]:
    """What stands above all parts."""
    yield "# Drafting, measured"
    yield ""
    yield (
        f"`python -m tests.benchmarks.drafting`, Python {platform.python_version()} on {platform.machine()}. Figures "
        "are per cent unless they are counts. *P*, *R* and *F1* are precision, recall and their harmonic mean."
    )
    yield ""


def skipped(what: str, why: str) -> Iterator[str]:
    """A part that could not be measured."""
    yield from (f"## {what}", "", f"Skipped: {why}.", "")


def polnear(measured: Measured, rounds: int) -> Iterator[str]:
    """Attributions and times on PolNeAR."""
    yield from (
        "## PolNeAR",
        "",
        "The development part of PolNeAR, political news of 2016 with source, cue and content marked by hand. It is a "
        "measuring stick only: it has no licence, and nothing of it, nor anything that a program made of it, is in "
        "this repository. *Soft*: aligned one to one, and Dice ≥ .5 over the words of the content. *Exact*: the same "
        "words. *Attr*: of what is found softly, how much has the right source. *Speech*: the cue is a verb of saying.",
        "",
        "| system | quotes (direct + mixed): exact F1 | soft P / R / F1 | attr | speech: soft F1 | attr |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    for system, by_subset in measured.scores.items():
        quote, speech = by_subset["quote"], by_subset["speech"]
        yield (
            f"| {system} | {quote.exact_f1:.1f} | {_soft(quote)} | {quote.attr:.1f} | {speech.soft_f1:.1f} | "
            f"{speech.attr:.1f} |"
        )
    yield from ("", "On Record, by subset:", "", "| subset | true | found | exact F1 | soft P / R / F1 | attr |")
    yield "| --- | --- | --- | --- | --- | --- |"
    for subset, one in measured.scores["On Record"].items():
        yield f"| {subset} | {one.true} | {one.found} | {one.exact_f1:.1f} | {_soft(one)} | {one.attr:.1f} |"
    alone, ours = measured.times["spacy", 1], measured.times["ours", 1]
    yield from (
        "",
        f"Time over the same {ours.documents} documents, each in a process of its own that is pinned to its cores and "
        "calculates in one thread, with the model loaded and warm; on two cores the start of the others counts. The "
        f"fastest of {rounds} in turns. Memory is the largest process's.",
        "",
        "| | cores | documents a second | of spaCy's processor time | memory, MB |",
        "| --- | --- | --- | --- | --- |",
    )
    names = {"spacy": "spaCy's pipeline alone", "textacy": "spaCy and textacy", "ours": "`onrecord draft --spans`"}
    for (way, cores), took in measured.times.items():
        share = f"{took.cpu / alone.cpu:.2f}" if cores == 1 else ""
        yield f"| {names[way]} | {cores} | {took.rate:.1f} | {share} | {took.megabytes:.0f} |"
    if two := measured.times.get(("ours", 2)):
        yield from ("", f"Two cores do {two.rate / ours.rate:.2f} times the work of one.")
    yield ""


def _soft(one: Score) -> str:
    return f"{one.precision:.1f} / {one.recall:.1f} / {one.soft_f1:.1f}"


def gold(seen: dict[str, Tally], unseen: dict[str, Tally]) -> Iterator[str]:
    """Drafts of our own articles."""
    yield from (
        "## Our own gold set",
        "",
        "Articles we wrote, with every statement marked (`tests/gold`). What two curators may differ on counts neither "
        "as missed nor as too much. *Dates*: right, otherwise but marked as doubtful, left out or less precise than "
        "the article settles them, and wrong without a mark. *Unseen* articles are looked at by nobody who works on "
        "drafting.",
        "",
        *_COLUMNS,
    )
    for name, tally in seen.items():
        yield _row(name, tally)
    yield _row(f"**all {len(seen)}**", total(seen.values()))
    yield _row(f"**{len(unseen)} unseen**", total(unseen.values()))
    yield from ("", *_wrong(seen, {}), "")


_COLUMNS = (
    "| article | statements | P | R | quotations R | full names | dates: right / marked / left out / wrong | agency |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def _row(name: str, one: Tally) -> str:
    dates = f"{one.dates_right} / {one.dates_flagged} / {one.dates_left_out} / {len(one.dates_wrong)}"
    return (
        f"| {name} | {one.true} | {one.precision:.1f} | {one.recall:.1f} | {one.quotation_recall:.1f} | "
        f"{one.names:.1f} | {dates} | {one.vias_right} of {one.vias} |"
    )


def round_trip(trips: Sequence[Trip], explanations: dict[str, str]) -> Iterator[str]:
    """Drafts of the articles behind our seeds."""
    yield from (
        "## The round trip",
        "",
        "The articles behind our seeds, drafted anew and compared with what people made of them. Whoever drafts says "
        "outlet, title, address and day, as somebody would who has the page open; the collection knows the speakers. "
        "A reviewed statement is found where a drafted one has its words or most of the passage. *Spoken* leaves out "
        "positions and deeds that nobody is heard stating, and what has no cue. The rest of the columns are as above.",
        "",
        *(f"{line}{extra}" for line, extra in zip(_COLUMNS, (" spoken R |", " --- |"), strict=True)),
    )
    for trip in trips:
        yield f"{_row(trip.article.id, trip.tally)} {trip.spoken_recall:.1f} |"
    every = total(trip.tally for trip in trips)
    spoken, hit = sum(trip.spoken for trip in trips), sum(trip.spoken_hit for trip in trips)
    yield f"{_row('**all**', every)} {100 * hit / spoken if spoken else 0:.1f} |"
    yield from ("", *_wrong({trip.article.id: trip.tally for trip in trips}, explanations), "")


def _wrong(tallies: dict[str, Tally], explanations: dict[str, str]) -> Iterator[str]:
    """What is still wrong, article by article; a round trip's by ids and places, since its prose is not ours."""
    yield "Still wrong:"
    yield ""
    for name, tally in tallies.items():
        kinds = {
            "missed": tally.missed,
            "too much": tally.too_much,
            "somebody else's": tally.wrong_names,
            "wrong date, unmarked": tally.dates_wrong,
        }
        for what, entries in kinds.items():
            if entries:
                yield f"- *{name}*, {what}: {'; '.join(_explained(entries, explanations))}"


def _explained(entries: Iterable[str], explanations: dict[str, str]) -> Iterator[str]:
    for entry in entries:
        why = explanations.get(entry.partition(":")[0])
        yield f"{entry} ({why})" if why else entry
