"""What stands against accepting a statement: the rules of the seeds, told while it can be mended at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.corpus import verbatim
from bot.corpus.fields import Span
from bot.corpus.quotation import fragments, wording_faults
from bot.drafting.reviewing.directory import Directory
from bot.drafting.reviewing.draftseed import StatementDraft
from bot.errors import DraftError
from bot.record import Dating, Kind

COPIED: Final = 6
"""Words in a row that stand in the article, too: a sign that a paraphrase is none (seeds/README.md)."""

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_THEIRS: Final = re.compile(r"“[^“”]*”")
_OURS: Final = 2
"""Words around what is quoted that may be a sentence: “Dahl objects”."""
_SENTENCE: Final = 3
"""Words of a paraphrase that may be a sentence; fewer are a key that was meant for something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against accepting a statement."""

    faults: tuple[tuple[str, str], ...]
    """The field and the sentence of each thing that has to be mended."""
    warnings: tuple[str, ...]
    """What somebody should have seen."""


class Judge:
    """Holds statements against the text they are from and the collection they are to go into."""

    def __init__(self, text: str, directory: Directory) -> None:
        self.text = text
        self._directory = directory

    def verdict(self, one: StatementDraft, published: Dating | None) -> Verdict:
        """What stands against a statement, in an article of that day."""
        return Verdict(tuple(self._faults(one, published)), tuple(self._warnings(one)))

    def _faults(self, one: StatementDraft, published: Dating | None) -> Iterator[tuple[str, str]]:
        if not one.same_as:
            yield from self._faults_of_its_own(one)
        if not one.text:
            yield "text", "is missing; write it in our own words" if one.kind is Kind.INDIRECT else "is missing"
            return
        for fault in wording_faults(one.kind, one.text):
            yield "text", fault
        for run in verbatim.misplaced(runs(one.kind, one.text), one.spans, self.text):
            passage = verbatim.fold(self.text[one.spans[0][0] : one.spans[-1][1]])
            yield "text", f"“{run}” is not verbatim in the passage; closest: “{verbatim.closest(run, passage)}”"
        if one.kind is Kind.MIXED and len(_WORD.findall(_THEIRS.sub(" ", one.text[0]))) < _OURS:
            yield "text", "is only the quoted words; put a sentence of our own around them"
        if one.kind is Kind.INDIRECT and len(_WORD.findall(one.text[0])) < _SENTENCE:
            yield "text", f"“{one.text[0]}” is no sentence; say in our own words who said what"
        if published and not published.mark and one.said and one.said.earliest and one.said.earliest > published.latest:
            yield "said", f"“{one.said.edtf}” is after the article was published, {published.edtf}"

    def _faults_of_its_own(self, one: StatementDraft) -> Iterator[tuple[str, str]]:
        """What a further report of a known statement does not have."""
        if not one.speaker:
            yield "speaker", "nobody is named; say who speaks"
        elif not self._directory.name_of(one.speaker):
            yield "speaker", self._directory.speaker_fault(one.speaker)
        if self._directory.is_used(one.id):
            yield "id", f"“{one.id}” is in the seeds already; choose another, or merge with it"
        if not one.basis:
            yield "basis", "is missing; say how we know when it was said, or why we do not"
        for topic in one.topics:
            if topic not in self._directory.topic_ids:
                yield "topics", self._directory.topic_fault(topic)

    def _warnings(self, one: StatementDraft) -> Iterator[str]:
        copied = self.copied(one.kind, " ".join(one.text or ()))
        if copied:
            yield f"“{copied}” stands in the article, too: {COPIED} words in a row; say it in other words"
        known = self._directory.statement(one.same_as or "")
        if not one.topics and not known:
            yield "it has no topic, so that only who asks for the speaker finds it"
        if known and one.speaker and known.speaker.id != one.speaker:
            by = self._directory.name_of(one.speaker) or one.speaker
            yield f"“{known.id}” is by {known.speaker.name}, this one by {by}"

    def copied(self, kind: Kind, text: str) -> str:
        """The first six words of ours in a row that are the article's; empty where there are none."""
        ours = "" if kind is Kind.DIRECT else _THEIRS.sub("…", text)
        for part in ours.split("…"):
            words = _WORD.findall(part)
            for start in range(len(words) - COPIED + 1):
                run = words[start : start + COPIED]
                if tuple(map(_plain, run)) in self._runs_of_text:
                    return " ".join(run)
        return ""

    @cached_property
    def _runs_of_text(self) -> set[tuple[str, ...]]:
        words = [_plain(word) for word in _WORD.findall(self.text)]
        return {tuple(words[start : start + COPIED]) for start in range(len(words) - COPIED + 1)}

    def spans_of(self, verbatim_words: tuple[str, ...], near: int) -> list[Span]:
        """Where verbatim words stand in the article, as near to a place as can be.

        Raises:
            DraftError: where they do not stand there, or not in this order.
        """
        found: list[Span] = []
        for run in verbatim_words:
            span = verbatim.locate(run, self.text, near)
            if span is None:
                closest = verbatim.closest(run, verbatim.fold(self.text))
                raise DraftError(f"“{run}” is not verbatim in the article; closest: “{closest}”")
            if found and span[0] < found[-1][1]:
                before = verbatim_words[len(found) - 1]
                raise DraftError(f"“{run}” does not stand behind “{before}” in the article; keep its order")
            found.append(span)
            near = span[1]
        return found


def runs(kind: Kind, pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a wording that claim to be the article's."""
    if kind is Kind.MIXED:
        return fragments(pieces[0]) if pieces else ()
    return pieces if kind is Kind.DIRECT else ()


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")
