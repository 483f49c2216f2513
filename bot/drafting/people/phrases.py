"""What sort of words a source is: a pronoun, a name, an office, a body, or somebody who is not named."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.drafting.intake import outlets
from bot.drafting.people import via
from bot.drafting.people.cast import Cast, Mention, Person
from bot.drafting.people.countries import COUNTRIES
from bot.drafting.people.edges import extended, without_time
from bot.drafting.people.introductions import Line
from bot.drafting.people.names import (
    ADHERENTS,
    BODIES,
    KINDS,
    NO_NAMES,
    OWNERS,
    POSTNOMINALS,
    PRONOUNS,
    TENSES,
    TITLES,
    Word,
)
from bot.drafting.people.offices import Aliases, Role, inhabitant_of, is_title, role_of
from bot.drafting.values import Span
from bot.search.normalise import FUNCTION_WORDS

_DEFINITE: Final = frozenset("the this that these those".split())
"""Determiners that say which one is meant."""
_NOBODY: Final = frozenset("nobody somebody everybody everyone someone anyone anybody".split())
_ONE_OF_MANY: Final = frozenset(
    "a an one another some two three four five six several many most few all any no other others both unnamed "
    "anonymous "
    "every each numerous various certain more dozens hundreds thousands".split()
)
_MANY: Final = _ONE_OF_MANY - frozenset("a an another one no unnamed anonymous every each certain any".split())
_UTTERANCES: Final = frozenset(
    # Nouns for what is said: whose they are, speaks.
    "statement statements comment comments remark remarks word words answer answers reply replies response letter "
    "tweet "
    "tweets post posts speech address interview message warning announcement claim claims assertion declaration "
    "testimony "
    "criticism view views opinion account article memo memoir book column essay explanation description assessment "
    "argument proposal promise pledge decision position report communique document paper release readout transcript "
    "website facebook twitter telegram".split()
)
_DOCUMENTS: Final = _UTTERANCES | frozenset(
    "study survey poll note draft text bulletin resolution complaint indictment lawsuit filing".split()
)
"""The same, and nouns for what is written whoever wrote it."""
_AUTHORED: Final = frozenset(
    "published released issued written conducted prepared drafted compiled signed posted made given produced".split()
)
_DEPARTMENTS: Final = frozenset({"department", "ministry"})
_REFLEXIVE: Final = frozenset("himself herself itself themselves".split())
_PREPOSITIONS: Final = frozenset(
    "of for by from to with at about against on near under in behind like including inside within around into over "
    "between among after before".split()
)
_RELATIVES: Final = frozenset("who which whose whom".split())
_INHABITANTS: Final = frozenset("national native citizen".split())
"""What may stand behind a country: “the Swiss national”."""
_AGED: Final = ("year-old",)
_CALLINGS: Final = ("ist", "ician", "grapher", "pensioner", "volunteer")
"""Ends of nouns for a person that are no titles: “the sociologist”."""
_JOINS: Final = frozenset({"&", "+"})
_HAVE_FIELDS: Final = frozenset("of for on".split())
"""Prepositions before a body's field, which may be two things: “the Ministry of Trade and Industry”."""


class Sort(StrEnum):
    """What words for a source are."""

    NOBODY = "nobody"
    PRONOUN = "pronoun"
    PERSON = "person"
    OFFICE = "office"
    INHABITANT = "inhabitant"
    BODY = "body"
    AGENCY = "agency"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words for a source, and what they are."""

    sort: Sort
    text: str = ""
    begin: int = 0
    """Where it stands."""
    mention: Mention | None = None
    also: Mention | str | None = None
    """Who else speaks in the same words: “Putin and Stoltenberg”."""
    owner: Person | None = None
    """Whose it is: “Lavrov’s deputy”."""
    role: Role | None = None
    body: str = ""
    """The body's name, or the noun for one."""
    agrees: str = ""
    """What a pronoun agrees with, see `names.PRONOUNS`."""
    possessor: str = ""
    """What the pronoun before it agrees with: “his ministry”."""
    definite: bool = True
    is_plural: bool = False


def read(span: Span, line: Line, cast: Cast, aliases: Aliases) -> Phrase:
    """Read the words of a source that stand in one paragraph."""
    words = [word for word in line.words if word.end > span[0] and word.begin < span[1]]
    if words and (cut := next((m for m in cast.mentioned((span[0] - 40, span[0] + 1)) if m.end > span[0]), None)):
        # The parser takes “Moon Jae-in” and the like apart.
        words = [word for word in line.words if cut.begin <= word.begin < words[0].begin] + words
    while len(words) > 1 and words[0].key in _PREPOSITIONS and not words[0].capital:
        words = words[1:]
    words = without_time(words)
    if len(words) > 1 and words[-1].key in _REFLEXIVE:
        words = words[:-1]
    words = extended(words, line)
    if not words:
        return Phrase(Sort.NOBODY)
    text = " ".join(line.text[words[0].begin : words[-1].after].split())
    reader = _Reader(words, text, line, cast, aliases)
    return reader.read()


class _Reader:
    """One phrase under reading."""

    def __init__(self, words: list[Word], text: str, line: Line, cast: Cast, aliases: Aliases) -> None:
        self._words, self._text, self._line, self._cast, self._aliases = words, text, line, cast, aliases
        self._begin = words[0].begin
        self._determiner = words[0].key if not words[0].capital or words[0].key in FUNCTION_WORDS else ""
        self._mentions = cast.mentioned((self._begin, words[-1].end))

    def read(self) -> Phrase:
        if pronoun := self._pronoun():
            return pronoun
        for index, mention in enumerate(self._mentions):
            if self._is_part_of_title(mention, index) or self._modifies(mention):
                continue
            owned = self._owned(mention)
            if owned is not None:
                if owned.sort is not Sort.NOBODY:
                    return owned
                continue
            if not self._governed(mention):
                return self._made(Sort.PERSON, mention=mention, also=self._beside(mention))
        return self._nameless(self._head_words(self._words))

    def _made(
        self,
        sort: Sort,
        *,
        mention: Mention | None = None,
        also: Mention | str | None = None,
        owner: Person | None = None,
        role: Role | None = None,
        body: str = "",
        agrees: str = "",
    ) -> Phrase:
        definite = self._determiner not in _ONE_OF_MANY
        plural = self._determiner in _MANY or self._is_plural()
        possessor = PRONOUNS.get(self._determiner, "") if self._determiner in OWNERS else ""
        return Phrase(
            sort, self._text, self._begin, mention, also, owner, role, body, agrees, possessor, definite, plural
        )

    def _is_plural(self) -> bool:
        head = self._head_words(self._words)
        stop = next((at for at, word in enumerate(head) if at and word.key in _PREPOSITIONS), len(head))
        token = self._line.token(self._line.words.index(head[stop - 1]))
        return token is None or token.tag_ not in {"NN", "NNP"}

    def _pronoun(self) -> Phrase | None:
        first = self._words[0]
        agrees = PRONOUNS.get(first.key)
        if agrees is None or (first.key == "it" and first.text.isupper()) or first.text == "US":
            return None
        alone = len(self._words) == 1 or self._words[1].key in PRONOUNS or not self._words[1].joined
        if first.key in _RELATIVES or first.key == "that":
            return self._made(Sort.PRONOUN, agrees="who") if alone or first.key in _RELATIVES else None
        if alone or (first.key not in OWNERS and not any(is_title(word) for word in self._words)):
            return self._made(Sort.PRONOUN, agrees=agrees)
        if first.key in OWNERS and self._head_words(self._words)[-1].key in _UTTERANCES:
            return self._made(Sort.PRONOUN, agrees=agrees)
        return None

    # Names

    def _is_part_of_title(self, mention: Mention, index: int) -> bool:
        """“Trump spokeswoman Hope Hicks” is not Trump."""
        return any(other.start <= mention.begin < other.begin for other in self._mentions[index + 1 :])

    def _modifies(self, mention: Mention) -> bool:
        """“Trump aides” are not Trump, nor is “the Clinton camp”."""
        after = self._after(mention)
        if mention.possessive or not after or not after[0].joined:
            return False
        if after[0].key in POSTNOMINALS and after[0].text.isupper():
            return False
        key = after[0].key
        return key in BODIES or is_title(after[0]) or key.removesuffix("s") in TITLES or key in _UTTERANCES

    def _after(self, mention: Mention) -> list[Word]:
        """The words of the phrase behind a name, up to the next comma."""
        behind = [word for word in self._words if word.begin >= mention.end]
        stop = next((at for at, word in enumerate(behind) if not word.joined), len(behind))
        return behind[:stop]

    def _before(self, mention: Mention) -> list[Word]:
        return [word for word in self._words if word.begin < mention.start]

    def _governed(self, mention: Mention) -> bool:
        """Whether a name only tells of whom another is: “a spokesman for Merkel”, “the man who met Putin”."""
        before = self._before(mention)
        if not before:
            return False
        if any(word.key in _UTTERANCES for word in before[:4]) and before[-1].key in _PREPOSITIONS | _DEFINITE:
            return False
        if any(word.key in _RELATIVES for word in before):
            return True
        while before and before[-1].key in _DEFINITE | _ONE_OF_MANY | OWNERS:
            before = before[:-1]
        if not before:
            return False
        first = next(word for word in self._line.words if word.begin >= mention.start)
        if first.gap.strip() and any(not word.joined for word in before[1:]):
            return True
        if (
            before[-1].key == "of"
            and before[-2:-1]
            and before[-2].key in _DEPARTMENTS
            and mention.start < mention.begin
        ):
            return False  # “Department of Foreign Affairs spokesperson Teresa Vik”
        return before[-1].key in _PREPOSITIONS or (before[-1].possessive and first.gap.strip() != "")

    def _owned(self, mention: Mention) -> Phrase | None:
        """What a possessive is of; None where the name is none; NOBODY where a name follows that is meant."""
        if not mention.possessive:
            return None
        after = self._after(mention)
        if not after or self._head_words(after)[-1].key in _UTTERANCES:
            return self._made(Sort.PERSON, mention=mention) if not self._governed(mention) else None
        if any(other.begin > mention.begin and not self._governed(other) for other in self._mentions):
            return self._made(Sort.NOBODY)
        head = self._head_words(after)
        role = role_of(head, self._line.text, self._aliases)
        if role:
            return self._made(Sort.OFFICE, role=role, owner=mention.person)
        if head[-1].key in BODIES:
            mark = self._line.text[mention.end : mention.end + 1]
            ending = "" if mention.person.name.endswith("s") else "s"
            name = f"{mention.person.name}{mark}{ending} {' '.join(word.text for word in head)}"
            return self._made(Sort.BODY, body=name, owner=mention.person)
        return self._made(Sort.UNNAMED, owner=mention.person)

    def _beside(self, mention: Mention) -> Mention | str | None:
        """Who speaks together with a name: the one behind “and”."""
        after = self._after(mention)
        if not after or after[0].key != "and" or len(after) < 2:
            return None
        for other in self._mentions:
            if other.begin > mention.end:
                between = [word for word in self._words if mention.end <= word.begin < other.start]
                return other if len(between) <= 2 else " ".join(word.text for word in after[1:])
        return " ".join(word.text for word in after[1:])

    # Without a name

    def _head_words(self, words: Sequence[Word]) -> list[Word]:
        """The words up to the first comma, relative or “and”."""
        kept: list[Word] = []
        for at, word in enumerate(words):
            close = word.joined or word.gap.strip() in {"/", *_JOINS}
            if kept and (not close or word.key in _RELATIVES or (word.key == "and" and not self._goes_on(words, at))):
                break
            kept.append(word)
        return kept

    def _goes_on(self, words: Sequence[Word], at: int) -> bool:
        """Whether “and” stands within a body's name: “the Organisation for Research and Repair”."""
        following = words[at + 1 : at + 2]
        if not following or not (following[0].capital and following[0].joined and words[at - 1].capital):
            return False
        rest = words[at + 1 : next((n for n in range(at + 2, len(words)) if not words[n].joined), len(words))]
        if rest[0].key in COUNTRIES or (len(rest[0].text) > 1 and rest[0].text.isupper()) or words[at - 1].possessive:
            return False
        field = next((n for n in range(at - 1, 0, -1) if words[n].key in _HAVE_FIELDS), 0)
        if field and words[field - 1].capital and any(word.key in BODIES for word in words[:field]):
            return not any(word.key in BODIES for word in rest)
        one, other = (self._line.token(self._line.words.index(word)) for word in (words[at - 1], rest[0]))
        whole = one is not None and other is not None and one.ent_type_ == "ORG" == other.ent_type_
        return whole and all(token.ent_iob_ != "B" for token in one.doc[one.i + 1 : other.i + 1])  # type: ignore[union-attr]

    def _nameless(self, head: list[Word]) -> Phrase:
        agency = next(via.agencies(head), None)
        if agency and not any(is_title(word) for word in head[agency[1] :]):
            return self._made(Sort.AGENCY, body=agency[2])
        also = self._text[len(" ".join(w.text for w in head)) :].strip() if len(head) < len(self._words) else ""
        core = [word for word in head if word.key not in _DEFINITE | OWNERS]
        while len(core) > 1 and core[0].key in _ONE_OF_MANY:
            core = core[1:]
        if not core:
            return self._made(Sort.UNNAMED)
        utterance = self._utterance(core)
        if utterance is not None:
            return utterance
        of = core[:-1] if core[-1].key in _INHABITANTS and len(core) > 1 else core
        if self._determiner in _DEFINITE and self._is_inhabitant(of[-1]) and not any(w.capital for w in of[:-1]):
            return self._made(Sort.INHABITANT, body=of[-1].key)
        calling = core[-1].key.endswith(_CALLINGS) and core[-1].text.islower() and not self._is_plural()
        if core[-1].key.endswith(_AGED) or (
            self._determiner == "the"
            and (self._was(core) or core[-1].key in ADHERENTS or (calling and not is_title(core[-1])))
        ):
            return self._made(Sort.OFFICE)
        role = role_of(core, self._line.text, self._aliases)
        if role:
            return self._apposed(len(head)) or self._made(Sort.OFFICE, role=role)
        return self._body(core, also)

    def _was(self, core: Sequence[Word]) -> bool:
        """“the former comedian”: what somebody was who is named elsewhere."""
        lower = all(word.text.islower() for word in core)
        return len(core) > 1 and core[0].key in TENSES and lower and not (self._is_plural() or is_title(core[-1]))

    def _apposed(self, start: int) -> Phrase | None:
        """“the ship's owner, the Limassol firm Norvik Shipping”: a body in apposition."""
        behind = self._words[start:]
        if not behind or behind[0].gap.strip() != "," or behind[0].key not in _DEFINITE:
            return None
        noun = next((at for at, word in enumerate(behind) if word.key in BODIES and word.text.islower()), None)
        name = behind[noun + 1 :] if noun is not None else []
        if not name or not all(word.capital and word.joined for word in name):
            return None
        return self._made(Sort.BODY, body=" ".join(word.text for word in name))

    @staticmethod
    def _is_inhabitant(word: Word) -> bool:
        """“the Norwegian”, but not “the Netherlands” nor “the US”."""
        country = inhabitant_of(word.key)
        return bool(country) and not word.text.isupper() and word.key != country.lower()

    def _utterance(self, core: list[Word]) -> Phrase | None:
        """“the answer of the foreign minister”, “a UN report”, “the ministry’s statement”."""
        stop = next((at for at, word in enumerate(core) if word.key in _PREPOSITIONS), len(core))
        made = next((at for at, word in enumerate(core[:stop]) if word.key in _AUTHORED), 0)
        if made and stop < len(core) and core[stop].key == "by":
            core = [*core[:made], *core[stop:]]  # “a report published last year by the bank”
            stop = made
        noun = core[stop - 1]
        if not stop or noun.key not in _DOCUMENTS or (noun.capital and stop > 1):
            return None
        behind = core[stop + 1 :] if stop < len(core) and core[stop].key in {"of", "by", "from"} else []
        owned = max((at for at, word in enumerate(core[: stop - 1]) if word.possessive), default=stop - 2)
        owner = behind or core[: owned + 1]  # “the agency's latest report”
        owner = [word for word in owner if word.key not in _DEFINITE | _ONE_OF_MANY]
        if owner and (behind or owner[-1].possessive or owner[-1].capital):
            inner = _Reader(owner, self._text, self._line, self._cast, self._aliases)
            inner._determiner = "the" if behind else ""
            return inner._nameless(owner)
        return self._made(Sort.DOCUMENT, body=core[stop - 1].key)

    def _body(self, core: list[Word], also: str) -> Phrase:
        core = self._proper(core)
        if core[0].key in _NOBODY:
            return self._made(Sort.UNNAMED)
        kind = max((at for at, word in enumerate(core) if word.key in KINDS and word.text.islower()), default=len(core))
        if kind + 1 < len(core) and core[kind + 1].capital and core[kind + 1].joined:
            return self._made(Sort.BODY, body=self._line.text[core[kind + 1].begin : core[-1].end])
        stop = next((at for at, word in enumerate(core) if at and word.key in _PREPOSITIONS), len(core))
        noun = core[stop - 1]
        if len(core) == 1 and noun.key in NO_NAMES - BODIES and not noun.text.isupper():
            return self._made(Sort.UNNAMED)  # “Following”, large only where a sentence begins
        if core[0].possessive and core[0].key in COUNTRIES and len(core) > 1 and noun.key not in BODIES:
            core = core[1:] if all(word.capital for word in core) else core  # “Russia's Gazprom”
        name = " ".join(self._line.text[core[0].begin : core[-1].end].split())
        if noun.key in BODIES or noun.key in COUNTRIES or noun.text.isupper():
            return self._made(Sort.BODY, body=name, also=also if also.startswith("and ") else None)
        token = self._line.token(self._line.words.index(noun))
        plural = token is not None and token.tag_ in {"NNS", "NNPS"}
        capital = all(word.capital for word in core[:stop])
        if capital and outlets.is_titled(name):
            return self._made(Sort.AGENCY, body=name)
        entity = token.ent_type_ if token is not None else ""
        common = token is not None and token.pos_ == "NOUN" and noun.begin == self._begin
        if noun.key.removesuffix("s") in ADHERENTS or common:
            return self._made(Sort.UNNAMED)
        if capital and not (plural and entity in {"", "NORP"}):
            return self._made(Sort.BODY, body=name, also=also if also.startswith("and ") else None)
        return self._made(Sort.UNNAMED)

    def _proper(self, core: list[Word]) -> list[Word]:
        """A body's name without a clause behind it: “Hydrographic Commission published in June”."""
        for at, word in enumerate(core):
            if at and word.text.islower() and word.key not in BODIES:
                token = self._line.token(self._line.words.index(word))
                if token is not None and token.tag_ in {"VBN", "VBD", "VBG"} and core[at - 1].capital:
                    return core[:at]
        return core
