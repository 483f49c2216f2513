"""What a statement under review looks like: the passage in the article beside what the draft has of it."""

from typing import Final

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.drafting.reviewing.desk import FIELDS, SEPARATOR, Desk
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.wording import visible
from bot.record import Kind

LETTERS: Final = dict(zip("tskdbovyci", FIELDS, strict=True))
"""The key of each field: Text, Speaker, Kind, Day, Basis, Occasion, Via, stYled, topiCs, Id."""

_WIDE: Final = 100
"""Columns from which on passage and draft stand side by side."""
_AROUND: Final = 300
"""Characters of the text before and behind a passage that are shown at most."""
_COLOURS: Final = {Review.ACCEPTED: "green", Review.REJECTED: "red", Review.PUBLISHED: "blue", Review.PENDING: "yellow"}


def show(desk: Desk, console: Console) -> None:
    """Print the statement before us."""
    one = desk.statement
    head = Text(f"{desk.at + 1} of {len(desk.file.statements)}  ", style="bold")
    head.append(str(one.review), style=_COLOURS[one.review])
    head.append(f"  {len(desk.pending)} pending  {desk.file.article.id}", style="dim")
    console.rule(head, align="left")
    passage = Panel(_passage(desk), title="the article", title_align="left", border_style="dim")
    if console.width >= _WIDE:
        side_by_side = Table.grid(expand=True, padding=(0, 1))
        side_by_side.add_column(ratio=1)
        side_by_side.add_column(ratio=1)
        side_by_side.add_row(passage, _fields(desk))
        console.print(side_by_side)
    else:
        console.print(Group(passage, _fields(desk)))
    for remark in desk.file.remarks(desk.at):
        console.print(Text(visible(remark), style="yellow" if "look at" in remark else "cyan"))


def _passage(desk: Desk) -> Text:
    """The paragraphs that a statement stands in and the end of what is before them, its words highlighted."""
    text, spans = desk.judge.text, desk.statement.spans
    begin, end = spans[0][0], spans[-1][1]
    start = _from_word(text, max(text.rfind("\n", 0, begin) + 1, begin - _AROUND), begin)
    earlier = _from_word(text, max(0, start - _AROUND), start)
    line_end = text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    stop = line_end if line_end <= end + _AROUND else max(text.rfind(" ", end, end + _AROUND), end)
    shown = Text("…" if earlier else "", style="")
    shown.append(visible(text[earlier:start]).lstrip("\n"), style="dim")
    at = start
    for first, last in spans:
        shown.append(visible(text[at:first]))
        shown.append(visible(text[first:last]), style="bold black on yellow")
        at = last
    shown.append(visible(text[at:stop]))
    shown.append("…" if stop < line_end else "")
    return shown


def _from_word(text: str, at: int, end: int) -> int:
    """Where the first whole word begins from a place on; the end where none does."""
    while 0 < at < end and not text[at - 1].isspace():
        at += 1
    return at


def _fields(desk: Desk) -> Table:
    one = desk.statement
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(style="bold cyan", no_wrap=True)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    faults = dict(reversed(desk.verdict.faults)) if one.review is Review.PENDING else {}
    for letter, field in LETTERS.items():
        value = typed(desk, field)
        if field == "speaker" and value:
            value = _person(desk, value)
        if field == "text" and value and one.kind is Kind.DIRECT:
            value = f"“{value}”"
        cell = Text(visible(value))
        if field in faults:
            cell.append(f"{' ' if value else ''}✗ {visible(faults[field])}", style="red")
        table.add_row(letter, field, cell)
    if one.same_as:
        table.add_row("m", "same as", Text(one.same_as, style="green"))
    return table


def _person(desk: Desk, id_: str) -> str:
    """Who an id stands for; of somebody whom only the draft knows, that they are new and what they are said to be."""
    shown = f"{desk.directory.name_of(id_)} [{id_}]"
    new = desk.directory.newcomer(id_)
    if not new:
        return shown
    offices = [f"{office.title}, {office.organisation}" for office in new.offices]
    return f"{shown} is new: {'; '.join(offices) or new.kind}"


def typed(desk: Desk, field: str) -> str:
    """A field as it would be typed."""
    one = desk.statement
    match field:
        case "text":
            return f" {SEPARATOR} ".join(one.text or ())
        case "topics":
            return ", ".join(one.topics)
        case "said":
            return one.said.edtf if one.said else ""
    return str(getattr(one, field) or "")
