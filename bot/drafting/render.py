"""A draft as the text of its file, with what is doubtful in comments."""

import hashlib
import re
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

import bot
from bot.corpus import fields, yamltree
from bot.drafting import yamltext
from bot.drafting.draft import Draft, Drafted, Newcomer
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.values import NEEDED
from bot.drafting.wording import as_seeded, folded
from bot.drafting.yamltext import Inline
from bot.record import Wording

_UNTOUCHED: Final = re.compile(r"^# as drafted: ([0-9a-f]{16})\n", re.MULTILINE)


def render(draft: Draft) -> str:
    """A draft as the text of its file."""
    manuscript = draft.manuscript
    article: dict[str, Any] = {
        "id": draft.article,
        "outlet": shown(manuscript.outlet, fields.Line60),
        "title": shown(manuscript.title, fields.Line200),
        "byline": shown(manuscript.byline, fields.Line100),
        "published": manuscript.published.edtf if manuscript.published else None,
        "published_basis": shown(manuscript.published_basis, fields.Line200),
        "url": shown(manuscript.url, fields.Url),
        "wording": str(Wording.ORIGINAL),
        "wording_note": None,
        "text_sha256": draft.sum,
    }
    missing = [key for key in NEEDED if not article[key]]
    head = [
        f"# A draft by On Record {bot.__version__}, of {_comment(manuscript.name)}. It quotes the article at length:",
        "# keep it out of the seeds. `onrecord review` takes you through it.",
        *(f"# note: {_comment(note)}" for note in draft.notes),
        *([f"# missing: {', '.join(missing)}"] if missing else []),
    ]
    parts = ["\n".join([*head, ""]), yamltext.block({"article": article}, yamltext.UNBROKEN)]
    if draft.newcomers:
        parts.append("new_speakers:\n" + "".join(yamltext.item(_newcomer(one)) for one in draft.newcomers))
    parts.append("statements:\n" if draft.statements else "statements: []\n")
    parts += (_statement(statement, draft.article) for statement in draft.statements)
    return marked("".join(parts))


def _newcomer(one: Newcomer) -> dict[str, Any]:
    proposal = one.proposal
    value: dict[str, Any] = {
        "id": one.id,
        "name": proposal.name,
        "kind": "organisation" if proposal.is_organisation else "person",
        "aliases": Inline(),
    }
    offices = [{"title": title, "organisation": organisation, "from": None} for title, organisation in one.offices]
    return value | ({"offices": offices} if offices else {"offices": Inline()})


def _statement(one: Drafted, article: str) -> str:
    remarks = [f"{one.sure} % sure", *(f"look at: {_comment(doubt)}" for doubt in one.doubts)]
    if one.occasion.hint:
        remarks.append(f"look at the date: {_comment(one.occasion.hint)}")
    for known in one.known:
        where = known.citation.article.id
        same = f"also in {where}: same statement as {known.id}?"
        remarks.append(same if where != article else f"in the seeds already, as {known.id}?")
    value = {
        "review": str(Review.PENDING),
        "id": one.id,
        "speaker": one.speaker or None,
        "kind": str(one.kind),
        "text": as_seeded(one.pieces),
        "said": one.occasion.said.edtf if one.occasion.said else None,
        "basis": shown(one.occasion.basis, fields.Line200),
        "occasion": shown(one.occasion.where, fields.Line200),
        "via": shown(one.voice.via, fields.Line100),
        "described_as": shown(one.voice.described_as, fields.Line100),
        "topics": Inline(one.topics),
        "same_as": None,
        "edited": Inline(),
        "spans": Inline(Inline(span) for span in one.spans),
        "passage": {"prefix": one.passage.prefix, "exact": one.passage.exact, "suffix": one.passage.suffix},
    }
    return "\n" + "".join(f"  # {remark}\n" for remark in remarks) + yamltext.item(value, width=yamltext.UNBROKEN)


def shown(text: str, shape: Any) -> str | None:
    """What an article says, where a seed may say it; else nothing, and the curator fills it in."""
    try:
        _adapter(shape).validate_python(folded(text))
    except ValidationError:
        return None
    return folded(text)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _comment(text: str) -> str:
    return yamltree.brief(" ".join(text.split()), 300)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def marked(text: str) -> str:
    """A draft's text with the mark that tells whether anybody has changed it since."""
    bare = _UNTOUCHED.sub("", text)
    return f"{bare}# as drafted: {_mark(bare)}\n"


def is_untouched(text: str) -> bool:
    """Whether a file is just as ``render`` wrote it, so that nobody's work is in it."""
    found = _UNTOUCHED.search(text)
    return found is not None and found.end() == len(text) and found[1] == _mark(text[: found.start()])
