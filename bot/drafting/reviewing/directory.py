"""Who and what may be named in a draft: those of the collection, and the new ones that the draft itself proposes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process, utils

from bot.corpus.references import Known
from bot.corpus.seeds import Seeds
from bot.drafting.ids import NOBODY, surname
from bot.drafting.reviewing.draftfile import DraftFile
from bot.drafting.reviewing.draftseed import NewcomerDraft
from bot.errors import DraftError
from bot.record import Statement

NEW: Final = "+"
"""Before the name of somebody, or the label of a topic, that the collection does not know yet."""

_CHOICES: Final = 6
_CLOSE: Final = 60.0
"""Of 100: how like a name has to be to what was typed to be offered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may have been meant."""

    id: str
    label: str


class Directory:
    """What a collection and a draft know together."""

    def __init__(self, file: DraftFile, seeds: Seeds) -> None:
        self._file = file
        self._seeds = seeds
        self._speakers = {speaker.id: speaker for speaker in seeds.speakers}
        self._statements = {statement.id: statement for statement in seeds.statements}
        self._withdrawn = {withdrawal.statement for withdrawal in seeds.withdrawals}
        self._topics = {topic.id for topic in seeds.topics}
        self._topic_named = {
            word.casefold(): topic.id for topic in seeds.topics for word in (topic.label, *topic.synonyms)
        }

    # Speakers

    @property
    def speaker_ids(self) -> set[str]:
        """Every id that a speaker may have."""
        return {*self._speakers, *(new.id for new in self._file.model.new_speakers)}

    def newcomer(self, id_: str) -> NewcomerDraft | None:
        """Somebody whom the draft proposes, and whom the collection does not have meanwhile."""
        proposed = (new for new in self._file.model.new_speakers if new.id == id_)
        return None if id_ in self._speakers else next(proposed, None)

    def name_of(self, id_: str) -> str:
        """What a speaker is called; empty where nobody has this id."""
        known = self._speakers.get(id_) or self.newcomer(id_)
        return known.name if known else ""

    def surname(self, id_: str | None) -> str:
        """The first part of the ids of a speaker's statements."""
        known = self._speakers.get(id_ or "")
        new = self.newcomer(id_ or "")
        if not known and not new:
            return NOBODY
        whole = known.is_organisation if known else new is not None and new.kind == "organisation"
        return surname(self.name_of(id_ or ""), whole=whole)

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Everything that a known speaker is called by, and the id."""
        titles = {(named.title, named.organisation): named.aliases for named in self._seeds.office_names}
        found: list[tuple[str, str]] = []
        for speaker in self._seeds.speakers:
            found += ((name, speaker.id) for name in (speaker.name, *speaker.aliases, speaker.id))
            for office in speaker.offices:
                words = titles.get((office.title, office.organisation), ())
                found += ((name, speaker.id) for name in (str(office), *words))
        return found

    def choices(self, words: str) -> list[Choice]:
        """Who may be meant by a name or an office, likest first."""
        names = self._names + [(new.name, new.id) for new in self._file.model.new_speakers]
        hits = process.extract(
            words,
            [name for name, _ in names],
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=_CLOSE,
            limit=_CHOICES * 5,
        )
        likest: dict[str, str] = {}
        for called, _, index in hits:
            likest.setdefault(names[index][1], called)
        named = [(id_, self.name_of(id_), called) for id_, called in likest.items()][:_CHOICES]
        return [Choice(id_, name if called in {name, id_} else f"{name} ({called})") for id_, name, called in named]

    # Topics

    @property
    def topic_ids(self) -> set[str]:
        """Every id that a topic may have."""
        return {*self._topics, *(new.id for new in self._file.model.new_topics)}

    def topics(self, words: str) -> Iterator[str]:
        """The ids of topics, typed with commas between: as ids, labels or synonyms. New ones come with their sign.

        Raises:
            DraftError: at the first that is not known.
        """
        ids = self.topic_ids
        named = self._topic_named | {new.label.casefold(): new.id for new in self._file.model.new_topics}
        for word in filter(None, (word.strip() for word in words.split(","))):
            if word in ids or word.startswith(NEW):
                yield word
            elif word.casefold() in named:
                yield named[word.casefold()]
            else:
                close = [name for name, _, _ in process.extract(word, [*ids, *named], scorer=fuzz.WRatio, limit=4)]
                hint = ", ".join(dict.fromkeys(named.get(name, name) for name in close))
                raise DraftError(f"there is no topic “{word}”; did you mean {hint}? {NEW}label makes a new one")

    # Statements

    def statement(self, id_: str) -> Statement | None:
        """A statement of the collection's YAML files."""
        return self._statements.get(id_)

    def is_used(self, id_: str) -> bool:
        """Whether a statement of the collection has this id, or had it."""
        return id_ in self._statements or id_ in self._seeds.bulk.statements.index or id_ in self._withdrawn

    def is_taken(self, id_: str) -> bool:
        """Whether it is used, or another statement of the draft is to have it."""
        return self.is_used(id_) or any(one.id == id_ for one in self._file.statements)

    def speaker_fault(self, id_: str) -> str:
        """The sentence for a speaker who is not there."""
        return Known("speaker", "the draft", self.speaker_ids, True).fault(id_)

    def topic_fault(self, id_: str) -> str:
        """The sentence for a topic that is not there."""
        return Known("topic", "the draft", self.topic_ids, True).fault(id_)
