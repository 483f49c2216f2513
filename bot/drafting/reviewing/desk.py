"""The curator's desk: what may be done with a draft. No terminal; see ``review``.

Every act is on disk when it returns, or it did not happen.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.corpus import fields, verbatim
from bot.corpus.faults import sentences
from bot.corpus.quotation import wording_faults
from bot.corpus.schema import Seed
from bot.corpus.seeds import Seeds
from bot.drafting import ids, wording
from bot.drafting.ids import UNDATED, free, slug, stamp
from bot.drafting.reviewing.directory import NEW, Directory
from bot.drafting.reviewing.draftfile import DraftFile
from bot.drafting.reviewing.draftseed import Review, StatementDraft
from bot.drafting.reviewing.verdict import Judge, Verdict, runs
from bot.drafting.values import NEEDED
from bot.drafting.yamltext import Inline
from bot.errors import DraftError, SeedProblems
from bot.record import BREAK, Dating, Kind, Statement, Wording

FIELDS: Final = ("text", "speaker", "kind", "said", "basis", "occasion", "via", "described_as", "topics", "id")
"""What of a statement may be edited."""
ARTICLE_FIELDS: Final = (
    "url",
    "outlet",
    "title",
    "published",
    "published_basis",
    "byline",
    "wording",
    "wording_note",
    "id",
)
"""What of the article may be edited."""
SEPARATOR: Final = "|"
"""Stands between the pieces of a quotation where they are typed on one line."""

_STRAIGHT: Final = re.compile(r'"([^"]+)"')
_UNDONE: Final = 200
"""Acts that can be taken back."""
_SHAPES: Final[dict[str, Any]] = {
    **dict.fromkeys(("basis", "occasion", "title", "published_basis", "wording_note"), fields.Line200),
    **dict.fromkeys(("via", "described_as", "byline"), fields.Line100),
    **dict.fromkeys(("said", "published"), fields.When),
    "id": fields.Id80,
    "outlet": fields.Line60,
    "url": fields.Url,
    "wording": Wording,
}


class Desk:
    """A draft before a curator, one statement at a time."""

    def __init__(self, file: DraftFile, seeds: Seeds) -> None:
        """Lay a draft out, at the first statement that is to be decided.

        Raises:
            DraftError: where the text that it counts in is not there.
        """
        self.file = file
        self.seeds = seeds
        self.directory = Directory(file, seeds)
        self.judge = Judge(file.article_text.decode("utf-8-sig"), self.directory)
        self.at = next(iter(self.pending), 0)
        self._done: list[tuple[str, int]] = []

    # Where we are

    @property
    def statement(self) -> StatementDraft:
        """The one before us."""
        return self.file.statements[self.at]

    @property
    def pending(self) -> list[int]:
        """Which statements are to be decided yet."""
        return [number for number, one in enumerate(self.file.statements) if one.review is Review.PENDING]

    @property
    def missing(self) -> list[str]:
        """What the article still lacks."""
        return [field for field in NEEDED if not getattr(self.file.article, field)]

    @property
    def verdict(self) -> Verdict:
        """What stands against accepting the statement before us."""
        return self.judge.verdict(self.statement, self.file.article.published)

    @property
    def alike(self) -> list[Statement]:
        """Statements of the collection that the one before us may be."""
        return [known for id_ in self.file.alike(self.at) if (known := self.directory.statement(id_))]

    def step(self, by: int) -> None:
        """Go on, or back, by so many statements."""
        self.at = max(0, min(len(self.file.statements) - 1, self.at + by))

    def next_pending(self) -> None:
        """Go to the next that is to be decided; from the last on to the first."""
        pending = self.pending
        self.at = next((number for number in pending if number > self.at), pending[0] if pending else self.at)

    def next_doubtful(self) -> None:
        """Go to the one that drafting was least sure of, or from it to the next one."""
        order = sorted(self.pending, key=lambda number: (self.file.sure(number), number))
        if order:
            behind = order.index(self.at) + 1 if self.at in order else 0
            self.at = order[behind % len(order)]

    def renew(self, seeds: Seeds) -> None:
        """Go on with what the seeds hold now."""
        self.seeds = seeds
        self.directory = Directory(self.file, seeds)
        self.judge = Judge(self.judge.text, self.directory)

    def refuse_published(self) -> None:
        """Raise DraftError where the statement before us is in the seeds: nothing is done with it any more."""
        if self.statement.review is Review.PUBLISHED:
            raise DraftError("it is in the seeds already; change it there, with `corrected` where it has been shown")

    def refuse_published_article(self) -> None:
        """Raise DraftError where anything of the article is in the seeds."""
        if any(one.review is Review.PUBLISHED for one in self.file.statements):
            raise DraftError("the article is in the seeds already; change it there")

    # What is done. Each raises DraftError, with nothing changed, where it cannot be done.

    def accept(self) -> None:
        """Accept the statement before us, whatever its verdict warns of."""
        self.refuse_published()
        faults = self.verdict.faults
        if faults:
            raise DraftError(": ".join(faults[0]))
        self._set(review=str(Review.ACCEPTED))

    def reject(self) -> None:
        """It is no statement, or none of ours."""
        self._set(review=str(Review.REJECTED))

    def merge(self, id_: str) -> None:
        """It is the same statement as one of the collection, which this article reports too. Empty: it is not."""
        known = self.directory.statement(id_)
        if id_ and not known:
            raise DraftError(f"there is no statement “{id_}” in the collection; type the whole id, or its number")
        if known and any(citation.article.id == self.file.article.id for citation in known.citations):
            raise DraftError(f"“{id_}” is from this very article; if it is the same, reject this one")
        self._set(same_as=id_ or None)

    def edit(self, field: str, words: str) -> None:
        """Change a field to what was typed; nothing empties it. What was decided is then to be decided anew."""
        self.refuse_published()
        before = self.statement
        typed = {"text": self._text, "kind": self._kind, "speaker": self._speaker, "topics": self._topics}
        with self._act():
            values = typed.get(field, _plain_value)(field, words.strip())
            if field == "id" and words.strip() != before.id and self.directory.is_taken(words.strip()):
                raise DraftError(f"“{words.strip()}” is taken already; each may be there once")
            if field in {"speaker", "said"}:
                values |= self._renamed(values.get("speaker", before.speaker), values.get("said", before.said))
            old = _as_typed(field, getattr(before, field))
            if old and field not in before.edited and values[field] != old:
                values["edited"] = Inline([*before.edited, field])
            if before.review is not Review.PENDING:
                values["review"] = str(Review.PENDING)
            self.file.set(self.at, **values)

    def edit_article(self, field: str, words: str) -> None:
        """Change a field of the article; ids that waited for it are made anew."""
        words = words.strip()
        self.refuse_published_article()
        if field in {*NEEDED, "id"} and not words:
            raise DraftError("is needed; type it")
        before = self.file.article
        with self._act():
            self.file.set_article(**_plain_value(field, words))
            article = self.file.article
            waited = field in {"outlet", "title", "published"} and not getattr(before, field)
            if waited and article.id not in self.seeds.articles:
                titled = article.title or article.id.removeprefix(f"{UNDATED}-")
                self.file.set_article(id=ids.article_id(article.published, article.outlet, titled, self.seeds))
            for number, one in enumerate(self.file.statements):
                if f"-{UNDATED}-" in one.id and article.published:
                    dated = one.id.replace(f"-{UNDATED}-", f"-{stamp(article.published)}-", 1)
                    self.file.set(number, id=free(dated, self.directory.is_taken, fields.MAX_LONG_ID))

    def new_speaker(self, name: str, title: str = "", organisation: str = "", *, is_organisation: bool = False) -> str:
        """Propose somebody the collection does not know; the id they get."""
        with self._act():
            return self._newcomer(name, title.strip(), organisation.strip(), is_organisation=is_organisation)

    def set_office(self, newcomer: int, office: int, since: str) -> None:
        """Say since when a newcomer held an office; both by their place in the draft."""
        with self._act():
            self.file.set_office(newcomer, office, valid(fields.When, since.strip()).edtf)

    def publish(self, numbers: list[int]) -> None:
        """Note which statements are in the seeds now. That cannot be taken back, nor what was done before."""
        with self._act():
            for number in numbers:
                self.file.set(number, review=str(Review.PUBLISHED))
        self._done.clear()

    def undo(self) -> bool:
        """Take the last act back; whether there was one."""
        if not self._done:
            return False
        text, at = self._done[-1]
        self._write(text)
        self._done.pop()
        self.at = at
        return True

    # What was typed, as the values of the file. Each raises DraftError where it cannot be that.

    def _text(self, field: str, words: str) -> dict[str, Any]:
        one = self.statement
        if not words:
            return {field: None}
        kind = one.kind
        if kind is Kind.DIRECT:
            pieces = valid(fields.Pieces, [part for part in words.split(SEPARATOR) if part.strip()])
        else:  # our own sentence: what it quotes makes it mixed, and few keyboards have the marks for that
            pieces = valid(fields.Pieces, _STRAIGHT.sub(r"“\1”", words))
            kind = Kind.MIXED if "“" in pieces[0] else Kind.INDIRECT
        for fault in wording_faults(kind, pieces):
            raise DraftError(fault)
        value: dict[str, Any] = {field: wording.as_seeded(pieces), "kind": str(kind)}
        quoted = runs(kind, pieces)
        if any(verbatim.misplaced(quoted, one.spans, self.judge.text)):
            value["spans"] = Inline(map(Inline, self.judge.spans_of(quoted, one.spans[0][0])))
        return value

    def _kind(self, field: str, words: str) -> dict[str, Any]:
        """A kind, by its first letters; the text is then what is verbatim in the passage."""
        kind = valid(Kind, next((str(kind) for kind in Kind if words and kind.startswith(words.lower())), words))
        spans, text = self.statement.spans, self.judge.text
        if kind == self.statement.kind:
            return {field: str(kind)}
        pieces: list[str] = []
        if kind is Kind.DIRECT:
            pieces = [piece for span in spans for piece in wording.quoted(text, span)]
        elif kind is Kind.MIXED:
            inner = [f"“{piece}”" for span in spans for piece in wording.fragments(text, span)]
            pieces = [BREAK.join(inner)] if inner else []
        return {field: str(kind), "text": wording.as_seeded(tuple(pieces))}

    def _speaker(self, field: str, words: str) -> dict[str, Any]:
        id_ = self._newcomer(words.removeprefix(NEW)) if words.startswith(NEW) else words
        if id_ and not self.directory.name_of(id_):
            raise DraftError(f"there is nobody “{id_}”; choose one by number, or type {NEW}Full Name for somebody new")
        return {field: id_ or None}

    def _newcomer(self, name: str, title: str = "", organisation: str = "", *, is_organisation: bool = False) -> str:
        name = valid(fields.Line60, name)
        for new in self.file.model.new_speakers:
            if new.name.casefold() == name.casefold():
                return new.id
        id_ = free(slug(name, fields.MAX_ID) or "speaker", self.directory.speaker_ids.__contains__, fields.MAX_ID)
        entry: dict[str, Any] = {"id": id_, "name": name, "kind": "organisation" if is_organisation else "person"}
        if title and organisation:
            entry["offices"] = [{"title": title, "organisation": organisation, "from": None}]
        self.file.add("new_speakers", entry)
        return id_

    def _topics(self, field: str, words: str) -> dict[str, Any]:
        return {field: Inline(dict.fromkeys(map(self._topic, self.directory.topics(words))))}

    def _topic(self, word: str) -> str:
        if not word.startswith(NEW):
            return word
        label = valid(fields.Line60, word.removeprefix(NEW))
        id_ = free(slug(label, fields.MAX_ID) or "topic", self.directory.topic_ids.__contains__, fields.MAX_ID)
        self.file.add("new_topics", {"id": id_, "label": label})
        return id_

    def _renamed(self, speaker: str | None, said: str | Dating | None) -> dict[str, Any]:
        """The id that follows who spoke and when, where it was made of them."""
        before, published = self.statement, self.file.article.published
        when = Dating.parse(said) if isinstance(said, str) else said
        stem = f"{self.directory.surname(before.speaker)}-{stamp(before.said or published)}-"
        fresh = f"{self.directory.surname(speaker)}-{stamp(when or published)}-"
        if stem == fresh or not before.id.startswith(stem):
            return {}
        return {"id": free(fresh + before.id.removeprefix(stem), self.directory.is_taken, fields.MAX_LONG_ID)}

    # The machinery

    def _set(self, **values: Any) -> None:
        self.refuse_published()
        with self._act():
            self.file.set(self.at, **values)

    @contextmanager
    def _act(self) -> Iterator[None]:
        """All of an act, on disk, or nothing of it."""
        before = self.file.text
        try:
            yield
            self.file.save()
        except SeedProblems as error:  # told without its place: it is before us
            self.file.restore(before)
            raise DraftError(error.problems[0].message) from None
        except DraftError:
            self.file.restore(before)
            raise
        if self.file.text != before:
            self._done.append((before, self.at))
            del self._done[:-_UNDONE]

    def _write(self, text: str) -> None:
        before = self.file.text
        self.file.restore(text)
        try:
            self.file.save()
        except DraftError:
            self.file.restore(before)
            raise


def _plain_value(field: str, words: str) -> dict[str, Any]:
    if words:
        valid(_SHAPES[field], words)
    return {field: words or None}


def valid(shape: Any, value: Any) -> Any:
    """A value as a seed has it.

    Raises:
        DraftError: with the sentence of the seeds.
    """
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        raise DraftError(next(sentence for _, sentence in sentences(error, Seed))) from None


def _as_typed(field: str, old: Any) -> Any:
    """A value of the file as an edit would set it."""
    if isinstance(old, Dating):
        return old.edtf
    if isinstance(old, tuple):
        return wording.as_seeded(old) if field == "text" else list(old)
    return old
