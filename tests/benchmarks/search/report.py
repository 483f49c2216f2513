"""The figures in words, tables and a picture."""

from __future__ import annotations

import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.search.queries import KINDS, SETS

if TYPE_CHECKING:
    from tests.benchmarks.search.run import Measured, Missed

ANSWERABLE: Final = SETS[:3]
COLOURS: Final = ("#c0392b", "#2c5f9e", "#5aa0c8", "#7d8b99", "#b9a26a", "#8e6c9e")


def terminal(measured: list[Measured]) -> str:
    """One collection's figures, for who runs it."""
    lines = [f"{measured[0].size:,} statements"]
    for found in measured:
        lines.append(f"  {found.engine}: built {found.build:.1f} s, opened {found.open * 1000:.0f} ms, {_alone(found)}")
        for name in SETS:
            low, high = found.percentile(name, 50), found.percentile(name, 99)
            what = "right" if name in ANSWERABLE else "answered"
            lines.append(f"    {name:6} p50 {low:8.2f}  p99 {high:8.2f} ms  {found.share(name):.3f} {what}")
            kinds = (f"{kind} {_share(some):.2f}" for kind, some in found.right.items() if KINDS[kind][0] == name)
            lines.append(f"           {', '.join(sorted(kinds))}")
        if found.keystrokes:
            low, high = found.percentile("keystrokes", 50), found.percentile("keystrokes", 99)
            lines.append(f"    typed  p50 {low:8.2f}  p99 {high:8.2f} ms  {len(found.keystrokes):,} letters")
    return "\n".join(lines)


def failures(missed: list[Missed]) -> Iterator[str]:
    """Every question that was answered wrongly, by kind."""
    by_kind: dict[str, list[Missed]] = defaultdict(list)
    for one in missed:
        by_kind[one.query.kind].append(one)
    for kind in KINDS:
        if kind in by_kind:
            yield f"== {kind}: {len(by_kind[kind])}"
            yield from (f"  {one}" for one in by_kind[kind])


def _share(some: list[bool]) -> float:
    return sum(some) / len(some)


def _alone(found: Measured) -> str:
    if not found.alone:
        return f"first answer {found.first:.1f} ms"
    after, late, idle = found.alone["after"], found.alone["late"], found.alone["idle"]
    return (
        f"first answer {found.first:.1f} ms, {after['RssAnon']:.0f} MB of its own, {after['RssFile']:.0f} MB mapped, "
        f"loop late p99 {late['p99']:.2f} max {late['max']:.1f} ms (idle {idle['p99']:.2f}, {idle['max']:.1f})"
    )


def write(measured: list[Measured], folder: Path, count: int, seed: int) -> None:
    """Write ``search-benchmark.md`` and its picture."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "search-benchmark.md").write_text("\n".join(_document(measured, count, seed)) + "\n")
    _plot(measured, folder / "search-benchmark.png")


def _document(measured: list[Measured], count: int, seed: int) -> Iterator[str]:
    yield "# Search, measured"
    yield ""
    yield (
        f"`python -m tests.benchmarks.search --queries {count} --seed {seed}`, Python {platform.python_version()} on "
        f"{platform.machine()}. Every question is asked once, the engines take turns; times are milliseconds. *Right*: "
        "the first answer is by somebody and on something that the words can mean. *Answered*: of questions that have "
        "no answer. RapidFuzz is asked one question in eight, as it takes so long. Peers that read the same file warm "
        "it for each other, which is to their good and never to ours."
    )
    yield ""
    yield "![Milliseconds for a question by the size of the collection](search-benchmark.png)"
    for size in dict.fromkeys(found.size for found in measured):
        here = [found for found in measured if found.size == size]
        yield ""
        yield f"## {size:,} statements"
        yield ""
        heads = [f"{name} p50 / p99 | right" for name in ANSWERABLE]
        yield from _table(
            ["engine", *" | ".join(heads).split(" | "), "none p50 / p99", "answered"],
            (_answers(found) for found in here),
        )
        yield ""
        yield from _table(
            [
                "engine",
                "built, s",
                "opened, ms",
                "first answer, ms",
                "memory, MB",
                "mapped, MB",
                "loop late, p99 / max",
            ],
            (_costs(found) for found in here),
        )
        ours = next((found for found in here if found.keystrokes), None)
        if ours:
            low, high = ours.percentile("keystrokes", 50), ours.percentile("keystrokes", 99)
            yield ""
            yield f"Choices while typing: p50 {low:.2f}, p99 {high:.2f} ms over {len(ours.keystrokes):,} letters."
    largest = [found for found in measured if found.size == max(found.size for found in measured)]
    yield ""
    yield f"## By kind of question, at {largest[0].size:,} statements"
    yield ""
    yield from _table(
        ["set", "kind", *(found.engine for found in largest)],
        (
            [name, kind, *(f"{_share(some):.2f}" if (some := found.right.get(kind)) else "–" for found in largest)]
            for kind, (name, _) in KINDS.items()
        ),
    )


def _answers(found: Measured) -> Iterator[str]:
    yield found.engine
    for name in SETS:
        yield f"{found.percentile(name, 50):.2f} / {found.percentile(name, 99):.2f}"
        yield f"{found.share(name):.3f}"


def _costs(found: Measured) -> Iterator[str]:
    built = f"{found.build:.1f}" if found.build else "–"  # it was there, and nobody noted how long it took
    yield from (found.engine, built, f"{found.open * 1000:.0f}", f"{found.first:.1f}")
    yield f"{found.alone['after']['RssAnon']:.0f}"
    yield f"{found.alone['after']['RssFile']:.0f}"
    yield f"{found.alone['late']['p99']:.2f} / {found.alone['late']['max']:.1f}"


def _table(head: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _plot(measured: list[Measured], file: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.5), layout="constrained")
    panels = figure.subplots(1, 2, sharey=True)
    for panel, name, title in zip(panels, ("std", "hard"), ("plain questions", "garbled questions"), strict=True):
        for colour, engine in zip(COLOURS, dict.fromkeys(found.engine for found in measured), strict=False):
            of = sorted((found for found in measured if found.engine == engine), key=lambda found: found.size)
            sizes = [found.size for found in of]
            for percent, style in ((50, "-"), (99, "--")):
                times = [found.percentile(name, percent) for found in of]
                panel.plot(sizes, times, style, color=colour, marker="o", markersize=3, label=f"{engine}, p{percent}")
        panel.set(xscale="log", yscale="log", title=title, xlabel="statements")
        panel.grid(which="major", alpha=0.3)
    panels[0].set_ylabel("milliseconds a question")
    panels[1].legend(fontsize=7, loc="upper left", bbox_to_anchor=(1, 1))
    figure.savefig(file, dpi=120)
